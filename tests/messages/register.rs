//! What is wrong with the register as a whole.

use insta::assert_snapshot;

use super::{told, without_place_and_day};
use crate::small_study::{PROTOCOL, SmallStudy, courses, csv};

#[test]
fn columns_that_are_missing() {
    let text = csv(&courses(10)).replacen("kommune", "kommun", 1).replacen("diaet", "x", 1);
    assert_snapshot!(told(&SmallStudy::with(PROTOCOL, &text), &["check"]), @r#"
    error: the register has no column `kommune`
      --> register.csv, row 1
      = why: `register.columns.stratum` in study.toml names it

    help: did you mean `kommun`? Correct `register.columns.stratum` in study.toml

    error: the register has no column `diaet`
      --> register.csv, row 1
      = why: `indicator.diet.column` in study.toml names it

    help: correct `indicator.diet.column` in study.toml

    note: the file has the columns `cpr`, `foerste_fremmoede`, `sygehus`, `diagnose`, `kommun`, `x`, `depression`, `rygestop`
      --> register.csv, row 1

    note: counts below 3 are hidden in tables of parts, and shown in tables of the whole study
      --> study.toml, `disclosure.min_cell_overall`

    help: ask the data owner whether the tables of the whole study need a limit as well

    note: weighted figures are printed though hidden counts may follow from them
      --> study.toml, `disclosure.weighted_figures`

    help: have the data owner's leave in writing, or write `weighted_figures = "protected"`

    2 errors; nothing was done
    "#);
}

#[test]
fn a_file_that_is_not_there_or_of_another_kind() {
    let study = SmallStudy::new();
    study.edit("file = \"register.csv\"", "file = \"extract.csv\"");
    assert_snapshot!(told(&study, &["check"]), @"
    error: there is no file `extract.csv`
      --> study.toml, `register.file`
      = why: the extract of the register is looked for from the study's folder

    help: put the extract there, or name it in study.toml as it is
    ");
    study.edit("file = \"extract.csv\"", "file = \"extract.sas7bdat\"");
    study.write("extract.sas7bdat", "");
    assert_snapshot!(told(&study, &["check"]), @"
    error: files ending in `.sas7bdat` are not read, expected .csv, .txt, .tsv, .xlsx, .xlsm or .dta
      --> FOLDER/extract.sas7bdat

    help: export it from its program as `.csv` or, with haven or pandas, as `.dta`
    ");
    study.edit("file = \"extract.sas7bdat\"", "file = \"returned\"");
    assert_snapshot!(told(&study, &["check"]), @"
    error: `FOLDER/returned` is a folder, expected a file
      --> FOLDER/returned

    help: name the file with the register
    ");
    study.edit("file = \"returned\"", "file = \"register.csv\"");
    study.write("register.csv", "");
    assert_snapshot!(told(&study, &["check"]), @r#"
    error: the file is empty
      --> FOLDER/register.csv

    help: export the register again

    note: counts below 3 are hidden in tables of parts, and shown in tables of the whole study
      --> study.toml, `disclosure.min_cell_overall`

    help: ask the data owner whether the tables of the whole study need a limit as well

    note: weighted figures are printed though hidden counts may follow from them
      --> study.toml, `disclosure.weighted_figures`

    help: have the data owner's leave in writing, or write `weighted_figures = "protected"`
    "#);
}

#[test]
fn spellings_and_diagnoses_of_the_protocol() {
    let study = SmallStudy::new();
    study.edit("spellings = [\"Århus\"]", "spellings = [\"Odder\"]");
    assert_snapshot!(told(&study, &["check"]), @r#"
    error: `Odder` means both `Odder` and `Aarhus`
      --> study.toml, `stratum`
      = why: each row of the register must belong to exactly one stratum

    help: give the strata different codes, names and spellings in study.toml

    note: counts below 3 are hidden in tables of parts, and shown in tables of the whole study
      --> study.toml, `disclosure.min_cell_overall`

    help: ask the data owner whether the tables of the whole study need a limit as well

    note: weighted figures are printed though hidden counts may follow from them
      --> study.toml, `disclosure.weighted_figures`

    help: have the data owner's leave in writing, or write `weighted_figures = "protected"`
    "#);
    let study = SmallStudy::new();
    study.edit("\"DI25\"]", "\"-\"]");
    assert_snapshot!(told(&study, &["check"]), @r#"
    error: `population.diagnoses` holds `-`, which is no diagnosis code
      --> study.toml, `population.diagnoses`

    help: write letters and digits such as "DI21"

    note: counts below 3 are hidden in tables of parts, and shown in tables of the whole study
      --> study.toml, `disclosure.min_cell_overall`

    help: ask the data owner whether the tables of the whole study need a limit as well

    note: weighted figures are printed though hidden counts may follow from them
      --> study.toml, `disclosure.weighted_figures`

    help: have the data owner's leave in writing, or write `weighted_figures = "protected"`
    "#);
}

#[test]
fn what_is_worth_knowing() {
    let study = SmallStudy::with(PROTOCOL, &csv(&courses(60)).replace(";Odder;", ";Aarhus;"));
    study.edit("seed = \"Lotto 2026-12-05 4 11 17 20 28 31 35\"", "seed = \"\"");
    let ran = study.done(&["check"]);
    assert_eq!(ran.err, "", "what was asked for stands on stdout");
    assert_snapshot!(without_place_and_day(&study, &ran.out), @r#"
    warning: a CPR number fails modulus 11 in 60 rows (100 % of all rows)
      --> register.csv, column `cpr`

    warning: the municipality `727 Odder` has no course in the frame
      = why: the sample should cover every one of them

    help: check its spelling in the register, or write `in_study = false` at its [[stratum]]

    note: the seed of the draw is not chosen yet
      --> study.toml, `sampling.seed`

    help: choose it before the draw, in a way that nobody can suspect of having been tried out

    note: counts below 3 are hidden in tables of parts, and shown in tables of the whole study
      --> study.toml, `disclosure.min_cell_overall`

    help: ask the data owner whether the tables of the whole study need a limit as well

    note: weighted figures are printed though hidden counts may follow from them
      --> study.toml, `disclosure.weighted_figures`

    help: have the data owner's leave in writing, or write `weighted_figures = "protected"`

    register.csv: text, ASCII, cells separated by `;`
    60 rows read, 60 in the frame
    first attendances in the frame: 2021-01-01 to 2022-12-24
    0 errors, 2 warnings, 3 notes
    "#);
}

#[test]
fn a_column_that_is_no_indicator() {
    let mut rows = courses(1100);
    rows.iter_mut().enumerate().for_each(|(place, row)| row[5] = format!("v{place}"));
    let told = told(&SmallStudy::with(PROTOCOL, &csv(&rows)), &["check"]);
    assert_snapshot!(told.split("\n\nwarning").next().unwrap(), @"
    error: `diet` has more than 1000 different values
      --> register.csv, column `diaet`
      = why: an indicator has a few coded values

    help: name the right column in [indicator.diet] in study.toml
    ");
}
