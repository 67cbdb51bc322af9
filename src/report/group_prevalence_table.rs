//! The indicator by register and by record in each part: what a municipality publishes, and what its records say.
//!
//! A part is shown where its table of accuracy is, with the same counts and the same coarse figures: nothing stands here that the other
//! files of the family do not hold.

use super::part_rows::{PartCells, part_notes, part_rows};
use super::result_tables::{INDICATOR, PREVALENCES, RECORD_AND_DIFFERENCE, grouping_word};
use super::{Results, Style, Table};
use crate::accuracy::Assessed;
use crate::protocol::{Grouping, Protocol};

pub(super) fn group_prevalence_table(results: &Results, protocol: &Protocol, grouping: Grouping) -> Table {
    let style = Style::from(protocol.report);
    let name = grouping_word(grouping, protocol);
    let [record, difference] = style.says(RECORD_AND_DIFFERENCE);
    let headers = [style.says(INDICATOR), name, ">n", ">register", record, difference];
    let title = style.says([
        format!("Indikatoren ifølge register og journal efter {name}, i procent"),
        format!("The indicator by register and by record, by {name}, in per cent"),
    ]);
    let mut table = Table::new(title, &headers).named(format!("prevalence-by-{}", grouping.name()));
    let counts = |assessed: &Assessed| vec![assessed.table.total()];
    part_rows(&mut table, results, protocol, grouping, &PartCells { counts, measures: &PREVALENCES });
    table.note(style.says([
        "Forskel: register minus journal, for de samme forløb.",
        "Difference: register less record, on the same courses.",
    ]));
    part_notes(&mut table, results, protocol, grouping);
    table
}
