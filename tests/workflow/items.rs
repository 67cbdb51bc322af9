//! Raw items: entered on the form, checked, stored, and what follows from them for an indicator.

use serde_json::{Value, json};

use crate::review_forms::Form;
use crate::small_study::{PROTOCOL, SmallStudy, courses, csv};

/// The small study's smoking indicator from raw items; the reviewer also enters the answer itself.
const DERIVED: &str = r#"
[indicator.smoking.derived]
relevant_if = { equals = { item = "smoking_start", value = "smoker" } }
yes_if = { equals = { item = "smoking_end", value = "ex_smoker" } }
also_ask = true

[indicator.depression.derived]
yes_if = { at_least = { item = "attended", percent = 80, of = "planned" } }

[item.smoking_start]
name = { da = "Ryger ved start", en = "Smoker at start" }
definition = "The first note on tobacco."
kind = "choice"
choices = { smoker = { da = "Ryger", en = "Smoker" }, never = { da = "Aldrig røget", en = "Never smoked" } }

[item.smoking_end]
name = { da = "Ryger ved slut", en = "Smoker at end" }
definition = "The last note on tobacco."
kind = "choice"
choices = { smoker = { da = "Ryger", en = "Smoker" }, ex_smoker = { da = "Holdt op", en = "Stopped" } }
ask_if = { equals = { item = "smoking_start", value = "smoker" } }

[item.planned]
name = { da = "Planlagte træninger", en = "Sessions planned" }
definition = "All that were offered."
kind = "whole"
min = 0
max = 200

[item.attended]
name = { da = "Træninger mødt til", en = "Sessions attended" }
definition = "With a note that the patient came."
kind = "decimal"
must = { at_most = { item = "attended", percent = 100, of = "planned" } }

[item.end_date]
name = { da = "Slutdato", en = "End date" }
definition = "The last meeting."
kind = "date"
required = false
must = { not = { before = { item = "end_date", of = "first_attendance" } } }

[item.remark]
name = { da = "Bemærkning", en = "Remark" }
definition = "In a few words."
kind = "text"
required = false
"#;

pub(crate) fn protocol() -> String {
    let text = PROTOCOL.replace("\n[sampling]\n", &format!("{DERIVED}\n[sampling]\n"));
    text.replace("second_reviewer_percent = 10", "second_reviewer_percent = 0")
}

pub(crate) fn drawn() -> SmallStudy {
    let study = SmallStudy::with(&protocol(), &csv(&courses(200)));
    study.done(&["draw"]);
    study.done(&["forms"]);
    study
}

/// The form of Odder, every row complete: diet yes, a smoker who stopped, 12 of 15 sessions.
fn filled(study: &SmallStudy) -> Form {
    let name = study.forms("727-Odder-review").remove(0);
    let mut form = study.form(&name);
    form.fill_items();
    form
}

const RETURNED: &str = "returned/odder.csv";

fn save(study: &SmallStudy, form: &Form) {
    form.save(&study.path(RETURNED));
}

/// The codes of what is told when a changed form is recorded, and whether anything was stored.
fn codes(change: impl FnOnce(&mut Form)) -> (Vec<String>, bool) {
    let study = drawn();
    let before = study.stored();
    let mut form = filled(&study);
    change(&mut form);
    save(&study, &form);
    let ran = study.run(&["record", RETURNED, "--format", "json"]);
    (ran.codes(), study.stored() != before)
}

fn refused(expected: &str, change: impl FnOnce(&mut Form)) {
    assert_eq!(codes(change), (vec![expected.to_owned()], false), "{expected}");
}

/// TP, FP, FN and TN of an indicator over all reviewed charts.
fn reviewed_yes(study: &SmallStudy, indicator: &str) -> Value {
    let results = study.json(&["analyse"]);
    let all = results["indicators"].as_array().unwrap().clone();
    let found = all.into_iter().find(|one| one["indicator"] == indicator || one["id"] == indicator).unwrap();
    let cells = ["tp", "fp", "fn", "tn"].map(|cell| {
        let here = &found[cell];
        if here.is_null() { found["groups"][0][cell].clone() } else { here.clone() }
    });
    json!(cells)
}

#[test]
fn the_form_asks_for_the_items_of_each_indicator_before_its_answer() {
    let study = drawn();
    let form = filled(&study);
    let ids: Vec<&str> =
        form.header.iter().filter_map(|name| name.split_once('[')).map(|(_, id)| id).collect();
    assert_eq!(
        ids,
        [
            "diet]",
            "planned]",
            "attended]",
            "smoking_start]",
            "smoking_end]",
            "smoking]",
            "end_date]",
            "remark]"
        ],
        "the derived depression indicator is not entered; items that serve none come last"
    );
}

