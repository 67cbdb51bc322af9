//! The frame's counts, the draws and the sample, stored and read back.

use std::collections::BTreeMap;

use rusqlite::types::Type;
use rusqlite::{Connection, Row, params};

use super::failure::explained;
use super::{KeyEntry, STUDY_FILE, Store};
use crate::digest;
use crate::draw::{RegisterEntry, Sample, SampledCourse, SampledStratum, StudyId};
use crate::error::Result;

/// What a draw or an enlargement adds to the study.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewDraw {
    /// The total asked for, reserves not counted.
    pub record: DrawRecord,
    /// How many courses of each stratum are in use from now on: only strata whose number grows.
    pub in_use: Vec<(String, u64)>,
    /// The newly drawn courses.
    pub courses: Vec<SampledCourse>,
    /// Their lines of the key.
    pub key: Vec<KeyEntry>,
}

/// A draw as the study remembers it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DrawRecord {
    /// 1 for the first, 2 for its first enlargement, …
    pub number: i64,
    /// The total asked for.
    pub total: u64,
    /// The register's file name.
    pub register_file: String,
    /// The SHA-256 of the register's file.
    pub register_sha256: String,
    /// The order-free digest of the frame.
    pub frame_digest: String,
}

/// A section of the protocol as it was frozen at the draw.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FrozenRecord {
    /// Its canonical text.
    pub text: String,
    /// The digest of that text.
    pub digest: String,
}

/// The frame as it was at the draw.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FrameRecord {
    /// The flow: reasons and counts, from all rows read to the frame.
    pub flow: Vec<(String, u64)>,
    /// Code, name, cluster and number of courses of each stratum.
    pub strata: Vec<(String, String, Option<String>, u64)>,
    /// Courses in force by stratum, indicator and raw value of the register.
    pub values: BTreeMap<(String, String, String), u64>,
    /// Courses by `age` in years, `sex` and `year`, and their values.
    pub characteristics: BTreeMap<(String, String), u64>,
}

impl FrameRecord {
    /// A digest of everything in it, for the audit trail.
    pub fn digest(&self) -> String {
        // Plain data always has a JSON text.
        let values: Vec<_> = self.values.iter().collect();
        let characteristics: Vec<_> = self.characteristics.iter().collect();
        digest::of_text(
            &serde_json::to_string(&(&self.flow, &self.strata, values, characteristics)).unwrap_or_default(),
        )
    }
}

