//! `hkm adjudicate`: disagreements between two reviewers out, settled answers in.

mod settled_form;

use std::collections::BTreeSet;
use std::fs::File;
use std::path::Path;

use serde_json::json;
use settled_form::{ADJUDICATOR, DATE, SettledReader};

use super::forms::{FORMS_FOLDER, FormFormat, StudyStamp, digest_of_forms, free_name};
use super::record::{file_name, refuse_cpr_in_name};
use super::status::ReviewState;
use super::{Session, Study};
use crate::digest;
use crate::draw::{Sample, StudyId};
use crate::error::{Error, Finding, Place, Result, gathered};
use crate::io::{Access, CsvStyle, CsvText, FormFile, book_bytes, cannot_read, make_folder, write_new};
use crate::protocol::{Language, Protocol};
use crate::report::SOFTWARE;
use crate::review::{
    ADJUDICATION_HEADERS as HEADERS, Adjudication, Difference, Disagreement, FormKind, Messages, Reading,
    Reviews, adjudication_book, adjudication_cells, adjudication_header, is_id_header,
};
use crate::store::{FormRecord, KeyAccess, Store};

/// What an adjudication file did.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AdjudicationOutcome {
    /// The file written, if any.
    pub written: Option<String>,
    /// The forms of disagreements that went out before it.
    pub earlier: Vec<String>,
    /// Disagreements settled now for the first time.
    pub settled: usize,
    /// Answers that were settled before and are another now.
    pub changed: Vec<Difference>,
    /// Disagreements that still wait.
    pub unsettled: usize,
    /// Warnings.
    pub findings: Vec<Finding>,
}

/// Writes the unsettled disagreements to a form: both answers, no register value.
///
/// # Errors
/// When nothing is drawn, or the file cannot be written.
pub fn adjudicate_out(
    study: &Study,
    language: Option<Language>,
    format: FormFormat,
    session: &Session<'_>,
) -> Result<AdjudicationOutcome> {
    let store = Store::open_drawn(&study.folder, KeyAccess::Closed)?;
    let language = language.unwrap_or(study.protocol.review.language);
    store.write(|store| {
        let state = ReviewState::read(store, &study.protocol, i64::MAX)?;
        let unsettled = state.reference.unsettled.len();
        if unsettled == 0 {
            return Ok(AdjudicationOutcome::default());
        }
        let taken: BTreeSet<String> = store.form_files()?.into_iter().collect();
        let file = free_name("adjudication", &taken, format);
        let of_disagreements = |form: FormRecord| (form.kind == "adjudication").then_some(form.file);
        let earlier: Vec<String> = store.forms()?.into_iter().filter_map(of_disagreements).collect();
        // A course may be adjudicated again: which ones stand on the form is not remembered.
        let form_record = FormRecord {
            file: file.clone(),
            stratum: None,
            kind: "adjudication".to_owned(),
            courses: Vec::new(),
        };
        let records = [form_record];
        let stamp = StudyStamp::of(store, &study.protocol)?;
        let content = digest_of_forms(&records);
        let detail =
            json!({ "files": [file], "content": content, "asked": stamp.codebook(), "software": SOFTWARE });
        let audit = store.log(&session.actor, "forms", &detail)?;
        store.add_forms(audit, &records)?;
        let folder = study.folder.join(FORMS_FOLDER);
        make_folder(&folder)?;
        let bytes = form_bytes(&state, &study.protocol, language, format, &stamp)?;
        write_new(&folder.join(&file), &bytes, Access::Usual)?;
        Ok(AdjudicationOutcome { written: Some(file), earlier, unsettled, ..AdjudicationOutcome::default() })
    })
}

/// Whether a file with this header holds disagreements.
pub(super) fn is_adjudication(header: &[String]) -> bool {
    let has = |(danish, english): (&str, &str)| {
        header.iter().any(|name| [danish, english].contains(&name.trim().to_lowercase().as_str()))
    };
    HEADERS[1..5].iter().all(|names| has(*names))
}

