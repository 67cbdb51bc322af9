//! The reviewed records, and their bootstrap.

use std::fs;

use hjertekommidt::stats::{
    BootstrapOptions, BootstrapScheme, Cell, Estimand, Measure, ReviewedSample, ReviewedStratum,
};
use rayon::ThreadPoolBuilder;

use super::{Done, LEVEL, data, numbers};

pub(crate) const MEASURES: [Measure; 4] =
    [Measure::Sensitivity, Measure::Specificity, Measure::Ppv, Measure::Npv];

/// Records with their cells of each indicator, and the sizes of their strata.
pub(crate) struct Records {
    /// Rows of bytes: the stratum, then the cells.
    pub(crate) rows: Vec<Vec<u8>>,
    /// Records in the frame and reviewed, of each stratum.
    pub(crate) strata: Vec<[u64; 2]>,
}

impl Records {
    pub(crate) fn read(name: &str) -> Self {
        let about: serde_json::Value =
            serde_json::from_slice(&fs::read(data(&format!("{name}.json"))).unwrap()).unwrap();
        let width = about["indicators"].as_u64().unwrap() as usize + 1;
        let bytes = fs::read(data(&format!("{name}.bin"))).unwrap();
        let strata = numbers(&format!("{name}.strata.csv"));
        Records {
            rows: bytes.chunks_exact(width).map(<[u8]>::to_vec).collect(),
            strata: strata.iter().map(|row| [row[0], row[1]]).collect(),
        }
    }

    pub(crate) fn indicators(&self) -> usize {
        self.rows[0].len() - 1
    }

    /// The records with so many indicators: those there are, over and over.
    fn sample(&self, indicators: usize) -> ReviewedSample {
        let cells = [Cell::Tp, Cell::Fp, Cell::Fn, Cell::Tn].map(Some);
        let record = |row: &Vec<u8>| {
            row[1..].iter().cycle().take(indicators).map(|cell| cells[usize::from(*cell)]).collect()
        };
        let of = |(place, [population, _]): (usize, &[u64; 2])| ReviewedStratum {
            population: *population,
            records: self.rows.iter().filter(|row| usize::from(row[0]) == place).map(record).collect(),
        };
        ReviewedSample::new(self.strata.iter().enumerate().map(of).collect()).unwrap()
    }
}

/// Replicates, and in each of them four measures of each indicator; their standard deviations are told.
pub(crate) fn bootstrap(
    records: &Records,
    [indicators, replicates, threads]: [usize; 3],
    scheme: BootstrapScheme,
) -> Done {
    let sample = records.sample(indicators);
    let pool = ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
    let options = BootstrapOptions { replicates, scheme, ..BootstrapOptions::new("comparison") };
    let estimands: Vec<Estimand> = (0..indicators)
        .flat_map(|indicator| MEASURES.map(|measure| Estimand::of(measure, indicator)))
        .collect();
    let work = || pool.install(|| sample.bootstrap(&options).all_defined(&estimands));
    Done::of(replicates, work, |measures| measures.iter().take(40).map(|values| deviation(values)).collect())
}

fn deviation(values: &[f64]) -> f64 {
    let mean = values.iter().sum::<f64>() / values.len() as f64;
    let squares: f64 = values.iter().map(|value| (value - mean).powi(2)).sum();
    (squares / (values.len() as f64 - 1.0)).sqrt()
}

/// BCa of one measure from replicates that are there already, without the correction, as R's boot resamples.
pub(crate) fn bca(records: &Records, replicates: usize) -> Done {
    let sample = records.sample(1);
    let scheme = BootstrapScheme::Naive;
    let options = BootstrapOptions { replicates, scheme, ..BootstrapOptions::new("comparison") };
    let made = sample.bootstrap(&options);
    Done::of(
        1,
        || made.estimate(Estimand::of(Measure::Sensitivity, 0), LEVEL),
        |found| {
            let interval = found.bca.unwrap();
            vec![found.estimate.unwrap(), interval.lower(), interval.upper()]
        },
    )
}
