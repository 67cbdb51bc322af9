//! The sites that a column of the register tells apart: the strata of a blank protocol.

use std::collections::BTreeMap;
use std::path::Path;

use crate::error::Result;
use crate::io::{Extract, ReadOptions};
use crate::register::Row;
use crate::register::cpr::may_be_cpr;
use crate::register::stratum_name::StratumNames;

/// More values than this tell no sites apart.
const MOST_SITES: usize = 200;

/// How many characters of a list are shown.
const SHOWN: usize = 60;

/// The sites of one column, each by its most frequent spelling.
#[derive(Debug, Default)]
pub(super) struct Sites {
    /// Their codes, in order.
    pub(super) codes: Vec<String>,
    /// Another spelling, and the code it is taken as.
    pub(super) spellings: Vec<(String, String)>,
    /// Rows whose cell may hold a CPR number.
    pub(super) withheld: u64,
}

impl Sites {
    /// Reads the whole column; `None` when it has no value, or too many to tell sites apart.
    pub(super) fn read(register: &Path, column: usize) -> Result<Option<Self>> {
        let mut extract = Extract::open(register, &ReadOptions::default())?;
        let mut values: BTreeMap<String, u64> = BTreeMap::new();
        let mut withheld = 0;
        let mut row = Row::default();
        while extract.next_row(&mut row)? && values.len() <= MOST_SITES {
            match row.cell(column).trim() {
                "" => {}
                text if may_be_cpr(text) => withheld += 1,
                text => *values.entry(text.to_owned()).or_default() += 1,
            }
        }
        let tells_apart = (1..=MOST_SITES).contains(&values.len());
        Ok(tells_apart.then(|| Sites { withheld, ..Sites::of(values) }))
    }

    /// The most frequent spelling is the code. Another one that the study takes as the same site would be refused beside it.
    fn of(values: BTreeMap<String, u64>) -> Self {
        let mut by_rows: Vec<(String, u64)> = values.into_iter().collect();
        by_rows.sort_by_key(|(_, rows)| std::cmp::Reverse(*rows));
        let mut sites = Sites::default();
        for (text, _) in by_rows {
            match known(&sites.codes, &text) {
                Some(code) => sites.spellings.push((text, code)),
                None => sites.codes.push(text),
            }
        }
        sites.codes.sort();
        sites
    }

    /// How many there are and the first few: a row of a table is no place for all of them.
    pub(super) fn few(&self) -> String {
        let mut shown = self.codes.first().cloned().unwrap_or_default();
        for code in self.codes.iter().skip(1) {
            if shown.chars().count() + code.chars().count() > SHOWN {
                shown += ", …";
                break;
            }
            shown = format!("{shown}, {code}");
        }
        match self.codes.len() {
            1 => format!("1 value: {shown}"),
            many => format!("{many} values: {shown}"),
        }
    }
}

/// The code that a spelling is found under, as `hkm check` will find it.
fn known(codes: &[String], text: &str) -> Option<String> {
    let mut names = StratumNames::new(codes.iter().map(|code| (code.as_str(), code.as_str(), []))).ok()?;
    names.find(text).map(|place| codes[place].clone())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sites(values: &[(&str, u64)]) -> Sites {
        Sites::of(values.iter().map(|(text, rows)| ((*text).to_owned(), *rows)).collect())
    }

    #[test]
    fn spellings_of_a_site_are_one_by_the_most_frequent() {
        let sites = sites(&[
            ("AALBORG UH", 2),
            ("Aalborg UH", 40),
            ("Ålborg  UH", 3),
            ("Vejle", 7),
            ("01", 1),
            ("1", 2),
        ]);
        assert_eq!(sites.codes, ["1", "Aalborg UH", "Vejle"]);
        let taken: Vec<(&str, &str)> =
            sites.spellings.iter().map(|(text, code)| (text.as_str(), code.as_str())).collect();
        assert_eq!(taken, [("Ålborg  UH", "Aalborg UH"), ("AALBORG UH", "Aalborg UH"), ("01", "1")]);
    }

    #[test]
    fn a_long_list_is_its_number_and_the_first_few() {
        assert_eq!(sites(&[("Vejle", 1)]).few(), "1 value: Vejle");
        assert_eq!(sites(&[("Vejle", 1), ("Kolding", 1)]).few(), "2 values: Kolding, Vejle");
        let names: Vec<String> = (10..48).map(|place| format!("Hospital {place}")).collect();
        let values: Vec<(&str, u64)> = names.iter().map(|name| (name.as_str(), 1)).collect();
        let few = sites(&values).few();
        assert!(few.starts_with("38 values: Hospital 10, Hospital 11") && few.ends_with(", …"), "{few}");
        assert!(few.chars().count() < 80, "{few}");
    }
}
