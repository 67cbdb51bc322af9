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
    let small = |part: &TwoByTwo| match is_small(*part, min_cell) {
        true => Suppression::Primary,
        false => Suppression::Shown,
    };
    suppress_further(parts, parts.iter().map(small).collect(), min_cell)
}

/// Decides for a family and a coarser one of the same courses, strata and clusters: `coarse[h]` is the cluster of stratum h. A
/// cluster is the sum of its strata, so a hidden stratum hides its cluster, and a hidden cluster all its strata.
pub fn suppress_nested(
    fine: &[TwoByTwo],
    coarse: &[usize],
    clusters: &[TwoByTwo],
    min_cell: u64,
) -> (Vec<Suppression>, Vec<Suppression>) {
    let mut strata = suppress(fine, min_cell);
    let mut whole = suppress(clusters, min_cell);
    loop {
        let before = (strata.clone(), whole.clone());
        for (stratum, &cluster) in coarse.iter().enumerate() {
            if strata[stratum].is_hidden() && !whole[cluster].is_hidden() {
                whole[cluster] = Suppression::Secondary;
            } else if whole[cluster].is_hidden() && !strata[stratum].is_hidden() {
                strata[stratum] = Suppression::Secondary;
            }
        }
        strata = suppress_further(fine, strata, min_cell);
        whole = suppress_further(clusters, whole, min_cell);
        if before == (strata.clone(), whole.clone()) {
            return (strata, whole);
        }
    }
}

/// Hides more until nothing follows from what is shown.
fn suppress_further(parts: &[TwoByTwo], mut decided: Vec<Suppression>, min_cell: u64) -> Vec<Suppression> {
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
    fn a_hidden_stratum_hides_its_cluster_and_all_that_would_give_it_away() {
        let fine = [table(9, 1, 5, 9), table(9, 4, 5, 9), table(9, 5, 5, 9), table(90, 8, 50, 90)];
        let clusters = [fine[0] + fine[1], fine[2], fine[3]];
        let (strata, whole) = suppress_nested(&fine, &[0, 0, 1, 2], &clusters, 3);
        assert_eq!(whole, [Secondary, Secondary, Shown]);
        assert_eq!(strata, [Primary, Secondary, Secondary, Shown]);
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
