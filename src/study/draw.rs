//! `hkm draw`: the sample and the reserve, drawn once and frozen.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::basis::{codebook_text, settings_text};
use super::check::empty_strata;
use super::drawing::{Allocated, Drawing, canonical, weights, with_reserve};
use super::scan::{Scan, scan_with_sha256};
use super::standing::refuse_results_without_study;
use super::{PROTOCOL_FILE, Session, Study};
use crate::digest;
use crate::draw::Numbering;
use crate::error::{Error, Finding, Place, Result, Severity};
use crate::plan::{AllocationError, Bounds, allocate};
use crate::protocol::{AllocationRule, Frozen, Protocol, Sampling, Seed};
use crate::report::counted;
use crate::store::{DrawRecord, FrameRecord, KeyAccess, NewDraw, STUDY_FILE, Store};

/// What was drawn.
#[derive(Debug, Clone, PartialEq)]
pub struct DrawReport {
    /// Each stratum, in the order of codes.
    pub strata: Vec<StratumDraw>,
    /// Warnings and notes.
    pub findings: Vec<Finding>,
}

/// What was drawn from one stratum.
#[derive(Debug, Clone, PartialEq)]
pub struct StratumDraw {
    /// `751 Aarhus`.
    pub label: String,
    /// N: courses in the frame.
    pub frame: u64,
    /// a: courses to be reviewed.
    pub drawn: u64,
    /// Courses in reserve.
    pub reserve: u64,
    /// a / N; `None` for a stratum without courses.
    pub inclusion_probability: Option<f64>,
}

/// Draws the sample.
///
/// # Errors
/// When there is no seed, a sample is drawn already, the register has faults that were not accepted, or the total cannot be met.
pub fn draw(study: &Study, accept_exclusions: bool, session: &Session<'_>) -> Result<DrawReport> {
    let seed = chosen_seed(study)?;
    refuse_second_draw(study)?;
    let protocol = &study.protocol;
    let most = most_per_stratum(protocol);
    let (mut scan, sha256) = scan_with_sha256(study, &Numbering::new(&seed), &most, session)?;
    refuse_faults(&scan, accept_exclusions)?;
    let allocated = allocated(protocol, &scan.frame.strata)?;
    let mut drawn = Drawing { protocol, seed: &seed, largest: 0, persons: BTreeMap::new() };
    let selections = std::mem::take(&mut scan.selections);
    let (courses, key) = drawn.courses(selections, &allocated, &vec![0; allocated.len()]);
    let codes = protocol.strata.in_study().map(|stratum| stratum.code.clone());
    let new = NewDraw {
        record: record(study, 1, protocol.sampling.total, &scan, sha256),
        in_use: codes.zip(allocated.iter().map(|stratum| stratum.in_use)).collect(),
        courses,
        key,
    };
    store_first(study, &scan, &new, session)?;
    let mut findings: Vec<Finding> = scan.findings.iter().filter(is_unmapped).map(as_warning).collect();
    findings.extend(scan.findings.iter().filter(|finding| finding.code == "item_unreadable").cloned());
    findings.extend(empty_strata(protocol, &scan.frame.strata));
    Ok(DrawReport { strata: report(protocol, &scan.frame.strata, &allocated), findings })
}

pub(super) fn chosen_seed(study: &Study) -> Result<Seed> {
    let Sampling { seed, seed_source, .. } = &study.protocol.sampling;
    match (seed, seed_source) {
        (Some(seed), Some(_)) => Ok(seed.clone()),
        (Some(_), None) => Err(Error::from(no_seed_source())),
        (None, Some(_)) => Err(Error::from(no_seed())),
        (None, None) => Err(Error::data(vec![no_seed(), no_seed_source()])),
    }
}

fn no_seed_source() -> Finding {
    Finding::error("no_seed_source", "`sampling.seed_source` does not say where the seed came from")
        .at(Place::file(PROTOCOL_FILE).key("sampling.seed_source", None))
        .because("readers must be able to see that the seed was not tried out")
        .remedy(
            "write for example \"Lotto of 5 December 2026, announced in the project group on 1 December\"",
        )
}

fn no_seed() -> Finding {
    Finding::error("no_seed", "`sampling.seed` is empty")
        .at(Place::file(PROTOCOL_FILE).key("sampling.seed", None))
        .because("the seed decides who is drawn, and nobody must be able to suspect that it was tried out")
        .remedy(
            "choose a public number that nobody knows yet: announce a date and a lottery in the project group, and \
             write what was drawn, for example seed = \"Lotto 2026-12-05 4 11 17 20 28 31 35\", \
             with its origin in seed_source. At least 8 characters of plain ASCII, no |, used for this study alone",
        )
}

