//! Small cells: which tables of a family must be hidden so that nobody can be recognised.
//!
//! A family is one indicator's tables by one grouping, together with the table of the whole study. Primary: a table with a cell of
//! 1 to `min_cell` − 1 persons is hidden whole: all four cells, x of n, limits, standard error, n* and the estimate. Secondary: as the
//! whole is shown, a single hidden table would follow by subtraction; so at least two are hidden, and together they
//! hold at least `min_cell` persons in no cell or in each, and do not all stand in one cell: otherwise the smallest of the shown ones
//! is hidden too.

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

/// How the parts of a whole are protected.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Protection {
    min_cell: u64,
    /// Readers may know how many charts each part has, from other tables of the same charts.
    sizes_known: bool,
}

impl Protection {
    /// Of two-by-two tables. Their totals may follow from the table of another indicator.
    pub fn of_tables(min_cell: u64) -> Self {
        Protection { min_cell, sizes_known: true }
    }

    /// Of up to four counts of each part.
    pub fn of_counts(min_cell: u64) -> Self {
        Protection { min_cell, sizes_known: false }
    }

    /// Decides for the parts of a whole that is shown. Those that are hidden `elsewhere` (one for each part, or none at all) are
    /// hidden here, or they would follow from here. What belongs to no part follows from the others as well: it is a part to be given too.
    pub fn suppress(self, parts: &[TwoByTwo], elsewhere: &[bool]) -> Vec<Suppression> {
        let is_elsewhere = |place: usize| elsewhere.get(place).copied().unwrap_or_default();
        let first =
            |(place, part): (usize, &TwoByTwo)| match (is_small(*part, self.min_cell), is_elsewhere(place)) {
                (true, _) => Suppression::Primary,
                (false, true) => Suppression::Secondary,
                (false, false) => Suppression::Shown,
            };
        let mut decided: Vec<Suppression> = parts.iter().enumerate().map(first).collect();
        while self.gives_away(parts, &decided) {
            let shown = (0..parts.len())
                .filter(|&place| decided[place] == Suppression::Shown && parts[place].total() > 0);
            match shown.min_by_key(|&place| (parts[place].total(), place)) {
                Some(smallest) => decided[smallest] = Suppression::Secondary,
                None => {
                    // That the other tables are empty would say that all of the whole is here, which their sizes leave open.
                    let shown = decided.iter_mut().filter(|one| **one == Suppression::Shown);
                    shown.filter(|_| self.sizes_known).for_each(|one| *one = Suppression::Secondary);
                    break;
                }
            }
        }
        decided
    }

    /// Whether what is hidden follows from the sizes of the parts, where nothing more could be hidden.
    pub fn sizes_tell(self, parts: &[TwoByTwo], hidden: &[bool]) -> bool {
        let hidden: Vec<TwoByTwo> = parts
            .iter()
            .zip(hidden)
            .filter(|(part, hidden)| **hidden && part.total() > 0)
            .map(|(part, _)| *part)
            .collect();
        hidden.iter().any(|part| is_small(*part, self.min_cell))
            && (hidden.len() == 1 || is_one_cell(&hidden))
    }

    /// Decides for the parts of parts when both are shown: municipalities within clusters. `within` names the cluster of each part, and
    /// `hidden` says which clusters are hidden. A cluster that is shown is a whole of its own, from which a single hidden
    /// municipality would follow; of a hidden one no municipality is shown, or the cluster would follow from them.
    pub fn suppress_within(
        self,
        parts: &[TwoByTwo],
        elsewhere: &[bool],
        within: &[usize],
        hidden: &[bool],
    ) -> Vec<Suppression> {
        let mut decided = vec![Suppression::Secondary; parts.len()];
        for (cluster, _) in hidden.iter().enumerate().filter(|(_, hidden)| !**hidden) {
            let members: Vec<usize> = (0..parts.len()).filter(|&place| within[place] == cluster).collect();
            let tables: Vec<TwoByTwo> = members.iter().map(|&place| parts[place]).collect();
            let elsewhere: Vec<bool> =
                members.iter().filter_map(|&place| elsewhere.get(place).copied()).collect();
            members
                .iter()
                .zip(self.suppress(&tables, &elsewhere))
                .for_each(|(&place, decision)| decided[place] = decision);
        }
        decided
    }

    /// What is hidden in all follows from the whole less the shown parts: it must be more than one table, and no small cell itself.
    /// Where all of it stands in one cell, the size of a table is its cell.
    fn gives_away(self, parts: &[TwoByTwo], decided: &[Suppression]) -> bool {
        let is_hidden =
            |(part, decision): &(&TwoByTwo, &Suppression)| decision.is_hidden() && part.total() > 0;
        let hidden: Vec<TwoByTwo> =
            parts.iter().zip(decided).filter(is_hidden).map(|(part, _)| *part).collect();
        let together = hidden.iter().fold(TwoByTwo::default(), |sum, part| sum + *part);
        let small = |part: &TwoByTwo| is_small(*part, self.min_cell);
        let sizes_tell = self.sizes_known && is_one_cell(&hidden) && hidden.iter().any(small);
        !hidden.is_empty() && (hidden.len() == 1 || small(&together) || sizes_tell)
    }
}

