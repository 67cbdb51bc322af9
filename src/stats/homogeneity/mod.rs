//! The exact test that several proportions are one: Fisher, Freeman and Halton's on a 2 × k table.
//!
//! ```text
//! group h: xₕ events of nₕ,    X = Σ xₕ,    N = Σ nₕ
//!
//! P(table) = Π C(nₕ, xₕ) / C(N, X)          given all margins
//!
//! p = Σ P(table)  over the tables with P(table) ≤ P(observed) (1 + 10⁻⁷)
//! ```
//!
//! The factor takes tables as probable as the observed one into the sum although rounding has made them a little more
//! probable. Where the sum is too long, B tables are drawn at random with the margins kept, of which m are no more
//! probable than the observed one:
//!
//! ```text
//! p = (1 + m) / (1 + B)        standard error √( p (1 − p) / B )
//! ```
//!
//! The observed table is counted among the drawn ones, so that p is never 0 and the test keeps its level.
//!
//! The sum goes over the groups, largest first, and keeps what has the same events so far and the same product so far as one
//! node (Mehta and Patel's network). A node all of whose completions are improbable enough, or none, is settled at once by
//! the least and the greatest product that the groups to come can add. Which way was gone stands in the result; it
//! depends on the table alone.
//!
//! Edges: groups without trials say nothing and are left out; fewer than two groups are *not estimable*. Without events, or
//! with events only, there is one table and p = 1. More than 10⁶ trials are *not defined*. The order of the groups does not
//! matter, and neither does exchanging events and non-events. The test does not know of sampling weights.
//!
//! References: Freeman GH, Halton JH. Note on an exact treatment of contingency, goodness of fit and other problems of
//! significance. Biometrika 1951; 38: 141–149. <https://doi.org/10.1093/biomet/38.1-2.141>
//! Mehta CR, Patel NR. A network algorithm for performing Fisher's exact test in r × c contingency tables. Journal of the
//! American Statistical Association 1983; 78: 427–434. <https://doi.org/10.1080/01621459.1983.10477989>
//! Phipson B, Smyth GK. Permutation P-values should never be zero. Statistical Applications in Genetics and Molecular
//! Biology 2010; 9: 39. <https://doi.org/10.2202/1544-6115.1585>

mod margins;
mod monte_carlo;
mod network;

use margins::Margins;

use super::{Proportion, Reason};

/// Tables larger than this are refused.
const MOST_TRIALS: u64 = 1_000_000;

/// How tables are drawn when there are too many to go through.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TableDraws<'s> {
    /// What the random numbers depend on, and nothing else: a text of the study, never the clock.
    pub seed: &'s str,
    /// B, how many tables.
    pub tables: u64,
}

/// How a probability was found.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum TestWay {
    /// By going through all tables with the margins.
    Exact,
    /// From tables drawn at random.
    MonteCarlo {
        /// B, how many tables.
        tables: u64,
        /// The standard error of the probability.
        standard_error: f64,
    },
}

/// The exact test that several proportions are one.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Homogeneity {
    /// How many groups had trials.
    pub groups: usize,
    /// The probability of a table as improbable as this one.
    pub p_value: f64,
    /// How it was found.
    pub way: TestWay,
}

/// Tests whether the proportions of several groups are one.
///
/// ```
/// use hjertekommidt::stats::{Proportion, TableDraws, TestWay, homogeneity};
///
/// // Fisher's tea: 3 of 4 against 1 of 4.
/// let cups = [Proportion::new(3, 4)?, Proportion::new(1, 4)?];
/// let test = homogeneity(&cups, TableDraws { seed: "tea", tables: 10_000 }).unwrap();
/// assert_eq!(test.way, TestWay::Exact);
/// assert!((test.p_value - 34.0 / 70.0).abs() < 1e-14);
/// # Ok::<(), hjertekommidt::stats::ProportionError>(())
/// ```
///
/// # Errors
/// [`Reason::NotEstimable`] with fewer than two groups that have trials; [`Reason::NotDefined`] for more than 10⁶ trials,
/// or when tables must be drawn and none may be.
pub fn homogeneity(groups: &[Proportion], draws: TableDraws) -> Result<Homogeneity, Reason> {
    let margins = Margins::of(groups)?;
    let (p_value, way) = match network::p_value(&margins) {
        Some(p_value) => (p_value, TestWay::Exact),
        None => monte_carlo::p_value(&margins, draws)?,
    };
    Ok(Homogeneity { groups: margins.sizes.len(), p_value, way })
}

#[cfg(test)]
mod tests;
