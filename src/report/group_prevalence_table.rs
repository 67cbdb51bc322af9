//! The indicator by register and by record in each part: what a municipality publishes, and what its records say.
//!
//! A part is shown where its table of accuracy is, with the same counts and the same coarse figures: nothing stands here that the other
//! files of the family do not hold.

use super::calibration_table::parts_note;
use super::descriptive::{mark_note, part_label};
use super::result_tables::{
    HIDDEN, INDICATOR, PREVALENCES, RECORD_AND_DIFFERENCE, grouping_word, hidden_part_legend, measured,
};
use super::standing_notes::{all_hidden_row, weighting_note};
use super::{GroupResults, Results, Style, Table};
use crate::protocol::{Grouping, Protocol};

pub(super) fn group_prevalence_table(results: &Results, protocol: &Protocol, grouping: Grouping) -> Table {
    let style = Style::from(protocol.report);
    let name = grouping_word(grouping, protocol);
    let [record, difference] = style.says(RECORD_AND_DIFFERENCE);
    let headers = [style.says(INDICATOR), name, ">n", ">register", record, difference];
    let title = style.says([
        format!("Indikatoren ifølge register og journal efter {name}, vægtet, i procent"),
        format!("The indicator by register and by record, by {name}, weighted, in per cent"),
    ]);
    let mut table = Table::new(title, &headers).named(format!("prevalence-by-{}", grouping.name()));
    for indicator in results.indicators.iter().filter(|indicator| indicator.not_assessable.is_none()) {
        let parts = indicator.groups.iter().filter(|part| part.group.grouping() == grouping.name());
        if parts.clone().all(|part| part.assessed.is_none()) && parts.clone().count() > 1 {
            let row = all_hidden_row(style.of(&indicator.name), 1, &table, style);
            table.row(row);
            continue;
        }
        for (place, part) in parts.enumerate() {
            let name = if place == 0 { style.of(&indicator.name) } else { "" };
            table.row([name.to_owned(), part_label(part, protocol)].into_iter().chain(cells(part, style)));
        }
    }
    table.note(style.says([
        "Forskel: register minus journal, for de samme forløb.",
        "Difference: register less record, on the same courses.",
    ]));
    table.note(weighting_note(protocol, grouping));
    table.note(hidden_part_legend(protocol.disclosure.min_cell, style));
    parts_note(protocol, grouping).into_iter().for_each(|note| table.note(note));
    let marked = mark_note(table.rows.iter().filter_map(|row| row.get(1)), protocol);
    marked.into_iter().for_each(|note| table.note(note));
    table
}

/// How many courses, the two shares and their difference.
fn cells(part: &GroupResults, style: Style) -> [String; 4] {
    let Some(assessed) = &part.assessed else { return [(); 4].map(|()| HIDDEN.to_owned()) };
    let [register, record, difference] = PREVALENCES.map(|measure| measured(assessed, measure, true, style));
    [style.count(assessed.table.total()), register, record, difference]
}
