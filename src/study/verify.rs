//! `hkm verify`: redoes the draw, rechecks the audit trail, makes forms, results and export again, and says what differs.

mod drawn;

use super::check::changed_sections;
use super::draw::frame_record;
use super::forms::{FORMS_FOLDER, verify_forms};
use super::reproduced::{verify_export, verify_results};
use super::returned::verify_returned;
use super::scan::{Scan, scan_with_sha256};
use super::{Session, Study};
use crate::draw::Numbering;
use crate::error::{Error, Finding, Result};
use crate::store::{KEY_FILE, KeyAccess, Store};
use drawn::{Extract, verify_key};

/// What was checked, and what came of it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct VerifyReport {
    /// What agrees.
    pub equal: Vec<String>,
    /// What differs, with what to do about it.
    pub different: Vec<Finding>,
    /// What could not be checked, and why.
    pub unchecked: Vec<String>,
}

impl VerifyReport {
    pub(super) fn check(&mut self, equal: bool, yes: impl Into<String>, no: Finding) {
        if equal { self.equal.push(yes.into()) } else { self.different.push(no) }
    }

    /// What a check came to. One that could not be made to its end is a difference beside what the others find.
    fn go_on<T>(&mut self, checked: Result<T>) -> Result<Option<T>> {
        match checked {
            Ok(found) => Ok(Some(found)),
            Err(error) if is_passing(&error) => Err(error),
            Err(error) => {
                self.tell(error.findings());
                Ok(None)
            }
        }
    }

    /// Tells of each fault once: several checks read the same file.
    fn tell(&mut self, findings: &[Finding]) {
        for finding in findings {
            if !self.different.contains(finding) {
                self.different.push(finding.clone());
            }
        }
    }
}

/// Whether it is the moment and not the study that is at fault: another command, a full disk, a drive that is gone.
fn is_passing(error: &Error) -> bool {
    const PASSING: [&str; 4] = ["store_busy", "disk_full", "store_read_only", "store_io"];
    error.findings().iter().any(|finding| PASSING.contains(&finding.code))
}

const OTHER_EXTRACT: &str = "bring back the extract that the sample was drawn from: its SHA-256 is in results/manifest.json and in `hkm status --log`";
pub(super) const FROM_COPY: &str = "somebody wrote to the database outside `hkm`: bring back a copy of the folder from before, and find out who did";
const OWN_KEY: &str =
    "bring the key of this study back: study.sqlite and key.sqlite are kept and copied together";

pub(super) fn differs(what: impl Into<String>, remedy: &str) -> Finding {
    Finding::error("different", what).remedy(remedy)
}

/// The first of several names, and how many there are beside them.
pub(super) fn some(names: &[String]) -> String {
    const NAMED: usize = 6;
    let named = names.iter().take(NAMED).map(String::as_str).collect::<Vec<_>>().join(", ");
    match names.len().saturating_sub(NAMED) {
        0 => named,
        more => format!("{named} and {more} more"),
    }
}

/// Checks the whole study against itself.
///
/// # Errors
/// When the study's database is not one, or nothing is drawn yet.
pub fn verify(study: &Study, session: &Session<'_>) -> Result<VerifyReport> {
    let mut report = VerifyReport::default();
    let (store, key) = open(study, &mut report)?;
    report.tell(&store.damage());
    let is_as_drawn = verify_protocol(study, &mut report);
    let is_as_drawn = report.go_on(is_as_drawn)?;
    let trail = super::vouched::verify_trail(&store, &mut report);
    report.go_on(trail)?;
    let draw = verify_draw(study, &store, key, session, is_as_drawn, &mut report);
    report.go_on(draw)?;
    if is_as_drawn == Some(true) {
        let forms = verify_forms(study, &store, key, &mut report);
        report.go_on(forms)?;
    } else {
        report.unchecked.push(format!("{FORMS_FOLDER}/: study.toml is not as at the draw"));
    }
    let returned = verify_returned(study, &store, &mut report);
    report.go_on(returned)?;
    let as_drawn = is_as_drawn == Some(true);
    let results = verify_results(study, &store, session, as_drawn, &mut report);
    report.go_on(results)?;
    let export = verify_export(study, &store, as_drawn, &mut report);
    report.go_on(export)?;
    Ok(report)
}

