//! A data set as CSV for any program, and as a Stata file (format 118: Stata 14 and later).
//!
//! The crate `dta` writes the file. It also writes value labels, but has no way to make any (0.6.0), so they are put in behind it:
//! a set is its name and a table of numbers and texts, and the file's map of sections moves by their length.

use std::collections::BTreeMap;
use std::io::Cursor;

use dta::stata::dta::byte_order::ByteOrder;
use dta::stata::dta::dta_error::DtaError;
use dta::stata::dta::dta_writer::DtaWriter;
use dta::stata::dta::header::Header;
use dta::stata::dta::release::Release;
use dta::stata::dta::schema::Schema;
use dta::stata::dta::value::Value;
use dta::stata::dta::variable::{Variable as StataVariable, VariableBuilder};
use dta::stata::dta::variable_type::VariableType;
use dta::stata::missing_value::MissingValue;
use dta::stata::stata_double::StataDouble;
use dta::stata::stata_long::StataLong;

use super::{CsvStyle, CsvText};
use crate::error::{Error, Finding, Result};
use crate::report::{DataSet, Datum, Variable, VariableKind, Why};

/// The labels of missing values, for columns without labels of their own.
const REASONS: &str = "missing_reason";
/// The longest text of a fixed width in Stata, in bytes.
const LONGEST_TEXT: usize = 2045;
/// The longest label of a variable in Stata.
const LONGEST_LABEL: usize = 80;
/// Stata's `long` for `.`; `.a`, `.b`, … follow.
const MISSING: i32 = 2_147_483_621;

/// The rows with their header, for programs.
pub fn data_csv(data: &DataSet) -> Vec<u8> {
    let mut csv = CsvText::new(CsvStyle::Plain);
    csv.row(data.variables.iter().map(|variable| variable.name.as_str()));
    for row in &data.rows {
        let cells: Vec<String> = row.iter().map(Datum::cell).collect();
        csv.row(cells.iter().map(String::as_str));
    }
    csv.finish()
}

/// The bytes of a Stata file with labels of variables and values; the same for the same rows.
///
/// # Errors
/// Names or values that no Stata file can hold.
pub fn data_stata(data: &DataSet) -> Result<Vec<u8>> {
    let mut bytes = written(data).map_err(|fault| {
        Error::cannot_run(Finding::error("stata_file", format!("`{}` cannot be written: {fault}", data.name)))
    })?;
    put_in(&mut bytes, &labels(data));
    Ok(bytes)
}

fn written(data: &DataSet) -> std::result::Result<Vec<u8>, DtaError> {
    let types: Vec<VariableType> = (0..data.variables.len()).map(|place| stored_as(data, place)).collect();
    let variables = data.variables.iter().zip(&types);
    let schema = Schema::builder().variables(variables.map(|(one, kind)| variable(one, *kind)).collect());
    let header = Header::builder(Release::V118, ByteOrder::LittleEndian).dataset_label(data.label).build();
    let writer = DtaWriter::new().from_writer(Cursor::new(Vec::new()));
    let mut records = writer.write_header(header)?.write_schema(schema.build()?)?.into_record_writer()?;
    for row in &data.rows {
        let cells = row.iter().zip(&data.variables).zip(&types);
        let values: Vec<Value<'_>> = cells.map(|((datum, one), kind)| value(datum, one, *kind)).collect();
        records.write_record(&values)?;
    }
    let file = records.into_long_string_writer()?.into_value_label_writer()?.finish()?;
    Ok(file.into_inner())
}

fn stored_as(data: &DataSet, place: usize) -> VariableType {
    let cells = || data.rows.iter().filter_map(|row| row.get(place));
    match &data.variables[place].kind {
        VariableKind::Text => {
            let length = |cell: &Datum| match cell {
                Datum::Text(text) => text.len().clamp(1, LONGEST_TEXT),
                _ => 1,
            };
            VariableType::FixedString(cells().map(length).max().unwrap_or(1) as u16)
        }
        VariableKind::Whole if cells().all(is_long) => VariableType::Long,
        VariableKind::Whole | VariableKind::Number => VariableType::Double,
        VariableKind::Month | VariableKind::Coded(_) => VariableType::Long,
    }
}

fn is_long(cell: &Datum) -> bool {
    !matches!(cell, Datum::Whole(number) if number.unsigned_abs() >= MISSING as u64)
}

