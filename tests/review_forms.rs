//! Review forms as they come back: filled by somebody, saved by some program.

use std::fs;
use std::io::{Read, Seek};
use std::path::Path;

use calamine::{Data, Reader as _, Xlsx};

/// A form: a header and rows of cells.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Form {
    /// The names of the columns.
    pub(crate) header: Vec<String>,
    /// The cells.
    pub(crate) rows: Vec<Vec<String>>,
}

impl Form {
    /// Reads a form as it went out: a workbook's first sheet with study ids, or a text.
    pub(crate) fn read(path: &Path) -> Self {
        match path.extension().is_some_and(|ending| ending == "xlsx") {
            true => Form::read_workbook(path),
            false => Form::read_text(path),
        }
    }

    fn read_workbook(path: &Path) -> Self {
        let mut book: Xlsx<_> = calamine::open_workbook(path).unwrap();
        let texts = |row: &[Data]| row.iter().map(shown).collect::<Vec<String>>();
        let is_header = |row: &Vec<String>| ["studie_id", "study_id"].contains(&row[0].as_str());
        let sheets =
            book.worksheets().into_iter().map(|(_, cells)| cells.rows().map(texts).collect::<Vec<_>>());
        let rows = sheets.into_iter().find(|rows: &Vec<_>| rows.iter().any(is_header)).unwrap();
        let mut rows = rows.into_iter().skip_while(|row| !is_header(row));
        Form { header: rows.next().unwrap(), rows: rows.collect() }
    }

    fn read_text(path: &Path) -> Self {
        let text = fs::read_to_string(path).unwrap();
        let cells = |line: &str| line.split(';').map(str::to_owned).collect::<Vec<_>>();
        let mut lines = text.trim_start_matches('\u{feff}').lines().map(cells);
        Form { header: lines.next().unwrap(), rows: lines.collect() }
    }

    /// The position of a column: by its whole header, or by the id in brackets.
    pub(crate) fn column(&self, name: &str) -> usize {
        let bracketed = format!("[{name}]");
        let second = format!("{name}_2");
        let found = self
            .header
            .iter()
            .position(|header| header == name || *header == second || header.ends_with(&bracketed));
        found.unwrap_or_else(|| panic!("no column {name} in {:?}", self.header))
    }

    /// How many rows there are.
    pub(crate) fn rows(&self) -> usize {
        self.rows.len()
    }

    /// The study id of a row.
    pub(crate) fn id(&self, row: usize) -> String {
        self.rows[row][0].clone()
    }

    /// Writes a cell.
    pub(crate) fn set(&mut self, row: usize, column: &str, text: &str) {
        let column = self.column(column);
        self.rows[row][column] = text.to_owned();
    }

    /// Makes it look like a form for the second reading.
    pub(crate) fn as_second(&mut self) {
        let reviewer = self.column("initialer");
        self.header[reviewer] = "initialer_2".to_owned();
    }

    /// Every row as found and read; the answers follow from the study id alone.
    pub(crate) fn fill(&mut self, reviewer: &str) {
        for row in 0..self.rows.len() {
            let number: usize =
                self.id(row).chars().filter(char::is_ascii_digit).collect::<String>().parse().unwrap();
            self.set(row, "journal", "Fundet");
            self.set(row, "initialer", reviewer);
            self.set(row, "dato", "15-01-2024");
            for (place, id) in ["diet", "depression", "smoking"].into_iter().enumerate() {
                let answers = ["Ja", "Nej", "Ja", "Ja", "Ikke relevant", "Ja", "Ikke dokumenteret"];
                self.set(row, id, answers[(number + place * 3) % answers.len()]);
            }
        }
    }

    /// Every row of a form with raw items complete: diet yes, a smoker who stopped, 12 of 15 sessions.
    pub(crate) fn fill_items(&mut self) {
        let today = jiff::Zoned::now().date().strftime("%d-%m-%Y").to_string();
        for row in 0..self.rows.len() {
            let cells = [
                ("journal", "Fundet"),
                ("initialer", "ABC"),
                ("dato", today.as_str()),
                ("diet", "Ja"),
                ("smoking_start", "Ryger"),
                ("smoking_end", "Holdt op"),
                ("smoking", "Ja"),
                ("planned", "15"),
                ("attended", "12"),
            ];
            cells.into_iter().for_each(|(column, text)| self.set(row, column, text));
        }
    }

    /// Says of a row that its chart was not read.
    pub(crate) fn without_chart(&mut self, row: usize, status: &str) {
        self.set(row, "journal", status);
        for id in ["diet", "depression", "smoking"] {
            self.set(row, id, "");
        }
    }

    /// The text of the form, cells separated by `;`.
    pub(crate) fn text(&self) -> String {
        let rows = std::iter::once(&self.header).chain(&self.rows);
        rows.map(|cells| cells.join(";") + "\r\n").collect()
    }

    /// Saves it as UTF-8.
    pub(crate) fn save(&self, path: &Path) {
        fs::write(path, format!("\u{feff}{}", self.text())).unwrap();
    }

    /// Saves it as older programs do.
    pub(crate) fn save_windows_1252(&self, path: &Path) {
        let text = self.text();
        let (bytes, _, lossy) = encoding_rs::WINDOWS_1252.encode(&text);
        assert!(!lossy);
        fs::write(path, bytes).unwrap();
    }

    /// Saves it as a workbook.
    pub(crate) fn save_workbook(&self, path: &Path) {
        let mut book = rust_xlsxwriter::Workbook::new();
        let sheet = book.add_worksheet();
        for (row, cells) in std::iter::once(&self.header).chain(&self.rows).enumerate() {
            for (column, cell) in cells.iter().enumerate() {
                sheet.write_string(row as u32, column as u16, cell).unwrap();
            }
        }
        book.save(path).unwrap();
    }
}

/// A cell as a spreadsheet shows it.
fn shown(cell: &Data) -> String {
    match cell {
        Data::DateTime(day) => {
            let (year, month, day, ..) = day.to_ymd_hms_milli();
            format!("{day:02}-{month:02}-{year}")
        }
        other => other.to_string(),
    }
}

/// The parts of a workbook, unpacked: names and texts.
pub(crate) fn parts(path: &Path) -> Vec<(String, String)> {
    unpacked(fs::File::open(path).unwrap())
}

/// The parts of a packed file, such as a workbook or a Word document: names and texts.
pub(crate) fn unpacked(file: impl Read + Seek) -> Vec<(String, String)> {
    let mut archive = zip::ZipArchive::new(file).unwrap();
    let count = archive.len();
    let part = |place| {
        let mut part = archive.by_index(place).unwrap();
        let mut text = String::new();
        part.read_to_string(&mut text).unwrap();
        (part.name().unwrap().into_owned(), text)
    };
    (0..count).map(part).collect()
}
