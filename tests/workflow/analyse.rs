//! `hkm analyse`: to the screen and to `results/`.

use std::fs;

use serde_json::Value;

use crate::review_forms::parts;
use crate::small_study::{PROTOCOL, SmallStudy, courses, csv};

/// What stands in a file of the results, unpacked where it is packed.
fn text_of(study: &SmallStudy, name: &str) -> String {
    let path = study.path(&format!("results/{name}"));
    match name.ends_with(".docx") || name.ends_with(".xlsx") {
        true => parts(&path).into_iter().map(|(_, text)| text).collect(),
        false => fs::read_to_string(path).unwrap(),
    }
}

fn indicator<'j>(json: &'j Value, id: &str) -> &'j Value {
    json["indicators"].as_array().unwrap().iter().find(|one| one["indicator"] == id).unwrap()
}

#[test]
fn results_are_interim_while_anything_is_open() {
    let study = SmallStudy::with_forms();
    let json = study.json(&["analyse"]);
    assert_eq!((&json["status"], json["open"].as_array().unwrap().len()), (&"interim".into(), 2));
    for name in study.files("results") {
        let status = match name.rsplit('.').next().unwrap() {
            // A PNG is the picture of the SVG beside it.
            "png" => continue,
            "csv" | "json" => "interim",
            _ => "INTERIM RESULTS. ",
        };
        assert!(text_of(&study, &name).contains(status), "{name}");
    }
}

#[test]
fn final_results_are_refused_while_anything_is_open() {
    let study = SmallStudy::reviewed();
    let before = study.stored();
    let told = study.refused(&["analyse", "--final"], 1);
    assert!(told.contains("8 second readings still to come"), "{told}");
    assert_eq!((study.stored(), study.files("results").len()), (before, 0));
}

#[test]
fn the_same_study_gives_the_same_bytes() {
    let study = SmallStudy::reviewed();
    study.done(&["analyse"]);
    let first = study.bytes("results");
    study.done(&["analyse"]);
    assert_eq!(study.bytes("results"), first, "again");
    fs::remove_dir_all(study.path("results")).unwrap();
    study.done(&["analyse"]);
    assert_eq!(study.bytes("results"), first, "from nothing");
}

#[test]
fn another_day_user_and_folder_give_the_same_bytes() {
    let [one, other] = [SmallStudy::reviewed(), SmallStudy::reviewed()];
    one.done(&["analyse"]);
    let mut command = crate::small_study::program(other.folder());
    assert!(command.env("USER", "somebody").arg("analyse").output().unwrap().status.success());
    assert_eq!(one.bytes("results"), other.bytes("results"));
}

#[test]
fn options_change_the_screen_and_not_the_files() {
    let study = SmallStudy::reviewed();
    study.done(&["analyse"]);
    let before = study.bytes("results");
    let json = study.json(&[
        "analyse",
        "--level",
        "0.9",
        "--method",
        "wilson",
        "--weighted-method",
        "logit",
        "--by",
        "sex",
    ]);
    assert_eq!((&json["settings"]["level"], &json["settings"]["interval"]), (&0.9.into(), &"wilson".into()));
    assert_eq!(study.bytes("results"), before);
    for wrong in [["--level", "95"], ["--method", "walde"], ["--weighted-method", "wald"], ["--by", "sexes"]]
    {
        study.refused(&["analyse", wrong[0], wrong[1]], 2);
    }
}

#[test]
fn an_indicator_that_the_review_cannot_tell_is_not_assessable() {
    let study = SmallStudy::reviewed();
    let json = study.json(&["analyse"]);
    let participation = indicator(&json, "participation");
    assert_eq!(
        (&participation["assessable"], &participation["reason"]),
        (&false.into(), &"not_assessable".into())
    );
    assert!(participation.get("groups").is_none());
    let table = fs::read_to_string(study.path("results/accuracy.csv")).unwrap();
    let row = table.lines().find(|line| line.contains("participation")).unwrap();
    assert!(row.contains(",not_assessable,,"), "{row}");
}

