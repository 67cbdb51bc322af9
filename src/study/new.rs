//! `hkm new`: a study folder with its protocol, adapted to a register if there is one already.

mod indicator_columns;
mod key;
mod proposal;
mod sites;

use std::fs;
use std::path::Path;

use proposal::Proposal;
use toml_edit::DocumentMut;

use super::PROTOCOL_FILE;
use crate::error::{Error, Finding, Place, Result};
use crate::io::{Access, Extract, ReadOptions, cannot_read, make_folder, write_new};
use crate::protocol::Protocol;
use crate::protocol::preset::Preset;
use crate::register::Row;
use crate::register::guess::{ColumnGuess, Sampler};
use crate::register::stratum_name::StratumNames;

/// How many rows of a register are looked at.
const SAMPLED_ROWS: usize = 1000;

/// What was written, and what of it was read off the register.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct NewReport {
    /// Key of study.toml, what was proposed, and whether it is sure.
    pub proposed: Vec<(String, String, bool)>,
    /// Keys for which the register showed nothing that fits.
    pub open: Vec<String>,
    /// The codes of the strata that were proposed.
    pub strata: Vec<String>,
    /// What else a reader of the proposal must know.
    pub notes: Vec<String>,
}

/// Makes the folder and writes `study.toml`.
///
/// # Errors
/// When the folder holds a study already, or the register cannot be read.
pub fn create(folder: &Path, preset: Preset, register: Option<&Path>) -> Result<NewReport> {
    let path = folder.join(PROTOCOL_FILE);
    if path.exists() {
        return Err(Error::cannot_run(is_study(&path)));
    }
    let (text, report) = match register {
        None => (preset.text().to_owned(), NewReport::default()),
        Some(register) => proposed(folder, preset, register)?,
    };
    for folder in [folder.to_owned(), folder.join("returned")] {
        make_folder(&folder)?;
    }
    write_new(&path, text.as_bytes(), Access::Usual)?;
    Ok(report)
}

fn is_study(path: &Path) -> Finding {
    Finding::error("is_study", format!("`{}` exists already", path.display()))
        .because("a protocol is never overwritten")
        .remedy("name another folder, or edit the file that is there")
}

/// The preset's text with what the register shows.
fn proposed(folder: &Path, preset: Preset, register: &Path) -> Result<(String, NewReport)> {
    // The Danish municipalities are told by their names whatever the register.
    let protocol = Protocol::read(Preset::Hjertekommidt.text(), PROTOCOL_FILE)?;
    let guesses = guesses(register, &protocol)?;
    let document: DocumentMut = preset.text().parse().map_err(|_| broken_proposal())?;
    let mut proposal = Proposal { document, guesses, stratum: None, report: NewReport::default() };
    proposal.leave_out_unnamed();
    proposal.file(&file_name(folder, register)?);
    proposal.columns();
    match preset {
        Preset::Hjertekommidt => proposal.known_indicators(&protocol),
        Preset::Blank => {
            proposal.strata(register)?;
            proposal.found_indicators();
        }
    }
    let text = proposal.document.to_string();
    // What is proposed must be a protocol, or the proposal helps nobody.
    Protocol::read(&text, PROTOCOL_FILE)?;
    Ok((text, proposal.report))
}

fn broken_proposal() -> Error {
    Error::cannot_run(Finding::error("preset", "the preset cannot be adapted").at(Place::file(PROTOCOL_FILE)))
}

fn guesses(register: &Path, protocol: &Protocol) -> Result<Vec<ColumnGuess>> {
    let mut extract = Extract::open(register, &ReadOptions::default())?;
    let spelled = protocol.strata.known.iter().map(|one| {
        (one.code.as_str(), one.name.as_str(), one.spellings.iter().map(String::as_str).collect::<Vec<_>>())
    });
    let names = StratumNames::new(spelled).map_err(Error::data)?;
    let mut sampler = Sampler::new(extract.header(), names);
    let mut row = Row::default();
    for _ in 0..SAMPLED_ROWS {
        if !extract.next_row(&mut row)? {
            break;
        }
        sampler.add(&row);
    }
    Ok(sampler.guess())
}

/// The register's name as the study will find it: within the folder, or with its whole path.
fn file_name(folder: &Path, register: &Path) -> Result<String> {
    let whole = fs::canonicalize(register).map_err(|fault| cannot_read(register, &fault))?;
    let within =
        fs::canonicalize(folder).ok().and_then(|folder| whole.strip_prefix(folder).ok().map(Path::to_owned));
    Ok(within.unwrap_or(whole).to_string_lossy().into_owned())
}
