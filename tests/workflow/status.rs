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
    let file = study.returned("727-Odder-review.csv", |form| form.without_chart(0, "Ingen adgang"));
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
fn there_is_no_status_before_the_draw() {
    SmallStudy::new().refused(&["status"], 2);
}
