//! A text in blocks of whole rows, which several threads can split at the same time.

use std::io::{self, Read};

use super::decoder::Decoder;
use super::dialect::Dialect;
use super::lines::{LONGEST_ROW, Line, Lines, Quotes};

/// How much of the file is one block: enough for the threads not to wait for each other, little enough for the cache.
/// A test's texts are shorter.
const BLOCK: usize = if cfg!(test) { 1 << 13 } else { 1 << 19 };

/// The rows that are left in a text, from the first to the last.
#[derive(Debug)]
pub(in crate::io) struct Blocks<R> {
    input: R,
    dialect: Dialect,
    decoder: Decoder,
    /// Bytes that were read and stand in no block yet.
    carry: Vec<u8>,
    /// How many rows stand before the next block.
    rows: u64,
    ended: bool,
}

/// What one block holds besides its bytes.
#[derive(Debug)]
pub(in crate::io) struct BlockStart {
    /// How many rows stand before it.
    pub(super) rows: u64,
    /// The encoding as the rows before it and in it have settled it.
    pub(super) decoder: Decoder,
}

/// A row that only the reading from beginning to end can tell of.
#[derive(Debug, PartialEq, Eq)]
pub(in crate::io) struct Irregular;

impl<R: Read> Blocks<R> {
    pub(super) fn new(carry: Vec<u8>, input: R, dialect: Dialect, decoder: Decoder, rows: u64) -> Self {
        Blocks { input, dialect, decoder, carry, rows, ended: false }
    }

    pub(in crate::io) fn dialect(&self) -> &Dialect {
        &self.dialect
    }

    /// The encoding as far as it is known.
    pub(in crate::io) fn decoder(&self) -> &Decoder {
        &self.decoder
    }

    /// How many rows stand in the blocks so far, those before the first one included.
    pub(in crate::io) fn rows(&self) -> u64 {
        self.rows
    }

    /// Fills a buffer with the next rows; `None` at the end.
    ///
    /// # Errors
    /// What the operating system refuses, an unclosed quotation mark, an endless row: told by the reading in one piece.
    pub(super) fn next(&mut self, block: &mut Vec<u8>) -> Result<Option<BlockStart>, Irregular> {
        block.clear();
        block.append(&mut self.carry);
        let rows = loop {
            self.read(block).map_err(|_| Irregular)?;
            let (end, rows) = self.whole_rows(block);
            if end > 0 || (self.ended && block.is_empty()) {
                self.carry.extend_from_slice(&block[end..]);
                block.truncate(end);
                break rows;
            }
            if self.ended || block.len() > LONGEST_ROW {
                return Err(Irregular);
            }
        };
        self.settle_encoding(block)?;
        let start = BlockStart { rows: self.rows, decoder: self.decoder.clone() };
        self.rows += rows;
        Ok((!block.is_empty()).then_some(start))
    }

    /// Reads one more block behind what is there.
    fn read(&mut self, block: &mut Vec<u8>) -> io::Result<()> {
        let wanted = BLOCK as u64;
        block.reserve(BLOCK + 1);
        let read = (&mut self.input).take(wanted).read_to_end(block)?;
        self.ended = (read as u64) < wanted;
        Ok(())
    }

    /// Where the last whole row ends, and how many rows there are up to it.
    fn whole_rows(&self, block: &[u8]) -> (usize, u64) {
        match memchr::memchr(b'"', block) {
            Some(_) => self.whole_quoted_rows(block),
            None => self.whole_plain_rows(block),
        }
    }

    fn whole_plain_rows(&self, block: &[u8]) -> (usize, u64) {
        let terminator = self.dialect.terminator;
        let end = memchr::memrchr(terminator, block).map_or(0, |at| at + 1);
        let rows = memchr::memchr_iter(terminator, &block[..end]).count() as u64;
        match end < block.len() && self.ended {
            true => (block.len(), rows + 1),
            false => (end, rows),
        }
    }

