//! A weighted estimate, and how it is put together.

use super::interval::{Effective, student_t};
use super::linearised::{Group, Linearised, Scored};
use super::{Stratum, StratumError, WeightedOptions};
use crate::stats::interval::Limits;
use crate::stats::{ConfidenceInterval, Fraction, Method, Reason};

/// A design-weighted estimate with everything that belongs beside it.
#[derive(Debug, Clone, PartialEq)]
pub struct WeightedEstimate {
    /// The point estimate.
    pub estimate: Result<f64, Reason>,
    /// Its linearised standard error.
    pub se: Result<f64, Reason>,
    /// Degrees of freedom.
    pub df: u64,
    /// n*, the size of the simple random sample that would tell as much; not defined for a difference, or when the
    /// value is known.
    pub n_effective: Result<f64, Reason>,
    /// d, the reviewed records in the denominator.
    pub domain: u64,
    /// D = Σ w d, the records of the frame in the denominator, estimated.
    pub weighted_domain: f64,
    /// The confidence interval.
    pub interval: Result<ConfidenceInterval, Reason>,
    /// Every record that can belong to the denominator was reviewed and answered: the value is known.
    pub complete: bool,
    /// The decimals of a per cent that the figures have left, where they were rounded so that hidden counts do not follow from them: no
    /// text shows more. `None` for all of them.
    pub coarse: Option<usize>,
    /// What a reader must know.
    pub warnings: Vec<WeightedWarning>,
}

/// What a reader of a weighted estimate must know. Strata are counted from 0 in the order they were given.
#[derive(Debug, Clone, PartialEq)]
pub enum WeightedWarning {
    /// These strata have one reviewed record of several; the declared rule stands for their variance.
    LonelyStrata {
        /// The strata; none where they may not be named.
        strata: Vec<usize>,
    },
    /// These strata have no reviewed record; the estimate is of the rest of the frame.
    NotCovered {
        /// The strata.
        strata: Vec<usize>,
        /// The share of the frame's records in the other strata.
        covered: f64,
    },
    /// A register status of the frame has no reviewed record outside the strata that are calibrated by themselves, so that the other
    /// weights are not calibrated.
    NotCalibrated,
    /// The variance is 0 though not everything is known; the interval rests on the weights alone.
    NoVariance,
    /// One stratum holds more than 20 % of the weight and less than 10 % of the reviewed records of the denominator.
    HeavyStratum {
        /// Which one; `None` where it may not be named, as its share of the records tells their number.
        which: Option<HeavyStratum>,
    },
}

/// A stratum with much of the weight and few of the records.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct HeavyStratum {
    /// The stratum.
    pub stratum: usize,
    /// Its share of D.
    pub weight_share: f64,
    /// Its share of d.
    pub record_share: f64,
}

impl WeightedWarning {
    /// The same without the strata of few records: neither which they are nor their shares. That a stratum has none is told.
    pub fn unnamed(self) -> Self {
        match self {
            WeightedWarning::LonelyStrata { .. } => WeightedWarning::LonelyStrata { strata: Vec::new() },
            WeightedWarning::HeavyStratum { .. } => WeightedWarning::HeavyStratum { which: None },
            other => other,
        }
    }
}

/// The weighted ratio Σ w x / Σ w d.
///
/// Two municipalities of 1,000 and 100 courses, 50 reviewed in each:
///
/// ```
/// use hjertekommidt::stats::{Stratum, WeightedOptions, weighted_ratio};
///
/// let of = |population, domain, events| {
///     Stratum { population, reviewed: 50, answered: 50, domain, events, known_domain: None }
/// };
/// let sensitivity = weighted_ratio(&[of(1000, 20, 18), of(100, 30, 15)], &WeightedOptions::default())?;
/// assert!((sensitivity.estimate.unwrap() - 390.0 / 460.0).abs() < 1e-15);
/// # Ok::<(), hjertekommidt::stats::StratumError>(())
/// ```
///
/// # Errors
/// Counts that cannot be those of a stratum.
pub fn weighted_ratio(
    strata: &[Stratum],
    options: &WeightedOptions,
) -> Result<WeightedEstimate, StratumError> {
    strata.iter().enumerate().try_for_each(|(index, stratum)| stratum.check(index))?;
    Ok(ratio(strata, options))
}

