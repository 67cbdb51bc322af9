//! Bounds of the measures, however register and record depend on each other.
//!
//! Se and Sp fix how many with each answer of the record truly have it, A with record yes and B with record no:
//!
//! ```text
//! A = Se π n      B = (1 − Se) π n
//! ```
//!
//! How A and B divide into register yes and no is free, but for what the table holds. With u and v the parts with register yes,
//!
//! ```text
//! max(0, A − FN) ≤ u ≤ min(TP, A)          max(0, B − TN) ≤ v ≤ min(FP, B)
//! ```
//!
//! and every u and v in these ranges is a possible joint distribution, for nothing else is known of it. The measures depend on w = u + v,
//! the truly positive with register yes, alone; with R = TP + FP
//!
//! ```text
//! sensitivity w/(π n)      specificity (n − R − π n + w)/(n − π n)      PPV w/R      NPV (n − R − π n + w)/(n − R)
//! ```
//!
//! and all of them rise with w. So the bounds are the values at the least and the greatest w, the same w for all four: they are
//! jointly attainable and cannot be narrowed. The value under independence, where admissible, lies between them.
//!
//! Reference: Emerson SC, Waikar SS, Fuentes C, Bonventre JV, Betensky RA. Biomarker validation with an imperfect reference: issues and
//! bounds. Statistical Methods in Medical Research 2018; 27: 2933–2945. <https://doi.org/10.1177/0962280216689806>

use super::{AssumedReference, ROUNDING};
use crate::stats::{Measure, Reason, TwoByTwo};

/// The least and the greatest value of a measure.
pub(super) fn of(measure: Measure, table: TwoByTwo, assumed: AssumedReference) -> Result<[f64; 2], Reason> {
    let total = table.total() as f64;
    let prevalence = prevalence(table, assumed)?;
    if measure == Measure::PrevalenceReference {
        return Ok([prevalence; 2]);
    }
    let positives = prevalence * total;
    let register_yes = table.register_yes() as f64;
    let true_positives = true_positives(table, assumed, positives);
    let true_negatives = true_positives.map(|w| total - register_yes - positives + w);
    let (parts, whole) = match measure {
        Measure::Sensitivity => (true_positives, positives),
        Measure::Specificity => (true_negatives, total - positives),
        Measure::Ppv => (true_positives, register_yes),
        _ => (true_negatives, total - register_yes),
    };
    if whole > ROUNDING * total {
        Ok(parts.map(|part| (part / whole).clamp(0.0, 1.0)))
    } else {
        Err(Reason::NotEstimable)
    }
}

/// π, which needs no independence.
fn prevalence(table: TwoByTwo, assumed: AssumedReference) -> Result<f64, Reason> {
    let youden = assumed.youden()?;
    let by_record = table.prevalence_reference().estimate().ok_or(Reason::NotEstimable)?;
    let prevalence = (by_record - (1.0 - assumed.specificity())) / youden;
    let is_possible = (-ROUNDING..=1.0 + ROUNDING).contains(&prevalence);
    if is_possible { Ok(prevalence.clamp(0.0, 1.0)) } else { Err(Reason::Inadmissible) }
}

/// The least and the greatest w = u + v.
fn true_positives(table: TwoByTwo, assumed: AssumedReference, positives: f64) -> [f64; 2] {
    let [tp, fp, fn_, tn] = table.cells().map(|cell| cell as f64);
    let (found, missed) = (assumed.sensitivity() * positives, (1.0 - assumed.sensitivity()) * positives);
    let least = (found - fn_).max(0.0) + (missed - tn).max(0.0);
    let greatest = found.min(tp) + missed.min(fp);
    [least, greatest.max(least)]
}
