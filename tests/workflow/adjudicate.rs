//! `hkm adjudicate`: out with both answers, in with the settled one.

use crate::review_forms::Form;
use crate::small_study::SmallStudy;

/// A study with two readings of one course that differ in two answers, and its form.
pub(super) fn disagreeing() -> (SmallStudy, Form) {
    let study = SmallStudy::with_forms();
    study.record_all();
    let second = study.returned("727-Odder-second.xlsx", |form| {
        form.fill("XYZ");
        for id in ["diet", "smoking"] {
            let column = form.column(id);
            let other = if form.rows[0][column] == "Ja" { "Nej" } else { "Ja" };
            form.set(0, id, other);
        }
    });
    study.done(&["record", "--second", &second]);
    study.done(&["adjudicate"]);
    let form = study.form("adjudication.xlsx");
    (study, form)
}

pub(super) fn settle(form: &mut Form, row: usize, answer: &str) {
    form.set(row, "afgoerelse", answer);
    form.set(row, "afgjort_af", "PQR");
    form.set(row, "dato", "01-02-2024");
}

pub(super) fn returned(study: &SmallStudy, form: &Form) -> [u64; 2] {
    form.save(&study.path("returned/adjudication.csv"));
    let json = study.json(&["adjudicate", "returned/adjudication.csv"]);
    let changed = json["changed"].as_array().unwrap().len() as u64;
    [json["settled"].as_u64().unwrap() + changed, json["unsettled"].as_u64().unwrap()]
}

#[test]
fn the_form_holds_both_answers_and_no_register_value() {
    let (_, form) = disagreeing();
    assert_eq!(form.rows.len(), 2);
    assert_eq!(
        form.header,
        [
            "studie_id",
            "municipality",
            "emne",
            "foerste_laesning",
            "anden_laesning",
            "afgoerelse",
            "afgjort_af",
            "dato"
        ]
    );
    let subjects = ["Diætbehandling [diet]", "Rygestop [smoking]"];
    for (row, subject) in form.rows.iter().zip(subjects) {
        assert_eq!(row[1..3], ["727 Odder", subject]);
        assert!(row[3] != row[4] && !row[3].is_empty() && row[5..].iter().all(String::is_empty));
    }
}

#[test]
fn settled_answers_come_in_once_and_may_be_corrected() {
    let (study, mut form) = disagreeing();
    settle(&mut form, 0, "Ja");
    assert_eq!(returned(&study, &form), [1, 1]);
    let before = study.stored();
    assert_eq!(returned(&study, &form), [0, 1]);
    assert_eq!(study.stored(), before);
    settle(&mut form, 1, "Ikke dokumenteret");
    assert_eq!(returned(&study, &form), [1, 0]);
    settle(&mut form, 0, "Nej");
    assert_eq!(returned(&study, &form), [1, 0]);
    study.done(&["verify"]);
}

#[test]
fn an_answer_may_be_settled_back() {
    let (study, mut form) = disagreeing();
    for (answer, date) in [("Ja", "01-02-2024"), ("Nej", "02-02-2024"), ("Ja", "03-02-2024")] {
        settle(&mut form, 0, answer);
        form.set(0, "dato", date);
        assert_eq!(returned(&study, &form), [1, 1], "{answer}");
    }
}

#[test]
fn every_fault_is_told_and_nothing_is_stored() {
    let (study, mut form) = disagreeing();
    let before = study.stored();
    form.set(0, "afgoerelse", "perhaps");
    form.set(0, "dato", "2199-01-01");
    settle(&mut form, 1, "Ja");
    form.set(1, "emne", "depression");
    form.save(&study.path("returned/adjudication.csv"));
    let ran = study.run(&["adjudicate", "returned/adjudication.csv", "--format", "json"]);
    assert_eq!(ran.code, Some(1));
    assert_eq!(ran.codes(), ["not_an_answer", "date_in_future", "no_adjudicator", "no_disagreement"]);
    assert_eq!(study.stored(), before);
}