/// The same for strata that were checked before.
pub(super) fn ratio(strata: &[Stratum], options: &WeightedOptions) -> WeightedEstimate {
    let scored: Vec<Scored> = strata.iter().map(Scored::from).collect();
    let complete = strata.iter().all(Stratum::is_complete);
    let Some(linearised) = Linearised::new(scored.iter().copied(), options) else {
        return WeightedEstimate::missing(&scored);
    };
    let mut result = WeightedEstimate::of(&linearised, &scored);
    if linearised.variance == Some(0.0) && complete && options.finite_population_correction {
        let events: u64 = strata.iter().map(|stratum| stratum.events).sum();
        result.settle(events as f64 / linearised.domain as f64, options, options.method.into());
        return result;
    }
    result.complete_ratio(Fraction::of(linearised.mean(), linearised.residual(0)), &linearised, options);
    result
}

/// R and its standard error alone, without an interval and what stands beside it.
pub(super) fn ratio_and_se(
    strata: impl Iterator<Item = Scored> + Clone,
    options: &WeightedOptions,
) -> Result<(f64, f64), Reason> {
    let linearised = Linearised::new(strata, options).ok_or(Reason::NotEstimable)?;
    let ratio = Fraction::of(linearised.mean(), linearised.residual(0));
    Ok((ratio.value(), linearised.variance.ok_or(Reason::NotEstimable)?.sqrt()))
}

/// The weighted mean of the scores 1, −1 and 0: first less second, with the t interval.
pub(super) fn difference(scored: &[Scored], complete: bool, options: &WeightedOptions) -> WeightedEstimate {
    let Some(linearised) = Linearised::new(scored.iter().copied(), options) else {
        return WeightedEstimate::missing(scored);
    };
    let mut result = WeightedEstimate::of(&linearised, scored);
    if linearised.variance == Some(0.0) && complete && options.finite_population_correction {
        let count = |group: usize| scored.iter().map(|stratum| stratum.groups[group].count).sum::<f64>();
        let known = (count(0) - count(1)) / linearised.domain as f64;
        result.settle(known, options, Method::Linearised);
        return result;
    }
    result.complete_difference(linearised.mean(), &linearised, options);
    result
}

impl WeightedEstimate {
    /// A proportion with its n* and limits, from its variance.
    pub(super) fn complete_ratio(
        &mut self,
        ratio: Fraction,
        linearised: &Linearised,
        options: &WeightedOptions,
    ) {
        self.estimate = Ok(ratio.value());
        let Some(variance) = linearised.variance else { return };
        let effective = Effective::new(ratio, variance, linearised, options);
        self.n_effective = effective.sample_size();
        let interval = |Limits { lower, upper }| {
            ConfidenceInterval::new(lower.value(), upper.value(), options.level, options.method)
        };
        self.interval = effective.limits().map(interval);
        if variance == 0.0 {
            self.warnings.push(WeightedWarning::NoVariance);
        }
    }

    /// A difference of two proportions with its t limits, from its variance.
    pub(super) fn complete_difference(
        &mut self,
        mean: f64,
        linearised: &Linearised,
        options: &WeightedOptions,
    ) {
        self.estimate = Ok(mean);
        self.n_effective = Err(Reason::NotDefined);
        self.interval = linearised.variance.ok_or(Reason::NotEstimable).and_then(|variance| {
            let t = student_t(linearised.df, options)?;
            let margin = t * variance.sqrt();
            let limits = ((mean - margin).max(-1.0), (mean + margin).min(1.0));
            let interval = ConfidenceInterval::new(limits.0, limits.1, options.level, Method::Linearised);
            (variance > 0.0).then_some(interval).ok_or(Reason::NotDefined)
        });
        if linearised.variance == Some(0.0) {
            self.warnings.push(WeightedWarning::NoVariance);
        }
    }

