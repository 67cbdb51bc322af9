//! A returned form of disagreements, row by row, with everything that is wrong in it.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::HEADERS;
use crate::draw::StudyId;
use crate::error::{Error, Finding, Place, Result, Rows};
use crate::io::FormFile;
use crate::protocol::{Language, Protocol};
use crate::review::{
    Adjudication, Answer, ChartStatus, Disagreement, DisagreementSubject, EntryCell, EntryRow, EntryTable,
    Messages, MonthFirst, Reading, Settled, disagreement_cells, is_name, read_day, subject_word,
};
use crate::study::status::ReviewState;

/// Where the columns of the headers are: who settled, and when.
pub(super) const ADJUDICATOR: usize = 5;
pub(super) const DATE: usize = 6;

/// Reads settled answers.
pub(super) struct SettledReader<'s> {
    table: &'s EntryTable,
    columns: [usize; 7],
    state: &'s ReviewState,
    protocol: &'s Protocol,
    today: Date,
    /// The columns with a date that can only have its month first.
    month_first: MonthFirst,
    messages: Messages,
    /// Where each disagreement was met first.
    seen: BTreeMap<(StudyId, DisagreementSubject), u64>,
    pub(super) findings: Vec<Finding>,
    /// What is odd, but was read.
    pub(super) odd: Vec<Finding>,
}

impl<'s> SettledReader<'s> {
    /// The reader of a form, whose findings are told in `language` and quote the words of the form.
    ///
    /// # Errors
    /// Every column that is missing.
    pub(super) fn new(
        form: &'s FormFile,
        state: &'s ReviewState,
        protocol: &'s Protocol,
        today: Date,
        language: Language,
    ) -> Result<Self> {
        let table = &form.table;
        let messages = Messages { language, form: table.language() };
        let position = |(danish, english): (&str, &str)| {
            let is_it = |name: &String| [danish, english].contains(&name.trim().to_lowercase().as_str());
            table.header.iter().position(is_it)
        };
        let found = HEADERS.map(position);
        // Without subjects and answers it is another table, not a form that lost some columns.
        if let [_, None, _, _, None, ..] = found {
            return Err(Error::data(vec![messages.no_adjudication_form().at(table.header_place())]));
        }
        let missing = HEADERS.iter().zip(found).filter(|(_, position)| position.is_none());
        let findings: Vec<Finding> = missing
            .map(|((danish, english), _)| {
                messages.no_settled_column(danish, english).at(table.header_place())
            })
            .collect();
        if !findings.is_empty() {
            return Err(Error::data(findings));
        }
        let columns = found.map(Option::unwrap_or_default);
        Ok(SettledReader {
            table,
            columns,
            state,
            protocol,
            today,
            month_first: MonthFirst::of(&form.rows),
            messages,
            seen: BTreeMap::new(),
            findings: Vec::new(),
            odd: Vec::new(),
        })
    }

    /// The settled answer of a row; none where it waits for later, or is wrong.
    pub(super) fn row(&mut self, row: &EntryRow) -> Option<Adjudication> {
        let cells = self.columns.map(|column| row.cell(column).trimmed());
        let [id, subject, _, _, answer, adjudicator, _] = cells;
        if answer.is_empty() {
            return None;
        }
        let uncomputed = (0..7).filter(|place| row.is_uncomputed(self.columns[*place]));
        let uncomputed: Vec<usize> = uncomputed.collect();
        if !uncomputed.is_empty() {
            uncomputed
                .into_iter()
                .for_each(|place| self.wrong(row.number, place, self.messages.uncomputed()));
            return None;
        }
        let disagreement = self.disagreement(id, subject, row.number)?;
        self.check_shown(&disagreement, row);
        self.meet(&disagreement, row.number);
        let settled = self.answer(&disagreement.subject, answer, row.number);
        let date = self.date(row.cell(self.columns[DATE]), row.number);
        self.check_adjudicator(adjudicator, row.number);
        Some(Adjudication {
            disagreement,
            settled: settled?,
            adjudicator: adjudicator.to_owned(),
            date: date?,
        })
    }

    /// The cells of a column in the rows of settled answers.
    pub(super) fn cells(&self, settled: &[&Adjudication], column: usize) -> Place {
        let row = |one: &&Adjudication| {
            let about = &one.disagreement;
            self.seen.get(&(about.study_id, about.subject.clone())).copied()
        };
        let rows: Rows = settled.iter().filter_map(row).collect();
        self.table.cell(rows.first().first().copied().unwrap_or_default(), self.columns[column]).rows(rows)
    }