#[test]
fn a_wrong_id_and_a_wrong_subject_are_told_at_their_own_cells() {
    let (study, mut form) = disagreeing();
    let row = {
        settle(&mut form, 0, "Ja");
        form.rows[0].clone()
    };
    let agreed = study.form("751-Aarhus-review.xlsx").id(0);
    let stranger = hjertekommidt::draw::StudyId::new(8000).to_string();
    let rows = [
        ("", row[2].as_str()),
        ("HKM-9999A", &row[2]),
        (&stranger, &row[2]),
        (&agreed, &row[2]),
        (&row[0], "weather"),
        (&row[0], ""),
        (&row[0], "Depression [depression]"),
        ("", "weather"),
    ];
    form.rows = rows
        .iter()
        .map(|(id, subject)| {
            let mut row = row.clone();
            (row[0], row[2]) = ((*id).to_owned(), (*subject).to_owned());
            row
        })
        .collect();
    form.save(&study.path("returned/adjudication.csv"));
    let ran = study.run(&["adjudicate", "returned/adjudication.csv", "--format", "json"]);
    let found: Vec<String> = ran.json()["findings"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| format!("{} {} {}", one["code"], one["column"], one["rows"]).replace('"', ""))
        .collect();
    let expected = [
        "no_study_id studie_id [2,9]",
        "not_a_study_id studie_id [3]",
        "unknown_study_id studie_id [4]",
        "no_disagreement studie_id [5]",
        "unknown_subject emne [6,9]",
        "unknown_subject emne [7]",
        "no_disagreement emne [8]",
    ];
    assert_eq!(found, expected);
    let told = study.refused(&["adjudicate", "--language", "da", "returned/adjudication.csv"], 1);
    let subjects =
        "`Journal [chart]`, `Diætbehandling [diet]`, `Depression [depression]`, `Rygestop [smoking]`";
    assert!(told.contains(&format!("`weather` er ikke et af emnerne: {subjects}")), "{told}");
    assert!(told.contains("men intet emne") && told.contains("de to læsninger er enige"), "{told}");
}

#[test]
fn the_same_disagreement_twice_in_a_file_is_refused() {
    let (study, mut form) = disagreeing();
    settle(&mut form, 0, "Ja");
    let mut again = form.rows[0].clone();
    again[5] = "Nej".to_owned();
    form.rows.push(again);
    form.save(&study.path("returned/adjudication.csv"));
    let before = study.stored();
    study.refused(&["adjudicate", "returned/adjudication.csv"], 1);
    assert_eq!(study.stored(), before);
}

#[test]
fn a_cpr_number_is_no_adjudicator() {
    let (study, mut form) = disagreeing();
    let number = crate::small_study::cpr(3);
    settle(&mut form, 0, "Ja");
    form.set(0, "afgjort_af", &number);
    form.save(&study.path("returned/adjudication.csv"));
    let told = study.refused(&["adjudicate", "returned/adjudication.csv"], 1);
    assert!(!told.contains(&number[6..]), "{told}");
}

#[test]
fn a_new_form_goes_out_beside_the_old_one() {
    let (study, _) = disagreeing();
    let ran = study.done(&["adjudicate"]);
    assert_eq!(study.forms("adjudication"), ["adjudication-2.xlsx", "adjudication.xlsx"]);
    assert!(ran.out.contains("Out since before: adjudication.xlsx."), "{}", ran.out);
}

#[test]
fn no_disagreement_writes_no_form() {
    let study = SmallStudy::reviewed();
    assert!(study.done(&["adjudicate"]).out.contains("No disagreement"));
    assert!(study.forms("adjudication").is_empty());
}

#[test]
fn a_settled_answer_holds_while_both_readings_say_the_same() {
    let (study, mut form) = disagreeing();
    settle(&mut form, 0, "Ja");
    settle(&mut form, 1, "Ja");
    assert_eq!(returned(&study, &form), [2, 0]);
    let second = study.returned("727-Odder-second.xlsx", |form| {
        form.fill("XYZ");
        form.set(0, "diet", "Ikke dokumenteret");
    });
    study.done(&["record", "--second", &second]);
    let subjects: Vec<String> = study.json(&["status"])["unsettled"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["subject"].as_str().unwrap().to_owned())
        .collect();
    assert!(subjects.contains(&"diet".to_owned()), "{subjects:?}");
}

