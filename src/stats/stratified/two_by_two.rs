//! The two-by-two tables of the strata, and the measures they estimate together.

use super::estimate::{difference, ratio, ratio_and_se};
use super::linearised::{Group, Scored};
use super::{Stratum, StratumError, WeightedEstimate, WeightedOptions};
use crate::stats::{Measure, Reason, TwoByTwo};

/// One stratum: its size in the frame, its reviewed records and their table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct TwoByTwoStratum {
    /// N, the records of the stratum in the frame.
    pub population: u64,
    /// n, the records that were found and reviewed, in the table or not.
    pub reviewed: u64,
    /// Reviewed records with an answer for this indicator, in the table or not (not relevant is an answer).
    pub answered: u64,
    /// Register against record.
    pub table: TwoByTwo,
    /// How many records of the frame the register calls yes and no, where it is known.
    pub register: Option<RegisterCounts>,
}

/// The register's values in the frame of one stratum.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct RegisterCounts {
    /// Register yes.
    pub yes: u64,
    /// Register no.
    pub no: u64,
}

/// The tables of all strata of one indicator.
///
/// ```
/// use hjertekommidt::stats::{Measure, StratifiedTwoByTwo, TwoByTwo, TwoByTwoStratum, WeightedOptions};
///
/// let stratum = |population, table: TwoByTwo| TwoByTwoStratum {
///     population,
///     reviewed: table.total(),
///     answered: table.total(),
///     table,
///     register: None,
/// };
/// let tables = StratifiedTwoByTwo::new(vec![
///     stratum(1000, TwoByTwo { tp: 18, fp: 3, fn_: 2, tn: 27 }),
///     stratum(100, TwoByTwo { tp: 15, fp: 0, fn_: 15, tn: 20 }),
/// ])?;
/// let sensitivity = tables.estimate(Measure::Sensitivity, &WeightedOptions::default()).unwrap();
/// assert_eq!(format!("{:.3}", sensitivity.estimate.unwrap()), "0.848");
/// # Ok::<(), hjertekommidt::stats::StratumError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct StratifiedTwoByTwo {
    strata: Vec<TwoByTwoStratum>,
}

impl StratifiedTwoByTwo {
    /// The tables of the strata.
    ///
    /// # Errors
    /// Counts that cannot be those of a stratum.
    pub fn new(strata: Vec<TwoByTwoStratum>) -> Result<Self, StratumError> {
        for (index, stratum) in strata.iter().enumerate() {
            for measure in Measure::WEIGHTED {
                stratum.counts(measure).map_or(Ok(()), |counts| counts.check(index))?;
            }
        }
        Ok(StratifiedTwoByTwo { strata })
    }

    /// The strata in the order they were given.
    pub fn strata(&self) -> &[TwoByTwoStratum] {
        &self.strata
    }

    /// The plain table: all strata added, without weights.
    pub fn pooled(&self) -> TwoByTwo {
        self.strata.iter().fold(TwoByTwo::default(), |sum, stratum| sum + stratum.table)
    }

    /// The same tables with all settled records of each stratum counted as reviewed, the unfound outside every domain:
    /// the unadjusted weights N / a.
    ///
    /// # Errors
    /// Fewer settled than reviewed records, or more than the frame holds. Strata beyond the list keep their count.
    pub fn with_settled(&self, settled: &[u64]) -> Result<Self, StratumError> {
        let mut strata = self.strata.clone();
        for (stratum, settled) in strata.iter_mut().zip(settled) {
            stratum.reviewed = *settled;
        }
        StratifiedTwoByTwo::new(strata)
    }

    /// A measure with its design-weighted interval; `None` for measures outside [`Measure::WEIGHTED`].
    pub fn estimate(&self, measure: Measure, options: &WeightedOptions) -> Option<WeightedEstimate> {
        if measure == Measure::PrevalenceDifference {
            return Some(self.prevalence_difference(options));
        }
        let strata: Option<Vec<Stratum>> =
            self.strata.iter().map(|stratum| stratum.counts(measure)).collect();
        Measure::WEIGHTED.contains(&measure).then(|| ratio(&strata.unwrap_or_default(), options))
    }

    /// A weighted proportion and its standard error alone: what a simulation needs of thousands of tables.
    ///
    /// # Errors
    /// The reason why there is none.
    pub fn ratio_and_se(&self, measure: Measure, options: &WeightedOptions) -> Result<(f64, f64), Reason> {
        if TwoByTwo::default().proportion(measure).is_none() {
            return Err(Reason::NotDefined);
        }
        let scored = |stratum: &TwoByTwoStratum| Scored::from(&stratum.counts(measure).unwrap_or_default());
        ratio_and_se(self.strata.iter().map(scored), options)
    }

    /// Every weighted measure in the order of [`Measure::WEIGHTED`].
    pub fn estimates(&self, options: &WeightedOptions) -> Vec<(Measure, WeightedEstimate)> {
        let estimate = |measure| Some((measure, self.estimate(measure, options)?));
        Measure::WEIGHTED.into_iter().filter_map(estimate).collect()
    }

    /// Prevalence by register less prevalence by record: FP and FN of each stratum, weighted.
    fn prevalence_difference(&self, options: &WeightedOptions) -> WeightedEstimate {
        let scored: Vec<Scored> = self.strata.iter().map(TwoByTwoStratum::differences).collect();
        let is_complete = |stratum: &TwoByTwoStratum| {
            stratum.counts(Measure::Accuracy).is_some_and(|counts| counts.is_complete())
        };
        difference(&scored, self.strata.iter().all(is_complete), options)
    }
}

impl TwoByTwoStratum {
    /// The same reviewed records, with another group's table.
    pub(super) fn check_beside(&self, other: &Self, stratum: usize) -> Result<(), StratumError> {
        let together = TwoByTwoStratum { table: self.table + other.table, register: None, ..*self };
        let is_same = (self.population, self.reviewed) == (other.population, other.reviewed);
        let all = together.counts(Measure::Accuracy).unwrap_or_default();
        let fits = is_same && together.table.total() <= self.reviewed;
        if fits { Ok(()) } else { Err(StratumError::of(stratum, all)) }
    }

    /// The counts of a measure that is a proportion.
    fn counts(&self, measure: Measure) -> Option<Stratum> {
        let proportion = self.table.proportion(measure)?;
        Some(Stratum {
            population: self.population,
            reviewed: self.reviewed,
            answered: self.answered,
            domain: proportion.trials(),
            events: proportion.events(),
            known_domain: self.known_domain(measure),
        })
    }

    /// The register tells who belongs to the denominator of PPV and NPV.
    fn known_domain(&self, measure: Measure) -> Option<u64> {
        match measure {
            Measure::Ppv => self.register.map(|register| register.yes),
            Measure::Npv => self.register.map(|register| register.no),
            _ => None,
        }
    }

    /// 1 for register yes and record no, −1 for the reverse, 0 for agreement.
    fn differences(&self) -> Scored {
        let TwoByTwo { tp, fp, fn_, tn } = self.table;
        let group = |count: u64, score| Group { count: count as f64, score };
        let groups = [group(fp, 1.0), group(fn_, -1.0), group(tp + tn, 0.0)];
        Scored::new(self.population, self.reviewed, groups)
    }
}
