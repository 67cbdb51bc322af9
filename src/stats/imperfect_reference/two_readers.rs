//! What the agreement of two readers says of one reader's sensitivity and specificity.
//!
//! Two readers with the same Se and Sp read n records independently of each other (given the truth), with the prevalence π. Of the
//! records a are yes for both, d no for both, s = b + c yes for one:
//!
//! ```text
//! a/n = π Se² + (1 − π)(1 − Sp)²        m = (2a + s)/(2n) = π Se + (1 − π)(1 − Sp)
//!
//! V = a/n − m² = (4 a d − s²)/(4 n²)
//!
//! Se = m + √( V (1 − π)/π )             Sp = 1 − m + √( V π/(1 − π) )
//! ```
//!
//! There is one pair for each prevalence between V/(V + (1 − m)²), where Se = 1 and Sp is the negative agreement 2d/(2d + s), and
//! m²/(V + m²), where Sp = 1 and Se is the positive agreement 2a/(2a + s). These ends are the range that agreement leaves.
//!
//! It is a hint and no estimate. Readers of one record share its gaps, and where both are wrong together they agree: the true Se
//! and Sp are then lower. There is no interval for chance either.
//!
//! Edges: V < 0, agreement below chance, and a prevalence outside the range are *inadmissible*; V = 0 is *not estimable*, the
//! answers carry no truth; more than two categories are *not defined*.
//!
//! Reference: Hui SL, Walter SD. Estimating the error rates of diagnostic tests. Biometrics 1980; 36: 167–171.
//! <https://doi.org/10.2307/2530508>, with one population and one test read twice.

use super::AssumedReference;
use crate::stats::{AgreementTable, Reason};

/// The ends of what agreement leaves possible.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ReaderRange {
    /// The least and the greatest prevalence.
    pub prevalence: [f64; 2],
    /// Specificity at the least prevalence, where the sensitivity is 1: the negative agreement.
    pub least_specificity: f64,
    /// Sensitivity at the greatest prevalence, where the specificity is 1: the positive agreement.
    pub least_sensitivity: f64,
}

/// The range of one reader's sensitivity and specificity from the agreement of two.
///
/// ```
/// use hjertekommidt::stats::{AgreementTable, reader_range};
///
/// let range = reader_range(&AgreementTable::yes_no(80, 10, 5, 105))?;
/// assert_eq!(format!("{:.3}", range.least_sensitivity), "0.914");
/// assert_eq!(format!("{:.3}", range.least_specificity), "0.933");
/// # Ok::<(), hjertekommidt::stats::Reason>(())
/// ```
///
/// # Errors
/// [`Reason::Inadmissible`] for agreement below chance; [`Reason::NotEstimable`] for agreement at chance;
/// [`Reason::NotDefined`] for more than two categories.
pub fn reader_range(table: &AgreementTable) -> Result<ReaderRange, Reason> {
    let Agreed { yes, no, covariance } = Agreed::of(table)?;
    Ok(ReaderRange {
        prevalence: [covariance / (covariance + no * no), yes * yes / (covariance + yes * yes)],
        least_specificity: (no + covariance / no).min(1.0),
        least_sensitivity: (yes + covariance / yes).min(1.0),
    })
}

/// One reader's sensitivity and specificity from the agreement of two, when the prevalence is known.
///
/// # Errors
/// As [`reader_range`], and [`Reason::Inadmissible`] for a prevalence outside its range.
pub fn reader_accuracy(table: &AgreementTable, prevalence: f64) -> Result<AssumedReference, Reason> {
    let Agreed { yes, no, covariance } = Agreed::of(table)?;
    let odds = prevalence / (1.0 - prevalence);
    let end = |share: f64| if (share - 1.0).abs() < super::ROUNDING { 1.0 } else { share };
    let sensitivity = end(yes + (covariance / odds).sqrt());
    let specificity = end(no + (covariance * odds).sqrt());
    AssumedReference::new(sensitivity, specificity).map_err(|_| Reason::Inadmissible)
}

/// m, 1 − m and V.
struct Agreed {
    yes: f64,
    no: f64,
    covariance: f64,
}

impl Agreed {
    fn of(table: &AgreementTable) -> Result<Self, Reason> {
        if table.categories() != 2 {
            return Err(Reason::NotDefined);
        }
        let [a, b, c, d] = [(0, 0), (0, 1), (1, 0), (1, 1)].map(|(i, j)| table.count(i, j) as f64);
        let (n, split) = (a + b + c + d, b + c);
        let excess = 4.0 * a * d - split * split;
        match excess {
            _ if n == 0.0 || excess == 0.0 => Err(Reason::NotEstimable),
            _ if excess < 0.0 => Err(Reason::Inadmissible),
            _ => Ok(Agreed {
                yes: (2.0 * a + split) / (2.0 * n),
                no: (2.0 * d + split) / (2.0 * n),
                covariance: excess / (4.0 * n * n),
            }),
        }
    }
}
