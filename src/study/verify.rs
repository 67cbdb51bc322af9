//! `hkm verify`: redoes the draw, rechecks the audit trail, recomputes results and export, and says what differs.

use std::collections::BTreeMap;

use super::check::changed_sections;
use super::draw::frame_record;
use super::reproduced::{verify_export, verify_results};
use super::scan::{Candidate, Scan, scan_with_sha256};
use super::{Session, Study};
use crate::draw::{Numbering, Sample, SampledCourse, Selection, StudyId};
use crate::error::{Finding, Result};
use crate::store::{KEY_FILE, KeyAccess, Store};

/// What was checked, and what came of it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct VerifyReport {
    /// What agrees.
    pub equal: Vec<String>,
    /// What differs, with what to do about it.
    pub different: Vec<Finding>,
    /// What could not be checked, and why.
    pub unchecked: Vec<String>,
}

impl VerifyReport {
    pub(super) fn check(&mut self, equal: bool, yes: impl Into<String>, no: Finding) {
        if equal { self.equal.push(yes.into()) } else { self.different.push(no) }
    }
}

const OTHER_EXTRACT: &str = "bring back the extract that the sample was drawn from: its SHA-256 is in results/manifest.json and in `hkm status --log`";
pub(super) const FROM_COPY: &str = "somebody wrote to the database outside `hkm`: bring back a copy of the folder from before, and find out who did";
const OWN_KEY: &str =
    "bring the key of this study back: study.sqlite and key.sqlite are kept and copied together";

pub(super) fn differs(what: impl Into<String>, remedy: &str) -> Finding {
    Finding::error("different", what).remedy(remedy)
}

/// Checks the whole study against itself.
///
/// # Errors
/// When the study's database cannot be read.
pub fn verify(study: &Study, session: &Session<'_>) -> Result<VerifyReport> {
    let key = if study.folder.join(KEY_FILE).exists() { KeyAccess::Examined } else { KeyAccess::Closed };
    let store = Store::open_drawn(&study.folder, key)?;
    let mut report = VerifyReport::default();
    verify_protocol(study, &mut report)?;
    super::vouched::verify_trail(&store, &mut report)?;
    verify_draw(study, &store, key, session, &mut report)?;
    verify_results(study, &store, session, &mut report)?;
    verify_export(study, &store, &mut report)?;
    Ok(report)
}

fn verify_protocol(study: &Study, report: &mut VerifyReport) -> Result<()> {
    let changed = changed_sections(study)?;
    if changed.is_empty() {
        report.equal.push("the frozen sections of study.toml are as at the draw".to_owned());
    }
    report.different.extend(changed);
    Ok(())
}

/// Draws again from the register and compares with the key, course by course.
fn verify_draw(
    study: &Study,
    store: &Store,
    key: KeyAccess,
    session: &Session<'_>,
    report: &mut VerifyReport,
) -> Result<()> {
    let path = study.register_path();
    if !path.exists() {
        report.unchecked.push(format!("the draw: `{}` is not here", study.protocol.layout.file));
        return Ok(());
    }
    let Some(seed) = &study.protocol.sampling.seed else {
        // That the seed was changed is told above, with the other frozen sections.
        report.unchecked.push("the draw: study.toml has no seed any more".to_owned());
        return Ok(());
    };
    let draws = store.draws()?;
    let sample = store.sample()?;
    let most: Vec<usize> = sample.strata.iter().map(|stratum| stratum.drawn as usize).collect();
    let (scan, sha256) = scan_with_sha256(study, &Numbering::new(seed), &most, session)?;
    if draws.iter().any(|draw| draw.register_sha256 != sha256) {
        report.unchecked.push("the register's file has other bytes than at a draw; what counts is whether it holds the same courses".to_owned());
    }
    let frame = scan.digest.hexadecimal();
    let same_frame = draws.iter().all(|draw| draw.frame_digest == frame);
    report.check(
        same_frame,
        "the register holds the same frame as at the draw",
        differs("the register holds another frame than at the draw", OTHER_EXTRACT),
    );
    verify_values(study, store, &scan, report)?;
    if key == KeyAccess::Closed {
        report.unchecked.push(format!("who was drawn: `{KEY_FILE}` is not here"));
        return Ok(());
    }
    verify_key(study, store, &sample, scan.selections, report)
}

