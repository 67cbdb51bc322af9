//! How a text is written: its byte order mark, the separator of cells, the end of rows. And what is no text at all.

use super::lines::Quotes;
use crate::error::Finding;

/// The separators that are looked for, the most usual in Denmark first.
const DELIMITERS: [u8; 3] = [b';', b'\t', b','];

/// How many rows of the beginning are compared.
const ROWS: usize = 50;

const UTF8_BOM: &[u8] = b"\xEF\xBB\xBF";

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::io) struct Dialect {
    /// Whether the text begins with the UTF-8 byte order mark.
    pub(super) bom: bool,
    /// Where the first row begins, in bytes: after the mark and after Excel's line `sep=;`.
    pub(super) start: usize,
    pub(in crate::io) delimiter: u8,
    /// Line feed, or carriage return in files of old Macintosh programs.
    pub(super) terminator: u8,
}

impl Dialect {
    /// Tells it from the beginning of the file, or why the file is no delimited text.
    pub(super) fn of(sample: &[u8]) -> Result<Dialect, Box<Finding>> {
        let bom = sample.starts_with(UTF8_BOM);
        let start = if bom { UTF8_BOM.len() } else { 0 };
        let text = &sample[start..];
        if let Some(finding) = no_text(text) {
            return Err(finding.into());
        }
        let terminator = if text.contains(&b'\r') && !text.contains(&b'\n') { b'\r' } else { b'\n' };
        let named = separator_line(text, terminator);
        let start = start + named.map_or(0, |(_, length)| length);
        let delimiter =
            named.map_or_else(|| likeliest(&sample[start..], terminator), |(delimiter, _)| delimiter);
        Ok(Dialect { bom, start, delimiter, terminator })
    }
}

/// The delimiter that Excel's first line `sep=;` names, and the length of that line.
fn separator_line(text: &[u8], terminator: u8) -> Option<(u8, usize)> {
    let end = text.iter().position(|&byte| byte == terminator)?;
    let line = text[..end].strip_suffix(b"\r").unwrap_or(&text[..end]);
    let line = line.strip_prefix(b"\"").and_then(|line| line.strip_suffix(b"\"")).unwrap_or(line);
    match line.strip_prefix(b"sep=").or_else(|| line.strip_prefix(b"SEP="))? {
        &[delimiter] if delimiter.is_ascii_punctuation() && delimiter != b'"' || delimiter == b'\t' => {
            Some((delimiter, end + 1))
        }
        _ => None,
    }
}

/// The delimiter that cuts most rows into as many cells as the header, and the header into most cells.
fn likeliest(text: &[u8], terminator: u8) -> u8 {
    let fit = |delimiter: u8| {
        let cells = cells_by_row(text, delimiter, terminator);
        let header = cells.first().copied().unwrap_or(1);
        let alike = cells.iter().filter(|&&cells| cells == header).count();
        (header > 1, alike, header)
    };
    // The last of equals wins, so the usual ones stand last here.
    DELIMITERS.into_iter().rev().max_by_key(|&delimiter| fit(delimiter)).unwrap_or(b';')
}

/// How many cells the first rows have if this is the delimiter; an unfinished last row is left out.
fn cells_by_row(text: &[u8], delimiter: u8, terminator: u8) -> Vec<usize> {
    let (mut rows, mut cells, mut empty) = (Vec::new(), 1, true);
    let mut quotes = Quotes::default();
    for &byte in text {
        if byte == terminator && !quotes.open {
            if !empty {
                rows.push(cells);
            }
            (cells, empty, quotes) = (1, true, Quotes::default());
            if rows.len() == ROWS {
                break;
            }
            continue;
        }
        cells += usize::from(quotes.delimits(byte, delimiter));
        empty &= byte == b'\r';
    }
    if rows.is_empty() { vec![cells] } else { rows }
}

