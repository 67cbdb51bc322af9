//! Raw items that the register holds as well: read at the draw, kept from the reviewers, compared in the results.

use std::collections::BTreeMap;
use std::fs;

use jiff::civil::Date;
use serde_json::{Value, json};

use super::items;
use crate::review_forms::parts;
use crate::small_study::{COLUMNS, SmallStudy, courses};

/// The day that every reviewer enters.
pub(super) const ENDED: &str = "30-06-2023";

/// The register's day of a course: the same, 5 days later, 20 days before, 100 days later, or what is no day.
fn end_date(place: usize) -> &'static str {
    ["30-06-2023", "2023-07-05", "10.06.2023", "08-10-2023", "", "30-06-2023", "ukendt"][place % 7]
}

/// The register's sessions: the reviewers enter 12.
pub(super) fn sessions(place: usize) -> &'static str {
    ["12", "14", "12,5", "12", ""][place % 5]
}

/// The register with these two columns behind the others.
pub(super) fn register(end_date: impl Fn(usize) -> String, sessions: impl Fn(usize) -> String) -> String {
    let header = format!("{};slutdato;fremmoeder\n", COLUMNS.join(";"));
    let rows = courses(200).into_iter().enumerate();
    let row = |(place, row): (usize, [String; 8])| {
        format!("{};{};{}\n", row.join(";"), end_date(place), sessions(place))
    };
    std::iter::once(header).chain(rows.map(row)).collect()
}

pub(super) fn usual_register() -> String {
    register(|place| end_date(place).to_owned(), |place| sessions(place).to_owned())
}

/// The protocol of the raw items, two of them with a column of the register.
pub(super) fn protocol() -> String {
    let held = |text: String, item: &str, column: &str| {
        let header = format!("[item.{item}]\n");
        assert!(text.contains(&header));
        text.replace(&header, &format!("{header}register_column = \"{column}\"\n"))
    };
    held(held(items::protocol(), "end_date", "slutdato"), "attended", "fremmoeder")
}

fn drawn() -> SmallStudy {
    let study = SmallStudy::with(&protocol(), &usual_register());
    study.done(&["draw"]);
    study.done(&["forms"]);
    study
}

/// Every chart read: the day and twelve sessions, except where `row` of its form says otherwise.
fn record(study: &SmallStudy, change: impl Fn(&mut crate::review_forms::Form)) {
    for name in study.forms("review") {
        let mut form = study.form(&name);
        form.fill_items();
        (0..form.rows()).for_each(|row| form.set(row, "end_date", ENDED));
        change(&mut form);
        let returned = format!("returned/{}.csv", name.trim_end_matches(".xlsx"));
        form.save(&study.path(&returned));
        study.done(&["record", &returned]);
    }
}

/// The place in the register of each course in use.
pub(super) fn places(study: &SmallStudy) -> Vec<usize> {
    let database = rusqlite::Connection::open(study.path("key.sqlite")).unwrap();
    let in_use: Vec<String> = study.forms("review").iter().flat_map(|name| ids(study, name)).collect();
    let keys = courses(200).into_iter().enumerate().map(|(place, row)| (row[0].clone(), place));
    let keys: BTreeMap<String, usize> = keys.collect();
    let mut statement = database.prepare("SELECT study_id, record_key FROM key").unwrap();
    let rows = statement.query_map([], |row| Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?)));
    let rows = rows.unwrap().map(Result::unwrap).filter(|(id, _)| in_use.contains(id));
    rows.map(|(_, key)| keys[key.split('|').next().unwrap()]).collect()
}

fn ids(study: &SmallStudy, form: &str) -> Vec<String> {
    let form = study.form(form);
    (0..form.rows()).map(|row| form.id(row)).collect()
}

/// An item of the results.
pub(crate) fn item(results: &Value, id: &str) -> Value {
    let all = results["raw_items"].as_array().unwrap_or_else(|| panic!("{results}"));
    all.iter().find(|one| one["item"] == id).unwrap().clone()
}

