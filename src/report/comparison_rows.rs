//! Comparisons for programs: JSON, and one long table.

use serde_json::{Map, Value, json};

use super::coarse::TENTHS_LEFT;
use super::json::{add_interval, decimals_json, number, object};
use super::{GroupDifference, HomogeneityResults, IndicatorResults, Results, ShrunkenResults, exact};
use crate::protocol::Protocol;
use crate::stats::{ConfidenceInterval, Method, Reason, TestWay};

/// The comparisons of an indicator under their keys; none where there are none.
pub(super) fn add_comparisons(indicator: &mut Map<String, Value>, results: &IndicatorResults) {
    let by_stratum = &results.by_stratum;
    let lists: [(&str, Vec<Value>); 3] = [
        ("differences", results.differences.iter().map(difference).collect()),
        ("homogeneity", by_stratum.homogeneity.iter().map(homogeneity).collect()),
        ("shrunken", by_stratum.shrunken.iter().map(shrunken).collect()),
    ];
    for (key, list) in lists.into_iter().filter(|(_, list)| !list.is_empty()) {
        indicator.insert(key.to_owned(), list.into());
    }
}

/// The first reason is the deepest one.
fn add_reasons(row: &mut Map<String, Value>, reasons: impl IntoIterator<Item = Option<Reason>>) {
    if let Some(reason) = reasons.into_iter().flatten().next() {
        row.insert("reason".to_owned(), reason.name().into());
    }
}

fn difference(one: &GroupDifference) -> Value {
    let mut row = object(json!({
        "grouping": one.grouping.name(),
        "group": one.group,
        "reference": one.reference,
        "measure": one.measure.name(),
        "estimate": number(one.estimate),
        "se": number(one.se),
        "df": one.df,
    }));
    add_interval(&mut row, one.interval);
    row.insert("p_value".to_owned(), number(one.p_value));
    row.insert("p_value_holm".to_owned(), number(one.adjusted));
    row.insert("complete".to_owned(), one.complete.into());
    row.insert("rounded".to_owned(), decimals_json(one.coarse.then_some(TENTHS_LEFT)));
    add_reasons(&mut row, [one.estimate.err(), one.interval.err(), one.p_value.err()]);
    row.into()
}

fn homogeneity(one: &HomogeneityResults) -> Value {
    let mut row = object(json!({
        "measure": one.measure.name(),
        "groups": one.groups,
        "pooled": one.pooled,
        "p_value": number(one.p_value),
        "p_value_holm": number(one.adjusted),
        "method": one.way.map(way_name),
    }));
    if let Some(TestWay::MonteCarlo { tables, standard_error }) = one.way {
        row.insert("tables".to_owned(), tables.into());
        row.insert("standard_error".to_owned(), standard_error.into());
    }
    add_reasons(&mut row, [one.p_value.err()]);
    row.into()
}

fn way_name(way: TestWay) -> &'static str {
    match way {
        TestWay::Exact => "exact",
        TestWay::MonteCarlo { .. } => "monte_carlo",
    }
}

fn shrunken(one: &ShrunkenResults) -> Value {
    let value = one.estimate.map(|estimate| estimate.value);
    let mut row = object(json!({
        "stratum": one.stratum,
        "measure": one.measure.name(),
        "estimate": number(value),
        "own_weight": number(one.estimate.map(|estimate| estimate.own_weight)),
        "drawn_to": number(one.estimate.map(|estimate| estimate.drawn_to)),
    }));
    add_interval(&mut row, one.estimate.map(|estimate| estimate.interval));
    row.into()
}

/// The header of the long table.
const HEADER: [&str; 20] = [
    "status",
    "comparison",
    "indicator",
    "grouping",
    "group",
    "reference",
    "measure",
    "estimate",
    "lower",
    "upper",
    "level",
    "method",
    "se",
    "df",
    "groups",
    "p_value",
    "p_value_holm",
    "reason",
    "rounded",
    "data",
];

