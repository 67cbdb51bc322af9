//! One pass over the register, for check, cohort, draw and verify alike.

use jiff::civil::Date;

use crate::cohort::{Exclusion, Flow, Frame, FrameCourse, Outcome, RepeatFinder, RepeatedKeys, Scanner};
use crate::draw::{FrameDigest, Numbering, RegisterEntry, Selection};
use crate::error::{Error, ErrorKind, Finding, Place, Result};
use crate::io::{Extract, ReadOptions};
use crate::register::Row;

use super::{PROTOCOL_FILE, Progress, Session, Study};

/// How often progress is told, in rows.
const TELL: u64 = 1 << 14;

/// What one pass over the register found.
pub struct Scan {
    /// The flow from rows to frame.
    pub flow: Flow,
    /// The frame's counts.
    pub frame: Frame,
    /// The order-free digest of the frame.
    pub digest: FrameDigest,
    /// The smallest numbers of each stratum, if any were asked for.
    pub selections: Vec<Selection<Candidate>>,
    /// Everything odd or wrong, errors first.
    pub findings: Vec<Finding>,
    /// Faults of the file itself: with any of these nothing but `check` runs.
    pub refusals: Vec<Finding>,
    /// Whether there are keys with differing rows, which no draw can choose between.
    pub has_conflicts: bool,
    /// What the file turned out to be.
    pub layout: String,
}

/// What is kept of a course that may be drawn.
#[derive(Clone)]
pub struct Candidate {
    /// The record key.
    pub(super) key: String,
    /// Age in completed years.
    pub(super) age: Option<i16>,
    /// Sex.
    pub(super) sex: Option<String>,
    /// The month of the first attendance.
    pub(super) period: Option<String>,
    /// The register's values, in the order of the assessable indicators.
    pub(super) register: Vec<RegisterEntry>,
}

/// Reads the whole register. `most` is how many courses to select from each stratum.
pub(super) fn scan(
    study: &Study,
    numbering: &Numbering,
    most: &[usize],
    session: &Session<'_>,
) -> Result<Scan> {
    let mut extract = open(study)?;
    let file = extract.file_name().to_owned();
    let mut scanner = Scanner::new(&study.protocol, extract.header(), &file, session.today)?;
    let mut scan = Scan {
        flow: Flow::default(),
        frame: Frame::new(&study.protocol),
        digest: FrameDigest::default(),
        selections: most.iter().map(|&most| Selection::of_at_most(most)).collect(),
        findings: Vec::new(),
        refusals: Vec::new(),
        has_conflicts: false,
        layout: String::new(),
    };
    let mut repeats = RepeatFinder::default();
    let mut row = Row::default();
    while scan.goes_on(extract.next_row(&mut row))? {
        scan.flow.rows += 1;
        if scan.flow.rows.is_multiple_of(TELL) {
            (session.progress)(Progress::Rows(scan.flow.rows));
        }
        match scanner.read(&row) {
            Outcome::Excluded(reason) => scan.flow.exclude(reason, 1),
            Outcome::Frame(course) => repeats.add(scan.take(&course, numbering, study)),
        }
    }
    // What the encoding is, only the rows have shown.
    scan.layout = extract.layout().to_string();
    scan.findings = scanner.findings(&file);
    scan.findings.extend(extract.notices());
    scan.refusals.extend(scan.findings.iter().filter(|_| scanner.refuses_file()).filter(is_refusal).cloned());
    if scan.flow.rows == 0 && scan.refusals.is_empty() {
        scan.refusals.push(no_rows(&file));
    }
    if scan.refusals.is_empty() {
        scan.take_back_repeats(study, numbering, repeats, session.today)?;
    }
    let values = scan.frame.indicators.iter().flat_map(|values| values.findings(&study.protocol, &file));
    scan.findings.extend(values.collect::<Vec<_>>());
    let cpr_among_values = scan.findings.iter().filter(|finding| finding.code == "cpr_among_values");
    scan.refusals.extend(cpr_among_values.cloned().collect::<Vec<_>>());
    scan.findings.sort_by_key(|finding| std::cmp::Reverse(finding.severity));
    Ok(scan)
}

