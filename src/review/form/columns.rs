//! Where the columns of a returned form are.

use std::collections::BTreeMap;

use super::{Column, FIXED, Question, SECOND, is_id_header, items_of, questions, same};
use crate::error::Finding;
use crate::protocol::{Indicator, Item, ItemKind, Language, Protocol};
use crate::review::redcap::labelled_id;
use crate::review::{EntryTable, Messages, Reading};

/// What a column of a returned form answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::review) enum Asked {
    /// An indicator, by its id.
    Indicator(String),
    /// An item, with the indicators that are derived from it; none where it stands for itself.
    Item(Box<Item>, Vec<String>),
}

/// The place of a column that the file does not have, or has more than once: no row has a cell there.
const NOWHERE: usize = usize::MAX;

/// Where the columns of a returned form are, whatever their order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FormColumns {
    fixed: BTreeMap<usize, usize>,
    /// What is asked and where, in the order of the form that went out.
    asked: Vec<(Asked, usize)>,
    table: EntryTable,
    language: Language,
}

impl FormColumns {
    /// Finds the columns of a form by their headers, and tells what is wrong with these: every column that is missing or stands there
    /// twice. The rows can be checked all the same, but not stored, see [`FormColumns::is_whole`].
    ///
    /// # Errors
    /// When nobody can say which course a row is about.
    pub fn find(
        table: &EntryTable,
        protocol: &Protocol,
        language: Language,
    ) -> Result<(Self, Vec<Finding>), Vec<Finding>> {
        let form = table.language();
        let messages = Messages { language, form };
        let is_coded = table.has_codes();
        // Codes say nothing of the language of the study, whose words people know the items by.
        let quoted = if is_coded { protocol.review.language } else { form };
        let mut search = Search {
            table,
            messages,
            findings: Vec::new(),
            missing: Vec::new(),
            used: vec![false; table.header.len()],
        };
        // In the order of the sheet, in which missing columns are told.
        let (comment, first): (Vec<usize>, Vec<usize>) =
            (0..FIXED.len()).partition(|place| *place == Column::Comment as usize);
        let mut fixed: BTreeMap<usize, usize> =
            first.into_iter().map(|place| (place, search.fixed(place))).collect();
        let asked: Vec<(Asked, usize)> = questions(protocol)
            .into_iter()
            .map(|question| {
                let wanted = if is_coded { question.id().to_owned() } else { question.header(form) };
                let column = search.column(&wanted, |cell| names_question(cell, question));
                (asked(question, protocol), column)
            })
            .collect();
        fixed.extend(comment.into_iter().map(|place| (place, search.fixed(place))));
        let has_ids = search.is_there(is_id_header);
        if !has_ids || search.used.iter().filter(|used| **used).count() == 1 {
            let finding = messages.no_review_form(has_ids, is_register(&table.header, protocol));
            return Err(vec![finding.at(table.header_place())]);
        }
        let notes = search.unused();
        let columns = FormColumns { fixed, asked, table: table.clone(), language: quoted };
        match search.all() {
            findings if findings.is_empty() => Ok((columns, notes)),
            findings if columns.is_there(columns.study_id()) => Ok((columns, findings)),
            findings => Err(findings),
        }
    }

    /// Whether every column of the form is there, once.
    pub fn is_whole(&self) -> bool {
        let mut all = self.fixed.values().copied().chain(self.asked().map(|(_, column)| column));
        all.all(|column| self.is_there(column))
    }

    pub(in crate::review) fn is_there(&self, column: usize) -> bool {
        column != NOWHERE
    }

    /// Whether an empty cell is held against its row: its column must be there, and what is asked depends on whether the chart was found.
    pub(in crate::review) fn is_due(&self, column: usize) -> bool {
        let is_fixed = || self.fixed.values().any(|fixed| *fixed == column);
        self.is_there(column) && (self.is_there(self.status()) || is_fixed())
    }

