//! Spreading a total over strata: in proportion to given weights, within bounds, and met exactly.
//!
//! ```text
//! n_h = clamp(λ w_h, l_h, u_h),   λ such that Σ n_h = n;   then the largest remainders
//! ```
//!
//! `w_h` is the stratum's weight (its number of courses N_h for the proportional allocation, 1 for the equal one), `l_h` and
//! `u_h` the fewest and the most it can give. Strata outside their bounds are fixed at them, the side with the greater
//! violation first, until none is left; what remains is spread by the largest remainder, ties by the order of the strata.
//! Everything is done in whole numbers, so the result is the same on every platform.
//!
//! Reference: Stenger & Gabler (2005), Combining random sampling and census strategies, Metrika 61:137–156,
//! doi:10.1007/s001840400328 (bounds); Cochran (1977), Sampling Techniques, chapter 5 (proportional allocation).

use std::fmt;

/// The fewest and the most that a stratum can give.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bounds {
    /// The fewest.
    pub fewest: u64,
    /// The most: the number of its courses.
    pub most: u64,
}

/// Why a total cannot be met.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AllocationError {
    /// All strata together hold fewer courses.
    TooLarge {
        /// The wanted total.
        total: u64,
        /// The most that the strata can give.
        most: u64,
    },
    /// The minima alone are more.
    TooSmall {
        /// The wanted total.
        total: u64,
        /// The fewest that the strata must give.
        fewest: u64,
    },
}

impl fmt::Display for AllocationError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            AllocationError::TooLarge { total, most } => {
                write!(
                    f,
                    "a total of {total} cannot be drawn: the strata hold {most}, {} too few",
                    total - most
                )
            }
            AllocationError::TooSmall { total, fewest } => {
                write!(
                    f,
                    "a total of {total} cannot be kept: the strata need {fewest}, {} more",
                    fewest - total
                )
            }
        }
    }
}

impl std::error::Error for AllocationError {}

/// Spreads `total` over strata in proportion to their `weights`, within their `bounds`. One number a stratum; they add up
/// to the total exactly. A stratum whose weight is 0 gets its fewest, unless all that is left have none.
///
/// ```
/// use hjertekommidt::plan::{Bounds, allocate};
/// let courses = [5000, 300, 40, 9];
/// let bounds = courses.map(|most| Bounds { fewest: 5, most });
/// assert_eq!(allocate(100, &courses, &bounds).unwrap(), [85, 5, 5, 5]);
/// ```
///
/// # Errors
/// When the bounds allow no such total, and by how much.
pub fn allocate(total: u64, weights: &[u64], bounds: &[Bounds]) -> Result<Vec<u64>, AllocationError> {
    let fewest: u64 = bounds.iter().map(|bound| bound.fewest).sum();
    let most: u64 = bounds.iter().map(|bound| bound.most).sum();
    match () {
        () if total > most => return Err(AllocationError::TooLarge { total, most }),
        () if total < fewest => return Err(AllocationError::TooSmall { total, fewest }),
        () => {}
    }
    let mut fixed: Vec<Option<u64>> = vec![None; bounds.len()];
    loop {
        let share = Share::of(total, weights, &fixed);
        let (low, high) = violations(&share, bounds);
        match low.excess.cmp(&high.excess) {
            _ if low.strata.is_empty() && high.strata.is_empty() => return Ok(share.rounded(fixed)),
            std::cmp::Ordering::Greater => fix(&mut fixed, &low.strata, |h| bounds[h].fewest),
            std::cmp::Ordering::Less => fix(&mut fixed, &high.strata, |h| bounds[h].most),
            std::cmp::Ordering::Equal => {
                fix(&mut fixed, &low.strata, |h| bounds[h].fewest);
                fix(&mut fixed, &high.strata, |h| bounds[h].most);
            }
        }
    }
}

fn fix(fixed: &mut [Option<u64>], strata: &[usize], at: impl Fn(usize) -> u64) {
    for &h in strata {
        fixed[h] = Some(at(h));
    }
}

/// What the strata that are not fixed share: `remaining · weight / sum` each.
struct Share {
    free: Vec<(usize, u128)>,
    remaining: u128,
    sum: u128,
}

