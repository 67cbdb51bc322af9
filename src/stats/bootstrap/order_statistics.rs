//! Quantiles of replicates, by selection.
//!
//! With the B replicates in order, t₍₁₎ ≤ … ≤ t₍B₎:
//!
//! ```text
//! k = ⌊(B + 1) p⌋
//! t(p) = t₍k₎ + (t₍k₊₁₎ − t₍k₎) (Φ⁻¹(p) − Φ⁻¹(k/(B + 1))) / (Φ⁻¹((k + 1)/(B + 1)) − Φ⁻¹(k/(B + 1)))
//! ```
//!
//! t₍₁₎ where k = 0 and t₍B₎ where k ≥ B: such a limit is *extreme*, and more replicates are needed. It is the definition of R's
//! boot, so that limits can be compared with its own digit by digit. It differs from R's type 6 only in interpolating on
//! the normal scale, on which the tails of replicates are nearly straight; where (B + 1) p is whole, both are t₍k₎.
//!
//! The orders that are needed are selected, each within the part where the ones before left it; nothing is sorted.
//!
//! Reference: Davison AC, Hinkley DV. Bootstrap methods and their application. Cambridge University Press 1997, equation
//! 5.8. <https://doi.org/10.1017/CBO9780511802843>

use crate::stats::quantile::standard_normal;

/// A quantile, and whether the replicates reach that far.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Quantile {
    pub(super) value: f64,
    pub(super) is_extreme: bool,
}

/// The quantiles of a list that is not empty, at probabilities between 0 and 1. The list is reordered.
pub(super) fn quantiles<const K: usize>(values: &mut [f64], probabilities: [f64; K]) -> [Quantile; K] {
    let (last, steps) = (values.len() - 1, values.len() as f64 + 1.0);
    let mut places: Vec<usize> =
        probabilities.iter().map(|p| (steps * p) as usize).flat_map(|k| [k.max(1) - 1, k]).collect();
    places.iter_mut().for_each(|place| *place = last.min(*place));
    places.sort_unstable();
    places.dedup();
    settle(values, 0, &places);
    probabilities.map(|p| quantile(values, p))
}

/// Brings these places, counted from the list's first, to what they would hold in order.
fn settle(values: &mut [f64], first: usize, places: &[usize]) {
    let Some((before, [place, after @ ..])) = places.split_at_checked(places.len() / 2) else { return };
    let (left, _, right) = values.select_nth_unstable_by(place - first, f64::total_cmp);
    settle(left, first, before);
    settle(right, place + 1, after);
}

/// From a list whose needed places are settled.
fn quantile(values: &[f64], p: f64) -> Quantile {
    let (count, steps) = (values.len(), values.len() as f64 + 1.0);
    let rank = steps * p;
    let k = rank as usize;
    if k == 0 || k >= count {
        return Quantile {
            value: values[k.min(count).max(1) - 1],
            is_extreme: rank != k.clamp(1, count) as f64,
        };
    }
    let (lower, upper) = (values[k - 1], values[k]);
    let [from, to] = [rank.floor(), rank.floor() + 1.0].map(|rank| standard_normal(rank / steps));
    let part = if rank == rank.floor() { 0.0 } else { (standard_normal(p) - from) / (to - from) };
    Quantile { value: lower + part * (upper - lower), is_extreme: false }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::Generator;

    #[test]
    fn quantiles_by_selection_are_those_of_the_sorted_list() {
        for length in [1, 2, 3, 10, 999] {
            let mut generator = Generator::of(&format!("quantiles of {length}"));
            let mut values: Vec<f64> = (0..length).map(|_| generator.below(400) as f64 / 400.0).collect();
            let mut sorted = values.clone();
            sorted.sort_unstable_by(f64::total_cmp);
            let probabilities = [0.025, 0.975, 0.0301, 0.96, 0.5, 1e-9, 1.0 - 1e-9];
            assert_eq!(quantiles(&mut values, probabilities), probabilities.map(|p| quantile(&sorted, p)));
        }
    }

    #[test]
    fn a_whole_rank_is_an_order_statistic_and_the_others_lie_between_two() {
        let mut values: Vec<f64> = (1..=999).rev().map(f64::from).collect();
        let [lower, upper, between] = quantiles(&mut values, [0.025, 0.975, 0.0255]).map(|found| found.value);
        assert_eq!((lower, upper), (25.0, 975.0));
        assert!(between > 25.0 && between < 26.0 && (between - 25.5).abs() < 0.01, "{between}");
    }

    #[test]
    fn beyond_the_replicates_is_the_outermost_one_and_marked() {
        let mut values: Vec<f64> = (1..=99).map(f64::from).collect();
        let found = quantiles(&mut values, [0.001, 0.01, 0.99, 0.999]);
        assert_eq!(found.map(|found| found.value), [1.0, 1.0, 99.0, 99.0]);
        assert_eq!(found.map(|found| found.is_extreme), [true, false, false, true]);
    }
}
