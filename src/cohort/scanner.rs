//! One row after the other: a course of the frame, or a counted exclusion.

mod key;

use jiff::civil::Date;

use super::held_items::HeldItems;
use super::tally::{Remark, Tally};
use super::{Columns, Exclusion, OrderMatters};
use crate::error::{Error, Finding, Place, Result};
use crate::protocol::{Protocol, Role};
use crate::register::cpr::{Cpr, Sex, completed_years, holds_cpr};
use crate::register::date::read_date;
use crate::register::decimal::{Decimal, DecimalMark};
use crate::register::diagnosis::Diagnosis;
use crate::register::stratum_name::StratumNames;
use crate::register::{Memo, Row, Word};

/// As many days are remembered as two to this power: more than five years.
const DAYS: u32 = 11;

/// Reads rows by the rules of a protocol. One is used for the whole register, so that nothing is allocated for a row.
pub struct Scanner<'p> {
    protocol: &'p Protocol,
    columns: Columns,
    names: StratumNames,
    /// The position among the strata in the study, by the position among all known ones.
    in_study: Vec<Option<usize>>,
    diagnoses: Vec<Diagnosis>,
    /// Strata, diagnoses of the population, known hospitals and days by the cells of the rows before.
    strata: Memo<usize>,
    populations: Memo<bool>,
    hospitals: Memo<()>,
    days: Memo<Date>,
    held: HeldItems,
    /// Columns outside the key.
    compared: Vec<usize>,
    /// The parts of texts that make up the key.
    key: Vec<u8>,
    tally: Tally,
    rows: u64,
    today: Date,
}

/// What a row turned out to be.
pub enum Outcome<'s> {
    /// A course of the frame.
    Frame(FrameCourse<'s>),
    /// Not in the frame.
    Excluded(Exclusion),
}

/// A course of the frame, as long as its row is at hand.
pub struct FrameCourse<'s> {
    /// The position of its stratum among those in the study, in the order of codes.
    pub stratum: usize,
    /// The record key. It may hold a CPR number: never to be shown or stored outside the key file.
    pub key: &'s str,
    /// The first attendance.
    pub first_attendance: Option<Date>,
    /// Age in completed years at the first attendance.
    pub age: Option<i16>,
    /// Sex.
    pub sex: Option<&'s str>,
    row: &'s Row,
    columns: &'s Columns,
    held: &'s HeldItems,
    compared: &'s [usize],
}

impl FrameCourse<'_> {
    /// The register's value of the assessable indicator at this place of the protocol, without space around it.
    pub fn indicator_value(&self, place: usize) -> &str {
        self.row.trimmed(self.columns.indicators()[place])
    }

    /// What the register says of the items that it holds, in the order of the protocol: a day as `2021-03-05`, a number with a point; empty
    /// where it says nothing that can be read.
    pub fn item_values(&self) -> Vec<String> {
        self.held.values(self.row)
    }

    /// The cell that holds this value, as it stands.
    #[inline]
    pub(super) fn indicator_word(&self, place: usize) -> Option<Word> {
        self.row.word(self.columns.indicators()[place])
    }

    /// The row, as a spreadsheet counts it.
    pub fn row_number(&self) -> u64 {
        self.row.number
    }

    /// The cells of all columns outside the key that the study uses: what rows of the same key are compared by.
    pub fn compared_cells(&self) -> Vec<String> {
        self.compared.iter().map(|&column| self.row.trimmed(column).to_owned()).collect()
    }
}

/// Dates and person of a row, as far as the register has them.
struct Person {
    birth: Option<Date>,
    first_attendance: Option<Date>,
    sex: Option<Sex>,
    age: Option<i16>,
}

impl<'p> Scanner<'p> {
    /// A scanner for a register with this header. A first attendance after `today` is odd.
    ///
    /// # Errors
    /// Columns that are missing, spellings of strata that mean two of them, diagnoses that are none: all at once.
    pub fn new(protocol: &'p Protocol, header: &[String], file: &str, today: Date) -> Result<Self> {
        let columns = Columns::find(header, protocol, file);
        let (names, diagnoses) = (stratum_names(protocol), diagnosis_prefixes(protocol));
        let faults = [columns.as_ref().err(), names.as_ref().err(), diagnoses.as_ref().err()];
        let faults: Vec<Finding> =
            faults.into_iter().flatten().flat_map(|error| error.findings().to_vec()).collect();
        if !faults.is_empty() {
            return Err(Error::data(faults));
        }
        let (columns, names, diagnoses) = (columns?, names?, diagnoses?);
        let mut next = 0..;
        let known = protocol.strata.known.iter();
        let in_study = known.map(|one| one.in_study.then(|| next.next()).flatten()).collect();
        let compared = columns.beside_key(&protocol.layout.key);
        Ok(Scanner {
            held: HeldItems::new(protocol, &columns),
            compared,
            protocol,
            columns,
            names,
            in_study,
            diagnoses,
            strata: Memo::default(),
            populations: Memo::default(),
            hospitals: Memo::default(),
            days: Memo::of_power(DAYS),
            key: Vec::new(),
            tally: Tally::default(),
            rows: 0,
            today,
        })
    }

