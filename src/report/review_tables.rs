//! Tables of how the charts were found, read and agreed upon.

use super::result_tables::{HIDDEN, INDICATOR, hidden_row};
use super::standing_notes::{agreement_notes, weighted_agreement_note};
use super::wording::NOT_ESTIMABLE;
use super::{Beside, IndicatorResults, Results, Style, Table, coefficient_text, limits_text, weighted_text};
use crate::accuracy::{Agreement, Assessed};
use crate::protocol::{Protocol, RegisterStatus};
use crate::stats::{Reason, WeightedAgreement};

/// What is shown of an indicator in the whole study.
fn whole(indicator: &IndicatorResults) -> Option<(&Assessed, &Beside)> {
    let whole = indicator.groups.first()?;
    Some((whole.assessed.as_deref()?, whole.beside.as_ref()?))
}

/// A count, or the sign of a hidden one.
fn shown(courses: Option<u64>, style: Style) -> String {
    courses.map_or_else(|| HIDDEN.to_owned(), |courses| style.count(courses))
}

pub(super) fn outside_table(results: &Results, style: Style) -> Table {
    let headers = style.says([
        [
            "indikator",
            ">læst",
            ">ikke gældende",
            ">mangler i registret",
            ">ikke relevant i registret",
            ">ikke relevant i journalen",
            ">ikke dokumenteret",
            ">uafklaret",
            ">i tabellen",
        ],
        [
            "indicator",
            ">read",
            ">not in force",
            ">register missing",
            ">register not relevant",
            ">record not relevant",
            ">not documented",
            ">unsettled",
            ">in the table",
        ],
    ]);
    let title = style.says([
        "Journaler, der blev læst, og hvor mange af dem der er i tabellen",
        "Charts that were read, and how many of them are in the table",
    ]);
    let mut table = Table::new(title, &headers).named("in-the-table");
    for indicator in &results.indicators {
        let Some((assessed, beside)) = whole(indicator) else { continue };
        let first = [style.of(&indicator.name).to_owned(), style.count(assessed.tabulated.counts.read)];
        let outside = beside.outside.iter().map(|(_, courses)| shown(*courses, style));
        table.row(first.into_iter().chain(outside).chain([style.count(assessed.table.total())]));
    }
    table
}

pub(super) fn review_table(results: &Results, protocol: &Protocol) -> Table {
    let style = Style::from(protocol.report);
    let title = style
        .says(["Fra registret til de læste journaler", "From the register to the charts that were read"]);
    let mut table = Table::new(title, &["", style.says([">forløb", ">courses"])]).named("flow");
    for (step, courses) in &results.flow {
        table.row([flow_words(step, protocol), shown(*courses, style)]);
    }
    let review = &results.review;
    let mut row = |words: [&str; 2], courses: String| table.row([style.says(words), &courses]);
    row(["udtrukket", "drawn"], style.count(review.drawn()));
    if review.replaced > 0 {
        let words = ["  + erstatninger fra reserven", "  + replacements from the reserve"];
        row(words, style.count(review.replaced));
    }
    for (status, courses) in &review.not_read {
        let word = format!("  − {}", status.word(style.language).to_lowercase());
        row([&word; 2], shown(*courses, style));
    }
    row(["  − endnu ikke gennemgået", "  − not reviewed yet"], style.count(review.pending));
    row(["fundet og læst", "found and read"], style.count(review.read));
    table
}

/// A step of the flow in words; what was taken out is set in.
pub(super) fn flow_words(step: &str, protocol: &Protocol) -> String {
    use crate::cohort::Exclusion;
    let style = Style::from(protocol.report);
    match step {
        "rows_read" => style.says(["rækker i registret", "rows of the register"]).to_owned(),
        "frame" => style.says(["i rammen", "in the frame"]).to_owned(),
        reason => {
            let exclusion = Exclusion::ALL.into_iter().find(|exclusion| exclusion.name() == reason);
            let words = exclusion.map(|one| one.in_words(&protocol.strata));
            format!("  − {}", words.as_ref().map_or(reason, |words| style.of(words)))
        }
    }
}

pub(super) fn found_table(results: &Results, style: Style) -> Table {
    let headers = style.says([
        ["indikator", "register", ">fundet", ">ikke fundet", ">% fundet"],
        ["indicator", "register", ">found", ">not found", ">% found"],
    ]);
    let title = style.says([
        "Journaler fundet og ikke fundet efter registrets værdi",
        "Charts found against not found, by the register's value",
    ]);
    let mut table = Table::new(title, &headers).named("found");
    for indicator in &results.indicators {
        let found = whole(indicator).map(|(_, beside)| beside.found.as_slice()).unwrap_or_default();
        for (place, (register, counts)) in found.iter().enumerate() {
            let name = if place == 0 { style.of(&indicator.name) } else { "" };
            let [found, not_found, share] = found_cells(*counts, style);
            table.row([name, status_word(*register, style), &found, &not_found, &share]);
        }
    }
    table.note(style.says([
        "Vægtene forudsætter, at journaler mangler tilfældigt inden for hvert stratum.",
        "The weights assume that charts are missing at random within each stratum.",
    ]));
    table
}

