//! The key: study id ↔ record key. The one place that holds CPR numbers; opened by draw, forms, record and verify only.

use std::fmt;

use rusqlite::params;

use super::failure::{explained, key_without_study, not_ours, other_key};
use super::{KEY_FILE, Store};
use crate::draw::StudyId;
use crate::error::{Error, Result};

pub(super) const SCHEMA: &str = "
CREATE TABLE key.study (
  frame_digest TEXT NOT NULL           -- of the first draw: tells which study the key belongs to
) STRICT;
CREATE TABLE key.key (
  study_id   TEXT PRIMARY KEY,
  stratum    TEXT NOT NULL,
  rank       INTEGER NOT NULL,
  record_key TEXT NOT NULL UNIQUE,
  UNIQUE (stratum, rank)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER key.key_no_update BEFORE UPDATE ON key BEGIN SELECT RAISE(ABORT, 'rows of key never change'); END;
CREATE TRIGGER key.key_no_delete BEFORE DELETE ON key BEGIN SELECT RAISE(ABORT, 'rows of key never change'); END;
";

/// One line of the key.
#[derive(Clone, PartialEq, Eq)]
pub struct KeyEntry {
    /// What the reviewers see.
    pub study_id: StudyId,
    /// The code of the stratum.
    pub stratum: String,
    /// The place in the stratum's order of numbers.
    pub rank: u64,
    /// What it stands for.
    pub record_key: String,
}

/// Hides the record key.
impl fmt::Debug for KeyEntry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "KeyEntry({}, hidden)", self.study_id)
    }
}

impl Store {
    /// The whole key, in the order of strata and ranks. Read from the table itself: the index over stratum and rank holds both a
    /// second time, and would answer for a row that was changed.
    ///
    /// # Errors
    /// When the key cannot be read.
    pub fn key(&self) -> Result<Vec<KeyEntry>> {
        let read = |connection: &rusqlite::Connection| {
            let sql = "SELECT study_id, stratum, rank, record_key FROM key.key NOT INDEXED ORDER BY +stratum, +rank";
            let mut statement = connection.prepare(sql)?;
            let entries = statement.query_map([], |row| {
                Ok(KeyEntry {
                    study_id: super::draws::study_id(row, 0)?,
                    stratum: row.get(1)?,
                    rank: super::draws::count(row, 2)?,
                    record_key: row.get(3)?,
                })
            })?;
            entries.collect::<std::result::Result<Vec<_>, _>>()
        };
        read(&self.connection).map_err(|fault| explained(&fault, KEY_FILE))
    }

    /// Writes into a new key which draw it belongs to.
    pub(super) fn name_key(&self, frame_digest: &str) -> Result<()> {
        let named = self.connection.execute("INSERT INTO key.study VALUES (?1)", [frame_digest]);
        named.map(drop).map_err(|fault| explained(&fault, KEY_FILE))
    }

    /// Refuses a file of the key's name that is no key.
    pub(super) fn refuse_no_key(&self) -> Result<()> {
        let tables = "SELECT count(*) FROM key.sqlite_schema WHERE name IN ('key', 'study')";
        let tables = self.connection.query_row(tables, [], |row| row.get::<_, i64>(0));
        match tables.map_err(|fault| explained(&fault, KEY_FILE))? {
            2 => Ok(()),
            _ => Err(Error::cannot_run(not_ours(KEY_FILE))),
        }
    }

    /// Refuses the key of another study: it would give out other people's numbers.
    pub(super) fn refuse_strange_key(&self) -> Result<()> {
        let count = |sql: &str| {
            let count = self.connection.query_row(sql, [], |row| row.get::<_, i64>(0));
            count.map_err(|fault| explained(&fault, KEY_FILE))
        };
        let places = "SELECT study_id, stratum, rank FROM";
        let other_places = format!(
            "SELECT count(*) FROM (SELECT * FROM ({places} course EXCEPT {places} key.key)
             UNION ALL SELECT * FROM ({places} key.key EXCEPT {places} course))"
        );
        if self.is_key_of_draw()? && count(&other_places)? == 0 {
            return Ok(());
        }
        Err(Error::cannot_run(other_key()))
    }

    /// Whether the key says that it belongs to the first draw of this study.
    ///
    /// # Errors
    /// When the key cannot be read.
    pub fn is_key_of_draw(&self) -> Result<bool> {
        let same_draw = "SELECT count(*) FROM key.study WHERE frame_digest = (SELECT frame_digest FROM draw WHERE number = 1)";
        let count = self.connection.query_row(same_draw, [], |row| row.get::<_, i64>(0));
        Ok(count.map_err(|fault| explained(&fault, KEY_FILE))? == 1)
    }

    /// A key without its study's database: a draw would not know what it stands for.
    pub(super) fn refuse_key_without_study(&self) -> Result<()> {
        let tables = "SELECT count(*) FROM key.sqlite_schema WHERE name = 'key'";
        let tables = self.connection.query_row(tables, [], |row| row.get::<_, i64>(0));
        match tables.map_err(|fault| explained(&fault, KEY_FILE))? {
            0 => Ok(()),
            _ => Err(Error::cannot_run(key_without_study())),
        }
    }

    /// Adds lines to the key.
    ///
    /// # Errors
    /// When the key cannot be written.
    pub(super) fn add_key(&self, entries: &[KeyEntry]) -> Result<()> {
        let add = || {
            let mut statement = self.connection.prepare("INSERT INTO key.key VALUES (?1, ?2, ?3, ?4)")?;
            for entry in entries {
                let rank = entry.rank as i64;
                statement.execute(params![
                    entry.study_id.to_string(),
                    entry.stratum,
                    rank,
                    entry.record_key
                ])?;
            }
            Ok(())
        };
        add().map_err(|fault: rusqlite::Error| explained(&fault, KEY_FILE))
    }
}
