//! What the parts of `tables.xlsx` keep beside the cells: nothing.

use hjertekommidt::io::TablesDocument;

use super::book::{Book, part_of, values};
use super::tags::{tags, texts};

const STRINGS: &str = "xl/sharedStrings.xml";
/// The elements of a workbook and its sheets. None of them is a formula, a comment, or a rule for what may be entered.
const ELEMENTS: &str = "?xml worksheet sheetPr pageSetUpPr dimension sheetViews sheetView pane selection sheetFormatPr cols col \
                        sheetData row c v autoFilter mergeCells mergeCell ignoredErrors ignoredError pageMargins pageSetup \
                        headerFooter oddHeader oddFooter workbook fileVersion workbookPr bookViews workbookView sheets sheet \
                        definedNames definedName calcPr";
/// What every workbook says of itself, beside the names of its sheets and how many there are.
const OF_EVERY_BOOK: [&str; 6] = ["Microsoft Excel", "0", "false", "Worksheets", "Named Ranges", "12.0000"];

/// No string that no cell has, no element that keeps more than a cell, nothing hidden, and no property but the title and the line of
/// every page.
pub(super) fn assert_no_more_in(book: &Book, bare: &Book, around: &TablesDocument<'_>) {
    let sheets: Vec<String> = (0..book.sheets.len()).map(part_of).collect();
    let own: Vec<&String> = book.parts.keys().filter(|name| !sheets.contains(*name)).collect();
    let mut known: Vec<&str> = bare.parts.keys().map(String::as_str).collect();
    known.retain(|name| *name != part_of(0));
    assert!(own.iter().all(|name| known.contains(&name.as_str()) || *name == STRINGS), "{own:?}");
    for same in ["docProps/core.xml", "xl/theme/theme1.xml", "_rels/.rels"] {
        assert_eq!(book.parts[same], bare.parts[same], "{same}");
    }
    assert_every_string_is_in_a_cell(book, &sheets);
    for part in sheets.iter().map(String::as_str).chain(["xl/workbook.xml"]) {
        for tag in tags(&book.parts[part]) {
            let element = tag.name.trim_start_matches('/');
            assert!(ELEMENTS.split(' ').any(|known| known == element), "{element} in {part}");
            // The range of a filter has a name that no menu shows.
            let is_hidden = tag.value("hidden").is_some() && element != "definedName";
            assert!(
                !is_hidden && tag.value("state").is_none_or(|state| state == "frozen"),
                "{part}: {element}"
            );
        }
    }
    sheets.iter().for_each(|part| assert_pages(&book.parts[part], around));
    assert_names(book);
    // A number shows all its digits: a form of its own could show others, or words.
    let forms = tags(&book.parts["xl/styles.xml"]);
    assert!(forms.iter().filter_map(|tag| tag.value("formatCode")).all(|form| form == "#,##0"));
}

fn assert_every_string_is_in_a_cell(book: &Book, sheets: &[String]) {
    let strings = tags(&book.parts[STRINGS]).iter().filter(|tag| tag.name == "si").count();
    let values = sheets.iter().flat_map(|part| values(&book.parts[part]));
    let mut used: Vec<usize> =
        values.filter(|(is_string, _)| *is_string).map(|(_, place)| place.parse().unwrap()).collect();
    used.sort_unstable();
    used.dedup();
    assert!(used.into_iter().eq(0..strings), "{STRINGS} keeps what no cell has");
    assert_eq!(texts(&book.parts[STRINGS]).len(), strings, "one piece a string");
}

/// The head and the foot of the pages are all the words of a sheet that stand in no cell.
fn assert_pages(sheet: &str, around: &TablesDocument<'_>) {
    let [page, of] = around.style.says([["Side", "af"], ["Page", "of"]]);
    let foot = format!("&L&8&A&R&8{page} &P {of} &N");
    for tag in tags(sheet).into_iter().filter(|tag| tag.name != "v" && !tag.text.trim().is_empty()) {
        match (tag.name, tag.text.strip_prefix("&L&8")) {
            ("oddHeader", Some(line)) => {
                assert!(around.page_line.starts_with(&line.replace("&&", "&")), "{line}");
            }
            ("oddFooter", _) => assert_eq!(tag.text, foot),
            _ => panic!("{}: {}", tag.name, tag.text),
        }
    }
}

/// The names are those of sheets, and of the rows of them that every page has or that a filter is for.
fn assert_names(book: &Book) {
    let sheet = |name: &str| book.sheets.iter().find(|(sheet, _)| sheet == name.trim_matches('\''));
    for text in texts(&book.parts["docProps/app.xml"]) {
        let is_name = sheet(text.trim_end_matches("!Print_Titles")).is_some();
        let is_known = OF_EVERY_BOOK.contains(&text.as_str()) || text == book.sheets.len().to_string();
        assert!(is_name || is_known, "{text}");
    }
    for text in texts(&book.parts["xl/workbook.xml"]) {
        let (name, place) = text.split_once('!').unwrap();
        let (_, rows) = sheet(name).unwrap();
        let numbers = place.split(['$', ':']).filter_map(|piece| piece.parse::<usize>().ok());
        assert!(numbers.into_iter().all(|row| row <= 2 || row == rows.len()), "{text}");
    }
}
