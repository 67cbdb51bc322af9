//! A number between 0 and 1, kept with its complement.

/// A number in `[0, 1]` together with one minus it, each with its full relative accuracy.
///
/// An upper limit of 0.9999999999 has lost six digits of its distance from 1. Whoever needs the other side,
/// the limit of the complementary proportion, takes it from here instead of subtracting.
///
/// ```
/// use hjertekommidt::stats::Fraction;
///
/// let sensitivity = Fraction::of(231.0, 27.0);
/// assert_eq!(sensitivity.value(), 231.0 / 258.0);
/// assert_eq!(sensitivity.complement(), 27.0 / 258.0);
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Fraction {
    value: f64,
    complement: f64,
}

impl Fraction {
    /// Nothing: 0 and 1.
    pub const ZERO: Fraction = Fraction { value: 0.0, complement: 1.0 };
    /// Everything: 1 and 0.
    pub const ONE: Fraction = Fraction { value: 1.0, complement: 0.0 };

    /// The share of `part` in `part + rest`; both are non-negative and finite, and not both 0.
    pub fn of(part: f64, rest: f64) -> Self {
        let whole = part + rest;
        Fraction { value: part / whole, complement: rest / whole }
    }

    /// The value and its complement, each computed on its own; what lies outside `[0, 1]` is cut to exactly 0 or 1.
    pub(crate) fn from_pair(value: f64, complement: f64) -> Self {
        match (value <= 0.0, complement <= 0.0) {
            (true, _) => Fraction::ZERO,
            (_, true) => Fraction::ONE,
            _ => Fraction { value: value.min(1.0), complement: complement.min(1.0) },
        }
    }

    /// `exp(exponent)` for an exponent of 0 or less.
    pub(crate) fn exp(exponent: f64) -> Self {
        Fraction { value: exponent.exp(), complement: -exponent.exp_m1() }
    }

    /// The number.
    pub fn value(self) -> f64 {
        self.value
    }

    /// One minus the number.
    pub fn complement(self) -> f64 {
        self.complement
    }

    /// The other side: one minus the number, with the number as its complement.
    pub fn mirrored(self) -> Self {
        Fraction { value: self.complement, complement: self.value }
    }
}
