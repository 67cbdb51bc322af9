//! `hkm verify` of `export/`: it is made again from the data, as `results/` is.

use std::fs;

use serde_json::{Value, json};

use super::export::exported_midway;
use crate::small_study::SmallStudy;

fn exported() -> SmallStudy {
    let study = SmallStudy::reviewed();
    study.done(&["export"]);
    study
}

/// What verify says of the export, under a heading.
fn of_export(verified: &Value, heading: &str) -> Vec<String> {
    let list = verified[heading].as_array().unwrap().iter();
    let text = |one: &Value| one.as_str().or(one["what"].as_str()).unwrap_or_default().to_owned();
    list.map(text).filter(|text| text.contains("export/")).collect()
}

#[test]
fn every_file_of_an_export_is_reproduced_byte_for_byte() {
    let study = exported();
    let before = study.stored();
    let verified = study.json(&["verify"]);
    let files = study.files("export");
    let equal = of_export(&verified, "equal");
    assert_eq!((files.len(), equal.len()), (8, 8), "{equal:?}");
    for name in files {
        assert!(equal.contains(&format!("export/{name}: reproduced byte for byte")), "{name}: {equal:?}");
    }
    assert_eq!((&verified["different"], of_export(&verified, "unchecked").len()), (&json!([]), 0));
    assert!(study.stored() == before && study.files("export").len() == 8, "looking changes nothing");
}

#[test]
fn one_changed_byte_of_an_export_is_found_and_so_is_a_lost_file() {
    let study = exported();
    for name in study.files("export") {
        let path = study.path(&format!("export/{name}"));
        // The last digit of the manifest is in a digest; of all others in what they hold.
        let original = study.change_a_digit(&format!("export/{name}"));
        let ran = study.run(&["verify"]);
        let told = format!("export/{name}: differs from what the data give");
        assert!(ran.code == Some(1) && ran.out.contains(&told), "{name}: {}", ran.out);
        assert!(ran.out.contains("hkm export"), "the remedy: {}", ran.out);
        fs::remove_file(&path).unwrap();
        let ran = study.run(&["verify"]);
        match name.as_str() {
            "manifest.json" => {
                assert!(ran.out.contains("the export: there is no export/manifest.json"), "{}", ran.out);
            }
            _ => assert!(ran.out.contains(&format!("export/{name} is missing")), "{name}: {}", ran.out),
        }
        fs::write(&path, original).unwrap();
    }
    study.done(&["verify"]);
}

#[test]
fn without_an_export_nothing_is_said_of_it() {
    let study = SmallStudy::reviewed();
    study.done(&["analyse"]);
    let verified = study.json(&["verify"]);
    for heading in ["equal", "different", "unchecked"] {
        assert_eq!(of_export(&verified, heading), [""; 0], "{heading}");
    }
}

#[test]
fn an_export_of_an_earlier_state_is_named_and_reproduced_as_of_then() {
    let study = exported_midway();
    let verified = study.json(&["verify"]);
    let unchecked = of_export(&verified, "unchecked");
    assert_eq!(unchecked.len(), 1, "{unchecked:?}");
    let told = &unchecked[0];
    assert!(told.starts_with("export/ rests on entry ") && told.ends_with(": run `hkm export`"), "{told}");
    assert_eq!((of_export(&verified, "equal").len(), &verified["different"]), (8, &json!([])));
}

#[test]
fn other_settings_are_one_difference_of_the_export() {
    let study = exported();
    study.edit("level = 0.95", "level = 0.9");
    let verified = study.run(&["verify", "--format", "json"]).json();
    let different = of_export(&verified, "different");
    assert_eq!(different.len(), 1, "{different:?}");
    assert!(
        different[0].starts_with("export/ was made with other settings than study.toml has: "),
        "{different:?}"
    );
    // The language of the report is nothing to the export, which is in English.
    study.edit("level = 0.9", "level = 0.95");
    let protocol = fs::read_to_string(study.path("study.toml")).unwrap();
    study.write("study.toml", &format!("{protocol}\n[report]\nlanguage = \"da\"\n"));
    study.done(&["verify"]);
}

#[test]
fn an_old_database_beside_a_newer_export_is_told() {
    let study = SmallStudy::with_forms();
    let old = study.copy();
    study.record_all();
    study.done(&["export"]);
    for name in ["study.sqlite", "key.sqlite"] {
        fs::copy(old.path(name), study.path(name)).unwrap();
    }
    let verified = study.run(&["verify", "--format", "json"]).json();
    let different = of_export(&verified, "different");
    assert!(different.iter().any(|told| told.ends_with("it is older than the export")), "{different:?}");
}
