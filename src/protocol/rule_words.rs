//! A rule as a sentence, for reviewers and messages.

use super::{Days, Language, Rule, Threshold};

impl Rule {
    /// The rule in words, items by their ids: `at least 80 % of [sessions_planned]` is said of `[sessions_attended]`.
    pub fn in_words(&self, language: Language) -> String {
        let says = Says(language);
        match self {
            Rule::AtLeast(threshold) => says.threshold(threshold, ["mindst", "at least"]),
            Rule::AtMost(threshold) => says.threshold(threshold, ["højst", "at most"]),
            Rule::Before(days) => says.days(days, ["før", "before"]),
            Rule::After(days) => says.days(days, ["efter", "after"]),
            Rule::WithinDays { item, days, of } => {
                let (within, of_day) = (says.word(["højst", "within"]), says.word(["dage fra", "days of"]));
                format!("[{item}] {within} {days} {of_day} [{of}]")
            }
            Rule::Equals { item, value } => format!("[{item}] = {}", says.value(value)),
            Rule::All(rules) => says.several(rules, ["og", "and"]),
            Rule::Any(rules) => says.several(rules, ["eller", "or"]),
            Rule::Not(rule) => format!("{} ({})", says.word(["ikke", "not"]), rule.in_words(language)),
        }
    }
}

struct Says(Language);

impl Says {
    fn word<'w>(&self, [danish, english]: [&'w str; 2]) -> &'w str {
        if self.0 == Language::Da { danish } else { english }
    }

    fn threshold(&self, Threshold { item, number, of }: &Threshold, words: [&str; 2]) -> String {
        let number = number.normalize().to_string();
        let number = if self.0 == Language::Da { number.replace('.', ",") } else { number };
        let limit = match of {
            Some(of) => format!("{number} % {} [{of}]", self.word(["af", "of"])),
            None => number,
        };
        format!("[{item}] {} {limit}", self.word(words))
    }

    fn days(&self, Days { item, of }: &Days, words: [&str; 2]) -> String {
        format!("[{item}] {} [{of}]", self.word(words))
    }

    fn several(&self, rules: &[Rule], words: [&str; 2]) -> String {
        let said = |rule: &Rule| match rule {
            Rule::All(_) | Rule::Any(_) => format!("({})", rule.in_words(self.0)),
            other => other.in_words(self.0),
        };
        let said: Vec<String> = rules.iter().map(said).collect();
        said.join(&format!(" {} ", self.word(words)))
    }

    /// Yes and no in the language; a choice by its id.
    fn value(&self, value: &str) -> String {
        match value {
            "yes" => self.word(["ja", "yes"]).to_owned(),
            "no" => self.word(["nej", "no"]).to_owned(),
            other => other.to_owned(),
        }
    }
}