/// Why these first bytes are no delimited text.
fn no_text(text: &[u8]) -> Option<Finding> {
    let trimmed = text.trim_ascii_start();
    if trimmed.is_empty() {
        return Some(refused("file_empty", "the file is empty", "export the register again"));
    }
    if text.starts_with(b"\xFF\xFE") || text.starts_with(b"\xFE\xFF") || looks_utf16(text) {
        let remedy = "save it again as `CSV UTF-8`";
        return Some(refused("encoding_utf16", "the text is UTF-16, expected UTF-8 or Windows-1252", remedy));
    }
    let known: [(&[u8], &str, &str); 5] = [
        (b"PK\x03\x04", "a workbook", "give it the name ending `.xlsx`"),
        (b"\xD0\xCF\x11\xE0", "an old Excel workbook", "open it in Excel and save it as `.xlsx`"),
        (b"<stata_dta>", "a Stata file", "give it the name ending `.dta`"),
        (b"<", "a web page or XML", "open it in Excel and save it as `.xlsx`"),
        (b"%PDF", "a PDF", "export the register as CSV or as a workbook"),
    ];
    let found = known.iter().find(|(magic, ..)| trimmed.starts_with(magic));
    let binary = text.contains(&0).then_some(("no text", "export the register as CSV or as a workbook"));
    let (what, remedy) = found.map(|&(_, what, remedy)| (what, remedy)).or(binary)?;
    Some(refused("file_not_text", &format!("the file is {what}, expected rows of text"), remedy))
}

fn refused(code: &'static str, what: &str, remedy: &str) -> Finding {
    Finding::error(code, what).remedy(remedy)
}

/// Western text in UTF-16 without a mark: every second byte is zero.
fn looks_utf16(text: &[u8]) -> bool {
    let zeros = |from: usize| text.iter().skip(from).step_by(2).filter(|&&byte| byte == 0).count();
    let (even, odd) = (zeros(0), zeros(1));
    even.max(odd) * 3 > text.len() && even.min(odd) * 20 < text.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn delimiter(text: &str) -> char {
        char::from(Dialect::of(text.as_bytes()).unwrap().delimiter)
    }

    #[test]
    fn the_delimiter_is_the_one_that_cuts_the_rows_alike() {
        assert_eq!(delimiter("a;b;c\n1,5;2;3\n"), ';');
        assert_eq!(delimiter("a,b,c\n1;2,2,3\n4,5,6\n"), ',');
        assert_eq!(delimiter("a\tb\n1,5\t2;5\n"), '\t');
        assert_eq!(delimiter("navn, efternavn;kommune\nx;y\n"), ';');
        assert_eq!(delimiter("\"a;b;c\",d\n\"1;2;3\",4\n"), ',');
        assert_eq!(delimiter("a;b"), ';');
        assert_eq!(delimiter("a\n1\n"), ';');
    }

    #[test]
    fn the_line_of_excel_that_names_the_delimiter_is_not_a_row() {
        let dialect = Dialect::of(b"\xEF\xBB\xBFsep=|\r\na|b;c;d\r\n").unwrap();
        assert_eq!(dialect, Dialect { bom: true, start: 10, delimiter: b'|', terminator: b'\n' });
        assert_eq!(delimiter("sep=ærlig;b\n1;2\n"), ';');
    }

    #[test]
    fn rows_of_old_macintosh_programs_end_with_a_carriage_return() {
        assert_eq!(Dialect::of(b"a,b\r1,2\r").unwrap().terminator, b'\r');
        assert_eq!(Dialect::of(b"a,b\r\n1,2\r\n").unwrap().terminator, b'\n');
    }

    #[test]
    fn what_is_no_delimited_text_is_refused_with_a_remedy() {
        let utf16: Vec<u8> = "cpr;kommune\r\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
        let files: [&[u8]; 9] = [
            b"",
            b"\xEF\xBB\xBF\r\n",
            b"\xFF\xFEc\0p\0r\0",
            &utf16,
            b"PK\x03\x04rest",
            b"\xD0\xCF\x11\xE0rest",
            b"<stata_dta><header>",
            b"\n<html><table>",
            b"cpr;kommune\n1;\0\n",
        ];
        let told: Vec<String> = files.iter().map(|file| Dialect::of(file).unwrap_err().to_string()).collect();
        insta::assert_snapshot!(told.join("\n"), @"
        error: the file is empty

        help: export the register again
        error: the file is empty

        help: export the register again
        error: the text is UTF-16, expected UTF-8 or Windows-1252

        help: save it again as `CSV UTF-8`
        error: the text is UTF-16, expected UTF-8 or Windows-1252

        help: save it again as `CSV UTF-8`
        error: the file is a workbook, expected rows of text

        help: give it the name ending `.xlsx`
        error: the file is an old Excel workbook, expected rows of text

        help: open it in Excel and save it as `.xlsx`
        error: the file is a Stata file, expected rows of text

        help: give it the name ending `.dta`
        error: the file is a web page or XML, expected rows of text

        help: open it in Excel and save it as `.xlsx`
        error: the file is no text, expected rows of text

        help: export the register as CSV or as a workbook
        ");
    }
}
