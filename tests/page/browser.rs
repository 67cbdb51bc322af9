//! The page in Chromium: nothing goes wrong, nothing is fetched, it fits a telephone and a screen.

use std::path::Path;
use std::process::{Command, Output};

use super::reported;
use crate::robustness::tools::has;
use crate::small_study::SmallStudy;

/// Runs Chromium without a window on a file of the study, in a profile of its own.
pub(super) fn chromium(study: &SmallStudy, page: &Path, arguments: &[&str]) -> Output {
    Command::new("chromium")
        .args(["--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--enable-logging=stderr"])
        .arg(format!("--user-data-dir={}", study.path("chromium").display()))
        .args(arguments)
        .arg(format!("file://{}", page.display()))
        .output()
        .unwrap()
}

/// What the page writes into itself: how wide it is, what was fetched, whether the long tables can be sorted; and of the figures
/// how many faces of their font are there, how many texts they have, how many of these leave their figure, and the height of the
/// smallest letters in tenths of a pixel; and how far to the right the first measure of the first table reaches.
const MEASURE: &str = "<script>window.addEventListener('load', async function () {
  await document.fonts.ready;
  var root = document.documentElement;
  var fetched = performance.getEntriesByType('resource').length;
  var tables = document.querySelectorAll('table.long').length;
  var buttons = document.querySelectorAll('table.long thead button').length;
  var faces = Array.from(document.fonts).filter(function (face) { return face.status === 'loaded'; }).length;
  var texts = Array.from(document.querySelectorAll('figure svg text'));
  var outside = texts.filter(function (text) {
    var [own, all] = [text.getBoundingClientRect(), text.closest('svg').getBoundingClientRect()];
    return own.left < all.left || own.right > all.right;
  }).length;
  var sizes = texts.map(function (text) {
    return parseFloat(text.getAttribute('font-size')) * text.getScreenCTM().a;
  });
  document.title = ['measured', root.scrollWidth, window.innerWidth, fetched, tables, buttons, faces, texts.length, outside,
    Math.round(10 * Math.min.apply(null, sizes)),
    Math.ceil(document.getElementById('table-1').closest('table').rows[0].cells[6].getBoundingClientRect().right)].join(' ');
});</script></body>";

fn measured(study: &SmallStudy, width: &str) -> Vec<i64> {
    let page = super::result(study, "report.html").replace("</body>", MEASURE);
    study.write("measured.html", &page);
    let window = format!("--window-size={width},900");
    let ran = chromium(
        study,
        &study.path("measured.html"),
        &[&window, "--virtual-time-budget=10000", "--dump-dom"],
    );
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
        let [page, window, fetched, tables, buttons, faces, texts, outside, smallest, sensitivity] =
            measured(&study, width)[..]
        else {
            panic!("ten numbers")
        };
        assert!(page <= window, "{page} pixels in a window of {window}");
        assert!(sensitivity <= window, "the first measure reaches to {sensitivity} of {window}");
        assert_eq!(fetched, 0);
        assert!(tables > 0 && buttons > tables, "{tables} long tables, {buttons} buttons");
        assert!(faces == 2 && texts > 100 && outside == 0, "{faces} faces, {outside} of {texts} texts");
        // Six points are eight pixels; a telephone scrolls rather than print smaller.
        assert!(smallest >= 79, "{smallest} tenths of a pixel");
    }
}
