//! The returned files that were read: their names and digests, never their paths.

use std::collections::BTreeSet;

use rusqlite::{OptionalExtension, params};

use super::draws::rows;
use super::failure::explained;
use super::{STUDY_FILE, Store};
use crate::error::Result;

/// A returned file that was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportedFile {
    /// The audit entry that stored what it held.
    pub audit: i64,
    /// What the entry did: `record` or `adjudicate`.
    pub action: String,
    /// The file's name without its folder.
    pub file: String,
    /// The SHA-256 of its bytes, hexadecimal.
    pub sha256: String,
}

impl Store {
    /// Remembers a file that came in; its number.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub fn add_import(&self, audit: i64, file: &str, sha256: &str) -> Result<i64> {
        let row = params![audit, file, sha256];
        self.connection
            .execute("INSERT INTO import (audit, file, sha256) VALUES (?1, ?2, ?3)", row)
            .map_err(|fault| explained(&fault, STUDY_FILE))?;
        Ok(self.connection.last_insert_rowid())
    }

    /// The digests of all files that were ever recorded.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn imported_digests(&self) -> Result<BTreeSet<String>> {
        let digests =
            self.read(|connection| rows(connection, "SELECT sha256 FROM import", |row| row.get(0)))?;
        Ok(digests.into_iter().collect())
    }

    /// The name and the SHA-256 of the file that an audit entry read.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn import_of(&self, audit: i64) -> Result<Option<(String, String)>> {
        self.read(|connection| {
            let sql = "SELECT file, sha256 FROM import WHERE audit = ?1";
            connection.query_row(sql, [audit], |row| Ok((row.get(0)?, row.get(1)?))).optional()
        })
    }

    /// Every file that was read, in the order of storing.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn imports(&self) -> Result<Vec<ImportedFile>> {
        let sql = "SELECT import.audit, audit.action, import.file, import.sha256 FROM import
                   JOIN audit ON audit.number = import.audit ORDER BY import.number";
        self.read(|connection| {
            rows(connection, sql, |row| {
                let (audit, action, file, sha256) = (row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?);
                Ok(ImportedFile { audit, action, file, sha256 })
            })
        })
    }
}