/// Opens the study with its key, or without one that is away or cannot be read.
fn open(study: &Study, report: &mut VerifyReport) -> Result<(Store, KeyAccess)> {
    if study.folder.join(KEY_FILE).exists() {
        let opened = Store::open_drawn(&study.folder, KeyAccess::Examined);
        match opened {
            Ok(store) => return Ok((store, KeyAccess::Examined)),
            // What is wrong with the study's own database is told by opening it alone.
            Err(error) => {
                let store = Store::open_drawn(&study.folder, KeyAccess::Closed)?;
                report.go_on::<()>(Err(error))?;
                return Ok((store, KeyAccess::Closed));
            }
        }
    }
    Ok((Store::open_drawn(&study.folder, KeyAccess::Closed)?, KeyAccess::Closed))
}

/// Whether the frozen sections are those of the draw.
fn verify_protocol(study: &Study, report: &mut VerifyReport) -> Result<bool> {
    let changed = changed_sections(study)?;
    let is_as_drawn = changed.is_empty();
    if is_as_drawn {
        report.equal.push("the frozen sections of study.toml are as at the draw".to_owned());
    }
    report.different.extend(changed);
    Ok(is_as_drawn)
}

/// Draws again from the register and compares with the key, course by course.
fn verify_draw(
    study: &Study,
    store: &Store,
    key: KeyAccess,
    session: &Session<'_>,
    is_as_drawn: Option<bool>,
    report: &mut VerifyReport,
) -> Result<()> {
    let path = study.register_path();
    if !path.exists() {
        report.unchecked.push(format!("the draw: `{}` is not here", study.protocol.layout.file));
        return Ok(());
    }
    let Some(seed) = &study.protocol.sampling.seed else {
        // That the seed was changed is told above, with the other frozen sections.
        report.unchecked.push("the draw: study.toml has no seed any more".to_owned());
        return Ok(());
    };
    let draws = store.draws()?;
    let sample = store.sample()?;
    let most: Vec<usize> = sample.strata.iter().map(|stratum| stratum.drawn as usize).collect();
    let (scan, sha256) = scan_with_sha256(study, &Numbering::new(seed), &most, session)?;
    let same_bytes = draws.iter().all(|draw| draw.register_sha256 == sha256);
    if !same_bytes {
        report.unchecked.push("the register's file has other bytes than at a draw; what counts is whether it holds the same courses".to_owned());
    }
    let frame = scan.digest.hexadecimal();
    let same_frame = draws.iter().all(|draw| draw.frame_digest == frame);
    report.check(
        same_frame,
        "the register holds the same frame as at the draw",
        differs("the register holds another frame than at the draw", OTHER_EXTRACT),
    );
    verify_values(study, store, &scan, report)?;
    if key == KeyAccess::Closed {
        let why = if study.folder.join(KEY_FILE).exists() { "cannot be read" } else { "is not here" };
        report.unchecked.push(format!("who was drawn: `{KEY_FILE}` {why}"));
        return Ok(());
    }
    let extract = Extract { is_of_draw: same_bytes || same_frame, is_as_drawn };
    verify_key(study, store, &sample, scan.selections, extract, report)
}

/// What the register says of the frame, by stratum and indicator.
fn verify_values(study: &Study, store: &Store, scan: &Scan, report: &mut VerifyReport) -> Result<()> {
    let (now, then) = (frame_record(&study.protocol, scan), store.frame()?);
    report.check(
        now.values == then.values,
        "the register holds the same values of the indicators as at the draw",
        differs("the register holds other values of the indicators than at the draw", OTHER_EXTRACT),
    );
    report.check(
        now.characteristics == then.characteristics,
        "the register holds the same ages, sexes and years as at the draw",
        differs("the register holds other ages, sexes or years than at the draw", OTHER_EXTRACT),
    );
    Ok(())
}
