//! Whole numbers of which something is known: limits, and sums.

use std::collections::BTreeMap;

/// Greater than any count of a small study.
const MANY: i64 = 1_000_000;

/// Unknown counts by name, from 0 on.
#[derive(Debug, Default)]
pub(super) struct Unknowns {
    limits: BTreeMap<String, [i64; 2]>,
    sums: Vec<(Vec<String>, String)>,
}

impl Unknowns {
    /// The least and the greatest value of a count.
    pub(super) fn limits(&self, name: &str) -> [i64; 2] {
        self.limits.get(name).copied().unwrap_or([0, MANY])
    }

    /// A count that is shown.
    pub(super) fn shown(&mut self, name: &str, value: Option<i64>) {
        if let Some(value) = value {
            let known = self.limits(name);
            assert!(known[0] <= value && value <= known[1], "{name} is {value} here and {known:?} there");
            self.limits.insert(name.to_owned(), [value, value]);
        }
    }

    /// A count of which no less is possible.
    pub(super) fn at_least(&mut self, name: &str, value: i64) {
        self.intersect(name, [value, MANY]);
    }

    /// Parts that make up a whole.
    pub(super) fn sum(&mut self, parts: Vec<String>, whole: &str) {
        self.sums.push((parts, whole.to_owned()));
    }

    /// Narrows all limits until nothing follows any more.
    pub(super) fn conclude(&mut self) {
        let sums = std::mem::take(&mut self.sums);
        while sums
            .iter()
            .map(|(parts, whole)| self.narrow(parts, whole))
            .fold(false, |one, other| one | other)
        {}
        self.sums = sums;
    }

    fn narrow(&mut self, parts: &[String], whole: &str) -> bool {
        let limits: Vec<[i64; 2]> = parts.iter().map(|part| self.limits(part)).collect();
        let [least, most] = [0, 1].map(|end| limits.iter().map(|one| one[end]).sum::<i64>());
        let mut changed = self.intersect(whole, [least, most]);
        let [least_whole, most_whole] = self.limits(whole);
        for (part, [low, high]) in parts.iter().zip(limits) {
            changed |= self.intersect(part, [least_whole - (most - high), most_whole - (least - low)]);
        }
        changed
    }

    fn intersect(&mut self, name: &str, [low, high]: [i64; 2]) -> bool {
        let known = self.limits(name);
        let now = [known[0].max(low), known[1].min(high)];
        assert!(now[0] <= now[1], "{name} is {known:?}, and {low} to {high}");
        self.limits.insert(name.to_owned(), now);
        now != known
    }
}

#[test]
fn what_a_table_leaves_open_is_found() {
    let mut unknowns = Unknowns::default();
    let name = |row: usize, column: usize| format!("{row}{column}");
    for row in 0..2 {
        unknowns.sum((0..2).map(|column| name(row, column)).collect(), &format!("row {row}"));
        unknowns.sum((0..2).map(|column| name(column, row)).collect(), &format!("column {row}"));
    }
    for (sum, value) in [("row 0", 2), ("row 1", 5), ("column 0", 6), ("column 1", 1)] {
        unknowns.shown(sum, Some(value));
    }
    unknowns.conclude();
    assert_eq!([unknowns.limits("00"), unknowns.limits("01")], [[1, 2], [0, 1]]);
    unknowns.shown("10", Some(4));
    unknowns.conclude();
    assert_eq!(unknowns.limits("00"), [2, 2]);
}
