//! A returned form, read whole: the table of entries, how each cell is stored, and what the workbook says of itself.

mod unread;

use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::Path;
use std::thread;

use calamine::{DataRef, Reader, SheetType, SheetVisible, Xlsx};

use unread::{cannot_open, refuse_no_form};

use super::workbook::{as_day, cell_text};
use super::{Extract, ReadOptions, cannot_read};
use crate::error::{Error, Finding, Place, Result, Rows};
use crate::protocol::Language;
use crate::register::Row;
use crate::register::cpr::holds_cpr;
use crate::review::{EntryCell, EntryRow, EntryTable, FormStamp, Messages, StoredAs};

pub use unread::passed_over;

/// The hidden sheet on which a workbook says what it is.
pub const STAMP_SHEET: &str = "_hkm";

/// The header stands in one of the first rows: somebody may have put a line above it.
const HEADER_WITHIN: usize = 20;
/// So many bytes of a text are looked through for it.
const HEADER_BYTES: u64 = 1 << 16;

/// A returned form.
#[derive(Debug)]
pub struct FormFile {
    /// Where its entries are, and their header.
    pub table: EntryTable,
    /// The rows below the header.
    pub rows: Vec<EntryRow>,
    /// What it says of itself; a text file and a copied sheet say nothing.
    pub stamp: Option<FormStamp>,
    /// What is odd about the file as a whole.
    pub notices: Vec<Finding>,
}

impl FormFile {
    /// Opens a form: a workbook or a text with separated cells. `is_id` knows the header of the column that every form has; what is
    /// wrong with the file is told in `language`.
    ///
    /// # Errors
    /// When there is no such file, or it cannot be read.
    pub fn open(path: &Path, is_id: fn(&str) -> bool, language: Language) -> Result<FormFile> {
        let messages = Messages { language, form: language };
        refuse_no_form(path, messages)?;
        let ending = path.extension().map(|ending| ending.to_string_lossy().to_lowercase());
        match ending.as_deref() {
            Some("xlsx" | "xlsm") => workbook(path, is_id, messages),
            _ => text(path, is_id, messages),
        }
    }
}

fn text(path: &Path, is_id: fn(&str) -> bool, messages: Messages) -> Result<FormFile> {
    if let Some(row) = header_below(path, is_id) {
        let place = Place::file(path.display().to_string()).row(row);
        return Err(Error::data(vec![messages.header_below(row).at(place)]));
    }
    let mut extract = Extract::open(path, &ReadOptions::default())?;
    let table = EntryTable {
        file: path.display().to_string(),
        header_row: 1,
        header: extract.header().iter().map(|name| masked(name)).collect(),
        ..EntryTable::default()
    };
    let (mut rows, mut row) = (Vec::new(), Row::default());
    while extract.next_row(&mut row)? {
        let cells = row.cells.iter().map(EntryCell::plain).collect();
        rows.push(EntryRow { number: row.number, cells });
    }
    let notices = extract.notices();
    Ok(FormFile { table, rows, stamp: None, notices })
}

/// The row of the header where a title stands above it: every row below the title would have more cells than it.
fn header_below(path: &Path, is_id: fn(&str) -> bool) -> Option<u64> {
    let mut lines = BufReader::new(File::open(path).ok()?).take(HEADER_BYTES).split(b'\n');
    let has_id = |line: Vec<u8>| {
        let line = String::from_utf8_lossy(&line).into_owned();
        line.split([';', ',', '\t']).any(|cell| is_id(cell.trim_matches(['"', '\u{feff}', '\r', ' '])))
    };
    let place = lines.by_ref().take(HEADER_WITHIN).map_while(std::io::Result::ok).position(has_id)?;
    (place > 0).then_some(place as u64 + 1)
}

fn workbook(path: &Path, is_id: fn(&str) -> bool, messages: Messages) -> Result<FormFile> {
    let file = File::open(path).map_err(|fault| cannot_read(path, &fault))?;
    let shown = path.display().to_string();
    let at = |finding: Finding| Error::data(vec![finding.at(Place::file(&shown))]);
    // A damaged file can make the reader panic: in a thread of its own that is one more way to fail.
    let read = thread::Builder::new().name("form".into()).spawn(move || sheets(file));
    let read = read.map_err(|fault| cannot_read(path, &fault))?.join();
    let Ok(Some(mut book)) = read else { return Err(at(cannot_open(path, messages))) };
    let stamp = book.sheets.iter().find(|sheet| sheet.name == STAMP_SHEET).and_then(|sheet| sheet.stamp());
    let seen = || book.sheets.iter().filter(|sheet| sheet.is_visible);
    let is_chosen = |sheet: &Sheet| sheet.is_visible && sheet.header_row(is_id).is_some();
    let with_header = book
        .sheets
        .iter()
        .position(is_chosen)
        .or_else(|| book.sheets.iter().position(|sheet| sheet.is_visible));
    let Some(chosen) = with_header else {
        return Err(at(Finding::error("sheet_not_found", "the workbook has no sheet that can be seen")));
    };
    let forms: Vec<String> =
        seen().filter(|sheet| sheet.header_row(is_id).is_some()).map(|sheet| sheet.name.clone()).collect();
    if forms.len() > 1 {
        return Err(at(several_forms(&forms)));
    }
    let mut notices = Vec::new();
    if book.from_1904 {
        let finding =
            Finding::note("dates_from_1904", "the workbook counts its dates from 1904, and they are read so");
        notices.push(finding.at(Place::file(&shown)));
    }
    let (table, rows) = book.sheets.swap_remove(chosen).table(&shown, is_id);
    notices.extend(outside(&table, &rows).map(|place| messages.outside_the_table().at(place)));
    Ok(FormFile { table, rows, stamp, notices })
}

