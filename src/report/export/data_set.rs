//! Rows for statistics programs: named variables with labels, coded values and reasons why one is missing.

/// A table of rows, as CSV and as a Stata file.
#[derive(Debug, Clone, PartialEq)]
pub struct DataSet {
    /// The file's name without its ending.
    pub name: &'static str,
    /// What it is, at most 80 characters.
    pub label: &'static str,
    /// The columns.
    pub variables: Vec<Variable>,
    /// The rows, a datum for each variable.
    pub rows: Vec<Vec<Datum>>,
}

/// A column.
#[derive(Debug, Clone, PartialEq)]
pub struct Variable {
    /// A name that R, Stata, Python and SQL take: at most 32 letters, digits and underscores, no digit first.
    pub name: String,
    /// What it is, in one line.
    pub label: String,
    /// What its values are.
    pub kind: VariableKind,
}

/// What the values of a column are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum VariableKind {
    /// Text.
    Text,
    /// Whole numbers.
    Whole,
    /// Numbers.
    Number,
    /// Months, `2021-03`.
    Month,
    /// Words, each with a number and a label for Stata.
    Coded(CodeList),
}

/// The words of a coded column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CodeList {
    /// The name of the set of value labels.
    pub name: String,
    /// Each word with its number and its label.
    pub codes: Vec<Code>,
}

/// A word of a coded column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Code {
    /// The word in the CSV file.
    pub word: String,
    /// The number in the Stata file.
    pub number: i32,
    /// What it means.
    pub label: String,
}

/// One value.
#[derive(Debug, Clone, PartialEq)]
pub enum Datum {
    /// Nothing: an empty cell, `.` in Stata.
    Absent,
    /// A text.
    Text(String),
    /// A whole number.
    Whole(i64),
    /// A number, and the digits it has.
    Number(f64),
    /// A month.
    Month {
        /// The year.
        year: i16,
        /// 1 to 12.
        month: i8,
    },
    /// A word of the column's list.
    Word(String),
    /// Why there is no value.
    Missing(Why),
}

/// Why a value is missing: a word in the CSV file, `.a`, `.b`, … in Stata.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Why {
    /// The record says *not relevant*, or the register does.
    NotRelevant,
    /// The record says nothing about it.
    NotDocumented,
    /// The register holds no value.
    RegisterMissing,
    /// The indicator was not in force when the course began.
    NotInForce,
    /// Two readings differ, and nobody has settled it.
    Unsettled,
    /// There was no chart to read.
    NotRead,
    /// Nobody has reviewed the chart yet.
    NotReviewed,
    /// The chart was not read a second time.
    NoSecondReading,
    /// The item was not asked for, or left empty.
    Empty,
    /// The indicator's column was not stored with the draw.
    NotStored,
    /// The register says *not relevant*, in a cell of the table.
    RegisterNotRelevant,
    /// An answer that the codebook no longer has.
    NoLongerAChoice,
    /// The register's month of a day whose difference from the record is told: both would tell the day.
    DifferenceTold,
}

impl Why {
    /// All of them, in the order of their letters.
    pub const ALL: [Why; 13] = [
        Why::NotRelevant,
        Why::NotDocumented,
        Why::RegisterMissing,
        Why::NotInForce,
        Why::Unsettled,
        Why::NotRead,
        Why::NotReviewed,
        Why::NoSecondReading,
        Why::Empty,
        Why::NotStored,
        Why::RegisterNotRelevant,
        Why::NoLongerAChoice,
        Why::DifferenceTold,
    ];

    /// The word in the CSV file, and what it means.
    fn words(self) -> (&'static str, &'static str) {
        match self {
            Why::NotRelevant => ("not_relevant", "Not relevant"),
            Why::NotDocumented => ("not_documented", "Not documented"),
            Why::RegisterMissing => ("register_missing", "Register holds no value"),
            Why::NotInForce => ("not_in_force", "Indicator not in force"),
            Why::Unsettled => ("unsettled", "Readings differ, not settled"),
            Why::NotRead => ("not_read", "No chart to read"),
            Why::NotReviewed => ("not_reviewed", "Not reviewed yet"),
            Why::NoSecondReading => ("no_second_reading", "No second reading"),
            Why::Empty => ("empty", "Not asked for, or left empty"),
            Why::NotStored => ("not_stored", "Column not stored at the draw"),
            Why::RegisterNotRelevant => ("register_not_relevant", "Register says not relevant"),
            Why::NoLongerAChoice => ("no_longer_a_choice", "Answer no longer in the codebook"),
            Why::DifferenceTold => ("difference_told", "Left out: the difference is told"),
        }
    }

    /// The word in the CSV file.
    pub fn word(self) -> &'static str {
        self.words().0
    }

    /// What it means.
    pub fn label(self) -> &'static str {
        self.words().1
    }

    /// 1 for `.a`, 2 for `.b`, …
    pub fn place(self) -> u8 {
        self as u8 + 1
    }

    /// `.a`, `.b`, …
    pub fn letter(self) -> String {
        format!(".{}", char::from(b'a' + self as u8))
    }
}

impl DataSet {
    /// The place of a variable.
    pub fn place(&self, name: &str) -> Option<usize> {
        self.variables.iter().position(|variable| variable.name == name)
    }
}

impl Datum {
    /// The cell of a CSV file.
    pub fn cell(&self) -> String {
        match self {
            Datum::Absent => String::new(),
            Datum::Text(text) | Datum::Word(text) => text.clone(),
            Datum::Whole(number) => number.to_string(),
            Datum::Number(number) => number.to_string(),
            Datum::Month { year, month } => format!("{year:04}-{month:02}"),
            Datum::Missing(why) => why.word().to_owned(),
        }
    }

    /// A month from `2021-03`, or from a day.
    pub fn month(text: &str) -> Datum {
        let mut parts = text.split('-');
        let year = parts.next().and_then(|year| year.parse().ok());
        let month =
            parts.next().and_then(|month| month.parse().ok()).filter(|month| (1..=12).contains(month));
        match (year, month) {
            (Some(year), Some(month)) => Datum::Month { year, month },
            _ => Datum::Absent,
        }
    }
}

impl CodeList {
    /// A list of words with their labels, numbered from a number on.
    pub fn new<'w>(name: &str, first: i32, words: impl IntoIterator<Item = (&'w str, &'w str)>) -> Self {
        let code = |(number, (word, label)): (i32, (&str, &str))| Code {
            word: word.to_owned(),
            number,
            label: label.to_owned(),
        };
        CodeList { name: name.to_owned(), codes: (first..).zip(words).map(code).collect() }
    }

    /// The number of a word.
    pub fn number(&self, word: &str) -> Option<i32> {
        self.codes.iter().find(|code| code.word == word).map(|code| code.number)
    }
}
