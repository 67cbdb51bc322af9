//! `results/figures`: the figures of a study.

use std::fs;

use serde_json::Value;

use crate::small_study::{PROTOCOL, SmallStudy, courses, csv};

/// A reviewed study with municipalities side by side, so large that some of them are shown.
pub(super) fn by_stratum(report: &str) -> SmallStudy {
    let protocol = PROTOCOL.replace("total = 60", "total = 340");
    let study = SmallStudy::with(&protocol, &csv(&courses(400)));
    study.done(&["draw"]);
    study.done(&["forms"]);
    study.record_all();
    let second = study.returned("727-Odder-second.xlsx", |form| form.fill("XYZ"));
    study.done(&["record", "--second", &second]);
    study.edit("by = []", "by = [\"stratum\"]");
    study.edit("[disclosure]", &format!("[report]\n{report}\n\n[disclosure]"));
    study.done(&["analyse"]);
    study
}

pub(super) fn figure(study: &SmallStudy, name: &str) -> String {
    fs::read_to_string(study.path(&format!("results/figures/{name}.svg"))).unwrap()
}

/// The texts of a figure with their height on the sheet, in the order in which they are written.
pub(super) fn texts(svg: &str) -> Vec<(String, String)> {
    let elements = svg.lines().filter(|line| line.starts_with("<text "));
    let text = |line: &str| {
        let height = line.split("y=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
        let text = line.split_once('>').unwrap().1.trim_end_matches("</text>").to_owned();
        (height, text)
    };
    elements.map(text).collect()
}

#[test]
fn every_figure_is_there_as_svg_and_as_png_and_verify_makes_them_anew() {
    let study = by_stratum("language = \"en\"");
    let names = study.files("results/figures");
    let expected =
        ["accuracy", "agreement", "by-stratum-depression", "by-stratum-diet", "by-stratum-smoking", "flow"];
    let both = expected.map(|name| [format!("{name}.png"), format!("{name}.svg")]);
    assert_eq!(names, both.concat());
    let out = study.done(&["verify"]).out;
    for name in names {
        assert!(out.contains(&format!("results/figures/{name}: reproduced byte for byte")), "{name}: {out}");
    }
}

#[test]
fn figures_have_the_numbers_of_the_tables() {
    let study = by_stratum("decimals = 2");
    let tables = fs::read_to_string(study.path("results/tables.md")).unwrap();
    let mut estimates = 0;
    for name in ["accuracy", "by-stratum-diet", "agreement"] {
        for (_, text) in texts(&figure(&study, name)) {
            if text.contains('–') && text.ends_with(')') {
                assert!(tables.contains(&text), "{name}: {text}");
                estimates += 1;
            }
        }
    }
    assert!(estimates >= 15, "{estimates}");
}

#[test]
fn a_hidden_municipality_is_a_sign_in_every_column_and_no_mark() {
    let study = by_stratum("language = \"en\"");
    let json: Value = serde_json::from_slice(&fs::read(study.path("results/results.json")).unwrap()).unwrap();
    let (mut hidden, mut shown) = (0, 0);
    for indicator in json["indicators"].as_array().unwrap().iter().filter(|one| one["assessable"] == true) {
        let svg = figure(&study, &format!("by-stratum-{}", indicator["indicator"].as_str().unwrap()));
        let texts = texts(&svg);
        let mut marks = 0;
        for group in indicator["groups"].as_array().unwrap() {
            let label = format!("{} ", group["group"].as_str().unwrap());
            let is_row = |text: &str| match group["grouping"] == "all" {
                true => text == "Whole study",
                false => text.starts_with(&label),
            };
            let is_hidden = group["reason"] == "suppressed";
            let rows = texts.iter().filter(|(_, text)| is_row(text));
            let rows: Vec<&String> = rows.map(|(height, _)| height).collect();
            assert_eq!(rows.len(), 2, "{label}: {texts:?}");
            for row in rows {
                let cells = texts.iter().filter(|(height, _)| height == row).skip(1);
                let cells: Vec<&str> = cells.map(|(_, text)| text.as_str()).collect();
                if is_hidden {
                    assert_eq!(cells, ["#"; 4], "{label}");
                } else {
                    assert!(!cells.contains(&"#") && cells.len() == 4, "{label}: {cells:?}");
                    marks += cells.iter().filter(|cell| cell.contains('(')).count();
                }
            }
            *(if is_hidden { &mut hidden } else { &mut shown }) += 1;
        }
        let drawn =
            svg.lines().filter(|line| line.starts_with("<polygon") && line.contains("#000000")).count();
        assert_eq!(drawn, marks, "a mark for each estimate, and no other");
    }
    assert!(hidden > 0 && shown > 0, "{hidden} {shown}");
}

#[test]
fn danish_figures_have_danish_words_and_decimal_commas() {
    let study = by_stratum("language = \"da\"");
    study.edit("name = \"municipality\"", "name = { da = \"kommune\", en = \"municipality\" }");
    study.done(&["analyse"]);
    let mut all = String::new();
    for name in study.files("results/figures").iter().filter_map(|name| name.strip_suffix(".svg")) {
        let svg = figure(&study, name);
        let texts: Vec<String> = texts(&svg).into_iter().map(|(_, text)| text).collect();
        assert!(texts.last().unwrap().starts_with("FORELØBIGE RESULTATER. "), "{name}: {texts:?}");
        all += &(texts[..texts.len() - 1].join("\n") + "\n");
    }
    for danish in [
        "Sensitivitet, %",
        "Kommune",
        "Diætbehandling",
        "Hele studiet",
        "Enighed",
        "Rækker i registret",
        "Estimat (95 % KI)",
    ] {
        assert!(all.contains(danish), "{danish}: {all}");
    }
    for english in [
        "ensitivity",
        "municipality",
        "whole",
        "record",
        "courses",
        "greement",
        "estimable",
        "Square",
        "hidden",
        " of ",
    ] {
        assert!(!all.contains(english), "{english}: {all}");
    }
    let pointed = |text: &&str| text.contains('(') && text.contains('–') && text.contains('.');
    assert_eq!(all.lines().find(pointed), None);
    assert!(all.lines().any(|text| text.contains(',') && text.contains('–')), "{all}");
}

#[test]
fn a_row_of_the_forest_has_the_name_of_its_indicator() {
    let study = by_stratum("language = \"da\"");
    let json: Value = serde_json::from_slice(&fs::read(study.path("results/results.json")).unwrap()).unwrap();
    for name in ["accuracy", "agreement"] {
        let texts = texts(&figure(&study, name));
        for indicator in json["indicators"].as_array().unwrap().iter().filter(|one| one["assessable"] == true)
        {
            let label = indicator["name"]["da"].as_str().unwrap();
            // Two panels below each other.
            assert_eq!(texts.iter().filter(|(_, text)| text == label).count(), 2, "{name}: {label}");
        }
        assert_eq!(
            texts.iter().filter(|(_, text)| text == "Indikator").count(),
            2,
            "{name}: the header of the names"
        );
        // An estimate and its interval stand in one column, whose header says so.
        let headers =
            texts.iter().filter(|(_, text)| text.replace('\u{a0}', " ") == "Estimat (95 % KI)").count();
        assert_eq!(headers, 4, "{name}: {texts:?}");
    }
}

#[test]
fn a_header_of_the_flow_is_broken_between_register_and_record() {
    let study = by_stratum("language = \"en\"");
    let count = |study: &SmallStudy, wanted: &str| {
        texts(&figure(study, "flow")).iter().filter(|(_, text)| text.replace('\u{a0}', " ") == wanted).count()
    };
    for header in ["Register yes,", "Register no,", "record yes", "record no"] {
        assert_eq!(count(&study, header), 2, "{header}");
    }
    study.edit("[report]\nlanguage = \"en\"", "[report]\nlanguage = \"da\"");
    study.done(&["analyse"]);
    for header in ["Register ja,", "Register nej,", "journal ja", "journal nej"] {
        assert_eq!(count(&study, header), 2, "{header}");
    }
}

#[test]
fn a_figure_that_was_edited_is_not_replaced() {
    let study = by_stratum("language = \"en\"");
    let path = study.path("results/figures/flow.png");
    fs::write(&path, "drawn over").unwrap();
    assert!(study.refused(&["analyse"], 1).contains("figures/flow.png"));
    assert_eq!(fs::read(&path).unwrap(), b"drawn over");
    study.done(&["analyse", "--replace"]);
    study.done(&["verify"]);
}

#[test]
fn figures_that_are_no_longer_made_go_unless_they_were_edited() {
    let study = by_stratum("language = \"en\"");
    study.write("results/figures/by-stratum-diet.svg", "drawn over");
    study.edit("by = [\"stratum\"]", "by = []");
    study.done(&["analyse"]);
    let left: Vec<String> =
        study.files("results/figures").into_iter().filter(|name| name.starts_with("by-")).collect();
    assert_eq!(left, ["by-stratum-diet.svg"]);
    assert!(!study.path("results/comparisons.csv").exists());
    study.done(&["verify"]);
}

/// The manifest is a text that anybody can write into.
#[test]
fn a_manifest_that_names_a_file_elsewhere_takes_nothing_away() {
    let study = by_stratum("language = \"en\"");
    let mine = study.path("mine.txt");
    fs::write(&mine, "mine").unwrap();
    let digest = hjertekommidt::digest::hexadecimal(&hjertekommidt::digest::sha256(b"mine"));
    let path = study.path("results/manifest.json");
    let mut manifest: Value = serde_json::from_slice(&fs::read(&path).unwrap()).unwrap();
    for name in ["../mine.txt", mine.to_str().unwrap()] {
        manifest["files"][name] = digest.clone().into();
    }
    fs::write(&path, manifest.to_string()).unwrap();
    study.done(&["analyse"]);
    assert!(mine.exists());
}

#[test]
fn a_study_that_nobody_has_reviewed_has_the_figure_of_its_flow_alone() {
    let study = SmallStudy::with_forms();
    study.done(&["analyse"]);
    assert_eq!(study.files("results/figures"), ["flow.png", "flow.svg"]);
    assert!(figure(&study, "flow").contains("not reviewed yet (n\u{a0}=\u{a0}60)"));
}

/// Signs alone are no picture: the figure of a grouping of which nothing is shown is left out, and the one of before goes.
#[test]
fn a_figure_without_a_mark_is_left_out_and_the_page_does_not_have_it() {
    let study = by_stratum("language = \"en\"");
    let titles = |study: &SmallStudy| {
        let page = fs::read_to_string(study.path("results/report.html")).unwrap();
        page.matches("accuracy by municipality, weighted by the design").count()
    };
    assert!(titles(&study) > 0);
    study.edit("min_cell = 3", "min_cell = 340");
    study.done(&["analyse"]);
    let names = study.files("results/figures");
    assert!(!names.iter().any(|name| name.starts_with("by-stratum")), "{names:?}");
    assert!(names.contains(&"accuracy.svg".to_owned()), "{names:?}");
    assert_eq!(titles(&study), 0);
    study.done(&["verify"]);
}

#[test]
fn where_all_estimates_are_hidden_the_flow_is_the_one_figure_and_no_text_speaks_of_another() {
    let study = by_stratum("language = \"en\"");
    let read = |name: &str| fs::read_to_string(study.path(&format!("results/{name}"))).unwrap();
    assert!(read("text.md").contains("Figure 2") && read("text.md").contains("figur 2"));
    study.edit("min_cell = 3", "min_cell = 340");
    study.edit("min_cell_overall = 1", "min_cell_overall = 340");
    study.done(&["analyse"]);
    assert_eq!(study.files("results/figures"), ["flow.png", "flow.svg"]);
    for name in ["text.md", "report.html", "checklists.md"] {
        let text = read(name).to_lowercase();
        assert!(!text.contains("figure 2") && !text.contains("figur 2"), "{name}");
    }
    study.done(&["verify"]);
}

#[test]
fn the_figure_of_agreement_names_the_categories_that_its_coefficients_are_over() {
    for (language, note) in [
        (
            "en",
            "Four categories: yes, no, not relevant and not documented; PABAK and AC1 depend on their number.",
        ),
        (
            "da",
            "Fire kategorier: ja, nej, ikke relevant og ikke dokumenteret; PABAK og AC1 afhænger af antallet.",
        ),
    ] {
        let svg = figure(&by_stratum(&format!("language = \"{language}\"")), "agreement");
        let words: Vec<String> = texts(&svg).into_iter().map(|(_, text)| text).collect();
        assert!(words.join(" ").contains(note), "{words:?}");
    }
}
