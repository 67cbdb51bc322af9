//! How fine the weighted figures of the whole study may be, so that no hidden table of a stratum follows from them.

use std::collections::BTreeSet;

use super::coarse::{Digits, ShownDigits, coarsen_estimate, coarsen_unadjusted};
use super::hidden_tables::{Known, Parts, decided, parts, persons};
use super::other_worlds::OtherFigures;
use crate::accuracy::{Assessed, Column, Columns, Evidence, Group, HiddenTables, SeenFigure, Suppression};
use crate::draw::{Sample, SampledStratum};
use crate::protocol::{Analysis, Grouping, Protocol, WeightedFigures};
use crate::stats::{Measure, StratifiedTwoByTwo, StratumError, TwoByTwo, WeightedEstimate};

/// What readers see of the tables of the strata.
#[derive(Debug)]
pub(super) struct ShownStrata {
    /// The persons in each stratum's table, in the order of the sample.
    pub(super) persons: Vec<TwoByTwo>,
    /// The whole within which each is hidden; `None` where it is shown.
    pub(super) within: Vec<Option<usize>>,
}

/// Which tables of strata are shown, and of which whole the others are parts. A hidden cluster is not such a whole, but what the shown
/// ones leave of the study is.
///
/// # Errors
/// Counts that contradict each other.
pub(super) fn shown_strata(
    columns: &Columns<'_>,
    column: &Column<'_>,
    known: Known<'_>,
) -> Result<ShownStrata, StratumError> {
    let Evidence { protocol, sample, .. } = columns.evidence;
    let hidden_of = |grouping: Grouping| -> Result<(Parts, Vec<bool>), StratumError> {
        let tables = parts(columns, column, grouping)?;
        let hidden = match protocol.analysis.by.contains(&grouping) {
            true => decided(columns, column, grouping, &tables, known)?,
            false => vec![Suppression::Secondary; tables.0.len()],
        };
        Ok((tables, hidden.into_iter().map(Suppression::is_hidden).collect()))
    };
    let ((strata, tables), hidden) = hidden_of(Grouping::Stratum)?;
    let ((clusters, _), hidden_clusters) = hidden_of(Grouping::Cluster)?;
    let shown = clusters.iter().zip(hidden_clusters).filter(|(_, hidden)| !hidden);
    let shown: Vec<&str> = shown.map(|((group, _), _)| group.value()).collect();
    let persons = persons(&tables);
    let of = |stratum: &SampledStratum| {
        let place = strata.iter().position(|(group, _)| group.value() == stratum.code)?;
        let cluster = shown.iter().position(|one| Some(*one) == stratum.cluster.as_deref());
        Some((persons[place], hidden[place].then_some(cluster.unwrap_or(shown.len()))))
    };
    let (persons, within) = sample.strata.iter().map(|stratum| of(stratum).unwrap_or_default()).unzip();
    Ok(ShownStrata { persons, within })
}

/// How fine the figures of the whole may be, the finest first. What stands beside the headline goes before it does: the figures by the
/// weights N / a, the other readings and the bounds.
const WAYS: [ShownDigits; 5] = {
    let finest = ShownDigits {
        weighted: Digits::Printed,
        unadjusted: Digits::Printed,
        extremes: Digits::WholePerCent,
        readings: Digits::WholePerCent,
    };
    let without_unadjusted = ShownDigits { unadjusted: Digits::Hidden, ..finest };
    let alone = ShownDigits { extremes: Digits::Hidden, readings: Digits::Hidden, ..without_unadjusted };
    [
        finest,
        without_unadjusted,
        alone,
        ShownDigits { weighted: Digits::WholePerCent, ..without_unadjusted },
        ShownDigits { weighted: Digits::WholePerCent, ..alone },
    ]
};
const NOTHING: ShownDigits = ShownDigits {
    weighted: Digits::Hidden,
    unadjusted: Digits::Hidden,
    extremes: Digits::Hidden,
    readings: Digits::Hidden,
};
/// With the data owner's leave.
const AS_PRINTED: ShownDigits = ShownDigits {
    weighted: Digits::Printed,
    unadjusted: Digits::Printed,
    extremes: Digits::Printed,
    readings: Digits::Printed,
};

/// The finest digits from which no small cell of a stratum follows.
pub(super) fn digits_of_whole(
    columns: &Columns<'_>,
    whole: &Assessed,
    strata: &ShownStrata,
    beside: &OtherFigures<'_>,
) -> ShownDigits {
    let Protocol { analysis, disclosure, .. } = columns.evidence.protocol;
    if disclosure.weighted_figures == WeightedFigures::Printed {
        return AS_PRINTED;
    }
    let hidden = HiddenTables {
        tables: &whole.tabulated.strata,
        settled: &whole.tabulated.settled,
        persons: &strata.persons,
        within: &strata.within,
        min_cell: disclosure.min_cell,
        finite_population_correction: analysis.finite_population_correction,
    };
    let is_safe = |digits: &ShownDigits| {
        let printed = Printed { whole, analysis, digits: *digits };
        let ours: Vec<Option<WeightedEstimate>> = printed.of(hidden.tables).collect();
        let ours_beside = beside.printed(hidden.tables, *digits);
        let is_same = |tables: &StratifiedTwoByTwo| {
            printed.of(tables).eq(ours.iter().cloned()) && beside.printed(tables, *digits) == ours_beside
        };
        hidden.cannot_be_told(&printed.seen(), digits.weighted.steps(), is_same)
    };
    WAYS.into_iter().find(is_safe).unwrap_or(NOTHING)
}

