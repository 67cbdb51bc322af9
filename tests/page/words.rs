//! What the words and the checklists say of a small study.

use std::collections::BTreeSet;

use hjertekommidt::report::{count, decimal, percent};
use serde_json::Value;

use super::{reported, result};

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
    let mut known = BTreeSet::from(["95".to_owned()]);
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
