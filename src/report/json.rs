//! Results for programs: full precision, stable keys, and a reason beside every `null`.

use serde_json::{Map, Value, json};

use crate::stats::{
    Coefficient, ConfidenceInterval, ConfidenceLevel, Estimate, McNemar, Measure, Proportion, Reason,
    TwoByTwo, WeightedAgreement, WeightedEstimate, WeightedWarning,
};

/// The four cells and the level.
pub fn table_json(table: TwoByTwo, level: ConfidenceLevel) -> Map<String, Value> {
    let cells =
        json!({"tp": table.tp, "fp": table.fp, "fn": table.fn_, "tn": table.tn, "level": level.as_f64()});
    object(cells)
}

/// `{"measure","x","n","estimate","method","lower","upper"}`.
pub fn estimate_json(estimate: &Estimate) -> Value {
    let counts = estimate.events_of_trials;
    let mut row = object(json!({
        "measure": estimate.measure.name(),
        "x": counts.map(Proportion::events),
        "n": counts.map(Proportion::trials),
    }));
    if counts.is_none() {
        // A measure that is no proportion has no x of n.
        row.remove("x");
        row.remove("n");
    }
    add_estimate(&mut row, estimate.value);
    add_interval(&mut row, estimate.interval);
    row.into()
}

/// `{"measure","estimate","se","df","n_effective","method","lower","upper"}`.
pub fn weighted_json(measure: Measure, weighted: &WeightedEstimate) -> Value {
    let mut row = object(json!({"measure": measure.name()}));
    add_estimate(&mut row, weighted.estimate);
    row.insert("se".to_owned(), number(weighted.se));
    row.insert("df".to_owned(), weighted.df.into());
    row.insert("n_effective".to_owned(), number(weighted.n_effective));
    add_interval(&mut row, weighted.interval);
    // A difference and a known value have no effective sample size.
    for missing in [weighted.se.err(), weighted.n_effective.err()].into_iter().flatten() {
        add_reason(&mut row, missing);
    }
    row.insert("complete".to_owned(), weighted.complete.into());
    row.insert("warnings".to_owned(), weighted.warnings.iter().map(warning_name).collect());
    row.into()
}

/// The same of a figure that is shown, with `rounded`: how many decimals of a proportion are left where a hidden count would follow from
/// more; `null` for all digits.
pub(super) fn shown_weighted_json(measure: Measure, weighted: &WeightedEstimate) -> Value {
    let mut row = weighted_json(measure, weighted);
    row["rounded"] = decimals_json(weighted.coarse);
    row
}

/// Decimals of a proportion, from those of a per cent.
pub(super) fn decimals_json(of_per_cent: Option<usize>) -> Value {
    of_per_cent.map(|decimals| decimals + 2).into()
}

fn warning_name(warning: &WeightedWarning) -> &'static str {
    match warning {
        WeightedWarning::LonelyStrata { .. } => "lonely_strata",
        WeightedWarning::NotCovered { .. } => "not_covered",
        WeightedWarning::NotCalibrated => "not_calibrated",
        WeightedWarning::NoVariance => "no_variance",
        WeightedWarning::HeavyStratum { .. } => "heavy_stratum",
    }
}

/// A coefficient of agreement under its name, with standard error and limits.
pub fn coefficient_json(name: &str, coefficient: &Coefficient) -> Value {
    let mut row = object(json!({"coefficient": name}));
    add_estimate(&mut row, coefficient.value);
    // What has exact limits has no standard error.
    if coefficient.standard_error.is_ok() || coefficient.value.is_err() {
        row.insert("se".to_owned(), number(coefficient.standard_error));
    }
    add_interval(&mut row, coefficient.interval);
    row.into()
}

/// Raw agreement, kappa and AC1 weighted by the design.
pub fn weighted_agreement_json(agreement: &WeightedAgreement) -> Value {
    let mut raw = object(json!({"coefficient": "agreement"}));
    add_estimate(&mut raw, agreement.raw.estimate);
    raw.insert("se".to_owned(), number(agreement.raw.se));
    add_interval(&mut raw, agreement.raw.interval);
    let mut coefficients =
        [coefficient_json("kappa", &agreement.kappa), coefficient_json("ac1", &agreement.ac1)];
    coefficients.iter_mut().for_each(|row| row["df"] = agreement.raw.df.into());
    raw.insert("df".to_owned(), agreement.raw.df.into());
    std::iter::once(raw.into()).chain(coefficients).collect()
}