#[test]
fn what_follows_from_the_items_is_the_answer() {
    let study = drawn();
    let mut form = filled(&study);
    // 11 of 15 are less than four fifths; a patient who never smoked is not what the indicator is about.
    form.set(0, "attended", "11");
    form.set(1, "smoking_start", "Aldrig røget");
    form.set(1, "smoking_end", "");
    form.set(1, "smoking", "Ikke relevant");
    save(&study, &form);
    let told = study.json(&["record", RETURNED]);
    assert_eq!((&told["new"], &told["findings"]), (&json!(form.rows()), &json!([])));
    let database = rusqlite::Connection::open(study.path("study.sqlite")).unwrap();
    let stored: i64 = database.query_row("SELECT count(*) FROM item_answer", [], |row| row.get(0)).unwrap();
    assert_eq!(stored, 4 * form.rows() as i64 - 1);
    let sum =
        |cells: &Value| cells.as_array().unwrap().iter().map(|cell| cell.as_u64().unwrap()).sum::<u64>();
    let (depression, smoking) = (reviewed_yes(&study, "depression"), reviewed_yes(&study, "smoking"));
    assert!(sum(&depression) >= sum(&smoking), "{depression} {smoking}");
    assert!(sum(&depression) > 0, "{depression}");
}

#[test]
fn cells_are_read_by_their_kind() {
    refused("not_an_answer", |form| form.set(0, "smoking_start", "ryger lidt"));
    refused("not_a_number", |form| form.set(0, "planned", "femten"));
    refused("not_whole", |form| form.set(0, "planned", "15,5"));
    refused("out_of_range", |form| form.set(0, "planned", "201"));
    refused("ambiguous_number", |form| form.set(0, "attended", "1.299"));
    refused("date_month_first", |form| form.set(0, "end_date", "03/25/2023"));
    refused("date_in_future", |form| form.set(0, "end_date", "01-01-2190"));
    refused("cpr_in_text", |form| form.set(0, "remark", &crate::small_study::cpr(3)));
    refused("text_too_long", |form| form.set(0, "remark", &"lang ".repeat(201)));
}

#[test]
fn answers_must_fit_together() {
    refused("implausible", |form| form.set(0, "attended", "15,5"));
    refused("implausible", |form| form.set(0, "end_date", "01-01-1999"));
    refused("answer_not_asked", |form| form.set(0, "smoking_start", "Aldrig røget"));
    refused("incomplete_review", |form| form.set(0, "planned", ""));
    refused("incomplete_review", |form| form.set(0, "smoking_end", ""));
    let nothing: (Vec<String>, bool) = (Vec::new(), true);
    assert_eq!(codes(|form| form.set(0, "attended", "12,5")), nothing);
    assert_eq!(codes(|form| form.set(0, "attended", "Ikke dokumenteret")), nothing);
    assert_eq!(
        codes(|form| {
            form.set(0, "smoking_start", "Aldrig røget");
            form.set(0, "smoking_end", "Ikke relevant");
            form.set(0, "smoking", "ir");
        }),
        nothing,
        "not relevant says of what was not asked what an empty cell says"
    );
}

#[test]
fn an_answer_entered_otherwise_than_it_follows_is_settled_by_somebody() {
    let study = drawn();
    let mut form = filled(&study);
    form.set(2, "smoking", "Nej");
    save(&study, &form);
    study.done(&["record", RETURNED]);
    let unsettled = &study.json(&["status"])["unsettled"];
    assert_eq!(*unsettled, json!([{ "study_id": form.id(2), "subject": "smoking" }]));
    let provenance = |study: &SmallStudy| {
        let before = reviewed_yes(study, "smoking");
        before.as_array().unwrap().iter().map(|cell| cell.as_u64().unwrap()).sum::<u64>()
    };
    let before = provenance(&study);
    study.done(&["adjudicate"]);
    let mut adjudication = study.form(&study.forms("adjudication").remove(0));
    assert_eq!(adjudication.rows[0][3], "Ja (beregnet), Nej (indtastet)");
    assert_eq!(adjudication.rows[0][4], "");
    adjudication.set(0, "afgoerelse", "Ja");
    adjudication.set(0, "afgjort_af", "XYZ");
    adjudication.set(0, "dato", "16-01-2025");
    adjudication.save(&study.path("returned/settled.csv"));
    study.done(&["adjudicate", "returned/settled.csv"]);
    assert_eq!(study.json(&["status"])["unsettled"], json!([]));
    assert_eq!(provenance(&study), before + 1, "an unsettled answer counts as missing");
    study.done(&["verify"]);
}