/// Where something stands in no column of the table; a formula in a free cell counts as well.
fn outside(table: &EntryTable, rows: &[EntryRow]) -> Option<Place> {
    let is_free = |column: usize| table.header.get(column).is_none_or(|name| name.trim().is_empty());
    let holds = |row: &&EntryRow| {
        row.cells.iter().enumerate().any(|(column, cell)| is_free(column) && !cell.trimmed().is_empty())
    };
    let found: Rows = rows.iter().filter(holds).map(|row| row.number).collect();
    (found.total() > 0).then(|| table.place().rows(found))
}

/// A name as messages may repeat it: what may be a CPR number is not.
fn masked(name: &str) -> String {
    if holds_cpr(name) { "…".to_owned() } else { name.to_owned() }
}

/// Answers on a second sheet would be lost without a word.
fn several_forms(names: &[String]) -> Finding {
    let named = names.iter().map(|name| format!("`{}`", masked(name))).collect::<Vec<_>>().join(", ");
    Finding::error("several_forms", format!("{} sheets have a column of study ids: {named}", names.len()))
        .because("only one of them could be read, and the answers on the others would be lost")
        .remedy("put the answers on one sheet, or save each sheet as a workbook of its own")
}

struct Book {
    sheets: Vec<Sheet>,
    from_1904: bool,
}

struct Sheet {
    name: String,
    is_visible: bool,
    rows: Vec<EntryRow>,
}

/// All sheets; `None` where the workbook cannot be read to its end.
fn sheets(file: File) -> Option<Book> {
    let mut book = Xlsx::new(BufReader::new(file)).ok()?;
    let from_1904 = book.has_1904_epoch();
    let worksheets = book.sheets_metadata().iter().filter(|sheet| sheet.typ == SheetType::WorkSheet);
    let named: Vec<(String, bool)> =
        worksheets.map(|sheet| (sheet.name.clone(), sheet.visible == SheetVisible::Visible)).collect();
    let read = |(name, is_visible): (String, bool)| {
        let rows = rows(&mut book, &name, from_1904)?;
        Some(Sheet { name, is_visible, rows })
    };
    let sheets = named.into_iter().map(read).collect::<Option<_>>()?;
    Some(Book { sheets, from_1904 })
}

/// All rows of a sheet that hold anything; cells come from left to right and from top to bottom.
fn rows(book: &mut Xlsx<BufReader<File>>, sheet: &str, from_1904: bool) -> Option<Vec<EntryRow>> {
    let mut cells = book.worksheet_cells_reader(sheet).ok()?;
    let mut rows: Vec<EntryRow> = Vec::new();
    while let Some(cell) = cells.next_cell_with_formula_metadata().ok()? {
        let (row, column) = cell.pos;
        let (number, column) = (u64::from(row) + 1, column as usize);
        let entry = match (&cell.value, &cell.formula) {
            // A formula that came out empty has an empty text; this one has never come out.
            (DataRef::Empty, Some(_)) => uncomputed(),
            (value, _) => entry(value, from_1904),
        };
        if entry.text.is_empty() {
            continue;
        }
        if rows.last().is_none_or(|last| last.number != number) {
            rows.push(EntryRow { number, cells: Vec::new() });
        }
        let row = rows.last_mut()?;
        if row.cells.len() > column {
            return None;
        }
        row.cells.resize(column, EntryCell::default());
        row.cells.push(entry);
    }
    Some(rows)
}

/// Not empty, whatever it would be.
fn uncomputed() -> EntryCell {
    EntryCell { text: "=".to_owned(), stored: StoredAs::Uncomputed }
}

fn entry(value: &DataRef<'_>, from_1904: bool) -> EntryCell {
    let stored = match value {
        DataRef::Int(_) | DataRef::Float(_) => StoredAs::Number(as_day(value, from_1904)),
        DataRef::DateTime(_) | DataRef::DateTimeIso(_) => StoredAs::Day,
        DataRef::Bool(_) => StoredAs::Truth,
        DataRef::Error(_) => StoredAs::Error,
        _ => StoredAs::Text,
    };
    EntryCell { text: cell_text(value, from_1904), stored }
}

impl Sheet {
    fn header_row(&self, is_id: fn(&str) -> bool) -> Option<usize> {
        let has_id = |row: &EntryRow| row.cells.iter().any(|cell| is_id(cell.trimmed()));
        self.rows.iter().take(HEADER_WITHIN).position(has_id)
    }

    fn table(mut self, file: &str, is_id: fn(&str) -> bool) -> (EntryTable, Vec<EntryRow>) {
        let at = self.header_row(is_id).unwrap_or(0);
        let header = self.rows.get(at);
        let table = EntryTable {
            file: file.to_owned(),
            sheet: Some(masked(&self.name)),
            header_row: header.map_or(1, |row| row.number),
            header: header
                .into_iter()
                .flat_map(|row| &row.cells)
                .map(|cell| masked(cell.trimmed()))
                .collect(),
            ..EntryTable::default()
        };
        self.rows.drain(..self.rows.len().min(at + 1));
        (table, self.rows)
    }

    /// Keys in the first column, values in the second.
    fn stamp(&self) -> Option<FormStamp> {
        let text = |row: &EntryRow, column| row.cell(column).trimmed().to_owned();
        let lines: Vec<(String, String)> = self.rows.iter().map(|row| (text(row, 0), text(row, 1))).collect();
        FormStamp::read(&lines)
    }
}
