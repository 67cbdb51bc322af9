//! The rows of a text as bytes: a quoted cell may hold line breaks, so that a row is one line or several.

use std::io::{self, BufRead, Read};

/// The longest row that is read: an unclosed quotation mark must not swallow the file.
pub(super) const LONGEST_ROW: usize = 1 << 20;

/// What reading a row came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Line {
    /// Nothing is left.
    End,
    /// A row without quotation marks.
    Plain,
    /// A row with quotation marks.
    Quoted,
    /// The file or the longest row ended within quotation marks.
    Unclosed,
    /// Longer than [`LONGEST_ROW`].
    TooLong,
}

#[derive(Debug)]
pub(super) struct Lines<R> {
    input: R,
    delimiter: u8,
    terminator: u8,
    line: Vec<u8>,
    bytes_read: u64,
}

impl<R: BufRead> Lines<R> {
    pub(super) fn new(input: R, delimiter: u8, terminator: u8) -> Self {
        Lines { input, delimiter, terminator, line: Vec::new(), bytes_read: 0 }
    }

    /// The row that was read last, without its end.
    pub(super) fn line(&self) -> &[u8] {
        &self.line
    }

    pub(super) fn bytes_read(&self) -> u64 {
        self.bytes_read
    }

    pub(super) fn next(&mut self) -> io::Result<Line> {
        self.line.clear();
        let mut quotes = Quotes::default();
        loop {
            let from = self.line.len();
            if self.read_physical_line()? == 0 {
                return Ok(if from == 0 { Line::End } else { Line::Unclosed });
            }
            let plain = from == 0 && !self.line.contains(&b'"');
            quotes.scan(if plain { &[] } else { &self.line[from..] }, self.delimiter);
            if self.line.len() >= LONGEST_ROW {
                return Ok(if quotes.open { Line::Unclosed } else { Line::TooLong });
            }
            if !quotes.open {
                self.drop_line_end();
                return Ok(if plain { Line::Plain } else { Line::Quoted });
            }
        }
    }

    fn read_physical_line(&mut self) -> io::Result<usize> {
        let limit = (LONGEST_ROW - self.line.len()) as u64;
        let read = (&mut self.input).take(limit).read_until(self.terminator, &mut self.line)?;
        self.bytes_read += read as u64;
        Ok(read)
    }

    fn drop_line_end(&mut self) {
        if self.line.last() == Some(&self.terminator) {
            self.line.pop();
            if self.terminator == b'\n' && self.line.last() == Some(&b'\r') {
                self.line.pop();
            }
        }
    }
}

/// Whether a quotation mark is open, carried from line to line.
#[derive(Debug)]
pub(super) struct Quotes {
    pub(super) open: bool,
    /// The last byte was a quotation mark within a quoted cell: the end of it, or half of a doubled one.
    closing: bool,
    cell_starts: bool,
}

impl Default for Quotes {
    fn default() -> Self {
        Quotes { open: false, closing: false, cell_starts: true }
    }
}

impl Quotes {
    pub(super) fn scan(&mut self, bytes: &[u8], delimiter: u8) {
        bytes.iter().for_each(|&byte| {
            self.delimits(byte, delimiter);
        });
    }

    /// Takes one more byte; whether it is a delimiter that ends a cell.
    pub(super) fn delimits(&mut self, byte: u8, delimiter: u8) -> bool {
        let quote = byte == b'"';
        if self.open {
            (self.open, self.closing) = (!quote, quote);
            return false;
        }
        self.open = quote && (self.closing || self.cell_starts);
        self.closing = false;
        self.cell_starts = byte == delimiter;
        self.cell_starts
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(text: &str) -> Vec<(Line, String)> {
        let mut lines = Lines::new(text.as_bytes(), b';', b'\n');
        let mut rows = Vec::new();
        loop {
            let line = lines.next().unwrap();
            rows.push((line, String::from_utf8_lossy(lines.line()).into_owned()));
            if !matches!(line, Line::Plain | Line::Quoted) {
                return rows;
            }
        }
    }

    #[test]
    fn a_quoted_cell_may_hold_line_breaks() {
        let expected = [
            (Line::Plain, "a;b"),
            (Line::Quoted, "1;\"x\r\ny\n\"\"z\""),
            (Line::Plain, "2;3"),
            (Line::End, ""),
        ];
        let found = rows("a;b\r\n1;\"x\r\ny\n\"\"z\"\n2;3");
        assert_eq!(found, expected.map(|(line, text)| (line, text.to_owned())));
    }

    #[test]
    fn a_quotation_mark_within_a_cell_opens_nothing() {
        assert_eq!(rows("5\" bred;1\n2;3")[0], (Line::Quoted, "5\" bred;1".into()));
        assert_eq!(rows("\"a\"\"\";b\nc")[0], (Line::Quoted, "\"a\"\"\";b".into()));
    }

    #[test]
    fn an_unclosed_quotation_mark_does_not_swallow_a_long_file() {
        assert_eq!(rows("1;\"x\n2;y\n")[0].0, Line::Unclosed);
        let long = format!("1;\"x\n{}", "2;y\n".repeat(LONGEST_ROW));
        let (line, text) = &rows(&long)[0];
        assert_eq!((*line, text.len()), (Line::Unclosed, LONGEST_ROW));
        assert_eq!(rows(&"x".repeat(LONGEST_ROW + 1))[0].0, Line::TooLong);
    }
}
