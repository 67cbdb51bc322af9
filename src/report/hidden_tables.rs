//! Which tables of an indicator's parts are hidden.

use std::collections::BTreeSet;

use super::groups::groups_of;
use super::homogeneity::less;
use super::reads::{HiddenReads, clusters_of, has_clusters};
use crate::accuracy::{
    Assessed, Column, Columns, Group, IndicatorResult, Protection, Suppression, assess, is_small,
};
use crate::protocol::Grouping;
use crate::stats::{StratumError, TwoByTwo};

/// What readers know of the whole study, whose parts are shown.
#[derive(Debug, Clone, Copy)]
pub(super) struct Known<'f> {
    table: TwoByTwo,
    persons: TwoByTwo,
    /// Where the number of charts is hidden.
    pub(super) few: &'f HiddenReads,
}

impl<'f> Known<'f> {
    /// The whole table of an indicator.
    pub(super) fn of(whole: Option<&Assessed>, few: &'f HiddenReads) -> Self {
        let empty = Known { table: TwoByTwo::default(), persons: TwoByTwo::default(), few };
        whole.map_or(empty, |one| Known { table: one.table, persons: one.tabulated.persons, few })
    }

    /// The persons in what some parts leave of the whole, or fewer: somebody with courses in the rest and in a part counts as one of the
    /// part alone. So nothing that is small is taken for large.
    fn persons_beside(&self, tables: &[TwoByTwo], persons: &[TwoByTwo]) -> TwoByTwo {
        let courses = less(self.table, tables).cells();
        let left = less(self.persons, persons).cells();
        let [tp, fp, fn_, tn] = std::array::from_fn(|cell| left[cell].max(courses[cell].min(1)));
        TwoByTwo { tp, fp, fn_, tn }
    }
}

/// All values of a grouping with their tables.
pub(super) type Parts = (Vec<(Group, String)>, Vec<Option<Box<Assessed>>>);

/// The table of a part or of the whole study; `None` where the review cannot tell.
///
/// # Errors
/// Counts that contradict each other.
pub(super) fn assessed(
    columns: &Columns<'_>,
    column: &Column<'_>,
    group: &Group,
) -> Result<Option<Box<Assessed>>, StratumError> {
    Ok(match assess(columns, column, group)? {
        IndicatorResult::NotAssessable(_) => None,
        IndicatorResult::Assessed(assessed) => Some(assessed),
    })
}

/// All values of a grouping with their tables, before anything is hidden.
///
/// # Errors
/// Counts that contradict each other.
pub(super) fn parts(
    columns: &Columns<'_>,
    column: &Column<'_>,
    grouping: Grouping,
) -> Result<Parts, StratumError> {
    let groups = groups_of(grouping, columns.evidence.protocol, columns.evidence.sample);
    let assessed =
        groups.iter().map(|(group, _)| assessed(columns, column, group)).collect::<Result<_, _>>()?;
    Ok((groups, assessed))
}

/// The persons in each cell of each table.
pub(super) fn persons(assessed: &[Option<Box<Assessed>>]) -> Vec<TwoByTwo> {
    let of =
        |one: &Option<Box<Assessed>>| one.as_ref().map_or(TwoByTwo::default(), |one| one.tabulated.persons);
    assessed.iter().map(of).collect()
}

/// The codes of the strata with a small cell of this indicator.
///
/// # Errors
/// Counts that contradict each other.
pub(super) fn small_strata(
    columns: &Columns<'_>,
    column: &Column<'_>,
) -> Result<BTreeSet<String>, StratumError> {
    let (groups, assessed) = parts(columns, column, Grouping::Stratum)?;
    let min_cell = columns.evidence.protocol.disclosure.min_cell;
    let small = groups.into_iter().zip(persons(&assessed)).filter(|(_, table)| is_small(*table, min_cell));
    Ok(small.map(|((group, _), _)| group.value().to_owned()).collect())
}

/// What is hidden of the tables of a grouping.
///
/// # Errors
/// Counts that contradict each other.
pub(super) fn decided(
    columns: &Columns<'_>,
    column: &Column<'_>,
    grouping: Grouping,
    tables: &Parts,
    known: Known<'_>,
) -> Result<Vec<Suppression>, StratumError> {
    match grouping {
        Grouping::Stratum if has_clusters(columns) => decide_within_clusters(columns, column, tables, known),
        _ => Ok(decide(columns, tables, known)),
    }
}

/// What is hidden in a grouping; courses without a value of it are one more part, the last.
fn decide(columns: &Columns<'_>, (groups, assessed): &Parts, known: Known<'_>) -> Vec<Suppression> {
    let tables: Vec<TwoByTwo> = assessed.iter().flatten().map(|one| one.table).collect();
    let mut parts = persons(assessed);
    parts.push(known.persons_beside(&tables, &parts));
    protection(columns).suppress(&parts, &elsewhere(groups, known.few))
}

/// Strata whose clusters have tables of their own.
fn decide_within_clusters(
    columns: &Columns<'_>,
    column: &Column<'_>,
    (strata, assessed): &Parts,
    known: Known<'_>,
) -> Result<Vec<Suppression>, StratumError> {
    let clusters = parts(columns, column, Grouping::Cluster)?;
    // The last one: strata without a cluster are what the clusters leave of the whole.
    let hidden: Vec<bool> =
        decide(columns, &clusters, known).into_iter().map(Suppression::is_hidden).collect();
    let names: Vec<&str> = clusters.0.iter().map(|(group, _)| group.value()).collect();
    let within = clusters_of(columns, strata.iter().map(|(group, _)| group.value()), &names);
    let elsewhere = elsewhere(strata, known.few);
    Ok(protection(columns).suppress_within(&persons(assessed), &elsewhere, &within, &hidden))
}

fn protection(columns: &Columns<'_>) -> Protection {
    Protection::of_tables(columns.evidence.protocol.disclosure.min_cell)
}

/// Which groups have a hidden number of charts.
fn elsewhere(groups: &[(Group, String)], few: &HiddenReads) -> Vec<bool> {
    let is_hidden = |group: &Group| match group {
        Group::All => false,
        Group::Part(grouping, value) => few.has(*grouping, value),
    };
    groups.iter().map(|(group, _)| is_hidden(group)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn three_courses_of_two_persons_beside_the_parts_are_two() {
        let of = |tp, tn| TwoByTwo { tp, fp: 0, fn_: 0, tn };
        let few = HiddenReads::default();
        let known = Known { table: of(13, 9), persons: of(10, 9), few: &few };
        assert_eq!(known.persons_beside(&[of(10, 9)], &[of(8, 9)]), of(2, 0));
        // Both have courses in a part as well.
        assert_eq!(known.persons_beside(&[of(10, 9)], &[of(10, 9)]), of(1, 0));
    }
}
