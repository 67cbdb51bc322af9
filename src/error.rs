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

mod place;
mod tongue;

pub use place::{Place, ROWS_NAMED, Rows, column_letters};
pub use tongue::Tongue;

use std::collections::HashMap;
use std::fmt;

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

    /// The same word in a language.
    pub fn in_tongue(self, tongue: Tongue) -> &'static str {
        let danish = match self {
            Severity::Note => "bemærk",
            Severity::Warning => "advarsel",
            Severity::Error => "fejl",
        };
        tongue.says([danish, self.word()])
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
    /// The language of all this.
    pub tongue: Tongue,
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
        Finding {
            severity,
            code,
            what: what.into(),
            place: Place::default(),
            why: None,
            remedy: None,
            tongue: Tongue::English,
        }
    }

    /// The same finding, told in a language.
    pub fn in_tongue(mut self, tongue: Tongue) -> Self {
        self.tongue = tongue;
        self
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
        let tongue = self.tongue;
        write!(f, "{}: {}", self.severity.in_tongue(tongue), self.what)?;
        if !self.place.is_empty() {
            write!(f, "\n  --> {}", self.place.in_tongue(tongue))?;
        }
        if let Some(why) = &self.why {
            write!(f, "\n  = {}: {why}", tongue.says(["hvorfor", "why"]))?;
        }
        match &self.remedy {
            Some(remedy) => write!(f, "\n\n{}: {remedy}", tongue.says(["hjælp", "help"])),
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

    /// The same error, each finding told in another way.
    pub fn retold(mut self, tell: impl Fn(Finding) -> Finding) -> Self {
        self.0.findings = self.0.findings.into_iter().map(tell).collect();
        self
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
}
