//! Whether the files of `results/` and `export/` follow from the data: each is made again, as of the audit entry that its manifest names.

use std::fs;
use std::io::ErrorKind;
use std::path::Path;

use super::basis::{Basis, settings_text};
use super::export::{self, EXPORT_FOLDER};
use super::post_hoc::changed_lines;
use super::products::{self, COMING, MANIFEST, Product, RESULTS_FOLDER};
use super::setting_words::in_words;
use super::standing::other_state;
use super::verify::{VerifyReport, differs};
use super::{ResultsStanding, Session, Study};
use crate::error::Result;
use crate::io::files_within;
use crate::store::Store;

/// A folder of files that a command makes.
struct Made {
    folder: &'static str,
    command: &'static str,
    /// What the reader is told where the folder has no manifest.
    what: &'static str,
}

const RESULTS: Made = Made { folder: RESULTS_FOLDER, command: "hkm analyse", what: "the results" };
const EXPORT: Made = Made { folder: EXPORT_FOLDER, command: "hkm export", what: "the export" };

impl Made {
    /// What to do about a file that differs.
    fn again(&self, is_as_drawn: bool) -> String {
        if !is_as_drawn {
            // The digests of the frozen sections stand in these files.
            return "set study.toml back to what it was at the draw, as told above, and run `hkm verify` again".to_owned();
        }
        format!(
            "if study.toml was changed on purpose, or the file was lost, run `{}`; an edited file must be moved away first",
            self.command
        )
    }
}

/// Recomputes every file of `results/`.
pub(super) fn verify_results(
    study: &Study,
    store: &Store,
    session: &Session<'_>,
    is_as_drawn: bool,
    report: &mut VerifyReport,
) -> Result<()> {
    let settings = settings_text(&study.protocol) + &study.protocol.report.canonical();
    let Some(basis) = basis_of(&RESULTS, &settings, study, store, report)? else { return Ok(()) };
    let results = basis.results(&study.protocol, session)?;
    let files = products::render(&results, study, &basis, store)?;
    compare(&RESULTS, study, &files, is_as_drawn, report)
}

/// Recomputes every file of `export/`; says nothing where there is none.
pub(super) fn verify_export(
    study: &Study,
    store: &Store,
    is_as_drawn: bool,
    report: &mut VerifyReport,
) -> Result<()> {
    if !study.folder.join(EXPORT_FOLDER).exists() {
        return Ok(());
    }
    let settings = settings_text(&study.protocol);
    let Some(basis) = basis_of(&EXPORT, &settings, study, store, report)? else { return Ok(()) };
    let (files, _) = export::render(study, &basis)?;
    compare(&EXPORT, study, &files, is_as_drawn, report)
}

/// What the files of a folder rest on; none where they cannot be made again, which the report then says.
fn basis_of(
    made: &Made,
    settings: &str,
    study: &Study,
    store: &Store,
    report: &mut VerifyReport,
) -> Result<Option<Basis>> {
    let Made { folder, command, what } = made;
    let Some(manifest) = products::read_manifest(&study.folder.join(folder))? else {
        let missing = format!("{what}: there is no {folder}/{MANIFEST}");
        match files_within(&study.folder.join(folder)).iter().any(|name| name != COMING) {
            false => report.unchecked.push(missing),
            // Files that anybody may have written would pass for the study's.
            true => report.different.push(differs(
                format!("{missing}, and nothing vouches for the files beside it"),
                &format!("bring it back, or run `{command}`, which makes all of them anew"),
            )),
        }
        return Ok(None);
    };
    let Some(audit) = manifest.content["audit"].as_i64() else {
        report
            .different
            .push(differs(format!("{folder}/{MANIFEST} names no audit entry"), &made.again(true)));
        return Ok(None);
    };
    let standing = ResultsStanding::of(audit, &store.audit_trail()?);
    let told = standing.of_folder(folder, command);
    if standing.is_ahead() {
        report.different.push(other_state(told, folder));
        return Ok(None);
    }
    if standing.is_behind() {
        report.unchecked.push(told);
    }
    let lines =
        ["settings", "report"].map(|key| manifest.content[key].as_array()).into_iter().flatten().flatten();
    let then: String = lines.filter_map(serde_json::Value::as_str).map(|line| format!("{line}\n")).collect();
    if then != settings {
        // All files would differ from what today's settings give: that is one difference, and not theirs.
        let changed = in_words(&changed_lines(&then, settings), study.protocol.report).en;
        let what = format!("{folder}/ was made with other settings than study.toml has: {changed}");
        let remedy =
            format!("set study.toml back to verify {}, or run `{command}` to make them anew", these(made));
        report.different.push(differs(what, &remedy));
        return Ok(None);
    }
    Basis::read(store, &study.protocol, audit).map(Some)
}

fn these(made: &Made) -> &'static str {
    if made.folder == RESULTS_FOLDER { "these results" } else { "these files" }
}

fn compare(
    made: &Made,
    study: &Study,
    files: &[Product],
    is_as_drawn: bool,
    report: &mut VerifyReport,
) -> Result<()> {
    let again = made.again(is_as_drawn);
    let folder = study.folder.join(made.folder);
    for file in files {
        let name = format!("{}/{}", made.folder, file.name);
        match fs::read(folder.join(&file.name)) {
            Ok(bytes) => report.check(
                bytes == file.bytes,
                format!("{name}: reproduced byte for byte"),
                differs(format!("{name}: differs from what the data give"), &again),
            ),
            Err(fault) => {
                let what = if fault.kind() == ErrorKind::NotFound { "is missing" } else { "cannot be read" };
                report.different.push(differs(format!("{name} {what}"), &again));
            }
        }
    }
    report.unchecked.extend(strangers(made, &folder, files)?);
    Ok(())
}

/// Files that no command wrote: notes, or figures that somebody drew of the tables.
fn strangers(made: &Made, folder: &Path, files: &[Product]) -> Result<Vec<String>> {
    let manifest = products::read_manifest(folder)?;
    let is_named =
        |name: &str| manifest.as_ref().is_some_and(|manifest| manifest.content["files"][name].is_string());
    let is_ours = |name: &str| name == COMING || is_named(name) || files.iter().any(|file| file.name == name);
    let told = |name: &String| format!("{}/{name}: not written by hkm", made.folder);
    Ok(files_within(folder).iter().filter(|name| !is_ours(name)).map(told).collect())
}
