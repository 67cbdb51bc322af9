//! The raw items of the codebook: what a reviewer enters of a chart so that an indicator can be derived from it.
//!
//! An indicator without a derivation is an item of its own: yes, no, not relevant or not documented. The items here are
//! the others: how many sessions were planned, when the screening was done, whether the patient smoked.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;
use serde::Serialize;

use super::held_item;
use super::rule::{FIRST_ATTENDANCE, Rule};
use super::section::{Bilingual, Section};
use crate::error::Finding;

/// One thing that a reviewer looks up in a chart.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Item {
    /// The word for it in files and rules: `sessions_planned`.
    pub id: String,
    /// Its name, the header of its column.
    pub name: Bilingual,
    /// What exactly is to be entered.
    pub definition: Bilingual,
    /// What an answer can be, beside *not relevant* and *not documented*.
    pub kind: ItemKind,
    /// Whether a chart that was read must have an answer.
    pub required: bool,
    /// When it is asked for; always if there is no rule. Where the rule does not hold the cell stays empty.
    pub ask_if: Option<Rule>,
    /// What the answer must meet, or the form is returned: attended sessions are at most the planned ones.
    pub must: Option<Rule>,
    /// The column of the register that holds the same, to be compared with; most items have none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub register_column: Option<String>,
}

/// What an answer can be.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ItemKind {
    /// Yes or no.
    YesNo,
    /// One of a list.
    Choice(Vec<Choice>),
    /// A whole number.
    Whole(Range),
    /// A number with decimals, comma or point.
    Decimal(Range),
    /// A day, never in the future.
    Date,
    /// Anything but a CPR number; never shown in messages or results.
    Text,
}

/// One of the answers of a choice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Choice {
    /// The word for it in files and rules: `ex_smoker`.
    pub id: String,
    /// The word in the drop-down.
    pub name: Bilingual,
}

/// The smallest and the largest number that is plausible.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Range {
    /// Not below.
    pub min: Option<Decimal>,
    /// Not above.
    pub max: Option<Decimal>,
}

impl ItemKind {
    /// A whole number or one with decimals.
    pub fn is_number(&self) -> bool {
        matches!(self, ItemKind::Whole(_) | ItemKind::Decimal(_))
    }

    /// A day.
    pub fn is_date(&self) -> bool {
        matches!(self, ItemKind::Date)
    }

    /// The word in `study.toml`.
    pub fn name(&self) -> &'static str {
        match self {
            ItemKind::YesNo => "yes_no",
            ItemKind::Choice(_) => "choice",
            ItemKind::Whole(_) => "whole",
            ItemKind::Decimal(_) => "decimal",
            ItemKind::Date => "date",
            ItemKind::Text => "text",
        }
    }

    /// What it is, in messages.
    pub fn told(&self) -> &'static str {
        match self {
            ItemKind::YesNo => "yes or no",
            ItemKind::Choice(_) => "a choice",
            ItemKind::Whole(_) => "a whole number",
            ItemKind::Decimal(_) => "a number",
            ItemKind::Date => "a date",
            ItemKind::Text => "a text",
        }
    }
}

/// The kinds of all items, by id: what rules are checked against.
pub(super) struct Catalogue {
    kinds: BTreeMap<String, ItemKind>,
}

impl Catalogue {
    pub(super) fn kind(&self, id: &str) -> Option<&ItemKind> {
        if id == FIRST_ATTENDANCE { Some(&ItemKind::Date) } else { self.kinds.get(id) }
    }

    pub(super) fn ids(&self) -> impl Iterator<Item = &str> {
        self.kinds.keys().map(String::as_str)
    }

