//! Charts whose every question is answered and that still do not tell an indicator, because one of its items is not asked there.
//!
//! The answers are gone through with the evaluation that the analysis uses, so that an example is one that a form can hold. Of numbers and
//! days those are tried that lie on, just below and just above every limit of the rules.

use std::collections::BTreeSet;

use jiff::civil::{Date, date};
use rust_decimal::Decimal;

use super::{ChartItems, ItemAnswer, ItemAnswers, Truth};
use crate::protocol::{Derivation, Item, ItemKind, Range, Rule, Untold};

/// So many charts are looked at for an indicator; what they do not show is not told.
const MOST_CHARTS: u32 = 50_000;
/// The days of the charts lie around this one, which is the first attendance.
const FIRST: Date = date(2020, 6, 1);

/// An indicator that a complete chart does not tell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unasked {
    /// The rule that rests on what is not asked: `relevant_if` or `yes_if`.
    pub rule: &'static str,
    /// The items of the rule that are not asked for.
    pub items: Vec<String>,
    /// The answers for which they are not.
    pub example: ItemAnswers,
}

/// The first chart found whose items are all answered, as far as they are asked for, and that does not tell the indicator; `None` if
/// there is none, or if the indicator says that such charts are a no.
pub fn unasked(derivation: &Derivation, codebook: &[Item]) -> Option<Unasked> {
    let items = resting_on(derivation.items(), codebook);
    if derivation.not_relevant == Untold::No || items.iter().all(|item| item.ask_if.is_none()) {
        return None;
    }
    let rules = rules(derivation, &items);
    let tried = items.iter().map(|item| (*item, tried(item, &rules))).collect();
    let mut search = Search { derivation, codebook, tried, left: MOST_CHARTS };
    search.from(0, &mut ItemAnswers::new())
}

/// The items and those that decide whether they are asked for, each behind those that it depends on.
fn resting_on<'c>(ids: impl Iterator<Item = &'c str>, codebook: &'c [Item]) -> Vec<&'c Item> {
    let mut found: Vec<&Item> = Vec::new();
    for id in ids {
        let Some(item) = codebook.iter().find(|item| item.id == id) else { continue };
        let before = item.ask_if.iter().flat_map(Rule::items);
        // No item depends on itself: the protocol is refused.
        for one in resting_on(before, codebook).into_iter().chain([item]) {
            if !found.iter().any(|there| there.id == one.id) {
                found.push(one);
            }
        }
    }
    found
}

fn rules<'r>(derivation: &'r Derivation, items: &[&'r Item]) -> Vec<&'r Rule> {
    let asked = items.iter().flat_map(|item| item.ask_if.iter().chain(&item.must));
    derivation.relevant_if.iter().chain([&derivation.yes_if]).chain(asked).flat_map(leaves).collect()
}

fn leaves(rule: &Rule) -> Vec<&Rule> {
    match rule {
        Rule::All(rules) | Rule::Any(rules) => rules.iter().flat_map(leaves).collect(),
        Rule::Not(rule) => leaves(rule),
        leaf => vec![leaf],
    }
}

struct Search<'s> {
    derivation: &'s Derivation,
    codebook: &'s [Item],
    /// The items, each with the answers to try.
    tried: Vec<(&'s Item, Vec<ItemAnswer>)>,
    left: u32,
}

impl Search<'_> {
    fn from(&mut self, place: usize, answers: &mut ItemAnswers) -> Option<Unasked> {
        let Some((item, tried)) = self.tried.get(place).cloned() else {
            self.left = self.left.saturating_sub(1);
            return self.untold(answers);
        };
        if !self.chart(answers).is_asked(item) {
            return self.from(place + 1, answers);
        }
        for answer in tried {
            answers.insert(item.id.clone(), answer);
            let found = if self.left > 0 { self.from(place + 1, answers) } else { None };
            answers.remove(&item.id);
            if found.is_some() {
                return found;
            }
        }
        None
    }

    fn chart<'a>(&'a self, answers: &'a ItemAnswers) -> ChartItems<'a> {
        ChartItems { codebook: self.codebook, answers, first_attendance: Some(FIRST) }
    }

    /// What a chart leaves untold; nothing of a chart that would be returned.
    fn untold(&self, answers: &ItemAnswers) -> Option<Unasked> {
        let chart = self.chart(answers);
        let is_returned = |item: &Item| {
            let must = item.must.as_ref().filter(|_| answers.contains_key(&item.id));
            must.is_some_and(|rule| chart.truth(rule) == Truth::False)
        };
        let relevant = self.derivation.relevant_if.as_ref().map_or(Truth::True, |rule| chart.truth(rule));
        let (rule, words) = match (relevant, &self.derivation.relevant_if) {
            (Truth::NotRelevant, Some(rule)) => (rule, "relevant_if"),
            (Truth::True, _) if chart.truth(&self.derivation.yes_if) == Truth::NotRelevant => {
                (&self.derivation.yes_if, "yes_if")
            }
            _ => return None,
        };
        let is_legal = !self.tried.iter().any(|(item, _)| is_returned(item));
        is_legal.then(|| self.told(rule, words, answers))
    }

    /// The example without the answers that do not decide what is asked.
    fn told(&self, rule: &Rule, words: &'static str, answers: &ItemAnswers) -> Unasked {
        let absent: BTreeSet<&str> =
            rule.items().into_iter().filter(|id| !answers.contains_key(*id)).collect();
        let deciding = resting_on(absent.iter().copied(), self.codebook);
        let given = |item: &&Item| Some((item.id.clone(), answers.get(&item.id)?.clone()));
        Unasked {
            rule: words,
            items: absent.into_iter().map(str::to_owned).collect(),
            example: deciding.iter().filter_map(given).collect(),
        }
    }
}

