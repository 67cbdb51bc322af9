//! Every way in which a call can be refused: nothing on stdout, a sentence on stderr, and the exit code.

use super::{call, call_in, folder};

/// What a refused call tells, with its exit code in front.
fn told(printed: super::Printed) -> String {
    assert_eq!(printed.stdout, "");
    format!("exit {}\n{}", printed.code, printed.stderr)
}

#[test]
fn counts_that_are_none() {
    insta::assert_snapshot!(told(call("interval 300 258")), @"
    exit 2
    error: there are 300 events of 258 trials, expected at most 258

    help: give the events first and the trials second: `hkm interval 231 258`
    ");
    insta::assert_snapshot!(told(call("interval 1.5 9")), @"
    exit 2
    error: invalid value '1.5' for '<X>': expected a whole number from 0 to 1,000,000,000,000,000, digits only

    For more information, try '--help'.
    ");
    insta::assert_snapshot!(told(call("interval -5 9")), @"
    exit 2
    error: invalid value '-5' for '<X>': expected a whole number from 0 to 1,000,000,000,000,000, digits only

    For more information, try '--help'.
    ");
    insta::assert_snapshot!(told(call("interval 3 1000000000000001")), @"
    exit 2
    error: invalid value '1000000000000001' for '<N>': expected a whole number from 0 to 1,000,000,000,000,000, digits only

    For more information, try '--help'.
    ");
    insta::assert_snapshot!(told(call("table 999999999999999 2 0 0")), @"
    exit 2
    error: the counts add up to 1,000,000,000,000,001, expected at most 1,000,000,000,000,000
    ");
    insta::assert_snapshot!(told(call("table 9 2 3 4 --reference-sensitivity 90 --reference-specificity 1")), @"
    exit 2
    error: the sensitivity or specificity of the record is 90, expected a number from 0 to 1
    ");
    insta::assert_snapshot!(told(call("kappa 1 2 x 4")), @"
    exit 2
    error: `x` is no count, expected a whole number from 0 to 1,000,000,000,000,000, digits only
    ");
    insta::assert_snapshot!(told(call("kappa 1 2 3")), @"
    exit 2
    error: expected four counts (yes/yes, yes/no, no/yes, no/no), or a file and two of its columns

    help: write `hkm kappa 40 5 3 52`, or `hkm kappa charts.csv first second`
    ");
    insta::assert_snapshot!(told(call("kappa a.csv one")), @"
    exit 2
    error: expected four counts (yes/yes, yes/no, no/yes, no/no), or a file and two of its columns

    help: write `hkm kappa 40 5 3 52`, or `hkm kappa charts.csv first second`
    ");
}

#[test]
fn choices_that_are_none() {
    insta::assert_snapshot!(told(call("interval 3 9 --level 95")), @"
    exit 2
    error: invalid value '95' for '--level <LEVEL>': the confidence level is `95`, expected a decimal between 0 and 1 with at most 15 places, such as 0.95, or a percentage with its sign, such as 95 %

    For more information, try '--help'.
    ");
    insta::assert_snapshot!(told(call("interval 3 9 --method wilsn")), @"
    exit 2
    error: invalid value 'wilsn' for '--method <METHOD>'
      [possible values: clopper_pearson, wilson, wilson_cc, agresti_coull, jeffreys, mid_p, logit, arcsine, wald]

      tip: a similar value exists: 'wilson'

    For more information, try '--help'.
    ");
    insta::assert_snapshot!(told(call("interval 3 9 --method wald --all")), @"
    exit 2
    error: the argument '--method <METHOD>' cannot be used with '--all'

    Usage: hkm interval --method <METHOD> <X> <N>

    For more information, try '--help'.
    ");
    insta::assert_snapshot!(told(call("interval 3 9 --decimals 16")), @"
    exit 2
    error: invalid value '16' for '--decimals <NUMBER>': 16 is not in 0..=15

    For more information, try '--help'.
    ");
    insta::assert_snapshot!(told(call("interval 3 9 --format pdf")), @"
    exit 2
    error: invalid value 'pdf' for '--format <FORMAT>'
      [possible values: text, json, csv, markdown, latex]

    For more information, try '--help'.
    ");
    insta::assert_snapshot!(told(call("accuracy a.csv --register a --reference b --fpc off")), @"
    exit 2
    error: the following required arguments were not provided:
      --population <COLUMN>
      --stratum <COLUMN>

    Usage: hkm accuracy --register <COLUMN> --reference <COLUMN> --population <COLUMN> --stratum <COLUMN> --fpc <SWITCH> <FILE>

    For more information, try '--help'.
    ");
    insta::assert_snapshot!(told(call("accuracy a.csv --register a --reference b --stratum c")), @"
    exit 2
    error: the following required arguments were not provided:
      --population <COLUMN>

    Usage: hkm accuracy --register <COLUMN> --reference <COLUMN> --stratum <COLUMN> --population <COLUMN> <FILE>

    For more information, try '--help'.
    ");
    insta::assert_snapshot!(
        told(call("accuracy a.csv --register a --reference b --stratum c --population d --weighted-method exact")), @"
    exit 2
    error: invalid value 'exact' for '--weighted-method <METHOD>'
      [possible values: korn_graubard, logit, wilson]

    For more information, try '--help'.
    ");
    insta::assert_snapshot!(told(call("accuracy a.csv --register a --register b --reference c")), @"
    exit 2
    error: there are 2 --register and 1 --reference, expected one of each for every indicator
    ");
    insta::assert_snapshot!(told(call("accuracy a.csv --register a --reference b --yes 1,ja --no JA")), @"
    exit 2
    error: `JA` is given as a word for yes and for no, expected one meaning
    ");
    insta::assert_snapshot!(told(call("accuracy a.csv --register a --reference b --yes 1,,2")), @"
    exit 2
    error: invalid value '' for '--yes <WORDS>': expected words separated by commas; an empty cell needs none

    For more information, try '--help'.
    ");
}

#[test]
fn files_and_columns_that_are_not_there() {
    let folder = folder("charts.csv", "register;chart;area\n1;1;A\n");
    let told = |words: &str| told(call_in(folder.path(), words));
    insta::assert_snapshot!(told("accuracy nothing.csv --register a --reference b"), @"
    exit 2
    error: there is no file `nothing.csv`
      --> nothing.csv

    help: check the path
    ");
    insta::assert_snapshot!(told("accuracy charts.csv --register registr --reference chart --by hospital"), @"
    exit 1
    error: there is no column `registr`
      --> charts.csv, row 1

    help: did you mean `register`?

    error: there is no column `hospital`
      --> charts.csv, row 1

    help: the file has the columns `register`, `chart`, `area`

    2 errors; nothing was done
    ");
    insta::assert_snapshot!(told("accuracy charts.csv --register chart --reference Chart"), @"
    exit 2
    error: `chart` is register and reference at once, expected two columns
    ");
    insta::assert_snapshot!(told("kappa charts.csv"), @"
    exit 2
    error: the file has 3 columns, expected two, or their names

    help: name the two columns after the file
    ");
    insta::assert_snapshot!(told("kappa charts.csv chart charts"), @"
    exit 1
    error: there is no column `charts`
      --> charts.csv, row 1

    help: did you mean `chart`?
    ");
    insta::assert_snapshot!(told("kappa charts.csv chart CHART"), @"
    exit 2
    error: `chart` is compared with itself, expected two columns
    ");
}

#[test]
fn words_strata_and_populations_that_are_wrong() {
    let charts = "\
register;chart;area;N
1;maybe;A;3
0;1;A;3
x;0;A;4
1;1;;3
1;0;B;many
1;0;B;
1;1;C;1
1;1;C;1
1;?;A;3
";
    let folder = folder("charts.csv", charts);
    let words = "accuracy charts.csv --register register --reference chart --stratum area --population N";
    insta::assert_snapshot!(told(call_in(folder.path(), words)), @"
    exit 1
    error: `register` is `x` in 1 row, expected one of `1`, `ja`, `j`, `yes`, `y`, `true`, `sand`, `0`, `nej`, `n`, `no`, `false`, `falsk`, `8`, `88`, `ikke relevant`, `not relevant`, `9`, `99`, `na`, `.`, `ikke dokumenteret`, `not documented`, `missing`
      --> charts.csv, row 4, column `register`
      = why: a word that is not known is never counted as no

    help: correct the rows, or list the word with --yes, --no, --missing or --not-relevant (a list takes the place of the usual words)

    error: `chart` is `?` or `maybe` in 2 rows, expected one of `1`, `ja`, `j`, `yes`, `y`, `true`, `sand`, `0`, `nej`, `n`, `no`, `false`, `falsk`, `8`, `88`, `ikke relevant`, `not relevant`, `9`, `99`, `na`, `.`, `ikke dokumenteret`, `not documented`, `missing`
      --> charts.csv, rows 2 and 10, column `chart`
      = why: a word that is not known is never counted as no

    help: correct the rows, or list the word with --yes, --no, --missing or --not-relevant (a list takes the place of the usual words)

    error: `area` is empty in 1 row
      --> charts.csv, row 5, column `area`
      = why: every chart of a stratified sample belongs to a stratum

    help: fill the cells, or remove the rows

    error: `N` is empty or `many` in 2 rows, expected a whole number of at least 1
      --> charts.csv, rows 6 and 7, column `N`
      = why: the weight of a chart is the population of its stratum divided by its reviewed charts

    help: give the number of records that the stratum has in the frame, in every row

    error: the population of the stratum `A` is 4, but 3 in row 2
      --> charts.csv, row 4, column `N`
      = why: a stratum has one population

    help: give the same number in all its rows

    error: the stratum `C` has 2 reviewed charts, but a population of 1
      --> charts.csv, rows 8 and 9, column `N`
      = why: the charts are a sample of the population, each of them once

    help: correct the population, or remove charts that stand in the file twice

    6 errors; nothing was done
    ");
}

#[test]
fn a_wrong_column_of_populations_is_one_error() {
    let strata: String = (1..9).map(|stratum| format!("1,1,S{stratum},10\n1,1,S{stratum},11\n")).collect();
    let folder = folder("charts.csv", format!("a,b,h,N\n{strata}"));
    let words = "accuracy charts.csv --register a --reference b --stratum h --population N";
    insta::assert_snapshot!(told(call_in(folder.path(), words)), @"
    exit 1
    error: the population differs within 8 strata
      --> charts.csv, rows 3, 5, 7, 9, 11, 13, 15 and 17, column `N`
      = why: a stratum has one population

    help: name the column that holds it
    ");
}

#[test]
fn files_without_anything_to_count() {
    let folder = folder("charts.csv", "register;chart\n");
    let words = "accuracy charts.csv --register register --reference chart";
    insta::assert_snapshot!(told(call_in(folder.path(), words)), @"
    exit 1
    error: the file has a header and no rows
      --> charts.csv

    help: export the charts again, one a row below the header
    ");
}

#[test]
fn answers_that_are_no_categories() {
    let answers: String = (0..60).map(|row| format!("{row},{row}\n")).collect();
    let folder = folder("double.csv", format!("one,two\n{answers}"));
    insta::assert_snapshot!(told(call_in(folder.path(), "kappa double.csv")), @"
    exit 1
    error: `one` and `two` hold more than 50 different values
      --> double.csv
      = why: agreement is about categories; numbers, dates and texts seldom agree

    help: name the columns with the reviewers' answers
    ");
}

/// A program that reads stdout gets the findings there.
#[test]
fn errors_are_json_too() {
    let printed = call("interval 300 258 --format json");
    assert_eq!(printed.code, 2);
    insta::assert_snapshot!(printed.stdout, @r#"
    {
      "findings": [
        {
          "severity": "error",
          "code": "proportion",
          "what": "there are 300 events of 258 trials, expected at most 258",
          "file": null,
          "sheet": null,
          "rows": [],
          "rows_total": 0,
          "column": null,
          "cells": [],
          "line": null,
          "key": null,
          "reason": null,
          "remedy": "give the events first and the trials second: `hkm interval 231 258`"
        }
      ]
    }
    "#);
}

#[test]
fn every_help_shows_an_example() {
    for command in ["interval", "table", "accuracy", "kappa"] {
        let help = super::done(call(&format!("{command} --help")));
        assert!(help.contains(&format!("  hkm {command} ")) && help.contains("Example"), "{help}");
    }
}
