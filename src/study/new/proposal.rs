//! What a register shows, written into a preset: columns, strata and value maps for a person to check.

use std::path::Path;

use toml_edit::{Array, DocumentMut, Item, Table, value};

use super::NewReport;
use super::indicator_columns::columns_of;
use super::sites::Sites;
use crate::error::column_letters;
use crate::error::{ROWS_NAMED, Result};
use crate::protocol::Protocol;
use crate::register::cpr::may_be_cpr;
use crate::register::guess::{CodedValue, ColumnGuess, Kind, Meaning, Role, propose};
use crate::report::counted;

/// Headers of columns that tell sites apart, where they are no municipalities.
const SITES: [&str; 20] = [
    "site",
    "centre",
    "center",
    "hospital",
    "sygehus",
    "afdeling",
    "region",
    "unit",
    "department",
    "area",
    "omraade",
    "district",
    "distrikt",
    "zone",
    "clinic",
    "klinik",
    "enhed",
    "practice",
    "praksis",
    "stratum",
];

/// A column of more values than this is not named as one that may tell sites apart.
const FEW_SITES: usize = 30;

/// Headers of age and sex.
const PERSON: [(&str, &[&str]); 2] =
    [("age", &["alder", "age", "alder_aar", "age_years"]), ("sex", &["koen", "kon", "sex", "gender"])];

/// The preset as it is being adapted.
pub(super) struct Proposal {
    pub(super) document: DocumentMut,
    pub(super) guesses: Vec<ColumnGuess>,
    /// The column of the strata, once they are read off it: it is no indicator as well.
    pub(super) stratum: Option<usize>,
    pub(super) report: NewReport,
}

impl Proposal {
    pub(super) fn set(&mut self, path: &[&str], text: &str, sure: bool) {
        if let Some(item) = self.item(path) {
            *item = value(text);
            self.tell(path.join("."), text.to_owned(), sure);
        }
    }

    /// What is proposed for a key, once: what is said last holds.
    pub(super) fn tell(&mut self, key: String, shown: String, sure: bool) {
        match self.report.proposed.iter_mut().find(|(told, _, _)| *told == key) {
            Some(told) => *told = (key, shown, sure),
            None => self.report.proposed.push((key, shown, sure)),
        }
    }

    /// A column without a name cannot be spoken of, and a name that may hold a CPR number must not be.
    pub(super) fn leave_out_unnamed(&mut self) {
        for (place, guess) in self.guesses.iter_mut().enumerate() {
            if may_be_cpr(&guess.header) {
                let letters = column_letters(place);
                self.report.notes.push(format!(
                    "Column {letters} is left out: its name may hold a CPR number. Give it another name."
                ));
                guess.header.clear();
            }
            if guess.header.is_empty() {
                guess.kind = Kind::Other;
            }
        }
    }

    /// The register's file, within the folder or with its whole path.
    pub(super) fn file(&mut self, name: &str) {
        self.set(&["register", "file"], name, true);
        if Path::new(name).is_absolute() {
            self.report.notes.push(
                "`register.file` is the whole path, since the file is not in the folder: copy it there and write its name \
                 alone if study.toml is to be shared."
                    .to_owned(),
            );
        }
    }

    /// Cells that may be CPR numbers are never proposed as values.
    fn note_withheld(&mut self, cells: u64, header: &str) {
        if cells > 0 {
            let cells = counted(cells, "cell");
            self.report.notes.push(format!(
                "What may be a CPR number is left out: {cells} of the column `{header}`. Correct it at the source."
            ));
        }
    }

