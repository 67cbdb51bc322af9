//! What `hkm accuracy` prints.

use serde_json::{Map, Value, json};

use super::choices::IntervalChoice;
use super::output::Output;
use super::table::{mcnemar_note, table_object, x_of_n};
use super::tidy::{tidy, with_keys};
use crate::accuracy::{ChartDesign, ChartResult, Outside};
use crate::report::{
    Table, cells_table, count, estimate_header, estimate_text, methods_note, share_label, weighted_json,
    weighted_notes, weighted_text,
};
use crate::stats::{Measure, TwoByTwo, WeightedEstimate, WeightedOptions};

/// How results are shown.
pub(super) struct Shown<'c> {
    /// Level and method of the plain intervals.
    pub(super) choice: &'c IntervalChoice,
    /// How weighted estimates are made; `None` for a file without strata.
    pub(super) weighted: Option<WeightedOptions>,
}

/// The measures of a table of several results.
const HEADLINE: [Measure; 4] = [Measure::Sensitivity, Measure::Specificity, Measure::Ppv, Measure::Npv];

/// Columns of the CSV.
const TIDY: [&str; 19] = [
    "register",
    "reference",
    "by",
    "value",
    "kind",
    "measure",
    "x",
    "n",
    "estimate",
    "se",
    "df",
    "n_effective",
    "complete",
    "level",
    "method",
    "lower",
    "upper",
    "reason",
    "warnings",
];

/// The results in every form.
pub(super) fn output(results: &[ChartResult], shown: &Shown<'_>) -> Output {
    let objects: Vec<Map<String, Value>> = results.iter().map(|result| object(result, shown)).collect();
    let tables = match results {
        [only] => vec![rows_table(results), cells_table(only.counts.table), measures_table(only, shown)],
        several => vec![rows_table(several), headline_table(several, shown)],
    };
    let all_measures = "All measures of each: --format csv or --format json.";
    Output {
        tables,
        closing: if results.len() > 1 { vec![all_measures.to_owned()] } else { Vec::new() },
        tidy: Some(tidy(&TIDY, &objects.iter().flat_map(tidy_rows).collect::<Vec<_>>())),
        json: json!({ "indicators": objects }),
        ..Output::default()
    }
}

// For programs.

fn object(result: &ChartResult, shown: &Shown<'_>) -> Map<String, Value> {
    let mut object = Map::new();
    object.insert("register".to_owned(), result.register.clone().into());
    object.insert("reference".to_owned(), result.reference.clone().into());
    if let Some((by, value)) = &result.group {
        object.insert("by".to_owned(), by.clone().into());
        object.insert("value".to_owned(), value.clone().into());
    }
    object.extend(table_object(result.counts.table, shown.choice.method, shown.choice.level));
    if let Some((design, options)) = result.design.as_ref().zip(shown.weighted.as_ref()) {
        let weighted = design.strata.estimates(options);
        let weighted = weighted.iter().map(|(measure, estimate)| weighted_json(*measure, estimate));
        object.insert("weighted".to_owned(), weighted.collect());
        let correction = options.finite_population_correction;
        object.insert("finite_population_correction".to_owned(), correction.into());
        object.insert("strata".to_owned(), strata_json(design));
    }
    object.insert("rows".to_owned(), rows_json(result));
    object
}

fn strata_json(design: &ChartDesign) -> Value {
    let strata = design.names.iter().zip(design.strata.strata());
    let stratum = strata.map(|(name, stratum)| {
        let TwoByTwo { tp, fp, fn_, tn } = stratum.table;
        json!({
            "stratum": name,
            "population": stratum.population,
            "reviewed": stratum.reviewed,
            "tp": tp, "fp": fp, "fn": fn_, "tn": tn,
        })
    });
    stratum.collect()
}

fn rows_json(result: &ChartResult) -> Value {
    let counts = &result.counts;
    let mut rows = Map::new();
    let mut add = |name: &str, number: u64| rows.insert(name.to_owned(), number.into());
    add("rows", counts.rows());
    add("not_reviewed", counts.not_reviewed);
    add("reviewed", counts.reviewed());
    for (outside, name, _) in OUTSIDE {
        add(name, counts.outside.get(&outside).copied().unwrap_or_default());
    }
    add("in_table", counts.table.total());
    rows.into()
}

fn tidy_rows(object: &Map<String, Value>) -> Vec<Map<String, Value>> {
    let shared = |kind: &str| -> Vec<(&str, Value)> {
        let keys = ["register", "reference", "by", "value", "level"].into_iter();
        let shared = keys.filter_map(|key| Some((key, object.get(key)?.clone())));
        shared.chain([("kind", kind.into())]).collect()
    };
    let listed = |key: &str| object.get(key).and_then(Value::as_array).cloned().unwrap_or_default();
    let count =
        |name: &str, number: &Value| with_keys(&shared("count"), &json!({"measure": name, "x": number}));
    let rows = object["rows"].as_object().into_iter().flatten();
    let mut all: Vec<_> = rows.map(|(name, number)| count(name, number)).collect();
    all.extend(["tp", "fp", "fn", "tn"].map(|cell| count(cell, &object[cell])));
    all.extend(listed("weighted").iter().map(|row| with_keys(&shared("weighted"), &joined_warnings(row))));
    all.extend(listed("measures").iter().map(|row| with_keys(&shared("plain"), row)));
    all.push(with_keys(
        &shared("plain"),
        &json!({"measure": "mcnemar", "estimate": object["mcnemar"]["p_value"]}),
    ));
    all
}

