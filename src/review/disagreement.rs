//! Two independent readings that differ, and how the difference was settled.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use super::{Answer, ChartStatus, Reading, Review, Reviews};
use crate::draw::{Sample, StudyId};

/// What the two readings differ about.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum DisagreementSubject {
    /// Whether the chart was found.
    Chart,
    /// An indicator, by its id.
    Indicator(String),
}

impl DisagreementSubject {
    /// `chart` or the id of the indicator.
    pub fn name(&self) -> &str {
        match self {
            DisagreementSubject::Chart => "chart",
            DisagreementSubject::Indicator(id) => id,
        }
    }
}

/// The two readings of one chart differ.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Disagreement {
    /// Which course.
    pub study_id: StudyId,
    /// About what.
    pub subject: DisagreementSubject,
    /// The stable word of the first reading.
    pub first: &'static str,
    /// The stable word of the second.
    pub second: &'static str,
}

/// The answer that was settled on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Settled {
    /// The chart's status.
    Chart(ChartStatus),
    /// An indicator's answer.
    Answer(Answer),
}

impl Settled {
    /// Its stable word.
    pub fn name(self) -> &'static str {
        match self {
            Settled::Chart(status) => status.name(),
            Settled::Answer(answer) => answer.name(),
        }
    }

    /// Reads a word as an answer about this subject.
    pub fn read(subject: &DisagreementSubject, text: &str) -> Option<Self> {
        match subject {
            DisagreementSubject::Chart => ChartStatus::read(text).map(Settled::Chart),
            DisagreementSubject::Indicator(_) => Answer::read(text).map(Settled::Answer),
        }
    }
}

/// A settled disagreement. It holds only as long as both readings say what they said when it was settled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Adjudication {
    /// What was settled.
    pub disagreement: Disagreement,
    /// How.
    pub settled: Settled,
    /// By whom.
    pub adjudicator: String,
    /// When.
    pub date: Date,
}

/// All disagreements of the sample, settled or not, in the order of study ids.
pub fn disagreements(sample: &Sample, reviews: &Reviews) -> Vec<Disagreement> {
    let mut ids: Vec<StudyId> = sample.in_use().map(|course| course.study_id).collect();
    ids.sort();
    ids.into_iter().flat_map(|study_id| between(study_id, reviews)).collect()
}

fn between(study_id: StudyId, reviews: &Reviews) -> Vec<Disagreement> {
    let latest = |reading| reviews.latest(study_id, reading);
    let (Some(first), Some(second)) = (latest(Reading::First), latest(Reading::Second)) else {
        return Vec::new();
    };
    if first.status != second.status {
        let (first, second) = (first.status.name(), second.status.name());
        return vec![Disagreement { study_id, subject: DisagreementSubject::Chart, first, second }];
    }
    differing_answers(first, second)
}

fn differing_answers(first: &Review, second: &Review) -> Vec<Disagreement> {
    let ids: BTreeSet<&String> = first.answers.keys().chain(second.answers.keys()).collect();
    let word = |review: &Review, id: &String| review.answers.get(id).map_or("", |answer| answer.name());
    ids.into_iter()
        .filter(|id| first.answers.get(*id) != second.answers.get(*id))
        .map(|id| Disagreement {
            study_id: first.study_id,
            subject: DisagreementSubject::Indicator(id.clone()),
            first: word(first, id),
            second: word(second, id),
        })
        .collect()
}

/// The adjudications that still hold: the latest of each disagreement.
pub(super) fn in_force<'a>(
    adjudications: &'a [Adjudication],
    disagreements: &[Disagreement],
) -> BTreeMap<(StudyId, DisagreementSubject), &'a Adjudication> {
    let holds = |adjudication: &&Adjudication| disagreements.contains(&adjudication.disagreement);
    let key = |one: &Adjudication| (one.disagreement.study_id, one.disagreement.subject.clone());
    adjudications.iter().filter(holds).map(|one| (key(one), one)).collect()
}

impl Adjudication {
    /// One line that holds everything of the adjudication, for digests.
    pub fn canonical(&self) -> String {
        let about = &self.disagreement;
        let line = (
            about.study_id.to_string(),
            about.subject.name(),
            about.first,
            about.second,
            self.settled.name(),
            &self.adjudicator,
            self.date.to_string(),
        );
        // A tuple of plain data always has a JSON text.
        serde_json::to_string(&line).unwrap_or_default()
    }
}
