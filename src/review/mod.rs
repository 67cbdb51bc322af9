//! Stage 6: what the charts say: forms, answers, checks, second reviewers, adjudication → the reference standard.

mod answer;
mod book;
mod chart_items;
mod disagreement;
mod entry;
mod entry_row;
mod form;
mod guide;
mod import;
mod item_cell;
mod item_reference;
mod messages;
mod month_first;
mod person_name;
mod redcap;
mod redcap_export;
mod reference;
mod stamp;
mod unasked;

pub use answer::{Answer, ChartStatus};
pub use book::{
    ADJUDICATION_HEADERS, Book, Cell, Check, Colour, ColourRule, EntryFormat, Note, Page, Sheet, SheetRow,
    Style, Takes, adjudication_book, adjudication_cells, adjudication_header, disagreement_cells,
    look_up_book, review_book, subject_word,
};
pub use chart_items::{ChartItems, ItemAnswer, ItemAnswers, Truth};
pub use disagreement::{
    Adjudication, Disagreement, DisagreementSubject, Settled, disagreements, some_settled_by_reader,
};
pub use entry::{EntryContext, FormEntry, RowReading, read_entry};
pub use entry_row::{EntryCell, EntryRow, EntryTable, StoredAs};
pub use form::{
    FormColumns, Question, asked_text, cell_header, form_header, indicator_header, is_id_header, questions,
};
pub use guide::guide;
pub use import::{Difference, Import, before_draw, compare, differences};
pub use item_cell::{Read as ReadCell, read_day};
pub use messages::Messages;
pub use month_first::MonthFirst;
pub use person_name::{is_name, is_same_person};
pub use redcap::{DICTIONARY_HEADER, IMPORT_HEADER, dictionary, moved_records, record as redcap_record};
pub use redcap_export::{ExportedForm, forms_of_export};
pub use reference::{Provenance, Reference, ReferenceStandard, resolve};
pub use stamp::{FormKind, FormStamp};
pub use unasked::{Unasked, unasked};

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::draw::StudyId;
use crate::protocol::{Derivation, Indicator, Item, Protocol};

/// Which of the independent readings of a chart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reading {
    /// Every chart has one.
    First,
    /// A share of the charts has another.
    Second,
}

impl Reading {
    /// 1 or 2.
    pub fn number(self) -> i64 {
        match self {
            Reading::First => 1,
            Reading::Second => 2,
        }
    }
}

/// One complete review of one chart, as somebody entered it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Review {
    /// Which course.
    pub study_id: StudyId,
    /// Which reading.
    pub reading: Reading,
    /// Whether there was a chart to read.
    pub status: ChartStatus,
    /// Who read it: initials.
    pub reviewer: String,
    /// When.
    pub date: Date,
    /// The answers that were entered, by indicator; empty unless the chart was found.
    pub answers: BTreeMap<String, Answer>,
    /// The raw items, by id; empty unless the chart was found.
    pub items: ItemAnswers,
    /// A free remark; never shown in messages or results.
    pub comment: String,
}

/// All stored versions of all reviews, each list in the order in which they were stored, and the codebook by which they are read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Reviews {
    versions: BTreeMap<(StudyId, Reading), Vec<Review>>,
    /// Who reviewed: the letters of their initials, and how these were written first.
    reviewers: BTreeMap<String, String>,
    items: Vec<Item>,
    derivations: Vec<(String, Derivation)>,
}

impl Reviews {
    /// No reviews yet, to be read by this codebook.
    pub fn by(protocol: &Protocol) -> Self {
        let derived = |one: &Indicator| one.derived.clone().map(|derived| (one.id.clone(), derived));
        let derivations = protocol.assessable().filter_map(derived).collect();
        Reviews { items: protocol.items.clone(), derivations, ..Reviews::default() }
    }

