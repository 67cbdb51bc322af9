//! `hkm record FILE…`: returned forms into the study, all or nothing.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::path::{Path, PathBuf};

use jiff::civil::Date;
use serde_json::json;

use super::adjudicate::is_adjudication;
use super::check::refuse_changed_sections;
use super::forms::is_look_up_list;
use super::{Session, Study};
use crate::digest;
use crate::draw::{Sample, StudyId};
use crate::error::{Error, Finding, Place, Result, Severity, gathered};
use crate::io::{Extract, ReadOptions, cannot_read};
use crate::protocol::Role;
use crate::register::Row;
use crate::register::cpr::holds_cpr;
use crate::review::{
    Difference, EntryContext, FormColumns, FormEntry, Import, Reading, Review, Reviews, RowReading,
    before_draw, compare, emptied_row, read_entry,
};
use crate::store::{AuditEntry, KeyAccess, Store};

/// How the files are to be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RecordOptions {
    /// Which reading they must hold; without it each form says it itself.
    pub reading: Option<Reading>,
    /// Store complete rows although others are begun.
    pub accept_incomplete: bool,
}

/// What was stored.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RecordReport {
    /// Reviews that are new.
    pub new: usize,
    /// Reviews that were stored already, word for word.
    pub unchanged: usize,
    /// What changed in reviews that were stored before, cell by cell.
    pub changed: Vec<Difference>,
    /// Reviews of files that were recorded before, which have been corrected since.
    pub superseded: usize,
    /// Rows without a review yet.
    pub not_reviewed: usize,
    /// Reviews that are begun and wait.
    pub waiting: Vec<StudyId>,
    /// Warnings and notes.
    pub findings: Vec<Finding>,
}

/// A file as it was read.
struct Read {
    /// Its name without the folder, as the study remembers it.
    file: String,
    /// Its name as it was typed, for messages.
    shown: String,
    sha256: String,
    import: Import,
}

/// Reads returned forms and stores their reviews.
///
/// # Errors
/// Everything that is wrong in any of the files; then nothing is stored.
pub fn record(
    study: &Study,
    files: &[PathBuf],
    options: RecordOptions,
    session: &Session<'_>,
) -> Result<RecordReport> {
    refuse_changed_sections(study)?;
    let store = Store::open_drawn(&study.folder, KeyAccess::Needed)?;
    store.write(|store| {
        let first_attendance = first_attendances(store, study)?;
        let drawn = day_of_draw(&store.audit_trail()?);
        let mut reader = FormReader {
            study,
            sample: store.sample()?,
            stored: store.reviews(i64::MAX)?,
            recorded: store.imported_digests()?,
            first_attendance,
            drawn,
            options,
            today: session.today,
            seen: BTreeMap::new(),
            reviewers: BTreeMap::new(),
            errors: Vec::new(),
            report: RecordReport::default(),
        };
        let read: Vec<Read> = files.iter().map(|path| reader.file(path)).collect::<Result<_>>()?;
        let FormReader { errors, mut report, .. } = reader;
        if !errors.is_empty() {
            return Err(Error::data(gathered(errors)));
        }
        for read in &read {
            report.unchanged += read.import.unchanged;
            report.superseded += read.import.superseded.len();
            report.new +=
                read.import.to_store.iter().filter(|(_, differences)| differences.is_empty()).count();
            report
                .changed
                .extend(read.import.to_store.iter().flat_map(|(_, differences)| differences.clone()));
        }
        read.iter()
            .filter(|read| !read.import.to_store.is_empty())
            .try_for_each(|read| save(store, read, session))?;
        Ok(report)
    })
}

fn save(store: &Store, read: &Read, session: &Session<'_>) -> Result<()> {
    let reviews: Vec<&Review> = read.import.to_store.iter().map(|(review, _)| review).collect();
    let lines: Vec<String> = reviews.iter().map(|review| review.canonical()).collect();
    let detail = json!({
        "file": read.file,
        "sha256": read.sha256,
        "reviews": reviews.len(),
        "content": digest::of_text(&lines.join("\n")),
    });
    let audit = store.log(&session.actor, "record", &detail)?;
    let import = store.add_import(audit, &read.file, &read.sha256)?;
    reviews.into_iter().try_for_each(|review| store.add_review(import, review))
}

