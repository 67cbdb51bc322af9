//! Which file the register is, and which of its columns mean what.

use std::collections::BTreeMap;

use serde::Serialize;

use super::section::{Section, nearest};
use crate::error::Finding;

/// The register extract as the protocol describes it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Layout {
    /// The file's name, within the study folder unless it is absolute.
    pub file: String,
    /// The sheet of a workbook; the first one when absent.
    pub sheet: Option<String>,
    /// The columns, by what they hold, that make the record key together, in this order.
    pub key: Vec<Role>,
    /// What a column holds → its header in the file.
    pub columns: BTreeMap<Role, String>,
}

/// What a column of the register holds.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// The civil registration number.
    Cpr,
    /// The date of the first attendance.
    FirstAttendance,
    /// The hospital code.
    Hospital,
    /// The diagnosis.
    Diagnosis,
    /// The stratum, in HjerteKomMidt the municipality.
    Stratum,
    /// The date of birth, where there is no CPR number.
    BirthDate,
    /// The age in completed years, where there is neither.
    Age,
    /// The sex, where there is no CPR number.
    Sex,
    /// Any other column that is part of the key; taken as text.
    Other(String),
}

/// The roles with a name of their own, as `study.toml` writes them.
const NAMED: [(&str, Role); 8] = [
    ("cpr", Role::Cpr),
    ("first_attendance", Role::FirstAttendance),
    ("hospital", Role::Hospital),
    ("diagnosis", Role::Diagnosis),
    ("stratum", Role::Stratum),
    ("birth_date", Role::BirthDate),
    ("age", Role::Age),
    ("sex", Role::Sex),
];

impl Role {
    /// The role by its name in `study.toml`.
    pub fn named(name: &str) -> Role {
        let found = NAMED.iter().find(|(word, _)| *word == name).map(|(_, role)| role.clone());
        found.unwrap_or_else(|| Role::Other(name.to_owned()))
    }

    /// How many roles have a name of their own.
    pub(crate) const NAMED: usize = NAMED.len();

    /// The place among the roles with a name of their own.
    pub(crate) fn place(&self) -> Option<usize> {
        match self {
            Role::Cpr => Some(0),
            Role::FirstAttendance => Some(1),
            Role::Hospital => Some(2),
            Role::Diagnosis => Some(3),
            Role::Stratum => Some(4),
            Role::BirthDate => Some(5),
            Role::Age => Some(6),
            Role::Sex => Some(7),
            Role::Other(_) => None,
        }
    }

    /// The name in `study.toml`.
    pub fn name(&self) -> &str {
        match self {
            Role::Other(name) => name,
            role => NAMED.iter().find(|(_, named)| named == role).map_or("", |(word, _)| word),
        }
    }
}

impl Layout {
    /// The header of the column that holds this, if the register has one.
    pub fn column(&self, role: &Role) -> Option<&str> {
        self.columns.get(role).map(String::as_str)
    }

    pub(super) fn read(section: &Section<'_, '_>) -> Option<Self> {
        let file = section.required("file", section.text("file"));
        let sheet = section.text("sheet");
        let key = section.required("key", section.texts("key"));
        let columns = section.required_table("columns", section.section("columns")).map(read_columns);
        section.finish();
        let key: Vec<Role> = key?.iter().map(|name| Role::named(name)).collect();
        let layout = Layout { file: file?, sheet, key, columns: columns? };
        layout.note_faults(section);
        Some(layout)
    }

    fn note_faults(&self, section: &Section<'_, '_>) {
        if self.key.is_empty() {
            let finding = Finding::error("empty_key", "`register.key` names no column")
                .because("the key tells one course from another, and its numbers decide who is drawn")
                .remedy("list what together belongs to one course only, such as [\"cpr\", \"first_attendance\", \"hospital\"]");
            section.wrong("key", finding);
        }
        for role in self.key.iter().filter(|role| !self.columns.contains_key(*role)) {
            section.wrong("key", self.key_without_column(role));
        }
        for role in self.columns.keys().filter(|role| self.is_unused(role)) {
            section.wrong("columns", unused_column(role));
        }
    }

    fn is_unused(&self, role: &Role) -> bool {
        matches!(role, Role::Other(_)) && !self.key.contains(role)
    }

    fn key_without_column(&self, role: &Role) -> Finding {
        let what =
            format!("`register.key` names `{}`, which [register.columns] gives no column", role.name());
        let finding = Finding::error("key_without_column", what);
        match nearest(role.name(), self.columns.keys().map(Role::name)) {
            Some(name) => finding.remedy(format!("did you mean `{name}`?")),
            None => finding.remedy(format!("add `{} = \"its header in the file\"`", role.name())),
        }
    }
}

fn read_columns(section: Section<'_, '_>) -> BTreeMap<Role, String> {
    section.named_texts().into_iter().map(|(name, header)| (Role::named(&name), header)).collect()
}

fn unused_column(role: &Role) -> Finding {
    let names: Vec<&str> = NAMED.iter().map(|(name, _)| *name).collect();
    let what =
        format!("`register.columns.{}` is neither a column the study knows nor part of the key", role.name());
    let finding = Finding::error("unknown_key", what);
    match nearest(role.name(), names.iter().copied()) {
        Some(name) => finding.remedy(format!("did you mean `{name}`?")),
        None => finding.remedy(format!("name it in `register.key`, or use one of {}", names.join(", "))),
    }
}
