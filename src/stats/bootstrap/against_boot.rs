//! Our limits and accelerations against R's boot, see `fixtures/oracles/bootstrap.R`.

use std::collections::HashMap;

use super::jackknife::acceleration;
use super::limits::{Intervals, bias_correction};
use super::{BootstrapOptions, BootstrapScheme, Estimand, ReviewedSample};
use crate::stats::{
    ConfidenceInterval, ConfidenceLevel, Measure, Reason, StratifiedTwoByTwo, TwoByTwo, TwoByTwoStratum,
};

/// Relative.
const CLOSE: f64 = 1e-12;

type Row = HashMap<String, String>;

fn rows(text: &str) -> Vec<Row> {
    let rows: Vec<Row> =
        csv::Reader::from_reader(text.as_bytes()).deserialize().map(Result::unwrap).collect();
    assert!(!rows.is_empty());
    rows
}

fn expected() -> Vec<Row> {
    rows(include_str!("../../../fixtures/oracles/bootstrap.csv"))
}

fn number(row: &Row, column: &str) -> f64 {
    row[column].parse().unwrap()
}

fn assert_close(found: f64, row: &Row, column: &str) {
    let expected = number(row, column);
    assert!((found / expected - 1.0).abs() <= CLOSE, "{column} {found}, {row:?}");
}

fn replicates(measure: &str) -> Vec<f64> {
    let rows = rows(include_str!("../../../fixtures/oracles/bootstrap_replicates.csv"));
    rows.iter().filter(|row| row["measure"] == measure).map(|row| number(row, "replicate")).collect()
}

fn options(name: &str) -> BootstrapOptions {
    let scheme = if name == "plain" { BootstrapScheme::Naive } else { BootstrapScheme::RaoWu };
    let finite_population_correction = name == "corrected";
    BootstrapOptions { scheme, finite_population_correction, ..BootstrapOptions::new("boot") }
}

/// The records of the script.
fn sample(name: &str) -> ReviewedSample {
    if name == "plain" {
        return ReviewedSample::of_table(TwoByTwo { tp: 40, fp: 9, fn_: 14, tn: 50 }, 7).unwrap();
    }
    let strata = [(900, 60, [20, 3, 5, 30]), (60, 24, [10, 0, 4, 9]), (25, 7, [3, 1, 1, 2])];
    let stratum = |(population, reviewed, [tp, fp, fn_, tn]): (u64, u64, [u64; 4])| TwoByTwoStratum {
        population,
        reviewed,
        answered: reviewed,
        table: TwoByTwo { tp, fp, fn_, tn },
        register: None,
    };
    ReviewedSample::of_tables(&StratifiedTwoByTwo::new(strata.map(stratum).to_vec()).unwrap()).unwrap()
}

fn estimand(row: &Row) -> Estimand {
    Estimand::of(row["measure"].parse::<Measure>().unwrap(), 0)
}

#[test]
fn estimates_and_accelerations_are_those_of_leaving_out_each_record() {
    for row in expected() {
        let (sample, options) = (sample(&row["sample"]), options(&row["sample"]));
        assert_close(acceleration(&sample, estimand(&row), &options).unwrap(), &row, "acceleration");
        let few = BootstrapOptions { replicates: 2, ..options };
        let found = sample.bootstrap(&few).estimate(estimand(&row), ConfidenceLevel::NINETY_FIVE);
        assert_close(found.estimate.unwrap(), &row, "estimate");
    }
}

#[test]
fn limits_of_boots_replicates_are_boots() {
    for measure in ["sensitivity", "f1", "kappa"] {
        let row = expected().into_iter().find(|row| row["measure"] == measure).unwrap();
        let mut values = replicates(measure);
        let z0 = bias_correction(&values, number(&row, "estimate"));
        let a = Some(number(&row, "acceleration"));
        let found = Intervals::of(&mut values, ConfidenceLevel::NINETY_FIVE, z0, a);
        let assert_limits = |interval: Result<ConfidenceInterval, Reason>, [lower, upper]: [&str; 2]| {
            assert_close(interval.unwrap().lower(), &row, lower);
            assert_close(interval.unwrap().upper(), &row, upper);
        };
        assert_limits(found.percentile, ["percentile_lower", "percentile_upper"]);
        assert_limits(found.bca, ["bca_lower", "bca_upper"]);
        assert!(!found.extreme);
    }
}

/// Other resamples of the same records: standard errors agree within four standard errors of boot's 999 replicates.
#[test]
fn naive_standard_errors_are_boots_within_chance() {
    let options = BootstrapOptions { replicates: 20_000, ..options("plain") };
    let sample = sample("plain");
    let replicates = sample.bootstrap(&options);
    for row in expected().iter().filter(|row| row["sample"] == "plain") {
        let se = replicates.estimate(estimand(row), ConfidenceLevel::NINETY_FIVE).se.unwrap();
        assert!((se / number(row, "se") - 1.0).abs() < 4.0 / (2.0 * 999_f64).sqrt(), "{se}, {row:?}");
    }
}
