//! What the results rest on: the review, the frame and the history as of one entry of the audit trail.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use super::post_hoc::post_hoc;
use super::status::ReviewState;
use super::{PROTOCOL_FILE, Progress, Session};
use crate::accuracy::Evidence;
use crate::digest;
use crate::error::{Error, Finding, Place, Result};
use crate::protocol::{Bilingual, Protocol};
use crate::register::shown_value;
use crate::report::{FrameCounts, Head, Results, Style, bootstrap_results, counted, results};
use crate::review::Reading;
use crate::store::{AuditEntry, FrameRecord, Store};

/// Everything that the results depend on, as of one audit entry.
pub(super) struct Basis {
    pub(super) state: ReviewState,
    pub(super) frame: FrameRecord,
    pub(super) head: Head,
    pub(super) audit: i64,
}

/// The number of the last entry that changed the data.
pub(super) fn data_audit(trail: &[AuditEntry]) -> i64 {
    trail.iter().filter(changes_data).map(|entry| entry.number).max().unwrap_or_default()
}

/// An analysis, an export and a form that goes out leave the data as they are.
pub(super) fn changes_data(entry: &&AuditEntry) -> bool {
    !is_look(entry) && entry.action != "forms"
}

/// Whether somebody saw what the data say: who has the rows has the estimates.
pub(super) fn is_look(entry: &AuditEntry) -> bool {
    matches!(entry.action.as_str(), "analyse" | "export")
}

impl Basis {
    /// Notes that the data were looked at, once by each command for each state of them and of the codebook, and reads them.
    pub(super) fn log_and_read(
        store: &Store,
        protocol: &Protocol,
        action: &str,
        session: &Session<'_>,
    ) -> Result<Self> {
        let trail = store.audit_trail()?;
        let audit = data_audit(&trail);
        let status = state_of_review(&ReviewState::read(store, protocol, audit)?);
        let codebook = codebook_text(protocol);
        let detail = json!({ "as_of": audit, "status": status, "codebook": digest::of_text(&codebook) });
        let text = detail.to_string();
        if !trail.iter().any(|entry| entry.action == action && entry.detail == text) {
            let number = store.log(&session.actor, action, &detail)?;
            store.add_codebook(number, &digest::of_text(&codebook), &codebook)?;
        }
        Basis::read(store, protocol, audit)
    }

    /// Reads everything as of an audit entry.
    pub(super) fn read(store: &Store, protocol: &Protocol, audit: i64) -> Result<Self> {
        let frame = store.frame()?;
        refuse_unmapped(protocol, &frame)?;
        let state = ReviewState::read(store, protocol, audit)?;
        let trail = store.audit_trail()?;
        let head = Head {
            title: Style::from(protocol.report).of(&protocol.title).to_owned(),
            register_name: protocol.register_name.clone(),
            is_final: state.reference.is_final(),
            looks: looks(&trail, audit),
            open: open_points(&state),
            post_hoc: post_hoc(store, protocol, &trail, audit)?,
            data_digest: data_digest(store, &state, audit)?,
        };
        Ok(Basis { state, frame, head, audit })
    }

    /// The results by the settings of a protocol.
    pub(super) fn results(&self, protocol: &Protocol, session: &Session<'_>) -> Result<Results> {
        let evidence = Evidence {
            protocol,
            sample: &self.state.sample,
            reference: &self.state.reference,
            frame_values: &self.frame.values,
        };
        let (reviews, head) = (&self.state.reviews, self.head.clone());
        let frame = FrameCounts {
            flow: self.frame.flow.clone(),
            characteristics: self.frame.characteristics.clone(),
        };
        let mut results = results(evidence, reviews, head, frame).map_err(|fault| contradiction(&fault))?;
        results.review.replaced = self.replaced();
        let of = protocol.analysis.bootstrap.as_ref().map_or(0, |declared| declared.replicates as u64);
        let tell = |done| (session.progress)(Progress::Replicates { done, of });
        results.bootstrap =
            bootstrap_results(evidence, &results, &tell).map_err(|fault| contradiction(&fault))?;
        Ok(results)
    }

    /// How many courses had taken the place of another by the entry of the audit trail.
    fn replaced(&self) -> u64 {
        let sample = &self.state.sample;
        let is_in_use = |id| sample.course(id).is_some_and(|course| sample.is_in_use(course));
        self.state.replacements.iter().filter(|one| is_in_use(one.replaced_by)).count() as u64
    }
}

pub(super) fn contradiction(fault: &impl ToString) -> Error {
    Finding::error("counts", fault.to_string())
        .because("the study's database contradicts itself")
        .remedy("run `hkm verify`")
        .into()
}

