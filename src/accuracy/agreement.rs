//! How far two reviewers agree, before anything was settled.

use std::collections::{BTreeMap, BTreeSet};

use super::Evidence;
use super::weighted_agreement::{WeightedSummaries, weighted};
use crate::draw::StudyId;
use crate::protocol::Indicator;
use crate::review::{Answer, ChartStatus, Reading, Reviews};
use crate::stats::{AgreementTable, Coefficient, ConfidenceInterval, Proportion, Reason};

/// The agreement of two reviewers about one indicator: first complete answers, before corrections and adjudication.
#[derive(Debug, Clone, PartialEq)]
pub struct Agreement {
    /// The id of the indicator.
    pub indicator: String,
    /// Courses that both reviewers read.
    pub both_read: u64,
    /// Courses for which one reviewer found a chart and the other did not.
    pub found_by_one: u64,
    /// Over all answers: yes, no, not relevant, not documented.
    pub all_answers: Summary,
    /// Over yes and no alone.
    pub yes_no: Summary,
    /// Yes/yes, yes/no, no/yes, no/no.
    pub cells: [u64; 4],
    /// How many persons stand behind each count that is not 0, which may be fewer than courses.
    pub persons: Vec<u64>,
    /// The same weighted by the design, where the protocol asks for it.
    pub weighted: Option<WeightedSummaries>,
}

impl Agreement {
    /// Whether a count is too small to be shown.
    pub fn is_small(&self, min_cell: u64) -> bool {
        self.persons.iter().any(|persons| (1..min_cell).contains(persons))
    }
}

/// The two readings of one course.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Pair {
    BothRead,
    FoundByOne,
    Answers(Answer, Answer),
    /// The items of a reviewer tell nothing of the indicator: those read twice less those compared are such courses.
    Silent,
}

/// The coefficients of one table.
#[derive(Debug, Clone, PartialEq)]
pub struct Summary {
    /// Courses in the table.
    pub records: u64,
    /// How many of them have the same answer twice.
    pub raw: Proportion,
    /// The interval of raw agreement.
    pub raw_interval: Result<ConfidenceInterval, Reason>,
    /// Cohen's kappa.
    pub kappa: Coefficient,
    /// Prevalence- and bias-adjusted kappa.
    pub pabak: Coefficient,
    /// Gwet's AC1.
    pub ac1: Coefficient,
}

/// The agreement about each assessable indicator.
pub fn agreements(evidence: Evidence<'_>, reviews: &Reviews) -> Vec<Agreement> {
    evidence.protocol.assessable().map(|indicator| agreement(evidence, indicator, reviews)).collect()
}

fn agreement(evidence: Evidence<'_>, indicator: &Indicator, reviews: &Reviews) -> Agreement {
    let (pairs, persons) = counted_pairs(evidence, indicator, reviews);
    let of = |pair| pairs.get(&pair).copied().unwrap_or_default();
    let count = |one, other| of(Pair::Answers(one, other));
    let [yes, no] = [Answer::Yes, Answer::No];
    let cells = [count(yes, yes), count(yes, no), count(no, yes), count(no, no)];
    let rows: Vec<Vec<u64>> =
        Answer::ALL.map(|one| Answer::ALL.map(|other| count(one, other)).to_vec()).to_vec();
    let [a, b, c, d] = cells;
    let yes_no = AgreementTable::yes_no(a, b, c, d);
    Agreement {
        indicator: indicator.id.clone(),
        both_read: of(Pair::BothRead),
        found_by_one: of(Pair::FoundByOne),
        // Four answers are a square table of more than one category.
        all_answers: summary(&AgreementTable::new(&rows).unwrap_or_else(|_| yes_no.clone()), evidence),
        yes_no: summary(&yes_no, evidence),
        cells,
        persons,
        weighted: weighted(evidence, indicator, reviews),
    }
}

/// How many courses have each pair of readings, and how many persons stand behind each of these counts.
fn counted_pairs(
    evidence: Evidence<'_>,
    indicator: &Indicator,
    reviews: &Reviews,
) -> (BTreeMap<Pair, u64>, Vec<u64>) {
    let mut courses: BTreeMap<Pair, u64> = BTreeMap::new();
    let mut persons: BTreeMap<Pair, BTreeSet<StudyId>> = BTreeMap::new();
    for course in evidence.sample.in_use() {
        for pair in pairs_of(course.study_id, indicator, reviews) {
            *courses.entry(pair).or_default() += 1;
            persons.entry(pair).or_default().insert(course.person);
        }
    }
    (courses, persons.into_values().map(|persons| persons.len() as u64).collect())
}

/// What the two readings of a course come to.
pub(super) fn pairs_of(study_id: StudyId, indicator: &Indicator, reviews: &Reviews) -> Vec<Pair> {
    let first = |reading| reviews.first_version(study_id, reading);
    let (Some(one), Some(other)) = (first(Reading::First), first(Reading::Second)) else { return Vec::new() };
    match (one.status == ChartStatus::Found, other.status == ChartStatus::Found) {
        (false, false) => Vec::new(),
        (true, true) => {
            let answer = |review| reviews.answers(review).get(&indicator.id).copied();
            let answers = answer(one).zip(answer(other)).map(|(one, other)| Pair::Answers(one, other));
            vec![Pair::BothRead, answers.unwrap_or(Pair::Silent)]
        }
        _ => vec![Pair::FoundByOne],
    }
}

fn summary(table: &AgreementTable, evidence: Evidence<'_>) -> Summary {
    let analysis = &evidence.protocol.analysis;
    let raw = table.raw_agreement();
    Summary {
        records: table.records(),
        raw,
        raw_interval: raw.interval(analysis.interval, analysis.level),
        kappa: table.kappa(analysis.level),
        pabak: table.pabak(analysis.interval, analysis.level),
        ac1: table.ac1(analysis.level),
    }
}
