//! A register extract, whatever program wrote it: a header and rows of text.

use std::fmt;
use std::fs::File;
use std::path::Path;

use super::cannot_run;
use super::header;
use super::layout::Layout;
use super::row_faults::{RowFault, RowFaults};
use super::shared_extract::SharedExtract;
use super::source::Source;
use super::step::{Step, Stop};
use crate::error::{Error, Finding, Place, Result, Rows, Severity};
use crate::register::Row;
use crate::register::decimal::DecimalMark;

/// What the file itself does not tell.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ReadOptions {
    /// The sheet of a workbook; without it the first that can be seen.
    pub sheet: Option<String>,
    /// What messages call the file; without it the path as it was given.
    pub name: Option<String>,
}

/// A register extract that is read row by row, once, from the first row to the last. Never written to.
pub struct Extract {
    source: Source,
    name: String,
    header: Vec<String>,
    bytes: u64,
    notices: Vec<Finding>,
    faults: RowFaults,
    blank: Rows,
    stopped: Option<Finding>,
}

impl Extract {
    /// Opens a file by the ending of its name and reads its header.
    ///
    /// # Errors
    /// `CannotRun` when the file cannot be opened or its ending is not known; `Data` when it is not what its ending says, or
    /// when its header is unusable.
    pub fn open(path: &Path, options: &ReadOptions) -> Result<Extract> {
        let file = File::open(path).map_err(|error| cannot_run::read(path, &error))?;
        let metadata = file.metadata().map_err(|error| cannot_run::read(path, &error))?;
        if metadata.is_dir() {
            return Err(is_folder(path));
        }
        let source = Source::open(path, file, options)?;
        let name = options.name.clone().unwrap_or_else(|| path.display().to_string());
        let notices = Vec::new();
        let (faults, blank) = (RowFaults::default(), Rows::none());
        let mut extract = Extract {
            source,
            name,
            header: Vec::new(),
            bytes: metadata.len(),
            notices,
            faults,
            blank,
            stopped: None,
        };
        extract.read_header()?;
        Ok(extract)
    }

    /// The names of the columns, without blanks around them.
    pub fn header(&self) -> &[String] {
        &self.header
    }

    /// The position of a column.
    pub fn column(&self, name: &str) -> Option<usize> {
        self.header.iter().position(|column| column == name)
    }

    /// The file as the user named it.
    pub fn file_name(&self) -> &str {
        &self.name
    }

    /// The place of the file, to be told with rows and a column.
    pub fn place(&self) -> Place {
        match &self.source {
            Source::Workbook(book) => Place::file(&self.name).sheet(book.sheet()),
            _ => Place::file(&self.name),
        }
    }

    /// What was found out about how the file is written, as far as it has been read.
    pub fn layout(&self) -> Layout {
        self.source.layout()
    }

    /// What marks decimals in this file: known for numbers that were stored as numbers.
    pub fn decimal_mark(&self) -> DecimalMark {
        match &self.source {
            Source::Delimited(_) => DecimalMark::Unknown,
            Source::Workbook(_) | Source::Stata(_) => DecimalMark::Point,
        }
    }

    /// The rows that are left, for several threads; the extract itself where the format has no blocks.
    ///
    /// # Errors
    /// The extract, to be read in one piece.
    pub fn into_shared(self) -> Result<SharedExtract, Box<Extract>> {
        match self.source {
            Source::Delimited(text) => {
                Ok(SharedExtract::new(text.into_blocks(), self.name, self.header.len(), self.notices))
            }
            _ => Err(Box::new(self)),
        }
    }

    /// How many bytes the file has.
    pub fn bytes(&self) -> u64 {
        self.bytes
    }

    /// How far the reading has come, from 0 to 1, if that can be told.
    pub fn progress(&self) -> Option<f64> {
        self.source.progress(self.bytes)
    }

    /// Reads the next row that is not blank into `row`; false at the end.
    ///
    /// # Errors
    /// At the end of the file, or where it cannot be read any further: all rows that could not be read, grouped by
    /// reason. Such rows are passed over before, so that the caller meets every good row first.
    pub fn next_row(&mut self, row: &mut Row) -> Result<bool> {
        while self.stopped.is_none() {
            match self.source.next(row) {
                Ok(Step::End) => break,
                Ok(Step::Faulty(fault)) => self.faults.add(fault, row.number),
                Ok(Step::Row) if row.cells.is_blank() => self.blank.add(row.number),
                Ok(Step::Row) => match fit(row, self.header.len(), self.pads()) {
                    Ok(()) => return Ok(true),
                    Err(fault) => self.faults.add(fault, row.number),
                },
                Err(stop) => self.stopped = Some(self.stop_finding(stop)),
            }
        }
        self.end().map(|()| false)
    }

