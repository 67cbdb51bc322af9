//! Whether the files in `forms/` are those that went out: each is made again in memory.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::ErrorKind;

use serde_json::Value;

use super::beside::Beside;
use super::content::Content;
use super::outdated::asked_when_written;
use super::{FORMS_FOLDER, FormFormat, StudyStamp, keys};
use crate::digest;
use crate::draw::{Sample, StudyId};
use crate::error::{Finding, Place, Result};
use crate::io::files_within;
use crate::protocol::Language;
use crate::report::SOFTWARE;
use crate::store::{AuditEntry, FormRecord, KeyAccess, Store};
use crate::study::Study;
use crate::study::adjudicate::form_bytes;
use crate::study::status::ReviewState;
use crate::study::verify::{VerifyReport, some};

/// Compares every form that went out with what the draw gives. One that is not in the folder was sent on, or is lost: neither differs.
pub(in crate::study) fn verify_forms(
    study: &Study,
    store: &Store,
    key: KeyAccess,
    report: &mut VerifyReport,
) -> Result<()> {
    let keys = match key != KeyAccess::Closed && store.is_key_of_draw()? {
        true => Some(keys(store)?),
        false => None,
    };
    let stamp = StudyStamp::of(store, &study.protocol)?;
    let (asked, recorded) = (asked_when_written(store)?, store.imported_digests()?);
    let written_by = written_by(store)?;
    let forms =
        WrittenForms { study, store, keys, stamp, asked, written_by, recorded, sample: store.sample()? };
    let mut told: BTreeMap<Found, Vec<String>> = BTreeMap::new();
    for entry in store.audit_trail()?.iter().filter(|entry| entry.action == "forms") {
        for form in store.forms_of(entry.number)? {
            let found = forms.found(&form, entry)?;
            if found == Found::Different {
                report.different.push(changed_form(&form));
            }
            told.entry(found).or_default().push(form.file);
        }
    }
    for (name, found) in forms.found_beside() {
        if found == Found::Different {
            report.different.push(changed_beside(&name));
        }
        told.entry(found).or_default().push(name);
    }
    for (found, files) in told {
        match found.told(&files) {
            Some(line) if found == Found::Equal => report.equal.push(line),
            Some(line) => report.unchecked.push(line),
            None => {}
        }
    }
    Ok(())
}

/// What became of a form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Found {
    Equal,
    Different,
    Absent,
    Unreadable,
    OlderCodebook,
    OtherVersion,
    WithoutKey,
}

impl Found {
    /// In a line for all files of which it is so; what differs is told file by file.
    fn told(self, files: &[String]) -> Option<String> {
        let named = some(files);
        match self {
            Found::Equal => {
                Some(format!("{FORMS_FOLDER}/: {} found, with the bytes that went out", files.len()))
            }
            Found::Different => None,
            Found::Absent => Some(format!("forms that are not found in {FORMS_FOLDER}/: {named}")),
            Found::Unreadable => Some(format!("forms in {FORMS_FOLDER}/ that cannot be read: {named}")),
            Found::OlderCodebook => {
                Some(format!("forms that were written with an older codebook than study.toml has: {named}"))
            }
            Found::OtherVersion => {
                Some(format!("forms that another version of hkm wrote than this one: {named}"))
            }
            Found::WithoutKey => Some(format!("look-up lists, without the key of this study: {named}")),
        }
    }
}

/// What forms are made of, and what is known of those that went out.
struct WrittenForms<'w> {
    study: &'w Study,
    store: &'w Store,
    /// Nothing where there is no key of this study.
    keys: Option<BTreeMap<StudyId, String>>,
    stamp: StudyStamp,
    /// The codebook that each was written with.
    asked: BTreeMap<String, String>,
    /// The version of hkm that wrote each.
    written_by: BTreeMap<String, String>,
    /// The digests of what was recorded: a form may be filled in where it was written.
    recorded: BTreeSet<String>,
    sample: Sample,
}

