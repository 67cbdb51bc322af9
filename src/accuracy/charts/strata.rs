//! The strata of a file: each has one population, which no number of reviewed charts exceeds.

use std::collections::BTreeMap;

use super::NamedColumn;
use super::unknown::UnknownTexts;
use crate::error::{Finding, Place, Rows};
use crate::register::{in_rows, shown};

/// Counts above this are refused, as those of a proportion are.
const LARGEST: u64 = 1_000_000_000_000_000;

/// The strata of a file in the order in which they are met, and what is wrong with them.
#[derive(Debug, Default)]
pub(super) struct FileStrata {
    positions: BTreeMap<String, usize>,
    strata: Vec<FileStratum>,
    unnamed: Rows,
    unreadable: UnknownTexts,
}

/// One stratum: N and where it was said.
#[derive(Debug)]
pub(super) struct FileStratum {
    pub(super) name: String,
    pub(super) population: u64,
    said_in: u64,
    others: BTreeMap<u64, Rows>,
}

impl FileStrata {
    /// The stratum of a row; `None` when its cells are at fault, which is remembered.
    pub(super) fn add(&mut self, row: u64, stratum: &str, population: &str) -> Option<usize> {
        let stratum = stratum.trim();
        if stratum.is_empty() {
            self.unnamed.add(row);
            return None;
        }
        let Some(population) = whole_number(population, 1) else {
            self.unreadable.add(population, row);
            return None;
        };
        let next = self.strata.len();
        let position = *self.positions.entry(stratum.to_lowercase()).or_insert(next);
        if position == next {
            let name = stratum.to_owned();
            self.strata.push(FileStratum { name, population, said_in: row, others: BTreeMap::new() });
        } else if self.strata[position].population != population {
            self.strata[position].others.entry(population).or_default().add(row);
        }
        Some(position)
    }

    pub(super) fn as_slice(&self) -> &[FileStratum] {
        &self.strata
    }

    /// One finding a stratum, or one for all when there are so many that the column must be the wrong one.
    fn differing(&self, population: &NamedColumn) -> Vec<Finding> {
        const FEW: usize = 5;
        let each: Vec<Finding> = self.strata.iter().filter_map(|one| one.differing(population)).collect();
        if each.len() <= FEW {
            return each;
        }
        let rows = each.iter().flat_map(|finding| finding.place.rows.first().first().copied());
        let what = format!("the population differs within {} strata", each.len());
        let place = Place::default().rows(rows.collect()).column(&population.name);
        let finding = Finding::error("population_differs", what).at(place);
        vec![finding.because("a stratum has one population").remedy("name the column that holds it")]
    }

    /// Everything that is wrong with the cells of the two columns.
    pub(super) fn findings(&self, stratum: &NamedColumn, population: &NamedColumn) -> Vec<Finding> {
        let at = |column: &NamedColumn, rows: &Rows| Place::default().rows(rows.clone()).column(&column.name);
        let unnamed = (self.unnamed.total() > 0).then(|| {
            let place = at(stratum, &self.unnamed);
            Finding::error("stratum_empty", format!("`{}` is empty{}", stratum.name, in_rows(&place)))
                .at(place)
                .because("every chart of a stratified sample belongs to a stratum")
                .remedy("fill the cells, or remove the rows")
        });
        let expected = "a whole number of at least 1";
        let unreadable = self.unreadable.finding("population_unreadable", &population.name, expected);
        let unreadable = unreadable.map(|finding| {
            finding
                .because(
                    "the weight of a chart is the population of its stratum divided by its reviewed charts",
                )
                .remedy("give the number of records that the stratum has in the frame, in every row")
        });
        unnamed.into_iter().chain(unreadable).chain(self.differing(population)).collect()
    }
}

impl FileStratum {
    /// One finding for all rows that contradict the first.
    fn differing(&self, population: &NamedColumn) -> Option<Finding> {
        let (_, rows) = self.others.first_key_value()?;
        let numbers: Vec<String> = self.others.keys().take(3).map(u64::to_string).collect();
        let more = if self.others.len() > 3 { ", …" } else { "" };
        let place = Place::default().rows(rows.clone()).column(&population.name);
        let what = format!(
            "the population of the stratum `{}` is {}{more}, but {} in row {}",
            shown(&self.name),
            numbers.join(", "),
            self.population,
            self.said_in
        );
        let finding = Finding::error("population_differs", what).at(place);
        Some(finding.because("a stratum has one population").remedy("give the same number in all its rows"))
    }

    /// More reviewed charts than the stratum has records.
    pub(super) fn overfull(&self, reviewed: &Rows, population: &NamedColumn) -> Option<Finding> {
        let what = format!(
            "the stratum `{}` has {} reviewed charts, but a population of {}",
            shown(&self.name),
            reviewed.total(),
            self.population
        );
        let place = Place::default().rows(reviewed.clone()).column(&population.name);
        let finding = Finding::error("population_too_small", what)
            .at(place)
            .because("the charts are a sample of the population, each of them once")
            .remedy("correct the population, or remove charts that stand in the file twice");
        (reviewed.total() > self.population).then_some(finding)
    }
}

/// A whole number from `least` on, which may end in `.0` or `,0`.
pub(super) fn whole_number(text: &str, least: u64) -> Option<u64> {
    let text = text.trim();
    let whole =
        text.split_once(['.', ',']).filter(|(_, rest)| !rest.is_empty() && rest.bytes().all(|b| b == b'0'));
    let digits = match whole {
        // 1.000 may be a thousand.
        Some((_, rest)) if rest.len() == 3 => return None,
        Some((digits, _)) => digits,
        None => text,
    };
    let plain = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    plain.then(|| digits.parse().ok()).flatten().filter(|number| (least..=LARGEST).contains(number))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn column(name: &str) -> NamedColumn {
        NamedColumn { name: name.to_owned(), position: 0 }
    }

    #[test]
    fn a_population_is_a_whole_number_however_it_was_stored() {
        assert_eq!(["38", " 38 ", "38.0", "38,00"].map(|text| whole_number(text, 1)), [Some(38); 4]);
        for text in ["", "0", "-3", "3.5", "1.000", "1,000", "1e3", "x", "38.", ".0", "10000000000000000"] {
            assert_eq!(whole_number(text, 1), None, "{text}");
        }
    }

    #[test]
    fn a_stratum_is_the_same_however_its_name_is_capitalised() {
        let mut strata = FileStrata::default();
        assert_eq!([strata.add(2, "Aarhus", "5"), strata.add(3, "AARHUS ", "5")], [Some(0); 2]);
        assert_eq!(strata.as_slice()[0].name, "Aarhus");
    }

    #[test]
    fn every_fault_is_told_with_its_rows() {
        let mut strata = FileStrata::default();
        let cells =
            [("A", "20"), ("", "20"), ("B", ""), ("A", "21"), ("A", "20"), ("B", "many"), ("A", "21")];
        for ((stratum, population), row) in cells.iter().zip(2..) {
            strata.add(row, stratum, population);
        }
        let findings = strata.findings(&column("area"), &column("N"));
        let told: Vec<String> =
            findings.iter().map(|finding| format!("{} ({})", finding.what, finding.place)).collect();
        assert_eq!(
            told,
            [
                "`area` is empty in 1 row (row 3, column `area`)",
                "`N` is empty or `many` in 2 rows, expected a whole number of at least 1 (rows 4 and 7, column `N`)",
                "the population of the stratum `A` is 21, but 20 in row 2 (rows 5 and 8, column `N`)",
            ]
        );
    }
}
