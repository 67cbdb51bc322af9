//! Register extracts as Stata files (.dta, every format from 102 to 119), one row at a time.
//!
//! Value-labelled columns give their codes: labels may be changed without a trace, codes are what the register holds.

use std::fs::File;
use std::io::{self, BufReader};

use dta::stata::dta::dta_error::{DtaError, Section};
use dta::stata::dta::dta_reader::DtaReader;
use dta::stata::dta::long_string_table::LongStringTable;
use dta::stata::dta::record_reader::RecordReader;
use dta::stata::dta::schema::Schema;
use dta::stata::dta::value::Value;
use dta::stata::dta::variable_type::VariableType;
use dta::stata::temporal::TemporalKind;

use super::row_faults::RowFault;
use super::step::{Step, Stop};
use crate::error::Finding;
use crate::register::{Cells, Row};

mod cell;

/// The observations of a Stata file.
#[derive(Debug)]
pub(super) struct Stata {
    records: RecordReader<BufReader<File>>,
    /// The texts of `strL` columns, which stand after the rows and are kept in memory.
    long_texts: LongStringTable,
    kinds: Vec<Option<TemporalKind>>,
    number: u64,
    text: String,
}

impl Stata {
    pub(super) fn open(file: File) -> Result<Self, Stop> {
        let mut long_texts = LongStringTable::for_reading();
        let records = open(file, &mut long_texts).map_err(stop)?;
        let formats = records.schema().variables().iter().map(|variable| variable.format());
        let kinds = formats.map(TemporalKind::from_format).collect();
        Ok(Stata { records, long_texts, kinds, number: 1, text: String::new() })
    }

    /// The variables, as the first row of any other format.
    pub(super) fn header(&self) -> Cells {
        self.records.schema().variables().iter().map(|variable| variable.name()).collect()
    }

    /// The format's number, such as 118 for Stata 14 to 18.
    pub(super) fn format(&self) -> String {
        self.records.header().release().to_string()
    }

    /// How far the reading has come, from 0 to 1.
    pub(super) fn progress(&self) -> Option<f64> {
        let rows = self.records.header().observation_count();
        (rows > 0).then(|| ((self.number - 1) as f64 / rows as f64).min(1.0))
    }

    pub(super) fn next(&mut self, row: &mut Row) -> Result<Step, Stop> {
        row.cells.clear();
        let encoding = self.records.encoding();
        let record = self.records.read_record();
        self.number += 1;
        row.number = self.number;
        let record = match record {
            Ok(Some(record)) => record,
            Ok(None) => return Ok(Step::End),
            Err(error) if is_value(&error) => return Ok(Step::Faulty(RowFault::StataValue)),
            Err(error) => return Err(stop(error)),
        };
        for (value, kind) in record.values().iter().zip(&self.kinds) {
            self.text.clear();
            match value {
                Value::LongStringRef(reference) => {
                    let text = self.long_texts.get(reference);
                    let text = text.as_ref().and_then(|text| text.data_str(encoding));
                    row.cells.push(text.as_deref().unwrap_or_default().trim_end_matches('\0'));
                }
                Value::String(text) => row.cells.push(text),
                number => {
                    cell::write_number(&mut self.text, number, *kind);
                    row.cells.push(&self.text);
                }
            }
        }
        Ok(Step::Row)
    }

    /// Columns whose numbers could be misread.
    pub(super) fn notices(&self) -> Vec<Finding> {
        let variables = self.records.schema().variables().iter().zip(&self.kinds);
        let leap = variables.filter(|(_, kind)| **kind == Some(TemporalKind::DateTimeLeap));
        leap.map(|(variable, _)| leap_seconds(variable.name())).collect()
    }
}

fn open(file: File, long_texts: &mut LongStringTable) -> Result<RecordReader<BufReader<File>>, DtaError> {
    let mut characteristics = DtaReader::new().from_file(file).read_header()?.read_schema()?;
    if has_long_texts(characteristics.schema()) {
        let mut texts = characteristics.seek_long_strings()?;
        texts.read_remaining_into(long_texts)?;
        texts.seek_records()
    } else {
        characteristics.skip_to_end()?;
        characteristics.into_record_reader()
    }
}

fn has_long_texts(schema: &Schema) -> bool {
    schema.variables().iter().any(|variable| variable.variable_type() == VariableType::LongString)
}

/// Whether the row was there and one of its values made no sense; dta reports that as an error of kind `Other`.
fn is_value(error: &DtaError) -> bool {
    matches!(error, DtaError::Io { section: Section::Records, source } if source.kind() == io::ErrorKind::Other)
}

fn stop(error: DtaError) -> Stop {
    match error {
        DtaError::Io { source, .. } if source.kind() == io::ErrorKind::UnexpectedEof => {
            Finding::error("stata_cut_off", "the Stata file ends in the middle")
                .remedy("copy the file again, or save it again in Stata")
                .into()
        }
        DtaError::Io { source, .. } if source.kind() != io::ErrorKind::Other => Stop::Io(source),
        _ => Finding::error(
            "stata_not_a_stata_file",
            "the file cannot be read as a Stata file, expected format 102 to 119",
        )
        .remedy("save it again in Stata, or export it with `export delimited, delimiter(\";\")`")
        .into(),
    }
}

fn leap_seconds(variable: &str) -> Finding {
    Finding::warning(
        "stata_leap_seconds",
        format!("the column `{variable}` counts milliseconds with leap seconds (%tC)"),
    )
    .because("its numbers are left as they are, and not read as dates")
    .remedy(format!("in Stata: `replace {variable} = cofC({variable})` and `format {variable} %tc`"))
}

#[cfg(test)]
mod tests;
