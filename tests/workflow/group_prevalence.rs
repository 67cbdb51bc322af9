//! The indicator by register and by record in each part.

use std::fs;

use serde_json::Value;

use crate::small_study::{PROTOCOL, SmallStudy};

/// A reviewed study with tables of these parts, and these more lines of the protocol.
fn reviewed(total: u64, by: &str, report: &str) -> SmallStudy {
    let protocol = PROTOCOL
        .replace("total = 60", &format!("total = {total}"))
        .replace("by = []", &format!("by = {by}"))
        .replace("[disclosure]", &format!("{report}[disclosure]"));
    let study = SmallStudy::reviewed_with(&protocol, 400);
    study.done(&["analyse"]);
    study
}

/// The cells of the rows of the table with this title, and what stands under it.
fn table(study: &SmallStudy, title: &str) -> (Vec<Vec<String>>, String) {
    let tables = fs::read_to_string(study.path("results/tables.md")).unwrap();
    let from = tables.find(title).unwrap_or_else(|| panic!("{title}: {tables}"));
    let rest = &tables[from..];
    let until = rest.find("\n**").unwrap_or(rest.len());
    let is_row = |line: &&str| line.starts_with('|');
    let cells =
        |line: &str| line.trim_matches('|').split('|').map(|cell| cell.trim().replace('\\', "")).collect();
    let rows = rest[..until].lines().filter(is_row).skip(2).map(cells).collect();
    (rows, rest[..until].lines().filter(|line| !is_row(line)).collect::<Vec<_>>().join("\n"))
}

/// The parts of a grouping with the name of their indicator, in the order of the table.
fn parts(study: &SmallStudy, grouping: &str) -> Vec<Value> {
    let json: Value =
        serde_json::from_str(&fs::read_to_string(study.path("results/results.json")).unwrap()).unwrap();
    let groups = json["indicators"].as_array().unwrap().iter().flat_map(|one| one["groups"].as_array());
    groups.flatten().filter(|group| group["grouping"] == grouping).cloned().collect()
}

const TITLE: &str = "The indicator by register and by record, by ";

