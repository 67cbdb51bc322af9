//! Register extracts as Excel workbooks (.xlsx, .xlsm), one row at a time.
//!
//! calamine's streaming reader borrows its workbook, so both live in a thread of their own, which sends rows through a short
//! channel: the memory holds the workbook's shared texts and a few batches of rows, never the sheet.

use std::fs::File;
use std::sync::mpsc::{Receiver, sync_channel};
use std::thread;

use calamine::XlsxError;

use super::step::{Step, Stop};
use crate::error::{Finding, ROWS_NAMED};
use crate::register::Row;

mod cell;
mod feed;

pub(super) use cell::{day as as_day, text as cell_text};

/// Rows in one message; a few messages wait in the channel.
const BATCH: usize = 256;

/// The rows of one sheet.
#[derive(Debug)]
pub(super) struct Workbook {
    messages: Receiver<Message>,
    opened: Opened,
    rows: std::vec::IntoIter<Row>,
    errors: Vec<ErrorCell>,
    rows_read: u64,
}

/// What is known once the sheet is open.
#[derive(Debug)]
struct Opened {
    sheet: String,
    /// The other sheets that can be seen.
    others: Vec<String>,
    dates_from_1904: bool,
    /// The number of the last row as the sheet declares it; 0 if it does not.
    last_row: u64,
}

/// A cell that shows an error, such as `#N/A` in `B17`.
#[derive(Debug, Clone, PartialEq, Eq)]
struct ErrorCell {
    text: String,
    cell: String,
}

#[derive(Debug)]
enum Message {
    Opened(Opened),
    Rows(Vec<Row>, Vec<ErrorCell>),
    Failed(Box<Finding>),
    End,
}

impl Workbook {
    /// Opens a sheet, the first one that can be seen unless another is named.
    pub(super) fn open(file: File, sheet: Option<&str>) -> Result<Self, Stop> {
        let (sender, messages) = sync_channel(4);
        let sheet = sheet.map(str::to_owned);
        thread::Builder::new()
            .name("workbook".into())
            .spawn(move || feed::run(file, sheet.as_deref(), &sender))?;
        match messages.recv() {
            Ok(Message::Opened(opened)) => Ok(Workbook {
                messages,
                opened,
                rows: Vec::new().into_iter(),
                errors: Vec::new(),
                rows_read: 0,
            }),
            Ok(Message::Failed(finding)) => Err(Stop::Finding(finding)),
            _ => Err(damaged().into()),
        }
    }

    pub(super) fn sheet(&self) -> &str {
        &self.opened.sheet
    }

    pub(super) fn dates_from_1904(&self) -> bool {
        self.opened.dates_from_1904
    }

    /// How far the reading has come, from 0 to 1, if the sheet tells how long it is.
    pub(super) fn progress(&self) -> Option<f64> {
        let last = self.opened.last_row;
        (last > 0).then(|| (self.rows_read as f64 / last as f64).min(1.0))
    }

    pub(super) fn next(&mut self, row: &mut Row) -> Result<Step, Stop> {
        loop {
            if let Some(next) = self.rows.next() {
                self.rows_read = next.number;
                *row = next;
                return Ok(Step::Row);
            }
            match self.messages.recv() {
                Ok(Message::Rows(rows, errors)) => {
                    self.rows = rows.into_iter();
                    self.errors.extend(errors);
                }
                Ok(Message::End) => return Ok(Step::End),
                Ok(Message::Failed(finding)) => return Err(Stop::Finding(finding)),
                Ok(Message::Opened(_)) | Err(_) => return Err(damaged().into()),
            }
        }
    }

    /// Other sheets that were not read, and cells that show an error.
    pub(super) fn notices(&self) -> Vec<Finding> {
        let mut texts: Vec<&str> = self.errors.iter().map(|error| error.text.as_str()).collect();
        texts.sort_unstable();
        texts.dedup();
        other_sheets(&self.opened)
            .into_iter()
            .chain(texts.into_iter().map(|text| self.error_cells(text)))
            .collect()
    }

    fn error_cells(&self, text: &str) -> Finding {
        let cells: Vec<&str> =
            self.errors.iter().filter(|error| error.text == text).map(|error| error.cell.as_str()).collect();
        let named = cells[..cells.len().min(ROWS_NAMED)].join(", ");
        let what = match cells.len() {
            1 => format!("cell {named} shows `{text}`"),
            all if all > ROWS_NAMED => {
                format!("{all} cells show `{text}`: {named} and {} more", all - ROWS_NAMED)
            }
            all => format!("{all} cells show `{text}`: {named}"),
        };
        Finding::warning("workbook_error_cell", what)
            .because("a formula failed; where the study needs the value, the row is an error")
            .remedy("correct the formula, or put the value in its place")
    }
}

fn quoted(names: &[impl AsRef<str>]) -> String {
    names.iter().map(|name| format!("`{}`", name.as_ref())).collect::<Vec<_>>().join(", ")
}

fn no_sheet(wanted: Option<&str>, seen: &[&str]) -> Finding {
    match wanted {
        Some(wanted) => Finding::error("sheet_not_found", format!("there is no sheet `{wanted}`"))
            .remedy(format!("name one of the sheets of the workbook: {}", quoted(seen))),
        None => Finding::error("sheet_not_found", "the workbook has no sheet that can be seen")
            .remedy("unhide the sheet with the register, or name it"),
    }
}

fn other_sheets(opened: &Opened) -> Option<Finding> {
    let what = format!("only the sheet `{}` is read, not {}", opened.sheet, quoted(&opened.others));
    let finding = Finding::note("workbook_other_sheets", what)
        .remedy("name the sheet in study.toml if it is another one");
    (!opened.others.is_empty()).then_some(finding)
}

pub(super) fn not_opened(error: &XlsxError) -> Finding {
    match error {
        XlsxError::Password => Finding::error("workbook_password", "the workbook is protected by a password")
            .remedy("save a copy without the password on the secured server"),
        XlsxError::Zip(_) => {
            Finding::error("workbook_not_a_workbook", "the file is not a workbook, expected .xlsx or .xlsm")
                .remedy("give the file the ending of its format, or save it again as `.xlsx`")
        }
        _ => damaged(),
    }
}

pub(super) fn damaged() -> Finding {
    Finding::error("workbook_damaged", "the workbook cannot be read to its end")
        .because("the file is damaged, or was written by a program that leaves the standard")
        .remedy("open it in Excel or LibreOffice and save it again as `.xlsx`")
}

#[cfg(test)]
mod tests;
