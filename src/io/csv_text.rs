//! CSV that goes out: for people who open it in Danish Excel, or for programs.
//!
//! Danish Excel opens a file rightly when it is UTF-8 with a byte order mark, with `;` between cells. It still changes
//! cells that look like something else: `0751` loses its zero, `1E5` becomes 100000, `3-4` a date, and a text that begins
//! with `=`, `+`, `-` or `@` is run as a formula. Such cells are written as the formula `="0751"`, which Excel shows as the text; the
//! reader of this crate takes it back.

use crate::register::decimal::{Decimal, DecimalMark};

/// For whom the text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum CsvStyle {
    /// For Danish Excel: byte order mark, `;`, CRLF, protected cells. Numbers must come with a decimal comma.
    DanishExcel,
    /// For programs: `,`, LF, no mark, cells as they are.
    Plain,
}

/// A CSV text in the making.
#[derive(Debug)]
pub struct CsvText {
    style: CsvStyle,
    writer: csv::Writer<Vec<u8>>,
}

impl CsvText {
    /// An empty text.
    pub fn new(style: CsvStyle) -> Self {
        let (start, delimiter, terminator) = match style {
            CsvStyle::DanishExcel => (b"\xEF\xBB\xBF".to_vec(), b';', csv::Terminator::CRLF),
            CsvStyle::Plain => (Vec::new(), b',', csv::Terminator::Any(b'\n')),
        };
        let mut builder = csv::WriterBuilder::new();
        builder.delimiter(delimiter).terminator(terminator).flexible(true);
        CsvText { style, writer: builder.from_writer(start) }
    }

    /// Adds a row.
    pub fn row<'a>(&mut self, cells: impl IntoIterator<Item = &'a str>) {
        let style = self.style;
        let cells = cells.into_iter().map(|cell| match style {
            CsvStyle::DanishExcel if excel_changes(cell) => protected(cell).into(),
            _ => std::borrow::Cow::Borrowed(cell),
        });
        let cells: csv::ByteRecord = cells.map(|cell| cell.as_bytes().to_vec()).collect();
        // Memory is the only sink, and rows may differ in length: this cannot fail.
        let _ = self.writer.write_byte_record(&cells);
    }

    /// The finished text.
    pub fn finish(self) -> Vec<u8> {
        // As above: there is nothing that could fail to be flushed.
        self.writer.into_inner().unwrap_or_default()
    }
}

/// Whether Excel would show something else than this text.
fn excel_changes(cell: &str) -> bool {
    let trimmed = cell.trim_matches(' ');
    let number = Decimal::read(trimmed, DecimalMark::Comma).is_ok();
    let runs = cell.starts_with(['=', '@', '\t', '\r', '+']) || (cell.starts_with('-') && !number);
    runs || loses_zero(trimmed)
        || is_exponential(trimmed)
        || is_long_number(trimmed)
        || looks_like_a_date(trimmed)
}

/// `0751`, but not `0` and not `0,5`.
fn loses_zero(cell: &str) -> bool {
    cell.len() > 1 && cell.starts_with('0') && cell.bytes().all(|byte| byte.is_ascii_digit())
}

/// `1E5`, `66E12`, `1,5e+3`.
fn is_exponential(cell: &str) -> bool {
    cell.split_once(['e', 'E']).is_some_and(|(mantissa, exponent)| {
        let exponent = exponent.strip_prefix(['+', '-']).unwrap_or(exponent);
        let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        digits(exponent) && digits(&mantissa.replace(['.', ','], ""))
    })
}

/// Excel shows eleven digits and keeps fifteen.
fn is_long_number(cell: &str) -> bool {
    cell.len() > 11 && cell.bytes().all(|byte| byte.is_ascii_digit())
}

/// `3-4`, `1.5`, `12/3`: two or three short numbers. A whole date as `2021-03-05` may become one, and is left alone.
fn looks_like_a_date(cell: &str) -> bool {
    let parts: Vec<&str> = cell.split(['-', '/', '.']).collect();
    let short = parts
        .iter()
        .all(|part| matches!(part.len(), 1..=2) && part.bytes().all(|byte| byte.is_ascii_digit()));
    matches!(parts.len(), 2..=3) && short
}

/// As a formula that gives the text; a text too long for one gets an apostrophe, which keeps it from being run.
fn protected(cell: &str) -> String {
    const LONGEST_FORMULA_TEXT: usize = 255;
    if cell.encode_utf16().count() > LONGEST_FORMULA_TEXT || cell.contains(['\r', '\n']) {
        format!("'{cell}")
    } else {
        format!("=\"{}\"", cell.replace('"', "\"\""))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn danish(cells: &[&str]) -> String {
        let mut text = CsvText::new(CsvStyle::DanishExcel);
        text.row(cells.iter().copied());
        String::from_utf8(text.finish()).unwrap()
    }

    #[test]
    fn a_text_for_danish_excel_has_a_mark_semicolons_and_crlf() {
        assert_eq!(
            danish(&["HKM-0001K", "Ringkøbing-Skjern", "a;b", "x\"y", "1,5", ""]),
            "\u{feff}HKM-0001K;Ringkøbing-Skjern;\"a;b\";\"x\"\"y\";1,5;\r\n"
        );
    }

    #[test]
    fn a_text_for_programs_is_plain() {
        let mut text = CsvText::new(CsvStyle::Plain);
        text.row(["municipality", "n"]);
        text.row(["0751", "=1+1"]);
        text.row(["Ringkøbing, Skjern", ""]);
        assert_eq!(text.finish(), "municipality,n\n0751,=1+1\n\"Ringkøbing, Skjern\",\n".as_bytes());
    }

    #[test]
    fn cells_that_excel_would_change_are_protected() {
        let changed = [
            "0751",
            "00",
            "1E5",
            "66e12",
            "1,5E+3",
            "123456789012",
            "3-4",
            "1.5",
            "12/3",
            "1-2-21",
            "=1+1",
            "+45 12",
            "-x",
            "@x",
            "\tx",
        ];
        for cell in changed {
            assert!(excel_changes(cell), "{cell}");
        }
        let kept = [
            "020380-0000",
            "751",
            "6620",
            "0",
            "0,5",
            "-3,5",
            "-3",
            "2021-03-05",
            "05-03-2021",
            "Aarhus",
            "DI219",
            "E11",
            "1E",
            "",
            "12345678901",
            "HKM-0001K",
        ];
        for cell in kept {
            assert!(!excel_changes(cell), "{cell}");
        }
    }

    #[test]
    fn a_protected_cell_is_a_formula_that_gives_its_text() {
        assert_eq!(danish(&["0751"]), "\u{feff}\"=\"\"0751\"\"\"\r\n");
        assert_eq!(danish(&["=HYPERLINK(\"x\")"]), "\u{feff}\"=\"\"=HYPERLINK(\"\"\"\"x\"\"\"\")\"\"\"\r\n");
        assert_eq!(protected(&format!("={}", "x".repeat(255))), format!("'={}", "x".repeat(255)));
    }
}
