//! From allocated numbers and selected candidates to courses with study ids.

use std::collections::BTreeMap;

use super::scan::Candidate;
use crate::digest;
use crate::draw::{RegisterEntry, SampledCourse, Selection, StudyId, deal_study_ids, has_second_reading};
use crate::protocol::{AllocationRule, Protocol, Role, Sampling, Seed};
use crate::store::KeyEntry;

/// How many of a stratum are in use and how many are drawn in all.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Allocated {
    pub(super) in_use: u64,
    pub(super) drawn: u64,
}

/// The weights of the allocation.
pub(super) fn weights(protocol: &Protocol, courses: &[u64]) -> Vec<u64> {
    match protocol.sampling.allocation {
        AllocationRule::Proportional => courses.to_vec(),
        AllocationRule::Equal => vec![1; courses.len()],
        AllocationRule::Fixed => {
            protocol.strata.in_study().map(|stratum| stratum.sample.unwrap_or(0)).collect()
        }
    }
}

pub(super) fn with_reserve(sampling: &Sampling, in_use: &[u64], courses: &[u64]) -> Vec<Allocated> {
    let drawn = |in_use: u64, courses: u64| (in_use + sampling.reserve.of_rounded_up(in_use)).min(courses);
    in_use
        .iter()
        .zip(courses)
        .map(|(&in_use, &courses)| Allocated { in_use, drawn: drawn(in_use, courses) })
        .collect()
}

/// Turns selected candidates into courses with study ids.
pub(super) struct Drawing<'d> {
    pub(super) protocol: &'d Protocol,
    pub(super) seed: &'d Seed,
    /// The largest number of a study id so far.
    pub(super) largest: u32,
    /// CPR number → the first drawn course of that person.
    pub(super) persons: BTreeMap<String, StudyId>,
}

impl Drawing<'_> {
    /// The courses of each stratum from the rank after `before` to `drawn`, with their lines of the key.
    pub(super) fn courses(
        &mut self,
        selections: Vec<Selection<Candidate>>,
        allocated: &[Allocated],
        before: &[u64],
    ) -> (Vec<SampledCourse>, Vec<KeyEntry>) {
        let count = allocated.iter().zip(before).map(|(stratum, before)| stratum.drawn - before).sum::<u64>()
            as usize;
        let mut ids = deal_study_ids(self.seed, self.largest, count).into_iter();
        let (mut courses, mut key) = (Vec::new(), Vec::new());
        let strata = self.protocol.strata.in_study().zip(selections).zip(allocated.iter().zip(before));
        for ((stratum, selection), (allocated, &before)) in strata {
            let ranked = (1..).zip(selection.into_ordered());
            let wanted = ranked.filter(|(rank, _)| (before + 1..=allocated.drawn).contains(rank));
            for ((rank, (_, candidate)), study_id) in wanted.zip(&mut ids) {
                let register = self.register(&candidate);
                let person = self.person(&candidate.key, study_id);
                key.push(KeyEntry {
                    study_id,
                    stratum: stratum.code.clone(),
                    rank,
                    record_key: candidate.key,
                });
                courses.push(SampledCourse {
                    study_id,
                    person,
                    stratum: stratum.code.clone(),
                    rank,
                    second_reviewer: has_second_reading(self.protocol.review.second_reviewer, rank),
                    age: candidate.age,
                    sex: candidate.sex,
                    period: candidate.period,
                    register,
                });
            }
        }
        (courses, key)
    }

    /// The course that stands for the person: the first one drawn with the same CPR number.
    fn person(&mut self, key: &str, study_id: StudyId) -> StudyId {
        match cpr_of(self.protocol, key) {
            Some(cpr) => *self.persons.entry(cpr.to_owned()).or_insert(study_id),
            None => study_id,
        }
    }

    fn register(&self, candidate: &Candidate) -> BTreeMap<String, RegisterEntry> {
        let indicators = self.protocol.assessable().map(|indicator| indicator.id.clone());
        let items = self.protocol.held_items().map(|(item, _)| item.id.clone());
        indicators.chain(items).zip(candidate.register.iter().cloned()).collect()
    }
}

/// The CPR number in a record key.
pub(super) fn cpr_of<'k>(protocol: &Protocol, key: &'k str) -> Option<&'k str> {
    let place = protocol.layout.key.iter().position(|role| *role == Role::Cpr)?;
    key.split('|').nth(place)
}

/// The digest of newly drawn courses, for the audit trail.
pub(super) fn canonical(courses: &[SampledCourse]) -> String {
    let lines: Vec<String> = courses.iter().map(SampledCourse::canonical).collect();
    digest::of_text(&lines.join("\n"))
}
