//! Who was drawn: the draw made again, compared with the key row by row.

use std::collections::BTreeMap;

use super::{FROM_COPY, OTHER_EXTRACT, OWN_KEY, VerifyReport, differs, some};
use crate::draw::{Sample, SampledCourse, Selection, StudyId};
use crate::error::{Finding, Place, Result};
use crate::store::{KEY_FILE, KeyEntry, Store};
use crate::study::Study;
use crate::study::scan::Candidate;

const KEY_COPY: &str = "the file is damaged, or somebody wrote to it outside `hkm`: bring key.sqlite back from a backup made after the last draw, and look up no chart with it before";
const OTHER_PROTOCOL: &str =
    "set the frozen sections of study.toml back to what they were at the draw, and verify again";

/// What the draw is repeated from.
#[derive(Debug, Clone, Copy)]
pub(super) struct Extract {
    /// Whether the register has the bytes or the frame of the draw.
    pub(super) is_of_draw: bool,
    /// Whether study.toml is as at the draw; nothing where the database does not tell.
    pub(super) is_as_drawn: Option<bool>,
}

/// The code of a stratum and the place in its order.
type Rank = (String, u64);

/// Who was drawn, and which study id each of them has.
pub(super) fn verify_key(
    study: &Study,
    store: &Store,
    sample: &Sample,
    selections: Vec<Selection<Candidate>>,
    extract: Extract,
    report: &mut VerifyReport,
) -> Result<()> {
    let mut drawn: BTreeMap<Rank, String> = BTreeMap::new();
    let mut held: BTreeMap<Rank, Vec<String>> = BTreeMap::new();
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
    verify_places(sample, &key, report);
    verify_courses(sample, &key, &drawn, extract, report);
    verify_items(study, sample, &held, report);
    Ok(())
}

/// Whether each row of the key has the place that its study id has in the sample.
fn verify_places(sample: &Sample, key: &[KeyEntry], report: &mut VerifyReport) {
    let place = |course: &SampledCourse| (course.study_id, (course.stratum.clone(), course.rank));
    let of_sample: BTreeMap<StudyId, Rank> = sample.courses.iter().map(place).collect();
    let of_key: BTreeMap<StudyId, Rank> =
        key.iter().map(|row| (row.study_id, (row.stratum.clone(), row.rank))).collect();
    let ids = of_sample.keys().chain(of_key.keys().filter(|id| !of_sample.contains_key(id)));
    let other: Vec<String> =
        ids.filter(|id| of_sample.get(id) != of_key.get(id)).map(ToString::to_string).collect();
    report.check(
        other.is_empty() && key.len() == of_key.len(),
        format!("{KEY_FILE} gives every study id the place that it has in the sample"),
        of_key_file(format!(
            "{KEY_FILE} gives a study id another place than it has in the sample: {}",
            some(&other)
        )),
    );
}

/// Whether each study id stands for the course that the repeated draw puts in its place.
fn verify_courses(
    sample: &Sample,
    key: &[KeyEntry],
    drawn: &BTreeMap<Rank, String>,
    extract: Extract,
    report: &mut VerifyReport,
) {
    let stored: BTreeMap<StudyId, &String> = key.iter().map(|row| (row.study_id, &row.record_key)).collect();
    let is_other = |course: &&SampledCourse| {
        let now = drawn.get(&(course.stratum.clone(), course.rank));
        now.is_none() || now != stored.get(&course.study_id).copied()
    };
    let other: Vec<String> =
        sample.courses.iter().filter(is_other).map(|course| course.study_id.to_string()).collect();
    let courses = key.len();
    report.check(
        other.is_empty() && drawn.len() == sample.courses.len(),
        format!("the draw repeated: the same {courses} courses in the same order"),
        other_courses(&other, extract),
    );
}

/// Who is at fault: the extract, then study.toml; where both are those of the draw, it is the key.
fn other_courses(other: &[String], extract: Extract) -> Finding {
    let repeated = "the draw repeated: other courses, or another order";
    match extract {
        Extract { is_of_draw: false, .. } => differs(repeated, OTHER_EXTRACT),
        Extract { is_as_drawn: Some(false), .. } => differs(repeated, OTHER_PROTOCOL),
        Extract { is_as_drawn: None, .. } => differs(repeated, FROM_COPY),
        _ => of_key_file(format!(
            "{KEY_FILE} gives a study id another course than the draw gave it: {}",
            some(other)
        ))
        .because("the extract and study.toml are those of the draw, and the draw repeated from them gives another course"),
    }
}

fn of_key_file(what: String) -> Finding {
    differs(what, KEY_COPY).at(Place::file(KEY_FILE))
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
