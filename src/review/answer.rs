//! What a reviewer can answer, in both languages.

use crate::protocol::Language;

/// Whether there was a chart to read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ChartStatus {
    /// The chart was found and read.
    Found,
    /// There is no such chart.
    NotFound,
    /// There is one, but nobody may open it.
    NoAccess,
    /// The chart belongs to somebody else.
    WrongPerson,
}

/// What the chart says of one indicator.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Answer {
    /// Yes.
    Yes,
    /// No.
    No,
    /// The question does not apply to the patient.
    NotRelevant,
    /// The chart says nothing about it.
    NotDocumented,
}

/// Stable word, Danish, English.
type Words = (&'static str, &'static str, &'static str);

impl ChartStatus {
    /// All of them, in the order of forms.
    pub const ALL: [ChartStatus; 4] =
        [ChartStatus::Found, ChartStatus::NotFound, ChartStatus::NoAccess, ChartStatus::WrongPerson];

    fn words(self) -> Words {
        match self {
            ChartStatus::Found => ("found", "Fundet", "Found"),
            ChartStatus::NotFound => ("not_found", "Ikke fundet", "Not found"),
            ChartStatus::NoAccess => ("no_access", "Ingen adgang", "No access"),
            ChartStatus::WrongPerson => ("wrong_person", "Forkert person", "Wrong person"),
        }
    }

    /// The stable word for files.
    pub fn name(self) -> &'static str {
        self.words().0
    }

    /// The word on the form.
    pub fn word(self, language: Language) -> &'static str {
        in_language(self.words(), language)
    }

    /// The word on the form, with what it means where that is not plain: `Ingen adgang (der er en, …)`.
    pub fn explained(self, language: Language) -> String {
        let [danish, english] = match self {
            ChartStatus::Found => return self.word(language).to_owned(),
            ChartStatus::NotFound => ["der findes ingen journal", "there is no chart"],
            ChartStatus::NoAccess => [
                "der er en, men den kan eller må ikke åbnes",
                "there is one, but it cannot or may not be opened",
            ],
            ChartStatus::WrongPerson => {
                ["journalen tilhører en anden person", "the chart belongs to somebody else"]
            }
        };
        let meaning = in_language((self.name(), danish, english), language);
        format!("{} ({meaning})", self.word(language))
    }

    /// Reads any of its words.
    pub fn read(text: &str) -> Option<Self> {
        let text = folded(text);
        ChartStatus::ALL.into_iter().find(|status| is_word(&text, status.words(), &[]))
    }
}

impl Answer {
    /// All of them, in the order of forms.
    pub const ALL: [Answer; 4] = [Answer::Yes, Answer::No, Answer::NotRelevant, Answer::NotDocumented];

    fn words(self) -> Words {
        match self {
            Answer::Yes => ("yes", "Ja", "Yes"),
            Answer::No => ("no", "Nej", "No"),
            Answer::NotRelevant => ("not_relevant", "Ikke relevant", "Not relevant"),
            Answer::NotDocumented => ("not_documented", "Ikke dokumenteret", "Not documented"),
        }
    }

    /// The short ways to write it, in either language.
    fn letters(self) -> &'static [&'static str] {
        match self {
            Answer::Yes => &["j", "y"],
            Answer::No => &["n"],
            Answer::NotRelevant => &["ir", "nr"],
            Answer::NotDocumented => &["id", "nd"],
        }
    }

    /// The short way to write it that the form of a language tells of.
    pub fn abbreviation(self, language: Language) -> &'static str {
        let [danish, english] = match self {
            Answer::Yes => ["J", "Y"],
            Answer::No => ["N", "N"],
            Answer::NotRelevant => ["IR", "NR"],
            Answer::NotDocumented => ["ID", "ND"],
        };
        in_language((self.name(), danish, english), language)
    }

    /// The stable word for files.
    pub fn name(self) -> &'static str {
        self.words().0
    }

    /// The word on the form.
    pub fn word(self, language: Language) -> &'static str {
        in_language(self.words(), language)
    }

    /// Reads any of its words, or the letters people use for them. An empty cell is no answer.
    ///
    /// ```
    /// use hjertekommidt::review::Answer;
    /// assert_eq!(Answer::read(" ikke relevant "), Some(Answer::NotRelevant));
    /// assert_eq!(Answer::read(""), None);
    /// ```
    pub fn read(text: &str) -> Option<Self> {
        // Most cells that are no answer hold a number or a day: a codebook of 200 items asks this of every cell.
        if text.starts_with(|c: char| c.is_ascii_digit()) {
            return None;
        }
        let text = folded(text);
        Answer::ALL.into_iter().find(|answer| is_word(&text, answer.words(), answer.letters()))
    }
}

fn in_language(words: Words, language: Language) -> &'static str {
    match language {
        Language::Da => words.1,
        Language::En => words.2,
    }
}

/// Whether two texts are the same but for blanks and the size of letters.
pub(super) fn is_same_text(one: &str, other: &str) -> bool {
    one == other || folded(one) == folded(other)
}

/// A text with single blanks, in small letters.
fn folded(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !folded.is_empty() {
            folded.push(' ');
        }
        folded.extend(word.chars().flat_map(char::to_lowercase));
    }
    folded
}

fn is_word(folded: &str, (stable, danish, english): Words, letters: &[&str]) -> bool {
    // The words are ASCII.
    let named = [stable, danish, english].iter().any(|word| folded.eq_ignore_ascii_case(word));
    named || letters.contains(&folded)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_of_both_languages_is_read_back() {
        for answer in Answer::ALL {
            for language in [Language::Da, Language::En] {
                for word in [answer.name(), answer.word(language), answer.abbreviation(language)] {
                    assert_eq!(Answer::read(&format!(" {} ", word.to_uppercase())), Some(answer));
                }
            }
        }
        for status in ChartStatus::ALL {
            for word in [status.name(), status.word(Language::Da), status.word(Language::En)] {
                assert_eq!(ChartStatus::read(word), Some(status));
            }
        }
    }

    /// A course that the register should not hold has a chart: what it says is an answer, and nobody's missing record.
    #[test]
    fn the_forms_say_what_keeps_a_chart_from_being_read() {
        let told = ChartStatus::ALL.map(|status| status.explained(Language::En));
        assert_eq!(told[0], "Found");
        assert_eq!(told[1], "Not found (there is no chart)");
        assert_eq!(told[3], "Wrong person (the chart belongs to somebody else)");
    }

    #[test]
    fn anything_else_is_no_answer() {
        for text in ["", "maybe", "1", "0", "8", "x", "jа"] {
            assert_eq!(Answer::read(text), None, "{text}");
        }
    }
}
