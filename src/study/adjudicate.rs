//! `hkm adjudicate`: disagreements between two reviewers out, settled answers in.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::path::Path;

use jiff::civil::Date;
use serde_json::json;

use super::forms::{FORMS_FOLDER, digest_of_forms, free_name};
use super::record::{file_name, refuse_cpr_in_name};
use super::status::ReviewState;
use super::{Session, Study};
use crate::digest;
use crate::draw::StudyId;
use crate::error::{Error, Finding, Place, Result};
use crate::io::{Access, CsvStyle, CsvText, Extract, ReadOptions, cannot_read, make_folder, write_new};
use crate::protocol::{Language, Protocol};
use crate::register::Row;
use crate::register::date::read_date;
use crate::review::{
    Adjudication, Answer, ChartStatus, Disagreement, DisagreementSubject, Reading, Reviews, Settled,
    indicator_header, is_name, shortened,
};
use crate::store::{FormRecord, KeyAccess, Store};

/// What an adjudication file did.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AdjudicationOutcome {
    /// The file written, if any.
    pub written: Option<String>,
    /// Disagreements settled now.
    pub settled: usize,
    /// Disagreements that still wait.
    pub unsettled: usize,
    /// Warnings.
    pub findings: Vec<Finding>,
}

/// Headers in Danish and English.
const HEADERS: [(&str, &str); 7] = [
    ("studie_id", "study_id"),
    ("emne", "subject"),
    ("foerste_laesning", "first_reading"),
    ("anden_laesning", "second_reading"),
    ("afgoerelse", "settled"),
    ("afgjort_af", "adjudicator"),
    ("dato", "date"),
];

/// Writes the unsettled disagreements to a form: both answers, no register value.
///
/// # Errors
/// When nothing is drawn, or the file cannot be written.
pub fn adjudicate_out(
    study: &Study,
    language: Option<Language>,
    session: &Session<'_>,
) -> Result<AdjudicationOutcome> {
    let store = Store::open_drawn(&study.folder, KeyAccess::Closed)?;
    let language = language.unwrap_or(study.protocol.review.language);
    store.write(|store| {
        let unsettled = ReviewState::read(store, i64::MAX)?.reference.unsettled;
        if unsettled.is_empty() {
            return Ok(AdjudicationOutcome::default());
        }
        let taken: BTreeSet<String> = store.form_files()?.into_iter().collect();
        let file = free_name("adjudication", &taken);
        // A course may be adjudicated again: which ones stand on the form is not remembered.
        let form_record = FormRecord {
            file: file.clone(),
            stratum: None,
            kind: "adjudication".to_owned(),
            courses: Vec::new(),
        };
        let records = [form_record];
        let detail = json!({ "files": [file], "content": digest_of_forms(&records) });
        let audit = store.log(&session.actor, "forms", &detail)?;
        store.add_forms(audit, &records)?;
        let folder = study.folder.join(FORMS_FOLDER);
        make_folder(&folder)?;
        write_new(&folder.join(&file), &form(&unsettled, &study.protocol, language), Access::Usual)?;
        Ok(AdjudicationOutcome {
            written: Some(file),
            unsettled: unsettled.len(),
            ..AdjudicationOutcome::default()
        })
    })
}

/// Whether a file with this header holds disagreements.
pub(super) fn is_adjudication(header: &[String]) -> bool {
    let has = |(danish, english): (&str, &str)| {
        header.iter().any(|name| [danish, english].contains(&name.trim().to_lowercase().as_str()))
    };
    HEADERS[1..5].iter().all(|names| has(*names))
}

fn form(unsettled: &[Disagreement], protocol: &Protocol, language: Language) -> Vec<u8> {
    let mut csv = CsvText::new(CsvStyle::DanishExcel);
    csv.row(HEADERS.map(|(danish, english)| if language == Language::Da { danish } else { english }));
    for one in unsettled {
        let id = one.study_id.to_string();
        let (first, second) = (word(one, one.first, language), word(one, one.second, language));
        csv.row([id.as_str(), &subject_word(&one.subject, protocol, language), first, second, "", "", ""]);
    }
    csv.finish()
}

/// The subject as the review forms name it: `Diætbehandling [diet]`.
fn subject_word(subject: &DisagreementSubject, protocol: &Protocol, language: Language) -> String {
    match protocol.indicator(subject.name()) {
        Some(indicator) => indicator_header(indicator, language),
        None if language == Language::Da => "Journal [chart]".to_owned(),
        None => "Chart [chart]".to_owned(),
    }
}

