//! `hkm record FILE…`: returned forms into the study, all or nothing.

mod absent;
mod reader;

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::path::{Path, PathBuf};

use jiff::civil::Date;
use reader::{FormReader, Read};
use serde_json::json;

use super::check::refuse_changed_sections;
use super::forms::StudyStamp;
use super::{Session, Study};
use crate::digest;
use crate::draw::StudyId;
use crate::error::{Error, Finding, Result, gathered};
use crate::protocol::{Language, Role};
use crate::register::cpr::holds_cpr;
use crate::review::{Difference, Reading, Review};
use crate::store::{AuditEntry, KeyAccess, Store};

/// How the files are to be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RecordOptions {
    /// Which reading they must hold; without it each form says it itself.
    pub reading: Option<Reading>,
    /// Store complete rows although others are begun.
    pub accept_incomplete: bool,
    /// Store reviews of forms that went out with an older codebook.
    pub accept_older_codebook: bool,
    /// The language of what is told about the forms.
    pub language: Language,
}

impl Default for RecordOptions {
    fn default() -> Self {
        RecordOptions {
            reading: None,
            accept_incomplete: false,
            accept_older_codebook: false,
            language: Language::En,
        }
    }
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
    pub waiting: Vec<Waiting>,
    /// Warnings and notes.
    pub findings: Vec<Finding>,
}

/// A review that is begun.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiting {
    /// Which course.
    pub study_id: StudyId,
    /// What it lacks, as [`Difference`] names cells.
    pub lacks: Vec<String>,
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
            stored: store.reviews(&study.protocol, i64::MAX)?,
            recorded: store.imported_digests()?,
            first_attendance,
            drawn,
            options,
            ours: StudyStamp::of(store, &study.protocol)?,
            today: session.today,
            replaced: store.replacements()?.into_iter().map(|one| (one.study_id, one.replaced_by)).collect(),
            seen: BTreeMap::new(),
            passed: BTreeSet::new(),
            tables: Vec::new(),
            is_recorded: false,
            reviewers: BTreeMap::new(),
            errors: Vec::new(),
            of_files: Vec::new(),
            report: RecordReport::default(),
        };
        let files = recorded_last(files, &reader.recorded);
        let read: Vec<Read> = files.into_iter().map(|path| reader.file(path)).collect::<Result<_>>()?;
        reader.tell_absent_rows(&store.forms()?);
        let FormReader { errors, of_files, mut report, .. } = reader;
        if !errors.is_empty() {
            return Err(Error::data(gathered([errors, of_files].concat())));
        }
        report.findings.splice(0..0, of_files);
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

/// The files in their order, those that were recorded before with the same bytes behind the others. What cannot be opened is told later.
fn recorded_last<'f>(files: &'f [PathBuf], recorded: &BTreeSet<String>) -> Vec<&'f PathBuf> {
    let is_recorded = |path: &&PathBuf| {
        File::open(path).and_then(digest::of_reader).is_ok_and(|sha256| recorded.contains(&sha256))
    };
    let (old, new): (Vec<_>, Vec<_>) = files.iter().partition(is_recorded);
    new.into_iter().chain(old).collect()
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
pub(super) fn day_of_draw(trail: &[AuditEntry]) -> Option<Date> {
    let draw = trail.iter().find(|entry| entry.action == "draw")?;
    draw.at.get(..10)?.parse().ok()
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

/// The name without its folder: the study remembers no path.
pub(super) fn file_name(path: &Path) -> String {
    path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}
