//! `hkm new`: a study folder with its protocol, adapted to a register if there is one already.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use toml_edit::{Array, DocumentMut, Item, Table, value};

use super::PROTOCOL_FILE;
use crate::error::{Error, Finding, Place, Result};
use crate::io::{Access, Extract, ReadOptions, cannot_read, make_folder, write_new};
use crate::protocol::preset::Preset;
use crate::protocol::{Protocol, nearest};
use crate::register::Row;
use crate::register::guess::{CodedValue, ColumnGuess, Kind, Meaning, Role, Sampler, propose};
use crate::register::stratum_name::StratumNames;

/// How many rows of a register are looked at.
const SAMPLED_ROWS: usize = 1000;

/// More values than this tell no sites apart.
const MOST_STRATA: usize = 200;
/// Headers of columns that tell sites apart, where they are no municipalities.
const SITES: [&str; 9] =
    ["site", "centre", "center", "hospital", "sygehus", "afdeling", "region", "unit", "department"];

/// What was written, and what of it was read off the register.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct NewReport {
    /// Key of study.toml, what was proposed, and whether it is sure.
    pub proposed: Vec<(String, String, bool)>,
    /// Keys for which the register showed nothing that fits.
    pub open: Vec<String>,
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
    let mut proposal = Proposal { document, guesses, report: NewReport::default() };
    proposal.set(&["register", "file"], &file_name(folder, register)?, true);
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

/// The values of a column in order; `None` when there are none, or too many to tell sites apart.
fn distinct_values(register: &Path, column: usize) -> Result<Option<Vec<String>>> {
    let mut extract = Extract::open(register, &ReadOptions::default())?;
    let mut values = BTreeSet::new();
    let mut row = Row::default();
    while extract.next_row(&mut row)? {
        let text = row.cell(column).trim();
        if !text.is_empty() && !values.contains(text) {
            values.insert(text.to_owned());
        }
        if values.len() > MOST_STRATA {
            return Ok(None);
        }
    }
    Ok(Some(values.into_iter().collect()).filter(|values: &Vec<String>| !values.is_empty()))
}

/// The register's name as the study will find it: within the folder, or with its whole path.
fn file_name(folder: &Path, register: &Path) -> Result<String> {
    let whole = fs::canonicalize(register).map_err(|fault| cannot_read(register, &fault))?;
    let within =
        fs::canonicalize(folder).ok().and_then(|folder| whole.strip_prefix(folder).ok().map(Path::to_owned));
    Ok(within.unwrap_or(whole).to_string_lossy().into_owned())
}

struct Proposal {
    document: DocumentMut,
    guesses: Vec<ColumnGuess>,
    report: NewReport,
}

impl Proposal {
    fn set(&mut self, path: &[&str], text: &str, sure: bool) {
        if let Some(item) = self.item(path) {
            *item = value(text);
            self.report.proposed.push((path.join("."), text.to_owned(), sure));
        }
    }

    fn item(&mut self, path: &[&str]) -> Option<&mut Item> {
        let (last, tables) = path.split_last()?;
        let table = tables.iter().try_fold(self.document.as_item_mut(), |item, name| item.get_mut(name))?;
        Some(table.as_table_like_mut()?.entry(last).or_insert(Item::None))
    }

    /// The columns of person, course and stratum.
    fn columns(&mut self) {
        let roles = [
            (Role::Cpr, "cpr"),
            (Role::FirstAttendance, "first_attendance"),
            (Role::Hospital, "hospital"),
            (Role::Diagnosis, "diagnosis"),
            (Role::Municipality, "stratum"),
        ];
        let is_blank = self.document["register"]["columns"].get("record_id").is_some();
        for (role, name) in roles {
            let key = format!("register.columns.{name}");
            match propose(&self.guesses, role) {
                Some(found) => {
                    let header = self.guesses[found.column].header.clone();
                    self.set(&["register", "columns", name], &header, found.sure);
                }
                // A blank protocol asks for nothing that the register does not have.
                None if is_blank => {}
                None => self.report.open.push(key),
            }
        }
        if is_blank {
            self.blank_key();
        }
    }

    /// CPR, date and hospital where the register has all three; otherwise a person must name the key.
    fn blank_key(&mut self) {
        let columns = &self.document["register"]["columns"];
        let person = ["cpr", "first_attendance", "hospital"];
        if person.iter().all(|name| columns.get(name).is_some()) {
            self.document["register"]["key"] = value(Array::from_iter(person));
            if let Some(columns) = self.document["register"]["columns"].as_table_like_mut() {
                columns.remove("record_id");
            }
            return;
        }
        let headers: Vec<&str> = self.guesses.iter().map(|guess| guess.header.as_str()).collect();
        let id = nearest("id", headers.iter().copied())
            .or_else(|| headers.first().copied())
            .unwrap_or("id")
            .to_owned();
        self.set(&["register", "columns", "record_id"], &id, false);
    }

