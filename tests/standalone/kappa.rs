//! `hkm kappa`

use super::{call, call_in, done, folder, json, keys, number};
use crate::oracle::{distance, rows};

/// Relative, of coefficients and standard errors; absolute where 0 is expected.
const COEFFICIENT: f64 = 1e-12;

/// The table gives thirty digits of a standard error that is 0.
const ZERO: f64 = 1e-15;

#[test]
fn the_json_has_its_keys_in_order() {
    let kappa = json(call("kappa 80 10 5 5 --format json"));
    let expected = "n agreement kappa se lower upper pabak ac1 level categories counts coefficients";
    assert_eq!(keys(&kappa).join(" "), expected);
    insta::assert_snapshot!(kappa["coefficients"][1], @r#"{"coefficient":"kappa","estimate":0.3181818181818182,"se":0.13345652122383614,"method":"wald_agreement","lower":0.056611843081094015,"upper":0.5797517932825423}"#);
}

#[test]
fn kappa_agrees_with_forty_digit_evaluations() {
    for row in rows("kappa") {
        let [a, b, c, d] = ["a", "b", "c", "d"].map(|cell| row.text(cell));
        let kappa = json(call(&format!("kappa {a} {b} {c} {d} --format json")));
        for (key, column) in
            [("agreement", "po"), ("kappa", "kappa"), ("se", "se_fleiss1969"), ("pabak", "pabak")]
        {
            let expected = if row.value(column).abs() < ZERO { 0.0 } else { row.value(column) };
            let off = distance(number(&kappa[key]), expected);
            assert!(off <= COEFFICIENT, "{row}: {key} {} is off by {off:e}", kappa[key]);
        }
        for (key, column) in [("lower", "lower95"), ("upper", "upper95")] {
            if row.value("se_fleiss1969") < ZERO {
                assert!(kappa[key].is_null() && kappa["reason"] == "not_defined", "{row}");
            } else {
                let expected = row.value(column).clamp(-1.0, 1.0);
                assert!(
                    distance(number(&kappa[key]), expected) <= COEFFICIENT,
                    "{row}: {key} {}",
                    kappa[key]
                );
            }
        }
    }
}

#[test]
fn people_see_the_answers_and_the_coefficients() {
    insta::assert_snapshot!(done(call("kappa 80 10 5 5")), @"
    first reviewer (rows) and second reviewer (columns)
    ──────────────────────────
             yes   no   total
    ──────────────────────────
     yes      80   10      90
     no        5    5      10
     total    85   15     100
    ──────────────────────────

    Agreement
    ────────────────────────────────────────────────────────
                                x of n   estimate (95 % CI)
    ────────────────────────────────────────────────────────
     Raw agreement, %        85 of 100     85.0 (76.5–91.4)
     Cohen's kappa                         0.32 (0.06–0.58)
     PABAK                                 0.70 (0.53–0.83)
     Gwet's AC1                            0.81 (0.71–0.91)
     Positive agreement, %                 91.4 (85.9–95.2)
     Negative agreement, %                 40.0 (15.9–65.9)
    ────────────────────────────────────────────────────────
      Intervals: Clopper–Pearson (exact) for shares and PABAK; large-sample (Wald) for kappa and AC1.
    ");
    insta::assert_snapshot!(done(call("kappa 1 0 0 9")), @"
    first reviewer (rows) and second reviewer (columns)
    ──────────────────────────
             yes   no   total
    ──────────────────────────
     yes       1    0       1
     no        0    9       9
     total     1    9      10
    ──────────────────────────

    Agreement
    ───────────────────────────────────────────────────────
                               x of n   estimate (95 % CI)
    ───────────────────────────────────────────────────────
     Raw agreement, %        10 of 10   100.0 (69.2–100.0)
     Cohen's kappa                      1.00 (no interval)
     PABAK                                1.00 (0.38–1.00)
     Gwet's AC1                         1.00 (no interval)
     Positive agreement, %               100.0 (4.9–100.0)
     Negative agreement, %              100.0 (79.8–100.0)
    ───────────────────────────────────────────────────────
      No interval of kappa where its standard error is 0: full agreement, or one reviewer constant.
      Intervals: Clopper–Pearson (exact) for shares and PABAK; large-sample (Wald) for kappa and AC1.
    ");
    insta::assert_snapshot!(done(call("kappa 7 0 0 0")), @"
    first reviewer (rows) and second reviewer (columns)
    ──────────────────────────
             yes   no   total
    ──────────────────────────
     yes       7    0       7
     no        0    0       0
     total     7    0       7
    ──────────────────────────

    Agreement
    ─────────────────────────────────────────────────────
                             x of n   estimate (95 % CI)
    ─────────────────────────────────────────────────────
     Raw agreement, %        7 of 7   100.0 (59.0–100.0)
     Cohen's kappa                         not estimable
     PABAK                              1.00 (0.18–1.00)
     Gwet's AC1                       1.00 (no interval)
     Positive agreement, %            100.0 (74.2–100.0)
     Negative agreement, %                 not estimable
    ─────────────────────────────────────────────────────
      No kappa where both reviewers give the same single answer throughout.
      Intervals: Clopper–Pearson (exact) for shares and PABAK; large-sample (Wald) for kappa and AC1.
    ");
}

#[test]
fn nothing_is_not_estimable() {
    let kappa = json(call("kappa 0 0 0 0 --format json"));
    assert_eq!(kappa["reason"], "not_estimable");
    assert!(
        ["agreement", "kappa", "se", "lower", "upper", "pabak", "ac1"]
            .iter()
            .all(|key| kappa[*key].is_null())
    );
}

/// Two empty cells look like agreement to a program that does not know that they are empty.
#[test]
fn rows_with_an_empty_answer_are_left_out_and_counted() {
    let answers = "one;two;age\nja;Ja;1\nnej;ja;2\n;;3\n;nej;4\nNEJ;nej;5\n;;6\nja;;7\n";
    let folder = folder("double.csv", answers);
    insta::assert_snapshot!(done(call_in(folder.path(), "kappa double.csv one two")), @"
    one (rows) and two (columns)
    ──────────────────────────
             ja   nej   total
    ──────────────────────────
     ja       1     0       1
     nej      1     1       2
     total    2     1       3
    ──────────────────────────
      7 rows, 4 left out because an answer is empty: 1 in one alone, 1 in two alone, 2 in both.

    Agreement
    ───────────────────────────────────────────────────────
                             x of n     estimate (95 % CI)
    ───────────────────────────────────────────────────────
     Raw agreement, %        2 of 3        66.7 (9.4–99.2)
     Cohen's kappa                    0.40 (−0.37 to 1.00)
     PABAK                            0.33 (−0.81 to 0.98)
     Gwet's AC1                       0.33 (−0.73 to 1.00)
     Positive agreement, %                 66.7 (2.5–99.4)
     Negative agreement, %                 66.7 (2.5–99.4)
    ───────────────────────────────────────────────────────
      Intervals: Clopper–Pearson (exact) for shares and PABAK; large-sample (Wald) for kappa and AC1.
    ");
    let kappa = json(call_in(folder.path(), "kappa double.csv --columns one two --format json"));
    assert_eq!(kappa["counts"].to_string(), "[[1,0],[1,1]]");
    insta::assert_snapshot!(kappa["rows"], @r#"{"rows":7,"first_empty":1,"second_empty":1,"both_empty":2}"#);
}

#[test]
fn any_categories_are_compared_and_a_file_of_two_columns_needs_no_names() {
    let answers = "one,two\nmild,mild\nmild,severe\nnone,none\nsevere,severe\nnone,mild\n";
    let folder = folder("double.csv", answers);
    insta::assert_snapshot!(done(call_in(folder.path(), "kappa double.csv")), @"
    one (rows) and two (columns)
    ───────────────────────────────────────
              mild   none   severe   total
    ───────────────────────────────────────
     mild        1      0        1       2
     none        1      1        0       2
     severe      0      0        1       1
     total       2      1        2       5
    ───────────────────────────────────────
      5 rows, none left out.

    Agreement
    ──────────────────────────────────────────────────
                        x of n     estimate (95 % CI)
    ──────────────────────────────────────────────────
     Raw agreement, %   3 of 5       60.0 (14.7–94.7)
     Cohen's kappa               0.41 (−0.20 to 1.00)
     PABAK                       0.40 (−0.28 to 0.92)
     Gwet's AC1                  0.40 (−0.23 to 1.00)
    ──────────────────────────────────────────────────
      Intervals: Clopper–Pearson (exact) for shares and PABAK; large-sample (Wald) for kappa and AC1.
    ");
    insta::assert_snapshot!(done(call_in(folder.path(), "kappa double.csv --format csv")), @"
    coefficient,x,n,estimate,se,level,method,lower,upper,reason
    agreement,3,5,0.6,,0.95,clopper_pearson,0.1466327996346732,0.9472550494736831,
    kappa,,,0.4117647058823529,0.3108414488785565,0.95,wald_agreement,-0.19747333882186613,1.0,
    pabak,,,0.3999999999999999,,0.95,clopper_pearson_transformed,-0.2800508005479902,0.9208825742105247,
    ac1,,,0.40298507462686567,0.32407166669318593,0.95,wald_agreement,-0.23218372050164732,1.0,
    ");
}
