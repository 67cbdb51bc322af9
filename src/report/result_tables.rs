//! The tables of a paper, from results.

use super::{
    GroupResults, IndicatorResults, Results, Table, coefficient_text, count, estimate_text, p_value, percent,
    weighted_text,
};
use crate::accuracy::{Agreement, Assessed, Outside};
use crate::protocol::{Grouping, Protocol, RegisterStatus};
use crate::review::ChartStatus;
use crate::stats::{Measure, WeightedWarning};

const MAIN: [Measure; 4] = [Measure::Sensitivity, Measure::Specificity, Measure::Ppv, Measure::Npv];
/// What stands for a hidden number.
const HIDDEN: &str = "#";

/// All tables of the results, the paper's table first.
pub fn result_tables(results: &Results, protocol: &Protocol) -> Vec<Table> {
    let mut tables = vec![
        accuracy_table(results, protocol),
        prevalence_table(results),
        outside_table(results),
        review_table(results, protocol),
        found_table(results),
    ];
    if !results.agreement.is_empty() {
        tables.push(agreement_table(results, protocol));
    }
    tables.extend(protocol.analysis.by.iter().map(|grouping| group_table(results, protocol, *grouping)));
    tables
}

fn whole(indicator: &IndicatorResults) -> Option<&Assessed> {
    indicator.groups.first().and_then(|group| group.assessed.as_deref())
}

fn accuracy_table(results: &Results, protocol: &Protocol) -> Table {
    let level = protocol.analysis.level;
    let title =
        format!("Accuracy of {} with {level} confidence intervals, in per cent", results.head.register_name);
    let headers =
        ["indicator", ">TP", ">FP", ">FN", ">TN", ">n", ">sensitivity", ">specificity", ">PPV", ">NPV"];
    let mut table = Table::new(title, &headers);
    for indicator in &results.indicators {
        match (&indicator.not_assessable, whole(indicator)) {
            (Some(reason), _) => {
                table.row([format!("{} (not assessable)", indicator.name.en)]);
                table.note(format!("{}: not assessable. {}", indicator.name.en, reason.en));
            }
            (None, None) => table.row([indicator.name.en.as_str(), HIDDEN]),
            (None, Some(assessed)) => {
                table.row(weighted_row(&indicator.name.en, assessed));
                table.row(plain_row(assessed));
            }
        }
    }
    for note in accuracy_notes(results, protocol) {
        table.note(note);
    }
    table
}

fn weighted_row(name: &str, assessed: &Assessed) -> Vec<String> {
    let cells = assessed.table.cells().map(count);
    let mut row = vec![name.to_owned()];
    row.extend(cells);
    row.push(count(assessed.table.total()));
    row.extend(MAIN.map(|measure| measured(assessed, measure, true)));
    row
}

fn plain_row(assessed: &Assessed) -> Vec<String> {
    let mut row = vec!["  plain".to_owned()];
    row.extend(std::iter::repeat_n(String::new(), 5));
    row.extend(MAIN.map(|measure| measured(assessed, measure, false)));
    row
}

/// A measure in words, or that the design cannot estimate it.
fn measured(assessed: &Assessed, measure: Measure, weighted: bool) -> String {
    match assessed.measures.iter().find(|one| one.measure == measure) {
        None => "not estimable".to_owned(),
        Some(one) if weighted => weighted_text(&one.weighted),
        Some(one) => estimate_text(&one.plain),
    }
}

fn accuracy_notes(results: &Results, protocol: &Protocol) -> Vec<String> {
    let analysis = &protocol.analysis;
    let correction = if analysis.finite_population_correction {
        "with the finite population correction: the question is about this register in this period"
    } else {
        "without the finite population correction: the question is about the process behind the register"
    };
    let mut notes = vec![
        "Among registered courses: patients who were never registered are not covered.".to_owned(),
        format!(
            "First line: weighted by the design, stratified by {}, {} intervals, {correction}. Second line, plain: without weights, {} intervals.",
            protocol.strata.name,
            analysis.weighted_interval.title(),
            analysis.interval.title()
        ),
    ];
    notes.extend(head_notes(results));
    let names: Vec<String> = protocol.strata.in_study().map(|stratum| stratum.label()).collect();
    for indicator in &results.indicators {
        let warnings = whole(indicator).into_iter().flat_map(|assessed| warnings(assessed, &names));
        notes.extend(warnings.map(|warning| format!("{}: {warning}.", indicator.name.en)));
        if whole(indicator).is_some_and(|assessed| !assessed.refused.is_empty()) {
            let why = "the frame holds only courses for which the register says yes, so only the PPV can be estimated";
            notes.push(format!("{}: {why}.", indicator.name.en));
        }
    }
    notes
}