impl WrittenForms<'_> {
    fn found(&self, form: &FormRecord, entry: &AuditEntry) -> Result<Found> {
        let bytes = match fs::read(self.study.folder.join(FORMS_FOLDER).join(&form.file)) {
            Ok(bytes) => bytes,
            Err(fault) if fault.kind() == ErrorKind::NotFound => return Ok(Found::Absent),
            Err(_) => return Ok(Found::Unreadable),
        };
        if self.recorded.contains(&digest::hexadecimal(&digest::sha256(&bytes))) {
            return Ok(Found::Equal);
        }
        if self.asked.get(&form.file).is_none_or(|codebook| *codebook != self.stamp.codebook()) {
            return Ok(Found::OlderCodebook);
        }
        if form.kind == "lookup" && self.keys.is_none() {
            return Ok(Found::WithoutKey);
        }
        // In which language it was asked for is not stored.
        for language in [Language::Da, Language::En] {
            if self.made_again(form, entry, language)? == bytes {
                return Ok(Found::Equal);
            }
        }
        Ok(if self.is_of_this_version(&form.file) { Found::Different } else { Found::OtherVersion })
    }

    fn is_of_this_version(&self, file: &str) -> bool {
        self.written_by.get(file).is_some_and(|software| software == SOFTWARE)
    }

    /// The guides and data dictionaries in the folder. They are not numbered in the database: each is one of today's codebook in one of the
    /// languages, or may be of an older one where some form is.
    fn found_beside(&self) -> Vec<(String, Found)> {
        let protocol = &self.study.protocol;
        let folder = self.study.folder.join(FORMS_FOLDER);
        let languages = [Language::Da, Language::En];
        let ours: Vec<Beside> = languages
            .into_iter()
            .flat_map(|language| [Beside::guide(protocol, language), Beside::dictionary(protocol, language)])
            .collect();
        let is_older = self.asked.values().any(|codebook| *codebook != self.stamp.codebook());
        let of = |name: String| {
            let mut same_kind = ours.iter().filter(|one| one.has_name(&name)).peekable();
            same_kind.peek()?;
            let found = match fs::read(folder.join(&name)) {
                Err(_) => Found::Unreadable,
                Ok(bytes) if same_kind.any(|one| one.bytes == bytes) => Found::Equal,
                Ok(_) if is_older => Found::OlderCodebook,
                Ok(_) if !self.written_by.keys().all(|file| self.is_of_this_version(file)) => {
                    Found::OtherVersion
                }
                Ok(_) => Found::Different,
            };
            Some((name, found))
        };
        files_within(&folder).into_iter().filter_map(of).collect()
    }

    fn made_again(&self, form: &FormRecord, entry: &AuditEntry, language: Language) -> Result<Vec<u8>> {
        let protocol = &self.study.protocol;
        if form.kind == "adjudication" {
            let state = ReviewState::read(self.store, protocol, entry.number)?;
            return form_bytes(&state, protocol, language, FormFormat::of(&form.file), &self.stamp);
        }
        let none = BTreeMap::new();
        let keys = self.keys.as_ref().unwrap_or(&none);
        let content = Content { protocol, language, keys, stamp: &self.stamp };
        let courses = form.courses.iter().filter_map(|id| self.sample.course(*id)).collect();
        Ok(content.form(FormRecord { courses: Vec::new(), ..form.clone() }, courses)?.bytes)
    }
}

fn changed_beside(name: &str) -> Finding {
    let path = format!("{FORMS_FOLDER}/{name}");
    Finding::error("different", format!("{path}: differs from what went out"))
        .at(Place::file(path))
        .because("reviewers would decide by other words than the protocol's")
        .remedy("move it away; `hkm forms --again` writes it with the forms that are missing here")
}

/// The version of hkm that wrote each form last.
fn written_by(store: &Store) -> Result<BTreeMap<String, String>> {
    let mut versions = BTreeMap::new();
    for entry in store.audit_trail()?.iter().filter(|entry| entry.action == "forms") {
        let detail: Value = serde_json::from_str(&entry.detail).unwrap_or_default();
        let software = detail["software"].as_str().unwrap_or_default();
        let files = detail["files"].as_array().into_iter().flatten().filter_map(Value::as_str);
        versions.extend(files.map(|file| (file.to_owned(), software.to_owned())));
    }
    Ok(versions)
}

fn changed_form(form: &FormRecord) -> Finding {
    let path = format!("{FORMS_FOLDER}/{}", form.file);
    let (why, remedy) = match form.kind.as_str() {
        "lookup" => {
            ("a changed list may lead to another person's chart", "move it away, and run `hkm forms --again`")
        }
        "adjudication" => (
            "what is settled on it may not be what the reviewers differ on",
            "if it was filled in here, move it to returned/; otherwise move it away, and run `hkm adjudicate`",
        ),
        _ => (
            "a review may be entered for another course",
            "if it was filled in here, move it to returned/; otherwise move it away, and run `hkm forms --again`",
        ),
    };
    Finding::error("different", format!("{path}: differs from what went out"))
        .at(Place::file(path))
        .because(why)
        .remedy(remedy)
}
