//! The three lines that repeat a draw, run in their own languages.

use std::process::Command;

use hjertekommidt::protocol::Protocol;
use hjertekommidt::report::repeat_draw_snippets;
use hjertekommidt::study::PROTOCOL_FILE;

use crate::robustness::tools::has;
use crate::small_study::{PROTOCOL, SmallStudy, courses, csv};

/// A seed with everything that a language may take for something else.
const SEED: &str = r#"Lotto 2026-12-05 "4" '11' {17} \20 $28 %s"#;

fn protocol() -> String {
    PROTOCOL.replace("\"Lotto 2026-12-05 4 11 17 20 28 31 35\"", &format!("'''{SEED}'''"))
}

/// The frame of the small study, as the text beside the lines asks for it, in another order than the register's.
fn frame() -> String {
    let mut rows: Vec<String> = courses(200)
        .iter()
        .map(|course| {
            let code = match course[4].as_str() {
                "Horsens" => "615",
                "Odder" => "727",
                "Skanderborg" => "746",
                _ => "751",
            };
            let day: Vec<&str> = course[1].split('-').collect();
            format!("{code},{}|{}-{}-{}|{}\n", course[0], day[2], day[1], day[0], course[2])
        })
        .collect();
    rows.reverse();
    format!("stratum,key\n{}", rows.concat())
}

/// `code key` in the order of the draw, from key.sqlite: everybody who was drawn, the reserve behind them.
fn drawn(study: &SmallStudy) -> Vec<String> {
    let key = rusqlite::Connection::open(study.path("key.sqlite")).unwrap();
    let mut statement = key.prepare("SELECT stratum, record_key FROM key ORDER BY stratum, rank").unwrap();
    let line =
        |row: &rusqlite::Row<'_>| Ok(format!("{} {}", row.get::<_, String>(0)?, row.get::<_, String>(1)?));
    statement.query_map([], line).unwrap().map(Result::unwrap).collect()
}

/// Runs the lines of a language behind and before some others in the folder of the frame, and compares the order of each stratum.
fn check(study: &SmallStudy, language: &str, program: &str, around: [&str; 2]) {
    let protocol = Protocol::read(&protocol(), PROTOCOL_FILE).unwrap();
    let snippets = repeat_draw_snippets(&protocol);
    let snippet = snippets.iter().find(|one| one.language == language).unwrap();
    assert_eq!(snippet.code.lines().count(), 3, "{}", snippet.code);
    let script = format!("{}{}{}", around[0], snippet.code, around[1]);
    study.write("frame.csv", &frame());
    study.write("script.txt", &script);
    let path = study.path("script.txt");

    let output = Command::new(program).arg(path).current_dir(study.folder()).output().unwrap();
    let printed = String::from_utf8(output.stdout).unwrap();
    assert!(output.status.success(), "{script}{}", String::from_utf8_lossy(&output.stderr));
    let expected = drawn(study);
    assert!(expected.len() > 60, "the reserve is drawn too");
    for code in ["615", "727", "746", "751"] {
        let of = |lines: &mut dyn Iterator<Item = &str>| -> Vec<String> {
            lines.filter(|line| line.starts_with(code)).map(str::to_owned).collect()
        };
        let first = of(&mut expected.iter().map(String::as_str));
        let order = of(&mut printed.lines());
        assert!(order.len() >= first.len() && !first.is_empty(), "{language}: {printed}");
        assert_eq!(order[..first.len()], first, "{language}, {code}");
    }
}

fn study() -> SmallStudy {
    let study = SmallStudy::with(&protocol(), &csv(&courses(200)));
    study.done(&["draw"]);
    study
}

const PRINT: &str = "for one in drawn: print(one[\"stratum\"], one[\"key\"])\n";

#[test]
fn python_draws_the_same_in_three_lines() {
    if has("python3", &["--version"]) {
        check(&study(), "Python", "python3", ["", PRINT]);
    }
}

#[test]
fn r_draws_the_same_in_three_lines() {
    if has("Rscript", &["-e", "library(digest)"]) {
        let print = "cat(paste(drawn$stratum, drawn$key), sep = \"\\n\")\n";
        check(&study(), "R", "Rscript", ["", print]);
    }
}

/// SQLite has no SHA-256 of its own; here Python lends it one that gives what DuckDB's does.
#[test]
fn sql_draws_the_same_in_three_lines() {
    if has("python3", &["--version"]) {
        let before = "import csv, hashlib, sqlite3\n\
            base = sqlite3.connect(\":memory:\")\n\
            base.create_function(\"sha256\", 1, lambda text: hashlib.sha256(text.encode()).hexdigest())\n\
            base.execute(\"CREATE TABLE frame (stratum TEXT, key TEXT)\")\n\
            rows = [(one[\"stratum\"], one[\"key\"]) for one in csv.DictReader(open(\"frame.csv\", encoding=\"utf-8\"))]\n\
            base.executemany(\"INSERT INTO frame VALUES (?, ?)\", rows)\n\
            query = r'''";
        let after = "'''\nfor stratum, key in base.execute(query): print(stratum, key)\n";
        check(&study(), "SQL", "python3", [before, after]);
    }
}

#[test]
fn nothing_is_told_before_there_is_a_seed() {
    let text = PROTOCOL.replace("\"Lotto 2026-12-05 4 11 17 20 28 31 35\"", "\"\"");
    assert!(repeat_draw_snippets(&Protocol::read(&text, PROTOCOL_FILE).unwrap()).is_empty());
}