    /// Which spellings were put together; the first few, and how many more.
    fn note_spellings(&mut self, spellings: &[(String, String)]) {
        let taken = |(text, code): &(String, String)| format!("`{text}` is taken as `{code}`.");
        self.report.notes.extend(spellings.iter().take(ROWS_NAMED).map(taken));
        if let Some(more) = spellings.len().checked_sub(ROWS_NAMED).filter(|more| *more > 0) {
            self.report.notes.push(format!("And {more} more spellings are taken as another."));
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
        let Some((column, sites)) = self.sites(register)? else {
            let wanted = "register.columns.stratum, and a [[stratum]] for each of its values";
            self.report.open.push(format!("{wanted}{}", self.few_valued()));
            return Ok(());
        };
        self.stratum = Some(column);
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
        self.document["stratum"] = Item::ArrayOfTables(sites.codes.iter().map(stratum).collect());
        self.tell("stratum".to_owned(), sites.few(), false);
        self.note_withheld(sites.withheld, &header);
        self.note_spellings(&sites.spellings);
        self.report.strata = sites.codes;
        Ok(())
    }

    /// The column that tells the sites apart: by its cells if these are municipalities, otherwise the first that is named so and has few
    /// enough values.
    fn sites(&self, register: &Path) -> Result<Option<(usize, Sites)>> {
        let is_named = |guess: &ColumnGuess| {
            let header = plain(&guess.header);
            !matches!(guess.kind, Kind::Cpr | Kind::Date) && SITES.iter().any(|word| header.contains(word))
        };
        let columns: Vec<usize> = match propose(&self.guesses, Role::Municipality) {
            Some(found) => vec![found.column],
            None => (0..self.guesses.len()).filter(|place| is_named(&self.guesses[*place])).collect(),
        };
        for column in columns {
            if let Some(sites) = Sites::read(register, column)? {
                return Ok(Some((column, sites)));
            }
        }
        Ok(None)
    }

    /// Columns that may tell sites apart though nothing in their names says so, for a person to choose from.
    fn few_valued(&self) -> String {
        let is_person =
            |header: &str| PERSON.iter().any(|(_, words)| words.contains(&plain(header).as_str()));
        let may_be = |guess: &&ColumnGuess| {
            let is_few = (2..=FEW_SITES).contains(&guess.distinct) && !guess.is_unique;
            guess.kind == Kind::Other && guess.withheld == 0 && is_few && !is_person(&guess.header)
        };
        let named = self.guesses.iter().filter(may_be);
        let named: Vec<String> =
            named.map(|guess| format!("`{}` ({} values)", guess.header, guess.distinct)).collect();
        if named.is_empty() { String::new() } else { format!("; perhaps {}", named.join(", ")) }
    }

    /// The positions of the columns that hold a yes/no code.
    fn coded(&self) -> Vec<usize> {
        let is_free = |place: &usize| self.stratum != Some(*place) && self.values(*place).is_some();
        (0..self.guesses.len()).filter(is_free).collect()
    }

    /// Columns and value maps of the indicators that the preset knows.
    pub(super) fn known_indicators(&mut self, protocol: &Protocol) {
        let coded = self.coded();
        let headers: Vec<&str> = coded.iter().map(|&place| self.guesses[place].header.as_str()).collect();
        let columns = columns_of(&protocol.indicators, &headers);
        if columns.iter().all(Option::is_none) {
            let other = "No column looks like an indicator of HjerteKomMidt. For another register, take `--preset blank`: it \
                         proposes an indicator for each column of yes and no.";
            self.report.notes.push(other.to_owned());
        }
        for (indicator, column) in protocol.indicators.iter().zip(columns) {
            match column.map(|column| coded[column]) {
                _ if !indicator.is_assessable() => {}
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
    pub(super) fn found_indicators(&mut self) {
        let coded = self.coded();
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
            let id = self.free_id(&header, place);
            let mut table: Table = example.as_table().cloned().unwrap_or_default();
            // Side by side in the file: the value map right behind its indicator.
            let position = table.position();
            if let Some(map) = table.get_mut("register").and_then(Item::as_table_mut) {
                map.set_position(position);
            }
            table["name"] = value(&header);
            table["column"] = value(&header);
            self.document["indicator"][&id] = Item::Table(table);
            self.tell(format!("indicator.{id}.column"), header, false);
            self.value_map(&id, place);
        }
    }

    /// The header as an id that no other indicator has.
    fn free_id(&self, header: &str, place: usize) -> String {
        let id = identifier(header, place);
        let is_free = |id: &String| self.document["indicator"].get(id).is_none();
        let numbered = (2..).map(|number| format!("{id}_{number}"));
        std::iter::once(id.clone()).chain(numbered).find(is_free).unwrap_or(id)
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
            let mut words = different(with_meaning.clone());
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
                self.tell(format!("indicator.{id}.register.{key}"), shown.join(", "), sure);
            }
        }
        let (withheld, header) = (self.guesses[place].withheld, self.guesses[place].header.clone());
        self.note_withheld(withheld, &header);
        let unknown = values.iter().filter(|one| one.meaning.is_none());
        self.report
            .open
            .extend(unknown.map(|one| format!("indicator.{id}.register: what does `{}` mean?", one.text)));
    }
}

/// The values, those that differ in their capitals alone once: a map takes them for the same.
fn different<'v>(values: impl Iterator<Item = &'v CodedValue>) -> Vec<&'v str> {
    let mut words: Vec<&str> = Vec::new();
    for one in values {
        if !words.iter().any(|word| word.to_lowercase() == one.text.to_lowercase()) {
            words.push(&one.text);
        }
    }
    words
}

/// In small letters, without the Danish ones.
pub(super) fn plain(header: &str) -> String {
    header.to_lowercase().replace('æ', "ae").replace('ø', "oe").replace('å', "aa")
}

/// A header as an id: small letters, digits and single underscores, a letter first.
fn identifier(header: &str, place: usize) -> String {
    let plain = plain(header);
    let words = plain.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    let id = words.collect::<Vec<_>>().join("_");
    let id = id.trim_start_matches(|c: char| !c.is_ascii_alphabetic());
    if id.is_empty() { format!("indicator_{}", place + 1) } else { id.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_begins_with_a_letter_and_has_single_underscores() {
        let id = |header| identifier(header, 6);
        assert_eq!(id("≥80 % fremmøde træning"), "fremmoede_traening");
        assert_eq!(id(" Diæt - (ja/nej) "), "diaet_ja_nej");
        assert_eq!(id("6_MWT"), "mwt");
        assert_eq!(id("80 %"), "indicator_7");
    }
}
