//! What was changed after the draw, or after the data had been analysed as final: every reader of the results must know.

use std::collections::BTreeSet;

use serde_json::Value;

use super::basis::{codebook_text, is_look, settings_text};
use super::codebook_words;
use super::difference::{Change, changes};
use super::setting_words::in_words;
use crate::digest;
use crate::error::Result;
use crate::protocol::{Bilingual, Protocol};
use crate::store::{AuditEntry, Store};

/// How many entries of the audit trail a line names.
const NAMED: usize = 5;

/// The changes up to an audit entry, in words.
pub(super) fn post_hoc(
    store: &Store,
    protocol: &Protocol,
    trail: &[AuditEntry],
    audit: i64,
) -> Result<Vec<Bilingual>> {
    let found = [
        changed_codebook(store, protocol)?,
        changed_settings(protocol, trail),
        enlarged_after_look(trail, audit),
        changed_after_final(store, trail, audit)?,
    ];
    Ok(found.into_iter().flatten().collect())
}

fn changed_codebook(store: &Store, protocol: &Protocol) -> Result<Option<Bilingual>> {
    let (first, now) = (store.codebooks()?.into_iter().next(), codebook_text(protocol));
    Ok(first.filter(|(digest, _)| *digest != digest::of_text(&now)).map(|(_, first)| {
        let found = codebook_words::in_words([&first, &now], &protocol.items, protocol.report);
        let Bilingual { da, en } = found.unwrap_or_else(|| Bilingual {
            da: "rækkefølgen af dens indikatorer".to_owned(),
            en: "the order of its indicators".to_owned(),
        });
        Bilingual {
            da: format!("kodebogen er en anden end ved udtrækningen: {da}"),
            en: format!("the codebook differs from that at the draw: {en}"),
        }
    }))
}

fn changed_settings(protocol: &Protocol, trail: &[AuditEntry]) -> Option<Bilingual> {
    let draw = trail.iter().find(|entry| entry.action == "draw")?;
    let detail: Value = serde_json::from_str(&draw.detail).ok()?;
    let (then, now) = (detail["settings"].as_str()?, settings_text(protocol));
    let changes: Vec<Change> = changed_lines(then, &now);
    let told = in_words(&changes, protocol.report);
    (then != now).then(|| Bilingual {
        da: format!("analysens indstillinger er andre end ved udtrækningen: {}", told.da),
        en: format!("the settings of the analysis differ from those at the draw: {}", told.en),
    })
}

/// The settings whose lines differ.
pub(super) fn changed_lines(then: &str, now: &str) -> Vec<Change> {
    let value = |text: &str| serde_json::from_str(text).unwrap_or_else(|_| Value::from(text));
    let setting = |line: &str| line.split_once('=').map(|(key, text)| (key.to_owned(), value(text)));
    let object = |text: &str| Value::Object(text.lines().filter_map(setting).collect());
    changes(&object(then), &object(now), "")
}

fn enlarged_after_look(trail: &[AuditEntry], audit: i64) -> Option<Bilingual> {
    // With no review there was nothing to look at.
    let saw_any = |entry: &&AuditEntry| {
        let detail: Value = serde_json::from_str(&entry.detail).unwrap_or_default();
        is_look(entry) && detail["status"] != "empty"
    };
    let first_look = trail.iter().find(saw_any)?.number;
    let enlarged =
        |entry: &AuditEntry| entry.action == "enlarge" && (first_look..=audit).contains(&entry.number);
    trail.iter().any(enlarged).then(|| Bilingual {
        da: "stikprøven blev udvidet, efter at data var analyseret; nominel dækning forudsætter en størrelse, der er fastsat på forhånd"
            .to_owned(),
        en: "the sample was enlarged after the data had been analysed; nominal coverage assumes a size fixed beforehand"
            .to_owned(),
    })
}

/// Whether anything that a final analysis rested on was changed. That the sample was enlarged has a line of its own, and the
/// reviews of the courses that came with it are no change.
fn changed_after_final(store: &Store, trail: &[AuditEntry], audit: i64) -> Result<Option<Bilingual>> {
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
    let [da, en] = entries(&numbers);
    Ok((!numbers.is_empty()).then(|| Bilingual {
        da: format!("data blev ændret, efter at de var analyseret som endelige ({da})"),
        en: format!("the data were changed after they had been analysed as final ({en})"),
    }))
}

/// The state of the data of the first final analysis.
fn first_final(trail: &[AuditEntry]) -> Option<i64> {
    let as_of = |entry: &AuditEntry| {
        let detail: Value = serde_json::from_str(&entry.detail).ok()?;
        (is_look(entry) && detail["status"] == "final").then_some(detail["as_of"].as_i64()?)
    };
    trail.iter().filter_map(as_of).min()
}

/// Whether stored lines, which begin with a study id, are about any of these courses.
fn is_about(lines: &[String], courses: &BTreeSet<String>) -> bool {
    let id = |line: &String| serde_json::from_str::<Value>(line).ok()?[0].as_str().map(str::to_owned);
    lines.iter().filter_map(id).any(|id| courses.contains(&id))
}

/// `entries 9 and 12 of the audit trail`, in Danish and English.
fn entries(numbers: &[i64]) -> [String; 2] {
    let named: Vec<String> = numbers.iter().take(NAMED).map(i64::to_string).collect();
    let listed = |and: &str, others: &str| match (named.as_slice(), numbers.len().saturating_sub(NAMED)) {
        ([one], _) => one.clone(),
        ([rest @ .., last], 0) => format!("{} {and} {last}", rest.join(", ")),
        (all, more) => format!("{} {and} {more} {others}", all.join(", ")),
    };
    let entries = if numbers.len() == 1 { "entry" } else { "entries" };
    [
        format!("post {} i revisionssporet", listed("og", "andre")),
        format!("{entries} {} of the audit trail", listed("and", "more")),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::study::difference::listed;

    #[test]
    fn entries_are_named_up_to_five() {
        assert_eq!(entries(&[9]), ["post 9 i revisionssporet", "entry 9 of the audit trail"]);
        assert_eq!(entries(&[9, 12])[1], "entries 9 and 12 of the audit trail");
        assert_eq!(entries(&[1, 2, 3, 4, 5, 6])[1], "entries 1, 2, 3, 4, 5 and 1 more of the audit trail");
    }

    #[test]
    fn numbers_among_the_settings_are_numbers() {
        let changes = changed_lines("level=95 %\nmin_cell=3\n", "level=90 %\nmin_cell=5\n");
        assert_eq!(listed(&changes), r#"level "95 %" → "90 %"; min_cell 3 → 5"#);
    }
}
