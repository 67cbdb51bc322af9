//! Raw items that the register holds, in `hkm export`: its number or month beside the record's, and how far apart they are.

use std::fs;

use serde_json::{Value, json};

use super::raw_items::{item, read_twice};
use crate::small_study::SmallStudy;

/// Some first readers do not tell; a few charts are read twice, with another number in some.
pub(crate) fn studied() -> (SmallStudy, Value) {
    let (study, _) = read_twice(|form| {
        for row in (0..form.rows()).filter(|row| row % 3 == 2) {
            form.set(row, "attended", if row % 2 == 0 { "Ikke dokumenteret" } else { "Ikke relevant" });
            form.set(row, "end_date", "Ikke dokumenteret");
        }
        (0..form.rows()).filter(|row| row % 7 == 3).for_each(|row| form.set(row, "end_date", "28-06-2023"));
        for item in ["diet", "smoking_start", "smoking_end", "smoking", "planned", "attended", "end_date"] {
            form.set(1, item, "");
        }
        form.set(1, "journal", "Ikke fundet");
    });
    let results = study.json(&["analyse"]);
    study.done(&["export"]);
    (study, results)
}

/// The exported courses: a header and rows.
struct Rows(Vec<Vec<String>>);

impl Rows {
    fn of(study: &SmallStudy) -> Self {
        let text = fs::read_to_string(study.path("export/confidential-courses.csv")).unwrap();
        Rows(text.lines().map(|line| line.split(',').map(str::to_owned).collect()).collect())
    }

    fn column(&self, name: &str) -> Vec<&str> {
        let place = self.0[0].iter().position(|header| header == name).unwrap();
        self.0[1..].iter().map(|row| row[place].as_str()).collect()
    }

    /// Register and difference of an item in the charts that were read.
    fn read(&self, item: &str) -> Vec<(&str, &str)> {
        let [register, difference] = ["register", "difference"].map(|one| format!("{item}_{one}"));
        let both = self.column(&register).into_iter().zip(self.column(&difference));
        both.zip(self.column("chart")).filter(|(_, chart)| *chart == "found").map(|(both, _)| both).collect()
    }
}

fn differences(rows: &[(&str, &str)]) -> Vec<f64> {
    let mut found: Vec<f64> = rows.iter().filter_map(|(_, apart)| apart.parse().ok()).collect();
    found.sort_by(f64::total_cmp);
    found
}

fn median(sorted: &[f64]) -> f64 {
    f64::midpoint(sorted[(sorted.len() - 1) / 2], sorted[sorted.len() / 2])
}

#[test]
fn the_comparison_of_the_results_follows_from_the_exported_rows() {
    let (study, results) = studied();
    let rows = Rows::of(&study);
    for id in ["end_date", "attended"] {
        let (expected, read) = (item(&results, id), rows.read(id));
        let apart = differences(&read);
        let counted = |holds: &dyn Fn(&str, &str) -> bool| {
            read.iter().filter(|(register, difference)| holds(register, difference)).count()
        };
        let untold = |difference: &str| ["not_documented", "not_relevant"].contains(&difference);
        let counts = json!({
            "both": apart.len(),
            "register_alone": counted(&|register, apart| untold(apart) && register != "register_missing"),
            "record_alone": counted(&|_, apart| apart == "register_missing"),
            "neither": counted(&|register, apart| untold(apart) && register == "register_missing"),
            "unsettled": counted(&|_, apart| apart == "unsettled"),
        });
        assert_eq!(expected["counts"], counts, "{id}");
        assert!(counts.as_object().unwrap().values().all(|count| *count != 0), "{id}: {counts}");
        assert_eq!(expected["measures"][0], json!({"measure": "median", "estimate": median(&apart)}), "{id}");
        let mean = apart.iter().sum::<f64>() / apart.len() as f64;
        assert!((expected["measures"][1]["estimate"].as_f64().unwrap() - mean).abs() < 1e-12, "{id}");
        assert!(apart.iter().any(|days| *days < 0.0) == (id == "end_date"), "register less record");
    }
}

#[test]
fn a_number_is_told_as_the_register_has_it_and_less_what_the_reviewer_entered() {
    let (study, _) = studied();
    let rows = Rows::of(&study);
    let [register, first, difference] =
        ["attended_register", "attended_first", "attended_difference"].map(|name| rows.column(name));
    let mut seen: Vec<&str> = register.clone();
    seen.sort_unstable();
    seen.dedup();
    assert_eq!(seen, ["12", "12.5", "14", "register_missing"]);
    let mut compared = 0;
    for ((register, first), difference) in register.iter().zip(first).zip(difference) {
        if let Ok(apart) = difference.parse::<f64>() {
            let [register, first] = [register, first].map(|one| one.parse::<f64>().unwrap());
            assert_eq!(apart, register - first);
            compared += 1;
        }
    }
    assert!(compared > 15, "{compared}");
}

/// 28 February and one day more are the first of March whenever both months are known.
#[test]
fn no_month_of_the_register_stands_beside_a_difference() {
    let (study, _) = studied();
    let rows = Rows::of(&study);
    let months = ["2023-06", "2023-07", "2023-10"];
    let mut told = [0; 3];
    for (register, difference) in rows.read("end_date") {
        match difference.parse::<i64>() {
            Ok(_) => assert_eq!(register, "difference_told"),
            Err(_) => assert!(months.contains(&register) || register == "register_missing", "{register}"),
        }
        months.iter().zip(&mut told).for_each(|(month, n)| *n += usize::from(register == *month));
    }
    assert!(told.iter().all(|n| *n > 0), "{told:?}");
    // Without a chart nothing is compared, and the month stands.
    let unread = rows.column("chart").into_iter().zip(rows.column("end_date_register"));
    let unread: Vec<&str> =
        unread.filter(|(chart, _)| *chart == "not_found").map(|(_, register)| register).collect();
    assert!(unread.len() > 2 && unread.iter().any(|register| months.contains(register)), "{unread:?}");
    for (chart, apart) in rows.column("chart").into_iter().zip(rows.column("end_date_difference")) {
        let expected = match chart {
            "found" => continue,
            "not_found" => "not_read",
            other => other,
        };
        assert_eq!(apart, expected, "of a chart that is {chart}");
    }
    for (name, bytes) in study.bytes("export").into_iter().filter(|(name, _)| name != "manifest.json") {
        let holds = |text: &str| bytes.windows(text.len()).any(|window| window == text.as_bytes());
        for day in ["2023-06-30", "30-06-2023", "2023-07-05", "2023-06-10", "2023-10-08", "2023-06-28"] {
            assert!(!holds(day), "{name} holds {day}");
        }
    }
}

#[test]
fn the_dictionary_tells_of_them_where_there_are_any() {
    let (study, _) = studied();
    let readme = |study: &SmallStudy| fs::read_to_string(study.path("export/README.md")).unwrap();
    for line in [
        "| `end_date_register` | End date: register | month, `2021-03`; `%tm` in Stata |",
        "| `end_date_difference` | End date: register less record, days | whole number |",
        "| `attended_register` | Sessions attended: register | number |",
        "| `attended_difference` | Sessions attended: register less record | number |",
        "| `difference_told` | `.m` | Left out: the difference is told |",
        "## Raw items of the register",
    ] {
        assert!(readme(&study).contains(line), "{line}");
    }
    study.done(&["verify"]);
    let without = SmallStudy::reviewed();
    without.done(&["export"]);
    assert!(!readme(&without).contains("Raw items of the register"));
}
