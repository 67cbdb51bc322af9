//! Counts of the whole study beside its tables, with those taken out that `min_cell_overall` hides.

use std::collections::BTreeMap;

use crate::accuracy::{Agreement, Evidence, FoundCount, Outside, Tabulated, hide_small_counts};
use crate::protocol::RegisterStatus;
use crate::review::{ChartStatus, Reference};

/// From the sample to the charts that were read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReviewFlow {
    /// Courses to be reviewed, replacements included.
    pub in_use: u64,
    /// How many of them took the place of another; 0 until the study has told, as the evidence knows of no replacement.
    pub replaced: u64,
    /// Charts that were not read, by reason; `None` where the count is hidden.
    pub not_read: Vec<(ChartStatus, Option<u64>)>,
    /// Courses that nobody has reviewed yet.
    pub pending: u64,
    /// Charts found and read.
    pub read: u64,
}

/// What stands beside the table of one indicator.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Beside {
    /// Charts that were read and are outside the table, by reason; `None` where the count is hidden.
    pub outside: Vec<(Outside, Option<u64>)>,
    /// Charts found and not found, by the register's value; `None` where they are hidden.
    pub found: Vec<(RegisterStatus, Option<[u64; 2]>)>,
}

/// The agreement of two reviewers about one indicator.
#[derive(Debug, Clone, PartialEq)]
pub struct AgreementResults {
    /// The id of the indicator.
    pub indicator: String,
    /// Counts and coefficients; `None` when they are hidden.
    pub agreement: Option<Agreement>,
}

impl ReviewFlow {
    pub(super) fn of(evidence: Evidence<'_>, min_cell: u64) -> Self {
        let (mut pending, mut read) = (0, 0);
        let mut not_read: BTreeMap<ChartStatus, u64> = BTreeMap::new();
        for course in evidence.sample.in_use() {
            match evidence.reference.courses.get(&course.study_id) {
                None | Some(Reference::Pending) => pending += 1,
                Some(Reference::NotRead(status)) => *not_read.entry(*status).or_default() += 1,
                Some(Reference::Read(_)) => read += 1,
            }
        }
        let reasons = ChartStatus::ALL.into_iter().filter(|status| *status != ChartStatus::Found);
        let counts = reasons.map(|reason| (reason, not_read.get(&reason).copied().unwrap_or_default()));
        let in_use = evidence.sample.in_use().count() as u64;
        ReviewFlow { in_use, replaced: 0, not_read: all_or_enough(counts.collect(), min_cell), pending, read }
    }

    /// Courses that were drawn to be reviewed; replacements came to them.
    pub fn drawn(&self) -> u64 {
        self.in_use.saturating_sub(self.replaced)
    }
}

impl Beside {
    /// Whether some charts were not found, or how many is hidden.
    pub(super) fn some_not_found(&self) -> bool {
        self.found.iter().any(|(_, counts)| counts.is_none_or(|[_, not_found]| not_found > 0))
    }

    pub(super) fn of(tabulated: &Tabulated, min_cell: u64) -> Self {
        let outside = &tabulated.counts.outside;
        // All or nothing: each of them is a sum of what others are sums of as well.
        let hidden = has_small_around(tabulated, min_cell);
        let shown = |reason| (!hidden).then_some(outside.get(&reason).copied().unwrap_or_default());
        let found = |one: &FoundCount| (one.register, (!hidden).then_some([one.found, one.not_found]));
        Beside {
            outside: Outside::ALL.map(|reason| (reason, shown(reason))).to_vec(),
            found: tabulated.found.iter().map(found).collect(),
        }
    }
}

/// Whether one of the counts around the table is small: of charts outside it by reason, and of those found, not found and left out by the
/// record for each value of the register. By the register's values they would follow from each other: charts found less
/// those in the table are charts outside it.
pub(super) fn has_small_around(tabulated: &Tabulated, min_cell: u64) -> bool {
    let by_value = tabulated.found.iter().flat_map(|one| [one.found, one.not_found, one.left_by_record]);
    by_value.chain(tabulated.counts.outside.values().copied()).any(|count| (1..min_cell).contains(&count))
}

/// Counts whose sum every reader knows: enough of them are hidden, or else all.
pub(super) fn all_or_enough<K>(counts: Vec<(K, u64)>, min_cell: u64) -> Vec<(K, Option<u64>)> {
    let numbers: Vec<u64> = counts.iter().map(|(_, count)| *count).collect();
    let decided = hide_small_counts(&numbers, min_cell);
    let shown = |((key, count), hidden): ((K, u64), bool)| {
        (key, (!hidden && !decided.follow_from_sum).then_some(count))
    };
    counts.into_iter().zip(decided.hidden.clone()).map(shown).collect()
}

/// The flow from all rows to the frame. Where the exclusions would follow from both ends, the number of rows is hidden as well.
pub(super) fn shown_flow(steps: Vec<(String, u64)>, min_cell: u64) -> Vec<(String, Option<u64>)> {
    let is_end = |step: &str| matches!(step, "rows_read" | "frame");
    let exclusions: Vec<u64> =
        steps.iter().filter(|(step, _)| !is_end(step)).map(|(_, count)| *count).collect();
    let decided = hide_small_counts(&exclusions, min_cell);
    let mut hidden = decided.hidden.into_iter();
    let mut is_hidden = |step: &str| match step {
        "rows_read" => decided.follow_from_sum,
        "frame" => false,
        _ => hidden.next().unwrap_or_default(),
    };
    let shown = |(step, count): (String, u64)| {
        let count = (!is_hidden(&step)).then_some(count);
        (step, count)
    };
    steps.into_iter().map(shown).collect()
}

/// The agreement of what was read twice; whole rows are hidden, as whole tables are.
pub(super) fn shown_agreements(agreements: Vec<Agreement>, min_cell: u64) -> Vec<AgreementResults> {
    let read_twice = agreements.into_iter().filter(|one| one.both_read + one.found_by_one > 0);
    let shown = |one: Agreement| AgreementResults {
        indicator: one.indicator.clone(),
        agreement: (!one.is_small(min_cell)).then_some(one),
    };
    read_twice.map(shown).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn flow(rows: u64, exclusions: &[u64]) -> Vec<Option<u64>> {
        let frame = rows - exclusions.iter().sum::<u64>();
        let named = exclusions.iter().enumerate().map(|(place, count)| (place.to_string(), *count));
        let first = [("rows_read".to_owned(), rows)];
        let steps = first.into_iter().chain(named).chain([("frame".to_owned(), frame)]);
        shown_flow(steps.collect(), 3).into_iter().map(|(_, count)| count).collect()
    }

    #[test]
    fn a_hidden_exclusion_does_not_follow_from_both_ends() {
        assert_eq!(flow(100, &[2, 7, 0]), [Some(100), None, None, Some(0), Some(91)]);
        assert_eq!(flow(100, &[2, 0, 0]), [None, None, Some(0), Some(0), Some(98)]);
        assert_eq!(flow(100, &[3, 7, 0]), [Some(100), Some(3), Some(7), Some(0), Some(90)]);
    }

    #[test]
    fn reasons_are_all_hidden_where_their_sum_would_give_one_away() {
        let counts = |numbers: [u64; 3]| -> Vec<Option<u64>> {
            let keyed = (0..3).zip(numbers).collect();
            all_or_enough(keyed, 3).into_iter().map(|(_, count): (i32, _)| count).collect()
        };
        assert_eq!(counts([2, 0, 0]), [None; 3]);
        assert_eq!(counts([2, 9, 4]), [None, Some(9), None]);
    }
}
