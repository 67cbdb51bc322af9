//! Are the municipalities alike? The exact test of homogeneity, and what they tell of each other, for each measure of an indicator.
//!
//! Nothing rests on a hidden table that the shown ones do not tell. In the test the municipalities with a hidden table are one group,
//! whose counts are the whole study less the shown ones: a probability of their own tables, even with two digits, could tell
//! which of a few possible ones they are. Where the whole is hidden as well, there is no test. The shrunken estimates are of the shown
//! municipalities among themselves.
//!
//! Neither uses sampling weights: within a municipality the draw is simple random.

use rayon::prelude::*;

use super::GroupResults;
use super::differences::COMPARED;
use crate::accuracy::Assessed;
use crate::protocol::Protocol;
use crate::stats::{
    Measure, Proportion, Reason, ShrunkenEstimate, TableDraws, TestWay, TwoByTwo, holm, homogeneity,
    shrinkage,
};

/// Tables that are drawn where there are too many to go through.
const TABLES: u64 = 9_999;

/// One indicator by municipality.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct StratumComparison {
    /// The test of each measure.
    pub homogeneity: Vec<HomogeneityResults>,
    /// The estimates of each measure and municipality.
    pub shrunken: Vec<ShrunkenResults>,
}

/// The exact test that a measure is the same in all municipalities.
#[derive(Debug, Clone, PartialEq)]
pub struct HomogeneityResults {
    /// What is tested.
    pub measure: Measure,
    /// How many groups had records in the denominator.
    pub groups: Option<u64>,
    /// How many municipalities with a hidden table are one of these groups together.
    pub pooled: u64,
    /// The probability of counts as improbable as these.
    pub p_value: Result<f64, Reason>,
    /// The same, adjusted for all tests of the table.
    pub adjusted: Result<f64, Reason>,
    /// How the probability was found.
    pub way: Option<TestWay>,
}

/// A measure of a municipality, drawn towards the others.
#[derive(Debug, Clone, PartialEq)]
pub struct ShrunkenResults {
    /// What is measured.
    pub measure: Measure,
    /// The municipality's code.
    pub stratum: String,
    /// Its name for people.
    pub label: String,
    /// The estimate; suppressed where the municipality's table is.
    pub estimate: Result<ShrunkenEstimate, Reason>,
}

impl StratumComparison {
    /// From the shown tables of the municipalities and of the whole.
    pub(super) fn of(
        indicator: &str,
        strata: &[GroupResults],
        whole: Option<&Assessed>,
        protocol: &Protocol,
    ) -> Self {
        let first = strata.iter().find_map(|one| one.assessed.as_deref());
        let Some(first) = first.or(whole) else { return StratumComparison::default() };
        let is_measured = |measure: &&Measure| first.measures.iter().any(|one| one.measure == **measure);
        let measures: Vec<Measure> = COMPARED.iter().filter(is_measured).copied().collect();
        let seed = protocol.sampling.seed.as_ref().map(ToString::to_string).unwrap_or_default();
        let test = |measure: &Measure| {
            let seed = format!("{seed}|homogeneity|{indicator}|{}", measure.name());
            tested(*measure, strata, whole, &seed)
        };
        StratumComparison {
            homogeneity: measures.par_iter().map(test).collect(),
            shrunken: measures
                .par_iter()
                .flat_map_iter(|measure| shrunken(*measure, strata, protocol))
                .collect(),
        }
    }
}

fn tested(
    measure: Measure,
    strata: &[GroupResults],
    whole: Option<&Assessed>,
    seed: &str,
) -> HomogeneityResults {
    let shown: Vec<TwoByTwo> = strata.iter().filter_map(|one| Some(one.assessed.as_ref()?.table)).collect();
    let pooled = (strata.len() - shown.len()) as u64;
    let rest = match (pooled, whole) {
        (0, _) => Ok(None),
        (_, Some(whole)) => Ok(Some(less(whole.table, &shown))),
        (_, None) => Err(Reason::Suppressed),
    };
    let found = rest.and_then(|rest| {
        let tables = shown.iter().copied().chain(rest);
        let counts: Vec<Proportion> = tables.filter_map(|table| table.proportion(measure)).collect();
        homogeneity(&counts, TableDraws { seed, tables: TABLES })
    });
    // Too few groups because tables are hidden is no property of the counts.
    let is_told = |whole: &Assessed| whole.table.proportion(measure).is_none_or(|one| one.trials() == 0);
    let found = found.map_err(|reason| match pooled > 0 && !whole.is_some_and(is_told) {
        true => Reason::Suppressed,
        false => reason,
    });
    HomogeneityResults {
        measure,
        groups: found.ok().map(|test| test.groups as u64),
        pooled,
        p_value: found.map(|test| test.p_value),
        adjusted: found.map(|test| test.p_value),
        way: found.ok().map(|test| test.way),
    }
}

/// A table less its parts.
pub(super) fn less(whole: TwoByTwo, parts: &[TwoByTwo]) -> TwoByTwo {
    let sum = parts.iter().fold(TwoByTwo::default(), |sum, part| sum + *part);
    TwoByTwo {
        tp: whole.tp.saturating_sub(sum.tp),
        fp: whole.fp.saturating_sub(sum.fp),
        fn_: whole.fn_.saturating_sub(sum.fn_),
        tn: whole.tn.saturating_sub(sum.tn),
    }
}

fn shrunken(measure: Measure, strata: &[GroupResults], protocol: &Protocol) -> Vec<ShrunkenResults> {
    let proportion = |one: &GroupResults| one.assessed.as_ref()?.table.proportion(measure);
    let counts: Vec<Proportion> = strata.iter().filter_map(proportion).collect();
    // One stratum alone has no others to be drawn to.
    let found = match counts.iter().filter(|one| one.trials() > 0).count() {
        0 | 1 => Err(Reason::NotEstimable),
        _ => shrinkage(&counts, protocol.analysis.level),
    };
    let mut estimates = found.as_ref().map(|found| found.estimates.iter()).unwrap_or_default();
    let mut of = |one: &GroupResults| match (&one.assessed, &found) {
        (None, _) => Err(Reason::Suppressed),
        (Some(_), Err(reason)) => Err(*reason),
        (Some(_), Ok(_)) => estimates.next().copied().ok_or(Reason::NotEstimable),
    };
    let shown = |one: &GroupResults| ShrunkenResults {
        measure,
        stratum: one.group.value().to_owned(),
        label: one.label.clone(),
        estimate: of(one),
    };
    strata.iter().map(shown).collect()
}

/// Adjusts the probabilities of all indicators.
pub(super) fn adjust<'c>(table: impl Iterator<Item = &'c mut StratumComparison>) {
    let table: Vec<&mut HomogeneityResults> = table.flat_map(|one| one.homogeneity.iter_mut()).collect();
    let given: Vec<Result<f64, Reason>> = table.iter().map(|one| one.p_value).collect();
    table.into_iter().zip(holm(&given)).for_each(|(one, adjusted)| one.adjusted = adjusted);
}
