//! What the cells of a form take: lists, numbers and days within bounds, or the words for what cannot be told.

use std::ops::Range;

use super::asked::quoted;
use super::wording::{
    LONGEST_FAULT, fault_note, fitted, kind_told, name, note, pick, untold, untold_or, untold_spellings,
};
use super::{Check, EntryFormat, Takes};
use crate::error::column_letters;
use crate::protocol::{Item, ItemKind, Language, Range as Bounds};
use crate::review::item_cell::LONGEST_TEXT;
use crate::review::{Answer, ChartStatus, Question};

/// The longest initials that are read back.
const LONGEST_NAME: u32 = 40;
/// No chart of the study is older.
const FIRST_DAY: &str = "DATE(1990,1,1)";

/// Cells of one column.
pub(super) struct Column<'c> {
    pub(super) language: Language,
    pub(super) column: usize,
    /// The rows, from 0.
    pub(super) rows: Range<usize>,
    /// What it is called beside its cells.
    pub(super) name: &'c str,
}

impl Column<'_> {
    fn check(&self, takes: Takes, hint: &str, fault: &str) -> Check {
        let title = pick(self.language, ["Ugyldigt svar i cellen", "Not an answer for this cell"]);
        Check {
            column: self.column,
            rows: self.rows.clone(),
            takes,
            hint: note(self.name, hint),
            fault: fault_note(title, fault),
        }
    }

    /// The first of the cells, as a formula moves it: `F2`.
    fn first(&self) -> String {
        format!("{}{}", column_letters(self.column), self.rows.start + 1)
    }

    /// A word of a list.
    pub(super) fn words(&self, words: Vec<String>, hint: &str) -> Check {
        let choose = pick(self.language, ["Vælg fra cellens liste", "Choose from the list of the cell"]);
        let listed = format!("{choose}: {}", words.join(", "));
        // Half a list would say that the rest cannot be chosen.
        let fault = if fitted(&listed, LONGEST_FAULT) == listed { listed } else { format!("{choose}.") };
        self.check(Takes::OneOf(words), hint, &fault)
    }

    /// Whether there was a chart.
    pub(super) fn status(&self) -> Check {
        let hint = pick(
            self.language,
            [
                "Spørgsmålene besvares kun, hvis journalen er fundet. Vælg ellers, hvorfor den ikke kunne læses.",
                "Only a chart that was found has answers. Otherwise choose why it could not be read.",
            ],
        );
        self.words(status_words(self.language), hint)
    }

    /// Who read it.
    pub(super) fn person(&self, hint: &str) -> Check {
        let fault = pick(
            self.language,
            ["Skriv initialer: højst 40 tegn.", "Write initials: at most 40 characters."],
        );
        self.check(Takes::Text(LONGEST_NAME), hint, fault)
    }

    /// The day of the reading or of the decision.
    pub(super) fn day(&self, hint: &str) -> Check {
        let takes =
            Takes::Formula(format!("IF(ISNUMBER({0}),{1})", self.first(), within_days(&self.first())));
        let fault = pick(
            self.language,
            [
                "Skriv en dato fra 1990 til i dag, fx 05-03-2026.",
                "Write a date from 1990 to today, such as 2026-03-05.",
            ],
        );
        self.check(takes, hint, fault)
    }

    /// A remark.
    pub(super) fn comment(&self) -> Check {
        let hint = pick(
            self.language,
            [
                "Frivilligt. Skriv ingen navne og ingen CPR-numre.",
                "As you like. No names and no numbers of persons.",
            ],
        );
        self.check(Takes::Text(LONGEST_TEXT as u32), hint, &longest(self.language))
    }

    /// What is asked of the chart.
    pub(super) fn question(&self, question: &Question<'_>) -> Check {
        let definition = name(self.language, question.definition());
        match question {
            Question::Indicator(_) => self.words(answer_words(self.language), definition),
            Question::Item(item) => self.item(item, definition),
        }
    }

    fn item(&self, item: &Item, definition: &str) -> Check {
        let takes = match &item.kind {
            ItemKind::YesNo | ItemKind::Choice(_) => {
                return self.words(listed(&item.kind, self.language), definition);
            }
            ItemKind::Whole(bounds) => Takes::Formula(self.told_or(&number(&self.first(), bounds, true))),
            ItemKind::Decimal(bounds) => Takes::Formula(self.told_or(&number(&self.first(), bounds, false))),
            ItemKind::Date => Takes::Formula(self.told_or(&within_days(&self.first()))),
            ItemKind::Text => {
                return self.check(Takes::Text(LONGEST_TEXT as u32), definition, &longest(self.language));
            }
        };
        let fault = format!(
            "{} {}{} {}.",
            pick(self.language, ["Skriv", "Write"]),
            kind_told(&item.kind, self.language),
            pick(self.language, [", eller", ", or"]),
            untold_or(self.language)
        );
        self.check(takes, definition, &fault)
    }

    /// A number that meets a condition, or one of the words for what cannot be told.
    fn told_or(&self, condition: &str) -> String {
        let cell = self.first();
        let words: Vec<String> =
            untold_spellings(self.language).iter().map(|word| format!("{cell}={}", quoted(word))).collect();
        format!("IF(ISNUMBER({cell}),{condition},OR({}))", words.join(","))
    }
}

