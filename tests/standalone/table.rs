//! `hkm table`

use super::{call, done, json, keys, number};

const MEASURES: &str = "sensitivity specificity ppv npv prevalence_reference prevalence_register \
    prevalence_difference accuracy f1 lr_positive lr_negative diagnostic_odds_ratio youden kappa";

fn listed<'j>(json: &'j serde_json::Value, key: &str) -> Vec<&'j serde_json::Value> {
    json[key].as_array().unwrap().iter().collect()
}

#[test]
fn the_json_has_its_keys_and_measures_in_order() {
    let table = json(call("table 240 87 178 288 --format json"));
    assert_eq!(keys(&table), ["tp", "fp", "fn", "tn", "level", "measures", "mcnemar"]);
    let names: Vec<&str> =
        listed(&table, "measures").iter().map(|one| one["measure"].as_str().unwrap()).collect();
    assert_eq!(names.join(" "), MEASURES);
    assert_eq!(keys(&table["measures"][0]), ["measure", "x", "n", "estimate", "method", "lower", "upper"]);
    assert_eq!(keys(&table["mcnemar"]), ["fp", "fn", "p_value"]);
    assert_eq!(number(&table["measures"][2]["estimate"]), 240.0 / 327.0);
}

#[test]
fn every_method_is_given_beside_the_fourteen_measures() {
    let table = json(call("table 9 0 1 5 --all --format json"));
    assert_eq!(listed(&table, "measures").len(), 14);
    let intervals = listed(&table, "intervals");
    assert_eq!(intervals.len(), 8 * 9 + 10);
    assert_eq!(keys(intervals[0]), ["measure", "method", "lower", "upper"]);
    let logit = intervals.iter().find(|one| one["measure"] == "ppv" && one["method"] == "logit").unwrap();
    assert!(logit["lower"].is_null() && logit["reason"] == "not_defined", "{logit}");
    let [_, positive, .., number] = &intervals[8 * 9..] else { panic!("{intervals:?}") };
    assert_eq!(keys(number), ["measure", "estimate", "method", "lower", "upper"]);
    assert_eq!(
        (&number["measure"], &number["method"]),
        (&"number_needed_to_diagnose".into(), &"square_and_add_reciprocal".into())
    );
    assert!(positive["lower"].is_null() && positive["reason"] == "unbounded", "{positive}");
}

