//! `hkm new`: a folder with a protocol, and what a register shows of itself.

use std::fs;

use crate::small_study::{SmallStudy, courses, csv};

#[test]
fn a_study_folder_is_made_with_its_protocol() {
    let root = SmallStudy::new();
    for preset in ["hjertekommidt", "blank"] {
        let json = root.json(&["new", preset, "--preset", preset]);
        assert_eq!(json["protocol"], format!("{preset}/study.toml"));
        assert!(
            root.path(preset).join("study.toml").is_file() && root.path(preset).join("returned").is_dir()
        );
    }
}

#[test]
fn a_protocol_is_never_overwritten() {
    let study = SmallStudy::new();
    let before = fs::read(study.path("study.toml")).unwrap();
    study.refused(&["new", "."], 2);
    assert_eq!(fs::read(study.path("study.toml")).unwrap(), before);
}

#[test]
fn nothing_is_made_when_the_register_cannot_be_read() {
    let root = SmallStudy::new();
    root.refused(&["new", "study", "--register", "none.csv"], 2);
    root.write("broken.csv", "a;b\n1;2;3\n");
    root.refused(&["new", "study", "--register", "broken.csv"], 1);
    assert!(!root.path("study").exists());
}

#[test]
fn columns_and_values_are_proposed_from_the_register() {
    let root = SmallStudy::new();
    let json = root.json(&["new", "study", "--register", "register.csv"]);
    let proposed = json["proposed"].as_array().unwrap();
    let of = |key: &str| proposed.iter().find(|one| one["key"] == key).map(|one| one["value"].clone());
    assert_eq!(of("register.columns.cpr"), Some("cpr".into()));
    assert_eq!(of("register.columns.first_attendance"), Some("foerste_fremmoede".into()));
    assert_eq!(of("register.columns.stratum"), Some("kommune".into()));
    assert_eq!(of("indicator.diet.column"), Some("diaet".into()));
    assert!(json["open"].as_array().unwrap().contains(&"indicator.adherence.column".into()));
    let check = root.run(&["check", "--study", "study", "--format", "json"]);
    let mut codes = check.codes();
    codes.dedup();
    assert_eq!(codes, ["column_missing", "columns", "no_seed", "disclosure_overall"], "{check:?}");
}

#[test]
fn a_proposal_shows_no_cpr_number() {
    let root = SmallStudy::new();
    let ran = root.done(&["new", "study", "--register", "register.csv", "--preset", "blank"]);
    let protocol = fs::read_to_string(root.path("study/study.toml")).unwrap();
    for course in courses(200) {
        assert!(
            !ran.out.contains(&course[0]) && !ran.err.contains(&course[0]) && !protocol.contains(&course[0])
        );
    }
}

#[test]
fn a_folder_that_holds_a_register_may_become_a_study() {
    let root = SmallStudy::new();
    fs::create_dir(root.path("there")).unwrap();
    root.write("there/register.csv", &csv(&courses(20)));
    root.done(&["new", "there", "--register", "there/register.csv"]);
    let protocol = fs::read_to_string(root.path("there/study.toml")).unwrap();
    assert!(protocol.contains("file = \"register.csv\""));
}

/// What the register shows of one key, by a preset.
fn proposed(preset: &str, register: &str) -> impl Fn(&str) -> Option<String> {
    let root = SmallStudy::new();
    root.write("extract.csv", register);
    let json = root.json(&["new", "study", "--preset", preset, "--register", "extract.csv"]);
    move |key| {
        let found = json["proposed"].as_array()?.iter().find(|one| one["key"] == key)?;
        Some(found["value"].as_str()?.to_owned())
    }
}

#[test]
fn an_indicator_is_told_by_a_longer_or_shorter_name() {
    let of =
        proposed("hjertekommidt", "Diætist;Depressionsscreening;Rygestop J/N\n1;0;1\n0;1;0\n1;1;1\n0;0;0\n");
    assert_eq!(of("indicator.diet.column").as_deref(), Some("Diætist"));
    assert_eq!(of("indicator.depression_screening.column").as_deref(), Some("Depressionsscreening"));
    assert_eq!(of("indicator.smoking_cessation.column").as_deref(), Some("Rygestop J/N"));
    assert_eq!(of("indicator.capacity.column"), None);
}

#[test]
fn where_hospitals_are_the_strata_they_are_no_second_column_and_age_and_sex_are_found() {
    let of = proposed("blank", "Forløb;Sygehus;Alder;Køn;Opfølgning\n1;Vejle;65;K;ja\n2;Kolding;70;M;nej\n");
    assert_eq!(of("register.columns.stratum").as_deref(), Some("Sygehus"));
    assert_eq!(of("register.columns.hospital"), None);
    assert_eq!(of("register.columns.age").as_deref(), Some("Alder"));
    assert_eq!(of("register.columns.sex").as_deref(), Some("Køn"));
}
