//! What a cell holds though it would not take it: a pasted text passes every check of a spreadsheet, and only its colour can tell.

use super::asked::quoted;
use super::entry_check::{answer_words, listed, number, within_days};
use super::wording::untold_spellings;
use crate::protocol::{ItemKind, Language};
use crate::review::Question;
use crate::review::item_cell::LONGEST_TEXT;

/// A text within a formula has at most so many UTF-16 units, or Excel calls the workbook damaged.
const LONGEST_WORD: usize = 255;

/// True where a filled cell of a question holds what is no answer to it; `None` if a word of its list is too long for a formula.
pub(super) fn misfit(question: &Question<'_>, cell: &str, language: Language) -> Option<String> {
    let Question::Item(item) = question else { return unlisted(answer_words(language), cell, language) };
    match &item.kind {
        kind @ (ItemKind::YesNo | ItemKind::Choice(_)) => unlisted(listed(kind, language), cell, language),
        ItemKind::Whole(bounds) => Some(outside(&|value| number(value, bounds, true), cell, language)),
        ItemKind::Decimal(bounds) => Some(outside(&|value| number(value, bounds, false), cell, language)),
        ItemKind::Date => Some(outside(&within_days, cell, language)),
        ItemKind::Text => Some(too_long(cell)),
    }
}

/// True for a text that is longer than a text may be.
pub(super) fn too_long(cell: &str) -> String {
    format!("LEN({cell})>{LONGEST_TEXT}")
}

/// True for what is none of these words.
pub(super) fn none_of(words: &[String], cell: &str) -> Option<String> {
    let fits = words.iter().all(|word| word.encode_utf16().count() <= LONGEST_WORD);
    fits.then(|| format!("NOT({})", any_of(words, cell)))
}

/// True for one of these words, as people write them: in small letters or with blanks around them as well.
fn any_of(words: &[String], cell: &str) -> String {
    let is: Vec<String> = words.iter().map(|word| format!("TRIM({cell})={}", quoted(word))).collect();
    format!("OR({})", is.join(","))
}

/// True for *not relevant* and *not documented*, which stand beside every question.
pub(super) fn is_untold(cell: &str, language: Language) -> String {
    any_of(&untold_spellings(language), cell)
}

fn unlisted(words: Vec<String>, cell: &str, language: Language) -> Option<String> {
    let mut all = words;
    let untold = untold_spellings(language).into_iter().filter(|word| !all.contains(word));
    let untold: Vec<String> = untold.collect();
    all.extend(untold);
    none_of(&all, cell)
}

/// A number or a day out of its bounds, or a text that can be read as neither; one that was pasted as a text can still be read.
fn outside(within: &dyn Fn(&str) -> String, cell: &str, language: Language) -> String {
    format!("AND(NOT({}),{})", is_untold(cell, language), beyond(within, cell))
}

/// The same of a day that must be told.
pub(super) fn no_day(cell: &str) -> String {
    beyond(&within_days, cell)
}

/// True for what has no value within the bounds, stored as a number or as a text.
fn beyond(within: &dyn Fn(&str) -> String, cell: &str) -> String {
    format!("IFERROR(NOT({}),TRUE)", within(&format!("VALUE({cell})")))
}
