//! The columns of a review form: written in one language, understood in both.

mod columns;

pub use columns::FormColumns;
pub(super) use columns::{Asked, asked};

use super::redcap::REVIEW_DATE;
use super::{EntryTable, Reading};
use crate::protocol::{Bilingual, FIRST_ATTENDANCE, Indicator, Item, Language, Protocol};

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

    /// Whether the file is an export of REDCap, which has the same names and codes whatever the language of the study.
    fn has_codes(&self) -> bool {
        !self.in_file.is_empty() && self.language() == Language::En
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
/// at the end the items that no indicator is derived from. Such an item stands with those that decide whether it is asked.
pub fn questions(protocol: &Protocol) -> Vec<Question<'_>> {
    let mut asked: Vec<Question<'_>> = Vec::new();
    let of_indicators: Vec<&str> = protocol.assessable().flat_map(|one| items_of(protocol, one)).collect();
    let own: Vec<&Item> =
        protocol.items.iter().filter(|item| !of_indicators.contains(&item.id.as_str())).collect();
    for indicator in protocol.assessable() {
        let needed = items_of(protocol, indicator);
        let of_this = protocol.items.iter().filter(|item| needed.contains(&item.id.as_str()));
        of_this.for_each(|item| ask(item, &own, &mut asked));
        if indicator.is_entered() {
            asked.push(Question::Indicator(indicator));
        }
    }
    // Those that wait for another one come behind it, wherever the codebook has them.
    own.iter().filter(|item| item.ask_if.is_none()).for_each(|item| ask(item, &own, &mut asked));
    own.iter().for_each(|item| ask(item, &own, &mut asked));
    asked
}

/// Asks an item once, then those of the others that are asked for by what has been asked so far.
fn ask<'p>(item: &'p Item, others: &[&'p Item], asked: &mut Vec<Question<'p>>) {
    if asked.contains(&Question::Item(item)) {
        return;
    }
    asked.push(Question::Item(item));
    for other in others {
        let Some(rule) = &other.ask_if else { continue };
        let deciding = rule.items();
        let is_asked = |id: &str| {
            id == FIRST_ATTENDANCE
                || asked.iter().any(|one| matches!(one, Question::Item(one) if one.id == id))
        };
        if deciding.contains(&item.id.as_str()) && deciding.into_iter().all(is_asked) {
            ask(other, others, asked);
        }
    }
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

fn same(cell: &str, header: &str) -> bool {
    cell.trim().to_lowercase().replace([' ', '-'], "_") == header
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::protocol::preset::Preset;

    #[test]
    fn what_is_asked_for_by_another_item_stands_behind_it() {
        let item = |id: &str, more: &str| {
            format!("\n[item.{id}]\nname = \"{id}\"\ndefinition = \"-\"\nkind = \"yes_no\"\n{more}\n")
        };
        let if_yes = |id: &str| format!("ask_if = {{ equals = {{ item = \"{id}\", value = \"yes\" }} }}");
        let items = [
            item("first", ""),
            item("second", ""),
            item("of_first", &if_yes("first")),
            item("of_that", &if_yes("of_first")),
            item("own", ""),
            item("of_diet", &if_yes("diet_plan")),
            item("diet_plan", ""),
        ];
        let text =
            Preset::Blank.text().replace("\n[sampling]\n", &format!("{}\n[sampling]\n", items.concat()));
        let protocol = Protocol::read(&text, "study.toml").unwrap();
        let ids: Vec<&str> = questions(&protocol).iter().skip(1).map(Question::id).collect();
        assert_eq!(ids, ["first", "of_first", "of_that", "second", "own", "diet_plan", "of_diet"]);
    }
}