/// What is printed of a table of the whole.
pub(super) struct Printed<'w> {
    pub(super) whole: &'w Assessed,
    pub(super) analysis: &'w Analysis,
    pub(super) digits: ShownDigits,
}

impl Printed<'_> {
    /// The weighted figures that would be printed of these tables: with the weights of the design, calibrated where the protocol says so,
    /// and with the weights N / a; computed one by one, as the first that differs is enough.
    pub(super) fn of(&self, tables: &StratifiedTwoByTwo) -> impl Iterator<Item = Option<WeightedEstimate>> {
        let options = self.analysis.weighted_options();
        let settled = tables.with_settled(&self.whole.tabulated.settled).ok();
        let by_register = self.analysis.post_stratify.filter(|_| self.whole.is_calibrated());
        let calibrated =
            by_register.map(|by| (by, self.whole.tabulated.calibrated.with_tables(tables.strata())));
        let coarse = |mut estimate: WeightedEstimate| {
            coarsen_estimate(&mut estimate, self.digits.weighted);
            estimate
        };
        let by_read = self.measures().map(move |measure| tables.estimate(measure, &options).map(coarse));
        let by_register = self.measures().filter_map(move |measure| {
            let (by, strata) = calibrated.as_ref()?;
            Some(strata.estimate(measure, *by, &options).ok().flatten().map(coarse))
        });
        let by_settled = self.measures().map(move |measure| {
            let mut estimate = settled.as_ref()?.estimate(measure, &options)?;
            coarsen_unadjusted(&mut estimate, self.digits.unadjusted);
            Some(estimate)
        });
        by_read.chain(by_register).chain(by_settled)
    }

    fn measures(&self) -> impl Iterator<Item = Measure> {
        self.whole.measures.iter().map(|one| one.measure)
    }

    /// The figures by the weights of the design as far as they are printed, with all their digits.
    fn seen(&self) -> Vec<SeenFigure> {
        let Assessed { measures, by_design, unadjusted, .. } = self.whole;
        let by_read =
            measures.iter().map(|one| (one.measure, &one.weighted)).filter(|_| by_design.is_empty());
        let by_design = by_design.iter().map(|(measure, one)| (*measure, one));
        let read = by_read.chain(by_design).map(|(measure, one)| self.figure(measure, one, false));
        let settled = unadjusted.iter().map(|(measure, one)| self.figure(*measure, one, true));
        read.chain(settled).flatten().collect()
    }

    /// `None` of what is not estimable or not printed.
    fn figure(&self, measure: Measure, exact: &WeightedEstimate, by_settled: bool) -> Option<SeenFigure> {
        let mut printed = exact.clone();
        match by_settled {
            true => coarsen_unadjusted(&mut printed, self.digits.unadjusted),
            false => coarsen_estimate(&mut printed, self.digits.weighted),
        }
        let limits = exact.interval.ok().filter(|_| printed.interval.is_ok());
        Some(SeenFigure {
            measure,
            by_settled,
            estimate: exact.estimate.ok().filter(|_| printed.estimate.is_ok())?,
            se: exact.se.ok()?,
            shows_se: printed.se.is_ok(),
            limits: limits.map(|interval| [interval.lower(), interval.upper()]),
        })
    }
}

/// How fine the weighted figures of a part may be, where `small` strata have a small cell.
pub(super) fn digits_of(
    group: &Group,
    (small, allowed): (&BTreeSet<String>, WeightedFigures),
    sample: &Sample,
) -> Digits {
    let within =
        |code: &String| sample.stratum(code).and_then(|one| one.cluster.as_deref()) == Some(group.value());
    match group {
        // A stratum has one weight for all its records: its estimates are those of the plain table.
        Group::Part(Grouping::Stratum, _) => Digits::All,
        Group::Part(Grouping::Cluster, _) if !small.iter().any(within) => Digits::All,
        _ if small.is_empty() => Digits::All,
        _ if allowed == WeightedFigures::Printed => Digits::Printed,
        // Men and women together are the whole, whose figures are shown: theirs tell of the strata as often again.
        _ => Digits::Hidden,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::draw::SampledStratum;

    #[test]
    fn the_weighted_figures_of_a_cluster_with_a_small_stratum_are_shown_by_leave_alone() {
        let stratum = |code: &str, cluster: &str| SampledStratum {
            code: code.to_owned(),
            name: code.to_owned(),
            cluster: Some(cluster.to_owned()),
            frame: 100,
            in_use: 10,
            drawn: 12,
        };
        let strata = vec![stratum("1", "east"), stratum("2", "east"), stratum("3", "west")];
        let sample = Sample { strata, courses: Vec::new() };
        let of = |grouping, value: &str, small: &[&str]| {
            let small = small.iter().map(|code| (*code).to_owned()).collect();
            let group = Group::Part(grouping, value.to_owned());
            [WeightedFigures::Printed, WeightedFigures::Protected]
                .map(|allowed| digits_of(&group, (&small, allowed), &sample))
        };
        assert_eq!(of(Grouping::Cluster, "east", &["2"]), [Digits::Printed, Digits::Hidden]);
        assert_eq!(of(Grouping::Cluster, "west", &["2"]), [Digits::All; 2]);
        assert_eq!(of(Grouping::Sex, "male", &["2"]), [Digits::Printed, Digits::Hidden]);
        assert_eq!(of(Grouping::Sex, "male", &[]), [Digits::All; 2]);
        assert_eq!(of(Grouping::Stratum, "1", &["2"]), [Digits::All; 2]);
    }
}