    /// The same scanner for a file that says how it marks the decimals of its numbers.
    pub fn with_decimal_mark(mut self, mark: DecimalMark) -> Self {
        self.held.set_decimal_mark(mark);
        self
    }

    /// A scanner for other rows of the same file that has seen none yet.
    pub fn another(&self) -> Self {
        Scanner {
            protocol: self.protocol,
            columns: self.columns.clone(),
            names: self.names.clone(),
            in_study: self.in_study.clone(),
            diagnoses: self.diagnoses.clone(),
            strata: Memo::default(),
            populations: Memo::default(),
            hospitals: Memo::default(),
            days: Memo::of_power(DAYS),
            held: self.held.clone(),
            compared: self.compared.clone(),
            key: Vec::new(),
            tally: Tally::default(),
            rows: 0,
            today: self.today,
        }
    }

    /// The columns.
    pub fn columns(&self) -> &Columns {
        &self.columns
    }

    /// Reads the next row.
    pub fn read<'s>(&'s mut self, row: &'s Row) -> Outcome<'s> {
        self.rows += 1;
        match self.eligible(row) {
            Ok((stratum, person)) => Outcome::Frame(FrameCourse {
                stratum,
                key: str::from_utf8(&self.key).unwrap_or_default(),
                first_attendance: person.first_attendance,
                age: person.age,
                sex: sex_word(&person, &self.columns, row),
                row,
                columns: &self.columns,
                held: &self.held,
                compared: &self.compared,
            }),
            Err(reason) => Outcome::Excluded(reason),
        }
    }

    /// Takes over what a scanner of other rows of the same file has seen.
    ///
    /// # Errors
    /// When so many different texts were seen that the order of the rows decides which are told.
    pub fn merge(&mut self, other: Scanner<'_>) -> Result<(), OrderMatters> {
        self.rows += other.rows;
        self.tally.merge(other.tally)
    }

    /// Everything odd or wrong so far, errors first.
    pub fn findings(&self, file: &str) -> Vec<Finding> {
        let columns = [self.columns.role(&Role::Hospital), self.columns.role(&Role::Stratum)];
        self.tally.findings(self.columns.headers(), &self.protocol.strata, columns, file, self.rows)
    }

    /// Whether something was seen for which the whole file must be refused.
    pub fn refuses_file(&self) -> bool {
        self.tally.refuses_file(self.rows)
    }

    /// The rules in their order: each row is excluded for the first that applies.
    fn eligible(&mut self, row: &Row) -> Result<(usize, Person), Exclusion> {
        let mut person = self.read_key(row)?;
        self.check_sex(&person, row);
        let stratum = self.stratum(row)?;
        let diagnosis = self.diagnosis(row)?;
        person.age = self.age(&person, row)?;
        let stratum = stratum.ok_or(Exclusion::UnlistedStratum)?;
        if !diagnosis {
            return Err(Exclusion::Diagnosis);
        }
        let population = &self.protocol.population;
        if !person.first_attendance.is_none_or(|day| population.period_admits(day)) {
            return Err(Exclusion::Period);
        }
        match (population.age, person.age) {
            (Some(rule), Some(age)) if !rule.admits(age) => Err(Exclusion::Age),
            _ => {
                self.check_attendance(&person, row);
                self.held.check(row, &mut self.tally);
                Ok((stratum, person))
            }
        }
    }

    /// A course of the frame that begins after today.
    fn check_attendance(&mut self, person: &Person, row: &Row) {
        if person.first_attendance.is_some_and(|day| day > self.today) {
            let column = self.columns.role(&Role::FirstAttendance).unwrap_or_default();
            self.tally.add(Remark::NotYetBegun(self.today), column, row.number);
        }
    }

    fn cpr(&mut self, row: &Row) -> Result<Option<Cpr>, Exclusion> {
        let Some(column) = self.columns.role(&Role::Cpr) else { return Ok(None) };
        match Cpr::read(row.cell(column)) {
            Ok(reading) => {
                for notice in reading.notices.iter() {
                    self.tally.add(Remark::CprNotice(notice), column, row.number);
                }
                Ok(Some(reading.cpr))
            }
            Err(fault) => {
                self.tally.add(Remark::CprFault(fault), column, row.number);
                Err(Exclusion::BrokenKey)
            }
        }
    }

    /// A date column; `None` when the register has none. An unreadable date breaks the key it belongs to, or the eligibility.
    fn date(&mut self, role: &Role, row: &Row) -> Result<Option<Date>, Exclusion> {
        let Some(column) = self.columns.role(role) else { return Ok(None) };
        let word = row.word(column);
        if let Some(day) = self.days.get(word) {
            return Ok(Some(day));
        }
        match read_date(row.cell(column)) {
            Ok(day) => Ok(Some(self.days.remember(word, day))),
            Err(fault) => {
                self.tally.add(Remark::DateFault(column, fault), column, row.number);
                Err(match self.protocol.layout.key.contains(role) {
                    true => Exclusion::BrokenKey,
                    false => Exclusion::BrokenEligibility,
                })
            }
        }
    }

