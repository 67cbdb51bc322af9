//! What is wrong, where, why, and what to do about it.
//!
//! A [`Finding`] is one thing that somebody should know: an error, a warning or a note, with the
//! place where it was found and the remedy. An [`Error`] is the reason why a command did not do what it was
//! asked for: all findings at once, never the first alone. The text form follows one pattern:
//!
//! ```text
//! error: `diet` is `maybe` in 3 rows, expected one of `1`, `0`, `8`
//!   --> register.csv, rows 14, 220 and 1031, column `diaet`
//!   = why: every record needs a register value to be placed in the two-by-two table
//!
//! help: correct the rows, or map the value under [indicator.diet.register] in study.toml
//! ```
//!
//! No finding may hold a CPR number, a name or the text of a comment: row numbers and study ids only.

use std::collections::HashMap;
use std::fmt;

/// How many rows a message names before it says "and 31 more".
pub const ROWS_NAMED: usize = 20;

/// How grave a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Worth knowing; nothing needs to be done.
    Note,
    /// Probably wrong; the command goes on.
    Warning,
    /// Wrong; the command does nothing.
    Error,
}

impl Severity {
    /// The word that opens the message.
    pub fn word(self) -> &'static str {
        match self {
            Severity::Note => "note",
            Severity::Warning => "warning",
            Severity::Error => "error",
        }
    }
}

/// Rows of a file as a spreadsheet counts them (the header is row 1): the first few, and how many there are.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Rows {
    first: Vec<u64>,
    total: u64,
}

impl Rows {
    /// No row yet.
    pub fn none() -> Self {
        Rows::default()
    }

    /// One row.
    pub fn one(row: u64) -> Self {
        Rows { first: vec![row], total: 1 }
    }

    /// Adds a row; only the first [`ROWS_NAMED`] are remembered by number.
    pub fn add(&mut self, row: u64) {
        if self.first.len() < ROWS_NAMED {
            self.first.push(row);
        }
        self.total += 1;
    }

    /// Adds other rows behind these.
    pub fn append(&mut self, others: &Rows) {
        let room = ROWS_NAMED - self.first.len().min(ROWS_NAMED);
        self.first.extend(others.first.iter().take(room));
        self.total += others.total;
    }

    /// Adds rows that stand among these.
    pub fn merge(&mut self, others: &Rows) {
        self.first.extend(&others.first);
        self.first.sort_unstable();
        self.first.truncate(ROWS_NAMED);
        self.total += others.total;
    }

    /// The rows that are remembered by number, in the order of the file.
    pub fn first(&self) -> &[u64] {
        &self.first
    }

    /// How many rows there are, named or not.
    pub fn total(&self) -> u64 {
        self.total
    }
}

impl FromIterator<u64> for Rows {
    fn from_iter<I: IntoIterator<Item = u64>>(rows: I) -> Self {
        rows.into_iter().fold(Rows::none(), |mut all, row| {
            all.add(row);
            all
        })
    }
}

impl fmt::Display for Rows {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let more = self.total - self.first.len() as u64;
        let named: Vec<String> = self.first.iter().map(u64::to_string).collect();
        match (named.as_slice(), more) {
            ([], 0) => Ok(()),
            ([row], 0) => write!(f, "row {row}"),
            ([rows @ .., last], 0) => write!(f, "rows {} and {last}", rows.join(", ")),
            (rows, more) => write!(f, "rows {} and {more} more", rows.join(", ")),
        }
    }
}

/// Where something was found. Each part is left empty when it does not apply.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Place {
    /// The file as the user named it.
    pub file: Option<String>,
    /// The sheet of a workbook.
    pub sheet: Option<String>,
    /// The rows.
    pub rows: Rows,
    /// The column's header as the file has it, or the cell's name (`B17`).
    pub column: Option<String>,
    /// The line of a text file such as `study.toml`, from 1.
    pub line: Option<u64>,
    /// The key in such a file, with its tables: `sampling.total`.
    pub key: Option<String>,
}