/// What the register says of the frame, by stratum and indicator.
fn verify_values(study: &Study, store: &Store, scan: &Scan, report: &mut VerifyReport) -> Result<()> {
    let (now, then) = (frame_record(&study.protocol, scan), store.frame()?);
    report.check(
        now.values == then.values,
        "the register holds the same values of the indicators as at the draw",
        differs("the register holds other values of the indicators than at the draw", OTHER_EXTRACT),
    );
    report.check(
        now.characteristics == then.characteristics,
        "the register holds the same ages, sexes and years as at the draw",
        differs("the register holds other ages, sexes or years than at the draw", OTHER_EXTRACT),
    );
    Ok(())
}

/// Who was drawn, and which study id each of them has.
fn verify_key(
    study: &Study,
    store: &Store,
    sample: &Sample,
    selections: Vec<Selection<Candidate>>,
    report: &mut VerifyReport,
) -> Result<()> {
    let mut drawn: BTreeMap<(String, u64), String> = BTreeMap::new();
    let mut held: BTreeMap<(String, u64), Vec<String>> = BTreeMap::new();
    let indicators = study.protocol.assessable().count();
    for (stratum, selection) in sample.strata.iter().zip(selections) {
        for (rank, (_, candidate)) in (1..).zip(selection.into_ordered()) {
            let items = candidate.register.into_iter().skip(indicators).map(|entry| entry.value).collect();
            held.insert((stratum.code.clone(), rank), items);
            drawn.insert((stratum.code.clone(), rank), candidate.key);
        }
    }
    if !store.is_key_of_draw()? {
        report.different.push(differs(format!("{KEY_FILE} belongs to another sample"), OWN_KEY));
        return Ok(());
    }
    let key = store.key()?;
    let of_key = key.iter().map(|entry| (entry.study_id, (entry.stratum.clone(), entry.rank))).collect();
    let of_sample: BTreeMap<StudyId, (String, u64)> = sample
        .courses
        .iter()
        .map(|course| (course.study_id, (course.stratum.clone(), course.rank)))
        .collect();
    report.check(
        of_sample == of_key,
        format!("{KEY_FILE} gives every study id the place that it has in the sample"),
        differs(format!("{KEY_FILE} gives a study id another place than it has in the sample"), FROM_COPY),
    );
    let courses = key.len();
    let stored: BTreeMap<(String, u64), String> =
        key.into_iter().map(|entry| ((entry.stratum, entry.rank), entry.record_key)).collect();
    report.check(
        drawn == stored,
        format!("the draw repeated: the same {courses} courses in the same order"),
        differs("the draw repeated: other courses, or another order", OTHER_EXTRACT),
    );
    verify_items(study, sample, &held, report);
    Ok(())
}

/// What the register says of the items that it holds, course by course.
fn verify_items(
    study: &Study,
    sample: &Sample,
    held: &BTreeMap<(String, u64), Vec<String>>,
    report: &mut VerifyReport,
) {
    let ids: Vec<&str> = study.protocol.held_items().map(|(item, _)| item.id.as_str()).collect();
    if ids.is_empty() {
        return;
    }
    let stored = |course: &SampledCourse| -> Vec<String> {
        let value = |id: &&str| course.register.get(*id).map(|entry| entry.value.clone()).unwrap_or_default();
        ids.iter().map(value).collect()
    };
    let is_same =
        |course: &SampledCourse| held.get(&(course.stratum.clone(), course.rank)) == Some(&stored(course));
    report.check(
        sample.courses.iter().all(is_same),
        "the register holds the same values of the items as at the draw",
        differs("the register holds other values of the items than at the draw", OTHER_EXTRACT),
    );
}
