//! `hkm analyse`: the results, to the screen and to `results/`.

use super::basis::{Basis, data_audit};
use super::check::refuse_changed_sections;
use super::products;
use super::standing::refuse_other_state;
use super::{Session, Study};
use crate::error::{Error, Finding, Place, Result};
use crate::io::Access;
use crate::protocol::Protocol;
use crate::report::{Head, Results, counted};
use crate::store::{KeyAccess, Store};

/// How `hkm analyse` is to work.
#[derive(Debug, Clone, Default)]
pub struct AnalyseOptions {
    /// Refuse while anything is open.
    pub is_final: bool,
    /// Replace files in `results/` although somebody edited them.
    pub replace: bool,
}

/// The results, and what was written.
#[derive(Debug, Clone, PartialEq)]
pub struct AnalysisOutcome {
    /// The results by the settings of study.toml.
    pub results: Results,
    /// The files in `results/`.
    pub written: Vec<String>,
    /// Warnings.
    pub findings: Vec<Finding>,
}

impl AnalysisOutcome {
    /// The files in words, those of a folder as their number: `tables.md, figures/ (6 files), manifest.json`.
    pub fn listed(&self) -> String {
        let folder = |name: &String| name.split_once('/').map(|(folder, _)| format!("{folder}/"));
        let parts = self.written.chunk_by(|one, next| folder(one).is_some() && folder(one) == folder(next));
        let words = parts.filter_map(|part| match part {
            [] => None,
            [first, ..] => Some(match folder(first) {
                Some(folder) => format!("{folder} ({})", counted(part.len() as u64, "file")),
                None => first.clone(),
            }),
        });
        words.collect::<Vec<_>>().join(", ")
    }
}

/// Analyses the study and writes `results/`.
///
/// # Errors
/// When values of the register are not mapped, frozen sections were changed, `--final` is asked for while anything is open, or a file
/// in `results/` was edited.
pub fn analyse(study: &Study, options: &AnalyseOptions, session: &Session<'_>) -> Result<AnalysisOutcome> {
    refuse_changed_sections(study)?;
    let store = Store::open_drawn(&study.folder, KeyAccess::Closed)?;
    let folder = study.folder.join(products::RESULTS_FOLDER);
    refuse_other_state(study, &store)?;
    let (results, files, findings) = store.write(|store| {
        let basis = Basis::log_and_read(store, &study.protocol, "analyse", session)?;
        if options.is_final && !basis.head.is_final {
            return Err(Error::data(vec![not_final(&basis.head)]));
        }
        let results = basis.results(&study.protocol, session)?;
        let files = products::render(&results, study, &basis, store)?;
        let mut findings = if basis.state.reviews.is_empty() { vec![nothing_reviewed()] } else { Vec::new() };
        if options.replace {
            findings.extend(products::edited(&folder, &files)?.into_iter().map(replaced));
        } else {
            products::refuse_edited(&folder, &files, "hkm analyse")?;
        }
        Ok((results, files, findings))
    })?;
    // In a transaction of its own: nobody else writes there, so that what a killed analysis left may go.
    store.write(|_| products::write(&folder, &files, Access::Usual))?;
    let written = files.into_iter().map(|file| file.name).collect();
    Ok(AnalysisOutcome { results, written, findings })
}

/// The results by other settings than those of study.toml, for the screen alone.
///
/// # Errors
/// As [`analyse`].
pub fn analyse_for_screen(study: &Study, protocol: &Protocol, session: &Session<'_>) -> Result<Results> {
    let store = Store::open_drawn(&study.folder, KeyAccess::Closed)?;
    let audit = data_audit(&store.audit_trail()?);
    Basis::read(&store, &study.protocol, audit)?.results(protocol, session)
}

fn nothing_reviewed() -> Finding {
    Finding::warning("nothing_reviewed", "no review is recorded yet, so nothing can be estimated")
        .because("the tables have only what the register says")
        .remedy("record the returned forms with `hkm record`, and analyse again")
}

fn replaced(name: &str) -> Finding {
    Finding::note("replaced", format!("`{name}` was edited, and is replaced"))
        .at(Place::file(format!("{}/{name}", products::RESULTS_FOLDER)))
}

fn not_final(head: &Head) -> Finding {
    let open: Vec<&str> = head.open.iter().map(|one| one.en.as_str()).collect();
    Finding::error("not_final", format!("the study is not final: {}", open.join("; ")))
        .because("final results rest on all reviews, settled")
        .remedy("`hkm status` tells what is open; without --final the results are interim")
}
