//! Rules over the items of a chart: when an item is asked for, what its answer must meet, and when an indicator is met.
//!
//! A rule is a table with one word:
//!
//! ```text
//! { at_least = { item = "sessions_attended", percent = 80, of = "sessions_planned" } }
//! { at_most  = { item = "ldl", value = 1.8 } }
//! { before   = { item = "screening_date", of = "end_date" } }        after: the other way round; the same day is neither
//! { within_days = { item = "end_test_date", days = 30, of = "end_date" } }        in either direction
//! { equals   = { item = "smoking_end", value = "ex_smoker" } }
//! { all = [ … ] }      { any = [ … ] }      { not = { … } }
//! ```
//!
//! Numbers are exact decimals: 110 is at least 110 % of 100, which doubles deny. Every rule is checked against the items when
//! the protocol is read.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::item::{Catalogue, ItemKind};
use super::section::Section;
use crate::error::Finding;

/// The day of the first attendance, which a rule may name as if it were an item. It is known when a form is read, from the key, and
/// not in the analysis.
pub const FIRST_ATTENDANCE: &str = "first_attendance";

/// The words that a rule begins with.
const WORDS: [&str; 9] =
    ["at_least", "at_most", "before", "after", "within_days", "equals", "all", "any", "not"];

/// A rule over the items of one chart.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Rule {
    /// A number is not below another.
    AtLeast(Threshold),
    /// A number is not above another.
    AtMost(Threshold),
    /// A day lies before another.
    Before(Days),
    /// A day lies after another.
    After(Days),
    /// Two days are at most so many days apart.
    WithinDays {
        /// The day.
        item: String,
        /// The largest distance, in days.
        days: u32,
        /// The other day.
        of: String,
    },
    /// An answer is this one.
    Equals {
        /// The item.
        item: String,
        /// `yes` or `no`, the id of a choice, or a number.
        value: String,
    },
    /// Every rule holds.
    All(Vec<Rule>),
    /// At least one rule holds.
    Any(Vec<Rule>),
    /// The rule does not hold.
    Not(Box<Rule>),
}

/// What a number is compared with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Threshold {
    /// The item with the number.
    pub item: String,
    /// The number itself, or the per cent of the other item.
    pub number: Decimal,
    /// The other item, for a share of it; `None` where the number stands alone.
    pub of: Option<String>,
}

/// Two days.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Days {
    /// The day.
    pub item: String,
    /// The day it is compared with.
    pub of: String,
}

impl Rule {
    /// The items that the rule asks for, each as often as it does.
    pub fn items(&self) -> Vec<&str> {
        match self {
            Rule::AtLeast(threshold) | Rule::AtMost(threshold) => {
                std::iter::once(threshold.item.as_str()).chain(threshold.of.as_deref()).collect()
            }
            Rule::Before(days) | Rule::After(days) => vec![&days.item, &days.of],
            Rule::WithinDays { item, of, .. } => vec![item, of],
            Rule::Equals { item, .. } => vec![item],
            Rule::All(rules) | Rule::Any(rules) => rules.iter().flat_map(Rule::items).collect(),
            Rule::Not(rule) => rule.items(),
        }
    }

    /// Reads a rule; what is wrong with it is noted.
    pub(super) fn read(section: &Section<'_, '_>, items: &Catalogue) -> Option<Rule> {
        let given: Vec<&str> = WORDS.into_iter().filter(|word| section.has(word)).collect();
        let rule = match given.as_slice() {
            [word] => read_word(word, section, items),
            _ => {
                let what = format!("`{}` is no rule, expected exactly one of {}", section.path(), listed());
                let remedy = "several rules go into `all = [ … ]` or `any = [ … ]`";
                section.wrong_here(Finding::error("rule", what).remedy(remedy));
                None
            }
        };
        if given.len() == 1 {
            section.finish();
        }
        rule
    }
}

fn listed() -> String {
    WORDS.map(|word| format!("`{word}`")).join(", ")
}

fn read_word(word: &str, section: &Section<'_, '_>, items: &Catalogue) -> Option<Rule> {
    match word {
        "at_least" => section.section("at_least").and_then(|of| threshold(&of, items)).map(Rule::AtLeast),
        "at_most" => section.section("at_most").and_then(|of| threshold(&of, items)).map(Rule::AtMost),
        "before" => section.section("before").and_then(|of| days(&of, items)).map(Rule::Before),
        "after" => section.section("after").and_then(|of| days(&of, items)).map(Rule::After),
        "within_days" => section.section("within_days").and_then(|of| within_days(&of, items)),
        "equals" => section.section("equals").and_then(|of| equals(&of, items)),
        "all" => several(section, "all", items).map(Rule::All),
        "any" => several(section, "any", items).map(Rule::Any),
        _ => {
            section.section("not").and_then(|of| Rule::read(&of, items)).map(|rule| Rule::Not(Box::new(rule)))
        }
    }
}

