//! Everything an analysis shows, with small cells already taken out: what is not here cannot be printed.

use std::collections::BTreeSet;

use super::BootstrapResults;
use super::baseline::{Baseline, FrameCounts, baseline};
use super::coarse::{Digits, coarsen, coarsen_agreement};
use super::differences::{self, GroupDifference, differences};
use super::homogeneity::{self, StratumComparison};
use super::sensitivity::{SensitivityAnalyses, other_columns, other_protocols, sensitivity_analyses};
use super::shown::{AgreementResults, Beside, ReviewFlow, shown_agreements, shown_flow};
use crate::accuracy::{
    Assessed, Column, Columns, Eligibility, Evidence, Group, IndicatorResult, Suppression, agreements,
    assess, eligibility, is_small, suppress, suppress_within,
};
use crate::draw::Sample;
use crate::protocol::{AgeGroups, Bilingual, Grouping, Protocol};
use crate::review::Reviews;
use crate::stats::{StratumError, TwoByTwo};

/// So many digits of a digest tell two states of a study apart.
const DIGEST_DIGITS: usize = 16;

/// The results of a study.
#[derive(Debug, Clone, PartialEq)]
pub struct Results {
    /// What stands on every page.
    pub head: Head,
    /// Frame, sample and charts beside each other.
    pub baseline: Vec<Baseline>,
    /// From the register to the frame: stable words and counts; `None` where a count is hidden.
    pub flow: Vec<(String, Option<u64>)>,
    /// From the sample to the charts that were read.
    pub review: ReviewFlow,
    /// Each indicator, in the order of the protocol.
    pub indicators: Vec<IndicatorResults>,
    /// The agreement of two reviewers, if any course was read twice.
    pub agreement: Vec<AgreementResults>,
    /// The bootstrap of the whole study; `None` where the protocol declares none, or it is still to come.
    pub bootstrap: Option<BootstrapResults>,
}

/// What stands on every page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    /// The study's title.
    pub title: String,
    /// The register's name.
    pub register_name: String,
    /// Whether all is reviewed and settled.
    pub is_final: bool,
    /// How often the data were looked at before they were complete.
    pub looks: u64,
    /// What is still open, in words; empty when nothing is.
    pub open: Vec<Bilingual>,
    /// What was changed after the draw, in words.
    pub post_hoc: Vec<Bilingual>,
    /// The digest of draw, reviews and adjudications.
    pub data_digest: String,
}

impl Head {
    /// The first digits of the digest of the data, as every page has them: they tell two states of a study apart.
    pub fn short_digest(&self) -> &str {
        self.data_digest.get(..DIGEST_DIGITS).unwrap_or(&self.data_digest)
    }

    /// `final` or `interim`.
    pub fn status(&self) -> &'static str {
        if self.is_final { "final" } else { "interim" }
    }
}

/// One indicator.
#[derive(Debug, Clone, PartialEq)]
pub struct IndicatorResults {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: Bilingual,
    /// Why the review cannot tell; `None` when it can.
    pub not_assessable: Option<Bilingual>,
    /// The whole study first, then its parts; empty when the review cannot tell.
    pub groups: Vec<GroupResults>,
    /// Groups that are not municipalities, each against the first of its grouping.
    pub differences: Vec<GroupDifference>,
    /// The municipalities beside each other, where there are tables of them.
    pub by_stratum: StratumComparison,
    /// For whom the indicator is relevant by register and by record; `None` where it is hidden or the review cannot tell.
    pub eligibility: Option<Eligibility>,
    /// What hangs on the declared rules.
    pub sensitivity: SensitivityAnalyses,
}

/// One indicator in the whole study or in a part of it.
#[derive(Debug, Clone, PartialEq)]
pub struct GroupResults {
    /// Which part.
    pub group: Group,
    /// Its name for people.
    pub label: String,
    /// Counts and measures; `None` when they are hidden.
    pub assessed: Option<Box<Assessed>>,
    /// What stands beside the table of the whole study; `None` for a part, where these would be small cells of their own.
    pub beside: Option<Beside>,
}

/// Computes the results and takes out what may not be shown.
///
/// # Errors
/// Counts that contradict each other.
pub fn results(
    evidence: Evidence<'_>,
    reviews: &Reviews,
    head: Head,
    frame: FrameCounts,
) -> Result<Results, StratumError> {
    let columns = Columns::new(evidence);
    let mut indicators: Vec<IndicatorResults> =
        columns.indicators.iter().map(|column| of_indicator(&columns, column)).collect::<Result<_, _>>()?;
    add_sensitivity(&columns, &mut indicators)?;
    adjust(&mut indicators);
    let overall = evidence.protocol.disclosure.min_cell_overall;
    let mut agreements = agreements(evidence, reviews);
    let min_cell = evidence.protocol.disclosure.min_cell;
    agreements.iter_mut().for_each(|one| coarsen_agreement(one, min_cell));
    Ok(Results {
        head,
        baseline: baseline(&columns, &frame),
        flow: shown_flow(frame.flow, overall),
        review: ReviewFlow::of(evidence, overall),
        indicators,
        agreement: shown_agreements(agreements, overall),
        bootstrap: None,
    })
}

