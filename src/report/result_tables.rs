//! The tables of a paper, from results.

use super::calibration_table::{calibration_note, calibration_table, parts_note};
use super::comparison_tables::comparison_tables;
use super::review_tables::{
    agreement_table, found_table, outside_table, review_table, weighted_agreement_table,
};
use super::study_bootstrap::study_bootstrap_table;
use super::weighted_notes::NOT_CALIBRATED;
use super::{
    GroupResults, IndicatorResults, Results, Table, count, estimate_text, p_value, percent, weighted_text,
};
use crate::accuracy::Assessed;
use crate::protocol::{Grouping, Indicator, Protocol, Undocumented};
use crate::stats::{Measure, WeightedWarning};

pub(super) const MAIN: [Measure; 4] =
    [Measure::Sensitivity, Measure::Specificity, Measure::Ppv, Measure::Npv];
/// What stands for a hidden number.
pub(super) const HIDDEN: &str = "#";

/// All tables of the results, the paper's table first.
pub fn result_tables(results: &Results, protocol: &Protocol) -> Vec<Table> {
    let mut tables = vec![
        accuracy_table(results, protocol),
        prevalence_table(results, protocol),
        calibration_table(results, protocol),
        study_bootstrap_table(results, protocol),
        outside_table(results),
        review_table(results, protocol),
        found_table(results),
        agreement_table(results, protocol),
        weighted_agreement_table(results, protocol),
    ];
    tables.iter_mut().for_each(|table| add_legend(table, protocol.disclosure.min_cell_overall));
    for grouping in &protocol.analysis.by {
        tables.push(group_table(results, protocol, *grouping));
        tables.extend(comparison_tables(results, protocol, *grouping));
    }
    // Where all is hidden, or nothing was read twice, a heading alone would say nothing.
    tables.retain(|table| !table.rows.is_empty());
    tables
}

/// What the sign of a hidden number means, in tables that have one.
fn add_legend(table: &mut Table, min_cell: u64) {
    if table.rows.iter().flatten().any(|cell| cell == HIDDEN) {
        table.note(format!(
            "{HIDDEN}: hidden, because a count of 1 to {} is among these or would follow from them.",
            min_cell.saturating_sub(1)
        ));
    }
}

pub(super) fn whole(indicator: &IndicatorResults) -> Option<&Assessed> {
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
            (None, None) => {
                let row = hidden_row(&indicator.name.en, &table);
                table.row(row);
            }
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

/// A row of which nothing but its name is shown.
pub(super) fn hidden_row(name: &str, table: &Table) -> Vec<String> {
    let hidden = std::iter::repeat_n(HIDDEN.to_owned(), table.columns.len() - 1);
    std::iter::once(name.to_owned()).chain(hidden).collect()
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
            "First line: weighted by the design{}, stratified by {}, {} intervals, {correction}. Second line, plain: without weights, {} intervals.",
            if analysis.post_stratify.is_some() {
                " and post-stratified by the register's value"
            } else {
                ""
            },
            protocol.strata.name,
            analysis.weighted_interval.title(),
            analysis.interval.title()
        ),
    ];
    notes.extend(calibration_note(protocol));
    notes.extend(item_weight_note(protocol));
    notes.extend(head_notes(results));
    let counts = if analysis.item_weights { "has an answer" } else { "was read" };
    let names: Vec<String> = protocol.strata.in_study().map(|stratum| stratum.label()).collect();
    for indicator in &results.indicators {
        let warnings = whole(indicator).into_iter().flat_map(|assessed| warnings(assessed, &names, counts));
        notes.extend(warnings.map(|warning| format!("{}: {warning}.", indicator.name.en)));
        if whole(indicator).is_some_and(|assessed| !assessed.refused.is_empty()) {
            let why = "the frame holds only courses for which the register says yes, so only the PPV can be estimated";
            notes.push(format!("{}: {why}.", indicator.name.en));
        }
    }
    notes
}

/// What stands for a record that does not document an indicator; nothing to say where none is declared missing.
fn item_weight_note(protocol: &Protocol) -> Option<String> {
    let is_missing = |one: &Indicator| one.missing.not_documented == Undocumented::Missing;
    let name = &protocol.strata.name;
    let weights = if protocol.analysis.post_stratify.is_some() { "Starting weights" } else { "Weights" };
    let note = match protocol.analysis.item_weights {
        true => format!(
            "Item weights: for each indicator frame / answered, so that the courses that document it stand for those of their {name} that do not."
        ),
        false => format!(
            "{weights}: frame / read. What a record does not document is missing and not re-weighted: a {name} that documents half counts half."
        ),
    };
    protocol.assessable().any(is_missing).then_some(note)
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
fn warnings(assessed: &Assessed, strata: &[String], counts: &str) -> Vec<String> {
    let named =
        |places: &[usize]| places.iter().map(|&place| strata[place].as_str()).collect::<Vec<_>>().join(", ");
    let mut words: Vec<String> = Vec::new();
    for one in assessed.measures.iter().filter(|one| MAIN.contains(&one.measure)) {
        let measure = one.measure.title().to_lowercase();
        for warning in &one.weighted.warnings {
            let text = match warning {
                WeightedWarning::LonelyStrata { strata } => {
                    format!("only one course {counts} in {}, which shows no variance", named(strata))
                }
                WeightedWarning::NotCovered { strata, covered } => {
                    format!(
                        "no chart {counts} in {}, the estimates cover {} % of the frame",
                        named(strata),
                        percent(*covered, 1)
                    )
                }
                WeightedWarning::NotCalibrated => NOT_CALIBRATED.to_owned(),
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

fn prevalence_table(results: &Results, protocol: &Protocol) -> Table {
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
    calibration_note(protocol).into_iter().for_each(|note| table.note(note));
    table.note("First line weighted, second line plain. Difference: register less record, on the same courses. McNemar: exact test of FP against FN, unweighted.");
    table
}

/// The indicators whose table of the whole study is shown.
fn assessed_indicators(results: &Results) -> impl Iterator<Item = (&IndicatorResults, &Assessed)> {
    results.indicators.iter().filter_map(|indicator| Some((indicator, whole(indicator)?)))
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
    parts_note(protocol, grouping).into_iter().for_each(|note| table.note(note));
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