fn head_notes(results: &Results) -> Vec<String> {
    let head = &results.head;
    let mut notes = Vec::new();
    if !head.is_final {
        notes.push(format!("INTERIM: {}.", head.open.join("; ")));
    }
    if head.looks > 0 {
        notes.push(format!("The data were analysed {} before they were complete.", times(head.looks)));
    }
    notes.extend(head.post_hoc.iter().map(|change| format!("Post hoc: {change}.")));
    notes
}

fn times(number: u64) -> String {
    match number {
        1 => "once".to_owned(),
        2 => "twice".to_owned(),
        many => format!("{many} times"),
    }
}

/// The warnings of all four measures, each once.
fn warnings(assessed: &Assessed, strata: &[String]) -> Vec<String> {
    let named =
        |places: &[usize]| places.iter().map(|&place| strata[place].as_str()).collect::<Vec<_>>().join(", ");
    let mut words: Vec<String> = Vec::new();
    for one in assessed.measures.iter().filter(|one| MAIN.contains(&one.measure)) {
        let measure = one.measure.title().to_lowercase();
        for warning in &one.weighted.warnings {
            let text = match warning {
                WeightedWarning::LonelyStrata { strata } => {
                    format!("only one course was read in {}, which shows no variance", named(strata))
                }
                WeightedWarning::NotCovered { strata, covered } => {
                    format!(
                        "no chart was read in {}, the estimates cover {} % of the frame",
                        named(strata),
                        percent(*covered, 1)
                    )
                }
                WeightedWarning::NoVariance => format!(
                    "{measure} has no variance in the sample, its interval rests on the weights alone"
                ),
                WeightedWarning::HeavyStratum { stratum, weight_share, record_share } => format!(
                    "{} holds {} % of the weight of {measure} and {} % of its records",
                    strata[*stratum],
                    percent(*weight_share, 0),
                    percent(*record_share, 0)
                ),
            };
            if !words.contains(&text) {
                words.push(text);
            }
        }
    }
    words
}

fn prevalence_table(results: &Results) -> Table {
    let title = "How far the published indicator is from the record, in per cent";
    let headers = ["indicator", ">n", ">register", ">record", ">difference", ">FP", ">FN", ">McNemar p"];
    let mut table = Table::new(title, &headers);
    for (indicator, assessed) in assessed_indicators(results) {
        let cells = |weighted| {
            [Measure::PrevalenceRegister, Measure::PrevalenceReference, Measure::PrevalenceDifference]
                .map(|measure| measured(assessed, measure, weighted))
        };
        let [register, record, difference] = cells(true);
        let tests = [count(assessed.table.fp), count(assessed.table.fn_), p_value(assessed.mcnemar.p_value)];
        let n = count(assessed.table.total());
        let first = vec![indicator.name.en.clone(), n, register, record, difference];
        table.row(first.into_iter().chain(tests));
        let [register, record, difference] = cells(false);
        table.row(["  plain".to_owned(), String::new(), register, record, difference]);
    }
    table.note("First line weighted, second line plain. Difference: register less record, on the same courses. McNemar: exact test of FP against FN, unweighted.");
    table
}

fn assessed_indicators(results: &Results) -> impl Iterator<Item = (&IndicatorResults, &Assessed)> {
    results.indicators.iter().filter_map(|indicator| Some((indicator, whole(indicator)?)))
}

fn outside_table(results: &Results) -> Table {
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
    for (indicator, assessed) in assessed_indicators(results) {
        let counts = &assessed.tabulated.counts;
        let outside =
            Outside::ALL.map(|outside| count(counts.outside.get(&outside).copied().unwrap_or_default()));
        let row = [indicator.name.en.clone(), count(counts.read)];
        table.row(row.into_iter().chain(outside).chain([count(assessed.table.total())]));
    }
    table
}