    /// A value as an item can have it, or what it can have.
    pub(super) fn value(&self, item: &str, written: &str) -> Result<String, String> {
        let one_of = |words: Vec<&str>| {
            let known = words.contains(&written);
            let listed = words.iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", ");
            if known { Ok(written.to_owned()) } else { Err(format!("one of {listed}")) }
        };
        match self.kinds.get(item) {
            Some(ItemKind::YesNo) => one_of(vec!["yes", "no"]),
            Some(ItemKind::Choice(choices)) => {
                one_of(choices.iter().map(|choice| choice.id.as_str()).collect())
            }
            _ => written
                .parse::<Decimal>()
                .map(|number| number.normalize().to_string())
                .map_err(|_| "a number".to_owned()),
        }
    }
}

/// Reads `[item.…]`, every one of them, and the catalogue for the rules of the indicators.
pub(super) fn read_items(root: &Section<'_, '_>) -> (Option<Vec<Item>>, Catalogue) {
    let named = root.section("item").map(|section| section.named_sections()).unwrap_or_default();
    let kinds: Vec<Option<ItemKind>> = named.iter().map(|(_, section)| read_kind(section)).collect();
    let known = named.iter().zip(&kinds).filter_map(|((id, _), kind)| Some((id.clone(), kind.clone()?)));
    let catalogue = Catalogue { kinds: known.collect() };
    let read: Vec<Option<Item>> = named
        .iter()
        .zip(kinds)
        .map(|((id, section), kind)| Item::read(id, section, kind, &catalogue))
        .collect();
    let items: Option<Vec<Item>> = read.into_iter().collect();
    items.iter().for_each(|items| note_circles(root, items));
    (items, catalogue)
}

impl Item {
    fn read(id: &str, section: &Section<'_, '_>, kind: Option<ItemKind>, items: &Catalogue) -> Option<Self> {
        let name = section.required("name", section.bilingual("name"));
        let definition = section.required("definition", section.bilingual("definition"));
        let required = section.flag("required").unwrap_or(true);
        let rule = |key: &'static str| match section.section(key) {
            Some(rule) => Rule::read(&rule, items).map(Some),
            None => Some(None),
        };
        let (ask_if, must) = (rule("ask_if"), rule("must"));
        let register_column = held_item::read_column(section, kind.as_ref());
        section.finish();
        let id = checked_id(section, id)?;
        Some(Item {
            id,
            name: name?,
            definition: definition?,
            kind: kind?,
            required,
            ask_if: ask_if?,
            must: must?,
            register_column: register_column?,
        })
    }
}

fn read_kind(section: &Section<'_, '_>) -> Option<ItemKind> {
    let words = ["yes_no", "choice", "whole", "decimal", "date", "text"].map(|word| (word, word));
    let word = section.required("kind", section.text("kind")).and_then(|_| section.choice("kind", &words));
    let range = Range { min: section.exact("min"), max: section.exact("max") };
    let choices = section.section("choices").map(|choices| read_choices(&choices));
    let word = word?;
    note_strange_keys(section, word);
    match word {
        "yes_no" => Some(ItemKind::YesNo),
        "choice" => section.required_table("choices", choices).flatten().map(ItemKind::Choice),
        "whole" => checked_range(section, range).map(ItemKind::Whole),
        "decimal" => checked_range(section, range).map(ItemKind::Decimal),
        "date" => Some(ItemKind::Date),
        _ => Some(ItemKind::Text),
    }
}

/// `min` and `max` belong to numbers, `choices` to a choice.
fn note_strange_keys(section: &Section<'_, '_>, kind: &str) {
    let is_number = ["whole", "decimal"].contains(&kind);
    let strange = [("min", is_number), ("max", is_number), ("choices", kind == "choice")];
    for (key, _) in strange.into_iter().filter(|(key, fits)| section.has(key) && !fits) {
        let what = format!("`{}` does not belong to an item of the kind `{kind}`", section.path_of(key));
        section.wrong(key, Finding::error("item_key", what).remedy("take it away, or change the kind"));
    }
}

