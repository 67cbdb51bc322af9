//! Which forms went out, and which course stands on which.

use rusqlite::params;

use super::draws::{rows, study_id};
use super::failure::explained;
use super::{STUDY_FILE, Store};
use crate::draw::StudyId;
use crate::error::Result;

/// A form that went out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FormRecord {
    /// The file's name within `forms/`.
    pub file: String,
    /// The stratum it was made for; none for an adjudication.
    pub stratum: Option<String>,
    /// `lookup`, `first`, `second` or `adjudication`.
    pub kind: &'static str,
    /// The courses on it.
    pub courses: Vec<StudyId>,
}

impl Store {
    /// Remembers that forms went out.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub fn add_forms(&self, audit: i64, forms: &[FormRecord]) -> Result<()> {
        let add = || {
            for form in forms {
                let row = params![form.file, audit, form.stratum, form.kind];
                self.connection.execute("INSERT INTO form VALUES (?1, ?2, ?3, ?4)", row)?;
                // A course may be adjudicated again; on the other forms it stands once.
                for course in form.courses.iter().filter(|_| form.kind != "adjudication") {
                    let row = params![course.to_string(), form.kind, form.file];
                    self.connection.execute("INSERT INTO form_course VALUES (?1, ?2, ?3)", row)?;
                }
            }
            Ok(())
        };
        add().map_err(|fault: rusqlite::Error| explained(&fault, STUDY_FILE))
    }

    /// The courses that stand on a form of this kind already.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn courses_on_forms(&self, kind: &str) -> Result<Vec<StudyId>> {
        self.read(|connection| {
            let mut statement = connection.prepare("SELECT study_id FROM form_course WHERE kind = ?1")?;
            statement.query_map([kind], |row| study_id(row, 0))?.collect()
        })
    }

    /// The names of all forms that ever went out.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn form_files(&self) -> Result<Vec<String>> {
        self.read(|connection| rows(connection, "SELECT file FROM form ORDER BY file", |row| row.get(0)))
    }
}
