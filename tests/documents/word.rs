//! What Word asks of a file: the order of the schema of ECMA-376, a paragraph at the end of every cell, a header that repeats.

use std::fs;

use super::study;
use crate::review_forms::parts;
use crate::small_study::SmallStudy;

/// In which order the schema has the children of an element, as far as a table needs them.
const ORDER: [(&str, &[&str]); 8] = [
    ("w:tbl", &["w:tblPr", "w:tblGrid", "w:tr"]),
    (
        "w:tblPr",
        &[
            "w:tblStyle",
            "w:tblW",
            "w:jc",
            "w:tblInd",
            "w:tblBorders",
            "w:tblLayout",
            "w:tblCellMar",
            "w:tblLook",
        ],
    ),
    ("w:tr", &["w:trPr", "w:tc"]),
    (
        "w:tcPr",
        &["w:tcW", "w:gridSpan", "w:vMerge", "w:tcBorders", "w:shd", "w:noWrap", "w:tcMar", "w:vAlign"],
    ),
    ("w:tcBorders", &["w:top", "w:left", "w:bottom", "w:right"]),
    (
        "w:pPr",
        &[
            "w:pStyle",
            "w:keepNext",
            "w:keepLines",
            "w:tabs",
            "w:spacing",
            "w:ind",
            "w:jc",
            "w:rPr",
            "w:sectPr",
        ],
    ),
    (
        "w:sectPr",
        &["w:headerReference", "w:footerReference", "w:type", "w:pgSz", "w:pgMar", "w:cols", "w:titlePg"],
    ),
    ("w:rPr", &["w:rFonts", "w:b", "w:bCs", "w:i", "w:sz", "w:szCs", "w:lang"]),
];

fn part(study: &SmallStudy, name: &str) -> String {
    let parts = parts(&study.path("results/tables.docx"));
    parts.into_iter().find(|(part, _)| part == name).unwrap().1
}

/// Every element with its children, in order; and whether the text is well formed.
fn elements(xml: &str) -> Vec<(String, Vec<String>)> {
    let (mut open, mut closed): (Vec<(String, Vec<String>)>, Vec<_>) = (Vec::new(), Vec::new());
    for tag in xml.split('<').skip(1).map(|rest| rest.split('>').next().unwrap()) {
        let name = tag.trim_start_matches('/').split([' ', '/']).next().unwrap().to_owned();
        if tag.starts_with('?') {
            continue;
        }
        if tag.starts_with('/') {
            let (opened, children) = open.pop().unwrap();
            assert_eq!(opened, name);
            closed.push((opened, children));
        } else {
            if let Some((_, children)) = open.last_mut() {
                children.push(name.clone());
            }
            match tag.ends_with('/') {
                true => closed.push((name, Vec::new())),
                false => open.push((name, Vec::new())),
            }
        }
    }
    assert!(open.is_empty(), "{open:?}");
    closed
}

#[test]
fn elements_stand_in_the_order_of_the_schema() {
    let study = study("en");
    let mut checked = 0;
    for (name, xml) in parts(&study.path("results/tables.docx")) {
        for (element, children) in elements(&xml) {
            let Some((_, order)) = ORDER.iter().find(|(known, _)| *known == element) else { continue };
            let place = |child: &String| {
                order
                    .iter()
                    .position(|known| known == child)
                    .unwrap_or_else(|| panic!("{child} in {element}"))
            };
            assert!(children.iter().map(place).is_sorted(), "{name}: {element} {children:?}");
            checked += 1;
        }
    }
    assert!(checked > 1000, "{checked}");
}

#[test]
fn every_cell_ends_with_a_paragraph_and_every_row_has_all_cells() {
    let elements = elements(&part(&study("en"), "word/document.xml"));
    let cells: Vec<_> = elements.iter().filter(|(name, _)| name == "w:tc").collect();
    assert!(cells.len() > 300 && cells.iter().all(|(_, children)| *children == ["w:tcPr", "w:p"]));
    let count = |children: &[String], wanted: &str| children.iter().filter(|child| *child == wanted).count();
    let mut rows = Vec::new();
    let mut columns = 0;
    for (name, children) in &elements {
        match name.as_str() {
            "w:tblGrid" => columns = count(children, "w:gridCol"),
            "w:tr" => rows.push(count(children, "w:tc")),
            "w:tbl" => {
                assert!(rows.iter().all(|row| *row == columns) && rows.len() > 1, "{rows:?}");
                rows.clear();
            }
            _ => {}
        }
    }
}

