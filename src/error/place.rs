//! Where something was found.

use std::fmt;

use super::Tongue;

/// How many rows a message names before it says "and 31 more".
pub const ROWS_NAMED: usize = 20;

/// Rows of a file as a spreadsheet counts them (the header is row 1): the first few, and how many there are.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Rows {
    first: Vec<u64>,
    total: u64,
}

impl Rows {
    /// No row yet.
    pub fn none() -> Self {
        Rows::default()
    }

    /// One row.
    pub fn one(row: u64) -> Self {
        Rows { first: vec![row], total: 1 }
    }

    /// Adds a row; only the first [`ROWS_NAMED`] are remembered by number.
    pub fn add(&mut self, row: u64) {
        if self.first.len() < ROWS_NAMED {
            self.first.push(row);
        }
        self.total += 1;
    }

    /// Adds other rows behind these.
    pub fn append(&mut self, others: &Rows) {
        let room = ROWS_NAMED - self.first.len().min(ROWS_NAMED);
        self.first.extend(others.first.iter().take(room));
        self.total += others.total;
    }

    /// Adds rows that stand among these.
    pub fn merge(&mut self, others: &Rows) {
        self.first.extend(&others.first);
        self.first.sort_unstable();
        self.first.truncate(ROWS_NAMED);
        self.total += others.total;
    }

    /// The rows that are remembered by number, in the order of the file.
    pub fn first(&self) -> &[u64] {
        &self.first
    }

    /// How many rows there are, named or not.
    pub fn total(&self) -> u64 {
        self.total
    }
}

impl FromIterator<u64> for Rows {
    fn from_iter<I: IntoIterator<Item = u64>>(rows: I) -> Self {
        rows.into_iter().fold(Rows::none(), |mut all, row| {
            all.add(row);
            all
        })
    }
}

impl fmt::Display for Rows {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let named: Vec<String> = self.first.iter().map(u64::to_string).collect();
        f.write_str(&listed(["row", "rows", "and", "more"], &named, self.total))
    }
}

/// `rows 2, 4 and 9`, `cells B2, B4 and 12 more`.
fn listed([noun, plural, and, more_of_them]: [&str; 4], named: &[String], total: u64) -> String {
    match (named, total - named.len() as u64) {
        ([], 0) => String::new(),
        ([one], 0) => format!("{noun} {one}"),
        ([all @ .., last], 0) => format!("{plural} {} {and} {last}", all.join(", ")),
        (all, more) => format!("{plural} {} {and} {more} {more_of_them}", all.join(", ")),
    }
}

/// The letters of a column, counted from 0, as spreadsheets name it: `A`, `Z`, `AA`.
pub fn column_letters(column: usize) -> String {
    let mut letters = Vec::new();
    let mut rest = column + 1;
    while rest > 0 {
        letters.push(b'A' + ((rest - 1) % 26) as u8);
        rest = (rest - 1) / 26;
    }
    letters.iter().rev().map(|letter| char::from(*letter)).collect()
}

/// Where something was found. Each part is left empty when it does not apply.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Place {
    /// The file as the user named it.
    pub file: Option<String>,
    /// The sheet of a workbook.
    pub sheet: Option<String>,
    /// The rows.
    pub rows: Rows,
    /// The column's header as the file has it, or the cell's name (`B17`).
    pub column: Option<String>,
    /// The column of a workbook, counted from 0; with the rows it names the cells: `B17`.
    pub letters: Option<usize>,
    /// The line of a text file such as `study.toml`, from 1.
    pub line: Option<u64>,
    /// The key in such a file, with its tables: `sampling.total`.
    pub key: Option<String>,
}

impl Place {
    /// A file as a whole.
    pub fn file(name: impl Into<String>) -> Self {
        Place { file: Some(name.into()), ..Place::default() }
    }

    /// The same place, with rows.
    pub fn rows(mut self, rows: Rows) -> Self {
        self.rows = rows;
        self
    }

    /// The same place, one row.
    pub fn row(self, row: u64) -> Self {
        self.rows(Rows::one(row))
    }

    /// The same place, with a column.
    pub fn column(mut self, column: impl Into<String>) -> Self {
        self.column = Some(column.into());
        self
    }

    /// The same place, with the column of a workbook, counted from 0.
    pub fn letters(mut self, column: usize) -> Self {
        self.letters = Some(column);
        self
    }

    /// The cells of a workbook by their names, as many as rows are remembered.
    pub fn cells(&self) -> Vec<String> {
        let named = |column| {
            let letters = column_letters(column);
            self.rows.first().iter().map(|row| format!("{letters}{row}")).collect()
        };
        self.letters.map(named).unwrap_or_default()
    }

    /// The same place, with a sheet.
    pub fn sheet(mut self, sheet: impl Into<String>) -> Self {
        self.sheet = Some(sheet.into());
        self
    }

    /// The same place, with the key of a protocol and the line where it stands.
    pub fn key(mut self, key: impl Into<String>, line: Option<u64>) -> Self {
        self.key = Some(key.into());
        self.line = line;
        self
    }

    pub(super) fn is_empty(&self) -> bool {
        *self == Place::default()
    }
}

impl Place {
    /// The place in words.
    pub(super) fn in_tongue(&self, tongue: Tongue) -> String {
        let (and, more) = (tongue.says(["og", "and"]), tongue.says(["andre", "more"]));
        let noun = |danish, english| tongue.says([danish, english]);
        let named: Vec<String> = self.rows.first().iter().map(u64::to_string).collect();
        let rows = (self.rows.total() > 0).then(|| match self.cells().as_slice() {
            [] => {
                listed([noun("række", "row"), noun("rækker", "rows"), and, more], &named, self.rows.total())
            }
            cells => {
                listed([noun("celle", "cell"), noun("celler", "cells"), and, more], cells, self.rows.total())
            }
        });
        let sheet = self.sheet.as_ref().map(|sheet| format!("{} `{sheet}`", noun("ark", "sheet")));
        let column = self.column.as_ref().map(|column| format!("{} `{column}`", noun("kolonne", "column")));
        let line = self.line.map(|line| format!("{} {line}", noun("linje", "line")));
        let key = self.key.as_ref().map(|key| format!("`{key}`"));
        let parts = [self.file.clone(), sheet, rows, column, line, key];
        parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.in_tongue(Tongue::English))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn many_rows_are_named_up_to_twenty_and_then_counted() {
        let rows: Rows = (2..53).collect();
        assert!(rows.to_string().ends_with("20, 21 and 31 more"));
        assert_eq!(rows.total(), 51);
    }

    #[test]
    fn a_cell_of_a_workbook_is_named_as_spreadsheets_name_it() {
        let place = Place::file("form.xlsx").sheet("Gennemgang").rows([2, 4, 17].into_iter().collect());
        let place = place.column("Diæt [diet]").letters(27);
        assert_eq!(
            place.to_string(),
            "form.xlsx, sheet `Gennemgang`, cells AB2, AB4 and AB17, column `Diæt [diet]`"
        );
        assert_eq!(place.cells(), ["AB2", "AB4", "AB17"]);
        assert!(Place::file("form.csv").row(3).cells().is_empty());
    }

    #[test]
    fn columns_are_counted_in_letters() {
        for (column, letters) in [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA"), (16383, "XFD")]
        {
            assert_eq!(column_letters(column), letters);
        }
    }
}
