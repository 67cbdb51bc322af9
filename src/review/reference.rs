//! The reference standard: what the charts say after all corrections and adjudications.

use std::collections::BTreeMap;

use super::disagreement::in_force;
use super::{
    Adjudication, Answer, ChartStatus, Disagreement, DisagreementSubject, Reading, Review, Reviews, Settled,
};
use crate::draw::{Sample, SampledCourse, StudyId};

/// How an answer came about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Provenance {
    /// One reviewer read the chart.
    Single,
    /// Two did, and agree.
    Agreed,
    /// Two did, and a third settled it.
    Adjudicated,
    /// Two did, and nobody has settled it yet.
    Unsettled,
}

impl Provenance {
    /// The stable word for files.
    pub fn name(self) -> &'static str {
        match self {
            Provenance::Single => "single",
            Provenance::Agreed => "agreed",
            Provenance::Adjudicated => "adjudicated",
            Provenance::Unsettled => "unsettled",
        }
    }
}

/// What is known of one course.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reference {
    /// Nobody has read the chart, or two readers differ on whether there is one.
    Pending,
    /// There was no chart to read.
    NotRead(ChartStatus),
    /// The chart was read. An answer is `None` where two readers differ and nobody has settled it.
    Read(BTreeMap<String, (Option<Answer>, Provenance)>),
}

/// The reference standard of the whole sample.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReferenceStandard {
    /// Each course in use, with what is known of it.
    pub courses: BTreeMap<StudyId, Reference>,
    /// Courses that nobody has reviewed.
    pub pending: Vec<StudyId>,
    /// Courses whose second review is still to come.
    pub pending_second: Vec<StudyId>,
    /// Disagreements that nobody has settled.
    pub unsettled: Vec<Disagreement>,
}

impl ReferenceStandard {
    /// Whether everything is reviewed and settled.
    pub fn is_final(&self) -> bool {
        self.pending.is_empty() && self.pending_second.is_empty() && self.unsettled.is_empty()
    }
}

/// Resolves all reviews and adjudications of a sample.
pub fn resolve(
    sample: &Sample,
    reviews: &Reviews,
    disagreements: &[Disagreement],
    adjudications: &[Adjudication],
) -> ReferenceStandard {
    let settled = in_force(adjudications, disagreements);
    let unsettled = disagreements
        .iter()
        .filter(|one| !settled.contains_key(&(one.study_id, one.subject.clone())))
        .cloned()
        .collect();
    let resolver = Resolver { reviews, settled };
    let missing = |course: &&SampledCourse, reading| reviews.latest(course.study_id, reading).is_none();
    let ids = |wanted: &dyn Fn(&&SampledCourse) -> bool| {
        sample.in_use().filter(wanted).map(|course| course.study_id).collect::<Vec<_>>()
    };
    ReferenceStandard {
        courses: sample
            .in_use()
            .map(|course| (course.study_id, resolver.reference(course.study_id)))
            .collect(),
        pending: ids(&|course| missing(course, Reading::First)),
        pending_second: ids(&|course| course.second_reviewer && missing(course, Reading::Second)),
        unsettled,
    }
}

struct Resolver<'r> {
    reviews: &'r Reviews,
    settled: BTreeMap<(StudyId, DisagreementSubject), &'r Adjudication>,
}

impl Resolver<'_> {
    fn reference(&self, study_id: StudyId) -> Reference {
        let latest = |reading| self.reviews.latest(study_id, reading);
        match (latest(Reading::First), latest(Reading::Second)) {
            (None, None) => Reference::Pending,
            (Some(only), None) | (None, Some(only)) => self.single(only),
            (Some(first), Some(second)) => self.both(first, second),
        }
    }

    fn both(&self, first: &Review, second: &Review) -> Reference {
        if first.status == second.status {
            return match first.status {
                ChartStatus::Found => Reference::Read(self.answers(first, second)),
                status => Reference::NotRead(status),
            };
        }
        match self.settlement(first.study_id, DisagreementSubject::Chart) {
            Some(Settled::Chart(ChartStatus::Found)) => {
                self.single(if first.status == ChartStatus::Found { first } else { second })
            }
            Some(Settled::Chart(status)) => Reference::NotRead(status),
            _ => Reference::Pending,
        }
    }

    fn answers(&self, first: &Review, second: &Review) -> BTreeMap<String, (Option<Answer>, Provenance)> {
        let (one, other) = (self.reviews.answers(first), self.reviews.answers(second));
        let conflict = |id: &str| self.is_in_conflict(first, id) || self.is_in_conflict(second, id);
        let answer = |id: &String| match one.get(id) == other.get(id) && !conflict(id) {
            true => (one.get(id).copied(), Provenance::Agreed),
            false => self.settled(first.study_id, id),
        };
        one.keys().chain(other.keys()).map(|id| (id.clone(), answer(id))).collect()
    }

    /// The answers of the only reading. Where another answer was entered than follows from the items, somebody must settle it.
    fn single(&self, review: &Review) -> Reference {
        if review.status != ChartStatus::Found {
            return Reference::NotRead(review.status);
        }
        let answer = |(id, answer): (String, Answer)| match self.is_in_conflict(review, &id) {
            true => (id.clone(), self.settled(review.study_id, &id)),
            false => (id, (Some(answer), Provenance::Single)),
        };
        Reference::Read(self.reviews.answers(review).into_iter().map(answer).collect())
    }

    fn is_in_conflict(&self, review: &Review, id: &str) -> bool {
        self.reviews.entered_otherwise(review, id).is_some()
    }

    fn settled(&self, study_id: StudyId, id: &str) -> (Option<Answer>, Provenance) {
        match self.settlement(study_id, DisagreementSubject::Indicator(id.to_owned())) {
            Some(Settled::Answer(answer)) => (Some(answer), Provenance::Adjudicated),
            _ => (None, Provenance::Unsettled),
        }
    }

    fn settlement(&self, study_id: StudyId, subject: DisagreementSubject) -> Option<Settled> {
        self.settled.get(&(study_id, subject)).map(|adjudication| adjudication.settled)
    }
}
