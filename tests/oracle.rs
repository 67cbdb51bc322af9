//! Reading the tables of numbers from elsewhere in `fixtures/oracles`, and comparing with them.

use std::collections::HashMap;
use std::path::Path;

/// One row of an oracle table, by the names of its columns.
pub(crate) struct Row {
    table: String,
    number: u64,
    cells: HashMap<String, String>,
}

impl Row {
    /// The text of a cell.
    pub(crate) fn text(&self, column: &str) -> &str {
        self.cells.get(column).unwrap_or_else(|| panic!("{} has no column `{column}`", self.table))
    }

    /// The number in a cell; `None` when the cell is empty.
    pub(crate) fn number(&self, column: &str) -> Option<f64> {
        let text = self.text(column);
        let parse = || text.parse().unwrap_or_else(|_| panic!("{self}: `{text}` is no number"));
        (!text.is_empty()).then(parse)
    }

    /// The number in a cell that is never empty.
    pub(crate) fn value(&self, column: &str) -> f64 {
        self.number(column).unwrap_or_else(|| panic!("{self}: `{column}` is empty"))
    }

    /// The count in a cell.
    pub(crate) fn count(&self, column: &str) -> u64 {
        self.value(column) as u64
    }
}

impl std::fmt::Display for Row {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}, row {}", self.table, self.number)
    }
}

/// All rows of `fixtures/oracles/{table}.csv`, numbered as a spreadsheet does.
pub(crate) fn rows(table: &str) -> Vec<Row> {
    rows_in(&Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/oracles"), table)
}

/// The same of `{table}.csv` in a folder.
pub(crate) fn rows_in(folder: &Path, table: &str) -> Vec<Row> {
    let path = folder.join(format!("{table}.csv"));
    let mut reader = csv::Reader::from_path(&path).unwrap_or_else(|error| panic!("{path:?}: {error}"));
    let records = reader.deserialize().map(|record| record.unwrap());
    let rows: Vec<Row> =
        records.zip(2..).map(|(cells, number)| Row { table: table.to_owned(), number, cells }).collect();
    assert!(!rows.is_empty(), "{table} has no rows");
    rows
}

/// The relative distance of `found` from `expected`; the absolute one where 0 is expected.
pub(crate) fn distance(found: f64, expected: f64) -> f64 {
    let scale = if expected == 0.0 { 1.0 } else { expected.abs() };
    (found - expected).abs() / scale
}
