//! The difference of two independent proportions: two groups of a sample without strata.
//!
//! ```text
//! lower = p₁ − p₂ − √( (p₁ − l₁)² + (u₂ − p₂)² )
//! upper = p₁ − p₂ + √( (u₁ − p₁)² + (p₂ − l₂)² )
//! ```
//!
//! with the Wilson limits l and u of each; it is the interval of the sum of p₁ and 1 − p₂, less 1 (`interval/square_and_add`). The
//! test beside it is Fisher's exact one, the test of homogeneity of two groups.
//!
//! Edges: without records in one of the groups nothing is *estimable*. The interval has a width at 0 and at 100 % too.
//!
//! Reference: Newcombe RG. Interval estimation for the difference between independent proportions. Statistics in
//! Medicine 1998; 17: 873–890, method 10.
//! <https://doi.org/10.1002/(SICI)1097-0258(19980430)17:8%3C873::AID-SIM779%3E3.0.CO;2-I>

use super::interval::square_and_add::limits_of_sum;
use super::{ConfidenceInterval, ConfidenceLevel, Method, Proportion, Reason, TableDraws, homogeneity};

/// The difference of two independent proportions, first less second.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct IndependentDifference {
    /// First less second.
    pub estimate: Result<f64, Reason>,
    /// Newcombe's interval.
    pub interval: Result<ConfidenceInterval, Reason>,
    /// Fisher's exact test of no difference.
    pub p_value: Result<f64, Reason>,
}

/// Compares two proportions of different records.
///
/// Newcombe's example, 56 of 70 against 48 of 80:
///
/// ```
/// use hjertekommidt::stats::{ConfidenceLevel, Proportion, independent_difference};
///
/// let [one, other] = [Proportion::new(56, 70)?, Proportion::new(48, 80)?];
/// let interval = independent_difference(one, other, ConfidenceLevel::NINETY_FIVE).interval.unwrap();
/// assert_eq!(format!("{:.4} {:.4}", interval.lower(), interval.upper()), "0.0524 0.3339");
/// # Ok::<(), hjertekommidt::stats::ProportionError>(())
/// ```
pub fn independent_difference(
    first: Proportion,
    second: Proportion,
    level: ConfidenceLevel,
) -> IndependentDifference {
    let counts = |proportion: Proportion| [proportion.events(), proportion.trials() - proportion.events()];
    let ([x1, y1], [x2, y2]) = (counts(first), counts(second));
    let limits = limits_of_sum([x1, y1], [y2, x2], level);
    let interval = |(lower, upper): (f64, f64)| {
        ConfidenceInterval::new((lower - 1.0).max(-1.0), (upper - 1.0).min(1.0), level, Method::SquareAndAdd)
    };
    let estimate = first.estimate().zip(second.estimate()).map(|(one, other)| one - other);
    // Two groups are always gone through, unless there are far too many.
    let test = homogeneity(&[first, second], TableDraws { seed: "", tables: 0 });
    IndependentDifference {
        estimate: estimate.ok_or(Reason::NotEstimable),
        interval: limits.map(interval),
        p_value: test.map(|test| test.p_value),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn difference(first: (u64, u64), second: (u64, u64)) -> IndependentDifference {
        let of = |(x, n)| Proportion::new(x, n).unwrap();
        independent_difference(of(first), of(second), ConfidenceLevel::NINETY_FIVE)
    }

    /// Newcombe 1998, table II, method 10.
    #[test]
    fn limits_agree_with_newcombes_table() {
        for (first, second, lower, upper) in [
            ((56, 70), (48, 80), 0.0524, 0.3339),
            ((9, 10), (3, 10), 0.1705, 0.8090),
            ((6, 7), (2, 7), 0.0582, 0.8062),
            ((5, 56), (0, 29), -0.0381, 0.1926),
            ((0, 10), (0, 20), -0.1611, 0.2775),
            ((10, 10), (0, 20), 0.6791, 1.0000),
        ] {
            let interval = difference(first, second).interval.unwrap();
            assert!((interval.lower() - lower).abs() < 5.1e-5, "{first:?} {second:?} {interval:?}");
            assert!((interval.upper() - upper).abs() < 5.1e-5, "{first:?} {second:?} {interval:?}");
        }
    }

    #[test]
    fn exchanging_the_groups_mirrors_the_difference() {
        let (one, other) = (difference((9, 13), (30, 71)), difference((30, 71), (9, 13)));
        assert_eq!((one.estimate.unwrap(), one.p_value), (-other.estimate.unwrap(), other.p_value));
        assert!((one.interval.unwrap().lower() + other.interval.unwrap().upper()).abs() < 1e-15);
    }

    #[test]
    fn an_empty_group_is_not_estimable() {
        let found = difference((9, 13), (0, 0));
        let none = Reason::NotEstimable;
        assert_eq!((found.estimate, found.interval, found.p_value), (Err(none), Err(none), Err(none)));
    }
}
