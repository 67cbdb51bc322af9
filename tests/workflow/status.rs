//! `hkm status`: how far the review has come.

use crate::small_study::SmallStudy;

#[test]
fn everything_is_pending_after_the_draw() {
    let json = SmallStudy::drawn().json(&["status"]);
    assert_eq!(json["pending"].as_array().unwrap().len(), 60);
    assert_eq!(json["pending_second"].as_array().unwrap().len(), 2 + 1 + 1 + 4);
}

#[test]
fn reviews_are_counted_by_municipality_and_reviewer() {
    let study = SmallStudy::with_forms();
    let file = study.returned("727-Odder-review.xlsx", |form| form.without_chart(0, "Ingen adgang"));
    study.done(&["record", &file]);
    let json = study.json(&["status"]);
    let odder = &json["strata"][1];
    assert_eq!((&odder["reviewed"], &odder["found"], &odder["in_use"]), (&4.into(), &3.into(), &4.into()));
    assert_eq!(json["replaceable"].as_array().unwrap().len(), 1);
    assert_eq!(json["reviewers"][0]["first"], 4);
}

#[test]
fn looking_changes_nothing() {
    let study = SmallStudy::reviewed();
    let before = study.stored();
    study.done(&["status"]);
    study.done(&["status", "--log"]);
    assert_eq!(study.stored(), before);
}

#[test]
fn results_that_the_data_have_left_behind_are_told_of() {
    let study = SmallStudy::with_forms();
    assert_eq!(study.json(&["status"])["results"], serde_json::Value::Null);
    study.done(&["record", &study.returned("727-Odder-review.xlsx", |_| {})]);
    study.done(&["analyse"]);
    assert_eq!(study.json(&["status"])["results"], serde_json::json!({"audit": 3, "changes_since": 0}));
    assert!(!study.done(&["status"]).out.contains("results/"));
    study.done(&["record", &study.returned("615-Horsens-review.xlsx", |_| {})]);
    study.done(&["forms"]);
    assert_eq!(study.json(&["status"])["results"], serde_json::json!({"audit": 3, "changes_since": 1}));
    let out = study.done(&["status"]).out;
    let told = "results/ rests on entry 3 of the audit trail; the data have changed since (1 entry): run `hkm analyse`.";
    assert_eq!(out.lines().last(), Some(told));
    study.done(&["analyse"]);
    assert!(!study.done(&["status"]).out.contains("results/"));
}

#[test]
fn there_is_no_status_before_the_draw() {
    SmallStudy::new().refused(&["status"], 2);
}

#[test]
fn the_log_is_read_by_people() {
    let study = SmallStudy::with_forms();
    let file = study.returned("727-Odder-review.xlsx", |form| form.without_chart(0, "Ikke fundet"));
    study.done(&["record", &file]);
    study.done(&["replace", "--all"]);
    study.done(&["analyse"]);
    let out = study.done(&["status", "--log", "--format", "csv"]).out;
    let line = |number: usize| out.lines().nth(number).unwrap().splitn(4, ',').nth(3).unwrap().to_owned();
    assert!(line(1).starts_with("draw,60 courses from register.csv (SHA-256 "), "{out}");
    assert!(line(2).starts_with("forms,") && line(2).ends_with(" files"), "{out}");
    assert!(line(3).starts_with("record,4 reviews from 727-Odder-review.csv (SHA-256 "), "{out}");
    assert!(line(4).starts_with("replace,HKM-") && line(4).contains(" by HKM-"), "{out}");
    assert_eq!(line(5), "analyse,\"interim, as of entry 4\"");
    let json = study.json(&["status", "--log"]);
    assert_eq!(json["log"][0]["detail"]["total"], 60);
    assert_eq!(study.json(&["status", "--log", "--language", "da"]), json, "programs read one language");
    let out = study.done(&["status", "--log", "--format", "csv", "--language", "da"]).out;
    let line = |number: usize| out.lines().nth(number).unwrap().splitn(4, ',').nth(3).unwrap().to_owned();
    assert!(out.starts_with("nr.,tidspunkt (UTC),hvem,kommando,"), "{out}");
    assert!(line(1).starts_with("draw,60 forløb fra register.csv (SHA-256 "), "{out}");
    assert!(line(2).starts_with("forms,") && line(2).ends_with(" filer"), "{out}");
    assert!(line(3).starts_with("record,4 gennemgange fra 727-Odder-review.csv (SHA-256 "), "{out}");
    assert!(line(4).starts_with("replace,HKM-") && line(4).contains(" af HKM-"), "{out}");
    assert_eq!(line(5), "analyse,\"foreløbig, efter linje 4\"");
    study.refused(&["status", "--language", "da"], 2);
}