/// The form of what was unsettled in a state of the review.
///
/// # Errors
/// When a workbook cannot hold it.
pub(super) fn form_bytes(
    state: &ReviewState,
    protocol: &Protocol,
    language: Language,
    format: FormFormat,
    stamp: &StudyStamp,
) -> Result<Vec<u8>> {
    let (unsettled, sample) = (&state.reference.unsettled, &state.sample);
    match format {
        FormFormat::Csv | FormFormat::RedCap => Ok(form_text(unsettled, sample, protocol, language)),
        FormFormat::Workbook => {
            let stamp = stamp.stamp(FormKind::Adjudication, None);
            book_bytes(&adjudication_book(unsettled, sample, protocol, language, stamp))
        }
    }
}

fn form_text(
    unsettled: &[Disagreement],
    sample: &Sample,
    protocol: &Protocol,
    language: Language,
) -> Vec<u8> {
    let mut csv = CsvText::new(CsvStyle::DanishExcel);
    csv.row(adjudication_header(protocol, language).iter().map(String::as_str));
    for one in unsettled {
        let cells = adjudication_cells(one, sample, protocol, language);
        csv.row(cells.iter().map(String::as_str).chain(["", "", ""]));
    }
    csv.finish()
}

/// Reads settled answers back. Rows without an answer are left for later.
///
/// # Errors
/// Everything that is wrong in the file; then nothing is stored.
pub fn adjudicate_return(
    study: &Study,
    path: &Path,
    language: Language,
    session: &Session<'_>,
) -> Result<AdjudicationOutcome> {
    // The form's own language is known when it is open.
    let unread = Messages { language, form: study.protocol.review.language };
    let told = |error: Error| error.retold(|finding| unread.of_file(finding));
    refuse_cpr_in_name(path).map_err(told)?;
    let store = Store::open_drawn(&study.folder, KeyAccess::Closed)?;
    let sha256 =
        File::open(path).and_then(digest::of_reader).map_err(|fault| told(cannot_read(path, &fault)))?;
    store.write(|store| {
        let state = ReviewState::read(store, &study.protocol, i64::MAX)?;
        let stored = store.adjudications(i64::MAX)?;
        let form = FormFile::open(path, is_id_header, language).map_err(told)?;
        let messages = Messages { language, form: form.table.language() };
        let mut odd: Vec<Finding> =
            form.notices.iter().map(|finding| messages.of_file(finding.clone())).collect();
        odd.extend(refuse_other_file(&form, &StudyStamp::of(store, &study.protocol)?, messages)?);
        let mut reader = SettledReader::new(&form, &state, &study.protocol, session.today, language)?;
        let settled: Vec<Adjudication> = form.rows.iter().filter_map(|row| reader.row(row)).collect();
        if !reader.findings.is_empty() {
            return Err(Error::data(gathered(std::mem::take(&mut reader.findings))));
        }
        odd.extend(gathered(std::mem::take(&mut reader.odd)));
        let latest =
            |one: &Adjudication| stored.iter().rev().find(|stored| stored.disagreement == one.disagreement);
        let recorded_before = store.imported_digests()?.contains(&sha256);
        let differs = |one: &&Adjudication| latest(one).is_none_or(|stored| stored != *one);
        let (superseded, new): (Vec<&Adjudication>, Vec<&Adjudication>) =
            settled.iter().filter(differs).partition(|one| recorded_before && stored.contains(one));
        if !new.is_empty() {
            let again = new.iter().filter(|one| latest(one).is_some()).count();
            save(store, (&file_name(path), &sha256), &new, again, session)?;
        }
        let unsettled = ReviewState::read(store, &study.protocol, i64::MAX)?.reference.unsettled.len();
        let place = Place::file(path.display().to_string());
        let mut findings = odd;
        findings.extend(of_adjudicators(&new, &state.reviews, &reader, messages));
        findings.extend(before_readings(&new, &state.reviews, &reader, messages));
        let superseded = ids(&superseded);
        findings.extend(
            (!superseded.is_empty()).then(|| messages.settled_otherwise_since(&superseded).at(place)),
        );
        let changed: Vec<Difference> = new.iter().filter_map(|one| change(latest(one)?, one)).collect();
        let settled = new.iter().filter(|one| latest(one).is_none()).count();
        let earlier = Vec::new();
        Ok(AdjudicationOutcome { written: None, earlier, settled, changed, unsettled, findings })
    })
}

