//! Sensitivity analyses: what the measures would be by other readings of what is missing, at worst and at best, and if the record
//! itself is sometimes wrong. Small cells are taken out here.

use super::coarse::{Digits, ShownDigits, coarsen};
use super::hidden_tables::small_strata;
use super::shown::has_small_around;
use crate::accuracy::{
    Assessed, Column, Columns, Evidence, Group, IndicatorResult, OtherReading, assess, eligibility,
    incomplete_strata, is_small,
};
use crate::protocol::{Protocol, WeightedFigures};
use crate::stats::{
    ImperfectReference, IncompleteStratum, Measure, Reason, StratumError, imperfect_reference, worst_and_best,
};

/// The sensitivity analyses of one indicator.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct SensitivityAnalyses {
    /// Readings that differ from the declared one, each with its table; `None` where it is hidden.
    pub readings: Vec<(OtherReading, Option<Box<Assessed>>)>,
    /// The least and the greatest value of each headline measure if everything were known; empty where everything is.
    pub worst_and_best: Vec<(Measure, Result<[f64; 2], Reason>)>,
    /// How many courses are not wholly known.
    pub unknown: Option<u64>,
    /// If the record has the sensitivity and specificity that the protocol assumes.
    pub imperfect: Option<ImperfectReference>,
    /// The decimals of a per cent that are left of the worst and best case, so that hidden counts do not follow from it; `None` for all.
    pub coarse: Option<usize>,
}

/// The other readings with their protocols, which the columns borrow.
pub(super) fn other_protocols(protocol: &Protocol) -> Vec<(OtherReading, Protocol)> {
    OtherReading::ALL.into_iter().map(|reading| (reading, reading.of(protocol))).collect()
}

/// The columns of each reading.
pub(super) fn other_columns<'p>(
    evidence: Evidence<'p>,
    protocols: &'p [(OtherReading, Protocol)],
) -> Vec<(OtherReading, Columns<'p>)> {
    let columns = |(reading, protocol): &'p (OtherReading, Protocol)| {
        (*reading, Columns::new(Evidence { protocol, ..evidence }))
    };
    protocols.iter().map(columns).collect()
}

/// The analyses of the indicator at `place` of the protocol, beside its declared table, whose weighted figures are shown so finely.
///
/// # Errors
/// Counts that contradict each other.
pub(super) fn sensitivity_analyses(
    columns: &Columns<'_>,
    place: usize,
    (declared, digits): (&Assessed, ShownDigits),
    others: &[(OtherReading, Columns<'_>)],
) -> Result<SensitivityAnalyses, StratumError> {
    let column = &columns.indicators[place];
    let protocol = columns.evidence.protocol;
    let overall = protocol.disclosure.min_cell_overall;
    let is_hidden =
        eligibility(columns, column).is_small(overall) || has_small_around(&declared.tabulated, overall);
    let mut readings = Vec::new();
    for (reading, other) in others {
        if is_hidden {
            // Whether a reading changes anything would tell of hidden counts as well.
            readings.push((*reading, None));
            continue;
        }
        let assessed = whole(other, &other.indicators[place])?;
        let Some(assessed) = assessed.filter(|one| one.table != declared.table) else { continue };
        let is_fine = small_strata(other, &other.indicators[place])?.is_empty();
        let digits = of_reading(digits, is_fine, protocol.disclosure.weighted_figures);
        let weighted = digits.weighted.of_calibrated(overall > 1 && declared.is_calibrated());
        readings.push((*reading, shown(assessed, declared, ShownDigits { weighted, ..digits }, overall)));
    }
    let strata = incomplete_strata(columns, column);
    let (unknown, worst_and_best) = extremes(&strata, declared, digits.extremes, overall);
    let imperfect = protocol.analysis.reference.map(|assumed| imperfect_reference(declared.table, assumed));
    Ok(SensitivityAnalyses { readings, worst_and_best, unknown, imperfect, coarse: digits.extremes.left() })
}

/// How fine the figures of a reading are shown. One of which a stratum has a small cell where the declared reading has none was not
/// held against other worlds.
fn of_reading(digits: ShownDigits, is_fine: bool, allowed: WeightedFigures) -> ShownDigits {
    let readings = match allowed {
        _ if is_fine || digits.readings > Digits::All => digits.readings,
        WeightedFigures::Printed => Digits::Printed,
        WeightedFigures::Protected => Digits::Hidden,
    };
    let digits = ShownDigits { readings, ..digits }.of_reading();
    ShownDigits { unadjusted: digits.unadjusted.max(digits.weighted), ..digits }
}

/// The table of the whole study; `None` where the review cannot tell.
pub(super) fn whole(
    columns: &Columns<'_>,
    column: &Column<'_>,
) -> Result<Option<Box<Assessed>>, StratumError> {
    Ok(match assess(columns, column, &Group::All)? {
        IndicatorResult::NotAssessable(_) => None,
        IndicatorResult::Assessed(assessed) => Some(assessed),
    })
}

/// A reading as it may be shown: what it adds to the declared table, or takes from it, is a count as well.
fn shown(
    mut assessed: Box<Assessed>,
    declared: &Assessed,
    digits: ShownDigits,
    overall: u64,
) -> Option<Box<Assessed>> {
    let (persons, beside) = (assessed.tabulated.persons, declared.tabulated.persons);
    let apart = persons.cells().into_iter().zip(beside.cells()).map(|(one, other)| one.abs_diff(other));
    if is_small(persons, overall) || apart.into_iter().any(|count| (1..overall).contains(&count)) {
        return None;
    }
    coarsen(&mut assessed, digits);
    Some(assessed)
}

type Extremes = Vec<(Measure, Result<[f64; 2], Reason>)>;

/// How many courses are not wholly known, and what they could make of the measures; hidden where they are few, as coarse as the weighted
/// figures beside them where a stratum has a small cell.
fn extremes(
    strata: &[IncompleteStratum],
    declared: &Assessed,
    digits: Digits,
    overall: u64,
) -> (Option<u64>, Extremes) {
    let kinds = |one: &IncompleteStratum| {
        [one.record_unknown, one.register_unknown].concat().into_iter().chain([one.both_unknown])
    };
    let mut by_kind = [0; 5];
    for stratum in strata {
        by_kind.iter_mut().zip(kinds(stratum)).for_each(|(sum, count)| *sum += count);
    }
    let unknown: u64 = by_kind.iter().sum();
    let is_hidden = by_kind.iter().any(|count| (1..overall).contains(count));
    let of = |measure: Measure| match is_hidden {
        true => Err(Reason::Suppressed),
        false => worst_and_best(measure, strata)
            .and_then(|[worst, best]| Ok([digits.of(worst)?, digits.of(best)?])),
    };
    let measures = declared.measures.iter().map(|one| one.measure);
    let headline = measures.filter(|measure| super::result_tables::MAIN.contains(measure));
    let extremes = if unknown == 0 { Vec::new() } else { headline.map(|one| (one, of(one))).collect() };
    ((!is_hidden).then_some(unknown), extremes)
}
