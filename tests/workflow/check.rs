//! `hkm check`: everything that is wrong or odd, all at once.

use crate::small_study::{PROTOCOL, SmallStudy, courses, csv};

#[test]
fn a_clean_register_has_no_errors() {
    let json = SmallStudy::new().json(&["check"]);
    assert_eq!((&json["errors"], &json["flow"]["frame"]), (&0.into(), &200.into()));
    assert_eq!(json["layout"], "text, ASCII, cells separated by `;`");
}

#[test]
fn everything_is_told_at_once() {
    let mut rows = courses(200);
    rows[0][0] = "3102480001".to_owned();
    rows[1][0] = String::new();
    rows[2][1] = "13-14-2021".to_owned();
    rows[3][4] = "Kolding".to_owned();
    rows[4][5] = "maybe".to_owned();
    rows[5][3] = "-".to_owned();
    rows[6][2] = "9999".to_owned();
    rows[7][0].remove(0);
    rows[8][2] = String::new();
    rows[9] = rows[10].clone();
    rows[11][1] = "01-02-1903".to_owned();
    rows[12][4] = String::new();
    rows[13][0] = "unknown".to_owned();
    let study = SmallStudy::with(PROTOCOL, &csv(&rows));
    let ran = study.run(&["check", "--format", "json"]);
    assert_eq!(ran.code, Some(1));
    let codes = ran.codes();
    for code in [
        "cpr_impossible_date",
        "cpr_empty",
        "date_impossible",
        "unlisted_stratum",
        "value_not_mapped",
        "hospital_unknown",
        "cpr_padded",
        "cpr_not_a_number",
        "key_empty",
        "duplicate_row",
        "born_after_attendance",
        "stratum_empty",
    ] {
        assert!(codes.iter().any(|found| found == code), "{code} in {codes:?}");
    }
}

#[test]
fn rows_that_cannot_be_read_are_told_beside_the_rest() {
    let mut text = csv(&courses(40));
    text += "0203480001;2021-03-05;6620\n";
    text += "0203480001;2021-03-05;6620;DI219;Aarhus;1;1;1;1;1\n";
    let mut rows = courses(40);
    rows[3][5] = "maybe".to_owned();
    let text = text.replacen(&courses(40)[3].join(";"), &rows[3].join(";"), 1);
    let ran = SmallStudy::with(PROTOCOL, &text).run(&["check", "--format", "json"]);
    let codes = ran.codes();
    assert_eq!(ran.code, Some(1));
    for code in ["row_too_short", "row_too_long", "value_not_mapped"] {
        assert!(codes.iter().any(|found| found == code), "{code} in {codes:?}");
    }
}

#[test]
fn all_columns_that_are_missing_are_named() {
    let text = csv(&courses(10)).replacen("kommune", "kommun", 1).replacen("diaet", "kost", 1);
    let ran = SmallStudy::with(PROTOCOL, &text).run(&["check", "--format", "json"]);
    let mut codes = ran.codes();
    codes.retain(|code| code.starts_with("column"));
    assert_eq!(
        (ran.code, codes),
        (Some(1), ["column_missing", "column_missing", "columns"].map(str::to_owned).to_vec())
    );
    assert!(ran.err.contains("did you mean `kommun`?"));
}

#[test]
fn missing_columns_hide_nothing_about_the_protocol() {
    let study = SmallStudy::with(
        PROTOCOL,
        &csv(&courses(10)).replacen("kommune", "by", 1).replacen("diaet", "kost", 1),
    );
    study.edit("seed = \"Lotto 2026-12-05 4 11 17 20 28 31 35\"", "seed = \"\"");
    study.edit("spellings = [\"Århus\"]", "spellings = [\"Odder\"]");
    study.edit("\"DI20\", \"DI21\"", "\"-\", \"?\"");
    let ran = study.run(&["check", "--format", "json"]);
    let mut codes = ran.codes();
    codes.sort();
    let expected = [
        "column_missing",
        "column_missing",
        "columns",
        "diagnosis_prefix",
        "diagnosis_prefix",
        "disclosure_overall",
        "no_seed",
        "stratum_spelling_ambiguous",
        "weighted_printed",
    ];
    assert_eq!((ran.code, codes), (Some(1), expected.map(str::to_owned).to_vec()));
    assert_eq!(ran.err.matches("`foerste_fremmoede`").count(), 1, "the columns are listed once: {}", ran.err);
}