/// The header and a row for each difference, test of homogeneity and shrunken estimate.
pub fn comparison_rows(results: &Results, protocol: &Protocol) -> Vec<Vec<String>> {
    let mut rows = vec![HEADER.map(str::to_owned).to_vec()];
    let level = protocol.analysis.level.as_f64().to_string();
    for indicator in &results.indicators {
        let by_stratum = &indicator.by_stratum;
        let cells = indicator.differences.iter().map(|one| Cells::difference(one, &level));
        let cells = cells.chain(by_stratum.homogeneity.iter().map(Cells::homogeneity));
        let cells = cells.chain(by_stratum.shrunken.iter().map(|one| Cells::shrunken(one, &level)));
        rows.extend(
            cells.map(|cells| cells.row([results.head.status(), results.head.short_digest()], &indicator.id)),
        );
    }
    rows
}

/// What differs from row to row.
#[derive(Default)]
struct Cells<'c> {
    comparison: &'static str,
    grouping: &'static str,
    group: &'c str,
    reference: &'c str,
    measure: &'static str,
    estimate: Option<f64>,
    interval: Option<ConfidenceInterval>,
    level: &'c str,
    method: &'static str,
    se: Option<f64>,
    df: Option<u64>,
    groups: Option<u64>,
    p_value: Option<f64>,
    adjusted: Option<f64>,
    reason: Option<Reason>,
    rounded: bool,
}

impl<'c> Cells<'c> {
    fn difference(one: &'c GroupDifference, level: &'c str) -> Self {
        Cells {
            comparison: "difference",
            grouping: one.grouping.name(),
            group: &one.group,
            reference: &one.reference,
            measure: one.measure.name(),
            estimate: one.estimate.ok(),
            interval: one.interval.ok(),
            level,
            method: one.interval.map_or("", |interval| interval.method().name()),
            se: one.se.ok(),
            df: one.df,
            p_value: one.p_value.ok(),
            adjusted: one.adjusted.ok(),
            reason: one.estimate.err().or(one.interval.err()).or(one.p_value.err()),
            rounded: one.coarse,
            ..Cells::default()
        }
    }

    fn homogeneity(one: &'c HomogeneityResults) -> Self {
        Cells {
            comparison: "homogeneity",
            grouping: "stratum",
            measure: one.measure.name(),
            method: one.way.map_or("", way_name),
            groups: one.groups,
            p_value: one.p_value.ok(),
            adjusted: one.adjusted.ok(),
            reason: one.p_value.err(),
            ..Cells::default()
        }
    }

    fn shrunken(one: &'c ShrunkenResults, level: &'c str) -> Self {
        Cells {
            comparison: "shrunken",
            grouping: "stratum",
            group: &one.stratum,
            measure: one.measure.name(),
            estimate: one.estimate.ok().map(|estimate| estimate.value),
            interval: one.estimate.ok().map(|estimate| estimate.interval),
            level,
            method: one.estimate.map_or("", |_| Method::BetaBinomial.name()),
            reason: one.estimate.err(),
            ..Cells::default()
        }
    }

    fn row(self, [status, data]: [&str; 2], indicator: &str) -> Vec<String> {
        let finite = |number: Option<f64>| number.filter(|number| number.is_finite()).map(exact);
        let count = |count: Option<u64>| count.map(|count| count.to_string());
        let words =
            [status, self.comparison, indicator, self.grouping, self.group, self.reference, self.measure];
        let limits = [
            finite(self.estimate),
            finite(self.interval.map(|limits| limits.lower())),
            finite(self.interval.map(|limits| limits.upper())),
        ];
        let tests = [
            finite(self.se),
            count(self.df),
            count(self.groups),
            finite(self.p_value),
            finite(self.adjusted),
        ];
        let reason = self.reason.map_or("", Reason::name).to_owned();
        let words = words.map(str::to_owned).into_iter();
        let limits = limits.map(Option::unwrap_or_default).into_iter();
        let how = [self.level.to_owned(), self.method.to_owned()].into_iter();
        // Only a row with a number says whether it is rounded.
        let has_number = self.estimate.or(self.p_value).is_some();
        let rounded = if has_number { self.rounded.to_string() } else { String::new() };
        let last = [reason, rounded, data.to_owned()];
        words.chain(limits).chain(how).chain(tests.map(Option::unwrap_or_default)).chain(last).collect()
    }
}
