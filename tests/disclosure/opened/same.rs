//! Whether each file has these tables and nothing else.

use std::collections::BTreeMap;
use std::io::Cursor;

use hjertekommidt::io::{DataSheet, TablesDocument};

use super::book::Book;
use super::book_parts::assert_no_more_in;
use super::latex::latex_tables;
use super::word::word_tables;
use super::{Opened, Written};
use crate::review_forms::unpacked;

/// The files have the cells and notes of these tables, the workbook the rows for programs as well, and none keeps anything else.
/// `around` is the document without its tables.
pub(crate) fn assert_same_tables(
    written: &Written,
    tables: &[Opened],
    around: &TablesDocument<'_>,
    data: &[DataSheet<'_>],
) {
    let bare = Written::of(&TablesDocument { tables: &[], ..*around }, &[]);
    assert_same("tables.docx", &in_word(&written.docx, &bare.docx), tables);
    let word = around.style.says(["Tabel", "Table"]);
    assert_same("tables.tex", &in_latex(&written.tex, &bare.tex, word), tables);
    let book = Book::open(&written.xlsx);
    let sheet = |(place, table): (usize, &Opened)| {
        book.table(place, table.rows.len(), around.style, around.page_line)
    };
    assert_same("tables.xlsx", &tables.iter().enumerate().map(sheet).collect::<Vec<_>>(), tables);
    for (name, rows) in data {
        assert_eq!(book.data(name), *rows, "{name} in tables.xlsx");
    }
    assert_eq!(book.sheets.len(), tables.len() + data.len());
    assert_no_more_in(&book, &Book::open(&bare.xlsx), around);
}

/// A file has these tables, word for word.
pub(crate) fn assert_same(file: &str, read: &[Opened], tables: &[Opened]) {
    for (read, table) in read.iter().zip(tables) {
        assert_eq!(read.words(), table.words(), "{file}");
    }
    assert_eq!(read.len(), tables.len(), "{file}");
}

/// The tables of the text; every other part is that of a document without tables.
fn in_word(bytes: &[u8], bare: &[u8]) -> Vec<Opened> {
    const TEXT: &str = "word/document.xml";
    let mut parts: BTreeMap<String, String> = unpacked(Cursor::new(bytes)).into_iter().collect();
    let mut others: BTreeMap<String, String> = unpacked(Cursor::new(bare)).into_iter().collect();
    let text = parts.remove(TEXT).unwrap();
    others.remove(TEXT);
    assert_eq!(parts, others);
    word_tables(&text)
}

/// The tables of the text; what stands before and behind them is that of a document without tables.
fn in_latex(text: &str, bare: &str, word: &str) -> Vec<Opened> {
    const END: &str = "\\end{document}\n";
    let preamble = bare.strip_suffix(END).unwrap();
    let between = text.strip_prefix(preamble).and_then(|text| text.strip_suffix(END));
    latex_tables(between.unwrap_or_else(|| panic!("another preamble: {text}")), word)
}
