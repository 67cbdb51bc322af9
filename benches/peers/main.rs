//! Our side of the comparison with other programs (`benches/peers/run`): for each line on standard input, which names a piece of
//! work, one line of JSON with its time in nanoseconds, what it is a time of, and its results at full precision.

#![expect(clippy::unwrap_used, clippy::print_stdout, reason = "a measurement may stop at the first surprise")]

mod confusion;
mod records;
mod weighted;

use std::hint::black_box;
use std::io::BufRead;
use std::path::PathBuf;
use std::time::Instant;

use hjertekommidt::stats::{
    BootstrapScheme, ConfidenceLevel, IntervalMethod, Measure, Proportion, TwoByTwo, quantile,
};
use records::Records;

pub(crate) const LEVEL: ConfidenceLevel = ConfidenceLevel::NINETY_FIVE;

/// A piece of work that was done once: its time, how many units it was, and what came out.
pub(crate) struct Done {
    nanoseconds: u128,
    units: usize,
    values: Vec<f64>,
}

impl Done {
    /// Does the work and then reads the results off what it made.
    pub(crate) fn of<T>(units: usize, work: impl FnOnce() -> T, values: impl FnOnce(T) -> Vec<f64>) -> Self {
        let start = Instant::now();
        let made = black_box(work());
        let nanoseconds = start.elapsed().as_nanos();
        Done { nanoseconds, units, values: values(made) }
    }
}

fn main() {
    for line in std::io::stdin().lock().lines() {
        let line = line.unwrap();
        let words: Vec<&str> = line.split_whitespace().collect();
        let Some(Done { nanoseconds, units, values }) = work(&words) else {
            println!("{{\"error\": \"no such work\"}}");
            continue;
        };
        println!("{}", serde_json::json!({ "ns": nanoseconds as u64, "units": units, "values": values }));
    }
}

fn work(words: &[&str]) -> Option<Done> {
    let number = |place: usize| words.get(place)?.parse::<usize>().ok();
    Some(match *words.first()? {
        "exact" => limits(IntervalMethod::ClopperPearson),
        "wilson" => limits(IntervalMethod::Wilson),
        "incomplete_beta" => incomplete_beta(),
        "tables" => tables(),
        "confusion" => confusion::work(&Records::read(words.get(1)?), number(2)?, confusion::From::Names),
        "counting" => confusion::work(&Records::read(words.get(1)?), number(2)?, confusion::From::Columns),
        "weighted" => weighted::ratios(&Records::read("small")),
        "weighted_interval" => weighted::estimates(&Records::read("small")),
        "record_level" => weighted::record_level(&Records::read("small")),
        "bootstrap" => {
            let scheme = words.get(4).map_or(BootstrapScheme::RaoWu, |name| name.parse().unwrap());
            records::bootstrap(&Records::read("small"), [number(1)?, number(2)?, number(3)?], scheme)
        }
        "bca" => records::bca(&Records::read("small"), number(1)?),
        _ => return None,
    })
}

/// Where `benches/peers/data.py` puts the shared data.
pub(crate) fn data(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("target/peers-data").join(name)
}

/// The rows of a file with whole numbers.
pub(crate) fn numbers(name: &str) -> Vec<Vec<u64>> {
    let mut reader = csv::Reader::from_path(data(name)).unwrap();
    reader.deserialize().map(|row| row.unwrap()).collect()
}

fn proportions() -> Vec<Proportion> {
    numbers("proportions.csv").iter().map(|row| Proportion::new(row[0], row[1]).unwrap()).collect()
}

fn limits(method: IntervalMethod) -> Done {
    let all = proportions();
    let limits = || all.iter().map(|of| of.limits(method, LEVEL).unwrap()).collect::<Vec<_>>();
    Done::of(all.len(), limits, |found| {
        found.iter().flat_map(|of| [of.lower.value(), of.upper.value()]).collect()
    })
}

/// One incomplete beta of ours at each lower limit.
fn incomplete_beta() -> Done {
    let shapes =
        proportions().into_iter().map(|of| (of.events() as f64, of.complement().events() as f64 + 1.0));
    let points: Vec<_> = shapes.map(|(a, b)| (quantile::beta(LEVEL.tail(), a, b).unwrap(), a, b)).collect();
    let tails = || points.iter().map(|(x, a, b)| quantile::beta_distribution(*x, *a, *b).unwrap()).collect();
    Done::of(points.len(), tails, |tails: Vec<f64>| tails)
}

/// Every measure of every table; the four proportions that epiR reports in the same way are told.
fn tables() -> Done {
    let all = numbers("tables.csv").into_iter().map(|row| TwoByTwo {
        tp: row[0],
        fp: row[1],
        fn_: row[2],
        tn: row[3],
    });
    let all: Vec<TwoByTwo> = all.collect();
    let estimates =
        || all.iter().map(|table| table.estimates(IntervalMethod::ClopperPearson, LEVEL)).collect::<Vec<_>>();
    let four = Measure::ALL.len().min(4);
    Done::of(all.len(), estimates, |tables| {
        let told = tables.iter().flat_map(|estimates| &estimates[..four]);
        told.flat_map(|estimate| {
            let interval = estimate.interval.unwrap();
            [estimate.value.unwrap(), interval.lower(), interval.upper()]
        })
        .collect()
    })
}