#[test]
fn counts_add_up_to_the_charts_that_were_read() {
    let json = SmallStudy::reviewed().json(&["analyse"]);
    for id in ["diet", "depression", "smoking"] {
        let group = &indicator(&json, id)["groups"][0];
        let cell = |name: &str| group[name].as_u64().unwrap();
        let counts = group["counts"].as_object().unwrap();
        let outside: u64 = counts
            .iter()
            .filter(|(name, _)| !["in_use", "read", "pending"].contains(&name.as_str()))
            .map(|(_, count)| count.as_u64().unwrap())
            .sum();
        assert_eq!(cell("tp") + cell("fp") + cell("fn") + cell("tn") + outside, 60, "{id}: {group}");
    }
}

#[test]
fn changed_settings_are_printed_as_post_hoc() {
    let study = SmallStudy::reviewed();
    assert_eq!(study.json(&["analyse"])["post_hoc"], serde_json::json!([]));
    study.edit("level = 0.95", "level = 0.9");
    let post_hoc = study.json(&["analyse"])["post_hoc"].clone();
    assert!(post_hoc[0].as_str().unwrap().contains("settings of the analysis"));
    study.done(&["draw", "--enlarge", "80"]);
    let post_hoc = study.json(&["analyse"])["post_hoc"].clone();
    assert_eq!(post_hoc.as_array().unwrap().len(), 2);
}

/// The cells of every group that is shown, and which are hidden.
fn shown_and_hidden(json: &Value, id: &str, grouping: &str) -> (Vec<[u64; 4]>, Vec<String>) {
    let groups = indicator(json, id)["groups"].as_array().unwrap();
    let of = groups.iter().filter(|group| group["grouping"] == grouping);
    let (mut shown, mut hidden) = (Vec::new(), Vec::new());
    for group in of {
        match group.get("tp") {
            Some(_) => shown.push(["tp", "fp", "fn", "tn"].map(|cell| group[cell].as_u64().unwrap())),
            None => {
                assert_eq!(
                    group.as_object().unwrap().keys().collect::<Vec<_>>(),
                    ["grouping", "group", "reason"]
                );
                hidden.push(group["group"].as_str().unwrap().to_owned());
            }
        }
    }
    (shown, hidden)
}

/// By other parts or limits hidden counts of one could follow from the other.
#[test]
fn who_sees_other_tables_than_results_holds_is_told_to_publish_one_of_the_two() {
    let study = SmallStudy::reviewed();
    let warning = "Publish one of the two: together they may give hidden counts away.";
    assert!(study.done(&["analyse", "--by", "stratum"]).out.contains(warning));
    assert!(!study.done(&["analyse"]).out.contains(warning));
}

#[test]
fn small_cells_are_hidden_and_do_not_follow_from_the_margins() {
    let study = SmallStudy::reviewed();
    let json = study.json(&["analyse", "--by", "stratum"]);
    for id in ["diet", "depression", "smoking"] {
        let (whole, _) = shown_and_hidden(&json, id, "all");
        let (shown, hidden) = shown_and_hidden(&json, id, "stratum");
        assert!(shown.iter().flatten().all(|cell| *cell == 0 || *cell >= 3), "{id}: {shown:?}");
        assert_ne!(hidden.len(), 1, "{id}: a single hidden table follows by subtraction");
        for cell in 0..4 {
            let rest = whole[0][cell] - shown.iter().map(|one| one[cell]).sum::<u64>();
            let all_hidden = shown.is_empty();
            assert!(
                all_hidden || hidden.is_empty() || rest == 0 || rest >= 3,
                "{id}: {rest} persons are left over"
            );
        }
        assert!(!hidden.is_empty(), "{id}: Odder has four courses");
    }
}

