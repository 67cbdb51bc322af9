//! Numbers with a decimal comma or a decimal point.
//!
//! `1,5`, `1.5`, `-3`, `1.299,99`, `1,299.99`, `1 299,99`. A workbook or a Stata file says how its numbers are
//! marked; a CSV file does not, and there `1.299` may be 1299 or 1 + 299/1000: it is refused, not guessed.

use std::fmt;

use super::in_rows;
use crate::error::{Finding, Place};

/// What marks the decimals of a column, as far as its source tells; it decides only between two readings.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum DecimalMark {
    /// Not known: a number with two readings is refused.
    #[default]
    Unknown,
    /// A comma, as in Danish: a point separates thousands.
    Comma,
    /// A point, as programs write: a comma separates thousands.
    Point,
}

/// A decimal number as an exact text with a point (`1299.99`), without allocation.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Decimal {
    text: [u8; LONGEST],
    length: u8,
}

/// The longest number that is read; more digits than any measurement has.
const LONGEST: usize = 31;

/// Why a text is no number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DecimalFault {
    /// Nothing but blanks.
    Empty,
    /// Not written as a number.
    NotANumber,
    /// `1.299` or `1,299`: thousands or decimals.
    Ambiguous,
}

impl Decimal {
    /// Reads a number; blanks around it are ignored.
    ///
    /// # Errors
    /// The [`DecimalFault`].
    pub fn read(text: &str, mark: DecimalMark) -> Result<Decimal, DecimalFault> {
        let text = text.trim();
        if text.is_empty() {
            return Err(DecimalFault::Empty);
        }
        let (negative, digits) = match text.strip_prefix(['-', '−']) {
            Some(digits) => (true, digits),
            None => (false, text.strip_prefix('+').unwrap_or(text)),
        };
        let mark = decimal_mark(digits, mark)?;
        let (whole, fraction) = digits.rsplit_once(mark).map_or((digits, None), |(a, b)| (a, Some(b)));
        Decimal::exact(negative, whole, fraction).ok_or(DecimalFault::NotANumber)
    }

    /// The number with a decimal point, as exact as it was written.
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.text[..usize::from(self.length)]).unwrap_or_default()
    }

    /// The nearest double.
    pub fn to_f64(&self) -> f64 {
        self.as_str().parse().unwrap_or(f64::NAN)
    }

    fn exact(negative: bool, whole: &str, fraction: Option<&str>) -> Option<Decimal> {
        let mut decimal = Decimal { text: [0; LONGEST], length: 0 };
        let mut groups = whole.split(['.', ',', ' ', '\u{a0}', '\u{202f}']);
        let first = groups.next().filter(|first| is_digits(first))?;
        decimal.push(if negative { "-" } else { "" })?;
        decimal.push(first)?;
        for group in groups {
            decimal.push(
                Some(group).filter(|group| group.len() == 3 && is_digits(group) && first.len() <= 3)?,
            )?;
        }
        if let Some(fraction) = fraction {
            decimal.push(".")?;
            decimal.push(Some(fraction).filter(|fraction| is_digits(fraction))?)?;
        }
        Some(decimal)
    }

    fn push(&mut self, text: &str) -> Option<()> {
        let from = usize::from(self.length);
        self.text.get_mut(from..from + text.len())?.copy_from_slice(text.as_bytes());
        self.length += text.len() as u8;
        Some(())
    }
}

/// The mark that separates the decimals of this text: the only one that it can be, else the known one.
fn decimal_mark(digits: &str, known: DecimalMark) -> Result<char, DecimalFault> {
    let several = |mark: char| digits.matches(mark).count() > 1;
    let ambiguous = match known {
        DecimalMark::Unknown => Err(DecimalFault::Ambiguous),
        DecimalMark::Comma => Ok(','),
        DecimalMark::Point => Ok('.'),
    };
    match (digits.rfind(','), digits.rfind('.')) {
        (None, None) => Ok(','),
        (Some(comma), Some(point)) => Ok(if comma > point { ',' } else { '.' }),
        (Some(_), None) if several(',') => Ok('.'),
        (None, Some(_)) if several('.') => Ok(','),
        (Some(at), None) => {
            if could_be_thousands(digits, at) {
                ambiguous
            } else {
                Ok(',')
            }
        }
        (None, Some(at)) => {
            if could_be_thousands(digits, at) {
                ambiguous
            } else {
                Ok('.')
            }
        }
    }
}

/// One to three digits, not `0`, then the mark, then exactly three digits.
fn could_be_thousands(digits: &str, mark: usize) -> bool {
    let has_length = (1..=3).contains(&mark) && digits.len() == mark + 4;
    has_length
        && !digits.starts_with('0')
        && digits.bytes().enumerate().all(|(at, byte)| at == mark || byte.is_ascii_digit())
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl DecimalFault {
    /// What to tell of the rows in which this was found.
    pub fn finding(self, place: Place) -> Finding {
        let rows = in_rows(&place);
        match self {
            DecimalFault::Empty => Finding::error("number_empty", format!("the number is empty{rows}")),
            DecimalFault::NotANumber => Finding::error(
                "number_not_a_number",
                format!(
                    "a number column holds something else{rows}, expected a number as `12`, `1,5` or `1.5`"
                ),
            )
            .remedy("correct it at the source"),
            DecimalFault::Ambiguous => Finding::error(
                "number_ambiguous",
                format!(
                    "a number can be read in two ways{rows}: in `1.299` the point marks decimals or thousands"
                ),
            )
            .remedy("export the register again without separators between thousands, or as a workbook"),
        }
        .at(place)
    }
}

#[cfg(test)]
mod tests;
