//! How far two reviewers agree, before anything was settled.

use std::collections::BTreeMap;

use super::Evidence;
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
    let mut pairs: BTreeMap<(Answer, Answer), u64> = BTreeMap::new();
    let (mut both_read, mut found_by_one) = (0, 0);
    for course in evidence.sample.in_use() {
        let first = |reading| reviews.first_version(course.study_id, reading);
        let (Some(one), Some(other)) = (first(Reading::First), first(Reading::Second)) else { continue };
        match (one.status == ChartStatus::Found, other.status == ChartStatus::Found) {
            (true, true) => both_read += 1,
            (false, false) => continue,
            _ => {
                found_by_one += 1;
                continue;
            }
        }
        let answers = one.answers.get(&indicator.id).zip(other.answers.get(&indicator.id));
        if let Some((one, other)) = answers {
            *pairs.entry((*one, *other)).or_default() += 1;
        }
    }
    let count = |one, other| pairs.get(&(one, other)).copied().unwrap_or_default();
    let [yes, no] = [Answer::Yes, Answer::No];
    let cells = [count(yes, yes), count(yes, no), count(no, yes), count(no, no)];
    let rows: Vec<Vec<u64>> =
        Answer::ALL.map(|one| Answer::ALL.map(|other| count(one, other)).to_vec()).to_vec();
    let [a, b, c, d] = cells;
    let yes_no = AgreementTable::yes_no(a, b, c, d);
    Agreement {
        indicator: indicator.id.clone(),
        both_read,
        found_by_one,
        // Four answers are a square table of more than one category.
        all_answers: summary(&AgreementTable::new(&rows).unwrap_or_else(|_| yes_no.clone()), evidence),
        yes_no: summary(&yes_no, evidence),
        cells,
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
