//! Tables as a workbook: a sheet for each, and the rows for programs as numbers beside them.

use std::collections::BTreeSet;

use rust_xlsxwriter::{
    DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, IgnoreError, Workbook, Worksheet,
    XlsxError,
};

use super::form_book::in_head;
use super::typeset::{Setting, TablesDocument, begins_group, indent};
use crate::error::{Error, Finding, Result};
use crate::report::{Align, Style, Table};

/// Every workbook says that it was made on this day, so that the clock is not in its bytes.
const MADE: (u16, u8, u8) = (2000, 1, 1);
/// The longest name of a sheet, and what it may not hold.
const LONGEST_NAME: usize = 31;
const NOT_IN_NAMES: [char; 7] = ['[', ']', ':', '*', '?', '/', '\\'];
/// A4, as Excel numbers papers.
const A4: u8 = 9;
/// The points of a line of text, and those of a unit of a column's width.
const LINE: f64 = 15.0;
const UNIT: f64 = 5.25;
/// The title, then the header.
const HEADER: u32 = 1;

/// Rows for programs, with a sheet of their own: its name, and the rows, the header first.
pub type DataSheet<'a> = (&'a str, &'a [Vec<String>]);

/// The bytes of the workbook.
///
/// # Errors
/// When the values are more than a spreadsheet can hold.
pub fn tables_book(document: &TablesDocument<'_>, data: &[DataSheet<'_>]) -> Result<Vec<u8>> {
    bytes(document, data).map_err(|fault| {
        let what = format!("the workbook of the tables cannot be made: {fault}");
        Error::cannot_run(
            Finding::error("workbook_not_made", what).remedy("name fewer groupings in [analysis] by"),
        )
    })
}

fn bytes(document: &TablesDocument<'_>, data: &[DataSheet<'_>]) -> std::result::Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    let (year, month, day) = MADE;
    let made = ExcelDateTime::from_ymd(year, month, day)?;
    let properties = DocProperties::new().set_title(document.title).set_subject(document.page_line);
    workbook.set_properties(&properties.set_creation_datetime(&made));
    let mut names = Names::default();
    for (place, table) in document.tables.iter().enumerate() {
        let sheet = workbook.add_worksheet();
        sheet.set_name(names.next(&table.name, place + 1))?;
        write_table(sheet, document, place + 1, table)?;
    }
    for (name, rows) in data {
        let sheet = workbook.add_worksheet();
        sheet.set_name(names.next(name, 0))?;
        write_data(sheet, document, rows)?;
    }
    workbook.save_to_buffer()
}

/// The names that are taken; Excel knows no capitals there.
#[derive(Default)]
struct Names(BTreeSet<String>);

impl Names {
    fn next(&mut self, wanted: &str, number: usize) -> String {
        let clean: String = wanted.chars().filter(|c| !NOT_IN_NAMES.contains(c)).take(LONGEST_NAME).collect();
        let clean = clean.trim_matches('\'');
        if !clean.is_empty() && self.0.insert(clean.to_lowercase()) {
            return clean.to_owned();
        }
        let other = format!("table-{number}");
        self.0.insert(other.clone());
        other
    }
}

type Written = std::result::Result<(), XlsxError>;

fn write_table(to: &mut Worksheet, document: &TablesDocument<'_>, number: usize, table: &Table) -> Written {
    let setting = Setting::of(table);
    let title = format!("{} {number}. {}", document.table_word(), table.title);
    to.write_string_with_format(0, 0, title, &Format::new().set_bold())?;
    for (place, (column, set)) in table.columns.iter().zip(&setting.columns).enumerate() {
        let column_place = column_number(place);
        to.set_column_width(column_place, units(set.width, setting.points))?;
        let header = header_format(column.align);
        match column.header.as_str() {
            "" => to.write_blank(HEADER, column_place, &header)?,
            text => to.write_string_with_format(HEADER, column_place, text, &header)?,
        };
    }
    let header_lines = setting.columns.iter().map(|column| column.header.len()).max().unwrap_or(1);
    to.set_row_height(HEADER, LINE * header_lines as f64 + 2.0)?;
    for place in 0..table.rows.len() {
        write_row(to, table, place, document.style)?;
    }
    write_notes(to, table, &setting, document.page_line)?;
    let last = HEADER + table.rows.len() as u32;
    to.ignore_error_range(HEADER, 0, last.max(HEADER), last_column(table), IgnoreError::NumberStoredAsText)?;
    to.set_freeze_panes(HEADER + 1, 1)?;
    to.set_repeat_rows(0, HEADER)?;
    to.set_screen_gridlines(false);
    set_page(to, document, setting.landscape);
    Ok(())
}

