//! A published table rebuilt as a study: register and reviews have the paper's two-by-two tables, and `hkm analyse` prints the
//! paper's own digits.

use std::collections::BTreeSet;
use std::fs;

use hjertekommidt::demo::read_look_up_list;

use crate::oracle::{Row, rows};
use crate::review_forms::parts;
use crate::small_study::{SmallStudy, courses, csv};

/// J Am Med Inform Assoc 2006;13:696, Table 1: three of its rules on the same 493 texts, with Wilson's intervals.
const SOURCE: &str = "JAMIA 2006;13:696 Table 1";
/// The paper's rules, and the columns of the register that hold what they say here.
const RULES: [(&str, &str, usize); 3] = [
    ("IR-1 derivation", "diaet", 5),
    ("IR-2 derivation", "depression", 6),
    ("TC-1 derivation", "rygestop", 7),
];

fn printed(rule: &str, measure: &str) -> Row {
    let is_it = |row: &Row| {
        row.text("source").contains(SOURCE) && row.text("label") == rule && row.text("measure") == measure
    };
    rows("published").into_iter().find(is_it).unwrap()
}

/// `51.6 (45.0–58.3)`, as the paper has it.
fn digits(rule: &str, measure: &str) -> String {
    let row = printed(rule, measure);
    format!("{} ({}–{})", row.text("estimate_pct"), row.text("lower_pct"), row.text("upper_pct"))
}

/// Positive by the reference standard, and all texts.
fn sizes() -> (usize, usize) {
    let [positive, negative] =
        ["sensitivity", "specificity"].map(|measure| printed(RULES[0].0, measure).count("n") as usize);
    (positive, positive + negative)
}

/// The register of the paper: the first texts are positive by the reference standard, of which the rule finds the first.
fn register() -> (String, BTreeSet<String>) {
    let (positive, all) = sizes();
    let mut courses = courses(all);
    for (place, course) in courses.iter_mut().enumerate() {
        course[4] = "Aarhus".to_owned();
        for (rule, _, column) in RULES {
            let found = printed(rule, "sensitivity").count("x") as usize;
            let specificity = printed(rule, "specificity");
            let false_alarms = (specificity.count("n") - specificity.count("x")) as usize;
            let says_yes = if place < positive { place < found } else { place - positive < false_alarms };
            course[column] = if says_yes { "1" } else { "0" }.to_owned();
        }
    }
    let key = |course: &[String; 8]| {
        let day: Vec<&str> = course[1].split('-').collect();
        format!("{}|{}-{}-{}|{}", course[0], day[2], day[1], day[0], course[2])
    };
    (csv(&courses), courses[..positive].iter().map(key).collect())
}

fn protocol() -> String {
    let (_, all) = sizes();
    let indicator = |(rule, column, _): (&str, &str, usize)| {
        format!(
            "[indicator.{column}]\nname = {{ da = \"{rule}\", en = \"{rule}\" }}\ndefinition = \"The text tells of it.\"\n\
             column = \"{column}\"\n\n[indicator.{column}.register]\nyes = [\"1\"]\nno = [\"0\"]\n\n"
        )
    };
    format!(
        "{HEAD}{}[sampling]\ntotal = {all}\nallocation = \"proportional\"\nminimum = 4\nreserve_percent = 0\n\
         seed = \"Lotto 2026-12-05 4 11 17 20 28 31 35\"\nseed_source = \"Lotto of 5 December 2026\"\n\n\
         [review]\nlanguage = \"da\"\nsecond_reviewer_percent = 0\n\n[analysis]\ninterval = \"wilson\"\n\n\
         [disclosure]\nmin_cell = 3\nmin_cell_overall = 1\n",
        RULES.map(indicator).concat()
    )
}

const HEAD: &str = r#"[study]
title = "A published table"
register_name = "the rules"

[population]
age = "> 18"
diagnoses = ["DI20", "DI21", "DI25"]

[register]
file = "register.csv"
key = ["cpr", "first_attendance", "hospital"]

[register.columns]
cpr = "cpr"
first_attendance = "foerste_fremmoede"
hospital = "sygehus"
diagnosis = "diagnose"
stratum = "kommune"

[strata]
name = "municipality"

[[stratum]]
code = "751"
name = "Aarhus"

"#;

/// Every text is read, and the answer is the reference standard's.
fn reviewed() -> SmallStudy {
    let (register, positive) = register();
    let study = SmallStudy::with(&protocol(), &register);
    study.done(&["draw"]);
    study.done(&["forms"]);
    let lists = study.forms("lookup");
    let keys = read_look_up_list(&study.path(&format!("forms/{}", lists[0]))).unwrap();
    let keys: Vec<(String, String)> = keys.into_iter().map(|(id, key)| (id.to_string(), key)).collect();
    let name = study.forms("review").remove(0);
    let mut form = study.form(&name);
    for row in 0..form.rows() {
        let key = &keys.iter().find(|(id, _)| *id == form.id(row)).unwrap().1;
        let answer = if positive.contains(key) { "Ja" } else { "Nej" };
        let cells = [("journal", "Fundet"), ("initialer", "ABC"), ("dato", "15-01-2024")];
        cells.into_iter().for_each(|(column, text)| form.set(row, column, text));
        RULES.iter().for_each(|(_, column, _)| form.set(row, column, answer));
    }
    form.save(&study.path("returned/review.csv"));
    study.done(&["record", "returned/review.csv"]);
    study
}

#[test]
fn a_published_table_is_printed_with_its_own_digits() {
    let study = reviewed();
    study.done(&["analyse", "--final"]);
    let markdown = fs::read_to_string(study.path("results/tables.md")).unwrap();
    let tex = fs::read_to_string(study.path("results/tables.tex")).unwrap();
    let word: String = parts(&study.path("results/tables.docx")).into_iter().map(|(_, text)| text).collect();
    let book: String = parts(&study.path("results/tables.xlsx")).into_iter().map(|(_, text)| text).collect();
    for (rule, _, _) in RULES {
        let expected = ["sensitivity", "specificity", "PPV"].map(|measure| digits(rule, measure));
        let mut lines = markdown.lines().skip_while(|line| !line.starts_with(&format!("| {rule} ")));
        let [counts, plain] = [lines.next().unwrap(), lines.next().unwrap()];
        let shown: Vec<&str> = plain.split('|').map(str::trim).collect();
        assert_eq!(shown[7..10], expected, "{rule}: {plain}");
        let (found, ppv) = (printed(rule, "sensitivity"), printed(rule, "PPV"));
        let cells: Vec<&str> = counts.split('|').map(str::trim).collect();
        let false_alarms = (ppv.count("n") - ppv.count("x")).to_string();
        assert_eq!(cells[2..4], [found.count("x").to_string(), false_alarms], "{rule}: {counts}");
        for digits in expected {
            assert!(book.contains(&digits) && tex.contains(&digits.replace('–', "--")), "{rule}: {digits}");
            assert!(word.contains(&digits.replace(' ', "\u{a0}")), "{rule}: {digits}");
        }
    }
}
