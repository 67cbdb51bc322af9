//! McNemar's exact test of false positives against false negatives.
//!
//! ```text
//! n = FP + FN      P = min( 1, 2 P( X ≤ min(FP, FN) ) )      X ~ Bin(n, ½)
//! ```
//!
//! Does the register err to one side? Only the records on which register and record differ say anything. The binomial
//! tail is an incomplete beta, P(X ≤ k) = I(½; n − k, k + 1). Without discordant records P = 1;
//! without any record there is no test.
//!
//! Reference: McNemar Q. Note on the sampling error of the difference between correlated proportions or percentages.
//! Psychometrika 1947; 12: 153–157. <https://doi.org/10.1007/BF02295996>; exact as in Cochran WG. The comparison of
//! percentages in matched samples. Biometrika 1950; 37: 256–266. <https://doi.org/10.1093/biomet/37.3-4.256>

use super::{Fraction, Reason, TwoByTwo, quantile};

/// The discordant records of a table and the exact two-sided probability.
///
/// ```
/// use hjertekommidt::stats::{TwoByTwo, mcnemar};
///
/// let test = mcnemar(TwoByTwo { tp: 59, fp: 6, fn_: 16, tn: 80 });
/// assert_eq!(format!("{:.4}", test.p_value.unwrap()), "0.0525");
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct McNemar {
    /// False positives.
    pub fp: u64,
    /// False negatives.
    pub fn_: u64,
    /// The two-sided probability; not estimable in an empty table.
    pub p_value: Result<f64, Reason>,
}

/// The exact test of FP against FN. It does not know of sampling weights.
pub fn mcnemar(table: TwoByTwo) -> McNemar {
    let TwoByTwo { fp, fn_, .. } = table;
    let (fewer, more) = (fp.min(fn_) as f64, fp.max(fn_) as f64);
    let half = Fraction::of(1.0, 1.0);
    let tail = quantile::beta_distribution(half, more, fewer + 1.0).unwrap_or(1.0);
    // Of counts one apart, both tails together are everything: exactly one, whatever the last digit of the function.
    let both = if fp.abs_diff(fn_) <= 1 { 1.0 } else { (2.0 * tail).min(1.0) };
    let p_value = if table.total() == 0 { Err(Reason::NotEstimable) } else { Ok(both) };
    McNemar { fp, fn_, p_value }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn p_value(fp: u64, fn_: u64) -> f64 {
        mcnemar(TwoByTwo { tp: 3, fp, fn_, tn: 4 }).p_value.unwrap()
    }

    #[test]
    fn the_probability_is_the_sum_of_binomial_terms() {
        let binomial = [1.0, 12.0, 66.0, 220.0];
        let expected = 2.0 * binomial.iter().sum::<f64>() / 4096.0;
        assert!((p_value(3, 9) / expected - 1.0).abs() < 1e-14);
        assert!((p_value(0, 40) / (2.0 * 0.5_f64.powi(40)) - 1.0).abs() < 1e-13);
    }

    #[test]
    fn it_does_not_matter_which_side_is_which() {
        assert_eq!(p_value(4, 11), p_value(11, 4));
    }

    #[test]
    fn equal_counts_and_no_counts_give_one() {
        assert_eq!([p_value(0, 0), p_value(5, 5), p_value(1, 0), p_value(3, 4), p_value(500, 499)], [1.0; 5]);
    }

    #[test]
    fn an_empty_table_is_not_tested() {
        let test = mcnemar(TwoByTwo { tp: 0, fp: 0, fn_: 0, tn: 0 });
        assert_eq!(test.p_value, Err(Reason::NotEstimable));
    }
}
