//! `hkm export`

use std::fs;

use crate::small_study::{SmallStudy, courses};

const FILES: [&str; 8] = [
    "README.md",
    "confidential-courses.csv",
    "confidential-courses.dta",
    "confidential-strata.csv",
    "confidential-strata.dta",
    "manifest.json",
    "repeat.R",
    "repeat.do",
];

/// Every cell of the courses, by row; the header is the first.
fn rows(study: &SmallStudy) -> Vec<Vec<String>> {
    let text = fs::read_to_string(study.path("export/confidential-courses.csv")).unwrap();
    text.lines().map(|line| line.split(',').map(str::to_owned).collect()).collect()
}

fn column(rows: &[Vec<String>], name: &str) -> Vec<String> {
    let place = rows[0].iter().position(|header| header == name).unwrap();
    rows[1..].iter().map(|row| row[place].clone()).collect()
}

#[test]
fn the_same_study_gives_the_same_files_and_one_look() {
    let study = SmallStudy::reviewed();
    let json = study.json(&["export"]);
    assert_eq!((json["courses"].as_u64(), json["status"].as_str()), (Some(60), Some("interim")));
    assert_eq!(study.files("export"), FILES);
    let first = study.bytes("export");
    let stored = study.stored();
    study.done(&["export"]);
    assert!(study.bytes("export") == first, "another process writes the same bytes");
    assert!(study.stored() == stored, "the same state of the data is one look");
    let log = study.done(&["status", "--log"]).out;
    assert_eq!(log.matches("export").count(), 1, "{log}");
    // The analysis of the same state is no further look; verify knows both.
    assert_eq!(study.json(&["analyse"])["looks"], 1);
    study.done(&["verify"]);
}

/// A study that was exported when one form was in, and is reviewed since.
pub(super) fn exported_midway() -> SmallStudy {
    let study = SmallStudy::with_forms();
    let name = study.forms("review").into_iter().next().unwrap();
    let file = study.returned(&name, |_| {});
    study.done(&["record", &file]);
    study.done(&["export"]);
    study.record_all();
    study
}

#[test]
fn an_export_before_completion_counts_as_a_look() {
    let study = exported_midway();
    assert_eq!(study.json(&["analyse"])["looks"], 2);
}

