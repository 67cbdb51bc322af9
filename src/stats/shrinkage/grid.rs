//! The grid of (μ, ρ) with the weight of every node.
//!
//! ```text
//! u = logit μ,  v = logit ρ;   weight = exp( integrand(u, v) ) · step of u · step of v,  made to add up to 1
//! ```
//!
//! Rows of one ρ each, their distance at most 0.3 and at most a 40th of the range in which the integrand is within e⁻²⁸ of its
//! maximum. Within a row the same, and no further apart than 2/√m, the least width in u over which a municipality's
//! distribution passes a number as μ moves.
//!
//! Where m is more than a thousand times the number of records, a row is one distribution for each municipality, for at ρ = 0 it
//! is exactly Beta(X + 1, N − X + 1); it is taken as the beta distribution with the row's mean and variance.

use super::likelihood::integrand;
use crate::stats::Proportion;

/// How many times as fine as described; tests double it.
pub(super) const FINENESS: f64 = 1.0;

/// The integrand is followed down to e to the minus this, of its maximum.
const DEPTH: f64 = 28.0;

/// Logits beyond this are not looked at: the integrand falls at least as fast as its exponential.
const FARTHEST: f64 = 32.0;

/// No step is wider than this.
const WIDEST: f64 = 0.3;

/// Steps that a range has at least.
const STEPS: f64 = 40.0;

/// Points of the search for the range.
const LOOKS: u32 = 40;

/// Narrowings of the range before it is taken as it is.
const NARROWINGS: u32 = 12;

/// Nodes with less weight than this are left out.
const NEGLIGIBLE: f64 = 1e-11;

/// A row is one distribution when m exceeds this many times the number of records.
const NEARLY_ONE: f64 = 1000.0;

/// A point of the grid: logit μ and logit ρ.
#[derive(Debug, Clone, Copy)]
pub(super) struct Point {
    u: f64,
    v: f64,
}

/// e to the number, of one plus it: the inverse of the logit.
fn expit(number: f64) -> f64 {
    1.0 / (1.0 + (-number).exp())
}

impl Point {
    pub(super) fn mu(self) -> f64 {
        expit(self.u)
    }

    pub(super) fn rho(self) -> f64 {
        expit(self.v)
    }

    /// m = (1 − ρ)/ρ
    pub(super) fn size(self) -> f64 {
        (-self.v).exp()
    }

    /// μ m and (1 − μ) m.
    pub(super) fn shapes(self) -> [f64; 2] {
        [self.u, -self.u].map(|logit| expit(logit) * self.size())
    }

    /// ln( μ (1 − μ) ρ (1 − ρ) ): what μ and ρ grow by when their logits do.
    pub(super) fn log_slopes(self) -> f64 {
        [self.u, -self.u, self.v, -self.v].map(|logit| -(-logit).exp().ln_1p()).iter().sum()
    }
}

/// A node and its weight.
#[derive(Debug, Clone, Copy)]
pub(super) struct Node {
    pub(super) point: Point,
    pub(super) weight: f64,
}

impl Node {
    pub(super) fn mu(&self) -> f64 {
        self.point.mu()
    }

    pub(super) fn rho(&self) -> f64 {
        self.point.rho()
    }

    /// m/(n + m)
    pub(super) fn share_of_others(&self, trials: u64) -> f64 {
        let m = self.point.size();
        m / (trials as f64 + m)
    }
}

/// The nodes of one ρ.
#[derive(Debug, Clone)]
pub(super) struct Row {
    pub(super) nodes: Vec<Node>,
    /// Whether the municipalities are so nearly one that the row is one distribution.
    pub(super) nearly_one: bool,
}

/// All nodes; the weights add up to 1.
#[derive(Debug, Clone)]
pub(super) struct Grid {
    pub(super) rows: Vec<Row>,
}

