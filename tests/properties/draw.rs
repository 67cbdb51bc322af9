//! Allocation and draw: what must hold for any frame.

use hjertekommidt::draw::{Number, Numbering, Selection};
use hjertekommidt::plan::{AllocationError, Bounds, allocate};
use hjertekommidt::protocol::Seed;
use hjertekommidt::random::Generator;
use proptest::prelude::*;

use super::cases;

/// Weights and bounds of some strata; empty ones, single ones and take-all ones among them.
fn strata() -> impl Strategy<Value = Vec<(u64, Bounds)>> {
    let stratum = (0..5_000_u64, 0..40_u64, 0..3_000_u64).prop_map(|(weight, fewest, most)| {
        let most = if weight % 7 == 0 { most % 3 } else { most };
        (weight, Bounds { fewest: fewest.min(most), most })
    });
    prop::collection::vec(stratum, 1..25)
}

/// The numbers of some keys in order, as a selection keeps them.
fn selected(seed: &Seed, keys: &[u32], most: usize) -> Vec<(Number, u32)> {
    let numbering = Numbering::new(seed);
    let mut selection = Selection::of_at_most(most);
    keys.iter().for_each(|key| selection.offer(numbering.number(&key.to_string()), || *key));
    selection.into_ordered().collect()
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn an_allocation_meets_its_total_and_its_bounds(strata in strata(), total in 0..40_000_u64) {
        let (weights, bounds): (Vec<u64>, Vec<Bounds>) = strata.into_iter().unzip();
        let fewest: u64 = bounds.iter().map(|bound| bound.fewest).sum();
        let most: u64 = bounds.iter().map(|bound| bound.most).sum();
        match allocate(total, &weights, &bounds) {
            Ok(allocated) => {
                prop_assert_eq!(allocated.iter().sum::<u64>(), total);
                for (given, bound) in allocated.iter().zip(&bounds) {
                    prop_assert!((bound.fewest..=bound.most).contains(given));
                }
            }
            Err(AllocationError::TooLarge { .. }) => prop_assert!(total > most),
            Err(AllocationError::TooSmall { .. }) => prop_assert!(total < fewest),
        }
    }

    #[test]
    fn an_enlarged_allocation_takes_nothing_away(strata in strata(), share in 0..100_u64, more in 0..500_u64) {
        let (weights, bounds): (Vec<u64>, Vec<Bounds>) = strata.into_iter().unzip();
        let fewest: u64 = bounds.iter().map(|bound| bound.fewest).sum();
        let most: u64 = bounds.iter().map(|bound| bound.most).sum();
        let total = fewest + (most - fewest) * share / 100;
        let first = allocate(total, &weights, &bounds).unwrap();
        let kept: Vec<Bounds> = first.iter().zip(&bounds).map(|(&fewest, bound)| Bounds { fewest, ..*bound }).collect();
        let second = allocate((total + more).min(most), &weights, &kept).unwrap();
        prop_assert!(first.iter().zip(&second).all(|(first, second)| first <= second));
    }

    #[test]
    fn the_order_of_the_frame_leaves_the_sample_unchanged(size in 0..400_u32, most in 0..60_usize, order in "[a-z]{4}") {
        let seed = Seed::new("properties of the draw").unwrap();
        let keys: Vec<u32> = (0..size).collect();
        let mut shuffled = keys.clone();
        Generator::of(&order).shuffle(&mut shuffled);
        prop_assert_eq!(selected(&seed, &keys, most), selected(&seed, &shuffled, most));
    }

    #[test]
    fn a_larger_sample_contains_the_smaller(size in 0..400_u32, most in 0..60_usize, more in 0..60_usize) {
        let seed = Seed::new("properties of the draw").unwrap();
        let keys: Vec<u32> = (0..size).collect();
        let (small, large) = (selected(&seed, &keys, most), selected(&seed, &keys, most + more));
        prop_assert!(large.starts_with(&small));
    }

    #[test]
    fn courses_of_other_strata_leave_the_order_of_a_stratum_unchanged(size in 1..200_u32, others in 0..200_u32) {
        let seed = Seed::new("properties of the draw").unwrap();
        let own: Vec<u32> = (0..size).collect();
        let all: Vec<u32> = (0..size + others).collect();
        let among_all = selected(&seed, &all, all.len());
        let kept: Vec<(Number, u32)> = among_all.into_iter().filter(|(_, key)| *key < size).collect();
        prop_assert_eq!(kept, selected(&seed, &own, own.len()));
    }
}