    /// What a review says of each indicator: the derived answer where the codebook derives it, else the one entered. A review without
    /// any of the items that a derivation needs says nothing of it, unless all of them may be left empty.
    pub fn answers(&self, review: &Review) -> BTreeMap<String, Answer> {
        let mut answers = review.answers.clone();
        for (id, derivation) in &self.derivations {
            match self.derived(review, derivation) {
                Some(answer) => answers.insert(id.clone(), answer),
                None => answers.remove(id),
            };
        }
        answers
    }

    /// The answer that was entered beside another one that is derived.
    pub fn entered_otherwise(&self, review: &Review, indicator: &str) -> Option<Answer> {
        let (_, derivation) = self.derivations.iter().find(|(id, _)| id == indicator)?;
        let derived = self.derived(review, derivation)?;
        review.answers.get(indicator).copied().filter(|entered| *entered != derived)
    }

    fn derived(&self, review: &Review, derivation: &Derivation) -> Option<Answer> {
        let chart = self.chart(review);
        let is_known = derivation.items().any(|item| review.items.contains_key(item));
        let may_be_empty = |id: &str| {
            let item = self.items.iter().find(|item| item.id == id);
            item.is_some_and(|item| !item.required || !chart.is_asked(item))
        };
        (is_known || derivation.items().all(may_be_empty)).then(|| chart.derived(derivation))
    }

    /// Whether a review must answer what a cell asks: an item may no longer be asked for after another answer was corrected.
    pub(crate) fn is_asked(&self, review: &Review, cell: &str) -> bool {
        let item = self.items.iter().find(|item| item.id == cell);
        item.is_none_or(|item| self.chart(review).is_asked(item))
    }

    fn chart<'c>(&'c self, review: &'c Review) -> ChartItems<'c> {
        ChartItems { codebook: &self.items, answers: &review.items, first_attendance: None }
    }

    /// Adds a version.
    pub fn add(&mut self, review: Review) {
        self.reviewers
            .entry(person_name::letters(&review.reviewer))
            .or_insert_with(|| review.reviewer.clone());
        self.versions.entry((review.study_id, review.reading)).or_default().push(review);
    }

    /// The first complete review of a reading: what the reviewers' agreement is about.
    pub fn first_version(&self, study_id: StudyId, reading: Reading) -> Option<&Review> {
        self.versions.get(&(study_id, reading))?.first()
    }

    /// The review of a reading as it stands now, corrections included.
    pub fn latest(&self, study_id: StudyId, reading: Reading) -> Option<&Review> {
        self.versions.get(&(study_id, reading))?.last()
    }

    /// Whether a review was stored once, word for word, and corrected since.
    pub fn was_corrected(&self, review: &Review) -> bool {
        let versions = self.versions.get(&(review.study_id, review.reading)).map(Vec::as_slice);
        let Some([earlier @ .., latest]) = versions else { return false };
        latest != review && earlier.contains(review)
    }

    /// A reviewer as the initials were written first: `AB` for `ab` and `A.B.`, which are the same person.
    pub fn reviewer(&self, written: &str) -> String {
        self.reviewers.get(&person_name::letters(written)).map_or(written, String::as_str).to_owned()
    }

    /// Whether nothing is reviewed yet.
    pub fn is_empty(&self) -> bool {
        self.versions.is_empty()
    }

    /// Every review as it stands now.
    pub fn all_latest(&self) -> impl Iterator<Item = &Review> {
        self.versions.values().filter_map(|versions| versions.last())
    }
}

impl Review {
    /// One line that holds everything of the review, for digests.
    pub fn canonical(&self) -> String {
        let answers: Vec<(&str, &str)> =
            self.answers.iter().map(|(id, answer)| (id.as_str(), answer.name())).collect();
        let items: Vec<(&str, (&str, String))> =
            self.items.iter().map(|(id, answer)| (id.as_str(), answer.stored())).collect();
        let line = (
            self.study_id.to_string(),
            self.reading.number(),
            self.status.name(),
            &self.reviewer,
            self.date.to_string(),
            answers,
            items,
            &self.comment,
        );
        // A tuple of plain data always has a JSON text.
        serde_json::to_string(&line).unwrap_or_default()
    }
}
