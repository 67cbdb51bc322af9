//! A cell with a raw item: read by the item's kind.

use jiff::civil::Date;
use rust_decimal::Decimal;

use super::answer::is_same_text;
use super::{Answer, EntryCell, ItemAnswer, Messages, StoredAs};
use crate::error::Finding;
use crate::protocol::{Choice, Item, ItemKind, Range};
use crate::register::cpr::holds_cpr;
use crate::register::date::{is_year_first, read_date};
use crate::register::decimal::{self, DecimalFault, DecimalMark};

/// A cell that was read, with what is odd about it.
pub type Read<T> = Result<(T, Option<Finding>), Box<Finding>>;

/// Longer texts are for the chart, not for a study.
pub(super) const LONGEST_TEXT: usize = 1000;

/// Reads a cell that is not empty. The place of a finding is added by whoever knows it.
pub(super) fn read_item(item: &Item, cell: &EntryCell, today: Date, messages: Messages) -> Read<ItemAnswer> {
    if cell.stored == StoredAs::Uncomputed {
        return Err(Box::new(messages.uncomputed()));
    }
    let text = cell.trimmed();
    // The words of the protocol go before the letters: a choice may be called `ND`.
    if let ItemKind::Choice(choices) = &item.kind
        && let Some(answer) = chosen(choices, text)
    {
        return Ok((answer, None));
    }
    match Answer::read(text) {
        Some(Answer::NotRelevant) => return Ok((ItemAnswer::NotRelevant, None)),
        Some(Answer::NotDocumented) => return Ok((ItemAnswer::NotDocumented, None)),
        _ => {}
    }
    match &item.kind {
        ItemKind::YesNo => match Answer::read(text) {
            Some(answer) => Ok((ItemAnswer::YesNo(answer == Answer::Yes), None)),
            None => Err(Box::new(messages.not_an_answer(text, &messages.answers()))),
        },
        ItemKind::Choice(choices) => Err(Box::new(messages.not_an_answer(text, &messages.choices(choices)))),
        ItemKind::Whole(range) => number(range, true, cell, messages),
        ItemKind::Decimal(range) => number(range, false, cell, messages),
        ItemKind::Date => read_day(cell, today, messages)
            .map(|(day, odd)| (ItemAnswer::Date(day), odd))
            .map_err(|fault| Box::new(messages.or_untold(*fault))),
        ItemKind::Text => free_text(text, messages),
    }
}

fn chosen(choices: &[Choice], text: &str) -> Option<ItemAnswer> {
    let is_it = |choice: &&Choice| {
        [&choice.id, &choice.name.da, &choice.name.en].iter().any(|word| is_same_text(word, text))
    };
    choices.iter().find(is_it).map(|choice| ItemAnswer::Choice(choice.id.clone()))
}

fn number(range: &Range, whole: bool, cell: &EntryCell, messages: Messages) -> Read<ItemAnswer> {
    let text = cell.trimmed();
    if cell.stored == StoredAs::Day {
        return Err(Box::new(messages.date_for_number(text)));
    }
    let number = exact(text, cell.stored, messages)?;
    // A workbook's own number is shown with the mark of the reader's language, a text as it was written.
    let shown = |number: Decimal| match cell.stored {
        StoredAs::Number(_) => messages.number(number),
        _ => text.to_owned(),
    };
    if whole && !number.fract().is_zero() {
        return Err(Box::new(messages.not_whole(&shown(number))));
    }
    if range.min.is_some_and(|min| number < min) || range.max.is_some_and(|max| number > max) {
        return Err(Box::new(messages.out_of_range(&shown(number), range)));
    }
    let odd = (cell.stored == StoredAs::Text).then(|| messages.number_as_text());
    Ok((ItemAnswer::Number(number.normalize()), odd))
}

