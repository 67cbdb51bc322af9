//! Workbooks as values: sheets, columns, cells, what a cell takes, and what its colour says. [`crate::io::book_bytes`] writes them.
//!
//! No register value is in them: they are made of the protocol, the study ids and, on the look-up list alone, the record keys.

mod adjudication;
mod asked;
mod definitions;
mod entry_check;
mod entry_colours;
mod entry_sheet;
mod instructions;
mod look_up;
mod misfit;
mod must;
mod wording;

pub use adjudication::{
    ADJUDICATION_HEADERS, adjudication_book, adjudication_cells, adjudication_header, disagreement_cells,
    subject_word,
};
pub(super) use definitions::definition_lines;
pub use entry_sheet::review_book;
pub use look_up::look_up_book;
pub(super) use must::must_told;

use std::ops::Range;

use jiff::civil::Date;

use super::FormStamp;

/// A workbook.
#[derive(Debug, Clone, PartialEq)]
pub struct Book {
    /// What it is, for the file's properties.
    pub title: String,
    /// The sheets that people see; the first is the one that opens.
    pub sheets: Vec<Sheet>,
    /// What the hidden sheet says.
    pub stamp: FormStamp,
    /// How days are shown: `dd-mm-yyyy`.
    pub day_format: &'static str,
}

/// A sheet.
#[derive(Debug, Clone, PartialEq)]
pub struct Sheet {
    /// The name on its tab.
    pub name: String,
    /// How wide the columns are, in characters.
    pub widths: Vec<u16>,
    /// The rows, from the first.
    pub rows: Vec<SheetRow>,
    /// The row with the headers of a table that goes on to the last row, counted from 0: it stays in sight with the first column, stands
    /// on every page and has filters.
    pub table: Option<usize>,
    /// What cells take.
    pub checks: Vec<Check>,
    /// Colours that follow from what stands in the cells; the first that holds wins.
    pub colours: Vec<ColourRule>,
    /// Whether only the cells for entries can be changed.
    pub is_protected: bool,
    /// How it is printed.
    pub page: Page,
}

/// A row.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct SheetRow {
    /// How many lines of text it must have room for; 0 leaves it to the program.
    pub lines: u16,
    /// Its cells.
    pub cells: Vec<Cell>,
}

/// A cell.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell {
    /// Nothing, in the style of its row.
    Blank(Style),
    /// A text.
    Text(String, Style),
    /// A day.
    Day(Date),
    /// An empty cell for somebody to fill.
    Entry(EntryFormat),
}

/// How a text looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Style {
    /// The sheet's title.
    Title,
    /// A line above a part.
    Heading,
    /// What must not be missed.
    Warning,
    /// A column's header.
    Header,
    /// The header of what somebody is to fill in.
    EntryHeader,
    /// A running text.
    Plain,
    /// A cell of a table.
    Body,
    /// A cell of a table whose text no program may take for a number or a day.
    Text,
    /// A cell that names its row.
    Key,
    /// A patch of a colour, for the legend.
    Patch(Colour),
}

/// How an entry is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum EntryFormat {
    /// A word of a list, or a number.
    General,
    /// A day, shown as 05-03-2026.
    Day,
    /// A text, which no program takes for anything else.
    Text,
}

/// What the cells of a column take.
#[derive(Debug, Clone, PartialEq)]
pub struct Check {
    /// The column, from 0.
    pub column: usize,
    /// The rows, from 0.
    pub rows: Range<usize>,
    /// What they take.
    pub takes: Takes,
    /// Shown beside the cell.
    pub hint: Note,
    /// Shown when something else was entered.
    pub fault: Note,
}

/// What a cell takes, beside nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Takes {
    /// A word of a list.
    OneOf(Vec<String>),
    /// What makes a formula true; it is written for the first of the rows.
    Formula(String),
    /// A text of at most so many characters.
    Text(u32),
}

/// A small window with a title.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// At most 32 characters.
    pub title: String,
    /// At most 255.
    pub text: String,
}

/// A colour for cells in which a formula holds, which is written for the first of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ColourRule {
    /// The columns, from 0.
    pub columns: Range<usize>,
    /// The rows, from 0.
    pub rows: Range<usize>,
    /// When.
    pub formula: String,
    /// Which.
    pub colour: Colour,
}

/// What a colour says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Colour {
    /// Begun, and not complete.
    Open,
    /// Complete.
    Complete,
    /// Needs no answer.
    NotAsked,
    /// Is no answer here, or does not fit the other answers.
    Wrong,
}

/// How a sheet is printed, always on A4.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// Across.
    pub landscape: bool,
    /// At the top of every page, left and right.
    pub head: [String; 2],
    /// The words around the page's number: `Side`, `af`.
    pub numbered: [&'static str; 2],
}
