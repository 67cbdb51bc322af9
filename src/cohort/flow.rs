//! The flow from the rows of the register to the frame.

use super::Exclusion;

/// How many rows were read, and how many were excluded for each reason.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Flow {
    /// Rows read.
    pub rows: u64,
    excluded: [u64; Exclusion::ALL.len()],
}

impl Flow {
    /// Counts rows that are excluded for a reason.
    pub fn exclude(&mut self, reason: Exclusion, rows: u64) {
        self.excluded[reason as usize] += rows;
    }

    /// Adds other rows of the same file.
    pub fn merge(&mut self, other: &Flow) {
        self.rows += other.rows;
        self.excluded.iter_mut().zip(other.excluded).for_each(|(count, other)| *count += other);
    }

    /// Rows excluded for a reason.
    pub fn excluded(&self, reason: Exclusion) -> u64 {
        self.excluded[reason as usize]
    }

    /// Courses in the frame.
    pub fn frame(&self) -> u64 {
        self.rows - self.excluded.iter().sum::<u64>()
    }

    /// Rows that are wrong, and not only outside the population.
    pub fn faults(&self) -> u64 {
        Exclusion::ALL
            .into_iter()
            .filter(|reason| reason.is_fault())
            .map(|reason| self.excluded(reason))
            .sum()
    }

    /// Stable words and counts, from all rows to the frame.
    pub fn steps(&self) -> Vec<(String, u64)> {
        let excluded =
            Exclusion::ALL.into_iter().map(|reason| (reason.name().to_owned(), self.excluded(reason)));
        let first = [("rows_read".to_owned(), self.rows)];
        first.into_iter().chain(excluded).chain([("frame".to_owned(), self.frame())]).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_is_in_the_frame_or_excluded_once() {
        let mut flow = Flow { rows: 100, ..Flow::default() };
        flow.exclude(Exclusion::Age, 7);
        flow.exclude(Exclusion::BrokenKey, 2);
        assert_eq!((flow.frame(), flow.faults()), (91, 2));
        let steps = flow.steps();
        assert_eq!((steps.len(), &steps[8]), (9, &("frame".to_owned(), 91)));
    }

    #[test]
    fn reasons_stand_at_their_own_place() {
        for (place, reason) in Exclusion::ALL.into_iter().enumerate() {
            assert_eq!(reason as usize, place);
        }
    }
}
