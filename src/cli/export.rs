//! export: the reviewed courses for other programs.

use serde_json::json;

use super::args::{Arguments, ExportArguments};
use super::output::Output;
use super::session::{study, with_session};
use crate::error::Result;
use crate::report::counted;
use crate::study::{self, EXPORT_FOLDER};

/// `hkm export`.
pub(super) fn export(arguments: &Arguments, export: &ExportArguments) -> Result<Output> {
    let study = study(arguments)?;
    let report = with_session(|session| study::export(&study, export.replace, session))?;
    let status = if report.is_final { "final" } else { "interim" };
    Ok(Output {
        lines: vec![
            format!(
                "{} ({status}), written to {EXPORT_FOLDER}/: {}",
                counted(report.courses as u64, "course"),
                report.written.join(", ")
            ),
            "CONFIDENTIAL: one row for each course. It stays on the secured server.".to_owned(),
        ],
        closing: vec![format!(
            "Repeat the table there: `Rscript repeat.R` or, in Stata, `do repeat.do`. {EXPORT_FOLDER}/README.md explains every variable."
        )],
        json: json!({
            "folder": EXPORT_FOLDER,
            "written": report.written,
            "courses": report.courses,
            "status": status,
        }),
        ..Output::default()
    })
}
