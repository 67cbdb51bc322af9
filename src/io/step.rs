//! What reading one more row of an extract comes to.

use std::io;

use super::row_faults::RowFault;
use crate::error::Finding;

/// What reading a row came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Step {
    /// A row.
    Row,
    /// A row that cannot be read; its number stands in the row.
    Faulty(RowFault),
    /// The end of the file.
    End,
}

/// Why nothing after this can be read.
#[derive(Debug)]
pub(super) enum Stop {
    /// The file is not what it should be.
    Finding(Box<Finding>),
    /// The operating system refused.
    Io(io::Error),
}

impl From<Finding> for Stop {
    fn from(finding: Finding) -> Self {
        Stop::Finding(Box::new(finding))
    }
}

impl From<io::Error> for Stop {
    fn from(error: io::Error) -> Self {
        Stop::Io(error)
    }
}
