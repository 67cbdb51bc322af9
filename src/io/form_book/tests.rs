use std::io::Read as _;

use super::*;
use crate::draw::{SampledCourse, StudyId};
use crate::io::FormFile;
use crate::protocol::preset::Preset;
use crate::protocol::{Language, Protocol};
use crate::review::{FormKind, FormStamp, Reading, form_header, is_id_header, review_book};

const ITEMS: &str = r#"
[item.reason]
name = { da = "Årsag til frafald", en = "Reason" }
definition = "…"
kind = "choice"
choices = { moved = "Flyttet, eller på vej væk", dead = "Død & begravet", other = "<andet>" }

[item.told]
name = { da = "Oplyst af", en = "Told by" }
definition = "…"
kind = "choice"
choices = { patient = "\"Selv\"", relative = "Pårørende" }

[item.visits]
name = { da = "Besøg", en = "Visits" }
definition = "…"
kind = "whole"
min = 0
max = 99
"#;

fn protocol() -> Protocol {
    Protocol::read(&(Preset::Hjertekommidt.text().to_owned() + ITEMS), "study.toml").unwrap()
}

fn course(number: u32) -> SampledCourse {
    SampledCourse {
        study_id: StudyId::new(number),
        person: StudyId::new(number),
        stratum: "751".to_owned(),
        rank: u64::from(number),
        second_reviewer: false,
        age: None,
        sex: None,
        period: None,
        register: Default::default(),
    }
}

fn stamp() -> FormStamp {
    let [study, draw, codebook] = ["s", "d", "c"].map(str::to_owned);
    FormStamp {
        kind: FormKind::Review(Reading::First),
        stratum: Some("751".to_owned()),
        study,
        draw,
        codebook,
    }
}

fn book(protocol: &Protocol, courses: &[SampledCourse]) -> Book {
    let courses: Vec<&SampledCourse> = courses.iter().collect();
    review_book(protocol, Language::Da, Reading::First, "751 Aarhus & Co", &courses, stamp())
}

fn part(bytes: &[u8], name: &str) -> String {
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    let mut text = String::new();
    archive.by_name(name).unwrap().read_to_string(&mut text).unwrap();
    text
}

#[test]
fn the_second_book_of_a_process_has_the_bytes_of_the_first() {
    let protocol = protocol();
    let courses: Vec<SampledCourse> = (1..40).map(course).collect();
    let first = book_bytes(&book(&protocol, &courses)).unwrap();
    assert!(book_bytes(&book(&protocol, &courses)).unwrap() == first);
    assert!(book_bytes(&book(&protocol, &courses[1..])).unwrap() != first);
}

#[test]
fn what_goes_out_is_read_back_with_its_header_its_ids_and_its_stamp() {
    let protocol = protocol();
    let courses: Vec<SampledCourse> = [7, 3, 9].map(course).to_vec();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("form.xlsx");
    std::fs::write(&path, book_bytes(&book(&protocol, &courses)).unwrap()).unwrap();
    let file = FormFile::open(&path, is_id_header, Language::En).unwrap();
    assert_eq!(file.table.header, form_header(&protocol, Language::Da, Reading::First));
    assert_eq!((file.table.header_row, file.table.sheet.as_deref()), (1, Some("Skema")));
    let ids: Vec<&str> = file.rows.iter().map(|row| row.cell(0).trimmed()).collect();
    assert_eq!(ids, [7, 3, 9].map(|number| StudyId::new(number).to_string()));
    assert!(
        file.rows.iter().all(|row| (1..row.cells.len()).all(|column| row.cell(column).trimmed().is_empty()))
    );
    assert_eq!((file.stamp, file.notices.len()), (Some(stamp()), 0));
}

#[test]
fn no_row_is_higher_than_a_spreadsheet_takes() {
    let mut book = book(&protocol(), &[course(1)]);
    let text = "Hver linje for sig.\n".repeat(200);
    book.sheets[0].rows.push(SheetRow { lines: 200, cells: vec![Cell::Text(text, Style::Plain)] });
    let sheet = part(&book_bytes(&book).unwrap(), "xl/worksheets/sheet1.xml");
    let heights = sheet.split(" ht=\"").skip(1).map(|rest| rest.split('"').next().unwrap());
    let highest = heights.map(|height| height.parse::<f64>().unwrap()).fold(0.0, f64::max);
    // Heights are whole pixels, 4/3 of a point.
    assert!(
        (408.0..=409.0).contains(&highest),
        "Excel calls a workbook with a higher one damaged: {highest}"
    );
}

#[test]
fn a_list_with_commas_stands_on_a_hidden_sheet_and_short_ones_in_the_cell() {
    let bytes = book_bytes(&book(&protocol(), &[course(1)])).unwrap();
    let (workbook, entry) = (part(&bytes, "xl/workbook.xml"), part(&bytes, "xl/worksheets/sheet2.xml"));
    assert!(workbook.contains("name=\"_lists\" sheetId=\"4\" state=\"veryHidden\""), "{workbook}");
    for list in ["$A$1:$A$5", "$B$1:$B$4"] {
        assert!(entry.contains(&format!("<formula1>_lists!{list}</formula1>")), "{entry}");
    }
    assert!(entry.contains("<formula1>\"Fundet,Ikke fundet,Ingen adgang,Forkert person\"</formula1>"));
    let number = "IF(ISNUMBER(R2),AND(R2&gt;=0,R2&lt;=99,R2=INT(R2)),OR(R2=\"Ikke relevant\",R2=\"IR\",R2=\"Ikke dokumenteret\",R2=\"ID\"))";
    assert!(entry.contains(number), "{entry}");
    let texts = part(&bytes, "xl/sharedStrings.xml");
    assert!(texts.contains("Flyttet, eller på vej væk") && texts.contains("Død &amp; begravet"));
    assert!(entry.contains("&amp;LHjerteKomMidt – 751 Aarhus &amp;&amp; Co&amp;R"), "{entry}");
}

#[test]
fn a_form_of_two_hundred_items_has_notes_that_fit_and_formulas_that_programs_read() {
    let item = |number: u32| {
        let ask = if number.is_multiple_of(2) {
            "ask_if = { equals = { item = \"visits\", value = 3 } }\n"
        } else {
            ""
        };
        let long = "et langt og omhyggeligt formuleret spørgsmål om æbler og ål ".repeat(8);
        format!(
            "\n[item.i{number}]\nname = \"Spørgsmål {number} {long}\"\ndefinition = \"{long}\"\nkind = \"yes_no\"\n{ask}"
        )
    };
    let text = Preset::Hjertekommidt.text().to_owned() + ITEMS + &(1..=200).map(item).collect::<String>();
    let protocol = Protocol::read(&text, "study.toml").unwrap();
    let book = book(&protocol, &[course(1), course(2)]);
    let longest = book.sheets[1].colours.iter().map(|rule| rule.formula.len()).max();
    assert!(longest.is_some_and(|longest| (1000..=8000).contains(&longest)), "{longest:?}");
    // The writer refuses notes that a spreadsheet would refuse.
    let bytes = book_bytes(&book).unwrap();
    assert_eq!(
        part(&bytes, "xl/worksheets/sheet2.xml").matches("<dataValidation ").count(),
        3 + 2 + 9 + 203 + 1
    );
}
