//! `hkm accuracy`

use std::path::Path;

use rust_xlsxwriter::Workbook;
use serde_json::Value;

use super::{call, call_in, done, folder, json, keys, number};
use crate::oracle::{distance, rows};

/// Relative, of weighted estimates and limits.
const WEIGHTED: f64 = 1e-12;

/// Charts in every situation that a row can be in.
const CHARTS: &str = "\
reg;chart;kommune;N;sex
ja;Ja;Ærø;100;k
nej;nej;Ærø;100;m
JA;;Ærø;100;k
;nej;Fanø;50;k
1;ikke dokumenteret;Fanø;50;m
1;ikke relevant;Fanø;50;
8;0;Fanø;50;m
1;0;Fanø;50;k
0;1;Fanø;50;m
1;1;Fanø;50;k
";

const COLUMNS: &str = "--register reg --reference chart";
const DESIGN: &str = "--stratum kommune --population N";

fn measure<'j>(list: &'j Value, name: &str) -> &'j Value {
    list.as_array().unwrap().iter().find(|one| one["measure"] == name).unwrap()
}

/// Both data sets, with and without the correction, at three levels, by every method.
#[test]
fn weighted_estimates_agree_with_the_separate_script() {
    for row in rows("weighted_expected") {
        let [dataset, fpc, level] = ["dataset", "fpc", "level"].map(|column| row.text(column));
        for (method, short) in [("korn_graubard", "kg"), ("logit", "logit"), ("wilson", "wilson")] {
            let found = json(call(&format!(
                "accuracy fixtures/oracles/weighted_{dataset}.csv --register register --reference chart --stratum stratum \
                 --population N_h --fpc {fpc} --level {level} --weighted-method {method} --format json"
            )));
            let found = measure(&found["indicators"][0]["weighted"], row.text("measure"));
            let pairs = [("estimate", "estimate".to_owned()), ("se", "se".to_owned())];
            let limits = ["lower", "upper"].map(|limit| (limit, format!("{short}_{limit}")));
            for (key, column) in pairs.into_iter().chain(limits) {
                match row.number(&column) {
                    Some(expected) => {
                        let off = distance(number(&found[key]), expected);
                        assert!(off <= WEIGHTED, "{row}: {key} {} is off by {off:e}", found[key]);
                    }
                    None => assert!(found[key].is_null() && !found["reason"].is_null(), "{row}: {found}"),
                }
            }
            assert_eq!(number(&found["df"]), row.value("df"), "{row}");
        }
    }
}

