//! Holm's adjustment of several tests.
//!
//! ```text
//! p(1) ≤ p(2) ≤ … ≤ p(m)
//!
//! adjusted p(j) = max over i ≤ j of min( 1, (m − i + 1) p(i) )
//! ```
//!
//! m tests were made, p(i) is the i-th smallest of their probabilities. Rejecting where the adjusted probability is at most
//! α keeps the chance of one or more false rejections at α, however the tests depend on each other. Equal probabilities
//! have equal adjusted ones. The order of the list is kept.
//!
//! Edges: a test that could not be made keeps its reason and is no member of the family; what is no probability is *not
//! defined* and none either. With one test nothing changes.
//!
//! Reference: Holm S. A simple sequentially rejective multiple test procedure. Scandinavian Journal of Statistics 1979;
//! 6: 65–70. <https://www.jstor.org/stable/4615733>

use super::Reason;

/// The adjusted probabilities of a family of tests, in the order of the list.
///
/// ```
/// use hjertekommidt::stats::{Reason, holm};
///
/// let adjusted = holm(&[Ok(0.04), Err(Reason::NotEstimable), Ok(0.01), Ok(0.03)]);
/// assert_eq!(adjusted, [Ok(0.06), Err(Reason::NotEstimable), Ok(0.03), Ok(0.06)]);
/// ```
pub fn holm(probabilities: &[Result<f64, Reason>]) -> Vec<Result<f64, Reason>> {
    let mut adjusted: Vec<_> = probabilities.iter().map(|given| given.and_then(probability)).collect();
    let mut family: Vec<(f64, usize)> =
        adjusted.iter().zip(0..).filter_map(|(given, at)| Some((given.ok()?, at))).collect();
    family.sort_by(|one, other| one.0.total_cmp(&other.0));
    let mut largest = 0.0_f64;
    for (before, (p, at)) in family.iter().enumerate() {
        let remaining = family.len() - before;
        largest = largest.max(remaining as f64 * p).min(1.0);
        adjusted[*at] = Ok(largest);
    }
    adjusted
}

/// A number between 0 and 1.
fn probability(number: f64) -> Result<f64, Reason> {
    if (0.0..=1.0).contains(&number) { Ok(number) } else { Err(Reason::NotDefined) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn adjusted(probabilities: &[f64]) -> Vec<f64> {
        let given: Vec<_> = probabilities.iter().copied().map(Ok).collect();
        holm(&given).into_iter().map(|one| one.unwrap()).collect()
    }

    #[test]
    fn each_probability_is_multiplied_by_the_number_of_tests_not_yet_rejected() {
        assert_eq!(adjusted(&[0.25, 0.0625, 0.015625]), [0.25, 0.125, 0.046875]);
    }

    #[test]
    fn an_adjusted_probability_is_never_below_that_of_a_smaller_one() {
        assert_eq!(adjusted(&[0.25, 0.1875, 0.5]), [0.5625, 0.5625, 0.5625]);
    }

    #[test]
    fn equal_probabilities_stay_equal_and_none_exceeds_one() {
        assert_eq!(adjusted(&[0.125, 0.125, 0.125]), [0.375; 3]);
        assert_eq!(adjusted(&[0.5, 0.5, 0.9, 1.0]), [1.0; 4]);
    }

    #[test]
    fn one_test_and_no_test_are_left_alone() {
        assert_eq!(adjusted(&[0.03]), [0.03]);
        assert_eq!(adjusted(&[]), [0.0; 0]);
        assert_eq!(adjusted(&[0.0, 1.0]), [0.0, 1.0]);
    }

    #[test]
    fn what_is_no_probability_is_not_defined_and_no_member_of_the_family() {
        let found = holm(&[Ok(f64::NAN), Ok(0.25), Ok(-0.1), Ok(0.5), Err(Reason::Suppressed), Ok(1.5)]);
        let no = Err(Reason::NotDefined);
        assert_eq!(found, [no, Ok(0.5), no, Ok(0.5), Err(Reason::Suppressed), no]);
    }
}
