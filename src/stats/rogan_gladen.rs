//! The true prevalence behind an apparent one, with a sensitivity and a specificity from elsewhere.
//!
//! ```text
//! π = (p + sp − 1) / J              J = se + sp − 1
//! ```
//!
//! p is the share that the register names, se and sp its sensitivity and specificity, found in another study or stated. On the
//! table that se and sp were counted in, the formula gives back the prevalence by record and says nothing new: it is
//! refused.
//!
//! ```text
//! Rogan and Gladen     π ± z √V,    V = ( p(1 − p)/n + π² se(1 − se)/n_se + (1 − π)² sp(1 − sp)/n_sp ) / J²
//!
//! Lang and Reiczigel   π′ + d ± z √V′,    d = 2z² ( π′ se′(1 − se′)/n_se′ − (1 − π′) sp′(1 − sp′)/n_sp′ )
//!
//! transformed          (l + sp − 1)/J to (u + sp − 1)/J,    l and u the limits of p by any method
//! ```
//!
//! n, n_se and n_sp are the numbers counted; what is stated has no variance. In the second, z²/2 events and as many
//! non-events are added to p, one of each to se and sp, and π′ and V′ are made of these. It holds its level in small samples,
//! where the first is too short, and needs counts throughout. The third is exact where p's interval is, and only for stated se and sp.
//!
//! Edges: J = 0 is *not estimable*, the register does not tell one from the other. π outside [0, 1] is *inadmissible*: p, se and sp
//! contradict each other, by chance or because se and sp do not hold here. The interval is cut at 0 and 1, and inadmissible
//! where it lies outside whole. Without variance there is no interval (*not defined*).
//!
//! References: Rogan WJ, Gladen B. Estimating prevalence from the results of a screening test. American Journal of Epidemiology
//! 1978; 107: 71–76. <https://doi.org/10.1093/oxfordjournals.aje.a112510>
//! Lang Z, Reiczigel J. Confidence limits for prevalence of disease adjusted for estimated sensitivity and specificity.
//! Preventive Veterinary Medicine 2014; 113: 13–22. <https://doi.org/10.1016/j.prevetmed.2013.09.015>
//! Reiczigel J, Földi J, Ózsvári L. Exact confidence limits for prevalence of a disease with an imperfect diagnostic test.
//! Epidemiology and Infection 2010; 138: 1674–1678. <https://doi.org/10.1017/S0950268810000385>

mod borrowed;

pub use borrowed::{BorrowedAccuracy, BorrowedAccuracyError};

use borrowed::Share;

use super::{ConfidenceInterval, ConfidenceLevel, IntervalMethod, Method, Proportion, Reason};

/// Numbers this close to 0 and 1 are 0 and 1: what rounding can make of them.
const ROUNDING: f64 = 1e-12;

/// A method for the interval of a true prevalence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PrevalenceMethod {
    /// Large samples, the variance of all three.
    RoganGladen,
    /// Counts throughout, with events and non-events added.
    LangReiczigel,
    /// Stated sensitivity and specificity: the limits of the apparent prevalence, carried over.
    Transformed(IntervalMethod),
}

/// A true prevalence with its interval.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TruePrevalence {
    /// The estimate; *inadmissible* outside [0, 1].
    pub value: Result<f64, Reason>,
    /// The same wherever it lies.
    pub uncut: Result<f64, Reason>,
    /// The interval, cut at 0 and 1.
    pub interval: Result<ConfidenceInterval, Reason>,
}

/// The true prevalence behind an apparent one.
///
/// 23 of 150 cows were positive; the test finds 96 % of the ill and leaves out 89 % of the others.
///
/// ```
/// use hjertekommidt::stats::{
///     BorrowedAccuracy, ConfidenceLevel, IntervalMethod, PrevalenceMethod, Proportion, true_prevalence,
/// };
///
/// let accuracy = BorrowedAccuracy::stated(0.96, 0.89, "the manual of epiR")?;
/// let method = PrevalenceMethod::Transformed(IntervalMethod::ClopperPearson);
/// let apparent = Proportion::new(23, 150).unwrap();
/// let prevalence = true_prevalence(apparent, &accuracy, method, ConfidenceLevel::NINETY_FIVE)?;
/// assert_eq!(format!("{:.3}", prevalence.value.unwrap()), "0.051");
/// # Ok::<(), hjertekommidt::stats::BorrowedAccuracyError>(())
/// ```
///
/// # Errors
/// [`BorrowedAccuracyError::OwnTable`] when the accuracy was counted in the very table that the apparent prevalence is of.
pub fn true_prevalence(
    apparent: Proportion,
    accuracy: &BorrowedAccuracy,
    method: PrevalenceMethod,
    level: ConfidenceLevel,
) -> Result<TruePrevalence, BorrowedAccuracyError> {
    if accuracy.was_counted_with(apparent) {
        return Err(BorrowedAccuracyError::OwnTable);
    }
    let uncut = estimate(apparent, accuracy);
    let interval = uncut.and_then(|uncut| interval(apparent, uncut, accuracy, method, level));
    Ok(TruePrevalence { value: uncut.and_then(admissible), uncut, interval })
}