    /// The same where a row may have quotation marks, and line ends within them.
    fn whole_quoted_rows(&self, block: &[u8]) -> (usize, u64) {
        let (mut end, mut rows, mut start) = (0, 0, 0);
        let mut quotes = Quotes::default();
        let last = (self.ended && block.last() != Some(&self.dialect.terminator)).then_some(block.len() - 1);
        for line_end in memchr::memchr_iter(self.dialect.terminator, block).chain(last) {
            let line = &block[start..=line_end];
            if quotes.open || memchr::memchr(b'"', line).is_some() {
                quotes.scan(line, self.dialect.delimiter);
            }
            start = line_end + 1;
            if !quotes.open {
                (end, rows, quotes) = (start, rows + 1, Quotes::default());
            }
        }
        (end, rows)
    }

    /// Lets the first row beyond ASCII tell what the encoding is, before any thread decodes a row.
    fn settle_encoding(&mut self, block: &[u8]) -> Result<(), Irregular> {
        if self.decoder.is_settled() || block.is_ascii() {
            return Ok(());
        }
        let Dialect { delimiter, terminator, .. } = self.dialect;
        let mut lines = Lines::new(block.to_vec(), io::empty(), delimiter, terminator);
        while !self.decoder.is_settled() {
            match lines.next().map_err(|_| Irregular)? {
                Line::Plain | Line::Quoted => self.decoder.decode(lines.line()).map_err(|_| Irregular)?,
                _ => return Err(Irregular),
            };
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn blocks(text: &str) -> Blocks<&[u8]> {
        let dialect = Dialect::of(b"a;b\n1;2\n").unwrap();
        Blocks::new(Vec::new(), text.as_bytes(), dialect, Decoder::new(false), 1)
    }

    /// The bytes of all blocks, and how many rows stand before each.
    fn read(text: &str) -> Result<(String, Vec<u64>), Irregular> {
        let (mut blocks, mut block) = (blocks(text), Vec::new());
        let (mut all, mut before) = (String::new(), Vec::new());
        while let Some(start) = blocks.next(&mut block)? {
            assert!(!block.is_empty());
            all.push_str(str::from_utf8(&block).unwrap());
            before.push(start.rows);
        }
        before.push(blocks.rows());
        Ok((all, before))
    }

    #[test]
    fn blocks_end_where_rows_end_and_know_their_rows() {
        for row in ["751;Aarhus\n", "751;\"Aar;\nhus\"\n", "\"751\";\"Aar\"\"hus\"\r\n"] {
            let rows = 5 * BLOCK / (2 * row.len());
            let text = row.repeat(rows);
            for text in [text.as_str(), text.trim_ascii_end()] {
                let (all, before) = read(text).unwrap();
                assert!(all == text, "every byte is in a block");
                assert_eq!((before.len(), before[0], *before.last().unwrap()), (4, 1, rows as u64 + 1));
                assert_eq!(before[1] - before[0], (BLOCK / row.len()) as u64);
            }
        }
    }

    #[test]
    fn nothing_left_is_no_block() {
        assert_eq!(read(""), Ok((String::new(), vec![1])));
        assert_eq!(read("1;2"), Ok(("1;2".to_owned(), vec![1, 2])));
    }

    #[test]
    fn what_only_the_whole_file_can_tell_is_irregular() {
        assert_eq!(read("1;\"open\n2;3\n"), Err(Irregular));
        assert_eq!(read(&"x".repeat(LONGEST_ROW + BLOCK)), Err(Irregular));
    }

    #[test]
    fn the_encoding_is_settled_before_a_block_is_handed_out() {
        let text = format!("{}Sams\u{f8};1\n", "751;1\n".repeat(BLOCK / 6));
        let (mut blocks, mut block) = (blocks(&text), Vec::new());
        assert!(!blocks.next(&mut block).unwrap().unwrap().decoder.is_settled());
        assert!(blocks.next(&mut block).unwrap().unwrap().decoder.is_utf8());
    }
}
