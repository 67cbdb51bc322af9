//! Interim and final results are told apart wherever somebody reads them.

use std::fs;

use crate::small_study::{PROTOCOL, SmallStudy, courses, csv};

/// What people read as text.
const READ: [&str; 6] =
    ["tables.md", "tables.tex", "report.html", "text.md", "checklists.md", "figures/flow.svg"];

/// A study in which nothing is read twice; with its reviews all is settled.
fn study(language: &str) -> SmallStudy {
    let protocol = PROTOCOL
        .replace("second_reviewer_percent = 10", "second_reviewer_percent = 0")
        .replace("[disclosure]", &format!("[report]\nlanguage = \"{language}\"\n\n[disclosure]"));
    let study = SmallStudy::with(&protocol, &csv(&courses(200)));
    study.done(&["draw"]);
    study.done(&["forms"]);
    study
}

fn read(study: &SmallStudy, name: &str) -> String {
    fs::read_to_string(study.path(&format!("results/{name}"))).unwrap()
}

#[test]
fn every_page_begins_with_interim_or_final_in_capitals() {
    for (language, interim, end) in [
        ("en", "INTERIM RESULTS. ", "FINAL RESULTS. "),
        ("da", "FORELØBIGE RESULTATER. ", "ENDELIGE RESULTATER. "),
    ] {
        let study = study(language);
        study.done(&["analyse"]);
        for name in READ {
            let text = read(&study, name);
            assert!(text.contains(interim) && !text.contains(end), "{name}");
        }
        study.record_all();
        study.done(&["analyse", "--final"]);
        for name in READ {
            let text = read(&study, name);
            assert!(text.contains(end) && !text.contains(interim), "{name}");
        }
    }
}

/// A table or a figure that is pasted elsewhere leaves its page behind.
#[test]
fn the_title_of_a_table_or_a_figure_says_that_it_is_interim() {
    for (language, mark) in [("en", "(INTERIM)"), ("da", "(FORELØBIG)")] {
        let study = study(language);
        study.done(&["analyse"]);
        let titles = |text: &str| -> Vec<String> {
            text.lines().filter(|line| line.starts_with("**")).map(str::to_owned).collect()
        };
        let interim = titles(&read(&study, "tables.md"));
        assert!(interim.len() > 3 && interim.iter().all(|title| title.contains(mark)), "{interim:?}");
        assert!(read(&study, "figures/flow.svg").contains(&format!(" {mark}</title>")));
        study.record_all();
        study.done(&["analyse", "--final"]);
        for name in READ {
            assert!(!read(&study, name).contains(mark), "{name}");
        }
    }
}

#[test]
fn the_protocol_was_followed_only_when_the_study_is_over() {
    let study = study("en");
    study.done(&["analyse"]);
    for name in ["report.html", "text.md"] {
        let text = read(&study, name);
        assert!(text.contains("frozen at the draw, has been followed so far."), "{name}");
        assert!(text.contains("er fulgt indtil nu.") || name == "report.html", "{name}");
        assert!(!text.contains("was followed.") && !text.contains("blev fulgt."), "{name}");
    }
    study.record_all();
    study.done(&["analyse", "--final"]);
    let text = read(&study, "text.md");
    assert!(
        text.contains("was followed.") && text.contains("blev fulgt.") && !text.contains("so far"),
        "{text}"
    );
}

#[test]
fn the_words_say_first_that_they_are_to_be_copied() {
    let study = study("da");
    study.done(&["analyse"]);
    let text = read(&study, "text.md");
    let (head, _) = text.split_once("\n# ").unwrap();
    for words in ["Kopiér herfra til manuskriptet", "Copy from here into the manuscript", "written anew"] {
        assert!(head.contains(words), "{head}");
    }
    study.write("results/text.md", "edited by hand");
    let told = study.refused(&["analyse"], 1);
    assert!(told.contains("`text.md`") && told.contains("save a copy elsewhere first"), "{told}");
}

#[test]
fn the_screen_says_whether_results_are_final_in_the_language_of_its_tables() {
    for (language, interim, end) in [
        ("en", "INTERIM results. Data ", "FINAL results. Data "),
        ("da", "FORELØBIGE resultater. Data ", "ENDELIGE resultater. Data "),
    ] {
        let study = study(language);
        let out = study.done(&["analyse"]).out;
        assert!(out.contains(interim) && !out.contains("FINAL"), "{out}");
        study.record_all();
        let out = study.done(&["analyse", "--final"]).out;
        assert!(out.contains(end) && !out.contains(interim), "{out}");
    }
}

#[test]
fn a_title_that_is_a_question_is_no_second_sentence_of_a_point() {
    let study = study("en");
    study.edit("title = \"Validity of an invented register\"", "title = \"Can it be trusted?\"");
    study.done(&["analyse"]);
    for name in ["tables.md", "text.md"] {
        assert!(
            read(&study, name).contains("INTERIM RESULTS. Can it be trusted? The register. hkm "),
            "{name}"
        );
    }
}

#[test]
fn without_a_chart_in_the_table_there_is_no_test_of_it() {
    let study = study("en");
    study.done(&["analyse"]);
    let tables = read(&study, "tables.md");
    let (_, prevalence) = tables.split_once("How far the published indicator").unwrap();
    let row = prevalence.lines().find(|line| line.starts_with("| Depression ")).unwrap();
    assert!(row.ends_with("| 0 | 0 | not estimable |"), "{row}");
    let json: serde_json::Value = serde_json::from_str(&read(&study, "results.json")).unwrap();
    let indicators = json["indicators"].as_array().unwrap();
    let depression = indicators.iter().find(|one| one["indicator"] == "depression").unwrap();
    let test = &depression["groups"][0]["mcnemar"];
    assert_eq!((&test["p_value"], &test["reason"]), (&serde_json::Value::Null, &"not_estimable".into()));
}

#[test]
fn the_text_says_how_many_read_the_charts_in_both_languages() {
    let study = study("da");
    study.done(&["analyse"]);
    let text = read(&study, "text.md");
    assert!(!text.contains("læste journalerne.") && !text.contains("read the records."));
    for (number, name) in study.forms("review").into_iter().enumerate() {
        let initials = if number == 0 { "XYZ" } else { "ABC" };
        let returned = study.returned(&name, |form| form.fill(initials));
        study.done(&["record", &returned]);
        study.done(&["analyse"]);
        let [danish, english] = match number {
            0 => ["Én person læste journalerne.", "One reviewer read the records."],
            _ => ["To personer læste journalerne.", "Two reviewers read the records."],
        };
        let text = read(&study, "text.md");
        assert!(text.contains(danish) && text.contains(english), "{name}: {text}");
    }
}
