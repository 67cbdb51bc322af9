//! An export of REDCap, raw or with labels, as the forms that it stands for.
//!
//! One export holds both readings; each becomes a table like that of a returned form, with the rows' own numbers. What REDCap adds for itself
//! is left out, and a field that says why there is no answer is put in the place of the answer. Its numbers have a decimal point.

use super::form::is_id_header;
use super::redcap::{self, is_bookkeeping, is_export, labelled_id, reading_of, untold_of};
use super::{EntryCell, EntryRow, EntryTable, Messages, Reading, StoredAs};
use crate::error::{Finding, Rows};

/// The table of one reading, and its rows.
pub type ExportedForm = (EntryTable, Vec<EntryRow>);

/// The tables of an export, one for each reading that it holds; `None` if the header is that of no export. Beside them the cells with
/// both an answer and a reason why there is none: errors, told with all the others; and a warning of records that are marked as unfinished.
pub fn forms_of_export(
    table: &EntryTable,
    rows: &[EntryRow],
    messages: Messages,
) -> Option<(Vec<ExportedForm>, Vec<Finding>)> {
    if !is_export(&table.header) {
        return None;
    }
    let id = table.header.iter().position(|name| is_id_header(name))?;
    let (merged, mut findings) = Merging::new(table).all(rows, messages);
    findings.extend(unfinished(table, rows, id, messages));
    let of = |reading| {
        let rows: Vec<EntryRow> = merged
            .iter()
            .filter(|row| reading_of(row.cell(id).trimmed()).1 == reading)
            .map(|row| with_study_id(row, id))
            .collect();
        (!rows.is_empty()).then(|| (header_of(table, reading), rows))
    };
    Some(([Reading::First, Reading::Second].into_iter().filter_map(of).collect(), findings))
}

/// The column with REDCap's own mark of a record, raw and with labels.
const COMPLETION: [&str; 2] = ["review_complete", "Complete?"];
/// What it says of a record that its reader has not finished; records that were imported and never opened are empty.
const UNFINISHED: [&str; 4] = ["0", "1", "incomplete", "unverified"];

