//! How fine the weighted figures of the whole study may be, so that no hidden table of a stratum follows from them.

use std::collections::BTreeSet;

use super::coarse::{Digits, coarsen_estimate};
use super::reads::HiddenReads;
use super::results::{Parts, decided, parts, persons};
use crate::accuracy::{Assessed, Column, Columns, Evidence, Group, HiddenTables, Suppression};
use crate::draw::{Sample, SampledStratum};
use crate::protocol::{Analysis, Grouping};
use crate::stats::{Measure, StratifiedTwoByTwo, StratumError, TwoByTwo, WeightedEstimate, WeightedOptions};

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
    known: (TwoByTwo, &HiddenReads),
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

/// The finest digits from which no small cell of a stratum follows.
pub(super) fn digits_of_whole(columns: &Columns<'_>, whole: &Assessed, strata: &ShownStrata) -> Digits {
    let protocol = columns.evidence.protocol;
    let (analysis, min_cell) = (&protocol.analysis, protocol.disclosure.min_cell);
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

/// How fine the weighted figures of a part may be.
pub(super) fn digits_of(
    group: &Group,
    (small, whole): (&BTreeSet<String>, Digits),
    sample: &Sample,
) -> Digits {
    let within =
        |code: &String| sample.stratum(code).and_then(|one| one.cluster.as_deref()) == Some(group.value());
    match group {
        // A stratum has one weight for all its records: its estimates are those of the plain table.
        Group::Part(Grouping::Stratum, _) => Digits::All,
        Group::Part(Grouping::Cluster, _) if small.iter().any(within) => Digits::Hidden,
        Group::Part(Grouping::Cluster, _) => Digits::All,
        _ if small.is_empty() => Digits::All,
        // Men and women together are the whole.
        _ => whole.max(Digits::Printed),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::draw::SampledStratum;

    #[test]
    fn the_weighted_figures_of_a_cluster_with_a_small_stratum_are_taken_out() {
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
            [Digits::All, Digits::WholePerCent].map(|whole| digits_of(&group, (&small, whole), &sample))
        };
        assert_eq!(of(Grouping::Cluster, "east", &["2"]), [Digits::Hidden; 2]);
        assert_eq!(of(Grouping::Cluster, "west", &["2"]), [Digits::All; 2]);
        assert_eq!(of(Grouping::Sex, "male", &["2"]), [Digits::Printed, Digits::WholePerCent]);
        assert_eq!(of(Grouping::Sex, "male", &[]), [Digits::All; 2]);
        assert_eq!(of(Grouping::Stratum, "1", &["2"]), [Digits::All; 2]);
    }
}
