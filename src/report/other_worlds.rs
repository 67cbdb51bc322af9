//! What the sensitivity analyses of an indicator would show in another world of its strata's tables.
//!
//! A world exchanges charts between the tables of strata. All else stays: the courses that another reading adds to a table or takes from
//! it, and those of which not all is known.

use super::coarse::{Digits, ShownDigits};
use super::protected::Printed;
use super::sensitivity::whole;
use crate::accuracy::{Assessed, Column, Columns, OtherReading, incomplete_strata};
use crate::protocol::Analysis;
use crate::stats::{
    IncompleteStratum, Measure, StratifiedTwoByTwo, StratumError, TwoByTwo, TwoByTwoStratum,
    WeightedEstimate, worst_and_best,
};

/// The sensitivity analyses of one indicator in the whole study, before anything is hidden.
pub(super) struct OtherFigures<'c> {
    analysis: &'c Analysis,
    measures: Vec<Measure>,
    /// The tables of the declared reading.
    declared: StratifiedTwoByTwo,
    readings: Vec<Assessed>,
    incomplete: Vec<IncompleteStratum>,
}

/// What is printed of them.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct PrintedBeside {
    readings: Vec<Vec<Option<WeightedEstimate>>>,
    extremes: Vec<Option<[f64; 2]>>,
}

impl<'c> OtherFigures<'c> {
    /// # Errors
    /// Counts that contradict each other.
    pub(super) fn of(
        columns: &'c Columns<'_>,
        column: &Column<'_>,
        declared: &Assessed,
        others: &[(OtherReading, Columns<'_>)],
    ) -> Result<Self, StratumError> {
        let same = |other: &&Column<'_>| other.indicator.id == column.indicator.id;
        let mut readings = Vec::new();
        for (_, other) in others {
            if let Some(column) = other.indicators.iter().find(same) {
                readings.extend(whole(other, column)?.map(|reading| *reading));
            }
        }
        Ok(OtherFigures {
            analysis: &columns.evidence.protocol.analysis,
            measures: declared.measures.iter().map(|one| one.measure).collect(),
            declared: declared.tabulated.strata.clone(),
            readings,
            incomplete: incomplete_strata(columns, column),
        })
    }

    /// What would be printed with these tables of the strata in the declared reading; `None` where a chart that is to move is not there.
    pub(super) fn printed(&self, world: &StratifiedTwoByTwo, digits: ShownDigits) -> Option<PrintedBeside> {
        let readings = self.readings.iter().filter(|_| digits.readings < Digits::Hidden);
        let of = |reading: &Assessed| {
            let strata = reading.tabulated.strata.strata();
            let tables = self.moved(strata.iter().map(|one| one.table), world)?;
            let strata = strata.iter().zip(tables).map(|(one, table)| TwoByTwoStratum { table, ..*one });
            let tables = StratifiedTwoByTwo::new(strata.collect()).ok()?;
            let printed = Printed { whole: reading, analysis: self.analysis, digits: digits.of_reading() };
            Some(printed.of(&tables).collect())
        };
        Some(PrintedBeside {
            readings: readings.map(of).collect::<Option<_>>()?,
            extremes: self.extremes(world, digits.extremes)?,
        })
    }

    fn extremes(&self, world: &StratifiedTwoByTwo, digits: Digits) -> Option<Vec<Option<[f64; 2]>>> {
        if digits == Digits::Hidden {
            return Some(Vec::new());
        }
        let tables = self.moved(self.incomplete.iter().map(|one| one.table), world)?;
        let strata =
            self.incomplete.iter().zip(tables).map(|(one, table)| IncompleteStratum { table, ..*one });
        let strata: Vec<IncompleteStratum> = strata.collect();
        let of = |measure: &Measure| {
            let [least, greatest] = worst_and_best(*measure, &strata).ok()?;
            Some([digits.of(least).ok()?, digits.of(greatest).ok()?])
        };
        Some(self.measures.iter().map(of).collect())
    }

    /// Tables with the charts exchanged that the world exchanges.
    fn moved(
        &self,
        tables: impl Iterator<Item = TwoByTwo>,
        world: &StratifiedTwoByTwo,
    ) -> Option<Vec<TwoByTwo>> {
        let strata = self.declared.strata().iter().zip(world.strata());
        tables
            .zip(strata)
            .map(|(table, (before, after))| exchanged(table, before.table, after.table))
            .collect()
    }
}

/// A table in which as many charts are more or fewer as there are in `after` than `before`.
fn exchanged(table: TwoByTwo, before: TwoByTwo, after: TwoByTwo) -> Option<TwoByTwo> {
    let mut cells = table.cells();
    for (cell, (before, after)) in cells.iter_mut().zip(before.cells().into_iter().zip(after.cells())) {
        *cell = (*cell + after).checked_sub(before)?;
    }
    let [tp, fp, fn_, tn] = cells;
    Some(TwoByTwo { tp, fp, fn_, tn })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn charts_that_are_not_in_a_table_cannot_leave_it() {
        let table = |tp, fp| TwoByTwo { tp, fp, fn_: 3, tn: 4 };
        assert_eq!(exchanged(table(9, 1), table(5, 2), table(6, 1)), Some(table(10, 0)));
        assert_eq!(exchanged(table(9, 0), table(5, 2), table(6, 1)), None);
    }
}
