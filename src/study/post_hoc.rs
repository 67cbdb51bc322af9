//! What was changed after the draw, or after the data had been analysed as final: every reader of the results must know.

use std::collections::BTreeSet;

use serde_json::Value;

use super::basis::{codebook_text, settings_text};
use crate::digest;
use crate::error::Result;
use crate::protocol::Protocol;
use crate::store::{AuditEntry, Store};

/// How many entries of the audit trail a line names.
const NAMED: usize = 5;

/// The changes up to an audit entry, in words.
pub(super) fn post_hoc(
    store: &Store,
    protocol: &Protocol,
    trail: &[AuditEntry],
    audit: i64,
) -> Result<Vec<String>> {
    let found = [
        changed_codebook(store, protocol)?,
        changed_settings(protocol, trail),
        enlarged_after_look(trail, audit),
        changed_after_final(store, trail, audit)?,
    ];
    Ok(found.into_iter().flatten().collect())
}

fn changed_codebook(store: &Store, protocol: &Protocol) -> Result<Option<String>> {
    let first = store.codebooks()?.into_iter().next().map(|(digest, _)| digest).unwrap_or_default();
    Ok((first != digest::of_text(&codebook_text(protocol))).then(|| {
        "the codebook (definitions, value maps or rules for missing values) differs from that at the draw"
            .to_owned()
    }))
}

fn changed_settings(protocol: &Protocol, trail: &[AuditEntry]) -> Option<String> {
    let draw = trail.iter().find(|entry| entry.action == "draw")?;
    let detail: Value = serde_json::from_str(&draw.detail).ok()?;
    (detail["analysis"] != digest::of_text(&settings_text(protocol)))
        .then(|| "the settings of the analysis differ from those at the draw".to_owned())
}

fn enlarged_after_look(trail: &[AuditEntry], audit: i64) -> Option<String> {
    let first_look = trail.iter().find(|entry| entry.action == "analyse")?.number;
    let enlarged =
        |entry: &AuditEntry| entry.action == "enlarge" && (first_look..=audit).contains(&entry.number);
    trail.iter().any(enlarged).then(|| {
        "the sample was enlarged after the data had been analysed; nominal coverage assumes a size fixed beforehand".to_owned()
    })
}

/// Whether anything that a final analysis rested on was changed. That the sample was enlarged has a line of its own, and the
/// reviews of the courses that came with it are no change.
fn changed_after_final(store: &Store, trail: &[AuditEntry], audit: i64) -> Result<Option<String>> {
    let Some(final_as_of) = first_final(trail).filter(|as_of| *as_of < audit) else { return Ok(None) };
    let sample = store.sample_as_of(final_as_of)?;
    let known: BTreeSet<String> = sample.in_use().map(|course| course.study_id.to_string()).collect();
    let mut numbers = Vec::new();
    for entry in trail.iter().filter(|entry| entry.number > final_as_of && entry.number <= audit) {
        let is_change = match entry.action.as_str() {
            "replace" => true,
            "record" | "adjudicate" => is_about(&store.imported_lines(entry.number)?, &known),
            _ => false,
        };
        numbers.extend(is_change.then_some(entry.number));
    }
    Ok((!numbers.is_empty()).then(|| {
        format!("the data were changed after they had been analysed as final ({})", entries(&numbers))
    }))
}

/// The state of the data of the first final analysis.
fn first_final(trail: &[AuditEntry]) -> Option<i64> {
    let as_of = |entry: &AuditEntry| {
        let detail: Value = serde_json::from_str(&entry.detail).ok()?;
        (entry.action == "analyse" && detail["status"] == "final").then_some(detail["as_of"].as_i64()?)
    };
    trail.iter().filter_map(as_of).min()
}

/// Whether stored lines, which begin with a study id, are about any of these courses.
fn is_about(lines: &[String], courses: &BTreeSet<String>) -> bool {
    let id = |line: &String| serde_json::from_str::<Value>(line).ok()?[0].as_str().map(str::to_owned);
    lines.iter().filter_map(id).any(|id| courses.contains(&id))
}

/// `entries 9 and 12 of the audit trail`.
fn entries(numbers: &[i64]) -> String {
    let named: Vec<String> = numbers.iter().take(NAMED).map(i64::to_string).collect();
    let listed = match (named.as_slice(), numbers.len().saturating_sub(NAMED)) {
        ([one], _) => return format!("entry {one} of the audit trail"),
        ([rest @ .., last], 0) => format!("{} and {last}", rest.join(", ")),
        (all, more) => format!("{} and {more} more", all.join(", ")),
    };
    format!("entries {listed} of the audit trail")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_are_named_up_to_five() {
        assert_eq!(entries(&[9]), "entry 9 of the audit trail");
        assert_eq!(entries(&[9, 12]), "entries 9 and 12 of the audit trail");
        assert_eq!(entries(&[1, 2, 3, 4, 5, 6]), "entries 1, 2, 3, 4, 5 and 1 more of the audit trail");
    }
}