/// The discordant records and the exact test.
pub fn mcnemar_json(test: McNemar) -> Value {
    let mut row = object(json!({"fp": test.fp, "fn": test.fn_, "p_value": number(test.p_value)}));
    if let Err(reason) = test.p_value {
        add_reason(&mut row, reason);
    }
    row.into()
}

pub(super) fn add_estimate(row: &mut Map<String, Value>, value: Result<f64, Reason>) {
    let value = value.and_then(|value| if value.is_finite() { Ok(value) } else { Err(Reason::Unbounded) });
    row.insert("estimate".to_owned(), number(value));
    if let Err(reason) = value {
        add_reason(row, reason);
    }
}

/// Method and limits. An infinite limit is `null`, `unbounded`.
pub fn add_interval(row: &mut Map<String, Value>, interval: Result<ConfidenceInterval, Reason>) {
    let limits = match interval {
        Ok(interval) => {
            row.insert("method".to_owned(), interval.method().name().into());
            [interval.lower(), interval.upper()]
        }
        Err(reason) => {
            row.insert("method".to_owned(), Value::Null);
            add_reason(row, reason);
            [f64::NAN; 2]
        }
    };
    for (key, limit) in ["lower", "upper"].into_iter().zip(limits) {
        row.insert(key.to_owned(), number(Ok(limit)));
        if limit.is_infinite() {
            add_reason(row, Reason::Unbounded);
        }
    }
}

/// The first reason is the deepest one: what is not estimable has no limits either.
fn add_reason(row: &mut Map<String, Value>, reason: Reason) {
    row.entry("reason".to_owned()).or_insert_with(|| reason.name().into());
}

/// A finite number; a zero has no sign.
pub(super) fn number(value: Result<f64, Reason>) -> Value {
    let finite = value.ok().filter(|value| value.is_finite());
    finite.map_or(Value::Null, |value| Value::from(value + 0.0))
}

pub(super) fn object(value: Value) -> Map<String, Value> {
    match value {
        Value::Object(map) => map,
        _ => Map::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::IntervalMethod;

    fn json(table: TwoByTwo, measure: Measure) -> String {
        estimate_json(&table.estimate(measure, IntervalMethod::Wilson, ConfidenceLevel::NINETY_FIVE))
            .to_string()
    }

    #[test]
    fn every_null_has_a_reason() {
        let table = TwoByTwo { tp: 9, fp: 0, fn_: 0, tn: 0 };
        insta::assert_snapshot!(json(table, Measure::Specificity), @r#"{"measure":"specificity","x":0,"n":0,"estimate":null,"reason":"not_estimable","method":null,"lower":null,"upper":null}"#);
        let open = json(TwoByTwo { tp: 9, fp: 0, fn_: 1, tn: 5 }, Measure::LrPositive);
        assert!(
            open.contains(r#""estimate":null,"reason":"unbounded""#) && open.contains(r#""upper":null"#),
            "{open}"
        );
    }

    #[test]
    fn a_zero_has_no_sign() {
        assert_eq!(number(Ok(-0.0)).to_string(), "0.0");
    }

    #[test]
    fn a_limit_of_zero_has_no_sign() {
        let limits = ConfidenceInterval::new(-0.0, 0.5, ConfidenceLevel::NINETY_FIVE, IntervalMethod::Wilson);
        let mut row = Map::new();
        add_interval(&mut row, Ok(limits));
        assert_eq!(row["lower"].to_string(), "0.0");
    }

    #[test]
    fn numbers_have_their_shortest_exact_form() {
        let text = json(TwoByTwo { tp: 1, fp: 0, fn_: 2, tn: 0 }, Measure::Sensitivity);
        assert!(text.contains(r#""estimate":0.3333333333333333"#), "{text}");
    }
}