/// The answers of an item that can differ in what follows from them.
fn tried(item: &Item, rules: &[&Rule]) -> Vec<ItemAnswer> {
    match &item.kind {
        ItemKind::YesNo => [true, false].map(ItemAnswer::YesNo).to_vec(),
        ItemKind::Choice(choices) => {
            choices.iter().map(|choice| ItemAnswer::Choice(choice.id.clone())).collect()
        }
        ItemKind::Whole(range) => numbers(item, range, true, rules),
        ItemKind::Decimal(range) => numbers(item, range, false, rules),
        ItemKind::Date => days(rules),
        ItemKind::Text => vec![ItemAnswer::Text("…".to_owned())],
    }
}

fn numbers(item: &Item, range: &Range, whole: bool, rules: &[&Rule]) -> Vec<ItemAnswer> {
    let limits: BTreeSet<Decimal> = rules.iter().filter_map(|rule| limit(rule, &item.id)).collect();
    let limits: Vec<Decimal> = limits.into_iter().collect();
    let one = Decimal::ONE;
    let near =
        limits.iter().flat_map(|limit| [*limit, limit.floor(), limit.ceil(), limit - one, limit + one]);
    let between = limits.windows(2).map(|pair| (pair[0] + pair[1]) / Decimal::TWO);
    let ends = [range.min.unwrap_or(Decimal::ZERO), range.max.unwrap_or(Decimal::ONE_THOUSAND)];
    let all: BTreeSet<Decimal> = near.chain(between).chain(ends).collect();
    let fits = |number: &Decimal| {
        (!whole || number.fract().is_zero())
            && range.min.is_none_or(|min| *number >= min)
            && range.max.is_none_or(|max| *number <= max)
    };
    all.into_iter().filter(fits).map(ItemAnswer::Number).collect()
}

/// The number that a rule compares an item with.
fn limit(rule: &Rule, id: &str) -> Option<Decimal> {
    match rule {
        Rule::AtLeast(one) | Rule::AtMost(one) if one.item == id && one.of.is_none() => Some(one.number),
        Rule::Equals { item, value } if item == id => value.parse().ok(),
        _ => None,
    }
}

fn days(rules: &[&Rule]) -> Vec<ItemAnswer> {
    let apart = rules.iter().filter_map(|rule| match rule {
        Rule::WithinDays { days, .. } => Some(i64::from(*days)),
        _ => None,
    });
    let distances: BTreeSet<i64> = apart.flat_map(|days| [days, days + 1]).chain([0, 1]).collect();
    let around: BTreeSet<i64> = distances.into_iter().flat_map(|days| [-days, days]).collect();
    let day = |days: &i64| FIRST.checked_add(jiff::Span::new().try_days(*days).ok()?).ok();
    around.iter().filter_map(day).map(ItemAnswer::Date).collect()
}

#[cfg(test)]
mod tests;
