//! Reviews, adjudications and replacements, stored and read back.

use std::collections::BTreeMap;
use std::ops::RangeInclusive;

use rusqlite::types::ToSqlOutput;
use rusqlite::{Connection, OptionalExtension, Row, params};

use super::draws::{rows, study_id, unexpected};
use super::failure::explained;
use super::many::insert;
use super::{STUDY_FILE, Store};
use crate::draw::StudyId;
use crate::error::Result;
use crate::protocol::Protocol;
use crate::review::{
    Adjudication, Answer, ChartStatus, Disagreement, DisagreementSubject, ItemAnswer, Reading, Review,
    Reviews, Settled,
};

/// A chart that could not be read, and the course that took its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Replacement {
    /// The course without a chart.
    pub study_id: StudyId,
    /// The next of the reserve.
    pub replaced_by: StudyId,
    /// Why.
    pub reason: String,
}

impl Store {
    /// Every version of every review with the audit entry and the file that brought it, in the order of storing.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn recorded_reviews(&self) -> Result<Vec<(i64, String, Review)>> {
        let mut reviews = self.numbered_reviews(0..=i64::MAX)?;
        let sql = "SELECT review.number, import.audit, import.file FROM review
                   JOIN import ON import.number = review.import ORDER BY review.number";
        let sources: Vec<(i64, i64, String)> =
            self.read(|connection| rows(connection, sql, |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?))))?;
        let of = |(number, audit, file)| Some((audit, file, reviews.remove(&number)?));
        Ok(sources.into_iter().filter_map(of).collect())
    }

    /// Every adjudication with the audit entry and the file that brought it, in the order of storing.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn recorded_adjudications(&self) -> Result<Vec<(i64, String, Adjudication)>> {
        let sql = "SELECT import.audit, import.file FROM adjudication
                   JOIN import ON import.number = adjudication.import ORDER BY adjudication.number";
        let sources: Vec<(i64, String)> =
            self.read(|connection| rows(connection, sql, |row| Ok((row.get(0)?, row.get(1)?))))?;
        let settled = self.adjudications(i64::MAX)?;
        Ok(sources.into_iter().zip(settled).map(|((audit, file), settled)| (audit, file, settled)).collect())
    }

    /// The moment of the last import with a review of each stratum, by its code.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn last_imports(&self) -> Result<BTreeMap<String, String>> {
        self.read(|connection| {
            let sql = "SELECT course.stratum, max(audit.at) FROM review
                       JOIN import ON import.number = review.import JOIN audit ON audit.number = import.audit
                       JOIN course ON course.study_id = review.study_id GROUP BY course.stratum";
            Ok(rows(connection, sql, |row| Ok((row.get(0)?, row.get(1)?)))?.into_iter().collect())
        })
    }

    /// The last file that came in, with its moment.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn last_import(&self) -> Result<Option<(String, String)>> {
        self.read(|connection| {
            let sql = "SELECT import.file, audit.at FROM import JOIN audit ON audit.number = import.audit
                       ORDER BY import.number DESC LIMIT 1";
            connection.query_row(sql, [], |row| Ok((row.get(0)?, row.get(1)?))).optional()
        })
    }

    /// Adds a version of a review.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub fn add_review<'r>(&self, import: i64, review: &'r Review) -> Result<()> {
        let add = || {
            let sql = "INSERT INTO review (import, study_id, reading, status, reviewer, date, comment)
                       VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";
            self.connection.prepare_cached(sql)?.execute(params![
                import,
                review.study_id.to_string(),
                review.reading.number(),
                review.status.name(),
                review.reviewer,
                review.date.to_string(),
                review.comment
            ])?;
            let number = self.connection.last_insert_rowid();
            let answer =
                |(id, given): (&'r String, &Answer)| [number.into(), id.as_str().into(), given.name().into()];
            let answers: Vec<[ToSqlOutput<'_>; 3]> = review.answers.iter().map(answer).collect();
            insert(&self.connection, "answer (review, indicator, answer)", &answers)?;
            let item = |(id, given): (&'r String, &ItemAnswer)| {
                let (state, value) = given.stored();
                let kind = given.stored_kind();
                [number.into(), id.as_str().into(), state.into(), kind.into(), value.into()]
            };
            let items: Vec<[ToSqlOutput<'_>; 5]> = review.items.iter().map(item).collect();
            insert(&self.connection, "item_answer (review, item, state, kind, value)", &items)
        };
        add().map_err(|fault: rusqlite::Error| explained(&fault, STUDY_FILE))
    }

    /// Adds a settled disagreement.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub fn add_adjudication(&self, import: i64, settled: &Adjudication) -> Result<()> {
        let about = &settled.disagreement;
        let sql =
            "INSERT INTO adjudication (import, study_id, subject, first, second, settled, adjudicator, date)
                   VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)";
        let row = params![
            import,
            about.study_id.to_string(),
            about.subject.name(),
            about.first,
            about.second,
            settled.settled.name(),
            settled.adjudicator,
            settled.date.to_string()
        ];
        self.connection.execute(sql, row).map(drop).map_err(|fault| explained(&fault, STUDY_FILE))
    }

    /// Adds a replacement.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub fn add_replacement(&self, audit: i64, replacement: &Replacement) -> Result<()> {
        let row = params![
            replacement.study_id.to_string(),
            replacement.replaced_by.to_string(),
            replacement.reason,
            audit
        ];
        let done = self.connection.execute("INSERT INTO replacement VALUES (?1, ?2, ?3, ?4)", row);
        done.map(drop).map_err(|fault| explained(&fault, STUDY_FILE))
    }

    /// All versions of all reviews up to an audit number.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn reviews(&self, protocol: &Protocol, until: i64) -> Result<Reviews> {
        let numbered = self.numbered_reviews(0..=until)?;
        let mut reviews = Reviews::by(protocol);
        numbered.into_values().for_each(|review| reviews.add(review));
        Ok(reviews)
    }

    /// The reviews that a range of audit entries stored, by number.
    fn numbered_reviews(&self, audits: RangeInclusive<i64>) -> Result<BTreeMap<i64, Review>> {
        self.read(|connection| {
            let sql = "SELECT review.number, study_id, reading, status, reviewer, date, comment
                       FROM review JOIN import ON import.number = review.import
                       WHERE import.audit BETWEEN ?1 AND ?2 ORDER BY review.number";
            let mut statement = connection.prepare(sql)?;
            let read = |row: &Row<'_>| Ok((row.get(0)?, read_review(row)?));
            let mut reviews: BTreeMap<i64, Review> =
                statement.query_map([audits.start(), audits.end()], read)?.collect::<Result<_, _>>()?;
            if let (Some((&first, _)), Some((&last, _))) =
                (reviews.first_key_value(), reviews.last_key_value())
            {
                add_answers(connection, first..=last, &mut reviews)?;
            }
            Ok(reviews)
        })
    }

    /// All adjudications up to an audit number, the oldest first.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn adjudications(&self, until: i64) -> Result<Vec<Adjudication>> {
        self.adjudications_of(0..=until)
    }

    fn adjudications_of(&self, audits: RangeInclusive<i64>) -> Result<Vec<Adjudication>> {
        self.read(|connection| {
            let sql = "SELECT study_id, subject, first, second, settled, adjudicator, date
                       FROM adjudication JOIN import ON import.number = adjudication.import
                       WHERE import.audit BETWEEN ?1 AND ?2 ORDER BY adjudication.number";
            let mut statement = connection.prepare(sql)?;
            statement.query_map([audits.start(), audits.end()], read_adjudication)?.collect()
        })
    }

    /// The canonical lines of all reviews and adjudications that an audit entry stored, in the order of storing.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn imported_lines(&self, audit: i64) -> Result<Vec<String>> {
        let reviews = self.numbered_reviews(audit..=audit)?;
        let settled = self.adjudications_of(audit..=audit)?;
        Ok(reviews
            .values()
            .map(Review::canonical)
            .chain(settled.iter().map(Adjudication::canonical))
            .collect())
    }

    /// The replacements of an audit entry.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn replacements_of(&self, audit: i64) -> Result<Vec<Replacement>> {
        self.read(|connection| {
            let sql =
                "SELECT study_id, replaced_by, reason FROM replacement WHERE audit = ?1 ORDER BY study_id";
            connection.prepare(sql)?.query_map([audit], read_replacement)?.collect()
        })
    }

    /// All replacements.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn replacements(&self) -> Result<Vec<Replacement>> {
        self.read(|connection| {
            let sql = "SELECT study_id, replaced_by, reason FROM replacement ORDER BY audit";
            rows(connection, sql, read_replacement)
        })
    }
}

