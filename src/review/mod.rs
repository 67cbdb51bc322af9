//! Stage 6: what the charts say: forms, answers, checks, second reviewers, adjudication → the reference standard.

mod answer;
mod chart_items;
mod disagreement;
mod entry;
mod form;
mod guide;
mod import;
mod reference;

pub use answer::{Answer, ChartStatus};
pub use chart_items::{ChartItems, ItemAnswer, ItemAnswers, Truth};
pub use disagreement::{Adjudication, Disagreement, DisagreementSubject, Settled, disagreements};
pub use entry::{EntryContext, FormEntry, RowReading, is_name, is_same_person, read_entry, shortened};
pub use form::{FormColumns, form_header, indicator_header};
pub use guide::guide;
pub use import::{Difference, Import, before_draw, compare, emptied_row};
pub use reference::{Provenance, Reference, ReferenceStandard, resolve};

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::draw::StudyId;

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
    /// The answers, by indicator; empty unless the chart was found.
    pub answers: BTreeMap<String, Answer>,
    /// A free remark; never shown in messages or results.
    pub comment: String,
}

/// All stored versions of all reviews, each list in the order in which they were stored.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Reviews {
    versions: BTreeMap<(StudyId, Reading), Vec<Review>>,
}

impl Reviews {
    /// Adds a version.
    pub fn add(&mut self, review: Review) {
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
        let line = (
            self.study_id.to_string(),
            self.reading.number(),
            self.status.name(),
            &self.reviewer,
            self.date.to_string(),
            answers,
            &self.comment,
        );
        // A tuple of plain data always has a JSON text.
        serde_json::to_string(&line).unwrap_or_default()
    }
}
