//! Tables for the terminal.

use comfy_table::{CellAlignment, ContentArrangement, LineStyle, Table as Drawn, TableStyle};

use crate::report::{Align, Table};

/// Three rules and no verticals, as papers set tables.
const STYLE: TableStyle = {
    let rule = LineStyle::none().fill('─').junction('─');
    TableStyle::new().top_border(rule).header_separator(rule).bottom_border(rule)
};

/// A table with its title above and its notes below, no wider than `width` columns where the words allow it.
pub fn terminal(table: &Table, width: Option<u16>) -> String {
    let mut drawn = Drawn::new();
    drawn.load_style(STYLE);
    if let Some(width) = width {
        drawn.set_content_arrangement(ContentArrangement::Dynamic).set_width(width);
    }
    drawn.set_header(table.columns.iter().map(|column| column.header.as_str()));
    for (place, column) in table.columns.iter().enumerate() {
        if let (Align::Right, Some(drawn)) = (column.align, drawn.column_mut(place)) {
            drawn.set_cell_alignment(CellAlignment::Right);
        }
    }
    drawn.add_rows(&table.rows);
    let body: Vec<String> = drawn.lines().map(|line| line.trim_end().to_owned()).collect();
    let notes = table.notes.iter().map(|note| format!("  {note}"));
    std::iter::once(table.title.clone()).chain(body).chain(notes).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_stand_to_the_right_and_notes_below() {
        let mut table = Table::new("Frame", &["municipality", ">courses"]);
        table.row(["751 Aarhus", "1,204"]);
        table.row(["671 Struer", "71"]);
        table.note("18 municipalities");
        insta::assert_snapshot!(terminal(&table, Some(60)), @"
        Frame
        ────────────────────────
         municipality   courses
        ────────────────────────
         751 Aarhus       1,204
         671 Struer          71
        ────────────────────────
          18 municipalities
        ");
    }
}
