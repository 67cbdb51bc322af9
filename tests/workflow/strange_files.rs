//! What comes back beside good forms: damaged and locked files, other tables, American dates, CPR numbers in rows that are not read.

use std::fs;

use serde_json::{Value, json};

use crate::review_forms::Form;
use crate::small_study::{SmallStudy, cpr};

const FORM: &str = "727-Odder-review.xlsx";

/// What is told of files that must be refused: code, column, rows.
fn refused(study: &SmallStudy, files: &[&str]) -> Vec<(String, Value, Value)> {
    let before = study.stored();
    let ran = study.run(&[&["record"], files, &["--format", "json"]].concat());
    assert_eq!((ran.code, study.stored() == before), (Some(1), true), "{ran:?}");
    let findings = ran.json()["findings"].as_array().unwrap().clone();
    findings
        .iter()
        .map(|one| (one["code"].as_str().unwrap().to_owned(), one["column"].clone(), one["rows"].clone()))
        .collect()
}

fn refused_form(change: impl FnOnce(&mut Form)) -> Vec<(String, Value, Value)> {
    let study = SmallStudy::with_forms();
    let file = study.returned(FORM, change);
    refused(&study, &[&file])
}

fn told(code: &str, column: &str, rows: &[u64]) -> (String, Value, Value) {
    let column = if column.is_empty() { Value::Null } else { json!(column) };
    (code.to_owned(), column, json!(rows))
}

#[test]
fn a_cpr_number_is_told_whatever_else_is_wrong_with_its_row() {
    let number = cpr(7);
    let found = refused_form(|form| {
        form.set(0, "studie_id", "HKM-9999A");
        form.set(1, "studie_id", "");
        form.set(1, "diet", &number);
        form.set(2, "studie_id", &hjertekommidt::draw::StudyId::new(8000).to_string());
        form.rows[3] = form.rows[2].clone();
        [0, 1, 2, 3].into_iter().for_each(|row| form.set(row, "kommentar", &format!("see {number}")));
    });
    let expected = [
        told("not_a_study_id", "studie_id", &[2]),
        told("cpr_in_comment", "kommentar", &[2, 3, 4, 5]),
        told("no_study_id", "studie_id", &[3]),
        told("cpr_in_text", "Diætbehandling [diet]", &[3]),
        told("unknown_study_id", "studie_id", &[4, 5]),
    ];
    assert_eq!(found, expected);
    let twice = refused_form(|form| {
        form.rows[1] = form.rows[0].clone();
        form.set(1, "kommentar", &format!("see {number}"));
    });
    assert_eq!(
        twice.iter().map(|one| one.0.as_str()).collect::<Vec<_>>(),
        ["repeated_study_id", "cpr_in_comment"]
    );
}

#[test]
fn answers_of_a_chart_that_was_not_read_are_one_finding_with_their_columns() {
    let study = SmallStudy::with_forms();
    let file = study.returned(FORM, |form| {
        form.set(0, "journal", "Ikke fundet");
        form.set(0, "smoking", &cpr(7));
    });
    assert_eq!(
        refused(&study, &[&file]),
        [told("answer_without_chart", "journal", &[2]), told("cpr_in_text", "Rygestop [smoking]", &[2])]
    );
    let text = study.refused(&["record", &file], 1);
    let named = "in `Diætbehandling [diet]`, `Depression [depression]`, `Rygestop [smoking]`, but";
    assert!(text.contains(named), "{text}");
    let many = super::items::drawn();
    let mut form = many.form(&many.forms("727-Odder-review").remove(0));
    form.fill_items();
    form.set(0, "journal", "Ikke fundet");
    (4..form.header.len() - 1).for_each(|column| form.rows[0][column] = "15".to_owned());
    form.save(&many.path("returned/many.csv"));
    let text = many.run(&["record", "--language", "da", "returned/many.csv"]).err;
    assert!(text.contains("og 5 andre kolonner, men journalen"), "{text}");
    assert_eq!(text.matches("angivet som ikke læst").count(), 1);
}

#[test]
fn a_title_above_the_headers_of_a_text_is_told_as_what_it_is() {
    let study = SmallStudy::with_forms();
    let form = "Gennemgang Odder;;\n\nstudie_id;journal;dato\nHKM-0417D;Fundet;01-02-2024\n";
    study.write("returned/title.csv", form);
    let told = study.refused(&["record", "--language", "da", "returned/title.csv"], 1);
    assert!(
        told.contains("overskrifterne står i række 3; i en tekstfil skal de stå i første række"),
        "{told}"
    );
    assert!(told.contains("returned/title.csv, række 3") && !told.contains("flere celler"), "{told}");
}

