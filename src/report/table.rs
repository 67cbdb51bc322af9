//! A table as values: what stands in it, not how it is drawn.

/// How a column is set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Align {
    /// Words.
    Left,
    /// Numbers.
    Right,
}

/// A column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// Its header.
    pub header: String,
    /// How it is set.
    pub align: Align,
}

/// A finished table: every cell is the text that is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// A short name that files and their parts can bear: `accuracy`; empty where none is wanted.
    pub name: String,
    /// What it is about.
    pub title: String,
    /// Its columns.
    pub columns: Vec<Column>,
    /// Its rows, each as long as there are columns.
    pub rows: Vec<Vec<String>>,
    /// What a reader must know, below it.
    pub notes: Vec<String>,
}

impl Table {
    /// An empty table. A header that begins with `>` is a column of numbers.
    pub fn new(title: impl Into<String>, headers: &[&str]) -> Self {
        let column = |header: &&str| match header.strip_prefix('>') {
            Some(header) => Column { header: header.to_owned(), align: Align::Right },
            None => Column { header: (*header).to_owned(), align: Align::Left },
        };
        Table {
            name: String::new(),
            title: title.into(),
            columns: headers.iter().map(column).collect(),
            rows: Vec::new(),
            notes: Vec::new(),
        }
    }

    /// The table with its short name.
    #[must_use]
    pub fn named(mut self, name: impl Into<String>) -> Self {
        self.name = name.into();
        self
    }

    /// Adds a row; short rows are filled with empty cells.
    pub fn row(&mut self, cells: impl IntoIterator<Item = impl Into<String>>) {
        let mut cells: Vec<String> = cells.into_iter().map(Into::into).collect();
        cells.resize(self.columns.len(), String::new());
        self.rows.push(cells);
    }

    /// Adds a note, once.
    pub fn note(&mut self, note: impl Into<String>) {
        let note = note.into();
        if !self.notes.contains(&note) {
            self.notes.push(note);
        }
    }
}
