//! A workbook's values as the bytes of an .xlsx file: the same values, the same bytes.

mod checks;
mod styles;

use checks::{Lists, check};
use rust_xlsxwriter::{
    ConditionalFormatFormula, DocProperties, ExcelDateTime, IgnoreError, ProtectionOptions, Workbook,
    Worksheet, XlsxError,
};
use styles::Styles;

use super::STAMP_SHEET;
use crate::error::{Error, Finding, Result};
use crate::review::{Book, Cell, ColourRule, Page, Sheet, SheetRow, Style};

/// Every workbook says that it was made on this day, so that the clock is not in its bytes.
const MADE: (u16, u8, u8) = (2000, 1, 1);
/// The points of a line of text, and those above and below the lines of a row.
const LINE: f64 = 15.0;
const ROOM: f64 = 3.0;
/// The highest row that Excel takes, in points.
const HIGHEST_ROW: f64 = 409.0;
/// A4 has room for about so many characters, upright and across, at the smallest scale that can be read.
const UPRIGHT: u16 = 140;
const ACROSS: u16 = 215;
/// The scale of a sheet that goes over several pages in width.
const WIDE_SCALE: u16 = 65;
/// Half of what a page's head has room for.
const LONGEST_HEAD: usize = 110;

/// The bytes of a workbook.
///
/// # Errors
/// When the values are more than a spreadsheet can hold.
pub fn book_bytes(book: &Book) -> Result<Vec<u8>> {
    bytes(book).map_err(|fault| {
        let finding = Finding::error("workbook_not_made", format!("the workbook cannot be made: {fault}"));
        Error::cannot_run(finding.remedy("write text files instead, with --csv"))
    })
}

fn bytes(book: &Book) -> std::result::Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    let (year, month, day) = MADE;
    let made = ExcelDateTime::from_ymd(year, month, day)?;
    workbook.set_properties(&DocProperties::new().set_title(&book.title).set_creation_datetime(&made));
    let styles = Styles::new(book.day_format);
    let mut lists = Lists::default();
    for sheet in &book.sheets {
        write_sheet(workbook.add_worksheet(), sheet, &styles, &mut lists)?;
    }
    if !lists.is_empty() {
        lists.write(workbook.add_worksheet())?;
    }
    write_stamp(workbook.add_worksheet(), book)?;
    workbook.save_to_buffer()
}

type Written = std::result::Result<(), XlsxError>;

fn write_sheet(to: &mut Worksheet, sheet: &Sheet, styles: &Styles, lists: &mut Lists) -> Written {
    to.set_name(&sheet.name)?;
    for (column, width) in sheet.widths.iter().enumerate() {
        to.set_column_width(place(column), *width)?;
    }
    for (number, row) in sheet.rows.iter().enumerate() {
        write_row(to, number as u32, row, styles)?;
    }
    for one in &sheet.checks {
        check(to, one, lists)?;
    }
    for rule in &sheet.colours {
        colour(to, rule)?;
    }
    match sheet.table {
        Some(header) => table(to, sheet, header as u32)?,
        None => drop(to.set_screen_gridlines(false)),
    }
    if sheet.is_protected {
        to.protect_with_options(&protection());
    }
    set_page(to, sheet);
    Ok(())
}

/// A column's number; more columns than a spreadsheet has are refused where they are written.
fn place(column: usize) -> u16 {
    u16::try_from(column).unwrap_or(u16::MAX)
}

