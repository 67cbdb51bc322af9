//! Parts of a study with too few records for their figures to tell more than what was seen in them.

use super::results::GroupResults;
use super::style::Style;
use crate::accuracy::Group;
use crate::protocol::Protocol;

/// What stands behind the name of such a part.
pub(super) const MARK: &str = " †";

/// Whether a part has fewer records than `[report] descriptive_below`. A part whose table is hidden shows no figure to be marked.
pub(super) fn is_descriptive(part: &GroupResults, protocol: &Protocol) -> bool {
    let is_small = |records: u64| records < protocol.report.descriptive_below;
    part.group != Group::All
        && part.assessed.as_ref().is_some_and(|assessed| is_small(assessed.table.total()))
}

/// The name of a part, marked where its figures are descriptive.
pub(super) fn part_label(part: &GroupResults, protocol: &Protocol) -> String {
    let mark = if is_descriptive(part, protocol) { MARK } else { "" };
    format!("{}{mark}", part.label)
}

/// What the mark means; nothing where no name bears it.
pub(super) fn mark_note<'l>(
    labels: impl IntoIterator<Item = &'l String>,
    protocol: &Protocol,
) -> Option<String> {
    let style = Style::from(protocol.report);
    let below = style.count(protocol.report.descriptive_below);
    let is_marked = labels.into_iter().any(|label| label.ends_with(MARK));
    is_marked.then(|| {
        style.says([
            format!("†: færre end {below} journaler; tallene er beskrivende."),
            format!("†: fewer than {below} records; the figures are descriptive."),
        ])
    })
}
