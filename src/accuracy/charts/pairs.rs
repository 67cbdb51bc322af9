//! The answers of two reviewers, or of any two sources, side by side in two columns of a file.

use std::collections::BTreeMap;

use super::ChartWords;
use super::words::{folded, is_not_read};
use crate::protocol::RegisterStatus;
use crate::register::shown;
use crate::stats::{AgreementTable, AgreementTableError};

/// More categories than this are no categories: a date, a number or a free text.
const MOST_CATEGORIES: usize = 50;

/// The rows of two columns, counted. Answers are compared without regard to case and surrounding space.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AnswerPairs {
    /// Folded answer → as it was first written.
    categories: BTreeMap<String, String>,
    pairs: BTreeMap<(String, String), u64>,
    /// Rows in which the first answer alone is empty, the second alone, and both.
    pub empty: [u64; 3],
}

/// The table of the answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PairedAnswers {
    /// The categories in the order of rows and columns.
    pub categories: Vec<String>,
    /// The counts; a table of one category has an empty second one.
    pub table: AgreementTable,
    /// Whether the first category means yes and the second no.
    pub is_yes_no: bool,
}

impl AnswerPairs {
    /// Counts a row. A row with an empty answer is left out: two empty cells are no agreement.
    pub fn add(&mut self, first: &str, second: &str) {
        match (is_not_read(first), is_not_read(second)) {
            (false, false) => {
                let pair = (self.category(first), self.category(second));
                *self.pairs.entry(pair).or_default() += 1;
            }
            (true, false) => self.empty[0] += 1,
            (false, true) => self.empty[1] += 1,
            (true, true) => self.empty[2] += 1,
        }
    }

    fn category(&mut self, answer: &str) -> String {
        let key = folded(answer);
        // Enough to tell that there are too many; a column of texts would fill the memory.
        if self.categories.len() <= MOST_CATEGORIES && !self.categories.contains_key(&key) {
            self.categories.insert(key.clone(), shown(answer).into_owned());
        }
        if self.categories.contains_key(&key) { key } else { String::new() }
    }

    /// Rows in the file.
    pub fn rows(&self) -> u64 {
        self.pairs.values().sum::<u64>() + self.empty.iter().sum::<u64>()
    }

    /// Whether there are more categories than a table can hold.
    pub fn has_too_many_categories(&self) -> bool {
        self.categories.len() > MOST_CATEGORIES
    }

    /// The table: yes before no, numbers by size, other words by the alphabet.
    ///
    /// # Errors
    /// More records than can be counted.
    pub fn table(&self) -> Result<PairedAnswers, AgreementTableError> {
        let (order, is_yes_no) = self.order();
        let label =
            |key: &Option<String>| key.as_ref().map_or(String::new(), |key| self.categories[key].clone());
        let categories = order.iter().map(label).collect();
        Ok(PairedAnswers { categories, table: self.counted(&order)?, is_yes_no })
    }

    /// The table with its categories in a given order.
    pub(super) fn counted(&self, order: &[Option<String>]) -> Result<AgreementTable, AgreementTableError> {
        let count = |one: &Option<String>, other: &Option<String>| {
            let pair = one.clone().zip(other.clone());
            pair.and_then(|pair| self.pairs.get(&pair).copied()).unwrap_or_default()
        };
        let row = |one| order.iter().map(|other| count(one, other)).collect();
        let rows: Vec<Vec<u64>> = order.iter().map(row).collect();
        AgreementTable::new(&rows)
    }

    /// Rows with both answers.
    pub(super) fn both(&self) -> u64 {
        self.pairs.values().sum()
    }

    /// The folded answers in the order of the table, and whether they are yes and no.
    pub(super) fn order(&self) -> (Vec<Option<String>>, bool) {
        let mut keys: Vec<&String> = self.categories.keys().collect();
        let words = ChartWords::default();
        let status = |key: &&String| words.status(key);
        let is_yes_no = (1..=2).contains(&keys.len())
            && keys.iter().all(|key| matches!(status(key), Some(RegisterStatus::Yes | RegisterStatus::No)))
            && (keys.len() == 1 || status(&keys[0]) != status(&keys[1]));
        match is_yes_no {
            true => keys.sort_by_key(|key| status(key)),
            false => keys.sort_by_key(|key| (key.parse::<u64>().unwrap_or(u64::MAX), key.as_str())),
        }
        let mut order: Vec<Option<&String>> = keys.iter().copied().map(Some).collect();
        match order.as_slice() {
            // One no beside no yes.
            [Some(only)] if is_yes_no && status(only) == Some(RegisterStatus::No) => order.insert(0, None),
            _ => order.resize(order.len().max(2), None),
        }
        (order.into_iter().map(|key| key.cloned()).collect(), is_yes_no)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pairs(answers: &[(&str, &str)]) -> AnswerPairs {
        let mut pairs = AnswerPairs::default();
        answers.iter().for_each(|(first, second)| pairs.add(first, second));
        pairs
    }

    #[test]
    fn empty_cells_are_no_agreement() {
        let pairs = pairs(&[("", ""), ("1", ""), (" ", "0"), ("", ""), ("1", "1")]);
        assert_eq!(pairs.empty, [1, 1, 2]);
        assert_eq!((pairs.rows(), pairs.table().unwrap().table.records()), (5, 1));
    }

    #[test]
    fn yes_stands_before_no_whatever_the_alphabet_says() {
        let found = pairs(&[("ja", "Nej"), ("NEJ", "nej"), ("Ja", "ja")]).table().unwrap();
        assert_eq!((found.categories, found.is_yes_no), (vec!["ja".to_owned(), "Nej".to_owned()], true));
        assert_eq!(found.table, AgreementTable::yes_no(1, 1, 0, 1));
    }

    #[test]
    fn two_words_for_yes_are_two_categories() {
        assert!(!pairs(&[("1", "ja")]).table().unwrap().is_yes_no);
    }

    #[test]
    fn numbers_are_in_the_order_of_their_size() {
        let found = pairs(&[("10", "9"), ("9", "2"), ("x", "2.0")]).table().unwrap();
        assert_eq!(found.categories, ["2", "9", "10", "x"]);
        assert!(!found.is_yes_no);
    }

    #[test]
    fn a_single_answer_throughout_is_its_own_corner() {
        let corner = |answer| pairs(&[(answer, answer)]).table().unwrap().table;
        assert_eq!(corner("no"), AgreementTable::yes_no(0, 0, 0, 1));
        assert_eq!(corner("yes"), AgreementTable::yes_no(1, 0, 0, 0));
        assert_eq!(corner("blue"), AgreementTable::yes_no(1, 0, 0, 0));
        assert_eq!(pairs(&[]).table().unwrap().table.records(), 0);
    }

    #[test]
    fn a_column_of_texts_is_recognised_and_does_not_fill_the_memory() {
        let mut pairs = AnswerPairs::default();
        (0..1000).for_each(|row| pairs.add(&format!("{row}"), "1"));
        assert!(pairs.has_too_many_categories());
        assert!(pairs.categories.len() == 51 && pairs.pairs.len() <= 52);
    }
}
