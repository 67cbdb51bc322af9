//! Shrunken estimates: what several small municipalities tell of each other.
//!
//! ```text
//! xₕ | θₕ  ~ Bin(nₕ, θₕ)
//! θₕ | μ, ρ ~ Beta(μ m, (1 − μ) m)        m = (1 − ρ)/ρ
//! μ ~ Uniform(0, 1)      ρ ~ Uniform(0, 1)
//!
//! L(μ, ρ) = Π (μ m)^[xₕ] ((1 − μ) m)^[nₕ − xₕ] / m^[nₕ]          a^[x] = a (a + 1) … (a + x − 1)
//!
//! θₕ | data ~ ∫∫ Beta(xₕ + μ m, nₕ − xₕ + (1 − μ) m) L(μ, ρ) dμ dρ / ∫∫ L(μ, ρ) dμ dρ
//! ```
//!
//! xₕ of nₕ are the municipality's events of trials and θₕ its true proportion; μ is the mean of the true proportions and ρ the
//! correlation of two records of one municipality: 0 when all proportions are one, 1 when each is 0 or 1. The estimate is the mean of
//! θₕ given the data, and the interval is that of the mixture, its quantiles at α/2 and 1 − α/2. It therefore holds how little is
//! known of μ and ρ; an interval with their best values put in would be too short.
//!
//! In other words
//!
//! ```text
//! estimate = w xₕ/nₕ + (1 − w) c        w = E nₕ/(nₕ + m),    c = E( μ m/(nₕ + m) ) / (1 − w)
//! ```
//!
//! so that it lies between the municipality's own proportion and c, to which it is drawn. Means are given the data.
//!
//! The priors: μ has no direction. A uniform ρ is the uniform-shrinkage prior, for the weight of the common mean in an
//! estimate of one record is 1 − ρ; it is proper, so that a single municipality has an answer, and it favours neither
//! pooling nor keeping apart.
//!
//! The integral is a sum over a grid in logit μ and logit ρ (`grid`), where the integrand is smooth and falls off on all
//! sides, and the trapezoidal rule converges faster than any power of the step.
//!
//! Edges: without trials in any municipality nothing is *estimable*. One without trials gets the predictive distribution,
//! one with events only an estimate below 1. More than 10⁶ trials are *not defined*. Exchanging events and non-events
//! mirrors everything. Sampling weights are not used: within a municipality the draw is simple random.
//!
//! References: Kleinman JC. Proportions with extraneous variance: single and independent samples. Journal of the American
//! Statistical Association 1973; 68: 46–54. <https://doi.org/10.1080/01621459.1973.10481332>
//! Daniels MJ. A prior for the variance in hierarchical models. Canadian Journal of Statistics 1999; 27: 567–578.
//! <https://doi.org/10.2307/3316112>
//! Trefethen LN, Weideman JAC. The exponentially convergent trapezoidal rule. SIAM Review 2014; 56: 385–458.
//! <https://doi.org/10.1137/130932132>

mod grid;
mod likelihood;
mod mixture;

use grid::Grid;
use mixture::Mixture;

use super::{ConfidenceInterval, ConfidenceLevel, Method, Proportion, Reason};

/// More trials than this are refused.
const MOST_TRIALS: u64 = 1_000_000;

/// The estimates of several municipalities, each drawn towards the others.
#[derive(Debug, Clone, PartialEq)]
pub struct Shrinkage {
    /// The mean of μ given the data.
    pub mean: f64,
    /// The mean of ρ given the data: 0 would be one proportion for all.
    pub correlation: f64,
    /// One for each municipality, in the order given.
    pub estimates: Vec<ShrunkenEstimate>,
}

/// A municipality's own counts, and its estimate with the others'.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ShrunkenEstimate {
    /// xₕ of nₕ.
    pub observed: Proportion,
    /// The mean of θₕ given all data.
    pub value: f64,
    /// The mean of n/(n + m): how much of the estimate is the municipality's own.
    pub own_weight: f64,
    /// Where the rest of the estimate comes from: the mean of μ, weighted with m/(n + m).
    pub drawn_to: f64,
    /// The interval that θₕ lies in with the probability of the level, given the data and the priors.
    pub interval: ConfidenceInterval,
}

/// Shrunken estimates of the proportions of several municipalities.
///
/// ```
/// use hjertekommidt::stats::{ConfidenceLevel, Proportion, shrinkage};
///
/// let counts = [(9, 9), (14, 20), (30, 42), (0, 0)].map(|(x, n)| Proportion::new(x, n).unwrap());
/// let shrunken = shrinkage(&counts, ConfidenceLevel::NINETY_FIVE)?;
/// let all_of_nine = shrunken.estimates[0];
/// assert!(all_of_nine.value < 0.95 && all_of_nine.value > shrunken.mean);
/// assert!(shrunken.estimates[3].interval.contains(shrunken.mean));
/// # Ok::<(), hjertekommidt::stats::Reason>(())
/// ```
///
/// # Errors
/// [`Reason::NotEstimable`] without any trials; [`Reason::NotDefined`] for more than 10⁶ trials.
pub fn shrinkage(groups: &[Proportion], level: ConfidenceLevel) -> Result<Shrinkage, Reason> {
    shrunken(groups, level, grid::FINENESS)
}

/// The same on a grid of some fineness.
fn shrunken(groups: &[Proportion], level: ConfidenceLevel, fineness: f64) -> Result<Shrinkage, Reason> {
    let trials = groups.iter().map(|group| group.trials()).fold(0, u64::saturating_add);
    if trials == 0 {
        return Err(Reason::NotEstimable);
    }
    if trials > MOST_TRIALS {
        return Err(Reason::NotDefined);
    }
    let grid = Grid::of(groups, fineness);
    let estimates = groups.iter().map(|observed| estimate(*observed, &grid, level)).collect();
    Ok(Shrinkage { mean: grid.mean(|node| node.mu()), correlation: grid.mean(|node| node.rho()), estimates })
}

fn estimate(observed: Proportion, grid: &Grid, level: ConfidenceLevel) -> ShrunkenEstimate {
    let mixture = Mixture::of(observed, grid);
    let [lower, upper] = mixture.limits(level.tail());
    let interval = ConfidenceInterval::new(lower, upper, level, Method::BetaBinomial);
    let others_weight = grid.mean(|node| node.share_of_others(observed.trials()));
    let drawn_to = grid.mean(|node| node.share_of_others(observed.trials()) * node.mu()) / others_weight;
    ShrunkenEstimate { observed, value: mixture.mean(), own_weight: 1.0 - others_weight, drawn_to, interval }
}

#[cfg(test)]
mod tests;
