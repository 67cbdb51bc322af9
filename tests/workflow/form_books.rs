//! The workbooks that go out: what is in them, what is not, and that nothing of it depends on the day.

use std::collections::BTreeMap;
use std::fs;

use crate::review_forms::{Form, parts};
use crate::small_study::{Course, PROTOCOL, SmallStudy, courses, csv};

/// How the register of this study writes its values: in words that stand nowhere else.
const VALUES: [(&str, &str); 4] = [("1", "regyes"), ("0", "regno"), ("8", "regnotrel"), ("9", "regmiss")];
/// The columns of the indicators, and what they are called here.
const INDICATORS: [&str; 3] = ["diaet", "depression", "rygestop"];

/// A study whose register writes its values in words that can be searched for, with forms out and one disagreement.
fn with_tell_tale_values() -> (SmallStudy, Vec<Course>) {
    let header: Vec<String> = csv(&[]).trim_end().split(';').map(str::to_owned).collect();
    let is_indicator = |place: usize| INDICATORS.contains(&header[place].as_str());
    let mut rows = courses(200);
    for row in &mut rows {
        for (place, cell) in row.iter_mut().enumerate().filter(|(place, _)| is_indicator(*place)) {
            if let Some((_, word)) = VALUES.iter().find(|(code, _)| code == cell) {
                *cell = format!("{word}{place}");
            }
        }
    }
    let mut protocol = PROTOCOL.to_owned();
    for (code, word) in VALUES {
        let words: Vec<String> = (0..header.len())
            .filter(|place| is_indicator(*place))
            .map(|place| format!("\"{word}{place}\""))
            .collect();
        protocol = protocol.replace(&format!("[\"{code}\""), &format!("[{}", words.join(", ")));
    }
    let mut register = csv(&rows);
    for name in INDICATORS {
        register = register.replacen(name, &format!("regcol_{name}"), 1);
        protocol = protocol.replace(&format!("column = \"{name}\""), &format!("column = \"regcol_{name}\""));
    }
    let study = SmallStudy::with(&protocol, &register);
    study.done(&["draw"]);
    study.done(&["forms"]);
    let (study, _) = disagreeing(study);
    (study, rows)
}

#[test]
fn no_part_of_a_review_workbook_holds_a_register_value_or_a_cpr_number() {
    let (study, rows) = with_tell_tale_values();
    let mut told: Vec<String> = VALUES.iter().map(|(_, word)| (*word).to_owned()).collect();
    told.push("regcol_".to_owned());
    for row in &rows {
        let (cpr, day) = (&row[0], &row[1]);
        told.extend([cpr.clone(), format!("{}-{}", &cpr[..6], &cpr[6..]), day.clone()]);
    }
    let books = ["review", "second", "adjudication"].map(|kind| study.forms(kind)).concat();
    assert_eq!(books.len(), 9);
    for name in books {
        let parts = parts(&study.path(&format!("forms/{name}")));
        assert!(parts.iter().any(|(part, _)| part == "xl/worksheets/sheet2.xml"), "{name}: {parts:?}");
        for (part, text) in &parts {
            let found = told.iter().find(|value| text.contains(value.as_str()));
            assert_eq!(found, None, "{part} of {name}");
        }
        // Neither a number nor a day stands in a cell, only texts: study ids, headers, and answers of reviewers.
        for (part, text) in parts.iter().filter(|(part, _)| part.starts_with("xl/worksheets/sheet")) {
            let cells = text.split("<c ").skip(1).filter(|cell| cell.contains("<v>"));
            assert!(cells.into_iter().all(|cell| cell.contains("t=\"s\"")), "{part} of {name}");
        }
    }
}

#[test]
fn the_search_would_find_what_a_look_up_list_holds() {
    let (study, rows) = with_tell_tale_values();
    let parts = parts(&study.path("forms/751-Aarhus-lookup.xlsx"));
    let all: String = parts.into_iter().map(|(_, text)| text).collect();
    let shown = |row: &Course| format!("{}-{}", &row[0][..6], &row[0][6..]);
    assert!(rows.iter().any(|row| all.contains(&shown(row))));
    assert!(all.contains("FORTROLIGT"));
}

