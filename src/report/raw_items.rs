//! Raw items against the register: what may be shown of them.

use serde_json::{Value, json};

use super::json::object;
use super::shown::all_or_enough;
use crate::accuracy::{BANDS, CourseCount, Held, RawItem};
use crate::stats::{PairedDifferences, Reason};

/// One item of the codebook that the register holds as well.
#[derive(Debug, Clone, PartialEq)]
pub struct RawItemResults {
    /// Its id.
    pub item: String,
    /// Whether it is a day; otherwise a number.
    pub is_date: bool,
    /// Charts that were read, by who holds a value; `None` where the count is hidden.
    pub held: [(Held, Option<u64>); 5],
    /// Register against record where both hold a value; `None` where it is hidden.
    pub comparison: Option<RawItemComparison>,
}

/// Register against record.
#[derive(Debug, Clone, PartialEq)]
pub struct RawItemComparison {
    /// Of days: at most so many days apart, and how many courses. Of numbers: 0, and how many are the same.
    pub within: Vec<(u64, u64)>,
    /// Register less record, in days or in the item's unit.
    pub differences: PairedDifferences,
}

/// A comparison with a band of 1 to `min_cell` − 1 persons is hidden whole: its bands add up to a count that is shown.
pub(super) fn shown_raw_items(items: Vec<RawItem<'_>>, min_cell: u64) -> Vec<RawItemResults> {
    items.into_iter().map(|item| shown(item, min_cell)).collect()
}

fn shown(item: RawItem<'_>, min_cell: u64) -> RawItemResults {
    let small = |count: &CourseCount| (1..min_cell).contains(&count.persons);
    let decided = all_or_enough(item.held.map(|(held, count)| (held, count.persons)).to_vec(), min_cell);
    let courses = |(place, (held, count)): (usize, (Held, CourseCount))| {
        (held, decided[place].1.is_some().then_some(count.courses))
    };
    let mut counts = item.held.into_iter().enumerate().map(courses);
    let held = Held::ALL.map(|held| counts.next().unwrap_or((held, None)));
    let is_hidden = decided[0].1.is_none() || item.bands.iter().any(small);
    let is_date = item.item.kind.is_date();
    let comparison = (!is_hidden).then(|| RawItemComparison {
        within: cumulative(&item.bands, is_date),
        differences: PairedDifferences::of(item.differences, min_cell.max(1)),
    });
    RawItemResults { item: item.item.id.clone(), is_date, held, comparison }
}

/// Each band with those before it; the last one, which has no limit, is left out.
fn cumulative(bands: &[CourseCount], is_date: bool) -> Vec<(u64, u64)> {
    let limits = if is_date { &BANDS[..] } else { &BANDS[..1] };
    let within = |place: usize| bands[..=place].iter().map(|band| band.courses).sum();
    limits.iter().enumerate().map(|(place, &days)| (days, within(place))).collect()
}

/// An item as `docs/file-formats.md` describes it.
pub(super) fn raw_item_json(one: &RawItemResults) -> Value {
    let mut row = object(json!({"item": one.item, "kind": if one.is_date { "date" } else { "number" }}));
    let mut counts: serde_json::Map<String, Value> =
        one.held.iter().map(|(held, courses)| (held.name().to_owned(), (*courses).into())).collect();
    if counts.values().any(Value::is_null) {
        counts.insert("reason".to_owned(), Reason::Suppressed.name().into());
    }
    row.insert("counts".to_owned(), counts.into());
    match &one.comparison {
        Some(comparison) => row.extend(comparison_json(comparison, one.is_date)),
        None => drop(row.insert("reason".to_owned(), Reason::Suppressed.name().into())),
    }
    row.into()
}

fn comparison_json(comparison: &RawItemComparison, is_date: bool) -> serde_json::Map<String, Value> {
    let RawItemComparison { within, differences } = comparison;
    let mut row = serde_json::Map::new();
    let mut add = |key: &str, value: Value| row.insert(key.to_owned(), value);
    add("n", differences.n.into());
    match is_date {
        true => add("within_days", within.iter().map(|(days, n)| json!({"days": days, "n": n})).collect()),
        false => add("same", within.first().map_or(0, |(_, n)| *n).into()),
    };
    let measures = [("median", differences.median), ("mean", differences.mean), ("sd", differences.sd)];
    add("measures", measures.into_iter().map(measure_json).collect());
    let limits = [
        ("quartiles", differences.quartiles),
        ("percentiles", differences.percentiles),
        ("normal", differences.normal_limits),
    ];
    add("limits", limits.into_iter().map(limits_json).collect());
    row
}

fn measure_json((measure, estimate): (&str, Result<f64, Reason>)) -> Value {
    match estimate {
        Ok(estimate) => json!({"measure": measure, "estimate": estimate}),
        Err(reason) => json!({"measure": measure, "estimate": null, "reason": reason.name()}),
    }
}

fn limits_json((method, limits): (&str, Result<[f64; 2], Reason>)) -> Value {
    match limits {
        Ok([lower, upper]) => json!({"method": method, "lower": lower, "upper": upper}),
        Err(reason) => json!({"method": method, "lower": null, "upper": null, "reason": reason.name()}),
    }
}

#[cfg(test)]
mod tests;