/// Found, not found and the share of the found in per cent.
fn found_cells(counts: Option<[u64; 2]>, style: Style) -> [String; 3] {
    let Some([found, not_found]) = counts else { return [(); 3].map(|()| HIDDEN.to_owned()) };
    let all = found + not_found;
    let share = if all == 0 { String::new() } else { style.percent(found as f64 / all as f64) };
    [style.count(found), style.count(not_found), share]
}

pub(super) fn status_word(status: RegisterStatus, style: Style) -> &'static str {
    style.says(match status {
        RegisterStatus::Yes => ["ja", "yes"],
        RegisterStatus::No => ["nej", "no"],
        RegisterStatus::NotRelevant => ["ikke relevant", "not relevant"],
        RegisterStatus::Missing => ["mangler", "missing"],
    })
}

pub(super) fn agreement_table(results: &Results, protocol: &Protocol) -> Table {
    let style = Style::from(protocol.report);
    let [same, agreement, yes_no, pabak, ac1, by_one] = style.says([
        [">samme svar", ">enighed, %", ">begge ja/nej", ">PABAK ja/nej", ">AC1 ja/nej", ">kun fundet af én"],
        [
            ">same answer",
            ">agreement, %",
            ">both yes/no",
            ">PABAK yes/no",
            ">AC1 yes/no",
            ">found by one only",
        ],
    ]);
    let headers =
        [style.says(INDICATOR), same, agreement, ">kappa", ">PABAK", ">AC1", yes_no, pabak, ac1, by_one];
    let title = style.says([
        "Enighed mellem to gennemgange, over alle svar",
        "Agreement of two reviewers, over all answers",
    ]);
    let mut table = Table::new(title, &headers).named("agreement");
    for one in &results.agreement {
        let name = protocol
            .indicator(&one.indicator)
            .map_or(one.indicator.as_str(), |indicator| style.of(&indicator.name));
        let row = match &one.agreement {
            None => hidden_row(name, &table),
            Some(agreement) => agreement_row(name, agreement, style),
        };
        table.row(row);
    }
    table.note(style.says([
        "De første fuldstændige svar fra hver gennemgang, før rettelser og afklaring; uvægtet.",
        "First complete answers of each reviewer, before corrections and adjudication; unweighted.",
    ]));
    agreement_notes(protocol).into_iter().for_each(|note| table.note(note));
    table
}

/// The same with the design's weights, where the protocol asks for them.
pub(super) fn weighted_agreement_table(results: &Results, protocol: &Protocol) -> Table {
    let style = Style::from(protocol.report);
    let headers = style.says([
        ["indikator", ">enighed, %", ">designvægtet kappa", ">designvægtet AC1", ">df"],
        ["indicator", ">agreement, %", ">design-weighted kappa", ">design-weighted AC1", ">df"],
    ]);
    let title = style.says([
        "Enighed mellem to gennemgange, over alle svar, designvægtet",
        "Agreement of two reviewers, over all answers, design-weighted",
    ]);
    let mut table = Table::new(title, &headers).named("weighted-agreement");
    for one in &results.agreement {
        let name = protocol
            .indicator(&one.indicator)
            .map_or(one.indicator.as_str(), |indicator| style.of(&indicator.name));
        let weighted = one.agreement.as_ref().map(|agreement| &agreement.weighted);
        let row = match weighted {
            None if protocol.analysis.weighted_agreement => hidden_row(name, &table),
            None | Some(None) => continue,
            Some(Some(weighted)) if weighted.all_answers.raw.estimate == Err(Reason::Suppressed) => {
                hidden_row(name, &table)
            }
            Some(Some(weighted)) => weighted_agreement_row(name, &weighted.all_answers, style),
        };
        table.row(row);
    }
    // Signs alone say no more than the words do.
    if table.rows.iter().all(|row| row[1..].iter().all(|cell| cell == HIDDEN)) {
        table.rows.clear();
    }
    table.note(weighted_agreement_note(protocol));
    table
}

fn weighted_agreement_row(name: &str, one: &WeightedAgreement, style: Style) -> Vec<String> {
    let coefficient = |one: &crate::stats::Coefficient| coefficient_text(one.value, one.interval, style);
    let raw = weighted_text(&one.raw, style);
    vec![name.to_owned(), raw, coefficient(&one.kappa), coefficient(&one.ac1), style.count(one.raw.df)]
}

fn agreement_row(name: &str, one: &Agreement, style: Style) -> Vec<String> {
    let all = &one.all_answers;
    let percent = |share| style.percent(share);
    let share = all.raw.estimate().map_or_else(|| style.says(NOT_ESTIMABLE).to_owned(), percent);
    let limits = all
        .raw_interval
        .map(|limits| format!(" ({})", limits_text(percent(limits.lower()), percent(limits.upper()), style)));
    let coefficient = |one: &crate::stats::Coefficient| coefficient_text(one.value, one.interval, style);
    let of = style.says(["af", "of"]);
    vec![
        name.to_owned(),
        format!("{} {of} {}", style.count(all.raw.events()), style.count(all.raw.trials())),
        share + &limits.unwrap_or_default(),
        coefficient(&all.kappa),
        coefficient(&all.pabak),
        coefficient(&all.ac1),
        style.count(one.yes_no.records),
        coefficient(&one.yes_no.pabak),
        coefficient(&one.yes_no.ac1),
        style.count(one.found_by_one),
    ]
}
