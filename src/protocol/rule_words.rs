//! A rule as the words of a sentence, for reviewers and messages.

use rust_decimal::Decimal;

use super::{Bilingual, Days, FIRST_ATTENDANCE, Item, ItemKind, Language, Rule, Threshold};

/// How rules are told: `»Træningsgange med fremmøde« er mindst 80 % af »Planlagte træningsgange«`, to be put behind *if* or *that*.
#[derive(Debug, Clone, Copy)]
pub struct RuleWords<'w> {
    /// The items of the codebook: what they and their choices are called on the form.
    pub items: &'w [Item],
    /// The language of the sentence.
    pub language: Language,
    /// The language of the form, whose names and answers are quoted.
    pub form: Language,
}

impl RuleWords<'_> {
    /// The rule in words.
    pub fn told(&self, rule: &Rule) -> String {
        match rule {
            Rule::AtLeast(threshold) => self.threshold(threshold, ["er mindst", "is at least"]),
            Rule::AtMost(threshold) => self.threshold(threshold, ["er højst", "is at most"]),
            Rule::Before(days) => self.days(days, ["ligger før", "is before"]),
            Rule::After(days) => self.days(days, ["ligger efter", "is after"]),
            Rule::WithinDays { item, days, of } => {
                self.apart(item, *days, of, ["ligger højst", "is at most"])
            }
            Rule::Equals { item, value } => self.equals(item, value, ["er", "is"]),
            Rule::All(rules) => self.several(rules, ["og", "and"], Self::told),
            Rule::Any(rules) => self.several(rules, ["eller", "or"], Self::told),
            Rule::Not(rule) => self.not_told(rule),
        }
    }

    /// The words for a rule that does not hold.
    fn not_told(&self, rule: &Rule) -> String {
        match rule {
            Rule::AtLeast(threshold) => self.threshold(threshold, ["er under", "is below"]),
            Rule::AtMost(threshold) => self.threshold(threshold, ["er over", "is above"]),
            Rule::Before(days) => self.days(days, ["ikke ligger før", "is not before"]),
            Rule::After(days) => self.days(days, ["ikke ligger efter", "is not after"]),
            Rule::WithinDays { item, days, of } => {
                self.apart(item, *days, of, ["ligger mere end", "is more than"])
            }
            Rule::Equals { item, value } => self.equals(item, value, ["ikke er", "is not"]),
            // Not all: one that does not hold is enough.
            Rule::All(rules) => self.several(rules, ["eller", "or"], Self::not_told),
            Rule::Any(rules) => self.several(rules, ["og", "and"], Self::not_told),
            Rule::Not(rule) => self.told(rule),
        }
    }

    fn word<'t>(&self, [danish, english]: [&'t str; 2]) -> &'t str {
        if self.language == Language::Da { danish } else { english }
    }

    fn quoted(&self, name: &str) -> String {
        let [open, close] = if self.language == Language::Da { ["»", "«"] } else { ["“", "”"] };
        format!("{open}{name}{close}")
    }

    fn on_form<'n>(&self, name: &'n Bilingual) -> &'n str {
        if self.form == Language::Da { &name.da } else { &name.en }
    }

    /// What an item is called on the form; with its id where another one has the same name.
    fn item(&self, id: &str) -> String {
        if id == FIRST_ATTENDANCE {
            return self
                .word([
                    "det første fremmøde (på opslagslisten)",
                    "the first attendance (on the look-up list)",
                ])
                .to_owned();
        }
        let Some(item) = self.items.iter().find(|item| item.id == id) else { return format!("[{id}]") };
        let name = self.on_form(&item.name);
        let is_shared = self.items.iter().filter(|other| self.on_form(&other.name) == name).count() > 1;
        self.quoted(&if is_shared { format!("{name} [{id}]") } else { name.to_owned() })
    }

    fn number(&self, number: Decimal) -> String {
        let number = number.normalize().to_string();
        if self.language == Language::Da { number.replace('.', ",") } else { number }
    }

    fn threshold(&self, Threshold { item, number, of }: &Threshold, words: [&str; 2]) -> String {
        let number = self.number(*number);
        let limit = match of {
            Some(of) => format!("{number} % {} {}", self.word(["af", "of"]), self.item(of)),
            None => number,
        };
        format!("{} {} {limit}", self.item(item), self.word(words))
    }

    fn days(&self, Days { item, of }: &Days, words: [&str; 2]) -> String {
        format!("{} {} {}", self.item(item), self.word(words), self.item(of))
    }

    fn apart(&self, item: &str, days: u32, of: &str, words: [&str; 2]) -> String {
        let unit = if days == 1 { ["dag fra", "day from"] } else { ["dage fra", "days from"] };
        format!("{} {} {days} {} {}", self.item(item), self.word(words), self.word(unit), self.item(of))
    }

    fn several(&self, rules: &[Rule], words: [&str; 2], tell: fn(&Self, &Rule) -> String) -> String {
        let said = |rule: &Rule| match rule {
            Rule::All(_) | Rule::Any(_) => format!("({})", tell(self, rule)),
            other => tell(self, other),
        };
        rules.iter().map(said).collect::<Vec<_>>().join(&format!(" {} ", self.word(words)))
    }

    fn equals(&self, item: &str, value: &str, words: [&str; 2]) -> String {
        format!("{} {} {}", self.item(item), self.word(words), self.value(item, value))
    }

    /// An answer as it stands on the form.
    fn value(&self, id: &str, value: &str) -> String {
        let kind = self.items.iter().find(|item| item.id == id).map(|item| &item.kind);
        match (kind, value) {
            (Some(ItemKind::Choice(choices)), id) => {
                let choice = choices.iter().find(|choice| choice.id == id);
                self.quoted(choice.map_or(id, |choice| self.on_form(&choice.name)))
            }
            (_, "yes") => self.quoted(if self.form == Language::Da { "Ja" } else { "Yes" }),
            (_, "no") => self.quoted(if self.form == Language::Da { "Nej" } else { "No" }),
            (_, other) => other.parse().map_or_else(|_| other.to_owned(), |number| self.number(number)),
        }
    }
}

#[cfg(test)]
mod tests;
