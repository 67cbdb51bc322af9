//! `hkm draw --enlarge TOTAL`: more, and everyone drawn so far.

use std::collections::BTreeMap;

use rusqlite::Connection;
use serde_json::Value;

use super::draw::drawn;
use crate::small_study::{PROTOCOL, SmallStudy, courses, csv};

/// How many of each stratum are in use.
fn in_use(study: &SmallStudy) -> BTreeMap<String, u64> {
    let strata = study.json(&["status"])["strata"].as_array().unwrap().clone();
    let of = |one: &Value| (one["stratum"].as_str().unwrap().to_owned(), one["in_use"].as_u64().unwrap());
    strata.iter().map(of).collect()
}

/// Which study id stands for which record key.
fn ids(study: &SmallStudy) -> BTreeMap<String, String> {
    let key = Connection::open(study.path("key.sqlite")).unwrap();
    let mut rows = key.prepare("SELECT record_key, study_id FROM key").unwrap();
    rows.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).unwrap().map(Result::unwrap).collect()
}

#[test]
fn a_larger_sample_contains_the_smaller() {
    let study = SmallStudy::drawn();
    let (before, in_use_before, ids_before) = (drawn(&study), in_use(&study), ids(&study));
    for total in ["61", "90", "150"] {
        study.done(&["draw", "--enlarge", total]);
        let after = drawn(&study);
        assert!(before.iter().all(|course| after.contains(course)), "{total}");
        let larger = in_use(&study);
        assert_eq!(larger.values().sum::<u64>().to_string(), total);
        assert!(in_use_before.iter().all(|(stratum, courses)| larger[stratum] >= *courses), "{total}");
        let kept = ids(&study);
        assert!(ids_before.iter().all(|(key, id)| kept[key] == *id), "{total}");
    }
    study.done(&["verify"]);
}

#[test]
fn the_drawn_courses_are_always_the_first_of_their_order() {
    let study = SmallStudy::drawn();
    study.done(&["draw", "--enlarge", "100"]);
    let straight = SmallStudy::new();
    straight.edit("total = 60", "total = 200");
    straight.done(&["draw"]);
    let whole_order = drawn(&straight);
    assert!(drawn(&study).iter().all(|course| whole_order.contains(course)));
}

#[test]
fn used_reserves_count_and_no_municipality_shrinks() {
    let study = SmallStudy::with_forms();
    let odder = study.forms("Odder-review")[0].clone();
    let file = study.returned(&odder, |form| form.without_chart(0, "Ikke fundet"));
    study.done(&["record", &file]);
    study.done(&["replace", "--all"]);
    let before = in_use(&study);
    assert_eq!(before["727 Odder"], 5);
    assert!(study.refused(&["draw", "--enlarge", "61"], 2).contains("61 courses are in use"));
    study.done(&["draw", "--enlarge", "62"]);
    let after = in_use(&study);
    assert_eq!(after.values().sum::<u64>(), 62);
    assert!(before.iter().all(|(stratum, courses)| after[stratum] >= *courses), "{before:?} {after:?}");
    study.done(&["verify"]);
}

#[test]
fn no_larger_total_is_refused() {
    let study = SmallStudy::drawn();
    let before = study.stored();
    for total in ["0", "59", "60"] {
        study.refused(&["draw", "--enlarge", total], 2);
    }
    study.refused(&["draw", "--enlarge", "201"], 1);
    assert_eq!(study.stored(), before);
}

#[test]
fn another_frame_is_refused() {
    let study = SmallStudy::drawn();
    study.write("register.csv", &csv(&courses(201)));
    study.refused(&["draw", "--enlarge", "80"], 1);
    let mut rows = courses(200);
    rows.reverse();
    study.write("register.csv", &csv(&rows));
    study.done(&["draw", "--enlarge", "80"]);
}

#[test]
fn nothing_can_be_enlarged_before_the_draw() {
    SmallStudy::new().refused(&["draw", "--enlarge", "80"], 2);
}

#[test]
fn exclusions_that_were_accepted_stay_accepted() {
    let mut rows = courses(200);
    rows[0][0] = String::new();
    let study = SmallStudy::with(PROTOCOL, &csv(&rows));
    study.done(&["draw", "--accept-exclusions"]);
    study.done(&["draw", "--enlarge", "80"]);
}

#[test]
fn new_courses_get_forms_of_their_own() {
    let study = SmallStudy::with_forms();
    let before = study.files("forms");
    study.done(&["draw", "--enlarge", "90"]);
    study.done(&["forms"]);
    assert!(before.iter().all(|name| study.files("forms").contains(name)));
    let rows: usize = study.forms("review").iter().map(|name| study.form(name).rows.len()).sum();
    assert_eq!(rows, 90);
    assert!(study.forms("review").contains(&"751-Aarhus-review-2.xlsx".to_owned()));
}

/// The share of second readings holds of the courses in use, also when they come from the reserve.
#[test]
fn second_readings_keep_their_share() {
    let study = SmallStudy::drawn();
    let share = |study: &SmallStudy| {
        let strata = study.json(&["status"])["strata"].as_array().unwrap().clone();
        strata
            .iter()
            .map(|one| (one["in_use"].as_u64().unwrap(), one["second"].as_u64().unwrap()))
            .collect::<Vec<_>>()
    };
    let percent = 10;
    assert!(PROTOCOL.contains(&format!("second_reviewer_percent = {percent}")));
    let before = share(&study);
    for total in ["65", "90", "150"] {
        study.done(&["draw", "--enlarge", total]);
        for (in_use, second) in share(&study) {
            assert_eq!(second, (in_use * percent).div_ceil(100), "of {in_use}");
        }
    }
    assert_ne!(share(&study), before);
}
