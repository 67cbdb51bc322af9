//! Rules of the codebook as formulas over a row of the entry sheet: only to colour cells, never to decide.
//!
//! A rule has two formulas, one that is true where it holds and one that is true where it does not; where an answer is not documented
//! or not there yet, neither is. None of them is ever an error.

use super::wording::{name, untold_spellings};
use crate::error::column_letters;
use crate::protocol::{Days, Item, ItemKind, Language, Rule, Threshold};
use crate::review::{Answer, Question};

/// A text within a formula has at most so many UTF-16 units.
const LONGEST_TEXT: usize = 255;

/// Where the items of a form stand.
pub(super) struct RowFormulas<'f> {
    pub(super) language: Language,
    /// What is asked, from left to right.
    pub(super) questions: &'f [Question<'f>],
    /// The column of the first question, from 0.
    pub(super) first_column: usize,
    /// The row that the formulas are written for, as a spreadsheet counts it.
    pub(super) row: usize,
}

/// The reference of a cell whose column stays when the formula moves: `$F2`.
pub(super) fn cell(column: usize, row: usize) -> String {
    format!("${}{row}", column_letters(column))
}

/// A text within a formula.
pub(super) fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('"', "\"\""))
}

impl RowFormulas<'_> {
    /// True where the rule holds; `None` if the form does not have what it asks for, such as the first attendance, or a choice's word is too
    /// long for a formula.
    pub(super) fn holds(&self, rule: &Rule) -> Option<String> {
        match rule {
            Rule::AtLeast(threshold) => self.compared(threshold, ">="),
            Rule::AtMost(threshold) => self.compared(threshold, "<="),
            Rule::Before(days) => self.days(days, "<"),
            Rule::After(days) => self.days(days, ">"),
            Rule::WithinDays { item, days, of } => self.apart(item, of, &format!("<={days}")),
            Rule::Equals { item, value } => self.equals(item, value),
            Rule::All(rules) => self.joined("AND", rules, Self::holds),
            Rule::Any(rules) => self.joined("OR", rules, Self::holds),
            Rule::Not(rule) => self.fails(rule),
        }
    }

    /// True where the rule does not hold; `None` as for [`Self::holds`].
    pub(super) fn fails(&self, rule: &Rule) -> Option<String> {
        match rule {
            Rule::AtLeast(threshold) => self.compared(threshold, "<"),
            Rule::AtMost(threshold) => self.compared(threshold, ">"),
            Rule::Before(days) => self.days(days, ">="),
            Rule::After(days) => self.days(days, "<="),
            Rule::WithinDays { item, days, of } => self.apart(item, of, &format!(">{days}")),
            Rule::Equals { item, value } => self.equals_not(item, value),
            // One rule that fails decides.
            Rule::All(rules) => self.joined("OR", rules, Self::fails),
            Rule::Any(rules) => self.joined("AND", rules, Self::fails),
            Rule::Not(rule) => self.holds(rule),
        }
    }

    fn joined(
        &self,
        word: &str,
        rules: &[Rule],
        formula: fn(&Self, &Rule) -> Option<String>,
    ) -> Option<String> {
        let formulas: Vec<String> = rules.iter().map(|rule| formula(self, rule)).collect::<Option<_>>()?;
        Some(format!("{word}({})", formulas.join(",")))
    }

    fn item(&self, id: &str) -> Option<(&Item, String)> {
        let is_it = |question: &Question<'_>| matches!(question, Question::Item(item) if item.id == id);
        let place = self.questions.iter().position(is_it)?;
        let Question::Item(item) = self.questions[place] else { return None };
        Some((item, cell(self.first_column + place, self.row)))
    }

    /// The product keeps decimals as exact as a spreadsheet can: 110 is at least 110 % of 100.
    fn compared(&self, threshold: &Threshold, sign: &str) -> Option<String> {
        let (_, one) = self.item(&threshold.item)?;
        let number = threshold.number.normalize();
        match &threshold.of {
            None => Some(format!("AND(COUNT({one})=1,{one}{sign}{number})")),
            Some(of) => {
                let (_, of) = self.item(of)?;
                Some(format!("IF(COUNT({one},{of})=2,{one}*100{sign}{of}*{number})"))
            }
        }
    }

    fn days(&self, days: &Days, sign: &str) -> Option<String> {
        let ((_, one), (_, of)) = (self.item(&days.item)?, self.item(&days.of)?);
        Some(format!("IF(COUNT({one},{of})=2,{one}{sign}{of})"))
    }

    fn apart(&self, one: &str, of: &str, limit: &str) -> Option<String> {
        let ((_, one), (_, of)) = (self.item(one)?, self.item(of)?);
        Some(format!("IF(COUNT({one},{of})=2,ABS({one}-{of}){limit})"))
    }

    fn equals(&self, id: &str, value: &str) -> Option<String> {
        let (item, cell) = self.item(id)?;
        Some(match &item.kind {
            ItemKind::YesNo => format!("{cell}={}", quoted(self.yes_or_no(value == "yes"))),
            ItemKind::Choice(choices) => {
                let choice = choices.iter().find(|choice| choice.id == value)?;
                let word = name(self.language, &choice.name);
                // Excel calls the whole workbook damaged for a longer one.
                let fits = word.encode_utf16().count() <= LONGEST_TEXT;
                fits.then(|| format!("{cell}={}", quoted(word)))?
            }
            _ => format!("AND(COUNT({cell})=1,{cell}={value})"),
        })
    }

    fn equals_not(&self, id: &str, value: &str) -> Option<String> {
        let (item, cell) = self.item(id)?;
        Some(match &item.kind {
            ItemKind::YesNo => format!("{cell}={}", quoted(self.yes_or_no(value != "yes"))),
            ItemKind::Choice(_) => {
                let others = untold_spellings(self.language);
                let others: Vec<String> =
                    others.iter().map(|word| format!("{cell}={}", quoted(word))).collect();
                format!("NOT(OR({cell}=\"\",{},{}))", self.equals(id, value)?, others.join(","))
            }
            _ => format!("AND(COUNT({cell})=1,{cell}<>{value})"),
        })
    }

    fn yes_or_no(&self, yes: bool) -> &'static str {
        let answer = if yes { Answer::Yes } else { Answer::No };
        answer.word(self.language)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::protocol::Protocol;
    use crate::review::questions;

    const ITEMS: &str = r#"
