//! The indicator by register and by record in each part: what a municipality publishes, and what its records say.
//!
//! A part is shown where its table of accuracy is, with the same counts and the same coarse figures: nothing stands here that the other
//! files of the family do not hold.

use super::part_rows::{part_notes, part_rows};
use super::result_tables::{HIDDEN, INDICATOR, PREVALENCES, RECORD_AND_DIFFERENCE, grouping_word, measured};
use super::standing_notes::weighting_note;
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
    part_rows(&mut table, results, protocol, grouping, |part| cells(part, style));
    table.note(style.says([
        "Forskel: register minus journal, for de samme forløb.",
        "Difference: register less record, on the same courses.",
    ]));
    table.note(weighting_note(protocol, grouping));
    part_notes(&mut table, protocol, grouping);
    table
}

/// How many courses, the two shares and their difference.
fn cells(part: &GroupResults, style: Style) -> [String; 4] {
    let Some(assessed) = &part.assessed else { return [(); 4].map(|()| HIDDEN.to_owned()) };
    let [register, record, difference] = PREVALENCES.map(|measure| measured(assessed, measure, true, style));
    [style.count(assessed.table.total()), register, record, difference]
}