fn variable(one: &Variable, kind: VariableType) -> VariableBuilder {
    let label: String = one.label.chars().take(LONGEST_LABEL).collect();
    let (format, labels) = match &one.kind {
        VariableKind::Text => (format!("%{}s", width(kind)), ""),
        VariableKind::Whole => ("%12.0g".to_owned(), REASONS),
        VariableKind::Number => ("%10.0g".to_owned(), REASONS),
        VariableKind::Month => ("%tm".to_owned(), REASONS),
        VariableKind::Coded(list) => ("%12.0g".to_owned(), list.name.as_str()),
    };
    StataVariable::builder(kind, &one.name).format(format).label(label).value_label_name(labels)
}

fn width(kind: VariableType) -> u16 {
    if let VariableType::FixedString(width) = kind { width } else { 9 }
}

fn value<'d>(datum: &'d Datum, variable: &Variable, kind: VariableType) -> Value<'d> {
    let number = match (datum, &variable.kind) {
        (Datum::Text(text), _) => return Value::string(cut(text)),
        (_, VariableKind::Text) => return Value::string(""),
        (Datum::Missing(why), _) => return missing(letter(*why), kind),
        (Datum::Word(word), VariableKind::Coded(list)) => list.number(word).map(f64::from),
        (Datum::Whole(number), _) => Some(*number as f64),
        (Datum::Number(number), _) => Some(*number),
        (Datum::Month { year, month }, _) => {
            Some(f64::from((i32::from(*year) - 1960) * 12 + i32::from(*month) - 1))
        }
        _ => None,
    };
    match (number, kind) {
        (None, _) => missing(MissingValue::System, kind),
        (Some(number), VariableType::Double) => Value::Double(StataDouble::Present(number)),
        (Some(number), _) => Value::Long(StataLong::Present(number as i32)),
    }
}

fn missing(value: MissingValue, kind: VariableType) -> Value<'static> {
    match kind {
        VariableType::Double => Value::Double(StataDouble::Missing(value)),
        _ => Value::Long(StataLong::Missing(value)),
    }
}

/// `.a`, `.b`, …
fn letter(why: Why) -> MissingValue {
    let number = MISSING.unsigned_abs() + u32::from(why.place());
    // There are fewer reasons than letters.
    MissingValue::try_from(number).unwrap_or(MissingValue::System)
}

/// As much of a text as a column of fixed width takes.
fn cut(text: &str) -> &str {
    let whole = (0..=text.len().min(LONGEST_TEXT)).rev().find(|at| text.is_char_boundary(*at));
    &text[..whole.unwrap_or_default()]
}

/// Every set of labels, by its name: the words of the columns, and in each of them the reasons.
fn labels(data: &DataSet) -> Vec<u8> {
    let mut sets: BTreeMap<&str, Vec<(i32, &str)>> = BTreeMap::from([(REASONS, Vec::new())]);
    for variable in &data.variables {
        if let VariableKind::Coded(list) = &variable.kind {
            let codes = list.codes.iter().map(|code| (code.number, code.label.as_str()));
            sets.insert(&list.name, codes.collect());
        }
    }
    let reasons = Why::ALL.map(|why| (MISSING + i32::from(why.place()), why.label()));
    sets.values_mut().for_each(|set| set.extend(reasons));
    sets.into_iter().flat_map(|(name, codes)| label_set(name, &codes)).collect()
}

/// A set in format 118: the table's length, the name in 129 bytes, three empty ones; then how many, the length of all texts, where each
/// text begins, each number, and the texts, each with a zero behind it.
fn label_set(name: &str, codes: &[(i32, &str)]) -> Vec<u8> {
    let number = |number: usize| (number as u32).to_le_bytes();
    let (mut starts, mut values, mut texts) = (Vec::new(), Vec::new(), Vec::new());
    for (code, label) in codes {
        starts.extend(number(texts.len()));
        values.extend(code.to_le_bytes());
        texts.extend_from_slice(label.as_bytes());
        texts.push(0);
    }
    let table = [&number(codes.len())[..], &number(texts.len()), &starts, &values, &texts].concat();
    let mut named = name.as_bytes().to_vec();
    named.resize(129 + 3, 0);
    [b"<lbl>", &number(table.len())[..], &named, &table, b"</lbl>"].concat()
}

