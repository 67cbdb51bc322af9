//! Keys that occur more than once.
//!
//! Only the whole register can show them. In the first pass eight bytes of each course's number are remembered (at most
//! sixteen bytes a row while the list grows; whoever reads a long register puts the list down from time to time); two
//! courses with the same eight bytes have, but for one register in some hundred thousand, the same key. A second pass, made only when there are such, compares the rows themselves.

use std::collections::{BTreeMap, BTreeSet};

use crate::error::{Finding, Place, Rows};

/// Remembers a fingerprint of every course.
#[derive(Debug, Clone, Default)]
pub struct RepeatFinder {
    fingerprints: Vec<u64>,
}

impl RepeatFinder {
    /// Remembers a course: the first 64 bits of its number.
    pub fn add(&mut self, fingerprint: u64) {
        self.fingerprints.push(fingerprint);
    }

    /// How many courses are remembered.
    pub fn len(&self) -> usize {
        self.fingerprints.len()
    }

    /// Whether no course is remembered.
    pub fn is_empty(&self) -> bool {
        self.fingerprints.is_empty()
    }

    /// All fingerprints, in no order.
    pub fn iter(&self) -> impl Iterator<Item = u64> {
        self.fingerprints.iter().copied()
    }

    /// Forgets all fingerprints, but keeps the room for them.
    pub fn clear(&mut self) {
        self.fingerprints.clear();
    }

    /// All fingerprints, in no order; none is remembered any longer, but the room for them.
    pub fn drain(&mut self) -> impl Iterator<Item = u64> {
        self.fingerprints.drain(..)
    }

    /// Fingerprints that occurred more than once.
    pub fn suspects(mut self) -> BTreeSet<u64> {
        self.fingerprints.sort_unstable();
        self.fingerprints.windows(2).filter(|pair| pair[0] == pair[1]).map(|pair| pair[0]).collect()
    }
}

/// The rows of the suspects, compared in full.
#[derive(Default)]
pub struct RepeatedKeys {
    /// Key → the cells of its first row, and that row's number.
    first: BTreeMap<String, (Vec<String>, u64)>,
    /// Keys with rows that differ → those rows.
    conflicts: BTreeMap<String, Rows>,
    duplicates: Rows,
}

impl RepeatedKeys {
    /// Compares a row with the first one of the same key: true if it is identical and must be taken back.
    pub fn is_duplicate(&mut self, key: &str, cells: Vec<String>, row: u64) -> bool {
        let Some((first, first_row)) = self.first.get(key) else {
            self.first.insert(key.to_owned(), (cells, row));
            return false;
        };
        if *first == cells {
            self.duplicates.add(row);
            return true;
        }
        self.conflicts.entry(key.to_owned()).or_insert_with(|| Rows::one(*first_row)).add(row);
        false
    }

    /// How many rows are identical to a row before.
    pub fn duplicates(&self) -> u64 {
        self.duplicates.total()
    }

    /// A note on identical rows, and an error for each key with rows that differ.
    pub fn findings(&self, file: &str) -> Vec<Finding> {
        let conflicts = self.conflicts.values().map(|rows| conflict(rows, file));
        let note = (self.duplicates.total() > 0).then(|| duplicate(&self.duplicates, file));
        conflicts.chain(note).collect()
    }

    /// Whether a draw must be refused.
    pub fn has_conflicts(&self) -> bool {
        !self.conflicts.is_empty()
    }
}

fn conflict(rows: &Rows, file: &str) -> Finding {
    Finding::error(
        "key_conflict",
        format!("{} rows have the same record key, but differ otherwise", rows.total()),
    )
    .at(Place::file(file).rows(rows.clone()))
    .because("the key must tell one course from another: the draw cannot choose between them")
    .remedy("correct the rows at the source, or add a column to `register.key` that tells them apart")
}

fn duplicate(rows: &Rows, file: &str) -> Finding {
    let what = match rows.total() {
        1 => "1 row repeats another one in all used columns".to_owned(),
        many => format!("{many} rows repeat another one in all used columns"),
    };
    Finding::note("duplicate_row", what)
        .at(Place::file(file).rows(rows.clone()))
        .because("the first of them is kept, the others are counted as excluded")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cells(text: &str) -> Vec<String> {
        text.split(' ').map(str::to_owned).collect()
    }

    #[test]
    fn fingerprints_that_occur_once_are_not_suspected() {
        let mut finder = RepeatFinder::default();
        [5, 3, 5, 1, 3, 3].into_iter().for_each(|fingerprint| finder.add(fingerprint));
        assert_eq!(finder.suspects(), [3, 5].into());
    }

    #[test]
    fn at_most_sixteen_bytes_a_row_are_remembered() {
        let mut finder = RepeatFinder::default();
        for row in 1..=300_000_u64 {
            finder.add(row);
            assert!(row < 1000 || (finder.fingerprints.capacity() * size_of::<u64>()) as u64 <= 16 * row);
        }
    }

    #[test]
    fn identical_rows_are_duplicates_and_differing_ones_a_conflict() {
        let mut keys = RepeatedKeys::default();
        let found: Vec<bool> = [("k", "a b", 2), ("k", "a b", 5), ("l", "a b", 6), ("k", "a c", 9)]
            .map(|(key, text, row)| keys.is_duplicate(key, cells(text), row))
            .to_vec();
        assert_eq!(found, [false, true, false, false]);
        assert!(keys.has_conflicts());
        let findings = keys.findings("register.csv");
        assert_eq!(findings[0].place.rows.first(), [2, 9]);
        assert_eq!(findings[1].place.rows.first(), [5]);
    }
}
