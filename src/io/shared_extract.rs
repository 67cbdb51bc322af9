//! A register extract that several threads read at the same time, a block of rows each.

use std::fmt;
use std::fs::File;
use std::sync::{Mutex, PoisonError};

use super::delimited::{BlockRows, Blocks, Irregular};
use super::extract::{blank_rows, fit};
use super::layout::Layout;
use super::source::delimited_layout;
use super::step::Step;
use crate::error::{Finding, Place, Rows};
use crate::register::Row;

/// The rows of a delimited text, in blocks. Each thread has a [`SharedRows`] of its own.
///
/// Rows come in no order, but each with its number. A text with anything unreadable in it has to be read in one
/// piece by [`Extract`](super::Extract), which tells what is wrong.
pub struct SharedExtract {
    blocks: Mutex<Blocks<File>>,
    name: String,
    width: usize,
    notices: Vec<Finding>,
}

/// One thread's part of the rows.
pub struct SharedRows<'e> {
    extract: &'e SharedExtract,
    rows: BlockRows,
    row: Row,
    blank: Rows,
}

/// The text has something in it that only the reading in one piece can tell of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotShareable;

impl From<Irregular> for NotShareable {
    fn from(_: Irregular) -> Self {
        NotShareable
    }
}

impl SharedExtract {
    pub(super) fn new(blocks: Blocks<File>, name: String, width: usize, notices: Vec<Finding>) -> Self {
        SharedExtract { blocks: Mutex::new(blocks), name, width, notices }
    }

    /// The rows for one thread.
    pub fn rows(&self) -> SharedRows<'_> {
        SharedRows { extract: self, rows: BlockRows::none(), row: Row::default(), blank: Rows::none() }
    }

    /// What was found out about how the file is written, as far as it has been read.
    pub fn layout(&self) -> Layout {
        let blocks = self.blocks();
        delimited_layout(blocks.dialect(), blocks.decoder())
    }

    /// Warnings and notes about the file, given the blank rows of all threads.
    pub fn notices(&self, blank: &Rows) -> Vec<Finding> {
        let blank = (blank.total() > 0).then(|| blank_rows(blank, Place::file(&self.name)));
        self.notices.iter().cloned().chain(blank).collect()
    }

    fn blocks(&self) -> std::sync::MutexGuard<'_, Blocks<File>> {
        // A thread that panicked takes the whole command with it; the others may end in peace.
        self.blocks.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl SharedRows<'_> {
    /// The next row that is not blank; `None` at the end.
    ///
    /// # Errors
    /// When the text cannot be read in this way.
    pub fn next_row(&mut self) -> Result<Option<&Row>, NotShareable> {
        loop {
            match self.rows.next(&mut self.row) {
                Ok(Step::Row) if self.row.cells.is_blank() => self.blank.add(self.row.number),
                Ok(Step::Row) => break,
                Ok(Step::End) if self.rows.advance(&mut self.extract.blocks(), &mut self.row)? => {}
                Ok(Step::End) => return Ok(None),
                Ok(Step::Faulty(_)) | Err(_) => return Err(NotShareable),
            }
        }
        fit(&mut self.row, self.extract.width, false).map_err(|_| NotShareable)?;
        Ok(Some(&self.row))
    }

    /// How many rows all threads have taken, those included that they are still working on.
    pub fn taken_by_all(&self) -> u64 {
        self.extract.blocks().rows()
    }

    /// The blank rows that this thread has passed over.
    pub fn blank(&self) -> &Rows {
        &self.blank
    }
}

/// The file: what the buffers hold is nobody's business in a log.
impl fmt::Debug for SharedExtract {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SharedExtract of {} with {} columns", self.name, self.width)
    }
}

impl fmt::Debug for SharedRows<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SharedRows of {:?}", self.extract)
    }
}
