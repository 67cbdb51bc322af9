use std::fs;

use super::*;

/// A file of this content in a folder of its own, named `register.csv` or the like.
fn file(name: &str, bytes: &[u8]) -> (tempfile::TempDir, std::path::PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    fs::write(&path, bytes).unwrap();
    (folder, path)
}

/// The numbers of the good rows, and what the end of the file told, without the folder.
fn read(name: &str, bytes: &[u8]) -> (Vec<u64>, String, Extract) {
    let (folder, path) = file(name, bytes);
    let mut extract = Extract::open(&path, &ReadOptions::default()).unwrap();
    let (mut row, mut rows) = (Row::default(), Vec::new());
    let told = loop {
        match extract.next_row(&mut row) {
            Ok(true) => rows.push(row.number),
            Ok(false) => break String::new(),
            Err(error) => break error.to_string(),
        }
    };
    (rows, without(&folder, &told), extract)
}

fn refusal(name: &str, bytes: &[u8]) -> String {
    let (folder, path) = file(name, bytes);
    without(&folder, &Extract::open(&path, &ReadOptions::default()).unwrap_err().to_string())
}

fn without(folder: &tempfile::TempDir, told: &str) -> String {
    told.replace(&format!("{}/", folder.path().display()), "")
}

#[test]
fn every_unreadable_row_is_told_at_the_end_and_every_good_row_before() {
    let text = b"cpr;diaet;kommune\n1;1;Sams\xF8\n2;1\n3;1;Viborg;;\n4;1;x;y\n\n;;\n5;1\n6;1;Sams\xC3\xB8\n7;1;Skive\n";
    let (rows, told, extract) = read("register.csv", text);
    assert_eq!(rows, [2, 4, 10]);
    insta::assert_snapshot!(told, @"
    error: there are fewer cells than columns in 2 rows
      --> register.csv, rows 3 and 8
      = why: a line break inside a text without quotation marks cuts a row in two

    help: export again with quotation marks around texts, or as a workbook

    error: there are more cells than columns in 1 row
      --> register.csv, row 5
      = why: a separator inside a text without quotation marks cuts a cell in two

    help: export again with quotation marks around texts, or as a workbook

    error: the text is UTF-8, but the rows before are Windows-1252 in 1 row
      --> register.csv, row 9
      = why: the file seems to be joined from files of different encodings; æ, ø and å would be misread

    help: export again in one piece as UTF-8
    ");
    let notices: Vec<String> = extract.notices().iter().map(|notice| notice.what.clone()).collect();
    assert_eq!(notices, ["2 rows are empty"]);
    assert_eq!(extract.notices()[0].place.rows, [6, 7].into_iter().collect());
}

#[test]
fn what_stops_the_reading_is_told_after_the_faults_before_it() {
    let (rows, told, mut extract) = read("register.csv", b"cpr;diaet\n1\n2;1\n3;\"1\n4;1\n");
    assert_eq!(rows, [3]);
    insta::assert_snapshot!(told, @"
    error: there are fewer cells than columns in 1 row
      --> register.csv, row 2
      = why: a line break inside a text without quotation marks cuts a row in two

    help: export again with quotation marks around texts, or as a workbook

    error: a quotation mark opens a cell and is never closed
      --> register.csv, row 4
      = why: everything after it would be read as one text

    help: close the quotation mark, or export again as a workbook
    ");
    assert!(extract.next_row(&mut Row::default()).is_err(), "reading on must not pass for the end");
}

#[test]
fn a_header_that_cannot_be_used_is_refused() {
    insta::assert_snapshot!(refusal("register.csv", b"\n cpr;diaet; diaet \n1;1;1\n"), @"
    error: 2 columns have the name `diaet`: B, C
      --> register.csv, row 2
      = why: a name must mean one column

    help: give the columns different names
    ");
    insta::assert_snapshot!(refusal("register.csv", b"cpr;di\x81t\n1;1\n"), @"
    error: the text is neither UTF-8 nor Windows-1252 in 1 row
      --> register.csv, row 1
      = why: æ, ø and å would be misread; old DOS and Macintosh programs write this way

    help: export again as UTF-8
    ");
}

#[test]
fn a_file_that_is_not_what_its_ending_says_is_refused() {
    insta::assert_snapshot!(refusal("register.csv", b""), @"
    error: the file is empty
      --> register.csv

    help: export the register again
    ");
    insta::assert_snapshot!(refusal("register.csv", b"PK\x03\x04"), @"
    error: the file is a workbook, expected rows of text
      --> register.csv

    help: give it the name ending `.xlsx`
    ");
    insta::assert_snapshot!(refusal("register.xlsx", b"cpr;diaet\n1;1\n"), @"
    error: the file is not a workbook, expected .xlsx or .xlsm
      --> register.xlsx

    help: give the file the ending of its format, or save it again as `.xlsx`
    ");
    insta::assert_snapshot!(refusal("register.dta", b"cpr;diaet\n1;1\n"), @r#"
    error: the file cannot be read as a Stata file, expected format 102 to 119
      --> register.dta

    help: save it again in Stata, or export it with `export delimited, delimiter(";")`
    "#);
    insta::assert_snapshot!(refusal("register.dta", b"<stata_dta><header><release>118</release><byteorder>LSF"), @"
    error: the Stata file ends in the middle
      --> register.dta

    help: copy the file again, or save it again in Stata
    ");
}

#[test]
fn an_unknown_ending_is_refused_with_what_to_do() {
    for name in ["register.xls", "register.sav", "register.pdf", "register"] {
        let (_folder, path) = file(name, b"x");
        let error = Extract::open(&path, &ReadOptions::default()).unwrap_err();
        assert_eq!((error.exit_code(), error.findings()[0].code), (2, "file_ending_unknown"));
    }
    insta::assert_snapshot!(refusal("register.xls", b"x"), @"
    error: files ending in `.xls` are not read, expected .csv, .txt, .tsv, .xlsx, .xlsm or .dta
      --> register.xls

    help: open it in Excel or LibreOffice and save it as `.xlsx`
    ");
    insta::assert_snapshot!(refusal("register.sav", b"x"), @"
    error: files ending in `.sav` are not read, expected .csv, .txt, .tsv, .xlsx, .xlsm or .dta
      --> register.sav

    help: export it from its program as `.csv` or, with haven or pandas, as `.dta`
    ");
    insta::assert_snapshot!(refusal("register", b"x"), @"
    error: the file's name has no ending, expected .csv, .txt, .tsv, .xlsx, .xlsm or .dta
      --> register

    help: give the file the ending of its format: .csv, .txt or .tsv for text, .xlsx for Excel, .dta for Stata
    ");
}

#[test]
fn a_missing_file_and_a_folder_are_refused() {
    let folder = tempfile::tempdir().unwrap();
    let open = |name: &str| Extract::open(&folder.path().join(name), &ReadOptions::default()).unwrap_err();
    assert_eq!((open("no.csv").exit_code(), open("no.csv").findings()[0].code), (2, "file_not_found"));
    fs::create_dir(folder.path().join("register.csv")).unwrap();
    assert_eq!(
        (open("register.csv").exit_code(), open("register.csv").findings()[0].code),
        (2, "file_is_folder")
    );
}

#[test]
fn a_column_without_a_name_is_a_warning() {
    let (rows, told, extract) = read("register.csv", b";cpr;diaet\n0;1;1\n");
    assert_eq!((rows, told.as_str()), (vec![2], ""));
    assert_eq!(extract.notices()[0].what, "column A has no name");
    assert_eq!(extract.header(), ["", "cpr", "diaet"]);
}

#[test]
fn the_debug_text_of_an_extract_holds_none_of_its_cells() {
    let (folder, path) = file("register.csv", b"cpr;diaet\n020380-0000;1\n");
    let mut extract = Extract::open(&path, &ReadOptions::default()).unwrap();
    extract.next_row(&mut Row::default()).unwrap();
    let debug = format!("{extract:?}");
    drop(folder);
    assert!(debug.ends_with("register.csv with 2 columns: text, ASCII, cells separated by `;`"), "{debug}");
}
