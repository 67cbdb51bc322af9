//! The likelihood of the mean μ and the correlation ρ.
//!
//! ```text
//! a^[x] = a (a + 1) … (a + x − 1)
//!
//! ln a^[x] = (a − ½) ln(1 + x/a) + x (ln(a + x) − 1) + δ(a + x) − δ(a)        a ≥ 10
//! ```
//!
//! δ is the remainder of Stirling's formula. The large terms of two log-gammas have cancelled on paper, so that nothing is lost
//! where m is large and the municipalities are nearly one.

use super::grid::Point;
use crate::stats::Proportion;
use crate::stats::quantile::stirling_series;

/// So many factors are multiplied out; the others follow by Stirling's formula.
const FACTORS: u64 = 12;

/// ln( L(μ, ρ) μ (1 − μ) ρ (1 − ρ) ), the integrand in logit μ and logit ρ.
pub(super) fn integrand(groups: &[Proportion], point: Point) -> f64 {
    let [a, b] = point.shapes();
    let m = point.size();
    let of = |group: &Proportion| {
        let (x, n) = (group.events(), group.trials());
        log_rising(a, x) + log_rising(b, n - x) - log_rising(m, n)
    };
    groups.iter().map(of).sum::<f64>() + point.log_slopes()
}

/// ln a^[x]
pub(super) fn log_rising(a: f64, x: u64) -> f64 {
    let multiplied = x.min(FACTORS);
    let product: f64 = (0..multiplied).map(|i| a + i as f64).product();
    let head = if multiplied == 0 { 0.0 } else { product.ln() };
    if x == multiplied { head } else { head + by_stirling(a + FACTORS as f64, (x - FACTORS) as f64) }
}

/// ln a^[x] for a not below 12.
fn by_stirling(a: f64, x: f64) -> f64 {
    let remainders = stirling_series(a + x) - stirling_series(a);
    (a - 0.5) * (x / a).ln_1p() + x * ((a + x).ln() - 1.0) + remainders
}