#[test]
fn a_reader_who_settles_the_own_disagreement_is_told_of() {
    let (study, mut form) = disagreeing();
    let paper = || {
        study.done(&["analyse"]);
        std::fs::read_to_string(study.path("results/text.md")).unwrap()
    };
    settle(&mut form, 0, "Ja");
    assert_eq!(returned(&study, &form), [1, 1]);
    assert!(paper().contains("Disagreements were adjudicated, and the settled answer"));
    form.set(0, "afgjort_af", "xyz");
    form.set(0, "dato", "01-03-2024");
    form.save(&study.path("returned/adjudication.csv"));
    let ran = study.done(&["adjudicate", "returned/adjudication.csv"]);
    assert!(ran.err.starts_with("warning: one of the two readers settled"), "{}", ran.err);
    let paper = paper();
    assert!(paper.contains("adjudicated, some of them by one of the two readers, and"), "{paper}");
    assert!(
        paper.contains("Uenighed blev i nogle tilfælde afklaret af en af de to læsere selv, og"),
        "{paper}"
    );
}

#[test]
fn a_subject_is_told_by_its_id_alone_too() {
    let (study, mut form) = disagreeing();
    settle(&mut form, 0, "Ja");
    form.set(0, "emne", "diet");
    assert_eq!(returned(&study, &form), [1, 1]);
}

#[test]
fn another_answer_is_told_and_an_old_file_takes_nothing_back() {
    let (study, mut form) = disagreeing();
    settle(&mut form, 0, "Ja");
    assert_eq!(returned(&study, &form), [1, 1]);
    std::fs::copy(study.path("returned/adjudication.csv"), study.path("returned/old.csv")).unwrap();
    form.set(0, "afgoerelse", "Nej");
    form.save(&study.path("returned/adjudication.csv"));
    let ran = study.done(&["adjudicate", "returned/adjudication.csv"]);
    assert!(ran.out.starts_with("0 disagreements settled, 1 changed, 1 unsettled"), "{}", ran.out);
    assert!(ran.out.contains("Ja ") && ran.out.contains(" Nej"), "{}", ran.out);
    let before = study.stored();
    let ran = study.done(&["adjudicate", "returned/old.csv"]);
    assert!(
        ran.err.starts_with("warning: the file was read before, and was settled otherwise"),
        "{}",
        ran.err
    );
    assert_eq!(study.stored(), before);
}

#[test]
fn an_old_form_settles_no_disagreement_that_it_does_not_show() {
    let (study, mut form) = disagreeing();
    settle(&mut form, 0, "Ja");
    assert_eq!(returned(&study, &form), [1, 1]);
    let second = study.returned("727-Odder-second.xlsx", |second| {
        second.fill("XYZ");
        for (row, id) in [(0, "diet"), (1, "smoking")] {
            second.set(0, id, &form.rows[row][4]);
        }
        second.set(0, "diet", "Ikke relevant");
    });
    study.done(&["record", "--second", &second]);
    assert_eq!(study.json(&["status"])["unsettled"].as_array().unwrap().len(), 2, "it is open again");
    let before = study.stored();
    let ran = study.run(&["adjudicate", "returned/adjudication.csv", "--format", "json"]);
    assert_eq!((ran.code, ran.codes()), (Some(1), vec!["other_answers_shown".to_owned()]));
    let told = study.refused(&["adjudicate", "--language", "da", "returned/adjudication.csv"], 1);
    let expected = format!("fejl: skemaet viser `{}`, men der er gemt `Ikke relevant`", form.rows[0][4]);
    assert!(told.starts_with(&expected) && told.contains("række 2, kolonne `anden_laesning`"), "{told}");
    assert_eq!(study.stored(), before);
    study.done(&["adjudicate"]);
    let mut form = study.form("adjudication-2.xlsx");
    settle(&mut form, 0, "Ja");
    assert_eq!(returned(&study, &form), [1, 1], "the new form shows them");
}

#[test]
fn an_answer_of_a_reading_cannot_be_changed_or_emptied_on_the_form() {
    let (study, mut form) = disagreeing();
    settle(&mut form, 0, "Ja");
    settle(&mut form, 1, "Ja");
    let (diet, smoking) = (form.rows[0][3].clone(), form.rows[1][4].clone());
    form.rows[0][3] = "Ikke dokumenteret".to_owned();
    form.rows[1][4] = String::new();
    form.save(&study.path("returned/adjudication.csv"));
    let ran = study.run(&["adjudicate", "returned/adjudication.csv", "--format", "json"]);
    assert_eq!(ran.codes(), ["other_answers_shown"; 2]);
    let english = |word: &str| {
        if word == "Ja" {
            "YES"
        } else if word == "Nej" {
            "no"
        } else {
            "not documented"
        }
    };
    form.rows[0][3] = english(&diet).to_owned();
    form.rows[1][4] = smoking;
    assert_eq!(returned(&study, &form), [2, 0], "the words of the other language say the same");
}