#[cfg(target_os = "linux")]
#[test]
fn without_a_name_the_log_has_the_number_of_the_user() {
    let study = SmallStudy::new();
    let mut draw = crate::small_study::program(study.folder());
    draw.arg("draw").env_remove("USER").env_remove("LOGNAME").env_remove("USERNAME");
    assert!(draw.output().unwrap().status.success());
    let who = study.json(&["status", "--log"])["log"][0]["who"].as_str().unwrap().to_owned();
    let number = who.strip_prefix("uid ").unwrap();
    assert!(number.parse::<u32>().is_ok(), "{who}");
}

#[test]
fn bars_are_for_people_alone() {
    let study = SmallStudy::reviewed();
    assert!(study.done(&["status"]).out.contains('█'));
    for format in ["csv", "markdown", "latex"] {
        let out = study.done(&["status", "--format", format]).out;
        assert!(!out.contains('█') && out.contains("100"), "{format}: {out}");
    }
}

#[test]
fn the_log_tells_what_was_corrected_and_settled_with_the_answers_before_and_after() {
    let study = SmallStudy::with_forms();
    let name = study.forms("727-Odder-review").remove(0);
    let file = study.returned(&name, |form| form.set(0, "diet", "Ja"));
    study.done(&["record", &file]);
    let file = study.returned(&name, |form| {
        form.set(0, "diet", "Nej");
        form.set(0, "kommentar", "et ord om patienten");
    });
    study.done(&["record", &file]);
    let id = study.form(&name).id(0);
    let json = study.json(&["status", "--log"]);
    let told: Vec<[&str; 6]> = json["corrections"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| {
            ["study_id", "reading", "cell", "before", "after", "who"].map(|key| one[key].as_str().unwrap())
        })
        .collect();
    assert_eq!(
        told,
        [
            [id.as_str(), "first", "diet", "yes", "no", "tester"],
            [id.as_str(), "first", "comment", "", "a comment", "tester"],
        ]
    );
    let text = study.done(&["status", "--log"]).out;
    assert!(text.contains("What was corrected or settled") && !text.contains("et ord om"), "{text}");
    let text = study.done(&["status", "--log", "--language", "da", "--format", "csv"]).out;
    let words = format!("{id},første,Diætbehandling [diet],Ja,Nej,");
    assert!(
        text.contains(&words) && text.contains(",,en kommentar,") && !text.contains("et ord om"),
        "{text}"
    );
}

#[test]
fn initials_in_small_letters_or_with_points_are_the_same_person() {
    let study = SmallStudy::with_forms();
    let file = study.returned("727-Odder-review.xlsx", |form| {
        form.set(0, "initialer", "Ab");
        form.set(1, "initialer", "ab");
        form.set(2, "initialer", "A.B.");
    });
    study.done(&["record", &file]);
    let ids: Vec<String> = (0..3).map(|row| study.form("727-Odder-review.xlsx").id(row)).collect();
    let reviewers = study.json(&["status"])["reviewers"].clone();
    let counted =
        |name: &str| reviewers.as_array().unwrap().iter().filter(|one| one["reviewer"] == name).count();
    assert_eq!(reviewers.as_array().unwrap().len(), 2, "{reviewers}");
    assert_eq!(counted("Ab"), 1, "as written first: {reviewers}");
    let database = rusqlite::Connection::open(study.path("study.sqlite")).unwrap();
    let sql = "SELECT reviewer FROM review WHERE study_id = ?1";
    let stored: Vec<String> =
        ids.iter().map(|id| database.query_row(sql, [id], |row| row.get(0)).unwrap()).collect();
    assert_eq!(stored, ["Ab", "ab", "A.B."], "what was entered is stored");
}
