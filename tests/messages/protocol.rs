//! What is wrong in one place of study.toml.

use hjertekommidt::protocol::Protocol;
use insta::assert_snapshot;

use crate::small_study::PROTOCOL;

/// What is told of the protocol when a piece of it that stands there once is replaced.
pub(super) fn told(from: &str, to: &str) -> String {
    assert_eq!(PROTOCOL.matches(from).count(), 1, "`{from}` stands once in the protocol");
    Protocol::read(&PROTOCOL.replace(from, to), "study.toml").unwrap_err().to_string()
}

#[test]
fn the_small_protocol_has_no_faults() {
    Protocol::read(PROTOCOL, "study.toml").unwrap();
}

#[test]
fn the_syntax() {
    assert_snapshot!(told("total = 60", "total = sixty"), @r#"
    error: this is not TOML: string values must be quoted, expected literal string
      --> study.toml, line 92

    help: a text stands in "quotes", a list in [brackets], and a key only once in its table
    "#);
    assert_snapshot!(told("[population]", "[population"), @r#"
    error: this is not TOML: unclosed table, expected `]`
      --> study.toml, line 5

    help: a text stands in "quotes", a list in [brackets], and a key only once in its table
    "#);
    assert_snapshot!(told("minimum = 4", "minimum = 4\nminimum = 5"), @r#"
    error: this is not TOML: duplicate key
      --> study.toml, line 95

    help: a text stands in "quotes", a list in [brackets], and a key only once in its table
    "#);
}

#[test]
fn a_value_of_another_kind() {
    assert_snapshot!(told("title = \"Validity of an invented register\"", "title = 7"), @r#"
    error: `study.title` is the number 7, expected a text, or one in each language as { da = "…", en = "…" }
      --> study.toml, line 2, `study.title`
    "#);
    assert_snapshot!(told("total = 60", "total = \"60\""), @r#"
    error: `sampling.total` is the text "60", expected a whole number of 0 or more
      --> study.toml, line 92, `sampling.total`
    "#);
    assert_snapshot!(told("total = 60", "total = -60"), @"
    error: `sampling.total` is the number -60, expected a whole number of 0 or more
      --> study.toml, line 92, `sampling.total`
    ");
    assert_snapshot!(told("total = 60", "total = 60.5"), @"
    error: `sampling.total` is the number 60.5, expected a whole number of 0 or more
      --> study.toml, line 92, `sampling.total`
    ");
    assert_snapshot!(told("level = 0.95", "level = \"95 %\""), @r#"
    error: `analysis.level` is the text "95 %", expected a number with a decimal point
      --> study.toml, line 105, `analysis.level`
    "#);
    assert_snapshot!(told("in_study = false", "in_study = \"no\""), @r#"
    error: `stratum.in_study` is the text "no", expected true or false
      --> study.toml, line 37, `stratum.in_study`
    "#);
    assert_snapshot!(told("diagnoses = [\"DI20\", \"DI21\", \"DI25\"]", "diagnoses = \"DI20\""), @r#"
    error: `population.diagnoses` is the text "DI20", expected a list of texts such as ["a", "b"]
      --> study.toml, line 7, `population.diagnoses`
    "#);
    assert_snapshot!(told("diagnoses = [\"DI20\", \"DI21\", \"DI25\"]", "diagnoses = [20, 21]"), @r#"
    error: `population.diagnoses` is a list, expected a list of texts such as ["a", "b"]
      --> study.toml, line 7, `population.diagnoses`
    "#);
    assert_snapshot!(told("age = \"> 18\"", "age = \"> 18\"\nfrom = \"spring\""), @r#"
    error: `population.from` is the text "spring", expected a date such as 2021-03-05
      --> study.toml, line 7, `population.from`
    "#);
    assert_snapshot!(told("[strata]\nname = \"municipality\"\n", "strata = 4"), @"
    error: `register.columns.strata` is the number 4, expected a text in quotes
      --> study.toml, line 20, `register.columns.strata`
    ");
    assert_snapshot!(told("name = { da = \"Rygestop\", en = \"Smoking cessation\" }", "name = [\"a\", \"b\"]"), @r#"
    error: `indicator.smoking.name` is a list, expected a text, or one in each language as { da = "…", en = "…" }
      --> study.toml, line 81, `indicator.smoking.name`
    "#);
    assert_snapshot!(told("cpr = \"cpr\"", "cpr = 1"), @r#"
    error: `population.age` needs a column
      --> study.toml, line 9, `register`

    help: give [register.columns] a `cpr`, a `birth_date` or an `age`

    error: `register.key` names `cpr`, which [register.columns] gives no column
      --> study.toml, line 11, `register.key`

    help: add `cpr = "its header in the file"`

    error: `register.columns.cpr` is the number 1, expected a text in quotes
      --> study.toml, line 14, `register.columns.cpr`
    "#);
}

#[test]
fn a_key_that_is_not_known() {
    assert_snapshot!(told("reserve_percent = 20", "reserve_percnt = 20"), @"
    error: `sampling.reserve_percnt` is not a key of the protocol
      --> study.toml, line 95, `sampling.reserve_percnt`
      = why: a misspelt key would silently leave its default in force

    help: did you mean `reserve_percent`?
    ");
    assert_snapshot!(told("reserve_percent = 20", "colour = \"red\""), @"
    error: `sampling.colour` is not a key of the protocol
      --> study.toml, line 95, `sampling.colour`
      = why: a misspelt key would silently leave its default in force

    help: remove it; the keys of this table are total, allocation, minimum, reserve_percent, seed, seed_source
    ");
    assert_snapshot!(told("[disclosure]", "[disclosures]"), @"
    error: `disclosures` is not a key of the protocol
      --> study.toml, line 108, `disclosures`
      = why: a misspelt key would silently leave its default in force

    help: did you mean `disclosure`?
    ");
    assert_snapshot!(told("hospital = \"sygehus\"", "hospital = \"sygehus\"\nhospitl = \"x\""), @"
    error: `register.columns.hospitl` is neither a column the study knows nor part of the key
      --> study.toml, line 13, `register.columns`

    help: did you mean `hospital`?
    ");
    assert_snapshot!(told("hospital = \"sygehus\"", "hospital = \"sygehus\"\nweight = \"x\""), @"
    error: `register.columns.weight` is neither a column the study knows nor part of the key
      --> study.toml, line 13, `register.columns`

    help: name it in `register.key`, or use one of cpr, first_attendance, hospital, diagnosis, stratum, birth_date, age, sex
    ");
}

#[test]
fn a_key_that_is_missing() {
    assert_snapshot!(told("total = 60\n", ""), @"
    error: `sampling.total` is missing
      --> study.toml, line 91, `sampling.total`

    help: add `total = …`
    ");
    assert_snapshot!(told("title = \"Validity of an invented register\"\n", ""), @"
    error: `study.title` is missing
      --> study.toml, line 1, `study.title`

    help: add `title = …`
    ");
    assert_snapshot!(told("[analysis]\nlevel = 0.95\nby = []\n", ""), @"
    error: the table [analysis] is missing
      --> study.toml, line 1, `analysis`

    help: add [analysis] with its keys
    ");
    assert_snapshot!(told("en = \"Smoking cessation\" }", "uk = \"Smoking cessation\" }"), @"
    error: `indicator.smoking.name.en` is missing
      --> study.toml, line 81, `indicator.smoking.name.en`

    help: add `en = …`

    error: `indicator.smoking.name.uk` is not a key of the protocol
      --> study.toml, line 81, `indicator.smoking.name.uk`
      = why: a misspelt key would silently leave its default in force

    help: remove it; the keys of this table are da, en
    ");
    assert_snapshot!(told("code = \"727\"\n", ""), @"
    error: `stratum.code` is missing
      --> study.toml, line 28, `stratum.code`

    help: add `code = …`
    ");
    assert_snapshot!(told("column = \"rygestop\"\n", ""), @"
    error: `indicator.smoking.column` is missing
      --> study.toml, line 80, `indicator.smoking.column`

    help: add `column = …`
    ");
}

#[test]
fn a_word_that_is_none_of_those_allowed() {
    assert_snapshot!(told("allocation = \"proportional\"", "allocation = \"propotional\""), @"
    error: `sampling.allocation` is `propotional`, expected one of `proportional`, `equal`, `fixed`
      --> study.toml, line 93, `sampling.allocation`

    help: did you mean `proportional`?
    ");
    assert_snapshot!(told("language = \"da\"", "language = \"danish\""), @"
    error: `review.language` is `danish`, expected one of `da`, `en`
      --> study.toml, line 100, `review.language`
    ");
    assert_snapshot!(told("by = []", "by = [\"municipality\"]"), @"
    error: `analysis.by` is `municipality`, expected one of `stratum`, `cluster`, `age`, `sex`, `year`
      --> study.toml, line 106, `analysis.by`
    ");
    assert_snapshot!(told("level = 0.95", "level = 0.95\ninterval = \"walde\""), @"
    error: `analysis.interval` is `walde`, expected one of `clopper_pearson`, `wilson`, `wilson_cc`, `agresti_coull`, `jeffreys`, `mid_p`, `logit`, `arcsine`, `wald`
      --> study.toml, line 106, `analysis.interval`

    help: did you mean `wald`?
    ");
    assert_snapshot!(told("not_documented = \"no\"", "not_documented = \"unknown\""), @"
    error: `indicator.depression.not_documented` is `unknown`, expected one of `no`, `missing`
      --> study.toml, line 72, `indicator.depression.not_documented`
    ");
}

#[test]
fn a_number_that_cannot_be() {
    assert_snapshot!(told("level = 0.95", "level = 95"), @"
    error: `analysis.level` is 95, expected a number between 0 and 1 such as 0.95
      --> study.toml, line 105, `analysis.level`

    help: write `level = 0.95`
    ");
    assert_snapshot!(told("reserve_percent = 20", "reserve_percent = 120"), @"
    error: `sampling.reserve_percent` is 120, expected a whole number of per cent, 0 to 100
      --> study.toml, line 95, `sampling.reserve_percent`
    ");
    assert_snapshot!(told("total = 60", "total = 0"), @"
    error: `sampling.total` is 0, expected 1 or more
      --> study.toml, line 92, `sampling.total`
    ");
}

#[test]
fn a_seed_that_others_could_not_repeat() {
    let seed = "Lotto 2026-12-05 4 11 17 20 28 31 35";
    assert_snapshot!(told(seed, "17"), @"
    error: the seed has 2 characters and needs at least 8
      --> study.toml, line 96, `sampling.seed`
    ");
    assert_snapshot!(told(seed, "Lotto|17|4"), @"
    error: the seed holds `|`, which separates it from the record key
      --> study.toml, line 96, `sampling.seed`
    ");
    assert_snapshot!(told(seed, "lodtrækning 17"), @"
    error: the seed holds `æ`, which other software may write in other bytes: plain ASCII only
      --> study.toml, line 96, `sampling.seed`
    ");
}

#[test]
fn a_rule_of_the_population() {
    assert_snapshot!(told("age = \"> 18\"", "age = \"adults\""), @"
    error: `population.age` is `adults`, expected a comparison such as `> 18` or `>= 18`
      --> study.toml, line 6, `population.age`
    ");
    assert_snapshot!(told("age = \"> 18\"", "age = \"> 18\"\nfrom = 2021-01-01\nuntil = 2020-01-01"), @"
    error: the period begins on 2021-01-01 and ends before that, on 2020-01-01
      --> study.toml, line 8, `population.until`
    ");
    assert_snapshot!(told("[\"DI20\", \"DI21\", \"DI25\"]", "[]"), @"
    error: `population.diagnoses` is an empty list, expected one diagnosis or more
      --> study.toml, line 7, `population.diagnoses`
      = why: it would take in every diagnosis, which nobody reads out of an empty list

    help: list the diagnoses, or leave the key out to admit every one
    ");
}

#[test]
fn an_indicator() {
    let map = "[indicator.smoking.register]\nyes = [\"1\"]\nno = [\"0\"]";
    assert_snapshot!(told(map, "[indicator.smoking.register]\nyes = [\"1\"]\nno = []"), @"
    error: `indicator.smoking.register.no` lists no value
      --> study.toml, line 87, `indicator.smoking.register.no`

    help: list what the register writes, even if it occurs nowhere yet
    ");
    assert_snapshot!(told(map, "[indicator.smoking.register]\nyes = [\"1\", \"8\"]\nno = [\"0\"]"), @"
    error: `8` has more than one meaning in [indicator.smoking.register]: it stands under `yes` and under `not_relevant`
      --> study.toml, line 88, `indicator.smoking.register.not_relevant`

    help: leave it under one of them
    ");
    assert_snapshot!(told(map, "[indicator.smoking.register]\nyes = [\"1\"]\nno = [\"0\", \"nej\", \"Nej \"]"), @"
    error: `Nej ` is listed more than once under `no` in [indicator.smoking.register]
      --> study.toml, line 87, `indicator.smoking.register.no`

    help: list it once: capitals and blanks around it do not matter
    ");
    assert_snapshot!(told("assessable = false\n", ""), @"
    error: `indicator.participation.reason` says why the indicator is not assessable, but it is
      --> study.toml, line 53, `indicator.participation.reason`

    help: add `assessable = false`
    ");
    assert_snapshot!(told("reason = \"Everybody in the frame takes part.\"\n", ""), @"
    error: `indicator.participation.reason` is missing
      --> study.toml, line 50, `indicator.participation.reason`

    help: add `reason = …`
    ");
    assert_snapshot!(told("[indicator.participation]", "[indicator.Deltagelse]"), @"
    error: the indicator `Deltagelse` needs an id of small letters a–z, digits and underscores
      --> study.toml, line 51, `indicator.Deltagelse.name`

    help: keep æøå and spaces for its `name`
    ");
}

#[test]
fn every_fault_is_told_at_once() {
    let text = PROTOCOL
        .replace("total = 60", "totl = 60")
        .replace("age = \"> 18\"", "age = 18")
        .replace("language = \"da\"", "language = \"dk\"");
    assert_snapshot!(Protocol::read(&text, "study.toml").unwrap_err(), @"
    error: `population.age` is the number 18, expected a text in quotes
      --> study.toml, line 6, `population.age`

    error: `sampling.total` is missing
      --> study.toml, line 91, `sampling.total`

    help: add `total = …`

    error: `sampling.totl` is not a key of the protocol
      --> study.toml, line 92, `sampling.totl`
      = why: a misspelt key would silently leave its default in force

    help: did you mean `total`?

    error: `review.language` is `dk`, expected one of `da`, `en`
      --> study.toml, line 100, `review.language`
    ");
}
