//! `hkm forms`: per stratum a look-up list with the keys and a review form without them, as workbooks or as text.

mod beside;
mod content;
mod outdated;
mod redcap;
mod stamp;
mod unchanged;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use beside::Beside;
pub(super) use content::is_look_up_list;
use content::{Content, Form};
use outdated::outdated_forms;
use serde_json::json;
pub(super) use stamp::StudyStamp;
pub(super) use unchanged::verify_forms;

use super::check::refuse_changed_sections;
use super::{Session, Study};
use crate::digest;
use crate::draw::{Sample, SampledCourse, SampledStratum, StudyId};
use crate::error::Result;
use crate::io::{clear_unfinished, make_folder, write_new};
use crate::protocol::{Language, Protocol};
use crate::report::SOFTWARE;
use crate::store::{FormRecord, KeyAccess, Store};

/// The folder of what goes out.
pub(super) const FORMS_FOLDER: &str = "forms";

/// What the forms are written as.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum FormFormat {
    /// Excel workbooks.
    #[default]
    Workbook,
    /// Text files, for places without a spreadsheet program.
    Csv,
    /// A data dictionary and records for REDCap.
    RedCap,
}

/// What the names of files for REDCap begin with.
const REDCAP: &str = "redcap-";

impl FormFormat {
    const ALL: [FormFormat; 3] = [FormFormat::Workbook, FormFormat::Csv, FormFormat::RedCap];

    /// The ending of a file's name.
    fn ending(self) -> &'static str {
        match self {
            FormFormat::Workbook => "xlsx",
            FormFormat::Csv | FormFormat::RedCap => "csv",
        }
    }

    /// The format of a file by its name.
    fn of(file: &str) -> Self {
        match file.ends_with(".csv") {
            true if file.starts_with(REDCAP) => FormFormat::RedCap,
            true => FormFormat::Csv,
            false => FormFormat::Workbook,
        }
    }
}

/// What went out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FormsReport {
    /// The files written now, within `forms/`, with the number of courses on each.
    pub written: Vec<(String, usize)>,
    /// How many courses stand on review forms in all.
    pub courses_out: usize,
    /// In another format than was asked for now: how many courses stand on review forms of it since earlier.
    pub other_formats: Vec<(FormFormat, usize)>,
    /// Review forms that are out with an older codebook and wait for reviews.
    pub outdated: Vec<String>,
}

/// The three kinds of files for a stratum.
const KINDS: [(&str, &str); 3] = [("lookup", "lookup"), ("first", "review"), ("second", "second")];

/// Writes forms for every course in use that stands on none yet.
///
/// # Errors
/// When nothing is drawn, frozen sections were changed, or a file cannot be written; then none is.
pub fn write_forms(
    study: &Study,
    language: Option<Language>,
    format: FormFormat,
    session: &Session<'_>,
) -> Result<FormsReport> {
    refuse_changed_sections(study)?;
    let store = Store::open_drawn(&study.folder, KeyAccess::Needed)?;
    let language = language.unwrap_or(study.protocol.review.language);
    let folder = study.folder.join(FORMS_FOLDER);
    make_folder(&folder)?;
    store.write(|store| {
        clear_unfinished(&folder);
        let sample = store.sample()?;
        let forms = due_forms(store, &sample, &study.protocol, language, format)?;
        let written = written(&forms);
        if !forms.is_empty() {
            let files: Vec<&str> = forms.iter().map(|form| form.record.file.as_str()).collect();
            let records: Vec<FormRecord> = forms.iter().map(|form| form.record.clone()).collect();
            let asked = StudyStamp::of(store, &study.protocol)?;
            let content = digest_of_forms(&records);
            let detail = json!({ "files": files, "content": content, "asked": asked.codebook(), "software": SOFTWARE });
            let audit = store.log(&session.actor, "forms", &detail)?;
            store.add_forms(audit, &records)?;
            // Last, so that a form that cannot be written takes everything back.
            put_all_down(&folder, &forms, &study.protocol, language)?;
        }
        let courses_out = store.courses_on_forms("first")?.len();
        let outdated = outdated_forms(store, &study.protocol)?;
        Ok(FormsReport { written, courses_out, other_formats: other_formats(store, format)?, outdated })
    })
}

