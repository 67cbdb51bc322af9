//! Tables drawn at random with the margins kept.
//!
//! The events are dealt to the groups one after the other: given what is left, a group's share is hypergeometric,
//!
//! ```text
//! P(x) = C(n, x) C(N − n, X − x) / C(N, X)
//! ```
//!
//! drawn by inversion from its mode outwards.

use super::margins::Margins;
use super::{TableDraws, TestWay};
use crate::random::Generator;
use crate::stats::Reason;

pub(super) fn p_value(margins: &Margins, draws: TableDraws) -> Result<(f64, TestWay), Reason> {
    let TableDraws { seed, tables } = draws;
    if tables == 0 {
        return Err(Reason::NotDefined);
    }
    let mut generator = Generator::of(&format!("homogeneity|{seed}"));
    let improbable = (0..tables).filter(|_| product(margins, &mut generator) <= margins.limit).count();
    let p = (1.0 + improbable as f64) / (1.0 + tables as f64);
    Ok((p, TestWay::MonteCarlo { tables, standard_error: (p * (1.0 - p) / tables as f64).sqrt() }))
}

/// ln Π C(nₕ, xₕ) of a table drawn at random.
pub(super) fn product(margins: &Margins, generator: &mut Generator) -> f64 {
    let (mut trials, mut events, mut product) = (margins.trials, margins.events, 0.0);
    for size in &margins.sizes {
        let x = share(margins, [*size, trials, events], generator.unit());
        product += margins.log_choices(*size, x);
        (trials, events) = (trials - size, events - x);
    }
    product
}

/// How many of the events fall to a group of n of N trials, for a number u between 0 and 1.
pub(super) fn share(margins: &Margins, [n, trials, events]: [u64; 3], u: f64) -> u64 {
    let (fewest, most) = (events.saturating_sub(trials - n), n.min(events));
    let mode = ((n + 1) as f64 * (events + 1) as f64 / (trials + 2) as f64) as u64;
    let mode = mode.clamp(fewest, most);
    let choices = |x: u64| margins.log_choices(n, x) + margins.log_choices(trials - n, events - x);
    let probability = |x: u64| (choices(x) - margins.log_choices(trials, events)).exp();
    let below = |distance: u64| mode.checked_sub(distance);
    let outwards =
        (1..=most - fewest).flat_map(|distance| [below(distance), Some(mode + distance)]).flatten();
    let mut left = u;
    for x in std::iter::once(mode).chain(outwards).filter(|x| (fewest..=most).contains(x)) {
        left -= probability(x);
        if left < 0.0 {
            return x;
        }
    }
    mode
}