/// The warnings of an estimate in one cell.
fn joined_warnings(row: &Value) -> Value {
    let mut row = row.clone();
    let warnings = row["warnings"].as_array().into_iter().flatten().filter_map(Value::as_str);
    row["warnings"] = warnings.collect::<Vec<_>>().join(" ").into();
    row
}

// For people.

/// Why a reviewed chart is outside the table: its key, and its column for people.
const OUTSIDE: [(Outside, &str, &str); 4] = [
    (Outside::RegisterMissing, "register_missing", ">register missing"),
    (Outside::RegisterNotRelevant, "register_not_relevant", ">register not relevant"),
    (Outside::RecordNotRelevant, "record_not_relevant", ">record not relevant"),
    (Outside::NotDocumented, "not_documented", ">not documented"),
];

/// From the rows of the file to the table; columns without any row are left out.
fn rows_table(results: &[ChartResult]) -> Table {
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
    let headers: Vec<&str> = std::iter::once("").chain(columns.iter().map(|(header, _)| *header)).collect();
    let mut table = Table::new("From the rows to the table", &headers);
    for result in results {
        let counts = columns.iter().map(|(_, of)| count(of(result)));
        table.row(std::iter::once(name(result, results)).chain(counts));
    }
    table
}

/// What tells a result from the others.
fn name(result: &ChartResult, results: &[ChartResult]) -> String {
    let pair = format!("{} against {}", result.register, result.reference);
    let same =
        |other: &ChartResult| (&other.register, &other.reference) == (&result.register, &result.reference);
    match &result.group {
        None => pair,
        Some((by, value)) if results.iter().all(same) => format!("{by} {value}"),
        Some((by, value)) => format!("{pair}, {by} {value}"),
    }
}

/// All measures of one result: weighted first where there are strata.
fn measures_table(result: &ChartResult, shown: &Shown<'_>) -> Table {
    let (method, level) = (shown.choice.method, shown.choice.level);
    let cells = result.counts.table;
    let weighted = weighted(result, shown);
    let (plain, by_design) = (estimate_header("plain", level), estimate_header("weighted", level));
    let headers: Vec<&str> = match &weighted {
        Some(_) => vec!["", ">x of n", &by_design, &plain],
        None => vec!["", ">x of n", &plain],
    };
    let mut table = Table::new(name(result, std::slice::from_ref(result)), &headers);
    for estimate in cells.estimates(method, level) {
        let mut row = vec![share_label(estimate.measure), x_of_n(&estimate)];
        row.extend(weighted.as_ref().map(|weighted| text_of(weighted, estimate.measure)));
        row.push(estimate_text(&estimate));
        table.row(row);
    }
    add_design_notes(&mut table, std::slice::from_ref(result), shown);
    table.note(mcnemar_note(cells));
    table.note(methods_note(method));
    table.note(AMONG_REGISTERED);
    table
}

/// Patients whom the register never saw are in no such file.
const AMONG_REGISTERED: &str = "Among registered courses: patients never registered are not covered.";

fn weighted(result: &ChartResult, shown: &Shown<'_>) -> Option<Vec<(Measure, WeightedEstimate)>> {
    Some(result.design.as_ref()?.strata.estimates(shown.weighted.as_ref()?))
}

/// A measure that has no weighted estimate has an empty cell.
fn text_of(weighted: &[(Measure, WeightedEstimate)], measure: Measure) -> String {
    let found = weighted.iter().find(|(of, _)| *of == measure);
    found.map_or(String::new(), |(_, estimate)| weighted_text(estimate))
}

/// The headline measures of several results, a row each.
fn headline_table(results: &[ChartResult], shown: &Shown<'_>) -> Table {
    let (method, level) = (shown.choice.method, shown.choice.level);
    let headers = HEADLINE.map(|measure| format!(">{}", share_label(measure)));
    let cells = [">TP", ">FP", ">FN", ">TN"].into_iter();
    let headers: Vec<&str> =
        std::iter::once("").chain(cells).chain(headers.iter().map(String::as_str)).collect();
    let kind = if shown.weighted.is_some() { "Weighted estimates" } else { "Estimates" };
    let mut table = Table::new(format!("{kind} ({level} CI)"), &headers);
    for result in results {
        let weighted = weighted(result, shown);
        let text = |measure: Measure| match &weighted {
            Some(weighted) => text_of(weighted, measure),
            None => estimate_text(&result.counts.table.estimate(measure, method, level)),
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
    table.note(format!(
        "Weighted by population / reviewed charts of each stratum; intervals: {}.",
        options.method.title()
    ));
    table.note(match options.finite_population_correction {
        true => "With the finite population correction: about this register in this period.",
        false => "Without the finite population correction: about the process that fills the register.",
    });
    for result in results {
        let Some((design, weighted)) = result.design.as_ref().zip(weighted(result, shown)) else { continue };
        let of = if results.len() > 1 { format!("{}. ", name(result, results)) } else { String::new() };
        weighted_notes(&design.names, &weighted)
            .into_iter()
            .for_each(|note| table.note(format!("{of}{note}")));
    }
}
