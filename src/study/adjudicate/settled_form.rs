//! A returned form of disagreements, row by row, with everything that is wrong in it.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::HEADERS;
use crate::draw::StudyId;
use crate::error::{Error, Finding, Result};
use crate::protocol::Language;
use crate::review::{
    Adjudication, Answer, ChartStatus, Disagreement, DisagreementSubject, EntryCell, EntryRow, EntryTable,
    Messages, MonthFirst, Settled, is_name, read_day,
};

const MESSAGES: Messages = Messages { language: Language::En, form: Language::Da };

/// Reads settled answers.
pub(super) struct SettledReader<'s> {
    table: &'s EntryTable,
    columns: [usize; 7],
    disagreements: &'s [Disagreement],
    today: Date,
    /// The columns with a date that can only have its month first.
    month_first: MonthFirst,
    /// Where each disagreement was met first.
    seen: BTreeMap<(StudyId, DisagreementSubject), u64>,
    pub(super) findings: Vec<Finding>,
    /// What is odd, but was read.
    pub(super) odd: Vec<Finding>,
}

impl<'s> SettledReader<'s> {
    pub(super) fn new(
        table: &'s EntryTable,
        rows: &[EntryRow],
        disagreements: &'s [Disagreement],
        today: Date,
    ) -> Result<Self> {
        let position = |(danish, english): (&str, &str)| {
            let is_it = |name: &String| [danish, english].contains(&name.trim().to_lowercase().as_str());
            table.header.iter().position(is_it)
        };
        let found = HEADERS.map(position);
        // Without subjects and answers it is another table, not a form that lost some columns.
        if let [_, None, _, _, None, ..] = found {
            let finding = Finding::error("other_kind", "this is no form of disagreements")
                .at(table.header_place())
                .remedy("take the form that `hkm adjudicate` wrote; reviews are read by `hkm record`");
            return Err(Error::data(vec![finding]));
        }
        let missing = HEADERS.iter().zip(found).filter(|(_, position)| position.is_none());
        let findings: Vec<Finding> = missing
            .map(|((danish, english), _)| {
                Finding::error("missing_column", format!("the form has no column `{danish}` or `{english}`"))
                    .at(table.header_place())
                    .remedy("take the form that `hkm adjudicate` wrote")
            })
            .collect();
        if !findings.is_empty() {
            return Err(Error::data(findings));
        }
        let columns = found.map(Option::unwrap_or_default);
        Ok(SettledReader {
            table,
            columns,
            disagreements,
            today,
            month_first: MonthFirst::of(rows),
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
            uncomputed.into_iter().for_each(|place| self.wrong(row.number, place, MESSAGES.uncomputed()));
            return None;
        }
        let disagreement = self.disagreement(id, subject, row.number)?;
        self.meet(&disagreement, row.number);
        let settled = self.answer(&disagreement.subject, answer, row.number);
        let date = self.date(row.cell(self.columns[6]), row.number);
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
        self.findings.push(finding.at(self.table.cell(row, self.columns[column])));
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
                format!("{} is not an answer here, expected one of {allowed}", MESSAGES.shortened(written)),
            );
            self.wrong(row, 4, finding);
        }
        settled
    }

    fn date(&mut self, cell: &EntryCell, row: u64) -> Option<Date> {
        let read = read_day(cell, self.today, MESSAGES);
        match self.month_first.trusted(read, self.columns[6], cell, MESSAGES) {
            Ok((date, odd)) => {
                let place = self.table.cell(row, self.columns[6]);
                self.odd.extend(odd.map(|finding| finding.at(place)));
                Some(date)
            }
            Err(finding) => {
                self.wrong(row, 6, *finding);
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
