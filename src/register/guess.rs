//! What the columns of an unknown register look like, to propose a study.toml that a person then checks.
//!
//! Up to some thousand rows are sampled. A column is what nine in ten of its filled cells can be read as; its
//! name decides between columns of the same kind and says what an empty one is for. Only the distinct values of yes/no columns
//! are kept, never a CPR number.

mod words;

use std::collections::{BTreeMap, HashSet};
use std::hash::{BuildHasher as _, RandomState};

pub use words::Meaning;

use super::cpr::{Cpr, CprFault, may_be_cpr};
use super::date::read_date;
use super::diagnosis::Diagnosis;
use super::stratum_name::StratumNames;
use super::{Row, hospital, shown};

/// The share of filled cells that must agree.
const AGREEMENT: f64 = 0.9;

/// More distinct values than this are no yes/no code.
const MOST_CODES: usize = 8;

/// What the cells of a column look like.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kind {
    /// CPR numbers.
    Cpr,
    /// Dates.
    Date,
    /// Diagnoses.
    Diagnosis,
    /// Hospital codes.
    Hospital,
    /// Municipalities, by code or by name.
    Municipality,
    /// A yes/no code, with its distinct values and what they may mean.
    YesNo(Vec<CodedValue>),
    /// Something else.
    Other,
    /// No filled cell in the sample.
    Empty,
}

/// One value of a yes/no column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CodedValue {
    /// The value as the file has it; empty for a blank cell.
    pub text: String,
    /// How many rows of the sample have it.
    pub rows: u64,
    /// What it means, or nothing when a person must say.
    pub meaning: Option<Meaning>,
    /// Whether the meaning is plain from the value itself (`ja`, `0`); otherwise it is a guess from custom.
    pub sure: bool,
}

/// What a study needs a column for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// The CPR number.
    Cpr,
    /// The date of first attendance.
    FirstAttendance,
    /// The hospital code.
    Hospital,
    /// The diagnosis.
    Diagnosis,
    /// The municipality.
    Municipality,
}

/// A column and what it looks like.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ColumnGuess {
    /// The column's name as the file has it.
    pub header: String,
    /// What its cells look like.
    pub kind: Kind,
    /// Cells of the sample that may be CPR numbers. They are no values of a yes/no column.
    pub withheld: u64,
    /// How many different values the sample has, those that may be CPR numbers among them.
    pub distinct: usize,
    /// Whether every row of the sample is filled, each with a value of its own.
    pub is_unique: bool,
}

/// A column proposed for a role.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Proposal {
    /// The position of the column.
    pub column: usize,
    /// Whether both its name and its cells speak for it, and no other column's do.
    pub sure: bool,
}

/// Gathers rows of a register to guess from.
#[derive(Debug)]
pub struct Sampler {
    columns: Vec<Column>,
    municipalities: StratumNames,
}

/// How many cells of a column can be read as what.
#[derive(Debug, Default)]
struct Column {
    header: String,
    blank: u64,
    filled: u64,
    cpr: u64,
    dates: u64,
    diagnoses: u64,
    hospitals: u64,
    known_hospitals: u64,
    municipalities: u64,
    withheld: u64,
    values: BTreeMap<String, u64>,
    /// What was met, as numbers that say nothing of it once the program ends.
    seen: HashSet<u64>,
    hasher: RandomState,
}

impl Sampler {
    /// A sampler for columns of these names; `municipalities` knows the municipalities that may occur.
    pub fn new(header: &[String], municipalities: StratumNames) -> Self {
        let columns = header.iter().map(|name| Column { header: name.clone(), ..Column::default() });
        Sampler { columns: columns.collect(), municipalities }
    }

    /// Adds a row to the sample.
    pub fn add(&mut self, row: &Row) {
        for (position, column) in self.columns.iter_mut().enumerate() {
            column.add(row.cell(position).trim(), &mut self.municipalities);
        }
    }

    /// What each column looks like, in the order of the file.
    pub fn guess(&self) -> Vec<ColumnGuess> {
        self.columns
            .iter()
            .map(|column| ColumnGuess {
                header: column.header.clone(),
                kind: column.kind(),
                withheld: column.withheld,
                distinct: column.seen.len(),
                is_unique: column.blank == 0 && column.filled == column.seen.len() as u64,
            })
            .collect()
    }
}

