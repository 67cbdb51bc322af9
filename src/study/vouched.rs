//! What the entries of the audit trail vouch for, compared with the rows that are stored.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use super::drawing::canonical;
use super::forms::digest_of_forms;
use super::verify::{FROM_COPY, VerifyReport, differs};
use crate::digest;
use crate::draw::{Sample, SampledCourse};
use crate::error::Result;
use crate::store::{AuditEntry, DrawRecord, Store, broken_link};

/// The chain of the audit trail, and the content that its entries vouch for.
pub(super) fn verify_trail(store: &Store, report: &mut VerifyReport) -> Result<()> {
    let trail = store.audit_trail()?;
    let length = trail.len();
    match broken_link(&trail) {
        None => report.equal.push(format!("the audit trail is unbroken: {length} entries")),
        Some(number) => {
            report.different.push(differs(format!("the audit trail is broken at entry {number}"), FROM_COPY));
        }
    }
    let sample = store.sample()?;
    let draws = store.draws()?;
    let mut draw = draws.iter();
    let codebooks = intact_codebooks(store)?;
    let mut as_entered = 0;
    for entry in &trail {
        let detail: Value = serde_json::from_str(&entry.detail).unwrap_or_default();
        let holds = match entry.action.as_str() {
            "draw" => {
                holds_draw(store, &sample, draw.next(), entry, &detail)?
                    && holds_frame(store, &detail)?
                    && holds_protocol(store, &detail)?
            }
            "enlarge" => holds_draw(store, &sample, draw.next(), entry, &detail)?,
            "record" | "adjudicate" => holds_import(store, entry, &detail)?,
            "replace" => holds_replacement(store, entry, &detail)?,
            "analyse" | "export" => codebooks.contains(detail["codebook"].as_str().unwrap_or_default()),
            "forms" => detail["content"] == digest_of_forms(&store.forms_of(entry.number)?),
            _ => continue,
        };
        match holds {
            true => as_entered += 1,
            false => report.different.push(differs(
                format!(
                    "audit entry {}, {}: the stored rows are not those that were entered",
                    entry.number, entry.action
                ),
                FROM_COPY,
            )),
        }
    }
    if as_entered > 0 {
        report
            .equal
            .push(format!("what {as_entered} entries of the audit trail stored is as it was entered"));
    }
    Ok(())
}

/// The digests of the stored versions of the codebook whose text is the one that the digest was made of.
fn intact_codebooks(store: &Store) -> Result<BTreeSet<String>> {
    let intact = store.codebooks()?.into_iter().filter(|(digest, text)| digest::of_text(text) == *digest);
    Ok(intact.map(|(digest, _)| digest).collect())
}

/// The frame and the codebook as they were at the first draw.
fn holds_frame(store: &Store, detail: &Value) -> Result<bool> {
    let codebooks = store.codebooks()?;
    let first = codebooks
        .first()
        .is_some_and(|(digest, text)| detail["codebook"] == *digest && digest::of_text(text) == *digest);
    Ok(detail["frame"] == store.frame()?.digest() && first)
}

/// The frozen sections of the protocol and the settings of the analysis as they were at the first draw.
fn holds_protocol(store: &Store, detail: &Value) -> Result<bool> {
    let frozen = store.frozen()?;
    let intact = frozen.values().all(|section| digest::of_text(&section.text) == section.digest);
    let digests: BTreeMap<&String, &String> =
        frozen.iter().map(|(section, stored)| (section, &stored.digest)).collect();
    let settings = digest::of_text(detail["settings"].as_str().unwrap_or_default());
    Ok(intact && detail["frozen"] == json!(digests) && detail["analysis"] == settings)
}

fn holds_draw(
    store: &Store,
    sample: &Sample,
    draw: Option<&DrawRecord>,
    entry: &AuditEntry,
    detail: &Value,
) -> Result<bool> {
    let Some(draw) = draw else { return Ok(false) };
    let ids = store.courses_of_draw(draw.number)?;
    let courses: Vec<SampledCourse> = ids.into_iter().filter_map(|id| sample.course(id).cloned()).collect();
    let record = detail["total"] == draw.total
        && detail["register_file"] == draw.register_file
        && detail["register_sha256"] == draw.register_sha256
        && detail["frame_digest"] == draw.frame_digest;
    let in_use = detail["in_use"] == json!(store.in_use_of(entry.number)?);
    Ok(record && in_use && detail["courses"] == canonical(&courses))
}

fn holds_import(store: &Store, entry: &AuditEntry, detail: &Value) -> Result<bool> {
    let Some((file, sha256)) = store.import_of(entry.number)? else { return Ok(false) };
    let content = digest::of_text(&store.imported_lines(entry.number)?.join("\n"));
    Ok(detail["file"] == file && detail["sha256"] == sha256 && detail["content"] == content)
}

fn holds_replacement(store: &Store, entry: &AuditEntry, detail: &Value) -> Result<bool> {
    let stored: Vec<Value> = store
        .replacements_of(entry.number)?
        .iter()
        .map(|one| json!([one.study_id.to_string(), one.replaced_by.to_string(), one.reason]))
        .collect();
    let mut entered = detail["replaced"].as_array().cloned().unwrap_or_default();
    entered.sort_by_key(|one| one[0].as_str().map(str::to_owned));
    Ok(entered == stored && detail["in_use"] == json!(store.in_use_of(entry.number)?))
}
