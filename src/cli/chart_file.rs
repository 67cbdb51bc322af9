//! Reading a file that belongs to no study.

use std::path::Path;

use clap::Args;

use super::session::with_session;
use crate::error::{Error, ErrorKind, Finding, Place, Result};
use crate::io::{Extract, ReadOptions};
use crate::register::Row;
use crate::study::Progress;

/// How often progress is told, in rows.
const TELL: u64 = 1 << 14;

/// Which sheet of a workbook is read.
#[derive(Debug, Args)]
pub(super) struct SheetChoice {
    /// The sheet of a workbook; without it the first that can be seen.
    #[arg(long, value_name = "SHEET")]
    sheet: Option<String>,
}

/// A file that is open, with its header read.
pub(super) struct ChartFile {
    extract: Extract,
}

impl ChartFile {
    /// Opens a .csv, .xlsx or .dta file.
    pub(super) fn open(path: &Path, sheet: &SheetChoice) -> Result<Self> {
        let options = ReadOptions { sheet: sheet.sheet.clone(), ..ReadOptions::default() };
        Ok(ChartFile { extract: Extract::open(path, &options).map_err(without_study)? })
    }

    /// The names of the columns.
    pub(super) fn header(&self) -> &[String] {
        self.extract.header()
    }

    /// Reads all rows; how many there were. Rows that cannot be read come back as findings, after all others were met.
    pub(super) fn read(&mut self, mut each: impl FnMut(&Row)) -> Result<(u64, Vec<Finding>)> {
        with_session(|session| {
            let (mut row, mut rows) = (Row::default(), 0);
            loop {
                match self.extract.next_row(&mut row) {
                    Ok(true) => each(&row),
                    Ok(false) if rows == 0 => return Err(self.no_rows().into()),
                    Ok(false) => return Ok((rows, Vec::new())),
                    Err(error) => return Ok((rows, error.findings().to_vec())),
                }
                rows += 1;
                if rows % TELL == 0 {
                    (session.progress)(Progress::Rows(rows));
                }
            }
        })
    }

    /// What was noticed about the file.
    pub(super) fn notices(&self) -> Vec<Finding> {
        // The columns that matter have names.
        self.extract.notices().into_iter().filter(|notice| notice.code != "header_unnamed").collect()
    }

    /// Findings of this file, which know their rows and column only.
    pub(super) fn place(&self, findings: Vec<Finding>) -> Vec<Finding> {
        let file = self.extract.place();
        let at = |finding: &Finding| Place {
            rows: finding.place.rows.clone(),
            column: finding.place.column.clone(),
            ..file.clone()
        };
        findings.into_iter().map(|finding| Finding { place: at(&finding), ..finding }).collect()
    }

    fn no_rows(&self) -> Finding {
        Finding::error("file_without_rows", "the file has a header and no rows")
            .at(self.extract.place())
            .remedy("export the charts again, one a row below the header")
    }
}

/// So many errors are told one by one.
const TOLD: usize = 20;

/// Stops with errors in the data, if there are any.
pub(super) fn refuse(mut findings: Vec<Finding>) -> Result<()> {
    let more = findings.len().saturating_sub(TOLD);
    findings.truncate(TOLD);
    findings.extend((more > 0).then(|| Finding::error("more_errors", format!("and {more} more errors"))));
    if findings.is_empty() { Ok(()) } else { Err(Error::data(findings)) }
}

/// There is no study.toml here to speak of.
fn without_study(error: Error) -> Error {
    let adapted = |finding: &Finding| match finding.code {
        "file_not_found" => finding.clone().remedy("check the path"),
        "header_duplicate" => finding.clone().because("a column is named by its header"),
        _ => finding.clone(),
    };
    let findings: Vec<Finding> = error.findings().iter().map(adapted).collect();
    match (error.kind(), findings.as_slice()) {
        (ErrorKind::CannotRun, [finding]) => Error::cannot_run(finding.clone()),
        _ => Error::data(findings),
    }
}
