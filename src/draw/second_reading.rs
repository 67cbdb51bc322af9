//! Which courses a second reviewer reads as well.

use crate::protocol::Percent;

/// Whether the course of this rank, from 1, is read twice: in a stratum where a_h courses are in use, exactly ⌈p a_h⌉ are.
///
/// ```text
/// rank r is read twice   if and only if   ⌈p r⌉ > ⌈p (r − 1)⌉
/// ```
///
/// The order of ranks is random, so any fixed places in it are a random sample; these ones keep their share however far the stratum
/// is used, by replacements and enlargements too. The reviewers see study ids, which tell nothing of the rank.
pub fn has_second_reading(share: Percent, rank: u64) -> bool {
    share.of_rounded_up(rank) > share.of_rounded_up(rank.saturating_sub(1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_first_courses_hold_their_share_rounded_up() {
        for percent in [0, 1, 10, 15, 33, 50, 99, 100] {
            let share = Percent::new(percent).unwrap();
            let mut twice = 0;
            for rank in 1..=250 {
                twice += u64::from(has_second_reading(share, rank));
                assert_eq!(twice, share.of_rounded_up(rank), "{percent} % of {rank}");
            }
        }
    }
}
