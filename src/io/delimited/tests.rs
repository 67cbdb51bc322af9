use proptest::prelude::*;

use super::*;
use crate::io::row_faults::RowFault;

type Rows = Vec<(u64, Result<Vec<String>, RowFault>)>;

/// Every row with its number and cells, or the fault; the reason why it stopped, if it did.
fn read(bytes: &[u8]) -> (Rows, Option<String>) {
    let mut rows = Vec::new();
    let mut text = match Delimited::open(bytes) {
        Ok(text) => text,
        Err(stop) => return (rows, Some(told(stop))),
    };
    let mut row = Row::default();
    loop {
        match text.next(&mut row) {
            Ok(Step::Row) => rows.push((row.number, Ok(row.cells.iter().map(str::to_owned).collect()))),
            Ok(Step::Faulty(fault)) => rows.push((row.number, Err(fault))),
            Ok(Step::End) => return (rows, None),
            Err(stop) => return (rows, Some(told(stop))),
        }
    }
}

fn told(stop: Stop) -> String {
    match stop {
        Stop::Finding(finding) => finding.to_string(),
        Stop::Io(error) => error.to_string(),
    }
}

fn cells(text: &str) -> Vec<Vec<String>> {
    read(text.as_bytes()).0.into_iter().map(|(_, cells)| cells.unwrap()).collect()
}

#[test]
fn rows_are_numbered_as_a_spreadsheet_counts_them() {
    let (rows, _) = read(b"a;b\r\n\r\n1;\"x\r\ny\"\r\n\r\n2;z");
    let numbers: Vec<u64> = rows.iter().map(|(number, _)| *number).collect();
    assert_eq!(numbers, [1, 2, 3, 4, 5]);
    assert_eq!(rows[2].1.as_ref().unwrap(), &["1", "x\r\ny"]);
    assert_eq!(rows[4].1.as_ref().unwrap(), &["2", "z"]);
}

#[test]
fn the_line_that_names_the_delimiter_is_not_counted() {
    assert_eq!(read(b"sep=,\r\na,b\r\n1;2,3\r\n").0[1], (2, Ok(vec!["1;2".into(), "3".into()])));
}

#[test]
fn quotation_marks_are_read_as_spreadsheets_write_them() {
    assert_eq!(cells("a;b\n\"x;\"\"y\"\"\";z\n"), [["a", "b"], ["x;\"y\"", "z"]]);
    assert_eq!(cells("a;b\n\"\";5\" bred\n"), [["a", "b"], ["", "5\" bred"]]);
    assert_eq!(cells("a;b\n\"x\"y;\"\"\"\"\n"), [["a", "b"], ["xy", "\""]]);
}

#[test]
fn a_text_that_was_kept_from_excel_by_a_formula_is_that_text() {
    assert_eq!(cells("a;b\n=\"0751\";\"=\"\"1E5\"\"\"\n"), [["a", "b"], ["0751", "1E5"]]);
    assert_eq!(cells("a;b\n\"=\"\"a\"\"&\"\"b\"\"\";=1+1\n")[1], ["=\"a\"&\"b\"", "=1+1"]);
}

#[test]
fn what_cannot_be_read_to_the_end_says_where_it_stops() {
    let (rows, why) = read(b"a;b\n1;2\n3;\"x\n4;5\n");
    assert_eq!(rows.len(), 2);
    insta::assert_snapshot!(why.unwrap(), @"
    error: a quotation mark opens a cell and is never closed
      --> row 3
      = why: everything after it would be read as one text

    help: close the quotation mark, or export again as a workbook
    ");
    let (_, why) = read(&[b"a;b\n".to_vec(), vec![b'x'; 2 << 20]].concat());
    insta::assert_snapshot!(why.unwrap(), @"
    error: a row is longer than 1024 kB
      --> row 2

    help: check that the file is a table with one row for each course
    ");
}

#[test]
fn a_row_of_another_encoding_is_a_fault_of_that_row() {
    let (rows, _) = read(b"a;b\nSams\xF8;1\nSams\xC3\xB8;2\nViborg;3\n");
    assert_eq!(rows[2], (3, Err(RowFault::Utf8AfterAll)));
    assert_eq!(rows[3].1.as_ref().unwrap(), &["Viborg", "3"]);
}

#[test]
fn bytes_read_reaches_the_length_of_the_file() {
    let bytes = b"\xEF\xBB\xBFa;b\n1;2\n3;4";
    let mut text = Delimited::open(&bytes[..]).unwrap();
    let mut row = Row::default();
    while text.next(&mut row).unwrap() != Step::End {}
    assert_eq!(text.bytes_read(), bytes.len() as u64);
}

/// The same rows by the csv crate, which drops blank lines.
fn by_the_csv_crate(text: &str) -> Vec<Vec<String>> {
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(b';')
        .has_headers(false)
        .flexible(true)
        .from_reader(text.as_bytes());
    reader.records().map(|record| record.unwrap().iter().map(str::to_owned).collect()).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn no_bytes_make_the_reader_panic(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        read(&bytes);
    }

    #[test]
    fn no_half_sensible_bytes_make_the_reader_panic(text in "[a-c;,\"\n\r\tæø=]{0,60}") {
        read(text.as_bytes());
        read(&WINDOWS_1252_TEXT.encode(&text).0);
    }

    #[test]
    fn rows_are_those_of_the_csv_crate(lines in prop::collection::vec("[ab;\"æ]{0,8}", 1..8)) {
        let text = format!("sep=;\n{}\n", lines.join("\n"));
        let (rows, why) = read(text.as_bytes());
        prop_assume!(why.is_none());
        let ours: Vec<Vec<String>> = rows.into_iter().map(|(_, cells)| cells.unwrap()).collect();
        let blank = vec![String::new()];
        let theirs: Vec<_> = by_the_csv_crate(&text[6..]).into_iter().filter(|row| *row != blank).collect();
        prop_assert_eq!(ours.into_iter().filter(|row| *row != blank).collect::<Vec<_>>(), theirs);
    }
}

const WINDOWS_1252_TEXT: &encoding_rs::Encoding = encoding_rs::WINDOWS_1252;

/// Gives a few bytes at a time, as a network drive may.
struct Trickle<'a>(&'a [u8]);

impl Read for Trickle<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let few = self.0.len().min(buffer.len()).min(4093);
        buffer[..few].copy_from_slice(&self.0[..few]);
        self.0 = &self.0[few..];
        Ok(few)
    }
}

#[test]
fn a_file_longer_than_the_buffer_is_read_without_a_seam() {
    let cell = |row: u32| {
        if row.is_multiple_of(7) { format!("\"{row};\n\"\"æ\"\"\"") } else { format!("Samsø {row}") }
    };
    let text: String = (0..60_000).map(|row| format!("{row};{}\r\n", cell(row))).collect();
    let mut rows = Delimited::open(Trickle(text.as_bytes())).unwrap();
    let mut row = Row::default();
    for expected in by_the_csv_crate(&text) {
        assert_eq!(rows.next(&mut row).unwrap(), Step::Row);
        assert_eq!(row.cells.iter().collect::<Vec<_>>(), expected);
    }
    assert_eq!(rows.next(&mut row).unwrap(), Step::End);
    assert_eq!(rows.bytes_read(), text.len() as u64);
}