fn refuse_second_draw(study: &Study) -> Result<()> {
    let drawn = study.folder.join(STUDY_FILE).exists()
        && Store::open(&study.folder, KeyAccess::Closed)?.is_drawn()?;
    if drawn {
        return Err(Error::cannot_run(already_drawn()));
    }
    refuse_results_without_study(&study.folder)
}

fn already_drawn() -> Finding {
    Finding::error("already_drawn", "the sample of this study is drawn")
        .at(Place::file(STUDY_FILE))
        .because("a second draw would let the sample be chosen")
        .remedy("a larger sample is `hkm draw --enlarge TOTAL`, which keeps everyone drawn so far; another sample is a new study")
}

pub(super) fn refuse_faults(scan: &Scan, accept_exclusions: bool) -> Result<()> {
    if scan.has_conflicts {
        return Err(Error::data(
            scan.findings.iter().filter(|finding| finding.code == "key_conflict").cloned().collect(),
        ));
    }
    let faults = scan.flow.faults();
    let unmapped: Vec<Finding> = scan.findings.iter().filter(is_unmapped).cloned().collect();
    if accept_exclusions || (faults == 0 && unmapped.is_empty()) {
        return Ok(());
    }
    if faults == 0 {
        return Err(Error::data(unmapped.into_iter().chain([unmapped_values()]).collect()));
    }
    let summary = Finding::error("exclusions", format!("{} of the register cannot be placed, and would be left out of the draw", counted(faults, "row")))
        .because("a course that cannot be drawn is not represented by the sample")
        .remedy("correct the rows at the source; or accept that they are excluded and counted, with --accept-exclusions");
    let mut findings: Vec<Finding> =
        scan.findings.iter().filter(|finding| finding.severity == Severity::Error).cloned().collect();
    findings.push(summary);
    findings.extend((!unmapped.is_empty()).then(unmapped_values));
    Err(Error::data(findings))
}

fn is_unmapped(finding: &&Finding) -> bool {
    matches!(finding.code, "value_not_mapped" | "too_many_values")
}

fn unmapped_values() -> Finding {
    Finding::error("values_not_mapped", "study.toml does not say what some values of the indicators mean")
        .because("`hkm analyse` needs to know it, and what is mapped after the draw is printed as post hoc")
        .remedy("map them now; or draw, and map them before the analysis, with --accept-exclusions")
}

/// What was accepted without a meaning is told of at least.
fn as_warning(finding: &Finding) -> Finding {
    Finding { severity: Severity::Warning, ..finding.clone() }
}

/// The most that each stratum could get, reserve included: total − Σ other minima.
fn most_per_stratum(protocol: &Protocol) -> Vec<usize> {
    let sampling = &protocol.sampling;
    let strata = protocol.strata.in_study();
    let most = |sample: Option<u64>| match (sampling.allocation, sample) {
        (AllocationRule::Fixed, Some(sample)) => sample,
        // Smaller strata may not reach the minimum, so it is not taken off here.
        _ => sampling.total,
    };
    strata
        .map(|stratum| most(stratum.sample))
        .map(|most| (most + sampling.reserve.of_rounded_up(most)) as usize)
        .collect()
}

pub(super) fn allocated(protocol: &Protocol, courses: &[u64]) -> Result<Vec<Allocated>> {
    let sampling = &protocol.sampling;
    let fixed = sampling.allocation == AllocationRule::Fixed;
    if fixed {
        refuse_fixed_beyond(protocol, courses)?;
    }
    let fewest = if fixed { 0 } else { sampling.minimum };
    let bounds: Vec<Bounds> = courses.iter().map(|&most| Bounds { fewest: fewest.min(most), most }).collect();
    let in_use = allocate(sampling.total, &weights(protocol, courses), &bounds)
        .map_err(|fault| total_refused(&fault))?;
    Ok(with_reserve(sampling, &in_use, courses))
}

