//! The confidence level, read as a decimal.
//!
//! An interval leaves the same probability outside on either side:
//!
//! ```text
//! tail = (1 − level) / 2
//! ```
//!
//! Read as a double, 0.95 is a little less than 0.95, and one minus it carries the error into the tail, where
//! it is twenty times as large. The level is therefore kept as the decimal that was written,
//! `digits / 10^places`, and the tail is one division of two whole numbers: the double nearest to the exact value.
//!
//! The tail and its normal quantile, which nearly every interval needs, are computed once, with the level.

use std::fmt;
use std::hash::{Hash, Hasher};
use std::str::FromStr;

use super::quantile::standard_normal;

/// More decimal places than this are refused: numerator and denominator of the tail must be exact as doubles.
const MAX_PLACES: u32 = 15;

/// A confidence level between 0 and 1, as the decimal that was written.
///
/// ```
/// use hjertekommidt::stats::ConfidenceLevel;
///
/// let level: ConfidenceLevel = "0.975".parse()?;
/// assert_eq!(level.tail(), 0.0125);
/// assert_eq!(level.to_string(), "97.5 %");
/// assert_eq!("95 %".parse(), Ok(ConfidenceLevel::NINETY_FIVE));
/// assert!("95".parse::<ConfidenceLevel>().is_err());
/// # Ok::<(), hjertekommidt::stats::ConfidenceLevelError>(())
/// ```
#[derive(Debug, Clone, Copy)]
pub struct ConfidenceLevel {
    digits: u64,
    places: u32,
    tail: f64,
    z: f64,
}

impl ConfidenceLevel {
    /// The level of nearly every published table.
    pub const NINETY_FIVE: ConfidenceLevel =
        ConfidenceLevel { digits: 95, places: 2, tail: 0.025, z: 1.9599639845400538 };

    /// `digits / 10^places` in lowest terms of ten, so that 0.950 equals 0.95.
    fn new(mut digits: u64, mut places: u32) -> Option<Self> {
        while places > 0 && digits.is_multiple_of(10) {
            digits /= 10;
            places -= 1;
        }
        let inside = places <= MAX_PLACES && digits > 0 && digits < 10_u64.pow(places);
        inside.then(|| ConfidenceLevel::of_decimal(digits, places))
    }

    fn of_decimal(digits: u64, places: u32) -> Self {
        let whole = 10_u64.pow(places);
        let tail = (whole - digits) as f64 / (2 * whole) as f64;
        ConfidenceLevel { digits, places, tail, z: -standard_normal(tail) }
    }

    /// The probability outside on each side, `(1 − level) / 2`, correctly rounded.
    pub fn tail(self) -> f64 {
        self.tail
    }

    /// The standard normal quantile z with the tail above it: 1.96 for 95 %.
    pub fn z(self) -> f64 {
        self.z
    }

    /// The level itself, correctly rounded.
    pub fn as_f64(self) -> f64 {
        self.digits as f64 / 10_u64.pow(self.places) as f64
    }
}

/// Levels are equal when their decimals are; what is computed from them follows.
impl PartialEq for ConfidenceLevel {
    fn eq(&self, other: &Self) -> bool {
        (self.digits, self.places) == (other.digits, other.places)
    }
}

impl Eq for ConfidenceLevel {}

impl Hash for ConfidenceLevel {
    fn hash<H: Hasher>(&self, state: &mut H) {
        (self.digits, self.places).hash(state);
    }
}

impl Default for ConfidenceLevel {
    fn default() -> Self {
        ConfidenceLevel::NINETY_FIVE
    }
}

impl fmt::Display for ConfidenceLevel {
    /// As a percentage: `95 %`, `97.5 %`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.places {
            1 => write!(f, "{} %", 10 * self.digits),
            2 => write!(f, "{} %", self.digits),
            places => {
                let unit = 10_u64.pow(places - 2);
                let (whole, rest, width) = (self.digits / unit, self.digits % unit, places as usize - 2);
                write!(f, "{whole}.{rest:0width$} %")
            }
        }
    }
}

