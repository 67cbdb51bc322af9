//! `hkm accuracy --post-stratify`

use std::fmt::Write;

use insta::assert_snapshot;
use serde_json::Value;

use super::{call_in, done, folder, json, number};
use crate::oracle::{Row, distance, rows};

/// survey prints 17 digits; it gathers the residuals in another order.
const SURVEY: f64 = 1e-12;

const CALL: &str =
    "accuracy charts.csv --register reg --reference chart --stratum area --population N --population-yes yes";

/// The charts of some strata: outside the table are those whose chart is not relevant, and those that the register calls neither.
fn charts<'r>(strata: impl Iterator<Item = &'r Row>) -> String {
    let mut text = "area,N,yes,reg,chart\n".to_owned();
    for row in strata {
        let count = |column: &str| row.count(column);
        let [tp, fp, fn_, tn] = ["tp", "fp", "fn", "tn"].map(count);
        let outside = [count("seen_yes") - tp - fp, count("seen_no") - fn_ - tn];
        let neither = count("reviewed") - count("seen_yes") - count("seen_no");
        let kinds = [(tp, "1,1"), (fp, "1,0"), (fn_, "0,1"), (tn, "0,0")];
        for (number, cells) in
            kinds.into_iter().chain([(outside[0], "1,8"), (outside[1], "0,8"), (neither, "8,0")])
        {
            for _ in 0..number {
                let design = [row.text("stratum"), row.text("population"), row.text("frame_yes")].join(",");
                writeln!(text, "{design},{cells}").unwrap();
            }
        }
    }
    text
}

fn measure<'j>(result: &'j Value, list: &str, name: &str) -> &'j Value {
    result[list].as_array().unwrap().iter().find(|one| one["measure"] == name).unwrap()
}

#[test]
fn estimates_and_standard_errors_agree_with_survey() {
    let counts = rows("post_strata_counts");
    let mut compared = 0;
    for case in ["few", "six", "eighteen"] {
        let folder = folder("charts.csv", charts(counts.iter().filter(|row| row.text("case") == case)));
        for fpc in ["on", "off"] {
            let call = format!("{CALL} --post-stratify frame --fpc {fpc} --format json");
            let found = json(call_in(folder.path(), &call));
            let expected = rows("post_strata_file");
            for row in expected.iter().filter(|row| row.text("case") == case && row.text("fpc") == fpc) {
                let found = measure(&found["indicators"][0], "weighted", row.text("measure"));
                for key in ["estimate", "se"] {
                    let off = distance(number(&found[key]), row.value(key));
                    assert!(off <= SURVEY, "{row}: {key} {} is off by {off:e}", found[key]);
                    compared += 1;
                }
            }
        }
    }
    assert_eq!(compared, 3 * 2 * 7 * 2);
}

#[test]
fn the_design_alone_stands_beside_and_is_the_estimate_without_the_option() {
    let counts = rows("post_strata_counts");
    let folder = folder("charts.csv", charts(counts.iter().filter(|row| row.text("case") == "six")));
    let plain = CALL.split(" --population-yes").next().unwrap();
    let plain = json(call_in(folder.path(), &format!("{plain} --format json")));
    let calibrated = json(call_in(folder.path(), &format!("{CALL} --post-stratify strata --format json")));
    let (plain, calibrated) = (&plain["indicators"][0], &calibrated["indicators"][0]);
    assert_eq!(calibrated["design_weighted"], plain["weighted"]);
    assert_eq!(calibrated["post_stratify"], "strata");
    assert_ne!(calibrated["weighted"], plain["weighted"]);
    assert_eq!((&plain["post_stratify"], &plain["design_weighted"]), (&Value::Null, &Value::Null));
    let out = done(call_in(folder.path(), &format!("{CALL} --post-stratify strata")));
    assert!(out.contains("post-stratified by the register's value, in each stratum where"), "{out}");
    assert!(out.contains("post-stratified (95 % CI)") && out.contains("design alone"), "{out}");
}

