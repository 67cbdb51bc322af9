//! The documents in other programs: opened by python-docx and openpyxl, printed by LibreOffice and LaTeX.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use hjertekommidt::io::{TablesDocument, latex_document};
use hjertekommidt::report::{Style, Table};
use serde_json::Value;

use super::{output, python, study};
use crate::robustness::tools::has;
use crate::small_study::SmallStudy;

/// A point more than the measure is not seen.
const OVERFULL: f64 = 2.0;

/// The tables as `tables.md` has them: the cells of each row, without what Markdown needs.
fn tables(study: &SmallStudy) -> Vec<Vec<Vec<String>>> {
    let text = fs::read_to_string(study.path("results/tables.md")).unwrap();
    let cell = |cell: &str| cell.trim().replace('\\', "").replace('\u{a0}', " ");
    let row = |line: &str| line.trim_matches('|').split(" | ").map(cell).collect::<Vec<_>>();
    let table = |text: &str| {
        let rows = text.lines().filter(|line| line.starts_with('|') && !line.starts_with("| :"));
        rows.map(row).collect::<Vec<_>>()
    };
    text.split("\n**").skip(1).map(table).collect()
}

#[test]
fn python_docx_and_openpyxl_read_the_cells_that_the_text_has() {
    let Some(python) = python() else { return };
    let study = study("en");
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/documents/open.py");
    let told: Value =
        serde_json::from_str(&output(Command::new(python).arg(script).arg(study.path("results")))).unwrap();
    assert_eq!(
        (&told["title"], &told["language"]),
        (&"Validity of an invented register".into(), &"en-GB".into())
    );
    assert!(
        told["created"].as_array().unwrap().iter().all(|at| at.as_str().unwrap().starts_with("2000-01-01"))
    );
    assert!(
        told["head"]
            .as_array()
            .unwrap()
            .iter()
            .all(|head| head.as_str().unwrap().contains("INTERIM RESULTS. "))
    );
    let landscape: Vec<bool> = serde_json::from_value(told["landscape"].clone()).unwrap();
    assert!(landscape.contains(&true) && landscape.contains(&false), "{landscape:?}");
    let expected = tables(&study);
    let of_word: Vec<Vec<Vec<String>>> = serde_json::from_value(told["tables"].clone()).unwrap();
    assert_eq!(of_word.len(), expected.len());
    let mut cells = 0;
    for (word, text) in of_word.iter().flatten().zip(expected.iter().flatten()) {
        for (place, (word, text)) in word.iter().zip(text).enumerate() {
            // The first cell of a long group is repeated in Word.
            if place > 0 || !text.is_empty() {
                assert_eq!(word.replace('\u{a0}', " ").trim(), text.trim());
                cells += 1;
            }
        }
    }
    assert!(cells > 300, "{cells}");
    check_sheets(&told["sheets"], expected.len());
}

fn check_sheets(sheets: &Value, tables: usize) {
    let sheets = sheets.as_object().unwrap();
    assert_eq!(sheets.len(), tables + 2, "a sheet a table, accuracy.csv and comparisons.csv");
    for (name, sheet) in sheets {
        let is_data = name.ends_with(".csv");
        assert_eq!(sheet["repeat"], if is_data { "$1:$1" } else { "$1:$2" }, "{name}");
        assert_eq!(sheet["freeze"], if is_data { "A2" } else { "B3" }, "{name}");
        assert_eq!(sheet["paper"], 9, "{name}");
        assert!(sheet["head"].as_str().unwrap().contains("INTERIM RESULTS. "), "{name}");
    }
    let kinds = |name: &str, kind: &str| {
        let cells = sheets[name]["cells"].as_array().unwrap();
        cells.iter().filter(|cell| cell[1] == kind).map(|cell| cell[0].clone()).collect::<Vec<_>>()
    };
    let (numbers, texts) = (kinds("accuracy", "n"), kinds("accuracy", "s"));
    assert_eq!(numbers.len(), 15, "five counts of three indicators: {numbers:?}");
    assert!(texts.iter().any(|text| text.as_str().unwrap().contains('–')), "{texts:?}");
    assert!(kinds("by-stratum", "s").contains(&"#".into()));
    let data = kinds("accuracy.csv", "n");
    assert!(
        data.iter().any(|number| number.as_f64().unwrap().to_string().len() > 15),
        "all digits: {data:?}"
    );
    assert!(kinds("accuracy.csv", "s").contains(&"751".into()), "a municipality's code is no number");
}

/// The text of each page of a PDF, and whether the page lies across.
fn pages(pdf: &Path) -> Vec<(String, bool)> {
    let text = output(Command::new("pdftotext").args(["-layout", "-enc", "UTF-8"]).arg(pdf).arg("-"));
    let about = output(Command::new("pdfinfo").args(["-f", "1", "-l", "999"]).arg(pdf));
    let of = |kind: &str| {
        about
            .lines()
            .filter(|line| line.starts_with("Page") && line.contains(kind))
            .map(str::to_owned)
            .collect::<Vec<_>>()
    };
    let number = |text: &str| text.parse::<f64>().unwrap();
    let across = of(" size:").into_iter().zip(of(" rot:")).map(|(size, turn)| {
        let sides: Vec<&str> = size.split(':').nth(1).unwrap().split_whitespace().collect();
        (number(sides[0]) > number(sides[2])) != turn.trim().ends_with("90")
    });
    text.split('\u{c}').map(str::to_owned).zip(across).collect()
}

