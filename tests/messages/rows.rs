//! What is wrong or odd in rows of the register, all of it in one file.

use insta::assert_snapshot;

use super::told;
use crate::small_study::{PROTOCOL, SmallStudy, courses, csv};

#[test]
fn everything_that_can_be_said_of_a_row() {
    let mut rows = courses(200);
    let number = rows[0][0].clone();
    rows[0][0] = "3102480001".to_owned();
    rows[1][0] = String::new();
    rows[2][0] = "unknown".to_owned();
    rows[3][0].remove(0);
    rows[4][1] = String::new();
    rows[5][1] = "13-14-2021".to_owned();
    rows[6][1] = "05-03-21".to_owned();
    rows[7][1] = "44260".to_owned();
    rows[8][1] = "soon".to_owned();
    rows[9][1] = "01-02-1903".to_owned();
    rows[10][2] = String::new();
    rows[11][2] = "66|20".to_owned();
    rows[12][2] = "9999".to_owned();
    rows[13][3] = String::new();
    rows[14][3] = "-".to_owned();
    rows[15][4] = String::new();
    rows[16][4] = "Kolding".to_owned();
    rows[17][4] = "Ordder".to_owned();
    rows[18][5] = "maybe".to_owned();
    rows[19][6] = "a long remark about the patient".to_owned();
    rows[20][4] = number;
    rows[21] = rows[22].clone();
    rows[23] = rows[24].clone();
    rows[23][5] = "0".to_owned();
    rows[24][5] = "1".to_owned();
    let mut text = csv(&rows);
    text += "0203480001;2021-03-05;6620\n";
    text += "0203480001;2021-03-05;6620;DI219;Aarhus;1;1;1;1;1\n";
    assert_snapshot!(told(&SmallStudy::with(PROTOCOL, &text), &["check"]), @r#"
    error: there are fewer cells than columns in 1 row
      --> register.csv, row 202
      = why: a line break inside a text without quotation marks cuts a row in two

    help: export again with quotation marks around texts, or as a workbook

    error: there are more cells than columns in 1 row
      --> register.csv, row 203
      = why: a separator inside a text without quotation marks cuts a cell in two

    help: export again with quotation marks around texts, or as a workbook

    error: the CPR number is empty in 1 row
      --> register.csv, row 3, column `cpr`
      = why: without it the record cannot be found

    help: fill in the number at the source, or accept that the rows are excluded

    error: the first six digits of a CPR number are no date in 1 row, expected day, month and year
      --> register.csv, row 2, column `cpr`

    help: correct the number at the source, or accept that the rows are excluded

    error: the CPR column holds something else in 1 row, expected ten digits as `DDMMYY-SSSS` or `DDMMYYSSSS`
      --> register.csv, row 4, column `cpr`

    help: correct the number at the source, or accept that the rows are excluded

    error: the date of birth, from `cpr`, is after the first attendance, in `foerste_fremmoede`
      --> register.csv, row 11
      = why: the row cannot be placed, and is excluded and counted

    help: correct it at the source, or accept that the rows are excluded

    error: the date is empty in 1 row
      --> register.csv, row 6, column `foerste_fremmoede`

    help: fill it in at the source, or accept that the rows are excluded

    error: the date column holds something else in 1 row, expected a date as `2021-03-05` or `05-03-2021`
      --> register.csv, row 10, column `foerste_fremmoede`

    help: correct it at the source

    error: there is no such day in 1 row, expected a date as `2021-03-05` or `05-03-2021`
      --> register.csv, row 7, column `foerste_fremmoede`

    help: correct it at the source, or accept that the rows are excluded

    error: a date has a year of two digits in 1 row, expected a date as `2021-03-05` or `05-03-2021`
      --> register.csv, row 8, column `foerste_fremmoede`
      = why: the century, and whether the year stands first or last, would be a guess

    help: export the register again with four-digit years

    error: a date is the serial number of a spreadsheet in 1 row, expected a date as `2021-03-05` or `05-03-2021`
      --> register.csv, row 9, column `foerste_fremmoede`
      = why: `44260` is 5 March 2021 or, in a workbook that counts from 1904, 6 March 2025

    help: format the column as a date in the workbook before it is saved as CSV

    error: the diagnosis is empty in 1 row
      --> register.csv, row 15, column `diagnose`
      = why: the diagnosis decides who belongs to the study

    help: correct it at the source, or accept that the rows are excluded

    error: the diagnosis column holds something else in 1 row, expected a code as `DI219` or `I21.9`
      --> register.csv, row 16, column `diagnose`
      = why: the diagnosis decides who belongs to the study

    help: correct it at the source, or accept that the rows are excluded

    error: `sygehus` is empty, and part of the record key
      --> register.csv, row 12, column `sygehus`
      = why: the row cannot be placed, and is excluded and counted

    help: correct it at the source, or accept that the rows are excluded

    error: `sygehus` holds `|`, which separates the parts of the record key
      --> register.csv, row 13, column `sygehus`
      = why: the row cannot be placed, and is excluded and counted

    help: correct it at the source, or accept that the rows are excluded

    error: `kommune` is empty
      --> register.csv, row 17, column `kommune`
      = why: the row cannot be placed, and is excluded and counted

    help: correct it at the source, or accept that the rows are excluded

    error: `diet` is `maybe` in 1 row, expected one of `1`, `0`, `8`, `9`, an empty cell
      --> register.csv, row 20, column `diaet`
      = why: every record needs a register value to be placed in the two-by-two table

    help: correct the rows, or map the value under [indicator.diet.register] in study.toml

    error: `depression` is a longer text in 1 row, expected one of `1`, `0`, `8`, `9`, an empty cell
      --> register.csv, row 21, column `depression`
      = why: every record needs a register value to be placed in the two-by-two table

    help: correct the rows, or map the value under [indicator.depression.register] in study.toml

    warning: a CPR number has nine digits in 1 row, expected ten
      --> register.csv, row 5, column `cpr`
      = why: a spreadsheet drops the leading zero of a number; it was put back

    help: check a few of the rows, and export the column as text next time

    warning: a CPR number fails modulus 11 in 197 rows (99 % of all rows)
      --> register.csv, column `cpr`

    warning: the hospital code `9999` is not a known one in 1 row
      --> register.csv, row 14, column `sygehus`
      = why: codes change over time and patients come from other regions, so the rows stay in

    help: compare the code with the SHAK classification if there are many such rows

    note: `(hidden)` is no municipality of the study, in 1 row
      --> register.csv, row 22, column `kommune`
      = why: the rows are excluded and counted

    note: `Kolding` is no municipality of the study, in 1 row
      --> register.csv, row 18, column `kommune`
      = why: the rows are excluded and counted

    note: `Ordder` is no municipality of the study, in 1 row
      --> register.csv, row 19, column `kommune`
      = why: the rows are excluded and counted

    help: if `Odder` is meant, add the spelling to its [[stratum]] in study.toml

    note: counts below 3 are hidden in tables of parts, and shown in tables of the whole study
      --> study.toml, `disclosure.min_cell_overall`

    help: ask the data owner whether the tables of the whole study need a limit as well

    note: weighted figures are printed though hidden counts may follow from them
      --> study.toml, `disclosure.weighted_figures`

    help: have the data owner's leave in writing, or write `weighted_figures = "protected"`
    "#);
}

#[test]
fn cpr_numbers_where_none_belong() {
    let mut rows = courses(40);
    rows[3][5] = rows[4][0].clone();
    let study = SmallStudy::with(PROTOCOL, &csv(&rows));
    assert_snapshot!(told(&study, &["draw"]), @"
    error: the column of `diet` holds what may be CPR numbers in 1 row
      --> register.csv, row 5, column `diaet`
      = why: the values of an indicator are stored with the sample, and no CPR number may be stored there

    help: name the right column in [indicator.diet] in study.toml, or correct the rows
    ");
}

#[test]
fn a_cpr_column_that_a_spreadsheet_ruined() {
    let mut rows = courses(40);
    rows[3][0] = "1,01E+09".to_owned();
    rows[4][0] = "02-01-1948".to_owned();
    assert_snapshot!(told(&SmallStudy::with(PROTOCOL, &csv(&rows)), &["draw"]), @"
    error: a CPR number is in scientific notation, as `1,01E+09` in 1 row
      --> register.csv, row 5, column `cpr`
      = why: a spreadsheet shortened the numbers, and the last digits are lost

    help: export the register again with the CPR column as text; do not open and save the file in Excel before

    error: the CPR column holds dates in 1 row, expected CPR numbers
      --> register.csv, row 6, column `cpr`
      = why: either another column is meant, or a spreadsheet took the numbers for dates

    help: name the right column in study.toml, or export the register again with the CPR column as text

    2 errors; nothing was done
    ");
}

#[test]
fn ages_that_are_none() {
    let protocol = PROTOCOL
        .replace("cpr = \"cpr\"\n", "patient = \"cpr\"\nage = \"rygestop\"\n")
        .replace("key = [\"cpr\",", "key = [\"patient\",");
    let mut rows = courses(40);
    rows.iter_mut().for_each(|row| row[7] = "61".to_owned());
    rows[5][7] = "old".to_owned();
    let protocol = protocol.replace("column = \"rygestop\"", "column = \"depression\"");
    let told = told(&SmallStudy::with(&protocol, &csv(&rows)), &["check"]);
    assert_snapshot!(told.split("\n\nnote").next().unwrap(), @"
    error: `rygestop` is not an age in years
      --> register.csv, row 7, column `rygestop`
      = why: the row cannot be placed, and is excluded and counted

    help: correct it at the source, or accept that the rows are excluded

    error: a total of 60 cannot be drawn: the strata hold 39, 21 too few
      --> study.toml, `sampling.total`

    help: change `sampling.total` or `sampling.minimum`
    ");
}

#[test]
fn first_attendances_that_cannot_be() {
    let mut rows = courses(200);
    rows[3][1] = "05-03-2099".to_owned();
    rows[4][1] = "14-03-2202".to_owned();
    let today = jiff::Zoned::now().date();
    rows[5][1] = today.to_string();
    rows[6][1] = today.tomorrow().unwrap().to_string();
    let told = told(&SmallStudy::with(PROTOCOL, &csv(&rows)), &["check"]);
    assert_snapshot!(told.split("\n\nnote").next().unwrap(), @"
    error: the year of a date is not between 1850 and 2199 in 1 row
      --> register.csv, row 6, column `foerste_fremmoede`
      = why: nobody in a register lived so far away: a digit is wrong, or two are swapped

    help: correct it at the source, or accept that the rows are excluded

    warning: the first attendance is after today, TODAY, in 2 rows
      --> register.csv, rows 5 and 8, column `foerste_fremmoede`
      = why: a course that has not begun has no chart to be read, and a wrong year puts it out of its period; the rows stay in the frame

    help: correct the dates at the source, or end the period with `until` under [population] in study.toml

    warning: a CPR number fails modulus 11 in 200 rows (100 % of all rows)
      --> register.csv, column `cpr`
    ");
}
