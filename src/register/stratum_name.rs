//! Which stratum a register's text means: a municipality by its code or by its name, in any spelling.
//!
//! `751`, `0751`, `Aarhus`, `Århus`, `AARHUS KOMMUNE`, `751 Aarhus` are one; so are `Ringkøbing-Skjern`,
//! `Ringkoebing Skjern` and `Ringkobing-Skjern`. Spellings that would mean two strata are reported when the matcher
//! is built, so that a lookup is never a guess.

use std::collections::HashMap;
use std::fmt;

use super::trimmed;
use crate::error::Finding;

/// No stratum has this code. Strata are at most a few hundred.
const NONE: u16 = u16::MAX;

/// How many raw texts are remembered: enough for every spelling in use, and no more for a wrong column.
const REMEMBERED: usize = 4096;

/// Finds the stratum that a text means.
#[derive(Clone)]
pub struct StratumNames {
    /// The stratum of each numeric code of up to four digits, so that the usual lookup is one load.
    by_code: Vec<u16>,
    by_folded: HashMap<String, u16>,
    seen: HashMap<Box<str>, Option<u16>>,
}

impl StratumNames {
    /// A matcher for strata in their order: code, name and further spellings of each.
    ///
    /// # Errors
    /// One finding for each spelling that means two strata.
    pub fn new<'a, S>(strata: impl IntoIterator<Item = (&'a str, &'a str, S)>) -> Result<Self, Vec<Finding>>
    where
        S: IntoIterator<Item = &'a str>,
    {
        let mut names =
            StratumNames { by_code: vec![NONE; 10_000], by_folded: HashMap::new(), seen: HashMap::new() };
        let mut findings = Vec::new();
        let mut labels = Vec::new();
        for (stratum, (code, name, spellings)) in (0u16..).zip(strata) {
            labels.push(name);
            for spelling in [code, name].into_iter().chain(spellings) {
                if let Some(other) = names.enter(spelling, stratum) {
                    findings.push(ambiguous(spelling, labels[usize::from(other)], name));
                }
            }
        }
        if findings.is_empty() { Ok(names) } else { Err(findings) }
    }

    /// The position of the stratum that a text means, or nothing.
    pub fn find(&mut self, text: &str) -> Option<usize> {
        if let Some(code) = numeric(trimmed(text)) {
            return Some(self.by_code[code]).filter(|&stratum| stratum != NONE).map(usize::from);
        }
        if let Some(&stratum) = self.seen.get(text) {
            return stratum.map(usize::from);
        }
        let stratum = self.unseen(text);
        if self.seen.len() < REMEMBERED {
            self.seen.insert(text.into(), stratum);
        }
        stratum.map(usize::from)
    }

    /// Enters a spelling; the stratum that has it already, if another one has.
    fn enter(&mut self, spelling: &str, stratum: u16) -> Option<u16> {
        let place = match numeric(spelling.trim()) {
            Some(code) => &mut self.by_code[code],
            None => self.by_folded.entry(folded(spelling)).or_insert(NONE),
        };
        let other = *place;
        *place = stratum;
        (other != NONE && other != stratum).then_some(other)
    }

    /// By its folded spelling, by a genitive (`Københavns Kommune`), or by code and name together (`751 Aarhus`).
    fn unseen(&self, text: &str) -> Option<u16> {
        let folded = folded(text);
        if let Some(&stratum) = self.by_folded.get(&folded) {
            return Some(stratum);
        }
        let genitive = folded.strip_suffix('s').filter(|_| text.to_lowercase().contains("kommune"));
        if let Some(&stratum) = genitive.and_then(|name| self.by_folded.get(name)) {
            return Some(stratum);
        }
        let letters = folded.trim_start_matches(|character: char| character.is_ascii_digit());
        let code = numeric(&folded[..folded.len() - letters.len()])?;
        let stratum = self.by_folded.get(letters)?;
        (self.by_code[code] == *stratum).then_some(*stratum)
    }
}

/// The number of spellings: the texts that were seen may come from a wrong column.
impl fmt::Debug for StratumNames {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "StratumNames with {} spellings", self.by_folded.len())
    }
}

