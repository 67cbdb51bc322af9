//! What a reader of weighted estimates must know, in words.

use super::{Style, percent};
use crate::stats::{Measure, WeightedEstimate, WeightedWarning};

/// So many strata are named.
const NAMED: usize = 5;

/// The warnings of a table of weighted estimates, each once, with the measures that it is about; no measure where it is about
/// all. `strata` are the names of the strata in their order.
pub fn weighted_notes(
    strata: &[String],
    estimates: &[(Measure, WeightedEstimate)],
) -> Vec<(String, Vec<Measure>)> {
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
    for (_, measures) in &mut notes {
        if measures.len() == estimates.len() {
            measures.clear();
        }
    }
    notes
}

/// What the calibration could not do.
pub(super) const NOT_CALIBRATED: [&str; 2] = [
    "en registerværdi i rammen er slet ikke gennemgået, så vægtene er ikke kalibreret til den",
    "a register status of the frame was not reviewed at all, so the weights are not calibrated to it",
];

fn text(warning: &WeightedWarning, strata: &[String]) -> String {
    match warning {
        WeightedWarning::LonelyStrata { strata: lonely } => format!(
            "one reviewed chart of several in {}, whose variance is measured from the overall mean",
            named(lonely, strata, Style::ENGLISH)
        ),
        WeightedWarning::NotCovered { strata: missed, covered } => format!(
            "no reviewed chart in {}, so the weighted figures cover {} % of the frame",
            named(missed, strata, Style::ENGLISH),
            percent(*covered, 1)
        ),
        WeightedWarning::NotCalibrated => Style::ENGLISH.says(NOT_CALIBRATED).to_owned(),
        WeightedWarning::NoVariance => {
            "the variance is 0 though not everything is known: the interval, if any, rests on the weights alone"
                .to_owned()
        }
        WeightedWarning::HeavyStratum { which } => {
            let name = which.map_or_else(
                || "a stratum".to_owned(),
                |one| named(&[one.stratum], strata, Style::ENGLISH),
            );
            format!(
                "{name} holds over 20 % of the weight and under 10 % of the charts, so the interval may be too short"
            )
        }
    }
}

pub(super) fn named(positions: &[usize], strata: &[String], style: Style) -> String {
    let names: Vec<&str> = positions
        .iter()
        .take(NAMED)
        .filter_map(|&position| strata.get(position))
        .map(String::as_str)
        .collect();
    match positions.len().saturating_sub(NAMED) {
        0 => names.join(", "),
        more => style.says([
            format!("{} og {more} til", names.join(", ")),
            format!("{} and {more} more", names.join(", ")),
        ]),
    }
}