#[test]
fn days_and_numbers_are_compared_with_the_rows_that_were_drawn() {
    let study = drawn();
    record(&study, |_| {});
    let (results, places) = (study.json(&["analyse"]), places(&study));
    let of = |holds: &dyn Fn(usize) -> bool| places.iter().filter(|place| holds(**place)).count();
    let day = item(&results, "end_date");
    let without = of(&|place| ["", "ukendt"].contains(&end_date(place)));
    let held = |one: &Value, key: &str| one["counts"][key].as_u64().unwrap() as usize;
    assert!(places.len() > 50 && without > 3, "{places:?}");
    assert_eq!((held(&day, "both"), held(&day, "record_alone")), (places.len() - without, without));
    assert_eq!((held(&day, "neither"), held(&day, "register_alone"), held(&day, "unsettled")), (0, 0, 0));
    let ended: Date = "2023-06-30".parse().unwrap();
    let apart = |place: usize| -> Option<i32> {
        let text = match end_date(place) {
            "" | "ukendt" => return None,
            "2023-07-05" => "2023-07-05".to_owned(),
            other => format!("{}-{}-{}", &other[6..], &other[3..5], &other[..2]),
        };
        Some(ended.until(text.parse::<Date>().unwrap()).unwrap().get_days())
    };
    for (position, days) in [0, 7, 30].into_iter().enumerate() {
        let n = of(&|place| apart(place).is_some_and(|apart| apart.abs() <= days));
        assert_eq!(day["within_days"][position], json!({"days": days, "n": n}));
    }
    let sum: i32 = places.iter().filter_map(|place| apart(*place)).sum();
    let mean = f64::from(sum) / (places.len() - without) as f64;
    assert!(
        (day["measures"][1]["estimate"].as_f64().unwrap() - mean).abs() < 1e-12,
        "register less record: {day}"
    );
    assert_eq!(day["measures"][0], json!({"measure": "median", "estimate": 0.0}));
    let number = item(&results, "attended");
    assert_eq!(held(&number, "record_alone"), of(&|place| sessions(place).is_empty()));
    assert_eq!(number["same"].as_u64().unwrap() as usize, of(&|place| sessions(place) == "12"));
    assert_eq!(number["limits"][1], json!({"method": "percentiles", "lower": 0.0, "upper": 2.0}));
    study.done(&["verify"]);
}

#[test]
fn what_neither_or_only_one_of_them_says_is_counted() {
    let study = drawn();
    record(&study, |form| {
        for row in 0..form.rows() {
            match row % 3 {
                0 => form.set(row, "attended", "Ikke dokumenteret"),
                1 => form.set(row, "attended", "Ikke relevant"),
                _ => {}
            }
        }
    });
    let results = study.json(&["analyse"]);
    let counts = item(&results, "attended")["counts"].clone();
    let sum: u64 = counts.as_object().unwrap().values().map(|count| count.as_u64().unwrap()).sum();
    assert_eq!(sum as usize, places(&study).len());
    for key in ["both", "register_alone", "record_alone", "neither"] {
        assert!(counts[key].as_u64().unwrap() > 0, "{counts}");
    }
    assert_eq!(counts["unsettled"], 0);
}

/// A tenth of the charts read again by somebody who counted one session more in the first of each form; and how many those are. What
/// the first reviewers enter is changed by `change`.
pub(crate) fn read_twice(change: impl Fn(&mut crate::review_forms::Form)) -> (SmallStudy, u64) {
    let protocol = protocol().replace("second_reviewer_percent = 0", "second_reviewer_percent = 10");
    let study = SmallStudy::with(&protocol, &usual_register());
    study.done(&["draw"]);
    study.done(&["forms"]);
    record(&study, change);
    let mut differing = 0;
    for name in study.forms("second") {
        let mut form = study.form(&name);
        let reviewer = form.column("initialer");
        form.header[reviewer] = "initialer".to_owned();
        form.fill_items();
        form.header[reviewer] = "initialer_2".to_owned();
        for row in 0..form.rows() {
            form.set(row, "initialer", "XYZ");
            form.set(row, "end_date", ENDED);
            form.set(row, "attended", if row == 0 { "13" } else { "12" });
        }
        differing += 1;
        let returned = format!("returned/{}.csv", name.trim_end_matches(".xlsx"));
        form.save(&study.path(&returned));
        study.done(&["record", "--second", &returned]);
    }
    (study, differing)
}