#[test]
fn a_register_that_is_not_there_cannot_run() {
    let study = SmallStudy::new();
    std::fs::remove_file(study.path("register.csv")).unwrap();
    study.refused(&["check"], 2);
}

#[test]
fn a_file_with_cpr_numbers_in_scientific_notation_is_refused_whole() {
    let mut rows = courses(20);
    rows[7][0] = "1,01E+09".to_owned();
    let study = SmallStudy::with(PROTOCOL, &csv(&rows));
    assert_eq!(study.run(&["check"]).code, Some(1));
    for command in ["cohort", "draw"] {
        study.refused(&[command], 1);
    }
    assert!(!study.path("study.sqlite").exists() && !study.path("key.sqlite").exists());
}

#[test]
fn a_cpr_number_is_never_repeated() {
    let mut rows = courses(40);
    // A CPR number in each column that messages quote from.
    let number = rows[0][0].clone();
    (1..8).for_each(|column| rows[column][column].clone_from(&number));
    rows[8][4] = format!("{}-{}", &number[..6], &number[6..]);
    let study = SmallStudy::with(PROTOCOL, &csv(&rows));
    for format in ["text", "json", "csv"] {
        for command in ["check", "cohort", "draw"] {
            let ran = study.run(&[command, "--format", format]);
            assert_ne!(ran.code, None);
            for text in [&ran.out, &ran.err] {
                assert!(!text.contains(&number[6..]), "{command} {format}: {text}");
            }
        }
    }
}

#[test]
fn a_fault_of_the_protocol_comes_first_and_alone() {
    let study = SmallStudy::new();
    study.edit("total = 60", "totl = 60");
    study.edit("age = \"> 18\"", "age = \"adults\"");
    for command in ["check", "cohort", "draw", "status"] {
        let ran = study.run(&[command, "--format", "json"]);
        assert_eq!(ran.code, Some(1));
        let mut codes = ran.codes();
        codes.sort();
        assert_eq!(codes, ["age_rule", "missing_key", "unknown_key"], "{command}");
    }
}

#[test]
fn a_definition_that_nobody_wrote_is_told_of() {
    let study = SmallStudy::new();
    study.done(&["new", "blank", "--preset", "blank", "--register", "register.csv"]);
    let codes = study.run(&["check", "--study", "blank", "--format", "json"]).codes();
    assert!(codes.contains(&"no_definition".to_owned()), "{codes:?}");
    assert!(!study.run(&["check", "--format", "json"]).codes().contains(&"no_definition".to_owned()));
}

#[test]
fn a_column_of_sex_that_holds_cpr_numbers_refuses_the_file() {
    let protocol = PROTOCOL
        .replace("age = \"> 18\"\n", "")
        .replace("key = [\"cpr\", \"first_attendance\", \"hospital\"]", "key = [\"id\"]")
        .replace("cpr = \"cpr\"", "id = \"diagnose\"\nsex = \"cpr\"");
    let register = csv(&courses(20));
    let study = SmallStudy::with(&protocol, &register);
    let ran = study.run(&["check", "--format", "json"]);
    assert!(ran.codes().contains(&"cpr_as_sex".to_owned()), "{}", ran.out);
    study.refused(&["draw", "--accept-exclusions"], 1);
    assert!(!study.path("study.sqlite").exists());
}

#[test]
fn an_indicator_that_rests_on_what_is_not_asked_of_everybody_is_told_with_an_example() {
    let items = r#"
[indicator.smoking.derived]
RELEVANT
yes_if = { equals = { item = "stopped", value = "yes" } }

[item.smoker]
name = "Smoker"
definition = "The first note on tobacco."
kind = "yes_no"

[item.stopped]
name = "Stopped"
definition = "The last note on tobacco."
kind = "yes_no"
ask_if = { equals = { item = "smoker", value = "yes" } }

[sampling]
"#;
    let protocol = |relevant: &str| PROTOCOL.replace("\n[sampling]\n", &items.replace("RELEVANT", relevant));
    let check = |protocol: &str| SmallStudy::with(protocol, &csv(&courses(200))).run(&["check"]);
    let ran = check(&protocol(""));
    assert_eq!(ran.code, Some(0), "it is odd, and not wrong");
    let told = "`smoking` cannot be told where `stopped` is not asked for, for example where `smoker` = no";
    assert!((ran.out + &ran.err).contains(told));
    let ran = check(&protocol("relevant_if = { equals = { item = \"smoker\", value = \"yes\" } }"));
    assert!(!(ran.out + &ran.err).contains("cannot be told"));
}