impl FromStr for ConfidenceLevel {
    type Err = ConfidenceLevelError;

    /// Reads `0.95` or, with the sign, `95 %`.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let error = || ConfidenceLevelError { text: text.to_owned() };
        let (number, moved) = match text.trim().strip_suffix('%') {
            Some(percentage) => (percentage.trim_end(), 2),
            None => (text.trim(), 0),
        };
        let (digits, places) = decimal(number).ok_or_else(error)?;
        ConfidenceLevel::new(digits, places + moved).ok_or_else(error)
    }
}

/// The digits and the number of decimal places of a plain decimal: no sign, no exponent.
fn decimal(text: &str) -> Option<(u64, u32)> {
    let (whole, places) = text.split_once('.').unwrap_or((text, ""));
    let places = places.trim_end_matches('0');
    let digits = format!("{whole}{places}");
    let plain = digits.bytes().all(|byte| byte.is_ascii_digit());
    let digits = if plain { digits.parse().ok()? } else { return None };
    Some((digits, u32::try_from(places.len()).ok()?))
}

/// A text that is no confidence level.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConfidenceLevelError {
    text: String,
}

impl fmt::Display for ConfidenceLevelError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = &self.text;
        write!(
            f,
            "the confidence level is `{text}`, expected a decimal between 0 and 1 with at most \
             {MAX_PLACES} places, such as 0.95, or a percentage with its sign, such as 95 %"
        )
    }
}

impl std::error::Error for ConfidenceLevelError {}

#[cfg(test)]
mod tests {
    use super::*;

    fn level(text: &str) -> ConfidenceLevel {
        text.parse().unwrap()
    }

    #[test]
    fn the_tail_is_the_nearest_double_to_the_exact_decimal() {
        let tails = [("0.9", 0.05), ("0.95", 0.025), ("0.99", 0.005), ("0.999999", 5e-7), ("0.5", 0.25)];
        for (text, tail) in tails {
            assert_eq!(level(text).tail(), tail, "{text}");
        }
        assert_eq!(level("0.999999999999999").tail(), 5e-16);
    }

    #[test]
    fn the_level_of_most_tables_is_what_its_text_says_to_the_last_bit() {
        let read = level("0.95");
        assert_eq!(ConfidenceLevel::NINETY_FIVE.tail(), read.tail());
        assert_eq!(ConfidenceLevel::NINETY_FIVE.z(), read.z());
    }

    #[test]
    fn levels_are_printed_as_percentages_with_the_digits_they_need() {
        let printed = [("0.5", "50 %"), ("0.05", "5 %"), (".975", "97.5 %"), ("99.905%", "99.905 %")];
        for (text, expected) in printed {
            assert_eq!(level(text).to_string(), expected);
        }
    }

    #[test]
    fn equal_levels_written_differently_are_equal() {
        assert_eq!(level("0.950"), level("95.0 %"));
        assert_eq!(level("0.95"), ConfidenceLevel::default());
        assert_eq!(level("0.95").as_f64(), 0.95);
    }

    #[test]
    fn what_is_not_a_level_is_refused_with_a_sentence() {
        let bad =
            ["", ".", "%", "0", "1", "1.0", "95", "100 %", "-0.5", "+0.5", "0,95", "5e-1", "NaN", "0.95 %%"];
        for text in bad {
            let error = text.parse::<ConfidenceLevel>().unwrap_err();
            assert!(error.to_string().starts_with(&format!("the confidence level is `{text}`, expected")));
        }
        assert!("0.9999999999999999".parse::<ConfidenceLevel>().is_err());
        assert!("0.99999999999999999999999999".parse::<ConfidenceLevel>().is_err());
        assert!("0.9500000000000000000000000000".parse::<ConfidenceLevel>().is_ok());
    }
}
