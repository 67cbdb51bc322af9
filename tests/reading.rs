//! The same register, saved by different programs, is read as the same rows.

use std::path::{Path, PathBuf};

use hjertekommidt::error::Place;
use hjertekommidt::io::{Access, CsvStyle, CsvText, Extract, ReadOptions, write_whole};
use hjertekommidt::register::Row;
use hjertekommidt::register::cpr::Cpr;
use hjertekommidt::register::date::read_date;
use hjertekommidt::register::decimal::{Decimal, DecimalFault};
use hjertekommidt::register::diagnosis::Diagnosis;
use proptest::prelude::*;

const COLUMNS: [&str; 8] =
    ["cpr", "foerste_fremmoede", "sygehus", "diagnose", "kommune", "diaet", "depression", "kapacitet"];

/// What `tests/make_register_fixtures.py` wrote, after the rules of `register`: the number of the row in most files, and its values.
const COURSES: &str = "\
2|0203480001|2021-03-05|6620|DI219|Aarhus|1|1|412.5
3|1103520002|2021-03-05|6620|DI251|Århus|0|1|380
4|2902520005|2021-02-28|66201A1|DI219|Samsø|1|0|
5|2411390004|2020-12-31|6640|DI209|Ringkøbing-Skjern|8|1|505.25
6|0507610003|2021-01-04|6640|DI210|Herning|1|9|297
7|3108750002|2021-06-30|664012|DI248|Ikast-Brande||1|610
8|1704670001|2021-11-15|6630|DI252|Viborg|1|1|455.1
9|0802440016|2021-05-03|6630|DI200|Skive|0|0|
10|2312560005|2021-09-12|7005|DI214|Norddjurs|1|1|333.3
11|1509380008|2021-10-01|7005|DI249|Favrskov|8|8|120
12|0106700003|2021-08-23|6006|DI251|Hedensted|9|1|701
13|3011490007|2022-01-10|6006|DI219|Horsens|1|0|89.75
";

fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/register").join(name)
}

fn open(name: &str, sheet: Option<&str>) -> Extract {
    Extract::open(&fixture(name), &ReadOptions { sheet: sheet.map(str::to_owned), name: None }).unwrap()
}

/// The rows of an extract after the rules of `register`, as [`COURSES`] writes them.
fn courses(extract: &mut Extract) -> String {
    let columns = COLUMNS.map(|name| extract.column(name).unwrap());
    let (mark, mut row, mut text) = (extract.decimal_mark(), Row::default(), String::new());
    while extract.next_row(&mut row).unwrap() {
        let [cpr, day, hospital, diagnosis, municipality, diet, depression, capacity] =
            columns.map(|column| row.cell(column));
        let capacity = match Decimal::read(capacity, mark) {
            Ok(capacity) => capacity.to_f64().to_string(),
            Err(fault) => (fault == DecimalFault::Empty).then(String::new).unwrap(),
        };
        // pandas writes whole numbers with missing ones among them as doubles.
        let codes = [diet, depression].map(|code| code.trim_end_matches(".0"));
        let cells = [
            row.number.to_string().as_str(),
            Cpr::read(cpr).unwrap().cpr.as_str(),
            &read_date(day).unwrap().to_string(),
            hospital,
            Diagnosis::read(diagnosis).unwrap().as_str(),
            municipality,
            codes[0],
            codes[1],
            &capacity,
        ]
        .join("|");
        text += &(cells + "\n");
    }
    text
}

#[test]
fn every_format_gives_the_same_rows() {
    let files = [
        "register-semicolon-1252.csv",
        "register-utf8-bom-comma.csv",
        "register-tab.csv",
        "register-sep-line.csv",
        "register-quoted-linebreaks.csv",
        "register-libreoffice.csv",
        "register.xlsx",
        "register-cpr-number.xlsx",
        "register-1904.xlsx",
        "register-libreoffice.xlsx",
        "register.dta",
        "register-stata13.dta",
        "register-stata10.dta",
        "register-strl.dta",
    ];
    for file in files {
        assert_eq!(courses(&mut open(file, None)), COURSES, "{file}");
    }
}

#[test]
fn a_sheet_that_begins_further_down_keeps_its_row_numbers() {
    let mut extract = open("register-sheets.xlsx", Some("Data"));
    let found = courses(&mut extract);
    assert_eq!(found.lines().next(), Some("4|0203480001|2021-03-05|6620|DI219|Aarhus|1|1|412.5"));
    assert_eq!(found.lines().count(), 12);
}

