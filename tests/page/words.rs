//! What the words and the checklists say of a small study.

use std::collections::BTreeSet;

use hjertekommidt::report::{count, decimal, percent};
use serde_json::Value;

use super::{reported, result};
use crate::small_study::SmallStudy;

/// Every number of a JSON text, as it could be written: a count, a percentage, a coefficient.
fn written(value: &Value, into: &mut BTreeSet<String>) {
    match value {
        Value::Array(all) => all.iter().for_each(|one| written(one, into)),
        Value::Object(all) => all.values().for_each(|one| written(one, into)),
        Value::Number(number) => {
            into.extend(number.as_u64().map(count));
            let number = number.as_f64().unwrap();
            into.extend([percent(number, 1), decimal(number, 2)].map(|text| text.replace('−', "")));
        }
        _ => {}
    }
}

/// How many tests of each kind have an adjusted probability that is shown and at most, or below, this.
fn tests_by(json: &Value, most: f64) -> impl Iterator<Item = usize> {
    let count = move |kind: &str| {
        let indicators = json["indicators"].as_array().unwrap().iter();
        let tests = indicators.flat_map(|one| one[kind].as_array().cloned().unwrap_or_default());
        tests.filter(|one| one["p_value_holm"].as_f64().is_some_and(|p| p < most || most == 1.0)).count()
    };
    ["differences", "homogeneity"].map(count).into_iter()
}

/// The numbers of a text, without signs and citations.
fn numbers(text: &str) -> Vec<String> {
    let digits = |c: char| !(c.is_ascii_digit() || c == '.' || c == ',');
    let words = text.split(digits).map(|word| word.trim_matches(['.', ',']));
    words.filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

fn section<'t>(text: &'t str, language: &str, title: &str) -> &'t str {
    let (_, own) = text.split_once(&format!("# {language}\n")).unwrap();
    let (_, from) = own.split_once(&format!("## {title}\n")).unwrap();
    from.split("\n## ").next().unwrap()
}

#[test]
fn every_number_of_the_results_is_one_of_results_json() {
    let study = reported(false);
    let json: Value = serde_json::from_str(&result(&study, "results.json")).unwrap();
    // The level, the limit of a small P value, and the table and figures that are named.
    let mut known = BTreeSet::from(["95", "0.05", "1", "2"].map(str::to_owned));
    known.extend(tests_by(&json, 1.0).chain(tests_by(&json, 0.05)).map(|number| number.to_string()));
    written(&json, &mut known);
    let manifest: Value = serde_json::from_str(&result(&study, "manifest.json")).unwrap();
    written(&manifest["draws"], &mut known);
    let text = result(&study, "text.md");
    let found = numbers(section(&text, "English", "Results"));
    assert!(found.len() > 20, "{found:?}");
    for number in found {
        assert!(known.contains(&number), "{number} is not in results.json");
    }
}

#[test]
fn a_small_study_in_english() {
    let text = result(&reported(false), "text.md");
    insta::assert_snapshot!(text.split("\n# Dansk").next().unwrap());
}

#[test]
fn the_same_study_in_danish() {
    let text = result(&reported(true), "text.md");
    insta::assert_snapshot!(text.split("\n# English").next().unwrap());
}

#[test]
fn each_paper_is_cited_and_each_citation_is_listed() {
    let text = result(&reported(false), "text.md");
    let english = text.split("\n# Dansk").next().unwrap();
    let (words, references) = english.split_once("## References").unwrap();
    let listed = references.lines().filter(|line| !line.trim().is_empty()).count();
    let brackets = words.split('[').skip(1).filter_map(|rest| rest.split(']').next());
    let cited: BTreeSet<usize> =
        brackets.flat_map(|inside| inside.split(", ")).filter_map(|number| number.parse().ok()).collect();
    assert_eq!(cited, (1..=listed).collect::<BTreeSet<usize>>());
}

#[test]
fn nothing_hidden_stands_in_the_words() {
    let study = reported(false);
    study.edit("min_cell_overall = 1", "min_cell_overall = 3");
    study.done(&["analyse"]);
    let text = result(&study, "text.md");
    for title in ["Methods", "Results"] {
        let section = section(&text, "English", title);
        assert!(!section.contains('#'), "{section}");
    }
}

