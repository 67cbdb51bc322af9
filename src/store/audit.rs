//! The audit trail: who did what and when, each entry chained to the one before by its digest.

use rusqlite::{Connection, OptionalExtension, params};
use serde_json::Value;

use super::failure::explained;
use super::{Actor, STUDY_FILE, Store};
use crate::digest;
use crate::error::Result;

/// One entry of the audit trail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditEntry {
    /// Its number, from 1.
    pub number: i64,
    /// When, UTC.
    pub at: String,
    /// Who.
    pub who: String,
    /// Which command.
    pub action: String,
    /// What it did, as JSON.
    pub detail: String,
    /// The digest of the entry before.
    pub previous: String,
    /// The digest of this entry.
    pub digest: String,
}

impl AuditEntry {
    /// The digest that belongs to the entry's content.
    fn recomputed(&self) -> String {
        let content =
            [&self.previous, &self.number.to_string(), &self.at, &self.who, &self.action, &self.detail];
        digest::of_text(&content.map(String::as_str).join("\n"))
    }
}

impl Store {
    /// Adds an entry and returns its number.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub fn log(&self, actor: &Actor, action: &str, detail: &Value) -> Result<i64> {
        add(&self.connection, actor, action, detail).map_err(|fault| explained(&fault, STUDY_FILE))
    }

    /// All entries, the oldest first.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn audit_trail(&self) -> Result<Vec<AuditEntry>> {
        self.read(|connection| {
            let sql = "SELECT number, at, who, action, detail, previous, digest FROM audit ORDER BY number";
            let mut statement = connection.prepare(sql)?;
            let entries = statement.query_map([], |row| {
                Ok(AuditEntry {
                    number: row.get(0)?,
                    at: row.get(1)?,
                    who: row.get(2)?,
                    action: row.get(3)?,
                    detail: row.get(4)?,
                    previous: row.get(5)?,
                    digest: row.get(6)?,
                })
            })?;
            entries.collect()
        })
    }
}

/// The first entry whose content or place does not fit its digest; `None` when the chain holds.
pub fn broken_link(trail: &[AuditEntry]) -> Option<i64> {
    let mut previous = "";
    for (place, entry) in trail.iter().enumerate() {
        let in_order = entry.number == place as i64 + 1 && entry.previous == previous;
        if !in_order || entry.recomputed() != entry.digest {
            return Some(entry.number);
        }
        previous = &entry.digest;
    }
    None
}

fn add(connection: &Connection, actor: &Actor, action: &str, detail: &Value) -> rusqlite::Result<i64> {
    let (number, previous) = last(connection)?.unwrap_or_default();
    let mut entry = AuditEntry {
        number: number + 1,
        at: actor.at.clone(),
        who: actor.who.clone(),
        action: action.to_owned(),
        detail: detail.to_string(),
        previous,
        digest: String::new(),
    };
    entry.digest = entry.recomputed();
    connection.execute(
        "INSERT INTO audit VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        params![entry.number, entry.at, entry.who, entry.action, entry.detail, entry.previous, entry.digest],
    )?;
    Ok(entry.number)
}

fn last(connection: &Connection) -> rusqlite::Result<Option<(i64, String)>> {
    connection
        .query_row("SELECT number, digest FROM audit ORDER BY number DESC LIMIT 1", [], |row| {
            Ok((row.get(0)?, row.get(1)?))
        })
        .optional()
}
