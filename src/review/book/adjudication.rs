//! The workbook of disagreements: both answers, and a cell for the one that is settled on.

use super::definitions::{ReadBy, definitions};
use super::entry_check::{Column, answer_words, status_words};
use super::entry_sheet::entry_tab;
use super::instructions::{heading, numbered, sheet, title_row};
use super::wording::{day_format, lines, page, pick};
use super::{Book, Cell, Check, Colour, ColourRule, EntryFormat, Sheet, SheetRow, Style};
use crate::draw::{Sample, SampledStratum};
use crate::protocol::{Language, Protocol};
use crate::review::{Disagreement, DisagreementSubject, FormStamp, Reading, indicator_header};

/// The headers, Danish and English: study id, subject, the two readings, the settled answer, who settled it and when.
pub const ADJUDICATION_HEADERS: [(&str, &str); 7] = [
    ("studie_id", "study_id"),
    ("emne", "subject"),
    ("foerste_laesning", "first_reading"),
    ("anden_laesning", "second_reading"),
    ("afgoerelse", "settled"),
    ("afgjort_af", "adjudicator"),
    ("dato", "date"),
];

const WIDTHS: [u16; 8] = [12, 20, 36, 26, 26, 22, 14, 13];
/// The column of the settled answer; who settled it and when stand behind it.
const SETTLED: usize = 5;

/// The workbook of some disagreements.
pub fn adjudication_book(
    unsettled: &[Disagreement],
    sample: &Sample,
    protocol: &Protocol,
    language: Language,
    stamp: FormStamp,
) -> Book {
    let name = pick(language, ["Uenigheder mellem to læsninger", "Disagreements between two readings"]);
    let title = format!("{name}: {}", protocol.register_name);
    let sheets = vec![
        instructions(protocol, language, &title),
        entries(unsettled, sample, protocol, language, &title),
        definitions(protocol, language, &title, ReadBy::Adjudicators),
    ];
    Book { title, sheets, stamp, day_format: day_format(language) }
}

/// The subject as the review forms name it: `Diætbehandling [diet]`.
pub fn subject_word(subject: &DisagreementSubject, protocol: &Protocol, language: Language) -> String {
    match protocol.indicator(subject.name()) {
        Some(indicator) => indicator_header(indicator, language),
        None => pick(language, ["Journal [chart]", "Chart [chart]"]).to_owned(),
    }
}

/// The cells of a disagreement that are there already: study id, subject, both readings.
pub fn disagreement_cells(one: &Disagreement, protocol: &Protocol, language: Language) -> [String; 4] {
    let [first, second] = [Reading::First, Reading::Second].map(|reading| one.in_words(reading, language));
    [one.study_id.to_string(), subject_word(&one.subject, protocol, language), first, second]
}

/// The header of the form. The stratum, by the study's own word for it, says whose look-up list the course stands on.
pub fn adjudication_header(protocol: &Protocol, language: Language) -> [String; 8] {
    let [id, subject, first, second, settled, by, day] =
        ADJUDICATION_HEADERS.map(|(danish, english)| pick(language, [danish, english]).to_owned());
    [id, stratum_word(protocol, language).to_owned(), subject, first, second, settled, by, day]
}

/// What stands in a row of the form when it goes out, up to the settled answer.
pub fn adjudication_cells(
    one: &Disagreement,
    sample: &Sample,
    protocol: &Protocol,
    language: Language,
) -> [String; 5] {
    let [id, subject, first, second] = disagreement_cells(one, protocol, language);
    let code = sample.course(one.study_id).map(|course| course.stratum.as_str()).unwrap_or_default();
    let stratum = sample.strata.iter().find(|stratum| stratum.code == code);
    [id, stratum.map_or_else(|| code.to_owned(), SampledStratum::label), subject, first, second]
}

fn stratum_word(protocol: &Protocol, language: Language) -> &str {
    pick(language, [&protocol.strata.name.da, &protocol.strata.name.en])
}

fn instructions(protocol: &Protocol, language: Language, title: &str) -> Sheet {
    let mut rows = vec![title_row(title), heading(pick(language, ["Sådan gør du", "What to do"]))];
    let mut steps = pick(language, STEPS).map(str::to_owned).to_vec();
    let stratum = stratum_word(protocol, language);
    let look_up = pick(
        language,
        [
            format!(
                "Opslagslisterne viser, hvilken person et studie-id står for; kolonnen {stratum} siger, hvilken liste det står på."
            ),
            format!(
                "The look-up lists say which person a study id is; the column {stratum} says on which list it stands."
            ),
        ],
    );
    steps.insert(1, look_up);
    rows.extend(numbered(&steps));
    sheet(language, title, rows)
}