/// The id in brackets, or the whole text where there are none.
fn subject_id(written: &str) -> &str {
    let bracketed = written.strip_suffix(']').and_then(|text| text.rsplit_once('['));
    bracketed.map_or(written, |(_, id)| id).trim()
}

fn word(about: &Disagreement, stable: &str, language: Language) -> &'static str {
    match Settled::read(&about.subject, stable) {
        Some(Settled::Chart(status)) => status.word(language),
        Some(Settled::Answer(answer)) => answer.word(language),
        None => "",
    }
}

/// Reads settled answers back. Rows without an answer are left for later.
///
/// # Errors
/// Everything that is wrong in the file; then nothing is stored.
pub fn adjudicate_return(study: &Study, path: &Path, session: &Session<'_>) -> Result<AdjudicationOutcome> {
    refuse_cpr_in_name(path)?;
    let store = Store::open_drawn(&study.folder, KeyAccess::Closed)?;
    let sha256 = File::open(path).and_then(digest::of_reader).map_err(|fault| cannot_read(path, &fault))?;
    store.write(|store| {
        let state = ReviewState::read(store, i64::MAX)?;
        let stored = store.adjudications(i64::MAX)?;
        let extract = Extract::open(path, &ReadOptions::default())?;
        let mut reader = SettledReader::new(extract, &state.disagreements, session.today)?;
        let settled = reader.all()?;
        if !reader.findings.is_empty() {
            return Err(Error::data(reader.findings));
        }
        let latest =
            |one: &Adjudication| stored.iter().rev().find(|stored| stored.disagreement == one.disagreement);
        let new: Vec<&Adjudication> =
            settled.iter().filter(|one| latest(one).is_none_or(|stored| stored != *one)).collect();
        if !new.is_empty() {
            save(store, &file_name(path), &sha256, &new, session)?;
        }
        let unsettled = ReviewState::read(store, i64::MAX)?.reference.unsettled.len();
        let findings = settled_by_readers(&new, &state.reviews, path.display().to_string());
        Ok(AdjudicationOutcome { written: None, settled: new.len(), unsettled, findings })
    })
}

/// A reader who settles the own disagreement is no third opinion. Where the two agreed on it together, the readers of the paper
/// should know.
fn settled_by_readers(settled: &[&Adjudication], reviews: &Reviews, file: String) -> Vec<Finding> {
    let reader = |one: &Adjudication, reading| {
        let review = reviews.latest(one.disagreement.study_id, reading);
        review.is_some_and(|review| review.reviewer.to_lowercase() == one.adjudicator.to_lowercase())
    };
    let by_reader = |one: &&&Adjudication| reader(one, Reading::First) || reader(one, Reading::Second);
    let ids: Vec<String> =
        settled.iter().filter(by_reader).map(|one| format!("`{}`", one.disagreement.study_id)).collect();
    if ids.is_empty() {
        return Vec::new();
    }
    let what = format!("one of the two readers settled the disagreement about {}", ids.join(", "));
    let finding = Finding::warning("adjudicator_is_reader", what)
        .at(Place::file(file))
        .because("a third person, who knows neither reader's answers as the own, is the usual rule; it is stored as it stands")
        .remedy("say in the paper how disagreements were settled; or let a third person settle these again");
    vec![finding]
}

fn save(store: &Store, file: &str, sha256: &str, new: &[&Adjudication], session: &Session<'_>) -> Result<()> {
    let lines: Vec<String> = new.iter().map(|one| one.canonical()).collect();
    let detail = json!({
        "file": file,
        "sha256": sha256,
        "settled": new.len(),
        "content": digest::of_text(&lines.join("\n")),
    });
    let audit = store.log(&session.actor, "adjudicate", &detail)?;
    let import = store.add_import(audit, file, sha256)?;
    new.iter().try_for_each(|one| store.add_adjudication(import, one))
}

struct SettledReader<'s> {
    extract: Extract,
    columns: [usize; 7],
    disagreements: &'s [Disagreement],
    today: Date,
    file: String,
    /// Where each disagreement was met first.
    seen: BTreeMap<(StudyId, DisagreementSubject), u64>,
    findings: Vec<Finding>,
}

impl<'s> SettledReader<'s> {
    fn new(extract: Extract, disagreements: &'s [Disagreement], today: Date) -> Result<Self> {
        let file = extract.file_name().to_owned();
        let header = extract.header();
        let position = |(danish, english): (&str, &str)| {
            header.iter().position(|name| [danish, english].contains(&name.trim().to_lowercase().as_str()))
        };
        let found = HEADERS.map(position);
        let missing = HEADERS.iter().zip(found).filter(|(_, position)| position.is_none());
        let findings: Vec<Finding> = missing
            .map(|((danish, english), _)| {
                Finding::error("missing_column", format!("the form has no column `{danish}` or `{english}`"))
                    .at(Place::file(&file).row(1))
                    .remedy("take the form that `hkm adjudicate` wrote")
            })
            .collect();
        if !findings.is_empty() {
            return Err(Error::data(findings));
        }
        let columns = found.map(Option::unwrap_or_default);
        Ok(SettledReader {
            extract,
            columns,
            disagreements,
            today,
            file,
            seen: BTreeMap::new(),
            findings: Vec::new(),
        })
    }