    /// The same disagreement twice would let the order of rows decide.
    fn meet(&mut self, disagreement: &Disagreement, row: u64) {
        let subject = (disagreement.study_id, disagreement.subject.clone());
        if let Some(other) = self.seen.insert(subject, row) {
            let [_, named, ..] = disagreement_cells(disagreement, self.protocol, self.messages.form);
            self.wrong(row, 0, self.messages.repeated_disagreement(&named, disagreement.study_id, other));
        }
    }

    /// The form must show what is stored: whoever settled it saw these two answers and no others.
    fn check_shown(&mut self, disagreement: &Disagreement, row: &EntryRow) {
        let stored = |language| {
            disagreement_cells(disagreement, self.protocol, language).map(|cell| cell.to_lowercase())
        };
        let [danish, english] = [stored(Language::Da), stored(Language::En)];
        for (place, reading) in [(2, Reading::First), (3, Reading::Second)] {
            let shown = row.cell(self.columns[place]).trimmed();
            if ![&danish[place], &english[place]].contains(&&shown.to_lowercase()) {
                let now = disagreement.in_words(reading, self.messages.form);
                self.wrong(row.number, place, self.messages.shows_other_answers(shown, &now));
            }
        }
    }

    fn check_adjudicator(&mut self, written: &str, row: u64) {
        let finding = match () {
            () if written.is_empty() => self.messages.no_adjudicator(),
            () if !is_name(written) => self.messages.not_an_adjudicator(written),
            () => return,
        };
        self.wrong(row, ADJUDICATOR, finding);
    }

    fn wrong(&mut self, row: u64, column: usize, finding: Finding) {
        self.findings.push(finding.at(self.table.cell(row, self.columns[column])));
    }

    fn disagreement(&mut self, id: &str, subject: &str, row: u64) -> Option<Disagreement> {
        let about = subject_id(subject).to_lowercase();
        let study_id = self.course(id, row);
        if !self.subjects().any(|known| known.name() == about) {
            self.wrong(row, 1, self.messages.unknown_subject(subject, &self.subject_words()));
            return None;
        }
        let study_id = study_id?;
        let mut of_course = self.state.disagreements.iter().filter(|one| one.study_id == study_id);
        let found = of_course.find(|one| one.subject.name() == about).cloned();
        if found.is_none() {
            self.wrong(row, 1, self.messages.no_disagreement());
        }
        found
    }

    /// The course of a row, which must have two readings that differ.
    fn course(&mut self, written: &str, row: u64) -> Option<StudyId> {
        let messages = self.messages;
        let problem = match StudyId::read(written) {
            None => messages.not_an_id(written),
            Some(id) if self.state.sample.course(id).is_none() => messages.unknown_study_id(id),
            Some(id) if !self.state.disagreements.iter().any(|one| one.study_id == id) => {
                messages.no_disagreement_about(id)
            }
            found => return found,
        };
        self.wrong(row, 0, problem);
        None
    }

    /// What readings can differ in.
    fn subjects(&self) -> impl Iterator<Item = DisagreementSubject> {
        let indicators = self.protocol.assessable().map(|one| DisagreementSubject::Indicator(one.id.clone()));
        std::iter::once(DisagreementSubject::Chart).chain(indicators)
    }

    /// The same as the form names it.
    fn subject_words(&self) -> Vec<String> {
        self.subjects().map(|one| subject_word(&one, self.protocol, self.messages.form)).collect()
    }

    fn answer(&mut self, subject: &DisagreementSubject, written: &str, row: u64) -> Option<Settled> {
        let settled = Settled::read(subject, written);
        if settled.is_none() {
            let form = self.messages.form;
            let words = match subject {
                DisagreementSubject::Chart => ChartStatus::ALL.map(|one| one.word(form)),
                DisagreementSubject::Indicator(_) => Answer::ALL.map(|one| one.word(form)),
            };
            let words = words.map(|word| format!("`{word}`"));
            self.wrong(row, 4, self.messages.not_an_answer(written, &words));
        }
        settled
    }

    fn date(&mut self, cell: &EntryCell, row: u64) -> Option<Date> {
        let read = read_day(cell, self.today, self.messages);
        match self.month_first.trusted(read, self.columns[DATE], cell, self.messages) {
            Ok((date, odd)) => {
                let place = self.table.cell(row, self.columns[DATE]);
                self.odd.extend(odd.map(|finding| finding.at(place)));
                Some(date)
            }
            Err(finding) => {
                self.wrong(row, DATE, *finding);
                None
            }
        }
    }
}

/// The id in brackets, or the whole text where there are none.
fn subject_id(written: &str) -> &str {
    let bracketed = written.strip_suffix(']').and_then(|text| text.rsplit_once('['));
    bracketed.map_or(written, |(_, id)| id).trim()
}
