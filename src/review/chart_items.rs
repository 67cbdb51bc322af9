//! What a chart says of the raw items, and what follows for the indicators.
//!
//! A rule over a chart is true, false, or cannot be told, because an answer that decides is not documented or not relevant. What
//! decides comes first: one false rule makes `all` false whatever the others are, one true rule makes `any` true. Then
//! *not documented* goes before *not relevant*: what nobody wrote down may have decided.

use std::collections::BTreeMap;

use jiff::civil::Date;
use rust_decimal::Decimal;

use super::Answer;
use crate::protocol::{Days, Derivation, FIRST_ATTENDANCE, Item, Rule, Threshold, Untold};

/// What a chart says of one item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ItemAnswer {
    /// Yes or no.
    YesNo(bool),
    /// The id of a choice.
    Choice(String),
    /// A whole number or one with decimals, exact.
    Number(Decimal),
    /// A day.
    Date(Date),
    /// A text.
    Text(String),
    /// The question does not apply to the patient.
    NotRelevant,
    /// The chart says nothing about it.
    NotDocumented,
}

/// All items of one chart, by id. An item that was not asked for, or left empty though it was optional, is absent.
pub type ItemAnswers = BTreeMap<String, ItemAnswer>;

/// What a rule comes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Truth {
    /// It holds.
    True,
    /// It does not hold.
    False,
    /// An answer that decides is not documented.
    NotDocumented,
    /// An answer that decides does not apply.
    NotRelevant,
}

impl ItemAnswer {
    /// The stable kind and the stable text, for files and digests.
    pub fn stored(&self) -> (&'static str, String) {
        match self {
            ItemAnswer::YesNo(true) => ("value", "yes".to_owned()),
            ItemAnswer::YesNo(false) => ("value", "no".to_owned()),
            ItemAnswer::Choice(id) => ("value", id.clone()),
            ItemAnswer::Number(number) => ("value", number.normalize().to_string()),
            ItemAnswer::Date(day) => ("value", day.to_string()),
            ItemAnswer::Text(text) => ("value", text.clone()),
            ItemAnswer::NotRelevant => ("not_relevant", String::new()),
            ItemAnswer::NotDocumented => ("not_documented", String::new()),
        }
    }
}

impl ItemAnswer {
    /// The answer in one stable text, for differences: `not_documented`, `ex_smoker`, `12.5`.
    pub fn told(&self) -> String {
        match self.stored() {
            ("value", text) => text,
            (word, _) => word.to_owned(),
        }
    }

    /// Reads what [`ItemAnswer::stored`] wrote of an item of a kind.
    pub fn from_stored(state: &str, kind: &str, text: &str) -> Option<Self> {
        match (state, kind) {
            ("not_relevant", _) => Some(ItemAnswer::NotRelevant),
            ("not_documented", _) => Some(ItemAnswer::NotDocumented),
            (_, "yes_no") => {
                ["no", "yes"].iter().position(|word| *word == text).map(|yes| ItemAnswer::YesNo(yes == 1))
            }
            (_, "choice") => Some(ItemAnswer::Choice(text.to_owned())),
            (_, "number") => text.parse().ok().map(ItemAnswer::Number),
            (_, "date") => text.parse().ok().map(ItemAnswer::Date),
            (_, "text") => Some(ItemAnswer::Text(text.to_owned())),
            _ => None,
        }
    }

    /// The kind of the answer as it is stored; an untold one has none.
    pub fn stored_kind(&self) -> &'static str {
        match self {
            ItemAnswer::YesNo(_) => "yes_no",
            ItemAnswer::Choice(_) => "choice",
            ItemAnswer::Number(_) => "number",
            ItemAnswer::Date(_) => "date",
            ItemAnswer::Text(_) => "text",
            ItemAnswer::NotRelevant | ItemAnswer::NotDocumented => "",
        }
    }
}

impl Truth {
    fn of(holds: bool) -> Self {
        if holds { Truth::True } else { Truth::False }
    }
}

/// One chart, as rules look at it.
pub struct ChartItems<'c> {
    /// The items of the codebook.
    pub codebook: &'c [Item],
    /// What the chart says.
    pub answers: &'c ItemAnswers,
    /// The first attendance, while a form is read.
    pub first_attendance: Option<Date>,
}

