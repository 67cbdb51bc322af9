//! Everything an analysis shows, with small cells already taken out: what is not here cannot be printed.

use std::collections::BTreeSet;

use super::BootstrapResults;
use super::baseline::{Baseline, FrameCounts, baseline};
use super::coarse::{ShownDigits, coarsen, coarsen_agreement};
use super::differences::{self, GroupDifference, differences};
use super::hidden_tables::{Known, assessed, decided, parts, small_strata};
use super::homogeneity::{self, StratumComparison};
use super::other_worlds::OtherFigures;
use super::protected::{digits_of, digits_of_whole, shown_strata};
use super::raw_items::{RawItemResults, shown_raw_items};
use super::reads::HiddenReads;
use super::sensitivity::{SensitivityAnalyses, other_columns, other_protocols, sensitivity_analyses};
use super::shown::{AgreementResults, Beside, ReviewFlow, has_small_around, shown_agreements, shown_flow};
use crate::accuracy::{
    Assessed, Column, Columns, Eligibility, Evidence, Group, OtherReading, agreements, eligibility, is_small,
    raw_items,
};
use crate::protocol::{Bilingual, Grouping};
use crate::review::Reviews;
use crate::stats::StratumError;

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
    /// The raw items that the register holds as well, in the order of the protocol.
    pub raw_items: Vec<RawItemResults>,
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
    /// How fine the figures of the whole study are shown.
    pub(super) digits: ShownDigits,
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
    let protocols = other_protocols(evidence.protocol);
    let others = other_columns(evidence, &protocols);
    let (mut results, small) = tables(&columns, &others, head, &frame)?;
    for (indicator, small) in results.indicators.iter_mut().zip(&small) {
        compare(&columns, indicator, small)?;
    }
    add_sensitivity(&columns, &others, &mut results.indicators)?;
    adjust(&mut results.indicators);
    let mut agreements = agreements(evidence, reviews);
    let disclosure = evidence.protocol.disclosure;
    agreements.iter_mut().for_each(|one| coarsen_agreement(one, disclosure));
    let overall = disclosure.min_cell_overall;
    results.agreement = shown_agreements(agreements, overall);
    results.raw_items = shown_raw_items(raw_items(evidence, reviews), overall);
    Ok(results)
}

/// The results as far as small cells are decided there: every table of register against record and what stands beside it, without
/// comparisons, sensitivity analyses and agreement, which rest on these tables or are of the whole study.
///
/// # Errors
/// Counts that contradict each other.
pub fn shown_tables(
    evidence: Evidence<'_>,
    head: Head,
    frame: &FrameCounts,
) -> Result<Results, StratumError> {
    let protocols = other_protocols(evidence.protocol);
    Ok(tables(&Columns::new(evidence), &other_columns(evidence, &protocols), head, frame)?.0)
}

