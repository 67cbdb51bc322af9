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
            (Some(only), None) | (None, Some(only)) => single(only),
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
                single(if first.status == ChartStatus::Found { first } else { second })
            }
            Some(Settled::Chart(status)) => Reference::NotRead(status),
            _ => Reference::Pending,
        }
    }

    fn answers(&self, first: &Review, second: &Review) -> BTreeMap<String, (Option<Answer>, Provenance)> {
        let ids = first.answers.keys().chain(second.answers.keys());
        ids.map(|id| (id.clone(), self.answer(id, first, second))).collect()
    }

    fn answer(&self, id: &str, first: &Review, second: &Review) -> (Option<Answer>, Provenance) {
        let (one, other) = (first.answers.get(id), second.answers.get(id));
        if one == other {
            return (one.copied(), Provenance::Agreed);
        }
        match self.settlement(first.study_id, DisagreementSubject::Indicator(id.to_owned())) {
            Some(Settled::Answer(answer)) => (Some(answer), Provenance::Adjudicated),
            _ => (None, Provenance::Unsettled),
        }
    }

    fn settlement(&self, study_id: StudyId, subject: DisagreementSubject) -> Option<Settled> {
        self.settled.get(&(study_id, subject)).map(|adjudication| adjudication.settled)
    }
}

fn single(review: &Review) -> Reference {
    match review.status {
        ChartStatus::Found => Reference::Read(
            review
                .answers
                .iter()
                .map(|(id, answer)| (id.clone(), (Some(*answer), Provenance::Single)))
                .collect(),
        ),
        status => Reference::NotRead(status),
    }
}
