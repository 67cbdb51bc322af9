//! The tables of the page, filled from the files.
//!
//! A table stands under a comment that says where its cells come from:
//!
//! ```text
//! <!-- table: file=plain_summary; rows=method; columns=n; value=least_coverage; level=0.95; from=0.8 -->
//! <!-- table: file=weighted; rows=method; values=coverage,width; design=equal_300; … -->
//! ```
//!
//! The first cell of a line is the value of `rows`. With `columns` the heads are the values of that column; with `values` each column of
//! the table is one of the file, under a head of words. All else are conditions. Words and order are the page's; only the cells are written.

use std::error::Error;
use std::path::Path;

use crate::records::Records;

/// Decimals of every cell.
const DECIMALS: usize = 3;

/// The page with its cells filled.
///
/// # Errors
/// A file that cannot be read, or a cell that no row of it has.
pub(crate) fn fill(page: &str, folder: &Path) -> Result<String, Box<dyn Error>> {
    let mut lines: Vec<String> = Vec::new();
    let mut source: Option<Source> = None;
    for line in page.lines() {
        let mut filled = line.to_owned();
        if let Some(text) = line.strip_prefix("<!-- table:").and_then(|rest| rest.strip_suffix("-->")) {
            source = Some(Source::new(text, folder)?);
        } else if let (Some(source), true) = (&mut source, line.starts_with('|')) {
            filled = source.filled(line)?;
        } else if !line.trim().is_empty() {
            source = None;
        }
        lines.push(filled);
    }
    Ok(lines.join("\n") + "\n")
}

/// Where the cells of a table come from.
struct Source {
    records: Records,
    /// The conditions, and `rows`, `columns`, `value`, `values`.
    keys: Vec<(String, String)>,
    heads: Vec<String>,
}

impl Source {
    fn new(text: &str, folder: &Path) -> Result<Self, Box<dyn Error>> {
        let pair =
            |part: &str| part.trim().split_once('=').map(|(key, value)| (key.to_owned(), value.to_owned()));
        let mut keys: Vec<(String, String)> = text.split(';').filter_map(pair).collect();
        let file = keys.iter().position(|(key, _)| key == "file").ok_or("a table names no file")?;
        let (_, name) = keys.remove(file);
        Ok(Source { records: Records::read(folder, &name)?, keys, heads: Vec::new() })
    }

    fn key(&self, name: &str) -> Option<&str> {
        self.keys.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// A line of the table: the head, the rule, or one with cells.
    fn filled(&mut self, line: &str) -> Result<String, Box<dyn Error>> {
        let cells: Vec<String> = line
            .trim()
            .trim_matches('|')
            .split('|')
            .map(|cell| cell.trim().trim_matches('`').to_owned())
            .collect();
        if self.heads.is_empty() {
            self.heads = cells;
            return Ok(line.to_owned());
        }
        if cells.iter().all(|cell| cell.chars().all(|one| "-:".contains(one))) {
            return Ok(line.to_owned());
        }
        let numbers: Result<Vec<String>, Box<dyn Error>> =
            (1..self.heads.len()).map(|column| self.cell(&cells[0], column)).collect();
        let first = line.trim_start_matches('|').split('|').next().unwrap_or_default().trim();
        Ok(format!("| {first} | {} |", numbers?.join(" | ")))
    }

    fn cell(&self, row: &str, column: usize) -> Result<String, Box<dyn Error>> {
        let structure = ["rows", "columns", "value", "values"];
        let mut wanted: Vec<(&str, &str)> =
            self.keys.iter().map(|(key, value)| (key.as_str(), value.as_str())).collect();
        wanted.retain(|(key, _)| !structure.contains(key));
        wanted.push((self.key("rows").ok_or("a table names no rows")?, row));
        let of = match (self.key("columns"), self.key("value"), self.key("values")) {
            (Some(columns), Some(value), None) => {
                wanted.push((columns, &self.heads[column]));
                value
            }
            (None, None, Some(values)) => {
                values.split(',').nth(column - 1).ok_or("more heads than values")?
            }
            _ => return Err("a table has columns and value, or values".into()),
        };
        let mut rows = self.records.matching(&wanted);
        let (Some(found), None) = (rows.next(), rows.next()) else {
            return Err(format!("not one row of the file has {wanted:?}").into());
        };
        let cell = found.get(of).ok_or_else(|| format!("there is no column {of}"))?;
        match cell.parse::<f64>() {
            Ok(number) => Ok(format!("{number:.DECIMALS$}")),
            Err(_) => Ok("–".to_owned()),
        }
    }
}
