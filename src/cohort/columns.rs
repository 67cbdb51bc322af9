//! Where the columns that the protocol names are in the file.

use std::collections::BTreeMap;

use crate::error::{Error, Finding, Place, Result};
use crate::protocol::{Protocol, Role, nearest};
use crate::register::shown;

/// The positions of the used columns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Columns {
    roles: BTreeMap<Role, usize>,
    /// The same for the roles that each row is asked for.
    named: [Option<usize>; Role::NAMED],
    indicators: Vec<usize>,
    items: Vec<usize>,
    header: Vec<String>,
}

impl Columns {
    /// Finds every column that the protocol names, by its header without regard to case and space around it.
    ///
    /// # Errors
    /// Every column that is not there, with the nearest one that is; if there is none like it, all columns in one note.
    pub fn find(header: &[String], protocol: &Protocol, file: &str) -> Result<Self> {
        let mut findings = Vec::new();
        let mut unlike = false;
        let mut position = |name: &str, key: String| match position_of(header, name) {
            Some(position) => position,
            None => {
                findings.push(missing(header, name, &key, file));
                unlike |= like(header, name).is_none();
                0
            }
        };
        let roles: BTreeMap<Role, usize> = protocol
            .layout
            .columns
            .iter()
            .map(|(role, name)| (role.clone(), position(name, format!("register.columns.{}", role.name()))))
            .collect();
        let indicators = protocol
            .assessable()
            .filter_map(|indicator| Some((indicator, indicator.column.as_ref()?)))
            .map(|(indicator, name)| position(name, format!("indicator.{}.column", indicator.id)))
            .collect();
        let items = protocol
            .held_items()
            .map(|(item, name)| position(name, format!("item.{}.register_column", item.id)))
            .collect();
        findings.extend(unlike.then(|| all_columns(header, file)));
        match findings.is_empty() {
            true => Ok(Columns { named: named(&roles), roles, indicators, items, header: header.to_vec() }),
            false => Err(Error::data(findings)),
        }
    }

    /// The position of the column that holds this.
    pub fn role(&self, role: &Role) -> Option<usize> {
        match role.place() {
            Some(place) => self.named[place],
            None => self.roles.get(role).copied(),
        }
    }

    /// The positions of the assessable indicators' columns, in the order of the protocol.
    pub fn indicators(&self) -> &[usize] {
        &self.indicators
    }

    /// The positions of the items that the register holds, in the order of the protocol.
    pub fn items(&self) -> &[usize] {
        &self.items
    }

    /// Every position outside the record key that the study uses, in the order of the file, each once.
    pub fn beside_key(&self, key: &[Role]) -> Vec<usize> {
        let roles = self.roles.iter().filter(|(role, _)| !key.contains(role)).map(|(_, position)| position);
        let mut used: Vec<usize> = roles.chain(&self.indicators).chain(&self.items).copied().collect();
        used.sort_unstable();
        used.dedup();
        used
    }

    /// All headers as the file has them.
    pub fn headers(&self) -> &[String] {
        &self.header
    }
}

fn named(roles: &BTreeMap<Role, usize>) -> [Option<usize>; Role::NAMED] {
    let mut named = [None; Role::NAMED];
    for (role, &position) in roles {
        if let Some(place) = role.place() {
            named[place] = Some(position);
        }
    }
    named
}

fn position_of(header: &[String], name: &str) -> Option<usize> {
    let exact = header.iter().position(|column| column == name);
    let folded = |text: &str| text.trim().to_lowercase();
    exact.or_else(|| header.iter().position(|column| folded(column) == folded(name)))
}

fn missing(header: &[String], name: &str, key: &str, file: &str) -> Finding {
    let finding = Finding::error("column_missing", format!("the register has no column `{name}`"))
        .at(Place::file(file).row(1))
        .because(format!("`{key}` in study.toml names it"));
    finding.remedy(match like(header, name) {
        Some(near) => format!("did you mean `{near}`? Correct `{key}` in study.toml"),
        None => format!("correct `{key}` in study.toml"),
    })
}

fn like<'h>(header: &'h [String], name: &str) -> Option<&'h str> {
    nearest(name, header.iter().map(String::as_str))
}

/// The file's columns, once for all that are missing.
fn all_columns(header: &[String], file: &str) -> Finding {
    let named = header.iter().filter(|column| !column.is_empty());
    let listed: Vec<String> = named.map(|column| format!("`{}`", shown(column))).collect();
    Finding::note("columns", format!("the file has the columns {}", listed.join(", ")))
        .at(Place::file(file).row(1))
}
