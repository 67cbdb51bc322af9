//! Differences with their covariance against R's survey, which has them from the records.

use std::collections::BTreeMap;

use hjertekommidt::stats::{
    Cell, Measure, ReviewedSample, ReviewedStratum, StratifiedTwoByTwo, TwoByTwo, TwoByTwoStratum,
    WeightedDifference, WeightedOptions, group_difference, indicator_difference, measure_difference,
};

use crate::oracle::{Row, distance, rows};

/// survey prints 17 digits; it gathers the residuals in another order. Relative, of a difference to the larger of its two terms.
const SURVEY: f64 = 1e-12;

/// A covariance is a sum of both signs: relative to the product of the standard errors.
const COVARIANCE: f64 = 1e-12;

/// What survey leaves of a covariance that is 0.
const ROUNDING: f64 = 1e-16;

/// A reviewed record.
struct Record {
    stratum: u64,
    population: u64,
    group: String,
    cluster: String,
    cells: [Option<Cell>; 2],
}

fn cell(text: &str) -> Option<Cell> {
    match text {
        "tp" => Some(Cell::Tp),
        "fp" => Some(Cell::Fp),
        "fn" => Some(Cell::Fn),
        "tn" => Some(Cell::Tn),
        _ => None,
    }
}

fn records() -> BTreeMap<String, Vec<Record>> {
    let mut cases: BTreeMap<String, Vec<Record>> = BTreeMap::new();
    for row in rows("contrasts_records") {
        let [group, cluster] = ["group", "cluster"].map(|column| row.text(column).to_owned());
        cases.entry(row.text("case").to_owned()).or_default().push(Record {
            stratum: row.count("stratum"),
            population: row.count("N"),
            group,
            cluster,
            cells: ["first", "second"].map(|column| cell(row.text(column))),
        });
    }
    cases
}

/// The records of each stratum.
fn strata(records: &[Record]) -> Vec<Vec<&Record>> {
    let mut strata: BTreeMap<u64, Vec<&Record>> = BTreeMap::new();
    records.iter().for_each(|record| strata.entry(record.stratum).or_default().push(record));
    strata.into_values().collect()
}

/// The table of some of a stratum's records; all of them are in n.
fn stratum(records: &[&Record], is_in: impl Fn(&Record) -> bool) -> TwoByTwoStratum {
    let mut table = TwoByTwo::default();
    for record in records.iter().filter(|record| is_in(record)) {
        match record.cells[0] {
            Some(Cell::Tp) => table.tp += 1,
            Some(Cell::Fp) => table.fp += 1,
            Some(Cell::Fn) => table.fn_ += 1,
            Some(Cell::Tn) => table.tn += 1,
            None => {}
        }
    }
    let reviewed = records.len() as u64;
    TwoByTwoStratum { population: records[0].population, reviewed, answered: reviewed, table, register: None }
}

fn found(row: &Row, records: &[Record], options: &WeightedOptions) -> WeightedDifference {
    let measure: Measure = row.text("measure").parse().unwrap();
    let strata = strata(records);
    match row.text("kind") {
        "group" => {
            let of = |value| move |record: &Record| record.group == value;
            let pair = |records: &Vec<&Record>| ["a", "b"].map(|value| Some(stratum(records, of(value))));
            let pairs: Vec<_> = strata.iter().map(pair).collect();
            group_difference(&pairs, measure, options).unwrap().unwrap()
        }
        "cluster" => {
            let pair = |records: &Vec<&Record>| {
                let whole = |value| (records[0].cluster == value).then(|| stratum(records, |_| true));
                ["a", "b"].map(whole)
            };
            let pairs: Vec<_> = strata.iter().map(pair).collect();
            group_difference(&pairs, measure, options).unwrap().unwrap()
        }
        "measures" => {
            let tables = strata.iter().map(|records| stratum(records, |_| true)).collect();
            let tables = StratifiedTwoByTwo::new(tables).unwrap();
            let measures = [measure, row.text("other").parse().unwrap()];
            measure_difference(&tables, measures, options).unwrap()
        }
        _ => {
            let stratum = |records: &Vec<&Record>| ReviewedStratum {
                population: records[0].population,
                records: records.iter().map(|record| record.cells.to_vec()).collect(),
            };
            let sample = ReviewedSample::new(strata.iter().map(stratum).collect()).unwrap();
            indicator_difference(&sample, [0, 1], measure, options).unwrap().unwrap()
        }
    }
}

#[test]
fn differences_and_their_covariances_agree_with_survey() {
    let records = records();
    let mut compared = BTreeMap::new();
    for row in rows("contrasts") {
        let finite_population_correction = row.text("fpc") == "TRUE";
        let options = WeightedOptions { finite_population_correction, ..WeightedOptions::default() };
        let found = found(&row, &records[row.text("case")], &options);
        let (estimate, se) = (found.estimate.unwrap(), found.se.unwrap());
        let scale = found.of.iter().map(|one| one.estimate.unwrap()).fold(0.0, f64::max);
        assert!((estimate - row.value("estimate")).abs() <= SURVEY * scale, "{row}: {estimate}");
        let far = distance(se, row.value("se"));
        assert!(far <= SURVEY, "{row}: standard error {se}, off by {far:e}");
        let [one, other] = [0, 1].map(|side: usize| found.of[side].se.unwrap());
        let far = (found.covariance.unwrap() - row.value("covariance")).abs();
        // Where one of the two has no variance, ours is exactly 0, and survey's what its rounding leaves.
        let near = if one * other == 0.0 { ROUNDING } else { COVARIANCE * one * other };
        assert!(far <= near, "{row}: covariance off by {far:e}, {one} {other}");
        *compared.entry(row.text("kind").to_owned()).or_insert(0) += 1;
    }
    assert!(["group", "cluster", "indicators", "measures"].iter().all(|kind| compared[*kind] >= 60));
}
