//! Texts of a column that mean nothing here: never counted, always told.

use std::collections::BTreeSet;

use super::ChartWords;
use crate::error::{Finding, Place, Rows};
use crate::protocol::RegisterStatus;
use crate::register::{in_rows, shown};

/// So many unknown texts of a column are told.
const TOLD: usize = 20;

/// The unknown texts of a column, the first of them by name, and their rows.
#[derive(Debug, Default)]
pub(super) struct UnknownTexts {
    texts: BTreeSet<String>,
    more: bool,
    rows: Rows,
}

impl UnknownTexts {
    pub(super) fn add(&mut self, text: &str, row: u64) {
        self.rows.add(row);
        if self.texts.len() < TOLD {
            self.texts.insert(shown(text).into_owned());
        } else {
            self.more = self.more || !self.texts.contains(shown(text).as_ref());
        }
    }

    /// The status of a cell: `Some(None)` for one that was not read, `None` for an unknown word, which is remembered.
    pub(super) fn read(
        &mut self,
        words: &ChartWords,
        cell: &str,
        row: u64,
    ) -> Option<Option<RegisterStatus>> {
        let meaning = words.meaning(cell);
        if meaning.is_none() {
            self.add(cell, row);
        }
        meaning
    }

    /// One error for the column, if there is anything unknown in it.
    pub(super) fn finding(&self, code: &'static str, column: &str, expected: &str) -> Option<Finding> {
        let place = Place::default().rows(self.rows.clone()).column(column);
        let what = format!("`{column}` is {}{}, expected {expected}", self.listed(), in_rows(&place));
        (self.rows.total() > 0).then(|| Finding::error(code, what).at(place))
    }

    /// `` `maybe`, `x` or something else ``
    fn listed(&self) -> String {
        let quoted = |text: &String| if text.is_empty() { "empty".to_owned() } else { format!("`{text}`") };
        let mut texts: Vec<String> = self.texts.iter().map(quoted).collect();
        texts.extend(self.more.then(|| "something else".to_owned()));
        match texts.split_last() {
            Some((last, [])) => last.clone(),
            Some((last, others)) => format!("{} or {last}", others.join(", ")),
            None => String::new(),
        }
    }
}
