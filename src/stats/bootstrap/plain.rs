//! The bootstrap as one would write it down: one record after the other, with its weight. What the fast one is held against.

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};

use super::{BootstrapOptions, BootstrapScheme, ReviewedSample, ReviewedStratum};
use crate::digest;

/// The weighted cells of one replicate.
pub(super) fn totals(sample: &ReviewedSample, options: &BootstrapOptions, replicate: u64) -> Vec<f64> {
    let mut generator = ChaCha8Rng::from_seed(digest::sha256(options.seed.as_bytes()));
    generator.set_stream(replicate);
    let mut halves = Vec::new();
    let mut word = || {
        if halves.is_empty() {
            let number = generator.next_u32();
            halves = vec![(number >> 16) as u16, number as u16];
        }
        halves.pop().unwrap()
    };
    let mut totals = vec![0.0; 4 * sample.indicators()];
    for stratum in sample.strata() {
        for (record, weight) in stratum.records.iter().zip(weights(stratum, options, &mut word)) {
            for (indicator, cell) in record.iter().enumerate() {
                cell.iter().for_each(|cell| totals[4 * indicator + *cell as usize] += weight);
            }
        }
    }
    totals
}

/// w* of each record, straight from its definition.
fn weights(
    stratum: &ReviewedStratum,
    options: &BootstrapOptions,
    word: &mut impl FnMut() -> u16,
) -> Vec<f64> {
    let (n, large) = (stratum.records.len(), stratum.population as f64);
    let w = large / n as f64;
    let f = if options.finite_population_correction { n as f64 / large } else { 0.0 };
    match options.scheme {
        BootstrapScheme::Naive => times(n, n, word).iter().map(|r| w * r).collect(),
        BootstrapScheme::RaoWu if n < 2 || f == 1.0 => vec![w; n],
        BootstrapScheme::RaoWu => {
            let (lambda, n1) = ((1.0 - f).sqrt(), n as f64 / (n as f64 - 1.0));
            times(n, n - 1, word).iter().map(|r| w * (1.0 - lambda + lambda * n1 * r)).collect()
        }
    }
}

/// How often each of n records comes in m draws.
fn times(n: usize, m: usize, word: &mut impl FnMut() -> u16) -> Vec<f64> {
    let mut times = vec![0.0; n];
    let mut drawn = 0;
    while drawn < m {
        let product = usize::from(word()) * n;
        if product % 65_536 >= 65_536 % n {
            times[product / 65_536] += 1.0;
            drawn += 1;
        }
    }
    times
}