impl Place {
    /// A file as a whole.
    pub fn file(name: impl Into<String>) -> Self {
        Place { file: Some(name.into()), ..Place::default() }
    }

    /// The same place, with rows.
    pub fn rows(mut self, rows: Rows) -> Self {
        self.rows = rows;
        self
    }

    /// The same place, one row.
    pub fn row(self, row: u64) -> Self {
        self.rows(Rows::one(row))
    }

    /// The same place, with a column.
    pub fn column(mut self, column: impl Into<String>) -> Self {
        self.column = Some(column.into());
        self
    }

    /// The same place, with a sheet.
    pub fn sheet(mut self, sheet: impl Into<String>) -> Self {
        self.sheet = Some(sheet.into());
        self
    }

    /// The same place, with the key of a protocol and the line where it stands.
    pub fn key(mut self, key: impl Into<String>, line: Option<u64>) -> Self {
        self.key = Some(key.into());
        self.line = line;
        self
    }

    fn is_empty(&self) -> bool {
        *self == Place::default()
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let rows = (self.rows.total() > 0).then(|| self.rows.to_string());
        let sheet = self.sheet.as_ref().map(|sheet| format!("sheet `{sheet}`"));
        let column = self.column.as_ref().map(|column| format!("column `{column}`"));
        let line = self.line.map(|line| format!("line {line}"));
        let key = self.key.as_ref().map(|key| format!("`{key}`"));
        let parts = [self.file.clone(), sheet, rows, column, line, key];
        let parts: Vec<String> = parts.into_iter().flatten().collect();
        f.write_str(&parts.join(", "))
    }
}

/// One thing that somebody should know: what, where, why, and what to do.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Finding {
    /// How grave it is.
    pub severity: Severity,
    /// A stable word for programs (`unknown_key`, `cpr_padded`, …).
    pub code: &'static str,
    /// The value found and the value needed.
    pub what: String,
    /// Where it was found.
    pub place: Place,
    /// Why it matters.
    pub why: Option<String>,
    /// What to do about it.
    pub remedy: Option<String>,
}

impl Finding {
    /// An error: the command will do nothing.
    pub fn error(code: &'static str, what: impl Into<String>) -> Self {
        Finding::new(Severity::Error, code, what)
    }

    /// A warning: probably wrong, and the command goes on.
    pub fn warning(code: &'static str, what: impl Into<String>) -> Self {
        Finding::new(Severity::Warning, code, what)
    }

    /// A note: worth knowing.
    pub fn note(code: &'static str, what: impl Into<String>) -> Self {
        Finding::new(Severity::Note, code, what)
    }

    fn new(severity: Severity, code: &'static str, what: impl Into<String>) -> Self {
        Finding { severity, code, what: what.into(), place: Place::default(), why: None, remedy: None }
    }

    /// The same finding at a place.
    pub fn at(mut self, place: Place) -> Self {
        self.place = place;
        self
    }

    /// The same finding with the reason why it matters.
    pub fn because(mut self, why: impl Into<String>) -> Self {
        self.why = Some(why.into());
        self
    }

    /// The same finding with what to do about it.
    pub fn remedy(mut self, remedy: impl Into<String>) -> Self {
        self.remedy = Some(remedy.into());
        self
    }
}

/// The same findings, those that differ in their rows alone put together; in the order in which they were met first.
pub fn gathered(findings: Vec<Finding>) -> Vec<Finding> {
    let mut gathered: Vec<Finding> = Vec::new();
    let mut places: HashMap<Finding, usize> = HashMap::new();
    for finding in findings {
        let mut without_rows = finding.clone();
        without_rows.place.rows = Rows::none();
        match places.get(&without_rows) {
            Some(&place) => gathered[place].place.rows.append(&finding.place.rows),
            None => {
                places.insert(without_rows, gathered.len());
                gathered.push(finding);
            }
        }
    }
    gathered
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.severity.word(), self.what)?;
        if !self.place.is_empty() {
            write!(f, "\n  --> {}", self.place)?;
        }
        if let Some(why) = &self.why {
            write!(f, "\n  = why: {why}")?;
        }
        match &self.remedy {
            Some(remedy) => write!(f, "\n\nhelp: {remedy}"),
            None => Ok(()),
        }
    }
}