#[test]
fn two_reviewers_who_differ_on_an_item_leave_it_open() {
    let (study, differing) = read_twice(|_| {});
    let results = study.json(&["analyse"]);
    assert!(differing > 2);
    assert_eq!(item(&results, "attended")["counts"]["unsettled"], differing);
    assert_eq!(item(&results, "end_date")["counts"]["unsettled"], 0);
}

#[test]
fn a_study_without_such_columns_has_no_trace_of_them() {
    let study = items::drawn();
    record(&study, |_| {});
    study.done(&["analyse"]);
    let database = rusqlite::Connection::open(study.path("study.sqlite")).unwrap();
    let texts = |sql: &str| -> String {
        let mut statement = database.prepare(sql).unwrap();
        let rows = statement.query_map([], |row| row.get::<_, String>(0)).unwrap();
        rows.map(Result::unwrap).collect::<Vec<_>>().join("\n")
    };
    assert!(!texts("SELECT text FROM codebook").contains("register_column"));
    assert!(!texts("SELECT section FROM frozen").contains("item"));
    assert_eq!(texts("SELECT DISTINCT indicator FROM register_value"), "depression\ndiet\nsmoking");
    let results = fs::read_to_string(study.path("results/results.json")).unwrap();
    let tables = fs::read_to_string(study.path("results/tables.md")).unwrap();
    assert!(!results.contains("raw_items") && !tables.contains("Items of the register"));
}

/// A day is searched for as text and as the number of a workbook.
#[test]
fn no_form_holds_what_the_register_says_of_an_item() {
    let (ended, attended) = (["17-09-2031", "2031-09-17", "48108"], "173.25");
    let held = register(|_| ended[0].to_owned(), |_| attended.replace('.', ","));
    let holds = |bytes: &[u8], text: &str| bytes.windows(text.len()).any(|window| window == text.as_bytes());
    let words = [ended[0], ended[1], ended[2], attended, "173,25"];
    let mut searched = 0;
    for format in [&[][..], &["--csv"], &["--redcap"]] {
        let study = SmallStudy::with(&protocol(), &held);
        study.done(&["draw"]);
        let database = fs::read(study.path("study.sqlite")).unwrap();
        assert!(holds(&database, ended[1]) && holds(&database, attended), "the draw stores them");
        study.done(&[&["forms"], format].concat());
        for name in study.files("forms") {
            let path = study.path(&format!("forms/{name}"));
            let bytes: Vec<u8> = match name.ends_with(".xlsx") {
                true => parts(&path).into_iter().flat_map(|(_, text)| text.into_bytes()).collect(),
                false => fs::read(path).unwrap(),
            };
            assert!(words.iter().all(|word| !holds(&bytes, word)), "{name}");
            searched += 1;
        }
    }
    assert!(searched > 20, "{searched}");
}

