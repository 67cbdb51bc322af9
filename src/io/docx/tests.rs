use super::*;
use crate::protocol::{Language, ReportRules};
use crate::report::Style;

fn small() -> Table {
    let mut table = Table::new("Accuracy of <A&B>", &["indicator", ">PPV"]);
    table.row(["Diet", "89.5 (85.1–93.0)"]);
    table.row(["  plain", ""]);
    table.note("#: hidden.");
    table
}

#[test]
fn the_same_tables_give_the_same_bytes() {
    let tables = [small()];
    let document = TablesDocument { title: "t", page_line: "p", style: Style::ENGLISH, tables: &tables };
    assert!(docx(&document).unwrap() == docx(&document).unwrap());
}
