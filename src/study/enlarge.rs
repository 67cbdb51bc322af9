//! `hkm draw --enlarge TOTAL`: a larger sample that contains the old one.

use std::collections::BTreeMap;

use serde_json::json;

use super::check::refuse_changed_sections;
use super::draw::{chosen_seed, record, refuse_faults, report};
use super::drawing::{Drawing, canonical, cpr_of, weights, with_reserve};
use super::scan::{Scan, scan_with_sha256};
use super::{DrawReport, Session, Study};
use crate::draw::{Numbering, Sample, StudyId};
use crate::error::{Error, Finding, Place, Result};
use crate::plan::{AllocationError, Bounds, allocate};
use crate::store::{KeyAccess, KeyEntry, NewDraw, STUDY_FILE, Store};

/// Enlarges the sample to a total; reserves that are in use count.
///
/// # Errors
/// When nothing is drawn yet, the total is not larger, or the register is not the one that was drawn from.
pub fn enlarge(study: &Study, total: u64, session: &Session<'_>) -> Result<DrawReport> {
    refuse_changed_sections(study)?;
    let store = Store::open_drawn(&study.folder, KeyAccess::Needed)?;
    let sample = store.sample()?;
    let present: Vec<u64> = sample.strata.iter().map(|stratum| stratum.in_use).collect();
    refuse_no_larger(total, present.iter().sum())?;
    let (scan, sha256) = scanned(study, &store, total, session)?;
    let protocol = &study.protocol;
    let courses = &scan.frame.strata;
    let bounds: Vec<Bounds> = present
        .iter()
        .zip(courses)
        .map(|(&present, &most)| Bounds { fewest: present.max(protocol.sampling.minimum.min(most)), most })
        .collect();
    let in_use =
        allocate(total, &weights(protocol, courses), &bounds).map_err(|fault| enlargement_refused(&fault))?;
    let before: Vec<u64> = sample.strata.iter().map(|stratum| stratum.drawn).collect();
    let mut allocated = with_reserve(&protocol.sampling, &in_use, courses);
    allocated
        .iter_mut()
        .zip(&before)
        .for_each(|(stratum, &before)| stratum.drawn = stratum.drawn.max(before));
    let seed = chosen_seed(study)?;
    let number = store.draws()?.len() as i64 + 1;
    let record = record(study, number, total, &scan, sha256);
    let persons = known_persons(&store, study, &sample)?;
    let mut drawing = Drawing { protocol, seed: &seed, largest: sample.largest_study_number(), persons };
    let (new_courses, key) = drawing.courses(scan.selections, &allocated, &before);
    let grown = sample.strata.iter().zip(&in_use).filter(|(stratum, in_use)| stratum.in_use < **in_use);
    let in_use = grown.map(|(stratum, in_use)| (stratum.code.clone(), *in_use)).collect();
    let new = NewDraw { record, in_use, courses: new_courses, key };
    save(&store, &sample, &new, session)?;
    Ok(DrawReport { strata: report(protocol, &scan.frame.strata, &allocated), findings: Vec::new() })
}

/// The persons of the courses drawn so far.
fn known_persons(store: &Store, study: &Study, sample: &Sample) -> Result<BTreeMap<String, StudyId>> {
    let person = |entry: &KeyEntry| {
        let cpr = cpr_of(&study.protocol, &entry.record_key)?.to_owned();
        Some((cpr, sample.course(entry.study_id)?.person))
    };
    Ok(store.key()?.iter().filter_map(person).collect())
}

fn enlargement_refused(fault: &AllocationError) -> Error {
    let remedy = match fault {
        AllocationError::TooLarge { most, .. } => format!("ask for at most {most}"),
        AllocationError::TooSmall { fewest, .. } => format!("ask for at least {fewest}"),
    };
    Finding::error("total", fault.to_string()).remedy(remedy).into()
}

fn refuse_no_larger(total: u64, present: u64) -> Result<()> {
    if total > present {
        return Ok(());
    }
    let what = format!("a total of {total} is not larger than the present one: {present} courses are in use");
    Err(Error::cannot_run(Finding::error("not_larger", what).remedy(format!("ask for more than {present}"))))
}

/// Reads the register again and refuses another one than was drawn from.
fn scanned(study: &Study, store: &Store, total: u64, session: &Session<'_>) -> Result<(Scan, String)> {
    let seed = chosen_seed(study)?;
    let most = (total + study.protocol.sampling.reserve.of_rounded_up(total)) as usize;
    let most = vec![most; study.protocol.strata.count()];
    let (scan, sha256) = scan_with_sha256(study, &Numbering::new(&seed), &most, session)?;
    // What the first draw accepted as excluded stays so; conflicts are refused as ever.
    refuse_faults(&scan, true)?;
    let drawn_from = store.draws()?.first().map(|draw| draw.frame_digest.clone()).unwrap_or_default();
    if scan.digest.hexadecimal() == drawn_from {
        return Ok((scan, sha256));
    }
    let what = "the register holds other courses than when the sample was drawn";
    Err(Error::data(vec![
        Finding::error("frame_changed", what)
            .at(Place::file(&study.protocol.layout.file))
            .because("a larger sample must come from the same frame as the first one")
            .remedy("put the extract back that was drawn from; its digest is in the results' manifest"),
    ]))
}

fn save(store: &Store, seen: &Sample, new: &NewDraw, session: &Session<'_>) -> Result<()> {
    store.write(|store| {
        if store.sample()? != *seen {
            let finding = Finding::error("store_busy", "another command changed the sample meanwhile");
            return Err(Error::cannot_run(
                finding.at(Place::file(STUDY_FILE)).remedy("run the command again"),
            ));
        }
        let detail = json!({
            "total": new.record.total,
            "register_file": new.record.register_file,
            "register_sha256": new.record.register_sha256,
            "frame_digest": new.record.frame_digest,
            "in_use": new.in_use,
            "courses": canonical(&new.courses),
        });
        let audit = store.log(&session.actor, "enlarge", &detail)?;
        store.add_draw(audit, new)
    })
}
