//! What one file hides, no other shows: `results.json`, the long tables, the tables of a paper in each of their formats, and what people
//! read.

use std::collections::{BTreeMap, BTreeSet};

use hjertekommidt::io::{figure_svg, figure_svg_inline, html, markdown, words};
use hjertekommidt::protocol::{Language, Protocol};
use hjertekommidt::report::{
    Enclosed, Figure, Provenance, Results, Table, article, comparison_rows, count, document, result_figures,
    result_tables, results_json, tidy_rows,
};
use hjertekommidt::stats::{Measure, Reason};
use proptest::prelude::*;
use proptest::test_runner::Config;
use serde_json::Value;

use super::documents::{assert_documents_agree, document_texts};
use super::invented::{CELLS, studies, study};
use super::long_tables::{assert_accuracy_agrees, assert_comparisons_agree};
use super::readings::OUTSIDE;
use super::recovered::with_tables;
use super::whole_study::whole;

const HIDDEN: &str = "#";

/// A number of JSON as tables print it.
fn printed(json: &Value) -> String {
    json.as_u64().map_or_else(|| HIDDEN.to_owned(), count)
}

/// The cells of a table that hold these numbers, in the same order; per cent in parentheses are left out.
fn assert_printed<'j>(numbers: impl IntoIterator<Item = &'j Value>, cells: &[String], what: &str) {
    let numbers: Vec<String> = numbers.into_iter().map(printed).collect();
    let cells: Vec<&str> = cells.iter().map(|cell| cell.split(' ').next().unwrap()).collect();
    assert_eq!(numbers, cells, "{what}");
}

/// The counts of the tables of a paper are those of `results.json`.
fn assert_tables_agree(json: &Value, tables: &[Table]) {
    let rows = |name: &str| -> std::slice::Iter<'_, Vec<String>> {
        tables.iter().find(|table| table.name == name).map(|table| table.rows.iter()).unwrap_or_default()
    };
    let baseline = json["baseline"].as_array().unwrap();
    // The first row has the totals, as the flow has them.
    for cells in rows("baseline").take(1) {
        assert_printed([&json["flow"]["frame"]], &cells[2..3], "all");
        assert!(cells[3..].iter().all(|cell| cell != HIDDEN), "{cells:?}");
    }
    assert_eq!(baseline.len(), rows("baseline").len().saturating_sub(1));
    for (row, cells) in baseline.iter().zip(rows("baseline").skip(1)) {
        assert_printed(["frame", "drawn", "read"].map(|what| &row[what]), &cells[2..], &row.to_string());
        let same = |one: &&Value| ["characteristic", "indicator"].iter().all(|key| one[*key] == row[*key]);
        for (what, cell) in ["frame", "drawn", "read"].iter().zip(&cells[2..]) {
            // A share would give the sum away, and so what is hidden of it.
            let some_hidden = baseline.iter().filter(same).any(|one| one[*what].is_null());
            assert!(!(some_hidden && cell.contains('(')), "{what}: {cells:?}");
        }
    }
    let flow = json["flow"].as_object().unwrap().iter().filter(|(step, _)| *step != "reason");
    for ((step, courses), cells) in flow.zip(rows("flow")) {
        assert_printed([courses], &cells[1..], step);
    }
    let mut found = rows("found");
    let mut eligibility = rows("eligibility");
    let mut outside = rows("in-the-table");
    for one in json["indicators"].as_array().unwrap().iter().filter(|one| one["assessable"] == true) {
        assert_groups_agree(one, tables);
        let whole = &one["groups"][0];
        if whole["reason"] == "suppressed" {
            continue;
        }
        let reasons = outside.next().unwrap();
        assert_printed(OUTSIDE.map(|reason| &whole["counts"][reason]), &reasons[2..8], "outside");
        for row in whole["found"].as_array().unwrap() {
            assert_printed([&row["found"], &row["not_found"]], &found.next().unwrap()[2..4], "found");
        }
        let cells = &one["eligibility"]["cells"];
        if cells.is_null() {
            assert!(eligibility.next().unwrap()[2..].iter().all(|cell| cell == HIDDEN));
        }
        for row in cells.as_object().into_iter().flatten().map(|(_, row)| row.as_object().unwrap()) {
            assert_printed(row.values(), &eligibility.next().unwrap()[2..6], "eligibility");
        }
    }
}

