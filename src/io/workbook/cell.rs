//! A workbook's cell as the text that the same value has in a CSV file.
//!
//! Whole numbers without decimals and never in scientific notation, other numbers with as few decimals as name
//! them, days as `2021-03-05`, a day with a time as `2021-03-05T10:30:00`, truth values as `TRUE` and `FALSE`.

use calamine::{DataRef, ExcelDateTime};
use jiff::civil::{Date, date};
use jiff::{Span, ToSpan};

/// A day in seconds.
const DAY: i64 = 86_400;

/// Days between the two systems of counting: from 1900 and from 1904.
const DAYS_1900_TO_1904: i64 = 1462;

/// The text of a value in a workbook that counts days from 1900 or from 1904.
pub(in crate::io) fn text(value: &DataRef<'_>, from_1904: bool) -> String {
    match value {
        DataRef::Empty => String::new(),
        DataRef::Int(number) => number.to_string(),
        DataRef::Float(number) => number_text(*number),
        DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => text.clone(),
        DataRef::SharedString(text) => (*text).to_owned(),
        DataRef::Bool(true) => "TRUE".into(),
        DataRef::Bool(false) => "FALSE".into(),
        DataRef::DateTime(moment) => moment_text(moment, from_1904),
        DataRef::Error(error) => error.to_string(),
    }
}

/// The shortest text that reads as the same number. Rust never writes it in scientific notation.
fn number_text(number: f64) -> String {
    // Minus zero is a zero.
    if number == 0.0 { "0".into() } else { number.to_string() }
}

/// A time of day alone is less than a day. Days are counted from 1899-12-30, because Excel believes in 29 February 1900; in the days before that it is one off.
fn moment_text(moment: &ExcelDateTime, from_1904: bool) -> String {
    let seconds = (moment.as_f64() * DAY as f64).round();
    if moment.is_duration() || !(DAY as f64..3e6 * DAY as f64).contains(&seconds) {
        return duration_text(moment.as_f64());
    }
    let (day, time) = (seconds as i64 / DAY, seconds as i64 % DAY);
    match (excel_day(day + if from_1904 { DAYS_1900_TO_1904 } else { 0 }), time) {
        (Some(day), 0) => day.to_string(),
        (Some(day), time) => format!("{day}T{}", clock(time)),
        (None, _) => number_text(moment.as_f64()),
    }
}

/// The day that a number would be, if it were one.
pub(in crate::io) fn day(value: &DataRef<'_>, from_1904: bool) -> Option<Date> {
    let number = match value {
        DataRef::Int(number) => *number as f64,
        DataRef::Float(number) => *number,
        _ => return None,
    };
    let is_day = number.fract() == 0.0 && (1.0..3e6).contains(&number);
    if is_day { excel_day(number as i64 + if from_1904 { DAYS_1900_TO_1904 } else { 0 }) } else { None }
}

fn excel_day(day: i64) -> Option<Date> {
    let epoch = if day < 60 { date(1899, 12, 31) } else { date(1899, 12, 30) };
    let span: Span = day.days();
    epoch.checked_add(span).ok().filter(|_| day != 60)
}

/// Hours, minutes and seconds, more than a day of hours if need be.
fn duration_text(days: f64) -> String {
    let sign = if days < 0.0 { "-" } else { "" };
    format!("{sign}{}", clock((days.abs() * DAY as f64).round() as i64))
}

fn clock(seconds: i64) -> String {
    format!("{:02}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60)
}

#[cfg(test)]
mod tests {
    use calamine::ExcelDateTimeType;

    use super::*;

    fn moment(serial: f64, from_1904: bool) -> String {
        text(
            &DataRef::DateTime(ExcelDateTime::new(serial, ExcelDateTimeType::DateTime, from_1904)),
            from_1904,
        )
    }

    #[test]
    fn numbers_are_never_in_scientific_notation() {
        let rows = [
            (203_800_000.0, "203800000"),
            (2_038_000_000.0, "2038000000"),
            (1.5, "1.5"),
            (0.1, "0.1"),
            (-0.0, "0"),
            (1e15, "1000000000000000"),
            (1e21, "1000000000000000000000"),
            (1e-7, "0.0000001"),
        ];
        for (number, expected) in rows {
            assert_eq!(text(&DataRef::Float(number), false), expected);
        }
    }

    #[test]
    fn days_are_read_in_both_systems_of_counting() {
        assert_eq!(moment(44260.0, false), "2021-03-05");
        assert_eq!(moment(44260.0 - 1462.0, true), "2021-03-05");
        assert_eq!(moment(1.0, false), "1900-01-01");
        assert_eq!(moment(59.0, false), "1900-02-28");
        assert_eq!(moment(61.0, false), "1900-03-01");
        assert_eq!(moment(60.0, false), "60");
        assert_eq!(moment(2_958_465.0, false), "9999-12-31");
    }

    #[test]
    fn a_time_of_day_is_rounded_to_the_second_without_losing_a_day() {
        assert_eq!(moment(44260.4375, false), "2021-03-05T10:30:00");
        assert_eq!(moment(44_259.999_999_999, false), "2021-03-05");
        assert_eq!(moment(0.4375, false), "10:30:00");
        assert_eq!(moment(-1.0, false), "-24:00:00");
    }

    #[test]
    fn durations_count_hours_beyond_a_day() {
        let duration = ExcelDateTime::new(1.5, ExcelDateTimeType::TimeDelta, false);
        assert_eq!(text(&DataRef::DateTime(duration), false), "36:00:00");
    }

    #[test]
    fn truth_values_and_errors_are_words() {
        assert_eq!(text(&DataRef::Bool(true), false), "TRUE");
        assert_eq!(text(&DataRef::Error(calamine::CellErrorType::NA), false), "#N/A");
        assert_eq!(text(&DataRef::Empty, false), "");
    }
}
