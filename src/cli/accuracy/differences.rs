//! Each group against the first: with strata by the design, without them as independent proportions.

use serde_json::{Map, Value, json};

use super::Shown;
use super::names::title;
use crate::accuracy::{ChartDesign, ChartResult};
use crate::cli::tidy::with_keys;
use crate::report::{
    DESIGN_ALONE, Style, Table, add_interval, count, difference_text, p_value, percent, reason_text,
    short_title,
};
use crate::stats::{
    ConfidenceInterval, Measure, Reason, TwoByTwoStratum, WeightedOptions, group_difference, holm,
    independent_difference,
};

/// The measures that are compared.
const COMPARED: [Measure; 4] = [Measure::Sensitivity, Measure::Specificity, Measure::Ppv, Measure::Npv];

/// A measure in one group less the same in the first.
pub(super) struct Difference {
    register: String,
    reference: String,
    by: String,
    value: String,
    against: String,
    measure: Measure,
    estimate: Result<f64, Reason>,
    /// Standard error and degrees of freedom, where there are strata.
    error: Option<(Result<f64, Reason>, u64)>,
    interval: Result<ConfidenceInterval, Reason>,
    p_value: Result<f64, Reason>,
    adjusted: Result<f64, Reason>,
    complete: bool,
}

/// Every group of every indicator against the first.
pub(super) fn differences(results: &[ChartResult], shown: &Shown<'_>) -> Vec<Difference> {
    let columns = |result: &ChartResult| (result.register.clone(), result.reference.clone());
    let of_indicator = results.chunk_by(|one, other| columns(one) == columns(other));
    let pairs = of_indicator.filter_map(<[ChartResult]>::split_first);
    let pairs = pairs.flat_map(|(first, others)| others.iter().map(move |other| (other, first)));
    let mut all: Vec<Difference> = pairs
        .flat_map(|(one, first)| COMPARED.map(|measure| difference([one, first], measure, shown)))
        .flatten()
        .collect();
    let given: Vec<_> = all.iter().map(|one| one.p_value).collect();
    all.iter_mut().zip(holm(&given)).for_each(|(one, adjusted)| one.adjusted = adjusted);
    all
}

fn difference([one, first]: [&ChartResult; 2], measure: Measure, shown: &Shown<'_>) -> Option<Difference> {
    let ((by, value), (_, against)) = (one.group.clone()?, first.group.clone()?);
    let unknown = Err(Reason::NotEstimable);
    let mut result = Difference {
        register: one.register.clone(),
        reference: one.reference.clone(),
        by,
        value,
        against,
        measure,
        estimate: unknown,
        error: None,
        interval: Err(Reason::NotEstimable),
        p_value: unknown,
        adjusted: unknown,
        complete: false,
    };
    match (&one.design, &first.design, &shown.weighted) {
        (Some(one), Some(first), Some(options)) => result.weigh([one, first], options)?,
        _ => {
            let of = |result: &ChartResult| result.counts.table.proportion(measure);
            let found = independent_difference(of(one)?, of(first)?, shown.choice.level);
            (result.estimate, result.interval, result.p_value) =
                (found.estimate, found.interval, found.p_value);
        }
    }
    Some(result)
}

impl Difference {
    /// `None` only where the counts of the two groups contradict each other, which those of one file do not.
    fn weigh(&mut self, designs: [&ChartDesign; 2], options: &WeightedOptions) -> Option<()> {
        let mut names: Vec<&String> = designs[0].names.iter().collect();
        names.extend(designs[1].names.iter().filter(|name| !designs[0].names.contains(name)));
        let pairs: Vec<_> =
            names.into_iter().map(|name| designs.map(|design| stratum(design, name))).collect();
        let found = group_difference(&pairs, self.measure, options).ok()??;
        self.estimate = found.estimate;
        self.error = Some((found.se, found.df));
        (self.interval, self.p_value, self.complete) = (found.interval, found.p_value, found.complete);
        Some(())
    }
}

fn stratum(design: &ChartDesign, name: &String) -> Option<TwoByTwoStratum> {
    let place = design.names.iter().position(|known| known == name)?;
    design.strata.strata().get(place).copied()
}