#[test]
fn a_corrected_item_is_a_new_entry_and_an_emptied_one_a_finding() {
    let study = drawn();
    let mut form = filled(&study);
    form.set(0, "remark", "et ord om patienten");
    save(&study, &form);
    study.done(&["record", RETURNED]);
    form.set(0, "attended", "13");
    form.set(0, "remark", "et andet ord");
    save(&study, &form);
    let ran = study.run(&["record", RETURNED]);
    assert!(ran.out.contains("attended") && ran.out.contains("12") && ran.out.contains("13"), "{}", ran.out);
    assert!(
        !ran.out.contains("ord om") && !ran.out.contains("andet ord"),
        "a text is never shown: {}",
        ran.out
    );
    form.set(0, "remark", "");
    save(&study, &form);
    let told = study.refused(&["record", RETURNED], 1);
    assert!(
        told.contains("`Bemærkning [remark]` of")
            && told.contains("is now empty")
            && !told.contains("andet ord"),
        "{told}"
    );
    // The item is optional: an empty cell would have been right from the start, and loses nothing now.
    assert!(told.contains("never lost by an empty cell") && !told.contains("not reviewed yet"), "{told}");
    assert!(told.contains("held a text") && told.contains("enter `Ikke dokumenteret`"), "{told}");
    let told = study.refused(&["record", "--language", "da", RETURNED], 1);
    assert!(
        told.contains("havde en tekst, men cellen er nu tom") && told.contains("slettes aldrig"),
        "{told}"
    );
    let versions = "SELECT count(*) FROM review JOIN course USING (study_id) WHERE review.study_id = ?1";
    let database = rusqlite::Connection::open(study.path("study.sqlite")).unwrap();
    let kept: i64 = database.query_row(versions, [form.id(0)], |row| row.get(0)).unwrap();
    assert_eq!(kept, 2);
}

#[test]
fn a_rule_that_is_changed_after_the_draw_is_told_with_the_results() {
    let study = drawn();
    save(&study, &filled(&study));
    study.done(&["record", RETURNED]);
    let before = reviewed_yes(&study, "depression");
    study.edit("percent = 80, of", "percent = 90, of");
    assert_ne!(reviewed_yes(&study, "depression"), before, "12 of 15 are no nine tenths");
    let text = study.run(&["analyse", "--replace"]).out;
    let tables = std::fs::read_to_string(study.path("results/tables.md")).unwrap_or(text);
    let told = "now “Sessions attended” is at least 90 % of “Sessions planned”";
    assert!(tables.contains(told), "{tables}");
}