/// The same, with the strata that have a small cell of each indicator.
fn tables(
    columns: &Columns<'_>,
    others: &[(OtherReading, Columns<'_>)],
    head: Head,
    frame: &FrameCounts,
) -> Result<(Results, Vec<BTreeSet<String>>), StratumError> {
    let few = HiddenReads::of(columns);
    let of = |column| of_indicator((columns, others), column, &few);
    let found: Vec<(IndicatorResults, BTreeSet<String>)> =
        columns.indicators.iter().map(of).collect::<Result<_, _>>()?;
    let (indicators, small) = found.into_iter().unzip();
    let overall = columns.evidence.protocol.disclosure.min_cell_overall;
    let results = Results {
        head,
        baseline: baseline(columns, frame, &few),
        flow: shown_flow(frame.flow.clone(), overall),
        review: ReviewFlow::of(columns.evidence, overall),
        indicators,
        agreement: Vec::new(),
        raw_items: Vec::new(),
        bootstrap: None,
    };
    Ok((results, small))
}

/// What hangs on the rules for missing values, beside each table of the whole study that is shown.
fn add_sensitivity(
    columns: &Columns<'_>,
    others: &[(OtherReading, Columns<'_>)],
    indicators: &mut [IndicatorResults],
) -> Result<(), StratumError> {
    for (place, indicator) in indicators.iter_mut().enumerate() {
        let whole = indicator.groups.first().and_then(|group| group.assessed.as_deref());
        if let Some(whole) = whole {
            indicator.sensitivity = sensitivity_analyses(columns, place, (whole, indicator.digits), others)?;
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

/// The tables of an indicator, and its strata with a small cell.
fn of_indicator(
    (columns, others): (&Columns<'_>, &[(OtherReading, Columns<'_>)]),
    column: &Column<'_>,
    few: &HiddenReads,
) -> Result<(IndicatorResults, BTreeSet<String>), StratumError> {
    let Columns { evidence, .. } = columns;
    let indicator = column.indicator;
    let overall = evidence.protocol.disclosure.min_cell_overall;
    let (mut groups, mut small) = (Vec::new(), BTreeSet::new());
    let mut digits = ShownDigits::ALL;
    if indicator.is_assessable() {
        let mut whole = assessed(columns, column, &Group::All)?;
        small = small_strata(columns, column)?;
        small.extend(few.strata().map(str::to_owned));
        let known = Known::of(whole.as_deref(), few);
        if let Some(whole) = &mut whole {
            if !small.is_empty() {
                let beside = OtherFigures::of(columns, column, whole, others)?;
                digits = digits_of_whole(columns, whole, &shown_strata(columns, column, known)?, &beside);
            }
            digits.weighted = digits.weighted.of_calibrated(overall > 1 && whole.is_calibrated());
            digits = digits.of_unread(few.has_unread(), evidence.protocol.disclosure.weighted_figures);
            coarsen(whole, digits);
        }
        let hidden = whole.as_ref().is_some_and(|whole| is_small(whole.tabulated.persons, overall));
        let assessed = whole.filter(|_| !hidden);
        let beside = assessed.as_ref().map(|whole| Beside::of(&whole.tabulated, overall));
        groups.push(GroupResults { group: Group::All, label: "all".to_owned(), assessed, beside });
        for grouping in &evidence.protocol.analysis.by {
            groups.extend(family(columns, column, *grouping, &small, known)?);
        }
    }
    let whole = groups.first().and_then(|whole| whole.assessed.as_deref());
    // Its cells add up to the reasons for being outside the table.
    let is_shown = whole.is_some_and(|one| !has_small_around(&one.tabulated, overall));
    let eligible = is_shown.then(|| eligibility(columns, column)).filter(|one| !one.is_small(overall));
    let results = IndicatorResults {
        id: indicator.id.clone(),
        name: indicator.name.clone(),
        not_assessable: indicator.not_assessable.clone(),
        groups,
        differences: Vec::new(),
        by_stratum: StratumComparison::default(),
        eligibility: eligible,
        sensitivity: SensitivityAnalyses::default(),
        digits,
    };
    Ok((results, small))
}

/// The groups of each grouping beside each other.
fn compare(
    columns: &Columns<'_>,
    indicator: &mut IndicatorResults,
    small: &BTreeSet<String>,
) -> Result<(), StratumError> {
    let Some((whole, parts)) = indicator.groups.split_first() else { return Ok(()) };
    let Evidence { protocol, sample, .. } = columns.evidence;
    for family in parts.chunk_by(|one, other| one.group.grouping() == other.group.grouping()) {
        let Some(Group::Part(grouping, _)) = family.first().map(|one| &one.group) else { continue };
        let allowed = protocol.disclosure.weighted_figures;
        let digits = |group: &Group| digits_of(group, (small, allowed), sample);
        indicator.differences.extend(differences(*grouping, family, digits, (&protocol.analysis, sample))?);
        if *grouping == Grouping::Stratum {
            indicator.by_stratum =
                StratumComparison::of(&indicator.id, family, whole.assessed.as_deref(), protocol);
        }
    }
    Ok(())
}

/// The tables of all values of a grouping: what is hidden is decided for them together.
fn family(
    columns: &Columns<'_>,
    column: &Column<'_>,
    grouping: Grouping,
    small: &BTreeSet<String>,
    known: Known<'_>,
) -> Result<Vec<GroupResults>, StratumError> {
    let tables = parts(columns, column, grouping)?;
    let decided = decided(columns, column, grouping, &tables, known)?;
    let (groups, assessed) = tables;
    let mut shown = Vec::new();
    for ((group, label), (one, decision)) in groups.into_iter().zip(assessed.into_iter().zip(decided)) {
        let mut assessed = one.filter(|_| !decision.is_hidden());
        if let Some(assessed) = &mut assessed {
            let outside_hidden = columns.evidence.protocol.disclosure.min_cell > 1;
            let allowed = columns.evidence.protocol.disclosure.weighted_figures;
            let weighted = digits_of(&group, (small, allowed), columns.evidence.sample);
            let weighted = weighted.of_calibrated(outside_hidden && assessed.is_calibrated());
            let shown = ShownDigits { weighted, ..ShownDigits::ALL };
            coarsen(assessed, shown.of_unread(known.few.has_unread(), allowed));
        }
        shown.push(GroupResults { group, label, assessed, beside: None });
    }
    Ok(shown)
}
