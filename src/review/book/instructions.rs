//! The first sheet: what a reviewer must know before the first chart, and what the colours say.

use super::entry_sheet::entry_tab;
use super::wording::{lines, page, pick, roomy, untold_or};
use super::{Cell, Colour, Sheet, SheetRow, Style};
use crate::protocol::{ItemKind, Language, Protocol};
use crate::review::{Answer, ChartStatus, Question, Reading, questions};

const WIDTHS: [u16; 2] = [5, 92];

/// The instructions of a review workbook.
pub(super) fn review_instructions(
    protocol: &Protocol,
    language: Language,
    reading: Reading,
    place: &str,
) -> Sheet {
    let title = pick(language, ["Journalgennemgang", "Review of charts"]);
    let about = format!("{} – {place}", protocol.register_name);
    let mut rows = vec![title_row(&format!("{title}: {about}"))];
    if reading == Reading::Second {
        rows.push(warning(pick(
            language,
            [
                "Anden, uafhængig læsning: læs journalen uden at kende svarene fra første læsning.",
                "Second, independent reading: read the chart without knowing the first answers.",
            ],
        )));
    }
    rows.push(heading(pick(language, ["Sådan gør du", "What to do"])));
    rows.extend(numbered(&steps(protocol, language)));
    rows.push(heading(pick(language, ["Farverne", "The colours"])));
    rows.extend(legend(language));
    rows.push(heading(pick(
        language,
        ["Arket er låst uden adgangskode", "The sheet is locked without a password"],
    )));
    rows.push(plain(pick(language, LOCKED)));
    sheet(language, &about, rows)
}

/// A sheet of instructions.
pub(super) fn sheet(language: Language, about: &str, rows: Vec<SheetRow>) -> Sheet {
    let tab = pick(language, ["Vejledning", "Instructions"]);
    Sheet {
        name: tab.to_owned(),
        widths: WIDTHS.to_vec(),
        rows,
        table: None,
        checks: Vec::new(),
        colours: Vec::new(),
        is_protected: true,
        page: page(language, false, about, tab),
    }
}

const LOCKED: [&str; 2] = [
    "Kun svarene kan ændres. Skemaet kan filtreres, og kolonner kan gøres bredere, men det kan ikke sorteres, for så kunne svarene havne ud for et andet forløb.",
    "Only answers can be changed. The form can be filtered and its columns made wider, but it cannot be sorted: answers could end up beside another course.",
];

fn steps(protocol: &Protocol, language: Language) -> Vec<String> {
    let tab = entry_tab(language);
    let statuses = ChartStatus::ALL.map(|status| status.explained(language)).join(", ");
    let answers = Answer::ALL.map(|answer| answer.word(language)).join(", ");
    let mut steps = match language {
        Language::Da => danish(tab, &statuses, &answers),
        Language::En => english(tab, &statuses, &answers),
    };
    let is_written = |question: &Question<'_>| matches!(question, Question::Item(item) if !matches!(item.kind, ItemKind::YesNo | ItemKind::Choice(_)));
    if questions(protocol).iter().any(is_written) {
        let written = pick(
            language,
            [
                "Tal og datoer skrives direkte i cellen; kan der ikke svares, skrives ",
                "Numbers and dates are written into the cell; otherwise ",
            ],
        );
        steps.insert(5, format!("{written}{}.", untold_or(language)));
    }
    steps
}

