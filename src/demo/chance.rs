//! Chances in whole numbers: every platform throws the same dice.

use crate::random::Generator;

/// True in so many of 1000 cases.
pub(super) fn happens(generator: &mut Generator, per_mille: u64) -> bool {
    generator.below(1000) < per_mille
}

/// An entry of a table that is not empty, each as likely as the other.
pub(super) fn one_of<T: Copy>(generator: &mut Generator, table: &[T]) -> T {
    table[generator.below(table.len() as u64) as usize]
}

/// An entry of a table with weights that are not all 0.
pub(super) fn weighted<T: Copy>(generator: &mut Generator, table: &[(u64, T)]) -> T {
    let mut ticket = generator.below(table.iter().map(|(weight, _)| weight).sum());
    let is_drawn = |(weight, _): &&(u64, T)| match ticket.checked_sub(*weight) {
        Some(rest) => {
            ticket = rest;
            false
        }
        None => true,
    };
    table.iter().find(is_drawn).unwrap_or(&table[0]).1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_come_as_often_as_their_weights_say() {
        let mut generator = Generator::of("weights");
        let mut times = [0; 3];
        for _ in 0..10_000 {
            times[weighted(&mut generator, &[(1, 0), (0, 1), (3, 2)])] += 1;
        }
        assert_eq!(times[1], 0);
        assert!((2_300..2_700).contains(&times[0]), "{times:?}");
    }

    #[test]
    fn what_never_happens_never_does_and_what_always_happens_does() {
        let mut generator = Generator::of("always and never");
        assert!((0..1000).all(|_| !happens(&mut generator, 0) && happens(&mut generator, 1000)));
    }
}