#[test]
fn the_json_has_its_keys_in_order() {
    let folder = folder("charts.csv", CHARTS);
    let plain = json(call_in(folder.path(), &format!("accuracy charts.csv {COLUMNS} --format json")));
    assert_eq!(keys(&plain), ["indicators"]);
    let keys_of_table = "register reference tp fp fn tn level measures mcnemar";
    assert_eq!(keys(&plain["indicators"][0]).join(" "), format!("{keys_of_table} rows"));
    let weighted =
        json(call_in(folder.path(), &format!("accuracy charts.csv {COLUMNS} {DESIGN} --format json")));
    let weighted = &weighted["indicators"][0];
    let expected = format!("{keys_of_table} weighted finite_population_correction strata rows");
    assert_eq!(keys(weighted).join(" "), expected);
    let expected = "measure estimate se df n_effective method lower upper complete warnings";
    assert_eq!(keys(measure(&weighted["weighted"], "accuracy")).join(" "), expected);
    insta::assert_snapshot!(weighted["rows"], @r#"{"rows":10,"not_reviewed":1,"reviewed":9,"register_missing":1,"register_not_relevant":1,"record_not_relevant":1,"not_documented":1,"in_table":5}"#);
    insta::assert_snapshot!(weighted["strata"], @r#"[{"stratum":"Ærø","population":100,"reviewed":2,"tp":1,"fp":0,"fn":0,"tn":1},{"stratum":"Fanø","population":50,"reviewed":7,"tp":1,"fp":1,"fn":1,"tn":0}]"#);
}

#[test]
fn people_see_how_many_rows_were_left_out_and_why() {
    let folder = folder("charts.csv", CHARTS);
    insta::assert_snapshot!(done(call_in(folder.path(), &format!("accuracy charts.csv {COLUMNS}"))), @"
    From the rows to the table
    ──────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────
                         rows   not reviewed   register missing   register not relevant   record not relevant   not documented   in the table
    ──────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────
     reg against chart     10              1                  1                       1                     1                1              5
    ──────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────

    Register against record
    ───────────────────────────────────────────────
                    record yes   record no   total
    ───────────────────────────────────────────────
     register yes            2           1       3
     register no             1           1       2
     total                   3           2       5
    ───────────────────────────────────────────────

    reg against chart
    ────────────────────────────────────────────────────────────────────────────────
                                                      x of n        plain (95 % CI)
    ────────────────────────────────────────────────────────────────────────────────
     Sensitivity, %                                   2 of 3        66.7 (9.4–99.2)
     Specificity, %                                   1 of 2        50.0 (1.3–98.7)
     Positive predictive value, %                     2 of 3        66.7 (9.4–99.2)
     Negative predictive value, %                     1 of 2        50.0 (1.3–98.7)
     Prevalence by record, %                          3 of 5       60.0 (14.7–94.7)
     Prevalence by register, %                        3 of 5       60.0 (14.7–94.7)
     Prevalence difference, register less record, %             0.0 (−46.5 to 46.5)
     Accuracy, %                                      3 of 5       60.0 (14.7–94.7)
     F1 score, %                                                   66.7 (12.7–96.5)
     Positive likelihood ratio                                     1.33 (0.31–7.72)
     Negative likelihood ratio                                     0.67 (0.10–4.86)
     Diagnostic odds ratio                                        2.00 (0.07–72.12)
     Youden's J                                                0.17 (−0.45 to 0.65)
     Cohen's kappa, register against record                    0.17 (−0.71 to 1.00)
    ────────────────────────────────────────────────────────────────────────────────
      FP 1 against FN 1: exact McNemar p = 1.000.
      Intervals of proportions and F1: Clopper–Pearson (exact).
      Difference: Newcombe paired score; likelihood ratios: Koopman score; odds ratio: Miettinen–Nurminen score.
      J: square-and-add of Wilson limits; kappa: large-sample (Wald).
      Among registered courses: patients never registered are not covered.
    ");
    insta::assert_snapshot!(
        done(call_in(folder.path(), &format!("accuracy charts.csv {COLUMNS} {DESIGN} --fpc off"))), @"
    From the rows to the table
    ──────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────
                         rows   not reviewed   register missing   register not relevant   record not relevant   not documented   in the table
    ──────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────
     reg against chart     10              1                  1                       1                     1                1              5
    ──────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────

    Register against record
    ───────────────────────────────────────────────
                    record yes   record no   total
    ───────────────────────────────────────────────
     register yes            2           1       3
     register no             1           1       2
     total                   3           2       5
    ───────────────────────────────────────────────

    reg against chart
    ──────────────────────────────────────────────────────────────────────────────────────────────────────
                                                      x of n    weighted (95 % CI)        plain (95 % CI)
    ──────────────────────────────────────────────────────────────────────────────────────────────────────
     Sensitivity, %                                   2 of 3     88.9 (21.1–100.0)        66.7 (9.4–99.2)
     Specificity, %                                   1 of 2     87.5 (10.2–100.0)        50.0 (1.3–98.7)
     Positive predictive value, %                     2 of 3     88.9 (21.1–100.0)        66.7 (9.4–99.2)
     Negative predictive value, %                     1 of 2     87.5 (10.2–100.0)        50.0 (1.3–98.7)
     Prevalence by record, %                          3 of 5       52.9 (0.5–99.8)       60.0 (14.7–94.7)
     Prevalence by register, %                        3 of 5       52.9 (0.5–99.8)       60.0 (14.7–94.7)
     Prevalence difference, register less record, %            0.0 (−24.9 to 24.9)    0.0 (−46.5 to 46.5)
     Accuracy, %                                      3 of 5     88.2 (35.5–100.0)       60.0 (14.7–94.7)
     F1 score, %                                                                         66.7 (12.7–96.5)
     Positive likelihood ratio                                                           1.33 (0.31–7.72)
     Negative likelihood ratio                                                           0.67 (0.10–4.86)
     Diagnostic odds ratio                                                              2.00 (0.07–72.12)
     Youden's J                                                                      0.17 (−0.45 to 0.65)
     Cohen's kappa, register against record                                          0.17 (−0.71 to 1.00)
    ──────────────────────────────────────────────────────────────────────────────────────────────────────
      Weighted by population / reviewed charts of each stratum; intervals: Korn–Graubard.
      Without the finite population correction: about the process that fills the register.
      FP 1 against FN 1: exact McNemar p = 1.000.
      Intervals of proportions and F1: Clopper–Pearson (exact).
      Difference: Newcombe paired score; likelihood ratios: Koopman score; odds ratio: Miettinen–Nurminen score.
      J: square-and-add of Wilson limits; kappa: large-sample (Wald).
      Among registered courses: patients never registered are not covered.
    ");
}

#[test]
fn a_group_across_the_strata_is_a_domain() {
    let folder = folder("charts.csv", CHARTS);
    let printed = call_in(folder.path(), &format!("accuracy charts.csv {COLUMNS} {DESIGN} --by sex"));
    assert_eq!(printed.code, 0);
    insta::assert_snapshot!(printed.stdout, @"
    From the rows to the table
    ──────────────────────────────────────────────────────────────────────────────────────────────────────
     sex   rows   not reviewed   register missing   register not relevant   not documented   in the table
    ──────────────────────────────────────────────────────────────────────────────────────────────────────
     k        5              1                  1                       0                0              3
     m        4              0                  0                       1                1              2
    ──────────────────────────────────────────────────────────────────────────────────────────────────────

    Weighted estimates (95 % CI): reg against chart
    ───────────────────────────────────────────────────────────────────────────────────────────────────────────
     sex   TP   FP   FN   TN      Sensitivity, %        Specificity, %              PPV, %              NPV, %
    ───────────────────────────────────────────────────────────────────────────────────────────────────────────
     k      2    1    0    0   100.0 (5.6–100.0)     0.0 (no interval)   88.9 (22.5–100.0)       not estimable
     m      0    0    1    1   0.0 (no interval)   100.0 (no interval)       not estimable   87.5 (11.0–100.0)
    ───────────────────────────────────────────────────────────────────────────────────────────────────────────
      Weighted by population / reviewed charts of each stratum; intervals: Korn–Graubard.
      With the finite population correction: about this register in this period.
      k (Sensitivity, Specificity), m (Sensitivity, Specificity): the variance is 0 though not everything is known: the interval, if any, rests on the weights alone.
      Among registered courses: patients never registered are not covered.

    Weighted differences by sex, in percentage points: reg against chart
    ────────────────────────────────────────────────────────────────────────────────────────────────────
     sex        measure       difference (95 % CI)              SE   df               p        p (Holm)
    ────────────────────────────────────────────────────────────────────────────────────────────────────
     m less k   Sensitivity   −100.0 (no interval)             0.0    0   not estimable   not estimable
                Specificity    100.0 (no interval)             0.0    0   not estimable   not estimable
                PPV                  not estimable   not estimable    0   not estimable   not estimable
                NPV                  not estimable   not estimable    0   not estimable   not estimable
    ────────────────────────────────────────────────────────────────────────────────────────────────────
      Each group less the first; linearised with the covariance of the two, interval and test with t.
      Holm: adjusted for all tests of this table.

    All measures of each: --format csv or --format json.
    ");
    insta::assert_snapshot!(printed.stderr, @"
    note: `sex` is empty in 1 row: in no group
      --> charts.csv, row 7, column `sex`
      = why: they count in the n of their stratum, and in no table
    ");
    let printed =
        call_in(folder.path(), &format!("accuracy charts.csv {COLUMNS} {DESIGN} --by sex --format json"));
    let json: Value = serde_json::from_str(&printed.stdout).unwrap();
    let reviewed = |group: usize| -> Vec<u64> {
        let strata = json["indicators"][group]["strata"].as_array().unwrap();
        strata.iter().map(|stratum| stratum["reviewed"].as_u64().unwrap()).collect()
    };
    // The charts of the other sex stay in the n of their stratum.
    assert_eq!([reviewed(0), reviewed(1)], [[2, 7], [2, 7]]);
    assert_eq!((&json["indicators"][0]["by"], &json["indicators"][0]["value"]), (&"sex".into(), &"k".into()));
}

#[test]
fn a_group_of_whole_strata_is_estimated_as_if_it_stood_alone() {
    let folder = folder("charts.csv", CHARTS);
    let by = json(call_in(
        folder.path(),
        &format!("accuracy charts.csv {COLUMNS} {DESIGN} --by kommune --format json"),
    ));
    let alone: String =
        CHARTS.lines().filter(|line| !line.contains("Ærø")).map(|line| format!("{line}\n")).collect();
    std::fs::write(folder.path().join("alone.csv"), alone).unwrap();
    let alone = json(call_in(folder.path(), &format!("accuracy alone.csv {COLUMNS} {DESIGN} --format json")));
    assert_eq!(by["indicators"][0]["value"], "Fanø");
    assert_eq!(by["indicators"][0]["weighted"], alone["indicators"][0]["weighted"]);
}

#[test]
fn several_indicators_are_named_in_pairs() {
    let charts = "a,a_chart,b,b_chart\n1,1,0,\n0,1,1,1\n1,0,0,0\n";
    let folder = folder("charts.csv", charts);
    let words = "accuracy charts.csv --register a --reference a_chart --register b --reference b_chart";
    insta::assert_snapshot!(done(call_in(folder.path(), words)), @"
    From the rows to the table
    ────────────────────────────────────────────────────────
                         rows   not reviewed   in the table
    ────────────────────────────────────────────────────────
     a against a_chart      3              0              3
     b against b_chart      3              1              2
    ────────────────────────────────────────────────────────

    Estimates (95 % CI)
    ───────────────────────────────────────────────────────────────────────────────────────────────────────────────────────
                         TP   FP   FN   TN      Sensitivity, %      Specificity, %              PPV, %              NPV, %
    ───────────────────────────────────────────────────────────────────────────────────────────────────────────────────────
     a against a_chart    1    1    1    0     50.0 (1.3–98.7)      0.0 (0.0–97.5)     50.0 (1.3–98.7)      0.0 (0.0–97.5)
     b against b_chart    1    0    0    1   100.0 (2.5–100.0)   100.0 (2.5–100.0)   100.0 (2.5–100.0)   100.0 (2.5–100.0)
    ───────────────────────────────────────────────────────────────────────────────────────────────────────────────────────
      Intervals: Clopper–Pearson (exact).
      Among registered courses: patients never registered are not covered.

    All measures of each: --format csv or --format json.
    ");
    let both = json(call_in(folder.path(), &format!("{words} --format json")));
    let cells = ["tp", "fp", "fn", "tn"].map(|cell| both["indicators"][1][cell].as_u64().unwrap());
    assert_eq!(cells, [1, 0, 0, 1]);
    assert_eq!(both["indicators"][1]["register"], "b");
}

#[test]
fn one_number_a_row_for_programs() {
    let folder = folder("charts.csv", CHARTS);
    let csv = done(call_in(folder.path(), &format!("accuracy charts.csv {COLUMNS} {DESIGN} --format csv")));
    insta::assert_snapshot!(csv, @"
    register,reference,by,value,estimator,measure,x,n,estimate,se,df,n_effective,complete,level,method,lower,upper,reason,warnings
    reg,chart,,,count,rows,10,,,,,,,,,,,,
    reg,chart,,,count,not_reviewed,1,,,,,,,,,,,,
    reg,chart,,,count,reviewed,9,,,,,,,,,,,,
    reg,chart,,,count,register_missing,1,,,,,,,,,,,,
    reg,chart,,,count,register_not_relevant,1,,,,,,,,,,,,
    reg,chart,,,count,record_not_relevant,1,,,,,,,,,,,,
    reg,chart,,,count,not_documented,1,,,,,,,,,,,,
    reg,chart,,,count,in_table,5,,,,,,,,,,,,
    reg,chart,,,count,tp,2,,,,,,,,,,,,
    reg,chart,,,count,fp,1,,,,,,,,,,,,
    reg,chart,,,count,fn,1,,,,,,,,,,,,
    reg,chart,,,count,tn,1,,,,,,,,,,,,
    reg,chart,,,weighted,sensitivity,,,0.8888888888888888,0.12723438661711967,2,3.1468531468531467,false,0.95,korn_graubard,0.22465378855831508,0.999994590703308,,
    reg,chart,,,weighted,specificity,,,0.875,0.14836346838086523,1,2.072538860103627,false,0.95,korn_graubard,0.10998458623281589,0.9999998191766793,,
    reg,chart,,,weighted,ppv,,,0.8888888888888888,0.12723438661711967,2,3.1468531468531467,false,0.95,korn_graubard,0.22465378855831508,0.999994590703308,,
    reg,chart,,,weighted,npv,,,0.875,0.14836346838086523,1,2.072538860103627,false,0.95,korn_graubard,0.10998458623281589,0.9999998191766793,,
    reg,chart,,,weighted,prevalence_reference,,,0.5294117647058824,0.4105919931179881,4,1.4777933286238891,false,0.95,korn_graubard,0.005102921908469642,0.9973645745386448,,
    reg,chart,,,weighted,prevalence_register,,,0.5294117647058824,0.4105919931179881,4,1.4777933286238891,false,0.95,korn_graubard,0.005102921908469642,0.9973645745386448,,
    reg,chart,,,weighted,prevalence_difference,,,0.0,0.08332756612108148,4,,false,0.95,linearised,-0.23135441308492224,0.23135441308492224,not_defined,
    reg,chart,,,weighted,accuracy,,,0.8823529411764706,0.06409701881170547,4,5.214723926380368,false,0.95,korn_graubard,0.3667729371653414,0.9996222128822196,,
    reg,chart,,,plain,sensitivity,2,3,0.6666666666666666,,,,,0.95,clopper_pearson,0.09429932405024602,0.9915962413403874,,
    reg,chart,,,plain,specificity,1,2,0.5,,,,,0.95,clopper_pearson,0.01257911709342505,0.9874208829065749,,
    reg,chart,,,plain,ppv,2,3,0.6666666666666666,,,,,0.95,clopper_pearson,0.09429932405024602,0.9915962413403874,,
    reg,chart,,,plain,npv,1,2,0.5,,,,,0.95,clopper_pearson,0.01257911709342505,0.9874208829065749,,
    reg,chart,,,plain,prevalence_reference,3,5,0.6,,,,,0.95,clopper_pearson,0.1466327996346732,0.9472550494736831,,
    reg,chart,,,plain,prevalence_register,3,5,0.6,,,,,0.95,clopper_pearson,0.1466327996346732,0.9472550494736831,,
    reg,chart,,,plain,prevalence_difference,,,0.0,,,,,0.95,newcombe_paired,-0.4648683508092225,0.4648683508092225,,
    reg,chart,,,plain,accuracy,3,5,0.6,,,,,0.95,clopper_pearson,0.1466327996346732,0.9472550494736831,,
    reg,chart,,,plain,f1,,,0.6666666666666666,,,,,0.95,clopper_pearson_transformed,0.12661460031120084,0.9650251002031754,,
    reg,chart,,,plain,lr_positive,,,1.3333333333333333,,,,,0.95,koopman,0.31095345437347016,7.7233292272459835,,
    reg,chart,,,plain,lr_negative,,,0.6666666666666666,,,,,0.95,koopman,0.09817960304224824,4.864211207037587,,
    reg,chart,,,plain,diagnostic_odds_ratio,,,2.0,,,,,0.95,miettinen_nurminen,0.0678308474356351,72.12359872963167,,
    reg,chart,,,plain,youden,,,0.16666666666666652,,,,,0.95,square_and_add,-0.4457812328619246,0.6548292253357504,,
    reg,chart,,,plain,kappa,,,0.16666666666666666,,,,,0.95,wald_agreement,-0.7069767465891423,1.0,,
    reg,chart,,,plain,mcnemar,,,1.0,,,,,0.95,,,,,
    ");
}

/// The cells of a file by the words that were given.
fn cells(folder: &Path, words: &str) -> [u64; 4] {
    let json = json(call_in(folder, &format!("accuracy {words} --format json")));
    ["tp", "fp", "fn", "tn"].map(|cell| json["indicators"][0][cell].as_u64().unwrap())
}

#[test]
fn given_words_take_the_place_of_the_usual_ones() {
    let folder = folder("charts.csv", "reg,chart\n2,2\n1,1\n2,1\n1,x\n3,1\n");
    let words = format!("charts.csv {COLUMNS} --yes 2 --no 1 --missing X,9 --not-relevant 3");
    assert_eq!(cells(folder.path(), &words), [1, 1, 0, 1]);
}

#[test]
fn windows_1252_is_read() {
    let (bytes, _, lossy) = encoding_rs::WINDOWS_1252.encode(CHARTS);
    assert!(!lossy && bytes.as_ref() != CHARTS.as_bytes());
    let folder = folder("charts.csv", bytes);
    let utf8 = super::folder("charts.csv", CHARTS);
    let words = format!("accuracy charts.csv {COLUMNS} {DESIGN} --format json");
    assert_eq!(json(call_in(folder.path(), &words)), json(call_in(utf8.path(), &words)));
}

#[test]
fn workbooks_are_read_with_numbers_as_numbers() {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    sheet.set_name("Charts").unwrap();
    for (row, line) in CHARTS.lines().enumerate() {
        for (column, cell) in line.split(';').enumerate() {
            match cell.parse::<f64>() {
                Ok(number) => sheet.write_number(row as u32, column as u16, number).unwrap(),
                Err(_) => sheet.write_string(row as u32, column as u16, cell).unwrap(),
            };
        }
    }
    let folder = folder("charts.csv", CHARTS);
    workbook.save(folder.path().join("charts.xlsx")).unwrap();
    let words = format!("{COLUMNS} {DESIGN} --format json");
    let of = |file: &str| json(call_in(folder.path(), &format!("accuracy {file} {words}")));
    assert_eq!(of("charts.xlsx --sheet Charts"), of("charts.csv"));
}

#[test]
fn numbers_that_a_program_wrote_as_decimals_are_read() {
    let folder = folder("charts.csv", "reg,chart,h,N\n1.0,1.0,1,40.0\n0.0,1.0,1,40.0\n1.0,,1,40.0\n");
    assert_eq!(
        cells(folder.path(), &format!("charts.csv {COLUMNS} --stratum h --population N")),
        [1, 0, 1, 0]
    );
}

#[test]
fn the_same_table_comes_from_every_kind_of_file() {
    let of = |file: &str| {
        done(call(&format!(
            "accuracy fixtures/register/{file} --register diaet --reference depression --format csv"
        )))
    };
    assert!(of("register.dta").contains("diaet,depression,,,count,tp,"));
    for file in ["register-tab.csv", "register-sep-line.csv", "register.xlsx", "register-stata13.dta"] {
        assert_eq!(of(file), of("register.dta"), "{file}");
    }
}
