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
    assert_snapshot!(done(call("interval 231 258 --explain --method wilson")), @"
    231 of 258: 89.5 %
    ──────────────────────────────────────────────────────────
     method         lower 95 % limit, %   upper 95 % limit, %
    ──────────────────────────────────────────────────────────
     Wilson score                  85.2                  92.7
    ──────────────────────────────────────────────────────────
      Wilson score: Wilson, J Am Stat Assoc 1927; 22: 209.

    Formulas, by their numbers in docs/methods.md
    TP, FP, FN, TN: the cells, register in rows and record in columns; n all of them; x events of n, p̂ = x/n; α = 1 − level, z the normal quantile with α/2 above it.

    Wilson score (2.2)
      (p̂ − p)² = z² p (1 − p) / n, solved for p
      The lower limit is 0 at x = 0, the upper 1 at x = n.
      Wilson, J Am Stat Assoc 1927; 22: 209
    ");
    assert_snapshot!(done(call("kappa 80 10 5 5 --explain")).split_once("Formulas").unwrap().1, @"
    , by their numbers in docs/methods.md
    TP, FP, FN, TN: the cells, register in rows and record in columns; n all of them; x events of n, p̂ = x/n; α = 1 − level, z the normal quantile with α/2 above it.

    Raw agreement (5.1)
      Σ pᵢᵢ
      A zero denominator is not estimable, never 0 or 1.
      Fleiss, Cohen & Everitt, Psychol Bull 1969; 72: 323
    Cohen's kappa (5.4)
      (p₀ − pₑ) / (1 − pₑ), p₀ the observed agreement, pₑ = Σ pᵢ. p.ᵢ the expected one
      Not estimable where both give the same single answer throughout; no interval where the standard error is 0.
      Cohen, Educ Psychol Meas 1960; 20: 37
    PABAK (5.3)
      (k p₀ − 1) / (k − 1), k the number of answers
      A zero denominator is not estimable, never 0 or 1.
      Byrt, Bishop & Carlin, J Clin Epidemiol 1993; 46: 423
    Gwet's AC1 (5.5)
      (p₀ − pₑ) / (1 − pₑ), pₑ = Σ πᵢ (1 − πᵢ) / (k − 1), πᵢ the mean share of an answer
      No interval where the standard error is 0.
      Gwet, Br J Math Stat Psychol 2008; 61: 29
    Positive agreement (5.2)
      2j / (1 + j), j = a / (a + b + c): both yes of those with a yes
      A zero denominator is not estimable, never 0 or 1.
      Cicchetti & Feinstein, J Clin Epidemiol 1990; 43: 551
    Negative agreement (5.2)
      2j / (1 + j), j = d / (d + b + c): both no of those with a no
      A zero denominator is not estimable, never 0 or 1.
      Cicchetti & Feinstein, J Clin Epidemiol 1990; 43: 551
    Clopper–Pearson (exact) (2.1)
      lower: P(X ≥ x) = α/2, upper: P(X ≤ x) = α/2, X binomial
      The lower limit is 0 at x = 0, the upper 1 at x = n.
      Clopper & Pearson, Biometrika 1934; 26: 404
    Limits carried over (3.5)
      the limits of a proportion, carried over by the formula of the measure
      Those of the proportion: 0 and 1 are kept.
      Clopper & Pearson, Biometrika 1934; 26: 404
    large-sample (Wald) (5.4)
      coefficient ± z SE, the large-sample standard error
      Cut at −1 and 1; no interval where the standard error is 0.
      Fleiss, Cohen & Everitt, Psychol Bull 1969; 72: 323; Gwet 2008
    ");
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
    assert_snapshot!(done(call(&format!("{call_of} --source the~manual~of~epiR"))), @"
    23 of 150: 15.3 %
    ─────────────────────────────────────────────────────────────────────
     method                    lower 95 % limit, %   upper 95 % limit, %
    ─────────────────────────────────────────────────────────────────────
     Clopper–Pearson (exact)                  10.0                  22.1
    ─────────────────────────────────────────────────────────────────────

    True prevalence
    ────────────────────────────────────────────────────────────────────────────────────────
     method                                                    true prevalence, % (95 % CI)
    ────────────────────────────────────────────────────────────────────────────────────────
     limits of X of N, carried over: Clopper–Pearson (exact)                 5.1 (0.0–13.1)
     large-sample (Rogan–Gladen)                                             5.1 (0.0–11.9)
    ────────────────────────────────────────────────────────────────────────────────────────
      Sensitivity and specificity from: the manual of epiR.
    ");
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
    assert_snapshot!(told("interval 263 344 --sensitivity 231/258 --specificity 54/86"), @"error: the sensitivity and specificity were counted in the same records as the apparent prevalence, expected other records: in its own table the correction gives back the prevalence by record");
    let doubted = done(call("interval 68 150 --sensitivity 0.4 --specificity 0.5"));
    assert!(doubted.contains("SE + SP is below 1: such a register names the wrong ones"), "{doubted}");
    let silent = done(call("interval 68 150 --sensitivity 0.4 --specificity 0.6"));
    assert!(silent.contains("SE + SP is 1: such a register does not tell"), "{silent}");
    assert_snapshot!(told("interval 23 150 --sensitivity 0.9 --specificity 54/86"), @"error: the sensitivity and the specificity are a number and counts, expected both as numbers or both as counts");
    assert_snapshot!(told("interval 23 150 --sensitivity 90 --specificity 0.8"), @"error: the sensitivity or specificity is 90, expected a number from 0 to 1");
    assert_snapshot!(told("interval 23 150 --sensitivity 0/0 --specificity 5/6"), @"error: the sensitivity or specificity is of nobody, expected at least one person");
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