#[test]
fn many_missing_columns_are_told_once() {
    let study = SmallStudy::with_forms();
    let id = study.form(FORM).id(0);
    study.write("returned/few.csv", &format!("studie_id;journal\n{id};Fundet\n"));
    let ran = study.run(&["record", "returned/few.csv", "--format", "json"]);
    assert_eq!(ran.codes(), ["missing_column"]);
    let told = study.refused(&["record", "--language", "da", "returned/few.csv"], 1);
    assert!(told.contains("6 kolonner: `initialer`, `dato`, `Diætbehandling [diet]` og 3 til"), "{told}");
}

#[test]
fn a_wrong_header_hides_nothing_of_the_cells_below_the_others() {
    let lost = |column: &'static str| {
        refused_form(|form| {
            form.set(0, "diet", "perhaps");
            form.set(1, "dato", "2199-01-01");
            form.set(2, "initialer", "");
            form.set(2, "smoking", "");
            form.set(3, "studie_id", "HKM-9999A");
            let place = form.column(column);
            form.header[place] = "x".to_owned();
        })
    };
    let header = told("missing_column", "", &[1]);
    let others = [
        told("not_an_answer", "Diætbehandling [diet]", &[2]),
        told("date_in_future", "dato", &[3]),
        told("incomplete_review", "initialer", &[4]),
        told("not_a_study_id", "studie_id", &[5]),
    ];
    assert_eq!(lost("depression"), [std::slice::from_ref(&header), &others[..]].concat());
    // Without its own column, nothing is said of what would stand in it; answers depend on whether the chart was found.
    assert_eq!(lost("dato"), [std::slice::from_ref(&header), &others[..1], &others[2..]].concat());
    assert_eq!(lost("journal"), [std::slice::from_ref(&header), &others[..]].concat());
    let incomplete = told("incomplete_review", "Rygestop [smoking]", &[4]);
    assert_eq!(lost("initialer"), [&[header], &others[..2], &[incomplete], &others[3..]].concat());
}

#[test]
fn without_the_chart_s_status_an_empty_answer_may_be_right() {
    let found = refused_form(|form| {
        form.without_chart(0, "Ikke fundet");
        let place = form.column("journal");
        form.header[place] = "x".to_owned();
    });
    assert_eq!(found, [told("missing_column", "", &[1])]);
}

#[test]
fn a_lost_reviewer_s_column_makes_no_second_form_of_a_first_one() {
    let study = SmallStudy::with_forms();
    let first = study.returned("751-Aarhus-review.xlsx", |_| {});
    let second = study.returned("751-Aarhus-second.xlsx", |form| {
        let place = form.column("initialer");
        form.header[place] = "x".to_owned();
    });
    assert_eq!(refused(&study, &[&first, &second]), [told("missing_column", "", &[1])]);
}

#[test]
fn what_is_missed_told_twice_or_read_by_one_person_has_a_cell() {
    let study = SmallStudy::with_forms();
    let file = study.returned(FORM, |form| {
        form.set(0, "smoking", "");
        form.set(0, "dato", "");
        form.rows[2] = form.rows[1].clone();
    });
    let expected = [told("incomplete_review", "dato", &[2]), told("repeated_study_id", "studie_id", &[4])];
    assert_eq!(refused(&study, &[&file]), expected);
    let copy = study.returned("615-Horsens-review.xlsx", |_| {});
    fs::copy(study.path(&copy), study.path("returned/copy.csv")).unwrap();
    let rows: Vec<u64> =
        (0..study.form("615-Horsens-review.xlsx").rows() as u64).map(|row| row + 2).collect();
    let twice = refused(&study, &[&copy, "returned/copy.csv"]);
    assert!(twice.iter().all(|(code, column, _)| code == "repeated_study_id" && column == "studie_id"));
    assert_eq!(twice.len(), rows.len());
    let second = study.returned("615-Horsens-second.xlsx", |_| {});
    let same = refused(&study, &[&copy, &second]);
    assert!(same.iter().all(|(code, column, _)| code == "same_reviewer" && column == "initialer_2"));
    assert!(!same.is_empty());
}

