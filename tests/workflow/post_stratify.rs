//! `[analysis] post_stratify`

use serde_json::Value;

use crate::small_study::{PROTOCOL, SmallStudy, courses};

fn study(by: &str, more: &str) -> SmallStudy {
    let protocol =
        PROTOCOL.replace("by = []", &format!("by = [\"stratum\"]\npost_stratify = \"{by}\"{more}"));
    SmallStudy::reviewed_with(&protocol, 200)
}

fn whole<'j>(json: &'j Value, id: &str) -> &'j Value {
    let found = json["indicators"].as_array().unwrap().iter().find(|one| one["indicator"] == id).unwrap();
    &found["groups"][0]
}

fn estimate(group: &Value, list: &str, measure: &str) -> f64 {
    let found = group[list].as_array().unwrap().iter().find(|one| one["measure"] == measure).unwrap();
    found["estimate"].as_f64().unwrap()
}

/// With min_cell = 1 nothing is rounded: the weighted share of register-positives is that of the frame.
#[test]
fn the_weighted_figures_follow_the_frame_and_the_design_stands_beside_them() {
    let study = study("frame", "");
    study.edit("min_cell = 3", "min_cell = 1");
    let json = study.json(&["analyse"]);
    let diet = whole(&json, "diet");
    let frame = courses(200);
    let of = |value: &str| frame.iter().filter(|row| row[5] == value).count() as f64;
    // Every reviewed course that the register calls yes or no has an answer, but for some that are not documented.
    assert_eq!(json["settings"]["post_stratify"], "frame");
    let ppv = [estimate(diet, "weighted", "ppv"), estimate(diet, "design_weighted", "ppv")];
    assert!((ppv[0] - ppv[1]).abs() < 1e-12, "within one register value nothing changes: {ppv:?}");
    let [calibrated, design] =
        ["weighted", "design_weighted"].map(|list| estimate(diet, list, "prevalence_register"));
    let known = of("1") / (of("1") + of("0"));
    assert!((calibrated - known).abs() < (design - known).abs(), "{calibrated} {design} {known}");
    for file in ["results/tables.md", "results/tables.tex"] {
        let text = std::fs::read_to_string(study.path(file)).unwrap();
        let head = text.lines().next().unwrap();
        assert!(head.contains("post-stratified by the register's value in the whole frame"), "{head}");
        assert!(text.contains("design alone"), "{file}");
    }
    let csv = std::fs::read_to_string(study.path("results/accuracy.csv")).unwrap();
    assert!(csv.contains(",diet,all,,sensitivity,design_weighted,"), "{csv}");
    study.done(&["verify"]);
}

/// In the small study some strata have cells of one or two persons.
#[test]
fn calibrated_figures_are_as_coarse_as_the_weighted_ones() {
    let json = study("strata", "").json(&["analyse"]);
    let mut rounded = 0;
    for list in ["weighted", "design_weighted"] {
        for one in whole(&json, "diet")[list].as_array().unwrap() {
            for key in ["estimate", "se", "lower", "upper"] {
                let Some(number) = one[key].as_f64() else { continue };
                assert!((number * 1e3 - (number * 1e3).round()).abs() < 1e-9, "{list}: {one}");
                rounded += 1;
            }
        }
    }
    assert!(rounded > 40, "{rounded}");
}

#[test]
fn a_change_after_the_draw_is_told_with_both_values() {
    let study = study("frame", "");
    study.edit("post_stratify = \"frame\"", "post_stratify = \"none\"");
    let json = study.json(&["analyse"]);
    let told = "the settings of the analysis differ from those at the draw: post-stratification: \
                before in the whole frame, now none";
    assert_eq!(json["post_hoc"][0], told);
    assert_eq!(json["settings"]["post_stratify"], "none");
    assert_eq!(whole(&json, "diet")["design_weighted"], Value::Null);
}

#[test]
fn the_bootstrap_is_in_every_file_and_can_be_repeated() {
    let study = study("none", "\nbootstrap = 199\nbootstrap_seed = \"a seed\"");
    study.edit("min_cell = 3", "min_cell = 1");
    let json = study.json(&["analyse"]);
    let bootstrap = &json["bootstrap"];
    assert_eq!((&bootstrap["seed"], &bootstrap["replicates"]), (&"a seed".into(), &199.into()));
    let diet =
        bootstrap["indicators"].as_array().unwrap().iter().find(|one| one["indicator"] == "diet").unwrap();
    for weighted in whole(&json, "diet")["weighted"].as_array().unwrap() {
        let measures = diet["measures"].as_array().unwrap();
        let found = measures.iter().find(|one| one["measure"] == weighted["measure"]).unwrap();
        let [one, other] = [found, weighted].map(|of| of["estimate"].as_f64().unwrap());
        assert!((one - other).abs() < 1e-12, "{found} {weighted}");
    }
    let tables = std::fs::read_to_string(study.path("results/tables.md")).unwrap();
    assert!(tables.contains("BCa 95\u{a0}% CI") && tables.contains("seed \"a seed\""), "{tables}");
    let csv = std::fs::read_to_string(study.path("results/accuracy.csv")).unwrap();
    assert!(
        csv.lines().any(|line| line.contains(",diet,all,,f1,bootstrap,") && line.contains(",bca,")),
        "{csv}"
    );
    let out = study.done(&["verify"]).out;
    assert!(out.contains("results/results.json: reproduced byte for byte"), "{out}");
    study.edit("a seed", "another");
    let out = study.run(&["verify"]).out;
    assert!(
        out.contains(
            "other settings than study.toml has: seed of the bootstrap: before “a seed”, now “another”"
        ),
        "{out}"
    );
    let before = json["bootstrap"]["indicators"].clone();
    let json = study.json(&["analyse"]);
    assert_ne!(json["bootstrap"]["indicators"], before, "another seed has other limits");
    assert!(
        json["post_hoc"][0]
            .as_str()
            .unwrap()
            .contains("seed of the bootstrap: before “a seed”, now “another”"),
        "{json}"
    );
}

#[test]
fn bootstrap_limits_obey_small_cells() {
    let coarse = study("none", "\nbootstrap = 199").json(&["analyse"]);
    let diet = &coarse["bootstrap"]["indicators"][0]["measures"];
    let mut rounded = 0;
    for one in diet.as_array().unwrap() {
        assert_eq!(one["undefined"], Value::Null, "{one}");
        let limits = one["intervals"].as_array().unwrap().iter().flat_map(|of| [&of["lower"], &of["upper"]]);
        for number in limits.chain([&one["estimate"], &one["se"]]).filter_map(Value::as_f64) {
            assert!((number * 1e3 - (number * 1e3).round()).abs() < 1e-9, "{one}");
            rounded += 1;
        }
    }
    assert!(rounded > 40, "{rounded}");
    let study = study("none", "\nbootstrap = 199");
    study.edit("min_cell = 3\nmin_cell_overall = 1", "min_cell = 60\nmin_cell_overall = 60");
    let json = study.json(&["analyse"]);
    for one in json["bootstrap"]["indicators"].as_array().unwrap() {
        assert_eq!((&one["measures"], &one["reason"]), (&Value::Null, &"suppressed".into()));
    }
    assert!(!study.done(&["analyse"]).out.contains("BCa"));
    assert!(!std::fs::read_to_string(study.path("results/accuracy.csv")).unwrap().contains("bootstrap"));
}
