//! A cell with a raw item: read by the item's kind.

use jiff::civil::Date;
use rust_decimal::Decimal;

use super::entry::shortened;
use super::{Answer, EntryCell, ItemAnswer, StoredAs};
use crate::error::{Finding, Place};
use crate::protocol::{Choice, Item, ItemKind, Language, Range};
use crate::register::cpr::holds_cpr;
use crate::register::date::read_date;
use crate::register::decimal::{self, DecimalFault, DecimalMark};

/// A cell that was read, with what is odd about it.
pub(super) type Read<T> = Result<(T, Option<Finding>), Finding>;

/// Longer texts are for the chart, not for a study.
pub(super) const LONGEST_TEXT: usize = 1000;

/// Reads a cell that is not empty. The place of a finding is added by whoever knows it.
pub(super) fn read_item(item: &Item, cell: &EntryCell, today: Date) -> Read<ItemAnswer> {
    let text = cell.trimmed();
    match Answer::read(text) {
        Some(Answer::NotRelevant) => return Ok((ItemAnswer::NotRelevant, None)),
        Some(Answer::NotDocumented) => return Ok((ItemAnswer::NotDocumented, None)),
        _ => {}
    }
    match &item.kind {
        ItemKind::YesNo => yes_no(text),
        ItemKind::Choice(choices) => choice(choices, text),
        ItemKind::Whole(range) => number(item, range, cell),
        ItemKind::Decimal(range) => number(item, range, cell),
        ItemKind::Date => read_day(cell, today).map(|(day, odd)| (ItemAnswer::Date(day), odd)),
        ItemKind::Text => free_text(text),
    }
}

fn yes_no(text: &str) -> Read<ItemAnswer> {
    match Answer::read(text) {
        Some(answer) => Ok((ItemAnswer::YesNo(answer == Answer::Yes), None)),
        None => {
            Err(not_an_answer(text, Answer::ALL.map(|answer| answer.word(Language::Da).to_owned()).to_vec()))
        }
    }
}

fn choice(choices: &[Choice], text: &str) -> Read<ItemAnswer> {
    let folded = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
    let written = folded(text);
    let is_it = |choice: &&Choice| {
        [&choice.id, &choice.name.da, &choice.name.en].iter().any(|word| folded(word) == written)
    };
    match choices.iter().find(is_it) {
        Some(choice) => Ok((ItemAnswer::Choice(choice.id.clone()), None)),
        None => {
            let untold = [Answer::NotRelevant, Answer::NotDocumented]
                .map(|answer| answer.word(Language::Da).to_owned());
            let words = choices.iter().map(|choice| choice.name.da.clone()).chain(untold);
            Err(not_an_answer(text, words.collect()))
        }
    }
}

fn not_an_answer(text: &str, words: Vec<String>) -> Finding {
    let words: Vec<String> = words.iter().map(|word| format!("`{word}`")).collect();
    let what = format!("{} is not an answer here, expected one of {}", shortened(text), words.join(", "));
    Finding::error("not_an_answer", what).remedy("choose one from the list of the cell")
}

fn number(item: &Item, range: &Range, cell: &EntryCell) -> Read<ItemAnswer> {
    let text = cell.trimmed();
    if let StoredAs::Day = cell.stored {
        let finding = Finding::error(
            "date_for_number",
            format!("the cell holds the date {text}, expected {}", item.kind.told()),
        );
        return Err(finding
            .because("a spreadsheet turns 5-3 and 5.3 into a date")
            .remedy("enter the number once more, with a decimal comma"));
    }
    let number = exact(text, cell.stored)?;
    if matches!(item.kind, ItemKind::Whole(_)) && !number.fract().is_zero() {
        let finding = Finding::error("not_whole", format!("{} is not a whole number", shortened(text)));
        return Err(finding.remedy("correct the number on the form"));
    }
    if range.min.is_some_and(|min| number < min) || range.max.is_some_and(|max| number > max) {
        let finding = Finding::error("out_of_range", format!("{} is {}", shortened(text), outside(range)));
        return Err(
            finding.remedy("correct the number on the form, or the item's `min` and `max` in study.toml")
        );
    }
    let odd = (cell.stored == StoredAs::Text).then(|| {
        Finding::note("number_as_text", "a number is stored as text")
            .because("it is read as the number it says")
    });
    Ok((ItemAnswer::Number(number.normalize()), odd))
}

fn exact(text: &str, stored: StoredAs) -> Result<Decimal, Finding> {
    let mark = if let StoredAs::Number(_) = stored { DecimalMark::Point } else { DecimalMark::Unknown };
    let not_a_number = || {
        Finding::error("not_a_number", format!("{} is not a number", shortened(text)))
            .remedy("enter a number, `Ikke relevant` or `Ikke dokumenteret`")
    };
    match decimal::Decimal::read(text, mark) {
        Ok(number) => number.as_str().parse().map_err(|_| not_a_number()),
        Err(DecimalFault::Ambiguous) => Err(Finding::error(
            "ambiguous_number",
            format!("{} may be thousands or decimals", shortened(text)),
        )
        .remedy("write it without a mark between thousands, or with another decimal")),
        Err(_) => Err(not_a_number()),
    }
}

fn outside(range: &Range) -> String {
    match (range.min, range.max) {
        (Some(min), Some(max)) => format!("not between {min} and {max}"),
        (Some(min), None) => format!("below {min}"),
        (None, Some(max)) => format!("above {max}"),
        (None, None) => "not possible".to_owned(),
    }
}

/// A day in any of the ways in which a cell can hold one, with what is odd about it.
///
/// # Errors
/// When it is none, or lies in the future.
pub fn read_day(cell: &EntryCell, today: Date) -> Read<Date> {
    let text = cell.trimmed();
    let (day, odd) = match cell.stored {
        StoredAs::Number(Some(day)) if plausible(day) => {
            let odd = format!("a date is stored as a number, and read as that day");
            (day, Some(Finding::note("date_as_number", odd)))
        }
        stored => {
            let read = read_date(text)
                .map_err(|fault| fault.finding(Place::default()).remedy("correct the date on the form"))?;
            let odd = (stored == StoredAs::Text).then(|| {
                Finding::note("date_as_text", "a date is stored as text, and read day before month")
            });
            (read, odd)
        }
    };
    if day > today {
        let what = format!("the date is {day}, which is after today, {today}");
        return Err(Finding::error("date_in_future", what).remedy("correct the date on the form"));
    }
    Ok((day, odd))
}

/// A number that means a day of this time, and not a slip.
fn plausible(day: Date) -> bool {
    (1980..2100).contains(&day.year())
}

fn free_text(text: &str) -> Read<ItemAnswer> {
    if holds_cpr(text) {
        let finding = Finding::error("cpr_in_text", "the text holds what may be a CPR number");
        return Err(finding
            .because("the study's database must hold none")
            .remedy("take the number out; the study id is enough"));
    }
    if text.chars().count() > LONGEST_TEXT {
        let finding =
            Finding::error("text_too_long", format!("the text is longer than {LONGEST_TEXT} characters"));
        return Err(finding.remedy("shorten it to what the study asks for"));
    }
    Ok((ItemAnswer::Text(text.to_owned()), None))
}