#[test]
fn there_is_nothing_to_export_before_any_review() {
    let study = SmallStudy::drawn();
    let stored = study.stored();
    insta::assert_snapshot!(study.refused(&["export"], 2), @"
    error: no review is recorded yet, so there is nothing to export

    help: record the returned forms with `hkm record` first
    ");
    assert!(!study.path("export").exists());
    assert!(study.stored() == stored, "nothing was looked at");
}

#[test]
fn a_file_that_somebody_edited_is_kept() {
    let study = SmallStudy::reviewed();
    study.done(&["export"]);
    study.write("export/repeat.R", "mine");
    insta::assert_snapshot!(study.refused(&["export"], 1), @"
    error: `repeat.R` was edited, or is not of `hkm export`
      --> export/repeat.R
      = why: it would be lost

    help: save a copy elsewhere first, then write it anew with `hkm export --replace`
    ");
    assert_eq!(fs::read_to_string(study.path("export/repeat.R")).unwrap(), "mine");
    study.done(&["export", "--replace"]);
    assert_ne!(fs::read_to_string(study.path("export/repeat.R")).unwrap(), "mine");
}

#[cfg(unix)]
#[test]
fn the_export_is_its_owners_alone() {
    use std::os::unix::fs::PermissionsExt;
    let study = SmallStudy::reviewed();
    study.done(&["export"]);
    let mode = |name: &str| fs::metadata(study.path(name)).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode("export"), 0o700);
    FILES.iter().for_each(|name| assert_eq!(mode(&format!("export/{name}")), 0o600, "{name}"));
}

#[test]
fn nobody_is_named_and_no_day_is_told() {
    let study = SmallStudy::with_forms();
    let comment = "moved to Skive";
    let files: Vec<String> = study
        .forms("review")
        .into_iter()
        .map(|name| {
            study.returned(&name, |form| {
                form.fill("QXZ");
                form.set(0, "kommentar", comment);
            })
        })
        .collect();
    study.done(&[&["record"], files.iter().map(String::as_str).collect::<Vec<_>>().as_slice()].concat());
    study.done(&["export"]);
    let holds = |bytes: &[u8], text: &str| bytes.windows(text.len()).any(|window| window == text.as_bytes());
    for (name, bytes) in study.bytes("export") {
        for course in courses(200) {
            let (cpr, day) = (&course[0], &course[1]);
            let iso = format!("{}-{}-{}", &day[6..], &day[3..5], &day[..2]);
            let hyphen = format!("{}-{}", &cpr[..6], &cpr[6..]);
            let key = format!("{cpr}|{iso}|{}", course[2]);
            for hidden in [cpr, day, &hyphen, &iso, &key] {
                assert!(!holds(&bytes, hidden), "{name} holds {hidden}");
            }
        }
        for hidden in ["QXZ", comment, "2024-01-15"] {
            assert!(!holds(&bytes, hidden), "{name} holds {hidden}");
        }
    }
    // What is in the courses of the register at least once, so that the search above could have found it.
    let register = fs::read(study.path("register.csv")).unwrap();
    assert!(holds(&register, &courses(200)[0][0]) && holds(&register, &courses(200)[0][1]));
}

#[test]
fn replacements_are_exported_and_unused_reserves_are_not() {
    let study = SmallStudy::with_forms();
    let files: Vec<String> = study
        .forms("review")
        .into_iter()
        .map(|name| {
            study.returned(&name, |form| {
                if name.contains("Aarhus") {
                    form.without_chart(0, "Ikke fundet");
                }
            })
        })
        .collect();
    study.done(&[&["record"], files.iter().map(String::as_str).collect::<Vec<_>>().as_slice()].concat());
    study.done(&["replace", "--all"]);
    study.done(&["export"]);
    let rows = rows(&study);
    assert_eq!(rows.len(), 1 + 61);
    let charts = column(&rows, "chart");
    let count = |word: &str| charts.iter().filter(|chart| *chart == word).count();
    assert_eq!([count("found"), count("not_found"), count("not_reviewed")], [59, 1, 1]);
    let weights = column(&rows, "weight");
    for (chart, weight) in charts.iter().zip(&weights) {
        assert_eq!(weight.is_empty(), chart != "found", "{chart} {weight}");
    }
    // N_h / n_h over the courses that were read adds up to the frame.
    let sum: f64 = weights.iter().filter_map(|weight| weight.parse::<f64>().ok()).sum();
    assert!((sum - 200.0).abs() < 1e-9, "{sum}");
    let ids = column(&rows, "study_id");
    assert!(ids.is_sorted() && ids.iter().all(|id| id.starts_with("HKM-")));
}

/// Every reason of the register's values and of the answers keeps its own word.
#[test]
fn what_is_missing_says_why() {
    let study = SmallStudy::reviewed();
    study.done(&["export"]);
    let rows = rows(&study);
    let words =
        |name: &str| -> std::collections::BTreeSet<String> { column(&rows, name).into_iter().collect() };
    let set = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect();
    assert_eq!(words("diet_register"), set(&["no", "not_relevant", "register_missing", "yes"]));
    assert_eq!(words("diet_reference"), set(&["no", "not_documented", "not_relevant", "yes"]));
    assert_eq!(words("diet_second"), set(&["no_second_reading", "not_reviewed"]));
    assert_eq!(words("diet_how"), set(&["single"]));
    let cells = [
        "fn",
        "fp",
        "not_documented",
        "not_relevant",
        "register_missing",
        "register_not_relevant",
        "tn",
        "tp",
    ];
    assert_eq!(words("diet_cell"), set(&cells));
    assert!(
        !rows[0].iter().any(|name| name.starts_with("participation")),
        "it is not assessable and has no column"
    );
    let readme = fs::read_to_string(study.path("export/README.md")).unwrap();
    // As accuracy.csv has it where nothing is in the denominator.
    let script = fs::read_to_string(study.path("export/repeat.R")).unwrap();
    assert!(script.contains("if (d == 0) return(answer(df = 0))"), "{script}");
    assert!(readme.contains("pandas.read_stata(file, convert_categoricals=False)"), "{readme}");
    assert!(readme.starts_with("# CONFIDENTIAL"), "{readme}");
    for name in &rows[0] {
        assert!(readme.contains(&format!("| `{name}` |")), "{name} is not in the dictionary");
    }
    assert!(readme.contains("`participation`: Everybody in the frame takes part."), "{readme}");
    assert!(readme.contains("`depression`: *not documented* in the record counts as *no*."), "{readme}");
}
