//! What two places of study.toml cannot both mean.

use hjertekommidt::protocol::Protocol;
use insta::assert_snapshot;

use super::protocol::told;
use crate::small_study::PROTOCOL;

/// The same for a piece that stands there more than once.
fn told_of_all(from: &str, to: &str) -> String {
    Protocol::read(&PROTOCOL.replace(from, to), "study.toml").unwrap_err().to_string()
}

#[test]
fn a_key_needs_its_columns() {
    let key = "key = [\"cpr\", \"first_attendance\", \"hospital\"]";
    assert_snapshot!(told(key, "key = []"), @r#"
    error: `register.key` names no column
      --> study.toml, line 11, `register.key`
      = why: the key tells one course from another, and its numbers decide who is drawn

    help: list what together belongs to one course only, such as ["cpr", "first_attendance", "hospital"]
    "#);
    assert_snapshot!(told(key, "key = [\"cpr\", \"first_attendence\"]"), @"
    error: `register.key` names `first_attendence`, which [register.columns] gives no column
      --> study.toml, line 11, `register.key`

    help: did you mean `first_attendance`?
    ");
    assert_snapshot!(told(key, "key = [\"cpr\", \"visit\"]"), @r#"
    error: `register.key` names `visit`, which [register.columns] gives no column
      --> study.toml, line 11, `register.key`

    help: add `visit = "its header in the file"`
    "#);
}

#[test]
fn a_rule_needs_its_column() {
    assert_snapshot!(told("cpr = \"cpr\"\n", ""), @r#"
    error: `population.age` needs a column
      --> study.toml, line 9, `register`

    help: give [register.columns] a `cpr`, a `birth_date` or an `age`

    error: `register.key` names `cpr`, which [register.columns] gives no column
      --> study.toml, line 11, `register.key`

    help: add `cpr = "its header in the file"`
    "#);
    assert_snapshot!(told("diagnosis = \"diagnose\"\n", ""), @"
    error: `population.diagnoses` needs a column
      --> study.toml, line 9, `register`

    help: give [register.columns] a `diagnosis`
    ");
    assert_snapshot!(told("stratum = \"kommune\"\n", ""), @"
    error: more than one [[stratum]] needs a column
      --> study.toml, line 9, `register`

    help: give [register.columns] a `stratum`
    ");
    let without_day = PROTOCOL
        .replace("first_attendance = \"foerste_fremmoede\"\n", "")
        .replace("key = [\"cpr\", \"first_attendance\", \"hospital\"]", "key = [\"cpr\", \"hospital\"]")
        .replace("age = \"> 18\"", "age = \"> 18\"\nfrom = 2020-01-01")
        .replace("column = \"rygestop\"", "column = \"rygestop\"\nuntil = 2022-12-31")
        .replace("by = []", "by = [\"year\"]");
    assert_snapshot!(Protocol::read(&without_day, "study.toml").unwrap_err(), @"
    error: `population.age` needs the day on which the age is taken
      --> study.toml, line 10, `register`

    help: give [register.columns] a `first_attendance`

    error: the period of `population` needs a column
      --> study.toml, line 10, `register`

    help: give [register.columns] a `first_attendance`

    error: an indicator limited to a period needs a column
      --> study.toml, line 10, `register`

    help: give [register.columns] a `first_attendance`

    error: a table by year needs a column
      --> study.toml, line 10, `register`

    help: give [register.columns] a `first_attendance`
    ");
    let without_sex = PROTOCOL
        .replace("cpr = \"cpr\"\n", "")
        .replace("key = [\"cpr\", \"first_attendance\", \"hospital\"]", "key = [\"hospital\"]")
        .replace("age = \"> 18\"\n", "")
        .replace("by = []", "by = [\"sex\"]");
    assert_snapshot!(Protocol::read(&without_sex, "study.toml").unwrap_err(), @"
    error: a table by sex needs a column
      --> study.toml, line 8, `register`

    help: give [register.columns] a `cpr` or a `sex`
    ");
}

#[test]
fn strata() {
    assert_snapshot!(told("code = \"727\"", "code = \"615\""), @"
    error: the stratum `615` is listed more than once
      --> study.toml, line 29, `stratum.code`

    help: take this [[stratum]] away; another way to write one stratum belongs in its `spellings`
    ");
    assert_snapshot!(told_of_all("[[stratum]]", "[[place]]"), @r#"
    error: the protocol lists no stratum
      --> study.toml, line 1, `stratum`
      = why: a sample that covers every stratum needs the list of them before the draw

    help: add one [[stratum]] with `code` and `name` for each; a register without strata has one, with code "all"

    error: no [[stratum]] is in the study
      --> study.toml, line 9, `register`

    help: take `in_study = false` away from at least one

    error: `place` is not a key of the protocol
      --> study.toml, line 23, `place`
      = why: a misspelt key would silently leave its default in force

    help: remove it; the keys of this table are study, population, strata, stratum, register, item, indicator, sampling, review, analysis, disclosure, report
    "#);
    assert_snapshot!(told_of_all("cluster = ", "in_study = false\ncluster = ").lines().take(12).collect::<Vec<_>>().join("\n"), @r#"
    error: this is not TOML: duplicate key
      --> study.toml, line 40

    help: a text stands in "quotes", a list in [brackets], and a key only once in its table
    "#);
}

#[test]
fn no_stratum_or_no_indicator_in_the_study() {
    let outside =
        PROTOCOL.replace("in_study = false\n", "").replace("cluster = ", "in_study = false\ncluster = ");
    assert_snapshot!(Protocol::read(&outside, "study.toml").unwrap_err(), @"
    error: no [[stratum]] is in the study
      --> study.toml, line 9, `register`

    help: take `in_study = false` away from at least one
    ");
    let end = PROTOCOL.find("[indicator.participation]").unwrap();
    let rest = PROTOCOL.find("[sampling]").unwrap();
    let without = format!("{}[indicator]\n\n{}", &PROTOCOL[..end], &PROTOCOL[rest..]);
    assert_snapshot!(Protocol::read(&without, "study.toml").unwrap_err(), @"
    error: the protocol has no indicator
      --> study.toml, line 50, `indicator`
    ");
}

#[test]
fn a_fixed_allocation() {
    let fixed = PROTOCOL.replace("allocation = \"proportional\"", "allocation = \"fixed\"");
    assert_snapshot!(Protocol::read(&fixed, "study.toml").unwrap_err(), @"
    error: `sampling.allocation` is `fixed`, and `sample` is missing for the strata 615, 727, 746, 751
      --> study.toml, line 91, `sampling`

    help: add `sample = …` to each [[stratum]]
    ");
    let sums = fixed.replace("cluster = ", "sample = 10\ncluster = ");
    assert_snapshot!(Protocol::read(&sums, "study.toml").unwrap_err(), @"
    error: the fixed samples of the strata add up to 40, and `sampling.total` is 60
      --> study.toml, line 96, `sampling`

    help: write `total = 40`
    ");
}

#[test]
fn limits_of_small_cells_that_contradict_each_other() {
    assert_snapshot!(told("min_cell = 3\nmin_cell_overall = 1", "min_cell = 0\nmin_cell_overall = 0"), @"
    error: `disclosure.min_cell` is 0, expected 1 or more
      --> study.toml, line 109, `disclosure.min_cell`

    help: write 1 to hide nothing

    error: `disclosure.min_cell_overall` is 0, expected 1 or more
      --> study.toml, line 110, `disclosure.min_cell_overall`

    help: write 1 to hide nothing
    ");
    assert_snapshot!(told("min_cell_overall = 1", "min_cell_overall = 5"), @"
    error: `disclosure.min_cell_overall` is 5, expected at most `min_cell`, which is 3
      --> study.toml, line 110, `disclosure.min_cell_overall`
      = why: a table of a part would show what the table of the whole hides

    help: write `min_cell = 5`, or a smaller `min_cell_overall`
    ");
}