#[test]
fn all_forms_that_were_lost_are_written_again_with_the_same_bytes() {
    let study = SmallStudy::with_forms();
    let bytes = || -> BTreeMap<String, Vec<u8>> {
        let names = study.files("forms").into_iter();
        names.map(|name| (name.clone(), fs::read(study.path(&format!("forms/{name}"))).unwrap())).collect()
    };
    let before = bytes();
    assert_eq!(before.len(), 12);
    fs::remove_dir_all(study.path("forms")).unwrap();
    study.done(&["forms", "--again"]);
    assert!(bytes() == before);
}

#[test]
fn the_order_of_a_form_is_random_and_each_reading_has_its_own() {
    let study = SmallStudy::large();
    study.done(&["draw"]);
    study.done(&["forms"]);
    let ids = |kind: &str| -> Vec<String> {
        let form = study.form(&format!("751-Aarhus-{kind}.xlsx"));
        form.rows.iter().map(|row| row[0].clone()).collect()
    };
    let (first, second, list) = (ids("review"), ids("second"), ids("lookup"));
    assert_eq!(first, list);
    let descents = |ids: &[String]| ids.windows(2).filter(|pair| pair[0] > pair[1]).count();
    // In a random order about half of the neighbours descend.
    assert!(descents(&first) * 3 > first.len(), "{} of {}", descents(&first), first.len());
    let of_both: Vec<&String> = first.iter().filter(|id| second.contains(id)).collect();
    assert_ne!(of_both, second.iter().collect::<Vec<_>>());
}

#[test]
fn a_form_takes_answers_in_its_cells_and_nothing_elsewhere() {
    let study = SmallStudy::with_forms();
    let parts: BTreeMap<String, String> =
        parts(&study.path("forms/727-Odder-review.xlsx")).into_iter().collect();
    let entry = &parts["xl/worksheets/sheet2.xml"];
    // Status, initials, date, three indicators and a comment.
    assert_eq!(entry.matches("<dataValidation ").count(), 7);
    assert_eq!(entry.matches("\"Ja,Nej,Ikke relevant,Ikke dokumenteret\"").count(), 3);
    assert!(entry.contains("<sheetProtection sheet=\"1\"") && !entry.contains("password"));
    assert!(!entry.contains("sort=\"0\""), "answers alone would be sorted, away from their study ids");
    assert!(entry.contains("autoFilter=\"0\""), "filtering is allowed");
    assert!(entry.contains("<pane xSplit=\"1\" ySplit=\"1\""), "{entry}");
    assert!(entry.contains("<autoFilter ref=\"A1:H5\""));
    let book = &parts["xl/workbook.xml"];
    assert!(book.contains("name=\"_hkm\" sheetId=\"4\" state=\"veryHidden\""), "{book}");
    assert!(book.contains("_xlnm.Print_Titles"));
    assert!(entry.contains("orientation=\"landscape\"") && entry.contains("paperSize=\"9\""));
    assert!(parts["docProps/core.xml"].contains("2000-01-01T00:00:00Z"));
}

#[test]
fn text_forms_go_out_where_they_are_asked_for_with_a_guide_beside_them() {
    let study = SmallStudy::drawn();
    study.done(&["forms", "--csv"]);
    assert_eq!(study.forms("review")[0], "615-Horsens-review.csv");
    assert!(study.path("forms/vejledning.txt").is_file());
    let before = study.files("forms");
    assert_eq!(
        study.json(&["forms"])["written"],
        serde_json::json!([]),
        "the courses stand on the text forms"
    );
    assert_eq!(study.files("forms"), before);
    let file = study.returned("727-Odder-review.csv", |form| form.without_chart(1, "Ikke fundet"));
    study.done(&["record", &file]);
    study.done(&["replace", "--all"]);
    let written = study.json(&["forms"])["written"].clone();
    assert_eq!(
        written[0]["file"], "727-Odder-lookup-2.xlsx",
        "no two forms of a name, whatever their endings"
    );
    assert_eq!(study.form("727-Odder-review-2.xlsx").rows(), 1);
}

