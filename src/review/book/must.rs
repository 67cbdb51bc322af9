//! What the answers of an item must meet, at its cells: within their check where a formula has room, and in words beside them. Every such
//! rule is a colour as well ([`super::entry_colours`]), because the other answer may be entered last.

use super::asked::RowFormulas;
use super::wording::{LONGEST_FAULT, LONGEST_NOTE, fitted, name, pick};
use super::{Check, Takes};
use crate::protocol::{Item, Language, RuleWords};
use crate::review::Question;

/// Excel takes no longer formula in the check of a cell.
const LONGEST_CHECK: usize = 255;
/// A definition keeps so much of its note, or the rule is told on the sheet of definitions alone.
const LEAST_DEFINITION: usize = 60;

/// The rules that answers must meet.
pub(super) struct Must<'m> {
    pub(super) items: &'m [Item],
    pub(super) formulas: RowFormulas<'m>,
}

/// The rule in words: `Det kræves, at »Gange mødt« er højst 100 % af »Gange planlagt«.`
pub(in crate::review) fn must_told(item: &Item, items: &[Item], language: Language) -> Option<String> {
    let rule = RuleWords { items, language, form: language }.told(item.must.as_ref()?);
    Some(format!("{} {rule}.", pick(language, ["Det kræves, at", "It is required that"])))
}

impl Must<'_> {
    /// The check of a question's cells, with what its answers must meet.
    pub(super) fn fitting(&self, check: Check, question: &Question<'_>) -> Check {
        let Question::Item(item) = question else { return check };
        match must_told(item, self.items, self.formulas.language) {
            Some(told) => self.told(self.checked(check, item), item, &told),
            None => check,
        }
    }

    /// A formula takes the rule in; a list and the length of a text leave no room for one.
    fn checked(&self, mut check: Check, item: &Item) -> Check {
        let fails = item.must.as_ref().and_then(|rule| self.formulas.fails(rule));
        if let (Takes::Formula(formula), Some(fails)) = (&check.takes, fails) {
            let both = format!("AND({formula},NOT({fails}))");
            if both.len() <= LONGEST_CHECK {
                check.takes = Takes::Formula(both);
            }
        }
        check
    }

    fn told(&self, mut check: Check, item: &Item, told: &str) -> Check {
        let length = told.encode_utf16().count() + 1;
        if length + LEAST_DEFINITION <= LONGEST_NOTE {
            let definition = name(self.formulas.language, &item.definition);
            check.hint.text = format!("{} {told}", fitted(definition, LONGEST_NOTE - length));
        }
        let fault = format!("{} {told}", check.fault.text);
        if fitted(&fault, LONGEST_FAULT) == fault {
            check.fault.text = fault;
        }
        check
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::protocol::Protocol;
    use crate::protocol::preset::Preset;
    use crate::review::book::entry_check::Column;
    use crate::review::questions;

    /// The check of the first item of these, which stands in the column F behind the indicator.
    fn checked(items: &str, definition: &str) -> Check {
        let text = Preset::Blank
            .text()
            .replace("\n[sampling]\n", &format!("{}\n[sampling]\n", items.replace("DEFINED", definition)));
        let protocol =
            Protocol::read(&text, "study.toml").unwrap_or_else(|error| panic!("{:?}", error.findings()));
        let questions = questions(&protocol);
        let question = &questions[1];
        let language = Language::Da;
        let must = Must {
            items: &protocol.items,
            formulas: RowFormulas { language, questions: &questions, first_column: 4, row: 2 },
        };
        let column = Column { language, column: 5, rows: 1..9, name: question.name().da.as_str() };
        must.fitting(column.question(question), question)
    }

    const TWO: &str = "
[item.came]
name = \"Mødte\"
definition = \"DEFINED\"
kind = \"whole\"
must = { at_most = { item = \"came\", percent = 100, of = \"planned\" } }

[item.planned]
name = \"Planlagt\"
definition = \"-\"
kind = \"whole\"
";

    #[test]
    fn a_number_is_taken_where_it_is_one_and_does_not_break_the_rule() {
        let check = checked(TWO, "Antal gange.");
        let number = "IF(ISNUMBER(F2),AND(F2=INT(F2)),OR(F2=\"Ikke relevant\",F2=\"IR\",F2=\"Ikke dokumenteret\",F2=\"ID\"))";
        let both = format!("AND({number},NOT(IF(COUNT($F2,$G2)=2,$F2*100>$G2*100)))");
        assert_eq!(check.takes, Takes::Formula(both));
        let told = "Det kræves, at »Mødte« er højst 100 % af »Planlagt«.";
        assert_eq!(check.hint.text, format!("Antal gange. {told}"));
        assert!(check.fault.text.ends_with(told), "{}", check.fault.text);
    }

    #[test]
    fn a_long_definition_is_cut_for_the_rule_and_not_the_rule_for_the_definition() {
        let check = checked(TWO, &"Antal gange, hvor journalen siger det. ".repeat(20));
        assert!(
            check.hint.text.ends_with("… Det kræves, at »Mødte« er højst 100 % af »Planlagt«."),
            "{}",
            check.hint.text
        );
        assert!(check.hint.text.encode_utf16().count() <= LONGEST_NOTE);
    }

    #[test]
    fn a_rule_too_long_for_a_check_leaves_the_check_of_the_kind() {
        let one = "{ not = { equals = { item = \"planned\", value = 5 } } }";
        let rule = format!("must = {{ any = [{}] }}", [one; 9].join(", "));
        let items =
            TWO.replace("must = { at_most = { item = \"came\", percent = 100, of = \"planned\" } }", &rule);
        let Takes::Formula(formula) = checked(&items, "-").takes else { panic!("no formula") };
        assert!(formula.starts_with("IF(ISNUMBER(F2)") && !formula.contains("$G2"), "{formula}");
    }

    #[test]
    fn a_list_keeps_its_words_and_tells_the_rule() {
        let items = "
[item.better]
name = \"Bedre\"
definition = \"DEFINED\"
kind = \"yes_no\"
must = { not = { all = [{ equals = { item = \"better\", value = \"yes\" } }, { equals = { item = \"planned\", value = 0 } }] } }

[item.planned]
name = \"Planlagt\"
definition = \"-\"
kind = \"whole\"
";
        let check = checked(items, "Om det går bedre.");
        assert!(matches!(check.takes, Takes::OneOf(words) if words.len() == 4));
        assert_eq!(
            check.hint.text,
            "Om det går bedre. Det kræves, at »Bedre« ikke er »Ja« eller »Planlagt« ikke er 0."
        );
    }
}
