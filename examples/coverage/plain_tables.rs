//! The tables of plain intervals: `plain.csv` at single proportions, `plain_summary.csv` over ranges of them.

use hjertekommidt::stats::{ConfidenceLevel, ConfidenceLevelError, IntervalMethod};
use rayon::prelude::*;

use crate::plain::{Behaviour, PlainIntervals};
use crate::tally::digits;

/// Trials.
pub(crate) const SIZES: [u64; 9] = [10, 20, 30, 50, 100, 200, 258, 500, 1000];

const LEVELS: [&str; 3] = ["0.9", "0.95", "0.99"];

/// True proportions of `plain.csv`.
const PROPORTIONS: [f64; 11] = [0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.95, 0.98, 0.99, 0.995, 0.999];

/// Ranges of `plain_summary.csv`: all, and where measures of a register lie.
const RANGES: [[f64; 2]; 2] = [[0.5, 0.999], [0.8, 0.99]];

/// The grid has a point at every thousandth.
const STEPS: f64 = 1000.0;

const METHOD_COLUMNS: [&str; 3] = ["method", "n", "level"];
const COLUMNS: [&str; 6] = ["p", "coverage", "below_lower", "above_upper", "not_defined", "width"];
const SUMMARY_COLUMNS: [&str; 9] = [
    "from",
    "to",
    "least_coverage",
    "least_at",
    "mean_coverage",
    "mean_below_lower",
    "mean_above_upper",
    "mean_not_defined",
    "mean_width",
];

/// Rows of text, the names of the columns first.
pub(crate) type Table = Vec<Vec<String>>;

/// Both tables.
///
/// # Errors
/// None: the levels are levels.
pub(crate) fn plain_tables() -> Result<[Table; 2], ConfidenceLevelError> {
    let header =
        |columns: &[&str]| METHOD_COLUMNS.iter().chain(columns).map(|name| (*name).to_owned()).collect();
    let mut tables = [vec![header(&COLUMNS)], vec![header(&SUMMARY_COLUMNS)]];
    for level in LEVELS {
        let read: ConfidenceLevel = level.parse()?;
        let cases: Vec<(IntervalMethod, u64)> =
            IntervalMethod::ALL.into_iter().flat_map(|method| SIZES.map(|n| (method, n))).collect();
        let of_case = |(method, n): (IntervalMethod, u64)| {
            let key = [method.name().to_owned(), n.to_string(), level.to_owned()];
            rows(&PlainIntervals::new(method, n, read), &key)
        };
        let found: Vec<[Table; 2]> = cases.into_par_iter().map(of_case).collect();
        for [single, summary] in found {
            tables[0].extend(single);
            tables[1].extend(summary);
        }
    }
    Ok(tables)
}

fn rows(intervals: &PlainIntervals, key: &[String]) -> [Table; 2] {
    let row = |numbers: Vec<String>| key.iter().cloned().chain(numbers).collect();
    let single = |p: &f64| row(std::iter::once(p.to_string()).chain(behaviour(&intervals.at(*p))).collect());
    [
        PROPORTIONS.iter().map(single).collect(),
        RANGES.iter().map(|range| row(summary(intervals, *range))).collect(),
    ]
}

fn behaviour(at: &Behaviour) -> Vec<String> {
    [at.coverage, at.below_lower, at.above_upper, at.not_defined, at.width].map(digits).to_vec()
}

fn summary(intervals: &PlainIntervals, [from, to]: [f64; 2]) -> Vec<String> {
    let (least_at, least) = intervals.least(from, to);
    let grid: Vec<Behaviour> = grid(from, to).map(|p| intervals.at(p)).collect();
    let mean = |of: fn(&Behaviour) -> f64| grid.iter().map(of).sum::<f64>() / grid.len() as f64;
    let means = [
        mean(|at| at.coverage),
        mean(|at| at.below_lower),
        mean(|at| at.above_upper),
        mean(|at| at.not_defined),
        mean(|at| at.width),
    ];
    let range = [from.to_string(), to.to_string()];
    let numbers = [least, least_at].into_iter().chain(means).map(digits);
    range.into_iter().chain(numbers).collect()
}

/// The thousandths of a range.
pub(crate) fn grid(from: f64, to: f64) -> impl Iterator<Item = f64> + Clone {
    let [first, last] = [from, to].map(|bound| (bound * STEPS).round() as u64);
    (first..=last).map(|point| point as f64 / STEPS)
}
