//! `--explain` of the commands without a study, and the true prevalence

use insta::assert_snapshot;
use serde_json::Value;

use super::{call, done, folder, json, number};

fn names(value: &Value) -> Vec<&str> {
    value["explain"].as_array().unwrap().iter().map(|one| one["name"].as_str().unwrap()).collect()
}

#[test]
fn each_command_explains_what_it_shows() {
    assert_eq!(names(&json(call("interval 231 258 --explain --format json"))), ["clopper_pearson"]);
    let all = json(call("interval 231 258 --all --explain --format json"));
    assert_eq!(names(&all).len(), 9);
    let table = json(call("table 24 8 17 28 --explain --method wilson --format json"));
    let measures = "sensitivity specificity ppv npv prevalence_reference prevalence_register prevalence_difference \
                    accuracy f1 lr_positive lr_negative diagnostic_odds_ratio youden kappa mcnemar";
    let methods =
        "wilson newcombe_paired wilson_transformed koopman miettinen_nurminen square_and_add wald_agreement";
    assert_eq!(names(&table).join(" "), format!("{measures} {methods}"));
    let table = json(call("table 24 8 17 28 --all --bootstrap 100 --explain --format json"));
    for name in ["wald", "log_ratio", "number_needed_to_diagnose", "square_and_add_reciprocal", "bca"] {
        assert!(names(&table).contains(&name), "{name}");
    }
    let kappa = json(call("kappa 80 10 5 5 --explain --format json"));
    assert_eq!(names(&kappa)[..4], ["agreement", "kappa", "pabak", "ac1"]);
    let file = "accuracy fixtures/oracles/weighted_d2_synthetic_18strata.csv --register register --reference chart \
                --stratum stratum --population N_h --explain --format json";
    let names = json(call(&file.split_whitespace().collect::<Vec<_>>().join(" ")));
    for name in ["sensitivity", "weighted", "korn_graubard", "linearised", "clopper_pearson"] {
        assert!(self::names(&names).contains(&name), "{name}: {}", names["explain"]);
    }
}

#[test]
fn people_read_formula_edges_and_paper() {
    assert_snapshot!(done(call("interval 231 258 --explain --method wilson")), @"");
    assert_snapshot!(done(call("kappa 80 10 5 5 --explain")).split_once("Formulas").unwrap().1, @"");
    assert!(!done(call("table 24 8 17 28")).contains("Formulas"));
}

/// The manual of epiR: 23 of 150 cows, sensitivity 96 %, specificity 89 %.
#[test]
fn the_true_prevalence_stands_below_the_apparent_one() {
    let call_of = "interval 23 150 --sensitivity 0.96 --specificity 0.89";
    let found = json(call(&format!("{call_of} --format json")));
    let prevalence = &found["true_prevalence"];
    assert!((number(&prevalence["estimate"]) - (23.0 / 150.0 - 0.11) / 0.85).abs() < 1e-14);
    let methods: Vec<&Value> =
        prevalence["intervals"].as_array().unwrap().iter().map(|one| &one["method"]).collect();
    assert_eq!(methods, ["clopper_pearson_transformed", "rogan_gladen"]);
    assert_snapshot!(done(call(&format!("{call_of} --source the~manual~of~epiR"))), @"");
    let counted = json(call("interval 23 150 --sensitivity 96/100 --specificity 178/200 --format json"));
    assert_eq!(counted["true_prevalence"]["sensitivity"]["n"], 100);
    assert_eq!(counted["true_prevalence"]["intervals"][0]["method"], "lang_reiczigel");
    let csv = done(call(&format!("{call_of} --format csv")));
    assert!(csv.lines().any(|line| line.contains(",rogan_gladen,")), "{csv}");
}

#[test]
fn a_true_prevalence_that_cannot_be_is_inadmissible_or_refused() {
    let found = json(call("interval 3 150 --sensitivity 0.9 --specificity 0.9 --format json"));
    let prevalence = &found["true_prevalence"];
    assert_eq!((&prevalence["estimate"], &prevalence["reason"]), (&Value::Null, &"inadmissible".into()));
    assert!(number(&prevalence["uncut"]) < 0.0);
    let out = done(call("interval 3 150 --sensitivity 0.9 --specificity 0.9"));
    assert!(out.contains("Inadmissible: the formula gives −10.0 %"), "{out}");
    let told = |words: &str| {
        let printed = call(words);
        assert_eq!((printed.code, printed.stdout.as_str()), (2, ""));
        printed.stderr
    };
    assert_snapshot!(told("interval 263 344 --sensitivity 231/258 --specificity 54/86"), @"");
    assert_snapshot!(told("interval 23 150 --sensitivity 0.9 --specificity 54/86"), @"");
    assert_snapshot!(told("interval 23 150 --sensitivity 90 --specificity 0.8"), @"");
    assert_snapshot!(told("interval 23 150 --sensitivity 0/0 --specificity 5/6"), @"");
    assert!(told("interval 23 150 --sensitivity x --specificity 5/6").contains("counts such as 231/258"));
    assert!(told("interval 23 150 --sensitivity 0.9").contains("--specificity <SP>"));
}

/// The same for a file, in whose groups the methods are named once.
#[test]
fn a_method_is_explained_once() {
    let charts = folder("f.csv", "a,b,sex\n1,1,f\n0,0,m\n1,0,f\n0,1,m\n");
    let call = "accuracy f.csv --register a --reference b --by sex --explain --format json";
    let found = json(super::call_in(charts.path(), call));
    let names = names(&found);
    assert_eq!(names.iter().filter(|name| **name == "clopper_pearson").count(), 1);
}
