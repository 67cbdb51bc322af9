//! A table as a spreadsheet opens it and saves it again.

use crate::error::{Error, Finding, Result};

/// A header and rows of text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Sheet {
    pub(super) header: Vec<String>,
    pub(super) rows: Vec<Vec<String>>,
}

/// How a table is saved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Saved {
    /// UTF-8 with its mark.
    Utf8,
    /// The older encoding, one byte a letter.
    Windows1252,
}

impl Sheet {
    /// Reads CSV with semicolons, in UTF-8 with or without its mark.
    pub(super) fn read(bytes: &[u8]) -> Result<Self> {
        let text = std::str::from_utf8(bytes).map_err(|_| not_a_table())?;
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let mut reader =
            csv::ReaderBuilder::new().delimiter(b';').has_headers(false).from_reader(text.as_bytes());
        let rows: std::result::Result<Vec<_>, csv::Error> = reader.records().collect();
        let mut rows =
            rows.map_err(|_| not_a_table())?.into_iter().map(|row| row.iter().map(shown).collect());
        Ok(Sheet { header: rows.next().unwrap_or_default(), rows: rows.collect() })
    }

    /// The place of the first column with one of these headers.
    pub(super) fn column(&self, names: &[&str]) -> Result<usize> {
        let found = self.header.iter().position(|name| names.contains(&name.trim()));
        found.ok_or_else(|| missing(names.first().copied().unwrap_or_default()))
    }

    /// As CSV with semicolons and CRLF.
    pub(super) fn write(&self, saved: Saved) -> Vec<u8> {
        let mut builder = csv::WriterBuilder::new();
        builder.delimiter(b';').terminator(csv::Terminator::CRLF).flexible(true);
        let mut writer = builder.from_writer(Vec::new());
        for row in std::iter::once(&self.header).chain(&self.rows) {
            // Memory is the only sink, and rows may differ in length: this cannot fail.
            let _ = writer.write_record(row);
        }
        let text = String::from_utf8(writer.into_inner().unwrap_or_default()).unwrap_or_default();
        match saved {
            Saved::Utf8 => format!("\u{feff}{text}").into_bytes(),
            Saved::Windows1252 => encoding_rs::WINDOWS_1252.encode(&text).0.into_owned(),
        }
    }
}

/// The text that a spreadsheet shows of the formula `="0751"`.
fn shown(cell: &str) -> String {
    let text = cell.strip_prefix("=\"").and_then(|rest| rest.strip_suffix('"'));
    text.map_or_else(|| cell.to_owned(), |text| text.replace("\"\"", "\""))
}

fn not_a_table() -> Error {
    Finding::error("not_a_table", "this is no table with semicolons in UTF-8, as `hkm forms` writes it")
        .into()
}

fn missing(name: &str) -> Error {
    Finding::error("missing_column", format!("the table has no column `{name}`"))
        .remedy("fill the files that `hkm forms` and `hkm adjudicate` wrote")
        .into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_is_read_back_as_it_was_saved() {
        let sheet = Sheet {
            header: ["id", "bemærkning"].map(str::to_owned).to_vec(),
            rows: vec![["1", "en; \"to\"\nlinjer"].map(str::to_owned).to_vec()],
        };
        assert_eq!(Sheet::read(&sheet.write(Saved::Utf8)).unwrap(), sheet);
        assert!(sheet.write(Saved::Windows1252).contains(&0xE6));
    }

    #[test]
    fn a_protected_cell_is_read_as_a_spreadsheet_shows_it() {
        assert_eq!(Sheet::read(b"a;\"=\"\"0751\"\"\"\r\n").unwrap().header, ["a", "0751"]);
    }
}