fn checked_range(section: &Section<'_, '_>, range: Range) -> Option<Range> {
    if let (Some(min), Some(max)) = (range.min, range.max)
        && min > max
    {
        let what = format!("`{}` is {min}, above `max`, which is {max}", section.path_of("min"));
        section.wrong("min", Finding::error("item_range", what));
        return None;
    }
    Some(range)
}

fn read_choices(section: &Section<'_, '_>) -> Option<Vec<Choice>> {
    let choices: Vec<Option<Choice>> = section
        .named_bilinguals()
        .into_iter()
        .map(|(id, name)| Some(Choice { id: checked_id(section, &id)?, name: name? }))
        .collect();
    let choices: Vec<Choice> = choices.into_iter().collect::<Option<_>>()?;
    let taken = choices
        .iter()
        .find(|choice| [&choice.id, &choice.name.da, &choice.name.en].iter().any(|word| is_reserved(word)));
    let wrong = match (choices.len(), taken) {
        (0 | 1, _) => {
            Finding::error("too_few_choices", format!("`{}` needs two answers or more", section.path()))
                .remedy("a question with one answer is no question")
        }
        (_, Some(choice)) => {
            Finding::error("reserved_choice", format!("`{}` holds `{}`", section.path(), choice.id))
                .because("every item can be not relevant or not documented")
                .remedy("take it away: the drop-down has it anyway")
        }
        _ if has_repeated_words(&choices) => Finding::error(
            "repeated_choice",
            format!("`{}` has the same word for two answers", section.path()),
        )
        .because("a returned form could not be read"),
        _ => return Some(choices),
    };
    section.wrong_here(wrong);
    None
}

/// Whether every item has this answer, by its id or by its word in one of the languages.
fn is_reserved(word: &str) -> bool {
    let reserved = [
        "not_relevant",
        "not_documented",
        "not relevant",
        "not documented",
        "ikke relevant",
        "ikke dokumenteret",
    ];
    let folded = word.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
    reserved.contains(&folded.as_str())
}

fn has_repeated_words(choices: &[Choice]) -> bool {
    let folded = |text: &str| text.trim().to_lowercase();
    let repeated = |words: Vec<String>| words.iter().collect::<BTreeSet<_>>().len() < words.len();
    repeated(choices.iter().map(|choice| folded(&choice.name.da)).collect())
        || repeated(choices.iter().map(|choice| folded(&choice.name.en)).collect())
}

/// Ids become column headers, variable names of REDCap and words of rules: small letters, digits and underscores, first a letter.
fn checked_id(section: &Section<'_, '_>, id: &str) -> Option<String> {
    let fits = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
    if id.chars().all(fits) && id.starts_with(|c: char| c.is_ascii_lowercase()) && id != FIRST_ATTENDANCE {
        return Some(id.to_owned());
    }
    let what =
        format!("`{id}` needs an id of small letters a–z, digits and underscores that begins with a letter");
    let finding = match id == FIRST_ATTENDANCE {
        true => Finding::error("item_id", format!("`{id}` is the day from the register, and no item")),
        false => Finding::error("item_id", what),
    };
    section.wrong_here(finding.remedy("keep æøå and spaces for its `name`"));
    None
}

/// Items that are asked for only if they are asked for.
fn note_circles(root: &Section<'_, '_>, items: &[Item]) {
    let needs: BTreeMap<&str, Vec<&str>> = items
        .iter()
        .map(|item| (item.id.as_str(), item.ask_if.as_ref().map(Rule::items).unwrap_or_default()))
        .collect();
    for item in items {
        let mut reached = BTreeSet::new();
        let mut open = needs[item.id.as_str()].clone();
        while let Some(next) = open.pop() {
            if reached.insert(next) {
                open.extend(needs.get(next).into_iter().flatten());
            }
        }
        if reached.contains(item.id.as_str()) {
            let what = format!("`item.{}.ask_if` depends on the item itself", item.id);
            root.wrong(
                "item",
                Finding::error("item_circle", what).remedy("ask for it by another item's answer"),
            );
        }
    }
}