/// (p + sp − 1)/J, with 0 and 1 where rounding misses them.
fn estimate(apparent: Proportion, accuracy: &BorrowedAccuracy) -> Result<f64, Reason> {
    let p = apparent.estimate().ok_or(Reason::NotEstimable)?;
    let youden = accuracy.youden();
    if youden.abs() < ROUNDING {
        return Err(Reason::NotEstimable);
    }
    let uncut = (p - (1.0 - accuracy.specificity.value())) / youden;
    let nearest = uncut.round();
    let is_end = (uncut - nearest).abs() * youden.abs() < ROUNDING;
    Ok(if is_end { nearest } else { uncut })
}

fn admissible(number: f64) -> Result<f64, Reason> {
    if (0.0..=1.0).contains(&number) { Ok(number) } else { Err(Reason::Inadmissible) }
}

fn interval(
    apparent: Proportion,
    uncut: f64,
    accuracy: &BorrowedAccuracy,
    method: PrevalenceMethod,
    level: ConfidenceLevel,
) -> Result<ConfidenceInterval, Reason> {
    let z = level.z();
    let (lower, upper) = match method {
        PrevalenceMethod::RoganGladen => {
            let [p, se, sp] = [Share::Counted(apparent), accuracy.sensitivity, accuracy.specificity];
            let margin =
                z * deviation([p.variance(), se.variance(), sp.variance()], uncut, accuracy.youden())?;
            (uncut - margin, uncut + margin)
        }
        PrevalenceMethod::LangReiczigel => lang_reiczigel(apparent, accuracy, z)?,
        PrevalenceMethod::Transformed(method) => transformed(apparent, accuracy, method, level)?,
    };
    if upper < 0.0 || lower > 1.0 {
        return Err(Reason::Inadmissible);
    }
    Ok(ConfidenceInterval::new(lower.max(0.0), upper.min(1.0), level, method))
}

/// √V from the variances of p, se and sp.
fn deviation([p, se, sp]: [f64; 3], prevalence: f64, youden: f64) -> Result<f64, Reason> {
    let variance = p + prevalence.powi(2) * se + (1.0 - prevalence).powi(2) * sp;
    if variance > 0.0 { Ok(variance.sqrt() / youden.abs()) } else { Err(Reason::NotDefined) }
}

fn lang_reiczigel(apparent: Proportion, accuracy: &BorrowedAccuracy, z: f64) -> Result<(f64, f64), Reason> {
    let (Share::Counted(se), Share::Counted(sp)) = (accuracy.sensitivity, accuracy.specificity) else {
        return Err(Reason::NotDefined);
    };
    let with = |counted: Proportion, added: f64| {
        let n = counted.trials() as f64 + 2.0 * added;
        let share = (counted.events() as f64 + added) / n;
        (share, share * (1.0 - share) / n)
    };
    let [p, se, sp] = [with(apparent, z * z / 2.0), with(se, 1.0), with(sp, 1.0)];
    let youden = se.0 + sp.0 - 1.0;
    if youden <= 0.0 {
        return Err(Reason::NotDefined);
    }
    let prevalence = (p.0 + sp.0 - 1.0) / youden;
    let shift = 2.0 * z * z * (prevalence * se.1 - (1.0 - prevalence) * sp.1);
    let margin = z * deviation([p.1, se.1, sp.1], prevalence, youden)?;
    Ok((prevalence + shift - margin, prevalence + shift + margin))
}

/// The limits of p, carried over; exchanged where the register names the wrong ones.
fn transformed(
    apparent: Proportion,
    accuracy: &BorrowedAccuracy,
    method: IntervalMethod,
    level: ConfidenceLevel,
) -> Result<(f64, f64), Reason> {
    let (Share::Stated(_), Share::Stated(sp)) = (accuracy.sensitivity, accuracy.specificity) else {
        return Err(Reason::NotDefined);
    };
    let limits = apparent.limits(method, level)?;
    let carried = |p: f64| (p - (1.0 - sp)) / accuracy.youden();
    let (one, other) = (carried(limits.lower.value()), carried(limits.upper.value()));
    Ok((one.min(other), one.max(other)))
}

impl From<PrevalenceMethod> for Method {
    fn from(method: PrevalenceMethod) -> Self {
        match method {
            PrevalenceMethod::RoganGladen => Method::RoganGladen,
            PrevalenceMethod::LangReiczigel => Method::LangReiczigel,
            PrevalenceMethod::Transformed(method) => Method::Transformed(method),
        }
    }
}

#[cfg(test)]
mod tests;
