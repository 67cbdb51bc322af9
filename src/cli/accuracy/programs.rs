//! Accuracy for programs: JSON and CSV.

use serde_json::{Map, Value, json};

use super::{OUTSIDE, Shown};
use crate::accuracy::{ChartDesign, ChartResult};
use crate::cli::bootstrap::bootstrap_rows;
use crate::cli::table::{mcnemar_row, table_object};
use crate::cli::tidy::with_keys;
use crate::report::weighted_json;
use crate::stats::{PostStrata, TwoByTwo, WeightedOptions};

/// Columns of the CSV.
const TIDY: [&str; 19] = [
    "register",
    "reference",
    "by",
    "value",
    "estimator",
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

/// The columns, with those of a bootstrap and of differences behind where there are any.
pub(super) fn columns(shown: &Shown<'_>, with_differences: bool) -> Vec<&'static str> {
    let resampled = shown.resampled.iter().flat_map(|_| ["replicates", "undefined"]);
    let compared = with_differences.then_some(["against", "test", "p_value", "p_value_holm"]);
    TIDY.into_iter().chain(resampled).chain(compared.into_iter().flatten()).collect()
}

/// What `hkm table` gives, with the columns in front and the design behind.
pub(super) fn object(place: usize, result: &ChartResult, shown: &Shown<'_>) -> Map<String, Value> {
    let mut object = Map::new();
    object.insert("register".to_owned(), result.register.clone().into());
    object.insert("reference".to_owned(), result.reference.clone().into());
    if let Some((by, value)) = &result.group {
        object.insert("by".to_owned(), by.clone().into());
        object.insert("value".to_owned(), value.clone().into());
    }
    object.extend(table_object(result.counts.table, shown.choice.method, shown.choice.level));
    if let Some((design, options)) = result.design.as_ref().zip(shown.weighted.as_ref()) {
        object.insert("weighted".to_owned(), weighted(design, options, shown.post_stratify));
        if let Some(by) = shown.post_stratify {
            let by = if design.calibrated.is_some() { by.name() } else { "none" };
            object.insert("post_stratify".to_owned(), by.into());
            object.insert("design_weighted".to_owned(), weighted(design, options, None));
        }
        let correction = options.finite_population_correction;
        object.insert("finite_population_correction".to_owned(), correction.into());
        object.insert("strata".to_owned(), strata_json(design));
    }
    if let Some(resampled) = &shown.resampled {
        resampled.add_json(place, &mut object);
    }
    object.insert("rows".to_owned(), rows_json(result));
    object
}

fn weighted(design: &ChartDesign, options: &WeightedOptions, by: Option<PostStrata>) -> Value {
    let estimates = design.estimates(by, options);
    estimates.iter().map(|(measure, estimate)| weighted_json(*measure, estimate)).collect()
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

/// Counts, weighted and plain measures, each with the keys that tell which result they belong to.
pub(super) fn tidy_rows(object: &Map<String, Value>) -> Vec<Map<String, Value>> {
    let shared = |estimator: &str| -> Vec<(&str, Value)> {
        let level = (estimator != "count").then_some("level");
        let keys = ["register", "reference", "by", "value"].into_iter().chain(level);
        let shared = keys.filter_map(|key| Some((key, object.get(key)?.clone())));
        shared.chain([("estimator", estimator.into())]).collect()
    };
    let listed = |key: &str| object.get(key).and_then(Value::as_array).cloned().unwrap_or_default();
    let count =
        |name: &str, number: &Value| with_keys(&shared("count"), &json!({"measure": name, "x": number}));
    let rows = object["rows"].as_object().into_iter().flatten();
    let mut all: Vec<_> = rows.map(|(name, number)| count(name, number)).collect();
    all.extend(["tp", "fp", "fn", "tn"].map(|cell| count(cell, &object[cell])));
    for estimator in ["weighted", "design_weighted"] {
        let rows = listed(estimator);
        all.extend(rows.iter().map(|row| with_keys(&shared(estimator), &joined_warnings(row))));
    }
    let resampled = bootstrap_rows(object).into_iter();
    all.extend(resampled.map(|row| with_keys(&shared("bootstrap"), &row.into())));
    all.extend(listed("measures").iter().map(|row| with_keys(&shared("plain"), row)));
    all.push(mcnemar_row(&shared("plain"), &object["mcnemar"]));
    all
}

/// The warnings of an estimate in one cell.
fn joined_warnings(row: &Value) -> Value {
    let mut row = row.clone();
    let warnings = row["warnings"].as_array().into_iter().flatten().filter_map(Value::as_str);
    row["warnings"] = warnings.collect::<Vec<_>>().join(" ").into();
    row
}
