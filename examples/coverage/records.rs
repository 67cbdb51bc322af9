//! A CSV file as rows that are looked up by their columns.

use std::collections::HashMap;
use std::path::Path;

/// The rows of a file.
pub(crate) struct Records(Vec<HashMap<String, String>>);

impl Records {
    /// `{folder}/{name}.csv`
    ///
    /// # Errors
    /// A file that cannot be read.
    pub(crate) fn read(folder: &Path, name: &str) -> Result<Self, csv::Error> {
        let mut reader = csv::Reader::from_path(folder.join(name).with_extension("csv"))?;
        Ok(Records(reader.deserialize().collect::<Result<_, _>>()?))
    }

    /// The rows with these values in these columns.
    pub(crate) fn matching<'r>(
        &'r self,
        wanted: &'r [(&'r str, &'r str)],
    ) -> impl Iterator<Item = &'r HashMap<String, String>> {
        let is_wanted = |row: &HashMap<String, String>| {
            wanted.iter().all(|(column, value)| row.get(*column).is_some_and(|cell| cell == value))
        };
        self.0.iter().filter(move |row| is_wanted(row))
    }

    /// The number in a column of the first such row; `None` where there is none.
    pub(crate) fn number(&self, wanted: &[(&str, &str)], column: &str) -> Option<f64> {
        self.matching(wanted).next()?.get(column)?.parse().ok()
    }

    /// The numbers in a column of all such rows.
    pub(crate) fn numbers(&self, wanted: &[(&str, &str)], column: &str) -> Vec<f64> {
        self.matching(wanted).filter_map(|row| row.get(column)?.parse().ok()).collect()
    }
}