    /// Warnings and notes about the file as far as it has been read; complete at its end.
    pub fn notices(&self) -> Vec<Finding> {
        let found = self.source.notices().into_iter().map(|finding| finding.at(self.place()));
        let blank = (self.blank.total() > 0).then(|| blank_rows(&self.blank, self.place()));
        self.notices.iter().cloned().chain(found).chain(blank).collect()
    }

    fn read_header(&mut self) -> Result<()> {
        let mut row = Row { number: 1, ..Row::default() };
        if let Source::Stata(stata) = &self.source {
            row.cells = stata.header();
        } else {
            self.first_row(&mut row)?;
        }
        self.header = header::names(&row.cells);
        let (errors, notices): (Vec<_>, Vec<_>) = header::check(&self.header, &self.place().row(row.number))
            .into_iter()
            .partition(|finding| finding.severity == Severity::Error);
        self.notices = notices;
        if errors.is_empty() { Ok(()) } else { Err(Error::data(errors)) }
    }

    /// The first row with anything in it.
    fn first_row(&mut self, row: &mut Row) -> Result<()> {
        loop {
            match self.source.next(row) {
                Ok(Step::Row) if row.cells.is_blank() => {}
                Ok(Step::Row) => return Ok(()),
                Ok(Step::Faulty(fault)) => return Err(fault.finding(self.place().row(row.number)).into()),
                Ok(Step::End) => return Err(no_rows().at(self.place()).into()),
                Err(stop) => return Err(self.stop_finding(stop).into()),
            }
        }
    }

    /// A workbook leaves out empty cells at the end of a row; a text may not.
    fn pads(&self) -> bool {
        matches!(self.source, Source::Workbook(_))
    }

    fn end(&self) -> Result<()> {
        let faults = self.faults.findings(&self.place());
        let all: Vec<Finding> = faults.into_iter().chain(self.stopped.clone()).collect();
        if all.is_empty() { Ok(()) } else { Err(Error::data(all)) }
    }

    fn stop_finding(&self, stop: Stop) -> Finding {
        match stop {
            Stop::Finding(finding) => {
                let rows = finding.place.rows.clone();
                finding.at(self.place().rows(rows))
            }
            Stop::Io(error) => cannot_run::read(Path::new(&self.name), &error).findings()[0].clone(),
        }
    }
}

/// A note on rows without anything in them.
pub(super) fn blank_rows(blank: &Rows, place: Place) -> Finding {
    let what = match blank.total() {
        1 => "a row is empty".to_owned(),
        rows => format!("{rows} rows are empty"),
    };
    Finding::note("rows_blank", what).at(place.rows(blank.clone())).because("they are passed over")
}

/// As many cells as the header: empty ones beyond it are dropped, missing ones added where the format leaves them out.
pub(super) fn fit(row: &mut Row, width: usize, pads: bool) -> Result<(), RowFault> {
    let cells = row.cells.len();
    if cells > width {
        if row.cells.iter().skip(width).any(|cell| !cell.trim_ascii().is_empty()) {
            return Err(RowFault::TooManyCells);
        }
        row.cells.truncate(width);
    }
    if cells < width && !pads {
        return Err(RowFault::TooFewCells);
    }
    (cells..width).for_each(|_| row.cells.push(""));
    Ok(())
}

fn no_rows() -> Finding {
    Finding::error("file_empty", "the file is empty").remedy("export the register again")
}

fn is_folder(path: &Path) -> Error {
    let name = path.display().to_string();
    let finding = Finding::error("file_is_folder", format!("`{name}` is a folder, expected a file"));
    Error::cannot_run(finding.at(Place::file(name)).remedy("name the file with the register"))
}

/// The file and its columns: what the buffers hold is nobody's business in a log.
impl fmt::Debug for Extract {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Extract of {} with {} columns: {}", self.name, self.header.len(), self.layout())
    }
}

#[cfg(test)]
mod tests;
