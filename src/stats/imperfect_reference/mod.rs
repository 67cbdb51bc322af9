//! What the measures would be if the record itself is sometimes wrong.
//!
//! The record finds those who truly have it with the sensitivity Se and leaves out the others with the specificity Sp. Both are
//! assumed, not estimated; the result is a sensitivity analysis, without intervals.
//!
//! If register and record err independently of each other (given the truth), the records of one register value, y with record yes
//! and x with record no, hold
//!
//! ```text
//! J = Se + Sp − 1
//!
//! truly yes  (Sp y − (1 − Sp) x) / J            truly no  (Se x − (1 − Se) y) / J
//! ```
//!
//! and the measures are those of the corrected table. A cell below 0 is *inadmissible*: the assumptions contradict the table. It is
//! reported, not set to 0, and a measure made of it is inadmissible too.
//!
//! However register and record depend on each other, the measures lie within bounds (`bounds`). The prevalence needs no
//! independence:
//!
//! ```text
//! π = ( (TP + FN)/n − (1 − Sp) ) / J
//! ```
//!
//! Edges: with J ≤ 0 the record tells nothing, and nothing is *estimable*; π outside [0, 1] is inadmissible, and so are all bounds
//! then. A perfect record changes nothing.
//!
//! References: Gart JJ, Buck AA. Comparison of a screening test and a reference test in epidemiologic studies, II. American Journal
//! of Epidemiology 1966; 83: 593–602. <https://doi.org/10.1093/oxfordjournals.aje.a120610>
//! Staquet M, Rozencweig M, Lee YJ, Muggia FM. Methodology for the assessment of new dichotomous diagnostic tests. Journal of Chronic
//! Diseases 1981; 34: 599–610. <https://doi.org/10.1016/0021-9681(81)90059-X>

mod assumed;
mod bounds;
mod two_readers;

pub use assumed::{AssumedReference, AssumedReferenceError};
pub use two_readers::{ReaderRange, reader_accuracy, reader_range};

use super::{Measure, Reason, TwoByTwo};

/// Parts of the table that are smaller than this share of it are 0: what rounding can make of nothing.
const ROUNDING: f64 = 1e-12;

/// The measures of the register if the record is sometimes wrong.
#[derive(Debug, Clone, PartialEq)]
pub struct ImperfectReference {
    /// How good the record is assumed to be.
    pub assumed: AssumedReference,
    /// TP, FP, FN, TN against the truth under conditional independence; below 0 where that is inadmissible.
    pub cells: Result<[f64; 4], Reason>,
    /// Sensitivity, specificity, PPV, NPV and prevalence.
    pub measures: [CorrectedMeasure; 5],
}

impl ImperfectReference {
    /// Which of the corrected cells are below 0.
    pub fn inadmissible_cells(&self) -> [bool; 4] {
        self.cells.map_or([false; 4], |cells| cells.map(|cell| cell < 0.0))
    }
}

/// A measure against the record and against the truth.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct CorrectedMeasure {
    /// What is measured. The prevalence by record becomes the true one.
    pub measure: Measure,
    /// Against the record as it is.
    pub observed: Result<f64, Reason>,
    /// Against the truth, if register and record err independently.
    pub independent: Result<f64, Reason>,
    /// The least and the greatest value against the truth, however their errors depend on each other.
    pub bounds: Result<[f64; 2], Reason>,
}

/// The measures that are corrected.
const MEASURES: [Measure; 5] =
    [Measure::Sensitivity, Measure::Specificity, Measure::Ppv, Measure::Npv, Measure::PrevalenceReference];

/// The measures of a table if the record has an assumed sensitivity and specificity.
///
/// ```
/// use hjertekommidt::stats::{AssumedReference, TwoByTwo, imperfect_reference};
///
/// // 200, 100, 50 and 650 in truth, seen through a record that is right in 90 % and 80 %.
/// let table = TwoByTwo { tp: 200, fp: 100, fn_: 175, tn: 525 };
/// let corrected = imperfect_reference(table, AssumedReference::new(0.9, 0.8)?);
/// let [sensitivity, ..] = corrected.measures;
/// assert!((sensitivity.independent.unwrap() - 0.8).abs() < 1e-12);
/// let [least, greatest] = sensitivity.bounds.unwrap();
/// assert_eq!(format!("{least:.2} to {greatest:.2}"), "0.20 to 0.90");
/// # Ok::<(), hjertekommidt::stats::AssumedReferenceError>(())
/// ```
pub fn imperfect_reference(table: TwoByTwo, assumed: AssumedReference) -> ImperfectReference {
    let cells = corrected(table, assumed);
    let measures = MEASURES.map(|measure| CorrectedMeasure {
        measure,
        observed: table.proportion(measure).and_then(|one| one.estimate()).ok_or(Reason::NotEstimable),
        independent: cells.and_then(|cells| independent(measure, cells)),
        bounds: bounds::of(measure, table, assumed),
    });
    ImperfectReference { assumed, cells, measures }
}

/// The same for every pair of a sensitivity and a specificity of the record, the specificity changing faster.
///
/// # Errors
/// A number outside [0, 1].
pub fn imperfect_reference_grid(
    table: TwoByTwo,
    sensitivities: &[f64],
    specificities: &[f64],
) -> Result<Vec<ImperfectReference>, AssumedReferenceError> {
    let pairs = sensitivities.iter().flat_map(|se| specificities.iter().map(move |sp| (*se, *sp)));
    pairs.map(|(se, sp)| Ok(imperfect_reference(table, AssumedReference::new(se, sp)?))).collect()
}

/// The table against the truth under conditional independence.
fn corrected(table: TwoByTwo, assumed: AssumedReference) -> Result<[f64; 4], Reason> {
    let youden = assumed.youden()?;
    let [tp, fp, fn_, tn] = table.cells().map(|cell| cell as f64);
    let nothing = ROUNDING * (tp + fp + fn_ + tn);
    let cell = |with: f64, right: f64, against: f64, wrong: f64| {
        let cell = (right * with - wrong * against) / youden;
        if cell.abs() <= nothing { 0.0 } else { cell }
    };
    let (se, sp) = (assumed.sensitivity(), assumed.specificity());
    let yes = |with, against| cell(with, sp, against, 1.0 - sp);
    let no = |with, against| cell(with, se, against, 1.0 - se);
    Ok([yes(tp, fp), no(fp, tp), yes(fn_, tn), no(tn, fn_)])
}

/// A measure of corrected cells.
fn independent(measure: Measure, [tp, fp, fn_, tn]: [f64; 4]) -> Result<f64, Reason> {
    let (part, rest) = match measure {
        Measure::Sensitivity => (tp, fn_),
        Measure::Specificity => (tn, fp),
        Measure::Ppv => (tp, fp),
        Measure::Npv => (tn, fn_),
        _ => (tp + fn_, fp + tn),
    };
    match (part < 0.0 || rest < 0.0, part + rest > 0.0) {
        (true, _) => Err(Reason::Inadmissible),
        (_, true) => Ok(part / (part + rest)),
        _ => Err(Reason::NotEstimable),
    }
}

#[cfg(test)]
mod tests;