fn poppler() -> bool {
    has("pdftotext", &["-v"]) && has("pdfinfo", &["-v"])
}

fn printed_by_libreoffice(file: &Path, folder: &Path) -> PathBuf {
    let mut command = Command::new("soffice");
    command.arg(format!("-env:UserInstallation=file://{}/profile", folder.display()));
    output(command.args(["--headless", "--convert-to", "pdf", "--outdir"]).args([folder, file]));
    folder.join(file.with_extension("pdf").file_name().unwrap())
}

/// Every estimate with its interval that the text has.
fn intervals(study: &SmallStudy) -> Vec<String> {
    let is_interval = |cell: &String| {
        cell.contains(" (") && cell.ends_with(')') && cell.starts_with(|c: char| c.is_ascii_digit())
    };
    let found: Vec<String> = tables(study).into_iter().flatten().flatten().filter(is_interval).collect();
    assert!(found.len() > 40, "{}", found.len());
    found
}

#[test]
fn libreoffice_prints_every_interval_on_one_line_and_wide_tables_across() {
    if !has("soffice", &["--version"]) || !poppler() {
        return;
    }
    for (language, line) in [("en", "INTERIM RESULTS. "), ("da", "FORELØBIGE RESULTATER. ")] {
        let study = study(language);
        let folder = tempfile::tempdir().unwrap();
        for name in ["tables.docx", "tables.xlsx"] {
            let pages =
                pages(&printed_by_libreoffice(&study.path(&format!("results/{name}")), folder.path()));
            let pages: Vec<_> = pages.into_iter().filter(|(text, _)| !text.trim().is_empty()).collect();
            assert!(pages.len() > 4, "{}", pages.len());
            assert!(pages.iter().all(|(text, _)| text.contains(line)), "{name}: a page without its line");
            assert!(
                pages.iter().any(|(_, across)| *across) && pages.iter().any(|(_, across)| !across),
                "{name}"
            );
            let text: String = pages.iter().map(|(text, _)| text.replace('\u{a0}', " ")).collect();
            for interval in intervals(&study) {
                assert!(text.contains(&interval), "{name}: {interval}");
            }
            if name.ends_with(".docx") {
                let word = if language == "da" { "Side 1 af" } else { "Page 1 of" };
                assert!(pages[0].0.contains(&format!("{word} {}", pages.len())), "{}", pages[0].0);
            }
        }
    }
}

/// By how many points the widest line leaves the margins.
fn too_wide(log: &str) -> f64 {
    let over = log.split("Overfull \\hbox (").skip(1);
    over.filter_map(|rest| rest.split("pt").next()?.parse::<f64>().ok()).fold(0.0, f64::max)
}

/// Of nothing but ones no limits are defined, and words stand where an interval would.
#[test]
fn latex_sets_the_broadest_table_within_the_margins() {
    if !has("pdflatex", &["--version"]) {
        return;
    }
    let columns = [
        "indicator",
        ">same answer",
        ">agreement, %",
        ">kappa",
        ">PABAK",
        ">AC1",
        ">both yes/no",
        ">PABAK yes/no",
        ">AC1 yes/no",
        ">found by one only",
    ];
    let mut table = Table::new("Agreement of two reviewers", &columns);
    let (interval, none) = ("1.00 (0.85–1.00)", "1.00 (no interval)");
    let measures = ["100.0 (89.1–100.0)", none, interval, none, "32", interval, interval];
    table.row([&["Final assessment within 90 days", "32 of 32"][..], &measures, &["0"]].concat());
    let document = TablesDocument {
        title: "Register",
        page_line: "FINAL RESULTS.",
        style: Style::ENGLISH,
        tables: &[table],
    };
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("tables.tex");
    fs::write(&file, latex_document(&document)).unwrap();
    let mut command = Command::new("pdflatex");
    command.args(["-interaction=nonstopmode", "-halt-on-error", "-output-directory"]);
    let log = output(command.arg(folder.path()).arg(&file));
    assert!(log.contains("Output written") && too_wide(&log) <= OVERFULL, "{log}");
}

#[test]
fn latex_sets_the_tables_within_the_margins() {
    if !has("pdflatex", &["--version"]) || !poppler() {
        return;
    }
    for language in ["en", "da"] {
        let study = study(language);
        let folder = tempfile::tempdir().unwrap();
        let mut log = String::new();
        for _ in 0..2 {
            let mut command = Command::new("pdflatex");
            command
                .args(["-interaction=nonstopmode", "-halt-on-error", "-output-directory"])
                .arg(folder.path());
            log = output(command.arg(study.path("results/tables.tex")));
        }
        assert!(too_wide(&log) <= OVERFULL && !log.contains("Overfull \\vbox"), "{log}");
        let pages = pages(&folder.path().join("tables.pdf"));
        assert!(pages.iter().any(|(_, across)| *across) && pages.iter().any(|(_, across)| !across));
        let text: String = pages.into_iter().map(|(text, _)| text).collect();
        for interval in intervals(&study) {
            assert!(text.contains(&interval), "{interval}");
        }
        if language == "da" {
            assert!(text.contains("Tabel 1. Nøjagtigheden") && text.contains("Diætbehandling"), "{text}");
        }
    }
}