#[test]
fn ratios_by_the_log_method_and_the_number_needed_stand_below() {
    let text = done(call("table 240 87 178 288 --all"));
    insta::assert_snapshot!(text.split_once("By other methods").unwrap().1, @"

    ──────────────────────────────────────────────────────────────────────────────────────────────────────────────
                                                      method                                   estimate (95 % CI)
    ──────────────────────────────────────────────────────────────────────────────────────────────────────────────
     Positive likelihood ratio                        Koopman score                              2.47 (2.03–3.04)
     Positive likelihood ratio                        log method                                 2.47 (2.02–3.03)
     Negative likelihood ratio                        Koopman score                              0.55 (0.49–0.63)
     Negative likelihood ratio                        log method                                 0.55 (0.49–0.63)
     Diagnostic odds ratio                            Miettinen–Nurminen score                   4.46 (3.28–6.07)
     Diagnostic odds ratio                            log method                                 4.46 (3.28–6.08)
     Prevalence difference, register less record, %   Newcombe paired score                 −11.5 (−15.4 to −7.5)
     Youden's J                                       square-and-add of Wilson limits            0.34 (0.28–0.40)
     Cohen's kappa, register against record           large-sample (Wald)                        0.34 (0.27–0.40)
     Number needed to diagnose                        reciprocal of square-and-add limits        2.92 (2.48–3.62)
    ──────────────────────────────────────────────────────────────────────────────────────────────────────────────
    ");
}

#[test]
fn a_record_that_is_sometimes_wrong_changes_the_measures() {
    let asked = "--reference-sensitivity 0.9 --reference-specificity 0.8";
    let text = done(call(&format!("table 200 100 175 525 {asked}")));
    insta::assert_snapshot!(text.split_once("If the record").unwrap().1, @"
     finds 90.0 % and leaves out 80.0 %
    ─────────────────────────────────────────────────────────────────────────────────────────
                                    against the record   independent errors   any dependence
    ─────────────────────────────────────────────────────────────────────────────────────────
     Sensitivity, %                               53.3                 80.0        20.0–90.0
     Specificity, %                               84.0                 86.7        66.7–90.0
     Positive predictive value, %                 66.7                 66.7        16.7–75.0
     Negative predictive value, %                 75.0                 92.9        71.4–96.4
     Prevalence, %                                37.5                 25.0        25.0–25.0
    ─────────────────────────────────────────────────────────────────────────────────────────
      With independent errors: TP 200.0, FP 100.0, FN 50.0, TN 650.0.
      The sensitivity and specificity of the record are assumed; the bounds are no confidence interval.
    ");
    let analysis = &json(call(&format!("table 99 1 20 80 --format json {asked}")))["imperfect_reference"];
    assert_eq!(analysis["inadmissible_cells"], serde_json::json!(["fp"]), "{analysis}");
    let [_, specificity, ..] = &listed(analysis, "measures")[..] else { panic!("{analysis}") };
    assert_eq!(keys(specificity), ["measure", "observed", "estimate", "reason", "method", "lower", "upper"]);
    assert!(specificity["estimate"].is_null() && specificity["reason"] == "inadmissible");
}

#[test]
fn people_see_the_table_and_its_measures() {
    insta::assert_snapshot!(done(call("table 240 87 178 288")), @"
    Register against record
    ───────────────────────────────────────────────
                    record yes   record no   total
    ───────────────────────────────────────────────
     register yes          240          87     327
     register no           178         288     466
     total                 418         375     793
    ───────────────────────────────────────────────

    Measures
    ─────────────────────────────────────────────────────────────────────────────────────
                                                          x of n      estimate (95 % CI)
    ─────────────────────────────────────────────────────────────────────────────────────
     Sensitivity, %                                   240 of 418        57.4 (52.5–62.2)
     Specificity, %                                   288 of 375        76.8 (72.2–81.0)
     Positive predictive value, %                     240 of 327        73.4 (68.3–78.1)
     Negative predictive value, %                     288 of 466        61.8 (57.2–66.2)
     Prevalence by record, %                          418 of 793        52.7 (49.2–56.2)
     Prevalence by register, %                        327 of 793        41.2 (37.8–44.8)
     Prevalence difference, register less record, %                −11.5 (−15.4 to −7.5)
     Accuracy, %                                      528 of 793        66.6 (63.2–69.9)
     F1 score, %                                                        64.4 (60.2–68.4)
     Positive likelihood ratio                                          2.47 (2.03–3.04)
     Negative likelihood ratio                                          0.55 (0.49–0.63)
     Diagnostic odds ratio                                              4.46 (3.28–6.07)
     Youden's J                                                         0.34 (0.28–0.40)
     Cohen's kappa, register against record                             0.34 (0.27–0.40)
    ─────────────────────────────────────────────────────────────────────────────────────
      FP 87 against FN 178: exact McNemar p < 0.001.
      Intervals of proportions and F1: Clopper–Pearson (exact).
      Difference: Newcombe paired score; likelihood ratios: Koopman score; odds ratio: Miettinen–Nurminen score.
      J: square-and-add of Wilson limits; kappa: large-sample (Wald).
    ");
}

#[test]
fn zero_cells_are_told_apart_from_zero() {
    insta::assert_snapshot!(done(call("table 9 0 0 0")), @"
    Register against record
    ───────────────────────────────────────────────
                    record yes   record no   total
    ───────────────────────────────────────────────
     register yes            9           0       9
     register no             0           0       0
     total                   9           0       9
    ───────────────────────────────────────────────

    Measures
    ───────────────────────────────────────────────────────────────────────────────
                                                      x of n    estimate (95 % CI)
    ───────────────────────────────────────────────────────────────────────────────
     Sensitivity, %                                   9 of 9    100.0 (66.4–100.0)
     Specificity, %                                   0 of 0         not estimable
     Positive predictive value, %                     9 of 9    100.0 (66.4–100.0)
     Negative predictive value, %                     0 of 0         not estimable
     Prevalence by record, %                          9 of 9    100.0 (66.4–100.0)
     Prevalence by register, %                        9 of 9    100.0 (66.4–100.0)
     Prevalence difference, register less record, %            0.0 (−29.9 to 29.9)
     Accuracy, %                                      9 of 9    100.0 (66.4–100.0)
     F1 score, %                                                100.0 (79.8–100.0)
     Positive likelihood ratio                                       not estimable
     Negative likelihood ratio                                       not estimable
     Diagnostic odds ratio                                           not estimable
     Youden's J                                                      not estimable
     Cohen's kappa, register against record                          not estimable
    ───────────────────────────────────────────────────────────────────────────────
      FP 0 against FN 0: exact McNemar p = 1.000.
      Intervals of proportions and F1: Clopper–Pearson (exact).
      Difference: Newcombe paired score; likelihood ratios: Koopman score; odds ratio: Miettinen–Nurminen score.
      J: square-and-add of Wilson limits; kappa: large-sample (Wald).
    ");
    insta::assert_snapshot!(done(call("table 0 0 0 0 --format csv")), @"
    measure,x,n,estimate,level,method,lower,upper,reason
    sensitivity,0,0,,0.95,,,,not_estimable
    specificity,0,0,,0.95,,,,not_estimable
    ppv,0,0,,0.95,,,,not_estimable
    npv,0,0,,0.95,,,,not_estimable
    prevalence_reference,0,0,,0.95,,,,not_estimable
    prevalence_register,0,0,,0.95,,,,not_estimable
    prevalence_difference,,,,0.95,,,,not_estimable
    accuracy,0,0,,0.95,,,,not_estimable
    f1,,,,0.95,,,,not_estimable
    lr_positive,,,,0.95,,,,not_estimable
    lr_negative,,,,0.95,,,,not_estimable
    diagnostic_odds_ratio,,,,0.95,,,,not_estimable
    youden,,,,0.95,,,,not_estimable
    kappa,,,,0.95,,,,not_estimable
    mcnemar,,,,,,,,not_estimable
    ");
}

#[test]
fn every_method_fits_two_tables() {
    let text = done(call("table 240 87 178 288 --all"));
    let text = text.split_once("By other methods").unwrap().0;
    insta::assert_snapshot!(text.split_once("By every method").unwrap().1, @"
    , 95 % CI
    ─────────────────────────────────────────────────────────────────────────────────────────────────────────────────────
     method                                      Sensitivity, %     Specificity, %             PPV, %             NPV, %
    ─────────────────────────────────────────────────────────────────────────────────────────────────────────────────────
     Clopper–Pearson (exact)                   57.4 (52.5–62.2)   76.8 (72.2–81.0)   73.4 (68.3–78.1)   61.8 (57.2–66.2)
     Wilson score                              57.4 (52.6–62.1)   76.8 (72.3–80.8)   73.4 (68.4–77.9)   61.8 (57.3–66.1)
     Wilson score with continuity correction   57.4 (52.5–62.2)   76.8 (72.1–80.9)   73.4 (68.2–78.0)   61.8 (57.2–66.2)
     Agresti–Coull                             57.4 (52.6–62.1)   76.8 (72.3–80.8)   73.4 (68.3–77.9)   61.8 (57.3–66.1)
     Jeffreys                                  57.4 (52.6–62.1)   76.8 (72.3–80.9)   73.4 (68.4–78.0)   61.8 (57.3–66.1)
     mid-P                                     57.4 (52.6–62.1)   76.8 (72.3–80.9)   73.4 (68.4–78.0)   61.8 (57.3–66.1)
     logit                                     57.4 (52.6–62.1)   76.8 (72.3–80.8)   73.4 (68.3–77.9)   61.8 (57.3–66.1)
     arcsine                                   57.4 (52.6–62.1)   76.8 (72.4–80.9)   73.4 (68.5–78.0)   61.8 (57.3–66.2)
     Wald                                      57.4 (52.7–62.2)   76.8 (72.5–81.1)   73.4 (68.6–78.2)   61.8 (57.4–66.2)
    ─────────────────────────────────────────────────────────────────────────────────────────────────────────────────────
      Arcsine and Wald cover less than they say near 0 and 100 %: for comparison, not for a paper.

    By every method, 95 % CI
    ─────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────
     method                                    Prevalence by record, %   Prevalence by register, %        Accuracy, %              F1, %
    ─────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────
     Clopper–Pearson (exact)                          52.7 (49.2–56.2)            41.2 (37.8–44.8)   66.6 (63.2–69.9)   64.4 (60.2–68.4)
     Wilson score                                     52.7 (49.2–56.2)            41.2 (37.9–44.7)   66.6 (63.2–69.8)   64.4 (60.3–68.3)
     Wilson score with continuity correction          52.7 (49.2–56.2)            41.2 (37.8–44.8)   66.6 (63.2–69.8)   64.4 (60.2–68.4)
     Agresti–Coull                                    52.7 (49.2–56.2)            41.2 (37.9–44.7)   66.6 (63.2–69.8)   64.4 (60.3–68.3)
     Jeffreys                                         52.7 (49.2–56.2)            41.2 (37.8–44.7)   66.6 (63.2–69.8)   64.4 (60.3–68.3)
     mid-P                                            52.7 (49.2–56.2)            41.2 (37.8–44.7)   66.6 (63.2–69.8)   64.4 (60.3–68.3)
     logit                                            52.7 (49.2–56.2)            41.2 (37.9–44.7)   66.6 (63.2–69.8)   64.4 (60.3–68.3)
     arcsine                                          52.7 (49.2–56.2)            41.2 (37.8–44.7)   66.6 (63.3–69.8)   64.4 (60.3–68.3)
     Wald                                             52.7 (49.2–56.2)            41.2 (37.8–44.7)   66.6 (63.3–69.9)   64.4 (60.3–68.3)
    ─────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────
      Arcsine and Wald cover less than they say near 0 and 100 %: for comparison, not for a paper.
    ");
}

#[test]
fn tables_for_programs_and_documents() {
    insta::assert_snapshot!(done(call("table 240 87 178 288 --format csv --level 0.9 --method wilson")), @"
    measure,x,n,estimate,level,method,lower,upper,reason
    sensitivity,240,418,0.5741626794258373,0.9,wilson,0.5340297430043187,0.6133417403637511,
    specificity,288,375,0.768,0.9,wilson,0.7303035054549648,0.8018570717022212,
    ppv,240,327,0.7339449541284404,0.9,wilson,0.6919495746272843,0.7721008577589157,
    npv,288,466,0.6180257510729614,0.9,wilson,0.5804236292865034,0.6542652954259335,
    prevalence_reference,418,793,0.5271122320302648,0.9,wilson,0.49790725537797714,0.5561328356503452,
    prevalence_register,327,793,0.4123581336696091,0.9,wilson,0.3839504337010029,0.44136183018418773,
    prevalence_difference,,,-0.11475409836065574,0.9,newcombe_paired,-0.1476361678590577,-0.08142869160024169,
    accuracy,528,793,0.6658259773013872,0.9,wilson,0.6377509723152676,0.6927733053695876,
    f1,,,0.6442953020134228,0.9,wilson_transformed,0.6100725990255873,0.6771041249117606,
    lr_positive,,,2.4748391354561954,0.9,koopman,2.094865171448273,2.937996434409631,
    lr_negative,,,0.554475677830941,0.9,koopman,0.49854291209558455,0.6144131779530998,
    diagnostic_odds_ratio,,,4.463386284385897,0.9,miettinen_nurminen,3.4459586749485274,5.7811319002846515,
    youden,,,0.34216267942583745,0.9,square_and_add,0.2871020011990164,0.3939439513320595,
    kappa,,,0.3379445706382536,0.9,wald_agreement,0.28463378771035397,0.39125535356615326,
    mcnemar,,,2.373103232830943e-8,,,,,
    ");
    insta::assert_snapshot!(done(call("table 240 87 178 288 --format markdown")), @r"
    **Register against record**

    |  | record yes | record no | total |
    | :--- | ---: | ---: | ---: |
    | register yes | 240 | 87 | 327 |
    | register no | 178 | 288 | 466 |
    | total | 418 | 375 | 793 |

    **Measures**

    |  | x of n | estimate (95 % CI) |
    | :--- | ---: | ---: |
    | Sensitivity, % | 240 of 418 | 57.4 (52.5–62.2) |
    | Specificity, % | 288 of 375 | 76.8 (72.2–81.0) |
    | Positive predictive value, % | 240 of 327 | 73.4 (68.3–78.1) |
    | Negative predictive value, % | 288 of 466 | 61.8 (57.2–66.2) |
    | Prevalence by record, % | 418 of 793 | 52.7 (49.2–56.2) |
    | Prevalence by register, % | 327 of 793 | 41.2 (37.8–44.8) |
    | Prevalence difference, register less record, % |  | −11.5 (−15.4 to −7.5) |
    | Accuracy, % | 528 of 793 | 66.6 (63.2–69.9) |
    | F1 score, % |  | 64.4 (60.2–68.4) |
    | Positive likelihood ratio |  | 2.47 (2.03–3.04) |
    | Negative likelihood ratio |  | 0.55 (0.49–0.63) |
    | Diagnostic odds ratio |  | 4.46 (3.28–6.07) |
    | Youden's J |  | 0.34 (0.28–0.40) |
    | Cohen's kappa, register against record |  | 0.34 (0.27–0.40) |

    FP 87 against FN 178: exact McNemar p \< 0.001.

    Intervals of proportions and F1: Clopper–Pearson (exact).

    Difference: Newcombe paired score; likelihood ratios: Koopman score; odds ratio: Miettinen–Nurminen score.

    J: square-and-add of Wilson limits; kappa: large-sample (Wald).
    ");
    assert!(done(call("table 240 87 178 288 --format latex")).starts_with("\\begin{table}[htbp]\n"));
}
