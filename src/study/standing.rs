//! Which state of the data `results/` rests on, and how far the study has gone since.

use std::fmt;
use std::path::Path;

use super::basis::changes_data;
use super::products::{self, RESULTS_FOLDER};
use crate::store::AuditEntry;

/// The state of the data that `results/` rests on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ResultsStanding {
    /// The entry of the audit trail up to which data were used.
    pub audit: i64,
    /// How many later entries changed the data.
    pub changes_since: u64,
}

impl ResultsStanding {
    /// Counts what came after an entry.
    pub(super) fn of(audit: i64, trail: &[AuditEntry]) -> Self {
        let later = trail.iter().filter(changes_data).filter(|entry| entry.number > audit);
        ResultsStanding { audit, changes_since: later.count() as u64 }
    }

    /// The same for the results of a study folder; none where there is no manifest that tells.
    pub(super) fn read(study: &Path, trail: &[AuditEntry]) -> Option<Self> {
        let manifest = products::read_manifest(&study.join(RESULTS_FOLDER)).ok()??;
        Some(ResultsStanding::of(manifest.content["audit"].as_i64()?, trail))
    }

    /// Whether the data have changed since.
    pub fn is_behind(self) -> bool {
        self.changes_since > 0
    }
}

impl fmt::Display for ResultsStanding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{RESULTS_FOLDER}/ rests on entry {} of the audit trail", self.audit)?;
        match self.changes_since {
            0 => Ok(()),
            1 => write!(f, "; the data have changed since (1 entry): run `hkm analyse`"),
            many => write!(f, "; the data have changed since ({many} entries): run `hkm analyse`"),
        }
    }
}
