//! The formats that are read, behind one face.

use std::fs::File;
use std::path::Path;

use super::cannot_run;
use super::delimited::{Decoder, Delimited, Dialect};
use super::extract::ReadOptions;
use super::layout::{Layout, TextEncoding};
use super::stata::Stata;
use super::step::{Step, Stop};
use super::workbook::Workbook;
use crate::error::{Error, Finding, Place, Result};
use crate::register::Row;

pub(super) enum Source {
    Delimited(Delimited<File>),
    Workbook(Workbook),
    Stata(Box<Stata>),
}

impl Source {
    /// Opens a file by the ending of its name.
    pub(super) fn open(path: &Path, file: File, options: &ReadOptions) -> Result<Source> {
        let ending = path.extension().map(|ending| ending.to_string_lossy().to_ascii_lowercase());
        let source = match ending.as_deref() {
            Some("csv" | "txt" | "tsv") => Delimited::open(file).map(Source::Delimited),
            Some("xlsx" | "xlsm") => Workbook::open(file, options.sheet.as_deref()).map(Source::Workbook),
            Some("dta") => Stata::open(file).map(|stata| Source::Stata(Box::new(stata))),
            other => return Err(unknown_ending(path, other)),
        };
        source.map_err(|stop| match stop {
            Stop::Finding(finding) => finding.at(Place::file(path.display().to_string())).into(),
            Stop::Io(error) => cannot_run::read(path, &error),
        })
    }

    pub(super) fn next(&mut self, row: &mut Row) -> Result<Step, Stop> {
        match self {
            Source::Delimited(text) => text.next(row),
            Source::Workbook(book) => book.next(row),
            Source::Stata(stata) => stata.next(row),
        }
    }

    pub(super) fn layout(&self) -> Layout {
        match self {
            Source::Delimited(text) => delimited_layout(text.dialect(), text.decoder()),
            Source::Workbook(book) => {
                Layout::Workbook { sheet: book.sheet().to_owned(), dates_from_1904: book.dates_from_1904() }
            }
            Source::Stata(stata) => Layout::Stata { format: stata.format() },
        }
    }

    /// How far the reading of a file of so many bytes has come, from 0 to 1, if that can be told.
    pub(super) fn progress(&self, bytes: u64) -> Option<f64> {
        match self {
            Source::Delimited(text) => {
                (bytes > 0).then(|| (text.bytes_read() as f64 / bytes as f64).min(1.0))
            }
            Source::Workbook(book) => book.progress(),
            Source::Stata(stata) => stata.progress(),
        }
    }

    /// Warnings and notes that only this format has.
    pub(super) fn notices(&self) -> Vec<Finding> {
        match self {
            Source::Delimited(_) => Vec::new(),
            Source::Workbook(book) => book.notices(),
            Source::Stata(stata) => stata.notices(),
        }
    }
}

pub(super) fn delimited_layout(dialect: &Dialect, decoder: &Decoder) -> Layout {
    let encoding = match decoder {
        decoder if decoder.is_utf8() => TextEncoding::Utf8,
        decoder if decoder.is_windows_1252() => TextEncoding::Windows1252,
        _ => TextEncoding::Ascii,
    };
    Layout::Delimited { encoding, delimiter: char::from(dialect.delimiter) }
}

fn unknown_ending(path: &Path, ending: Option<&str>) -> Error {
    let what = match ending {
        Some(ending) => format!("files ending in `.{ending}` are not read"),
        None => "the file's name has no ending".to_owned(),
    };
    let remedy = match ending {
        Some("xls" | "xlsb" | "ods") => "open it in Excel or LibreOffice and save it as `.xlsx`",
        Some("sav" | "sas7bdat" | "rds" | "rdata" | "parquet") => {
            "export it from its program as `.csv` or, with haven or pandas, as `.dta`"
        }
        _ => {
            "give the file the ending of its format: .csv, .txt or .tsv for text, .xlsx for Excel, .dta for Stata"
        }
    };
    let finding = Finding::error(
        "file_ending_unknown",
        format!("{what}, expected .csv, .txt, .tsv, .xlsx, .xlsm or .dta"),
    );
    Error::cannot_run(finding.at(Place::file(path.display().to_string())).remedy(remedy))
}