impl Grid {
    pub(super) fn of(groups: &[Proportion], fineness: f64) -> Self {
        let posterior = Posterior { groups, fineness };
        let everywhere = [-FARTHEST, FARTHEST];
        let (range, height) = narrowed(everywhere, |v| posterior.highest(v));
        let step = step(range, f64::INFINITY) / fineness;
        let mut rows: Vec<Row> = places(range, step)
            .map(|v| posterior.row(v, height))
            .filter(|row| !row.nodes.is_empty())
            .collect();
        let nodes = || rows.iter().flat_map(|row| &row.nodes);
        let total: f64 = nodes().map(|node| node.weight).sum();
        rows.iter_mut().flat_map(|row| &mut row.nodes).for_each(|node| node.weight /= total);
        rows.iter_mut().for_each(|row| row.nodes.retain(|node| node.weight > NEGLIGIBLE));
        rows.retain(|row| !row.nodes.is_empty());
        Grid { rows }
    }

    /// The mean of a quantity over the nodes.
    pub(super) fn mean(&self, quantity: impl Fn(&Node) -> f64) -> f64 {
        let nodes = || self.rows.iter().flat_map(|row| &row.nodes);
        let total: f64 = nodes().map(|node| node.weight).sum();
        nodes().map(|node| node.weight * quantity(node)).sum::<f64>() / total
    }
}

/// The integrand of some municipalities, to be looked at with some fineness.
struct Posterior<'g> {
    groups: &'g [Proportion],
    fineness: f64,
}

impl Posterior<'_> {
    fn at(&self, u: f64, v: f64) -> f64 {
        integrand(self.groups, Point { u, v })
    }

    /// The maximum of a row, nearly.
    fn highest(&self, v: f64) -> f64 {
        narrowed([-FARTHEST, FARTHEST], |u| self.at(u, v)).1
    }

    /// The nodes of a row, with weights in units of e to the `height`.
    fn row(&self, v: f64, height: f64) -> Row {
        let (range, _) = narrowed([-FARTHEST, FARTHEST], |u| self.at(u, v));
        let m = Point { u: 0.0, v }.size();
        let records: u64 = self.groups.iter().map(|group| group.trials()).sum();
        let nearly_one = m > NEARLY_ONE * self.fineness * (records + 1) as f64;
        let widest = if nearly_one { f64::INFINITY } else { 2.0 / m.sqrt() };
        let step = step(range, widest) / self.fineness;
        let node = |u| Node { point: Point { u, v }, weight: (self.at(u, v) - height).exp() * step };
        Row { nodes: places(range, step).map(node).collect(), nearly_one }
    }
}

/// At most [`WIDEST`], a 40th of the range, and the widest step that is allowed.
fn step([low, high]: [f64; 2], widest: f64) -> f64 {
    ((high - low) / STEPS).min(WIDEST).min(widest)
}

/// Places a step apart that cover the range; multiples of the step, so that both directions are treated alike.
fn places([low, high]: [f64; 2], step: f64) -> impl Iterator<Item = f64> {
    let (first, last) = ((low / step).floor() as i64, (high / step).ceil() as i64);
    (first..=last).map(move |i| i as f64 * step)
}

/// The part of a range in which a function is within e to the minus [`DEPTH`] of its maximum, and the maximum, nearly.
fn narrowed(mut range: [f64; 2], logarithm: impl Fn(f64) -> f64) -> ([f64; 2], f64) {
    let mut highest = f64::NEG_INFINITY;
    for _ in 0..NARROWINGS {
        let [low, high] = range;
        let apart = (high - low) / f64::from(LOOKS);
        let seen: Vec<(f64, f64)> =
            (0..=LOOKS).map(|i| low + f64::from(i) * apart).map(|at| (at, logarithm(at))).collect();
        highest = seen.iter().map(|(_, height)| *height).fold(f64::NEG_INFINITY, f64::max);
        let mut near = seen.iter().filter(|(_, height)| *height > highest - DEPTH).map(|(at, _)| *at);
        let first = near.next().unwrap_or(low);
        let last = near.next_back().unwrap_or(first);
        range = [(first - apart).max(low), (last + apart).min(high)];
        if range[1] - range[0] > 0.8 * (high - low) {
            break;
        }
    }
    (range, highest)
}