fn refuse_fixed_beyond(protocol: &Protocol, courses: &[u64]) -> Result<()> {
    let beyond = protocol.strata.in_study().zip(courses).filter_map(|(stratum, &courses)| {
        let sample = stratum.sample.filter(|sample| *sample > courses)?;
        let what = format!("{} asks for {sample} courses and has {courses} in the frame", stratum.label());
        let finding = Finding::error("fixed_beyond", what)
            .remedy(format!("write at most `sample = {courses}` at its [[stratum]]"));
        Some(finding.at(Place::file(PROTOCOL_FILE).key("stratum.sample", None)))
    });
    let findings: Vec<Finding> = beyond.collect();
    if findings.is_empty() { Ok(()) } else { Err(Error::data(findings)) }
}

fn total_refused(fault: &AllocationError) -> Error {
    Finding::error("total", fault.to_string())
        .at(Place::file(PROTOCOL_FILE).key("sampling.total", None))
        .remedy("change `sampling.total` or `sampling.minimum`")
        .into()
}

/// The draw as the study will remember it.
pub(super) fn record(
    study: &Study,
    number: i64,
    total: u64,
    scan: &Scan,
    register_sha256: String,
) -> DrawRecord {
    DrawRecord {
        number,
        total,
        register_file: super::record::file_name(&study.register_path()),
        register_sha256,
        frame_digest: scan.digest.hexadecimal(),
    }
}

fn store_first(study: &Study, scan: &Scan, new: &NewDraw, session: &Session<'_>) -> Result<()> {
    let protocol = &study.protocol;
    let codebook = codebook_text(protocol);
    let (frame, frozen) = (frame_record(protocol, scan), Frozen::of(protocol));
    let store = Store::open(&study.folder, KeyAccess::Needed)?;
    let stored = store.write(|store| {
        // Another draw may have come between the first look and this transaction.
        if store.is_drawn()? {
            return Err(Error::cannot_run(already_drawn()));
        }
        store.create_tables()?;
        let detail = json!({
            "total": new.record.total,
            "allocation": protocol.sampling.allocation.name(),
            "register_file": new.record.register_file,
            "register_sha256": new.record.register_sha256,
            "frame_digest": new.record.frame_digest,
            "frame": frame.digest(),
            "in_use": new.in_use,
            "courses": canonical(&new.courses),
            "codebook": digest::of_text(&codebook),
            "analysis": digest::of_text(&settings_text(protocol)),
            "settings": settings_text(protocol),
            "frozen": digests_by_section(&frozen),
        });
        let audit = store.log(&session.actor, "draw", &detail)?;
        store.add_codebook(audit, &digest::of_text(&codebook), &codebook)?;
        store.add_frame(&frame, &frozen.texts())?;
        store.add_draw(audit, new)
    });
    stored.inspect_err(|_| store.discard_if_empty())
}

/// The digest of each frozen section, under its name.
pub(super) fn digests_by_section(frozen: &Frozen) -> Value {
    let digests = frozen.digests().into_iter();
    Value::Object(digests.map(|(section, digest)| (section.to_owned(), digest.into())).collect())
}

/// The frame as the study will remember it.
pub(super) fn frame_record(protocol: &Protocol, scan: &Scan) -> FrameRecord {
    let strata: Vec<_> = protocol
        .strata
        .in_study()
        .zip(&scan.frame.strata)
        .map(|(stratum, &courses)| {
            (stratum.code.clone(), stratum.name.clone(), stratum.cluster.clone(), courses)
        })
        .collect();
    let mut values = BTreeMap::new();
    for indicator in &scan.frame.indicators {
        for value in &indicator.values {
            for (stratum, &courses) in strata.iter().zip(&value.courses).filter(|(_, courses)| **courses > 0)
            {
                values.insert((stratum.0.clone(), indicator.indicator.clone(), value.value.clone()), courses);
            }
        }
    }
    let characteristics = scan.frame.characteristics.counts();
    let characteristics =
        characteristics.map(|(name, value, courses)| ((name.to_owned(), value), courses)).collect();
    FrameRecord { flow: scan.flow.steps(), strata, values, characteristics }
}

pub(super) fn report(protocol: &Protocol, courses: &[u64], allocated: &[Allocated]) -> Vec<StratumDraw> {
    let strata = protocol.strata.in_study().zip(courses.iter().zip(allocated));
    strata
        .map(|(stratum, (&frame, allocated))| StratumDraw {
            label: stratum.label(),
            frame,
            drawn: allocated.in_use,
            reserve: allocated.drawn - allocated.in_use,
            inclusion_probability: (frame > 0).then(|| allocated.in_use as f64 / frame as f64),
        })
        .collect()
}
