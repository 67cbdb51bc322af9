//! Bootstrap estimates for people and for programs.

use serde_json::{Map, Value, json};

use super::json::{add_estimate, number};
use super::wording::value_and_interval;
use super::{Table, add_interval, count, counted, decimal, in_percent, percent, reason_text, share_label};
use crate::stats::{
    BootstrapEstimate, BootstrapOptions, BootstrapScheme, BootstrapWarning, ConfidenceInterval,
    ConfidenceLevel, Method, Reason,
};

/// A bootstrap estimate as it may be shown.
#[derive(Debug, Clone, PartialEq)]
pub struct BootstrapShown {
    /// The estimate with its error and limits.
    pub estimate: BootstrapEstimate,
    /// How many replicates have a zero denominator; `None` where it is hidden.
    pub undefined: Option<u64>,
}

impl From<BootstrapEstimate> for BootstrapShown {
    fn from(estimate: BootstrapEstimate) -> Self {
        BootstrapShown { undefined: Some(estimate.undefined), estimate }
    }
}

/// `{"measure","estimate","se","intervals":[{"method","lower","upper"}],"replicates","undefined","extreme","seed"}`.
pub fn bootstrap_json(shown: &BootstrapShown, seed: &str) -> Value {
    let BootstrapShown { estimate, undefined } = shown;
    let mut row = Map::new();
    row.insert("measure".to_owned(), estimate.estimand.measure.name().into());
    add_estimate(&mut row, estimate.estimate);
    row.insert("se".to_owned(), number(estimate.se));
    let methods = [(Method::BootstrapPercentile, estimate.percentile), (Method::BootstrapBca, estimate.bca)];
    let interval = |(method, interval): (Method, Result<ConfidenceInterval, Reason>)| {
        let mut object = Map::from_iter([("method".to_owned(), method.name().into())]);
        add_interval(&mut object, interval);
        object.insert("method".to_owned(), method.name().into());
        Value::from(object)
    };
    row.insert("intervals".to_owned(), methods.into_iter().map(interval).collect());
    row.insert("replicates".to_owned(), estimate.replicates.into());
    row.insert("undefined".to_owned(), (*undefined).into());
    row.insert("extreme".to_owned(), estimate.extreme.into());
    row.insert("seed".to_owned(), seed.into());
    row.into()
}

/// How a bootstrap was made: `{"method","replicates","seed","finite_population_correction","warnings"}`.
pub fn bootstrap_options_json(options: &BootstrapOptions, warnings: &[BootstrapWarning]) -> Value {
    json!({
        "method": options.scheme.name(),
        "replicates": options.replicates,
        "seed": options.seed,
        "finite_population_correction": options.finite_population_correction,
        "warnings": warnings.iter().map(warning_name).collect::<Vec<_>>(),
    })
}

fn warning_name(warning: &BootstrapWarning) -> &'static str {
    match warning {
        BootstrapWarning::NotResampled { .. } => "not_resampled",
        BootstrapWarning::NotCovered { .. } => "not_covered",
        BootstrapWarning::Naive => "naive",
    }
}

/// An empty table, whose first columns have these headers.
pub fn bootstrap_table(title: String, first: &[&str], level: ConfidenceLevel) -> Table {
    let limits = [format!(">percentile {level} CI"), format!(">BCa {level} CI")];
    let headers: Vec<&str> = first
        .iter()
        .copied()
        .chain(["", ">estimate", ">SE"])
        .chain(limits.iter().map(String::as_str))
        .collect();
    Table::new(title, &headers)
}

/// Measure, estimate, standard error and both intervals.
pub fn bootstrap_cells(shown: &BootstrapShown) -> [String; 5] {
    let estimate = &shown.estimate;
    let measure = estimate.estimand.measure;
    let digits = |number: f64| match in_percent(measure) {
        true => percent(number, 1),
        false => decimal(number, 2),
    };
    let text =
        |value: Result<f64, Reason>| value.map_or_else(|reason| reason_text(reason).to_owned(), digits);
    let limits = |interval: Result<ConfidenceInterval, Reason>| match interval {
        Ok(_) => value_and_interval(Ok(0.0), interval, &digits)
            .split_once('(')
            .map(|(_, limits)| limits.trim_end_matches(')').to_owned())
            .unwrap_or_default(),
        Err(reason) => reason_text(reason).to_owned(),
    };
    let [percentile, bca] = [limits(estimate.percentile), limits(estimate.bca)];
    [share_label(measure), text(estimate.estimate), text(estimate.se), percentile, bca]
}

/// How the bootstrap was made, and what a reader of these estimates must know. `strata` are the names of the strata.
pub fn bootstrap_notes<'s>(
    options: &BootstrapOptions,
    warnings: &[BootstrapWarning],
    strata: &[String],
    shown: impl Iterator<Item = &'s BootstrapShown> + Clone,
) -> Vec<String> {
    let scheme = match options.scheme {
        BootstrapScheme::RaoWu => "Rao–Wu",
        BootstrapScheme::Naive => "naive",
    };
    let correction = if options.finite_population_correction { "with" } else { "without" };
    let mut notes = vec![format!(
        "{} replicates ({scheme}, {correction} the finite population correction), seed {:?}; all indicators of a record are \
         resampled together. SE in the units of the estimate.",
        count(options.replicates as u64),
        options.seed
    )];
    notes.extend(warnings.iter().filter_map(|warning| warning_text(warning, strata)));
    let undefined = shown.clone().filter_map(|one| one.undefined).max().unwrap_or_default();
    if undefined > 0 {
        let replicates = counted(undefined, "replicate");
        notes.push(format!("Up to {replicates} of a measure had a zero denominator and were left out."));
    }
    if shown.clone().any(|one| one.estimate.extreme) {
        notes.push(
            "A limit lies beyond the outermost replicate: more replicates are needed at this level."
                .to_owned(),
        );
    }
    let constant = |one: &BootstrapShown| {
        one.estimate.estimate.is_ok() && one.estimate.percentile == Err(Reason::NotDefined)
    };
    if shown.clone().any(constant) {
        notes.push("Not defined: all replicates are equal, so they tell nothing of the error.".to_owned());
    }
    notes
}

fn warning_text(warning: &BootstrapWarning, strata: &[String]) -> Option<String> {
    let named = |places: &[usize]| super::weighted_notes::named(places, strata);
    match warning {
        BootstrapWarning::NotResampled { strata } => {
            Some(format!("One reviewed chart of several in {}: not resampled, so the limits are too short.", named(strata)))
        }
        // The weighted estimates say so already.
        BootstrapWarning::NotCovered { .. } => None,
        BootstrapWarning::Naive => Some(
            "The naive bootstrap understates the variance by (n − 1)/n in each stratum, and has no correction.".to_owned(),
        ),
    }
}
