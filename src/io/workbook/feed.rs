//! The thread that holds the workbook and sends its rows.

use std::fs::File;
use std::io::BufReader;
use std::sync::mpsc::SyncSender;

use calamine::{Cell, DataRef, Reader, SheetType, SheetVisible, Xlsx};

use super::{BATCH, ErrorCell, Message, Opened, cell, damaged, no_sheet, not_opened};
use crate::error::{Finding, column_letters};
use crate::register::Row;

/// The life of the thread: open, send rows, end. It stops as soon as nobody listens.
pub(super) fn run(file: File, sheet: Option<&str>, sender: &SyncSender<Message>) {
    let last = match send_rows(file, sheet, sender) {
        Ok(()) => Message::End,
        Err(finding) => Message::Failed(finding),
    };
    // Nobody listens any more when the extract was dropped before its end.
    let _ = sender.send(last);
}

fn send_rows(file: File, sheet: Option<&str>, sender: &SyncSender<Message>) -> Result<(), Box<Finding>> {
    let mut book = Xlsx::new(BufReader::new(file)).map_err(|error| not_opened(&error))?;
    let (sheet, others) = choose(&book, sheet)?;
    let dates_from_1904 = book.has_1904_epoch();
    let mut cells = book.worksheet_cells_reader(&sheet).map_err(|error| not_opened(&error))?;
    let last_row = u64::from(cells.dimensions().end.0) + 1;
    if sender.send(Message::Opened(Opened { sheet, others, dates_from_1904, last_row })).is_err() {
        return Ok(());
    }
    let mut assembly = Assembly::default();
    while let Some(cell) = cells.next_cell().map_err(|_| damaged())? {
        assembly.put(&cell, dates_from_1904)?;
        if assembly.done.len() == BATCH && sender.send(assembly.take()).is_err() {
            return Ok(());
        }
    }
    assembly.finish_row();
    // As above: a receiver that is gone is no error.
    let _ = sender.send(assembly.take());
    Ok(())
}

/// Rows in the making.
#[derive(Debug, Default)]
struct Assembly {
    row: Row,
    done: Vec<Row>,
    errors: Vec<ErrorCell>,
}

impl Assembly {
    /// Puts a cell at its place, noting it if it shows an error; cells come from left to right and from top to bottom.
    fn put(&mut self, cell: &Cell<DataRef<'_>>, from_1904: bool) -> Result<(), Box<Finding>> {
        let (row, column) = cell.get_position();
        let (number, column) = (u64::from(row) + 1, column as usize);
        let text = cell::text(cell.get_value(), from_1904);
        if matches!(cell.get_value(), DataRef::Error(_)) {
            let cell = format!("{}{number}", column_letters(column));
            self.errors.push(ErrorCell { text: text.clone(), cell });
        }
        if number != self.row.number {
            self.finish_row();
        }
        if number < self.row.number || column < self.row.cells.len() {
            return Err(damaged().into());
        }
        self.row.number = number;
        while self.row.cells.len() < column {
            self.row.cells.push("");
        }
        self.row.cells.push(&text);
        Ok(())
    }

    fn finish_row(&mut self) {
        if !self.row.cells.is_empty() {
            let number = self.row.number;
            self.done.push(std::mem::replace(&mut self.row, Row { number, ..Row::default() }));
        }
    }

    fn take(&mut self) -> Message {
        Message::Rows(std::mem::take(&mut self.done), std::mem::take(&mut self.errors))
    }
}

/// The sheet to read and the others that can be seen.
fn choose(book: &Xlsx<BufReader<File>>, wanted: Option<&str>) -> Result<(String, Vec<String>), Box<Finding>> {
    let worksheets = || book.sheets_metadata().iter().filter(|sheet| sheet.typ == SheetType::WorkSheet);
    let seen: Vec<&str> = worksheets()
        .filter(|sheet| sheet.visible == SheetVisible::Visible)
        .map(|sheet| sheet.name.as_str())
        .collect();
    let found = match wanted {
        Some(wanted) => worksheets().map(|sheet| sheet.name.as_str()).find(|name| *name == wanted),
        None => seen.first().copied(),
    };
    let sheet = found.ok_or_else(|| no_sheet(wanted, &seen))?;
    let others =
        seen.iter().filter(|name| wanted.is_none() && **name != sheet).map(|name| (*name).to_owned());
    Ok((sheet.to_owned(), others.collect()))
}
