//! `hkm status`: how far the review has come.

use std::collections::{BTreeMap, BTreeSet};

use super::corrections::{Correction, corrections};
use super::{ResultsStanding, Study};
use crate::draw::{Sample, SampledCourse, StudyId};
use crate::error::Result;
use crate::protocol::Protocol;
use crate::review::{
    ChartStatus, Disagreement, Reading, Reference, ReferenceStandard, Reviews, disagreements, resolve,
};
use crate::store::{AuditEntry, KeyAccess, Replacement, Store};

/// How far the review has come.
#[derive(Debug, Clone, PartialEq)]
pub struct StatusReport {
    /// Each stratum, in the order of codes.
    pub strata: Vec<StratumStatus>,
    /// Reviewer → how many first and second reviews.
    pub reviewers: BTreeMap<String, (u64, u64)>,
    /// Courses without a review.
    pub pending: Vec<StudyId>,
    /// Courses whose second review is still to come.
    pub pending_second: Vec<StudyId>,
    /// Disagreements that nobody has settled.
    pub unsettled: Vec<Disagreement>,
    /// Courses without a chart that no reserve has replaced.
    pub replaceable: Vec<StudyId>,
    /// What `results/` rests on, where there are results.
    pub results: Option<ResultsStanding>,
    /// The last file that came in, and its moment, UTC.
    pub last_import: Option<(String, String)>,
    /// Everything that was done.
    pub log: Vec<AuditEntry>,
    /// Everything that was recorded otherwise than before, or settled.
    pub corrections: Vec<Correction>,
}

/// How far one stratum has come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StratumStatus {
    /// `751 Aarhus`.
    pub label: String,
    /// Courses to be reviewed.
    pub in_use: u64,
    /// Reviewed, found or not.
    pub reviewed: u64,
    /// Found and read.
    pub found: u64,
    /// Second reviews to be done.
    pub second: u64,
    /// Second reviews done.
    pub second_done: u64,
    /// Reserves left.
    pub reserve: u64,
    /// The moment of the last import with one of its reviews, UTC.
    pub last_import: Option<String>,
}

/// Everything that the store holds of a review.
pub(super) struct ReviewState {
    pub(super) sample: Sample,
    pub(super) reviews: Reviews,
    pub(super) reference: ReferenceStandard,
    pub(super) replacements: Vec<Replacement>,
    pub(super) disagreements: Vec<Disagreement>,
}

impl ReviewState {
    /// Reads it as it was after an audit entry.
    pub(super) fn read(store: &Store, protocol: &Protocol, until: i64) -> Result<Self> {
        let sample = store.sample_as_of(until)?;
        let reviews = store.reviews(protocol, until)?;
        let disagreements = disagreements(&sample, &reviews);
        let reference = resolve(&sample, &reviews, &disagreements, &store.adjudications(until)?);
        Ok(ReviewState { sample, reviews, reference, replacements: store.replacements()?, disagreements })
    }

    /// Courses without a chart that no reserve has replaced, in the order of strata and ranks. Where two reviewers differ on
    /// whether there is a chart, nothing is replaced before that is settled.
    pub(super) fn replaceable(&self) -> Vec<StudyId> {
        let replaced: BTreeSet<StudyId> = self.replacements.iter().map(|one| one.study_id).collect();
        let without_chart = |course: &&SampledCourse| {
            let known = self.reference.courses.get(&course.study_id);
            matches!(known, Some(Reference::NotRead(_))) && !replaced.contains(&course.study_id)
        };
        self.sample.in_use().filter(without_chart).map(|course| course.study_id).collect()
    }
}

/// Looks how far the review has come.
///
/// # Errors
/// When nothing is drawn, or the database cannot be read.
pub fn status(study: &Study) -> Result<StatusReport> {
    let store = Store::open_drawn(&study.folder, KeyAccess::Closed)?;
    let state = ReviewState::read(&store, &study.protocol, i64::MAX)?;
    let log = store.audit_trail()?;
    Ok(StatusReport {
        results: ResultsStanding::read(&study.folder, &log),
        strata: strata(&state, &store.last_imports()?),
        last_import: store.last_import()?,
        reviewers: reviewers(&state.reviews),
        replaceable: state.replaceable(),
        pending: state.reference.pending,
        pending_second: state.reference.pending_second,
        unsettled: state.reference.unsettled,
        corrections: corrections(&store, &log)?,
        log,
    })
}

fn strata(state: &ReviewState, last_imports: &BTreeMap<String, String>) -> Vec<StratumStatus> {
    let count = |code: &str, wanted: &dyn Fn(&SampledCourse) -> bool| {
        state.sample.in_use().filter(|course| course.stratum == code && wanted(course)).count() as u64
    };
    let reviewed = |course: &SampledCourse, reading| state.reviews.latest(course.study_id, reading);
    let found = |course: &SampledCourse| {
        reviewed(course, Reading::First).is_some_and(|review| review.status == ChartStatus::Found)
    };
    let of = |stratum: &crate::draw::SampledStratum| StratumStatus {
        label: stratum.label(),
        in_use: stratum.in_use,
        reviewed: count(&stratum.code, &|course| reviewed(course, Reading::First).is_some()),
        found: count(&stratum.code, &found),
        second: count(&stratum.code, &|course| course.second_reviewer),
        second_done: count(&stratum.code, &|course| reviewed(course, Reading::Second).is_some()),
        reserve: stratum.reserve(),
        last_import: last_imports.get(&stratum.code).cloned(),
    };
    state.sample.strata.iter().map(of).collect()
}

/// Reviewer → how many first and second reviews.
pub(super) fn reviewers(reviews: &Reviews) -> BTreeMap<String, (u64, u64)> {
    let mut counts: BTreeMap<String, (u64, u64)> = BTreeMap::new();
    for review in reviews.all_latest() {
        let count = counts.entry(reviews.reviewer(&review.reviewer)).or_default();
        match review.reading {
            Reading::First => count.0 += 1,
            Reading::Second => count.1 += 1,
        }
    }
    counts
}
