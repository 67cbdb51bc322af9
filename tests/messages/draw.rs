//! Why a draw or an enlargement is refused.

use insta::assert_snapshot;

use super::told;
use crate::small_study::{PROTOCOL, SmallStudy, courses, csv};

#[test]
fn the_seed() {
    let study = SmallStudy::new();
    study.edit("seed = \"Lotto 2026-12-05 4 11 17 20 28 31 35\"", "seed = \"\"");
    assert_snapshot!(told(&study, &["draw"]), @r#"
    error: `sampling.seed` is empty
      --> study.toml, `sampling.seed`
      = why: the seed decides who is drawn, and nobody must be able to suspect that it was tried out

    help: choose a public number that nobody knows yet: announce a date and a lottery in the project group, and write what was drawn, for example seed = "Lotto 2026-12-05 4 11 17 20 28 31 35", with its origin in seed_source. At least 8 characters of plain ASCII, no |, used for this study alone
    "#);
    let study = SmallStudy::new();
    study.edit("seed_source = \"Lotto of 5 December 2026, announced on 1 December\"", "");
    assert_snapshot!(told(&study, &["draw"]), @r#"
    error: `sampling.seed_source` does not say where the seed came from
      --> study.toml, `sampling.seed_source`
      = why: readers must be able to see that the seed was not tried out

    help: write for example "Lotto of 5 December 2026, announced in the project group on 1 December"
    "#);
}

#[test]
fn a_second_draw() {
    assert_snapshot!(told(&SmallStudy::drawn(), &["draw"]), @"
    error: the sample of this study is drawn
      --> study.sqlite
      = why: a second draw would let the sample be chosen

    help: a larger sample is `hkm draw --enlarge TOTAL`, which keeps everyone drawn so far; another sample is a new study
    ");
}

#[test]
fn rows_that_would_be_left_out() {
    let mut rows = courses(200);
    rows[7][0] = String::new();
    assert_snapshot!(told(&SmallStudy::with(PROTOCOL, &csv(&rows)), &["draw"]), @"
    error: the CPR number is empty in 1 row
      --> register.csv, row 9, column `cpr`
      = why: without it the record cannot be found

    help: fill in the number at the source, or accept that the rows are excluded

    error: 1 row of the register cannot be placed, and would be left out of the draw
      = why: a course that cannot be drawn is not represented by the sample

    help: correct the rows at the source; or accept that they are excluded and counted, with --accept-exclusions

    2 errors; nothing was done
    ");
}

#[test]
fn rows_with_one_key_that_differ() {
    let mut rows = courses(200);
    rows[23] = rows[24].clone();
    rows[23][5] = "0".to_owned();
    rows[24][5] = "1".to_owned();
    assert_snapshot!(told(&SmallStudy::with(PROTOCOL, &csv(&rows)), &["draw"]), @"
    error: 2 rows have the same record key, but differ otherwise
      --> register.csv, rows 25 and 26
      = why: the key must tell one course from another: the draw cannot choose between them

    help: correct the rows at the source, or add a column to `register.key` that tells them apart
    ");
}

#[test]
fn a_total_that_cannot_be_met() {
    let study = SmallStudy::new();
    study.edit("total = 60", "total = 250");
    assert_snapshot!(told(&study, &["draw"]), @"
    error: a total of 250 cannot be drawn: the strata hold 200, 50 too few
      --> study.toml, `sampling.total`

    help: change `sampling.total` or `sampling.minimum`
    ");
    study.edit("total = 250", "total = 15");
    assert_snapshot!(told(&study, &["draw"]), @"
    error: a total of 15 cannot be kept: the strata need 16, 1 more
      --> study.toml, `sampling.total`

    help: change `sampling.total` or `sampling.minimum`
    ");
    let fixed = PROTOCOL
        .replace("allocation = \"proportional\"", "allocation = \"fixed\"")
        .replace("cluster = ", "sample = 15\ncluster = ");
    assert_snapshot!(told(&SmallStudy::with(&fixed, &csv(&courses(200))), &["draw"]), @"
    error: 727 Odder asks for 15 courses and has 10 in the frame
      --> study.toml, `stratum.sample`

    help: write at most `sample = 10` at its [[stratum]]
    ");
}

#[test]
fn an_enlargement() {
    assert_snapshot!(told(&SmallStudy::new(), &["draw", "--enlarge", "80"]), @"
    error: no sample is drawn in this study yet
      --> study.sqlite

    help: run `hkm draw`
    ");
    let study = SmallStudy::drawn();
    assert_snapshot!(told(&study, &["draw", "--enlarge", "60"]), @"
    error: a total of 60 is not larger than the present one: 60 courses are in use

    help: ask for more than 60
    ");
    assert_snapshot!(told(&study, &["draw", "--enlarge", "500"]), @"
    error: a total of 500 cannot be drawn: the strata hold 200, 300 too few

    help: ask for at most 200
    ");
    study.write("register.csv", &csv(&courses(199)));
    assert_snapshot!(told(&study, &["draw", "--enlarge", "80"]), @"
    error: the register holds other courses than when the sample was drawn
      --> register.csv
      = why: a larger sample must come from the same frame as the first one

    help: put the extract back that was drawn from; its digest is in the results' manifest
    ");
}

#[test]
fn sections_that_were_changed() {
    let study = SmallStudy::drawn();
    study.edit("total = 60", "total = 61");
    study.edit("age = \"> 18\"", "age = \">= 18\"");
    assert_snapshot!(told(&study, &["draw", "--enlarge", "80"]), @r#"
    error: `population.age` is ">= 18", and was "> 18" when the sample was drawn
      --> study.toml, `population.age`
      = why: the sample was drawn by the old rule, and its results would not be what the protocol says

    help: bring the old text back; a larger sample is `hkm draw --enlarge TOTAL`, another one is a new study

    error: `sampling.total` is 61, and was 60 when the sample was drawn
      --> study.toml, `sampling.total`
      = why: the sample was drawn by the old rule, and its results would not be what the protocol says

    help: bring the old text back; a larger sample is `hkm draw --enlarge TOTAL`, another one is a new study

    2 errors; nothing was done
    "#);
}

#[test]
fn what_was_frozen_by_the_draw() {
    let study = SmallStudy::drawn();
    study.edit("announced on 1 December", "announced by nobody");
    assert_snapshot!(told(&study, &["analyse"]), @r#"
    error: `sampling.seed_source` is "Lotto of 5 December 2026, announced by nobody", and was "Lotto of 5 December 2026, announced on 1 December" when the sample was drawn
      --> study.toml, `sampling.seed_source`
      = why: readers judge by it that the seed was not tried out

    help: bring the old text back; what is to be added belongs in the paper
    "#);
    study.edit("total = 60", "total = 61");
    study.edit("[indicator.smoking]", "[indicator.smoking_now]");
    study.edit("[indicator.smoking.register]", "[indicator.smoking_now.register]");
    assert_snapshot!(told(&study, &["analyse"]), @r#"
    error: `indicator.smoking` is none, and was { column = "rygestop", sampled = "all" } when the sample was drawn; `indicator.smoking_now` is { column = "rygestop", sampled = "all" }, and was none when the sample was drawn
      --> study.toml, `indicator`
      = why: the sample was drawn by the old rule, and its results would not be what the protocol says

    help: bring the old text back; a larger sample is `hkm draw --enlarge TOTAL`, another one is a new study

    error: `sampling.total` is 61, and was 60 when the sample was drawn; `sampling.seed_source` is "Lotto of 5 December 2026, announced by nobody", and was "Lotto of 5 December 2026, announced on 1 December" when the sample was drawn
      --> study.toml, `sampling`
      = why: the sample was drawn by the old rule, and its results would not be what the protocol says

    help: bring the old text back; a larger sample is `hkm draw --enlarge TOTAL`, another one is a new study

    2 errors; nothing was done
    "#);
}