/// What hangs on the rules for missing values, beside each table of the whole study that is shown.
fn add_sensitivity(columns: &Columns<'_>, indicators: &mut [IndicatorResults]) -> Result<(), StratumError> {
    let protocols = other_protocols(columns.evidence.protocol);
    let others = other_columns(columns.evidence, &protocols);
    for (place, indicator) in indicators.iter_mut().enumerate() {
        let whole = indicator.groups.first().and_then(|group| group.assessed.as_deref());
        if let Some(whole) = whole {
            indicator.sensitivity = sensitivity_analyses(columns, place, whole, &others)?;
        }
    }
    Ok(())
}

/// Each table of tests is a family.
fn adjust(indicators: &mut [IndicatorResults]) {
    for grouping in Grouping::ALL {
        let all = indicators.iter_mut().flat_map(|one| one.differences.iter_mut());
        differences::adjust(all.filter(|one| one.grouping == grouping));
    }
    homogeneity::adjust(indicators.iter_mut().map(|one| &mut one.by_stratum));
}

fn of_indicator(columns: &Columns<'_>, column: &Column<'_>) -> Result<IndicatorResults, StratumError> {
    let Columns { evidence, .. } = columns;
    let indicator = column.indicator;
    let (mut groups, mut compared) = (Vec::new(), Vec::new());
    let mut by_stratum = StratumComparison::default();
    if indicator.is_assessable() {
        let overall = evidence.protocol.disclosure.min_cell_overall;
        let mut whole = assessed(columns, column, &Group::All)?;
        let small = small_strata(columns, column)?;
        if let Some(whole) = &mut whole {
            let digits = if small.is_empty() { Digits::All } else { Digits::Printed };
            coarsen(whole, digits.of_calibrated(overall > 1 && whole.is_calibrated()));
        }
        let hidden = whole.as_ref().is_some_and(|whole| is_small(whole.tabulated.persons, overall));
        let assessed = whole.filter(|_| !hidden);
        let beside = assessed.as_ref().map(|whole| Beside::of(&whole.tabulated, overall));
        groups.push(GroupResults { group: Group::All, label: "all".to_owned(), assessed, beside });
        for grouping in &evidence.protocol.analysis.by {
            let family = family(columns, column, *grouping, &small)?;
            let digits = |group: &Group| digits_of(group, &small, evidence.sample);
            let basis = (&evidence.protocol.analysis, evidence.sample);
            compared.extend(differences(*grouping, &family, digits, basis)?);
            if *grouping == Grouping::Stratum {
                let whole = groups.first().and_then(|whole: &GroupResults| whole.assessed.as_deref());
                by_stratum = StratumComparison::of(&indicator.id, &family, whole, evidence.protocol);
            }
            groups.extend(family);
        }
    }
    let not_assessable = indicator.not_assessable.clone();
    let is_shown = groups.first().is_some_and(|whole| whole.assessed.is_some());
    let overall = evidence.protocol.disclosure.min_cell_overall;
    let eligible = is_shown.then(|| eligibility(columns, column)).filter(|one| !one.is_small(overall));
    Ok(IndicatorResults {
        id: indicator.id.clone(),
        name: indicator.name.clone(),
        not_assessable,
        groups,
        differences: compared,
        by_stratum,
        eligibility: eligible,
        sensitivity: SensitivityAnalyses::default(),
    })
}

fn assessed(
    columns: &Columns<'_>,
    column: &Column<'_>,
    group: &Group,
) -> Result<Option<Box<Assessed>>, StratumError> {
    Ok(match assess(columns, column, group)? {
        IndicatorResult::NotAssessable(_) => None,
        IndicatorResult::Assessed(assessed) => Some(assessed),
    })
}

/// The tables of all values of a grouping: what is hidden is decided for them together.
fn family(
    columns: &Columns<'_>,
    column: &Column<'_>,
    grouping: Grouping,
    small: &BTreeSet<String>,
) -> Result<Vec<GroupResults>, StratumError> {
    let (groups, assessed) = parts(columns, column, grouping)?;
    let decided = match grouping {
        Grouping::Stratum if columns.evidence.protocol.analysis.by.contains(&Grouping::Cluster) => {
            decide_within_clusters(columns, column, &groups, &persons(&assessed))?
        }
        _ => suppress(&persons(&assessed), columns.evidence.protocol.disclosure.min_cell),
    };
    let mut shown = Vec::new();
    for ((group, label), (one, decision)) in groups.into_iter().zip(assessed.into_iter().zip(decided)) {
        let mut assessed = one.filter(|_| !decision.is_hidden());
        if let Some(assessed) = &mut assessed {
            let digits = digits_of(&group, small, columns.evidence.sample);
            let outside_hidden = columns.evidence.protocol.disclosure.min_cell > 1;
            coarsen(assessed, digits.of_calibrated(outside_hidden && assessed.is_calibrated()));
        }
        shown.push(GroupResults { group, label, assessed, beside: None });
    }
    Ok(shown)
}

