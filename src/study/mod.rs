//! A whole command each: what joins the stages, the files and the store. Called by the command line, by the demo and by tests.

mod adjudicate;
mod analyse;
mod basis;
mod check;
mod codebook_words;
mod cohort;
mod corrections;
mod difference;
mod draw;
mod drawing;
mod enlarge;
mod export;
mod forms;
mod new;
mod pages;
mod post_hoc;
mod products;
mod record;
mod replace;
mod reproduced;
mod returned;
mod scan;
mod setting_words;
mod standing;
mod status;
mod table_documents;
mod verify;
mod vouched;

pub use adjudicate::{AdjudicationOutcome, adjudicate_out, adjudicate_return};
pub use analyse::{AnalyseOptions, AnalysisOutcome, analyse, analyse_for_screen};
pub use check::{CheckReport, check};
pub use cohort::{CohortReport, cohort};
pub use corrections::{BOTH_READINGS, Correction, SETTLED_BEFORE};
pub use draw::{DrawReport, StratumDraw, draw};
pub use enlarge::enlarge;
pub use export::{EXPORT_FOLDER, ExportReport, export};
pub use forms::{FormFormat, FormsReport, rewrite_forms, write_forms};
pub use new::{NewReport, create};
pub use record::{RecordOptions, RecordReport, Waiting, record};
pub use replace::{ReplaceReport, replace};
pub use scan::Scan;
pub use standing::ResultsStanding;
pub use status::{StatusReport, StratumStatus, status};
pub use verify::{VerifyReport, verify};

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use jiff::civil::Date;

use crate::error::{Error, Finding, Result};
use crate::io::cannot_read;
use crate::protocol::Protocol;
use crate::store::Actor;

/// The name of the protocol in a study folder.
pub const PROTOCOL_FILE: &str = "study.toml";

/// A study folder with its protocol.
#[derive(Debug, Clone, PartialEq)]
pub struct Study {
    /// The folder.
    pub folder: PathBuf,
    /// Its protocol.
    pub protocol: Protocol,
}

/// Who runs a command, when, and who wants to hear of its progress. All of it comes from outside, so that a demo has the
/// same bytes every time.
pub struct Session<'a> {
    /// Who and when, for the audit trail.
    pub actor: Actor,
    /// The day, for checks of dates.
    pub today: Date,
    /// Hears how far the work has come.
    pub progress: &'a dyn Fn(Progress),
}

/// How far the work has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Progress {
    /// Rows read of a file; nobody knows how many it has.
    Rows(u64),
    /// Bootstrap replicates made.
    Replicates {
        /// So many are done.
        done: u64,
        /// So many are wanted.
        of: u64,
    },
}

impl Study {
    /// Opens the study of a folder.
    ///
    /// # Errors
    /// When there is no protocol, and everything that is wrong in it.
    pub fn open(folder: &Path) -> Result<Self> {
        let path = folder.join(PROTOCOL_FILE);
        let text = fs::read_to_string(&path).map_err(|fault| match fault.kind() {
            ErrorKind::NotFound => Error::cannot_run(no_study_in(folder)),
            _ => cannot_read(&path, &fault),
        })?;
        Ok(Study { folder: folder.to_owned(), protocol: Protocol::read(&text, PROTOCOL_FILE)? })
    }

    /// Finds the study that a folder belongs to: its own, or that of the nearest folder above.
    ///
    /// # Errors
    /// When there is none.
    pub fn find(from: &Path) -> Result<PathBuf> {
        let from = fs::canonicalize(from).map_err(|fault| cannot_read(from, &fault))?;
        let found = from.ancestors().find(|folder| folder.join(PROTOCOL_FILE).is_file());
        found.map(Path::to_owned).ok_or_else(|| Error::cannot_run(no_study(&from)))
    }

    /// The path of the register.
    pub fn register_path(&self) -> PathBuf {
        self.folder.join(&self.protocol.layout.file)
    }
}

fn no_study_in(folder: &Path) -> Finding {
    Finding::error("no_study", format!("there is no {PROTOCOL_FILE} in `{}`", folder.display()))
        .remedy("name a study folder, or make one with `hkm new DIR`")
}

fn no_study(from: &Path) -> Finding {
    Finding::error("no_study", format!("there is no {PROTOCOL_FILE} in `{}` or above it", from.display()))
        .remedy("go to a study folder, name it with --study DIR, or make one with `hkm new DIR`")
}
