//! The data access groups: whose readers see a record.

use super::{GROUP, reading_of};
use crate::draw::{Sample, SampledStratum, StudyId};
use crate::error::Finding;
use crate::review::form::is_id_header;
use crate::review::{EntryRow, EntryTable, Messages, Reading};

/// REDCap cuts the unique name of a group here.
const LONGEST: usize = 18;

/// The column in an export with labels.
const LABEL: &str = "Data Access Group";

/// The unique name that REDCap gives to a group: small letters, digits and underscores.
pub(super) fn group(stratum: &str, mark: &str) -> String {
    let plain: String = stratum.to_lowercase().chars().map(unaccented).collect::<Vec<_>>().concat();
    let kept: String = plain.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '_' }).collect();
    let short: String = kept.chars().take(LONGEST - mark.len()).collect();
    format!("{}{mark}", short.trim_end_matches('_'))
}

fn unaccented(letter: char) -> String {
    match letter {
        'æ' => "ae".to_owned(),
        'ø' => "o".to_owned(),
        'å' => "a".to_owned(),
        other => other.to_string(),
    }
}

/// The names under which an export may tell a group: the unique one, and what becomes of a label that ends in the number of the reading.
fn names(stratum: &SampledStratum, reading: Reading) -> Vec<String> {
    let label = stratum.label();
    match reading {
        Reading::First => vec![group(&label, "")],
        Reading::Second => vec![group(&label, "_2"), group(&format!("{label} 2"), "")],
    }
}

/// The records of an export that stand in a group of another stratum or of the other reading. What is no group of the study's own, a
/// group that was renamed or none at all, says nothing.
pub fn moved_records(
    table: &EntryTable,
    rows: &[EntryRow],
    sample: &Sample,
    messages: Messages,
) -> Vec<Finding> {
    let is_group = |name: &String| [GROUP, LABEL].contains(&name.trim());
    let column = table.header.iter().position(is_group);
    let id = table.header.iter().position(|name| is_id_header(name));
    let (Some(column), Some(id)) = (column, id) else { return Vec::new() };
    let moved = |row: &EntryRow| {
        let (study_id, reading) = reading_of(row.cell(id).trimmed());
        let study_id = StudyId::read(study_id)?;
        let (own, is_elsewhere) = placed(study_id, row.cell(column).trimmed(), reading, sample)?;
        let finding = || messages.other_group(study_id, row.cell(column).trimmed(), &own);
        is_elsewhere.then(|| finding().at(table.cell(row.number, column)))
    };
    rows.iter().filter_map(moved).collect()
}

/// The group that a course's record belongs to, and whether it stands in another one.
fn placed(study_id: StudyId, written: &str, reading: Reading, sample: &Sample) -> Option<(String, bool)> {
    let course = sample.course(study_id)?;
    let stratum = sample.strata.iter().find(|stratum| stratum.code == course.stratum)?;
    let (own, written) = (names(stratum, reading), group(written, ""));
    let all = || {
        sample
            .strata
            .iter()
            .flat_map(|one| [names(one, Reading::First), names(one, Reading::Second)].concat())
    };
    let is_elsewhere = !own.contains(&written) && all().any(|name| name == written);
    Some((own[0].clone(), is_elsewhere))
}