#[test]
fn findings_are_told_in_danish_where_it_is_asked_for() {
    let study = drawn();
    let mut form = filled(&study);
    form.set(0, "attended", "16");
    form.set(1, "planned", "");
    save(&study, &form);
    let told = study.refused(&["record", "--language", "da", RETURNED], 1);
    let told = told.replace(&form.id(1), "HKM-ID");
    insta::assert_snapshot!(told, @"
    fejl: svarene strider mod kodebogen, som kræver, at »Træninger mødt til« er højst 100 % af »Planlagte træninger«
      --> returned/odder.csv, række 2, kolonne `Træninger mødt til [attended]`

    hjælp: ret svaret eller det svar, som det sammenlignes med

    fejl: gennemgangen af `HKM-ID` er påbegyndt, men der mangler `Planlagte træninger [planned]`
      --> returned/odder.csv, række 3, kolonne `Planlagte træninger [planned]`
      = hvorfor: en tom celle betyder, at spørgsmålet ikke er besvaret endnu, aldrig nej

    hjælp: udfyld cellerne; den, der indlæser skemaet, kan gemme de færdige rækker alene med --accept-incomplete

    2 fejl; intet er gemt
    ");
}

#[test]
fn findings_quote_what_stands_on_the_form_and_no_id_of_the_codebook() {
    let study = drawn();
    let mut form = filled(&study);
    form.set(0, "end_date", "10-11-2025");
    form.set(0, "attended", "12,5");
    form.set(3, "end_date", "10-11-2025");
    save(&study, &form);
    study.done(&["record", RETURNED]);
    form.set(3, "end_date", "");
    ["smoking_start", "diet", "attended", "dato"].into_iter().for_each(|cell| form.set(0, cell, ""));
    form.set(1, "smoking_start", "Aldrig røget");
    form.set(2, "end_date", "10-11-1999");
    save(&study, &form);
    let told = |language: &str| {
        let told = study.refused(&["record", "--language", language, RETURNED], 1);
        let whats = told.lines().filter(|line| line.starts_with("fejl: ") || line.starts_with("error: "));
        whats.collect::<Vec<_>>().join("\n").replace(&form.id(0), "HKM-ID").replace(&form.id(3), "HKM-ID")
    };
    insta::assert_snapshot!(told("da"), @"
    fejl: gennemgangen af `HKM-ID` er gemt, men skemaet mangler nu `dato`, `Diætbehandling [diet]`, `Træninger mødt til [attended]`, `Ryger ved start [smoking_start]`
    fejl: cellen er besvaret, men der spørges kun, hvis »Ryger ved start« er »Ryger«
    fejl: svarene strider mod kodebogen, som kræver, at »Slutdato« ikke ligger før det første fremmøde (på opslagslisten)
    fejl: `Slutdato [end_date]` for `HKM-ID` var `10-11-2025`, men cellen er nu tom
    ");
    insta::assert_snapshot!(told("en"), @"
    error: the review of `HKM-ID` is stored, but the form now lacks `dato`, `Diætbehandling [diet]`, `Træninger mødt til [attended]`, `Ryger ved start [smoking_start]`
    error: there is an answer, which is asked for only if “Ryger ved start” is “Ryger”
    error: the answers contradict the codebook, which requires that “Slutdato” is not before the first attendance (on the look-up list)
    error: `Slutdato [end_date]` of `HKM-ID` was `2025-11-10` and is now empty
    ");
    form = filled(&study);
    form.set(3, "end_date", "10-11-2025");
    form.set(0, "smoking_start", "Aldrig røget");
    form.set(0, "smoking_end", "");
    form.set(0, "smoking", "Ikke relevant");
    form.set(0, "attended", "11,5");
    form.set(0, "end_date", "11-11-2025");
    save(&study, &form);
    let ran = study.done(&["record", "--language", "da", RETURNED]);
    insta::assert_snapshot!(ran.out.replace(&form.id(0), "HKM-ID"), @"
    0 nye gennemgange gemt, 1 rettet, 3 som gemt før, 0 rækker endnu ikke gennemgået

    Rettet siden sidst, gemt som nye gennemgange
    ──────────────────────────────────────────────────────────────────────────
     studie-id   celle                             før          nu
    ──────────────────────────────────────────────────────────────────────────
     HKM-ID   Rygestop [smoking]                Ja           Ikke relevant
     HKM-ID   Træninger mødt til [attended]     12,5         11,5
     HKM-ID   Slutdato [end_date]               10-11-2025   11-11-2025
     HKM-ID   Ryger ved slut [smoking_end]      Holdt op
     HKM-ID   Ryger ved start [smoking_start]   Ryger        Aldrig røget
    ──────────────────────────────────────────────────────────────────────────
    ");
}

#[test]
fn an_item_that_is_no_longer_asked_for_may_be_emptied() {
    let study = drawn();
    let mut form = filled(&study);
    save(&study, &form);
    study.done(&["record", RETURNED]);
    form.set(0, "smoking_start", "Aldrig røget");
    form.set(0, "smoking_end", "");
    form.set(0, "smoking", "Ikke relevant");
    save(&study, &form);
    let told = study.json(&["record", RETURNED]);
    let cells: Vec<&str> =
        told["changed"].as_array().unwrap().iter().map(|one| one["cell"].as_str().unwrap()).collect();
    assert_eq!(cells, ["smoking", "smoking_end", "smoking_start"]);
}

#[test]
fn an_optional_item_that_is_left_empty_is_not_documented() {
    let rules = "derived.not_documented = \"no\"\n";
    let text = protocol().replace(
        "[indicator.depression.derived]\nyes_if = { at_least = { item = \"attended\", percent = 80, of = \"planned\" } }",
        &format!("[indicator.depression.derived]\nyes_if = {{ after = {{ item = \"end_date\", of = \"end_date\" }} }}\n{}", rules.replace("derived.", "")),
    );
    let study = SmallStudy::with(&text, &csv(&courses(200)));
    study.done(&["draw"]);
    study.done(&["forms"]);
    save(&study, &filled(&study));
    study.done(&["record", RETURNED]);
    let cells = reviewed_yes(&study, "depression");
    let [tp, fp, fn_, tn] = [0, 1, 2, 3].map(|place| cells[place].as_u64().unwrap());
    assert!(tp + fn_ == 0 && fp + tn > 0, "an empty end date counts as no, as declared: {cells}");
}