/// The tables of the parts; where all of a grouping are hidden, one line says so.
fn assert_groups_agree(indicator: &Value, tables: &[Table]) {
    let groups = indicator["groups"].as_array().unwrap();
    let groupings: BTreeSet<&str> = groups.iter().filter_map(|one| one["grouping"].as_str()).collect();
    let name = indicator["name"]["en"].as_str().unwrap();
    for grouping in groupings.into_iter().filter(|grouping| *grouping != "all") {
        let parts: Vec<&Value> = groups.iter().filter(|one| one["grouping"] == grouping).collect();
        let table = tables.iter().find(|table| table.name == format!("by-{grouping}")).unwrap();
        let from = table.rows.iter().position(|row| row[0] == name).unwrap();
        // The second line of a part is plain.
        let is_first = |row: &&Vec<String>| row[1].trim() != "plain";
        let rows: Vec<&Vec<String>> = table.rows[from..].iter().filter(is_first).collect();
        if parts.len() > 1 && parts.iter().all(|one| one["reason"] == "suppressed") {
            assert!(rows[0][2..].iter().all(|cell| cell == HIDDEN), "{rows:?}");
            continue;
        }
        for (part, row) in parts.iter().zip(rows) {
            assert_printed(CELLS.map(|cell| &part[cell]), &row[2..6], &format!("{part} {row:?}"));
            // Where weighted figures alone are hidden, the plain line stands alone.
            let is_plain = row[1].ends_with(", plain");
            let hides = |measure: &&str| part["reason"] != "suppressed" && is_hidden(part, measure);
            assert_eq!(
                is_plain,
                ["sensitivity", "specificity", "ppv", "npv"].iter().any(hides),
                "{part} {row:?}"
            );
            let is_table_hidden = part["reason"] == "suppressed";
            assert!(row[7..].iter().all(|cell| (cell == HIDDEN) == is_table_hidden), "{part} {row:?}");
        }
    }
}

/// Whether the weighted figure of a part is hidden, alone or with the whole table.
fn is_hidden(part: &Value, measure: &str) -> bool {
    let weighted = part["weighted"].as_array().into_iter().flatten();
    part["reason"] == "suppressed"
        || weighted
            .filter(|one| one["measure"] == measure && one["estimate"].is_null())
            .any(|one| one["reason"] == "suppressed")
}

/// What people read, by file: the words alone, without style, script and places.
fn texts(results: &Results, protocol: &Protocol, tables: &[Table]) -> BTreeMap<String, String> {
    let provenance = Provenance {
        audit: 1,
        draws: Vec::new(),
        protocol: Vec::new(),
        codebook: String::new(),
        reviewers: 2,
        settled_by_reader: false,
        read_before_draw: false,
        settings: Vec::new(),
        settings_in_words: Vec::new(),
    };
    let figures = result_figures(results, protocol);
    let inline = |figure: &Figure| (figure.title.clone(), figure_svg_inline(figure));
    let inline: Vec<(String, String)> = figures.iter().map(inline).collect();
    let enclosed = Enclosed { tables, figures: &inline, draw_checks: &[] };
    let page = html(&document(results, protocol, &provenance, enclosed));
    let mut texts: BTreeMap<String, String> = figures
        .iter()
        .map(|figure| (format!("{}.svg", figure.name), words_of(&figure_svg(figure))))
        .collect();
    for language in [Language::Da, Language::En] {
        let text = words(&article(results, protocol, &provenance, language));
        texts.insert(format!("text.md {}", language.name()), text);
    }
    texts.insert("report.html".to_owned(), words_of(&page));
    texts.insert("tables.md".to_owned(), tables.iter().map(markdown).collect());
    texts
}

/// The text between the tags.
fn words_of(page: &str) -> String {
    let mut text = String::new();
    let mut skipped: Option<&str> = None;
    for piece in page.split('<').skip(1) {
        let (tag, words) = piece.split_once('>').unwrap_or((piece, ""));
        let name = tag.split([' ', '/']).find(|part| !part.is_empty()).unwrap_or_default();
        match skipped {
            Some(outer) if tag.starts_with('/') && name == outer => skipped = None,
            None if ["style", "script"].contains(&name) => skipped = Some(name),
            _ => {}
        }
        if skipped.is_none() {
            text.push(' ');
            text.push_str(words);
        }
    }
    text
}

/// The numbers in a text, each as it is written.
fn numbers(text: &str) -> BTreeSet<&str> {
    let words = text.split(|sign: char| !sign.is_ascii_digit() && !".,".contains(sign));
    words.map(|word| word.trim_matches(['.', ','])).filter(|word| !word.is_empty()).collect()
}

fn assert_formats_agree(results: &Results, protocol: &Protocol) {
    let json = results_json(results, protocol);
    let tables = result_tables(results, protocol);
    assert_accuracy_agrees(&json, tidy_rows(results, protocol));
    assert_comparisons_agree(&json, comparison_rows(results, protocol));
    assert_tables_agree(&json, &tables);
    assert_documents_agree(results, protocol, &tables, &json);
    let hidden = |text: &str| text.split_whitespace().filter(|word| ["#", "\\#"].contains(word)).count();
    let cells = tables.iter().flat_map(|table| table.rows.iter().flatten()).filter(|cell| *cell == HIDDEN);
    let (cells, texts) = (cells.count(), texts(results, protocol, &tables));
    assert_eq!(hidden(&texts["tables.md"]), cells, "tables.md");
    assert!(hidden(&texts["report.html"]) >= cells, "report.html");
    assert_eq!(texts["flow.svg"].contains(HIDDEN), hides_flow(&json), "flow.svg: {}", texts["flow.svg"]);
}

