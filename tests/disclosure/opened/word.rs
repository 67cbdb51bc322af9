//! `tables.docx`, read from the XML of its text.

use super::Opened;
use super::tags::{Tag, tags};

/// The elements that a text of tables needs. None of them keeps what nobody sees: a comment, a change that is tracked, a hidden run.
const ELEMENTS: &str = "document body p pPr pStyle keepNext spacing ind jc rPr sz szCs r t fldSimple tbl tblPr tblStyle tblW \
                        tblLayout tblLook tblGrid gridCol tr trPr cantSplit tblHeader tc tcPr tcW tcBorders top bottom noWrap \
                        vAlign sectPr headerReference footerReference type pgSz pgMar cols";

/// The tables of `word/document.xml`.
pub(super) fn word_tables(xml: &str) -> Vec<Opened> {
    let mut tables: Vec<Opened> = Vec::new();
    let mut reader = Reader::default();
    for tag in tags(xml) {
        reader.read(&tag, &mut tables);
    }
    tables
}

/// Where the reader is.
#[derive(Default)]
struct Reader {
    /// The rows of the table, while one is open.
    rows: Option<Vec<Vec<String>>>,
    style: String,
    paragraph: String,
}

impl Reader {
    fn read(&mut self, tag: &Tag<'_>, tables: &mut Vec<Opened>) {
        let element = tag.name.trim_start_matches('/');
        let is_known = |name: &str| ELEMENTS.split(' ').any(|known| known == name);
        assert!(element == "?xml" || element.strip_prefix("w:").is_some_and(is_known), "{element}");
        assert!(tag.name == "w:t" || tag.text.trim().is_empty(), "{element}: {}", tag.text);
        match (tag.name, &mut self.rows) {
            ("w:t", _) => self.paragraph += &tag.text,
            ("w:pStyle", _) => self.style = tag.value("w:val").unwrap(),
            ("w:fldSimple", _) => {
                assert!(tag.value("w:instr").unwrap().ends_with(r" \* ARABIC "), "a number")
            }
            ("w:tbl", rows) => *rows = Some(Vec::new()),
            ("w:tr", Some(rows)) => rows.push(Vec::new()),
            ("/w:tc", Some(rows)) => rows.last_mut().unwrap().push(std::mem::take(&mut self.paragraph)),
            ("/w:tbl", Some(rows)) => {
                let table = tables.last_mut().unwrap();
                table.header = rows.remove(0);
                table.rows = self.rows.take().unwrap();
            }
            ("/w:p", None) => self.end(tables),
            _ => {}
        }
    }

    /// A paragraph between two tables.
    fn end(&mut self, tables: &mut Vec<Opened>) {
        let text = std::mem::take(&mut self.paragraph);
        match self.style.as_str() {
            "Caption" => tables.push(Opened { title: text, ..Opened::default() }),
            "TableNote" => tables.last_mut().unwrap().notes.push(text),
            _ => assert_eq!(text, "", "{}", self.style),
        }
    }
}
