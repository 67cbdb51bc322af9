//! Dates as Danish registers, Excel and Stata write them. Always the day before the month.
//!
//! Read: `2021-03-05`, `05-03-2021`, `5.3.2021`, `05/03/2021`, `20210305`, `05032021`, `05mar2021`; a time of
//! day after a `T` or a blank is dropped. Refused: two-digit years, a month before the day, and the
//! serial numbers of a spreadsheet, each with its own reason. Years from 1850 to 2199, which is also
//! why eight digits cannot be misread: no month and day look like such a year.

use jiff::civil::Date;

use super::{in_rows, trimmed};
use crate::error::{Finding, Place};

/// The first year that a date may have.
const FIRST_YEAR: u16 = 1850;
/// The last one.
const LAST_YEAR: u16 = 2199;

/// Why a text is no date.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DateFault {
    /// Nothing but blanks.
    Empty,
    /// Not written as a date.
    NotADate,
    /// Written as a date, but there is no such day.
    Impossible,
    /// The year is not between 1850 and 2199.
    Year,
    /// The year has two digits: 05-03-21 has three readings.
    TwoDigitYear,
    /// Day and month are swapped, as Americans write it: `03/25/2021`.
    MonthFirst,
    /// A spreadsheet's serial number: `44260`.
    SerialNumber,
}

/// Reads a date; blanks around it and a time of day after it are ignored.
///
/// # Errors
/// The [`DateFault`] that names what the text is instead.
pub fn read_date(text: &str) -> Result<Date, DateFault> {
    let text = trimmed(text);
    if text.is_empty() {
        return Err(DateFault::Empty);
    }
    let read = match usual(text.as_bytes()) {
        Some((year, month, day)) => civil(year, month, day),
        None => read_unusual(text),
    };
    // Behind its year the month is where it belongs: `2021-13-01` is a slip.
    let is_slip = |fault: DateFault| fault == DateFault::MonthFirst && is_year_first(text);
    read.map_err(|fault| if is_slip(fault) { DateFault::Impossible } else { fault })
}

fn read_unusual(text: &str) -> Result<Date, DateFault> {
    let day = without_time(text).ok_or(DateFault::NotADate)?;
    match day.bytes().position(|byte| matches!(byte, b'-' | b'/' | b'.')) {
        Some(at) => separated(day, day.as_bytes()[at]),
        None if day.bytes().all(|byte| byte.is_ascii_digit()) => only_digits(day),
        None => with_month_name(day),
    }
}

/// Whether a text is a date that can only have the month before the day, as Americans write it: `03/25/2021`.
pub fn is_month_first(text: &str) -> bool {
    !is_year_first(text) && read_date(text) == Err(DateFault::MonthFirst)
}

/// Whether a date is another day with the month before the day: `10/11/2021`, and neither `2021-11-10` nor `10nov2021`.
pub fn may_be_month_first(text: &str) -> bool {
    let Ok(date) = read_date(text) else { return false };
    let (day, month) = (date.day(), date.month());
    let has_name = |text: &str| text.bytes().any(|byte| byte.is_ascii_alphabetic());
    let is_numbers = without_time(trimmed(text)).is_some_and(|day| !has_name(day));
    is_numbers && !is_year_first(text) && day <= 12 && day != month
}

/// Whether a text that is a date begins with its year: `2021-03-05`, `20210305`.
pub fn is_year_first(text: &str) -> bool {
    let text = trimmed(text);
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    match digits {
        4 => true,
        8 => !number(&text[4..8]).is_some_and(is_year),
        _ => false,
    }
}

/// A date as `2021-03-05`, as the record key has it, in ASCII.
pub fn written(date: Date) -> [u8; 10] {
    let year = date.year().unsigned_abs();
    let (month, day) = (u16::from(date.month().unsigned_abs()), u16::from(date.day().unsigned_abs()));
    let digits = [year / 1000, year / 100, year / 10, year, 0, month / 10, month, 0, day / 10, day];
    let mut written = digits.map(|number| b'0' + (number % 10) as u8);
    (written[4], written[7]) = (b'-', b'-');
    written
}

/// Year, month and day of the two usual ways, `05-03-2021` and `2021-03-05`; the others take longer.
fn usual(text: &[u8]) -> Option<(u16, u16, u16)> {
    let text: &[u8; 10] = text.try_into().ok()?;
    let is_separator = |byte: u8| matches!(byte, b'-' | b'/' | b'.');
    let (year, month, day) = match *text {
        [_, _, one, _, _, other, ..] if one == other && is_separator(one) => {
            (&text[6..], &text[3..5], &text[..2])
        }
        [_, _, _, _, one, _, _, other, ..] if one == other && is_separator(one) => {
            (&text[..4], &text[5..7], &text[8..])
        }
        _ => return None,
    };
    let is_number = |digits: &[u8]| digits.iter().all(u8::is_ascii_digit);
    let number = |digits: &[u8]| digits.iter().fold(0, |sum, digit| sum * 10 + u16::from(digit - b'0'));
    [year, month, day].into_iter().all(is_number).then(|| (number(year), number(month), number(day)))
}

/// The day alone: what stands before `T10:30` or ` 00:00:00`.
fn without_time(text: &str) -> Option<&str> {
    let is_time = |time: &str| {
        time.contains(':') && time.bytes().all(|byte| byte.is_ascii_digit() || b":.,+-Z".contains(&byte))
    };
    let Some(at) = text.bytes().position(|byte| byte == b' ' || byte == b'T') else { return Some(text) };
    is_time(text[at + 1..].trim_start()).then(|| &text[..at])
}

