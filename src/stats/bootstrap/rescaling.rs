//! What a draw is worth in its stratum.
//!
//! ```text
//! w*ᵢ = kept + gained rᵢ
//!
//! Rao–Wu    m = n − 1   kept = w (1 − λ) = w f / (1 + λ)   gained = w λ n/(n − 1) = N λ / (n − 1)
//! naive     m = n       kept = 0                           gained = w = N / n
//! ```
//!
//! λ = √(1 − f); the second form of `kept` has no difference in it, and is exactly 0 without the correction. With m = n − 1
//! the general λ = √( m (1 − f)/(n − 1) ) of the reference is never above 1, so that no weight is negative.
//!
//! n = 1 and, under the correction, n = N: nothing is drawn, kept = w.
//!
//! Reference: Rao JNK, Wu CFJ, Yue K. Some recent work on resampling methods for complex surveys. Survey Methodology 1992;
//! 18: 209–217, section 2.

use super::{BootstrapOptions, BootstrapScheme};

/// How many records are drawn, and what follows for the weights.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Rescaling {
    /// m
    pub(super) draws: usize,
    /// The weight that each record has in every replicate.
    pub(super) kept: f64,
    /// The weight that each draw adds.
    pub(super) gained: f64,
}

impl Rescaling {
    /// For a stratum with N and n.
    pub(super) fn new(population: u64, reviewed: usize, options: &BootstrapOptions) -> Self {
        let (large, n) = (population as f64, reviewed as f64);
        let unseen = unseen(population, reviewed, options);
        match (options.scheme, reviewed) {
            (_, 0) => Rescaling { draws: 0, kept: 0.0, gained: 0.0 },
            (BootstrapScheme::Naive, _) => Rescaling { draws: reviewed, kept: 0.0, gained: large / n },
            (_, 1) => Rescaling { draws: 0, kept: large, gained: 0.0 },
            _ if unseen == 0.0 => Rescaling { draws: 0, kept: large / n, gained: 0.0 },
            _ => {
                let lambda = unseen.sqrt();
                let kept = large / n * (1.0 - unseen) / (1.0 + lambda);
                Rescaling { draws: reviewed - 1, kept, gained: large * lambda / (n - 1.0) }
            }
        }
    }
}

/// 1 − f
pub(super) fn unseen(population: u64, reviewed: usize, options: &BootstrapOptions) -> f64 {
    let corrected = options.finite_population_correction && options.scheme == BootstrapScheme::RaoWu;
    match corrected {
        true => (population - reviewed as u64) as f64 / population as f64,
        false => 1.0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rescaling(population: u64, reviewed: usize, corrected: bool, scheme: BootstrapScheme) -> Rescaling {
        let options = BootstrapOptions {
            finite_population_correction: corrected,
            scheme,
            ..BootstrapOptions::new("rescaling")
        };
        Rescaling::new(population, reviewed, &options)
    }

    /// Every way to draw m of n records with replacement: how often each comes.
    fn resamples(n: usize, m: usize) -> impl Iterator<Item = Vec<f64>> {
        (0..n.pow(m as u32)).map(move |mut code| {
            let mut times = vec![0.0; n];
            for _ in 0..m {
                times[code % n] += 1.0;
                code /= n;
            }
            times
        })
    }

    /// Mean and variance of the total Σ w* y over all resamples, each equally likely.
    fn moments(population: u64, y: &[f64], corrected: bool, scheme: BootstrapScheme) -> (f64, f64) {
        let Rescaling { draws, kept, gained } = rescaling(population, y.len(), corrected, scheme);
        let total = |times: Vec<f64>| times.iter().zip(y).map(|(r, y)| (kept + gained * r) * y).sum::<f64>();
        let totals: Vec<f64> = resamples(y.len(), draws).map(total).collect();
        let mean = totals.iter().sum::<f64>() / totals.len() as f64;
        let squares: f64 = totals.iter().map(|total| (total - mean).powi(2)).sum();
        (mean, squares / totals.len() as f64)
    }

    /// (1 − f) N² s² / n
    fn textbook(population: u64, y: &[f64], corrected: bool) -> f64 {
        let (large, n) = (population as f64, y.len() as f64);
        let mean = y.iter().sum::<f64>() / n;
        let s2 = y.iter().map(|y| (y - mean).powi(2)).sum::<f64>() / (n - 1.0);
        let unseen = if corrected { 1.0 - n / large } else { 1.0 };
        unseen * large * large * s2 / n
    }

    const SAMPLES: [(u64, &[f64]); 4] =
        [(3, &[1.0, 0.0]), (40, &[1.0, 0.0, 1.0]), (6, &[0.0, 1.0, 0.0, 0.0, 1.0]), (9, &[2.5, -1.0, 0.25])];

    #[test]
    fn over_all_resamples_a_total_is_unbiased_and_has_the_textbook_variance() {
        for (population, y) in SAMPLES {
            for corrected in [true, false] {
                let (mean, variance) = moments(population, y, corrected, BootstrapScheme::RaoWu);
                let total = population as f64 * y.iter().sum::<f64>() / y.len() as f64;
                assert!((mean - total).abs() < 1e-12 * total.abs().max(1.0), "{mean} {total}");
                assert!((variance / textbook(population, y, corrected) - 1.0).abs() < 1e-12, "{population}");
            }
        }
    }

    #[test]
    fn over_all_resamples_the_naive_variance_is_too_small_by_n_less_one_over_n() {
        for (population, y) in SAMPLES {
            let n = y.len() as f64;
            let (_, variance) = moments(population, y, true, BootstrapScheme::Naive);
            let ratio = variance / textbook(population, y, false);
            assert!((ratio - (n - 1.0) / n).abs() < 1e-12, "{ratio}");
        }
    }

    #[test]
    fn the_weights_of_a_replicate_sum_to_the_stratum_and_none_is_negative() {
        for scheme in [BootstrapScheme::RaoWu, BootstrapScheme::Naive] {
            for (population, n) in [(1, 1), (7, 1), (2, 2), (9, 2), (100, 99), (1_000_000, 3)] {
                for corrected in [true, false] {
                    let Rescaling { draws, kept, gained } = rescaling(population, n, corrected, scheme);
                    let sum = n as f64 * kept + draws as f64 * gained;
                    assert!((sum / population as f64 - 1.0).abs() < 1e-14, "{population} {n}: {sum}");
                    assert!(kept >= 0.0 && gained >= 0.0);
                }
            }
        }
    }

    #[test]
    fn one_record_a_stratum_reviewed_whole_and_one_without_records_are_not_resampled() {
        let draws = |population, reviewed, corrected| {
            rescaling(population, reviewed, corrected, BootstrapScheme::RaoWu).draws
        };
        assert_eq!([draws(9, 1, true), draws(9, 1, false), draws(9, 9, true), draws(9, 0, true)], [0; 4]);
        assert_eq!([draws(9, 9, false), draws(9, 8, true)], [8, 7]);
    }
}
