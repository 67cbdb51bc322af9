//! Register extracts as delimited text: CSV with `;`, `,` or tabs.
//!
//! One row at a time from a reused buffer, so that the memory does not depend on the file. A row without
//! quotation marks is split directly; the others go through a small state machine (the rules of the csv
//! crate, against which the tests compare it).

mod block_rows;
mod blocks;
mod decoder;
mod dialect;
mod lines;

use std::io::Read;

pub(super) use block_rows::BlockRows;
pub(super) use blocks::{Blocks, Irregular};
pub(super) use decoder::Decoder;
pub(super) use dialect::Dialect;
use lines::{Line, Lines};

use super::step::{Step, Stop};
use crate::error::{Finding, Place};
use crate::register::{Cells, Row};

/// How much of the beginning is looked at to tell what the file is.
const SAMPLE: usize = 1 << 16;

/// The rows of a delimited text, decoded and split.
#[derive(Debug)]
pub(super) struct Delimited<R> {
    lines: Lines<R>,
    decoder: Decoder,
    dialect: Dialect,
    number: u64,
    /// Reused for cells in quotation marks.
    cell: String,
}

impl<R: Read> Delimited<R> {
    /// Looks at the beginning of a text and tells how it is written.
    pub(super) fn open(mut input: R) -> Result<Self, Stop> {
        let mut sample = Vec::with_capacity(SAMPLE);
        (&mut input).take(SAMPLE as u64).read_to_end(&mut sample)?;
        let dialect = Dialect::of(&sample).map_err(Stop::Finding)?;
        sample.drain(..dialect.start);
        let lines = Lines::new(sample, input, dialect.delimiter, dialect.terminator);
        Ok(Delimited { lines, decoder: Decoder::new(dialect.bom), dialect, number: 0, cell: String::new() })
    }

    /// What is left of the text, in blocks.
    pub(super) fn into_blocks(self) -> Blocks<R> {
        let (mut buffer, rest, input) = self.lines.into_rest();
        buffer.truncate(rest.end);
        buffer.drain(..rest.start);
        Blocks::new(buffer, input, self.dialect, self.decoder, self.number)
    }

    pub(super) fn dialect(&self) -> &Dialect {
        &self.dialect
    }

    pub(super) fn decoder(&self) -> &Decoder {
        &self.decoder
    }

    /// How many bytes of the text have been read.
    pub(super) fn bytes_read(&self) -> u64 {
        self.dialect.start as u64 + self.lines.bytes_taken()
    }

    /// The next row, blank ones included.
    pub(super) fn next(&mut self, row: &mut Row) -> Result<Step, Stop> {
        row.cells.clear();
        self.number += 1;
        row.number = self.number;
        let line = self.lines.next()?;
        let quoted = match line {
            Line::End => return Ok(Step::End),
            Line::Plain => false,
            Line::Quoted => true,
            Line::Unclosed => return Err(unclosed(self.number).into()),
            Line::TooLong => return Err(too_long(self.number).into()),
        };
        let text = match self.decoder.decode(self.lines.line()) {
            Ok(text) => text,
            Err(fault) => return Ok(Step::Faulty(fault)),
        };
        if quoted {
            split_quoted(text, self.dialect.delimiter, &mut self.cell, &mut row.cells);
        } else {
            row.cells.push_line(text, self.dialect.delimiter);
        }
        Ok(Step::Row)
    }
}

/// Splits a row in which there are quotation marks.
///
/// A cell that begins with one ends with the next that is not doubled; what follows up to the delimiter belongs to the cell
/// as it stands. Elsewhere a quotation mark is a character like any other.
fn split_quoted(text: &str, delimiter: u8, cell: &mut String, cells: &mut Cells) {
    let mut rest = text;
    loop {
        cell.clear();
        if let Some(inner) = rest.strip_prefix('"') {
            rest = take_quoted(inner, cell);
        }
        let end = rest.find(char::from(delimiter));
        cell.push_str(&rest[..end.unwrap_or(rest.len())]);
        match text_formula(cell) {
            Some(shown) => cells.push(&shown),
            None => cells.push(cell),
        }
        match end {
            Some(end) => rest = &rest[end + 1..],
            None => return,
        }
    }
}

/// Moves a cell's text up to its closing quotation mark; what follows it is returned.
fn take_quoted<'a>(mut text: &'a str, cell: &mut String) -> &'a str {
    while let Some(at) = text.find('"') {
        cell.push_str(&text[..at]);
        text = &text[at + 1..];
        match text.strip_prefix('"') {
            Some(after) => {
                cell.push('"');
                text = after;
            }
            None => return text,
        }
    }
    cell.push_str(text);
    ""
}

/// What Excel shows for `="0751"`, the way in which programs keep it from changing a text.
fn text_formula(cell: &str) -> Option<String> {
    let inner = cell.strip_prefix("=\"")?.strip_suffix('"')?;
    let single = inner.replace("\"\"", "");
    (!single.contains('"')).then(|| inner.replace("\"\"", "\""))
}

fn unclosed(row: u64) -> Finding {
    Finding::error("quote_not_closed", "a quotation mark opens a cell and is never closed")
        .at(Place::default().row(row))
        .because("everything after it would be read as one text")
        .remedy("close the quotation mark, or export again as a workbook")
}

fn too_long(row: u64) -> Finding {
    Finding::error("row_endless", format!("a row is longer than {} kB", lines::LONGEST_ROW >> 10))
        .at(Place::default().row(row))
        .remedy("check that the file is a table with one row for each course")
}

#[cfg(test)]
mod tests;