#[test]
fn the_log_says_what_was_settled_before() {
    let (study, mut form) = disagreeing();
    settle(&mut form, 0, "Ja");
    assert_eq!(returned(&study, &form), [1, 1]);
    settle(&mut form, 0, "Nej");
    settle(&mut form, 1, "Ja");
    form.save(&study.path("returned/adjudication.csv"));
    let ran = study.done(&["adjudicate", "returned/adjudication.csv"]);
    assert!(
        ran.out.contains("Settled otherwise than before") && !ran.out.contains("new entries"),
        "{}",
        ran.out
    );
    let log = study.json(&["status", "--log"]);
    let corrections = log["corrections"].as_array().unwrap();
    let shown = |one: &serde_json::Value| {
        format!("{} → {}", one["before"].as_str().unwrap(), one["after"].as_str().unwrap())
    };
    let diet: Vec<String> = corrections
        .iter()
        .filter(|one| one["reading"] == "settled" && one["cell"] == "diet")
        .map(shown)
        .collect();
    let (first, again) = (diet[0].trim_end_matches(" → yes"), &diet[1]);
    assert_eq!(*again, format!("{first}, settled yes → no"));
    let last = &log["log"].as_array().unwrap().last().unwrap()["detail"];
    assert_eq!((&last["settled"], &last["changed"]), (&1.into(), &1.into()));
    let told = study.done(&["status", "--log"]).out;
    assert!(told.contains("1 disagreement settled, 1 settled again in adjudication.csv"), "{told}");
    let told = study.done(&["status", "--log", "--language", "da"]).out;
    assert!(told.contains("1 uenighed afgjort, 1 afgjort igen i adjudication.csv"), "{told}");
    let diet = told.lines().find(|line| line.contains("afgjort Ja")).unwrap();
    assert!(diet.contains("Diætbehandling [diet]") && diet.contains("afgørelse"), "{told}");
    assert!(
        ["Ja / Nej, afgjort Ja", "Nej / Ja, afgjort Ja"].iter().any(|said| diet.contains(said)),
        "{told}"
    );
    study.done(&["verify"]);
}

#[test]
fn a_day_before_the_readings_is_told_with_its_cells() {
    let (study, mut form) = disagreeing();
    (0..2).for_each(|row| settle(&mut form, row, "Ja"));
    // Both charts were read on 15 January.
    form.set(0, "dato", "14-01-2024");
    form.set(1, "dato", "15-01-2024");
    form.save(&study.path("returned/adjudication.csv"));
    let ran = study.done(&["adjudicate", "--language", "da", "returned/adjudication.csv"]);
    let id = &form.rows[0][0];
    let expected = format!(
        "advarsel: afgørelsen er dateret før en af de to læsninger: `{id}`\n  --> returned/adjudication.csv, række 2, kolonne `dato`"
    );
    assert!(ran.err.contains(&expected), "{}", ran.err);
    assert!(ran.out.starts_with("2 uenigheder afgjort"), "it is stored: {}", ran.out);
}

#[test]
fn what_is_to_be_settled_is_told_in_the_language_that_is_asked_for() {
    let (study, mut form) = disagreeing();
    let ran = study.done(&["adjudicate", "--language", "da"]);
    assert_eq!(
        ran.out,
        "2 uenigheder skrevet til forms/adjudication-2.xlsx\n\nSendt ud tidligere: adjudication.xlsx. Også det, der afgøres dér, \
         indlæses, så længe skemaet viser det, der er gemt.\n"
    );
    (0..2).for_each(|row| settle(&mut form, row, "Ja"));
    returned(&study, &form);
    assert_eq!(study.done(&["adjudicate", "--language", "da"]).out, "Der er ingen uafgjorte uenigheder.\n");
    assert_eq!(study.done(&["adjudicate"]).out, "No disagreement is unsettled.\n");
}
