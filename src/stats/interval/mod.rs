//! Confidence limits of a proportion, one method a file.
//!
//! Each method is given by its lower limit, with the complement of that limit, for x events beside y = n − x
//! non-events at a tail probability α/2. The upper limit follows: it is the complement of the lower limit of the n − x non-events. So the two limits
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

use super::{Fraction, IntervalMethod, Reason};

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

/// The limits of x events beside y non-events, which are real numbers, at the tail probability α/2.
pub(crate) fn limits(method: IntervalMethod, x: f64, y: f64, tail: f64) -> Result<Limits, Reason> {
    if x + y == 0.0 {
        return Err(Reason::NotEstimable);
    }
    let lower = lower_limit(method);
    let of_events = lower(x, y, tail).ok_or(Reason::NotDefined)?;
    let of_the_rest = lower(y, x, tail).ok_or(Reason::NotDefined)?;
    Ok(Limits::of(of_events, of_the_rest))
}

/// The lower limit of x events beside y non-events at a tail probability.
type LowerLimit = fn(x: f64, y: f64, tail: f64) -> Option<Fraction>;

fn lower_limit(method: IntervalMethod) -> LowerLimit {
    match method {
        IntervalMethod::ClopperPearson => clopper_pearson::lower,
        IntervalMethod::Wilson => wilson::lower,
        IntervalMethod::WilsonCc => wilson_cc::lower,
        IntervalMethod::AgrestiCoull => agresti_coull::lower,
        IntervalMethod::Jeffreys => jeffreys::lower,
        IntervalMethod::MidP => mid_p::lower,
        IntervalMethod::Logit => logit::lower,
        IntervalMethod::Arcsine => arcsine::lower,
        IntervalMethod::Wald => wald::lower,
    }
}

/// The normal quantile z with the probability `tail` above it.
fn upper_normal(tail: f64) -> f64 {
    -super::quantile::standard_normal(tail)
}

#[cfg(test)]
mod tests;
