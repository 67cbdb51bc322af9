//! Weighted figures that hidden counts could follow from.

use serde_json::Value;

use crate::small_study::{PROTOCOL, SmallStudy, courses, csv};

/// Four municipalities: few tables fit the weighted figures.
fn study(word: &str) -> SmallStudy {
    let protocol = PROTOCOL.replace(r#"weighted_figures = "printed""#, word);
    assert_ne!(protocol, PROTOCOL, "the word stands in the protocol");
    SmallStudy::reviewed_with(&protocol, 200)
}

/// The weighted figures of the first assessable indicator's headline measures.
fn weighted(json: &Value) -> Vec<Value> {
    let rows = json["indicators"].as_array().unwrap().iter().find(|one| one["indicator"] == "diet").unwrap();
    rows["groups"][0]["weighted"].as_array().unwrap().clone()
}

#[test]
fn of_few_municipalities_they_are_taken_out_unless_the_data_owner_allows_them() {
    let protected = study("");
    let out = protected.done(&["analyse"]).out;
    let note = "weighted figures are not shown, because hidden counts could follow from them";
    assert!(out.contains(note), "{out}");
    let words = std::fs::read_to_string(protected.path("results/text.md")).unwrap();
    assert!(
        words.contains("no weighted figures are shown, because hidden counts could follow from them"),
        "{words}"
    );
    assert!(
        words.contains("from them; unweighted, sensitivity was ") && !words.contains("no measure could be"),
        "{words}"
    );
    let tables = std::fs::read_to_string(protected.path("results/tables.md")).unwrap();
    assert!(
        tables.contains("hidden, because hidden counts of parts of the study could follow from it"),
        "{tables}"
    );
    assert!(!tables.contains("1 to 0"), "{tables}");
    let mixed = "is missing (it counts as a no for Depression) and not re-weighted";
    assert!(tables.contains(mixed), "{tables}");
    let json = protected.json(&["analyse"]);
    let hidden = weighted(&json);
    assert!(!hidden.is_empty() && hidden.iter().all(|one| one["estimate"].is_null()), "{hidden:?}");

    let printed = study(r#"weighted_figures = "printed" "#);
    let shown = weighted(&printed.json(&["analyse"]));
    assert!(shown.iter().any(|one| one["estimate"].is_f64()), "{shown:?}");
    assert!(!printed.done(&["analyse"]).out.contains(note));
}

/// By sex, by the bootstrap and for agreement.
#[test]
fn what_stands_beside_them_is_not_shown_without_leave_and_the_words_say_so() {
    let protocol = |word: &str| {
        PROTOCOL
            .replace(r#"weighted_figures = "printed""#, word)
            .replace("by = []", "by = [\"sex\"]\nbootstrap = 199\nweighted_agreement = true")
            .replace("total = 60", "total = 240")
    };
    let analysed = |word: &str| {
        let study = SmallStudy::reviewed_with(&protocol(word), 400);
        let told = study.run(&["check", "--format", "json"]).codes();
        let json = study.json(&["analyse"]);
        let read = |name: &str| std::fs::read_to_string(study.path(&format!("results/{name}"))).unwrap();
        (told.contains(&"hidden_weighted".to_owned()), json, read("text.md"), read("tables.md"))
    };
    let methods = ["each group was compared with the first", "bootstrap replicates, drawn within strata"];

    let (is_told, json, words, tables) = analysed("");
    assert!(is_told);
    for one in json["bootstrap"]["indicators"].as_array().unwrap() {
        assert_eq!((&one["measures"], &one["reason"]), (&Value::Null, &"suppressed".into()), "{one}");
    }
    let not_shown = "Not shown, because hidden counts of strata could follow from them: weighted figures by sex (plain ones";
    assert!(words.contains(not_shown) && words.contains("bootstrap intervals"), "{words}");
    assert!(
        words.contains("Ikke vist, fordi skjulte antal i strata kunne følge af dem: vægtede tal efter køn"),
        "{words}"
    );
    assert!(methods.iter().all(|said| !words.contains(said)), "{words}");
    assert!(tables.contains("| female, plain |") && !tables.contains("Differences by sex"), "{tables}");
    assert!(tables.contains("Where the plain line stands alone, weighted figures and differences between the groups are not shown"), "{tables}");

    let (is_told, json, words, tables) = analysed(r#"weighted_figures = "printed""#);
    assert!(!is_told);
    assert!(json["bootstrap"]["indicators"].as_array().unwrap().iter().any(|one| one["measures"].is_array()));
    assert!(
        !words.contains("Not shown, because") && methods.iter().all(|said| words.contains(said)),
        "{words}"
    );
    assert!(!tables.contains("| female, plain |") && tables.contains("Differences by sex"), "{tables}");
}

#[test]
fn check_says_before_the_draw_what_few_municipalities_mean() {
    let told = |word: &str| {
        let protocol = PROTOCOL.replace(r#"weighted_figures = "printed""#, word);
        SmallStudy::with(&protocol, &csv(&courses(200))).run(&["check", "--format", "json"]).codes()
    };
    let code = "few_strata".to_owned();
    assert!(told("").contains(&code));
    assert!(!told(r#"weighted_figures = "printed""#).contains(&code));
}

#[test]
fn a_word_that_is_neither_is_refused() {
    let protocol = PROTOCOL.replace(r#"weighted_figures = "printed""#, r#"weighted_figures = "hidden""#);
    let ran = SmallStudy::with(&protocol, &csv(&courses(200))).run(&["check"]);
    assert_eq!(ran.code, Some(1), "{ran:?}");
    assert!(
        ran.err.contains("disclosure.weighted_figures") || ran.out.contains("disclosure.weighted_figures")
    );
}