fn write_row(to: &mut Worksheet, number: u32, row: &SheetRow, styles: &Styles) -> Written {
    if row.lines > 0 {
        to.set_row_height(number, (f64::from(row.lines) * LINE + ROOM).min(HIGHEST_ROW))?;
    }
    for (column, cell) in row.cells.iter().enumerate() {
        let column = place(column);
        match cell {
            Cell::Blank(style) => to.write_blank(number, column, styles.of(*style))?,
            Cell::Text(text, style) => {
                to.write_string_with_format(number, column, text, styles.of(*style))?
            }
            Cell::Day(day) => {
                let day = ExcelDateTime::from_ymd(day.year() as u16, day.month() as u8, day.day() as u8)?;
                to.write_datetime_with_format(number, column, day, styles.day())?
            }
            Cell::Entry(format) => to.write_blank(number, column, styles.entry(*format))?,
        };
    }
    if let [Cell::Text(text, Style::Warning), _, ..] = row.cells.as_slice() {
        let last = place(row.cells.len() - 1);
        to.merge_range(number, 0, number, last, text, styles.of(Style::Warning))?;
    }
    Ok(())
}

fn colour(to: &mut Worksheet, rule: &ColourRule) -> Written {
    if rule.rows.is_empty() || rule.columns.is_empty() {
        return Ok(());
    }
    let format = ConditionalFormatFormula::new()
        .set_rule(rule.formula.as_str())
        .set_format(styles::fill(rule.colour))
        .set_stop_if_true(true);
    let (first, last) = (rule.rows.start as u32, rule.rows.end as u32 - 1);
    let (left, right) = (place(rule.columns.start), place(rule.columns.end - 1));
    to.add_conditional_format(first, left, last, right, &format)?;
    Ok(())
}

/// The header stays in sight and stands on every page; the rows can be filtered.
fn table(to: &mut Worksheet, sheet: &Sheet, header: u32) -> Written {
    let (last_row, last_column) = (sheet.rows.len() as u32 - 1, place(sheet.widths.len() - 1));
    to.set_freeze_panes(header + 1, 1)?;
    to.set_repeat_rows(0, header)?;
    if last_row > header {
        to.autofilter(header, 0, last_row, last_column)?;
        // A code such as 6620 is a text on purpose.
        to.ignore_error_range(header, 0, last_row, last_column, IgnoreError::NumberStoredAsText)?;
        to.set_selection(header + 1, 1, header + 1, 1)?;
    }
    Ok(())
}

/// What people may do with a locked sheet. They may not sort it: a spreadsheet refuses to sort locked cells, and would sort the
/// answers alone, away from their study ids.
fn protection() -> ProtectionOptions {
    ProtectionOptions {
        format_columns: true,
        format_rows: true,
        use_autofilter: true,
        ..ProtectionOptions::new()
    }
}

fn set_page(to: &mut Worksheet, sheet: &Sheet) {
    const A4: u8 = 9;
    let Page { landscape, head: [left, right], numbered: [page, of] } = &sheet.page;
    to.set_paper_size(A4);
    if *landscape {
        to.set_landscape();
    }
    to.set_margins(0.5, 0.5, 0.8, 0.7, 0.3, 0.3);
    let room = if *landscape { ACROSS } else { UPRIGHT };
    if sheet.widths.iter().sum::<u16>() <= room {
        to.set_print_fit_to_pages(1, 0);
    } else {
        // The pages of the same rows come one after the other.
        to.set_print_scale(WIDE_SCALE).set_page_order(true);
        // The first column names the row on every page; there is one, so this cannot fail.
        let _ = to.set_repeat_columns(0, 0);
    }
    to.set_header(format!("&L{}&R&B{}", in_head(left, LONGEST_HEAD), in_head(right, LONGEST_HEAD)));
    to.set_footer(format!("&L{}&R{page} &P {of} &N", in_head(&sheet.name, LONGEST_HEAD)));
}

/// A text within a page's head, where `&` begins a command.
pub(super) fn in_head(text: &str, longest: usize) -> String {
    text.chars().take(longest).collect::<String>().replace('&', "&&")
}

/// The hidden sheet, which no menu shows.
fn write_stamp(to: &mut Worksheet, book: &Book) -> Written {
    to.set_name(STAMP_SHEET)?;
    for (row, (key, value)) in (0..).zip(book.stamp.lines()) {
        to.write_string(row, 0, key)?;
        to.write_string(row, 1, value)?;
    }
    to.set_very_hidden(true);
    Ok(())
}

#[cfg(test)]
mod tests;
