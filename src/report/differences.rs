//! Differences between the groups of a grouping that crosses the municipalities or is made of whole ones: sexes, years, clusters.
//!
//! Each group is compared with the first. Nothing is shown here that the tables of the groups do not show: where either of the two
//! tables is hidden, the difference is; where weighted figures are rounded or taken out because of a small municipality, so is
//! the difference, with its probability rounded to two digits. Holm's adjustment is of the probabilities as they are
//! shown and of no others, or their ratio would tell more than they do.

use super::GroupResults;
use super::coarse::{Digits, rounded, two_digits};
use crate::accuracy::{Assessed, Group};
use crate::draw::Sample;
use crate::protocol::{Analysis, Grouping};
use crate::stats::{
    ConfidenceInterval, Measure, Reason, StratumError, TwoByTwoStratum, WeightedDifference, group_difference,
    holm,
};

/// The measures that are compared.
pub(super) const COMPARED: [Measure; 4] =
    [Measure::Sensitivity, Measure::Specificity, Measure::Ppv, Measure::Npv];

/// A measure in one group less the same in the first group of the grouping.
#[derive(Debug, Clone, PartialEq)]
pub struct GroupDifference {
    /// What the groups are values of.
    pub grouping: Grouping,
    /// The group.
    pub group: String,
    /// The group that it is compared with, whose estimate is subtracted.
    pub reference: String,
    /// What is compared.
    pub measure: Measure,
    /// Group less reference.
    pub estimate: Result<f64, Reason>,
    /// Its linearised standard error.
    pub se: Result<f64, Reason>,
    /// Degrees of freedom; `None` where the difference is hidden.
    pub df: Option<u64>,
    /// The t interval.
    pub interval: Result<ConfidenceInterval, Reason>,
    /// The t test of no difference.
    pub p_value: Result<f64, Reason>,
    /// The same, adjusted for all tests of the grouping's table.
    pub adjusted: Result<f64, Reason>,
    /// Both figures are known, and so is their difference.
    pub complete: bool,
    /// Rounded, so that hidden counts do not follow from it.
    pub coarse: bool,
}

impl GroupDifference {
    fn of(place: &Place<'_>, measure: Measure, found: &WeightedDifference) -> Self {
        GroupDifference {
            estimate: found.estimate,
            se: found.se,
            df: Some(found.df),
            interval: found.interval,
            p_value: found.p_value,
            adjusted: found.p_value,
            complete: found.complete,
            ..GroupDifference::hidden(place, measure)
        }
    }

    fn hidden(place: &Place<'_>, measure: Measure) -> Self {
        let none = Reason::Suppressed;
        GroupDifference {
            grouping: place.grouping,
            group: place.group.value().to_owned(),
            reference: place.reference.value().to_owned(),
            measure,
            estimate: Err(none),
            se: Err(none),
            df: None,
            interval: Err(none),
            p_value: Err(none),
            adjusted: Err(none),
            complete: false,
            coarse: false,
        }
    }

    /// As printed and no finer.
    fn round(&mut self) {
        self.estimate = self.estimate.map(rounded);
        self.se = self.se.map(rounded);
        self.interval = self.interval.map(|interval| interval.map(interval.method(), rounded));
        self.p_value = self.p_value.map(two_digits);
        self.coarse = true;
    }
}

/// Where a difference belongs.
struct Place<'g> {
    grouping: Grouping,
    group: &'g Group,
    reference: &'g Group,
}

/// Every group of a grouping against the first, for one indicator; nothing by municipality, of which there are too many.
pub(super) fn differences(
    grouping: Grouping,
    groups: &[GroupResults],
    digits: impl Fn(&Group) -> Digits,
    (analysis, sample): (&Analysis, &Sample),
) -> Result<Vec<GroupDifference>, StratumError> {
    let Some((reference, others)) = groups.split_first().filter(|_| grouping != Grouping::Stratum) else {
        return Ok(Vec::new());
    };
    let mut all = Vec::new();
    for other in others {
        let place = Place { grouping, group: &other.group, reference: &reference.group };
        let coarse = digits(place.group).max(digits(place.reference));
        for measure in COMPARED {
            let pair = other.assessed.as_deref().zip(reference.assessed.as_deref());
            let Some(pair) = pair.filter(|_| coarse < Digits::WholePerCent) else {
                all.push(GroupDifference::hidden(&place, measure));
                continue;
            };
            let Some(found) = difference(pair, measure, analysis, sample)? else { continue };
            let mut shown = GroupDifference::of(&place, measure, &found);
            if coarse == Digits::Printed {
                shown.round();
            }
            all.push(shown);
        }
    }
    Ok(all)
}

/// `None` where the design cannot estimate the measure.
fn difference(
    (one, other): (&Assessed, &Assessed),
    measure: Measure,
    analysis: &Analysis,
    sample: &Sample,
) -> Result<Option<WeightedDifference>, StratumError> {
    if one.measures.iter().all(|known| known.measure != measure) {
        return Ok(None);
    }
    let options = analysis.weighted_options();
    let pair = |code: &String| [stratum(one, code), stratum(other, code)];
    let pairs: Vec<_> = sample.strata.iter().map(|stratum| pair(&stratum.code)).collect();
    group_difference(&pairs, measure, &options)
}

fn stratum(assessed: &Assessed, code: &String) -> Option<TwoByTwoStratum> {
    let place = assessed.tabulated.codes.iter().position(|known| known == code)?;
    assessed.tabulated.strata.strata().get(place).copied()
}

/// Adjusts the probabilities of one table: those of all indicators by one grouping.
pub(super) fn adjust<'d>(table: impl Iterator<Item = &'d mut GroupDifference>) {
    let table: Vec<&mut GroupDifference> = table.collect();
    let given: Vec<Result<f64, Reason>> = table.iter().map(|one| one.p_value).collect();
    table.into_iter().zip(holm(&given)).for_each(|(one, adjusted)| one.adjusted = adjusted);
}
