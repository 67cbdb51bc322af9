//! The agreement of two reviewers, weighted by the design: each stratum's double readings stand for its frame.

use std::collections::BTreeMap;

use super::Evidence;
use super::agreement::{Pair, pairs_of};
use crate::protocol::Indicator;
use crate::review::{Answer, Reviews};
use crate::stats::{AgreementStratum, AgreementTable, WeightedAgreement, weighted_agreement};

/// Design-weighted coefficients of one indicator.
#[derive(Debug, Clone, PartialEq)]
pub struct WeightedSummaries {
    /// Over all answers.
    pub all_answers: WeightedAgreement,
    /// Over yes and no alone.
    pub yes_no: WeightedAgreement,
}

/// `None` unless the protocol asks for it, and where the counts contradict the frame.
pub(super) fn weighted(
    evidence: Evidence<'_>,
    indicator: &Indicator,
    reviews: &Reviews,
) -> Option<WeightedSummaries> {
    let analysis = &evidence.protocol.analysis;
    if !analysis.weighted_agreement {
        return None;
    }
    let options = analysis.weighted_options();
    let counts = counts(evidence, indicator, reviews);
    let over = |answers: &[Answer]| {
        let stratum = |stratum: &crate::draw::SampledStratum| {
            let read = counts.get(stratum.code.as_str()).cloned().unwrap_or_default();
            read.stratum(stratum.frame, answers)
        };
        let strata: Option<Vec<AgreementStratum>> = evidence.sample.strata.iter().map(stratum).collect();
        weighted_agreement(&strata?, &options).ok()
    };
    Some(WeightedSummaries { all_answers: over(&Answer::ALL)?, yes_no: over(&[Answer::Yes, Answer::No])? })
}

/// The double readings of a stratum.
#[derive(Debug, Clone, Default)]
struct DoubleRead {
    both: u64,
    answers: BTreeMap<(Answer, Answer), u64>,
}

impl DoubleRead {
    /// The table of some answers; readings with other answers stay in m.
    fn stratum(&self, population: u64, answers: &[Answer]) -> Option<AgreementStratum> {
        let count = |one: Answer, other| self.answers.get(&(one, other)).copied().unwrap_or_default();
        let row = |one: &Answer| answers.iter().map(|other| count(*one, *other)).collect();
        let rows: Vec<Vec<u64>> = answers.iter().map(row).collect();
        let table = AgreementTable::new(&rows).ok()?;
        Some(AgreementStratum { population, double_read: self.both, table })
    }
}

fn counts<'e>(
    evidence: Evidence<'e>,
    indicator: &Indicator,
    reviews: &Reviews,
) -> BTreeMap<&'e str, DoubleRead> {
    let mut counts: BTreeMap<&str, DoubleRead> = BTreeMap::new();
    for course in evidence.sample.in_use() {
        for pair in pairs_of(course.study_id, indicator, reviews) {
            let stratum = counts.entry(course.stratum.as_str()).or_default();
            match pair {
                Pair::BothRead => stratum.both += 1,
                Pair::Answers(one, other) => *stratum.answers.entry((one, other)).or_default() += 1,
                Pair::FoundByOne | Pair::Silent => {}
            }
        }
    }
    counts
}
