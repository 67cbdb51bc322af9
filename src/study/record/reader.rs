//! Returned forms, read and checked against what is stored.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::path::Path;

use jiff::civil::Date;

use super::{RecordOptions, RecordReport, Waiting, file_name, refuse_cpr_in_name};
use crate::digest;
use crate::draw::{Sample, StudyId};
use crate::error::{Error, Finding, Result, Severity};
use crate::io::{FormFile, cannot_read, passed_over};
use crate::review::{
    ChartStatus, EntryContext, EntryRow, EntryTable, FormColumns, FormEntry, FormKind, FormStamp, Import,
    Messages, MonthFirst, Reading, Reviews, RowReading, before_draw, compare, forms_of_export, is_id_header,
    is_same_person, moved_records, read_entry,
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

/// A table whose rows are being read.
#[derive(Clone, Copy)]
struct OpenForm<'f> {
    columns: &'f FormColumns,
    reading: Reading,
    month_first: &'f MonthFirst,
    stratum: Option<&'f str>,
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
    /// The courses that a reserve has replaced, each with the reserve.
    pub(super) replaced: BTreeMap<StudyId, StudyId>,
    /// Where each course was met first, over all files that are new.
    pub(super) seen: BTreeMap<(StudyId, Reading), (String, u64)>,
    /// The courses of files that were recorded before with the same bytes: they are read after the others, and speak for nothing new.
    pub(super) passed: BTreeSet<(StudyId, Reading)>,
    /// The tables of new files.
    pub(super) tables: Vec<(EntryTable, Reading)>,
    /// Whether the file that is being read is such a one.
    pub(super) is_recorded: bool,
    /// Who made each reading of these files.
    pub(super) reviewers: BTreeMap<(StudyId, Reading), String>,
    pub(super) errors: Vec<Finding>,
    /// Warnings and notes about files as a whole: told beside errors as well.
    pub(super) of_files: Vec<Finding>,
    pub(super) report: RecordReport,
}

