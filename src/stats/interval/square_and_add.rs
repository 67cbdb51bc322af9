//! Newcombe's square-and-add intervals: the distances of Wilson limits from their estimates, added as squares.
//!
//! ```text
//! p₁ + p₂:   lower = p₁ + p₂ − √( (p₁ − l₁)² + (p₂ − l₂)² )
//!            upper = p₁ + p₂ + √( (u₁ − p₁)² + (u₂ − p₂)² )
//! ```
//!
//! for independent proportions, used for Youden's J = sensitivity + specificity − 1; and for the difference of two
//! proportions of the same n records, of which a have both and d neither,
//!
//! ```text
//! lower = p₁ − p₂ − √( (p₁ − l₁)² − 2 φ (p₁ − l₁)(u₂ − p₂) + (u₂ − p₂)² )
//! upper = p₁ − p₂ + √( (u₁ − p₁)² − 2 φ (u₁ − p₁)(p₂ − l₂) + (p₂ − l₂)² )
//!
//! φ = (a d − b c) / √( (a+b)(c+d)(a+c)(b+d) )
//! ```
//!
//! where a positive a d − b c is first reduced by n/2, to no less than 0, and φ = 0 with an empty margin.
//!
//! References: Newcombe RG. Interval estimation for the difference between independent proportions. Statistics in
//! Medicine 1998; 17: 873–890, method 10.
//! <https://doi.org/10.1002/(SICI)1097-0258(19980430)17:8%3C873::AID-SIM779%3E3.0.CO;2-I>
//! Newcombe RG. Improved confidence intervals for the difference between binomial proportions based on paired data.
//! Statistics in Medicine 1998; 17: 2635–2650, method 10.
//! <https://doi.org/10.1002/(SICI)1097-0258(19981130)17:22%3C2635::AID-SIM954%3E3.0.CO;2-C>

use super::{Limits, limits as proportion_limits};
use crate::stats::{ConfidenceLevel, IntervalMethod, Reason};

/// How far the Wilson limits of x events beside y non-events lie below and above the estimate.
fn distances(x: f64, y: f64, level: ConfidenceLevel) -> Result<(f64, f64), Reason> {
    let Limits { lower, upper } = proportion_limits(IntervalMethod::Wilson, x, y, level)?;
    let estimate = x / (x + y);
    Ok((estimate - lower.value(), upper.value() - estimate))
}

/// The limits of the sum of two independent proportions, each given by its events and non-events.
pub(crate) fn limits_of_sum(
    first: [u64; 2],
    second: [u64; 2],
    level: ConfidenceLevel,
) -> Result<(f64, f64), Reason> {
    let [[x1, y1], [x2, y2]] = [first, second].map(|counts| counts.map(|count| count as f64));
    let (below1, above1) = distances(x1, y1, level)?;
    let (below2, above2) = distances(x2, y2, level)?;
    let sum = x1 / (x1 + y1) + x2 / (x2 + y2);
    Ok((sum - below1.hypot(below2), sum + above1.hypot(above2)))
}

/// The limits of the difference (a + b)/n − (a + c)/n of two proportions of the same records.
pub(crate) fn limits_of_paired_difference(
    cells: [u64; 4],
    level: ConfidenceLevel,
) -> Result<(f64, f64), Reason> {
    let [a, b, c, d] = cells.map(|cell| cell as f64);
    let n = a + b + c + d;
    let (below1, above1) = distances(a + b, c + d, level)?;
    let (below2, above2) = distances(a + c, b + d, level)?;
    let correlation = corrected_correlation([a, b, c, d]);
    let added =
        |one: f64, other: f64| (one * one - 2.0 * correlation * one * other + other * other).max(0.0).sqrt();
    let difference = (b - c) / n;
    Ok((difference - added(below1, above2), difference + added(above1, below2)))
}

/// φ with Newcombe's continuity correction.
fn corrected_correlation([a, b, c, d]: [f64; 4]) -> f64 {
    let margins = (a + b) * (c + d) * (a + c) * (b + d);
    let product = a * d - b * c;
    let corrected = if product > 0.0 { (product - (a + b + c + d) / 2.0).max(0.0) } else { product };
    if margins == 0.0 { 0.0 } else { corrected / margins.sqrt() }
}