    /// Which reading the form is for: its reviewer's column says so, if it is there.
    pub fn reading(&self) -> Option<Reading> {
        let header = self.table.header.get(self.reviewer())?.trim();
        Some(if header.ends_with(SECOND) { Reading::Second } else { Reading::First })
    }

    /// The column of the study ids.
    pub fn study_id(&self) -> usize {
        self.fixed[&(Column::StudyId as usize)]
    }

    /// The column that says whether the chart was found.
    pub fn status(&self) -> usize {
        self.fixed[&(Column::Status as usize)]
    }

    /// The column of the reviewer's initials.
    pub fn reviewer(&self) -> usize {
        self.fixed[&(Column::Reviewer as usize)]
    }

    pub(in crate::review) fn date(&self) -> usize {
        self.fixed[&(Column::Date as usize)]
    }

    pub(in crate::review) fn comment(&self) -> usize {
        self.fixed[&(Column::Comment as usize)]
    }

    /// What is asked, and in which column.
    pub(in crate::review) fn asked(&self) -> impl Iterator<Item = (&Asked, usize)> {
        self.asked.iter().map(|(asked, column)| (asked, *column))
    }

    /// What [`Difference`](crate::review::Difference) calls the cells of a column.
    pub fn cell_of_column(&self, column: usize) -> &str {
        let asked = || self.asked.iter().find(|(_, place)| *place == column).map(|(asked, _)| asked.id());
        let fixed = self.fixed.iter().find(|(_, place)| **place == column).map(|(name, _)| FIXED[*name].2);
        fixed.or_else(asked).unwrap_or_default()
    }

    /// The column of a cell as [`Difference`](crate::review::Difference) names it: the id of an indicator or an item, or a fixed column.
    pub(in crate::review) fn column_of_cell(&self, name: &str) -> Option<usize> {
        let asked = self.asked.iter().find(|(asked, _)| asked.id() == name).map(|(_, column)| *column);
        asked.or_else(|| match name {
            "chart" => Some(self.status()),
            "reviewer" => Some(self.reviewer()),
            "date" => Some(self.date()),
            "comment" => Some(self.comment()),
            _ => None,
        })
    }

    /// The kind of an item, by its id.
    pub(in crate::review) fn kind_of_cell(&self, name: &str) -> Option<&ItemKind> {
        self.asked.iter().find_map(|(asked, _)| match asked {
            Asked::Item(item, _) if item.id == name => Some(&item.kind),
            _ => None,
        })
    }

    /// The header of a column as the file has it.
    pub fn header(&self, column: usize) -> &str {
        self.table.named(column)
    }

    /// The headers of some columns.
    pub fn headers(&self, columns: &[usize]) -> Vec<&str> {
        columns.iter().map(|column| self.header(*column)).collect()
    }

    /// Every column of the form but that of the study ids.
    pub(in crate::review) fn answered(&self) -> impl Iterator<Item = usize> {
        let fixed = [self.status(), self.reviewer(), self.date(), self.comment()];
        fixed.into_iter().chain(self.asked().map(|(_, column)| column))
    }

    /// The language of the form, found once: a row asks for it at every cell. An export with codes is one of the study's language.
    pub(in crate::review) fn language(&self) -> Language {
        self.language
    }

    /// The table that the columns are of.
    pub fn table(&self) -> &EntryTable {
        &self.table
    }
}

impl Asked {
    pub(in crate::review) fn id(&self) -> &str {
        match self {
            Asked::Indicator(id) => id,
            Asked::Item(item, _) => &item.id,
        }
    }
}

pub(in crate::review) fn asked(question: Question<'_>, protocol: &Protocol) -> Asked {
    match question {
        Question::Indicator(indicator) => Asked::Indicator(indicator.id.clone()),
        Question::Item(item) => {
            let serves = |indicator: &&Indicator| items_of(protocol, indicator).contains(&item.id.as_str());
            let served = protocol.assessable().filter(serves).map(|indicator| indicator.id.clone());
            Asked::Item(Box::new(item.clone()), served.collect())
        }
    }
}

