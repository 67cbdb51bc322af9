//! Review forms that are out with an older codebook than the study has now.

use std::collections::BTreeMap;

use serde_json::Value;

use super::StudyStamp;
use crate::error::Result;
use crate::protocol::Protocol;
use crate::review::Reading;
use crate::store::{FormRecord, Store};

/// The review forms with reviews still to come whose reviewers decide by an older codebook, by their names, in order.
pub(super) fn outdated_forms(store: &Store, protocol: &Protocol) -> Result<Vec<String>> {
    let now = StudyStamp::of(store, protocol)?;
    let asked = asked_when_written(store)?;
    let reviews = store.reviews(protocol, i64::MAX)?;
    let is_outdated = |form: &FormRecord| {
        let reading = match form.kind.as_str() {
            "first" => Reading::First,
            "second" => Reading::Second,
            _ => return false,
        };
        let waits = || form.courses.iter().any(|id| reviews.latest(*id, reading).is_none());
        asked.get(&form.file).is_some_and(|codebook| *codebook != now.codebook()) && waits()
    };
    let mut files: Vec<String> =
        store.forms()?.into_iter().filter(is_outdated).map(|form| form.file).collect();
    files.sort();
    Ok(files)
}

/// The digest of the codebook with which each form was written last.
pub(super) fn asked_when_written(store: &Store) -> Result<BTreeMap<String, String>> {
    let mut asked = BTreeMap::new();
    for entry in store.audit_trail()?.iter().filter(|entry| entry.action == "forms") {
        let detail: Value = serde_json::from_str(&entry.detail).unwrap_or_default();
        let Some(codebook) = detail["asked"].as_str() else { continue };
        let files = detail["files"].as_array().into_iter().flatten().filter_map(Value::as_str);
        asked.extend(files.map(|file| (file.to_owned(), codebook.to_owned())));
    }
    Ok(asked)
}
