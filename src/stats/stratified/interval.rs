//! The interval of a weighted proportion.
//!
//! For V > 0, with t the quantile of Student's distribution and D = Σ w d:
//!
//! ```text
//! n* = min( cap,  R (1 − R) / V · ( t(d − 1) / t(df) )² )
//! cap = d without the finite population correction,   d / (1 − d/D) with it
//!
//! Korn–Graubard   Clopper–Pearson with n* and x* = n* R, both real
//! Wilson          Wilson with n*, x* and t(df)² for z²
//! logit           ln( R/(1 − R) ) ± t(df) √V / ( R (1 − R) ),  transformed back; not defined at R = 0 and 1
//! ```
//!
//! For V = 0, in this order:
//!
//! 1. Every record of the frame that can belong to the domain is reviewed and answered, and the correction is on: the
//!    value is known, it is the plain proportion, and both limits equal it.
//! 2. Otherwise n* = min( d, (Σ w d)² / Σ w² d ), also for 0 < R < 1; the logit interval takes R (1 − R) / n* for V.
//!
//! The intervals are approximate: with few records in the heaviest stratum the coverage falls below the level.
//!
//! References: Korn EL, Graubard BI. Confidence intervals for proportions with small expected number of positive counts
//! estimated from survey data. Survey Methodology 1998; 24: 193–201.
//! Dean N, Pagano M. Evaluating confidence interval methods for binomial proportions in clustered surveys. Journal of
//! Survey Statistics and Methodology 2015; 3: 484–503. <https://doi.org/10.1093/jssam/smv024>

use super::WeightedOptions;
use super::linearised::Linearised;
use crate::stats::interval::{Limits, limits, wilson::score_lower};
use crate::stats::{Fraction, IntervalMethod, Reason, WeightedMethod, quantile};

/// R and 1 − R with what the interval needs of the design.
pub(super) struct Effective<'a> {
    ratio: Fraction,
    variance: f64,
    linearised: &'a Linearised,
    options: &'a WeightedOptions,
    /// t(df)
    t: Result<f64, Reason>,
}

impl<'a> Effective<'a> {
    /// For a ratio with its variance V.
    pub(super) fn new(
        ratio: Fraction,
        variance: f64,
        linearised: &'a Linearised,
        options: &'a WeightedOptions,
    ) -> Self {
        Effective { ratio, variance, linearised, options, t: student_t(linearised.df, options) }
    }

    /// n*, the size of the simple random sample that would tell as much.
    pub(super) fn sample_size(&self) -> Result<f64, Reason> {
        let Linearised { df, domain, weighted_domain, squared_weights, .. } = *self.linearised;
        let records = domain as f64;
        if self.variance == 0.0 {
            return Ok(records.min(weighted_domain * weighted_domain / squared_weights));
        }
        let of_domain = if domain - 1 == df { self.t } else { student_t(domain - 1, self.options) };
        let quantiles = of_domain? / self.t?;
        let cap = if self.options.finite_population_correction {
            records / (1.0 - records / weighted_domain).max(0.0)
        } else {
            records
        };
        let (yes, no) = (self.ratio.value(), self.ratio.complement());
        Ok(cap.min(yes * no / self.variance * quantiles * quantiles))
    }

    /// The limits by the declared method.
    pub(super) fn limits(&self) -> Result<Limits, Reason> {
        let t = self.t?;
        let size = self.sample_size()?;
        let (events, rest) = (size * self.ratio.value(), size * self.ratio.complement());
        match self.options.method {
            WeightedMethod::KornGraubard => {
                limits(IntervalMethod::ClopperPearson, events, rest, self.options.level)
            }
            WeightedMethod::Wilson => {
                Ok(Limits::of(score_lower(events, rest, t * t), score_lower(rest, events, t * t)))
            }
            WeightedMethod::Logit => self.logit(t, size),
        }
    }

    fn logit(&self, t: f64, size: f64) -> Result<Limits, Reason> {
        let (yes, no) = (self.ratio.value(), self.ratio.complement());
        if yes == 0.0 || no == 0.0 {
            return Err(Reason::NotDefined);
        }
        let variance = if self.variance == 0.0 { yes * no / size } else { self.variance };
        let factor = (t * variance.sqrt() / (yes * no)).exp();
        Ok(Limits::of(Fraction::of(yes, no * factor), Fraction::of(no, yes * factor)))
    }
}

/// t(1 − α/2; df); not estimable without a degree of freedom.
pub(super) fn student_t(df: u64, options: &WeightedOptions) -> Result<f64, Reason> {
    if df == 0 {
        return Err(Reason::NotEstimable);
    }
    quantile::student_t(options.level.tail(), df as f64).map(|t| -t).ok_or(Reason::NotEstimable)
}
