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
    pub kind: String,
    /// The courses on it; none for an adjudication.
    pub courses: Vec<StudyId>,
}

impl FormRecord {
    /// One line that holds everything stored of the form, for digests.
    pub fn canonical(&self) -> String {
        let mut courses: Vec<String> = self.courses.iter().map(StudyId::to_string).collect();
        courses.sort();
        // A tuple of plain data always has a JSON text.
        serde_json::to_string(&(&self.file, &self.stratum, &self.kind, courses)).unwrap_or_default()
    }
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
                for course in &form.courses {
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

    /// The forms that went out with an audit entry.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn forms_of(&self, audit: i64) -> Result<Vec<FormRecord>> {
        self.forms_where(Some(audit))
    }

    /// All forms that ever went out.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn forms(&self) -> Result<Vec<FormRecord>> {
        self.forms_where(None)
    }

    fn forms_where(&self, audit: Option<i64>) -> Result<Vec<FormRecord>> {
        self.read(|connection| {
            let mut statement =
                connection.prepare("SELECT file, stratum, kind FROM form WHERE audit = ?1 OR ?1 IS NULL")?;
            let mut courses =
                connection.prepare("SELECT study_id FROM form_course WHERE file = ?1 AND kind = ?2")?;
            let forms = statement.query_map([audit], |row| {
                let (file, stratum, kind): (String, Option<String>, String) =
                    (row.get(0)?, row.get(1)?, row.get(2)?);
                let courses = courses
                    .query_map([&file, &kind], |row| study_id(row, 0))?
                    .collect::<rusqlite::Result<_>>()?;
                Ok(FormRecord { file, stratum, kind, courses })
            })?;
            forms.collect()
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
