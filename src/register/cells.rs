//! The cells of one row, in one text.

use std::fmt;
use std::ops::Range;

use super::memo::Word;

/// The cells of a row as text. Reused from row to row: nothing is allocated once the longest row has been seen.
#[derive(Clone, Default)]
pub struct Cells {
    text: String,
    /// Where each cell stands in the text; there may be delimiters between them.
    places: Vec<Range<usize>>,
}

impl Cells {
    /// Takes all cells away.
    pub fn clear(&mut self) {
        self.text.clear();
        self.places.clear();
    }

    /// Adds a cell.
    pub fn push(&mut self, cell: &str) {
        let start = self.text.len();
        self.text.push_str(cell);
        self.places.push(start..self.text.len());
    }

    /// Adds the cells of a line that an ASCII character separates, none of them in quotation marks.
    ///
    /// Cells are short, so that looking at each byte beats a search.
    pub(crate) fn push_line(&mut self, line: &str, delimiter: u8) {
        let first = self.text.len();
        self.text.push_str(line);
        let mut start = first;
        for (at, byte) in line.bytes().enumerate() {
            if byte == delimiter {
                self.places.push(start..first + at);
                start = first + at + 1;
            }
        }
        self.places.push(start..self.text.len());
    }

    /// Exchanges the text for one of many lines; the cells are those of none.
    pub(crate) fn hold(&mut self, lines: String) -> String {
        self.places.clear();
        std::mem::replace(&mut self.text, lines)
    }

    /// Has the cells of the line that begins here in the text that is held, without quotation marks and without copying any;
    /// where the next line begins, or nothing behind the last.
    ///
    /// The end of the line and the delimiters are looked for at once.
    pub(crate) fn read_line(&mut self, from: usize, delimiter: u8, terminator: u8) -> Option<usize> {
        self.places.clear();
        let lines = self.text.as_bytes();
        if from == lines.len() {
            return None;
        }
        let (mut start, mut end) = (from, lines.len());
        for at in Marks::new(&lines[from..], [delimiter, terminator]).map(|at| from + at) {
            if lines[at] == terminator {
                end = at;
                break;
            }
            self.places.push(start..at);
            start = at + 1;
        }
        let next = lines.len().min(end + 1);
        let returns = terminator == b'\n' && lines[start..end].last() == Some(&b'\r');
        self.places.push(start..end - usize::from(returns));
        Some(next)
    }

    /// The cell at a position.
    pub fn get(&self, position: usize) -> Option<&str> {
        self.places.get(position).map(|place| &self.text[place.clone()])
    }

    /// The cell at a position as a word, if it is short; the empty one beyond the last.
    #[inline]
    pub(crate) fn word(&self, position: usize) -> Option<Word> {
        Word::of(self.text.as_bytes(), self.places.get(position).cloned().unwrap_or_default())
    }

    /// How many cells there are.
    pub fn len(&self) -> usize {
        self.places.len()
    }

    /// Whether there is no cell.
    pub fn is_empty(&self) -> bool {
        self.places.is_empty()
    }

    /// Whether no cell holds anything but ASCII blanks.
    pub fn is_blank(&self) -> bool {
        self.iter().all(|cell| cell.trim_ascii_start().is_empty())
    }

    /// The cells in their order.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        self.places.iter().map(|place| &self.text[place.clone()])
    }

    /// Keeps so many cells.
    pub fn truncate(&mut self, cells: usize) {
        self.places.truncate(cells);
    }
}

/// Where two bytes stand in a text, eight bytes looked at together.
struct Marks<'t> {
    bytes: &'t [u8],
    /// How many bytes have been looked at.
    seen: usize,
    /// The highest bit of each of the last eight that is one of the two.
    hits: u64,
    wanted: [u64; 2],
}

const ONES: u64 = 0x0101_0101_0101_0101;
const LOW_BITS: u64 = 0x7F * ONES;

impl<'t> Marks<'t> {
    /// Neither of the two may be zero.
    fn new(bytes: &'t [u8], wanted: [u8; 2]) -> Self {
        Marks { bytes, seen: 0, hits: 0, wanted: wanted.map(|byte| ONES * u64::from(byte)) }
    }

    /// The next eight bytes, with zeros behind the last.
    fn word(&self) -> u64 {
        let rest = &self.bytes[self.seen..];
        rest.first_chunk()
            .map(|eight| u64::from_le_bytes(*eight))
            .unwrap_or_else(|| rest.iter().rev().fold(0, |word, &byte| word << 8 | u64::from(byte)))
    }
}

