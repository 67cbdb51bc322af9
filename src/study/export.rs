//! `hkm export`: the reviewed courses with scripts that repeat the table, to `export/`. For the secured server.

use serde_json::{Map, Value, json};

use super::basis::{Basis, contradiction, settings_text};
use super::check::refuse_changed_sections;
use super::products::{self, MANIFEST, Product};
use super::standing::refuse_other_state;
use super::{Session, Study};
use crate::accuracy::Evidence;
use crate::digest;
use crate::error::{Error, Finding, Result};
use crate::io::{Access, data_csv, data_stata};
use crate::report::{SOFTWARE, export as rows_of, export_readme, repeat_in_r, repeat_in_stata};
use crate::store::{KeyAccess, Store};

/// The folder of what stays on the secured server.
pub const EXPORT_FOLDER: &str = "export";
const COMMAND: &str = "hkm export";

/// What was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExportReport {
    /// The files in `export/`.
    pub written: Vec<String>,
    /// Courses, one a row.
    pub courses: usize,
    /// Whether all is reviewed and settled.
    pub is_final: bool,
}

/// Writes the reviewed courses and what repeats the table from them. Files that somebody edited are kept unless `replace` says so.
///
/// # Errors
/// When nothing is reviewed, values of the register are not mapped, frozen sections were changed, or a file was edited.
pub fn export(study: &Study, replace: bool, session: &Session<'_>) -> Result<ExportReport> {
    refuse_changed_sections(study)?;
    let store = Store::open_drawn(&study.folder, KeyAccess::Closed)?;
    refuse_other_state(study, &store)?;
    let folder = study.folder.join(EXPORT_FOLDER);
    let (files, report) = store.write(|store| {
        let basis = Basis::log_and_read(store, &study.protocol, "export", session)?;
        if basis.state.reviews.is_empty() {
            return Err(Error::cannot_run(nothing_reviewed()));
        }
        let (files, courses) = render(study, &basis)?;
        if !replace {
            products::refuse_edited(&folder, &files, COMMAND)?;
        }
        let written = files.iter().map(|file| file.name.clone()).collect();
        Ok((files, ExportReport { written, courses, is_final: basis.head.is_final }))
    })?;
    // In a transaction of its own, as that of `analyse`.
    store.write(|_| products::write(&folder, &files, Access::Private))?;
    Ok(report)
}

/// All files, the manifest last, and how many courses there are.
pub(super) fn render(study: &Study, basis: &Basis) -> Result<(Vec<Product>, usize)> {
    let protocol = &study.protocol;
    let state = &basis.state;
    let evidence = Evidence {
        protocol,
        sample: &state.sample,
        reference: &state.reference,
        frame_values: &basis.frame.values,
    };
    let export = rows_of(evidence, &state.reviews).map_err(|fault| contradiction(&fault))?;
    let text = |name: &str, text: String| Product { name: name.to_owned(), bytes: text.into_bytes() };
    let mut files = vec![text("README.md", export_readme(&export, protocol, &basis.head))];
    for data in [&export.courses, &export.strata] {
        files.push(Product { name: format!("{}.csv", data.name), bytes: data_csv(data) });
        files.push(Product { name: format!("{}.dta", data.name), bytes: data_stata(data)? });
    }
    files.push(text("repeat.R", repeat_in_r(&export, protocol, &basis.head)));
    files.push(text("repeat.do", repeat_in_stata(&export, protocol, &basis.head)));
    files.push(text(MANIFEST, format!("{:#}\n", manifest(study, basis, &files))));
    Ok((files, export.courses.rows.len()))
}

fn manifest(study: &Study, basis: &Basis, files: &[Product]) -> Value {
    let digest_of = |file: &Product| digest::hexadecimal(&digest::sha256(&file.bytes));
    let digests: Map<String, Value> =
        files.iter().map(|file| (file.name.clone(), digest_of(file).into())).collect();
    json!({
        "confidential": "one row for each course: not to leave the secured server",
        "software": SOFTWARE,
        "title": study.protocol.title.en,
        "status": basis.head.status(),
        "audit": basis.audit,
        "data_digest": basis.head.data_digest,
        "settings": settings_text(&study.protocol).lines().collect::<Vec<_>>(),
        "files": digests,
    })
}

fn nothing_reviewed() -> Finding {
    Finding::error("nothing_reviewed", "no review is recorded yet, so there is nothing to export")
        .remedy("record the returned forms with `hkm record` first")
}
