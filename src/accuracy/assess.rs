//! The measures of one indicator, plain and weighted.

use super::{Evidence, Group, Tabulated, tabulate};
use crate::protocol::{Bilingual, Indicator, Sampled};
use crate::stats::{
    Estimate, McNemar, Measure, Reason, StratumError, TwoByTwo, WeightedEstimate, WeightedOptions, mcnemar,
};

/// What the analysis says of one indicator in one group.
#[derive(Debug, Clone, PartialEq)]
pub enum IndicatorResult {
    /// The review cannot tell, for this reason.
    NotAssessable(Bilingual),
    /// The review can tell.
    Assessed(Box<Assessed>),
}

/// Counts and measures.
#[derive(Debug, Clone, PartialEq)]
pub struct Assessed {
    /// The counts.
    pub tabulated: Tabulated,
    /// The plain table.
    pub table: TwoByTwo,
    /// The measures, plain and weighted.
    pub measures: Vec<Measured>,
    /// Measures that the design cannot estimate, with the reason.
    pub refused: Vec<RefusedMeasure>,
    /// The exact test of false positives against false negatives; unweighted.
    pub mcnemar: McNemar,
    /// The weighted measures with weights N / a, the unfound outside every domain.
    pub unadjusted: Vec<(Measure, WeightedEstimate)>,
}

/// One measure, plain and weighted.
#[derive(Debug, Clone, PartialEq)]
pub struct Measured {
    /// What is measured.
    pub measure: Measure,
    /// Without weights.
    pub plain: Estimate,
    /// With the design's weights.
    pub weighted: WeightedEstimate,
}

/// A measure that the design cannot estimate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RefusedMeasure {
    /// Which one.
    pub measure: Measure,
    /// Why, for files.
    pub reason: Reason,
}

/// Counts and measures an indicator in a group.
///
/// # Errors
/// Counts that contradict each other.
pub fn assess(
    evidence: Evidence<'_>,
    indicator: &Indicator,
    group: &Group,
) -> Result<IndicatorResult, StratumError> {
    if let Some(reason) = &indicator.not_assessable {
        return Ok(IndicatorResult::NotAssessable(reason.clone()));
    }
    let tabulated = tabulate(evidence, indicator, group)?;
    let analysis = &evidence.protocol.analysis;
    let options = WeightedOptions {
        level: analysis.level,
        method: analysis.weighted_interval,
        finite_population_correction: analysis.finite_population_correction,
        lonely: analysis.lonely_strata,
    };
    let table = tabulated.strata.pooled();
    let (estimable, refused): (Vec<Measure>, Vec<Measure>) =
        Measure::WEIGHTED.into_iter().partition(|measure| is_estimable(indicator, *measure));
    let measured = |measure: &Measure| {
        let plain = table.estimate(*measure, analysis.interval, analysis.level);
        Some(Measured { measure: *measure, plain, weighted: tabulated.strata.estimate(*measure, &options)? })
    };
    let measures = estimable.iter().filter_map(measured).collect();
    let settled = tabulated.strata.with_settled(&tabulated.settled)?;
    let unadjusted = estimable
        .iter()
        .filter_map(|measure| Some((*measure, settled.estimate(*measure, &options)?)))
        .collect();
    let refused =
        refused.into_iter().map(|measure| RefusedMeasure { measure, reason: Reason::NotEstimable }).collect();
    Ok(IndicatorResult::Assessed(Box::new(Assessed {
        mcnemar: mcnemar(table),
        table,
        measures,
        refused,
        unadjusted,
        tabulated,
    })))
}

/// A frame of register-positives alone says nothing of those whom the register leaves out.
fn is_estimable(indicator: &Indicator, measure: Measure) -> bool {
    indicator.sampled == Sampled::All || measure == Measure::Ppv
}
