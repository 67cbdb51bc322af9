//! An export of REDCap, raw or with labels, as the forms that it stands for.
//!
//! One export holds both readings; each becomes a table like that of a returned form, with the rows' own numbers. What REDCap adds for itself
//! is left out, and a field that says why there is no answer is put in the place of the answer. Its numbers have a decimal point.

use super::form::is_id_header;
use super::redcap::{is_bookkeeping, is_export, reading_of, untold_of};
use super::{EntryCell, EntryRow, EntryTable, Messages, Reading, StoredAs};
use crate::error::Finding;

/// The tables of an export, one for each reading that it holds; `None` if the header is that of no export.
///
/// # Errors
/// Cells with both an answer and a reason why there is none.
pub fn forms_of_export(
    table: &EntryTable,
    rows: &[EntryRow],
    messages: Messages,
) -> Option<Result<Vec<(EntryTable, Vec<EntryRow>)>, Vec<Finding>>> {
    if !is_export(&table.header) {
        return None;
    }
    let id = table.header.iter().position(|name| is_id_header(name))?;
    let (merged, findings) = Merging::new(table).all(rows, messages);
    if !findings.is_empty() {
        return Some(Err(findings));
    }
    let of = |reading| {
        let rows: Vec<EntryRow> = merged
            .iter()
            .filter(|row| reading_of(row.cell(id).trimmed()).1 == reading)
            .map(|row| with_study_id(row, id))
            .collect();
        (!rows.is_empty()).then(|| (header_of(table, reading), rows))
    };
    Some(Ok([Reading::First, Reading::Second].into_iter().filter_map(of).collect()))
}

/// The record's name without the mark of the second reading.
fn with_study_id(row: &EntryRow, id: usize) -> EntryRow {
    let mut row = row.clone();
    if let Some(cell) = row.cells.get_mut(id) {
        cell.text = reading_of(&cell.text).0.to_owned();
    }
    row
}

/// The header as a form of this reading has it; columns that are no part of it are nameless.
fn header_of(table: &EntryTable, reading: Reading) -> EntryTable {
    let name = |name: &String| match name.trim() {
        "review_date" => "date".to_owned(),
        reviewer @ ("reviewer" | "initialer") if reading == Reading::Second => format!("{reviewer}_2"),
        other if is_bookkeeping(other) || untold_of(other).is_some() => String::new(),
        other => other.to_owned(),
    };
    EntryTable { header: table.header.iter().map(name).collect(), ..table.clone() }
}

/// Puts what is not relevant or not documented in the place of the answer.
struct Merging<'t> {
    table: &'t EntryTable,
    /// The column of a reason, and that of the answer it stands for.
    pairs: Vec<(usize, usize)>,
}

impl<'t> Merging<'t> {
    fn new(table: &'t EntryTable) -> Self {
        let names = |name: &str, id: &str| {
            let name = name.trim();
            name == id || name.ends_with(&format!("[{id}]"))
        };
        let pair = |(place, name): (usize, &String)| {
            let id = untold_of(name)?;
            Some((place, table.header.iter().position(|other| names(other, id))?))
        };
        Merging { table, pairs: table.header.iter().enumerate().filter_map(pair).collect() }
    }

    fn all(&self, rows: &[EntryRow], messages: Messages) -> (Vec<EntryRow>, Vec<Finding>) {
        let mut findings = Vec::new();
        let mut merge = |row: &EntryRow| {
            let mut merged = row.clone();
            merged.cells.resize(self.table.header.len(), EntryCell::default());
            for (reason, answer) in &self.pairs {
                let said = row.cell(*reason).trimmed();
                if said.is_empty() {
                    continue;
                }
                if !row.cell(*answer).trimmed().is_empty() {
                    findings.push(messages.answer_and_reason().at(self.table.cell(row.number, *answer)));
                }
                merged.cells[*answer].text = said.to_owned();
                merged.cells[*reason].text.clear();
            }
            merged.cells.iter_mut().for_each(|cell| cell.stored = StoredAs::Number(None));
            merged
        };
        let merged = rows.iter().map(&mut merge).collect();
        (merged, findings)
    }
}
