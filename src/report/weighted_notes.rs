//! What a reader of weighted estimates must know, in words.

use super::percent;
use crate::stats::{Measure, WeightedEstimate, WeightedWarning};

/// So many strata are named.
const NAMED: usize = 5;

/// The warnings of a table of weighted estimates, each once. `strata` are the names of the strata in their order.
pub fn weighted_notes(strata: &[String], estimates: &[(Measure, WeightedEstimate)]) -> Vec<String> {
    let mut notes: Vec<(String, Vec<Measure>)> = Vec::new();
    for (measure, estimate) in estimates {
        for warning in &estimate.warnings {
            let text = text(warning, strata);
            match notes.iter_mut().find(|(known, _)| *known == text) {
                Some((_, measures)) => measures.push(*measure),
                None => notes.push((text, vec![*measure])),
            }
        }
    }
    let of = |(text, measures): (String, Vec<Measure>)| {
        if measures.len() == estimates.len() {
            return format!("All: {text}.");
        }
        let titles: Vec<&str> = measures.iter().map(|measure| measure.title()).collect();
        format!("{}: {text}.", titles.join(", "))
    };
    notes.into_iter().map(of).collect()
}

fn text(warning: &WeightedWarning, strata: &[String]) -> String {
    match warning {
        WeightedWarning::LonelyStrata { strata: lonely } => format!(
            "one reviewed chart of several in {}, whose variance is measured from the overall mean",
            named(lonely, strata)
        ),
        WeightedWarning::NotCovered { strata: missed, covered } => format!(
            "no reviewed chart in {}, so the weighted figures cover {} % of the frame",
            named(missed, strata),
            percent(*covered, 1)
        ),
        WeightedWarning::NoVariance => {
            "the variance is 0 though not everything is known, so the interval rests on the weights alone"
                .to_owned()
        }
        WeightedWarning::HeavyStratum { stratum, weight_share, record_share } => format!(
            "{} holds {} % of the weight and {} % of the charts, so the interval may be too short",
            named(&[*stratum], strata),
            percent(*weight_share, 0),
            percent(*record_share, 0)
        ),
    }
}

fn named(positions: &[usize], strata: &[String]) -> String {
    let names: Vec<&str> = positions
        .iter()
        .take(NAMED)
        .filter_map(|&position| strata.get(position))
        .map(String::as_str)
        .collect();
    match positions.len().saturating_sub(NAMED) {
        0 => names.join(", "),
        more => format!("{} and {more} more", names.join(", ")),
    }
}