impl Store {
    /// Stores the frame and the canonical texts of the protocol's frozen sections: once, with the first draw.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub fn add_frame(&self, frame: &FrameRecord, frozen: &[(&str, String)]) -> Result<()> {
        let add = || {
            for (step, (reason, courses)) in frame.flow.iter().enumerate() {
                let row = params![step as i64 + 1, reason, *courses as i64];
                self.connection.execute("INSERT INTO flow VALUES (?1, ?2, ?3)", row)?;
            }
            for (code, name, cluster, courses) in &frame.strata {
                let row = params![code, name, cluster, *courses as i64];
                self.connection.execute("INSERT INTO frame_stratum VALUES (?1, ?2, ?3, ?4)", row)?;
            }
            for ((stratum, indicator, value), courses) in &frame.values {
                let row = params![stratum, indicator, value, *courses as i64];
                self.connection.execute("INSERT INTO frame_value VALUES (?1, ?2, ?3, ?4)", row)?;
            }
            for ((characteristic, value), courses) in &frame.characteristics {
                let row = params![characteristic, value, *courses as i64];
                self.connection.execute("INSERT INTO frame_characteristic VALUES (?1, ?2, ?3)", row)?;
            }
            for (section, text) in frozen {
                let row = params![section, text, digest::of_text(text)];
                self.connection.execute("INSERT INTO frozen VALUES (?1, ?2, ?3)", row)?;
            }
            Ok(())
        };
        add().map_err(|fault: rusqlite::Error| explained(&fault, STUDY_FILE))
    }

    /// Stores a draw with its courses and their keys.
    ///
    /// # Errors
    /// When the database or the key cannot be written.
    pub fn add_draw(&self, audit: i64, draw: &NewDraw) -> Result<()> {
        insert_draw(&self.connection, audit, draw).map_err(|fault| explained(&fault, STUDY_FILE))?;
        if draw.record.number == 1 {
            self.name_key(&draw.record.frame_digest)?;
        }
        self.add_key(&draw.key)
    }

    /// Makes a stratum's number in use one larger or more.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub fn extend(&self, audit: i64, stratum: &str, courses: u64) -> Result<()> {
        let row = params![stratum, courses as i64, audit];
        let done = self.connection.execute("INSERT INTO in_use VALUES (?1, ?2, ?3)", row);
        done.map(drop).map_err(|fault| explained(&fault, STUDY_FILE))
    }

    /// Stores a version of the codebook if it is new; its number either way.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub fn add_codebook(&self, audit: i64, digest: &str, text: &str) -> Result<i64> {
        let add = || {
            let latest = "SELECT version, digest FROM codebook ORDER BY version DESC LIMIT 1";
            let read = |row: &Row<'_>| Ok((row.get::<_, i64>(0)?, row.get::<_, String>(1)?));
            let (version, stored) = match self.connection.query_row(latest, [], read) {
                Ok(found) => found,
                Err(rusqlite::Error::QueryReturnedNoRows) => (0, String::new()),
                Err(fault) => return Err(fault),
            };
            if stored == digest {
                return Ok(version);
            }
            let row = params![version + 1, audit, digest, text];
            self.connection.execute("INSERT INTO codebook VALUES (?1, ?2, ?3, ?4)", row)?;
            Ok(version + 1)
        };
        add().map_err(|fault: rusqlite::Error| explained(&fault, STUDY_FILE))
    }

    /// The frozen sections as they were at the draw, by their names.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn frozen(&self) -> Result<BTreeMap<String, FrozenRecord>> {
        self.read(|connection| {
            let mut statement = connection.prepare("SELECT section, text, digest FROM frozen")?;
            let read =
                |row: &Row<'_>| Ok((row.get(0)?, FrozenRecord { text: row.get(1)?, digest: row.get(2)? }));
            statement.query_map([], read)?.collect()
        })
    }

    /// The digests and texts of all versions of the codebook, the first one first.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn codebooks(&self) -> Result<Vec<(String, String)>> {
        self.read(|connection| {
            let sql = "SELECT digest, text FROM codebook ORDER BY version";
            rows(connection, sql, |row| Ok((row.get(0)?, row.get(1)?)))
        })
    }

    /// The strata that an audit entry made longer, and how many of each are in use from then on.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn in_use_of(&self, audit: i64) -> Result<Vec<(String, u64)>> {
        self.read(|connection| {
            let sql = "SELECT stratum, courses FROM in_use WHERE audit = ?1 ORDER BY stratum";
            connection.prepare(sql)?.query_map([audit], |row| Ok((row.get(0)?, count(row, 1)?)))?.collect()
        })
    }

    /// All draws, the first one first.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn draws(&self) -> Result<Vec<DrawRecord>> {
        self.draws_as_of(i64::MAX)
    }

    /// All draws up to an audit entry.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn draws_as_of(&self, audit: i64) -> Result<Vec<DrawRecord>> {
        self.read(|connection| {
            let sql = "SELECT number, total, register_file, register_sha256, frame_digest FROM draw WHERE audit <= ?1 ORDER BY number";
            let mut statement = connection.prepare(sql)?;
            let draws = statement.query_map([audit], |row| {
                Ok(DrawRecord {
                    number: row.get(0)?,
                    total: count(row, 1)?,
                    register_file: row.get(2)?,
                    register_sha256: row.get(3)?,
                    frame_digest: row.get(4)?,
                })
            })?;
            draws.collect()
        })
    }

    /// The frame as it was at the first draw.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn frame(&self) -> Result<FrameRecord> {
        self.read(|connection| {
            let flow = rows(connection, "SELECT reason, courses FROM flow ORDER BY step", |row| {
                Ok((row.get(0)?, count(row, 1)?))
            })?;
            let strata = rows(
                connection,
                "SELECT stratum, name, cluster, courses FROM frame_stratum ORDER BY stratum",
                |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, count(row, 3)?)),
            )?;
            let values =
                rows(connection, "SELECT stratum, indicator, value, courses FROM frame_value", |row| {
                    Ok(((row.get(0)?, row.get(1)?, row.get(2)?), count(row, 3)?))
                })?;
            let characteristics =
                rows(connection, "SELECT characteristic, value, courses FROM frame_characteristic", |row| {
                    Ok(((row.get(0)?, row.get(1)?), count(row, 2)?))
                })?;
            let (values, characteristics) =
                (values.into_iter().collect(), characteristics.into_iter().collect());
            Ok(FrameRecord { flow, strata, values, characteristics })
        })
    }

    /// The sample as it stands now, the reserve included.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn sample(&self) -> Result<Sample> {
        self.sample_as_of(i64::MAX)
    }

    /// The sample as it was after an audit entry.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn sample_as_of(&self, audit: i64) -> Result<Sample> {
        self.read(|connection| {
            let mut courses: Vec<SampledCourse> =
                connection.prepare(COURSES)?.query_map([audit], read_course)?.collect::<Result<_, _>>()?;
            let values =
                rows(connection, "SELECT study_id, indicator, value, in_force FROM register_value", |row| {
                    let entry = RegisterEntry { value: row.get(2)?, in_force: row.get(3)? };
                    Ok((study_id(row, 0)?, (row.get(1)?, entry)))
                })?;
            let mut by_course: BTreeMap<StudyId, BTreeMap<String, RegisterEntry>> = BTreeMap::new();
            for (study_id, (indicator, entry)) in values {
                by_course.entry(study_id).or_default().insert(indicator, entry);
            }
            for course in &mut courses {
                course.register = by_course.remove(&course.study_id).unwrap_or_default();
            }
            let strata =
                connection.prepare(STRATA)?.query_map([audit], read_stratum)?.collect::<Result<_, _>>()?;
            Ok(Sample { strata, courses })
        })
    }

    /// The study ids that one draw added.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn courses_of_draw(&self, draw: i64) -> Result<Vec<StudyId>> {
        self.read(|connection| {
            let mut statement =
                connection.prepare("SELECT study_id FROM course WHERE draw = ?1 ORDER BY stratum, rank")?;
            statement.query_map([draw], |row| study_id(row, 0))?.collect()
        })
    }
}