fn danish(tab: &str, statuses: &str, answers: &str) -> Vec<String> {
    vec![
        format!("Arket »{tab}« har én række for hvert forløb. Rækkefølgen er tilfældig; tag forløbene oppefra."),
        "Find journalen ved hjælp af opslagslisten; studie-id'et er det samme begge steder. Skriv aldrig navne eller CPR-numre i skemaet.".to_owned(),
        format!("journal: {statuses}. Spørgsmålene besvares kun, hvis journalen er fundet."),
        "initialer: på den, der har læst journalen. dato: den dag, journalen blev læst, fx 05-03-2026.".to_owned(),
        format!("Svar: vælg fra cellens liste. {answers}. Ikke relevant: spørgsmålet gælder ikke patienten. Ikke dokumenteret: journalen siger intet om det."),
        "En tom celle betyder, at forløbet ikke er gennemgået endnu, aldrig nej. En påbegyndt række skal udfyldes helt.".to_owned(),
        "Arket »Definitioner« afgør, hvad der skal svares. Er du i tvivl, så skriv det som kommentar uden navne.".to_owned(),
        "Gem skemaet som Excel-fil, og send det tilbage ad en sikker vej. Filen må gerne omdøbes, men slet ingen ark eller kolonner.".to_owned(),
    ]
}

fn english(tab: &str, statuses: &str, answers: &str) -> Vec<String> {
    vec![
        format!("The sheet “{tab}” has one row for each course. Their order is random; take them from the top."),
        "Find the chart with the look-up list: the study id is the same. Never write names or numbers of persons into the form.".to_owned(),
        format!("chart: {statuses}. Only a chart that was found has answers."),
        "reviewer: the initials of who read the chart. date: the day it was read, such as 2026-03-05.".to_owned(),
        format!("Answers: choose from the list of the cell. {answers}. Not relevant: the question does not apply to the patient. Not documented: the chart says nothing about it."),
        "An empty cell means not reviewed yet, never no. A row that is begun must be completed.".to_owned(),
        "The sheet “Definitions” decides what is to be answered. When in doubt, say so in the comment, without names.".to_owned(),
        "Save it as an Excel file, and return it by a secure way. It may be renamed; delete no sheet and no column.".to_owned(),
    ]
}

fn legend(language: Language) -> Vec<SheetRow> {
    let colours = [
        (
            Colour::Open,
            ["Påbegyndt række: her mangler et svar.", "A row is begun: an answer is missing here."],
        ),
        (Colour::NotAsked, ["Skal ikke besvares i denne række.", "Needs no answer in this row."]),
        (Colour::Complete, ["Rækken er udfyldt.", "The row is complete."]),
        (
            Colour::Wrong,
            [
                "Svaret kan ikke stå her: se »Svar« og »Hvornår der spørges« på arket »Definitioner«, og hvad der kræves.",
                "This cannot be the answer: see “Answers” and “When it is asked” on the sheet “Definitions”, and what is required.",
            ],
        ),
    ];
    let row = |(colour, words): (Colour, [&str; 2])| SheetRow {
        lines: lines(pick(language, words), roomy(WIDTHS[1])),
        cells: vec![
            Cell::Blank(Style::Patch(colour)),
            Cell::Text(pick(language, words).to_owned(), Style::Plain),
        ],
    };
    colours.into_iter().map(row).collect()
}

/// Steps with their numbers.
pub(super) fn numbered(steps: &[String]) -> Vec<SheetRow> {
    let row = |(number, text): (usize, &String)| SheetRow {
        lines: lines(text, roomy(WIDTHS[1])),
        cells: vec![Cell::Text(format!("{number}."), Style::Plain), Cell::Text(text.clone(), Style::Plain)],
    };
    (1..).zip(steps).map(row).collect()
}

/// The title, which runs over both columns.
pub(super) fn title_row(title: &str) -> SheetRow {
    SheetRow { lines: 2, cells: vec![Cell::Text(title.to_owned(), Style::Title)] }
}

pub(super) fn heading(text: &str) -> SheetRow {
    SheetRow { lines: 2, cells: vec![Cell::Text(text.to_owned(), Style::Heading)] }
}

pub(super) fn warning(text: &str) -> SheetRow {
    let cells = vec![Cell::Text(text.to_owned(), Style::Warning), Cell::Blank(Style::Warning)];
    SheetRow { lines: 1, cells }
}

fn plain(text: &str) -> SheetRow {
    let cells = vec![Cell::Blank(Style::Plain), Cell::Text(text.to_owned(), Style::Plain)];
    SheetRow { lines: lines(text, roomy(WIDTHS[1])), cells }
}
