//! The columns of a review form: written in one language, understood in both.

use std::collections::BTreeMap;

use super::redcap::REVIEW_DATE;
use super::{EntryTable, Messages, Reading};
use crate::error::Finding;
use crate::protocol::{Bilingual, Indicator, Item, ItemKind, Language, Protocol};

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
    header.extend(questions(protocol).iter().map(|question| question.header(language)));
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

/// Whether a header is that of the study id, which every form has.
pub fn is_id_header(cell: &str) -> bool {
    let (_, danish, english) = FIXED[Column::StudyId as usize];
    same(cell, danish) || same(cell, english)
}

impl EntryTable {
    /// The language of the form: its study ids' header says it.
    pub fn language(&self) -> Language {
        let (_, _, english) = FIXED[Column::StudyId as usize];
        if self.header.iter().any(|cell| same(cell, english)) { Language::En } else { Language::Da }
    }

    /// What a column of the form is called where the file is an export of REDCap.
    fn name_in_file<'n>(&self, name: &'n str) -> &'n str {
        let is_date = [FIXED[Column::Date as usize].1, FIXED[Column::Date as usize].2].contains(&name);
        if is_date && !self.in_file.is_empty() { REVIEW_DATE } else { name }
    }
}

/// What a column asks of a chart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Question<'p> {
    /// The answer to an indicator itself.
    Indicator(&'p Indicator),
    /// A raw item.
    Item(&'p Item),
}

/// Everything that is asked of a chart, in the order of the form: for each indicator its items, then its answer where it is entered;
/// at the end the items that no indicator is derived from.
pub fn questions(protocol: &Protocol) -> Vec<Question<'_>> {
    let mut asked: Vec<Question<'_>> = Vec::new();
    let mut ask = |question| {
        if !asked.contains(&question) {
            asked.push(question);
        }
    };
    for indicator in protocol.assessable() {
        let needed = items_of(protocol, indicator);
        let of_this = protocol.items.iter().filter(|item| needed.contains(&item.id.as_str()));
        of_this.for_each(|item| ask(Question::Item(item)));
        if indicator.is_entered() {
            ask(Question::Indicator(indicator));
        }
    }
    protocol.items.iter().for_each(|item| ask(Question::Item(item)));
    asked
}

/// Everything that reviewers decide by, as one text for a digest: another name, definition, list or rule is another codebook; how the
/// register writes its values is not.
pub fn asked_text(protocol: &Protocol) -> String {
    let indicators: Vec<_> =
        protocol.assessable().map(|one| (&one.id, &one.name, &one.definition, &one.derived)).collect();
    // Plain data always has a JSON text.
    serde_json::to_string(&(&protocol.items, indicators)).unwrap_or_default()
}

/// The items that an indicator is derived from, with those that decide whether these are asked for.
fn items_of<'p>(protocol: &'p Protocol, indicator: &'p Indicator) -> Vec<&'p str> {
    let mut needed: Vec<&str> = Vec::new();
    let mut open: Vec<&str> = indicator.derived.iter().flat_map(|derived| derived.items()).collect();
    while let Some(id) = open.pop() {
        if needed.contains(&id) {
            continue;
        }
        needed.push(id);
        let item = protocol.item(id);
        open.extend(item.and_then(|item| item.ask_if.as_ref()).into_iter().flat_map(|rule| rule.items()));
    }
    needed
}

impl<'p> Question<'p> {
    /// The id of the indicator or the item.
    pub fn id(&self) -> &'p str {
        match self {
            Question::Indicator(indicator) => &indicator.id,
            Question::Item(item) => &item.id,
        }
    }

    /// Its name.
    pub fn name(&self) -> &'p Bilingual {
        match self {
            Question::Indicator(indicator) => &indicator.name,
            Question::Item(item) => &item.name,
        }
    }

    /// What exactly is asked.
    pub fn definition(&self) -> &'p Bilingual {
        match self {
            Question::Indicator(indicator) => &indicator.definition,
            Question::Item(item) => &item.definition,
        }
    }

    /// `Diætbehandling [diet]`: a name for people, an id for the way back.
    pub fn header(&self, language: Language) -> String {
        header(self.name(), self.id(), language)
    }
}

/// `Diætbehandling [diet]`, for an indicator whether it is entered or derived.
pub fn indicator_header(indicator: &Indicator, language: Language) -> String {
    header(&indicator.name, &indicator.id, language)
}

/// What a cell that [`super::Difference`] names is called on the form: its header.
pub fn cell_header(cell: &str, protocol: &Protocol, language: Language) -> String {
    let fixed = FIXED.iter().find(|(_, _, english)| *english == cell).map(|(column, ..)| *column);
    let asked = || questions(protocol).into_iter().find(|question| question.id() == cell);
    let derived = || protocol.indicator(cell).map(|indicator| indicator_header(indicator, language));
    match fixed {
        Some(column) => header_of(column, language).to_owned(),
        None => asked()
            .map(|question| question.header(language))
            .or_else(derived)
            .unwrap_or_else(|| cell.to_owned()),
    }
}

fn header(name: &Bilingual, id: &str, language: Language) -> String {
    let name = match language {
        Language::Da => &name.da,
        Language::En => &name.en,
    };
    format!("{name} [{id}]")
}

