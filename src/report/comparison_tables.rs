//! Tables of comparisons: differences between groups, and the municipalities beside each other.

use super::result_tables::HIDDEN;
use super::{
    GroupDifference, IndicatorResults, Results, Table, count, limits_text, p_value, percent, reason_text,
    short_title,
};
use crate::protocol::{Grouping, Protocol};
use crate::stats::{ConfidenceInterval, Measure, Reason, TestWay};

/// What a grouping's tables are followed by.
pub(super) fn comparison_tables(results: &Results, protocol: &Protocol, grouping: Grouping) -> Vec<Table> {
    match grouping {
        Grouping::Stratum => {
            vec![homogeneity_table(results, protocol), shrunken_table(results, protocol)]
        }
        _ => vec![difference_table(results, protocol, grouping)],
    }
}

fn difference_table(results: &Results, protocol: &Protocol, grouping: Grouping) -> Table {
    let (name, level) = (grouping.name(), protocol.analysis.level);
    let difference = format!(">difference ({level} CI)");
    let headers = ["indicator", name, "measure", &difference, ">SE", ">df", ">p", ">p (Holm)"];
    let mut table = Table::new(format!("Differences by {name}, weighted, in percentage points"), &headers);
    for indicator in &results.indicators {
        let all = indicator.differences.iter().filter(|one| one.grouping == grouping);
        let mut pair = None;
        for (place, one) in all.enumerate() {
            let is_next = pair.replace((&one.group, &one.reference)) != Some((&one.group, &one.reference));
            table.row(difference_row(indicator_name(indicator, place), is_next, one));
        }
    }
    table.note(
        "Group less the first group; linearised with the covariance of the two, interval and test with t.",
    );
    table.note("Holm: adjusted for all tests of this table.");
    if protocol.analysis.post_stratify.is_some() {
        table.note(DESIGN_ALONE);
    }
    add_hidden_note(&mut table);
    table
}

/// What differences say where the groups' tables are post-stratified.
pub const DESIGN_ALONE: &str = "Differences are by the design's weights alone, not post-stratified: they are not those of the post-stratified figures.";

fn indicator_name(indicator: &IndicatorResults, place: usize) -> String {
    if place == 0 { indicator.name.en.clone() } else { String::new() }
}

fn difference_row(indicator: String, names_groups: bool, one: &GroupDifference) -> Vec<String> {
    let groups = if names_groups { format!("{} less {}", one.group, one.reference) } else { String::new() };
    vec![
        indicator,
        groups,
        row_title(one.measure),
        difference_text(one.estimate, one.interval, one.complete),
        number(one.se, |se| percent(se, 1)),
        one.df.map_or_else(|| HIDDEN.to_owned(), count),
        number(one.p_value, p_value),
        number(one.adjusted, p_value),
    ]
}

/// `−4.2 (−9.0 to 0.6)`, `−4.2 (complete)`, or why there is none.
pub fn difference_text(
    estimate: Result<f64, Reason>,
    interval: Result<ConfidenceInterval, Reason>,
    complete: bool,
) -> String {
    let points = |number| percent(number, 1);
    match (estimate, interval) {
        (Err(reason), _) => reason_text(reason).to_owned(),
        (Ok(value), _) if complete => format!("{} (complete)", points(value)),
        (Ok(value), Err(reason)) => format!("{} (interval {})", points(value), reason_text(reason)),
        (Ok(value), Ok(limits)) => {
            format!("{} ({})", points(value), limits_text(points(limits.lower()), points(limits.upper())))
        }
    }
}

fn number(value: Result<f64, Reason>, shown: impl Fn(f64) -> String) -> String {
    value.map_or_else(|reason| reason_text(reason).to_owned(), shown)
}

fn homogeneity_table(results: &Results, protocol: &Protocol) -> Table {
    let name = protocol.strata.name.as_str();
    let headers = ["indicator", "measure", ">groups", ">p", ">p (Holm)", "how"];
    let mut table =
        Table::new(format!("Is the accuracy the same in each {name}? Exact tests, unweighted"), &headers);
    let mut pooled = 0;
    for indicator in &results.indicators {
        for (place, one) in indicator.by_stratum.homogeneity.iter().enumerate() {
            pooled = pooled.max(one.pooled);
            let groups = one.groups.map_or_else(|| "–".to_owned(), count);
            let how = match one.way {
                None => String::new(),
                Some(TestWay::Exact) => "exact".to_owned(),
                Some(TestWay::MonteCarlo { tables, .. }) => format!("{} tables drawn", count(tables)),
            };
            let title = row_title(one.measure);
            let tests = [groups, number(one.p_value, p_value), number(one.adjusted, p_value), how];
            table.row([indicator_name(indicator, place), title].into_iter().chain(tests));
        }
    }
    table.note("Fisher–Freeman–Halton. Holm: adjusted for all tests of this table.");
    if pooled > 0 {
        table.note(format!("Those of which a table is hidden ({HIDDEN}) are one group here, so that the probability tells nothing of their counts."));
    }
    add_hidden_note(&mut table);
    table
}

fn shrunken_table(results: &Results, protocol: &Protocol) -> Table {
    let (name, level) = (protocol.strata.name.as_str(), protocol.analysis.level);
    let headers = ["indicator", name, ">sensitivity", ">specificity", ">PPV", ">NPV"];
    let title = format!("Each {name} in the light of the others, with {level} intervals, in per cent");
    let mut table = Table::new(title, &headers);
    for indicator in &results.indicators {
        let all = &indicator.by_stratum.shrunken;
        let mut strata: Vec<(&str, &str)> = Vec::new();
        for one in all {
            let named = (one.stratum.as_str(), one.label.as_str());
            if !strata.contains(&named) {
                strata.push(named);
            }
        }
        for (place, (code, label)) in strata.into_iter().enumerate() {
            let cell = |measure: Measure| {
                let found = all.iter().find(|one| one.stratum == code && one.measure == measure);
                let estimate = found.map_or(Err(Reason::NotEstimable), |one| one.estimate);
                let value = estimate.map(|estimate| estimate.value);
                difference_text(value, estimate.map(|estimate| estimate.interval), false)
            };
            let cells = super::differences::COMPARED.map(cell);
            table.row([indicator_name(indicator, place), label.to_owned()].into_iter().chain(cells));
        }
    }
    table.note("Beta-binomial model with uniform priors of mean and correlation, integrated over both; unweighted. Intervals are of the mixture.");
    table.note(format!("Only the figures shown enter the model; those of a hidden table ({HIDDEN}) do not."));
    table
}

fn add_hidden_note(table: &mut Table) {
    if table.rows.iter().flatten().any(|cell| cell == HIDDEN) {
        table.note(format!(
            "{HIDDEN}: hidden, because the table of a group is, or because it would give one away."
        ));
    }
}

/// Titles within a row begin small, unless they are abbreviations.
fn row_title(measure: Measure) -> String {
    match measure {
        Measure::Ppv | Measure::Npv => short_title(measure).to_owned(),
        _ => short_title(measure).to_lowercase(),
    }
}