/// For programs.
pub(super) fn object(one: &Difference) -> Value {
    let finite = |number: Result<f64, Reason>| number.ok().map(|number| number + 0.0);
    let mut row = serde_json::Map::new();
    let mut add = |key: &str, value: Value| drop(row.insert(key.to_owned(), value));
    add("register", one.register.clone().into());
    add("reference", one.reference.clone().into());
    add("by", one.by.clone().into());
    add("value", one.value.clone().into());
    add("against", one.against.clone().into());
    add("measure", one.measure.name().into());
    add("estimator", if one.error.is_some() { "weighted" } else { "plain" }.into());
    add("estimate", finite(one.estimate).into());
    if let Some((se, df)) = one.error {
        add("se", finite(se).into());
        add("df", df.into());
        add("complete", one.complete.into());
    }
    add("test", if one.error.is_some() { "t" } else { "fisher" }.into());
    add("p_value", finite(one.p_value).into());
    add("p_value_holm", finite(one.adjusted).into());
    let reasons = [one.estimate.err(), one.interval.err(), one.p_value.err()];
    if let Some(reason) = reasons.into_iter().flatten().next() {
        add("reason", json!(reason.name()));
    }
    add_interval(&mut row, one.interval);
    row.into()
}

/// For CSV, among the other rows.
pub(super) fn tidy_row(one: &Difference, shown: &Shown<'_>) -> Map<String, Value> {
    let mut row = with_keys(&[("level", shown.choice.level.as_f64().into())], &object(one));
    let estimator = if one.error.is_some() { "weighted_difference" } else { "difference" };
    row.insert("estimator".to_owned(), estimator.into());
    row
}

/// For people.
pub(super) fn table(compared: &[Difference], results: &[ChartResult], shown: &Shown<'_>) -> Option<Table> {
    let first = compared.first()?;
    let level = shown.choice.level;
    let kind = if shown.weighted.is_some() { "Weighted differences" } else { "Differences" };
    let about = title(results, &format!("{kind} by {}, in percentage points", first.by));
    let difference = format!(">difference ({level} CI)");
    let mut headers = vec![first.by.as_str(), "measure", &difference];
    if shown.weighted.is_some() {
        headers.extend([">SE", ">df"]);
    }
    headers.extend([">p", ">p (Holm)"]);
    let mut table = Table::new(about, &headers);
    let several = compared.iter().any(|one| one.register != first.register);
    for group in compared.chunk_by(|one, other| names(one, true) == names(other, true)) {
        for (place, one) in group.iter().enumerate() {
            let name = if place == 0 { names(one, several) } else { String::new() };
            table.row(row(name, one));
        }
    }
    table.note(match shown.weighted {
        Some(_) => "Each group less the first; linearised with the covariance of the two, interval and test with t.",
        None => "Each group less the first; intervals: Newcombe's score interval of two independent proportions (square-and-add); Fisher's exact test.",
    });
    table.note("Holm: adjusted for all tests of this table.");
    if shown.post_stratify.is_some() {
        table.note(Style::ENGLISH.says(DESIGN_ALONE));
    }
    Some(table)
}

fn names(one: &Difference, several: bool) -> String {
    let groups = format!("{} less {}", one.value, one.against);
    if several { format!("{} against {}, {groups}", one.register, one.reference) } else { groups }
}

fn row(name: String, one: &Difference) -> Vec<String> {
    let number = |value: Result<f64, Reason>, shown: &dyn Fn(f64) -> String| match value {
        Ok(value) => shown(value),
        Err(reason) => reason_text(reason, Style::ENGLISH).to_owned(),
    };
    let measure = short_title(one.measure, Style::ENGLISH).to_owned();
    let mut row =
        vec![name, measure, difference_text(one.estimate, one.interval, one.complete, Style::ENGLISH)];
    if let Some((se, df)) = one.error {
        row.extend([number(se, &|se| percent(se, 1)), count(df)]);
    }
    row.extend([number(one.p_value, &p_value), number(one.adjusted, &p_value)]);
    row
}
