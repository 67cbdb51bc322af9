//! `hkm new`: a folder with a protocol, and what a register shows of itself.

use std::fs;

use crate::small_study::{SmallStudy, courses, cpr, csv};

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
fn another_register_is_told_of_the_preset_for_it() {
    let root = SmallStudy::new();
    root.write("other.csv", "id,clinic,education\nK1,North,1\nK2,South,0\nK3,South,1\n");
    let ran = root.done(&["new", "other", "--register", "other.csv"]);
    assert!(ran.out.contains("take `--preset blank`"), "{}", ran.out);
    assert!(!root.done(&["new", "study", "--register", "register.csv"]).out.contains("--preset blank"));
    assert!(
        !root
            .done(&["new", "blank", "--preset", "blank", "--register", "other.csv"])
            .out
            .contains("take `--preset")
    );
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

#[test]
fn a_column_with_cpr_numbers_is_never_the_record_id_but_a_part_of_the_key() {
    let register = |more: &str, cells: &dyn Fn(usize) -> String| {
        let rows = (0..12).map(|place| format!("{};{};{}\n", cpr(place / 2), place % 2, cells(place)));
        format!("PNR;DIET{more}\n{}", rows.collect::<String>())
    };
    let key = |register: &str| {
        let of = proposed("blank", register);
        (of("register.columns.cpr"), of("register.columns.record_id"), of("register.key"))
    };
    let pnr = Some("PNR".to_owned());
    let dated = register(";START", &|place| format!("{:02}-03-2021", 1 + place));
    assert_eq!(key(&dated), (pnr.clone(), None, Some("cpr, first_attendance".to_owned())));
    let numbered = register(";WEIGHT;LBNR", &|place| format!("{};{place}", 60 + place));
    assert_eq!(key(&numbered), (pnr.clone(), Some("LBNR".to_owned()), None));
    // A number that stands twice tells nothing apart, and another that stands once is no number of records.
    let twice = register(";LBNR", &|place| (place / 2).to_string());
    assert_eq!(key(&twice), (pnr.clone(), None, Some("cpr".to_owned())));
    let weighed = register(";WEIGHT", &|place| (60 + place).to_string());
    assert_eq!(key(&weighed), (pnr, None, Some("cpr".to_owned())));
    let once: String = (0..12).map(|place| format!("{};{}\n", cpr(place), place % 2)).collect();
    assert_eq!(key(&format!("PNR;DIET\n{once}")), (Some("PNR".to_owned()), None, Some("cpr".to_owned())));
    // Without CPR numbers the column with a value of its own in each row, whatever its name.
    let other = (0..12).map(|place| format!("{};{};A{place}\n", place % 3, place % 2)).collect::<String>();
    assert_eq!(key(&format!("WARD;DIET;SERIAL\n{other}")), (None, Some("SERIAL".to_owned()), None));
}

#[test]
fn an_area_is_a_stratum_whatever_its_codes_and_no_indicator_as_well() {
    for codes in [["North", "South", "West"], ["1", "2", "3"]] {
        let rows: String =
            (0..120).map(|place| format!("{};{};{}\n", cpr(place), codes[place % 3], place % 2)).collect();
        let root = SmallStudy::new();
        root.write("extract.csv", &format!("PNR;AREA;DIET\n{rows}"));
        let json = root.json(&["new", "study", "--preset", "blank", "--register", "extract.csv"]);
        assert_eq!(json["strata"], serde_json::json!(codes));
        let keys: Vec<&str> =
            json["proposed"].as_array().unwrap().iter().map(|one| one["key"].as_str().unwrap()).collect();
        assert!(
            keys.contains(&"indicator.diet.column") && !keys.contains(&"indicator.area.column"),
            "{keys:?}"
        );
        let check = root.run(&["check", "--study", "study", "--format", "json"]);
        assert_eq!((check.code, &check.json()["flow"]["frame"]), (Some(0), &120.into()), "{}", check.out);
    }
}

#[test]
fn where_no_name_tells_the_sites_the_columns_with_few_values_are_named() {
    let rows: String = (0..30)
        .map(|place| {
            format!(
                "{place};{};{};{};{}\n",
                ["K", "M"][place % 2],
                ["A", "B", "C"][place % 3],
                50 + place,
                place % 2
            )
        })
        .collect();
    let root = SmallStudy::new();
    root.write("extract.csv", &format!("ID;Køn;Gruppe;Vægt;DIET\n{rows}"));
    let json = root.json(&["new", "study", "--preset", "blank", "--register", "extract.csv"]);
    let wanted =
        "register.columns.stratum, and a [[stratum]] for each of its values; perhaps `Gruppe` (3 values)";
    assert!(json["open"].as_array().unwrap().contains(&wanted.into()), "{}", json["open"]);
}

#[test]
fn a_cpr_number_in_the_column_of_sites_a_header_or_an_indicator_is_never_proposed() {
    let root = SmallStudy::new();
    let numbers = [cpr(1), format!("{}-{}", &cpr(2)[..6], &cpr(2)[6..]), cpr(3)[1..].to_owned(), cpr(4)];
    let [whole, hyphen, nine, within] = &numbers;
    let mut register = format!("Forløb;Sygehus;Diæt;Svar {within};\n");
    for (place, site) in ["Vejle", "Kolding", whole, hyphen, nine, "Vejle"].iter().enumerate() {
        register += &format!("{place};{site};{};{};\n", place % 2, place % 2);
    }
    for place in 0..20 {
        register += &format!("{};Vejle;{};0;\n", place + 10, if place == 9 { whole.as_str() } else { "1" });
    }
    root.write("extract.csv", &register);
    for preset in ["blank", "hjertekommidt"] {
        let ran =
            root.done(&["new", preset, "--preset", preset, "--register", "extract.csv", "--format", "json"]);
        let protocol = fs::read_to_string(root.path(preset).join("study.toml")).unwrap();
        for number in &numbers {
            assert!(!ran.out.contains(number) && !protocol.contains(number), "{preset}: {}", ran.out);
        }
        let notes = ran.json()["notes"].to_string();
        assert!(
            notes.contains("Column D is left out") && notes.contains("1 cell of the column `Diæt`"),
            "{notes}"
        );
        assert_eq!(notes.contains("3 cells of the column `Sygehus`"), preset == "blank", "{notes}");
    }
}

#[test]
fn what_is_proposed_of_a_register_with_many_spellings_passes_the_check() {
    let root = SmallStudy::new();
    let sites = ["Aalborg UH", "AALBORG UH", "Ålborg  UH", "Aalborg UH", "Vejle", "vejle ", "01", "1"];
    let mut register = "id;Sygehus;Diæt?;Diæt!;80 %\n".to_owned();
    for (place, site) in sites.iter().cycle().take(120).enumerate() {
        let word = ["Ja", "ja", "JA", "nej", "Nej"][place % 5];
        register += &format!("{place};{site};{word};{};{}\n", place % 2, place % 2);
    }
    root.write("extract.csv", &register);
    let json = root.json(&["new", "study", "--preset", "blank", "--register", "extract.csv"]);
    assert_eq!(json["strata"], serde_json::json!(["01", "Aalborg UH", "Vejle"]));
    let keys: Vec<&str> =
        json["proposed"].as_array().unwrap().iter().map(|one| one["key"].as_str().unwrap()).collect();
    for key in ["indicator.diaet.column", "indicator.diaet_2.column", "indicator.indicator_5.column"] {
        assert!(keys.contains(&key), "{key} in {keys:?}");
    }
    let once: std::collections::BTreeSet<&&str> = keys.iter().collect();
    assert_eq!(once.len(), keys.len(), "each key once: {keys:?}");
    let check = root.run(&["check", "--study", "study", "--format", "json"]);
    assert_eq!(
        (check.code, &check.json()["errors"], &check.json()["flow"]["frame"]),
        (Some(0), &0.into(), &120.into())
    );
}

#[test]
fn a_register_outside_the_folder_is_named_with_its_whole_path_and_that_is_said() {
    let root = SmallStudy::new();
    let notes = |json: serde_json::Value| json["notes"].as_array().unwrap().clone();
    let said = "`register.file` is the whole path, since the file is not in the folder: copy it there and write its name \
                alone if study.toml is to be shared.";
    assert_eq!(notes(root.json(&["new", "outside", "--register", "register.csv"])), [said]);
    fs::create_dir(root.path("inside")).unwrap();
    root.write("inside/register.csv", &csv(&courses(20)));
    assert!(notes(root.json(&["new", "inside", "--register", "inside/register.csv"])).is_empty());
}

#[test]
fn an_indicator_is_told_by_the_stem_of_a_word_as_a_guess() {
    let root = SmallStudy::new();
    let header = "Gennemført forløb;≥80 % fremmøde træning;Rygestatus v. afslutning;Fysisk kapacitet";
    root.write("extract.csv", &format!("{header}\n1;0;1;1\n0;1;0;0\n"));
    let json = root.json(&["new", "study", "--register", "extract.csv"]);
    for (indicator, column) in
        ["adherence", "sessions", "smoking_cessation", "capacity"].iter().zip(header.split(';'))
    {
        let key = format!("indicator.{indicator}.column");
        let found = json["proposed"].as_array().unwrap().iter().find(|one| one["key"] == key.as_str());
        assert_eq!(found, Some(&serde_json::json!({"key": key, "value": column, "sure": false})));
    }
}
