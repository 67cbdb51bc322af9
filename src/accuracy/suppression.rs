//! Small cells: which tables of a family must be hidden so that nobody can be recognised.
//!
//! A family is one indicator's tables by one grouping, together with the table of the whole study. Primary: a table with a cell of
//! 1 to `min_cell` − 1 persons is hidden whole: all four cells, x of n, limits, standard error, n* and the estimate. Secondary: as the
//! whole is shown, a single hidden table would follow by subtraction; so at least two are hidden, and together they
//! hold at least `min_cell` persons in no cell or in each: otherwise the smallest of the shown ones is hidden too.

use crate::stats::TwoByTwo;

/// Whether the tables of a family may be shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Suppression {
    /// It may be shown.
    Shown,
    /// It has a small cell.
    Primary,
    /// It would give another one away.
    Secondary,
}

impl Suppression {
    /// Whether the table is hidden.
    pub fn is_hidden(self) -> bool {
        self != Suppression::Shown
    }
}

/// Whether a table has a cell that is too small to be shown.
pub fn is_small(persons: TwoByTwo, min_cell: u64) -> bool {
    persons.cells().into_iter().any(|cell| (1..min_cell).contains(&cell))
}

/// Decides for the tables of one family: the parts of a whole that is shown.
pub fn suppress(parts: &[TwoByTwo], min_cell: u64) -> Vec<Suppression> {
    let mut decided: Vec<Suppression> = parts
        .iter()
        .map(|part| if is_small(*part, min_cell) { Suppression::Primary } else { Suppression::Shown })
        .collect();
    while gives_away(parts, &decided, min_cell) {
        let shown = (0..parts.len())
            .filter(|&place| decided[place] == Suppression::Shown && parts[place].total() > 0);
        match shown.min_by_key(|&place| (parts[place].total(), place)) {
            Some(smallest) => decided[smallest] = Suppression::Secondary,
            None => break,
        }
    }
    decided
}

/// Decides for the parts of parts when both are shown: municipalities within clusters. `within` names the cluster of each part, and
/// `hidden` says which clusters are hidden. A cluster that is shown is a whole of its own, from which a single hidden
/// municipality would follow; of a hidden one no municipality is shown, or the cluster would follow from them.
pub fn suppress_within(
    parts: &[TwoByTwo],
    within: &[usize],
    hidden: &[bool],
    min_cell: u64,
) -> Vec<Suppression> {
    let mut decided = vec![Suppression::Secondary; parts.len()];
    for (cluster, _) in hidden.iter().enumerate().filter(|(_, hidden)| !**hidden) {
        let members: Vec<usize> = (0..parts.len()).filter(|&place| within[place] == cluster).collect();
        let tables: Vec<TwoByTwo> = members.iter().map(|&place| parts[place]).collect();
        members
            .iter()
            .zip(suppress(&tables, min_cell))
            .for_each(|(&place, decision)| decided[place] = decision);
    }
    decided
}

/// What is hidden in all follows from the whole less the shown parts: it must be more than one table, and no small cell itself.
fn gives_away(parts: &[TwoByTwo], decided: &[Suppression], min_cell: u64) -> bool {
    let hidden: Vec<TwoByTwo> = parts
        .iter()
        .zip(decided)
        .filter(|(_, decision)| decision.is_hidden())
        .map(|(part, _)| *part)
        .collect();
    let together = hidden.iter().fold(TwoByTwo::default(), |sum, part| sum + *part);
    !hidden.is_empty() && (hidden.len() == 1 || is_small(together, min_cell))
}

/// Counts that add up to a sum which readers know, and which of them are hidden.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HiddenCounts {
    /// Whether each of them is hidden.
    pub hidden: Vec<bool>,
    /// Whether the hidden ones follow from the sum all the same: it must be hidden too, or all of them.
    pub follow_from_sum: bool,
}

