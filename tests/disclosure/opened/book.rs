//! `tables.xlsx`, as calamine reads its cells, with the digits that its parts have of every number.

use std::collections::BTreeMap;
use std::io::Cursor;

use calamine::{Data, Range, Reader as _, Xlsx};
use hjertekommidt::report::Style;

use super::Opened;
use super::tags::tags;
use crate::review_forms::unpacked;

/// A cell.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Kept {
    Nothing,
    Text(String),
    /// A number, with the digits that the file has.
    Number(String),
}

impl Kept {
    /// What a program reads.
    fn exact(&self) -> String {
        match self {
            Kept::Nothing => String::new(),
            Kept::Text(text) | Kept::Number(text) => text.clone(),
        }
    }

    /// What stands in a table of the paper, where a number is a count, and nothing behind it.
    fn shown(&self, style: Style) -> String {
        match self {
            Kept::Number(digits) => {
                style.count(digits.parse().unwrap_or_else(|_| panic!("{digits} is no count")))
            }
            other => other.exact(),
        }
    }
}

/// A workbook, opened.
pub(crate) struct Book {
    pub(super) parts: BTreeMap<String, String>,
    /// The sheets in order, each with its name and all its rows.
    pub(crate) sheets: Vec<(String, Vec<Vec<Kept>>)>,
}

impl Book {
    pub(crate) fn open(bytes: &[u8]) -> Self {
        let parts: BTreeMap<String, String> = unpacked(Cursor::new(bytes)).into_iter().collect();
        let mut book: Xlsx<_> = calamine::open_workbook_from_rs(Cursor::new(bytes)).unwrap();
        let names = book.sheet_names();
        let sheet = |(place, name): (usize, String)| {
            assert!(
                book.worksheet_formula(&name).unwrap().used_cells().next().is_none(),
                "{name}: a formula"
            );
            let rows = rows(&book.worksheet_range(&name).unwrap(), &parts[&part_of(place)]);
            (name, rows)
        };
        let sheets = names.into_iter().enumerate().map(sheet).collect();
        Book { parts, sheets }
    }

    /// The sheet of a table of the paper, which has so many rows, and the line of every page below its notes.
    pub(crate) fn table(&self, place: usize, rows: usize, style: Style, page_line: &str) -> Opened {
        let shown = |row: &Vec<Kept>| row.iter().map(|cell| cell.shown(style)).collect::<Vec<_>>();
        let mut lines = self.sheets[place].1.iter().map(shown);
        let title = alone(lines.next().unwrap());
        let header = lines.next().unwrap();
        let rows = lines.by_ref().take(rows).collect();
        let mut notes: Vec<String> = lines.map(alone).collect();
        assert_eq!(notes.pop().as_deref(), Some(page_line));
        Opened { title, header, rows, notes }
    }

    /// The rows for programs of a sheet, as its file has them.
    pub(crate) fn data(&self, name: &str) -> Vec<Vec<String>> {
        let (_, rows) = self.sheets.iter().find(|(sheet, _)| sheet == name).unwrap();
        rows.iter().map(|row| row.iter().map(Kept::exact).collect()).collect()
    }

    /// Every word and every number that the file keeps, the properties and the head of its pages among them.
    pub(crate) fn texts(&self) -> Vec<String> {
        let cells = self.sheets.iter().flat_map(|(_, rows)| rows.iter().flatten().map(Kept::exact));
        let beside = self.parts.values().flat_map(|xml| tags(xml));
        // The text of a `v` is in a cell, or the place of a string.
        let beside = beside.filter(|tag| tag.name != "v").map(|tag| tag.text);
        cells.chain(beside).filter(|text| !text.trim().is_empty()).collect()
    }
}

/// What stands in the first cell of a row that has no other.
fn alone(mut row: Vec<String>) -> String {
    assert!(row[1..].iter().all(String::is_empty), "{row:?}");
    row.swap_remove(0)
}

/// The rows of a sheet; a number has its digits from the file, in whose order they come.
fn rows(cells: &Range<Data>, xml: &str) -> Vec<Vec<Kept>> {
    let mut digits = values(xml).into_iter().filter(|(is_string, _)| !is_string).map(|(_, value)| value);
    let mut kept = |cell: &Data| match cell {
        Data::Empty => Kept::Nothing,
        Data::String(text) => Kept::Text(text.clone()),
        Data::Float(number) => {
            let written = digits.next().unwrap();
            assert_eq!(written.parse(), Ok(*number));
            Kept::Number(written)
        }
        other => panic!("{other:?}"),
    };
    assert!(cells.is_empty() || cells.start() == Some((0, 0)));
    let rows = cells.rows().map(|row| row.iter().map(&mut kept).collect()).collect();
    assert_eq!(digits.next(), None);
    rows
}

/// The values of the cells of a sheet: whether it is the place of a string, and what the file has.
pub(super) fn values(xml: &str) -> Vec<(bool, String)> {
    let mut is_string = false;
    let mut values = Vec::new();
    for tag in tags(xml) {
        match tag.name {
            "c" => is_string = tag.value("t").inspect(|kind| assert_eq!(kind, "s")).is_some(),
            "v" => values.push((is_string, tag.text)),
            _ => {}
        }
    }
    values
}

pub(super) fn part_of(sheet: usize) -> String {
    format!("xl/worksheets/sheet{}.xml", sheet + 1)
}
