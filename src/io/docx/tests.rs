use super::*;
use crate::protocol::{Language, ReportRules};
use crate::report::Style;
use crate::report::Table;

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

#[test]
fn a_small_table_is_these_elements() {
    let setting = Setting::of(&small());
    let tables = [small()];
    let document = TablesDocument { title: "t", page_line: "p", style: Style::ENGLISH, tables: &tables };
    let xml = table::table(&document, 1, &tables[0], &setting);
    insta::assert_snapshot!(xml.replace("><w:", ">\n<w:"), @"");
}

#[test]
fn what_xml_has_no_place_for_is_left_out() {
    assert_eq!(escaped("a<b & \"c\"\u{7}\n→ 😀"), "a&lt;b &amp; &quot;c&quot; → 😀");
}

#[test]
fn the_language_of_the_document_is_that_of_its_words() {
    for (language, name) in [(Language::Da, "da-DK"), (Language::En, "en-GB")] {
        let style = Style::from(ReportRules::of(language));
        let document = TablesDocument { title: "t", page_line: "p", style, tables: &[] };
        for text in [parts::core(&document), parts::settings(&document), parts::styles(&document)] {
            assert!(text.contains(name), "{text}");
        }
    }
}