#[test]
fn a_part_is_shown_where_its_table_of_accuracy_is_and_with_the_numbers_of_results_json() {
    let study = reviewed(340, r#"["stratum", "cluster", "sex"]"#, "");
    let (mut shown, mut hidden) = (0, 0);
    for (grouping, word) in [("stratum", "municipality"), ("cluster", "cluster"), ("sex", "sex")] {
        let (rows, notes) = table(&study, &format!("{TITLE}{word}"));
        let (accuracy, _) = table(&study, &format!("Accuracy by {word}"));
        let parts = parts(&study, grouping);
        assert!(
            accuracy.iter().all(|row| row.len() == 11),
            "names, cells, their sum, measures: {accuracy:?}"
        );
        // A part that crosses the strata, and is shown, has a plain line under the weighted one.
        let is_second = |row: &&Vec<String>| row[1] == "plain";
        let plain = accuracy.iter().filter(is_second).count();
        assert_eq!(plain, rows.iter().filter(is_second).count(), "{grouping}");
        assert_eq!(plain > 0, grouping != "stratum", "{grouping}");
        let first = |rows: Vec<Vec<String>>| -> Vec<Vec<String>> {
            rows.into_iter().filter(|row| !is_second(&row)).collect()
        };
        let (rows, accuracy) = (first(rows), first(accuracy));
        assert_eq!((rows.len(), accuracy.len()), (parts.len(), parts.len()), "{grouping}");
        assert!(
            notes.contains("register less record") && notes.contains("a cell of 1 to 2 persons"),
            "{notes}"
        );
        for ((row, accuracy), part) in rows.iter().zip(&accuracy).zip(&parts) {
            assert_eq!(row[1], accuracy[1], "the same part");
            if part["reason"] == "suppressed" {
                assert!(
                    row[2..].iter().chain(&accuracy[2..]).all(|cell| cell == "#"),
                    "{row:?} {accuracy:?}"
                );
                hidden += 1;
                continue;
            }
            let cells: u64 = accuracy[2..6].iter().map(|cell| cell.parse::<u64>().unwrap()).sum();
            assert_eq!([&row[2], &accuracy[6]], [&cells.to_string(); 2], "{row:?} {accuracy:?}");
            for (measure, cell) in ["prevalence_register", "prevalence_reference", "prevalence_difference"]
                .into_iter()
                .zip(&row[3..])
            {
                let weighted = part["weighted"].as_array().unwrap().iter();
                let one = weighted.into_iter().find(|one| one["measure"] == measure).unwrap();
                // Where the weighted figures are hidden, the plain ones stand there.
                let (is_plain, plain) = (row[1].ends_with(", plain"), part["measures"].as_array().unwrap());
                assert_eq!(is_plain, one["estimate"].is_null(), "{row:?} {one}");
                let one = match is_plain {
                    true => plain.iter().find(|one| one["measure"] == measure).unwrap(),
                    false => one,
                };
                let estimate = one["estimate"].as_f64().unwrap_or_else(|| panic!("{row:?} {one}"));
                let printed: f64 = cell.split(' ').next().unwrap().replace('−', "-").parse().unwrap();
                assert!((printed - 100.0 * estimate).abs() <= 0.05 + 1e-9, "{measure} {cell} {estimate}");
                shown += 1;
            }
        }
    }
    assert!(shown > 20 && hidden > 2, "{shown} {hidden}");
}

/// Register less record, each by hand, from the table of accuracy of the same part.
#[test]
fn in_one_municipality_the_shares_are_those_of_its_own_table() {
    let study = reviewed(340, r#"["stratum"]"#, "");
    let (rows, _) = table(&study, &format!("{TITLE}municipality"));
    let (accuracy, _) = table(&study, "Accuracy by municipality");
    let mut compared = 0;
    for (row, accuracy) in rows.iter().zip(&accuracy).filter(|(row, _)| row[2] != "#") {
        let cells: Vec<f64> = accuracy[2..6].iter().map(|cell| cell.parse().unwrap()).collect();
        let [tp, fp, fn_, tn] = cells[..] else { panic!("{accuracy:?}") };
        let n = tp + fp + fn_ + tn;
        let number = |cell: &str| cell.split(' ').next().unwrap().replace('−', "-").parse::<f64>().unwrap();
        for (cell, share) in row[3..].iter().zip([(tp + fp) / n, (tp + fn_) / n, (fp - fn_) / n]) {
            assert!((number(cell) - 100.0 * share).abs() <= 0.05 + 1e-9, "{row:?} {accuracy:?}");
        }
        compared += 1;
    }
    assert!(compared > 2, "{rows:?}");
}

#[test]
fn the_table_is_told_in_danish_as_well() {
    let study = reviewed(120, r#"["stratum"]"#, "[report]\nlanguage = \"da\"\n\n");
    let (rows, notes) = table(&study, "Indikatoren ifølge register og journal efter municipality, i procent");
    assert!(notes.contains("Forskel: register minus journal, for de samme forløb."), "{notes}");
    assert!(notes.contains("Inden for ét stratum har alle forløb samme vægt"), "{notes}");
    assert!(
        rows.iter().any(|row| row[3].contains(',')) && rows.iter().all(|row| !row[3].contains('.')),
        "{rows:?}"
    );
}

#[test]
fn on_the_page_it_stands_among_the_parts_of_the_study() {
    let study = reviewed(120, r#"["stratum"]"#, "");
    let page = fs::read_to_string(study.path("results/report.html")).unwrap();
    let at = |text: &str| page.find(text).unwrap_or_else(|| panic!("{text}"));
    let section = at("<section id=\"parts\"");
    let table = section + page[section..].find(&format!("{TITLE}municipality")).unwrap();
    let end = section + page[section..].find("</section>").unwrap();
    assert!(table < end);
}
