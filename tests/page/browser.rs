//! The page in Chromium: nothing goes wrong, nothing is fetched, it fits a telephone and a screen, and it prints.

use std::path::Path;
use std::process::{Command, Output};

use super::reported;
use crate::robustness::tools::has;
use crate::small_study::SmallStudy;

/// Runs Chromium without a window on a file of the study, in a profile of its own.
fn chromium(study: &SmallStudy, page: &Path, arguments: &[&str]) -> Output {
    Command::new("chromium")
        .args(["--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--enable-logging=stderr"])
        .arg(format!("--user-data-dir={}", study.path("chromium").display()))
        .args(arguments)
        .arg(format!("file://{}", page.display()))
        .output()
        .unwrap()
}

/// What the page writes into itself: how wide it is, what was fetched, and whether the long tables can be sorted.
const MEASURE: &str = "<script>window.addEventListener('load', function () {
  var root = document.documentElement;
  var fetched = performance.getEntriesByType('resource').length;
  var tables = document.querySelectorAll('table.long').length;
  var buttons = document.querySelectorAll('table.long thead button').length;
  document.title = ['measured', root.scrollWidth, window.innerWidth, fetched, tables, buttons].join(' ');
});</script></body>";

fn measured(study: &SmallStudy, width: &str) -> Vec<i64> {
    let page = super::result(study, "report.html").replace("</body>", MEASURE);
    study.write("measured.html", &page);
    let window = format!("--window-size={width},900");
    let ran = chromium(study, &study.path("measured.html"), &[&window, "--dump-dom"]);
    let (told, dom) = (String::from_utf8_lossy(&ran.stderr), String::from_utf8_lossy(&ran.stdout));
    assert!(!told.contains("CONSOLE"), "{told}");
    let (_, title) = dom.split_once("<title>measured ").unwrap_or_else(|| panic!("{told}"));
    title.split("</title>").next().unwrap().split(' ').map(|word| word.parse().unwrap()).collect()
}

#[test]
fn the_page_fits_a_telephone_and_a_screen_and_fetches_nothing() {
    if !has("chromium", &["--version"]) {
        return;
    }
    let study = reported(true);
    for width in ["380", "1400"] {
        let [page, window, fetched, tables, buttons] = measured(&study, width)[..] else {
            panic!("five numbers")
        };
        assert!(page <= window, "{page} pixels in a window of {window}");
        assert_eq!(fetched, 0);
        assert!(tables > 0 && buttons > tables, "{tables} long tables, {buttons} buttons");
    }
}

#[test]
fn the_page_prints_with_all_that_was_folded() {
    if !(has("chromium", &["--version"]) && has("pdftotext", &["-v"])) {
        return;
    }
    let study = reported(false);
    let printed = format!("--print-to-pdf={}", study.path("report.pdf").display());
    chromium(&study, &study.path("results/report.html"), &["--no-pdf-header-footer", &printed]);
    let text =
        Command::new("pdftotext").args(["-layout", "report.pdf", "-"]).current_dir(study.folder()).output();
    let text = String::from_utf8(text.unwrap().stdout).unwrap();
    for words in ["Validity of an invented register", "Table 1.", "Author must write", "INTERIM"] {
        assert!(text.contains(words), "{words}: {text}");
    }
}
