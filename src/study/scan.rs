//! One pass over the register, for check, cohort, draw and verify alike.

mod fingerprints;
mod part;
mod shared;

use std::fs::File;
use std::thread;

use jiff::civil::Date;

use self::fingerprints::Fingerprints;
use self::part::Part;
use crate::cohort::{Exclusion, Flow, Frame, Outcome, RepeatedKeys, Scanner};
use crate::digest;
use crate::draw::{FrameDigest, Numbering, RegisterEntry, Selection};
use crate::error::{Error, ErrorKind, Finding, Place, Result};
use crate::io::{Extract, ReadOptions, cannot_read};
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
    /// The register's values, in the order of the assessable indicators; behind them those of the items that it holds.
    pub(super) register: Vec<RegisterEntry>,
}

/// A file with fewer bytes is read before a second thread would have begun.
const WORTH_SHARING: u64 = 1 << 22;

/// Reads the whole register. `most` is how many courses to select from each stratum.
///
/// A long text is shared by all threads. What they find is put together to the same as reading in one piece finds; where it
/// cannot be, because a row is unreadable or the order of rows decides what is told, the file is read again in one piece.
pub(super) fn scan(
    study: &Study,
    numbering: &Numbering,
    most: &[usize],
    session: &Session<'_>,
) -> Result<Scan> {
    scan_on(rayon::current_num_threads(), study, numbering, most, session, WORTH_SHARING)
}

/// The same, and the SHA-256 of the register's bytes, which is found at the same time: it takes long as well.
pub(super) fn scan_with_sha256(
    study: &Study,
    numbering: &Numbering,
    most: &[usize],
    session: &Session<'_>,
) -> Result<(Scan, String)> {
    let path = study.register_path();
    thread::scope(|scope| {
        let sha256 = scope.spawn(|| File::open(&path).and_then(digest::of_reader));
        let scan = scan(study, numbering, most, session)?.accepted()?;
        let sha256 = sha256.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic));
        Ok((scan, sha256.map_err(|fault| cannot_read(&path, &fault))?))
    })
}

fn scan_on(
    threads: usize,
    study: &Study,
    numbering: &Numbering,
    most: &[usize],
    session: &Session<'_>,
    worth_sharing: u64,
) -> Result<Scan> {
    let mut extract = open(study)?;
    let file = extract.file_name().to_owned();
    let fingerprints = Fingerprints::in_folder(&study.folder);
    let scanner = Scanner::new(&study.protocol, extract.header(), &file, session.today)?
        .with_decimal_mark(extract.decimal_mark());
    let part = Part::new(study, numbering, most, scanner, fingerprints);
    if threads > 1 && extract.bytes() >= worth_sharing {
        match extract.into_shared() {
            Ok(shared) => {
                if let Some((part, blank)) = shared::read(&shared, &part, threads, session) {
                    let (layout, notices) = (shared.layout().to_string(), shared.notices(&blank));
                    return Scan::finish(part, layout, notices, Vec::new(), &file, session.today);
                }
                extract = open(study)?;
            }
            Err(whole) => extract = *whole,
        }
    }
    let (part, refusals) = read_whole(&mut extract, part, session)?;
    // What the encoding is, only the rows have shown.
    let layout = extract.layout().to_string();
    Scan::finish(part, layout, extract.notices(), refusals, &file, session.today)
}

/// Reads the rows from the first to the last. Rows that cannot be read are told of at the end of the file, all at once.
fn read_whole<'s>(
    extract: &mut Extract,
    mut part: Part<'s>,
    session: &Session<'_>,
) -> Result<(Part<'s>, Vec<Finding>)> {
    let mut row = Row::default();
    loop {
        match extract.next_row(&mut row) {
            Ok(true) => part.take(&row),
            Ok(false) => return Ok((part, Vec::new())),
            Err(error) if error.kind() == ErrorKind::Data => return Ok((part, error.findings().to_vec())),
            Err(error) => return Err(error),
        }
        if part.flow.rows.is_multiple_of(TELL) {
            (session.progress)(Progress::Rows(part.flow.rows));
        }
    }
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

    /// What the rows come to, taken together.
    fn finish(
        part: Part<'_>,
        layout: String,
        notices: Vec<Finding>,
        refusals: Vec<Finding>,
        file: &str,
        today: Date,
    ) -> Result<Self> {
        let Part { study, numbering, scanner, flow, frame, digest, selections, fingerprints } = part;
        let mut findings = scanner.findings(file);
        findings.extend(notices);
        let mut scan =
            Scan { flow, frame, digest, selections, findings, refusals, has_conflicts: false, layout };
        scan.refusals
            .extend(scan.findings.iter().filter(|_| scanner.refuses_file()).filter(is_refusal).cloned());
        if scan.flow.rows == 0 && scan.refusals.is_empty() {
            scan.refusals.push(no_rows(file));
        }
        if scan.refusals.is_empty() {
            scan.take_back_repeats(study, numbering, fingerprints, today)?;
        }
        let values = scan.frame.indicators.iter().flat_map(|values| values.findings(&study.protocol, file));
        scan.findings.extend(values.collect::<Vec<_>>());
        let cpr_among_values = scan.findings.iter().filter(|finding| finding.code == "cpr_among_values");
        scan.refusals.extend(cpr_among_values.cloned().collect::<Vec<_>>());
        scan.findings.sort_by_key(|finding| std::cmp::Reverse(finding.severity));
        Ok(scan)
    }

    /// A second pass, only when keys may be repeated: identical rows are taken back, differing ones are a conflict.
    fn take_back_repeats(
        &mut self,
        study: &Study,
        numbering: &Numbering,
        fingerprints: Fingerprints,
        today: Date,
    ) -> Result<()> {
        let suspects = fingerprints.suspects()?;
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
            let suspected = suspects.contains(number.prefix());
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

#[cfg(test)]
mod tests;
