//! The page on paper, through Chromium: nothing is cut off, made small or left out, and broad tables lie across.

use std::process::Command;

use super::browser::chromium;
use super::{reported, result};
use crate::robustness::tools::has;
use crate::small_study::SmallStudy;

/// Millimetres in points.
const MM: f64 = 72.0 / 25.4;

/// A printed page: its width, and its words, each with its left, upper, right and lower end.
struct Sheet {
    width: f64,
    words: Vec<([f64; 4], String)>,
}

fn can_print() -> bool {
    has("chromium", &["--version"]) && has("pdftotext", &["-v"])
}

fn printed(study: &SmallStudy, options: &[&str]) -> String {
    let pdf = format!("--print-to-pdf={}", study.path("report.pdf").display());
    chromium(study, &study.path("results/report.html"), &["--no-pdf-header-footer", &pdf]);
    let ran = Command::new("pdftotext")
        .args(options)
        .args(["report.pdf", "-"])
        .current_dir(study.folder())
        .output();
    String::from_utf8(ran.unwrap().stdout).unwrap()
}

fn attribute(line: &str, name: &str) -> f64 {
    line.split_once(&format!("{name}=\"")).unwrap().1.split('"').next().unwrap().parse().unwrap()
}

fn sheets(study: &SmallStudy) -> Vec<Sheet> {
    let mut sheets: Vec<Sheet> = Vec::new();
    for line in printed(study, &["-bbox"]).lines().map(str::trim) {
        if line.starts_with("<page ") {
            sheets.push(Sheet { width: attribute(line, "width"), words: Vec::new() });
        }
        if let Some(text) = line.strip_prefix("<word ") {
            let ends = ["xMin", "yMin", "xMax", "yMax"].map(|name| attribute(text, name));
            let word = text.split_once('>').unwrap().1.trim_end_matches("</word>").to_owned();
            sheets.last_mut().unwrap().words.push((ends, word));
        }
    }
    sheets
}

/// Two decimals, all groups and four municipalities: broad and long tables.
fn broad() -> SmallStudy {
    let study = reported(true);
    study.edit("[report]\n", "[report]\ndecimals = 2\n");
    study.edit(
        "by = [\"stratum\", \"cluster\"]",
        "by = [\"stratum\", \"cluster\", \"age\", \"sex\", \"year\"]",
    );
    study.edit("min_cell = 3", "min_cell = 1");
    study.done(&["analyse"]);
    study
}

/// As on every page of the tables' documents.
#[test]
fn every_sheet_has_the_line_of_the_results_and_its_number() {
    if !can_print() {
        return;
    }
    let text = printed(&reported(false), &["-layout"]);
    let sheets: Vec<&str> = text.split('\u{c}').filter(|sheet| !sheet.trim().is_empty()).collect();
    assert!(sheets.len() > 3, "{text}");
    for (place, sheet) in sheets.iter().enumerate() {
        let first = sheet.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
        assert!(first.trim().starts_with("INTERIM RESULTS. ") && first.contains("hkm "), "{first}");
        let last = sheet.lines().rfind(|line| !line.trim().is_empty()).unwrap_or_default();
        assert_eq!(last.trim(), format!("{} / {}", place + 1, sheets.len()), "{sheet}");
    }
}

#[test]
fn the_page_prints_with_all_that_was_folded() {
    if !can_print() {
        return;
    }
    let text = printed(&reported(false), &["-layout"]);
    for words in ["Validity of an invented register", "Table 1.", "Author must write", "INTERIM"] {
        assert!(text.contains(words), "{words}: {text}");
    }
}

#[test]
fn nothing_leaves_the_margins_and_the_page_is_not_made_smaller_for_a_broad_table() {
    if !can_print() {
        return;
    }
    let sheets = sheets(&broad());
    for sheet in &sheets {
        for ([left, _, right, _], word) in &sheet.words {
            assert!(*left > 13.0 * MM && *right < sheet.width - 13.0 * MM, "{word} from {left} to {right}");
        }
    }
    // The title is of 18 points, and its first word is as high as such letters are.
    let title = sheets[0].words.iter().find(|(_, word)| word == "Validity").unwrap();
    let lines: Vec<f64> =
        sheets[0].words.iter().filter(|(_, word)| word == "Validity").map(|(at, _)| at[3] - at[1]).collect();
    assert!(lines.iter().any(|height| (18.0..23.0).contains(height)), "{lines:?} {title:?}");
    let across = sheets.iter().filter(|sheet| sheet.width > 297.0 * MM - 2.0).count();
    assert!(across > 0 && across < sheets.len(), "{across} of {} pages lie across", sheets.len());
}

#[test]
fn a_table_that_goes_on_has_its_headers_on_the_next_page() {
    if !can_print() {
        return;
    }
    let study = reported(true);
    // The checklists are longer than a page, and their headers can be sorted by.
    let header = "hvad der skal stå";
    let tables = result(&study, "report.html").matches(&format!(">{header}</th>")).count();
    let headers = printed(&study, &["-layout"]).matches(header).count();
    assert!(tables == 2 && headers >= 4, "{headers} printed headers of {tables} tables");
}

#[test]
fn no_caption_stands_alone_at_the_foot_of_a_page() {
    if !can_print() {
        return;
    }
    let text = printed(&broad(), &["-layout"]);
    let mut captions = 0;
    for page in text.split('\u{c}') {
        let lines: Vec<&str> = page.lines().filter(|line| !line.trim().is_empty()).collect();
        for (place, line) in lines.iter().enumerate().filter(|(_, line)| line.starts_with("Tabel ")) {
            // Its headers and one row at least.
            assert!(place + 2 < lines.len(), "{line}");
            captions += 1;
        }
    }
    assert!(captions > 15, "{captions}");
}

#[test]
fn every_line_of_a_program_is_printed_to_its_end() {
    if !can_print() {
        return;
    }
    let study = reported(false);
    let page = result(&study, "report.html");
    let bare = |text: &str| text.split_whitespace().collect::<String>();
    let text = bare(&printed(&study, &["-raw"]));
    let mut lines = 0;
    for code in page.split("<pre tabindex=\"0\"><code>").skip(1) {
        let code = code.split("</code>").next().unwrap();
        let code = code
            .replace("&lt;", "<")
            .replace("&gt;", ">")
            .replace("&quot;", "\"")
            .replace("&#39;", "'")
            .replace("&amp;", "&");
        for line in code.lines() {
            assert!(text.contains(&bare(line)), "{line}");
            lines += 1;
        }
    }
    assert!(lines > 8, "{lines}");
}
