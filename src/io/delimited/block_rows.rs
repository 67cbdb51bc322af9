//! The rows of one block after the other, read by one of several threads.

use std::io::{self, Read};

use super::Delimited;
use super::blocks::{Blocks, Irregular};
use super::lines::{LONGEST_ROW, Lines};
use crate::io::step::{Step, Stop};
use crate::register::Row;

/// The rows of the block that a thread is working on.
#[derive(Debug)]
pub(in crate::io) enum BlockRows {
    /// A block of one text in UTF-8 without a quotation mark, as most are.
    Plain(PlainRows),
    /// Any other.
    Delimited(Box<Delimited<io::Empty>>),
}

#[derive(Debug, Default)]
pub(in crate::io) struct PlainRows {
    /// Where the next row begins in the block, which the row itself holds.
    at: usize,
    number: u64,
    delimiter: u8,
    terminator: u8,
}

impl BlockRows {
    /// No rows yet.
    pub(in crate::io) fn none() -> Self {
        BlockRows::Plain(PlainRows::default())
    }

    /// Goes on to the next block; false at the end. The row is the one that is read into from then on.
    pub(in crate::io) fn advance<R: Read>(
        &mut self,
        blocks: &mut Blocks<R>,
        row: &mut Row,
    ) -> Result<bool, Irregular> {
        let mut block = std::mem::replace(self, BlockRows::none()).into_buffer(row);
        let Some(start) = blocks.next(&mut block)? else { return Ok(false) };
        let dialect = *blocks.dialect();
        let (delimiter, terminator) = (dialect.delimiter, dialect.terminator);
        let is_plain = block.len() < LONGEST_ROW
            && memchr::memchr(b'"', &block).is_none()
            && (start.decoder.is_utf8() || block.is_ascii());
        let lines = |block| Lines::new(block, io::empty(), delimiter, terminator);
        let delimited = |block| {
            let (lines, decoder, number) = (lines(block), start.decoder.clone(), start.rows);
            BlockRows::Delimited(Box::new(Delimited { lines, decoder, dialect, number, cell: String::new() }))
        };
        *self = match is_plain.then(|| String::from_utf8(std::mem::take(&mut block))) {
            Some(Ok(text)) => {
                row.cells.hold(text);
                BlockRows::Plain(PlainRows { at: 0, number: start.rows, delimiter, terminator })
            }
            Some(Err(error)) => delimited(error.into_bytes()),
            None => delimited(block),
        };
        Ok(true)
    }

    /// The next row of the block.
    pub(in crate::io) fn next(&mut self, row: &mut Row) -> Result<Step, Stop> {
        match self {
            BlockRows::Plain(rows) => Ok(rows.next(row)),
            BlockRows::Delimited(text) => text.next(row),
        }
    }

    fn into_buffer(self, row: &mut Row) -> Vec<u8> {
        match self {
            BlockRows::Plain(_) => row.cells.hold(String::new()).into_bytes(),
            BlockRows::Delimited(text) => text.lines.into_rest().0,
        }
    }
}

impl PlainRows {
    fn next(&mut self, row: &mut Row) -> Step {
        let Some(next) = row.cells.read_line(self.at, self.delimiter, self.terminator) else {
            return Step::End;
        };
        self.at = next;
        self.number += 1;
        row.number = self.number;
        Step::Row
    }
}
