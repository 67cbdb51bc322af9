//! What tells the records of an unknown register apart: a number of their own, or person, day and hospital.

use toml_edit::{Array, value};

use super::proposal::{Proposal, plain};
use crate::protocol::nearest;
use crate::register::guess::{ColumnGuess, Kind};

/// Words in the names of columns that number records.
const NUMBERING: [&str; 11] =
    ["id", "nr", "no", "nummer", "number", "record", "forloeb", "case", "key", "loebenr", "loebenummer"];

/// The parts of a key that a CPR number is one of.
const PERSON: [&str; 3] = ["cpr", "first_attendance", "hospital"];

impl Proposal {
    /// CPR, date and hospital where the register has all three; otherwise the column that numbers the records, or what there is of the
    /// three. A person must look at it in any case but the first.
    pub(super) fn blank_key(&mut self) {
        let columns = &self.document["register"]["columns"];
        let parts: Vec<&str> = PERSON.into_iter().filter(|name| columns.get(name).is_some()).collect();
        let cpr = columns.get("cpr").and_then(|header| header.as_str()).map(str::to_owned);
        let numbering = (parts.len() < PERSON.len()).then(|| self.numbering(cpr.as_deref())).flatten();
        match (numbering, &cpr) {
            (Some(id), _) => self.set(&["register", "columns", "record_id"], &id, false),
            (None, Some(_)) => self.key_of_person(&parts),
            (None, None) => self.report.open.push("register.columns.record_id".to_owned()),
        }
    }

    fn key_of_person(&mut self, parts: &[&str]) {
        self.document["register"]["key"] = value(Array::from_iter(parts.iter().copied()));
        if let Some(columns) = self.document["register"]["columns"].as_table_like_mut() {
            columns.remove("record_id");
        }
        if parts.len() < PERSON.len() {
            self.tell("register.key".to_owned(), parts.join(", "), false);
        }
    }

    /// The column that numbers the records: each value once, and named so; without CPR numbers in the register the best there is. A
    /// column with CPR numbers is none: it is known as such, and people come more than once.
    fn numbering(&self, cpr: Option<&str>) -> Option<String> {
        let is_free = |guess: &&ColumnGuess| {
            let is_person =
                guess.kind == Kind::Cpr || guess.withheld > 0 || Some(guess.header.as_str()) == cpr;
            !guess.header.is_empty() && !is_person
        };
        let free: Vec<&ColumnGuess> = self.guesses.iter().filter(is_free).collect();
        let unique: Vec<&ColumnGuess> = free.iter().copied().filter(|guess| guess.is_unique).collect();
        let named =
            unique.iter().find(|guess| is_numbering(&guess.header)).map(|guess| guess.header.as_str());
        let closest = |of: &[&ColumnGuess]| {
            let headers = || of.iter().map(|guess| guess.header.as_str());
            nearest("id", headers()).or_else(|| headers().next()).map(str::to_owned)
        };
        match cpr {
            _ if named.is_some() => named.map(str::to_owned),
            Some(_) => None,
            None => closest(&unique).or_else(|| closest(&free)),
        }
    }
}

/// Whether a header says that its cells number records: `Forløb`, `record-id`, `LBNR`.
fn is_numbering(header: &str) -> bool {
    let header = plain(header);
    let mut words = header.split(|c: char| !c.is_alphanumeric());
    words.any(|word| NUMBERING.contains(&word)) || header.ends_with("id") || header.ends_with("nr")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_of_records_is_told_by_its_name() {
        for header in ["ID", "Record No.", "record_id", "Forløb", "LBNR", "forloebid", "Løbenummer"] {
            assert!(is_numbering(header), "{header}");
        }
        for header in ["Alder", "note", "identical", "Vægt"] {
            assert!(!is_numbering(header), "{header}");
        }
    }
}