/// Writes forms that went out and are no longer in the folder once more, with the same courses on them.
///
/// # Errors
/// As [`write_forms`].
pub fn rewrite_forms(
    study: &Study,
    language: Option<Language>,
    session: &Session<'_>,
) -> Result<FormsReport> {
    refuse_changed_sections(study)?;
    let store = Store::open_drawn(&study.folder, KeyAccess::Needed)?;
    let language = language.unwrap_or(study.protocol.review.language);
    let folder = study.folder.join(FORMS_FOLDER);
    make_folder(&folder)?;
    store.write(|store| {
        clear_unfinished(&folder);
        let is_lost = |form: &FormRecord| form.kind != "adjudication" && !folder.join(&form.file).exists();
        let lost: Vec<FormRecord> = store.forms()?.into_iter().filter(is_lost).collect();
        let (sample, keys) = (store.sample()?, keys(store)?);
        let stamp = StudyStamp::of(store, &study.protocol)?;
        let content = Content { protocol: &study.protocol, language, keys: &keys, stamp: &stamp };
        let forms: Vec<Form> = lost
            .into_iter()
            .map(|record| {
                let courses = record.courses.iter().filter_map(|id| sample.course(*id)).collect();
                content.form(FormRecord { courses: Vec::new(), ..record }, courses)
            })
            .collect::<Result<_>>()?;
        if !forms.is_empty() {
            let files: Vec<&str> = forms.iter().map(|form| form.record.file.as_str()).collect();
            let content = digest_of_forms(&[]);
            let detail = json!({
                "files": files, "again": true, "content": content, "asked": stamp.codebook(), "software": SOFTWARE,
            });
            store.log(&session.actor, "forms", &detail)?;
            put_all_down(&folder, &forms, &study.protocol, language)?;
        }
        let courses_out = store.courses_on_forms("first")?.len();
        let outdated = outdated_forms(store, &study.protocol)?;
        Ok(FormsReport { written: written(&forms), courses_out, other_formats: Vec::new(), outdated })
    })
}

/// The courses that went out in another format: a course stands on one form, so they are not written in this one.
fn other_formats(store: &Store, format: FormFormat) -> Result<Vec<(FormFormat, usize)>> {
    let forms: Vec<FormRecord> = store.forms()?.into_iter().filter(|form| form.kind == "first").collect();
    let courses = |of: FormFormat| {
        let those = forms.iter().filter(|form| FormFormat::of(&form.file) == of);
        (of, those.map(|form| form.courses.len()).sum::<usize>())
    };
    let others = FormFormat::ALL.into_iter().filter(|other| *other != format);
    Ok(others.map(courses).filter(|(_, courses)| *courses > 0).collect())
}

fn written(forms: &[Form]) -> Vec<(String, usize)> {
    forms.iter().map(|form| (form.record.file.clone(), form.record.courses.len())).collect()
}

fn keys(store: &Store) -> Result<BTreeMap<StudyId, String>> {
    Ok(store.key()?.into_iter().map(|entry| (entry.study_id, entry.record_key)).collect())
}

/// The digest of which course stands on which form, for the audit trail.
pub(super) fn digest_of_forms(forms: &[FormRecord]) -> String {
    let mut lines: Vec<String> = forms.iter().map(FormRecord::canonical).collect();
    lines.sort();
    digest::of_text(&lines.join("\n"))
}

