//! How an indicator's answer follows from the raw items of a chart.

use serde::Serialize;

use super::item::Catalogue;
use super::rule::{FIRST_ATTENDANCE, Rule};
use super::section::Section;
use crate::error::Finding;

/// The rules that give an indicator's answer, and what becomes of what they cannot tell.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Derivation {
    /// Whom the indicator is about: where it does not hold the answer is *not relevant*. Everybody if there is none.
    pub relevant_if: Option<Rule>,
    /// When the answer is yes; otherwise it is no.
    pub yes_if: Rule,
    /// What it means that an item which decides is not documented.
    pub not_documented: Untold,
    /// What it means that an item which decides is not relevant, or was not asked for.
    pub not_relevant: Untold,
    /// Whether the reviewer also enters the answer itself; where the two differ, somebody settles it.
    pub also_ask: bool,
}

/// What becomes of a chart that does not tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Untold {
    /// The answer says the same: not documented, or not relevant.
    Kept,
    /// The answer is no.
    No,
}

impl Derivation {
    pub(super) fn read(section: &Section<'_, '_>, items: &Catalogue) -> Option<Self> {
        let relevant_if = match section.section("relevant_if") {
            Some(rule) => Rule::read(&rule, items).map(Some),
            None => Some(None),
        };
        let yes_if = section.required_table("yes_if", section.section("yes_if"));
        let yes_if = yes_if.and_then(|rule| Rule::read(&rule, items));
        let not_documented =
            section.choice("not_documented", &[("not_documented", Untold::Kept), ("no", Untold::No)]);
        let not_relevant =
            section.choice("not_relevant", &[("not_relevant", Untold::Kept), ("no", Untold::No)]);
        let also_ask = section.flag("also_ask").unwrap_or(false);
        section.finish();
        let derivation = Derivation {
            relevant_if: relevant_if?,
            yes_if: yes_if?,
            not_documented: not_documented.unwrap_or(Untold::Kept),
            not_relevant: not_relevant.unwrap_or(Untold::Kept),
            also_ask,
        };
        derivation.needs_no_key(section).then_some(derivation)
    }

    /// The items that decide.
    pub fn items(&self) -> impl Iterator<Item = &str> {
        self.relevant_if.iter().chain([&self.yes_if]).flat_map(Rule::items)
    }

    /// The day of the first attendance stands in the key, which no analysis opens.
    fn needs_no_key(&self, section: &Section<'_, '_>) -> bool {
        let known = self.items().all(|item| item != FIRST_ATTENDANCE);
        if !known {
            let what = format!("`{}` goes by `{FIRST_ATTENDANCE}`", section.path());
            let finding = Finding::error("derived_from_key", what)
                .because("the day stands in the key alone, and the analysis never opens it")
                .remedy("let the reviewers enter the day as an item");
            section.wrong_here(finding);
        }
        known
    }
}
