//! Sentences with their numbers, lists and citations, in one of two languages.

use jiff::civil::Date;

use crate::protocol::{Bilingual, Grouping, Protocol};
use crate::report::{Provenance, Results, Style};

/// A text in the making, and what it has cited so far.
pub(in crate::report) struct Prose<'a> {
    pub(in crate::report) results: &'a Results,
    pub(in crate::report) protocol: &'a Protocol,
    pub(in crate::report) provenance: &'a Provenance,
    pub(in crate::report) style: Style,
    cited: Vec<&'static str>,
}

impl<'a> Prose<'a> {
    pub(in crate::report) fn new(
        results: &'a Results,
        protocol: &'a Protocol,
        provenance: &'a Provenance,
        style: Style,
    ) -> Self {
        Prose { results, protocol, provenance, style, cited: Vec::new() }
    }

    /// The papers cited, in the order of their numbers.
    pub(super) fn cited(self) -> Vec<&'static str> {
        self.cited
    }

    /// The numbers of papers in brackets, after a blank: ` [1, 4]`.
    pub(super) fn cite(&mut self, papers: &[&'static str]) -> String {
        let number = |paper: &&'static str| {
            let known = self.cited.iter().position(|one| one == paper);
            let place = known.unwrap_or_else(|| {
                self.cited.push(paper);
                self.cited.len() - 1
            });
            (place + 1).to_string()
        };
        let numbers: Vec<String> = papers.iter().map(number).collect();
        format!(" [{}]", numbers.join(", "))
    }

    /// One of two texts, Danish first.
    pub(in crate::report) fn says(&self, texts: [&str; 2]) -> String {
        self.style.says(texts).to_owned()
    }

    /// `a, b and c`
    pub(super) fn all(&self, parts: &[String]) -> String {
        list(parts, self.style.says(["og", "and"]))
    }

    /// `a, b or c`
    pub(super) fn any(&self, parts: &[String]) -> String {
        list(parts, self.style.says(["eller", "or"]))
    }

    /// The names of indicators as they stand within a sentence, each with the sentence's conjunction.
    pub(super) fn names<'n>(&self, names: impl IntoIterator<Item = &'n Bilingual>) -> String {
        let names: Vec<String> = names.into_iter().map(|name| within(self.style.of(name))).collect();
        self.all(&names)
    }

    /// `19 municipalities`
    pub(super) fn strata(&self) -> String {
        let count = self.protocol.strata.count() as u64;
        let name = &self.protocol.strata.name;
        let number = number_word(count, self.style);
        if count == 1 {
            return self.style.says([format!("ét stratum ({})", name.da), format!("one {}", name.en)]);
        }
        let danish = danish_plural(&name.da)
            .map_or_else(|| format!("{number} strata ({})", name.da), |plural| format!("{number} {plural}"));
        self.style.says([danish, format!("{number} {}", self.protocol.strata.plural())])
    }

    /// The same at the beginning of a sentence.
    pub(in crate::report) fn strata_first(&self) -> String {
        capital(&self.strata())
    }

    /// The word for a stratum.
    pub(in crate::report) fn stratum(&self) -> &'a str {
        self.style.of(&self.protocol.strata.name)
    }

    /// The word for one part of a grouping.
    pub(in crate::report) fn grouping(&self, grouping: Grouping) -> String {
        match grouping {
            Grouping::Stratum => self.stratum().to_owned(),
            Grouping::Cluster => self.says(["klynge", "cluster"]),
            Grouping::Age => self.says(["alder", "age"]),
            Grouping::Sex => self.says(["køn", "sex"]),
            Grouping::Year => self.says(["år", "year"]),
        }
    }

    /// `1 January 2020`
    pub(super) fn date(&self, date: Date) -> String {
        let month = MONTHS[usize::from(date.month().unsigned_abs()) - 1];
        let (day, year) = (date.day(), date.year());
        self.style.says([format!("{day}. {} {year}", month[0]), format!("{day} {} {year}", month[1])])
    }

    /// Sentences as one paragraph. The per cent sign stands after a blank that does not break, as in the tables.
    pub(in crate::report) fn paragraph(&self, sentences: &[String]) -> String {
        let kept: Vec<&str> = sentences.iter().map(|one| one.trim()).filter(|one| !one.is_empty()).collect();
        let text = kept.join(" ").replace(" %", "\u{a0}%");
        text.replace("(n = ", "(n\u{a0}=\u{a0}")
    }
}

const MONTHS: [[&str; 2]; 12] = [
    ["januar", "January"],
    ["februar", "February"],
    ["marts", "March"],
    ["april", "April"],
    ["maj", "May"],
    ["juni", "June"],
    ["juli", "July"],
    ["august", "August"],
    ["september", "September"],
    ["oktober", "October"],
    ["november", "November"],
    ["december", "December"],
];

/// Small numbers are words within a sentence. One has a gender in Danish, and is left to the sentence.
pub(in crate::report) fn number_word(number: u64, style: Style) -> String {
    const WORDS: [[&str; 2]; 8] = [
        ["to", "two"],
        ["tre", "three"],
        ["fire", "four"],
        ["fem", "five"],
        ["seks", "six"],
        ["syv", "seven"],
        ["otte", "eight"],
        ["ni", "nine"],
    ];
    let word = number.checked_sub(2).and_then(|place| WORDS.get(usize::try_from(place).ok()?));
    word.map_or_else(|| style.count(number), |word| style.says(*word).to_owned())
}

/// `a, b and c`
pub(in crate::report) fn list(parts: &[String], and: &str) -> String {
    match parts {
        [] => String::new(),
        [one] => one.clone(),
        [rest @ .., last] => format!("{} {and} {last}", rest.join(", ")),
    }
}

/// A name within a sentence begins small, unless it is an abbreviation.
pub(super) fn within(name: &str) -> String {
    let mut letters = name.chars();
    match (letters.next(), letters.next()) {
        (Some(first), Some(second)) if second.is_lowercase() => {
            first.to_lowercase().chain(name.chars().skip(1)).collect()
        }
        _ => name.to_owned(),
    }
}

/// A sentence begins with a capital.
pub(super) fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// Danish plurals follow no rule; of other words the study says *strata*.
fn danish_plural(name: &str) -> Option<&'static str> {
    Some(match name {
        "kommune" => "kommuner",
        "region" => "regioner",
        "hospital" => "hospitaler",
        "sygehus" => "sygehuse",
        "afdeling" => "afdelinger",
        "klinik" => "klinikker",
        "center" => "centre",
        "sted" => "steder",
        "stratum" => "strata",
        _ => return None,
    })
}
