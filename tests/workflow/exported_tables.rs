//! The commands without a study, on the rows that `hkm export` writes: the same table without a flag for its words.

use serde_json::Value;

use crate::small_study::{PROTOCOL, SmallStudy};

const NEAR: f64 = 1e-12;

fn list<'j>(json: &'j Value, key: &str) -> &'j [Value] {
    json[key].as_array().unwrap_or_else(|| panic!("{key}: {json:#}"))
}

/// Some charts were not found, and some say nothing.
fn exported() -> SmallStudy {
    let protocol = PROTOCOL.replace("min_cell = 3", "min_cell = 1").replace("total = 60", "total = 120");
    let study = SmallStudy::with(&protocol, &crate::small_study::csv(&crate::small_study::courses(300)));
    study.done(&["draw"]);
    study.done(&["forms"]);
    for name in study.forms("review") {
        let file = study.returned(&name, |form| {
            form.fill("ABC");
            form.set(0, "journal", "Ikke fundet");
            ["diet", "depression", "smoking"].iter().for_each(|id| form.set(0, id, ""));
            form.set(1, "diet", "Ikke dokumenteret");
        });
        study.done(&["record", &file]);
    }
    let second = study.forms("second").first().unwrap().clone();
    let file = study.returned(&second, |form| form.fill("XYZ"));
    study.done(&["record", "--second", &file]);
    study
}

#[test]
fn accuracy_of_the_exported_rows_is_that_of_the_study() {
    let study = exported();
    let json = study.json(&["analyse"]);
    study.done(&["export"]);
    let ours = list(&json, "indicators").iter().find(|one| one["indicator"] == "diet").unwrap();
    let whole = &ours["groups"][0];
    let file = "export/confidential-courses.csv";
    let columns = ["--register", "diet_register", "--reference", "diet_reference"];
    let design = ["--stratum", "stratum", "--population", "N_frame"];
    let repeated = study.json(&[&["accuracy", file][..], &columns, &design].concat());
    let repeated = &list(&repeated, "indicators")[0];
    for cell in ["tp", "fp", "fn", "tn"] {
        assert_eq!(repeated[cell], whole[cell], "{cell}");
    }
    for one in list(whole, "weighted") {
        let other =
            list(repeated, "weighted").iter().find(|other| other["measure"] == one["measure"]).unwrap();
        for key in ["estimate", "se", "lower", "upper"] {
            let [ours, theirs] = [one, other].map(|one| one[key].as_f64());
            assert_eq!(ours.is_some(), theirs.is_some(), "{one} {other}");
            assert!(ours.zip(theirs).is_none_or(|(a, b)| (a - b).abs() < NEAR), "{key}: {one} {other}");
        }
    }
}

#[test]
fn kappa_of_the_exported_rows_is_of_those_that_were_read_twice() {
    let study = exported();
    let json = study.json(&["analyse"]);
    study.done(&["export"]);
    let ours = list(&json, "agreement").iter().find(|one| one["indicator"] == "diet").unwrap();
    let repeated = study.json(&["kappa", "export/confidential-courses.csv", "diet_first", "diet_second"]);
    assert!(ours["both_read"].as_u64() > Some(0));
    assert_eq!(repeated["n"], ours["both_read"], "{repeated}");
}
