use std::io::{Cursor, Seek, Write};

use dta::stata::dta::byte_order::ByteOrder;
use dta::stata::dta::dta_writer::DtaWriter;
use dta::stata::dta::header::Header;
use dta::stata::dta::release::Release;
use dta::stata::dta::variable::Variable;
use dta::stata::missing_value::MissingValue;
use dta::stata::stata_byte::StataByte;
use dta::stata::stata_double::StataDouble;

use super::*;

/// A file with a text, a code and a moment with leap seconds, of which one code is `.a`.
fn bytes() -> Vec<u8> {
    let header = Header::builder(Release::V118, ByteOrder::LittleEndian).build();
    let schema = Schema::builder()
        .add_variable(Variable::builder(VariableType::FixedString(8), "kommune").format("%8s"))
        .add_variable(Variable::builder(VariableType::Byte, "diaet").format("%8.0g"))
        .add_variable(Variable::builder(VariableType::Double, "slut").format("%tC"))
        .build()
        .unwrap();
    let writer = DtaWriter::new().from_writer(Cursor::new(Vec::new()));
    let mut records =
        writer.write_header(header).unwrap().write_schema(schema).unwrap().into_record_writer().unwrap();
    for (municipality, code) in
        [("Samsø", StataByte::Present(1)), ("Skive", StataByte::Missing(MissingValue::A))]
    {
        let slut = Value::Double(StataDouble::Present(1e12));
        records.write_record(&[Value::string(municipality), Value::Byte(code), slut]).unwrap();
    }
    let labels = records.into_long_string_writer().unwrap().into_value_label_writer().unwrap();
    labels.finish().unwrap().into_inner()
}

fn file(bytes: &[u8]) -> File {
    let mut file = tempfile::tempfile().unwrap();
    file.write_all(bytes).unwrap();
    file.rewind().unwrap();
    file
}

type Rows = Vec<(u64, Result<String, RowFault>)>;

/// Each row's number and cells, or the fault; and why the reading stopped.
fn read(bytes: &[u8]) -> (Rows, Option<Stop>) {
    let mut rows = Vec::new();
    let mut stata = match Stata::open(file(bytes)) {
        Ok(stata) => stata,
        Err(stop) => return (rows, Some(stop)),
    };
    let mut row = Row::default();
    loop {
        match stata.next(&mut row) {
            Ok(Step::Row) => rows.push((row.number, Ok(row.cells.iter().collect::<Vec<_>>().join("|")))),
            Ok(Step::Faulty(fault)) => rows.push((row.number, Err(fault))),
            Ok(Step::End) => return (rows, None),
            Err(stop) => return (rows, Some(stop)),
        }
    }
}

#[test]
fn extended_missing_values_keep_their_letter() {
    let (rows, why) = read(&bytes());
    assert_eq!(rows, [(2, Ok("Samsø|1|1000000000000".into())), (3, Ok("Skive|.a|1000000000000".into()))]);
    assert!(why.is_none());
}

#[test]
fn times_with_leap_seconds_are_told() {
    let notices = Stata::open(file(&bytes())).unwrap().notices();
    insta::assert_snapshot!(notices[0], @"
    warning: the column `slut` counts milliseconds with leap seconds (%tC)
      = why: its numbers are left as they are, and not read as dates

    help: in Stata: `replace slut = cofC(slut)` and `format slut %tc`
    ");
}

#[test]
fn a_text_in_another_encoding_is_a_fault_of_its_row() {
    let mut bytes = bytes();
    let at = bytes.windows(6).position(|window| window == "Samsø".as_bytes()).unwrap();
    bytes[at + 4] = 0xFF;
    assert_eq!(read(&bytes).0, [(2, Err(RowFault::StataValue)), (3, Ok("Skive|.a|1000000000000".into()))]);
}

#[test]
fn a_file_that_was_cut_off_anywhere_never_passes_for_a_whole_one() {
    let whole = bytes();
    let end_of_rows = whole.windows(7).position(|window| window == b"</data>").unwrap();
    for length in 0..end_of_rows {
        assert!(read(&whole[..length]).1.is_some(), "{length} of {} bytes", whole.len());
    }
}
