//! The tables of a paper, from results.

use super::accuracy_notes::accuracy_notes;
use super::baseline_table::baseline_table;
use super::calibration_table::{calibration_note, calibration_table};
use super::comparison_tables::comparison_tables;
use super::group_prevalence_table::group_prevalence_table;
use super::part_rows::{PartCells, part_notes, part_rows};
use super::raw_items_table::raw_items_table;
use super::review_tables::{
    agreement_table, found_table, outside_table, review_table, weighted_agreement_table,
};
use super::sensitivity_table::{eligibility_table, sensitivity_table};
use super::standing_notes::counts_note;
use super::study_bootstrap::study_bootstrap_table;
use super::two_by_two::{interval_title, weighted_title};
use super::wording::NOT_ESTIMABLE;
use super::{IndicatorResults, Results, Style, Table, estimate_text, reason_text, weighted_text};
use crate::accuracy::Assessed;
use crate::protocol::{Grouping, Protocol};
use crate::stats::Measure;

pub(super) const MAIN: [Measure; 4] =
    [Measure::Sensitivity, Measure::Specificity, Measure::Ppv, Measure::Npv];
/// The header of the first column.
pub(super) const INDICATOR: [&str; 2] = ["indikator", "indicator"];
/// What stands for a hidden number.
pub(super) const HIDDEN: &str = "#";

/// All tables of the results, the paper's table first, in the order of the sections of the report: so a table has one number in every
/// file.
pub fn result_tables(results: &Results, protocol: &Protocol) -> Vec<Table> {
    let style = Style::from(protocol.report);
    let mut tables = vec![
        accuracy_table(results, protocol),
        prevalence_table(results, protocol),
        review_table(results, protocol),
        baseline_table(results, protocol),
        outside_table(results, style),
        raw_items_table(results, protocol),
        found_table(results, style),
        agreement_table(results, protocol),
        weighted_agreement_table(results, protocol),
    ];
    let mut last = [
        calibration_table(results, protocol),
        study_bootstrap_table(results, protocol),
        sensitivity_table(results, protocol),
        eligibility_table(results, protocol),
    ];
    tables
        .iter_mut()
        .chain(&mut last)
        .for_each(|table| add_legend(table, hiding(&table.name, protocol), style));
    for grouping in &protocol.analysis.by {
        tables.push(group_table(results, protocol, *grouping));
        tables.push(group_prevalence_table(results, protocol, *grouping));
        tables.extend(comparison_tables(results, protocol, *grouping));
    }
    tables.extend(last);
    // Where all is hidden, or nothing was read twice, a heading alone would say nothing.
    tables.retain(|table| !table.rows.is_empty());
    // A number and its sign are one piece of a narrow header.
    let headers = tables.iter_mut().flat_map(|table| &mut table.columns).map(|column| &mut column.header);
    headers.for_each(|header| *header = header.replace(" % ", "\u{a0}% "));
    tables
}

/// The smallest count that a table of the whole study shows; that of frame and sample is by parts of it.
fn hiding(table: &str, protocol: &Protocol) -> u64 {
    let disclosure = protocol.disclosure;
    if table == "baseline" {
        disclosure.min_cell.max(disclosure.min_cell_overall)
    } else {
        disclosure.min_cell_overall
    }
}

/// What the sign of a hidden number means, in tables that have one. Weighted figures may be hidden for the sake of the parts' counts.
fn add_legend(table: &mut Table, min_cell: u64, style: Style) {
    const WEIGHTED: [&str; 4] = ["accuracy", "prevalence", "weighted-agreement", "sensitivity-analyses"];
    if table.rows.iter().flatten().any(|cell| cell == HIDDEN) {
        table.note(hidden_legend(min_cell, style));
        if min_cell > 1 && WEIGHTED.contains(&table.name.as_str()) {
            table.note(style.says([
                "Vægtede tal også, hvor skjulte antal i dele af studiet kunne følge af dem.",
                "Weighted figures also where hidden counts of parts of the study could follow from them.",
            ]));
        }
    }
}

/// What a hidden number of the whole study hides.
pub(super) fn hidden_legend(min_cell: u64, style: Style) -> String {
    let most = min_cell.saturating_sub(1);
    if most == 0 {
        // No count of the whole study is hidden, but a weighted figure may tell those of its parts.
        return style.says([
            format!("{HIDDEN}: skjult, fordi skjulte antal i dele af studiet kunne følge af det."),
            format!("{HIDDEN}: hidden, because hidden counts of parts of the study could follow from it."),
        ]);
    }
    style.says([
        format!("{HIDDEN}: skjult, fordi et antal på 1 til {most} er blandt disse eller ville følge af dem."),
        format!("{HIDDEN}: hidden, because a count of 1 to {most} is among these or would follow from them."),
    ])
}