impl ChartItems<'_> {
    /// What a rule comes to for this chart.
    pub fn truth(&self, rule: &Rule) -> Truth {
        match rule {
            Rule::AtLeast(threshold) => self.compared(threshold, |number, limit| number >= limit),
            Rule::AtMost(threshold) => self.compared(threshold, |number, limit| number <= limit),
            Rule::Before(days) => self.days(days, |day, of| day < of),
            Rule::After(days) => self.days(days, |day, of| day > of),
            Rule::WithinDays { item, days, of } => {
                let days = i64::from(*days);
                self.pair(item, of, |a, b| Some(distance(day(a)?, day(b)?) <= days))
            }
            Rule::Equals { item, value } => match self.answer(item) {
                ItemAnswer::NotDocumented => Truth::NotDocumented,
                ItemAnswer::NotRelevant => Truth::NotRelevant,
                told => Truth::of(told.stored().1 == *value),
            },
            Rule::All(rules) => self.decided(rules, Truth::False, Truth::True),
            Rule::Any(rules) => self.decided(rules, Truth::True, Truth::False),
            Rule::Not(rule) => match self.truth(rule) {
                Truth::True => Truth::False,
                Truth::False => Truth::True,
                untold => untold,
            },
        }
    }

    /// Whether an item is to be answered for this chart.
    pub fn is_asked(&self, item: &Item) -> bool {
        item.ask_if.as_ref().is_none_or(|rule| self.truth(rule) == Truth::True)
    }

    /// The answer that follows for an indicator.
    pub fn derived(&self, derivation: &Derivation) -> Answer {
        let relevant = derivation.relevant_if.as_ref().map_or(Truth::True, |rule| self.truth(rule));
        let truth = match relevant {
            Truth::True => self.truth(&derivation.yes_if),
            Truth::False => return Answer::NotRelevant,
            untold => untold,
        };
        match truth {
            Truth::True => Answer::Yes,
            Truth::False => Answer::No,
            Truth::NotDocumented if derivation.not_documented == Untold::Kept => Answer::NotDocumented,
            Truth::NotRelevant if derivation.not_relevant == Untold::Kept => Answer::NotRelevant,
            Truth::NotDocumented | Truth::NotRelevant => Answer::No,
        }
    }

    /// An item that is absent was not asked for, or left empty.
    pub(super) fn answer(&self, id: &str) -> ItemAnswer {
        if id == FIRST_ATTENDANCE {
            return self.first_attendance.map_or(ItemAnswer::NotDocumented, ItemAnswer::Date);
        }
        let absent = || match self.codebook.iter().find(|item| item.id == id) {
            Some(item) if !self.is_asked(item) => ItemAnswer::NotRelevant,
            _ => ItemAnswer::NotDocumented,
        };
        self.answers.get(id).cloned().unwrap_or_else(absent)
    }

    fn compared(&self, threshold: &Threshold, holds: fn(Decimal, Decimal) -> bool) -> Truth {
        let hundred = Decimal::ONE_HUNDRED;
        match &threshold.of {
            None => match self.answer(&threshold.item) {
                ItemAnswer::NotRelevant => Truth::NotRelevant,
                ItemAnswer::Number(number) => Truth::of(holds(number, threshold.number)),
                _ => Truth::NotDocumented,
            },
            // Both sides times a hundred: a product of decimals is exact, a quotient is not.
            Some(of) => self.pair(&threshold.item, of, |a, b| {
                let share = number(b)?.checked_mul(threshold.number)?;
                Some(holds(number(a)?.checked_mul(hundred)?, share))
            }),
        }
    }

    fn days(&self, days: &Days, holds: fn(Date, Date) -> bool) -> Truth {
        self.pair(&days.item, &days.of, |a, b| Some(holds(day(a)?, day(b)?)))
    }

    /// Two answers compared; where one is not told, that is what comes out.
    fn pair(&self, a: &str, b: &str, holds: impl Fn(&ItemAnswer, &ItemAnswer) -> Option<bool>) -> Truth {
        let (a, b) = (self.answer(a), self.answer(b));
        match (&a, &b) {
            (ItemAnswer::NotDocumented, _) | (_, ItemAnswer::NotDocumented) => Truth::NotDocumented,
            (ItemAnswer::NotRelevant, _) | (_, ItemAnswer::NotRelevant) => Truth::NotRelevant,
            // An answer of another kind was given under an older codebook: it does not tell.
            _ => holds(&a, &b).map_or(Truth::NotDocumented, Truth::of),
        }
    }

    fn decided(&self, rules: &[Rule], decisive: Truth, otherwise: Truth) -> Truth {
        let found: Vec<Truth> = rules.iter().map(|rule| self.truth(rule)).collect();
        let order = [decisive, Truth::NotDocumented, Truth::NotRelevant];
        order.into_iter().find(|truth| found.contains(truth)).unwrap_or(otherwise)
    }
}

fn number(answer: &ItemAnswer) -> Option<Decimal> {
    match answer {
        ItemAnswer::Number(number) => Some(*number),
        _ => None,
    }
}

fn day(answer: &ItemAnswer) -> Option<Date> {
    match answer {
        ItemAnswer::Date(day) => Some(*day),
        _ => None,
    }
}

/// The days between two days, whichever comes first.
fn distance(one: Date, other: Date) -> i64 {
    one.duration_since(other).as_hours().abs() / 24
}

#[cfg(test)]
mod tests;