/// Why a command stopped; decides its exit code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ErrorKind {
    /// Something is wrong in the data or the protocol: exit code 1.
    Data,
    /// The command could not run (no such file, no rights, wrong arguments): exit code 2.
    CannotRun,
}

/// Everything that kept a command from doing its work. Boxed, so that a `Result` stays small.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Error(Box<Inner>);

#[derive(Debug, Clone, PartialEq, Eq)]
struct Inner {
    kind: ErrorKind,
    findings: Vec<Finding>,
}

/// The result of everything that can fail.
pub type Result<T, E = Error> = std::result::Result<T, E>;

impl Error {
    /// Errors in the data: all of them at once.
    pub fn data(findings: Vec<Finding>) -> Self {
        Error(Box::new(Inner { kind: ErrorKind::Data, findings }))
    }

    /// The command could not run.
    pub fn cannot_run(finding: Finding) -> Self {
        Error(Box::new(Inner { kind: ErrorKind::CannotRun, findings: vec![finding] }))
    }

    /// Data or circumstances.
    pub fn kind(&self) -> ErrorKind {
        self.0.kind
    }

    /// What was found, in the order in which it should be read.
    pub fn findings(&self) -> &[Finding] {
        &self.0.findings
    }

    /// 1 for errors in the data, 2 when the command could not run.
    pub fn exit_code(&self) -> u8 {
        match self.0.kind {
            ErrorKind::Data => 1,
            ErrorKind::CannotRun => 2,
        }
    }
}

impl From<Finding> for Error {
    fn from(finding: Finding) -> Self {
        Error::data(vec![finding])
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let texts: Vec<String> = self.0.findings.iter().map(Finding::to_string).collect();
        f.write_str(&texts.join("\n\n"))
    }
}

impl std::error::Error for Error {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_finding_reads_what_where_why_remedy() {
        let finding =
            Finding::error("value_not_mapped", "`diet` is `maybe` in 3 rows, expected one of `1`, `0`, `8`")
                .at(Place::file("register.csv").rows([14, 220, 1031].into_iter().collect()).column("diaet"))
                .because("every record needs a register value to be placed in the two-by-two table")
                .remedy("correct the rows, or map the value under [indicator.diet.register] in study.toml");
        let text = "error: `diet` is `maybe` in 3 rows, expected one of `1`, `0`, `8`\n  \
                    --> register.csv, rows 14, 220 and 1031, column `diaet`\n  \
                    = why: every record needs a register value to be placed in the two-by-two table\n\n\
                    help: correct the rows, or map the value under [indicator.diet.register] in study.toml";
        assert_eq!(finding.to_string(), text);
    }

    #[test]
    fn findings_that_differ_in_their_rows_alone_are_one() {
        let at = |what: &str, row| Finding::error("date", what).at(Place::file("form.csv").row(row));
        let all = gathered(vec![at("early", 2), at("late", 3), at("early", 4), at("early", 9)]);
        let texts: Vec<String> = all.iter().map(Finding::to_string).collect();
        assert_eq!(
            texts,
            ["error: early\n  --> form.csv, rows 2, 4 and 9", "error: late\n  --> form.csv, row 3"]
        );
    }

    #[test]
    fn many_rows_are_named_up_to_twenty_and_then_counted() {
        let rows: Rows = (2..53).collect();
        assert!(rows.to_string().ends_with("20, 21 and 31 more"));
        assert_eq!(rows.total(), 51);
    }
}
