//! A Stata number as the text that the same value has in a CSV file.
//!
//! Dates and times by the column's display format, everything else as the shortest number. The missing value `.` is an
//! empty cell; `.a` to `.z` keep their name, because registers give them meanings.

use std::fmt::Write;

use dta::stata::dta::value::Value;
use dta::stata::missing_value::MissingValue;
use dta::stata::stata_byte::StataByte;
use dta::stata::stata_double::StataDouble;
use dta::stata::stata_float::StataFloat;
use dta::stata::stata_int::StataInt;
use dta::stata::stata_long::StataLong;
use dta::stata::temporal::TemporalKind;
use jiff::Span;
use jiff::civil::{Date, DateTime, date};

/// Stata counts days and milliseconds from here.
const EPOCH: Date = date(1960, 1, 1);

/// Writes a number; texts are none and write nothing.
pub(super) fn write_number(text: &mut String, value: &Value<'_>, kind: Option<TemporalKind>) {
    match read(value) {
        Number::None | Number::Missing(MissingValue::System) => {}
        Number::Missing(missing) => write(text, missing),
        Number::Present(number, single) => match kind.and_then(|kind| moment(number, kind)) {
            Some(moment) => text.push_str(&moment),
            // Minus zero is a zero.
            None if number == 0.0 => text.push('0'),
            None => match single {
                Some(single) => write(text, single),
                None => write(text, number),
            },
        },
    }
}

enum Number {
    None,
    Missing(MissingValue),
    /// The number, and as it was stored if that was in single precision: 1.1, not 1.10000002.
    Present(f64, Option<f32>),
}

fn read(value: &Value<'_>) -> Number {
    match *value {
        Value::Byte(StataByte::Present(number)) => Number::Present(number.into(), None),
        Value::Int(StataInt::Present(number)) => Number::Present(number.into(), None),
        Value::Long(StataLong::Present(number)) => Number::Present(number.into(), None),
        Value::Float(StataFloat::Present(number)) => Number::Present(number.into(), Some(number)),
        Value::Double(StataDouble::Present(number)) => Number::Present(number, None),
        Value::Byte(StataByte::Missing(missing))
        | Value::Int(StataInt::Missing(missing))
        | Value::Long(StataLong::Missing(missing))
        | Value::Float(StataFloat::Missing(missing))
        | Value::Double(StataDouble::Missing(missing)) => Number::Missing(missing),
        Value::String(_) | Value::LongStringRef(_) => Number::None,
    }
}

fn write(text: &mut String, value: impl std::fmt::Display) {
    // Writing to a text cannot fail.
    let _ = write!(text, "{value}");
}

/// A date or a time as its display format shows it; nothing if there is no such day.
fn moment(number: f64, kind: TemporalKind) -> Option<String> {
    let whole = (number.fract() == 0.0 && number.abs() < 1e15).then_some(number as i64);
    let period = |a_year: i64| whole.map(|n| (1960 + n.div_euclid(a_year), n.rem_euclid(a_year) + 1));
    match kind {
        TemporalKind::Date => {
            let days: Span = Span::new().try_days(whole?).ok()?;
            Some(EPOCH.checked_add(days).ok()?.to_string())
        }
        TemporalKind::DateTime => date_time(number),
        TemporalKind::Week => period(52).map(|(year, week)| format!("{year}w{week}")),
        TemporalKind::Month => period(12).map(|(year, month)| format!("{year}m{month}")),
        TemporalKind::Quarter => period(4).map(|(year, quarter)| format!("{year}q{quarter}")),
        TemporalKind::HalfYear => period(2).map(|(year, half)| format!("{year}h{half}")),
        // Years are plain numbers; milliseconds with leap seconds are left as they are, with a warning.
        _ => None,
    }
}

/// Milliseconds since 1960, to the second; a day alone at midnight.
fn date_time(milliseconds: f64) -> Option<String> {
    let seconds = (milliseconds / 1000.0).floor();
    let span = Span::new().try_seconds((seconds.abs() < 1e12).then_some(seconds as i64)?).ok()?;
    let moment: DateTime = EPOCH.to_datetime(jiff::civil::Time::midnight()).checked_add(span).ok()?;
    let midnight = moment.time() == jiff::civil::Time::midnight();
    Some(if midnight { moment.date().to_string() } else { moment.to_string() })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(value: Value<'_>, format: &str) -> String {
        let mut text = String::new();
        write_number(&mut text, &value, TemporalKind::from_format(format));
        text
    }

    fn double(number: f64) -> Value<'static> {
        Value::Double(StataDouble::Present(number))
    }

    #[test]
    fn numbers_are_the_shortest_that_name_them() {
        assert_eq!(text(double(203_800_000.0), "%12.0g"), "203800000");
        assert_eq!(text(double(-0.0), "%9.0g"), "0");
        assert_eq!(text(double(1e17), "%9.0g"), "100000000000000000");
        assert_eq!(text(Value::Float(StataFloat::Present(1.1)), "%9.0g"), "1.1");
        assert_eq!(text(Value::Byte(StataByte::Present(1)), "%8.0g"), "1");
    }

    #[test]
    fn missing_values_are_empty_or_keep_their_letter() {
        assert_eq!(text(Value::Byte(StataByte::Missing(MissingValue::System)), "%8.0g"), "");
        assert_eq!(text(Value::Double(StataDouble::Missing(MissingValue::A)), "%td"), ".a");
        assert_eq!(text(Value::Int(StataInt::Missing(MissingValue::Z)), "%8.0g"), ".z");
    }

    #[test]
    fn dates_and_times_are_iso_texts() {
        assert_eq!(text(Value::Int(StataInt::Present(22_344)), "%td"), "2021-03-05");
        assert_eq!(text(double(22_344.0 * 86_400_000.0), "%tc"), "2021-03-05");
        assert_eq!(text(double(22_344.0 * 86_400_000.0 + 37_800_500.0), "%tc"), "2021-03-05T10:30:00");
        assert_eq!(text(double(-1.0), "%td"), "1959-12-31");
        assert_eq!(text(double(0.5), "%td"), "0.5");
        assert_eq!(text(double(1e14), "%td"), "100000000000000");
    }

    #[test]
    fn periods_are_shown_as_stata_shows_them() {
        for (format, expected) in
            [("%tw", "1961w1"), ("%tm", "1964m5"), ("%tq", "1973q1"), ("%th", "1986h1"), ("%ty", "52")]
        {
            assert_eq!(text(double(52.0), format), expected);
        }
        assert_eq!(text(double(-1.0), "%tm"), "1959m12");
    }
}