fn due_forms(
    store: &Store,
    sample: &Sample,
    protocol: &Protocol,
    language: Language,
    format: FormFormat,
) -> Result<Vec<Form>> {
    let keys = keys(store)?;
    let stamp = StudyStamp::of(store, protocol)?;
    let content = Content { protocol, language, keys: &keys, stamp: &stamp };
    let taken: BTreeSet<String> = store.form_files()?.into_iter().collect();
    let mut forms = Vec::new();
    for (kind, word) in KINDS {
        let out: BTreeSet<StudyId> = store.courses_on_forms(kind)?.into_iter().collect();
        // Whoever enters in REDCap looks up in a workbook.
        let format =
            if kind == "lookup" && format == FormFormat::RedCap { FormFormat::Workbook } else { format };
        for stratum in holders(sample, format) {
            let due = |course: &&SampledCourse| {
                stratum.is_none_or(|stratum| course.stratum == stratum.code)
                    && !out.contains(&course.study_id)
                    && (kind != "second" || course.second_reviewer)
            };
            let courses: Vec<&SampledCourse> = sample.in_use().filter(due).collect();
            if courses.is_empty() {
                continue;
            }
            let stem = match stratum {
                Some(stratum) => format!("{}-{word}", safe(&stratum.label())),
                None => format!("{REDCAP}{word}"),
            };
            let (file, kind) = (free_name(&stem, &taken, format), kind.to_owned());
            let stratum = stratum.map(|stratum| stratum.code.clone());
            forms.push(content.form(FormRecord { file, stratum, kind, courses: Vec::new() }, courses)?);
        }
    }
    Ok(forms)
}

/// For whom a file is: each stratum, or all of them together in REDCap, which parts them by group.
fn holders(sample: &Sample, format: FormFormat) -> Vec<Option<&SampledStratum>> {
    if format == FormFormat::RedCap { vec![None] } else { sample.strata.iter().map(Some).collect() }
}

/// `751-Aarhus-review.xlsx`, then `751-Aarhus-review-2.xlsx`, … whatever the format of those before.
pub(super) fn free_name(stem: &str, taken: &BTreeSet<String>, format: FormFormat) -> String {
    let numbered = |number: u32| if number == 1 { stem.to_owned() } else { format!("{stem}-{number}") };
    let is_free = |stem: &String| {
        FormFormat::ALL.iter().all(|format| !taken.contains(&format!("{stem}.{}", format.ending())))
    };
    let stem = (1..).map(numbered).find(is_free).unwrap_or_default();
    format!("{stem}.{}", format.ending())
}

/// A name that every file system takes, its words with one hyphen between them.
fn safe(name: &str) -> String {
    let words = name.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join("-")
}

/// Takes written files away again. What cannot be taken away has the right bytes and is taken over next time.
fn take_back(folder: &Path, forms: &[Form]) {
    for written in forms {
        let _ = fs::remove_file(folder.join(&written.record.file));
    }
}

/// The forms, and the guide where there are text files: workbooks have it within them.
fn put_all_down(folder: &Path, forms: &[Form], protocol: &Protocol, language: Language) -> Result<()> {
    put_down(folder, forms)?;
    let holds = |format| forms.iter().any(|form| FormFormat::of(&form.record.file) == format);
    let due = [
        (FormFormat::Csv, Beside::guide(protocol, language)),
        (FormFormat::RedCap, Beside::dictionary(protocol, language)),
    ];
    let mut due = due.into_iter().filter(|(format, _)| holds(*format));
    let all = due.try_for_each(|(_, beside)| beside.put_down(folder));
    all.inspect_err(|_| take_back(folder, forms))
}

/// Writes all files or none. A file that stands there with the same bytes is what a killed command left behind.
fn put_down(folder: &Path, forms: &[Form]) -> Result<()> {
    for (place, form) in forms.iter().enumerate() {
        let path = folder.join(&form.record.file);
        if fs::read(&path).is_ok_and(|bytes| bytes == form.bytes) {
            continue;
        }
        if let Err(error) = write_new(&path, &form.bytes, form.access) {
            take_back(folder, &forms[..place]);
            return Err(error);
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_signs_of_a_stratum_become_one_hyphen_between_words() {
        assert_eq!(safe("Nord Område Nord - Vest (øvre)"), "Nord-Område-Nord-Vest-øvre");
        assert_eq!(safe("760 Ringkøbing-Skjern"), "760-Ringkøbing-Skjern");
    }
}