#[test]
fn each_item_of_the_checklists_stands_once_and_is_answered_or_left_to_the_author() {
    for (danish, author) in [(false, "Author must write"), (true, "Forfatteren skriver")] {
        let text = result(&reported(danish), "checklists.md");
        let rows: Vec<&str> = text
            .lines()
            .filter(|line| line.starts_with("| ") && line.as_bytes()[2].is_ascii_digit())
            .collect();
        assert_eq!(rows.len(), 34 + 35);
        let is_answered = |row: &&&str| row.split(" | ").nth(2).is_some_and(|answer| answer.trim().len() > 3);
        assert_eq!(rows.iter().filter(is_answered).count(), rows.len());
        let left = rows.iter().filter(|row| row.contains(author)).count();
        assert!((20..50).contains(&left), "{left}");
    }
}

#[test]
fn a_table_has_one_number_in_every_file() {
    let study = reported(false);
    study.edit("[analysis]", "[analysis]\nbootstrap = 100\nbootstrap_seed = \"a\"");
    study.done(&["analyse"]);
    let (page, tex) = (result(&study, "report.html"), result(&study, "tables.tex"));
    let tables = result(&study, "tables.md");
    let titles = tables.lines().filter_map(|line| line.strip_prefix("**Table ")?.strip_suffix("**"));
    let titles: Vec<String> = titles.map(|one| one.replace("\\", "")).collect();
    assert!(titles.len() > 8, "{titles:?}");
    for (place, title) in titles.iter().enumerate() {
        assert!(title.starts_with(&format!("{}. ", place + 1)), "{title}");
        assert!(
            page.contains(&format!(
                "<span>Table {}</span>",
                title.replace('&', "&amp;").replace('\'', "&#39;")
            )),
            "{title}"
        );
    }
    let captions: Vec<&str> =
        tex.lines().filter_map(|line| line.trim_start().strip_prefix("\\caption{")).collect();
    assert_eq!(captions.len(), titles.len(), "{captions:?}");
    for (caption, title) in captions.iter().zip(&titles) {
        let first: String = title.split(". ").nth(1).unwrap().chars().take(12).collect();
        assert!(caption.starts_with(&first), "{caption}: {title}");
    }
}

#[test]
fn sensitivity_analyses_and_comparisons_have_their_words() {
    let study = reported(false);
    study.edit("by = [\"stratum\", \"cluster\"]", "by = [\"stratum\", \"sex\"]");
    study.edit("min_cell = 3", "min_cell = 1");
    study.done(&["analyse"]);
    let text = result(&study, "text.md");
    for said in [
        "In sensitivity analyses the measures were computed",
        "By sex, each group was compared with the first",
        "for the tests whose P value is shown",
        "In the worst and best case",
        "eligible (Figure 1)",
        "in parentheses (Table 1, Figure 2)",
        "four categories (yes, no, not relevant and not documented)",
        "parts: before none, now stratum and sex",
    ] {
        assert!(text.contains(said), "{said}: {text}");
    }
    assert!(text.contains("opdeling: før ingen, nu stratum og køn"), "{text}");
    assert!(!text.contains("95%") && text.contains("95\u{a0}%"), "one way of writing per cent: {text}");
}

#[test]
fn a_measure_that_is_not_estimable_is_named() {
    let study = SmallStudy::with_forms();
    study.record_all();
    for name in study.forms("review") {
        let file = study.returned(&name, |form| {
            (0..form.rows()).for_each(|row| form.set(row, "diet", "Ja"));
        });
        study.done(&["record", &file]);
    }
    study.done(&["analyse"]);
    let text = result(&study, "text.md");
    assert!(
        text.contains("; specificity could not be estimated, for no course is in the denominator."),
        "{text}"
    );
    assert!(
        text.contains("; specificiteten kunne ikke estimeres, fordi ingen forløb er i nævneren."),
        "{text}"
    );
}

/// Those that are off as well: a reader need not know what the software does without being told.
#[test]
fn the_page_tells_every_setting_of_the_analysis_in_words() {
    let page = result(&reported(false), "report.html");
    for told in [
        "confidence level: 95 %",
        "parts: stratum and cluster",
        "post-stratification: none",
        "item weights: none",
        "bootstrap replicates: none",
        "weighted figures that hidden counts could follow from: printed",
        "records of another person: as not found",
    ] {
        assert!(page.contains(told), "{told}");
    }
    let danish = result(&reported(true), "report.html");
    assert!(danish.contains("konfidensniveau: 95 %") && danish.contains("poststratificering: ingen"));
}