/// Hides counts of 1 to `min_cell` − 1, and then the smallest others until more than one is hidden and together they are no
/// small count. A zero protects nothing.
pub fn hide_small_counts(counts: &[u64], min_cell: u64) -> HiddenCounts {
    let small = |count: u64| (1..min_cell).contains(&count);
    let mut hidden: Vec<bool> = counts.iter().map(|&count| small(count)).collect();
    loop {
        let together: u64 =
            counts.iter().zip(&hidden).filter(|(_, hidden)| **hidden).map(|(count, _)| count).sum();
        let number = hidden.iter().filter(|hidden| **hidden).count();
        if number == 0 || (number > 1 && !small(together)) {
            return HiddenCounts { hidden, follow_from_sum: false };
        }
        let shown = (0..counts.len()).filter(|&place| !hidden[place] && counts[place] > 0);
        match shown.min_by_key(|&place| (counts[place], place)) {
            Some(smallest) => hidden[smallest] = true,
            None => return HiddenCounts { hidden, follow_from_sum: true },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use Suppression::{Primary, Secondary, Shown};

    fn table(tp: u64, fp: u64, fn_: u64, tn: u64) -> TwoByTwo {
        TwoByTwo { tp, fp, fn_, tn }
    }

    #[test]
    fn zero_is_shown_and_one_and_two_are_not() {
        let parts = [table(9, 0, 5, 9), table(9, 1, 5, 9), table(9, 2, 5, 9), table(9, 3, 5, 9)];
        assert_eq!(suppress(&parts, 3), [Shown, Primary, Primary, Shown]);
    }

    #[test]
    fn a_single_hidden_table_takes_the_smallest_shown_one_with_it() {
        let parts = [table(9, 1, 5, 9), table(50, 9, 9, 50), table(9, 4, 5, 9)];
        assert_eq!(suppress(&parts, 3), [Primary, Shown, Secondary]);
    }

    #[test]
    fn hidden_tables_that_are_small_together_take_more_with_them() {
        let parts = [table(9, 1, 5, 9), table(9, 1, 5, 9), table(9, 7, 5, 9), table(90, 8, 50, 90)];
        assert_eq!(suppress(&parts, 3), [Primary, Primary, Secondary, Shown]);
    }

    #[test]
    fn a_hidden_part_does_not_follow_from_a_cluster_that_is_shown() {
        let parts =
            [table(9, 2, 5, 9), table(9, 4, 5, 9), table(9, 2, 5, 9), table(9, 4, 5, 9), table(30, 9, 9, 30)];
        let within = [0, 0, 1, 1, 1];
        assert_eq!(suppress(&parts, 3), [Primary, Shown, Primary, Shown, Shown]);
        let decided = suppress_within(&parts, &within, &[false, false], 3);
        assert_eq!(decided, [Primary, Secondary, Primary, Secondary, Shown]);
    }

    #[test]
    fn nothing_of_a_hidden_cluster_is_shown() {
        let parts = [table(9, 2, 5, 9), table(9, 0, 5, 9), table(9, 4, 5, 9)];
        let decided = suppress_within(&parts, &[0, 0, 1], &[true, false], 3);
        assert_eq!(decided, [Secondary, Secondary, Shown]);
    }

    fn hidden(counts: &[u64]) -> (Vec<u64>, bool) {
        let decided = hide_small_counts(counts, 3);
        let places = counts.iter().zip(&decided.hidden).filter(|(_, hidden)| **hidden);
        (places.map(|(count, _)| *count).collect(), decided.follow_from_sum)
    }

    #[test]
    fn a_single_hidden_count_takes_the_smallest_other_with_it() {
        assert_eq!(hidden(&[0, 2, 40, 7]), (vec![2, 7], false));
        assert_eq!(hidden(&[0, 5, 40, 7]), (vec![], false));
    }

    #[test]
    fn hidden_counts_that_are_small_together_take_another_with_them() {
        assert_eq!(hidden(&[1, 1, 40]), (vec![1, 1, 40], false));
        assert_eq!(hidden(&[1, 2, 40]), (vec![1, 2], false));
    }

    #[test]
    fn a_count_without_others_follows_from_the_sum() {
        assert_eq!(hidden(&[0, 2, 0]), (vec![2], true));
    }

    #[test]
    fn a_limit_of_one_hides_nothing() {
        assert_eq!(suppress(&[table(1, 1, 1, 1)], 1), [Shown]);
    }

    #[test]
    fn an_empty_table_hides_nobody_and_protects_nobody() {
        let parts = [table(9, 1, 5, 9), table(0, 0, 0, 0), table(9, 8, 5, 9)];
        assert_eq!(suppress(&parts, 3), [Primary, Shown, Secondary]);
    }
}
