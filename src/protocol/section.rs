//! Reading `study.toml` table by table, with every problem at once.
//!
//! A [`Section`] is one table. Each key is asked for once, with the kind of value it should have; a wrong value is
//! noted with its line and the reading goes on. [`Section::finish`] names every key that nobody asked for, and the
//! nearest one that somebody did.

mod lists;

use std::cell::RefCell;
use std::ops::Range;

use jiff::civil::Date;
use rust_decimal::Decimal;
use serde::Serialize;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::syntax;
use crate::error::{Finding, Place};

/// The text of a protocol and what is wrong with it so far.
pub(super) struct Source<'t> {
    file: &'t str,
    text: &'t str,
    findings: RefCell<Vec<Finding>>,
}

impl<'t> Source<'t> {
    pub(super) fn new(file: &'t str, text: &'t str) -> Self {
        Source { file, text, findings: RefCell::default() }
    }

    /// What is wrong, in the order of the file.
    pub(super) fn findings(self) -> Vec<Finding> {
        let mut findings = self.findings.into_inner();
        findings.sort_by_key(|finding| finding.place.line);
        findings
    }

    pub(super) fn note(&self, finding: Finding, key: &str, span: Option<Range<usize>>) {
        let line = span.map(|span| self.line(span.start));
        self.findings.borrow_mut().push(finding.at(Place::file(self.file).key(key, line)));
    }

    /// Faults of the syntax, which have a line but no key. What follows upon the first is mostly its consequence: a bracket that
    /// is not closed takes the next lines with it.
    pub(super) fn note_syntax(&self, faults: &[toml::de::Error]) {
        let start = |fault: &&toml::de::Error| fault.span().map_or(0, |span| span.start);
        let Some(first) = faults.iter().min_by_key(start) else { return };
        self.note_first_fault(first);
    }

    fn note_first_fault(&self, fault: &toml::de::Error) {
        let what = format!("this is not TOML: {}", fault.message().replace('\n', ", "));
        let mut place = Place::file(self.file);
        place.line = fault.span().map(|span| self.line(span.start));
        let line = place.line.and_then(|line| self.text.lines().nth(line as usize - 1)).unwrap_or_default();
        let remedy = syntax::remedy(fault.message(), line);
        self.findings.borrow_mut().push(Finding::error("not_toml", what).at(place).remedy(remedy));
    }

    fn line(&self, byte: usize) -> u64 {
        1 + self.text[..byte].bytes().filter(|&byte| byte == b'\n').count() as u64
    }
}

/// One table of the protocol.
pub(super) struct Section<'s, 't> {
    source: &'s Source<'t>,
    path: String,
    table: &'s DeTable<'t>,
    span: Range<usize>,
    asked: RefCell<Vec<&'static str>>,
}

/// A text in Danish and in English.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Bilingual {
    /// Danish.
    pub da: String,
    /// English.
    pub en: String,
}

impl<'s, 't> Section<'s, 't> {
    pub(super) fn root(source: &'s Source<'t>, table: &'s Spanned<DeTable<'t>>) -> Self {
        Section {
            source,
            path: String::new(),
            table: table.get_ref(),
            span: table.span(),
            asked: RefCell::default(),
        }
    }

    /// The path of a key of this table, as messages name it.
    pub(super) fn path_of(&self, key: &str) -> String {
        if self.path.is_empty() { key.to_owned() } else { format!("{}.{key}", self.path) }
    }

    /// Notes an error at a key of this table (or at the table, when the key is absent).
    pub(super) fn wrong(&self, key: &str, finding: Finding) {
        let span = self.table.get(key).map_or(self.span.clone(), Spanned::span);
        self.source.note(finding, &self.path_of(key), Some(span));
    }

    /// The path of this table itself.
    pub(super) fn path(&self) -> &str {
        &self.path
    }

    /// Notes an error at this table as a whole.
    pub(super) fn wrong_here(&self, finding: Finding) {
        self.source.note(finding, &self.path, Some(self.span.clone()));
    }

    fn value(&self, key: &'static str) -> Option<&'s Spanned<DeValue<'t>>> {
        self.asked.borrow_mut().push(key);
        self.table.get(key)
    }

    fn wrong_type(&self, key: &str, value: &DeValue<'_>, expected: &str) {
        let what = format!("`{}` is {}, expected {expected}", self.path_of(key), described(value));
        self.wrong(key, Finding::error("wrong_type", what));
    }

    /// Notes that a required key is absent.
    pub(super) fn required<T>(&self, key: &'static str, value: Option<T>) -> Option<T> {
        if value.is_none() && !self.table.contains_key(key) {
            let what = format!("`{}` is missing", self.path_of(key));
            self.wrong(key, Finding::error("missing_key", what).remedy(format!("add `{key} = …`")));
        }
        value
    }

