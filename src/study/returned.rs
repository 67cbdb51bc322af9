//! Whether the files that were recorded are still what they were: the study remembers their names and digests.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;

use super::Study;
use super::forms::FORMS_FOLDER;
use super::verify::{VerifyReport, some};
use crate::digest;
use crate::error::{Finding, Place, Result};
use crate::io::files_within;
use crate::store::{ImportedFile, Store};

/// The folder of what comes back.
const RETURNED_FOLDER: &str = "returned";

/// Looks for every recorded file by its digest, whatever it is called now. One that is elsewhere cannot be checked; one of that name
/// with bytes that nobody recorded differs. A file that was corrected in place and recorded again speaks by its last bytes.
pub(super) fn verify_returned(study: &Study, store: &Store, report: &mut VerifyReport) -> Result<()> {
    let imports = store.imports()?;
    let here = digests(study);
    let is_here = |one: &&ImportedFile| here.values().any(|sha256| *sha256 == one.sha256);
    let (found, lost): (Vec<&ImportedFile>, Vec<&ImportedFile>) = imports.iter().partition(is_here);
    let mut absent: Vec<String> = Vec::new();
    let mut told = BTreeSet::new();
    for one in &lost {
        let changed: Vec<&String> = strange_namesakes(one, &here, &imports).collect();
        if changed.is_empty() && is_last_of_name(one, &imports) {
            absent.push(format!("{} (entry {})", one.file, one.audit));
        }
        let new = changed.into_iter().filter(|path| told.insert((*path).clone()));
        report.different.extend(new.map(|path| changed_file(path, one)));
    }
    if !found.is_empty() {
        let files: BTreeSet<&str> = found.iter().map(|one| one.sha256.as_str()).collect();
        report
            .equal
            .push(format!("recorded files: {} found, with the bytes that were recorded", files.len()));
    }
    if !absent.is_empty() {
        report.unchecked.push(format!("recorded files that are not found here: {}", some(&absent)));
    }
    Ok(())
}

/// Path within the study → SHA-256 of what came back, and of what was filled in where it was written.
fn digests(study: &Study) -> BTreeMap<String, String> {
    let mut digests = BTreeMap::new();
    for folder in [RETURNED_FOLDER, FORMS_FOLDER] {
        for name in files_within(&study.folder.join(folder)) {
            let path = format!("{folder}/{name}");
            // A file that cannot be read is not found.
            let digest = File::open(study.folder.join(&path)).and_then(digest::of_reader);
            digests.extend(digest.ok().map(|sha256| (path, sha256)));
        }
    }
    digests
}

/// Files in `returned/` with the name of a recorded one, and bytes that nobody ever recorded.
fn strange_namesakes<'h>(
    one: &'h ImportedFile,
    here: &'h BTreeMap<String, String>,
    imports: &'h [ImportedFile],
) -> impl Iterator<Item = &'h String> {
    let is_known = |sha256: &String| imports.iter().any(|import| import.sha256 == *sha256);
    let is_namesake =
        |path: &str| path.starts_with(RETURNED_FOLDER) && path.rsplit('/').next() == Some(one.file.as_str());
    let strange = here.iter().filter(move |(path, sha256)| is_namesake(path.as_str()) && !is_known(sha256));
    strange.map(|(path, _)| path)
}

fn is_last_of_name(one: &ImportedFile, imports: &[ImportedFile]) -> bool {
    imports.iter().rfind(|import| import.file == one.file) == Some(one)
}

fn changed_file(path: &str, recorded: &ImportedFile) -> Finding {
    let ImportedFile { audit, action, sha256, .. } = recorded;
    Finding::error("different", format!("{path}: differs from the file that was recorded"))
        .at(Place::file(path))
        .because(format!("entry {audit} of the audit trail stored what a file with SHA-256 {sha256} held"))
        .remedy(format!(
            "if it was corrected on purpose, run `hkm {action} {path}`; otherwise bring the recorded file back, or move this one away"
        ))
}
