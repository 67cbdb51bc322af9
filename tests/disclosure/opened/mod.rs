//! The tables of the results as somebody has them who opens `tables.md`, `tables.docx`, `tables.tex` or `tables.xlsx`, and everything else
//! that these files keep.

mod book;
mod book_parts;
mod latex;
mod markdown;
mod same;
mod tags;
mod word;

use std::io::Cursor;

use hjertekommidt::io::{DataSheet, TablesDocument, docx, latex_document, tables_book};
use hjertekommidt::report::Table;

use crate::review_forms::unpacked;

pub(super) use book::Book;
pub(super) use markdown::markdown_tables;
pub(super) use same::{assert_same, assert_same_tables};

/// A table as it is read. Its title begins with its number.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Opened {
    pub(super) title: String,
    pub(super) header: Vec<String>,
    pub(super) rows: Vec<Vec<String>>,
    pub(super) notes: Vec<String>,
}

impl Opened {
    /// A table before it is written.
    pub(super) fn of(table: &Table, title: String) -> Self {
        let header = table.columns.iter().map(|column| column.header.clone()).collect();
        Opened { title, header, rows: table.rows.clone(), notes: table.notes.clone() }
    }

    /// The words alone: how far a cell is set in, where a line may end, and that a long group has its name on every page is how a table
    /// is set.
    fn words(&self) -> Self {
        let line = |cells: &Vec<String>| cells.iter().map(|cell| words(cell)).collect::<Vec<_>>();
        let mut rows: Vec<Vec<String>> = self.rows.iter().map(line).collect();
        let mut name = String::new();
        for first in rows.iter_mut().filter_map(|row| row.first_mut()) {
            match *first == name {
                true => first.clear(),
                false if !first.is_empty() => name.clone_from(first),
                false => {}
            }
        }
        Opened { title: words(&self.title), header: line(&self.header), rows, notes: line(&self.notes) }
    }
}

fn words(text: &str) -> String {
    text.replace(['\u{a0}', '\n'], " ").trim().to_owned()
}

/// The tables as they are published.
pub(super) struct Written {
    pub(super) docx: Vec<u8>,
    pub(super) tex: String,
    pub(super) xlsx: Vec<u8>,
}

impl Written {
    pub(super) fn of(document: &TablesDocument<'_>, data: &[DataSheet<'_>]) -> Self {
        Written {
            docx: docx(document).unwrap(),
            tex: latex_document(document),
            xlsx: tables_book(document, data).unwrap(),
        }
    }

    /// All that can be read in each file, and nothing of how it is set.
    pub(super) fn texts(&self) -> [(&'static str, String); 3] {
        let docx = unpacked(Cursor::new(&self.docx));
        let docx = docx.iter().flat_map(|(_, xml)| tags::texts(xml)).collect::<Vec<_>>().join(" ");
        [
            ("tables.docx", docx),
            ("tables.tex", self.tex.clone()),
            ("tables.xlsx", Book::open(&self.xlsx).texts().join(" ")),
        ]
    }
}