/// Both sexes together are the whole, by the same weights.
#[test]
fn a_domain_has_the_weights_of_the_whole_file() {
    let counts = rows("post_strata_counts");
    let text = charts(counts.iter().filter(|row| row.text("case") == "six"));
    let with_sex = |(place, line): (usize, &str)| match place {
        0 => format!("{line},sex\n"),
        _ => format!("{line},{}\n", ["f", "m"][place % 2]),
    };
    let text: String = text.lines().enumerate().map(with_sex).collect();
    let folder = folder("charts.csv", text);
    let all = json(call_in(folder.path(), &format!("{CALL} --post-stratify frame --format json")));
    let parts = json(call_in(folder.path(), &format!("{CALL} --post-stratify frame --by sex --format json")));
    // The share of register-positives of each sex, by its prevalence and the whole's, gives the whole back.
    let of = |result: &Value, name: &str| number(&measure(result, "weighted", name)["estimate"]);
    let [f, m] = [&parts["indicators"][0], &parts["indicators"][1]];
    let whole = of(&all["indicators"][0], "accuracy");
    let between = [of(f, "accuracy"), of(m, "accuracy")];
    assert!(
        between[0].min(between[1]) <= whole && whole <= between[0].max(between[1]),
        "{between:?} {whole}"
    );
}

/// Four charts of one stratum with 40 records.
fn told(rows: &[&str], options: &str) -> String {
    let text = format!("area,N,yes,reg,chart\n{}\n", rows.join("\n"));
    let folder = folder("charts.csv", text);
    let printed = call_in(folder.path(), &format!("{CALL} --post-stratify frame{options}"));
    assert_eq!(printed.stdout, "");
    format!("exit {}\n{}", printed.code, printed.stderr)
}

#[test]
fn counts_of_the_frame_that_cannot_be() {
    assert_snapshot!(told(&["A,40,many,1,1", "A,40,,0,0", "A,40,7,1,1"], ""), @"
    exit 1
    error: `yes` is empty or `many` in 2 rows, expected a whole number of 0 or more
      --> charts.csv, rows 2 and 3, column `yes`
      = why: the weights are calibrated to how many records of the frame the register calls yes

    help: give their number in the stratum, in every row
    ");
    assert_snapshot!(told(&["A,40,20,1,1", "A,40,21,0,0", "A,40,20,1,1"], ""), @"
    exit 1
    error: the number of records with register yes of the stratum `A` is 21, but 20 in row 2
      --> charts.csv, row 3, column `yes`
      = why: a stratum has one such number

    help: give the same number in all its rows
    ");
    assert_snapshot!(told(&["A,40,41,1,1", "A,40,41,0,0"], ""), @"
    exit 1
    error: the stratum `A` has 41 records that the register calls yes, but a population of 40
      --> charts.csv, row 2, column `yes`

    help: correct the number, or the population
    ");
    assert_snapshot!(told(&["A,40,1,1,1", "A,40,1,0,0", "A,40,1,1,0"], ""), @"
    exit 1
    error: the stratum `A` has 2 reviewed charts with register yes, but 1 such records in the frame
      --> charts.csv, rows 2 and 4, column `yes`
      = why: the charts are a sample of the frame, each of them once

    help: count the frame's records by the column that --register names, with the same words
    ");
    assert_snapshot!(told(&["A,40,39,1,1", "A,40,39,0,0", "A,40,39,8,0"], ""), @"
    exit 1
    error: the stratum `A` has 2 reviewed charts with register not yes, but 1 such records in the frame
      --> charts.csv, rows 3 and 4, column `yes`
      = why: the charts are a sample of the frame, each of them once

    help: count the frame's records by the column that --register names, with the same words
    ");
    assert_snapshot!(told(&["A,40,20,1,1"], " --register area --reference N"), @"
    exit 2
    error: there are 2 --register and 1 --population-yes, expected one of each for every indicator
    ");
}
