//! `[report]`: the language, the decimal sign and the decimals of results.

use std::fs;

use crate::small_study::SmallStudy;

fn tables(study: &SmallStudy) -> String {
    fs::read_to_string(study.path("results/tables.md")).unwrap()
}

/// A reviewed study whose `[report]` has these keys.
fn reported(keys: &str) -> SmallStudy {
    let study = SmallStudy::reviewed();
    study.edit("[disclosure]", &format!("[report]\n{keys}\n\n[disclosure]"));
    study
}

#[test]
fn danish_results_have_danish_words_and_decimal_commas() {
    let study = reported("language = \"da\"");
    study.edit("name = \"municipality\"", "name = { da = \"kommune\", en = \"municipality\" }");
    study.edit("by = []", "by = [\"stratum\", \"cluster\", \"sex\", \"year\"]");
    study.done(&["analyse"]);
    let danish = tables(&study);
    for english in [
        "Accuracy",
        "weighted",
        "hidden",
        "charts",
        "courses",
        "intervals",
        "difference",
        "agreement",
        "estimable",
        "Figures",
        "municipality",
        "indicator",
    ] {
        assert!(!danish.contains(english), "{english}: {danish}");
    }
    let is_number = |text: &&str| {
        let (whole, decimals) = text.split_once('.').unwrap_or_default();
        let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        digits(whole) && digits(decimals)
    };
    let words = danish.split(|c: char| !c.is_ascii_digit() && c != '.');
    let pointed: Vec<&str> = words.filter(is_number).collect();
    assert!(pointed.is_empty(), "{pointed:?}");
    assert!(danish.contains("Nøjagtigheden af") && danish.contains("95 % konfidensintervaller"), "{danish}");
}

#[test]
fn the_language_changes_no_file_for_programs() {
    let study = SmallStudy::reviewed();
    study.done(&["analyse"]);
    let read = |name: &str| fs::read(study.path(&format!("results/{name}"))).unwrap();
    let before = ["results.json", "accuracy.csv"].map(read);
    study.edit("[disclosure]", "[report]\nlanguage = \"da\"\ndecimals = 2\n\n[disclosure]");
    study.done(&["analyse"]);
    assert!(["results.json", "accuracy.csv"].map(read) == before);
}

#[test]
fn two_decimals_are_printed_where_they_are_asked_for() {
    let study = reported("decimals = 2");
    study.done(&["analyse"]);
    let accuracy = tables(&study).lines().find(|line| line.starts_with("|   plain")).unwrap().to_owned();
    let places =
        |cell: &str| cell.split(' ').next().unwrap().split_once('.').map(|(_, decimals)| decimals.len());
    let decimals: Vec<usize> = accuracy.split('|').filter_map(|cell| places(cell.trim())).collect();
    assert!(!decimals.is_empty() && decimals.iter().all(|places| *places == 2), "{accuracy}");
}

#[test]
fn a_decimal_sign_of_its_own_goes_before_the_usual_one_of_the_language() {
    let study = reported("decimal_comma = true");
    study.done(&["analyse"]);
    let text = tables(&study);
    assert!(text.contains("Accuracy of") && text.contains("95 % confidence"), "{text}");
    assert!(
        text.lines().any(|line| line.starts_with("|   plain") && line.contains(',') && !line.contains('.'))
    );
}