impl Column {
    fn add(&mut self, cell: &str, municipalities: &mut StratumNames) {
        if cell.is_empty() {
            self.blank += 1;
            return;
        }
        self.filled += 1;
        self.seen.insert(self.hasher.hash_one(cell));
        let cpr = !matches!(Cpr::read(cell), Err(fault) if fault != CprFault::Scientific);
        let code = hospital::canonical(cell);
        self.cpr += u64::from(cpr);
        self.dates += u64::from(read_date(cell).is_ok());
        self.diagnoses += u64::from(is_diagnosis(cell));
        self.hospitals += u64::from(hospital::level(&code).is_some());
        self.known_hospitals += u64::from(hospital::name(&code).is_some());
        self.municipalities += u64::from(municipalities.find(cell).is_some());
        self.withheld += u64::from(may_be_cpr(cell));
        // One more than the most, so that too many can be told from just enough; nothing that a message may not show.
        if shown(cell) == cell && (self.values.contains_key(cell) || self.values.len() <= MOST_CODES) {
            *self.values.entry(cell.to_owned()).or_default() += 1;
        }
    }

    fn kind(&self) -> Kind {
        let agree = |cells: u64| cells as f64 >= AGREEMENT * self.filled as f64;
        let shak = self.known_hospitals * 2 >= self.filled || words::score(&self.header, Role::Hospital) > 0;
        match () {
            () if self.filled == 0 => Kind::Empty,
            () if agree(self.cpr) => Kind::Cpr,
            () if agree(self.dates) => Kind::Date,
            () if agree(self.diagnoses) => Kind::Diagnosis,
            () if agree(self.municipalities) => Kind::Municipality,
            () if agree(self.hospitals) && shak => Kind::Hospital,
            () => self.codes().map_or(Kind::Other, Kind::YesNo),
        }
    }

    /// The values with their meanings, if most of them have one and yes or no is among them.
    fn codes(&self) -> Option<Vec<CodedValue>> {
        let no_zero = !self.values.contains_key("0");
        let coded = |(text, &rows): (&String, &u64)| {
            let (meaning, sure) = words::meaning(text, no_zero);
            CodedValue { text: text.clone(), rows, meaning, sure }
        };
        let mut codes: Vec<CodedValue> = self.values.iter().map(coded).collect();
        let answered = codes.iter().any(|code| matches!(code.meaning, Some(Meaning::Yes | Meaning::No)));
        let unknown = codes.iter().filter(|code| code.meaning.is_none()).count();
        if self.blank > 0 {
            let blank = CodedValue {
                text: String::new(),
                rows: self.blank,
                meaning: Some(Meaning::Missing),
                sure: true,
            };
            codes.insert(0, blank);
        }
        (answered && unknown <= 1 && self.values.len() <= MOST_CODES).then_some(codes)
    }
}

/// A letter or two and two digits at least: `DI21`, `E119`, but not every word.
fn is_diagnosis(cell: &str) -> bool {
    Diagnosis::read(cell).is_ok_and(|code| {
        let code = code.as_str().strip_prefix('D').unwrap_or(code.as_str()).as_bytes();
        matches!(code, [letter, a, b, ..] if letter.is_ascii_uppercase() && a.is_ascii_digit() && b.is_ascii_digit())
    })
}

/// The column that suits a role best; nothing if neither a name nor cells speak for one.
pub fn propose(columns: &[ColumnGuess], role: Role) -> Option<Proposal> {
    let score = |column: &ColumnGuess| {
        let (fits, named) = (fits(&column.kind, role), words::score(&column.header, role));
        let may = fits || (named > 0 && matches!(column.kind, Kind::Empty | Kind::Other));
        may.then_some((fits, named))
    };
    let scores: Vec<_> = columns.iter().map(score).collect();
    let best = scores.iter().flatten().max()?;
    let column = scores.iter().position(|score| score.as_ref() == Some(best))?;
    let alone = scores.iter().filter(|score| score.as_ref() == Some(best)).count() == 1;
    Some(Proposal { column, sure: alone && best.0 && best.1 > 0 })
}

fn fits(kind: &Kind, role: Role) -> bool {
    matches!(
        (kind, role),
        (Kind::Cpr, Role::Cpr)
            | (Kind::Date, Role::FirstAttendance)
            | (Kind::Hospital, Role::Hospital)
            | (Kind::Diagnosis, Role::Diagnosis)
            | (Kind::Municipality, Role::Municipality)
    )
}

#[cfg(test)]
mod tests;