/// A workbook of another study or another kind. An older codebook is no matter here: disagreements are compared as they stand. One that
/// does not say what it is comes with a warning.
fn refuse_other_file(form: &FormFile, ours: &StudyStamp, messages: Messages) -> Result<Option<Finding>> {
    let Some(stamp) = &form.stamp else {
        return Ok(form.table.sheet.is_some().then(|| messages.no_stamp().at(form.table.place())));
    };
    let finding = if ours.is_of_other_study(stamp) {
        messages.other_study()
    } else if stamp.kind != FormKind::Adjudication {
        messages.no_adjudication_form()
    } else {
        return Ok(None);
    };
    Err(Error::data(vec![finding.at(form.table.place())]))
}

/// What became of a settled answer.
fn change(before: &Adjudication, now: &Adjudication) -> Option<Difference> {
    (before.settled != now.settled).then(|| Difference {
        study_id: now.disagreement.study_id,
        cell: now.disagreement.subject.name().to_owned(),
        before: before.settled.name().to_owned(),
        after: now.settled.name().to_owned(),
    })
}

/// Disagreements that one of their own readers settled.
fn of_adjudicators(
    settled: &[&Adjudication],
    reviews: &Reviews,
    reader: &SettledReader<'_>,
    messages: Messages,
) -> Option<Finding> {
    let those: Vec<&Adjudication> = settled.iter().copied().filter(|one| one.is_by_reader(reviews)).collect();
    let told = || messages.adjudicator_is_reader(&ids(&those)).at(reader.cells(&those, ADJUDICATOR));
    (!those.is_empty()).then(told)
}

/// Answers settled before both charts were read, by their dates.
fn before_readings(
    settled: &[&Adjudication],
    reviews: &Reviews,
    reader: &SettledReader<'_>,
    messages: Messages,
) -> Option<Finding> {
    let is_later = |one: &Adjudication, reading| {
        let review = reviews.latest(one.disagreement.study_id, reading);
        review.is_some_and(|review| one.date < review.date)
    };
    let is_early = |one: &&Adjudication| is_later(one, Reading::First) || is_later(one, Reading::Second);
    let those: Vec<&Adjudication> = settled.iter().copied().filter(is_early).collect();
    let told = || messages.settled_before_reading(&ids(&those)).at(reader.cells(&those, DATE));
    (!those.is_empty()).then(told)
}

fn ids(settled: &[&Adjudication]) -> Vec<StudyId> {
    settled.iter().map(|one| one.disagreement.study_id).collect()
}

/// Stores settled answers, of which `again` were settled before.
fn save(
    store: &Store,
    (file, sha256): (&str, &str),
    new: &[&Adjudication],
    again: usize,
    session: &Session<'_>,
) -> Result<()> {
    let lines: Vec<String> = new.iter().map(|one| one.canonical()).collect();
    let detail = json!({
        "file": file,
        "sha256": sha256,
        "settled": new.len() - again,
        "changed": again,
        "content": digest::of_text(&lines.join("\n")),
    });
    let audit = store.log(&session.actor, "adjudicate", &detail)?;
    let import = store.add_import(audit, file, sha256)?;
    new.iter().try_for_each(|one| store.add_adjudication(import, one))
}