/// What a hidden table of a part hides.
pub(super) fn hidden_part_legend(min_cell: u64, style: Style) -> String {
    let most = min_cell.saturating_sub(1);
    style.says([
        format!("{HIDDEN}: skjult, fordi en celle med 1 til {most} personer er i tabellen eller ville følge af den."),
        format!("{HIDDEN}: hidden, because a cell of 1 to {most} persons is in the table or would follow from it."),
    ])
}

pub(super) fn whole(indicator: &IndicatorResults) -> Option<&Assessed> {
    indicator.groups.first().and_then(|group| group.assessed.as_deref())
}

/// What the second line of an indicator is called.
pub(super) const PLAIN: [&str; 2] = ["  uvægtet", "  plain"];

fn accuracy_table(results: &Results, protocol: &Protocol) -> Table {
    let style = Style::from(protocol.report);
    let (name, level) = (&results.head.register_name, style.written(&protocol.analysis.level));
    let title = style.says([
        format!("Nøjagtigheden af {name} med {level} konfidensintervaller, i procent"),
        format!("Accuracy of {name} with {level} confidence intervals, in per cent"),
    ]);
    let [sensitivity, specificity] = main_headers(style);
    let headers =
        [style.says(INDICATOR), ">TP", ">FP", ">FN", ">TN", ">n", sensitivity, specificity, ">PPV", ">NPV"];
    let mut table = Table::new(title, &headers).named("accuracy");
    for indicator in &results.indicators {
        let name = style.of(&indicator.name);
        match (&indicator.not_assessable, whole(indicator)) {
            (Some(reason), _) => {
                let not_assessable = style.says(["kan ikke vurderes", "not assessable"]);
                table.row([format!("{name} ({not_assessable})")]);
                table.note(format!("{name}: {not_assessable}. {}", style.of(reason)));
            }
            (None, None) => {
                let row = hidden_row(name, &table);
                table.row(row);
            }
            (None, Some(assessed)) => {
                table.row(weighted_row(name, assessed, style));
                table.row(plain_row(assessed, style));
            }
        }
    }
    accuracy_notes(results, protocol).into_iter().for_each(|note| table.note(note));
    table
}

pub(super) fn main_headers(style: Style) -> [&'static str; 2] {
    style.says([[">sensitivitet", ">specificitet"], [">sensitivity", ">specificity"]])
}

/// A row of which nothing but its name is shown.
pub(super) fn hidden_row(name: &str, table: &Table) -> Vec<String> {
    let hidden = std::iter::repeat_n(HIDDEN.to_owned(), table.columns.len() - 1);
    std::iter::once(name.to_owned()).chain(hidden).collect()
}

fn weighted_row(name: &str, assessed: &Assessed, style: Style) -> Vec<String> {
    let mut row = vec![name.to_owned()];
    row.extend(assessed.table.cells().map(|cell| style.count(cell)));
    row.push(style.count(assessed.table.total()));
    row.extend(MAIN.map(|measure| measured(assessed, measure, true, style)));
    row
}

fn plain_row(assessed: &Assessed, style: Style) -> Vec<String> {
    let mut row = vec![style.says(PLAIN).to_owned()];
    row.extend(std::iter::repeat_n(String::new(), 5));
    row.extend(MAIN.map(|measure| measured(assessed, measure, false, style)));
    row
}

/// A measure in words, or that the design cannot estimate it.
pub(super) fn measured(assessed: &Assessed, measure: Measure, weighted: bool, style: Style) -> String {
    match assessed.measures.iter().find(|one| one.measure == measure) {
        None => style.says(NOT_ESTIMABLE).to_owned(),
        Some(one) if weighted => weighted_text(&one.weighted, style),
        Some(one) => estimate_text(&one.plain, style),
    }
}

/// The share with yes by register and by record, and how far they are apart.
pub(super) const PREVALENCES: [Measure; 3] =
    [Measure::PrevalenceRegister, Measure::PrevalenceReference, Measure::PrevalenceDifference];
pub(super) const RECORD_AND_DIFFERENCE: [[&str; 2]; 2] =
    [[">journal", ">forskel"], [">record", ">difference"]];

