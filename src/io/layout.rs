//! How a file is written, as far as it was found out.

use std::fmt;

/// The encoding of a text as far as its rows have shown it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TextEncoding {
    /// Nothing but ASCII so far.
    Ascii,
    /// UTF-8, with or without a byte order mark.
    Utf8,
    /// Windows-1252, as older Danish programs write.
    Windows1252,
}

/// What was found out about how the file is written; its text is for people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Layout {
    /// Delimited text.
    Delimited {
        /// The encoding so far.
        encoding: TextEncoding,
        /// What separates the cells.
        delimiter: char,
    },
    /// An Excel workbook.
    Workbook {
        /// The sheet that is read.
        sheet: String,
        /// Whether days are counted from 1904.
        dates_from_1904: bool,
    },
    /// A Stata file.
    Stata {
        /// The number of the file format, such as 118.
        format: String,
    },
}

impl fmt::Display for Layout {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Layout::Delimited { encoding, delimiter: '\t' } => {
                write!(f, "text, {encoding}, cells separated by tabs")
            }
            Layout::Delimited { encoding, delimiter } => {
                write!(f, "text, {encoding}, cells separated by `{delimiter}`")
            }
            Layout::Workbook { sheet, dates_from_1904: false } => {
                write!(f, "Excel workbook, sheet `{sheet}`")
            }
            Layout::Workbook { sheet, .. } => {
                write!(f, "Excel workbook, sheet `{sheet}`, days counted from 1904")
            }
            Layout::Stata { format } => write!(f, "Stata file, format {format}"),
        }
    }
}

impl fmt::Display for TextEncoding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            TextEncoding::Ascii => "ASCII",
            TextEncoding::Utf8 => "UTF-8",
            TextEncoding::Windows1252 => "Windows-1252",
        })
    }
}
