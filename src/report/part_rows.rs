//! The rows of tables by part: each part of each indicator a row, and the notes that go with them.

use super::calibration_table::parts_note;
use super::descriptive::{mark_note, part_label};
use super::result_tables::hidden_part_legend;
use super::standing_notes::all_hidden_row;
use super::{GroupResults, Results, Style, Table};
use crate::protocol::{Grouping, Protocol};

/// Adds the rows of a grouping: the indicator with its first part, the part, and its cells. An indicator of which no part is shown has
/// one row that says so.
pub(super) fn part_rows<C: IntoIterator<Item = String>>(
    table: &mut Table,
    results: &Results,
    protocol: &Protocol,
    grouping: Grouping,
    cells: impl Fn(&GroupResults) -> C,
) {
    let style = Style::from(protocol.report);
    for indicator in results.indicators.iter().filter(|indicator| indicator.not_assessable.is_none()) {
        let parts = indicator.groups.iter().filter(|part| part.group.grouping() == grouping.name());
        if parts.clone().all(|part| part.assessed.is_none()) && parts.clone().count() > 1 {
            let row = all_hidden_row(style.of(&indicator.name), 1, table, style);
            table.row(row);
            continue;
        }
        for (place, part) in parts.enumerate() {
            let name = if place == 0 { style.of(&indicator.name) } else { "" };
            table.row([name.to_owned(), part_label(part, protocol)].into_iter().chain(cells(part)));
        }
    }
}

/// Adds what is said under every such table: the sign of what is hidden, what parts do not have, and the mark of the descriptive ones.
pub(super) fn part_notes(table: &mut Table, protocol: &Protocol, grouping: Grouping) {
    table.note(hidden_part_legend(protocol.disclosure.min_cell, Style::from(protocol.report)));
    let marked = mark_note(table.rows.iter().filter_map(|row| row.get(1)), protocol);
    let more = parts_note(protocol, grouping).map(str::to_owned).into_iter().chain(marked);
    more.for_each(|note| table.note(note));
}
