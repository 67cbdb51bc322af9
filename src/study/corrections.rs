//! What was recorded and then recorded otherwise, and how disagreements were settled: who, when, from which file, before and after.

use std::collections::BTreeMap;

use crate::draw::StudyId;
use crate::error::Result;
use crate::review::{Adjudication, Difference, Reading, Review, differences};
use crate::store::{AuditEntry, Store};

/// What stands between the answers of two readers.
pub const BOTH_READINGS: &str = " / ";
/// What stands between these and how they were settled before.
pub const SETTLED_BEFORE: &str = ", settled ";

/// One answer that replaced another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Correction {
    /// The entry of the audit trail.
    pub audit: i64,
    /// The moment, UTC.
    pub at: String,
    /// Who recorded it.
    pub who: String,
    /// The file that said so.
    pub file: String,
    /// Which reading; `None` where a disagreement was settled.
    pub reading: Option<Reading>,
    /// What became of what: of a settled answer both readings, and what was settled before. A comment or a text is only said to be there.
    pub change: Difference,
}

/// Everything that was changed or settled, in the order in which it was.
pub(super) fn corrections(store: &Store, trail: &[AuditEntry]) -> Result<Vec<Correction>> {
    let entry = |audit: i64| trail.iter().find(|entry| entry.number == audit);
    let correction = |audit: i64, file: &str, reading, change| {
        let entry = entry(audit);
        let (at, who) = entry.map(|entry| (entry.at.clone(), entry.who.clone())).unwrap_or_default();
        Correction { audit, at, who, file: file.to_owned(), reading, change }
    };
    let mut latest: BTreeMap<(StudyId, Reading), Review> = BTreeMap::new();
    let mut found = Vec::new();
    for (audit, file, review) in store.recorded_reviews()? {
        let reading = review.reading;
        if let Some(before) = latest.insert((review.study_id, reading), review.clone()) {
            let changes = differences(&before, &review).into_iter().map(without_comment);
            found.extend(changes.map(|change| correction(audit, &file, Some(reading), change)));
        }
    }
    let mut settlements: Vec<Adjudication> = Vec::new();
    for (audit, file, settled) in store.recorded_adjudications()? {
        let about = &settled.disagreement;
        let earlier = settlements.iter().rev().find(|earlier| earlier.disagreement == *about);
        let positions =
            [about.first.as_str(), about.second.as_str()].into_iter().filter(|said| !said.is_empty());
        let said = positions.collect::<Vec<_>>().join(BOTH_READINGS);
        let change = Difference {
            study_id: about.study_id,
            cell: about.subject.name().to_owned(),
            before: match earlier {
                Some(earlier) => format!("{said}{SETTLED_BEFORE}{}", earlier.settled.name()),
                None => said,
            },
            after: settled.settled.name().to_owned(),
        };
        found.push(correction(audit, &file, None, change));
        settlements.push(settled);
    }
    found.sort_by_key(|one| one.audit);
    Ok(found)
}

/// A comment may be about a patient: it is only said whether there is one.
fn without_comment(change: Difference) -> Difference {
    let shown = |text: &str, word: &str| if text.is_empty() { String::new() } else { word.to_owned() };
    let after = if change.before.is_empty() { "a comment" } else { "another comment" };
    match change.cell.as_str() {
        "comment" => Difference {
            before: shown(&change.before, "a comment"),
            after: shown(&change.after, after),
            ..change
        },
        _ => change,
    }
}
