//! One row of a returned form, read and checked.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::form::Asked;
use super::item_cell::{LONGEST_TEXT, read_day, read_item};
use super::person_name::is_name;
use super::{
    Answer, ChartItems, ChartStatus, EntryCell, EntryRow, FormColumns, ItemAnswer, ItemAnswers, Messages,
    MonthFirst, Reading, Review, Truth,
};
use crate::draw::{Sample, SampledCourse, StudyId};
use crate::error::{Finding, Place};
use crate::protocol::{Item, ItemKind, Language};
use crate::register::cpr::holds_cpr;

/// What a row is checked against.
pub struct EntryContext<'c> {
    /// The sample.
    pub sample: &'c Sample,
    /// The first attendance of a course, from the key; `None` where the register has no such date.
    pub first_attendance: &'c dyn Fn(StudyId) -> Option<Date>,
    /// Today: a review of tomorrow is a slip of the pen.
    pub today: Date,
    /// Which reading the file holds.
    pub reading: Reading,
    /// The stratum that the form was made for, where the form says so.
    pub stratum: Option<&'c str>,
    /// The items of the codebook.
    pub items: &'c [Item],
    /// The columns of the file with a date that can only have its month first.
    pub month_first: &'c MonthFirst,
    /// The language of the findings.
    pub language: Language,
}

/// A row that says something, with the row it stands in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FormEntry {
    /// The row, as a spreadsheet counts it.
    pub row: u64,
    /// The review.
    pub review: Review,
}

/// What a row turned out to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RowReading {
    /// A blank row.
    Blank,
    /// A study id and nothing else: not reviewed yet.
    NotReviewed(StudyId),
    /// Begun: the columns whose cells are empty, in the order of the file.
    Incomplete(StudyId, Vec<usize>),
    /// A complete review, with what is odd about it.
    Complete(FormEntry, Vec<Finding>),
    /// Not readable; the course where it is known.
    Wrong(Option<StudyId>, Vec<Finding>),
}

/// Reads one row of a form.
pub fn read_entry(row: &EntryRow, columns: &FormColumns, context: &EntryContext<'_>) -> RowReading {
    if row.is_blank() {
        return RowReading::Blank;
    }
    let mut reader =
        Reader { row, columns, context, findings: Vec::new(), odd: Vec::new(), absent: Vec::new() };
    let course = reader.course();
    let untouched = reader.is_untouched();
    match course {
        Some(course) if untouched => RowReading::NotReviewed(course.study_id),
        Some(course) => reader.entry(course),
        None => {
            reader.refuse_cpr_numbers();
            RowReading::Wrong(None, reader.findings)
        }
    }
}

struct Reader<'r> {
    row: &'r EntryRow,
    columns: &'r FormColumns,
    context: &'r EntryContext<'r>,
    findings: Vec<Finding>,
    odd: Vec<Finding>,
    absent: Vec<usize>,
}

