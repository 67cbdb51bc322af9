//! Values of the codebook as they are told: texts in quotes, rules as sentences, lists with commas.

use serde_json::Value;

use crate::protocol::{Item, Language, ReportRules, Rule, RuleWords};
use crate::study::setting_words::decimal_commas;

/// What a word of study.toml says, in Danish and English.
const VALUES: [(&str, &str, [&str; 2]); 9] = [
    ("sampled", "all", ["alle", "all"]),
    (
        "sampled",
        "register_yes",
        ["kun dem, som registeret siger ja til", "those alone that the register calls yes"],
    ),
    ("not_documented", "no", ["tæller som nej", "counts as no"]),
    ("not_documented", "missing", ["uden for tabellen", "outside the table"]),
    ("register_", "no", ["tæller som nej", "counts as no"]),
    ("register_", "exclude", ["uden for tabellen", "outside the table"]),
    ("derived.not_", "no", ["gør svaret til nej", "make the answer no"]),
    ("derived.not_documented", "kept", ["gør svaret ikke dokumenteret", "make the answer not documented"]),
    ("derived.not_relevant", "kept", ["gør svaret ikke relevant", "make the answer not relevant"]),
];

/// How the codebook is told.
#[derive(Clone, Copy)]
pub(super) struct Words<'w> {
    /// The raw items, which rules are about.
    pub(super) items: &'w [Item],
    pub(super) language: Language,
    pub(super) report: ReportRules,
}

impl Words<'_> {
    /// The one of two that is in this language.
    pub(super) fn of<T>(self, [danish, english]: [T; 2]) -> T {
        if self.language == Language::Da { danish } else { english }
    }

    pub(super) fn other(self) -> Self {
        Words { language: self.of([Language::En, Language::Da]), ..self }
    }

    pub(super) fn quoted(self, text: &str) -> String {
        let [open, close] = self.of([["»", "«"], ["“", "”"]]);
        format!("{open}{text}{close}")
    }

    /// A text of study.toml in this language.
    pub(super) fn text(self, stored: &Value) -> String {
        let text = stored.get(self.of(["da", "en"])).unwrap_or(stored);
        text.as_str().unwrap_or_default().to_owned()
    }

    /// The value of a key; a text in this language, everything else in that of the sentence.
    pub(super) fn value(self, key: &str, value: &Value, sentence: Self) -> String {
        match (key, value) {
            (_, Value::Null) => sentence.of(["ingen", "none"]).to_owned(),
            (_, Value::Bool(is)) => sentence.of(if *is { ["ja", "yes"] } else { ["nej", "no"] }).to_owned(),
            ("kind", kind) => sentence.kind(kind),
            (_, Value::String(word)) => sentence.word(key, word),
            (_, Value::Array(words)) => sentence.list(words),
            (_, text) if text.get("da").is_some() => sentence.quoted(&self.text(text)),
            (_, rule) => sentence.rule(rule),
        }
    }

    fn word(self, key: &str, word: &str) -> String {
        let known = VALUES.iter().find(|(of, known, _)| key.starts_with(of) && *known == word);
        match (known, key) {
            (Some((.., words)), _) => self.of(*words).to_owned(),
            (None, "from" | "until") => word.to_owned(),
            (None, _) => self.quoted(word),
        }
    }

    fn list(self, words: &[Value]) -> String {
        let word = |word: &Value| match word.as_str() {
            Some("") => self.of(["en tom celle", "an empty cell"]).to_owned(),
            word => self.quoted(word.unwrap_or_default()),
        };
        match words {
            [] => self.of(["ingen", "none"]).to_owned(),
            words => words.iter().map(word).collect::<Vec<_>>().join(", "),
        }
    }

    /// `a whole number from 0 to 40`
    fn kind(self, kind: &Value) -> String {
        let plain = match kind.as_str() {
            Some("yes_no") => ["ja eller nej", "yes or no"],
            Some("date") => ["en dag", "a day"],
            Some(_) => ["en tekst", "a text"],
            None if kind.get("choice").is_some() => return self.choices(&kind["choice"]),
            None if kind.get("whole").is_some() => ["et helt tal", "a whole number"],
            None => ["et tal", "a number"],
        };
        let range = kind.as_object().and_then(|kind| kind.values().next());
        let limit = |key: &str, words| {
            let number = range?.get(key)?.as_str()?;
            Some(format!(" {} {}", self.of(words), self.number(number)))
        };
        let [from, to] = [limit("min", ["fra", "from"]), limit("max", ["til", "to"])];
        format!("{}{}{}", self.of(plain), from.unwrap_or_default(), to.unwrap_or_default())
    }

    fn choices(self, choices: &Value) -> String {
        let names = choices.as_array().into_iter().flatten();
        let names: Vec<String> = names.map(|choice| self.quoted(&self.text(&choice["name"]))).collect();
        format!("{} {}", self.of(["en af", "one of"]), names.join(", "))
    }

    fn number(self, number: &str) -> String {
        let is_own = self.language == self.report.language;
        let comma = if is_own { self.report.decimal_comma } else { self.language == Language::Da };
        if comma { decimal_commas(number) } else { number.to_owned() }
    }

    /// A rule as a sentence; one that cannot be read, of an older version perhaps, is not shown.
    fn rule(self, stored: &Value) -> String {
        let words = RuleWords { items: self.items, language: self.language, form: self.language };
        let rule = serde_json::from_value::<Rule>(stored.clone());
        rule.map_or_else(|_| self.of(["en anden regel", "another rule"]).to_owned(), |rule| words.told(&rule))
    }
}