    /// Notes that a required table is absent.
    pub(super) fn required_table<T>(&self, key: &'static str, value: Option<T>) -> Option<T> {
        if value.is_none() && !self.table.contains_key(key) {
            let path = self.path_of(key);
            let finding = Finding::error("missing_key", format!("the table [{path}] is missing"));
            self.wrong(key, finding.remedy(format!("add [{path}] with its keys")));
        }
        value
    }

    /// Whether the table holds the key at all.
    pub(super) fn has(&self, key: &str) -> bool {
        self.table.contains_key(key)
    }

    pub(super) fn text(&self, key: &'static str) -> Option<String> {
        let value = self.value(key)?.get_ref();
        let text = value.as_str().map(str::to_owned);
        if text.is_none() {
            self.wrong_type(key, value, "a text in quotes");
        }
        text
    }

    pub(super) fn flag(&self, key: &'static str) -> Option<bool> {
        let value = self.value(key)?.get_ref();
        let flag = value.as_bool();
        if flag.is_none() {
            self.wrong_type(key, value, "true or false");
        }
        flag
    }

    /// A whole number of zero or more.
    pub(super) fn count(&self, key: &'static str) -> Option<u64> {
        self.count_as(key, "a whole number of 0 or more")
    }

    /// The same, with what is told of any other value.
    pub(super) fn count_as(&self, key: &'static str, expected: &str) -> Option<u64> {
        let value = self.value(key)?.get_ref();
        let count =
            value.as_integer().and_then(|digits| u64::from_str_radix(digits.as_str(), digits.radix()).ok());
        if count.is_none() {
            self.wrong_type(key, value, expected);
        }
        count
    }

    /// A number as it is written, so that 0.95 stays a decimal.
    pub(super) fn decimal(&self, key: &'static str) -> Option<String> {
        let value = self.value(key)?.get_ref();
        match value {
            DeValue::Float(digits) => Some(digits.as_str().to_owned()),
            DeValue::Integer(digits) => Some(digits.as_str().to_owned()),
            other => {
                self.wrong_type(key, other, "a number with a decimal point");
                None
            }
        }
    }

    /// An exact decimal number.
    pub(super) fn exact(&self, key: &'static str) -> Option<Decimal> {
        let text = self.decimal(key)?.replace('_', "");
        let number = text.parse().or_else(|_| Decimal::from_scientific(&text));
        if number.is_err() {
            let what = format!("`{}` is {text}, expected a number of at most 28 digits", self.path_of(key));
            self.wrong(key, Finding::error("wrong_number", what));
        }
        number.ok()
    }

    /// A text, or a number as it is written.
    pub(super) fn word_or_number(&self, key: &'static str) -> Option<String> {
        let value = self.value(key)?.get_ref();
        match value {
            DeValue::String(text) => Some(text.to_string()),
            DeValue::Float(digits) => Some(digits.as_str().to_owned()),
            DeValue::Integer(digits) => Some(digits.as_str().to_owned()),
            other => {
                self.wrong_type(key, other, "a text in quotes or a number");
                None
            }
        }
    }

    /// A date, bare (`2021-03-05`) or in quotes.
    pub(super) fn date(&self, key: &'static str) -> Option<Date> {
        let value = self.value(key)?.get_ref();
        let written = match value {
            DeValue::Datetime(date) => date.to_string(),
            DeValue::String(text) => text.to_string(),
            _ => String::new(),
        };
        let date = written.parse().ok();
        if date.is_none() {
            self.wrong_type(key, value, "a date such as 2021-03-05");
        }
        date
    }

    /// One of a fixed set of words.
    pub(super) fn choice<T: Copy>(&self, key: &'static str, choices: &[(&str, T)]) -> Option<T> {
        let written = self.text(key)?;
        let found = choices.iter().find(|(word, _)| *word == written).map(|(_, choice)| *choice);
        if found.is_none() {
            self.wrong_choice(key, &written, &choices.iter().map(|(word, _)| *word).collect::<Vec<_>>());
        }
        found
    }

    /// Notes that a word is not one of those allowed.
    pub(super) fn wrong_choice(&self, key: &str, written: &str, words: &[&str]) {
        let allowed: Vec<String> = words.iter().map(|word| format!("`{word}`")).collect();
        let what = format!("`{}` is `{written}`, expected one of {}", self.path_of(key), allowed.join(", "));
        let finding = Finding::error("unknown_word", what);
        self.wrong(
            key,
            match nearest(written, words.iter().copied()) {
                Some(word) => finding.remedy(format!("did you mean `{word}`?")),
                None => finding,
            },
        );
    }

    /// A text in both languages: `{ da = "…", en = "…" }`, or one text for both.
    pub(super) fn bilingual(&self, key: &'static str) -> Option<Bilingual> {
        let value = self.value(key)?;
        self.bilingual_of(key, value)
    }