fn open(study: &Study) -> Result<Extract> {
    let layout = &study.protocol.layout;
    if !study.register_path().exists() {
        return Err(Error::cannot_run(no_register(&layout.file)));
    }
    let options = ReadOptions { sheet: layout.sheet.clone(), name: Some(layout.file.clone()) };
    Extract::open(&study.register_path(), &options)
}

fn no_register(file: &str) -> Finding {
    Finding::error("file_not_found", format!("there is no file `{file}`"))
        .at(Place::file(PROTOCOL_FILE).key("register.file", None))
        .because("the extract of the register is looked for from the study's folder")
        .remedy("put the extract there, or name it in study.toml as it is")
}

fn no_rows(file: &str) -> Finding {
    Finding::error("no_rows", "the register has a header and no rows")
        .at(Place::file(file))
        .remedy("export it again, with the courses")
}

fn is_refusal(finding: &&Finding) -> bool {
    matches!(finding.code, "cpr_scientific" | "cpr_is_date" | "cpr_as_sex" | "date_month_first")
}

impl Scan {
    /// The scan, unless the file must be refused.
    pub(super) fn accepted(self) -> Result<Self> {
        if self.refusals.is_empty() { Ok(self) } else { Err(Error::data(self.refusals)) }
    }

    /// Whether there was a row. Rows that cannot be read are told of at the end of the file, all at once.
    fn goes_on(&mut self, next: Result<bool>) -> Result<bool> {
        match next {
            Err(error) if error.kind() == ErrorKind::Data => {
                self.refusals.extend(error.findings().iter().cloned());
                Ok(false)
            }
            next => next,
        }
    }

    /// Counts a course, offers it to its stratum's selection, and returns its fingerprint.
    fn take(&mut self, course: &FrameCourse<'_>, numbering: &Numbering, study: &Study) -> u64 {
        let number = numbering.number(course.key);
        self.frame.add(course, &study.protocol);
        self.digest.add(&number);
        if let Some(selection) = self.selections.get_mut(course.stratum) {
            selection.offer(number, || candidate(course, study));
        }
        number.prefix()
    }

    /// A second pass, only when keys may be repeated: identical rows are taken back, differing ones are a conflict.
    fn take_back_repeats(
        &mut self,
        study: &Study,
        numbering: &Numbering,
        repeats: RepeatFinder,
        today: Date,
    ) -> Result<()> {
        let suspects = repeats.suspects();
        if suspects.is_empty() {
            return Ok(());
        }
        let mut extract = open(study)?;
        let file = extract.file_name().to_owned();
        let mut scanner = Scanner::new(&study.protocol, extract.header(), &file, today)?;
        let mut keys = RepeatedKeys::default();
        let mut row = Row::default();
        while extract.next_row(&mut row)? {
            let Outcome::Frame(course) = scanner.read(&row) else { continue };
            let number = numbering.number(course.key);
            let suspected = suspects.contains(&number.prefix());
            if suspected && keys.is_duplicate(course.key, course.compared_cells(), course.row_number()) {
                self.frame.remove(&course, &study.protocol);
                self.digest.remove(&number);
            }
        }
        self.flow.exclude(Exclusion::Duplicate, keys.duplicates());
        self.findings.extend(keys.findings(&file));
        self.has_conflicts = keys.has_conflicts();
        Ok(())
    }
}

fn candidate(course: &FrameCourse<'_>, study: &Study) -> Candidate {
    let entry = |(place, indicator): (usize, &crate::protocol::Indicator)| RegisterEntry {
        value: course.indicator_value(place).to_owned(),
        in_force: indicator.in_force(course.first_attendance),
    };
    Candidate {
        key: course.key.to_owned(),
        age: course.age,
        sex: course.sex.map(str::to_owned),
        period: course.first_attendance.map(|day| format!("{:04}-{:02}", day.year(), day.month())),
        register: study.protocol.assessable().enumerate().map(entry).collect(),
    }
}
