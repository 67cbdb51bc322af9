//! The rows of a text as bytes: a quoted cell may hold line breaks, so that a row is one line or several.

use std::io::{self, BufRead, Read};
use std::ops::Range;

/// The longest row that is read: an unclosed quotation mark must not swallow the file.
pub(super) const LONGEST_ROW: usize = 1 << 20;

/// How much is read at once.
const BUFFER: usize = 1 << 18;

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

/// The rows in a buffer that is filled as they are taken out; nothing is copied but the row at its end.
#[derive(Debug)]
pub(super) struct Lines<R> {
    input: R,
    delimiter: u8,
    terminator: u8,
    buffer: Vec<u8>,
    /// The row that was read last, within the buffer.
    row: Range<usize>,
    /// Where the next row starts.
    start: usize,
    /// Where the bytes that were read end.
    filled: usize,
    ended: bool,
    /// Whether the buffer holds any quotation mark: most files have none, and then no row is searched for one.
    quotes: bool,
    bytes_taken: u64,
}

impl<R: Read> Lines<R> {
    /// Rows from the beginning that was read already, and then from the input.
    pub(super) fn new(beginning: Vec<u8>, input: R, delimiter: u8, terminator: u8) -> Self {
        let filled = beginning.len();
        let quotes = beginning.contains(&b'"');
        let mut buffer = beginning;
        buffer.resize(filled.max(BUFFER), 0);
        Lines {
            input,
            delimiter,
            terminator,
            buffer,
            row: 0..0,
            start: 0,
            filled,
            ended: false,
            quotes,
            bytes_taken: 0,
        }
    }

    /// The buffer, to be used again, and the bytes in it that no row has taken yet.
    pub(super) fn into_rest(self) -> (Vec<u8>, Range<usize>, R) {
        (self.buffer, self.start..self.filled, self.input)
    }

    /// The row that was read last, without its end.
    pub(super) fn line(&self) -> &[u8] {
        &self.buffer[self.row.clone()]
    }

    /// How many bytes the rows so far have had.
    pub(super) fn bytes_taken(&self) -> u64 {
        self.bytes_taken
    }

    pub(super) fn next(&mut self) -> io::Result<Line> {
        self.row = 0..0;
        let mut quotes = Quotes::default();
        let mut length = 0;
        loop {
            let from = length;
            length = self.physical_line(from)?;
            if length == from {
                return Ok(if from == 0 { Line::End } else { Line::Unclosed });
            }
            let piece = &self.buffer[self.start + from..self.start + length];
            let plain = from == 0 && !(self.quotes && piece.contains(&b'"'));
            if !plain {
                quotes.scan(piece, self.delimiter);
            }
            if length >= LONGEST_ROW {
                return Ok(if quotes.open { Line::Unclosed } else { Line::TooLong });
            }
            if !quotes.open {
                self.take(length);
                return Ok(if plain { Line::Plain } else { Line::Quoted });
            }
        }
    }

    /// The length of the row up to the next line end, of which `from` bytes are known; the same at the end of the file.
    fn physical_line(&mut self, from: usize) -> io::Result<usize> {
        let mut length = from;
        loop {
            let rest = &self.buffer[self.start + length..self.filled];
            // The fastest search for a byte that the standard library offers.
            let searched = { rest }.skip_until(self.terminator)?;
            length += searched;
            let found = searched > 0 && rest[searched - 1] == self.terminator;
            if found || self.ended || length >= LONGEST_ROW {
                return Ok(length);
            }
            self.fill()?;
        }
    }

    /// Moves the unfinished row to the front and reads more behind it.
    fn fill(&mut self) -> io::Result<()> {
        self.buffer.copy_within(self.start..self.filled, 0);
        self.filled -= self.start;
        self.start = 0;
        if self.filled == self.buffer.len() {
            self.buffer.resize(2 * self.filled, 0);
        }
        let read = loop {
            match self.input.read(&mut self.buffer[self.filled..]) {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                other => break other?,
            }
        };
        self.filled += read;
        self.ended = read == 0;
        self.quotes = self.buffer[..self.filled].contains(&b'"');
        Ok(())
    }

    /// Takes a row of this length, and its line end off it.
    fn take(&mut self, length: usize) {
        let mut end = self.start + length;
        let ends_with = |end: usize, byte: u8| self.buffer[self.start..end].last() == Some(&byte);
        if ends_with(end, self.terminator) {
            end -= 1;
            end -= usize::from(self.terminator == b'\n' && ends_with(end, b'\r'));
        }
        self.row = self.start..end;
        self.start += length;
        self.bytes_taken += length as u64;
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
        let mut lines = Lines::new(Vec::new(), text.as_bytes(), b';', b'\n');
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
        assert_eq!(rows(&long)[0].0, Line::Unclosed);
        assert_eq!(rows(&"x".repeat(LONGEST_ROW + 1))[0].0, Line::TooLong);
    }
}
