//! The columns of a review form: written in one language, understood in both.

use std::collections::BTreeMap;

use super::Reading;
use crate::error::{Finding, Place};
use crate::protocol::{Indicator, Language, Protocol};

/// The columns that every form has, beside one for each indicator: stable name, Danish header, English header.
const FIXED: [(Column, &str, &str); 5] = [
    (Column::StudyId, "studie_id", "study_id"),
    (Column::Status, "journal", "chart"),
    (Column::Reviewer, "initialer", "reviewer"),
    (Column::Date, "dato", "date"),
    (Column::Comment, "kommentar", "comment"),
];

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Column {
    StudyId,
    Status,
    Reviewer,
    Date,
    Comment,
}

/// What stands behind the reviewer's header on a form for the second reading, so that the form itself says what it is.
const SECOND: &str = "_2";

/// The header of an empty form: study id, chart status, reviewer, date, one column for each indicator, comment.
pub fn form_header(protocol: &Protocol, language: Language, reading: Reading) -> Vec<String> {
    let mark = |column| if (column, reading) == (Column::Reviewer, Reading::Second) { SECOND } else { "" };
    let fixed = |column: Column| format!("{}{}", header_of(column, language), mark(column));
    let mut header = [Column::StudyId, Column::Status, Column::Reviewer, Column::Date].map(fixed).to_vec();
    header.extend(protocol.assessable().map(|indicator| indicator_header(indicator, language)));
    header.push(fixed(Column::Comment));
    header
}

fn header_of(column: Column, language: Language) -> &'static str {
    let (_, danish, english) = FIXED[column as usize];
    match language {
        Language::Da => danish,
        Language::En => english,
    }
}

/// `Diætbehandling [diet]`: a name for people, an id for the way back.
pub fn indicator_header(indicator: &Indicator, language: Language) -> String {
    let name = match language {
        Language::Da => &indicator.name.da,
        Language::En => &indicator.name.en,
    };
    format!("{name} [{}]", indicator.id)
}

/// Where the columns of a returned form are, whatever their order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FormColumns {
    fixed: BTreeMap<usize, usize>,
    /// Indicator id and column, in the order of the protocol.
    indicators: Vec<(String, usize)>,
    header: Vec<String>,
}

impl FormColumns {
    /// Finds the columns of a form by their headers.
    ///
    /// # Errors
    /// Every column that is missing or stands there twice.
    pub fn find(
        header: &[String],
        protocol: &Protocol,
        file: &str,
    ) -> Result<(Self, Vec<Finding>), Vec<Finding>> {
        let mut search = Search { header, file, findings: Vec::new(), used: vec![false; header.len()] };
        let fixed = FIXED
            .iter()
            .enumerate()
            .filter_map(|(place, (_, danish, english))| {
                Some((
                    place,
                    search.column(&format!("{danish}` or `{english}"), |cell| {
                        let cell = without_mark(cell, place);
                        same(cell, danish) || same(cell, english)
                    })?,
                ))
            })
            .collect();
        let indicators = protocol
            .assessable()
            .filter_map(|indicator| {
                let wanted = indicator_header(indicator, Language::Da);
                Some((indicator.id.clone(), search.column(&wanted, |cell| names_indicator(cell, indicator))?))
            })
            .collect();
        let notes = search.unused();
        match search.findings {
            findings if findings.is_empty() => {
                Ok((FormColumns { fixed, indicators, header: header.to_vec() }, notes))
            }
            findings => Err(findings),
        }
    }

    /// Which reading the form is for: its reviewer's column says so.
    pub fn reading(&self) -> Reading {
        let header = self.header[self.reviewer()].trim();
        if header.ends_with(SECOND) { Reading::Second } else { Reading::First }
    }

    pub(super) fn study_id(&self) -> usize {
        self.fixed[&(Column::StudyId as usize)]
    }

    pub(super) fn status(&self) -> usize {
        self.fixed[&(Column::Status as usize)]
    }

    pub(super) fn reviewer(&self) -> usize {
        self.fixed[&(Column::Reviewer as usize)]
    }

    pub(super) fn date(&self) -> usize {
        self.fixed[&(Column::Date as usize)]
    }

    pub(super) fn comment(&self) -> usize {
        self.fixed[&(Column::Comment as usize)]
    }

    /// The id and the column of each indicator.
    pub(super) fn indicators(&self) -> impl Iterator<Item = (&str, usize)> {
        self.indicators.iter().map(|(id, column)| (id.as_str(), *column))
    }

    /// The header of a column as the file has it.
    pub(super) fn header(&self, column: usize) -> &str {
        &self.header[column]
    }
}

/// A header without the mark of the second reading, which only the reviewer's column has.
fn without_mark(cell: &str, place: usize) -> &str {
    let cell = cell.trim();
    if place == Column::Reviewer as usize { cell.strip_suffix(SECOND).unwrap_or(cell) } else { cell }
}

struct Search<'h> {
    header: &'h [String],
    file: &'h str,
    findings: Vec<Finding>,
    used: Vec<bool>,
}

impl Search<'_> {
    fn column(&mut self, name: &str, is_it: impl Fn(&str) -> bool) -> Option<usize> {
        let places: Vec<usize> = (0..self.header.len()).filter(|place| is_it(&self.header[*place])).collect();
        places.iter().for_each(|place| self.used[*place] = true);
        let problem = match places.as_slice() {
            [place] => return Some(*place),
            [] => Finding::error("missing_column", format!("the form has no column `{name}`"))
                .because(
                    "a form without one of its columns may be a form of another study, or have lost answers",
                )
                .remedy("put the column back with its header in row 1, or copy the answers into a new form"),
            _ => Finding::error(
                "repeated_column",
                format!("the form has the column `{name}` {} times", places.len()),
            )
            .remedy("remove the columns that do not hold the answers"),
        };
        self.findings.push(problem.at(Place::file(self.file).row(1)));
        None
    }

    fn unused(&self) -> Vec<Finding> {
        let unknown = |place: &usize| !self.used[*place] && !self.header[*place].trim().is_empty();
        let note = |place: usize| {
            let header = &self.header[place];
            Finding::warning(
                "unknown_column",
                format!("the column `{header}` is not part of the form and is not read"),
            )
            .at(Place::file(self.file).row(1).column(header))
        };
        (0..self.header.len()).filter(unknown).map(note).collect()
    }
}

fn same(cell: &str, header: &str) -> bool {
    cell.trim().to_lowercase().replace([' ', '-'], "_") == header
}

/// By the id in brackets, by the id alone, or by the name in either language.
fn names_indicator(cell: &str, indicator: &Indicator) -> bool {
    let cell = cell.trim();
    let bracketed = cell.strip_suffix(']').and_then(|cell| cell.rsplit_once('[')).map(|(_, id)| id.trim());
    match bracketed {
        Some(id) => id == indicator.id,
        None => {
            [&indicator.id, &indicator.name.da, &indicator.name.en].iter().any(|name| same_name(cell, name))
        }
    }
}

fn same_name(cell: &str, name: &str) -> bool {
    cell.to_lowercase() == name.to_lowercase()
}
