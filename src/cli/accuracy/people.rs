//! Accuracy for people: tables.

use super::names::{full_name, name, name_header, title};
use super::{OUTSIDE, Shown};
use crate::accuracy::{ChartResult, Outside};
use crate::cli::table::{mcnemar_note, x_of_n};
use crate::report::{
    Style, Table, count, estimate_header, estimate_text, measure_header, methods_notes, post_stratified_text,
    share_label, short_title, weighted_notes, weighted_text,
};
use crate::stats::{Measure, PostStrata, WeightedEstimate};

/// The measures of a table of several results.
pub(super) const HEADLINE: [Measure; 4] =
    [Measure::Sensitivity, Measure::Specificity, Measure::Ppv, Measure::Npv];

/// From the rows of the file to the table; columns without any row are left out.
pub(super) fn rows_table(results: &[ChartResult]) -> Table {
    let total = |of: &dyn Fn(&ChartResult) -> u64| results.iter().map(of).sum::<u64>();
    let outside =
        |why: Outside| move |result: &ChartResult| result.counts.outside.get(&why).copied().unwrap_or(0);
    type Count<'c> = Box<dyn Fn(&ChartResult) -> u64 + 'c>;
    let mut columns: Vec<(&str, Count<'_>)> = vec![(">rows", Box::new(|result| result.counts.rows()))];
    if total(&|result| result.counts.not_reviewed) > 0 {
        columns.push((">not reviewed", Box::new(|result| result.counts.not_reviewed)));
    }
    for (why, _, header) in OUTSIDE {
        if total(&outside(why)) > 0 {
            columns.push((header, Box::new(outside(why))));
        }
    }
    columns.push((">in the table", Box::new(|result| result.counts.table.total())));
    let names = name_header(results);
    let headers: Vec<&str> =
        std::iter::once(names).chain(columns.iter().map(|(header, _)| *header)).collect();
    let mut table = Table::new("From the rows to the table", &headers);
    for result in results {
        let counts = columns.iter().map(|(_, of)| count(of(result)));
        table.row(std::iter::once(name(result, results)).chain(counts));
    }
    table
}

/// All measures of one result: weighted first where there are strata.
pub(super) fn measures_table(result: &ChartResult, shown: &Shown<'_>) -> Table {
    let (method, level) = (shown.choice.method, shown.choice.level);
    let cells = result.counts.table;
    let weighted = weighted(result, shown.post_stratify, shown);
    let (plain, by_design) = (
        estimate_header("plain", level, Style::ENGLISH),
        estimate_header(shown.weights(), level, Style::ENGLISH),
    );
    let headers: Vec<&str> = match &weighted {
        Some(_) => vec!["", ">x of n", &by_design, &plain],
        None => vec!["", ">x of n", &plain],
    };
    let mut table = Table::new(full_name(result), &headers);
    for estimate in cells.estimates(method, level) {
        let mut row = vec![share_label(estimate.measure, Style::ENGLISH), x_of_n(&estimate)];
        row.extend(weighted.as_ref().map(|weighted| text_of(weighted, estimate.measure)));
        row.push(estimate_text(&estimate, Style::ENGLISH));
        table.row(row);
    }
    add_design_notes(&mut table, std::slice::from_ref(result), shown);
    table.note(mcnemar_note(cells));
    methods_notes(method).into_iter().for_each(|note| table.note(note));
    table.note(AMONG_REGISTERED);
    table
}

/// Patients whom the register never saw are in no such file.
const AMONG_REGISTERED: &str = "Among registered courses: patients never registered are not covered.";

pub(super) fn weighted(
    result: &ChartResult,
    by: Option<PostStrata>,
    shown: &Shown<'_>,
) -> Option<Vec<(Measure, WeightedEstimate)>> {
    Some(result.design.as_ref()?.estimates(by, shown.weighted.as_ref()?))
}

/// A measure that has no weighted estimate has an empty cell.
pub(super) fn text_of(weighted: &[(Measure, WeightedEstimate)], measure: Measure) -> String {
    let found = weighted.iter().find(|(of, _)| *of == measure);
    found.map_or(String::new(), |(_, estimate)| weighted_text(estimate, Style::ENGLISH))
}

/// The headline measures of several results, a row each.
pub(super) fn headline_table(results: &[ChartResult], shown: &Shown<'_>) -> Table {
    let (method, level) = (shown.choice.method, shown.choice.level);
    let headers = HEADLINE.map(|measure| measure_header(measure, Style::ENGLISH));
    let cells = [">TP", ">FP", ">FN", ">TN"].into_iter();
    let headers: Vec<&str> = std::iter::once(name_header(results))
        .chain(cells)
        .chain(headers.iter().map(String::as_str))
        .collect();
    let kind = match (&shown.weighted, shown.post_stratify) {
        (None, _) => "Estimates",
        (Some(_), None) => "Weighted estimates",
        (Some(_), Some(_)) => "Post-stratified estimates",
    };
    let mut table = Table::new(title(results, &format!("{kind} ({level} CI)")), &headers);
    for result in results {
        let weighted = weighted(result, shown.post_stratify, shown);
        let text = |measure: Measure| match &weighted {
            Some(weighted) => text_of(weighted, measure),
            None => estimate_text(&result.counts.table.estimate(measure, method, level), Style::ENGLISH),
        };
        let cells = result.counts.table.cells().map(count);
        table.row(std::iter::once(name(result, results)).chain(cells).chain(HEADLINE.map(text)));
    }
    add_design_notes(&mut table, results, shown);
    if shown.weighted.is_none() {
        table.note(format!("Intervals: {}.", method.title()));
    }
    table.note(AMONG_REGISTERED);
    table
}

/// How the weights were made, and what must be known about them.
fn add_design_notes(table: &mut Table, results: &[ChartResult], shown: &Shown<'_>) {
    let Some(options) = &shown.weighted else { return };
    let weights = if shown.post_stratify.is_some() { "Starting weights:" } else { "Weighted by" };
    table.note(format!(
        "{weights} population / reviewed charts of each stratum; intervals: {}.",
        options.method.title()
    ));
    shown.post_stratify.into_iter().for_each(|by| table.note(post_stratified_text(by, Style::ENGLISH)));
    if results.iter().any(|one| one.design.as_ref().is_some_and(|design| design.calibrated.is_none()))
        && shown.post_stratify.is_some()
    {
        table.note("A group of whole strata with fewer than five reviewed charts of a register value has the design's weights alone.");
    }
    table.note(match options.finite_population_correction {
        true => "With the finite population correction: about this register in this period.",
        false => "Without the finite population correction: about the process that fills the register.",
    });
    for (text, about) in warnings(results, shown) {
        match about.is_empty() {
            true => table.note(format!("Note: {text}.")),
            false => table.note(format!("{}: {text}.", about.join(", "))),
        }
    }
}

/// Each warning once, with the measures it is about, or with the results and their measures where there are several.
fn warnings(results: &[ChartResult], shown: &Shown<'_>) -> Vec<(String, Vec<String>)> {
    let mut warnings: Vec<(String, Vec<String>)> = Vec::new();
    for result in results {
        let Some((design, mut weighted)) =
            result.design.as_ref().zip(weighted(result, shown.post_stratify, shown))
        else {
            continue;
        };
        // Of several results only these measures are shown.
        weighted.retain(|(measure, _)| results.len() == 1 || HEADLINE.contains(measure));
        for (text, measures) in weighted_notes(&design.names, &weighted) {
            let measures =
                measures.into_iter().map(|measure| short_title(measure, Style::ENGLISH).to_owned());
            let measures: Vec<String> = measures.collect();
            let about = match (results.len(), measures.is_empty()) {
                (1, _) => measures,
                (_, true) => vec![name(result, results)],
                (_, false) => vec![format!("{} ({})", name(result, results), measures.join(", "))],
            };
            match warnings.iter_mut().find(|(known, _)| *known == text) {
                Some((_, all)) => all.extend(about),
                None => warnings.push((text, about)),
            }
        }
    }
    warnings
}
