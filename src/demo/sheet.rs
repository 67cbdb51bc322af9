//! A table as a spreadsheet opens it and saves it again.

use std::path::Path;

use jiff::civil::Date;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, XlsxError};

use crate::error::{Error, Finding, Result};
use crate::io::{FormFile, STAMP_SHEET};
use crate::protocol::Language;
use crate::register::date::read_date;
use crate::review::{EntryRow, FormStamp, is_id_header};

/// A header and rows of text, and what the workbook says of itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Sheet {
    pub(super) header: Vec<String>,
    pub(super) rows: Vec<Vec<String>>,
    pub(super) stamp: Option<FormStamp>,
}

/// How a table is saved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Saved {
    /// As a workbook.
    Workbook,
    /// As text in the older encoding, one byte a letter, by somebody who was asked for a text file.
    Windows1252,
}

/// A form as its reviewers return it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Returned {
    /// The ending of its name: `xlsx` or `csv`.
    pub ending: &'static str,
    /// What is in it.
    pub bytes: Vec<u8>,
}

impl Sheet {
    /// Opens a form, a workbook or a text.
    pub(super) fn open(path: &Path) -> Result<Self> {
        let file = FormFile::open(path, is_id_header, Language::En)?;
        let header = file.table.header;
        let texts = |row: &EntryRow| (0..header.len()).map(|column| row.cell(column).text.clone()).collect();
        Ok(Sheet { rows: file.rows.iter().map(texts).collect(), header, stamp: file.stamp })
    }

    /// The place of the first column with one of these headers.
    pub(super) fn column(&self, names: &[&str]) -> Result<usize> {
        let found = self.header.iter().position(|name| names.contains(&name.trim()));
        found.ok_or_else(|| missing(names.first().copied().unwrap_or_default()))
    }

    /// Saves it.
    pub(super) fn save(&self, saved: Saved) -> Result<Returned> {
        let workbook = || {
            let fault = |fault: XlsxError| Finding::error("workbook_not_made", fault.to_string());
            self.workbook().map_err(|error| Error::from(fault(error)))
        };
        Ok(match saved {
            Saved::Workbook => Returned { ending: "xlsx", bytes: workbook()? },
            Saved::Windows1252 => Returned { ending: "csv", bytes: self.text() },
        })
    }

    /// As CSV with semicolons and CRLF, in the older encoding.
    pub(super) fn text(&self) -> Vec<u8> {
        let mut builder = csv::WriterBuilder::new();
        builder.delimiter(b';').terminator(csv::Terminator::CRLF).flexible(true);
        let mut writer = builder.from_writer(Vec::new());
        for row in std::iter::once(&self.header).chain(&self.rows) {
            // Memory is the only sink, and rows may differ in length: this cannot fail.
            let _ = writer.write_record(row);
        }
        let text = String::from_utf8(writer.into_inner().unwrap_or_default()).unwrap_or_default();
        encoding_rs::WINDOWS_1252.encode(&text).0.into_owned()
    }

    /// As a program saves it that keeps values and hidden sheets, and nothing of the looks.
    fn workbook(&self) -> std::result::Result<Vec<u8>, XlsxError> {
        let mut book = Workbook::new();
        let made = ExcelDateTime::from_ymd(2000, 1, 1)?;
        book.set_properties(&DocProperties::new().set_creation_datetime(&made));
        let (sheet, as_day) = (book.add_worksheet(), Format::new().set_num_format("dd-mm-yyyy"));
        for (number, row) in (0..).zip(std::iter::once(&self.header).chain(&self.rows)) {
            for (column, text) in (0..).zip(row) {
                match (typed_day(text), typed_number(text)) {
                    (Some(day), _) => sheet.write_datetime_with_format(number, column, day?, &as_day)?,
                    (None, Some(typed)) => sheet.write_number(number, column, typed)?,
                    (None, None) => sheet.write_string(number, column, text)?,
                };
            }
        }
        if let Some(stamp) = &self.stamp {
            let hidden = book.add_worksheet().set_name(STAMP_SHEET)?.set_hidden(true);
            for (row, (key, value)) in (0..).zip(stamp.lines()) {
                hidden.write_string(row, 0, key)?.write_string(row, 1, value)?;
            }
        }
        book.save_to_buffer()
    }
}

/// What a spreadsheet makes of a text that is typed as a day.
fn typed_day(text: &str) -> Option<std::result::Result<ExcelDateTime, XlsxError>> {
    let day: Date = read_date(text).ok()?;
    Some(ExcelDateTime::from_ymd(day.year() as u16, day.month() as u8, day.day() as u8))
}

/// What it makes of digits, with a decimal comma or without.
fn typed_number(text: &str) -> Option<f64> {
    let is_number = text.chars().all(|c| c.is_ascii_digit() || c == ',');
    if is_number { text.replace(',', ".").parse().ok() } else { None }
}

fn missing(name: &str) -> Error {
    Finding::error("missing_column", format!("the table has no column `{name}`"))
        .remedy("fill the files that `hkm forms` and `hkm adjudicate` wrote")
        .into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::review::{FormKind, Reading};

    fn text(cells: &[&str]) -> Vec<String> {
        cells.iter().map(|cell| (*cell).to_owned()).collect()
    }

    #[test]
    fn a_table_is_read_back_as_it_was_saved() {
        let [study, draw, codebook] = ["s", "d", "c"].map(str::to_owned);
        let stamp = FormStamp {
            kind: FormKind::Review(Reading::First),
            stratum: Some("751".to_owned()),
            study,
            draw,
            codebook,
        };
        let sheet = Sheet {
            header: text(&["studie_id", "dato", "bemærkning"]),
            rows: vec![text(&["HKM-0017U", "05-03-2024", "en; \"to\"\nlinjer"])],
            stamp: Some(stamp),
        };
        let folder = tempfile::tempdir().unwrap();
        let read_back = |saved| {
            let Returned { ending, bytes } = sheet.save(saved).unwrap();
            assert!(saved == Saved::Workbook || bytes.contains(&0xE6), "æ in one byte");
            let path = folder.path().join(format!("form.{ending}"));
            std::fs::write(&path, bytes).unwrap();
            Sheet::open(&path).unwrap()
        };
        assert_eq!(read_back(Saved::Windows1252), Sheet { stamp: None, ..sheet.clone() });
        let mut as_days = sheet.clone();
        as_days.rows[0][1] = "2024-03-05".to_owned();
        assert_eq!(read_back(Saved::Workbook), as_days, "a workbook knows days");
    }
}
