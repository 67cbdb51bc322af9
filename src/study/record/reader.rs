//! Returned forms, read and checked against what is stored.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::path::Path;

use jiff::civil::Date;

use super::{RecordOptions, RecordReport, file_name, refuse_cpr_in_name};
use crate::digest;
use crate::draw::{Sample, StudyId};
use crate::error::{Error, ErrorKind, Finding, Result, Severity};
use crate::io::{FormFile, cannot_read};
use crate::review::{
    EntryContext, EntryRow, EntryTable, FormColumns, FormEntry, FormKind, FormStamp, Import, Messages,
    Reading, Reviews, RowReading, before_draw, compare, forms_of_export, is_id_header, is_same_person,
    read_entry,
};
use crate::study::Study;
use crate::study::adjudicate::is_adjudication;
use crate::study::forms::{StudyStamp, is_look_up_list};

/// A file as it was read.
pub(super) struct Read {
    /// Its name without the folder, as the study remembers it.
    pub(super) file: String,
    pub(super) sha256: String,
    pub(super) import: Import,
}

/// Reads one file after the other, and keeps what they hold together.
pub(super) struct FormReader<'r> {
    pub(super) study: &'r Study,
    pub(super) sample: Sample,
    pub(super) stored: Reviews,
    /// The digests of the files that were recorded so far.
    pub(super) recorded: BTreeSet<String>,
    pub(super) first_attendance: BTreeMap<StudyId, Date>,
    pub(super) drawn: Option<Date>,
    pub(super) options: RecordOptions,
    /// What the hidden sheet of this study's forms says.
    pub(super) ours: StudyStamp,
    pub(super) today: Date,
    /// Where each course was met first, over all files.
    pub(super) seen: BTreeMap<(StudyId, Reading), (String, u64)>,
    /// Who made each reading of these files.
    pub(super) reviewers: BTreeMap<(StudyId, Reading), String>,
    pub(super) errors: Vec<Finding>,
    pub(super) report: RecordReport,
}