    fn all(&mut self) -> Result<Vec<Adjudication>> {
        let mut settled = Vec::new();
        let mut row = Row::default();
        while self.extract.next_row(&mut row)? {
            settled.extend(self.row(&row));
        }
        Ok(settled)
    }

    fn row(&mut self, row: &Row) -> Option<Adjudication> {
        let cells = self.columns.map(|column| row.cell(column).trim());
        let [id, subject, _, _, answer, adjudicator, date] = cells;
        if answer.is_empty() {
            return None;
        }
        let disagreement = self.disagreement(id, subject, row.number)?;
        self.meet(&disagreement, row.number);
        let settled = self.answer(&disagreement.subject, answer, row.number);
        let date = self.date(date, row.number);
        self.check_adjudicator(adjudicator, row.number);
        Some(Adjudication {
            disagreement,
            settled: settled?,
            adjudicator: adjudicator.to_owned(),
            date: date?,
        })
    }

    /// The same disagreement twice would let the order of rows decide.
    fn meet(&mut self, disagreement: &Disagreement, row: u64) {
        let subject = (disagreement.study_id, disagreement.subject.clone());
        if let Some(other) = self.seen.insert(subject, row) {
            let what = format!(
                "`{}` of `{}` is settled twice: here and in row {other}",
                disagreement.subject.name(),
                disagreement.study_id
            );
            let finding = Finding::error("repeated_disagreement", what);
            self.wrong(row, 0, finding.remedy("leave the row that is right, and take the other one away"));
        }
    }

    fn check_adjudicator(&mut self, written: &str, row: u64) {
        let finding = match () {
            () if written.is_empty() => {
                Finding::error("no_adjudicator", "it does not say who settled the disagreement")
                    .remedy("write the initials of who settled it")
            }
            () if !is_name(written) => Finding::error(
                "adjudicator",
                "this is too long, or holds a number or a sign, for an adjudicator's initials",
            )
            .remedy("write the initials of who settled it"),
            () => return,
        };
        self.wrong(row, 5, finding);
    }

    fn wrong(&mut self, row: u64, column: usize, finding: Finding) {
        let header = self.extract.header()[self.columns[column]].clone();
        self.findings.push(finding.at(Place::file(&self.file).row(row).column(header)));
    }

    fn disagreement(&mut self, id: &str, subject: &str, row: u64) -> Option<Disagreement> {
        let study_id = StudyId::read(id);
        let found = self
            .disagreements
            .iter()
            .find(|one| {
                Some(one.study_id) == study_id && one.subject.name() == subject_id(subject).to_lowercase()
            })
            .cloned();
        if found.is_none() {
            let finding = Finding::error("no_disagreement", "the two readings of this course do not differ here")
                .remedy("take the row from the form that `hkm adjudicate` wrote; a review may have been corrected since");
            self.wrong(row, 0, finding);
        }
        found
    }

    fn answer(&mut self, subject: &DisagreementSubject, written: &str, row: u64) -> Option<Settled> {
        let settled = Settled::read(subject, written);
        if settled.is_none() {
            let words = match subject {
                DisagreementSubject::Chart => ChartStatus::ALL.map(|one| one.word(Language::Da)),
                DisagreementSubject::Indicator(_) => Answer::ALL.map(|one| one.word(Language::Da)),
            };
            let allowed = words.map(|word| format!("`{word}`")).join(", ");
            let finding = Finding::error(
                "not_an_answer",
                format!("{} is not an answer here, expected one of {allowed}", shortened(written)),
            );
            self.wrong(row, 4, finding);
        }
        settled
    }

    fn date(&mut self, written: &str, row: u64) -> Option<Date> {
        let date = match read_date(written) {
            Ok(date) => date,
            Err(fault) => {
                self.wrong(row, 6, fault.finding(Place::default()).remedy("correct the date on the form"));
                return None;
            }
        };
        if date > self.today {
            let what = format!("the date is {date}, which is after today, {}", self.today);
            self.wrong(row, 6, Finding::error("date_in_future", what).remedy("correct the date on the form"));
            return None;
        }
        Some(date)
    }
}