impl FormReader<'_> {
    pub(super) fn file(&mut self, path: &Path) -> Result<Read> {
        let language = self.options.language;
        let mut read = Read { file: file_name(path), sha256: String::new(), import: Import::default() };
        if let Err(error) = refuse_cpr_in_name(path) {
            return self.refused(error, read);
        }
        if let Some(finding) = passed_over(path, Messages { language, form: language }) {
            self.of_files.push(finding);
            return Ok(read);
        }
        read.sha256 = match File::open(path).and_then(digest::of_reader) {
            Ok(sha256) => sha256,
            Err(fault) => return self.refused(cannot_read(path, &fault), read),
        };
        self.is_recorded = self.recorded.contains(&read.sha256);
        let file = match FormFile::open(path, is_id_header, language) {
            Ok(file) => file,
            Err(error) => return self.refused(error, read),
        };
        let messages = Messages { language, form: file.table.language() };
        self.report.findings.extend(file.notices.into_iter().map(|finding| messages.of_file(finding)));
        if let Some(finding) = other_kind(&file.table, file.stamp.as_ref(), self.study, messages) {
            match finding.severity {
                Severity::Error => self.errors.push(finding),
                _ => self.of_files.push(finding),
            }
            return Ok(read);
        }
        let month_first = MonthFirst::of(&file.rows);
        let tables = match forms_of_export(&file.table, &file.rows, messages) {
            Some((readings, findings)) => {
                let is_error = |finding: &Finding| finding.severity == Severity::Error;
                let (errors, told): (Vec<Finding>, Vec<Finding>) = findings.into_iter().partition(is_error);
                self.errors.extend(errors);
                self.of_files.extend(told);
                // What was recorded before is as it is.
                if !self.is_recorded {
                    self.errors.extend(moved_records(&file.table, &file.rows, &self.sample, messages));
                }
                readings
            }
            None if self.is_strange(&file.table, file.stamp.as_ref(), messages) => return Ok(read),
            None => vec![(file.table, file.rows)],
        };
        for (table, rows) in &tables {
            self.table(table, rows, &month_first, file.stamp.as_ref(), &mut read);
        }
        Ok(read)
    }

    /// Tells what a workbook says of its study and its codebook; whether it must not be read for that. A text file says nothing by
    /// design, and an export of REDCap was never a form of ours.
    fn is_strange(&mut self, table: &EntryTable, stamp: Option<&FormStamp>, messages: Messages) -> bool {
        let finding = match stamp {
            None if table.sheet.is_none() => return false,
            None => messages.no_stamp(),
            Some(stamp) if self.ours.is_of_other_study(stamp) => messages.other_study(),
            Some(stamp) if self.ours.has_older_codebook(stamp) => {
                messages.older_codebook(self.options.accept_older_codebook)
            }
            Some(_) => return false,
        };
        let is_error = finding.severity == Severity::Error;
        let told = if is_error { &mut self.errors } else { &mut self.of_files };
        told.push(finding.at(table.place()));
        is_error
    }

    /// The entries of one reading.
    fn table(
        &mut self,
        table: &EntryTable,
        rows: &[EntryRow],
        month_first: &MonthFirst,
        stamp: Option<&FormStamp>,
        read: &mut Read,
    ) {
        let stratum = stamp.and_then(|stamp| stamp.stratum.as_deref());
        let language = self.options.language;
        let columns = match FormColumns::find(table, &self.study.protocol, language) {
            Ok((columns, findings)) => {
                self.tell_header(findings, table, stamp);
                columns
            }
            Err(findings) => return self.tell_header(findings, table, stamp),
        };
        let stamped = stamp.map(|stamp| stamp.kind);
        let reading = match (columns.reading(), stamped) {
            (Some(reading), Some(FormKind::Review(stamped))) if reading != stamped => {
                let finding = self.messages(table).changed_reading(stamped);
                return self.errors.push(finding.at(columns.table().header_place()));
            }
            (Some(reading), _) | (None, Some(FormKind::Review(reading))) => reading,
            // The column that says it is missing: its rows are checked as those that most forms have.
            (None, _) => self.options.reading.unwrap_or(Reading::First),
        };
        if self.options.reading.is_some_and(|wanted| wanted != reading) {
            let finding = self.messages(table).other_reading(reading);
            return self.errors.push(finding.at(columns.table().header_place()));
        }
        let form = OpenForm { columns: &columns, reading, month_first, stratum };
        let mut entries = Vec::new();
        rows.iter().for_each(|row| self.row(row, &form, &mut entries));
        if !columns.is_whole() {
            return;
        }
        if self.is_recorded {
            self.leave_to_others(&mut entries);
        } else {
            self.tables.push((table.clone(), reading));
            self.check_independence(&entries, &columns);
        }
        self.tell_found_after_all(&entries, &columns);
        let early = |drawn| before_draw(&entries, &self.stored, drawn, &columns, language);
        self.report.findings.extend(self.drawn.and_then(early));
        let mut import = compare(entries, &self.stored, self.is_recorded, &columns, language);
        let (errors, told): (Vec<Finding>, Vec<Finding>) =
            import.findings.drain(..).partition(|finding| finding.severity == Severity::Error);
        self.errors.extend(errors);
        self.report.findings.extend(told);
        read.import.append(import);
    }

    /// What is wrong with the header: told once, though the two readings of an export have one between them.
    fn tell_header(&mut self, findings: Vec<Finding>, table: &EntryTable, stamp: Option<&FormStamp>) {
        let is_older = stamp.is_some_and(|stamp| self.ours.has_older_codebook(stamp));
        let messages = self.messages(table);
        for finding in findings {
            let told =
                if finding.severity == Severity::Error { &mut self.errors } else { &mut self.of_files };
            let finding = if is_older { messages.of_older_form(finding) } else { finding };
            if !told.contains(&finding) {
                told.push(finding);
            }
        }
    }

    fn messages(&self, table: &EntryTable) -> Messages {
        Messages { language: self.options.language, form: table.language() }
    }

    /// A file that cannot be read at all, a folder or something that is no form is one of the errors; a missing file stops the command.
    fn refused(&mut self, error: Error, read: Read) -> Result<Read> {
        if error.findings().iter().any(|finding| finding.code == "file_not_found") {
            return Err(error);
        }
        let language = self.options.language;
        let messages = Messages { language, form: language };
        self.errors.extend(error.findings().iter().map(|finding| messages.of_file(finding.clone())));
        Ok(read)
    }

    fn row(&mut self, row: &EntryRow, form: &OpenForm<'_>, entries: &mut Vec<FormEntry>) {
        let OpenForm { columns, reading, month_first, stratum } = *form;
        let table = columns.table();
        let first_attendance = |study_id| self.first_attendance.get(&study_id).copied();
        let context = EntryContext {
            sample: &self.sample,
            first_attendance: &first_attendance,
            today: self.today,
            reading,
            stratum,
            items: &self.study.protocol.items,
            month_first,
            language: self.options.language,
        };
        match read_entry(row, columns, &context) {
            RowReading::Blank => {}
            RowReading::Wrong(study_id, findings) => {
                if let Some(study_id) = study_id {
                    self.meet(study_id, row.number, form);
                }
                self.errors.extend(findings);
            }
            RowReading::NotReviewed(study_id) | RowReading::Incomplete(study_id, _)
                if self.is_known_better(study_id, reading) => {}
            RowReading::NotReviewed(study_id) => {
                self.meet(study_id, row.number, form);
                self.report.not_reviewed += 1;
                if columns.is_whole() && self.stored.latest(study_id, reading).is_some() {
                    let place = table.cell(row.number, columns.status());
                    self.errors.push(self.messages(table).emptied_row(study_id).at(place));
                }
            }
            RowReading::Incomplete(study_id, absent) => {
                self.meet(study_id, row.number, form);
                // Empty may be what stands in no column; the header is told.
                let Some(first) = absent.first() else { return };
                let lacks = absent.iter().map(|column| columns.cell_of_column(*column).to_owned()).collect();
                self.report.waiting.push(Waiting { study_id, lacks });
                let headers = columns.headers(&absent);
                let finding = match self.stored.latest(study_id, reading) {
                    Some(_) => self.messages(table).emptied_cells(study_id, &headers),
                    None if self.options.accept_incomplete => return,
                    None => self.messages(table).incomplete(study_id, &headers),
                };
                self.errors.push(finding.at(table.cell(row.number, *first)));
            }
            RowReading::Complete(entry, odd) => {
                self.meet(entry.review.study_id, row.number, form);
                self.report.findings.extend(odd);
                entries.push(entry);
            }
        }
    }

    /// Whether a row that waits stands in a file that was recorded before, and another file or the study has its review: the old version
    /// of a form lies in the folder for good.
    fn is_known_better(&mut self, study_id: StudyId, reading: Reading) -> bool {
        let is_stored = self.stored.latest(study_id, reading).is_some();
        let is_elsewhere = self.seen.contains_key(&(study_id, reading));
        // Counted once, however many old versions it waits in.
        self.is_recorded && (is_stored || is_elsewhere || !self.passed.insert((study_id, reading)))
    }

    /// What a new file says of a course goes before a file that was recorded before; of these each course counts once.
    fn leave_to_others(&mut self, entries: &mut Vec<FormEntry>) {
        let (seen, passed, stored) = (&self.seen, &mut self.passed, &self.stored);
        entries.retain(|FormEntry { review, .. }| {
            let key = (review.study_id, review.reading);
            !seen.contains_key(&key) && (stored.was_corrected(review) || passed.insert(key))
        });
    }

    /// The same course twice would let the order of files decide; what was recorded before decides nothing.
    fn meet(&mut self, study_id: StudyId, row: u64, form: &OpenForm<'_>) {
        let OpenForm { columns, reading, .. } = *form;
        let table = columns.table();
        // Without the column that says the reading, the course may stand on another form with good reason.
        if self.is_recorded || columns.reading().is_none() {
            return;
        }
        if let Some((other, other_row)) = self.seen.insert((study_id, reading), (table.file.clone(), row)) {
            let finding = match other == table.file {
                true => self.messages(table).repeated_study_id(study_id, other_row),
                false => self.messages(table).study_id_in_other_file(study_id, other_row, &other),
            };
            self.errors.push(finding.at(table.cell(row, columns.study_id())));
        }
    }

    /// A chart that turns up when its course is replaced already.
    fn tell_found_after_all(&mut self, entries: &[FormEntry], columns: &FormColumns) {
        let (table, messages) = (columns.table(), self.messages(columns.table()));
        for FormEntry { row, review } in entries {
            let before = self.stored.latest(review.study_id, review.reading);
            let is_known = before.is_some_and(|before| before.status == ChartStatus::Found);
            let Some(reserve) = self.replaced.get(&review.study_id) else { continue };
            if review.status == ChartStatus::Found && !is_known && !self.stored.was_corrected(review) {
                let finding = messages.found_after_all(review.study_id, *reserve);
                self.report.findings.push(finding.at(table.cell(*row, columns.status())));
            }
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
                let finding = self.messages(columns.table()).same_reviewer(&review.reviewer, review.study_id);
                self.errors.push(finding.at(columns.table().cell(*row, columns.reviewer())));
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
