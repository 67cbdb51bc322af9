//! `hkm interval`

use super::{call, done, json, keys, number};
use crate::oracle::{distance, rows};

/// Relative, of a limit as it is printed.
const LIMIT: f64 = 1e-12;

#[test]
fn the_json_has_its_keys_in_order() {
    insta::assert_snapshot!(done(call("interval 231 258 --format json")), @r#"
    {
      "x": 231,
      "n": 258,
      "estimate": 0.8953488372093024,
      "level": 0.95,
      "intervals": [
        {
          "method": "clopper_pearson",
          "lower": 0.8513976659072126,
          "upper": 0.9298934204276422
        }
      ]
    }
    "#);
    let all = json(call("interval 231 258 --all --format json"));
    assert_eq!(keys(&all), ["x", "n", "estimate", "level", "intervals"]);
    let methods: Vec<&str> =
        all["intervals"].as_array().unwrap().iter().map(|one| one["method"].as_str().unwrap()).collect();
    let expected = "clopper_pearson wilson wilson_cc agresti_coull jeffreys mid_p logit arcsine wald";
    assert_eq!(methods.join(" "), expected);
}

#[test]
fn what_is_not_defined_is_null_with_its_reason_and_its_method() {
    let logit = json(call("interval 0 9 --method logit --format json"));
    insta::assert_snapshot!(logit["intervals"][0], @r#"{"method":"logit","lower":null,"upper":null,"reason":"not_defined"}"#);
    let nothing = json(call("interval 0 0 --format json"));
    insta::assert_snapshot!(nothing, @r#"{"x":0,"n":0,"estimate":null,"reason":"not_estimable","level":0.95,"intervals":[{"method":"clopper_pearson","lower":null,"upper":null,"reason":"not_estimable"}]}"#);
}

/// Every 61st row of the table, through the command itself.
#[test]
fn printed_limits_agree_with_fifty_digit_evaluations() {
    let ours = |method: &str| !["arcsine_anscombe", "jeffreys_equal_tailed"].contains(&method);
    let all = rows("intervals");
    let some: Vec<_> = all.iter().filter(|row| ours(row.text("method"))).step_by(61).collect();
    assert!(some.len() > 40, "{} rows", some.len());
    for row in some {
        let [x, n, level, method] = ["x", "n", "level", "method"].map(|column| row.text(column));
        let printed = call(&format!("interval {x} {n} --level {level} --method {method} --format json"));
        assert_eq!(printed.code, 0, "{row}");
        let json: serde_json::Value = serde_json::from_str(&printed.stdout).unwrap();
        for limit in ["lower", "upper"] {
            let found = &json["intervals"][0][limit];
            match row.number(limit) {
                Some(expected) => {
                    assert!(distance(number(found), expected) <= LIMIT, "{row}: {limit} {found}")
                }
                None => assert!(found.is_null(), "{row}: {limit} {found}"),
            }
        }
    }
}

#[test]
fn people_see_percentages_with_the_decimals_they_ask_for() {
    insta::assert_snapshot!(done(call("interval 231 258")), @"
    231 of 258: 89.5 %
    ─────────────────────────────────────────────────────────────────────
     method                    lower 95 % limit, %   upper 95 % limit, %
    ─────────────────────────────────────────────────────────────────────
     Clopper–Pearson (exact)                  85.1                  93.0
    ─────────────────────────────────────────────────────────────────────
    ");
    insta::assert_snapshot!(done(call("interval 0 40 --all --decimals 2 --level 0.975")), @"
    0 of 40: 0.00 %
    ─────────────────────────────────────────────────────────────────────────────────────────
     method                                    lower 97.5 % limit, %   upper 97.5 % limit, %
    ─────────────────────────────────────────────────────────────────────────────────────────
     Clopper–Pearson (exact)                                    0.00                   10.38
     Wilson score                                               0.00                   11.16
     Wilson score with continuity correction                    0.00                   13.27
     Agresti–Coull                                              0.00                   13.25
     Jeffreys                                                   0.00                    7.46
     mid-P                                                      0.00                    8.81
     logit                                               not defined             not defined
     arcsine                                                    0.00                    3.11
     Wald                                                       0.00                    0.00
    ─────────────────────────────────────────────────────────────────────────────────────────
      Arcsine and Wald cover less than they say near 0 and 100 %: for comparison, not for a paper.
    ");
    insta::assert_snapshot!(done(call("interval 0 0")), @"
    0 of 0: not estimable
    ─────────────────────────────────────────────────────────────────────
     method                    lower 95 % limit, %   upper 95 % limit, %
    ─────────────────────────────────────────────────────────────────────
     Clopper–Pearson (exact)         not estimable         not estimable
    ─────────────────────────────────────────────────────────────────────
    ");
}

#[test]
fn the_formula_and_the_paper_are_explained() {
    insta::assert_snapshot!(done(call("interval 231 258 --method wilson --explain")), @"
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
    let explained = json(call("interval 231 258 --method wilson --explain --format json"));
    assert_eq!(keys(&explained["intervals"][0]), ["method", "lower", "upper", "formula", "reference"]);
}

#[test]
fn tables_for_programs_and_documents() {
    insta::assert_snapshot!(done(call("interval 231 258 --format csv")), @"
    measure,x,n,estimate,level,method,lower,upper,reason
    proportion,231,258,0.8953488372093024,0.95,clopper_pearson,0.8513976659072126,0.9298934204276422,
    ");
    insta::assert_snapshot!(done(call("interval 0 9 --method logit --format csv")), @"
    measure,x,n,estimate,level,method,lower,upper,reason
    proportion,0,9,0.0,0.95,logit,,,not_defined
    ");
    insta::assert_snapshot!(done(call("interval 231 258 --format markdown")), @"
    **231 of 258: 89.5 %**

    | method | lower 95 % limit, % | upper 95 % limit, % |
    | :--- | ---: | ---: |
    | Clopper–Pearson (exact) | 85.1 | 93.0 |
    ");
    insta::assert_snapshot!(done(call("interval 231 258 --format latex")), @r"
    \begin{table}[htbp]
      \small\raggedright
      \caption{231 of 258: 89.5 \%}
      \begin{tabular}{@{}lrr@{}}
      \toprule
      method & lower 95 \% limit, \% & upper 95 \% limit, \% \\
      \midrule
      Clopper--Pearson (exact) & 85.1 & 93.0 \\
      \bottomrule
      \end{tabular}
    \end{table}
    ");
}

#[test]
fn a_poor_method_is_given_with_a_warning() {
    let wald = call("interval 3 40 --method wald");
    assert_eq!(wald.code, 0);
    assert!(wald.stdout.contains("Wald"));
    insta::assert_snapshot!(wald.stderr, @"
    warning: the Wald interval covers less than it says
      = why: near 0 and 100 % it is far too short (Brown, Cai & DasGupta, Stat Sci 2001; 16: 101, against its use)

    help: for a paper use clopper_pearson, or wilson for shorter intervals
    ");
    assert_eq!(call("interval 3 40 --all").stderr, "");
}
