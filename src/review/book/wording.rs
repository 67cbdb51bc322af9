//! Words in one of the two languages, and texts cut to what a spreadsheet has room for.

use super::super::Answer;
use super::{Note, Page};
use crate::protocol::{Bilingual, ItemKind, Language, Range};

/// What a spreadsheet has room for in a small window, in UTF-16 units.
const LONGEST_TITLE: usize = 32;
pub(super) const LONGEST_NOTE: usize = 255;
/// The same for what is told of a wrong entry.
pub(super) const LONGEST_FAULT: usize = 225;

/// The word of the language, from the Danish and the English one.
pub(super) fn pick<W>(language: Language, [danish, english]: [W; 2]) -> W {
    match language {
        Language::Da => danish,
        Language::En => english,
    }
}

pub(super) fn name(language: Language, both: &Bilingual) -> &str {
    pick(language, [&both.da, &both.en])
}

/// *Not relevant* and *not documented*.
const UNTOLD: [Answer; 2] = [Answer::NotRelevant, Answer::NotDocumented];

/// What can always be answered instead: `Ikke relevant`, `Ikke dokumenteret`.
pub(super) fn untold(language: Language) -> [&'static str; 2] {
    UNTOLD.map(|answer| answer.word(language))
}

/// The same with the short ways to write them: `Ikke relevant`, `IR`, `Ikke dokumenteret`, `ID`.
pub(super) fn untold_spellings(language: Language) -> Vec<String> {
    let spellings =
        |answer: Answer| [answer.word(language), answer.abbreviation(language)].map(str::to_owned);
    UNTOLD.into_iter().flat_map(spellings).collect()
}

/// `Ikke relevant (IR)` and `Ikke dokumenteret (ID)`, between two words.
pub(super) fn untold_or(language: Language) -> String {
    let told = |answer: Answer| format!("{} ({})", answer.word(language), answer.abbreviation(language));
    UNTOLD.map(told).join(pick(language, [" eller ", " or "]))
}

/// What an answer can be, without the words that every item takes: `et helt tal mellem 0 og 100`.
pub(super) fn kind_told(kind: &ItemKind, language: Language) -> String {
    let fixed = |words: [&str; 2]| pick(language, words).to_owned();
    match kind {
        ItemKind::YesNo => [Answer::Yes, Answer::No].map(|answer| answer.word(language)).join(" / "),
        ItemKind::Choice(choices) => {
            choices.iter().map(|choice| name(language, &choice.name)).collect::<Vec<_>>().join(" / ")
        }
        ItemKind::Whole(range) => fixed(["et helt tal", "a whole number"]) + &range_told(range, language),
        ItemKind::Decimal(range) => fixed(["et tal", "a number"]) + &range_told(range, language),
        ItemKind::Date => fixed([
            "en dato fra 1990 til i dag, fx 05-03-2026",
            "a date from 1990 to today, such as 2026-03-05",
        ]),
        ItemKind::Text => fixed(["en tekst", "a text"]),
    }
}

fn range_told(range: &Range, language: Language) -> String {
    let number = |number: rust_decimal::Decimal| {
        let text = number.normalize().to_string();
        pick(language, [text.replace('.', ","), text])
    };
    match (range.min.map(number), range.max.map(number)) {
        (Some(min), Some(max)) => {
            format!(" {} {min} {} {max}", pick(language, ["fra", "from"]), pick(language, ["til", "to"]))
        }
        (Some(min), None) => format!(" {} {min}", pick(language, ["på mindst", "of at least"])),
        (None, Some(max)) => format!(" {} {max}", pick(language, ["på højst", "of at most"])),
        (None, None) => String::new(),
    }
}

/// A note whose title and text fit; what is cut stands on the sheet of definitions.
pub(super) fn note(title: &str, text: &str) -> Note {
    Note { title: fitted(title, LONGEST_TITLE), text: fitted(text, LONGEST_NOTE) }
}

/// The same for what is told of a wrong entry.
pub(super) fn fault_note(title: &str, text: &str) -> Note {
    Note { title: fitted(title, LONGEST_TITLE), text: fitted(text, LONGEST_FAULT) }
}

/// A text of at most so many UTF-16 units, cut behind a word.
pub(super) fn fitted(text: &str, longest: usize) -> String {
    let length = |text: &str| text.encode_utf16().count();
    if length(text) <= longest {
        return text.to_owned();
    }
    let mut kept = String::new();
    for word in text.split_inclusive(' ') {
        if length(&kept) + length(word.trim_end()) + 1 > longest {
            break;
        }
        kept += word;
    }
    if kept.is_empty() {
        // One long word: cut within it.
        kept = text.chars().take(longest / 2).collect();
    }
    kept.trim_end().to_owned() + "…"
}

/// The characters of a running text that a column has room for: its width is counted in digits, and letters are narrower.
pub(super) fn roomy(width: u16) -> u16 {
    width + width / 9
}

/// The lines that a text takes in a column so many characters wide, broken between words.
pub(super) fn lines(text: &str, width: u16) -> u16 {
    // Letters of a proportional font differ in width: a little room is left.
    let room = usize::from(width).saturating_sub(1).max(1);
    let paragraph = |text: &str| {
        let (mut lines, mut used) = (1, 0);
        for word in text.split(' ') {
            let length = word.chars().count();
            if used > 0 && used + 1 + length > room {
                (lines, used) = (lines + 1, 0);
            }
            used += length + usize::from(used > 0);
            while used > room {
                (lines, used) = (lines + 1, used - room);
            }
        }
        lines
    };
    text.lines().map(paragraph).sum::<u16>().max(1)
}

/// How a spreadsheet shows days.
pub(super) fn day_format(language: Language) -> &'static str {
    pick(language, ["dd-mm-yyyy", "yyyy-mm-dd"])
}

/// The page of a sheet, with what stands at its top.
pub(super) fn page(language: Language, landscape: bool, left: &str, right: &str) -> Page {
    let numbered = pick(language, [["Side", "af"], ["Page", "of"]]);
    Page { landscape, head: [left.to_owned(), right.to_owned()], numbered }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_text_is_cut_behind_a_word_and_fits() {
        assert_eq!(fitted("kort", 10), "kort");
        assert_eq!(fitted("æblegrød med fløde", 14), "æblegrød med…");
        for longest in [12, 32, 255] {
            let cut = fitted(&"ord på ".repeat(60), longest);
            assert!(cut.encode_utf16().count() <= longest && cut.ends_with('…'), "{cut}");
        }
        assert!(fitted(&"𝄞".repeat(200), 255).encode_utf16().count() <= 255);
        assert!(fitted(&"x".repeat(300), 32).ends_with("x…"));
    }

    #[test]
    fn lines_are_broken_between_words() {
        assert_eq!(lines("", 10), 1);
        assert_eq!(lines("en to tre", 20), 1);
        assert_eq!(lines("en to tre fire", 9), 2);
        assert_eq!(lines("en\nto", 20), 2);
        assert_eq!(lines("speciallægepraksisplanlægning", 11), 3);
    }
}