/// A code of one to four digits, leading zeros allowed.
fn numeric(text: &str) -> Option<usize> {
    let digits = matches!(text.len(), 1..=4) && text.bytes().all(|byte| byte.is_ascii_digit());
    digits.then(|| text.bytes().fold(0, |code, digit| code * 10 + usize::from(digit - b'0')))
}

/// The letters and digits alone, in lower case, with one letter for each way of writing æ, ø and å, and
/// without the word "kommune".
fn folded(text: &str) -> String {
    let text = text.to_lowercase();
    let text = text.replace(['å', 'æ', 'ä'], "a").replace(['ø', 'ö'], "o");
    let words = text.split(|character: char| !character.is_alphanumeric() && character != '\u{30a}');
    let words: String = words.filter(|word| !matches!(*word, "kommune" | "kommunen")).collect();
    words.replace('\u{30a}', "").replace("aa", "a").replace("ae", "a").replace("oe", "o")
}

fn ambiguous(spelling: &str, first: &str, second: &str) -> Finding {
    Finding::error("stratum_spelling_ambiguous", format!("`{spelling}` means both `{first}` and `{second}`"))
        .because("each row of the register must belong to exactly one stratum")
        .remedy("give the strata different codes, names and spellings in study.toml")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names() -> StratumNames {
        let strata = [
            ("751", "Aarhus"),
            ("760", "Ringkøbing-Skjern"),
            ("741", "Samsø"),
            ("615", "Horsens"),
            ("101", "København"),
        ];
        StratumNames::new(
            strata
                .map(|(code, name)| (code, name, ["hovedstaden"].into_iter().filter(move |_| code == "101"))),
        )
        .unwrap()
    }

    #[test]
    fn every_spelling_of_a_municipality_means_its_stratum() {
        let spellings: [&[&str]; 5] = [
            &[
                "751",
                "0751",
                " 751 ",
                "Aarhus",
                "Århus",
                "aarhus",
                "ÅRHUS",
                "Aarhus Kommune",
                "751 Aarhus",
                "Aarhus kommune ",
                "A\u{30a}rhus",
                "0751 - Århus Kommune",
            ],
            &[
                "760",
                "Ringkøbing-Skjern",
                "Ringkobing Skjern",
                "RINGKOEBING-SKJERN",
                "Ringkøbing - Skjern Kommune",
            ],
            &["Samsø", "Samsoe", "samso", "SAMSÖ"],
            &["Horsens", "Horsens Kommune"],
            &["København", "Københavns Kommune", "Kobenhavn", "Hovedstaden"],
        ];
        let mut names = names();
        for (stratum, spellings) in spellings.iter().enumerate() {
            for text in *spellings {
                assert_eq!(names.find(text), Some(stratum), "{text}");
                assert_eq!(names.find(text), Some(stratum), "{text}, the second time");
            }
        }
    }

    #[test]
    fn what_means_no_stratum_finds_none() {
        let mut names = names();
        for text in [
            "",
            "  ",
            "7511",
            "999",
            "Aalborg",
            "Kommune",
            "760 Aarhus",
            "Horsen",
            "Københavns",
            "0",
            "00751",
        ] {
            assert_eq!(names.find(text), None, "{text}");
            assert_eq!(names.find(text), None, "{text}, the second time");
        }
    }

    #[test]
    fn a_spelling_of_two_strata_is_reported_when_the_matcher_is_built() {
        let findings = StratumNames::new([("1", "Aarhus", [].into_iter()), ("01", "Århus", [].into_iter())])
            .unwrap_err();
        assert_eq!(findings.len(), 2);
        insta::assert_snapshot!(findings[1], @"
        error: `Århus` means both `Aarhus` and `Århus`
          = why: each row of the register must belong to exactly one stratum

        help: give the strata different codes, names and spellings in study.toml
        ");
    }

    #[test]
    fn a_wrong_column_does_not_fill_the_memory() {
        let mut names = names();
        (0..10_000).for_each(|row| assert_eq!(names.find(&format!("person {row}")), None));
        assert_eq!(names.seen.len(), REMEMBERED);
        assert_eq!(names.find("Aarhus"), Some(0));
    }
}