impl Iterator for Marks<'_> {
    type Item = usize;

    #[inline]
    fn next(&mut self) -> Option<usize> {
        while self.hits == 0 {
            if self.seen >= self.bytes.len() {
                return None;
            }
            let [one, other] = self.wanted.map(|wanted| marked_unless_zero(self.word() ^ wanted));
            self.hits = !(one & other | LOW_BITS);
            self.seen += 8;
        }
        let at = self.seen - 8 + self.hits.trailing_zeros() as usize / 8;
        self.hits &= self.hits - 1;
        Some(at)
    }
}

/// The highest bit of every byte is that it is not zero. The sum stays within its byte, so that none is taken for its neighbour.
fn marked_unless_zero(word: u64) -> u64 {
    ((word & LOW_BITS) + LOW_BITS) | word
}

impl<'a> FromIterator<&'a str> for Cells {
    fn from_iter<I: IntoIterator<Item = &'a str>>(texts: I) -> Self {
        let mut cells = Cells::default();
        texts.into_iter().for_each(|text| cells.push(text));
        cells
    }
}

impl PartialEq for Cells {
    fn eq(&self, other: &Self) -> bool {
        self.iter().eq(other.iter())
    }
}

impl Eq for Cells {}

/// Their number: what the cells hold is nobody's business in a log.
impl fmt::Debug for Cells {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} cells", self.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of_line(line: &str) -> Cells {
        let mut cells = Cells::default();
        cells.push_line(line, b';');
        cells
    }

    #[test]
    fn a_line_is_split_at_every_delimiter() {
        assert_eq!(of_line("a;;Samsø;"), ["a", "", "Samsø", ""].into_iter().collect());
        assert_eq!(of_line(""), [""].into_iter().collect());
        assert_eq!(of_line("a;b").get(2), None);
    }

    #[test]
    fn the_first_line_of_a_text_is_split_like_a_line() {
        for (text, line) in
            [("a;b;\r\nc", "a;b;"), ("a;b\nc;d\n", "a;b"), ("a;b", "a;b"), ("\n", ""), ("\r\n;", "")]
        {
            let mut cells = Cells::default();
            cells.hold(text.to_owned());
            let next = cells.read_line(0, b';', b'\n');
            assert_eq!(cells, of_line(line), "{text:?}");
            assert_eq!(next, Some(text.find('\n').map_or(text.len(), |at| at + 1)), "{text:?}");
        }
        let mut cells = Cells::default();
        cells.hold("a;b\rc".to_owned());
        assert_eq!(cells.read_line(0, b';', b'\r'), Some(4));
        assert_eq!(cells, of_line("a;b"));
    }

    #[test]
    fn lines_are_read_one_after_the_other_and_the_text_is_given_back() {
        let mut cells = of_line("of;before");
        cells.hold("a;b\r\n\nSamsø;\r\n".to_owned());
        let (mut next, mut lines) = (Some(0), Vec::new());
        while let Some(from) = next {
            next = cells.read_line(from, b';', b'\n');
            lines.push(cells.iter().map(str::to_owned).collect::<Vec<_>>());
        }
        assert_eq!(lines, [vec!["a", "b"], vec![""], vec!["Samsø", ""], vec![]]);
        assert_eq!(cells.hold(String::new()), "a;b\r\n\nSamsø;\r\n");
    }

    #[test]
    fn a_cell_is_the_same_word_wherever_it_stands() {
        let cells = of_line("Samsø;6620;;6620");
        assert_eq!(cells.word(1), cells.word(3));
        assert_eq!(cells.word(2), cells.word(9));
        assert!(cells.word(0) != cells.word(1) && cells.word(1) != cells.word(2));
    }

    #[test]
    fn marks_are_where_the_bytes_stand() {
        let mut generator = crate::random::Generator::of("marks");
        for length in 0..200 {
            let bytes: Vec<u8> = (0..length)
                .map(|_| [b';', b'\n', b':', b'<', 0x0B, 0xBB, 0, 1][generator.below(8) as usize])
                .collect();
            let expected: Vec<usize> = (0..length).filter(|&at| matches!(bytes[at], b';' | b'\n')).collect();
            assert_eq!(Marks::new(&bytes, [b';', b'\n']).collect::<Vec<_>>(), expected);
        }
    }

    #[test]
    fn the_way_in_which_cells_came_does_not_make_rows_differ() {
        let mut cells = of_line("a;b;c");
        cells.truncate(2);
        assert_eq!(cells, ["a", "b"].into_iter().collect());
        cells.clear();
        assert!(cells.is_empty() && cells == Cells::default());
    }

    #[test]
    fn a_row_of_blanks_is_blank() {
        assert!(of_line(" ;\t;").is_blank());
        assert!(!of_line(" ;0;").is_blank());
    }
}