impl Share {
    fn of(total: u64, weights: &[u64], fixed: &[Option<u64>]) -> Self {
        let taken: u64 = fixed.iter().flatten().sum();
        let is_free = |h: &usize| fixed[*h].is_none();
        let mut free: Vec<(usize, u128)> =
            (0..weights.len()).filter(is_free).map(|h| (h, u128::from(weights[h]))).collect();
        let mut sum: u128 = free.iter().map(|(_, weight)| weight).sum();
        if sum == 0 {
            // Weights of 0 alone say nothing about shares: then all are alike.
            free.iter_mut().for_each(|(_, weight)| *weight = 1);
            sum = free.len() as u128;
        }
        Share { free, remaining: u128::from(total.saturating_sub(taken)), sum }
    }

    /// Whole parts first, then one more for the largest remainders; ties in the order of the strata.
    fn rounded(&self, fixed: Vec<Option<u64>>) -> Vec<u64> {
        let mut allocated: Vec<u64> = fixed.into_iter().map(Option::unwrap_or_default).collect();
        let mut remainders = Vec::new();
        let mut left = self.remaining;
        for &(h, weight) in &self.free {
            let whole = self.remaining * weight / self.sum;
            allocated[h] = whole as u64;
            left -= whole;
            remainders.push((std::cmp::Reverse(self.remaining * weight % self.sum), h));
        }
        remainders.sort();
        for &(_, h) in remainders.iter().take(left as usize) {
            allocated[h] += 1;
        }
        allocated
    }
}

/// Strata outside one of their bounds, and by how much together (in units of 1 / sum).
#[derive(Default)]
struct Violation {
    strata: Vec<usize>,
    excess: u128,
}

fn violations(share: &Share, bounds: &[Bounds]) -> (Violation, Violation) {
    let (mut low, mut high) = (Violation::default(), Violation::default());
    for &(h, weight) in &share.free {
        let wanted = share.remaining * weight;
        let (fewest, most) =
            (u128::from(bounds[h].fewest) * share.sum, u128::from(bounds[h].most) * share.sum);
        if wanted < fewest {
            low.strata.push(h);
            low.excess += fewest - wanted;
        } else if wanted > most {
            high.strata.push(h);
            high.excess += wanted - most;
        }
    }
    (low, high)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn within(fewest: u64, courses: &[u64]) -> Vec<Bounds> {
        courses.iter().map(|&most| Bounds { fewest: fewest.min(most), most }).collect()
    }

    #[test]
    fn the_largest_remainders_get_the_rest() {
        let courses = [215, 65, 252, 50, 149, 144];
        assert_eq!(allocate(100, &courses, &within(0, &courses)).unwrap(), [25, 7, 29, 6, 17, 16]);
    }

    #[test]
    fn ties_go_to_the_first_stratum() {
        assert_eq!(allocate(5, &[10, 10, 10], &within(0, &[10, 10, 10])).unwrap(), [2, 2, 1]);
    }

    #[test]
    fn a_stratum_not_larger_than_the_minimum_is_taken_whole() {
        let courses = [1000, 3, 0, 1];
        assert_eq!(allocate(50, &courses, &within(5, &courses)).unwrap(), [46, 3, 0, 1]);
    }

    #[test]
    fn an_equal_allocation_gives_what_a_small_stratum_lacks_to_the_others() {
        assert_eq!(allocate(60, &[1, 1, 1], &within(2, &[100, 100, 8])).unwrap(), [26, 26, 8]);
    }

    #[test]
    fn everyone_can_be_drawn() {
        let courses = [7, 0, 3];
        assert_eq!(allocate(10, &courses, &within(2, &courses)).unwrap(), courses);
    }

    #[test]
    fn a_total_that_cannot_be_met_says_by_how_much() {
        let bounds = within(5, &[10, 10]);
        assert_eq!(
            allocate(21, &[10, 10], &bounds).unwrap_err().to_string(),
            "a total of 21 cannot be drawn: the strata hold 20, 1 too few"
        );
        assert_eq!(
            allocate(7, &[10, 10], &bounds).unwrap_err().to_string(),
            "a total of 7 cannot be kept: the strata need 10, 3 more"
        );
    }
}