/// Puts labels into the empty section at the end, and moves what the file's map says of its end.
fn put_in(bytes: &mut Vec<u8>, labels: &[u8]) {
    const BEHIND: &[u8] = b"</value_labels></stata_dta>";
    let at = bytes.len() - BEHIND.len();
    bytes.splice(at..at, labels.iter().copied());
    let Some(map) = bytes.windows(5).position(|tag| tag == b"<map>").map(|at| at + 5) else { return };
    // The last two of fourteen places: of `</stata_dta>`, and of the end.
    for place in [map + 12 * 8, map + 13 * 8] {
        let mut number = [0; 8];
        number.copy_from_slice(&bytes[place..place + 8]);
        let moved = u64::from_le_bytes(number) + labels.len() as u64;
        bytes[place..place + 8].copy_from_slice(&moved.to_le_bytes());
    }
}

#[cfg(test)]
mod tests {
    use dta::stata::dta::dta_reader::DtaReader;
    use dta::stata::dta::value_label_table::ValueLabelTable;

    use super::*;
    use crate::report::CodeList;

    fn data() -> DataSet {
        let variable =
            |name: &str, kind| Variable { name: name.to_owned(), label: format!("The {name}"), kind };
        let list = CodeList::new("yes_no", 0, [("no", "Nej"), ("yes", "Ja, bestået")]);
        let word = |word: &str| Datum::Word(word.to_owned());
        let text = |text: &str| Datum::Text(text.to_owned());
        DataSet {
            name: "confidential-rows",
            label: "CONFIDENTIAL",
            variables: vec![
                variable("place", VariableKind::Text),
                variable("diet", VariableKind::Coded(list)),
                variable("month", VariableKind::Month),
                variable("weight", VariableKind::Number),
                variable("many", VariableKind::Whole),
            ],
            rows: vec![
                vec![
                    text("Ringkøbing, Skjern"),
                    word("yes"),
                    Datum::month("2021-03"),
                    Datum::Number(0.1),
                    Datum::Whole(7),
                ],
                vec![
                    Datum::Absent,
                    Datum::Missing(Why::NotRelevant),
                    Datum::Missing(Why::NoLongerAChoice),
                    Datum::Missing(Why::Empty),
                    Datum::Whole(3_000_000_000),
                ],
            ],
        }
    }

    #[test]
    fn a_csv_file_has_the_words() {
        let csv = String::from_utf8(data_csv(&data())).unwrap();
        assert_eq!(
            csv,
            "place,diet,month,weight,many\n\"Ringkøbing, Skjern\",yes,2021-03,0.1,7\n,not_relevant,no_longer_a_choice,empty,3000000000\n"
        );
    }

    #[test]
    fn a_stata_file_has_numbers_with_labels_and_letters() {
        let bytes = data_stata(&data()).unwrap();
        assert_eq!(bytes, data_stata(&data()).unwrap(), "the same bytes every time");
        let reader = DtaReader::new().from_reader(Cursor::new(bytes));
        let mut characteristics = reader.read_header().unwrap().read_schema().unwrap();
        characteristics.skip_to_end().unwrap();
        let mut records = characteristics.into_record_reader().unwrap();
        let first: Vec<String> = records
            .read_record()
            .unwrap()
            .unwrap()
            .values()
            .iter()
            .map(|value| format!("{value:?}"))
            .collect();
        assert!(first[0].contains("Ringkøbing, Skjern") && first[1].contains("Present(1)"), "{first:?}");
        assert!(first[2].contains("Present(734)"), "March 2021 is month 734 from January 1960: {first:?}");
        let second: Vec<String> = records
            .read_record()
            .unwrap()
            .unwrap()
            .values()
            .iter()
            .map(|value| format!("{value:?}"))
            .collect();
        for (place, letter) in
            [(1, "Missing(A)"), (2, "Missing(L)"), (3, "Missing(I)"), (4, "Present(3000000000")]
        {
            assert!(second[place].contains(letter), "{second:?}");
        }
        assert!(records.read_record().unwrap().is_none());
        let mut labels = ValueLabelTable::new();
        let mut texts = records.into_long_string_reader().unwrap();
        texts.skip_to_end().unwrap();
        texts.into_value_label_reader().unwrap().read_remaining_into(&mut labels).unwrap();
        let set = labels.get("yes_no").unwrap();
        assert_eq!(
            (set.label_for(1), set.label_for(MISSING + 1)),
            (Some("Ja, bestået"), Some("Not relevant"))
        );
        assert_eq!(
            labels.get(REASONS).unwrap().label_for(MISSING + 12),
            Some("Answer no longer in the codebook")
        );
    }

    #[test]
    fn a_text_is_cut_between_its_letters() {
        let long = "ø".repeat(2000);
        assert_eq!(cut(&long).len(), LONGEST_TEXT - 1);
        assert_eq!(cut("ø"), "ø");
    }
}
