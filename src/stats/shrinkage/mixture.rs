//! What a municipality's proportion is, given all data: a mixture of beta distributions.
//!
//! ```text
//! F(t) = Σ weight · I(t; x + μ m, n − x + (1 − μ) m)        mean = Σ weight · (x + μ m)/(n + m)
//! ```
//!
//! A shape below 10⁻⁶ is taken as 0: all on one side, and with both shapes 0, μ of it at 1.

use super::grid::{Grid, Node, Row};
use crate::stats::quantile::LogitBeta;
use crate::stats::{Fraction, Proportion};

/// Limits are looked for between these logits.
const FARTHEST: f64 = 60.0;

/// A limit is found when its probability is as close as this, or the bracket of its logit as narrow.
const CLOSE: f64 = 1e-12;
const NARROW: f64 = 1e-10;

/// A beta distribution with shapes above [`ROUND`] has less than 10⁻¹⁵ beyond so many standard deviations.
const BEYOND: f64 = 12.0;
const ROUND: f64 = 50.0;

/// A beta distribution with its weight.
#[derive(Debug, Clone, Copy)]
struct Component {
    weight: f64,
    shapes: [f64; 2],
    /// `None` when a shape is 0.
    beta: Option<LogitBeta>,
    /// Below and above these nothing is left; only for distributions that are nearly normal.
    ends: [f64; 2],
}

impl Component {
    fn new(weight: f64, [a, b]: [f64; 2]) -> Self {
        let beta = LogitBeta::new(a, b);
        let (mean, n) = (a / (a + b), a + b);
        let reach = BEYOND * (mean * (b / n) / (n + 1.0)).sqrt();
        let ends = if a.min(b) > ROUND { [mean - reach, mean + reach] } else { [0.0, 1.0] };
        Component { weight, shapes: [a, b], beta, ends }
    }

    fn mean(&self) -> f64 {
        let [a, b] = self.shapes;
        a / (a + b)
    }

    /// The probability of at most t.
    fn below(&self, t: Fraction) -> f64 {
        let [low, high] = self.ends;
        match self.beta {
            _ if t.value() <= low => 0.0,
            _ if t.value() >= high => 1.0,
            Some(beta) => beta.tail(beta.position(t)).ln_probability.exp(),
            None => self.shapes[1] / (self.shapes[0] + self.shapes[1]),
        }
    }
}

/// The mixture of one municipality.
#[derive(Debug, Clone)]
pub(super) struct Mixture(Vec<Component>);

impl Mixture {
    pub(super) fn of(observed: Proportion, grid: &Grid) -> Self {
        Mixture(grid.rows.iter().flat_map(|row| components(observed, row)).collect())
    }

    pub(super) fn mean(&self) -> f64 {
        self.average(Component::mean)
    }

    /// The quantiles at the tail and at one minus it.
    pub(super) fn limits(&self, tail: f64) -> [f64; 2] {
        let upper = self.quantile([-FARTHEST, FARTHEST], 1.0 - tail);
        let lower = self.quantile([-FARTHEST, upper], tail);
        [lower, upper].map(|logit| fraction(logit).value())
    }

    /// The logit below which this probability lies: bisection, and the Illinois rule once the bracket is narrow.
    fn quantile(&self, [low, high]: [f64; 2], probability: f64) -> f64 {
        let (mut low, mut high) = ((low, -probability), (high, 1.0 - probability));
        let mut middle = low.0;
        while high.0 - low.0 > NARROW {
            let share = if high.0 - low.0 > 1.0 { 0.5 } else { low.1 / (low.1 - high.1) };
            middle = low.0 + share * (high.0 - low.0);
            let excess = self.average(|component| component.below(fraction(middle))) - probability;
            match excess {
                _ if excess.abs() < CLOSE => break,
                _ if excess > 0.0 => (high, low.1) = ((middle, excess), 0.5 * low.1),
                _ => (low, high.1) = ((middle, excess), 0.5 * high.1),
            }
        }
        middle
    }

    fn average(&self, quantity: impl Fn(&Component) -> f64) -> f64 {
        let total: f64 = self.0.iter().map(|component| component.weight).sum();
        self.0.iter().map(|component| component.weight * quantity(component)).sum::<f64>() / total
    }
}

/// t with a logit.
fn fraction(logit: f64) -> Fraction {
    if logit > 0.0 { Fraction::of(1.0, (-logit).exp()) } else { Fraction::of(logit.exp(), 1.0) }
}

/// The distributions of a row: one for every node, or one for all.
fn components(observed: Proportion, row: &Row) -> Vec<Component> {
    let of_nodes = row.nodes.iter().map(|node| Component::new(node.weight, shapes(observed, node)));
    let of_nodes: Vec<Component> = of_nodes.collect();
    if row.nearly_one { vec![matched(&Mixture(of_nodes))] } else { of_nodes }
}

/// x + μ m and n − x + (1 − μ) m.
fn shapes(observed: Proportion, node: &Node) -> [f64; 2] {
    let [a, b] = node.point.shapes();
    let (x, n) = (observed.events(), observed.trials());
    [x as f64 + a, (n - x) as f64 + b]
}

/// The beta distribution with the mean and the variance of a mixture.
fn matched(mixture: &Mixture) -> Component {
    let mean = mixture.mean();
    let variance = mixture.average(|component| {
        let own = component.mean();
        let size = component.shapes[0] + component.shapes[1];
        own * (1.0 - own) / (size + 1.0) + (own - mean) * (own - mean)
    });
    let size = mean * (1.0 - mean) / variance - 1.0;
    let weight = mixture.0.iter().map(|component| component.weight).sum();
    Component::new(weight, [mean * size, (1.0 - mean) * size])
}