/// Records with answers that are not marked as complete: whoever entered them may not be done.
fn unfinished(table: &EntryTable, rows: &[EntryRow], id: usize, messages: Messages) -> Option<Finding> {
    let mark = table.header.iter().position(|name| COMPLETION.contains(&name.trim()))?;
    let says_something = |column: &usize| *column != id && !is_bookkeeping(&table.header[*column]);
    let open = |row: &&EntryRow| {
        let is_begun =
            || (0..table.header.len()).filter(says_something).any(|at| !row.cell(at).trimmed().is_empty());
        UNFINISHED.contains(&row.cell(mark).trimmed().to_lowercase().as_str()) && is_begun()
    };
    let rows: Rows = rows.iter().filter(open).map(|row| row.number).collect();
    (rows.total() > 0).then(|| messages.unfinished_records(&rows).at(table.cell(0, mark).rows(rows)))
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
        redcap::REVIEW_DATE => "date".to_owned(),
        reviewer @ ("reviewer" | "initialer") if reading == Reading::Second => format!("{reviewer}_2"),
        other if is_bookkeeping(other) || untold_of(other).is_some() => String::new(),
        other => other.to_owned(),
    };
    let header = table.header.iter().map(name).collect();
    EntryTable { header, in_file: table.header.clone(), ..table.clone() }
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
            name == id || labelled_id(name) == Some(id)
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
                merged.cells[*reason].text.clear();
                if !row.cell(*answer).trimmed().is_empty() {
                    findings.push(messages.answer_and_reason().at(self.table.cell(row.number, *answer)));
                    continue;
                }
                merged.cells[*answer].text = said.to_owned();
            }
            merged.cells.iter_mut().for_each(|cell| cell.stored = StoredAs::Number(None));
            merged
        };
        let merged = rows.iter().map(&mut merge).collect();
        (merged, findings)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::protocol::Language;

    const MESSAGES: Messages = Messages { language: Language::En, form: Language::En };

    fn table(header: &[&str]) -> EntryTable {
        let header = header.iter().map(|name| (*name).to_owned()).collect();
        EntryTable { file: "export.csv".to_owned(), header_row: 1, header, ..EntryTable::default() }
    }

    fn row(number: u64, cells: &[&str]) -> EntryRow {
        EntryRow { number, cells: cells.iter().map(|cell| EntryCell::plain(*cell)).collect() }
    }

    #[test]
    fn a_form_is_no_export() {
        assert!(forms_of_export(&table(&["study_id", "chart", "date"]), &[], MESSAGES).is_none());
    }

    #[test]
    fn both_readings_become_tables_with_the_rows_own_numbers() {
        let export = table(&[
            "study_id",
            "redcap_data_access_group",
            "reviewer",
            "review_date",
            "n",
            "n_untold",
            "review_complete",
        ]);
        let rows = [
            row(2, &["HKM-0417D", "751_aarhus", "AB", "2024-01-15", "1.299", "", "2"]),
            row(3, &["HKM-0417D-2", "751_aarhus_2", "CD", "2024-01-16", "", "not_documented", "2"]),
        ];
        let forms = forms_of_export(&export, &rows, MESSAGES).unwrap().0;
        let [(first, one), (second, other)] = forms.as_slice() else { panic!("two readings") };
        assert_eq!(first.header, ["study_id", "", "reviewer", "date", "n", "", ""]);
        assert_eq!(second.header[2], "reviewer_2");
        assert_eq!((one[0].number, other[0].number, other[0].cells[0].text.as_str()), (2, 3, "HKM-0417D"));
        assert_eq!(
            (other[0].cells[4].text.as_str(), other[0].cells[5].text.as_str()),
            ("not_documented", "")
        );
        assert_eq!(one[0].cells[4].stored, StoredAs::Number(None), "the point is a decimal point");
    }

    #[test]
    fn findings_name_the_columns_of_the_export() {
        let export = table(&["study_id", "redcap_data_access_group", "reviewer", "review_date"]);
        let rows = [row(2, &["HKM-0417D-2", "751_aarhus_2", "CD", "2024-01-16"])];
        let (table, _) = forms_of_export(&export, &rows, MESSAGES).unwrap().0.remove(0);
        let named = [2, 3].map(|column| table.cell(2, column).column.unwrap());
        assert_eq!(
            (named, table.header[2].as_str()),
            (["reviewer", "review_date"].map(str::to_owned), "reviewer_2")
        );
    }

    #[test]
    fn an_export_with_labels_is_one_as_well() {
        let export = table(&[
            "studie_id",
            "Data Access Group",
            "Antal [n]",
            "… eller hvorfor ikke [n_untold]",
            "Gange (m)",
            "… eller hvorfor ikke (m_untold)",
            "Complete?",
        ]);
        let cells = ["HKM-0417D", "751 Aarhus", "", "Ikke relevant", "", "Ikke dokumenteret", "Complete"];
        let forms = forms_of_export(&export, &[row(2, &cells)], MESSAGES).unwrap().0;
        let said = [2, 4].map(|column| forms[0].1[0].cells[column].text.as_str());
        assert_eq!(said, ["Ikke relevant", "Ikke dokumenteret"]);
    }

    #[test]
    fn an_answer_beside_a_reason_why_there_is_none_is_a_finding() {
        let export = table(&["study_id", "n", "n_untold", "review_complete"]);
        let rows = [row(7, &["HKM-0417D", "3", "not_relevant", "2"])];
        let (forms, findings) = forms_of_export(&export, &rows, MESSAGES).unwrap();
        assert_eq!((findings[0].code, findings[0].place.rows.first()), ("answer_and_reason", [7].as_slice()));
        assert_eq!(forms[0].1[0].cells[1].text, "3", "the row is read on, so that all is told at once");
    }
}