/// Whether all of these tables have the same single cell.
fn is_one_cell(tables: &[TwoByTwo]) -> bool {
    let together = tables.iter().fold(TwoByTwo::default(), |sum, part| sum + *part);
    together.cells().into_iter().filter(|cell| *cell > 0).count() == 1
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

    fn of_three() -> Protection {
        Protection::of_tables(3)
    }

    fn suppress(parts: &[TwoByTwo]) -> Vec<Suppression> {
        of_three().suppress(parts, &[])
    }

    #[test]
    fn zero_is_shown_and_one_and_two_are_not() {
        let parts = [table(9, 0, 5, 9), table(9, 1, 5, 9), table(9, 2, 5, 9), table(9, 3, 5, 9)];
        assert_eq!(suppress(&parts), [Shown, Primary, Primary, Shown]);
    }

    #[test]
    fn a_single_hidden_table_takes_the_smallest_shown_one_with_it() {
        let parts = [table(9, 1, 5, 9), table(50, 9, 9, 50), table(9, 4, 5, 9)];
        assert_eq!(suppress(&parts), [Primary, Shown, Secondary]);
    }

    #[test]
    fn hidden_tables_that_are_small_together_take_more_with_them() {
        let parts = [table(9, 1, 5, 9), table(9, 1, 5, 9), table(9, 7, 5, 9), table(90, 8, 50, 90)];
        assert_eq!(suppress(&parts), [Primary, Primary, Secondary, Shown]);
    }

    #[test]
    fn a_hidden_part_does_not_follow_from_a_cluster_that_is_shown() {
        let parts =
            [table(9, 2, 5, 9), table(9, 4, 5, 9), table(9, 2, 5, 9), table(9, 4, 5, 9), table(30, 9, 9, 30)];
        let within = [0, 0, 1, 1, 1];
        assert_eq!(suppress(&parts), [Primary, Shown, Primary, Shown, Shown]);
        let decided = of_three().suppress_within(&parts, &[], &within, &[false, false]);
        assert_eq!(decided, [Primary, Secondary, Primary, Secondary, Shown]);
    }

    #[test]
    fn nothing_of_a_hidden_cluster_is_shown() {
        let parts = [table(9, 2, 5, 9), table(9, 0, 5, 9), table(9, 4, 5, 9)];
        let decided = of_three().suppress_within(&parts, &[], &[0, 0, 1], &[true, false]);
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
        assert_eq!(Protection::of_tables(1).suppress(&[table(1, 1, 1, 1)], &[]), [Shown]);
    }

    #[test]
    fn an_empty_table_hides_nobody_and_protects_nobody() {
        let parts = [table(9, 1, 5, 9), table(0, 0, 0, 0), table(9, 8, 5, 9)];
        assert_eq!(suppress(&parts), [Primary, Shown, Secondary]);
    }

    #[test]
    fn a_part_that_is_all_of_the_whole_is_not_told_by_the_others_being_empty() {
        let empty = TwoByTwo::default();
        assert_eq!(suppress(&[empty, table(2, 1, 0, 0), empty]), [Secondary, Primary, Secondary]);
        assert_eq!(suppress(&[empty, table(5, 4, 0, 0), empty]), [Shown; 3]);
        // The number of charts of a part is no less known than that of the whole.
        assert_eq!(Protection::of_counts(3).suppress(&[empty, table(2, 1, 0, 0)], &[]), [Shown, Primary]);
    }

    /// The second has a total that readers may know; then that of the first is known, which is its only cell.
    #[test]
    fn tables_that_stand_in_one_cell_take_another_with_them() {
        let parts = [table(2, 0, 0, 0), table(5, 0, 0, 0), table(9, 8, 5, 9)];
        assert_eq!(suppress(&parts), [Primary, Secondary, Secondary]);
        assert_eq!(Protection::of_counts(3).suppress(&parts, &[]), [Primary, Secondary, Shown]);
    }

    #[test]
    fn what_is_hidden_elsewhere_is_hidden_here_and_protects_others() {
        let parts = [table(9, 1, 5, 9), table(9, 4, 5, 9), table(50, 9, 9, 50)];
        let decided = of_three().suppress(&parts, &[false, false, true]);
        assert_eq!(decided, [Primary, Shown, Secondary]);
        assert_eq!(of_three().suppress(&parts[1..], &[true, false]), [Secondary; 2]);
    }
}
