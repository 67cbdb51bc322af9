//! The Danish civil registration number: DDMMYY-SSSS.
//!
//! The seventh digit gives the century, together with the year; the tenth the administrative sex. Modulus 11
//! is *not* a validity test: numbers that fail it have been issued since 1 October 2007, mostly to people
//! born on 1 January. A number that fails is therefore noted, never refused. Replacement numbers (letters in
//! positions 8–9, or 60 added to the day) are accepted and noted.
//!
//! Source: CPR-kontoret, *Personnummeret i CPR* (the structure of the number and the century table) and
//! *Personnumre uden kontrolciffer (modulus 11 kontrol)*.

mod finding;
mod search;

pub use search::{holds_cpr, may_be_cpr};

use std::fmt;

use jiff::civil::Date;

use super::{date, trimmed};

/// A CPR number in its canonical form: ten characters, upper case, no hyphen.
///
/// It has no `Display` and its `Debug` hides it, so that it cannot slip into a message or a log.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Cpr {
    text: [u8; 10],
    birth: Date,
}

/// The administrative sex that the tenth digit gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Sex {
    /// Odd tenth digit.
    Male,
    /// Even tenth digit.
    Female,
}

/// A number that could be read, with what is odd about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CprReading {
    /// The number.
    pub cpr: Cpr,
    /// What is odd about it; mostly nothing.
    pub notices: CprNotices,
}

/// An oddity of a number that is accepted all the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CprNotice {
    /// Nine digits: a leading zero was put back.
    Padded,
    /// Modulus 11 fails for somebody born on 1 January, as it does for many.
    ModulusNewYear,
    /// Modulus 11 fails for another birthday.
    Modulus,
    /// A replacement number.
    Replacement,
}

/// Every notice, in the order in which they are told.
const NOTICES: [CprNotice; 4] =
    [CprNotice::Padded, CprNotice::ModulusNewYear, CprNotice::Modulus, CprNotice::Replacement];

/// The set of notices of one number.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct CprNotices(u8);

/// Why a text is no CPR number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CprFault {
    /// Nothing but blanks.
    Empty,
    /// Ten characters of the right kind, but no such day or month.
    ImpossibleDate,
    /// Wrong length or wrong characters.
    NotACpr,
    /// A spreadsheet turned the number into `1.01E+09`: the file is refused, the digits are gone.
    Scientific,
    /// A date stands where the number should be: the file is refused, it is another column or Excel's work.
    DateInColumn,
}

impl Cpr {
    /// Reads `DDMMYY-SSSS`, `DDMMYYSSSS`, or nine digits that lost their zero; blanks around are ignored.
    ///
    /// # Errors
    /// The [`CprFault`], which never repeats the text.
    pub fn read(text: &str) -> Result<CprReading, CprFault> {
        let text = trimmed(text);
        let (characters, padded) = ten_characters(text.as_bytes()).ok_or_else(|| why_not(text))?;
        let (birth, day_plus_60) = birth_date(&characters)?;
        let cpr = Cpr { text: characters, birth };
        Ok(CprReading { cpr, notices: notices(&cpr, padded, day_plus_60) })
    }

    /// The ten characters, to build a record key from; never to be shown.
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.text).unwrap_or_default()
    }

    /// The same, in ASCII.
    pub(crate) fn as_bytes(&self) -> &[u8; 10] {
        &self.text
    }

    /// The date of birth.
    pub fn birth_date(&self) -> Date {
        self.birth
    }

    /// The administrative sex.
    pub fn sex(&self) -> Sex {
        if self.text[9] % 2 == 1 { Sex::Male } else { Sex::Female }
    }
}

/// Hides the number.
impl fmt::Debug for Cpr {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Cpr(hidden)")
    }
}

/// Completed years of life on a day; negative before birth.
///
/// Somebody born on 29 February completes a year on 1 March where there is no 29th.
pub fn completed_years(birth: Date, on: Date) -> i16 {
    let birthday_to_come = (on.month(), on.day()) < (birth.month(), birth.day());
    on.year() - birth.year() - i16::from(birthday_to_come)
}

