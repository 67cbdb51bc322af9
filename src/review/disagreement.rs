//! Readings that differ, and how the difference was settled: two independent readings of a chart, or within one of them the answer that
//! was entered and the one that follows from the items.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use super::{Answer, ChartStatus, Reading, Review, Reviews, is_same_person};
use crate::draw::{Sample, StudyId};
use crate::protocol::Language;

/// What the readings differ about.
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

/// The readings of one chart differ, or one of them differs from what follows from its own items.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Disagreement {
    /// Which course.
    pub study_id: StudyId,
    /// About what.
    pub subject: DisagreementSubject,
    /// What the first reading says: a stable word, and where another answer was entered than follows from the items, `yes, entered no`.
    pub first: String,
    /// What the second says; empty where there is none.
    pub second: String,
}

/// What stands between the derived answer and another one that was entered.
const ENTERED: &str = ", entered ";

impl Disagreement {
    /// What one of the readings says, in the words of the forms.
    pub fn in_words(&self, reading: Reading, language: Language) -> String {
        let said = match reading {
            Reading::First => &self.first,
            Reading::Second => &self.second,
        };
        let (derived, entered) = match language {
            Language::Da => ("beregnet", "indtastet"),
            Language::En => ("derived", "entered"),
        };
        let word = |stable: &str| match Settled::read(&self.subject, stable) {
            Some(Settled::Chart(status)) => status.word(language),
            Some(Settled::Answer(answer)) => answer.word(language),
            None => "",
        };
        match said.split_once(ENTERED) {
            Some((one, other)) => format!("{} ({derived}), {} ({entered})", word(one), word(other)),
            None => word(said).to_owned(),
        }
    }

    /// Whether a stored text is what a reading can say.
    pub fn is_position(text: &str) -> bool {
        let is_word = |word: &str| Answer::ALL.iter().any(|answer| answer.name() == word);
        let is_status = ChartStatus::ALL.iter().any(|status| status.name() == text);
        let is_answer = match text.split_once(ENTERED) {
            Some((one, other)) => is_word(one) && is_word(other),
            None => is_word(text),
        };
        text.is_empty() || is_status || is_answer
    }
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

impl Adjudication {
    /// Whether one of the two readers settled it.
    pub fn is_by_reader(&self, reviews: &Reviews) -> bool {
        let readings = [Reading::First, Reading::Second].into_iter();
        let mut read = readings.filter_map(|reading| reviews.latest(self.disagreement.study_id, reading));
        read.any(|review| is_same_person(&review.reviewer, &self.adjudicator))
    }
}

/// Whether one of the two readers settled a disagreement that is settled so still.
pub fn some_settled_by_reader(
    adjudications: &[Adjudication],
    disagreements: &[Disagreement],
    reviews: &Reviews,
) -> bool {
    in_force(adjudications, disagreements).values().any(|one| one.is_by_reader(reviews))
}

/// All disagreements of the sample, settled or not, in the order of study ids.
pub fn disagreements(sample: &Sample, reviews: &Reviews) -> Vec<Disagreement> {
    let mut ids: Vec<StudyId> = sample.in_use().map(|course| course.study_id).collect();
    ids.sort();
    ids.into_iter().flat_map(|study_id| between(study_id, reviews)).collect()
}

fn between(study_id: StudyId, reviews: &Reviews) -> Vec<Disagreement> {
    let latest = |reading| reviews.latest(study_id, reading);
    let (first, second) = (latest(Reading::First), latest(Reading::Second));
    if let (Some(first), Some(second)) = (first, second)
        && first.status != second.status
    {
        let (first, second) = (first.status.name().to_owned(), second.status.name().to_owned());
        return vec![Disagreement { study_id, subject: DisagreementSubject::Chart, first, second }];
    }
    differing_answers(
        study_id,
        first.map(|one| positions(one, reviews)),
        second.map(|one| positions(one, reviews)),
    )
}

/// What a review says of each indicator.
type Positions = BTreeMap<String, String>;

fn positions(review: &Review, reviews: &Reviews) -> Positions {
    let said = |(id, answer): (String, Answer)| {
        let said = match reviews.entered_otherwise(review, &id) {
            Some(entered) => format!("{}{ENTERED}{}", answer.name(), entered.name()),
            None => answer.name().to_owned(),
        };
        (id, said)
    };
    reviews.answers(review).into_iter().map(said).collect()
}

/// Readings that say different things, or one that says two.
fn differing_answers(
    study_id: StudyId,
    first: Option<Positions>,
    second: Option<Positions>,
) -> Vec<Disagreement> {
    let both = first.is_some() && second.is_some();
    let (first, second) = (first.unwrap_or_default(), second.unwrap_or_default());
    let ids: BTreeSet<&String> = first.keys().chain(second.keys()).collect();
    let said = |positions: &Positions, id: &String| positions.get(id).cloned().unwrap_or_default();
    let differing = |id: &&String| {
        let (one, other) = (said(&first, id), said(&second, id));
        one.contains(ENTERED) || other.contains(ENTERED) || (both && one != other)
    };
    ids.into_iter()
        .filter(differing)
        .map(|id| Disagreement {
            study_id,
            subject: DisagreementSubject::Indicator(id.clone()),
            first: said(&first, id),
            second: said(&second, id),
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
            &about.first,
            &about.second,
            self.settled.name(),
            &self.adjudicator,
            self.date.to_string(),
        );
        // A tuple of plain data always has a JSON text.
        serde_json::to_string(&line).unwrap_or_default()
    }
}