/// A cluster less its shown municipalities must not be a hidden municipality.
#[test]
fn a_hidden_municipality_does_not_follow_from_its_cluster() {
    let mut rows = courses(600);
    for (place, row) in rows.iter_mut().enumerate() {
        row[4] = ["Aarhus", "Samsø", "Horsens", "Skanderborg", "Aarhus", "Horsens"][place % 6].to_owned();
    }
    let study = SmallStudy::with(PROTOCOL, &csv(&rows));
    study.edit("in_study = false\n", "");
    study.edit("total = 60", "total = 240");
    study.edit("minimum = 4", "minimum = 0");
    study.done(&["draw"]);
    study.done(&["forms"]);
    study.record_all();
    let mut tried = 0;
    for min_cell in 3..9 {
        let text = fs::read_to_string(study.path("study.toml")).unwrap();
        study.write(
            "study.toml",
            &text.replace(&format!("min_cell = {min_cell}"), &format!("min_cell = {}", min_cell + 1)),
        );
        let json = study.json(&["analyse", "--by", "stratum", "--by", "cluster"]);
        for id in ["diet", "depression", "smoking"] {
            let (_, clusters) = shown_and_hidden(&json, id, "cluster");
            let (_, hidden) = shown_and_hidden(&json, id, "stratum");
            for (cluster, members) in [("Aarhus", ["741", "751"]), ("Horsens", ["615", "746"])] {
                let of_cluster = members.iter().filter(|code| hidden.iter().any(|one| one == *code)).count();
                let is_shown = !clusters.iter().any(|one| one == cluster);
                assert!(!is_shown || of_cluster != 1, "{id}: {hidden:?} follows from {cluster}");
                assert!(is_shown || of_cluster == 2, "{id}: {cluster} follows from its parts");
                tried += usize::from(is_shown && of_cluster == 2);
            }
        }
    }
    assert!(tried > 0, "a municipality was hidden in a cluster that is shown");
}

#[test]
fn hidden_numbers_are_in_no_file() {
    let study = SmallStudy::new();
    study.edit("by = []", "by = [\"stratum\"]");
    study.done(&["draw"]);
    study.done(&["forms"]);
    study.record_all();
    study.done(&["analyse"]);
    let table = fs::read_to_string(study.path("results/accuracy.csv")).unwrap();
    let hidden: Vec<&str> = table.lines().filter(|line| line.contains(",suppressed,,")).collect();
    assert!(!hidden.is_empty());
    for row in hidden {
        let cells: Vec<&str> = row.split(',').collect();
        assert!(cells[5..16].iter().all(|cell| cell.is_empty()), "{row}");
    }
}

#[test]
fn there_is_nothing_to_analyse_before_the_draw() {
    SmallStudy::new().refused(&["analyse"], 2);
}

#[test]
fn counts_beside_the_table_are_of_the_whole_study_alone() {
    let study = SmallStudy::reviewed();
    let json = study.json(&["analyse", "--by", "stratum"]);
    let mut parts = 0;
    for indicator in json["indicators"].as_array().unwrap().iter().filter(|one| one["assessable"] == true) {
        for group in indicator["groups"].as_array().unwrap() {
            let whole = group["grouping"] == "all";
            parts += usize::from(!whole);
            for key in ["counts", "found", "unadjusted"] {
                assert_eq!(group.get(key).is_some(), whole, "{key} of {}", group["group"]);
            }
        }
    }
    assert!(parts > 0);
}

/// A command that was killed between two files leaves the manifest that was coming: the next one knows whose files they are.
#[test]
fn a_look_at_nothing_is_told_of_and_does_not_count() {
    let study = SmallStudy::with_forms();
    let ran = study.done(&["analyse"]);
    assert!(ran.err.starts_with("warning: no review is recorded yet"), "{}", ran.err);
    assert!(!ran.out.contains("looked at"), "{}", ran.out);
    study.done(&["record", &study.returned("727-Odder-review.xlsx", |_| {})]);
    let ran = study.done(&["analyse"]);
    assert!(ran.out.contains("looked at in 1 state before completion"), "{}", ran.out);
    assert_eq!(ran.err, "");
    study.record_all();
    assert!(study.done(&["analyse"]).out.contains("looked at in 2 states"));
}

