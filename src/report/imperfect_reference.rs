//! The measures if the record is sometimes wrong, for people and for programs.

use serde_json::{Map, Value, json};

use super::json::{add_estimate, number, object};
use super::wording::digits;
use super::{Style, Table, decimal, in_percent, limits_text, percent, reason_text, share_label};
use crate::stats::{CorrectedMeasure, ImperfectReference, Measure, Reason};

/// The table is for the screen alone.
const STYLE: Style = Style::ENGLISH;

/// The cells in the order in which they stand in a table.
const CELLS: [&str; 4] = ["tp", "fp", "fn", "tn"];

/// The measures against the record, under independent errors, and between their bounds.
pub fn imperfect_reference_table(analysis: &ImperfectReference) -> Table {
    let (se, sp) = (analysis.assumed.sensitivity(), analysis.assumed.specificity());
    let title = format!("If the record finds {} % and leaves out {} %", percent(se, 1), percent(sp, 1));
    let header = ["", ">against the record", ">independent errors", ">any dependence"];
    let mut table = Table::new(title, &header);
    for one in &analysis.measures {
        let text = |value: Result<f64, Reason>| {
            value.map_or_else(|why| reason_text(why, STYLE).to_owned(), |it| shown(one, it))
        };
        let bounds =
            one.bounds.map(|[least, greatest]| limits_text(shown(one, least), shown(one, greatest), STYLE));
        let bounds = bounds.unwrap_or_else(|why| reason_text(why, STYLE).to_owned());
        table.row([label(one), text(one.observed), text(one.independent), bounds]);
    }
    table.note(cells_note(analysis));
    table.note(
        "The sensitivity and specificity of the record are assumed; the bounds are no confidence interval.",
    );
    table
}

/// The prevalence is by record in one column and the true one in the others.
fn label(one: &CorrectedMeasure) -> String {
    if one.measure == Measure::PrevalenceReference {
        "Prevalence, %".to_owned()
    } else {
        share_label(one.measure, STYLE)
    }
}

fn shown(one: &CorrectedMeasure, value: f64) -> String {
    digits(value, in_percent(one.measure), STYLE)
}

/// The corrected cells, the inadmissible ones told apart.
fn cells_note(analysis: &ImperfectReference) -> String {
    let Ok(cells) = analysis.cells else {
        return "Such a record tells nothing of the truth.".to_owned();
    };
    let named = |(name, cell): (&str, f64)| format!("{} {}", name.to_uppercase(), decimal(cell, 1));
    let cells = CELLS.into_iter().zip(cells).map(named).collect::<Vec<_>>().join(", ");
    match inadmissible(analysis).join(", ").to_uppercase() {
        none if none.is_empty() => format!("With independent errors: {cells}."),
        those => format!("With independent errors: {cells}; below 0 and therefore inadmissible: {those}."),
    }
}

fn inadmissible(analysis: &ImperfectReference) -> Vec<&'static str> {
    let below = CELLS.into_iter().zip(analysis.inadmissible_cells());
    below.filter(|(_, is_below)| *is_below).map(|(name, _)| name).collect()
}

/// `{"reference_sensitivity","reference_specificity","tp","fp","fn","tn","inadmissible_cells","measures"}`.
pub fn imperfect_reference_json(analysis: &ImperfectReference) -> Value {
    let mut row = object(json!({
        "reference_sensitivity": analysis.assumed.sensitivity(),
        "reference_specificity": analysis.assumed.specificity(),
    }));
    for (at, name) in CELLS.into_iter().enumerate() {
        row.insert(name.to_owned(), number(analysis.cells.map(|cells| cells[at])));
    }
    if let Err(reason) = analysis.cells {
        row.insert("reason".to_owned(), reason.name().into());
    }
    row.insert("inadmissible_cells".to_owned(), inadmissible(analysis).into());
    row.insert("measures".to_owned(), analysis.measures.iter().map(measure_json).collect());
    row.into()
}

/// `{"measure","observed","estimate","method","lower","upper"}`.
fn measure_json(one: &CorrectedMeasure) -> Value {
    let mut row: Map<String, Value> =
        object(json!({"measure": one.measure.name(), "observed": number(one.observed)}));
    add_estimate(&mut row, one.independent);
    row.insert("method".to_owned(), "imperfect_reference".into());
    let bounds = |at: usize| number(one.bounds.map(|bounds| bounds[at]));
    row.insert("lower".to_owned(), bounds(0));
    row.insert("upper".to_owned(), bounds(1));
    for reason in [one.bounds.err(), one.observed.err()].into_iter().flatten() {
        row.entry("reason".to_owned()).or_insert_with(|| reason.name().into());
    }
    row.into()
}
