//! Confidence limits of a proportion, one method a file.
//!
//! Each method is given by its lower limit, with the complement of that limit, for x events beside y = n − x
//! non-events at a level. The upper limit follows: it is the complement of the lower limit of the n − x non-events. So the two limits
//! mirror each other to the last bit, and each is accurate on both sides.
//!
//! x and y are real numbers, not below 0 and not both 0: the design-weighted intervals pass an effective sample size.
//! 0.0 and 1.0 are the limits where the method says so; `None` where it says nothing.

mod agresti_coull;
mod arcsine;
mod clopper_pearson;
mod jeffreys;
pub(crate) mod koopman;
mod logit;
mod mid_p;
pub(crate) mod miettinen_nurminen;
pub(crate) mod square_and_add;
mod wald;
pub(crate) mod wilson;
mod wilson_cc;

use super::{ConfidenceLevel, Fraction, IntervalMethod, Reason};

/// The two limits of a proportion, each with its complement.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Limits {
    /// The lower limit.
    pub lower: Fraction,
    /// The upper limit.
    pub upper: Fraction,
}

impl Limits {
    /// The lower limits of the events and of the non-events, which is the upper limit seen from the other side.
    pub(crate) fn of(events: Fraction, rest: Fraction) -> Self {
        Limits { lower: events, upper: rest.mirrored() }
    }
}

/// The limits of x events beside y non-events, which are real numbers.
#[inline]
pub(crate) fn limits(
    method: IntervalMethod,
    x: f64,
    y: f64,
    level: ConfidenceLevel,
) -> Result<Limits, Reason> {
    if x + y == 0.0 {
        return Err(Reason::NotEstimable);
    }
    let limits = match method {
        IntervalMethod::ClopperPearson => mirrored(clopper_pearson::lower, x, y, level),
        IntervalMethod::Wilson => mirrored(wilson::lower, x, y, level),
        IntervalMethod::WilsonCc => mirrored(wilson_cc::lower, x, y, level),
        IntervalMethod::AgrestiCoull => mirrored(agresti_coull::lower, x, y, level),
        IntervalMethod::Jeffreys => mirrored(jeffreys::lower, x, y, level),
        IntervalMethod::MidP => mirrored(mid_p::lower, x, y, level),
        IntervalMethod::Logit => mirrored(logit::lower, x, y, level),
        IntervalMethod::Arcsine => mirrored(arcsine::lower, x, y, level),
        IntervalMethod::Wald => mirrored(wald::lower, x, y, level),
    };
    limits.ok_or(Reason::NotDefined)
}

/// Both limits by the lower one. Made for each method, so that what the two have in common is computed once.
#[inline]
fn mirrored(
    lower: impl Fn(f64, f64, ConfidenceLevel) -> Option<Fraction>,
    x: f64,
    y: f64,
    level: ConfidenceLevel,
) -> Option<Limits> {
    Some(Limits::of(lower(x, y, level)?, lower(y, x, level)?))
}

/// √U − z and its derivative, for a score statistic U = k² w with w and its derivative at k: √U is nearly a straight line.
fn distance(k: f64, z: f64, w: f64, slope_of_w: f64) -> (f64, f64) {
    let root = w.sqrt();
    (k * root - z, root + 0.5 * k * slope_of_w / root)
}

#[cfg(test)]
mod tests;