#[test]
fn a_small_band_hides_the_comparison_and_what_it_would_follow_from() {
    let protocol = protocol().replace("min_cell_overall = 1", "min_cell_overall = 3");
    let study = SmallStudy::with(&protocol, &register(|_| ENDED.to_owned(), |_| "12".to_owned()));
    study.done(&["draw"]);
    study.done(&["forms"]);
    let first = study.forms("review").remove(0);
    let first = ids(&study, &first).remove(0);
    record(&study, |form| {
        for row in (0..form.rows()).filter(|row| form.id(*row) == first).collect::<Vec<_>>() {
            form.set(row, "attended", "11");
            form.set(row, "end_date", "");
        }
    });
    let results = study.json(&["analyse"]);
    let attended = item(&results, "attended");
    assert_eq!((&attended["reason"], &attended["same"]), (&"suppressed".into(), &Value::Null), "{attended}");
    assert_eq!(attended["counts"]["both"].as_u64().unwrap() as usize, places(&study).len());
    let ended = item(&results, "end_date");
    assert_eq!((&ended["counts"]["both"], &ended["counts"]["register_alone"]), (&Value::Null, &Value::Null));
    assert_eq!((&ended["counts"]["reason"], &ended["reason"]), (&"suppressed".into(), &"suppressed".into()));
    let tables = fs::read_to_string(study.path("results/tables.md")).unwrap();
    let row = tables.lines().find(|line| line.starts_with("| Sessions attended")).unwrap();
    assert_eq!(row.matches('#').count(), 5, "{row}");
    assert!(
        tables[tables.find("Items of the register").unwrap()..].contains("hidden, because a count of 1 to 2")
    );
}