/// A workbook's number has a decimal point; in a text 1.299 may be either, and is refused.
fn exact(text: &str, stored: StoredAs, messages: Messages) -> Result<Decimal, Box<Finding>> {
    let mark = if let StoredAs::Number(_) = stored { DecimalMark::Point } else { DecimalMark::Unknown };
    match decimal::Decimal::read(text, mark) {
        Ok(number) => number.as_str().parse().map_err(|_| Box::new(messages.not_a_number(text))),
        Err(DecimalFault::Ambiguous) => Err(Box::new(messages.ambiguous_number(text))),
        Err(_) => Err(Box::new(messages.not_a_number(text))),
    }
}

/// A day in any of the ways in which a cell can hold one, with what is odd about it.
///
/// # Errors
/// When it is none, or lies in the future.
pub fn read_day(cell: &EntryCell, today: Date, messages: Messages) -> Read<Date> {
    let (day, odd) = match cell.stored {
        StoredAs::Uncomputed => return Err(Box::new(messages.uncomputed())),
        StoredAs::Number(Some(day)) if is_plausible(day) => (day, Some(messages.date_as_number())),
        stored => {
            let day = read_date(cell.trimmed())
                .map_err(|fault| Box::new(messages.not_a_date(cell.trimmed(), fault)))?;
            (day, (stored == StoredAs::Text).then(|| messages.date_as_text(is_year_first(cell.trimmed()))))
        }
    };
    if day > today { Err(Box::new(messages.date_in_future(day, today))) } else { Ok((day, odd)) }
}

/// A number that means a day of this time, and not a slip.
fn is_plausible(day: Date) -> bool {
    (1980..2100).contains(&day.year())
}

fn free_text(text: &str, messages: Messages) -> Read<ItemAnswer> {
    if holds_cpr(text) {
        return Err(Box::new(messages.cpr_in_text()));
    }
    if text.chars().count() > LONGEST_TEXT {
        return Err(Box::new(messages.text_too_long(LONGEST_TEXT)));
    }
    Ok((ItemAnswer::Text(text.to_owned()), None))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::protocol::{Bilingual, Language};
    use crate::review::ItemAnswer::{NotDocumented, NotRelevant};

    const TODAY: Date = jiff::civil::date(2026, 11, 22);

    fn read(kind: ItemKind, text: &str) -> Result<ItemAnswer, Box<Finding>> {
        let name = Bilingual { da: "Startet".to_owned(), en: "Begun".to_owned() };
        let item = Item {
            id: "begun".to_owned(),
            definition: name.clone(),
            name,
            kind,
            required: true,
            ask_if: None,
            must: None,
            register_column: None,
        };
        let messages = Messages { language: Language::En, form: Language::En };
        read_item(&item, &EntryCell::plain(text), TODAY, messages).map(|(answer, _)| answer)
    }

    #[test]
    fn letters_of_both_languages_say_why_there_is_no_day() {
        for (letters, answer) in
            [("IR", NotRelevant), ("nr", NotRelevant), ("ID", NotDocumented), ("nd", NotDocumented)]
        {
            assert_eq!(read(ItemKind::Date, letters).unwrap(), answer);
        }
        let fault = read(ItemKind::Date, "tomorrow").unwrap_err();
        let remedy = "enter a date such as 2021-03-05, `Not relevant` or `Not documented`";
        assert_eq!((fault.code, fault.remedy.as_deref()), ("date_not_a_date", Some(remedy)));
    }

    #[test]
    fn a_choice_goes_before_the_letters() {
        let choices = || {
            let choice = |id: &str, name: &str| Choice {
                id: id.to_owned(),
                name: Bilingual { da: name.to_owned(), en: name.to_owned() },
            };
            ItemKind::Choice(vec![choice("nd", "Nil daily"), choice("some", "Some")])
        };
        assert_eq!(read(choices(), "ND").unwrap(), ItemAnswer::Choice("nd".to_owned()));
        assert_eq!(read(choices(), "ID").unwrap(), NotDocumented);
        let fault = read(choices(), "maybe").unwrap_err();
        assert_eq!((fault.code, fault.remedy.is_some()), ("not_an_answer", true));
    }
}