/// The codes of the strata with a small cell of this indicator.
pub(super) fn small_strata(
    columns: &Columns<'_>,
    column: &Column<'_>,
) -> Result<BTreeSet<String>, StratumError> {
    let (groups, assessed) = parts(columns, column, Grouping::Stratum)?;
    let min_cell = columns.evidence.protocol.disclosure.min_cell;
    let small = groups.into_iter().zip(persons(&assessed)).filter(|(_, table)| is_small(*table, min_cell));
    Ok(small.map(|((group, _), _)| group.value().to_owned()).collect())
}

/// How fine the weighted figures of a part may be.
fn digits_of(group: &Group, small: &BTreeSet<String>, sample: &Sample) -> Digits {
    let within =
        |code: &String| sample.stratum(code).and_then(|one| one.cluster.as_deref()) == Some(group.value());
    match group {
        // A stratum has one weight for all its records: its estimates are those of the plain table.
        Group::Part(Grouping::Stratum, _) => Digits::All,
        Group::Part(Grouping::Cluster, _) if small.iter().any(within) => Digits::Hidden,
        Group::Part(Grouping::Cluster, _) => Digits::All,
        _ if small.is_empty() => Digits::All,
        _ => Digits::Printed,
    }
}

type Parts = (Vec<(Group, String)>, Vec<Option<Box<Assessed>>>);

/// All values of a grouping with their tables.
fn parts(columns: &Columns<'_>, column: &Column<'_>, grouping: Grouping) -> Result<Parts, StratumError> {
    let groups = groups_of(grouping, columns.evidence.protocol, columns.evidence.sample);
    let assessed =
        groups.iter().map(|(group, _)| assessed(columns, column, group)).collect::<Result<_, _>>()?;
    Ok((groups, assessed))
}

/// The persons in each cell.
fn persons(assessed: &[Option<Box<Assessed>>]) -> Vec<TwoByTwo> {
    let of =
        |one: &Option<Box<Assessed>>| one.as_ref().map_or(TwoByTwo::default(), |one| one.tabulated.persons);
    assessed.iter().map(of).collect()
}

/// Strata whose clusters have tables of their own.
fn decide_within_clusters(
    columns: &Columns<'_>,
    column: &Column<'_>,
    strata: &[(Group, String)],
    persons_of_strata: &[TwoByTwo],
) -> Result<Vec<Suppression>, StratumError> {
    let min_cell = columns.evidence.protocol.disclosure.min_cell;
    let (clusters, assessed) = parts(columns, column, Grouping::Cluster)?;
    let mut hidden: Vec<bool> =
        suppress(&persons(&assessed), min_cell).into_iter().map(Suppression::is_hidden).collect();
    // Strata without a cluster are what the clusters leave of the whole.
    hidden.push(false);
    let cluster_of = |(group, _): &(Group, String)| {
        let cluster =
            columns.evidence.sample.stratum(group.value()).and_then(|stratum| stratum.cluster.as_deref());
        clusters.iter().position(|(group, _)| Some(group.value()) == cluster).unwrap_or(clusters.len())
    };
    let within: Vec<usize> = strata.iter().map(cluster_of).collect();
    Ok(suppress_within(persons_of_strata, &within, &hidden, min_cell))
}

/// The values of a grouping with their names, in order.
fn groups_of(grouping: Grouping, protocol: &Protocol, sample: &Sample) -> Vec<(Group, String)> {
    let mut values: Vec<(String, String)> = match grouping {
        Grouping::Stratum => {
            protocol.strata.in_study().map(|stratum| (stratum.code.clone(), stratum.label())).collect()
        }
        Grouping::Cluster => sample.strata.iter().filter_map(|one| one.cluster.clone()).map(twice).collect(),
        Grouping::Age => {
            let groups = &protocol.analysis.age_groups;
            let ages: BTreeSet<String> =
                sample.courses.iter().filter_map(|one| one.age).map(|age| groups.group(age)).collect();
            let present = groups.names().into_iter().filter(|name| ages.contains(name));
            return present
                .map(|name| (Group::Part(grouping, name.clone()), AgeGroups::label(&name)))
                .collect();
        }
        Grouping::Sex => sample.courses.iter().filter_map(|one| one.sex.clone()).map(twice).collect(),
        Grouping::Year => {
            let year = |period: &String| period.split('-').next().unwrap_or_default().to_owned();
            sample.courses.iter().filter_map(|one| one.period.as_ref().map(year)).map(twice).collect()
        }
    };
    values.sort();
    values.dedup();
    values.into_iter().map(|(value, label)| (Group::Part(grouping, value), label)).collect()
}

fn twice(value: String) -> (String, String) {
    (value.clone(), value)
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
            digits_of(&Group::Part(grouping, value.to_owned()), &small, &sample)
        };
        assert_eq!(of(Grouping::Cluster, "east", &["2"]), Digits::Hidden);
        assert_eq!(of(Grouping::Cluster, "west", &["2"]), Digits::All);
        assert_eq!(of(Grouping::Sex, "male", &["2"]), Digits::Printed);
        assert_eq!(of(Grouping::Sex, "male", &[]), Digits::All);
        assert_eq!(of(Grouping::Stratum, "1", &["2"]), Digits::All);
    }
}