/// A column's number; more columns than a spreadsheet has are refused where they are written.
fn column_number(place: usize) -> u16 {
    u16::try_from(place).unwrap_or(u16::MAX)
}

fn last_column(table: &Table) -> u16 {
    column_number(table.columns.len().saturating_sub(1))
}

/// A width in points of this size of type as the width of a column, whose type has 11 points.
fn units(width: f64, points: f64) -> f64 {
    (width / points * 11.0 / UNIT + 1.5).clamp(5.0, 60.0)
}

fn aligned(align: Align) -> FormatAlign {
    if align == Align::Right { FormatAlign::Right } else { FormatAlign::Left }
}

fn header_format(align: Align) -> Format {
    Format::new()
        .set_bold()
        .set_text_wrap()
        .set_align(aligned(align))
        .set_align(FormatAlign::Bottom)
        .set_border_top(FormatBorder::Medium)
        .set_border_bottom(FormatBorder::Thin)
}

fn write_row(to: &mut Worksheet, table: &Table, place: usize, style: Style) -> Written {
    let row = HEADER + 1 + place as u32;
    let is_last = place + 1 == table.rows.len();
    for (at, (cell, column)) in table.rows[place].iter().zip(&table.columns).enumerate() {
        let mut format = Format::new().set_align(aligned(column.align)).set_align(FormatAlign::Bottom);
        if is_last {
            format = format.set_border_bottom(FormatBorder::Medium);
        }
        let (steps, text) = indent(cell);
        if steps > 0 {
            format = format.set_indent(steps as u8);
        }
        if column.align == Align::Left {
            format = format.set_text_wrap();
        }
        write_cell(to, row, column_number(at), text, column.align, format, style)?;
    }
    if begins_group(table, place) && !table.rows[place].iter().any(|cell| cell.chars().count() > 40) {
        to.set_row_height(row, LINE + 5.0)?;
    }
    Ok(())
}

/// A plain count is a number, and everything else the text that is shown.
fn write_cell(
    to: &mut Worksheet,
    row: u32,
    column: u16,
    text: &str,
    align: Align,
    format: Format,
    style: Style,
) -> Written {
    match plain_count(text, style).filter(|_| align == Align::Right) {
        Some(count) => {
            to.write_number_with_format(row, column, count as f64, &format.set_num_format("#,##0"))?
        }
        None if text.is_empty() => to.write_blank(row, column, &format)?,
        None => to.write_string_with_format(row, column, text, &format)?,
    };
    Ok(())
}

/// The count that a text shows, if it shows one and a spreadsheet can hold it.
fn plain_count(text: &str, style: Style) -> Option<u64> {
    const HIGHEST: u64 = 1 << 53;
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    let count = digits.parse().ok().filter(|count| *count <= HIGHEST)?;
    (style.count(count) == text).then_some(count)
}

/// The notes below the table, each over its whole width, and the line of every page: the head has room for a part of it.
fn write_notes(to: &mut Worksheet, table: &Table, setting: &Setting, page_line: &str) -> Written {
    let format = Format::new()
        .set_font_size(9)
        .set_text_wrap()
        .set_align(FormatAlign::Left)
        .set_align(FormatAlign::Top);
    let width: f64 = setting.columns.iter().map(|column| units(column.width, setting.points)).sum();
    let notes = table.notes.iter().map(String::as_str).chain([page_line]);
    for (place, note) in notes.enumerate() {
        let row = HEADER + 1 + (table.rows.len() + place) as u32;
        match last_column(table) {
            0 => drop(to.write_string_with_format(row, 0, note, &format)?),
            last => drop(to.merge_range(row, 0, row, last, note, &format)?),
        }
        // Merged cells do not grow with their text.
        let lines = (note.chars().count() as f64 * 0.8 / width).ceil().max(1.0);
        to.set_row_height(row, (lines * 12.5 + 4.0).min(400.0))?;
    }
    Ok(())
}