#[test]
fn the_table_is_told_in_both_languages() {
    let study = drawn();
    record(&study, |_| {});
    study.done(&["analyse"]);
    let table = |study: &SmallStudy, title: &str| -> String {
        let tables = fs::read_to_string(study.path("results/tables.md")).unwrap();
        let from = tables.find(title).unwrap_or_else(|| panic!("{tables}"));
        tables[from..].split("\n**").next().unwrap().to_owned()
    };
    insta::assert_snapshot!(table(&study, "Items of the register"), @"
    Items of the register against the record, number (per cent)**

    | item | compared | same | ≤ 7 days | ≤ 30 days | difference, median (quartiles) | limits | register alone | record alone | neither | unsettled |
    | :--- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |
    | Sessions attended | 47 | 24 (51.1) |  |  | 0.0 (0.0–0.5) | 0.0–2.0 | 0 | 13 | 0 | 0 |
    |   mean, ± 1.96 SD |  |  |  |  | 0.5 | −0.9 to 2.0 |  |  |  |  |
    | End date | 42 | 21 (50.0) | 29 (69.0) | 37 (88.1) | 0.0 (0.0–5.0) | −20.0 to 100.0 | 0 | 18 | 0 | 0 |

    Difference: register less record, of dates in days. Each course that was read counts once, without weights.

    Limits of agreement: the 2.5 and 97.5 percentiles of the differences, which need 39 or more; on the second line the mean difference and mean ± 1.96 SD (Bland and Altman 1999).

    Register alone: the record does not tell, or the item is not relevant. Record alone: the register has no value that can be read. Unsettled: two reviewers gave different answers.
    ");
    study.edit("[disclosure]", "[report]\nlanguage = \"da\"\n\n[disclosure]");
    study.done(&["analyse"]);
    insta::assert_snapshot!(table(&study, "Oplysninger i registret"), @"
    Oplysninger i registret mod journalen, antal (procent)**

    | oplysning | sammenlignet | ens | ≤ 7 dage | ≤ 30 dage | forskel, median (kvartiler) | grænser | kun register | kun journal | ingen af delene | uafklaret |
    | :--- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |
    | Træninger mødt til | 47 | 24 (51,1) |  |  | 0,0 (0,0–0,5) | 0,0–2,0 | 0 | 13 | 0 | 0 |
    |   middel, ± 1,96 SD |  |  |  |  | 0,5 | −0,9 til 2,0 |  |  |  |  |
    | Slutdato | 42 | 21 (50,0) | 29 (69,0) | 37 (88,1) | 0,0 (0,0–5,0) | −20,0 til 100,0 | 0 | 18 | 0 | 0 |

    Forskel: register minus journal, for datoer i dage. Hvert læst forløb tæller én gang, uden vægte.

    Grænser for overensstemmelse: 2,5- og 97,5-percentilen af forskellene, som kræver mindst 39; på anden linje middelforskellen og middel ± 1,96 SD (Bland og Altman 1999).

    Kun register: journalen oplyser det ikke, eller det er ikke relevant. Kun journal: registret har ingen værdi, der kan læses. Uafklaret: to gennemgange har forskellige svar.
    ");
    let words = fs::read_to_string(study.path("results/text.md")).unwrap();
    assert!(words.contains("højst 0, 7 og 30 dage fra hinanden"), "{words}");
    for found in [
        "var datoen den samme i register og journal i 21 (50,0 %) af 42 forløb, der var højst 7 dages forskel i 29 (69,0 %) og der var højst 30 dages \
         forskel i 37 (88,1 %)",
        "register and record gave the same day in 21 (50.0 %) of 42 courses, days at most 7 apart in 29 (69.0 %) and days at most 30 apart \
         in 37 (88.1 %)",
        "var medianen af forskellen 0,0 (95 % grænser for overensstemmelse 0,0–2,0); tallet var det samme i register og journal i 24 af 47",
        "the median difference was 0.0 (95 % limits of agreement 0.0–2.0); register and record gave the same number in 24 of 47 courses",
    ] {
        assert!(words.replace('\u{a0}', " ").contains(found), "{found}: {words}");
    }
    assert!(
        words.contains("at most 0, 7 and 30 days apart") && words.contains("Bland JM, Altman DG."),
        "{words}"
    );
}

#[test]
fn which_items_are_compared_is_frozen_by_the_draw() {
    let study = drawn();
    study.edit("register_column = \"slutdato\"\n", "");
    assert!(study.refused(&["analyse"], 1).contains("item"), "one is gone");
    study.edit("register_column = \"fremmoeder\"\n", "");
    let told = study.refused(&["analyse"], 1);
    assert!(
        told.contains("`item` is none, and was {") && told.contains("when the sample was drawn"),
        "{told}"
    );
    let without = items::drawn();
    without.edit("[item.end_date]\n", "[item.end_date]\nregister_column = \"diaet\"\n");
    assert!(without.refused(&["analyse"], 1).contains("`item` is {"));
}

#[test]
fn verify_tells_of_other_values_in_the_register_and_an_enlargement_stores_its_own() {
    let study = drawn();
    study.done(&["draw", "--enlarge", "80"]);
    let database = rusqlite::Connection::open(study.path("study.sqlite")).unwrap();
    let stored = "SELECT count(*) FROM register_value WHERE indicator = 'end_date'";
    let stored: i64 = database.query_row(stored, [], |row| row.get(0)).unwrap();
    let courses: i64 = database.query_row("SELECT count(*) FROM course", [], |row| row.get(0)).unwrap();
    assert!(courses > 80 && stored == courses, "{stored} of {courses}, the reserve included");
    assert!(study.done(&["verify"]).out.contains("the same values of the items as at the draw"));
    study.write("register.csv", &register(|_| ENDED.to_owned(), |place| sessions(place).to_owned()));
    let ran = study.run(&["verify"]);
    assert!((ran.out + &ran.err).contains("the register holds other values of the items than at the draw"));
}

/// A reader who has the page beside the Word document finds a table by its number.
#[test]
fn a_table_has_the_same_number_on_the_page_and_in_the_documents() {
    let study = drawn();
    study.edit("by = []", "by = [\"stratum\", \"cluster\"]");
    record(&study, |_| {});
    study.done(&["analyse"]);
    let read = |name: &str| fs::read_to_string(study.path(&format!("results/{name}"))).unwrap();
    let (tables, page) = (read("tables.md"), read("report.html"));
    let titles: Vec<&str> =
        tables.lines().filter_map(|line| line.strip_prefix("**")?.strip_suffix("**")).collect();
    for part in
        ["Items of the register against the record", "Accuracy by municipality", "Accuracy by cluster"]
    {
        assert!(titles.iter().any(|title| title.contains(part)), "{part}: {titles:?}");
    }
    let captions = page.split("<caption ").skip(1).filter_map(|from| {
        let (caption, _) = from.split_once("</span>")?;
        Some(caption.split_once("<span>")?.1.replace("&#39;", "'"))
    });
    let captions: Vec<String> = captions.take(titles.len()).collect();
    assert_eq!(captions, titles);
}
