//! The measures of one indicator, plain and weighted.

use super::{Column, Columns, Group, Tabulated, tabulate};
use crate::protocol::{Bilingual, Grouping, Indicator, Sampled};
use crate::stats::{Estimate, McNemar, Measure, Reason, StratumError, TwoByTwo, WeightedEstimate, mcnemar};

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
    /// The measures with the design's weights alone where those of `measures` are calibrated; empty where they are not.
    pub by_design: Vec<(Measure, WeightedEstimate)>,
}

impl Assessed {
    /// Whether the weights of `measures` are calibrated to the register's counts of the frame.
    pub fn is_calibrated(&self) -> bool {
        !self.by_design.is_empty()
    }
}

/// One measure, plain and weighted.
#[derive(Debug, Clone, PartialEq)]
pub struct Measured {
    /// What is measured.
    pub measure: Measure,
    /// Without weights.
    pub plain: Estimate,
    /// With the design's weights, calibrated to the register's counts of the frame where the protocol says so.
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
    columns: &Columns<'_>,
    column: &Column<'_>,
    group: &Group,
) -> Result<IndicatorResult, StratumError> {
    let indicator = column.indicator;
    if let Some(reason) = &indicator.not_assessable {
        return Ok(IndicatorResult::NotAssessable(reason.clone()));
    }
    let tabulated = tabulate(columns, column, group)?;
    let analysis = &columns.evidence.protocol.analysis;
    let options = analysis.weighted_options();
    let table = tabulated.strata.pooled();
    let (estimable, refused): (Vec<Measure>, Vec<Measure>) =
        Measure::WEIGHTED.into_iter().partition(|measure| is_estimable(indicator, *measure));
    let post_strata = analysis.post_stratify.filter(|_| is_calibrated(group, &tabulated));
    let mut measures = Vec::new();
    let mut by_design = Vec::new();
    for &measure in &estimable {
        let plain = table.estimate(measure, analysis.interval, analysis.level);
        let Some(mut weighted) = tabulated.strata.estimate(measure, &options) else { continue };
        let calibrated =
            post_strata.map(|by| tabulated.calibrated.estimate(measure, by, &options)).transpose()?;
        if let Some(calibrated) = calibrated.flatten() {
            by_design.push((measure, std::mem::replace(&mut weighted, calibrated)));
        }
        measures.push(Measured { measure, plain, weighted });
    }
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
        by_design,
        tabulated,
    })))
}

/// A part of whole strata has too few records to be calibrated where a register status has fewer than five.
fn is_calibrated(group: &Group, tabulated: &Tabulated) -> bool {
    match group {
        Group::Part(Grouping::Stratum | Grouping::Cluster, _) => tabulated.calibrated.has_enough(),
        _ => true,
    }
}

/// A frame of register-positives alone says nothing of those whom the register leaves out.
fn is_estimable(indicator: &Indicator, measure: Measure) -> bool {
    indicator.sampled == Sampled::All || measure == Measure::Ppv
}