const COURSES: &str = "
SELECT study_id, person, stratum, rank, second_reviewer, age, sex, period
FROM course JOIN draw ON draw.number = course.draw
WHERE draw.audit <= ?1 ORDER BY stratum, rank";

const STRATA: &str = "
SELECT stratum, name, cluster, courses,
       (SELECT coalesce(max(courses), 0) FROM in_use WHERE in_use.stratum = frame_stratum.stratum AND audit <= ?1),
       (SELECT count(*) FROM course JOIN draw ON draw.number = course.draw
        WHERE course.stratum = frame_stratum.stratum AND draw.audit <= ?1)
FROM frame_stratum ORDER BY stratum";

fn insert_draw(connection: &Connection, audit: i64, draw: &NewDraw) -> rusqlite::Result<()> {
    let record = &draw.record;
    connection.execute(
        "INSERT INTO draw VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        params![
            record.number,
            audit,
            record.total as i64,
            record.register_file,
            record.register_sha256,
            record.frame_digest
        ],
    )?;
    for (stratum, courses) in &draw.in_use {
        let row = params![stratum, *courses as i64, audit];
        connection.execute("INSERT INTO in_use VALUES (?1, ?2, ?3)", row)?;
    }
    draw.courses.iter().try_for_each(|course| insert_course(connection, record.number, course))
}

fn insert_course(connection: &Connection, draw: i64, course: &SampledCourse) -> rusqlite::Result<()> {
    let id = course.study_id.to_string();
    connection.prepare_cached("INSERT INTO course VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)")?.execute(
        params![
            id,
            course.person.to_string(),
            course.stratum,
            course.rank as i64,
            course.second_reviewer,
            course.age,
            course.sex,
            course.period,
            draw
        ],
    )?;
    let mut add_value = connection.prepare_cached("INSERT INTO register_value VALUES (?1, ?2, ?3, ?4)")?;
    for (indicator, entry) in &course.register {
        add_value.execute(params![id, indicator, entry.value, entry.in_force])?;
    }
    Ok(())
}

fn read_course(row: &Row<'_>) -> rusqlite::Result<SampledCourse> {
    Ok(SampledCourse {
        study_id: study_id(row, 0)?,
        person: study_id(row, 1)?,
        stratum: row.get(2)?,
        rank: count(row, 3)?,
        second_reviewer: row.get(4)?,
        age: row.get(5)?,
        sex: row.get(6)?,
        period: row.get(7)?,
        register: BTreeMap::new(),
    })
}

fn read_stratum(row: &Row<'_>) -> rusqlite::Result<SampledStratum> {
    Ok(SampledStratum {
        code: row.get(0)?,
        name: row.get(1)?,
        cluster: row.get(2)?,
        frame: count(row, 3)?,
        in_use: count(row, 4)?,
        drawn: count(row, 5)?,
    })
}

/// All rows of a query, read one by one.
pub(super) fn rows<T>(
    connection: &Connection,
    sql: &str,
    read: impl FnMut(&Row<'_>) -> rusqlite::Result<T>,
) -> rusqlite::Result<Vec<T>> {
    connection.prepare(sql)?.query_map([], read)?.collect()
}

/// A column that holds a study id.
pub(super) fn study_id(row: &Row<'_>, column: usize) -> rusqlite::Result<StudyId> {
    let text: String = row.get(column)?;
    StudyId::read(&text).ok_or_else(|| unexpected(column))
}

/// A column that holds a number of 0 or more.
pub(super) fn count(row: &Row<'_>, column: usize) -> rusqlite::Result<u64> {
    u64::try_from(row.get::<_, i64>(column)?).map_err(|_| unexpected(column))
}

/// A stored text that this version cannot read.
pub(super) fn unexpected(column: usize) -> rusqlite::Error {
    rusqlite::Error::InvalidColumnType(column, "an unexpected value".to_owned(), Type::Text)
}