const STEPS: [[&str; 5]; 2] = [
    [
        "Arket »Skema« har én række for hver uenighed. Gå tilbage til journalen; ingen af de to svar er på forhånd det rigtige.",
        "Vælg det rigtige svar i kolonnen afgoerelse. Det må gerne være et tredje.",
        "Skriv initialerne på den, der har afgjort uenigheden, i afgjort_af, og dagen i dato. Afgørelsen træffes helst af en anden end de to læsere.",
        "En række uden afgørelse venter til senere.",
        "Arket »Definitioner« afgør, hvad der skal svares.",
    ],
    [
        "The sheet “Form” has one row for each disagreement. Go back to the chart; neither of the two answers is right beforehand.",
        "Choose the right answer in the column settled. It may be a third one.",
        "Write the initials of who settled it into adjudicator, and the day into date. It had better be neither of the two readers.",
        "A row without a settled answer waits for later.",
        "The sheet “Definitions” decides what is to be answered.",
    ],
];

fn entries(
    unsettled: &[Disagreement],
    sample: &Sample,
    protocol: &Protocol,
    language: Language,
    title: &str,
) -> Sheet {
    let styled = |(column, header): (usize, String)| {
        let style = if column < SETTLED { Style::Header } else { Style::EntryHeader };
        Cell::Text(header, style)
    };
    let headers = adjudication_header(protocol, language);
    let header = SheetRow { lines: 1, cells: headers.into_iter().enumerate().map(styled).collect() };
    let row = |one: &Disagreement| {
        let [id, rest @ ..] = adjudication_cells(one, sample, protocol, language);
        let height = rest.iter().zip(&WIDTHS[1..]).map(|(text, width)| lines(text, *width)).max();
        let known = rest.map(|text| Cell::Text(text, Style::Body));
        let open = [EntryFormat::General, EntryFormat::Text, EntryFormat::Day].map(Cell::Entry);
        let cells = std::iter::once(Cell::Text(id, Style::Key)).chain(known).chain(open);
        SheetRow { lines: height.unwrap_or(1), cells: cells.collect() }
    };
    Sheet {
        name: entry_tab(language).to_owned(),
        widths: WIDTHS.to_vec(),
        rows: std::iter::once(header).chain(unsettled.iter().map(row)).collect(),
        table: Some(0),
        checks: checks(unsettled, language),
        colours: colours(unsettled.len()),
        is_protected: true,
        page: page(language, true, title, pick(language, ["Afgørelser", "Settled answers"])),
    }
}

/// The list of an answer depends on its subject: rows with the same list stand together or not.
fn checks(unsettled: &[Disagreement], language: Language) -> Vec<Check> {
    let [.., settled, by, day] =
        ADJUDICATION_HEADERS.map(|(danish, english)| pick(language, [danish, english]));
    let of = |column: usize, rows| {
        let name = [settled, by, day][column - SETTLED];
        Column { language, column, rows, name }
    };
    let mut checks = Vec::new();
    let mut start = 0;
    for run in unsettled.chunk_by(|one, next| is_chart(one) == is_chart(next)) {
        let rows = 1 + start..1 + start + run.len();
        start += run.len();
        let words = if is_chart(&run[0]) { status_words(language) } else { answer_words(language) };
        let hint = pick(language, ["Det svar, som journalen giver.", "The answer that the chart gives."]);
        checks.push(of(SETTLED, rows).words(words, hint));
    }
    let all = 1..1 + unsettled.len();
    let by = pick(language, ["Initialer på den, der har afgjort uenigheden.", "Initials of who settled it."]);
    let day = pick(language, ["Den dag, uenigheden blev afgjort.", "The day it was settled."]);
    checks.extend([of(SETTLED + 1, all.clone()).person(by), of(SETTLED + 2, all).day(day)]);
    checks
}

fn is_chart(one: &Disagreement) -> bool {
    one.subject == DisagreementSubject::Chart
}

fn colours(count: usize) -> Vec<ColourRule> {
    let rule = |columns, formula: &str, colour| ColourRule {
        columns,
        rows: 1..1 + count,
        formula: formula.to_owned(),
        colour,
    };
    vec![
        rule(0..8, "COUNTBLANK($F2:$H2)=0", Colour::Complete),
        rule(0..1, "COUNTA($F2:$H2)>0", Colour::Open),
        rule(SETTLED..8, "AND(COUNTA($F2:$H2)>0,F2=\"\")", Colour::Open),
    ]
}