    fn bilingual_of(&self, key: &str, value: &'s Spanned<DeValue<'t>>) -> Option<Bilingual> {
        if let Some(text) = value.get_ref().as_str() {
            return Some(Bilingual { da: text.to_owned(), en: text.to_owned() });
        }
        if value.get_ref().as_table().is_none() {
            self.wrong_type(
                key,
                value.get_ref(),
                "a text, or one in each language as { da = \"…\", en = \"…\" }",
            );
            return None;
        }
        let section = self.table_section(key, value)?;
        let da = section.required("da", section.text("da"));
        let en = section.required("en", section.text("en"));
        section.finish();
        Some(Bilingual { da: da?, en: en? })
    }

    /// A table within this one, if it is there.
    pub(super) fn section(&self, key: &'static str) -> Option<Section<'s, 't>> {
        let value = self.value(key)?;
        self.table_section(key, value)
    }

    /// A list of tables, `[[key]]`; none when the key is absent.
    pub(super) fn sections(&self, key: &'static str) -> Vec<Section<'s, 't>> {
        let Some(value) = self.value(key) else { return Vec::new() };
        let Some(array) = value.get_ref().as_array() else {
            self.wrong_type(key, value.get_ref(), &format!("a list of tables, [[{}]]", self.path_of(key)));
            return Vec::new();
        };
        array.iter().filter_map(|item| self.table_section(key, item)).collect()
    }

    /// All tables within this one, whatever their names, in the order of the file.
    pub(super) fn named_sections(&self) -> Vec<(String, Section<'s, 't>)> {
        let named = |(name, value): (&Spanned<std::borrow::Cow<'t, str>>, &'s Spanned<DeValue<'t>>)| {
            Some((name.get_ref().to_string(), self.table_section(name.get_ref(), value)?))
        };
        self.table.iter().filter_map(named).collect()
    }

    /// All texts of this table, whatever their keys, in the order of the file.
    pub(super) fn named_texts(&self) -> Vec<(String, String)> {
        let mut texts = Vec::new();
        for (name, value) in self.table {
            match value.get_ref().as_str() {
                Some(text) => texts.push((name.get_ref().to_string(), text.to_owned())),
                None => self.wrong_type(name.get_ref(), value.get_ref(), "a text in quotes"),
            }
        }
        texts
    }

    /// All texts of this table in both languages, whatever their keys, in the order of the file.
    pub(super) fn named_bilinguals(&self) -> Vec<(String, Option<Bilingual>)> {
        let named = |(name, value): (&Spanned<std::borrow::Cow<'t, str>>, &'s Spanned<DeValue<'t>>)| {
            (name.get_ref().to_string(), self.bilingual_of(name.get_ref(), value))
        };
        self.table.iter().map(named).collect()
    }

    fn table_section(&self, key: &str, value: &'s Spanned<DeValue<'t>>) -> Option<Section<'s, 't>> {
        let Some(table) = value.get_ref().as_table() else {
            self.wrong_type(key, value.get_ref(), "a table");
            return None;
        };
        let path = self.path_of(key);
        Some(Section { source: self.source, path, table, span: value.span(), asked: RefCell::default() })
    }

    /// Names every key that was not asked for.
    pub(super) fn finish(&self) {
        let asked = self.asked.borrow();
        for key in self.table.keys() {
            let name = key.get_ref().as_ref();
            if !asked.contains(&name) {
                let finding = unknown_key(&self.path_of(name), nearest(name, asked.iter().copied()), &asked);
                self.source.note(finding, &self.path_of(name), Some(key.span()));
            }
        }
    }
}

fn unknown_key(path: &str, nearest: Option<&str>, asked: &[&str]) -> Finding {
    let finding = Finding::error("unknown_key", format!("`{path}` is not a key of the protocol"))
        .because("a misspelt key would silently leave its default in force");
    match nearest {
        Some(name) => finding.remedy(format!("did you mean `{name}`?")),
        None => finding.remedy(format!("remove it; the keys of this table are {}", asked.join(", "))),
    }
}

/// In words of fewer letters no slip is recognised.
const SHORT: usize = 3;

/// The word most like a misspelt one, unless none is like it.
pub(crate) fn nearest<'a>(written: &str, words: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let lower = written.to_lowercase();
    // One slip in four letters: with more, a municipality of seven letters would be like half of the others.
    // One letter more or less makes any two short words alike.
    let letters = written.chars().count();
    let most = if letters < SHORT { 0 } else { letters.div_ceil(4) };
    let distance = |word: &str| strsim::damerau_levenshtein(&lower, &word.to_lowercase());
    words
        .into_iter()
        .map(|word| (distance(word), word))
        .filter(|(steps, _)| *steps <= most)
        .min()
        .map(|(_, word)| word)
}

fn described(value: &DeValue<'_>) -> String {
    match value {
        DeValue::String(text) => format!("the text \"{text}\""),
        DeValue::Integer(digits) => format!("the number {}", digits.as_str()),
        DeValue::Float(digits) => format!("the number {}", digits.as_str()),
        DeValue::Boolean(flag) => format!("{flag}"),
        DeValue::Datetime(date) => format!("the date {date}"),
        DeValue::Array(_) => "a list".to_owned(),
        DeValue::Table(_) => "a table".to_owned(),
    }
}