#[test]
fn unknown_settings_are_refused_before_anything_is_written() {
    let study = reported("language = \"de\"\ndecimals = 3");
    let told = study.refused(&["analyse"], 1);
    insta::assert_snapshot!(told, @"
    error: `report.language` is `de`, expected one of `da`, `en`
      --> study.toml, line 109, `report.language`

    error: `report.decimals` is 3, expected 1 or 2
      --> study.toml, line 110, `report.decimals`
      = why: a sample of charts tells no more decimals of a percentage apart, and fewer would be rounded twice

    help: write `decimals = 1`; results.json has all digits

    2 errors; nothing was done
    ");
    assert!(study.files("results").is_empty());
}

#[test]
fn results_in_another_language_are_one_difference() {
    let study = SmallStudy::reviewed();
    study.done(&["analyse"]);
    study.edit("[disclosure]", "[report]\nlanguage = \"da\"\n\n[disclosure]");
    let told = study.run(&["verify"]).out;
    assert!(
        told.contains("made with other settings") && told.contains("report language: before none, now da"),
        "{told}"
    );
}

/// The small study with its municipalities side by side, nothing hidden; `descriptive_below` as given.
fn marked_below(records: u64) -> [String; 3] {
    let study = reported(&format!("descriptive_below = {records}"));
    study.edit("by = []", "by = [\"stratum\"]");
    study.edit("min_cell = 3", "min_cell = 1");
    study.done(&["analyse"]);
    let file = |name: &str| fs::read_to_string(study.path(&format!("results/{name}"))).unwrap();
    ["tables.md", "figures/by-stratum-diet.svg", "results.json"].map(file)
}

/// The whole study and its parts for the first indicator that can be assessed.
fn groups(json: &str) -> Vec<serde_json::Value> {
    let json: serde_json::Value = serde_json::from_str(json).unwrap();
    let assessable = json["indicators"].as_array().unwrap().iter().find(|one| one["assessable"] == true);
    assessable.unwrap()["groups"].as_array().unwrap().clone()
}

#[test]
fn figures_of_parts_with_few_records_are_marked_as_descriptive() {
    let [tables, figure, json] = marked_below(1000);
    for text in [&tables, &figure] {
        assert!(text.contains("727 Odder †") && text.contains("†: fewer than 1,000 records"), "{text}");
    }
    let groups = groups(&json);
    assert!(groups.len() > 1);
    for group in &groups {
        assert_eq!(group["descriptive"] == true, group["grouping"] != "all", "{group}");
    }
}

#[test]
fn parts_with_as_many_records_as_the_limit_are_not_marked() {
    let unmarked = marked_below(0);
    assert!(!unmarked.iter().any(|text| text.contains('†') || text.contains("\"descriptive\"")));
    let part = &groups(&unmarked[2])[1];
    let records: u64 = ["tp", "fp", "fn", "tn"].iter().map(|cell| part[*cell].as_u64().unwrap()).sum();
    let is_marked = |below: u64| groups(&marked_below(below)[2])[1]["descriptive"] == true;
    assert_eq!([records, records + 1].map(is_marked), [false, true]);
}

/// A second digit of a figure that was rounded for the sake of hidden counts would be made up.
#[test]
fn what_is_rounded_has_no_second_decimal_in_any_file() {
    let study = reported("decimals = 2");
    study.done(&["analyse"]);
    let read = |name: &str| fs::read_to_string(study.path(&format!("results/{name}"))).unwrap();
    let csv = read("accuracy.csv");
    let header: Vec<&str> = csv.lines().next().unwrap().split(',').collect();
    let place = |name: &str| header.iter().position(|one| *one == name).unwrap();
    let data = read("results.json");
    let data: serde_json::Value = serde_json::from_str(&data).unwrap();
    let digest = &data["data_digest"].as_str().unwrap()[..16];
    let of_tables =
        read("tables.md").lines().filter(|line| !line.starts_with("|   plain")).collect::<String>();
    let texts = [of_tables, read("text.md"), read("figures/accuracy.svg")];
    let (mut rounded, mut exact) = (0, 0);
    for row in csv.lines().skip(1).map(|line| line.split(',').collect::<Vec<_>>()) {
        assert_eq!(row[place("data")], digest);
        let is_main = ["sensitivity", "specificity", "ppv", "npv"].contains(&row[place("measure")]);
        let Ok(estimate) = row[place("estimate")].parse::<f64>() else { continue };
        exact += usize::from(row[place("rounded")] == "false");
        if row[place("rounded")] != "true" || row[place("estimator")] != "weighted" || !is_main {
            continue;
        }
        assert!((estimate * 1000.0 - (estimate * 1000.0).round()).abs() < 1e-9, "{row:?}");
        let shown = format!("{:.1}", estimate * 100.0);
        for text in &texts {
            let text = text.replace("\u{a0}%", "");
            assert!(text.contains(&format!("{shown} (")), "{shown}: {text}");
            assert!(!text.contains(&format!("{shown}0 (")), "{shown}0: {text}");
        }
        rounded += 1;
    }
    assert!(rounded > 3 && exact > 3, "{rounded} {exact}");
    let page = read("report.html");
    let (_, cards) = page.split_once("<dl class=\"glance\">").unwrap();
    let cards = cards.split("</dl>").next().unwrap();
    assert!(
        cards.contains("lowest to highest of three indicators") && cards.contains("\u{a0}% to "),
        "{cards}"
    );
    let decimals =
        cards.split(|c: char| !c.is_ascii_digit() && c != '.').filter_map(|one| one.split_once('.'));
    assert!(
        decimals.clone().count() > 3 && decimals.clone().all(|(_, decimals)| decimals.len() == 1),
        "{cards}"
    );
}