#[test]
fn the_header_of_every_table_repeats_and_no_row_is_split() {
    let xml = part(&study("en"), "word/document.xml");
    let tables: Vec<&str> = xml.split("<w:tbl>").skip(1).collect();
    assert!(tables.len() >= 9, "{}", tables.len());
    for table in tables {
        let table = table.split("</w:tbl>").next().unwrap();
        let rows: Vec<&str> = table.split("<w:tr>").skip(1).collect();
        for (place, row) in rows.iter().enumerate() {
            assert_eq!(row.contains("<w:tblHeader/>"), place == 0, "{row}");
            assert!(row.contains("<w:cantSplit/>"), "{row}");
        }
        assert!(!table.contains("<w:insideV") && !table.contains("<w:left w:val"), "no vertical rules");
    }
}

#[test]
fn each_table_of_the_text_is_in_the_document_with_its_number_and_notes() {
    let study = study("en");
    let xml = part(&study, "word/document.xml");
    let text = fs::read_to_string(study.path("results/tables.md")).unwrap();
    let titles: Vec<&str> =
        text.lines().filter_map(|line| line.strip_prefix("**Table ")?.strip_suffix("**")).collect();
    assert!(titles.len() >= 9);
    for (place, title) in titles.iter().enumerate() {
        let (number, title) = title.split_once(". ").unwrap();
        assert_eq!(number, (place + 1).to_string());
        let caption = format!(
            "SEQ Table \\* ARABIC \"><w:r><w:t xml:space=\"preserve\">{}</w:t></w:r></w:fldSimple>\
             <w:r><w:t xml:space=\"preserve\">. {}</w:t>",
            place + 1,
            title.replace('&', "&amp;").replace('\'', "&#39;")
        );
        assert!(xml.contains(&caption), "{caption}");
    }
    let captions = xml.matches("<w:pStyle w:val=\"Caption\"/>").count();
    assert_eq!((captions, xml.matches("<w:tbl>").count()), (titles.len(), titles.len()));
    assert!(xml.contains(">#<") && xml.contains("#: hidden, because a cell of 1 to 2 persons"));
    assert!(!xml.contains("\\#"));
    assert!(xml.contains("w:orient=\"landscape\"") && xml.contains("<w:pgSz w:w=\"11906\" w:h=\"16838\"/>"));
}

#[test]
fn danish_documents_are_danish() {
    let study = study("da");
    let xml = part(&study, "word/document.xml");
    assert!(xml.contains("SEQ Tabel") && xml.contains("Nøjagtigheden af The register"));
    assert!(part(&study, "word/styles.xml").contains("w:lang w:val=\"da-DK\""));
    assert!(part(&study, "docProps/core.xml").contains("<dc:language>da-DK</dc:language>"));
    assert!(part(&study, "word/footer1.xml").contains("Side "));
    let head = part(&study, "word/header1.xml");
    assert!(
        head.contains("FORELØBIGE RESULTATER. ") && head.contains("Validity of an invented register"),
        "{head}"
    );
    let digest = fs::read_to_string(study.path("results/manifest.json")).unwrap();
    let digest = digest.split("\"data_digest\": \"").nth(1).unwrap()[..16].to_owned();
    assert!(head.contains(&format!("Data {digest}.")), "{head}");
    let book: String = parts(&study.path("results/tables.xlsx")).into_iter().map(|(_, text)| text).collect();
    let tex = fs::read_to_string(study.path("results/tables.tex")).unwrap();
    for text in [&book, &tex] {
        assert!(
            text.contains("FORELØBIGE RESULTATER. ") && text.contains(&digest) && text.contains("uvægtet")
        );
    }
    assert!(tex.contains("\\renewcommand{\\tablename}{Tabel}"));
}