[item.smoker]
name = { da = "Ryger", en = "Smoker" }
definition = "…"
kind = "choice"
choices = { never = { da = "Aldrig", en = "Never" }, ex = { da = "Før", en = "Before" }, ex_now = "Nu" }

[item.planned]
name = "Planned"
definition = "…"
kind = "whole"

[item.attended]
name = "Attended"
definition = "…"
kind = "whole"

[item.end]
name = "End"
definition = "…"
kind = "date"

[item.test]
name = "Test"
definition = "…"
kind = "date"

[item.done]
name = "Done"
definition = "…"
kind = "yes_no"
"#;

    /// The two formulas of a rule.
    fn formulas(rule: &str) -> [String; 2] {
        formulas_in(crate::protocol::preset::Preset::Blank, rule)
    }

    fn formulas_in(preset: crate::protocol::preset::Preset, rule: &str) -> [String; 2] {
        let asked = format!(
            "\n[item.asked]\nname = \"Asked\"\ndefinition = \"…\"\nkind = \"text\"\nask_if = {rule}\n"
        );
        let text = preset.text().to_owned() + ITEMS + &asked;
        let protocol = Protocol::read(&text, "study.toml").unwrap();
        let questions: Vec<_> = questions(&protocol)
            .into_iter()
            .filter(|question| matches!(question, Question::Item(item) if item.id != "asked"))
            .collect();
        let row = RowFormulas { language: Language::Da, questions: &questions, first_column: 4, row: 2 };
        let rule = protocol.item("asked").unwrap().ask_if.clone().unwrap();
        [row.holds(&rule), row.fails(&rule)].map(Option::unwrap_or_default)
    }

    #[test]
    fn a_rule_is_a_formula_where_it_holds_and_another_where_it_does_not() {
        let expected = ["$J2=\"Ja\"", "$J2=\"Nej\""];
        assert_eq!(formulas("{ equals = { item = \"done\", value = \"yes\" } }"), expected);
        let expected = ["IF(COUNT($G2,$F2)=2,$G2*100>=$F2*80)", "IF(COUNT($G2,$F2)=2,$G2*100<$F2*80)"];
        let rule = "{ at_least = { item = \"attended\", percent = 80, of = \"planned\" } }";
        assert_eq!(formulas(rule), expected);
        let expected = ["IF(COUNT($I2,$H2)=2,ABS($I2-$H2)<=30)", "IF(COUNT($I2,$H2)=2,ABS($I2-$H2)>30)"];
        assert_eq!(formulas("{ within_days = { item = \"test\", days = 30, of = \"end\" } }"), expected);
    }

    #[test]
    fn a_choice_differs_only_where_another_one_was_made() {
        let [holds, fails] = formulas("{ equals = { item = \"smoker\", value = \"ex_now\" } }");
        assert_eq!(holds, "$E2=\"Nu\"");
        assert_eq!(
            fails,
            "NOT(OR($E2=\"\",$E2=\"Nu\",$E2=\"Ikke relevant\",$E2=\"IR\",$E2=\"Ikke dokumenteret\",$E2=\"ID\"))"
        );
    }

    #[test]
    fn one_rule_that_fails_decides_for_all_and_one_that_holds_for_any() {
        let two = "[{ equals = { item = \"done\", value = \"yes\" } }, { before = { item = \"test\", of = \"end\" } }]";
        let [holds, fails] = formulas(&format!("{{ all = {two} }}"));
        assert_eq!(holds, "AND($J2=\"Ja\",IF(COUNT($I2,$H2)=2,$I2<$H2))");
        assert_eq!(fails, "OR($J2=\"Nej\",IF(COUNT($I2,$H2)=2,$I2>=$H2))");
        let [not_holds, not_fails] = formulas(&format!("{{ not = {{ any = {two} }} }}"));
        assert_eq!(not_holds, "AND($J2=\"Nej\",IF(COUNT($I2,$H2)=2,$I2>=$H2))");
        assert_eq!(not_fails, "OR($J2=\"Ja\",IF(COUNT($I2,$H2)=2,$I2<$H2))");
    }

    #[test]
    fn the_first_attendance_stands_on_no_form_and_gives_no_formula() {
        let rule = "{ after = { item = \"end\", of = \"first_attendance\" } }";
        let [holds, fails] = formulas_in(crate::protocol::preset::Preset::Hjertekommidt, rule);
        assert_eq!([holds, fails], ["", ""]);
    }
}
