//! A review workbook: instructions, the entry sheet, definitions.

use super::asked::RowFormulas;
use super::definitions::{ReadBy, definitions};
use super::entry_check::{Column, entry_format};
use super::entry_colours::Colours;
use super::instructions::review_instructions;
use super::must::Must;
use super::wording::{day_format, lines, name, page, pick};
use super::{Book, Cell, Check, EntryFormat, Sheet, SheetRow, Style};
use crate::draw::SampledCourse;
use crate::protocol::{Language, Protocol};
use crate::review::entry::in_force;
use crate::review::form::{Asked, asked};
use crate::review::{FormStamp, Question, Reading, form_header, questions};

/// The first question stands behind study id, status, reviewer and date.
const FIRST_QUESTION: usize = 4;
/// How wide the columns around the questions are.
const WIDTHS: [u16; 4] = [12, 16, 13, 13];
const COMMENT_WIDTH: u16 = 40;
/// A header may take so many lines before its column becomes wider.
const HEADER_LINES: u16 = 4;

/// The workbook of some courses of a stratum for one of the readings, in the order in which they are given. `place` is the stratum as people call it.
pub fn review_book(
    protocol: &Protocol,
    language: Language,
    reading: Reading,
    place: &str,
    courses: &[&SampledCourse],
    stamp: FormStamp,
) -> Book {
    let title = format!("{} – {place}", protocol.register_name);
    let sheets = vec![
        review_instructions(protocol, language, reading, place),
        EntrySheet { protocol, language, reading, courses, questions: questions(protocol) }.sheet(&title),
        definitions(protocol, language, &title, ReadBy::Reviewers),
    ];
    Book { title, sheets, stamp, day_format: day_format(language) }
}

/// The name on the tab of the entry sheet.
pub(super) fn entry_tab(language: Language) -> &'static str {
    pick(language, ["Skema", "Form"])
}

struct EntrySheet<'s> {
    protocol: &'s Protocol,
    language: Language,
    reading: Reading,
    courses: &'s [&'s SampledCourse],
    questions: Vec<Question<'s>>,
}

impl EntrySheet<'_> {
    fn sheet(&self, title: &str) -> Sheet {
        let header = form_header(self.protocol, self.language, self.reading);
        let widths = self.widths(&header);
        let rows = self.rows(&header, &widths);
        Sheet {
            name: entry_tab(self.language).to_owned(),
            checks: self.checks(&header),
            colours: self.colours(),
            widths,
            rows,
            table: Some(0),
            is_protected: true,
            page: page(self.language, true, title, self.reading_told()),
        }
    }

    fn reading_told(&self) -> &'static str {
        match self.reading {
            Reading::First => pick(self.language, ["Journalgennemgang", "Review of charts"]),
            Reading::Second => pick(self.language, ["Anden læsning", "Second reading"]),
        }
    }

    fn widths(&self, header: &[String]) -> Vec<u16> {
        let questions = self.questions.iter().map(|question| entry_format(question, self.language).1);
        let wanted = WIDTHS.into_iter().chain(questions).chain([COMMENT_WIDTH]);
        wanted.zip(header).map(|(wanted, header)| wide_enough(header, wanted)).collect()
    }

    fn rows(&self, header: &[String], widths: &[u16]) -> Vec<SheetRow> {
        let style = |column: usize| if column == 0 { Style::Header } else { Style::EntryHeader };
        let cells = header.iter().enumerate().map(|(column, text)| Cell::Text(text.clone(), style(column)));
        let height = header.iter().zip(widths).map(|(text, width)| lines(text, *width)).max();
        let head = SheetRow { lines: height.unwrap_or(1), cells: cells.collect() };
        let entries = self.entries();
        let row = |course: &&SampledCourse| {
            let id = Cell::Text(course.study_id.to_string(), Style::Key);
            SheetRow { lines: 0, cells: std::iter::once(id).chain(entries.iter().cloned()).collect() }
        };
        std::iter::once(head).chain(self.courses.iter().map(row)).collect()
    }

    /// The empty cells of a row.
    fn entries(&self) -> Vec<Cell> {
        let own = [EntryFormat::General, EntryFormat::Text, EntryFormat::Day];
        let questions = self.questions.iter().map(|question| entry_format(question, self.language).0);
        own.into_iter().chain(questions).chain([EntryFormat::Text]).map(Cell::Entry).collect()
    }

    fn checks(&self, header: &[String]) -> Vec<Check> {
        let language = self.language;
        let of = |column, name| Column { language, column, rows: 1..1 + self.courses.len(), name };
        let own = |column: usize| of(column, &header[column]);
        let reader =
            pick(language, ["Initialer på den, der har læst journalen.", "Initials of who read the chart."]);
        let day = pick(language, ["Den dag, journalen blev læst.", "The day the chart was read."]);
        let questions = (FIRST_QUESTION..).zip(&self.questions);
        let must = Must { items: &self.protocol.items, formulas: self.formulas() };
        let asked = questions
            .map(|(column, one)| must.fitting(of(column, name(language, one.name())).question(one), one));
        let before = [own(1).status(), own(2).person(reader), own(3).day(day)];
        before.into_iter().chain(asked).chain([own(header.len() - 1).comment()]).collect()
    }

    fn colours(&self) -> Vec<super::ColourRule> {
        let required: Vec<bool> = self.questions.iter().map(|question| self.is_required(*question)).collect();
        let rows = 1..1 + self.courses.len();
        Colours { formulas: self.formulas(), required: &required, rows }.rules()
    }

    fn formulas(&self) -> RowFormulas<'_> {
        let language = self.language;
        RowFormulas { language, questions: &self.questions, first_column: FIRST_QUESTION, row: 2 }
    }

    /// Whether every course on the form needs an answer, where it is asked for at all: an indicator may be in force for some of them only.
    fn is_required(&self, question: Question<'_>) -> bool {
        let in_force_for_all = |id: &String| self.courses.iter().all(|course| in_force(course, id));
        match asked(question, self.protocol) {
            Asked::Indicator(id) => in_force_for_all(&id),
            Asked::Item(item, served) => {
                item.required && (served.is_empty() || served.iter().any(in_force_for_all))
            }
        }
    }
}

/// As wide as its answers need, or wider where a word of the header does not fit or the header would become a tower.
fn wide_enough(header: &str, wanted: u16) -> u16 {
    let longest = header.split(' ').map(|word| word.chars().count()).max().unwrap_or(0) as u16;
    // Room for the bold letters and for the arrow of the filter.
    let least = wanted.max((longest + 3).min(40));
    (least..40).find(|width| lines(header, *width) <= HEADER_LINES).unwrap_or(40)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_column_is_as_wide_as_its_answers_and_the_words_of_its_header() {
        assert_eq!(wide_enough("dato", 13), 13);
        assert_eq!(wide_enough("Hjerterehabiliteringsplan [a]", 10), 28);
        assert!(
            wide_enough("i løbet af de første tolv uger efter at forløbet er begyndt hos os [a]", 10) > 16
        );
    }
}