#[test]
fn workbooks_have_no_guide_beside_them() {
    let study = SmallStudy::with_forms();
    assert!(study.files("forms").iter().all(|name| name.ends_with(".xlsx")));
}

/// A study with one disagreement, and its form.
fn disagreeing(study: SmallStudy) -> (SmallStudy, Form) {
    study.record_all();
    let second = study.returned("727-Odder-second.xlsx", |form| {
        form.fill("XYZ");
        let other = if form.rows[0][form.column("diet")] == "Ja" { "Nej" } else { "Ja" };
        form.set(0, "diet", other);
    });
    study.done(&["record", &second]);
    study.done(&["adjudicate"]);
    let form = study.form("adjudication.xlsx");
    (study, form)
}

#[test]
fn settled_answers_come_back_in_a_workbook_and_findings_name_its_cells() {
    let (study, mut form) = disagreeing(SmallStudy::with_forms());
    form.save_workbook(&study.path("returned/copied.xlsx"));
    let told = study.done(&["adjudicate", "returned/copied.xlsx"]).err;
    assert!(told.contains("its hidden sheet `_hkm` is missing"), "{told}");
    for (column, text) in [("afgoerelse", "Måske"), ("afgjort_af", "PQR"), ("dato", "01-02-2024")] {
        form.set(0, column, text);
    }
    form.save_workbook(&study.path("returned/renamed.xlsx"));
    let told = study.refused(&["adjudicate", "returned/renamed.xlsx"], 1);
    assert!(told.contains("F2"), "{told}");
    form.set(0, "afgoerelse", "Ja");
    form.save_workbook(&study.path("returned/renamed.xlsx"));
    let ran = study.done(&["adjudicate", "returned/renamed.xlsx"]);
    assert!(ran.out.starts_with("1 disagreement settled"), "{}", ran.out);
    assert!(ran.err.contains("a date is stored as text"), "{}", ran.err);
    study.done(&["verify"]);
}

#[test]
fn a_workbook_of_another_study_or_another_kind_settles_nothing() {
    let other = SmallStudy::with(&PROTOCOL.replace("11 17 20", "12 17 20"), &csv(&courses(200)));
    other.done(&["draw"]);
    other.done(&["forms"]);
    let (other, _) = disagreeing(other);
    let (study, _) = disagreeing(SmallStudy::with_forms());
    let before = study.stored();
    fs::copy(other.path("forms/adjudication.xlsx"), study.path("returned/other.xlsx")).unwrap();
    let refused = |file: &str| {
        let ran = study.run(&["adjudicate", file, "--format", "json"]);
        assert_eq!(ran.code, Some(1));
        ran.codes()
    };
    assert_eq!(refused("returned/other.xlsx"), ["other_study"]);
    assert_eq!(refused("forms/727-Odder-review.xlsx"), ["other_kind"]);
    assert_eq!(study.stored(), before);
}

#[test]
fn an_english_workbook_speaks_english_throughout() {
    let study = SmallStudy::drawn();
    study.done(&["forms", "--language", "en"]);
    let parts = parts(&study.path("forms/727-Odder-review.xlsx"));
    let all: String = parts.into_iter().map(|(_, text)| text).collect();
    for word in ["Instructions", "Definitions", "Yes,No,Not relevant,Not documented", "Page &amp;P of &amp;N"]
    {
        assert!(all.contains(word), "{word}");
    }
    for word in ["Vejledning", "Ikke relevant", "Definitioner", "Skema", "fundet", "Side "] {
        assert!(!all.contains(word), "{word}");
    }
}
