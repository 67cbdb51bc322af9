//! What a register shows, written into a preset: columns, strata and value maps for a person to check.

use std::path::Path;

use toml_edit::{Array, DocumentMut, Item, Table, value};

use super::{NewReport, distinct_values};
use crate::error::Result;
use crate::protocol::{Indicator, Protocol, nearest};
use crate::register::guess::{CodedValue, ColumnGuess, Kind, Meaning, Role, propose};

/// Headers of columns that tell sites apart, where they are no municipalities.
const SITES: [&str; 9] =
    ["site", "centre", "center", "hospital", "sygehus", "afdeling", "region", "unit", "department"];

/// A shorter header than this is within too many names.
const LEAST_ALIKE: usize = 4;
/// Headers of age and sex.
const PERSON: [(&str, &[&str]); 2] =
    [("age", &["alder", "age", "alder_aar", "age_years"]), ("sex", &["koen", "kon", "sex", "gender"])];

/// The preset as it is being adapted.
pub(super) struct Proposal {
    pub(super) document: DocumentMut,
    pub(super) guesses: Vec<ColumnGuess>,
    pub(super) report: NewReport,
}

impl Proposal {
    pub(super) fn set(&mut self, path: &[&str], text: &str, sure: bool) {
        if let Some(item) = self.item(path) {
            *item = value(text);
            self.report.proposed.push((path.join("."), text.to_owned(), sure));
        }
    }

    fn unset(&mut self, role: &str) {
        if let Some(columns) = self.document["register"]["columns"].as_table_like_mut() {
            columns.remove(role);
        }
        self.report.proposed.retain(|(key, _, _)| *key != format!("register.columns.{role}"));
    }

    fn item(&mut self, path: &[&str]) -> Option<&mut Item> {
        let (last, tables) = path.split_last()?;
        let table = tables.iter().try_fold(self.document.as_item_mut(), |item, name| item.get_mut(name))?;
        Some(table.as_table_like_mut()?.entry(last).or_insert(Item::None))
    }

    /// The columns of person, course and stratum.
    pub(super) fn columns(&mut self) {
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
            self.person_without_cpr();
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

    /// Age and sex, where no CPR number tells them.
    fn person_without_cpr(&mut self) {
        if self.document["register"]["columns"].get("cpr").is_some() {
            return;
        }
        for (name, words) in PERSON {
            let named = |guess: &&ColumnGuess| words.contains(&plain(&guess.header).as_str());
            if let Some(header) = self.guesses.iter().find(named).map(|guess| guess.header.clone()) {
                self.set(&["register", "columns", name], &header, false);
            }
        }
    }

    /// One `[[stratum]]` for each value of the column that tells the sites apart.
    pub(super) fn strata(&mut self, register: &Path) -> Result<()> {
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
        // One column has one use: where hospitals are the strata, they are no more than that.
        let hospital = self
            .item(&["register", "columns", "hospital"])
            .is_some_and(|item| item.as_str() == Some(&header));
        let in_key = self.document["register"]["key"]
            .as_array()
            .is_some_and(|key| key.iter().any(|part| part.as_str() == Some("hospital")));
        if hospital && !in_key {
            self.unset("hospital");
        }
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
    pub(super) fn known_indicators(&mut self, protocol: &Protocol) {
        for indicator in protocol.assessable() {
            let coded: Vec<usize> =
                (0..self.guesses.len()).filter(|&place| self.values(place).is_some()).collect();
            match self.column_of(indicator, &coded) {
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

    /// The coded column whose header is most like one of the indicator's names: the same but for a slip, or longer or shorter.
    fn column_of(&self, indicator: &Indicator, coded: &[usize]) -> Option<usize> {
        let column = indicator.column.as_deref().unwrap_or_default();
        let wanted = [column, &indicator.id, &indicator.name.da, &indicator.name.en].map(plain);
        let headers: Vec<(String, usize)> =
            coded.iter().map(|&place| (plain(&self.guesses[place].header), place)).collect();
        let alike = |name: &String| {
            let near = nearest(name, headers.iter().map(|(header, _)| header.as_str()))?;
            headers.iter().find(|(header, _)| header == near)
        };
        let within = |name: &String| {
            let of_one =
                |(header, _): &&(String, usize)| header.contains(name.as_str()) || name.contains(header);
            headers.iter().filter(|(header, _)| header.len() >= LEAST_ALIKE).find(of_one)
        };
        wanted.iter().find_map(alike).or_else(|| wanted.iter().find_map(within)).map(|(_, place)| *place)
    }

    /// One indicator for each coded column, in the place of the example.
    pub(super) fn found_indicators(&mut self) {
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

/// In small letters, without the Danish ones.
fn plain(header: &str) -> String {
    header.to_lowercase().replace('æ', "ae").replace('ø', "oe").replace('å', "aa")
}

/// A header as an id: small letters, digits and underscores.
fn identifier(header: &str, place: usize) -> String {
    let plain = plain(header);
    let id: String = plain.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '_' }).collect();
    let id = id.trim_matches('_').to_owned();
    if id.is_empty() { format!("indicator_{}", place + 1) } else { id }
}