impl<'r> Reader<'r> {
    fn cell(&self, column: usize) -> &'r str {
        self.row.cell(column).trimmed()
    }

    fn messages(&self) -> Messages {
        Messages { language: self.context.language, form: self.columns.language() }
    }

    fn place(&self, column: usize) -> Place {
        self.columns.table().cell(self.row.number, column)
    }

    /// Whatever a formula without a value was taken for, that is what it is.
    fn wrong(&mut self, column: usize, finding: Finding) {
        let finding = if self.row.is_uncomputed(column) { self.messages().uncomputed() } else { finding };
        self.findings.push(finding.at(self.place(column)));
    }

    fn note_odd(&mut self, column: usize, finding: Option<Finding>) {
        // A place is made for the few odd cells alone.
        self.odd.extend(finding.map(|finding| finding.at(self.place(column))));
    }

    fn course(&mut self) -> Option<&'r SampledCourse> {
        let column = self.columns.study_id();
        let written = self.cell(column);
        let Some(study_id) = StudyId::read(written) else {
            self.wrong(column, self.messages().not_an_id(written));
            return None;
        };
        let course = self.context.sample.course(study_id);
        let messages = self.messages();
        let problem = match course {
            None => messages.unknown_study_id(study_id),
            Some(course) if !self.context.sample.is_in_use(course) => messages.reserve_not_in_use(study_id),
            Some(course) if self.context.reading == Reading::Second && !course.second_reviewer => {
                messages.no_second_review(study_id)
            }
            Some(course) if self.context.stratum.is_some_and(|stratum| stratum != course.stratum) => {
                let form = self.context.stratum.unwrap_or_default();
                messages.other_stratum(study_id, &self.stratum(&course.stratum), &self.stratum(form))
            }
            found => return found,
        };
        self.wrong(column, problem);
        None
    }

    /// A stratum as people call it: `727 Odder`.
    fn stratum(&self, code: &str) -> String {
        let known = self.context.sample.strata.iter().find(|stratum| stratum.code == code);
        known.map_or_else(|| code.to_owned(), |stratum| stratum.label())
    }

    /// Only the study id is filled in.
    fn is_untouched(&self) -> bool {
        self.columns.answered().all(|column| self.cell(column).is_empty())
    }

    /// A row whose answers are not read is seen through for CPR numbers all the same: it will come back.
    fn refuse_cpr_numbers(&mut self) {
        let columns = self.columns;
        for column in columns.answered().filter(|column| holds_cpr(self.cell(*column))).collect::<Vec<_>>() {
            let comment = column == columns.comment();
            let messages = self.messages();
            self.wrong(column, if comment { messages.cpr_in_comment() } else { messages.cpr_in_text() });
        }
    }

    fn entry(mut self, course: &SampledCourse) -> RowReading {
        let status = self.word(self.columns.status(), ChartStatus::read, &self.messages().statuses());
        let reviewer = self.reviewer();
        let date = self.date(course.study_id);
        let (answers, items) = match status {
            Some(ChartStatus::Found) | None => (self.answers(course), self.items(course)),
            Some(_) => (self.no_answers(), ItemAnswers::new()),
        };
        let comment = self.comment();
        self.absent.sort_unstable();
        if !self.findings.is_empty() {
            if let Some(first) = self.absent.first() {
                let incomplete =
                    self.messages().incomplete(course.study_id, &self.columns.headers(&self.absent));
                self.findings.push(incomplete.at(self.place(*first)));
            }
            return RowReading::Wrong(Some(course.study_id), self.findings);
        }
        let (Some(status), Some(reviewer), Some(date), true) =
            (status, reviewer, date, self.absent.is_empty())
        else {
            return RowReading::Incomplete(course.study_id, self.absent);
        };
        let reading = self.context.reading;
        let study_id = course.study_id;
        let review = Review { study_id, reading, status, reviewer, date, answers, items, comment };
        RowReading::Complete(FormEntry { row: self.row.number, review }, self.odd)
    }

    /// An empty cell.
    fn lack(&mut self, column: usize) {
        self.absent.extend(self.columns.is_due(column).then_some(column));
    }

    /// A coded cell: one of its words, absent, or wrong.
    fn word<T>(&mut self, column: usize, read: fn(&str) -> Option<T>, words: &[String]) -> Option<T> {
        let written = self.cell(column);
        if written.is_empty() {
            self.lack(column);
            return None;
        }
        let answer = read(written);
        if answer.is_none() {
            self.wrong(column, self.messages().not_an_answer(written, words));
        }
        answer
    }

    fn answers(&mut self, course: &SampledCourse) -> BTreeMap<String, Answer> {
        let columns = self.columns;
        let mut answers = BTreeMap::new();
        for (asked, column) in columns.asked() {
            let Asked::Indicator(id) = asked else { continue };
            if !in_force(course, id) && self.cell(column).is_empty() {
                continue;
            }
            if let Some(answer) = self.word(column, Answer::read, &self.messages().answers()) {
                answers.insert(id.clone(), answer);
            }
        }
        answers
    }

    /// The raw items: every cell that is filled is read, then it is seen which should have been, and whether they fit together.
    fn items(&mut self, course: &SampledCourse) -> ItemAnswers {
        let columns = self.columns;
        let mut answers = ItemAnswers::new();
        let mut unreadable: Vec<&str> = Vec::new();
        for (asked, column) in columns.asked() {
            let Asked::Item(item, _) = asked else { continue };
            let cell: &EntryCell = self.row.cell(column);
            if cell.trimmed().is_empty() {
                continue;
            }
            let mut read = read_item(item, cell, self.context.today, self.messages());
            if item.kind == ItemKind::Date {
                read = self.context.month_first.trusted(read, column, cell, self.messages());
            }
            match read {
                Ok((answer, odd)) => {
                    self.note_odd(column, odd);
                    answers.insert(item.id.clone(), answer);
                }
                Err(finding) => {
                    unreadable.push(&item.id);
                    self.wrong(column, *finding);
                }
            }
        }
        for item in self.check_items(course, &answers, &unreadable) {
            answers.remove(item);
        }
        answers
    }

    /// A rule over an item that cannot be read cannot be told, and is not held against the others. The items whose answer says no more
    /// than an empty cell.
    fn check_items(
        &mut self,
        course: &SampledCourse,
        answers: &ItemAnswers,
        unreadable: &[&str],
    ) -> Vec<&'r str> {
        let columns = self.columns;
        let first_attendance = (self.context.first_attendance)(course.study_id);
        let chart = ChartItems { codebook: self.context.items, answers, first_attendance };
        let mut saying_nothing = Vec::new();
        for (asked, column) in columns.asked() {
            let Asked::Item(item, served) = asked else { continue };
            let needed = served.is_empty() || served.iter().any(|id| in_force(course, id));
            match answers.get(&item.id) {
                None if unreadable.contains(&item.id.as_str()) => {}
                None if needed && item.required && chart.is_asked(item) => {
                    self.lack(column);
                }
                None => {}
                Some(answer) => {
                    saying_nothing.extend(self.check_asked(item, answer, column, &chart));
                    self.check_fit(item, column, &chart);
                }
            }
        }
        saying_nothing
    }

    /// An answer to what was not asked: *not relevant* says the same as an empty cell, anything else contradicts the item that decides.
    fn check_asked(
        &mut self,
        item: &'r Item,
        answer: &ItemAnswer,
        column: usize,
        chart: &ChartItems<'_>,
    ) -> Option<&'r str> {
        let rule = item.ask_if.as_ref().filter(|rule| chart.truth(rule) == Truth::False)?;
        if matches!(answer, ItemAnswer::NotRelevant | ItemAnswer::NotDocumented) {
            return Some(&item.id);
        }
        self.wrong(column, self.messages().answer_not_asked(rule, self.context.items));
        None
    }

    fn check_fit(&mut self, item: &Item, column: usize, chart: &ChartItems<'_>) {
        let Some(rule) = item.must.as_ref().filter(|rule| chart.truth(rule) == Truth::False) else { return };
        self.wrong(column, self.messages().implausible(rule, self.context.items));
    }

    /// A chart that nobody read has no answers.
    fn no_answers(&mut self) -> BTreeMap<String, Answer> {
        let columns = self.columns;
        let filled: Vec<usize> = columns
            .asked()
            .map(|(_, column)| column)
            .filter(|column| !self.cell(*column).is_empty())
            .collect();
        match filled.as_slice() {
            [] => {}
            [column] => self.wrong(*column, self.messages().answer_without_chart()),
            all => {
                let names: Vec<&str> = all.iter().map(|column| columns.header(*column)).collect();
                let finding = self.messages().answers_without_chart(&names);
                // Several cells are told at the one that decides for all of them.
                self.wrong(columns.status(), finding);
            }
        }
        for column in filled.into_iter().filter(|column| holds_cpr(self.cell(*column))).collect::<Vec<_>>() {
            self.wrong(column, self.messages().cpr_in_text());
        }
        BTreeMap::new()
    }

    fn reviewer(&mut self) -> Option<String> {
        let column = self.columns.reviewer();
        let written = self.cell(column);
        if written.is_empty() {
            self.lack(column);
            return None;
        }
        if !is_name(written) {
            self.wrong(column, self.messages().not_initials(written));
            return None;
        }
        Some(written.to_owned())
    }

    fn date(&mut self, study_id: StudyId) -> Option<Date> {
        let column = self.columns.date();
        let written = self.cell(column);
        if written.is_empty() {
            self.lack(column);
            return None;
        }
        let cell: &EntryCell = self.row.cell(column);
        let read = read_day(cell, self.context.today, self.messages());
        let date = match self.context.month_first.trusted(read, column, cell, self.messages()) {
            Ok((date, odd)) => {
                self.note_odd(column, odd);
                date
            }
            Err(finding) => {
                self.wrong(column, *finding);
                return None;
            }
        };
        if (self.context.first_attendance)(study_id).is_some_and(|first| date < first) {
            self.wrong(column, self.messages().date_before_attendance(date));
        }
        Some(date)
    }

    fn comment(&mut self) -> String {
        let column = self.columns.comment();
        let written = self.cell(column);
        if holds_cpr(written) || self.row.is_uncomputed(column) {
            self.wrong(column, self.messages().cpr_in_comment());
        } else if written.chars().count() > LONGEST_TEXT {
            self.wrong(column, self.messages().text_too_long(LONGEST_TEXT));
        }
        written.to_owned()
    }
}

/// Whether the indicator was in force for the course.
pub(super) fn in_force(course: &SampledCourse, indicator: &str) -> bool {
    course.register.get(indicator).is_none_or(|entry| entry.in_force)
}
