//! One table with its caption and notes.

use super::super::typeset::{
    PADDING, SetColumn, Setting, TablesDocument, begins_group, goes_on, indent, is_one_piece,
};
use super::{field, run};
use crate::io::markup::escaped;
use crate::report::{Align, Column, Table};

/// A table of at most so many rows is kept on one page, as far as it fits.
const KEPT_TOGETHER: usize = 24;
/// The rules of a table, in eighths of a point: above and below it, and below its header.
const HEAVY: u8 = 8;
const LIGHT: u8 = 4;
/// How far a step is set in, and the room above a group of rows, in twentieths of a point.
const STEP: usize = 170;
const ROOM_ABOVE: usize = 70;

/// The caption, the table and its notes.
pub(super) fn table(
    document: &TablesDocument<'_>,
    number: usize,
    table: &Table,
    setting: &Setting,
) -> String {
    let mut text = caption(document, number, &table.title);
    text += "<w:tbl>";
    text += &properties(setting);
    text += &header(table, setting);
    for place in 0..table.rows.len() {
        text += &row(table, place, setting);
    }
    text += "</w:tbl>";
    let last = table.notes.len().saturating_sub(1);
    for (place, note) in table.notes.iter().enumerate() {
        text += &format!(
            "<w:p><w:pPr><w:pStyle w:val=\"TableNote\"/>{}</w:pPr>{}</w:p>",
            if place < last { "<w:keepNext/>" } else { "" },
            run(note)
        );
    }
    text
}

/// `Table 1. …`, numbered by a field, so that Word counts on when tables are taken into a paper.
fn caption(document: &TablesDocument<'_>, number: usize, title: &str) -> String {
    let word = document.table_word();
    format!(
        "<w:p><w:pPr><w:pStyle w:val=\"Caption\"/></w:pPr>{}{}{}</w:p>",
        run(&format!("{word} ")),
        field(&format!("SEQ {word} \\* ARABIC"), &number.to_string()),
        run(&format!(". {title}"))
    )
}

/// Twentieths of a point.
fn twips(points: f64) -> u64 {
    (points * 20.0).round() as u64
}

fn outer(column: &SetColumn) -> u64 {
    twips(column.width + 2.0 * PADDING)
}

fn properties(setting: &Setting) -> String {
    let whole: u64 = setting.columns.iter().map(outer).sum();
    let grid: String =
        setting.columns.iter().map(|column| format!("<w:gridCol w:w=\"{}\"/>", outer(column))).collect();
    format!(
        "<w:tblPr><w:tblStyle w:val=\"ResultsTable\"/><w:tblW w:w=\"{whole}\" w:type=\"dxa\"/>\
         <w:tblLayout w:type=\"fixed\"/><w:tblLook w:val=\"0020\"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>"
    )
}

/// The row that stands on every page.
fn header(table: &Table, setting: &Setting) -> String {
    let cell = |(column, set): (&Column, &SetColumn)| {
        let rules = format!("{}{}", rule("top", HEAVY), rule("bottom", LIGHT));
        let settings = Paragraph { style: "TableHead", keep: true, ..Paragraph::of(column, setting) };
        cell(set, &rules, false, true, &settings.with(&column.header))
    };
    let cells: String = table.columns.iter().zip(&setting.columns).map(cell).collect();
    format!("<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{cells}</w:tr>")
}

fn row(table: &Table, place: usize, setting: &Setting) -> String {
    let is_last = place + 1 == table.rows.len();
    let rules = if is_last { rule("bottom", HEAVY) } else { String::new() };
    let keep = is_kept(table, place);
    let room = begins_group(table, place);
    let cell = |(at, text): (usize, &String)| {
        let (column, set) = (&table.columns[at], &setting.columns[at]);
        let (steps, text) = indent(text);
        let settings = Paragraph { keep, room, steps, ..Paragraph::of(column, setting) };
        let is_piece = column.align == Align::Right && is_one_piece(text) && !set.wraps;
        let text = if is_piece { text.replace(' ', "\u{a0}") } else { text.to_owned() };
        cell(set, &rules, is_piece, false, &settings.with(&text))
    };
    let cells: String = table.rows[place].iter().enumerate().map(cell).collect();
    format!("<w:tr><w:trPr><w:cantSplit/></w:trPr>{cells}</w:tr>")
}

/// Whether a row stays on the page of the next: all of a short table, a group of rows, the ends of a long table, and the last row
/// with the notes.
fn is_kept(table: &Table, place: usize) -> bool {
    match table.rows.get(place + 1) {
        None => !table.notes.is_empty(),
        Some(next) => {
            table.rows.len() <= KEPT_TOGETHER || goes_on(next) || place == 0 || place + 2 == table.rows.len()
        }
    }
}

fn rule(side: &str, eighths: u8) -> String {
    format!("<w:{side} w:val=\"single\" w:sz=\"{eighths}\" w:space=\"0\" w:color=\"000000\"/>")
}

/// A cell; it ends with a paragraph, or Word calls the file unreadable.
fn cell(set: &SetColumn, rules: &str, is_piece: bool, at_foot: bool, paragraph: &str) -> String {
    let mut properties = format!("<w:tcW w:w=\"{}\" w:type=\"dxa\"/>", outer(set));
    if !rules.is_empty() {
        properties += &format!("<w:tcBorders>{rules}</w:tcBorders>");
    }
    if is_piece {
        properties += "<w:noWrap/>";
    }
    if at_foot {
        properties += "<w:vAlign w:val=\"bottom\"/>";
    }
    format!("<w:tc><w:tcPr>{properties}</w:tcPr>{paragraph}</w:tc>")
}

/// How the paragraph of a cell is set.
struct Paragraph {
    style: &'static str,
    keep: bool,
    room: bool,
    steps: usize,
    right: bool,
    /// In half points.
    size: u64,
}

impl Paragraph {
    fn of(column: &Column, setting: &Setting) -> Self {
        let size = (setting.points * 2.0).round() as u64;
        let right = column.align == Align::Right;
        Paragraph { style: "TableText", keep: false, room: false, steps: 0, right, size }
    }

    fn with(&self, text: &str) -> String {
        let mut properties = format!("<w:pStyle w:val=\"{}\"/>", self.style);
        if self.keep {
            properties += "<w:keepNext/>";
        }
        if self.room {
            properties += &format!("<w:spacing w:before=\"{ROOM_ABOVE}\" w:after=\"0\"/>");
        }
        if self.steps > 0 {
            properties += &format!("<w:ind w:left=\"{}\"/>", self.steps * STEP);
        }
        if self.right {
            properties += "<w:jc w:val=\"right\"/>";
        }
        let size = format!("<w:rPr><w:sz w:val=\"{0}\"/><w:szCs w:val=\"{0}\"/></w:rPr>", self.size);
        let run = match text {
            "" => String::new(),
            text => format!("<w:r>{size}<w:t xml:space=\"preserve\">{}</w:t></w:r>", escaped(text)),
        };
        // An empty cell is as high as its paragraph's mark.
        format!("<w:p><w:pPr>{properties}{size}</w:pPr>{run}</w:p>")
    }
}