    /// One `[[stratum]]` for each value of the column that tells the sites apart.
    fn strata(&mut self, register: &Path) -> Result<()> {
        let by_name =
            |guess: &ColumnGuess| SITES.iter().any(|word| guess.header.to_lowercase().contains(word));
        let column = match propose(&self.guesses, Role::Municipality) {
            Some(found) => Some(found.column),
            None => self.guesses.iter().position(by_name),
        };
        let values = column.map(|column| distinct_values(register, column)).transpose()?.flatten();
        let (Some(column), Some(values)) = (column, values) else {
            self.report
                .open
                .push("register.columns.stratum, and a [[stratum]] for each of its values".to_owned());
            return Ok(());
        };
        let header = self.guesses[column].header.clone();
        self.set(&["register", "columns", "stratum"], &header, false);
        self.set(&["strata", "name"], &header, false);
        let stratum = |code: &String| {
            let mut table = Table::new();
            table["code"] = value(code);
            table
        };
        self.document["stratum"] = Item::ArrayOfTables(values.iter().map(stratum).collect());
        self.report.proposed.push(("stratum".to_owned(), values.join(", "), false));
        Ok(())
    }

    /// Columns and value maps of the indicators that the preset knows.
    fn known_indicators(&mut self, protocol: &Protocol) {
        for indicator in protocol.assessable() {
            let coded: Vec<usize> =
                (0..self.guesses.len()).filter(|&place| self.values(place).is_some()).collect();
            let headers = |place: &usize| self.guesses[*place].header.as_str();
            let wanted = [
                indicator.column.as_deref().unwrap_or_default(),
                &indicator.id,
                &indicator.name.da,
                &indicator.name.en,
            ];
            let found = wanted.iter().find_map(|name| {
                let near = nearest(name, coded.iter().map(headers))?;
                coded.iter().copied().find(|place| headers(place) == near)
            });
            match found {
                Some(place) => {
                    let header = self.guesses[place].header.clone();
                    let sure = indicator.column.as_deref() == Some(header.as_str());
                    self.set(&["indicator", &indicator.id, "column"], &header, sure);
                    self.value_map(&indicator.id, place);
                }
                None => self.report.open.push(format!("indicator.{}.column", indicator.id)),
            }
        }
    }

    /// One indicator for each coded column, in the place of the example.
    fn found_indicators(&mut self) {
        let coded: Vec<usize> =
            (0..self.guesses.len()).filter(|&place| self.values(place).is_some()).collect();
        let example = self.document["indicator"]["example"].clone();
        if coded.is_empty() {
            self.report.open.push("indicator.example.column".to_owned());
            return;
        }
        if let Some(indicators) = self.document["indicator"].as_table_like_mut() {
            indicators.remove("example");
        }
        for place in coded {
            let header = self.guesses[place].header.clone();
            let id = identifier(&header, place);
            let mut table: Table = example.as_table().cloned().unwrap_or_default();
            // Side by side in the file: the value map right behind its indicator.
            let position = table.position();
            if let Some(map) = table.get_mut("register").and_then(Item::as_table_mut) {
                map.set_position(position);
            }
            table["name"] = value(&header);
            table["column"] = value(&header);
            self.document["indicator"][&id] = Item::Table(table);
            self.report.proposed.push((format!("indicator.{id}.column"), header, false));
            self.value_map(&id, place);
        }
    }

    fn values(&self, place: usize) -> Option<&[CodedValue]> {
        match &self.guesses[place].kind {
            Kind::YesNo(values) => Some(values),
            _ => None,
        }
    }

    /// The values that the column holds, by what they seem to mean. Empty cells mean missing even if none was seen.
    fn value_map(&mut self, id: &str, place: usize) {
        let values = self.values(place).unwrap_or_default().to_vec();
        let meanings = [
            (Meaning::Yes, "yes"),
            (Meaning::No, "no"),
            (Meaning::NotRelevant, "not_relevant"),
            (Meaning::Missing, "missing"),
        ];
        for (meaning, key) in meanings {
            let with_meaning = values.iter().filter(|one| one.meaning == Some(meaning));
            let mut words: Vec<&str> = with_meaning.clone().map(|one| one.text.as_str()).collect();
            if meaning == Meaning::Missing && !words.contains(&"") {
                words.push("");
            }
            if words.is_empty() && matches!(meaning, Meaning::Yes | Meaning::No) {
                self.report.open.push(format!("indicator.{id}.register.{key}"));
                continue;
            }
            let sure = with_meaning.clone().all(|one| one.sure);
            if let Some(item) = self.item(&["indicator", id, "register", key]) {
                *item = value(Array::from_iter(words.iter().copied()));
            }
            if !words.is_empty() {
                let shown: Vec<&str> =
                    words.iter().map(|word| if word.is_empty() { "(empty)" } else { word }).collect();
                self.report.proposed.push((format!("indicator.{id}.register.{key}"), shown.join(", "), sure));
            }
        }
        let unknown = values.iter().filter(|one| one.meaning.is_none());
        self.report
            .open
            .extend(unknown.map(|one| format!("indicator.{id}.register: what does `{}` mean?", one.text)));
    }
}

/// A header as an id: small letters, digits and underscores.
fn identifier(header: &str, place: usize) -> String {
    let plain = header.to_lowercase().replace('æ', "ae").replace('ø', "oe").replace('å', "aa");
    let id: String = plain.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '_' }).collect();
    let id = id.trim_matches('_').to_owned();
    if id.is_empty() { format!("indicator_{}", place + 1) } else { id }
}