fn prevalence_table(results: &Results, protocol: &Protocol) -> Table {
    let style = Style::from(protocol.report);
    let title = style.says([
        "Hvor langt den offentliggjorte indikator er fra journalen, i procent",
        "How far the published indicator is from the record, in per cent",
    ]);
    let [record, difference] = style.says(RECORD_AND_DIFFERENCE);
    let headers = [style.says(INDICATOR), ">n", ">register", record, difference, ">FP", ">FN", ">McNemar p"];
    let mut table = Table::new(title, &headers).named("prevalence");
    for (indicator, assessed) in assessed_indicators(results) {
        let cells = |weighted| PREVALENCES.map(|measure| measured(assessed, measure, weighted, style));
        let [register, record, difference] = cells(true);
        let counts = [assessed.table.fp, assessed.table.fn_].map(|count| style.count(count));
        let n = style.count(assessed.table.total());
        let p_value = assessed
            .mcnemar
            .p_value
            .map_or_else(|reason| reason_text(reason, style).to_owned(), |p| style.p_value(p));
        let first = [style.of(&indicator.name).to_owned(), n, register, record, difference];
        table.row(first.into_iter().chain(counts).chain([p_value]));
        let [register, record, difference] = cells(false);
        table.row([style.says(PLAIN).to_owned(), String::new(), register, record, difference]);
    }
    calibration_note(protocol).into_iter().for_each(|note| table.note(note));
    table.note(style.says([
        "Første linje vægtet, anden uvægtet. Forskel: register minus journal, for de samme forløb, afrundet for sig. McNemar: eksakt test af FP mod FN, uvægtet.",
        "First line weighted, second line plain. Difference: register less record, on the same courses, rounded by itself. McNemar: exact test of FP against FN, unweighted.",
    ]));
    table.note(share_intervals(protocol));
    table
}

/// The level and the kinds of interval of the shares and of their difference.
fn share_intervals(protocol: &Protocol) -> String {
    let (analysis, style) = (&protocol.analysis, Style::from(protocol.report));
    let level = style.written(&analysis.level);
    let (weighted, plain) =
        (weighted_title(analysis.weighted_interval, style), interval_title(analysis.interval, style));
    style.says([
        format!("{level} konfidensintervaller: vægtede andele {weighted}, forskellen med t; uvægtede andele {plain}, forskellen Newcombe for parrede proportioner."),
        format!("{level} confidence intervals: weighted shares {weighted}, their difference with t; plain shares {plain}, their difference Newcombe's for paired proportions."),
    ])
}

/// The indicators whose table of the whole study is shown.
fn assessed_indicators(results: &Results) -> impl Iterator<Item = (&IndicatorResults, &Assessed)> {
    results.indicators.iter().filter_map(|indicator| Some((indicator, whole(indicator)?)))
}

/// The word for one part of a grouping.
pub(super) fn grouping_word(grouping: Grouping, protocol: &Protocol) -> &str {
    let style = Style::from(protocol.report);
    match grouping {
        Grouping::Stratum => style.of(&protocol.strata.name),
        Grouping::Cluster => style.says(["klynge", "cluster"]),
        Grouping::Age => style.says(["alder", "age"]),
        Grouping::Sex => style.says(["køn", "sex"]),
        Grouping::Year => style.says(["år", "year"]),
    }
}

fn group_table(results: &Results, protocol: &Protocol, grouping: Grouping) -> Table {
    let style = Style::from(protocol.report);
    let name = grouping_word(grouping, protocol);
    let [sensitivity, specificity] = main_headers(style);
    let headers = [
        style.says(INDICATOR),
        name,
        ">TP",
        ">FP",
        ">FN",
        ">TN",
        ">n",
        sensitivity,
        specificity,
        ">PPV",
        ">NPV",
    ];
    let title = style
        .says([format!("Nøjagtighed efter {name}, i procent"), format!("Accuracy by {name}, in per cent")]);
    let mut table = Table::new(title, &headers).named(format!("by-{}", grouping.name()));
    let counts = |assessed: &Assessed| {
        assessed.table.cells().into_iter().chain([assessed.table.total()]).collect::<Vec<u64>>()
    };
    part_rows(&mut table, results, protocol, grouping, &PartCells { counts, measures: &MAIN });
    table.note(counts_note(style));
    part_notes(&mut table, results, protocol, grouping);
    table
}