    /// The position of the stratum in the study; `None` when it is not in it.
    fn stratum(&mut self, row: &Row) -> Result<Option<usize>, Exclusion> {
        let Some(column) = self.columns.role(&Role::Stratum) else { return Ok(Some(0)) };
        let word = row.word(column);
        if let Some(stratum) = self.strata.get(word) {
            return Ok(Some(stratum));
        }
        let text = row.trimmed(column);
        if text.is_empty() {
            self.tally.add(Remark::EmptyStratum, column, row.number);
            return Err(Exclusion::BrokenEligibility);
        }
        let stratum = self.names.find(text).and_then(|known| self.in_study[known]);
        stratum.map(|stratum| self.strata.remember(word, stratum));
        if stratum.is_none() {
            self.tally.unlisted_stratum(text, row.number);
        }
        Ok(stratum)
    }

    /// Whether the diagnosis is one of the population's.
    fn diagnosis(&mut self, row: &Row) -> Result<bool, Exclusion> {
        let column = self.columns.role(&Role::Diagnosis).filter(|_| !self.diagnoses.is_empty());
        let Some(column) = column else { return Ok(true) };
        let word = row.word(column);
        if let Some(is_one) = self.populations.get(word) {
            return Ok(is_one);
        }
        match Diagnosis::read(row.cell(column)) {
            Ok(diagnosis) => {
                let is_one = self.diagnoses.iter().any(|prefix| diagnosis.matches_prefix(prefix));
                Ok(self.populations.remember(word, is_one))
            }
            Err(fault) => {
                self.tally.add(Remark::DiagnosisFault(fault), column, row.number);
                Err(Exclusion::BrokenEligibility)
            }
        }
    }

    /// The sex of a course is stored: its column must not be that of the CPR number.
    fn check_sex(&mut self, person: &Person, row: &Row) {
        let column = self.columns.role(&Role::Sex).filter(|_| person.sex.is_none());
        if let Some(column) = column.filter(|&column| holds_cpr(row.cell(column))) {
            self.tally.add(Remark::CprAsSex, column, row.number);
        }
    }

    /// The age, from its column or from the date of birth.
    fn age(&mut self, person: &Person, row: &Row) -> Result<Option<i16>, Exclusion> {
        if let Some(column) = self.columns.role(&Role::Age) {
            let age = written_age(row.cell(column));
            if age.is_none() && self.protocol.population.age.is_some() {
                self.tally.add(Remark::AgeUnreadable, column, row.number);
                return Err(Exclusion::BrokenEligibility);
            }
            return Ok(age);
        }
        Ok(person.birth.zip(person.first_attendance).map(|(birth, day)| completed_years(birth, day)))
    }
}

/// An age as it is written, in completed years: `65`, `65,7`, `65.0`.
fn written_age(text: &str) -> Option<i16> {
    let years = Decimal::read(text, DecimalMark::Unknown).ok()?.to_f64().floor();
    (0.0..=130.0).contains(&years).then_some(years as i16)
}

fn sex_word<'r>(person: &Person, columns: &Columns, row: &'r Row) -> Option<&'r str> {
    match person.sex {
        Some(Sex::Male) => Some("male"),
        Some(Sex::Female) => Some("female"),
        None => columns.role(&Role::Sex).map(|column| row.trimmed(column)).filter(|text| !text.is_empty()),
    }
}

fn stratum_names(protocol: &Protocol) -> Result<StratumNames> {
    let spelled = protocol.strata.known.iter().map(|one| {
        (one.code.as_str(), one.name.as_str(), one.spellings.iter().map(String::as_str).collect::<Vec<_>>())
    });
    let at = |finding: Finding| finding.at(Place::file("study.toml").key("stratum", None));
    StratumNames::new(spelled).map_err(|findings| Error::data(findings.into_iter().map(at).collect()))
}

fn diagnosis_prefixes(protocol: &Protocol) -> Result<Vec<Diagnosis>> {
    let texts = &protocol.population.diagnoses;
    let faults: Vec<Finding> =
        texts.iter().filter(|text| Diagnosis::read(text).is_err()).map(|text| no_diagnosis(text)).collect();
    let read = texts.iter().filter_map(|text| Diagnosis::read(text).ok()).collect();
    if faults.is_empty() { Ok(read) } else { Err(Error::data(faults)) }
}

fn no_diagnosis(text: &str) -> Finding {
    let what = format!("`population.diagnoses` holds `{text}`, which is no diagnosis code");
    Finding::error("diagnosis_prefix", what)
        .at(Place::file("study.toml").key("population.diagnoses", None))
        .remedy("write letters and digits such as \"DI21\"")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_age_is_read_in_completed_years_with_either_decimal_mark() {
        assert_eq!(["65", " 65,7 ", "18.99", "0"].map(written_age), [Some(65), Some(65), Some(18), Some(0)]);
        assert_eq!(["", "-1", "131", "old", "6E1"].map(written_age), [None; 5]);
    }
}