/// Where nothing is reviewed, nothing was looked at.
fn state_of_review(state: &ReviewState) -> &'static str {
    match () {
        () if state.reference.is_final() => "final",
        () if state.reviews.is_empty() => "empty",
        () => "interim",
    }
}

/// How many states of the data were analysed before they were complete, up to this one.
fn looks(trail: &[AuditEntry], audit: i64) -> u64 {
    let of = |entry: &AuditEntry| -> Option<i64> {
        let detail: Value = serde_json::from_str(&entry.detail).ok()?;
        (is_look(entry) && detail["status"] == "interim").then_some(detail["as_of"].as_i64()?)
    };
    let states: BTreeSet<i64> = trail.iter().filter_map(of).filter(|as_of| *as_of <= audit).collect();
    states.len() as u64
}

fn open_points(state: &ReviewState) -> Vec<Bilingual> {
    let reference = &state.reference;
    let points = [
        (reference.pending.len(), "course", "not reviewed yet", "forløb endnu ikke gennemgået"),
        (reference.pending_second.len(), "second reading", "still to come", "anden gennemgang mangler"),
        (reference.unsettled.len(), "disagreement", "not settled", "uenighed ikke afklaret"),
    ];
    points
        .into_iter()
        .filter(|(number, ..)| *number > 0)
        .map(|(number, noun, what, danish)| Bilingual {
            da: format!("{number} {danish}"),
            en: format!("{} {what}", counted(number as u64, noun)),
        })
        .collect()
}

/// The settings of analysis and disclosure as one canonical text.
pub(super) fn settings_text(protocol: &Protocol) -> String {
    let disclosure = protocol.disclosure;
    format!(
        "{}wrong_person={}\nmin_cell={}\nmin_cell_overall={}\nweighted_figures={}\n",
        protocol.analysis.canonical(),
        protocol.review.wrong_person.name(),
        disclosure.min_cell,
        disclosure.min_cell_overall,
        disclosure.weighted_figures.name()
    )
}

/// A raw value without a meaning cannot be placed in any table.
fn refuse_unmapped(protocol: &Protocol, frame: &FrameRecord) -> Result<()> {
    let mut unmapped: BTreeMap<(&str, &str), u64> = BTreeMap::new();
    for ((_, id, value), courses) in &frame.values {
        let indicator = protocol.indicator(id).filter(|indicator| indicator.register.status(value).is_none());
        if indicator.is_some() {
            *unmapped.entry((id, value)).or_default() += courses;
        }
    }
    let finding = |((id, value), courses): ((&str, &str), u64)| {
        let known = protocol.indicator(id).map(|indicator| indicator.register.listed()).unwrap_or_default();
        Finding::error(
            "value_not_mapped",
            format!(
                "`{id}` is {} in {} of the frame, expected one of {known}",
                shown_value(value),
                counted(courses, "course")
            ),
        )
        .at(Place::file(PROTOCOL_FILE).key(format!("indicator.{id}.register"), None))
        .because("every record needs a register value to be placed in the two-by-two table")
        .remedy("say what the value means under that key; the change is noted in the results")
    };
    let findings: Vec<Finding> = unmapped.into_iter().map(finding).collect();
    if findings.is_empty() { Ok(()) } else { Err(Error::data(findings)) }
}

/// The codebook as one canonical text.
pub(super) fn codebook_text(protocol: &Protocol) -> String {
    // A codebook without raw items is the list of its indicators alone.
    let text = match protocol.items.as_slice() {
        [] => serde_json::to_string(&protocol.indicators),
        items => serde_json::to_string(&json!({ "indicator": protocol.indicators, "item": items })),
    };
    text.unwrap_or_default()
}

/// A digest of everything that was drawn, reviewed and settled up to an audit entry.
pub(super) fn data_digest(store: &Store, state: &ReviewState, audit: i64) -> Result<String> {
    let mut text = String::new();
    let mut add = |line: String| {
        text.push_str(&line);
        text.push('\n');
    };
    for stratum in &state.sample.strata {
        add(format!("{}|{}|{}", stratum.code, stratum.frame, stratum.in_use));
    }
    state.sample.courses.iter().for_each(|course| add(course.canonical()));
    for course in &state.sample.courses {
        for reading in [Reading::First, Reading::Second] {
            state
                .reviews
                .latest(course.study_id, reading)
                .into_iter()
                .for_each(|review| add(review.canonical()));
        }
    }
    store.adjudications(audit)?.iter().for_each(|settled| add(settled.canonical()));
    Ok(digest::of_text(&text))
}
