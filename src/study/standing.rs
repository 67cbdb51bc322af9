//! Which state of the data `results/` rests on, and how far the study has gone since.

use std::fmt;
use std::path::Path;

use super::Study;
use super::basis::{changes_data, data_digest};
use super::products::{self, MANIFEST, RESULTS_FOLDER};
use super::status::ReviewState;
use crate::error::{Error, Finding, Place, Result};
use crate::report::SOFTWARE;
use crate::store::{AuditEntry, STUDY_FILE, Store};

/// The state of the data that `results/` rests on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ResultsStanding {
    /// The entry of the audit trail up to which data were used.
    pub audit: i64,
    /// How many later entries changed the data.
    pub changes_since: u64,
    /// The last entry of the audit trail.
    pub last: i64,
}

impl ResultsStanding {
    /// Counts what came after an entry.
    pub(super) fn of(audit: i64, trail: &[AuditEntry]) -> Self {
        let later = trail.iter().filter(changes_data).filter(|entry| entry.number > audit);
        let last = trail.last().map_or(0, |entry| entry.number);
        ResultsStanding { audit, changes_since: later.count() as u64, last }
    }

    /// The same for the results of a study folder; none where there is no manifest that tells.
    pub(super) fn read(study: &Path, trail: &[AuditEntry]) -> Option<Self> {
        let manifest = products::read_manifest(&study.join(RESULTS_FOLDER)).ok()??;
        Some(ResultsStanding::of(manifest.content["audit"].as_i64()?, trail))
    }

    /// Whether the database is older than the results: an old copy was brought back.
    pub fn is_ahead(self) -> bool {
        self.audit > self.last
    }

    /// Whether the data have changed since.
    pub fn is_behind(self) -> bool {
        self.changes_since > 0
    }
}

/// Results of another state of the study than the database has ever been in are not replaced: what is lost is the database.
///
/// # Errors
/// The database is older than the results, or another one.
pub(super) fn refuse_other_state(study: &Study, store: &Store) -> Result<()> {
    let Some(manifest) = products::read_manifest(&study.folder.join(RESULTS_FOLDER))? else { return Ok(()) };
    let Some(audit) = manifest.content["audit"].as_i64() else { return Ok(()) };
    let standing = ResultsStanding::of(audit, &store.audit_trail()?);
    if standing.is_ahead() {
        return Err(Error::data(vec![other_state(standing.to_string(), RESULTS_FOLDER)]));
    }
    // Another release may write the text of the same data in another way.
    let digest = data_digest(store, &ReviewState::read(store, &study.protocol, audit)?, audit)?;
    if manifest.content["software"] != SOFTWARE || manifest.content["data_digest"] == digest {
        return Ok(());
    }
    let what = format!(
        "{RESULTS_FOLDER}/ rests on other data than {STUDY_FILE} held at entry {audit} of its audit trail"
    );
    Err(Error::data(vec![other_state(what, RESULTS_FOLDER)]))
}

/// A first draw beside results means that the database is gone.
///
/// # Errors
/// There are results.
pub(super) fn refuse_results_without_study(study: &Path) -> Result<()> {
    match products::read_manifest(&study.join(RESULTS_FOLDER))? {
        None => Ok(()),
        Some(_) => {
            let what = format!("{RESULTS_FOLDER}/ has results, and {STUDY_FILE} is not here");
            Err(Error::data(vec![other_state(what, RESULTS_FOLDER)]))
        }
    }
}

pub(super) fn other_state(what: String, folder: &str) -> Finding {
    Finding::error("other_state", what)
        .at(Place::file(format!("{folder}/{MANIFEST}")))
        .because("reviews that were recorded may be lost, and these results could not be made again")
        .remedy(format!(
            "bring the newest copy of {STUDY_FILE} and key.sqlite back; only to begin anew, move {folder}/ away"
        ))
}

impl fmt::Display for ResultsStanding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.of_folder(RESULTS_FOLDER, "hkm analyse"))
    }
}

impl ResultsStanding {
    /// In words, for a folder and the command that makes it anew.
    pub(super) fn of_folder(self, folder: &str, command: &str) -> String {
        let what = if folder == RESULTS_FOLDER { "the results" } else { "the export" };
        let rests = format!("{folder}/ rests on entry {} of the audit trail", self.audit);
        if self.is_ahead() {
            return format!("{rests}, and {STUDY_FILE} ends at entry {}: it is older than {what}", self.last);
        }
        match self.changes_since {
            0 => rests,
            1 => format!("{rests}; the data have changed since (1 entry): run `{command}`"),
            many => format!("{rests}; the data have changed since ({many} entries): run `{command}`"),
        }
    }
}
