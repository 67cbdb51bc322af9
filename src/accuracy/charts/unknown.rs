//! Words that mean nothing here: never counted, always told.

use std::collections::BTreeMap;

use super::ChartWords;
use crate::error::{Finding, Place, Rows};
use crate::protocol::RegisterStatus;
use crate::register::{in_rows, shown};

/// So many unknown words of a column are told by name.
const WORDS_TOLD: usize = 20;

/// Words without a meaning: the first ones by name.
#[derive(Debug, Default)]
pub(super) struct UnknownWords {
    words: BTreeMap<String, Rows>,
    more: Rows,
}

impl UnknownWords {
    /// `Some(None)` for an empty cell, `None` for an unknown word, which is remembered.
    pub(super) fn read(
        &mut self,
        words: &ChartWords,
        cell: &str,
        row: u64,
    ) -> Option<Option<RegisterStatus>> {
        if cell.trim().is_empty() {
            return Some(None);
        }
        let status = words.status(cell);
        if status.is_none() {
            self.add(shown(cell).into_owned(), row);
        }
        status.map(Some)
    }

    fn add(&mut self, word: String, row: u64) {
        match self.words.contains_key(&word) || self.words.len() < WORDS_TOLD {
            true => self.words.entry(word).or_default().add(row),
            false => self.more.add(row),
        }
    }

    /// One error for each word, and one for those beyond the first.
    pub(super) fn findings(&self, column: &str, listed: &str) -> Vec<Finding> {
        let finding = |found: String, rows: &Rows| {
            let place = Place::default().rows(rows.clone()).column(column);
            let what = format!("`{column}` is {found}{}, expected one of {listed}", in_rows(&place));
            let why = "a word that is not known is never counted as no";
            Finding::error("word_unknown", what).at(place).because(why)
        };
        let named = self.words.iter().map(|(word, rows)| finding(format!("`{word}`"), rows));
        let more = (self.more.total() > 0).then(|| finding("another unknown word".to_owned(), &self.more));
        named.chain(more).collect()
    }
}