/// The canonical ten characters, and whether a zero was put before nine digits.
fn ten_characters(text: &[u8]) -> Option<([u8; 10], bool)> {
    let mut ten = [b'0'; 10];
    match text.len() {
        11 if text[6] == b'-' => {
            ten[..6].copy_from_slice(&text[..6]);
            ten[6..].copy_from_slice(&text[7..]);
        }
        10 => ten.copy_from_slice(text),
        9 if text.iter().all(u8::is_ascii_digit) => ten[1..].copy_from_slice(text),
        _ => return None,
    }
    ten[7..9].make_ascii_uppercase();
    let letters_allowed = ten[7..9].iter().all(u8::is_ascii_alphanumeric);
    let digits = ten[..7].iter().chain(&ten[9..]).all(u8::is_ascii_digit);
    (digits && letters_allowed).then_some((ten, text.len() == 9))
}

/// The date of birth, and whether 60 was added to its day.
fn birth_date(ten: &[u8; 10]) -> Result<(Date, bool), CprFault> {
    let two = |at: usize| (ten[at] - b'0') * 10 + (ten[at + 1] - b'0');
    let (day, month, year) = (two(0), two(2), two(4));
    let day_plus_60 = day > 60;
    let day = if day_plus_60 { day - 60 } else { day };
    let year = century(ten[6] - b'0', year) + i16::from(year);
    // Both are at most 99 and fit.
    Date::new(year, month as i8, day as i8)
        .map(|date| (date, day_plus_60))
        .map_err(|_| CprFault::ImpossibleDate)
}

/// The century that the seventh digit and the year of birth give together.
fn century(seventh: u8, year: u8) -> i16 {
    match (seventh, year) {
        (4 | 9, 0..=36) | (5..=8, 0..=57) => 2000,
        (5..=8, _) => 1800,
        _ => 1900,
    }
}

fn notices(cpr: &Cpr, padded: bool, day_plus_60: bool) -> CprNotices {
    let replacement = day_plus_60 || !cpr.text[7..9].iter().all(u8::is_ascii_digit);
    let fails = !replacement && !passes_modulus_11(&cpr.text);
    let new_year = (cpr.birth.month(), cpr.birth.day()) == (1, 1);
    CprNotices::default()
        .with(CprNotice::Padded, padded)
        .with(CprNotice::ModulusNewYear, fails && new_year)
        .with(CprNotice::Modulus, fails && !new_year)
        .with(CprNotice::Replacement, replacement)
}

fn passes_modulus_11(digits: &[u8; 10]) -> bool {
    const WEIGHTS: [u32; 10] = [4, 3, 2, 7, 6, 5, 4, 3, 2, 1];
    let sum: u32 = digits.iter().zip(WEIGHTS).map(|(digit, weight)| u32::from(digit - b'0') * weight).sum();
    sum.is_multiple_of(11)
}

/// What a text is that is no CPR number.
fn why_not(text: &str) -> CprFault {
    if text.is_empty() {
        CprFault::Empty
    } else if is_scientific(text) {
        CprFault::Scientific
    } else if text.contains(['-', '/', '.']) && date::read_date(text).is_ok() {
        CprFault::DateInColumn
    } else {
        CprFault::NotACpr
    }
}

/// `1.01E+09`, `1,01E+09`, `3e9`: what a spreadsheet makes of a long number.
fn is_scientific(text: &str) -> bool {
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    text.split_once(['e', 'E']).is_some_and(|(mantissa, exponent)| {
        let (whole, fraction) = mantissa.split_once(['.', ',']).unwrap_or((mantissa, "0"));
        digits(whole) && digits(fraction) && digits(exponent.strip_prefix('+').unwrap_or(exponent))
    })
}

impl CprNotices {
    fn with(self, notice: CprNotice, holds: bool) -> Self {
        CprNotices(self.0 | (u8::from(holds) << notice as u8))
    }

    /// Whether nothing is odd.
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Whether this is one of the oddities.
    pub fn contains(self, notice: CprNotice) -> bool {
        self.0 & (1 << notice as u8) != 0
    }

    /// The oddities, in a fixed order.
    pub fn iter(self) -> impl Iterator<Item = CprNotice> {
        NOTICES.into_iter().filter(move |&notice| self.contains(notice))
    }
}

#[cfg(test)]
mod tests;