    /// Nothing in the denominator.
    pub(super) fn missing(strata: &[Scored]) -> Self {
        WeightedEstimate {
            estimate: Err(Reason::NotEstimable),
            se: Err(Reason::NotEstimable),
            df: 0,
            n_effective: Err(Reason::NotEstimable),
            domain: 0,
            weighted_domain: 0.0,
            interval: Err(Reason::NotEstimable),
            complete: false,
            coarse: None,
            warnings: warnings(strata),
        }
    }

    /// What the design tells before the estimate; the rest is not estimable yet.
    pub(super) fn of(linearised: &Linearised, strata: &[Scored]) -> Self {
        WeightedEstimate {
            se: linearised.variance.map(f64::sqrt).ok_or(Reason::NotEstimable),
            df: linearised.df,
            domain: linearised.domain,
            weighted_domain: linearised.weighted_domain,
            ..WeightedEstimate::missing(strata)
        }
    }

    /// The value is known.
    pub(super) fn settle(&mut self, known: f64, options: &WeightedOptions, method: Method) {
        self.estimate = Ok(known);
        self.n_effective = Err(Reason::NotDefined);
        self.interval = Ok(ConfidenceInterval::new(known, known, options.level, method));
        self.complete = true;
    }
}

impl From<&Stratum> for Scored {
    fn from(stratum: &Stratum) -> Scored {
        let events = Group { count: stratum.events as f64, score: 1.0 };
        let rest = Group { count: (stratum.domain - stratum.events) as f64, score: 0.0 };
        Scored::new(stratum.population, stratum.reviewed, [events, rest, Group::default()])
    }
}

fn warnings(strata: &[Scored]) -> Vec<WeightedWarning> {
    [lonely(strata), not_covered(strata)].into_iter().flatten().chain(heavy(strata)).collect()
}

fn lonely(strata: &[Scored]) -> Option<WeightedWarning> {
    let strata = indices(strata, Scored::is_lonely);
    (!strata.is_empty()).then_some(WeightedWarning::LonelyStrata { strata })
}

fn not_covered(strata: &[Scored]) -> Option<WeightedWarning> {
    let is_missed = |stratum: &Scored| stratum.reviewed == 0 && stratum.population > 0;
    let missed = indices(strata, is_missed);
    let records = |strata: &mut dyn Iterator<Item = &Scored>| {
        strata.map(|stratum| stratum.population as f64).sum::<f64>()
    };
    let covered =
        records(&mut strata.iter().filter(|stratum| stratum.reviewed > 0)) / records(&mut strata.iter());
    (!missed.is_empty()).then_some(WeightedWarning::NotCovered { strata: missed, covered })
}

fn heavy(strata: &[Scored]) -> impl Iterator<Item = WeightedWarning> {
    let records: f64 = strata.iter().map(|stratum| stratum.domain()).sum();
    let weight: f64 = strata.iter().map(|stratum| stratum.weight * stratum.domain()).sum();
    let shares = move |stratum: &Scored| {
        let domain = stratum.domain();
        (stratum.weight * domain / weight, domain / records)
    };
    strata.iter().map(shares).enumerate().filter_map(|(stratum, (weight_share, record_share))| {
        let is_heavy = weight_share > 0.2 && record_share < 0.1;
        let which = Some(HeavyStratum { stratum, weight_share, record_share });
        is_heavy.then_some(WeightedWarning::HeavyStratum { which })
    })
}

fn indices(strata: &[Scored], has: impl Fn(&Scored) -> bool) -> Vec<usize> {
    strata.iter().enumerate().filter(|(_, stratum)| has(stratum)).map(|(index, _)| index).collect()
}
