//! Dates with the month before the day, which only another row of their column gives away.

use std::collections::BTreeMap;

use super::{EntryCell, EntryRow, Messages, ReadCell};
use crate::error::Finding;
use crate::register::date::{is_month_first, may_be_month_first};

/// The columns of a file with a text that is a date only if the month stands first, each with the first row where it does.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MonthFirst(BTreeMap<usize, u64>);

impl MonthFirst {
    /// Those of the rows of one file: another file was filled by another person or another program.
    pub fn of(rows: &[EntryRow]) -> Self {
        let mut found = BTreeMap::new();
        for row in rows {
            let cells = row.cells.iter().enumerate();
            for (column, _) in cells.filter(|(_, cell)| is_month_first(cell.trimmed())) {
                found.entry(column).or_insert(row.number);
            }
        }
        MonthFirst(found)
    }

    /// A date that was read, unless its day and month may be swapped, as they are in another row of its column.
    ///
    /// # Errors
    /// What was wrong with the cell before, or the doubt about it.
    pub fn trusted<T>(
        &self,
        read: ReadCell<T>,
        column: usize,
        cell: &EntryCell,
        messages: Messages,
    ) -> ReadCell<T> {
        match (read, self.doubt(column, cell, messages)) {
            (Ok(_), Some(doubt)) => Err(Box::new(doubt)),
            (read, _) => read,
        }
    }

    fn doubt(&self, column: usize, cell: &EntryCell, messages: Messages) -> Option<Finding> {
        let row = self.0.get(&column)?;
        may_be_month_first(cell.trimmed()).then(|| messages.date_may_be_month_first(*row))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::protocol::Language;

    #[test]
    fn a_date_is_doubted_in_a_column_with_its_month_first_and_in_no_other() {
        let cells =
            |number, texts: [&str; 2]| EntryRow { number, cells: texts.map(EntryCell::plain).to_vec() };
        let rows = [cells(2, ["10/11/2026", "10/11/2026"]), cells(5, ["11/25/2026", "25/11/2026"])];
        let doubted = MonthFirst::of(&rows);
        let messages = Messages { language: Language::En, form: Language::En };
        let why = |column: usize, text: &str| doubted.doubt(column, &EntryCell::plain(text), messages)?.why;
        assert_eq!(
            why(0, "10/11/2026").as_deref(),
            Some("the column has a date with the month before the day in row 5")
        );
        assert_eq!(why(0, "2026-11-10"), None);
        assert_eq!(why(0, "10/10/2026"), None, "the same day either way");
        assert_eq!(why(1, "10/11/2026"), None);
    }
}