/// A header without the mark of the second reading, which only the reviewer's column has.
fn without_mark(cell: &str, place: usize) -> &str {
    let cell = cell.trim();
    if place == Column::Reviewer as usize { cell.strip_suffix(SECOND).unwrap_or(cell) } else { cell }
}

struct Search<'h> {
    table: &'h EntryTable,
    messages: Messages,
    findings: Vec<Finding>,
    missing: Vec<String>,
    used: Vec<bool>,
}

/// More missing columns than these are told together.
const MOST_MISSING: usize = 3;

impl Search<'_> {
    /// One of the columns that every form has.
    fn fixed(&mut self, place: usize) -> usize {
        let (_, danish, english) = FIXED[place];
        let name = self.table.name_in_file(if self.messages.form == Language::Da { danish } else { english });
        self.column(name, |cell| {
            let cell = without_mark(cell, place);
            same(cell, danish) || same(cell, english)
        })
    }

    /// The place of the column; nowhere if it is missing or stands there more than once.
    fn column(&mut self, name: &str, is_it: impl Fn(&str) -> bool) -> usize {
        let places: Vec<usize> =
            (0..self.table.header.len()).filter(|place| is_it(&self.table.header[*place])).collect();
        places.iter().for_each(|place| self.used[*place] = true);
        match places.as_slice() {
            [place] => return *place,
            [] => self.missing.push(name.to_owned()),
            _ => self
                .findings
                .push(self.messages.repeated_column(name, places.len()).at(self.table.header_place())),
        }
        NOWHERE
    }

    /// What is wrong with the header.
    fn all(self) -> Vec<Finding> {
        let unknown: Vec<&str> = self.unknown().map(|place| self.table.named(place).trim()).collect();
        let missing: Vec<&str> = self.missing.iter().map(String::as_str).collect();
        let told: Vec<Finding> = if missing.len() > MOST_MISSING {
            vec![self.messages.missing_columns(&missing)]
        } else {
            missing.iter().map(|name| self.messages.missing_column(name, &unknown)).collect()
        };
        let told = told.into_iter().map(|finding| finding.at(self.table.header_place()));
        told.chain(self.findings).collect()
    }

    fn unknown(&self) -> impl Iterator<Item = usize> {
        let is_unknown = |place: &usize| !self.used[*place] && !self.table.header[*place].trim().is_empty();
        (0..self.table.header.len()).filter(is_unknown)
    }

    fn is_there(&self, is_it: fn(&str) -> bool) -> bool {
        self.table.header.iter().any(|name| is_it(name))
    }

    fn unused(&self) -> Vec<Finding> {
        let note = |place: usize| {
            let header = &self.table.header[place];
            self.messages.unknown_column(header).at(self.table.cell(self.table.header_row, place))
        };
        self.unknown().map(note).collect()
    }
}

/// Whether every column that the study reads of its register is here.
fn is_register(header: &[String], protocol: &Protocol) -> bool {
    let columns = &protocol.layout.columns;
    !columns.is_empty() && columns.values().all(|name| header.iter().any(|cell| same_name(cell.trim(), name)))
}

/// By the id in brackets, by the id alone, or by the name in either language, which may end in round brackets of its own.
fn names_question(cell: &str, question: Question<'_>) -> bool {
    let cell = cell.trim();
    let is_labelled = labelled_id(cell) == Some(question.id());
    if is_labelled || cell.ends_with(']') {
        return is_labelled;
    }
    let name = question.name();
    [question.id(), &name.da, &name.en].iter().any(|name| same_name(cell, name))
}

fn same_name(cell: &str, name: &str) -> bool {
    cell.to_lowercase() == name.to_lowercase()
}
