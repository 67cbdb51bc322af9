//! A row of a returned form, as its file holds it.

use jiff::civil::Date;

use crate::error::Place;

/// How a cell is stored, as far as its file tells.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum StoredAs {
    /// A text file, which knows no difference.
    #[default]
    Plain,
    /// A workbook's text.
    Text,
    /// A workbook's number, with the day it would be if it were one.
    Number(Option<Date>),
    /// A workbook's day.
    Day,
    /// A workbook's TRUE or FALSE.
    Truth,
    /// A workbook's `#N/A` and its like.
    Error,
    /// A workbook's formula that was saved without its value.
    Uncomputed,
}

/// One cell.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct EntryCell {
    /// What it says; days as `2021-03-05`, numbers with a decimal point where the file knows them to be numbers.
    pub text: String,
    /// How it is stored.
    pub stored: StoredAs,
}

/// One row.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct EntryRow {
    /// Its number, as a spreadsheet counts rows.
    pub number: u64,
    /// Its cells; those that are missing at the end are empty.
    pub cells: Vec<EntryCell>,
}

impl EntryCell {
    /// A cell of a text file.
    pub fn plain(text: impl Into<String>) -> Self {
        EntryCell { text: text.into(), stored: StoredAs::Plain }
    }

    /// The text without blanks around it.
    pub fn trimmed(&self) -> &str {
        self.text.trim()
    }
}

impl EntryRow {
    /// The cell of a column.
    pub fn cell(&self, column: usize) -> &EntryCell {
        const EMPTY: &EntryCell = &EntryCell { text: String::new(), stored: StoredAs::Plain };
        self.cells.get(column).unwrap_or(EMPTY)
    }

    /// Whether a cell holds a formula that was saved without its value.
    pub fn is_uncomputed(&self, column: usize) -> bool {
        self.cell(column).stored == StoredAs::Uncomputed
    }

    /// Whether nothing is in it.
    pub fn is_blank(&self) -> bool {
        self.cells.iter().all(|cell| cell.trimmed().is_empty())
    }
}

/// The table of a returned form: where it was found, and its header.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct EntryTable {
    /// The file's name.
    pub file: String,
    /// The sheet of a workbook; `None` for a text file.
    pub sheet: Option<String>,
    /// The row of the header.
    pub header_row: u64,
    /// The header, column by column.
    pub header: Vec<String>,
    /// The header as the file has it, where `header` was put into the words of a form; else empty.
    pub in_file: Vec<String>,
}

impl EntryTable {
    /// The table as a whole.
    pub fn place(&self) -> Place {
        Place { sheet: self.sheet.clone(), ..Place::file(&self.file) }
    }

    /// The header's row.
    pub fn header_place(&self) -> Place {
        self.place().row(self.header_row)
    }

    /// A row.
    pub fn row(&self, row: u64) -> Place {
        self.place().row(row)
    }

    /// The header of a column as the file has it.
    pub fn named(&self, column: usize) -> &str {
        let header = if self.in_file.is_empty() { &self.header } else { &self.in_file };
        header.get(column).map(String::as_str).unwrap_or_default()
    }

    /// A cell: by its name in a workbook, by row and column in a text.
    pub fn cell(&self, row: u64, column: usize) -> Place {
        let place = self.row(row).column(self.named(column));
        if self.sheet.is_some() { place.letters(column) } else { place }
    }
}