/// Adds the answers to the reviews of a range of numbers.
fn add_answers(
    connection: &Connection,
    numbers: RangeInclusive<i64>,
    reviews: &mut BTreeMap<i64, Review>,
) -> rusqlite::Result<()> {
    let range = [numbers.start(), numbers.end()];
    let mut answers =
        connection.prepare("SELECT review, indicator, answer FROM answer WHERE review BETWEEN ?1 AND ?2")?;
    let mut rows = answers.query(range)?;
    while let Some(row) = rows.next()? {
        let answer = Answer::read(row.get_ref(2)?.as_str()?).ok_or_else(|| unexpected(2))?;
        if let Some(review) = reviews.get_mut(&row.get(0)?) {
            review.answers.insert(row.get(1)?, answer);
        }
    }
    let mut items = connection
        .prepare("SELECT review, item, state, kind, value FROM item_answer WHERE review BETWEEN ?1 AND ?2")?;
    let mut rows = items.query(range)?;
    while let Some(row) = rows.next()? {
        let text = |column| Ok::<_, rusqlite::Error>(row.get_ref(column)?.as_str()?);
        let answer = ItemAnswer::from_stored(text(2)?, text(3)?, text(4)?).ok_or_else(|| unexpected(4))?;
        if let Some(review) = reviews.get_mut(&row.get(0)?) {
            review.items.insert(row.get(1)?, answer);
        }
    }
    Ok(())
}