#[test]
fn the_raw_text_of_a_row_does_not_depend_on_the_format() {
    let mut row = Row::default();
    for file in [
        "register-utf8-bom-comma.csv",
        "register.xlsx",
        "register-1904.xlsx",
        "register.dta",
        "register-stata13.dta",
    ] {
        let mut extract = open(file, None);
        assert_eq!(extract.header(), COLUMNS, "{file}");
        assert!(extract.next_row(&mut row).unwrap());
        let expected = ["020348-0001", "2021-03-05", "6620", "DI219", "Aarhus", "1", "1", "412.5"];
        assert_eq!(row.cells.iter().collect::<Vec<_>>(), expected, "{file}");
    }
}

#[test]
fn what_was_found_out_about_a_file_is_told() {
    let told = |file: &str| {
        let mut extract = open(file, None);
        courses(&mut extract);
        extract.layout().to_string()
    };
    assert_eq!(told("register-semicolon-1252.csv"), "text, Windows-1252, cells separated by `;`");
    assert_eq!(told("register-utf8-bom-comma.csv"), "text, UTF-8, cells separated by `,`");
    assert_eq!(told("register-tab.csv"), "text, UTF-8, cells separated by tabs");
    assert_eq!(told("register.xlsx"), "Excel workbook, sheet `Ark1`");
    assert_eq!(told("register-1904.xlsx"), "Excel workbook, sheet `Sheet`, days counted from 1904");
    assert_eq!(told("register-stata13.dta"), "Stata file, format 117");
}

#[test]
fn formulas_give_their_value_and_failed_ones_a_warning() {
    let mut extract = open("register-libreoffice.xlsx", None);
    let (lookup, mut row) = (extract.column("opslag").unwrap(), Row::default());
    let found: Vec<String> = (0..3)
        .map(|_| {
            extract.next_row(&mut row).unwrap();
            row.cell(lookup).to_owned()
        })
        .collect();
    assert_eq!(found, ["#N/A", "#DIV/0!", "TRUE"]);
    let notices: Vec<String> = extract.notices().iter().map(|notice| notice.what.clone()).collect();
    assert_eq!(notices, ["column I has no name", "cell J3 shows `#DIV/0!`", "cell J2 shows `#N/A`"]);
}

#[test]
fn reading_leaves_the_file_as_it_was() {
    for file in ["register-semicolon-1252.csv", "register.xlsx", "register.dta"] {
        let before = std::fs::read(fixture(file)).unwrap();
        courses(&mut open(file, None));
        assert_eq!(std::fs::read(fixture(file)).unwrap(), before, "{file}");
    }
}

#[test]
fn progress_grows_to_one() {
    for file in ["register-semicolon-1252.csv", "register.xlsx", "register.dta"] {
        let mut extract = open(file, None);
        let mut row = Row::default();
        let mut before = 0.0;
        while extract.next_row(&mut row).unwrap() {
            let now = extract.progress().unwrap();
            assert!((before..=1.0).contains(&now), "{file}: {before} then {now}");
            before = now;
        }
        assert_eq!(extract.progress(), Some(1.0), "{file}");
    }
}

#[test]
fn the_place_of_a_workbook_names_its_sheet() {
    let extract = open("register-sheets.xlsx", Some("Data"));
    let name = fixture("register-sheets.xlsx").display().to_string();
    assert_eq!(extract.place(), Place::file(name).sheet("Data"));
}

proptest! {
    /// Whatever the cells hold: what was written for Danish Excel is read back as it was.
    #[test]
    fn a_text_for_danish_excel_is_read_back_cell_for_cell(rows in prop::collection::vec("[a0-9æ;,\"=+.E \n-]{0,12}", 1..20)) {
        let rows: Vec<&String> = rows.iter().filter(|cell| !cell.starts_with(['=', '+', '-']) || !cell.contains('\n')).collect();
        let mut text = CsvText::new(CsvStyle::DanishExcel);
        text.row(["id", "kommentar"]);
        rows.iter().for_each(|cell| text.row(["x", cell.as_str()]));
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("table.csv");
        write_whole(&path, &text.finish(), Access::Private).unwrap();
        let mut extract = Extract::open(&path, &ReadOptions::default()).unwrap();
        let mut row = Row::default();
        for cell in rows {
            prop_assert!(extract.next_row(&mut row).unwrap());
            prop_assert_eq!(row.cell(1), cell);
        }
        prop_assert!(!extract.next_row(&mut row).unwrap());
    }
}
