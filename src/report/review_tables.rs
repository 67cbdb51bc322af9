//! Tables of how the charts were found, read and agreed upon.

use super::result_tables::{HIDDEN, hidden_row};
use super::{Beside, IndicatorResults, Results, Table, coefficient_text, count, percent, weighted_text};
use crate::accuracy::{Agreement, Assessed};
use crate::protocol::{Protocol, RegisterStatus};
use crate::stats::WeightedAgreement;

/// What is shown of an indicator in the whole study.
fn whole(indicator: &IndicatorResults) -> Option<(&Assessed, &Beside)> {
    let whole = indicator.groups.first()?;
    Some((whole.assessed.as_deref()?, whole.beside.as_ref()?))
}

/// A count, or the sign of a hidden one.
fn shown(courses: Option<u64>) -> String {
    courses.map_or_else(|| HIDDEN.to_owned(), count)
}

pub(super) fn outside_table(results: &Results) -> Table {
    let headers = [
        "indicator",
        ">read",
        ">not in force",
        ">register missing",
        ">register not relevant",
        ">record not relevant",
        ">not documented",
        ">unsettled",
        ">in the table",
    ];
    let mut table = Table::new("Charts that were read, and how many of them are in the table", &headers);
    for indicator in &results.indicators {
        let Some((assessed, beside)) = whole(indicator) else { continue };
        let first = [indicator.name.en.clone(), count(assessed.tabulated.counts.read)];
        let outside = beside.outside.iter().map(|(_, courses)| shown(*courses));
        table.row(first.into_iter().chain(outside).chain([count(assessed.table.total())]));
    }
    table
}

pub(super) fn review_table(results: &Results, protocol: &Protocol) -> Table {
    let mut table = Table::new("From the register to the charts that were read", &["", ">courses"]);
    for (step, courses) in &results.flow {
        table.row([flow_words(step, protocol), shown(*courses)]);
    }
    let review = &results.review;
    table.row(["drawn, replacements included".to_owned(), count(review.in_use)]);
    for (status, courses) in &review.not_read {
        let word = status.word(crate::protocol::Language::En).to_lowercase();
        table.row([format!("  − {word}"), shown(*courses)]);
    }
    table.row(["  − not reviewed yet".to_owned(), count(review.pending)]);
    table.row(["found and read".to_owned(), count(review.read)]);
    table
}

fn flow_words(step: &str, protocol: &Protocol) -> String {
    use crate::cohort::Exclusion;
    match step {
        "rows_read" => "rows of the register".to_owned(),
        "frame" => "in the frame".to_owned(),
        reason => {
            let exclusion = Exclusion::ALL.into_iter().find(|exclusion| exclusion.name() == reason);
            format!(
                "  − {}",
                exclusion.map_or_else(|| reason.to_owned(), |one| one.describe(&protocol.strata))
            )
        }
    }
}

pub(super) fn found_table(results: &Results) -> Table {
    let headers = ["indicator", "register", ">found", ">not found", ">% found"];
    let mut table = Table::new("Charts found against not found, by the register's value", &headers);
    for indicator in &results.indicators {
        let found = whole(indicator).map(|(_, beside)| beside.found.as_slice()).unwrap_or_default();
        for (place, (register, counts)) in found.iter().enumerate() {
            let name = if place == 0 { indicator.name.en.as_str() } else { "" };
            let [found, not_found, share] = found_cells(*counts);
            table.row([name, status_word(*register), &found, &not_found, &share]);
        }
    }
    table.note("The weights assume that charts are missing at random within each stratum.");
    table
}

/// Found, not found and the share of the found in per cent.
fn found_cells(counts: Option<[u64; 2]>) -> [String; 3] {
    let Some([found, not_found]) = counts else { return [(); 3].map(|()| HIDDEN.to_owned()) };
    let all = found + not_found;
    let share = if all == 0 { String::new() } else { percent(found as f64 / all as f64, 1) };
    [count(found), count(not_found), share]
}

fn status_word(status: RegisterStatus) -> &'static str {
    match status {
        RegisterStatus::Yes => "yes",
        RegisterStatus::No => "no",
        RegisterStatus::NotRelevant => "not relevant",
        RegisterStatus::Missing => "missing",
    }
}

pub(super) fn agreement_table(results: &Results, protocol: &Protocol) -> Table {
    let headers = [
        "indicator",
        ">read twice",
        ">same answer",
        ">agreement, %",
        ">kappa",
        ">PABAK",
        ">AC1",
        ">found by one only",
    ];
    let mut table = Table::new("Agreement of two reviewers, over all answers", &headers);
    for one in &results.agreement {
        let name = protocol.indicator(&one.indicator).map_or(&one.indicator, |indicator| &indicator.name.en);
        let row = match &one.agreement {
            None => hidden_row(name, &table),
            Some(agreement) => agreement_row(name, agreement),
        };
        table.row(row);
    }
    table.note("First complete answers of each reviewer, before corrections and adjudication; unweighted.");
    table
}

/// The same with the design's weights, where the protocol asks for them.
pub(super) fn weighted_agreement_table(results: &Results, protocol: &Protocol) -> Table {
    let headers = ["indicator", ">agreement, %", ">design-weighted kappa", ">design-weighted AC1", ">df"];
    let mut table = Table::new("Agreement of two reviewers, over all answers, design-weighted", &headers);
    for one in &results.agreement {
        let name = protocol.indicator(&one.indicator).map_or(&one.indicator, |indicator| &indicator.name.en);
        let weighted = one.agreement.as_ref().map(|agreement| &agreement.weighted);
        let row = match weighted {
            None if protocol.analysis.weighted_agreement => hidden_row(name, &table),
            None | Some(None) => continue,
            Some(Some(weighted)) => weighted_agreement_row(name, &weighted.all_answers),
        };
        table.row(row);
    }
    table.note("Each course that was read twice stands for those of its stratum: weights frame / read twice. Intervals with t.");
    table
}

fn weighted_agreement_row(name: &str, one: &WeightedAgreement) -> Vec<String> {
    let coefficient = |one: &crate::stats::Coefficient| coefficient_text(one.value, one.interval);
    let raw = weighted_text(&one.raw);
    vec![name.to_owned(), raw, coefficient(&one.kappa), coefficient(&one.ac1), count(one.raw.df)]
}

fn agreement_row(name: &str, one: &Agreement) -> Vec<String> {
    let all = &one.all_answers;
    let share = all.raw.estimate().map_or_else(|| "not estimable".to_owned(), |share| percent(share, 1));
    let limits = all
        .raw_interval
        .map(|limits| format!(" ({}–{})", percent(limits.lower(), 1), percent(limits.upper(), 1)));
    let coefficient = |one: &crate::stats::Coefficient| coefficient_text(one.value, one.interval);
    vec![
        name.to_owned(),
        count(one.both_read),
        format!("{} of {}", all.raw.events(), all.raw.trials()),
        share + &limits.unwrap_or_default(),
        coefficient(&all.kappa),
        coefficient(&all.pabak),
        coefficient(&all.ac1),
        count(one.found_by_one),
    ]
}