#[test]
fn who_waits_is_told_with_what_for_in_the_language_asked_for() {
    let study = SmallStudy::with_forms();
    let file = study.returned(FORM, |form| {
        form.set(0, "smoking", "");
        form.set(1, "smoking", "");
        ["dato", "initialer", "diet", "smoking"].iter().for_each(|column| form.set(2, column, ""));
    });
    let ids: Vec<String> = (0..3).map(|row| study.form(FORM).id(row)).collect();
    let told = study.copy().done(&["record", "--accept-incomplete", "--language", "da", &file]).out;
    let [one, two, three] = [&ids[0], &ids[1], &ids[2]];
    assert!(told.contains(&format!("påbegyndt og venter på `Rygestop [smoking]`: {one}, {two}\n")), "{told}");
    let of_three = format!("på `initialer`, `dato`, `Diætbehandling [diet]` og 1 til: {three}\n");
    assert!(told.contains(&of_three), "{told}");
    let told = study.done(&["record", "--accept-incomplete", &file]).out;
    assert!(
        told.contains(&format!("begun and waiting for `Smoking cessation [smoking]`: {one}, {two}\n")),
        "{told}"
    );
    assert!(
        told.contains(&format!("`reviewer`, `date`, `Diet treatment [diet]` and 1 more: {three}\n")),
        "{told}"
    );
}

#[test]
fn a_table_that_is_no_form_is_told_once() {
    let study = SmallStudy::with_forms();
    assert_eq!(refused(&study, &["register.csv"]), [told("no_review_form", "", &[1])]);
    assert!(study.refused(&["record", "register.csv"], 1).contains("its columns are those of the register"));
    let ran = study.run(&["adjudicate", "register.csv", "--format", "json"]);
    assert_eq!((ran.code, ran.codes()), (Some(1), vec!["other_kind".to_owned()]));
    study.write("returned/other.csv", "navn;svar\nx;y\n");
    assert_eq!(refused(&study, &["returned/other.csv"]), [told("no_review_form", "", &[1])]);
    assert!(
        study.refused(&["record", "returned/other.csv"], 1).contains("no column `studie_id` or `study_id`")
    );
    study.write("returned/other.csv", "study_id;svar\nHKM-0417D;y\n");
    assert_eq!(refused(&study, &["returned/other.csv"]), [told("no_review_form", "", &[1])]);
    assert!(study.refused(&["record", "returned/other.csv"], 1).contains("none of the form's other columns"));
}

#[test]
fn files_that_are_no_workbooks_are_told_by_their_causes() {
    let study = SmallStudy::with_forms();
    let whole = fs::read(study.path(&format!("forms/{FORM}"))).unwrap();
    let ole = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1].as_slice();
    let name: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let files: [(&str, &str, Vec<u8>); 7] = [
        ("empty.xlsx", "file_empty", Vec::new()),
        ("empty.csv", "file_empty", Vec::new()),
        ("broken-off.xlsx", "workbook_damaged", whole[..whole.len() / 2].to_vec()),
        ("zip.xlsx", "workbook_damaged", b"PK\x05\x06".iter().chain(&[0; 18]).copied().collect()),
        ("encrypted.xlsx", "workbook_password", [ole, &[0; 1016], &name].concat()),
        ("old.xlsx", "workbook_old_format", [ole, &[0; 1016]].concat()),
        ("text.xlsx", "workbook_not_a_workbook", study.form(FORM).text().into_bytes()),
    ];
    let mut names = Vec::new();
    for (name, _, bytes) in &files {
        fs::write(study.path(&format!("returned/{name}")), bytes).unwrap();
        names.push(format!("returned/{name}"));
    }
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let codes: Vec<String> = refused(&study, &names).into_iter().map(|one| one.0).collect();
    assert_eq!(codes, files.each_ref().map(|(_, code, _)| *code), "all at once, each with its cause");
    let danish = study.run(&[&["record", "--language", "da"], names.as_slice()].concat()).err;
    assert_eq!(danish.matches("\nhjælp: ").count(), files.len(), "{danish}");
}

#[test]
fn lock_files_among_the_forms_are_passed_over_with_a_word() {
    let study = SmallStudy::with_forms();
    let form = study.returned(FORM, |_| {});
    let strange =
        ["returned/~$727-Odder-review.xlsx", "returned/.~lock.727-Odder-review.xlsx#", "returned/.DS_Store"];
    strange.into_iter().for_each(|name| study.write(name, "\u{4}tester"));
    let json = study.json(&[&["record"], strange.as_slice(), &[&form]].concat());
    let codes: Vec<&Value> = json["findings"].as_array().unwrap().iter().map(|one| &one["code"]).collect();
    assert_eq!(codes[..3], ["lock_file", "lock_file", "folder_file"]);
    assert!(json["findings"].as_array().unwrap()[..3].iter().all(|one| one["severity"] == "note"));
    assert_eq!(json["new"], 4);
    let wrong = study.returned("615-Horsens-review.xlsx", |form| form.set(0, "diet", "perhaps"));
    let codes: Vec<String> = refused(&study, &[strange[0], &wrong]).into_iter().map(|one| one.0).collect();
    assert_eq!(codes, ["not_an_answer", "lock_file"], "said beside an error as well");
    let alone = study.run(&["adjudicate", strange[0], "--format", "json"]);
    assert_eq!((alone.code, alone.codes()), (Some(1), vec!["lock_file".to_owned()]));
}