/// The first attendance of every course, from its key.
fn first_attendances(store: &Store, study: &Study) -> Result<BTreeMap<StudyId, Date>> {
    let Some(place) = study.protocol.layout.key.iter().position(|role| *role == Role::FirstAttendance) else {
        return Ok(BTreeMap::new());
    };
    let date = |key: &str| key.split('|').nth(place).and_then(|part| part.parse().ok());
    let entries = store.key()?.into_iter();
    Ok(entries.filter_map(|entry| Some((entry.study_id, date(&entry.record_key)?))).collect())
}

/// The day of the first draw, in UTC as the audit trail has it: before it nobody knew whose chart to read.
fn day_of_draw(trail: &[AuditEntry]) -> Option<Date> {
    let draw = trail.iter().find(|entry| entry.action == "draw")?;
    draw.at.get(..10)?.parse().ok()
}

struct FormReader<'r> {
    study: &'r Study,
    sample: Sample,
    stored: Reviews,
    /// The digests of the files that were recorded so far.
    recorded: BTreeSet<String>,
    first_attendance: BTreeMap<StudyId, Date>,
    drawn: Option<Date>,
    options: RecordOptions,
    today: Date,
    /// Where each course was met first, over all files.
    seen: BTreeMap<(StudyId, Reading), (String, u64)>,
    /// Who made each reading of these files.
    reviewers: BTreeMap<(StudyId, Reading), String>,
    errors: Vec<Finding>,
    report: RecordReport,
}

impl FormReader<'_> {
    fn file(&mut self, path: &Path) -> Result<Read> {
        refuse_cpr_in_name(path)?;
        let sha256 =
            File::open(path).and_then(digest::of_reader).map_err(|fault| cannot_read(path, &fault))?;
        let shown = path.display().to_string();
        let mut read = Read { file: file_name(path), shown, sha256, import: Import::default() };
        let mut extract = match Extract::open(path, &ReadOptions::default()) {
            Ok(extract) => extract,
            Err(error) => return self.refused(error, read),
        };
        if let Some(finding) = other_kind(extract.header(), self.study, &read.shown) {
            match finding.severity {
                Severity::Error => self.errors.push(finding),
                _ => self.report.findings.push(finding),
            }
            return Ok(read);
        }
        let columns = match FormColumns::find(extract.header(), &self.study.protocol, &read.shown) {
            Ok((columns, notes)) => {
                self.report.findings.extend(notes);
                columns
            }
            Err(findings) => {
                self.errors.extend(findings);
                return Ok(read);
            }
        };
        if self.options.reading.is_some_and(|wanted| wanted != columns.reading()) {
            self.errors.push(other_reading(columns.reading(), &read.shown));
            return Ok(read);
        }
        let mut entries = Vec::new();
        let mut row = Row::default();
        loop {
            match extract.next_row(&mut row) {
                Ok(true) => self.row(&row, &columns, &read.shown, &mut entries),
                Ok(false) => break,
                Err(error) => return self.refused(error, read),
            }
        }
        self.check_independence(&entries, &read.shown);
        self.report.findings.extend(
            self.drawn.and_then(|drawn| before_draw(&entries, &self.stored, drawn, &columns, &read.shown)),
        );
        let recorded_before = self.recorded.contains(&read.sha256);
        read.import = compare(entries, &self.stored, recorded_before, &read.shown);
        let findings = std::mem::take(&mut read.import.findings);
        let (errors, told): (Vec<Finding>, Vec<Finding>) =
            findings.into_iter().partition(|finding| finding.severity == Severity::Error);
        self.errors.extend(errors);
        self.report.findings.extend(told);
        Ok(read)
    }

    /// A file that cannot be read at all is one of the errors; a missing one stops the command.
    fn refused(&mut self, error: Error, read: Read) -> Result<Read> {
        match error.kind() {
            crate::error::ErrorKind::CannotRun => Err(error),
            crate::error::ErrorKind::Data => {
                self.errors.extend(error.findings().iter().cloned());
                Ok(read)
            }
        }
    }

    fn row(&mut self, row: &Row, columns: &FormColumns, file: &str, entries: &mut Vec<FormEntry>) {
        let first_attendance = |study_id| self.first_attendance.get(&study_id).copied();
        let context = EntryContext {
            sample: &self.sample,
            first_attendance: &first_attendance,
            today: self.today,
            reading: columns.reading(),
            file,
        };
        let reading = read_entry(row, columns, &context);
        match reading {
            RowReading::Blank => {}
            RowReading::Wrong(findings) => self.errors.extend(findings),
            RowReading::NotReviewed(study_id) => {
                self.meet((study_id, columns.reading()), file, row.number);
                self.report.not_reviewed += 1;
                if self.stored.latest(study_id, columns.reading()).is_some() {
                    self.errors.push(emptied_row(study_id, row.number, file));
                }
            }
            RowReading::Incomplete(study_id, finding) => {
                self.meet((study_id, columns.reading()), file, row.number);
                self.report.waiting.push(study_id);
                match self.stored.latest(study_id, columns.reading()) {
                    Some(_) => self.errors.push(finding.remedy(
                        "the review is stored already: put back what is missing, or enter what is true of the chart",
                    )),
                    None if self.options.accept_incomplete => {}
                    None => self.errors.push(finding),
                }
            }
            RowReading::Complete(entry) => {
                self.meet((entry.review.study_id, columns.reading()), file, row.number);
                entries.push(entry);
            }
        }
    }

    /// The same course twice would let the order of files decide.
    fn meet(&mut self, (study_id, reading): (StudyId, Reading), file: &str, row: u64) {
        if let Some((other, other_row)) = self.seen.insert((study_id, reading), (file.to_owned(), row)) {
            let what = format!("`{study_id}` stands twice: here and in row {other_row} of {other}");
            let finding = Finding::error("repeated_study_id", what).at(Place::file(file).row(row));
            self.errors.push(finding.remedy("leave the row that is right, and take the other one away"));
        }
    }

    /// The second reader must be another person.
    fn check_independence(&mut self, entries: &[FormEntry], file: &str) {
        for FormEntry { row, review } in entries {
            let other = match review.reading {
                Reading::First => Reading::Second,
                Reading::Second => Reading::First,
            };
            let key = |reading| (review.study_id, reading);
            self.reviewers.insert(key(review.reading), review.reviewer.to_lowercase());
            let stored =
                || self.stored.latest(review.study_id, other).map(|stored| stored.reviewer.to_lowercase());
            let their = self.reviewers.get(&key(other)).cloned().or_else(stored);
            if their.is_some_and(|their| their == review.reviewer.to_lowercase()) {
                let what = format!("`{}` has both readings of `{}`", review.reviewer, review.study_id);
                let finding = Finding::error("same_reviewer", what).at(Place::file(file).row(*row));
                self.errors
                    .push(finding.because("agreement needs two people who do not know each other's answers"));
            }
        }
    }
}