/// What becomes of a wrong person's chart is declared before the draw.
#[test]
fn another_rule_for_wrong_persons_is_post_hoc() {
    let study = SmallStudy::reviewed();
    study.edit("wrong_person = \"non_response\"", "wrong_person = \"ineligible\"");
    let post_hoc = study.json(&["analyse"])["post_hoc"][0].as_str().unwrap_or_default().to_owned();
    assert!(
        post_hoc.contains("records of another person: before as not found, now as read, outside every table"),
        "{post_hoc}"
    );
}

/// A backup that is older than the results must not replace them.
#[test]
fn an_old_copy_of_the_database_does_not_replace_newer_results() {
    let study = SmallStudy::with_forms();
    let old = ["study.sqlite", "key.sqlite"].map(|name| (name, fs::read(study.path(name)).unwrap()));
    study.record_all();
    study.done(&["analyse"]);
    let results = study.bytes("results");
    let restore = || old.iter().for_each(|(name, bytes)| fs::write(study.path(name), bytes).unwrap());
    restore();
    assert!(study.refused(&["analyse"], 1).contains("it is older than the results"));
    assert!(study.run(&["verify"]).out.contains("it is older than the results"));
    assert!(study.done(&["status"]).out.contains("it is older than the results"));
    // As many entries as before, of other reviews.
    for name in study.forms("review") {
        let file = study.returned(&name, |form| form.without_chart(0, "Ikke fundet"));
        study.done(&["record", &file]);
    }
    assert!(study.refused(&["analyse"], 1).contains("rests on other data"));
    old.iter().for_each(|(name, _)| fs::remove_file(study.path(name)).unwrap());
    assert!(study.refused(&["draw"], 1).contains("and study.sqlite is not here"));
    assert_eq!(study.bytes("results"), results);
}

/// Sixteen digits of a weighted estimate and the numbers of the frame give small cells back.
#[test]
fn weighted_figures_are_no_finer_than_printed_where_a_stratum_has_small_cells() {
    let study = SmallStudy::reviewed();
    study.edit("by = []", "by = [\"cluster\", \"stratum\", \"sex\"]");
    let json = study.json(&["analyse"]);
    let mut rounded = 0;
    for group in
        json["indicators"].as_array().unwrap().iter().flat_map(|one| one["groups"].as_array()).flatten()
    {
        let weighted = group["weighted"].as_array().cloned().unwrap_or_default();
        for number in weighted.iter().filter(|_| group["grouping"] != "stratum").map(|one| &one["estimate"]) {
            if let Some(number) = number.as_f64() {
                assert!((number * 1000.0 - (number * 1000.0).round()).abs() < 1e-9, "{group}");
                rounded += 1;
            }
        }
    }
    assert!(rounded > 20, "{rounded}");
    study.done(&["verify"]);
    study.edit("min_cell = 3", "min_cell = 1");
    let fine = study.json(&["analyse", "--by", "cluster"])["indicators"].to_string();
    assert!(!fine.contains("suppressed"));
    let longest =
        fine.split("\"estimate\":0.").map(|rest| rest.bytes().take_while(u8::is_ascii_digit).count()).max();
    assert!(longest > Some(10), "all digits where nothing is small");
}

#[test]
fn what_a_killed_analysis_left_behind_goes_with_the_next() {
    let study = SmallStudy::reviewed();
    study.done(&["analyse"]);
    let before = study.files("results");
    study.write("results/.hkm-half.tmp", "half a table");
    study.done(&["analyse"]);
    assert_eq!(study.files("results"), before);
    assert!(!study.path("results/.hkm-half.tmp").exists());
}

#[test]
fn an_enlargement_after_a_look_at_nothing_is_not_post_hoc() {
    let study = SmallStudy::with_forms();
    study.done(&["analyse"]);
    study.done(&["draw", "--enlarge", "70"]);
    assert_eq!(study.json(&["analyse"])["post_hoc"], serde_json::json!([]));
    study.done(&["record", &study.returned("727-Odder-review.xlsx", |_| {})]);
    study.done(&["analyse"]);
    study.done(&["draw", "--enlarge", "80"]);
    let post_hoc = study.json(&["analyse"])["post_hoc"].clone();
    assert!(post_hoc[0].as_str().unwrap_or_default().contains("enlarged after"), "{post_hoc}");
}
