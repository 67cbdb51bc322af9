//! `tables.docx`, `tables.tex` and `tables.xlsx`: no cell, note or number of theirs says more than `tables.md`, the long tables and
//! `results.json`.

use std::fs;

use hjertekommidt::io::{DataSheet, TablesDocument, markdown};
use hjertekommidt::protocol::{Language, Protocol, ReportRules};
use hjertekommidt::report::{Results, Style, Table, comparison_rows, page_line, tidy_rows};
use serde_json::Value;

use super::long_tables::{assert_accuracy_agrees, assert_comparisons_agree};
use super::opened::{Book, Opened, Written, assert_same, assert_same_tables, markdown_tables};
use crate::small_study::{PROTOCOL, SmallStudy};

/// What the documents are made of.
fn made_of<T>(
    results: &Results,
    protocol: &Protocol,
    tables: &[Table],
    make: impl FnOnce(&TablesDocument<'_>, &[DataSheet<'_>]) -> T,
) -> T {
    let (page_line, style) = (page_line(results, protocol), Style::from(protocol.report));
    let document = TablesDocument { title: &results.head.title, page_line: &page_line, style, tables };
    let [accuracy, comparisons] = [tidy_rows(results, protocol), comparison_rows(results, protocol)];
    make(&document, &[("accuracy.csv", &accuracy), ("comparisons.csv", &comparisons)])
}

/// All that can be read in the documents.
pub(super) fn document_texts(
    results: &Results,
    protocol: &Protocol,
    tables: &[Table],
) -> [(&'static str, String); 3] {
    made_of(results, protocol, tables, |document, data| Written::of(document, data).texts())
}

/// The documents have the cells and notes of these tables, and the workbook the numbers of `results.json`.
pub(super) fn assert_documents_agree(results: &Results, protocol: &Protocol, tables: &[Table], json: &Value) {
    made_of(results, protocol, tables, |document, data| {
        let written = Written::of(document, data);
        let unnumbered = |table: &Table| Opened::of(table, table.title.clone());
        let text: String = tables.iter().map(markdown).collect();
        let expected: Vec<Opened> = tables.iter().map(unnumbered).collect();
        assert_same("tables.md", &markdown_tables(&text), &expected);
        assert_same_tables(&written, &numbered(document), document, data);
        assert_numbers_agree(&Book::open(&written.xlsx), json);
    });
}

/// The tables with their numbers.
fn numbered(document: &TablesDocument<'_>) -> Vec<Opened> {
    let word = document.style.says(["Tabel", "Table"]);
    let of =
        |(place, table): (usize, &Table)| Opened::of(table, format!("{word} {}. {}", place + 1, table.title));
    document.tables.iter().enumerate().map(of).collect()
}

/// The rows for programs in the workbook are those of `results.json`, with as few digits.
fn assert_numbers_agree(book: &Book, json: &Value) {
    assert_accuracy_agrees(json, book.data("accuracy.csv"));
    assert_comparisons_agree(json, book.data("comparisons.csv"));
}

/// A reviewed study with hidden counts, its weighted figures as printed, or as coarse as they must be.
fn study(language: Language, weighted_figures: &str) -> SmallStudy {
    let protocol = PROTOCOL
        .replace("total = 60", "total = 120")
        .replace("by = []", r#"by = ["stratum", "sex"]"#)
        .replace("weighted_figures = \"printed\"\n", weighted_figures)
        .replace("[disclosure]", &format!("[report]\nlanguage = \"{}\"\n\n[disclosure]", language.name()));
    let study = SmallStudy::reviewed_with(&protocol, 400);
    study.done(&["analyse"]);
    study
}

fn rows_of(csv: &str) -> Vec<Vec<String>> {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(csv.as_bytes());
    reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect()
}

/// The bytes that were written to `results/`, in both languages.
#[test]
fn the_files_of_a_study_have_the_cells_of_tables_md_and_the_numbers_of_results_json() {
    let printed = "weighted_figures = \"printed\"\n";
    for (language, weighted_figures, decimals) in [(Language::En, printed, 3), (Language::Da, "", 2)] {
        let study = study(language, weighted_figures);
        let read = |name: &str| fs::read(study.path(&format!("results/{name}"))).unwrap();
        let text = |name: &str| String::from_utf8(read(name)).unwrap();
        let written =
            Written { docx: read("tables.docx"), tex: text("tables.tex"), xlsx: read("tables.xlsx") };
        let (tables, json) = (text("tables.md"), text("results.json"));
        let json: Value = serde_json::from_str(&json).unwrap();
        let around = TablesDocument {
            title: json["title"].as_str().unwrap(),
            page_line: tables.lines().next().unwrap(),
            style: Style::from(ReportRules::of(language)),
            tables: &[],
        };
        let tables = markdown_tables(&tables);
        let [accuracy, comparisons] = ["accuracy.csv", "comparisons.csv"].map(|name| rows_of(&text(name)));
        let data = [("accuracy.csv", accuracy.as_slice()), ("comparisons.csv", comparisons.as_slice())];
        assert_same_tables(&written, &tables, &around, &data);
        assert_numbers_agree(&Book::open(&written.xlsx), &json);

        let hidden = tables.iter().flat_map(|table| table.rows.iter().flatten()).filter(|cell| *cell == "#");
        assert!(hidden.count() > 100, "counts are hidden");
        let rounded = json["indicators"][1]["groups"][0]["weighted"][0]["rounded"].as_u64();
        assert_eq!(rounded, Some(decimals), "figures are coarse");
    }
}

/// What is set over several pages, and what a format has another sign for, is read as it was written.
#[test]
fn long_tables_and_all_signs_are_the_same_in_every_document() {
    let mut long =
        Table::new("Nøjagtighed, κ ≥ 0.5", &["indicator", "municipality", ">true\u{a0}% n", ">PPV"])
            .named("long");
    for place in 0..60 {
        let first = if place % 30 == 0 { "Diet & 100 %" } else { "" };
        long.row([
            first,
            "  [#1]_{a} < b*",
            "1,234",
            "89.5 (85.1–93.0) ~ −2^3 $ \\ \"†\" ×±·µ→∞αβδσχΔ€—≤≈≠>",
        ]);
    }
    long.note("#: hidden; p < 0.05 [1].");
    let mut short = Table::new("Short", &["indicator", ">n"]).named("short");
    short.row(["Diet", "#"]);
    let tables = [long, short];
    let style = Style::ENGLISH;
    let document =
        TablesDocument { title: "a & b", page_line: "INTERIM RESULTS. a & b.", style, tables: &tables };
    let rows =
        [vec!["measure".to_owned(), "estimate".to_owned()], vec!["ppv".to_owned(), "0.895".to_owned()]];
    let data = [("accuracy.csv", rows.as_slice())];
    let written = Written::of(&document, &data);
    assert!(written.tex.contains("\\begin{longtable}"));
    assert_same_tables(&written, &numbered(&document), &document, &data);
}