fn read_replacement(row: &Row<'_>) -> rusqlite::Result<Replacement> {
    Ok(Replacement { study_id: study_id(row, 0)?, replaced_by: study_id(row, 1)?, reason: row.get(2)? })
}

fn read_review(row: &Row<'_>) -> rusqlite::Result<Review> {
    let reading = match row.get::<_, i64>(2)? {
        1 => Reading::First,
        _ => Reading::Second,
    };
    Ok(Review {
        study_id: study_id(row, 1)?,
        reading,
        status: ChartStatus::read(&row.get::<_, String>(3)?).ok_or_else(|| unexpected(3))?,
        reviewer: row.get(4)?,
        date: date(row, 5)?,
        answers: BTreeMap::new(),
        items: BTreeMap::new(),
        comment: row.get(6)?,
    })
}

fn read_adjudication(row: &Row<'_>) -> rusqlite::Result<Adjudication> {
    let subject = match row.get::<_, String>(1)? {
        chart if chart == DisagreementSubject::Chart.name() => DisagreementSubject::Chart,
        id => DisagreementSubject::Indicator(id),
    };
    let settled = Settled::read(&subject, &row.get::<_, String>(4)?).ok_or_else(|| unexpected(4))?;
    let (first, second) = (position(row, 2)?, position(row, 3)?);
    Ok(Adjudication {
        disagreement: Disagreement { study_id: study_id(row, 0)?, subject, first, second },
        settled,
        adjudicator: row.get(5)?,
        date: date(row, 6)?,
    })
}

/// What one of the readings says.
fn position(row: &Row<'_>, column: usize) -> rusqlite::Result<String> {
    let text: String = row.get(column)?;
    if Disagreement::is_position(&text) { Ok(text) } else { Err(unexpected(column)) }
}

fn date(row: &Row<'_>, column: usize) -> rusqlite::Result<jiff::civil::Date> {
    row.get::<_, String>(column)?.parse().map_err(|_| unexpected(column))
}