pub(super) fn within_days(cell: &str) -> String {
    format!("AND({cell}>={FIRST_DAY},{cell}<=TODAY())")
}

pub(super) fn number(cell: &str, bounds: &Bounds, whole: bool) -> String {
    let min = bounds.min.map(|min| format!("{cell}>={}", min.normalize()));
    let max = bounds.max.map(|max| format!("{cell}<={}", max.normalize()));
    let whole = whole.then(|| format!("{cell}=INT({cell})"));
    let conditions: Vec<String> = [min, max, whole].into_iter().flatten().collect();
    if conditions.is_empty() { "TRUE".to_owned() } else { format!("AND({})", conditions.join(",")) }
}

fn longest(language: Language) -> String {
    pick(
        language,
        [
            format!("Højst {LONGEST_TEXT} tegn: kun det, som studiet spørger om."),
            format!("At most {LONGEST_TEXT} characters: only what the study asks for."),
        ],
    )
}

/// The words of the drop-down for the chart's status.
pub(super) fn status_words(language: Language) -> Vec<String> {
    ChartStatus::ALL.map(|status| status.word(language).to_owned()).to_vec()
}

/// The words of the drop-down for an indicator.
pub(super) fn answer_words(language: Language) -> Vec<String> {
    Answer::ALL.map(|answer| answer.word(language).to_owned()).to_vec()
}

/// The words of the drop-down for a coded item.
pub(super) fn listed(kind: &ItemKind, language: Language) -> Vec<String> {
    match kind {
        ItemKind::Choice(choices) => {
            let chosen = choices.iter().map(|choice| name(language, &choice.name).to_owned());
            chosen.chain(untold(language).map(str::to_owned)).collect()
        }
        _ => answer_words(language),
    }
}

/// Whether Excel leaves an answer of a list alone: `1-2` would become a day, `=…` a formula.
fn is_word(answer: &str) -> bool {
    answer.starts_with(char::is_alphabetic)
}

/// How the answers are kept, and how many characters they need at most.
pub(super) fn entry_format(question: &Question<'_>, language: Language) -> (EntryFormat, u16) {
    // The arrow of a drop-down stands over the text.
    let widest = |words: Vec<String>| {
        words.iter().map(|word| word.chars().count()).max().unwrap_or(0).min(36) as u16 + 3
    };
    match question {
        Question::Indicator(_) => (EntryFormat::General, widest(answer_words(language))),
        Question::Item(item) => match &item.kind {
            ItemKind::YesNo | ItemKind::Choice(_) => {
                let words = listed(&item.kind, language);
                let format = if words.iter().all(|word| is_word(word)) {
                    EntryFormat::General
                } else {
                    EntryFormat::Text
                };
                (format, widest(words))
            }
            ItemKind::Whole(_) | ItemKind::Decimal(_) => (EntryFormat::General, 13),
            ItemKind::Date => (EntryFormat::Day, 13),
            ItemKind::Text => (EntryFormat::Text, 36),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::protocol::Protocol;
    use crate::protocol::preset::Preset;
    use crate::review::questions;

    #[test]
    fn answers_that_a_spreadsheet_would_turn_into_days_or_formulas_are_kept_as_texts() {
        let choice = |id: &str, word: &str| {
            format!(
                "[item.{id}]\nname = \"{id}\"\ndefinition = \"-\"\nkind = \"choice\"\nchoices = {{ a = \"{word}\", b = \"Andet\" }}\n"
            )
        };
        let items = [choice("a", "1-2"), choice("b", "=1+1"), choice("c", "Ål, æg")].concat();
        let text = Preset::Blank.text().replace("\n[sampling]\n", &format!("\n{items}\n[sampling]\n"));
        let protocol = Protocol::read(&text, "study.toml").unwrap();
        let formats = questions(&protocol).into_iter().skip(1).map(|one| entry_format(&one, Language::Da).0);
        assert_eq!(formats.collect::<Vec<_>>(), [EntryFormat::Text, EntryFormat::Text, EntryFormat::General]);
    }
}
