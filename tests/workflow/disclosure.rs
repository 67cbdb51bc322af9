//! What is hidden in the tables of the whole study.

use std::fs;

use serde_json::Value;

use crate::small_study::{PROTOCOL, SmallStudy, courses, csv};

/// A study with these limits, every chart read, all second readings in, and two exclusions by age and seven by diagnosis.
fn study(min_cell: u64, overall: u64) -> SmallStudy {
    let mut rows = courses(220);
    rows.iter_mut().take(9).enumerate().for_each(|(place, row)| match place {
        0..2 => row[1] = "01-01-1940".to_owned(),
        _ => row[3] = "DZ999".to_owned(),
    });
    let limits = format!("min_cell = {min_cell}\nmin_cell_overall = {overall}");
    let protocol = PROTOCOL.replace("min_cell = 3\nmin_cell_overall = 1", &limits);
    let study = SmallStudy::with(&protocol, &csv(&rows));
    study.done(&["draw", "--accept-exclusions"]);
    study.done(&["forms"]);
    study.record_all();
    for name in study.forms("second") {
        let second = study.returned(&name, |form| form.fill("XYZ"));
        study.done(&["record", "--second", &second]);
    }
    study
}

/// What stands in the table with this title.
fn table<'t>(out: &'t str, title: &str) -> &'t str {
    let from = out.find(title).unwrap_or_else(|| panic!("{title}: {out}"));
    out[from..].split("\n\n").next().unwrap()
}

#[test]
fn without_a_limit_for_the_whole_study_all_is_shown() {
    let study = study(3, 1);
    let json = study.json(&["analyse"]);
    assert_eq!(
        (&json["flow"]["age"], &json["flow"]["diagnosis"]),
        (&2.into(), &7.into()),
        "{}",
        json["flow"]
    );
    assert!(json["agreement"].as_array().unwrap().iter().all(|one| one["both_read"].is_u64()));
    assert!(!study.done(&["analyse"]).out.contains('#'));
}

#[test]
fn small_exclusions_are_hidden_and_do_not_follow_from_the_sums() {
    let study = study(3, 3);
    let json = study.json(&["analyse"]);
    let flow = &json["flow"];
    assert_eq!((&flow["age"], &flow["diagnosis"]), (&Value::Null, &Value::Null), "{flow}");
    assert_eq!(
        (&flow["reason"], &flow["rows_read"], &flow["frame"]),
        (&"suppressed".into(), &220.into(), &211.into())
    );
    let out = study.done(&["analyse"]).out;
    let flow = table(&out, "From the register");
    assert_eq!(flow.matches(" #\n").count(), 2, "{flow}");
    assert!(flow.contains("#: hidden, because a count of 1 to 2 is among these"), "{flow}");
}

#[test]
fn small_agreement_is_hidden_whole_in_every_format() {
    let study = study(3, 3);
    let json = study.json(&["analyse"]);
    let agreement = json["agreement"].as_array().unwrap();
    assert!(!agreement.is_empty());
    for one in agreement {
        assert_eq!(one["reason"], "suppressed", "eight courses over sixteen cells: {one}");
        for key in ["both_read", "found_by_one", "yes_no_cells", "all_answers", "yes_no"] {
            assert_eq!(one[key], Value::Null, "{key}");
        }
    }
    for format in ["text", "markdown"] {
        let out = study.done(&["analyse", "--format", format]).out;
        let shown = table(&out.replace("\\#", "#").replace("**\n\n", "\n"), "Agreement of two").to_owned();
        let row = shown.lines().find(|line| line.contains("Diet treatment")).unwrap();
        assert_eq!(row.matches('#').count(), 9, "{format}: {row}");
        assert!(!row.chars().any(|c| c.is_ascii_digit()), "{format}: {row}");
    }
}

#[test]
fn where_all_is_hidden_a_note_says_so_and_no_table_is_empty() {
    let study = study(60, 60);
    let out = study.done(&["analyse"]).out;
    let accuracy = table(&out, "Accuracy of");
    let row = accuracy.lines().find(|line| line.contains("Diet treatment")).unwrap();
    assert_eq!(row.matches('#').count(), 9, "{row}");
    assert!(accuracy.contains("#: hidden, because a count of 1 to 59 is among these"), "{accuracy}");
    for title in ["How far the published", "Charts that were read, and", "Charts found against"] {
        assert!(!out.contains(title), "{title}");
    }
    assert!(table(&out, "From the register").contains("found and read"));
    let tables = fs::read_to_string(study.path("results/tables.tex")).unwrap();
    assert!(!tables.contains("\\midrule\n  \\bottomrule"), "{tables}");
}

/// Counts beside a table that is shown: one course whose chart was not found is nobody's business either.
#[test]
fn small_counts_of_charts_are_hidden_beside_a_table_that_is_shown() {
    let study = study(2, 2);
    // A chart that is read once: with a second reading it would be a disagreement.
    let twice: Vec<String> =
        study.form("751-Aarhus-second.xlsx").rows.iter().map(|row| row[0].clone()).collect();
    let file = study.returned("751-Aarhus-review.xlsx", |form| {
        let once = (0..form.rows()).find(|row| !twice.contains(&form.id(*row))).unwrap();
        form.without_chart(once, "Ikke fundet");
    });
    study.done(&["record", &file]);
    let json = study.json(&["analyse"]);
    let shown: Vec<&Value> = json["indicators"]
        .as_array()
        .unwrap()
        .iter()
        .filter_map(|one| Some(&one["groups"][0]).filter(|group| group["tp"].is_u64()))
        .collect();
    assert!(!shown.is_empty());
    for group in shown {
        let counts = &group["counts"];
        assert_eq!(
            (&counts["not_found"], &counts["reason"]),
            (&Value::Null, &"suppressed".into()),
            "{counts}"
        );
        for row in group["found"].as_array().unwrap() {
            assert_eq!((&row["not_found"], &row["reason"]), (&Value::Null, &"suppressed".into()), "{row}");
        }
    }
}
