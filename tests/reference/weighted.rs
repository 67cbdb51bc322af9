//! Design-weighted estimates against R's survey and against a separate evaluation of our own definitions.

use std::collections::BTreeMap;

use hjertekommidt::stats::{
    ConfidenceInterval, Measure, Reason, StratifiedTwoByTwo, TwoByTwoStratum, WeightedEstimate,
    WeightedMethod, WeightedOptions,
};

use crate::oracle::{Row, distance, rows};

/// Relative; absolute where 0 is expected.
const ESTIMATE: f64 = 1e-13;

/// Relative, of standard errors, effective sizes and limits.
const LIMIT: f64 = 1e-12;

/// The reviewed records of a data set as the tables of its strata.
pub(crate) fn tables(dataset: &str) -> StratifiedTwoByTwo {
    let mut strata: BTreeMap<String, TwoByTwoStratum> = BTreeMap::new();
    for row in rows(&format!("weighted_{dataset}")) {
        let stratum = strata.entry(row.text("stratum").to_owned()).or_default();
        stratum.population = row.count("N_h");
        stratum.reviewed = row.count("n_h");
        stratum.answered += 1;
        let table = &mut stratum.table;
        match (row.text("register"), row.text("chart")) {
            ("1", "1") => table.tp += 1,
            ("1", "0") => table.fp += 1,
            ("0", "1") => table.fn_ += 1,
            _ => table.tn += 1,
        }
    }
    StratifiedTwoByTwo::new(strata.into_values().collect()).unwrap()
}

fn measure(name: &str) -> Measure {
    match name {
        "prevalence" => Measure::PrevalenceReference,
        "register_prevalence" => Measure::PrevalenceRegister,
        "agreement" => Measure::Accuracy,
        name => name.parse().unwrap(),
    }
}

fn estimate(row: &Row, corrected: bool, method: WeightedMethod) -> WeightedEstimate {
    let options = WeightedOptions {
        level: row.text("level").parse().unwrap(),
        method,
        finite_population_correction: corrected,
        ..WeightedOptions::default()
    };
    tables(row.text("dataset")).estimate(measure(row.text("measure")), &options).unwrap()
}

fn assert_limits(row: &Row, interval: Result<ConfidenceInterval, Reason>, columns: [&str; 2]) {
    let Some(lower) = row.number(columns[0]) else {
        assert_eq!(interval, Err(Reason::NotDefined), "{row}");
        return;
    };
    let interval = interval.unwrap();
    let off = distance(interval.lower(), lower).max(distance(interval.upper(), row.value(columns[1])));
    assert!(off <= LIMIT, "{row}: {columns:?} {interval:?} is off by {off:e}");
}

#[test]
fn estimates_and_intervals_agree_with_a_separate_evaluation() {
    for row in rows("weighted_expected") {
        let corrected = row.text("fpc") == "on";
        let korn_graubard = estimate(&row, corrected, WeightedMethod::KornGraubard);
        assert!(distance(korn_graubard.estimate.unwrap(), row.value("estimate")) <= ESTIMATE, "{row}");
        assert!(distance(korn_graubard.se.unwrap(), row.value("se")) <= ESTIMATE, "{row}");
        assert_eq!(korn_graubard.df, row.count("df"), "{row}");
        assert!(distance(korn_graubard.n_effective.unwrap(), row.value("n_effective")) <= LIMIT, "{row}");
        assert_limits(&row, korn_graubard.interval, ["kg_lower", "kg_upper"]);
        let logit = estimate(&row, corrected, WeightedMethod::Logit).interval;
        assert_limits(&row, logit, ["logit_lower", "logit_upper"]);
        let wilson = estimate(&row, corrected, WeightedMethod::Wilson).interval;
        assert_limits(&row, wilson, ["wilson_lower", "wilson_upper"]);
    }
}

/// Where the definitions coincide: estimates and standard errors of strata with and without the correction.
#[test]
fn estimates_and_standard_errors_agree_with_survey() {
    for row in rows("weighted_results").iter().filter(|row| row.text("fpc") != "weights_only") {
        let corrected = row.text("fpc") == "strata+fpc";
        let found = estimate(row, corrected, WeightedMethod::KornGraubard);
        assert!(distance(found.estimate.unwrap(), row.value("estimate")) <= ESTIMATE, "{row}");
        if let Some(se) = row.number("se") {
            assert!(distance(found.se.unwrap(), se) <= ESTIMATE, "{row}: {found:?}");
        }
    }
}

/// Without strata, all reviewed records are one sample with unequal weights; survey's estimate is the same.
#[test]
fn weights_alone_give_the_same_estimate() {
    for row in rows("weighted_results").iter().filter(|row| row.text("fpc") == "weights_only") {
        let found = estimate(row, false, WeightedMethod::KornGraubard).estimate.unwrap();
        assert!(distance(found, row.value("estimate")) <= ESTIMATE, "{row}");
    }
}
