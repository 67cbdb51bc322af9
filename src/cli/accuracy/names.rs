//! What a result is called beside others.

use crate::accuracy::ChartResult;

/// What tells a result from the others: its group if they are all about the same two columns.
pub(super) fn name(result: &ChartResult, results: &[ChartResult]) -> String {
    match &result.group {
        Some((_, value)) if is_one_pair(results) => value.clone(),
        _ => full_name(result),
    }
}

/// The two columns and the group.
pub(super) fn full_name(result: &ChartResult) -> String {
    match &result.group {
        None => pair(result),
        Some((by, value)) => format!("{}, {by} {value}", pair(result)),
    }
}

/// The header of the names: the column of the groups where they alone tell the results apart.
pub(super) fn name_header(results: &[ChartResult]) -> &str {
    let by = results.first().and_then(|first| first.group.as_ref()).map(|(by, _)| by.as_str());
    by.filter(|_| is_one_pair(results)).unwrap_or_default()
}

/// A title with the two columns, where all results are about the same.
pub(super) fn title(results: &[ChartResult], about: &str) -> String {
    match results.first() {
        Some(first) if is_one_pair(results) => format!("{about}: {}", pair(first)),
        _ => about.to_owned(),
    }
}

fn pair(result: &ChartResult) -> String {
    format!("{} against {}", result.register, result.reference)
}

/// Whether all results are about the same two columns.
fn is_one_pair(results: &[ChartResult]) -> bool {
    results.windows(2).all(|two| pair(&two[0]) == pair(&two[1]))
}
