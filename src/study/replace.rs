//! `hkm replace`: the next of the reserve for a chart that cannot be read.

use serde_json::json;

use super::status::ReviewState;
use super::{Session, Study};
use crate::draw::{Sample, SampledCourse, SampledStratum, StudyId};
use crate::error::{Error, Finding, Result, Severity};
use crate::register::cpr::holds_cpr;
use crate::review::{ChartStatus, Disagreement, DisagreementSubject, Reference};
use crate::store::{KeyAccess, Replacement, Store};

/// What was replaced.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReplaceReport {
    /// Each replaced course with the one that takes its place.
    pub replaced: Vec<Replacement>,
    /// Notes: strata whose reserve is used up.
    pub findings: Vec<Finding>,
}

/// Takes the next of the stratum's reserve for each of these courses; for all without a chart when none is named.
///
/// # Errors
/// When a course is not recorded as being without a chart, is replaced already, or its stratum has no reserve left.
pub fn replace(
    study: &Study,
    wanted: &[StudyId],
    reason: Option<&str>,
    session: &Session<'_>,
) -> Result<ReplaceReport> {
    if reason.is_some_and(holds_cpr) {
        return Err(Error::cannot_run(cpr_in_reason()));
    }
    let store = Store::open_drawn(&study.folder, KeyAccess::Closed)?;
    store.write(|store| {
        let state = ReviewState::read(store, &study.protocol, i64::MAX)?;
        let all = wanted.is_empty();
        let courses = if all { state.replaceable() } else { wanted.to_vec() };
        let mut planned = Planned {
            state: &state,
            lengths: lengths(&state.sample),
            replaced: Vec::new(),
            findings: Vec::new(),
        };
        courses.iter().for_each(|course| planned.add(*course, reason));
        let Planned { lengths, replaced, findings, .. } = planned;
        if !all && !findings.is_empty() {
            return Err(Error::data(findings.into_iter().map(as_error).collect()));
        }
        if !replaced.is_empty() {
            save(store, &state.sample, &lengths, &replaced, session)?;
        }
        Ok(ReplaceReport { replaced, findings })
    })
}

/// What is a warning beside other replacements is the reason of a refusal.
fn as_error(finding: Finding) -> Finding {
    Finding { severity: Severity::Error, ..finding }
}

fn lengths(sample: &Sample) -> Vec<u64> {
    sample.strata.iter().map(|stratum| stratum.in_use).collect()
}

struct Planned<'p> {
    state: &'p ReviewState,
    /// How many courses of each stratum will be in use.
    lengths: Vec<u64>,
    replaced: Vec<Replacement>,
    findings: Vec<Finding>,
}

impl Planned<'_> {
    fn add(&mut self, study_id: StudyId, reason: Option<&str>) {
        match self.replacement(study_id, reason) {
            Ok(replacement) => self.replaced.push(replacement),
            Err(error) => self.findings.extend(error.findings().iter().cloned()),
        }
    }

    fn replacement(&mut self, study_id: StudyId, reason: Option<&str>) -> Result<Replacement> {
        let status = self.status_without_chart(study_id)?;
        let sample = &self.state.sample;
        let course = sample.course(study_id).ok_or_else(|| unknown(study_id))?;
        let place =
            sample.strata.iter().position(|stratum| stratum.code == course.stratum).unwrap_or_default();
        let next = self.lengths[place] + 1;
        let of_rank = |other: &&SampledCourse| other.stratum == course.stratum && other.rank == next;
        let successor = sample.courses.iter().find(of_rank).ok_or_else(|| no_reserve(course, sample))?;
        self.lengths[place] = next;
        let reason = reason.unwrap_or(status.name()).to_owned();
        Ok(Replacement { study_id, replaced_by: successor.study_id, reason })
    }

    /// The recorded reason why there was no chart to read.
    fn status_without_chart(&self, study_id: StudyId) -> Result<ChartStatus> {
        if self.state.sample.course(study_id).is_none() {
            return Err(unknown(study_id).into());
        }
        if self.state.replacements.iter().any(|one| one.study_id == study_id)
            || self.replaced.iter().any(|one| one.study_id == study_id)
        {
            return Err(
                Finding::error("already_replaced", format!("`{study_id}` is replaced already")).into()
            );
        }
        let differ =
            |one: &&Disagreement| one.study_id == study_id && one.subject == DisagreementSubject::Chart;
        if self.state.reference.unsettled.iter().any(|one| differ(&one)) {
            return Err(differing(study_id).into());
        }
        match self.state.reference.courses.get(&study_id) {
            Some(Reference::NotRead(status)) => Ok(*status),
            _ => Err(not_without_chart(study_id).into()),
        }
    }
}

fn cpr_in_reason() -> Finding {
    Finding::error("cpr_in_reason", "the reason holds what may be a CPR number")
        .because("it is stored in the study's database, which must hold none")
        .remedy("take the number out; the study id is enough")
}

fn unknown(study_id: StudyId) -> Finding {
    Finding::error("unknown_study_id", format!("`{study_id}` is not a study id of this study"))
}

fn differing(study_id: StudyId) -> Finding {
    Finding::error("chart_disputed", format!("two reviewers differ on whether `{study_id}` has a chart"))
        .because("a replacement stays, even when the chart turns up")
        .remedy("settle it first with `hkm adjudicate`")
}

fn not_without_chart(study_id: StudyId) -> Finding {
    Finding::error("chart_not_missing", format!("`{study_id}` is not recorded as being without a chart"))
        .because("a replacement must have a documented reason, or the sample could be chosen")
        .remedy("enter on its form that the chart was not found, and run `hkm record` first")
}

fn no_reserve(course: &SampledCourse, sample: &Sample) -> Finding {
    let label = sample.stratum(&course.stratum).map(SampledStratum::label).unwrap_or_default();
    let what = format!("`{}` cannot be replaced: {label} has no reserve left", course.study_id);
    Finding::warning("no_reserve", what).remedy(
        "the analysis takes the course as non-response; more reserves come with `hkm draw --enlarge TOTAL`",
    )
}

fn save(
    store: &Store,
    sample: &Sample,
    lengths: &[u64],
    replaced: &[Replacement],
    session: &Session<'_>,
) -> Result<()> {
    let pairs: Vec<_> = replaced
        .iter()
        .map(|one| json!([one.study_id.to_string(), one.replaced_by.to_string(), one.reason]))
        .collect();
    let grown = sample.strata.iter().zip(lengths).filter(|(stratum, length)| stratum.in_use < **length);
    let in_use: Vec<(&str, u64)> = grown.map(|(stratum, length)| (stratum.code.as_str(), *length)).collect();
    let detail = json!({ "replaced": pairs, "in_use": in_use });
    let audit = store.log(&session.actor, "replace", &detail)?;
    in_use.iter().try_for_each(|(stratum, length)| store.extend(audit, stratum, *length))?;
    replaced.iter().try_for_each(|one| store.add_replacement(audit, one))
}