impl FormReader<'_> {
    pub(super) fn file(&mut self, path: &Path) -> Result<Read> {
        let sha256 =
            File::open(path).and_then(digest::of_reader).map_err(|fault| cannot_read(path, &fault))?;
        let mut read = Read { file: file_name(path), sha256, import: Import::default() };
        if let Err(error) = refuse_cpr_in_name(path) {
            return self.refused(error, read);
        }
        let file = match FormFile::open(path, is_id_header) {
            Ok(file) => file,
            Err(error) => return self.refused(error, read),
        };
        let messages = self.messages();
        self.report.findings.extend(file.notices.into_iter().map(|finding| messages.of_file(finding)));
        if let Some(finding) = other_kind(&file.table, file.stamp.as_ref(), self.study, self.messages()) {
            match finding.severity {
                Severity::Error => self.errors.push(finding),
                _ => self.report.findings.push(finding),
            }
            return Ok(read);
        }
        if let Some(stamp) = &file.stamp {
            let strange = self.ours.refuse(stamp, &file.table, self.options);
            let (errors, told): (Vec<Finding>, Vec<Finding>) =
                strange.into_iter().partition(|finding| finding.severity == Severity::Error);
            self.report.findings.extend(told);
            if !errors.is_empty() {
                self.errors.extend(errors);
                return Ok(read);
            }
        }
        let tables = match forms_of_export(&file.table, &file.rows, self.messages()) {
            None => vec![(file.table, file.rows)],
            Some(Ok(readings)) => readings,
            Some(Err(findings)) => {
                self.errors.extend(findings);
                return Ok(read);
            }
        };
        for (table, rows) in &tables {
            self.table(table, rows, file.stamp.as_ref(), &mut read);
        }
        Ok(read)
    }

    /// The entries of one reading.
    fn table(&mut self, table: &EntryTable, rows: &[EntryRow], stamp: Option<&FormStamp>, read: &mut Read) {
        let stratum = stamp.and_then(|stamp| stamp.stratum.as_deref());
        let language = self.options.language;
        let columns = match FormColumns::find(table, &self.study.protocol, language) {
            Ok((columns, notes)) => {
                self.report.findings.extend(notes);
                columns
            }
            Err(findings) => return self.errors.extend(findings),
        };
        let stamped = stamp.map(|stamp| stamp.kind);
        if let Some(FormKind::Review(reading)) =
            stamped.filter(|kind| *kind != FormKind::Review(columns.reading()))
        {
            let finding = self.messages().changed_reading(reading);
            return self.errors.push(finding.at(columns.table().header_place()));
        }
        if self.options.reading.is_some_and(|wanted| wanted != columns.reading()) {
            let finding = self.messages().other_reading(columns.reading());
            return self.errors.push(finding.at(columns.table().header_place()));
        }
        let mut entries = Vec::new();
        rows.iter().for_each(|row| self.row(row, &columns, stratum, &mut entries));
        self.check_independence(&entries, &columns);
        let early = |drawn| before_draw(&entries, &self.stored, drawn, &columns, language);
        self.report.findings.extend(self.drawn.and_then(early));
        let recorded_before = self.recorded.contains(&read.sha256);
        let mut import = compare(entries, &self.stored, recorded_before, &columns, language);
        let (errors, told): (Vec<Finding>, Vec<Finding>) =
            import.findings.drain(..).partition(|finding| finding.severity == Severity::Error);
        self.errors.extend(errors);
        self.report.findings.extend(told);
        read.import.append(import);
    }

    fn messages(&self) -> Messages {
        Messages { language: self.options.language, form: self.study.protocol.review.language }
    }

    /// A file that cannot be read at all is one of the errors; a missing one stops the command.
    fn refused(&mut self, error: Error, read: Read) -> Result<Read> {
        match error.kind() {
            ErrorKind::CannotRun => Err(error),
            ErrorKind::Data => {
                let messages = self.messages();
                self.errors.extend(error.findings().iter().map(|finding| messages.of_file(finding.clone())));
                Ok(read)
            }
        }
    }

    fn row(
        &mut self,
        row: &EntryRow,
        columns: &FormColumns,
        stratum: Option<&str>,
        entries: &mut Vec<FormEntry>,
    ) {
        let table = columns.table();
        let first_attendance = |study_id| self.first_attendance.get(&study_id).copied();
        let context = EntryContext {
            sample: &self.sample,
            first_attendance: &first_attendance,
            today: self.today,
            reading: columns.reading(),
            stratum,
            items: &self.study.protocol.items,
            language: self.options.language,
        };
        let reading = read_entry(row, columns, &context);
        match reading {
            RowReading::Blank => {}
            RowReading::Wrong(study_id, findings) => {
                if let Some(study_id) = study_id {
                    self.meet((study_id, columns.reading()), table, row.number);
                }
                self.errors.extend(findings);
            }
            RowReading::NotReviewed(study_id) => {
                self.meet((study_id, columns.reading()), table, row.number);
                self.report.not_reviewed += 1;
                if self.stored.latest(study_id, columns.reading()).is_some() {
                    self.errors.push(self.messages().emptied_row(study_id).at(table.row(row.number)));
                }
            }
            RowReading::Incomplete(study_id, finding) => {
                self.meet((study_id, columns.reading()), table, row.number);
                self.report.waiting.push(study_id);
                match self.stored.latest(study_id, columns.reading()) {
                    Some(_) => self.errors.push(finding.remedy(self.messages().put_back())),
                    None if self.options.accept_incomplete => {}
                    None => self.errors.push(finding),
                }
            }
            RowReading::Complete(entry, odd) => {
                self.meet((entry.review.study_id, columns.reading()), table, row.number);
                self.report.findings.extend(odd);
                entries.push(entry);
            }
        }
    }

    /// The same course twice would let the order of files decide.
    fn meet(&mut self, (study_id, reading): (StudyId, Reading), table: &EntryTable, row: u64) {
        if let Some((other, other_row)) = self.seen.insert((study_id, reading), (table.file.clone(), row)) {
            let finding = self.messages().repeated_study_id(study_id, other_row, &other);
            self.errors.push(finding.at(table.row(row)));
        }
    }

    /// The second reader must be another person.
    fn check_independence(&mut self, entries: &[FormEntry], columns: &FormColumns) {
        for FormEntry { row, review } in entries {
            let other = match review.reading {
                Reading::First => Reading::Second,
                Reading::Second => Reading::First,
            };
            let key = |reading| (review.study_id, reading);
            self.reviewers.insert(key(review.reading), review.reviewer.clone());
            let stored = || self.stored.latest(review.study_id, other).map(|stored| stored.reviewer.clone());
            let their = self.reviewers.get(&key(other)).cloned().or_else(stored);
            if their.is_some_and(|their| is_same_person(&their, &review.reviewer)) {
                let finding = self.messages().same_reviewer(&review.reviewer, review.study_id);
                self.errors.push(finding.at(columns.table().row(*row)));
            }
        }
    }
}

/// A file of the study that is no review form. An adjudication lies in the same folder and is passed over, with a word.
fn other_kind(
    table: &EntryTable,
    stamp: Option<&FormStamp>,
    study: &Study,
    messages: Messages,
) -> Option<Finding> {
    let kind = stamp.map(|stamp| stamp.kind);
    if kind == Some(FormKind::Adjudication) || is_adjudication(&table.header) {
        return Some(messages.adjudication_form().at(table.header_place()));
    }
    let is_look_up = kind == Some(FormKind::LookUp) || is_look_up_list(&table.header, &study.protocol);
    is_look_up.then(|| messages.look_up_list().at(table.header_place()))
}