/// The rows of a file for programs: what is a number there is one here, with all its digits.
fn write_data(to: &mut Worksheet, document: &TablesDocument<'_>, rows: &[Vec<String>]) -> Written {
    let bold = Format::new().set_bold().set_border_bottom(FormatBorder::Thin);
    for (number, row) in (0..).zip(rows) {
        for (at, cell) in row.iter().enumerate() {
            let column = column_number(at);
            match cell.parse::<f64>().ok().filter(|value| value.is_finite() && is_of_numbers(&rows[0][at])) {
                _ if number == 0 => drop(to.write_string_with_format(number, column, cell, &bold)?),
                Some(value) => drop(to.write_number(number, column, value)?),
                None if cell.is_empty() => {}
                None => drop(to.write_string(number, column, cell)?),
            }
        }
    }
    let columns = rows.first().map_or(0, Vec::len);
    if columns > 0 {
        to.autofilter(0, 0, (rows.len() as u32).max(2) - 1, column_number(columns - 1))?;
        for at in 0..columns {
            let longest = rows.iter().map(|row| row[at].chars().count()).max().unwrap_or_default();
            to.set_column_width(column_number(at), (longest as f64 + 2.0).clamp(8.0, 24.0))?;
        }
    }
    to.set_freeze_panes(1, 0)?;
    to.set_repeat_rows(0, 0)?;
    set_page(to, document, true);
    Ok(())
}

/// The columns of names: a municipality's code is no number.
fn is_of_numbers(header: &str) -> bool {
    const NAMES: [&str; 11] = [
        "status",
        "indicator",
        "grouping",
        "group",
        "reference",
        "measure",
        "estimator",
        "method",
        "reason",
        "comparison",
        "data",
    ];
    !NAMES.contains(&header)
}

fn set_page(to: &mut Worksheet, document: &TablesDocument<'_>, landscape: bool) {
    to.set_paper_size(A4);
    if landscape {
        to.set_landscape();
    }
    to.set_margins(0.5, 0.5, 0.8, 0.7, 0.3, 0.3);
    to.set_print_fit_to_pages(1, 0);
    to.set_header(format!("&L&8{}", in_head(document.page_line, LONGEST_HEAD)));
    let [page, of] = document.style.says([["Side", "af"], ["Page", "of"]]);
    to.set_footer(format!("&L&8&A&R&8{page} &P {of} &N"));
}

/// The head of a page has room for 255 characters, with its commands and doubled `&`.
const LONGEST_HEAD: usize = 200;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::protocol::{Language, ReportRules};

    #[test]
    fn only_what_is_printed_as_a_count_is_a_number() {
        let danish = Style::from(ReportRules::of(Language::Da));
        for (text, english, dane) in [
            ("1,326,913", Some(1_326_913), None),
            ("1.326.913", None, Some(1_326_913)),
            ("0", Some(0), Some(0)),
            ("12", Some(12), Some(12)),
            ("1234", None, None),
            ("012", None, None),
            ("0.034", None, None),
            ("#", None, None),
            ("", None, None),
            ("67 of 69", None, None),
            ("−12", None, None),
            ("99,999,999,999,999,999", None, None),
        ] {
            assert_eq!(
                (plain_count(text, Style::ENGLISH), plain_count(text, danish)),
                (english, dane),
                "{text}"
            );
        }
    }

    #[test]
    fn sheets_have_names_that_excel_takes() {
        let mut names = Names::default();
        let long = "by-".repeat(20);
        let given = [("accuracy", 1), ("Accuracy", 2), ("", 3), ("a/b:[c]", 4), (long.as_str(), 5)]
            .map(|(name, number)| names.next(name, number));
        assert_eq!(given[..4], ["accuracy", "table-2", "table-3", "abc"]);
        assert_eq!(given[4].len(), 31);
    }
}
