//! The results as one long table: a row for each indicator, group, measure and estimator, with full precision, or `rounded` where a
//! hidden count would follow from it.

use super::{BootstrapShown, GroupResults, Results, exact};
use crate::accuracy::Group;
use crate::protocol::Protocol;
use crate::stats::{ConfidenceInterval, Estimate, Measure, Reason, WeightedEstimate};

/// The header of the tidy table.
const HEADER: [&str; 19] = [
    "status",
    "indicator",
    "grouping",
    "group",
    "measure",
    "estimator",
    "x",
    "n",
    "estimate",
    "lower",
    "upper",
    "level",
    "method",
    "se",
    "df",
    "n_effective",
    "reason",
    "rounded",
    "data",
];

/// The header and all rows.
pub fn tidy_rows(results: &Results, protocol: &Protocol) -> Vec<Vec<String>> {
    let mut rows = vec![HEADER.map(str::to_owned).to_vec()];
    let of = [results.head.status(), results.head.short_digest()];
    for indicator in &results.indicators {
        let row = |cells: Cells| cells.row(of, &indicator.id);
        if indicator.not_assessable.is_some() {
            rows.push(row(Cells {
                reason: Some(Reason::NotAssessable),
                grouping: "all",
                ..Cells::default()
            }));
        }
        for group in &indicator.groups {
            rows.extend(of_group(group, protocol).into_iter().map(row));
        }
        rows.extend(bootstrap_of(&indicator.id, results, protocol).into_iter().map(row));
    }
    rows
}

/// What differs from row to row.
#[derive(Default)]
struct Cells {
    grouping: &'static str,
    group: String,
    measure: &'static str,
    estimator: &'static str,
    counts: Option<(u64, u64)>,
    estimate: Option<f64>,
    interval: Option<ConfidenceInterval>,
    level: String,
    se: Option<f64>,
    df: Option<u64>,
    n_effective: Option<f64>,
    reason: Option<Reason>,
    /// Only a row with an estimate says whether it is rounded.
    rounded: Option<bool>,
}

impl Cells {
    fn row(self, [status, data]: [&str; 2], indicator: &str) -> Vec<String> {
        let finite =
            |number: Option<f64>| number.filter(|number| number.is_finite()).map(exact).unwrap_or_default();
        let counts =
            |of: fn((u64, u64)) -> u64| self.counts.map(|counts| of(counts).to_string()).unwrap_or_default();
        vec![
            status.to_owned(),
            indicator.to_owned(),
            self.grouping.to_owned(),
            self.group.clone(),
            self.measure.to_owned(),
            self.estimator.to_owned(),
            counts(|(x, _)| x),
            counts(|(_, n)| n),
            finite(self.estimate),
            finite(self.interval.map(|limits| limits.lower())),
            finite(self.interval.map(|limits| limits.upper())),
            self.level.clone(),
            self.interval.map(|limits| limits.method().name().to_owned()).unwrap_or_default(),
            finite(self.se),
            self.df.map(|df| df.to_string()).unwrap_or_default(),
            finite(self.n_effective),
            self.reason.map(|reason| reason.name().to_owned()).unwrap_or_default(),
            self.rounded
                .filter(|_| self.estimate.is_some())
                .map(|rounded| rounded.to_string())
                .unwrap_or_default(),
            data.to_owned(),
        ]
    }
}

fn of_group(group: &GroupResults, protocol: &Protocol) -> Vec<Cells> {
    let place = || Cells {
        grouping: group.group.grouping(),
        group: group.group.value().to_owned(),
        ..Cells::default()
    };
    let Some(assessed) = &group.assessed else {
        let hidden = |measure: &Measure| Cells {
            measure: measure.name(),
            reason: Some(Reason::Suppressed),
            ..place()
        };
        return Measure::WEIGHTED.iter().map(hidden).collect();
    };
    let level = protocol.analysis.level.as_f64().to_string();
    let mut rows = Vec::new();
    for one in &assessed.measures {
        rows.push(weighted("weighted", one.measure, &one.weighted, &level, place()));
        rows.push(plain(&one.plain, &level, place()));
    }
    // Beside the whole study alone: for a part they would tell how many charts were not found.
    for (measure, estimate) in assessed.unadjusted.iter().filter(|_| group.group == Group::All) {
        rows.push(weighted("unadjusted", *measure, estimate, &level, place()));
    }
    for (measure, estimate) in assessed.by_design.iter().filter(|_| group.group == Group::All) {
        rows.push(weighted("design_weighted", *measure, estimate, &level, place()));
    }
    let refused = |one: &crate::accuracy::RefusedMeasure| Cells {
        measure: one.measure.name(),
        reason: Some(one.reason),
        ..place()
    };
    rows.extend(assessed.refused.iter().map(refused));
    rows
}

/// Two rows a measure, one for each method; none where they are hidden, which the rows of the table itself say.
fn bootstrap_of(indicator: &str, results: &Results, protocol: &Protocol) -> Vec<Cells> {
    let found = results.bootstrap.iter().flat_map(|bootstrap| &bootstrap.indicators);
    let shown =
        found.filter(|(id, _)| id == indicator).filter_map(|(_, estimates)| estimates.as_ref()).flatten();
    let level = protocol.analysis.level.as_f64().to_string();
    let rows = |one: &BootstrapShown| {
        let estimate = &one.estimate;
        [estimate.percentile, estimate.bca].map(|interval| Cells {
            grouping: Group::All.grouping(),
            measure: estimate.estimand.measure.name(),
            estimator: "bootstrap",
            estimate: estimate.estimate.ok(),
            interval: interval.ok(),
            level: level.clone(),
            se: estimate.se.ok(),
            reason: estimate.estimate.err().or(interval.err()),
            rounded: Some(one.coarse),
            ..Cells::default()
        })
    };
    shown.flat_map(rows).collect()
}

fn weighted(
    estimator: &'static str,
    measure: Measure,
    one: &WeightedEstimate,
    level: &str,
    place: Cells,
) -> Cells {
    Cells {
        measure: measure.name(),
        estimator,
        estimate: one.estimate.ok(),
        interval: one.interval.ok(),
        level: level.to_owned(),
        se: one.se.ok(),
        df: Some(one.df),
        n_effective: one.n_effective.ok(),
        reason: one.estimate.err().or(one.interval.err()),
        rounded: Some(one.coarse.is_some()),
        ..place
    }
}

fn plain(one: &Estimate, level: &str, place: Cells) -> Cells {
    Cells {
        measure: one.measure.name(),
        estimator: "plain",
        counts: one.events_of_trials.map(|counts| (counts.events(), counts.trials())),
        estimate: one.value.ok(),
        interval: one.interval.ok(),
        level: level.to_owned(),
        reason: one.value.err().or(one.interval.err()),
        rounded: Some(false),
        ..place
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_estimate_of_zero_has_no_sign() {
        let row =
            Cells { estimate: Some(-0.0), se: Some(-0.0), ..Cells::default() }.row(["final", ""], "diet");
        assert_eq!((row[8].as_str(), row[13].as_str()), ("0", "0"));
    }
}
