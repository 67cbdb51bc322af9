//! Limits of proportions, exact tests and kappa.

use std::path::Path;

use hjertekommidt::stats::{
    AgreementTable, ConfidenceLevel, IntervalMethod, Proportion, TableDraws, TestWay, TwoByTwo, homogeneity,
    mcnemar,
};

use super::comparison::{Comparison, Tolerance};
use super::inputs::Inputs;
use crate::oracle::{Row, rows_in};

/// Beta quantiles, and closed forms that the peers take as a difference: some 1e-16 beside a limit near 0.
const LIMIT: Tolerance = Tolerance { relative: 1e-12, absolute: 1e-15 };

/// scipy's exact `proportion_ci` stops its search for the limit at an absolute 2e-12.
const SEARCHED_LIMIT: Tolerance = Tolerance::absolute(4e-12);

/// Sums of probabilities by logarithms of factorials, which lose some digits.
const PROBABILITY: Tolerance = Tolerance::relative(1e-10);

/// What rounding leaves of statsmodels' kappa, 1 − A / (1 − pₑ), and of its variance, (A + B − C) / (n (1 − pₑ)²), whose terms
/// A, B and C are near 1.
fn kappa_and_variance(counts: &[Vec<u64>]) -> [Tolerance; 2] {
    let of_row = |row: &Vec<u64>| row.iter().sum::<u64>() as f64;
    let of_column = |place: usize| counts.iter().map(|row| row[place]).sum::<u64>() as f64;
    let n: f64 = counts.iter().map(of_row).sum();
    let chance: f64 = counts.iter().enumerate().map(|(i, row)| of_row(row) * of_column(i)).sum();
    let beyond = 1.0 - chance / (n * n);
    let tolerance = |absolute| Tolerance { relative: 1e-12, absolute };
    [tolerance(2e-15 / beyond), tolerance(2e-15 / (n * beyond.powi(2)))]
}

/// Where the peer's definition is another one (`docs/methods.md`, section 6).
fn is_defined_otherwise(peer: &str, method: IntervalMethod, of: Proportion) -> bool {
    let at_the_end = of.events() == 0 || of.events() == of.trials();
    match (peer, method) {
        ("prop.test", IntervalMethod::WilsonCc) => 2 * of.events() == of.trials(),
        ("proportion_confint", IntervalMethod::Jeffreys) => at_the_end,
        _ => false,
    }
}

pub(super) fn compare_limits(inputs: &Inputs, answers: &Path, table: &str, comparison: &mut Comparison) {
    for row in rows_in(answers, table) {
        let (proportion, level) = inputs.proportions[row.count("row") as usize];
        let (peer, method) = (row.text("peer"), row.text("method").parse().unwrap());
        if is_defined_otherwise(peer, method, proportion) {
            continue;
        }
        let found = proportion.interval(method, level).unwrap();
        let searched = peer == "binomtest" && method == IntervalMethod::ClopperPearson;
        let tolerance = if searched { SEARCHED_LIMIT } else { LIMIT };
        let kind = format!("{} by {peer}", method.name());
        let place = format!("{proportion} at {level}");
        comparison.close(&kind, &place, found.lower(), row.value("lower"), tolerance);
        comparison.close(&kind, &place, found.upper(), row.value("upper"), tolerance);
    }
}

/// The exact test of homogeneity; every table gone through.
fn exact(groups: &[Proportion]) -> Option<f64> {
    let test = homogeneity(groups, TableDraws { seed: "not used", tables: 1 }).ok()?;
    assert_eq!(test.way, TestWay::Exact);
    Some(test.p_value)
}

/// Of those who have it by the record, and of those who have not, how many the register names: Fisher's exact test.
fn fisher(table: TwoByTwo) -> Option<f64> {
    exact(&[table.sensitivity(), table.specificity().complement()])
}

pub(super) fn compare_tests(inputs: &Inputs, answers: &Path, table: &str, comparison: &mut Comparison) {
    for row in rows_in(answers, table) {
        let table = inputs.tables[row.count("row") as usize];
        let found = match row.text("test") {
            "mcnemar" => mcnemar(table).p_value.ok(),
            _ => fisher(table),
        };
        let kind = format!("{} by {}", row.text("test"), row.text("peer"));
        let place = format!("TP, FP, FN, TN {:?}", table.cells());
        // Without two groups or two answers nothing is tested: the peers say 1.
        comparison.close(&kind, &place, found.unwrap_or(1.0), row.value("p"), PROBABILITY);
    }
}

pub(super) fn compare_groups(inputs: &Inputs, answers: &Path, comparison: &mut Comparison) {
    for row in rows_in(answers, "r_groups") {
        let groups = &inputs.groups[row.count("row") as usize];
        let found = exact(groups).unwrap_or(1.0);
        comparison.close(
            "homogeneity of several",
            &format!("{groups:?}"),
            found,
            row.value("p"),
            PROBABILITY,
        );
    }
}

pub(super) fn compare_agreements(inputs: &Inputs, answers: &Path, comparison: &mut Comparison) {
    for row in rows_in(answers, "py_agreements") {
        let counts = &inputs.agreements[row.count("row") as usize];
        compare_kappa(&row, counts, comparison);
    }
}

fn compare_kappa(row: &Row, counts: &[Vec<u64>], comparison: &mut Comparison) {
    let kappa = AgreementTable::new(counts).unwrap().kappa(ConfidenceLevel::NINETY_FIVE);
    let place = format!("{counts:?}");
    let [rounding, of_variance] = kappa_and_variance(counts);
    comparison.close_if_any("kappa", &place, kappa.value.ok(), row.number("kappa"), rounding);
    let found = kappa.standard_error.ok().map(|se| se * se);
    comparison.close_if_any("variance of kappa", &place, found, row.number("variance"), of_variance);
}