/// The name of a returned file is stored with what it held.
pub(super) fn refuse_cpr_in_name(path: &Path) -> Result<()> {
    if !holds_cpr(&file_name(path)) {
        return Ok(());
    }
    let finding = Finding::error("cpr_in_file_name", "the name of a file holds what may be a CPR number")
        .because("the study's database remembers the names of files, and must hold no CPR number")
        .remedy("rename the file, as the form that was sent out");
    Err(Error::data(vec![finding]))
}

/// A file of the study that is no review form. An adjudication lies in the same folder and is passed over, with a word.
fn other_kind(header: &[String], study: &Study, file: &str) -> Option<Finding> {
    let at = Place::file(file).row(1);
    if is_adjudication(header) {
        let finding =
            Finding::warning("adjudication_form", "this is a form of disagreements, and was not read here");
        return Some(finding.at(at).remedy("read it with `hkm adjudicate FILE`"));
    }
    is_look_up_list(header, &study.protocol).then(|| {
        Finding::error("look_up_list", "this is a look-up list, expected a review form")
            .at(at)
            .because("it says who the courses are, and holds no answers")
            .remedy("name the review form; the look-up list stays where only its readers can see it")
    })
}

/// A form for another reading than was asked for.
fn other_reading(reading: Reading, file: &str) -> Finding {
    let which = match reading {
        Reading::First => "first",
        Reading::Second => "second",
    };
    Finding::error("other_reading", format!("this is a form for the {which} reading"))
        .at(Place::file(file).row(1))
        .because("the header of its reviewer's column says so")
        .remedy("leave --second away: each form says itself which reading it holds")
}

/// The name without its folder: the study remembers no path.
pub(super) fn file_name(path: &Path) -> String {
    path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}
