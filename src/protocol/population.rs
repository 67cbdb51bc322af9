//! Who belongs to the study: age, diagnosis and period of the first attendance.

use std::fmt;

use jiff::civil::Date;
use serde::Serialize;

use super::section::Section;
use crate::error::Finding;

/// The population of a study. A rule that is absent excludes nobody.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Population {
    /// The age in completed years on the day of the first attendance.
    pub age: Option<AgeRule>,
    /// Prefixes of the normalised diagnosis; empty when the diagnosis is no criterion.
    pub diagnoses: Vec<String>,
    /// The first day of the period, by the first attendance.
    pub from: Option<Date>,
    /// The last day of the period.
    pub until: Option<Date>,
}

/// `> 18`, `>= 18`, `< 65` or `<= 65` completed years.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct AgeRule {
    /// How the age is compared.
    pub comparison: Comparison,
    /// Completed years.
    pub years: i16,
}

/// How an age is compared with a number of years.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Comparison {
    /// `>`
    Above,
    /// `>=`
    AtLeast,
    /// `<`
    Below,
    /// `<=`
    AtMost,
}

impl AgeRule {
    /// Reads `> 18` and its like; `None` when it is anything else.
    ///
    /// ```
    /// use hjertekommidt::protocol::AgeRule;
    /// let adults = AgeRule::read("> 18").unwrap();
    /// assert!(!adults.admits(18) && adults.admits(19));
    /// ```
    pub fn read(text: &str) -> Option<Self> {
        let text = text.trim();
        let signs = [
            (">=", Comparison::AtLeast),
            ("<=", Comparison::AtMost),
            (">", Comparison::Above),
            ("<", Comparison::Below),
        ];
        let (sign, comparison) = signs.into_iter().find(|(sign, _)| text.starts_with(sign))?;
        let years = text[sign.len()..].trim().parse().ok().filter(|years| (0..=130).contains(years))?;
        Some(AgeRule { comparison, years })
    }

    /// Whether a person of this age belongs to the population.
    pub fn admits(self, age: i16) -> bool {
        match self.comparison {
            Comparison::Above => age > self.years,
            Comparison::AtLeast => age >= self.years,
            Comparison::Below => age < self.years,
            Comparison::AtMost => age <= self.years,
        }
    }
}

impl fmt::Display for AgeRule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = match self.comparison {
            Comparison::Above => ">",
            Comparison::AtLeast => ">=",
            Comparison::Below => "<",
            Comparison::AtMost => "<=",
        };
        write!(f, "{sign} {}", self.years)
    }
}

impl Population {
    /// Whether a first attendance on this day lies in the period.
    pub fn period_admits(&self, day: Date) -> bool {
        self.from.is_none_or(|from| day >= from) && self.until.is_none_or(|until| day <= until)
    }

    pub(super) fn read(section: &Section<'_, '_>) -> Option<Self> {
        let age = section.text("age");
        let diagnoses = section.texts("diagnoses");
        let (from, until) = (section.date("from"), section.date("until"));
        section.finish();
        if diagnoses.as_ref().is_some_and(Vec::is_empty) {
            section.wrong("diagnoses", no_diagnosis());
        }
        if let (Some(from), Some(until)) = (from, until)
            && from > until
        {
            let what = format!("the period begins on {from} and ends before that, on {until}");
            section.wrong("until", Finding::error("period_reversed", what));
        }
        Some(Population {
            age: read_age(section, age)?,
            diagnoses: diagnoses.unwrap_or_default(),
            from,
            until,
        })
    }
}

fn no_diagnosis() -> Finding {
    Finding::error("empty_list", "`population.diagnoses` is an empty list, expected one diagnosis or more")
        .because("it would take in every diagnosis, which nobody reads out of an empty list")
        .remedy("list the diagnoses, or leave the key out to admit every one")
}

/// The rule, `Some(None)` when there is none, `None` when it cannot be read.
fn read_age(section: &Section<'_, '_>, written: Option<String>) -> Option<Option<AgeRule>> {
    let Some(written) = written else { return Some(None) };
    let rule = AgeRule::read(&written);
    if rule.is_none() {
        let what =
            format!("`population.age` is `{written}`, expected a comparison such as `> 18` or `>= 18`");
        section.wrong("age", Finding::error("age_rule", what));
    }
    rule.map(Some)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_sign_means_what_it_says_at_the_boundary() {
        let admits = |text: &str, age| AgeRule::read(text).unwrap().admits(age);
        assert_eq!([admits("> 18", 18), admits(">18", 19)], [false, true]);
        assert_eq!([admits(">= 18", 17), admits(" >=18 ", 18)], [false, true]);
        assert_eq!([admits("< 65", 65), admits("< 65", 64)], [false, true]);
        assert_eq!([admits("<= 65", 66), admits("<= 65", 65)], [false, true]);
    }

    #[test]
    fn a_rule_without_a_sign_or_with_fractions_is_refused() {
        for text in ["18", "=> 18", "> 18.5", "> -1", "> 18 years", ">", ""] {
            assert_eq!(AgeRule::read(text), None, "{text}");
        }
    }

    #[test]
    fn both_ends_of_the_period_belong_to_it() {
        let day = |text: &str| text.parse::<Date>().unwrap();
        let population = Population {
            age: None,
            diagnoses: vec![],
            from: Some(day("2020-01-01")),
            until: Some(day("2020-12-31")),
        };
        assert!(population.period_admits(day("2020-01-01")) && population.period_admits(day("2020-12-31")));
        assert!(!population.period_admits(day("2019-12-31")) && !population.period_admits(day("2021-01-01")));
    }
}