#[test]
fn american_dates_cast_doubt_on_the_other_dates_of_their_column_and_file() {
    let study = SmallStudy::with_forms();
    let dates = |first: &'static str| {
        move |form: &mut Form| {
            let all = [first, "2025-11-10", "10-10-2025", "10/11/2025"];
            (0..4).zip(all).for_each(|(row, date)| form.set(row, "dato", date));
        }
    };
    let american = study.returned(FORM, dates("11/25/2025"));
    let expected = [told("date_month_first", "dato", &[2]), told("date_ambiguous", "dato", &[5])];
    assert_eq!(refused(&study, &[&american]), expected);
    let other = study.returned("615-Horsens-review.xlsx", |form| {
        (0..form.rows()).for_each(|row| form.set(row, "dato", "10/11/2025"));
    });
    assert_eq!(refused(&study, &[&american, &other]), expected, "another file is another person's");
    let text = study.refused(&["record", &american], 1);
    assert!(text.contains("the column has a date with the month before the day in row 2"), "{text}");
    let danish = study.returned(FORM, dates("25/11/2025"));
    assert_eq!(study.json(&["record", &danish, &other])["new"].as_u64().map(|new| new > 4), Some(true));
}

#[test]
fn american_dates_among_items_and_in_workbooks_are_doubted_as_well() {
    let study = super::items::drawn();
    let mut form = study.form(&study.forms("727-Odder-review").remove(0));
    form.fill_items();
    form.set(0, "end_date", "10/11/2024");
    form.set(1, "end_date", "11/25/2024");
    form.save_workbook(&study.path("returned/book.xlsx"));
    let found = refused(&study, &["returned/book.xlsx"]);
    let end = |code, row| told(code, "Slutdato [end_date]", &[row]);
    let copied = told("no_stamp", "", &[]);
    assert_eq!(found, [end("date_ambiguous", 2), end("date_month_first", 3), copied]);
}

#[test]
fn how_a_text_is_read_as_a_date_is_told_as_it_is() {
    let study = super::items::drawn();
    let mut form = study.form(&study.forms("727-Odder-review").remove(0));
    form.fill_items();
    form.set(0, "end_date", "2024-05-17");
    form.set(1, "end_date", "17-05-2024");
    form.save_workbook(&study.path("returned/book.xlsx"));
    let told = study.done(&["record", "--language", "da", "returned/book.xlsx"]).err;
    let place = |cell: &str| format!("celle {cell}, kolonne `Slutdato");
    let notes: Vec<&str> = told.split("\n\n").collect();
    let note =
        |cell: &str| notes.iter().find(|note| note.contains(&place(cell))).copied().unwrap_or_default();
    assert!(note("K2").contains("med året først"), "{told}");
    assert!(note("K3").contains("med dagen før måneden"), "{told}");
}

#[test]
fn a_form_in_another_language_than_the_study_is_told_of_in_its_own_words() {
    let study = SmallStudy::drawn();
    study.done(&["forms", "--language", "en"]);
    let mut form = study.form(FORM);
    let row =
        [form.id(0).as_str(), "Found", "ABC", "2199-01-01", "perhaps", "Yes", "Yes", ""].map(str::to_owned);
    form.rows = vec![row.to_vec()];
    form.save(&study.path("returned/english.csv"));
    let text = study.refused(&["record", "returned/english.csv"], 1);
    assert!(text.contains("expected one of `Yes`, `No`, `Not relevant`, `Not documented`"), "{text}");
}

#[test]
fn what_is_no_form_hides_nothing_of_the_others() {
    let study = SmallStudy::with_forms();
    let form = study.returned("727-Odder-review.xlsx", |form| form.set(0, "diet", "perhaps"));
    std::fs::create_dir(study.path("returned/old")).unwrap();
    for name in ["scan.pdf", "form", "sheet.ods"] {
        study.write(&format!("returned/{name}"), "%PDF");
    }
    let files = ["returned/scan.pdf", "returned/form", "returned/old", "returned/sheet.ods", &form];
    let ran = study.run(&[&["record", "--format", "json"], &files[..]].concat());
    let expected = [
        "file_ending_unknown",
        "file_ending_unknown",
        "file_is_folder",
        "file_ending_unknown",
        "not_an_answer",
    ];
    assert_eq!((ran.code, ran.codes()), (Some(1), expected.map(str::to_owned).to_vec()), "{}", ran.err);
    let told = study.refused(&[&["record", "--language", "da"], &files[..]].concat(), 1);
    assert!(
        told.contains("`returned/old` er en mappe, ikke en fil") && told.contains("filtypen kan ikke læses"),
        "{told}"
    );
}
