//! The rows of tables by part: each part of each indicator a row, and the notes that go with them.
//!
//! A part that crosses the strata has two lines, weighted and plain, as the whole study has; where its weighted figures are hidden, the plain
//! line stands alone. Within a stratum all courses have one weight: one line says it.

use super::calibration_table::parts_note;
use super::descriptive::{MARK, mark_note, part_label};
use super::result_tables::{HIDDEN, PLAIN, hidden_part_legend, measured};
use super::standing_notes::{all_hidden_row, weighting_note};
use super::two_by_two::interval_title;
use super::{Results, Style, Table};
use crate::accuracy::Assessed;
use crate::protocol::{Grouping, Protocol};
use crate::stats::{Measure, Reason};

/// The cells of a part: counts, and the measures behind them.
pub(super) struct PartCells<'m> {
    pub(super) counts: fn(&Assessed) -> Vec<u64>,
    pub(super) measures: &'m [Measure],
}

/// Adds the rows of a grouping: the indicator with its first part, the part, and its cells. An indicator of which no part is shown has
/// one row that says so.
pub(super) fn part_rows(
    table: &mut Table,
    results: &Results,
    protocol: &Protocol,
    grouping: Grouping,
    cells: &PartCells<'_>,
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
            let label = part_label(part, protocol);
            match part.assessed.as_deref() {
                None => {
                    let hidden = std::iter::repeat_n(HIDDEN.to_owned(), table.columns.len() - 2);
                    table.row([name.to_owned(), label].into_iter().chain(hidden));
                }
                Some(assessed) => lines(assessed, label, grouping, cells, style)
                    .into_iter()
                    .zip([name, ""])
                    .for_each(|(line, name)| table.row(std::iter::once(name.to_owned()).chain(line))),
            }
        }
    }
}

/// The one or two lines of a part, without the indicator's name.
fn lines(
    assessed: &Assessed,
    label: String,
    grouping: Grouping,
    cells: &PartCells<'_>,
    style: Style,
) -> Vec<Vec<String>> {
    let counts: Vec<String> = (cells.counts)(assessed).into_iter().map(|count| style.count(count)).collect();
    let line = |label: String, counts: Vec<String>, weighted: bool| {
        let measures = cells.measures.iter().map(|&measure| measured(assessed, measure, weighted, style));
        std::iter::once(label).chain(counts).chain(measures).collect()
    };
    if is_plain_alone(assessed) {
        let plain = style.says(PLAIN).trim_start();
        // The mark of the descriptive stays last.
        let label = match label.strip_suffix(MARK) {
            Some(name) => format!("{name}, {plain}{MARK}"),
            None => format!("{label}, {plain}"),
        };
        return vec![line(label, counts, false)];
    }
    let none = vec![String::new(); counts.len()];
    let mut lines = vec![line(label, counts, true)];
    if grouping != Grouping::Stratum {
        lines.push(line(style.says(PLAIN).to_owned(), none, false));
    }
    lines
}

/// Whether the weighted figures of a part are hidden though its table is not.
pub(super) fn is_plain_alone(assessed: &Assessed) -> bool {
    assessed.measures.iter().any(|one| one.weighted.estimate == Err(Reason::Suppressed))
}

/// Adds what is said under every such table: the second line, the sign of what is hidden, what parts do not have, and the mark of the
/// descriptive ones.
pub(super) fn part_notes(table: &mut Table, results: &Results, protocol: &Protocol, grouping: Grouping) {
    let style = Style::from(protocol.report);
    let parts = results.indicators.iter().flat_map(|indicator| &indicator.groups);
    let of_grouping = parts.filter(|part| part.group.grouping() == grouping.name());
    let shown: Vec<&Assessed> = of_grouping.filter_map(|part| part.assessed.as_deref()).collect();
    let [some_weighted, some_plain] =
        [false, true].map(|alone| shown.iter().any(|part| is_plain_alone(part) == alone));
    if some_weighted || !some_plain {
        table.note(weighting_note(protocol, grouping));
    }
    if grouping != Grouping::Stratum {
        let plain = interval_title(protocol.analysis.interval, style);
        let level = style.written(&protocol.analysis.level);
        table.note(style.says(match some_weighted || !some_plain {
            true => [
                format!("Anden linje, uvægtet: {plain} intervaller."),
                format!("Second line, plain: without weights, {plain} intervals."),
            ],
            false => [
                format!("Uvægtet; i parentes {level} {plain} intervaller."),
                format!("Plain, without weights; in parentheses {level} {plain} intervals."),
            ],
        }));
    }
    if some_plain {
        table.note(style.says(PLAIN_ALONE));
    }
    table.note(hidden_part_legend(protocol.disclosure.min_cell, style));
    let marked = mark_note(table.rows.iter().filter_map(|row| row.get(1)), protocol);
    let more = parts_note(protocol, grouping).map(str::to_owned).into_iter().chain(marked);
    more.for_each(|note| table.note(note));
}

/// Why some parts have plain figures alone.
const PLAIN_ALONE: [&str; 2] = [
    "Hvor kun den uvægtede linje står, vises vægtede tal og forskelle mellem grupperne ikke, fordi skjulte antal i strata kunne følge af dem; \
     uvægtede tal gælder de læste journaler, ikke rammen.",
    "Where the plain line stands alone, weighted figures and differences between the groups are not shown, because hidden counts of strata \
     could follow from them; plain figures are about the records that were read, not the frame.",
];