fn review_table(results: &Results, protocol: &Protocol) -> Table {
    let mut table = Table::new("From the register to the charts that were read", &["", ">courses"]);
    for (step, courses) in &results.flow {
        table.row([flow_words(step, protocol), count(*courses)]);
    }
    if let Some((_, assessed)) = assessed_indicators(results).next() {
        let counts = &assessed.tabulated.counts;
        table.row(["drawn, replacements included".to_owned(), count(counts.in_use)]);
        for status in ChartStatus::ALL.into_iter().filter(|status| *status != ChartStatus::Found) {
            let courses = counts.not_read.get(&status).copied().unwrap_or_default();
            let word = status.word(crate::protocol::Language::En).to_lowercase();
            table.row([format!("  − {word}"), count(courses)]);
        }
        table.row(["  − not reviewed yet".to_owned(), count(counts.pending)]);
        table.row(["found and read".to_owned(), count(counts.read)]);
    }
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

fn found_table(results: &Results) -> Table {
    let headers = ["indicator", "register", ">found", ">not found", ">% found"];
    let mut table = Table::new("Charts found against not found, by the register's value", &headers);
    for (indicator, assessed) in assessed_indicators(results) {
        for (place, row) in assessed.tabulated.found.iter().enumerate() {
            let name = if place == 0 { indicator.name.en.as_str() } else { "" };
            let all = row.found + row.not_found;
            let share = if all == 0 { String::new() } else { percent(row.found as f64 / all as f64, 1) };
            table.row([name, status_word(row.register), &count(row.found), &count(row.not_found), &share]);
        }
    }
    table.note("The weights assume that charts are missing at random within each stratum.");
    table
}

fn status_word(status: RegisterStatus) -> &'static str {
    match status {
        RegisterStatus::Yes => "yes",
        RegisterStatus::No => "no",
        RegisterStatus::NotRelevant => "not relevant",
        RegisterStatus::Missing => "missing",
    }
}

fn agreement_table(results: &Results, protocol: &Protocol) -> Table {
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
        table.row(agreement_row(one, protocol));
    }
    table.note("First complete answers of each reviewer, before corrections and adjudication; unweighted.");
    table
}

fn agreement_row(one: &Agreement, protocol: &Protocol) -> Vec<String> {
    let name = protocol
        .indicator(&one.indicator)
        .map_or_else(|| one.indicator.clone(), |indicator| indicator.name.en.clone());
    let all = &one.all_answers;
    let share = all.raw.estimate().map_or_else(|| "not estimable".to_owned(), |share| percent(share, 1));
    let limits = all
        .raw_interval
        .map(|limits| format!(" ({}–{})", percent(limits.lower(), 1), percent(limits.upper(), 1)));
    let coefficient = |one: &crate::stats::Coefficient| coefficient_text(one.value, one.interval);
    vec![
        name,
        count(one.both_read),
        format!("{} of {}", all.raw.events(), all.raw.trials()),
        share + &limits.unwrap_or_default(),
        coefficient(&all.kappa),
        coefficient(&all.pabak),
        coefficient(&all.ac1),
        count(one.found_by_one),
    ]
}

fn group_table(results: &Results, protocol: &Protocol, grouping: Grouping) -> Table {
    let name = match grouping {
        Grouping::Stratum => protocol.strata.name.as_str(),
        other => other.name(),
    };
    let headers =
        ["indicator", name, ">TP", ">FP", ">FN", ">TN", ">sensitivity", ">specificity", ">PPV", ">NPV"];
    let mut table = Table::new(format!("Accuracy by {name}, weighted, in per cent"), &headers);
    for indicator in results.indicators.iter().filter(|indicator| indicator.not_assessable.is_none()) {
        let parts = indicator.groups.iter().filter(|part| part.group.grouping() == grouping.name());
        for (place, part) in parts.enumerate() {
            let indicator = if place == 0 { indicator.name.en.as_str() } else { "" };
            table.row(group_row(indicator, part));
        }
    }
    let limit = protocol.disclosure.min_cell;
    table.note(format!(
        "{HIDDEN}: hidden, because a cell of 1 to {} persons is in the table or would follow from it.",
        limit.saturating_sub(1)
    ));
    table.note("Figures of small parts are descriptive.");
    table
}

fn group_row(indicator: &str, part: &GroupResults) -> Vec<String> {
    let mut row = vec![indicator.to_owned(), part.label.clone()];
    match &part.assessed {
        None => row.extend(std::iter::repeat_n(HIDDEN.to_owned(), 8)),
        Some(assessed) => {
            row.extend(assessed.table.cells().map(count));
            row.extend(MAIN.map(|measure| measured(assessed, measure, true)));
        }
    }
    row
}