/// `2021-03-05` or `5.3.2021`: three numbers, the same separator twice.
fn separated(text: &str, separator: u8) -> Result<Date, DateFault> {
    let mut parts = text.split(char::from(separator));
    let (Some(first), Some(month), Some(last), None) =
        (parts.next(), parts.next(), parts.next(), parts.next())
    else {
        return Err(if is_serial(text) { DateFault::SerialNumber } else { DateFault::NotADate });
    };
    let numbers = (number(first), number(month), number(last));
    let (Some(a), Some(month), Some(b)) = numbers else { return Err(DateFault::NotADate) };
    match (first.len(), last.len()) {
        (4, 1..=2) => civil(a, month, b),
        (1..=2, 4) => civil(b, month, a),
        (1..=2, 1..=2) => Err(DateFault::TwoDigitYear),
        _ => Err(DateFault::NotADate),
    }
}

/// `20210305` or `05032021`; five digits are a spreadsheet's serial number.
fn only_digits(text: &str) -> Result<Date, DateFault> {
    let part = |from: usize, to: usize| number(&text[from..to]).unwrap_or(0);
    match text.len() {
        8 if is_year(part(4, 8)) => civil(part(4, 8), part(2, 4), part(0, 2)),
        8 if is_year(part(0, 4)) => civil(part(0, 4), part(4, 6), part(6, 8)),
        8 => civil(part(4, 8), part(2, 4), part(0, 2)),
        6 => Err(DateFault::TwoDigitYear),
        5 => Err(DateFault::SerialNumber),
        _ => Err(DateFault::NotADate),
    }
}

/// `05mar2021`, as Stata prints a date; English and Danish months.
fn with_month_name(text: &str) -> Result<Date, DateFault> {
    const MONTHS: [&str; 14] =
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec", "maj", "okt"];
    let bytes = text.as_bytes();
    let from = bytes.iter().position(u8::is_ascii_alphabetic).ok_or(DateFault::NotADate)?;
    let name = bytes.get(from..from + 3).ok_or(DateFault::NotADate)?;
    let month = MONTHS.iter().position(|month| name.eq_ignore_ascii_case(month.as_bytes()));
    let year = text.get(from + 3..).filter(|year| year.len() == 4).and_then(number);
    let day = text.get(..from).filter(|day| day.len() <= 2).and_then(number);
    let (Some(day), Some(month), Some(year)) = (day, month, year) else { return Err(DateFault::NotADate) };
    let month = match month {
        12 => 5,
        13 => 10,
        month => month as u16 + 1,
    };
    civil(year, month, day)
}

fn civil(year: u16, month: u16, day: u16) -> Result<Date, DateFault> {
    let date = |month: u16, day: u16| {
        (month < 100 && day < 100).then(|| Date::new(year as i16, month as i8, day as i8).ok()).flatten()
    };
    match date(month, day) {
        Some(date) if is_year(year) => Ok(date),
        Some(_) => Err(DateFault::Year),
        None if date(day, month).is_some() => Err(DateFault::MonthFirst),
        None => Err(DateFault::Impossible),
    }
}

fn is_year(year: u16) -> bool {
    (FIRST_YEAR..=LAST_YEAR).contains(&year)
}

fn number(text: &str) -> Option<u16> {
    let digits = matches!(text.len(), 1..=4) && text.bytes().all(|byte| byte.is_ascii_digit());
    digits.then(|| text.bytes().fold(0, |number, digit| number * 10 + u16::from(digit - b'0')))
}

/// `44260.5`: a day and a time of day as a spreadsheet counts them.
fn is_serial(text: &str) -> bool {
    text.split_once('.').is_some_and(|(day, time)| {
        day.len() == 5 && day.bytes().chain(time.bytes()).all(|byte| byte.is_ascii_digit())
    })
}

impl DateFault {
    /// What to tell of the rows in which this was found.
    pub fn finding(self, place: Place) -> Finding {
        let rows = in_rows(&place);
        let error = |code, what: &str| Finding::error(code, format!("{what}{rows}{EXPECTED}"));
        match self {
            DateFault::Empty => Finding::error("date_empty", format!("the date is empty{rows}"))
                .remedy("fill it in at the source, or accept that the rows are excluded"),
            DateFault::NotADate => error("date_not_a_date", "the date column holds something else")
                .remedy("correct it at the source"),
            DateFault::Impossible => error("date_impossible", "there is no such day")
                .remedy("correct it at the source, or accept that the rows are excluded"),
            DateFault::Year => Finding::error(
                "date_year",
                format!("the year of a date is not between {FIRST_YEAR} and {LAST_YEAR}{rows}"),
            )
            .because("nobody in a register lived so far away: a digit is wrong, or two are swapped")
            .remedy("correct it at the source, or accept that the rows are excluded"),
            DateFault::TwoDigitYear => error("date_two_digit_year", "a date has a year of two digits")
                .because("the century, and whether the year stands first or last, would be a guess")
                .remedy("export the register again with four-digit years"),
            DateFault::MonthFirst => error("date_month_first", "a date has the month before the day")
                .because("05/03/2021 would then be 3 May in some rows and 5 March in others")
                .remedy("export the register again with dates as `2021-03-05`"),
            DateFault::SerialNumber => {
                error("date_serial_number", "a date is the serial number of a spreadsheet")
                    .because("`44260` is 5 March 2021 or, in a workbook that counts from 1904, 6 March 2025")
                    .remedy("format the column as a date in the workbook before it is saved as CSV")
            }
        }
        .at(place)
    }
}

const EXPECTED: &str = ", expected a date as `2021-03-05` or `05-03-2021`";

#[cfg(test)]
mod tests;