/// What a column of a returned form answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Asked {
    /// An indicator, by its id.
    Indicator(String),
    /// An item, with the indicators that are derived from it; none where it stands for itself.
    Item(Box<Item>, Vec<String>),
}

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
    /// Finds the columns of a form by their headers.
    ///
    /// # Errors
    /// Every column that is missing or stands there twice.
    pub fn find(
        table: &EntryTable,
        protocol: &Protocol,
        language: Language,
    ) -> Result<(Self, Vec<Finding>), Vec<Finding>> {
        let form = table.language();
        let messages = Messages { language, form };
        let mut search =
            Search { table, messages, findings: Vec::new(), used: vec![false; table.header.len()] };
        let fixed: BTreeMap<usize, usize> = FIXED
            .iter()
            .enumerate()
            .filter_map(|(place, (_, danish, english))| {
                Some((
                    place,
                    search.column(
                        table.name_in_file(if form == Language::Da { danish } else { english }),
                        |cell| {
                            let cell = without_mark(cell, place);
                            same(cell, danish) || same(cell, english)
                        },
                    )?,
                ))
            })
            .collect();
        let asked: Vec<(Asked, usize)> = questions(protocol)
            .into_iter()
            .filter_map(|question| {
                let wanted = question.header(form);
                Some((
                    asked(question, protocol),
                    search.column(&wanted, |cell| names_question(cell, question))?,
                ))
            })
            .collect();
        let has_ids = search.is_there(is_id_header);
        if !has_ids || search.used.iter().filter(|used| **used).count() == 1 {
            let finding = messages.no_review_form(has_ids, is_register(&table.header, protocol));
            return Err(vec![finding.at(table.header_place())]);
        }
        let notes = search.unused();
        match search.findings {
            findings if findings.is_empty() => {
                Ok((FormColumns { fixed, asked, table: table.clone(), language: form }, notes))
            }
            findings => Err(findings),
        }
    }

    /// Which reading the form is for: its reviewer's column says so.
    pub fn reading(&self) -> Reading {
        let header = self.table.header[self.reviewer()].trim();
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

    /// What is asked, and in which column.
    pub(super) fn asked(&self) -> impl Iterator<Item = (&Asked, usize)> {
        self.asked.iter().map(|(asked, column)| (asked, *column))
    }

    /// The column of a cell as [`super::Difference`] names it: the id of an indicator or an item, or a fixed column.
    pub(super) fn column_of_cell(&self, name: &str) -> Option<usize> {
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
    pub(super) fn kind_of_cell(&self, name: &str) -> Option<&ItemKind> {
        self.asked.iter().find_map(|(asked, _)| match asked {
            Asked::Item(item, _) if item.id == name => Some(&item.kind),
            _ => None,
        })
    }

    /// The header of a column as the file has it.
    pub(super) fn header(&self, column: usize) -> &str {
        self.table.named(column)
    }

    /// Every column of the form but that of the study ids.
    pub(super) fn answered(&self) -> impl Iterator<Item = usize> {
        let fixed = [self.status(), self.reviewer(), self.date(), self.comment()];
        fixed.into_iter().chain(self.asked().map(|(_, column)| column))
    }

    /// The language of the form, found once: a row asks for it at every cell.
    pub(super) fn language(&self) -> Language {
        self.language
    }

    /// The table that the columns are of.
    pub fn table(&self) -> &EntryTable {
        &self.table
    }
}

impl Asked {
    pub(super) fn id(&self) -> &str {
        match self {
            Asked::Indicator(id) => id,
            Asked::Item(item, _) => &item.id,
        }
    }
}

pub(super) fn asked(question: Question<'_>, protocol: &Protocol) -> Asked {
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
    used: Vec<bool>,
}

impl Search<'_> {
    fn column(&mut self, name: &str, is_it: impl Fn(&str) -> bool) -> Option<usize> {
        let places: Vec<usize> =
            (0..self.table.header.len()).filter(|place| is_it(&self.table.header[*place])).collect();
        places.iter().for_each(|place| self.used[*place] = true);
        let problem = match places.as_slice() {
            [place] => return Some(*place),
            [] => self.messages.missing_column(name),
            _ => self.messages.repeated_column(name, places.len()),
        };
        self.findings.push(problem.at(self.table.header_place()));
        None
    }

    fn is_there(&self, is_it: fn(&str) -> bool) -> bool {
        self.table.header.iter().any(|name| is_it(name))
    }

    fn unused(&self) -> Vec<Finding> {
        let unknown = |place: &usize| !self.used[*place] && !self.table.header[*place].trim().is_empty();
        let note = |place: usize| {
            let header = &self.table.header[place];
            self.messages.unknown_column(header).at(self.table.cell(self.table.header_row, place))
        };
        (0..self.table.header.len()).filter(unknown).map(note).collect()
    }
}

/// Whether every column that the study reads of its register is here.
fn is_register(header: &[String], protocol: &Protocol) -> bool {
    let columns = &protocol.layout.columns;
    !columns.is_empty() && columns.values().all(|name| header.iter().any(|cell| same_name(cell.trim(), name)))
}

fn same(cell: &str, header: &str) -> bool {
    cell.trim().to_lowercase().replace([' ', '-'], "_") == header
}

/// By the id in brackets, by the id alone, or by the name in either language.
fn names_question(cell: &str, question: Question<'_>) -> bool {
    let cell = cell.trim();
    let bracketed = cell.strip_suffix(']').and_then(|cell| cell.rsplit_once('[')).map(|(_, id)| id.trim());
    match bracketed {
        Some(id) => id == question.id(),
        None => {
            let name = question.name();
            [question.id(), &name.da, &name.en].iter().any(|name| same_name(cell, name))
        }
    }
}

fn same_name(cell: &str, name: &str) -> bool {
    cell.to_lowercase() == name.to_lowercase()
}