/// Whether a count on the way from the register to the tables is hidden.
fn hides_flow(json: &Value) -> bool {
    let indicators = json["indicators"].as_array().unwrap().iter();
    let whole: Vec<&Value> =
        indicators.filter(|one| one["assessable"] == true).map(|one| &one["groups"][0]).collect();
    json["flow"]["reason"] == "suppressed"
        || whole.iter().any(|one| one["reason"] == "suppressed" || one["counts"]["reason"] == "suppressed")
}

/// One stratum with a small cell, and the next smallest beside it. Of neither is any count to be read anywhere.
#[test]
fn hidden_counts_stand_in_no_file() {
    let tables = [
        [313, 301, 307, 311],
        [293, 281, 283, 277],
        [271, 263, 269, 257],
        [181, 89, 163, 149],
        [191, 1, 173, 139],
    ];
    let mut study = with_tables(tables, [None; 5]);
    study.by = vec!["stratum"];
    let (results, protocol) = study.found(true);
    let tables = result_tables(&results, &protocol);
    let mut texts = texts(&results, &protocol, &tables);
    texts.insert("results.json".to_owned(), results_json(&results, &protocol).to_string());
    for (name, rows) in [
        ("accuracy.csv", tidy_rows(&results, &protocol)),
        ("comparisons.csv", comparison_rows(&results, &protocol)),
    ] {
        texts.insert(name.to_owned(), rows.concat().join(" "));
    }
    for (name, text) in document_texts(&results, &protocol, &tables) {
        texts.insert(name.to_owned(), text);
    }
    // The cells and margins of both tables.
    let hidden = [
        "181", "89", "163", "149", "191", "173", "139", "270", "312", "192", "296", "344", "238", "348",
        "140",
    ];
    for (file, text) in &texts {
        let seen = numbers(text);
        let told: Vec<&&str> = hidden.iter().filter(|number| seen.contains(**number)).collect();
        assert!(told.is_empty(), "{file}: {told:?}");
        // Those of a shown table are seen where counts are.
        let has_counts = file.starts_with("tables.")
            || ["accuracy.csv", "results.json", "report.html"].contains(&file.as_str());
        assert!(!has_counts || ["313", "271"].iter().all(|number| seen.contains(number)), "{file}: {text}");
    }
}

/// All files of a study take longer than its tables.
fn few_studies() -> Config {
    let studies = studies();
    Config { cases: studies.cases / 4, ..studies }
}

/// Of two indicators one has no weighted figures to show: the other is no extreme of both.
#[test]
fn what_is_shown_is_not_said_to_be_farthest_or_lowest_of_what_is_hidden() {
    let [far, near] = [[20, 1, 19, 20], [20, 3, 2, 20]];
    let mut study = with_tables([far, near, far, near, far], [None; 5]);
    study.min_cell = 1;
    let (mut results, protocol) = study.found(true);
    let tables = result_tables(&results, &protocol);
    let all = texts(&results, &protocol, &tables);
    assert!(all["text.md en"].contains("The register's share of yes differed most"), "{}", all["text.md en"]);
    assert!(!all["report.html"].contains("Sensitivity, Depression"), "{}", all["report.html"]);

    for one in results.indicators.iter_mut().filter(|one| one.not_assessable.is_none()) {
        let bounds = if one.id == "diet" { Err(Reason::Suppressed) } else { Ok([0.5, 0.625]) };
        one.sensitivity.worst_and_best = vec![(Measure::Sensitivity, bounds)];
    }
    let told = texts(&results, &protocol, &tables)["text.md en"].replace('\u{a0}', " ");
    assert!(
        told.contains("50.0–62.5 % for depression, the only one of two indicators whose figures are shown."),
        "{told}"
    );

    let diet = results.indicators.iter_mut().find(|one| one.id == "diet").unwrap();
    let measures = &mut diet.groups[0].assessed.as_mut().unwrap().measures;
    measures.iter_mut().for_each(|one| one.weighted.estimate = Err(Reason::Suppressed));
    let some = texts(&results, &protocol, &tables);
    for word in ["differed most", "afveg"] {
        let told = some.iter().find(|(_, text)| text.contains(word));
        assert!(told.is_none(), "{told:?}");
    }
    let page = &some["report.html"];
    assert!(!page.contains("lowest to highest") && page.contains("Sensitivity, Depression"), "{page}");
}

proptest! {
    #![proptest_config(few_studies())]

    #[test]
    fn what_one_file_hides_of_the_parts_no_other_shows(study in study()) {
        let (results, protocol) = study.found(true);
        assert_formats_agree(&results, &protocol);
    }

    #[test]
    fn what_one_file_hides_of_the_whole_study_no_other_shows(study in whole()) {
        let (results, protocol) = study.found();
        assert_formats_agree(&results, &protocol);
    }
}