fn several(section: &Section<'_, '_>, word: &'static str, items: &Catalogue) -> Option<Vec<Rule>> {
    let sections = section.sections(word);
    if sections.is_empty() {
        let what = format!("`{}` holds no rule", section.path_of(word));
        section
            .wrong(word, Finding::error("rule", what).remedy("put at least one rule between the brackets"));
        return None;
    }
    let rules: Vec<Option<Rule>> = sections.iter().map(|one| Rule::read(one, items)).collect();
    rules.into_iter().collect()
}

fn threshold(section: &Section<'_, '_>, items: &Catalogue) -> Option<Threshold> {
    let item = named(section, "item", items, ItemKind::is_number, "a number");
    let (share, alone) = (section.has("percent") || section.has("of"), section.has("value"));
    let threshold = match (share, alone) {
        (true, false) => {
            let number = section.required("percent", section.exact("percent"));
            let of = named(section, "of", items, ItemKind::is_number, "a number");
            of.and_then(|of| Some((number?, Some(of))))
        }
        (false, true) => section.exact("value").map(|number| (number, None)),
        _ => {
            let what = format!("`{}` does not say what the number is compared with", section.path());
            let remedy = "write `value = 12`, or `percent = 80` and `of = \"another_item\"`";
            section.wrong_here(Finding::error("rule", what).remedy(remedy));
            return None;
        }
    };
    section.finish();
    let (number, of) = threshold?;
    Some(Threshold { item: item?, number, of })
}

fn days(section: &Section<'_, '_>, items: &Catalogue) -> Option<Days> {
    let item = named(section, "item", items, ItemKind::is_date, "a date");
    let of = named(section, "of", items, ItemKind::is_date, "a date");
    section.finish();
    Some(Days { item: item?, of: of? })
}

fn within_days(section: &Section<'_, '_>, items: &Catalogue) -> Option<Rule> {
    let item = named(section, "item", items, ItemKind::is_date, "a date");
    let of = named(section, "of", items, ItemKind::is_date, "a date");
    let days = section.required("days", section.count("days"));
    section.finish();
    let days = u32::try_from(days?).unwrap_or(u32::MAX);
    Some(Rule::WithinDays { item: item?, days, of: of? })
}

fn equals(section: &Section<'_, '_>, items: &Catalogue) -> Option<Rule> {
    let can = |kind: &ItemKind| !kind.is_date() && !matches!(kind, ItemKind::Text);
    let item = named(section, "item", items, can, "yes or no, a choice or a number");
    let value = section.required("value", section.word_or_number("value"));
    section.finish();
    let (item, value) = (item?, value?);
    let value = items.value(&item, &value).map_err(|expected| {
        let what = format!("`{}` is `{value}`, expected {expected}", section.path_of("value"));
        section.wrong(
            "value",
            Finding::error("rule_value", what).because(format!("that is what `{item}` can be")),
        );
    });
    Some(Rule::Equals { item, value: value.ok()? })
}

/// The id of an item that must be of a kind.
fn named(
    section: &Section<'_, '_>,
    key: &'static str,
    items: &Catalogue,
    fits: impl Fn(&ItemKind) -> bool,
    kind: &str,
) -> Option<String> {
    let id = section.required(key, section.text(key))?;
    match items.kind(&id) {
        Some(found) if fits(found) => Some(id),
        Some(found) => {
            let what =
                format!("`{}` is `{id}`, which is {}, expected {kind}", section.path_of(key), found.told());
            section.wrong(key, Finding::error("rule_kind", what));
            None
        }
        None => {
            let finding = Finding::error(
                "unknown_item",
                format!("`{}` is `{id}`, and there is no such item", section.path_of(key)),
            );
            section.wrong(
                key,
                match super::nearest(&id, items.ids()) {
                    Some(near) => finding.remedy(format!("did you mean `{near}`?")),
                    None => finding.remedy(format!("add [item.{id}] with `name`, `definition` and `kind`")),
                },
            );
            None
        }
    }
}
