//! How fine the weighted figures of the whole study may be, so that no hidden table of a stratum follows from them.

use super::coarse::{Digits, coarsen_estimate};
use crate::accuracy::{Assessed, HiddenTables};
use crate::protocol::Analysis;
use crate::stats::{Measure, StratifiedTwoByTwo, TwoByTwo, WeightedEstimate, WeightedOptions};

/// What readers see of the tables of the strata.
#[derive(Debug)]
pub(super) struct ShownStrata {
    /// The persons in each stratum's table, in the order of the sample.
    pub(super) persons: Vec<TwoByTwo>,
    /// The whole within which each is hidden; `None` where it is shown.
    pub(super) within: Vec<Option<usize>>,
}

/// The finest digits from which no small cell of a stratum follows.
pub(super) fn digits_of_whole(
    whole: &Assessed,
    strata: &ShownStrata,
    analysis: &Analysis,
    min_cell: u64,
) -> Digits {
    let hidden = HiddenTables {
        tables: &whole.tabulated.strata,
        settled: &whole.tabulated.settled,
        persons: &strata.persons,
        within: &strata.within,
        min_cell,
    };
    let is_safe = |digits: &Digits| {
        let figures = |tables: &StratifiedTwoByTwo| figures(whole, tables, analysis, *digits);
        let ours = figures(hidden.tables);
        hidden.cannot_be_told(digits.steps(), |tables| figures(tables) == ours)
    };
    [Digits::Printed, Digits::WholePerCent].into_iter().find(is_safe).unwrap_or(Digits::Hidden)
}

/// The weighted figures that would be shown of these tables, those with the weights N / a behind the others.
fn figures(
    whole: &Assessed,
    tables: &StratifiedTwoByTwo,
    analysis: &Analysis,
    digits: Digits,
) -> Vec<Option<WeightedEstimate>> {
    let options = WeightedOptions {
        level: analysis.level,
        method: analysis.weighted_interval,
        finite_population_correction: analysis.finite_population_correction,
        lonely: analysis.lonely_strata,
    };
    let settled = tables.with_settled(&whole.tabulated.settled).ok();
    let of = |tables: &StratifiedTwoByTwo, measure: Measure| {
        let mut estimate = tables.estimate(measure, &options)?;
        coarsen_estimate(&mut estimate, digits);
        Some(estimate)
    };
    let measures = whole.measures.iter().map(|one| one.measure);
    measures
        .flat_map(|measure| [of(tables, measure), settled.as_ref().and_then(|all| of(all, measure))])
        .collect()
}
