//! What a command prints, in the format that was asked for.

use std::io::{self, Write};
use std::process::ExitCode;

use serde_json::Value;

use super::args::Format;
use super::messages::shown;
use crate::error::{Finding, Severity};
use crate::io::{CsvStyle, CsvText, latex, markdown, terminal, wrapped};
use crate::report::Table;

/// The result of a command, in every form.
#[derive(Debug, Default)]
pub(super) struct Output {
    /// Lines before the tables, for people.
    pub(super) lines: Vec<String>,
    /// Tables for people.
    pub(super) tables: Vec<Table>,
    /// Lines after the tables, for people.
    pub(super) closing: Vec<String>,
    /// Header and rows with full precision; when there are none, the tables are printed as CSV.
    pub(super) tidy: Option<Vec<Vec<String>>>,
    /// For programs.
    pub(super) json: Value,
    /// Warnings and notes, for stderr; or what was asked for.
    pub(super) findings: Vec<Finding>,
    /// Whether the findings are what was asked for, and belong on stdout.
    pub(super) findings_asked_for: bool,
}

impl Output {
    /// Whether anything is wrong in the data.
    pub(super) fn has_errors(&self) -> bool {
        self.findings.iter().any(|finding| finding.severity == Severity::Error)
    }

    /// Whether the findings are printed on stdout in this format.
    pub(super) fn prints_findings(&self, format: Format) -> bool {
        self.findings_asked_for && matches!(format, Format::Text | Format::Json | Format::Csv)
    }

    /// Prints it; the exit code, or 2 when stdout cannot be written. A closed pipe is no error.
    pub(super) fn print(&self, format: Format, code: u8) -> ExitCode {
        let text = match format {
            Format::Text => self.text(),
            Format::Json => format!("{:#}\n", self.json),
            Format::Csv => self.csv(),
            Format::Markdown => self.document(markdown),
            Format::Latex => self.document(latex),
        };
        let mut stdout = io::stdout().lock();
        match stdout.write_all(text.as_bytes()).and_then(|()| stdout.flush()) {
            Ok(()) => ExitCode::from(code),
            Err(fault) if fault.kind() == io::ErrorKind::BrokenPipe => ExitCode::from(code),
            Err(fault) => {
                let finding = Finding::error("stdout", format!("the result cannot be printed: {fault}"));
                super::messages::tell(&[finding]);
                ExitCode::from(2)
            }
        }
    }

    fn text(&self) -> String {
        let width = terminal_width();
        let tables = self.tables.iter().map(|table| terminal(table, width));
        let mut parts: Vec<String> = Vec::new();
        let lines = |lines: &[String]| {
            lines.iter().map(|line| wrapped(line, width, "")).collect::<Vec<_>>().join("\n")
        };
        if self.findings_asked_for {
            parts.extend(self.findings.iter().map(|finding| shown(finding, width)));
        }
        parts.extend((!self.lines.is_empty()).then(|| lines(&self.lines)));
        parts.extend(tables);
        parts.extend((!self.closing.is_empty()).then(|| lines(&self.closing)));
        let text = parts.join("\n\n");
        if text.is_empty() { text } else { text + "\n" }
    }

    /// The tables; what has none, in the table of its lines.
    fn shown_tables(&self) -> Vec<Table> {
        if !self.tables.is_empty() || self.tidy.is_some() {
            return self.tables.clone();
        }
        let mut table = Table::new("", &["result"]);
        self.lines.iter().chain(&self.closing).for_each(|line| table.row([line.as_str()]));
        vec![table]
    }

    fn document(&self, write: fn(&Table) -> String) -> String {
        self.shown_tables().iter().map(write).collect::<Vec<_>>().join("\n")
    }

    fn csv(&self) -> String {
        let mut csv = CsvText::new(CsvStyle::Plain);
        match &self.tidy {
            Some(rows) => rows.iter().for_each(|row| csv.row(row.iter().map(String::as_str))),
            None => self.shown_tables().iter().for_each(|table| add_table(&mut csv, table)),
        }
        String::from_utf8(csv.finish()).unwrap_or_default()
    }
}

fn add_table(csv: &mut CsvText, table: &Table) {
    csv.row(table.columns.iter().map(|column| column.header.as_str()));
    table.rows.iter().for_each(|row| csv.row(row.iter().map(String::as_str)));
}

/// The terminal's width, within reason; none when the text goes to a file.
fn terminal_width() -> Option<u16> {
    let (terminal_size::Width(width), _) = terminal_size::terminal_size_of(io::stdout())?;
    Some(width.clamp(60, 200))
}
