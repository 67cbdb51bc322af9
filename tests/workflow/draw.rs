//! `hkm draw`: once, from what is known to be whole.

use std::collections::BTreeSet;

use rusqlite::Connection;

use crate::small_study::{PROTOCOL, SmallStudy, courses, csv};

/// The drawn courses in their order: stratum, rank, record key.
pub(super) fn drawn(study: &SmallStudy) -> Vec<(String, i64, String)> {
    let key = Connection::open(study.path("key.sqlite")).unwrap();
    let mut rows = key.prepare("SELECT stratum, rank, record_key FROM key ORDER BY stratum, rank").unwrap();
    let read = rows.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?))).unwrap();
    read.map(Result::unwrap).collect()
}

#[test]
fn the_total_is_met_and_every_municipality_is_covered() {
    let study = SmallStudy::new();
    let json = study.json(&["draw"]);
    let of = |key: &str| -> Vec<u64> {
        json["strata"].as_array().unwrap().iter().map(|one| one[key].as_u64().unwrap()).collect()
    };
    assert_eq!(of("frame"), [50, 10, 30, 110]);
    assert_eq!(of("drawn"), [15, 4, 9, 32]);
    assert_eq!(of("reserve"), [3, 1, 2, 7]);
    assert_eq!(drawn(&study).len(), 60 + 13);
}

#[test]
fn the_draw_depends_on_seed_and_frame_alone() {
    let first = SmallStudy::drawn();
    let mut rows = courses(200);
    rows.reverse();
    let second = SmallStudy::with(PROTOCOL, &csv(&rows));
    second.done(&["draw"]);
    assert_eq!(drawn(&first), drawn(&second));
    let third = SmallStudy::new();
    third.edit("Lotto 2026-12-05 4 11", "Lotto 2026-12-05 4 12");
    third.done(&["draw"]);
    assert_ne!(drawn(&first), drawn(&third));
}

/// The rule of the documentation, written down again: SHA-256(seed | key), the smallest of each stratum.
#[test]
fn the_draw_can_be_repeated_by_anybody() {
    use sha2::{Digest as _, Sha256};
    let study = SmallStudy::drawn();
    let mut numbered: Vec<(String, Vec<u8>, String)> = courses(200)
        .into_iter()
        .map(|[cpr, day, hospital, _, municipality, ..]| {
            let day: Vec<&str> = day.split('-').collect();
            let key = format!("{cpr}|{}-{}-{}|{hospital}", day[2], day[1], day[0]);
            let number = Sha256::digest(format!("Lotto 2026-12-05 4 11 17 20 28 31 35|{key}")).to_vec();
            (municipality, number, key)
        })
        .collect();
    numbered.sort();
    for (name, code) in [("Horsens", "615"), ("Odder", "727"), ("Skanderborg", "746"), ("Aarhus", "751")] {
        let found: Vec<String> =
            drawn(&study).into_iter().filter(|one| one.0 == code).map(|one| one.2).collect();
        let expected: Vec<String> =
            numbered.iter().filter(|one| one.0 == name).map(|one| one.2.clone()).take(found.len()).collect();
        assert_eq!(found, expected, "{name}");
    }
}

#[test]
fn a_second_draw_is_refused() {
    let study = SmallStudy::drawn();
    let before = study.stored();
    let told = study.refused(&["draw"], 2);
    assert!(told.contains("--enlarge"));
    assert_eq!(study.stored(), before);
}

#[test]
fn a_draw_without_a_seed_or_its_source_is_refused() {
    for key in ["seed", "seed_source"] {
        let study = SmallStudy::new();
        let line = PROTOCOL.lines().find(|line| line.starts_with(&format!("{key} ="))).unwrap();
        study.edit(line, &format!("{key} = \"\""));
        study.refused(&["draw"], 1);
        assert!(!study.path("study.sqlite").exists() && !study.path("key.sqlite").exists());
        study.done(&["check"]);
    }
}

#[test]
fn a_broken_key_is_an_exclusion_that_must_be_accepted() {
    let mut rows = courses(200);
    rows[0][0] = String::new();
    rows[1][1] = "unknown".to_owned();
    rows[2][4] = String::new();
    let study = SmallStudy::with(PROTOCOL, &csv(&rows));
    let told = study.refused(&["draw"], 1);
    assert!(told.contains("3 rows") && told.contains("--accept-exclusions"), "{told}");
    assert!(!study.path("study.sqlite").exists() && !study.path("key.sqlite").exists());
    study.done(&["draw", "--accept-exclusions"]);
    let flow = study.json(&["analyse"])["flow"].clone();
    assert_eq!((&flow["broken_key"], &flow["broken_eligibility"]), (&2.into(), &1.into()));
}

#[test]
fn months_before_days_refuse_the_file_whatever_is_accepted() {
    let mut rows = courses(200);
    // 5 March as 03/05 cannot be told from 3 May: what 03/25 says of the others is that they are read wrongly too.
    (0..20).for_each(|row| rows[row][1] = "03/25/2021".to_owned());
    let study = SmallStudy::with(PROTOCOL, &csv(&rows));
    let told = study.refused(&["draw", "--accept-exclusions"], 1);
    assert!(told.contains("month before the day"), "{told}");
    assert!(!study.path("study.sqlite").exists());
    let mut rows = courses(200);
    rows[0][1] = "03/25/2021".to_owned();
    let study = SmallStudy::with(PROTOCOL, &csv(&rows));
    study.done(&["draw", "--accept-exclusions"]);
}

#[test]
fn a_key_with_differing_rows_refuses_the_draw() {
    let mut rows = courses(200);
    rows[5] = rows[6].clone();
    rows[5][5] = "0".to_owned();
    rows[6][5] = "1".to_owned();
    let study = SmallStudy::with(PROTOCOL, &csv(&rows));
    study.refused(&["draw", "--accept-exclusions"], 1);
    assert!(!study.path("study.sqlite").exists());
}

#[test]
fn identical_rows_are_counted_once() {
    let mut rows = courses(200);
    rows.extend(courses(200).into_iter().take(30));
    let twice = SmallStudy::with(PROTOCOL, &csv(&rows));
    twice.done(&["draw"]);
    let flow = twice.json(&["analyse"])["flow"].clone();
    assert_eq!(
        (&flow["rows_read"], &flow["duplicate"], &flow["frame"]),
        (&230.into(), &30.into(), &200.into())
    );
    assert_eq!(drawn(&twice), drawn(&SmallStudy::drawn()));
}

#[test]
fn a_total_that_cannot_be_met_is_refused_and_says_by_how_much() {
    let study = SmallStudy::new();
    study.edit("total = 60", "total = 250");
    assert!(study.refused(&["draw"], 1).contains("50 too few"));
    study.edit("total = 250", "total = 10");
    assert!(study.refused(&["draw"], 1).contains("6 more"));
}

#[test]
fn an_unmapped_value_may_be_drawn_but_not_analysed() {
    let mut rows = courses(200);
    rows[0][5] = "maybe".to_owned();
    let study = SmallStudy::with(PROTOCOL, &csv(&rows));
    assert!(study.refused(&["draw"], 1).contains("`maybe`"));
    let drawn = study.done(&["draw", "--accept-exclusions"]);
    assert!(drawn.err.starts_with("warning: `diet` is `maybe` in 1 row"), "{}", drawn.err);
    assert!(study.refused(&["analyse"], 1).contains("`maybe`"));
    study.edit(
        "[indicator.diet.register]\nyes = [\"1\"]",
        "[indicator.diet.register]\nyes = [\"1\", \"maybe\"]",
    );
    let analysed = study.json(&["analyse"]);
    assert_eq!(analysed["post_hoc"].as_array().unwrap().len(), 1, "a change of the codebook is told");
}

#[test]
fn ids_tell_nothing_of_the_key() {
    let study = SmallStudy::drawn();
    let study_file = Connection::open(study.path("study.sqlite")).unwrap();
    let mut rows = study_file.prepare("SELECT study_id FROM course ORDER BY stratum, rank").unwrap();
    let ids: Vec<String> = rows.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect();
    let mut sorted = ids.clone();
    sorted.sort();
    assert_ne!(ids, sorted, "ids do not follow the order of the draw");
    assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), 73);
}

#[test]
fn the_frozen_sections_may_not_change() {
    for (from, to, told) in [
        ("total = 60", "total = 61", "`sampling.total` is 61, and was 60 when"),
        ("minimum = 4", "minimum = 5", "`sampling.minimum` is 5, and was 4 when"),
        ("reserve_percent = 20", "reserve_percent = 30", "`sampling.reserve_percent` is 30, and was 20 when"),
        ("Lotto 2026-12-05 4 11", "Lotto 2026-12-05 4 12", "`sampling.seed` is \"Lotto 2026-12-05 4 12 17"),
        (
            "announced on 1 December",
            "announced",
            "`sampling.seed_source` is \"Lotto of 5 December 2026, announced\", and was \"Lotto of 5",
        ),
        ("age = \"> 18\"", "age = \">= 18\"", "`population.age` is \">= 18\", and was \"> 18\" when"),
        ("\"DI25\"]", "\"DI24\"]", "`population.diagnoses` is [\"DI20\", \"DI21\", \"DI24\"], and was ["),
        (
            "key = [\"cpr\", \"first_attendance\", \"hospital\"]",
            "key = [\"cpr\", \"hospital\", \"first_attendance\"]",
            "`register.key` is [\"cpr\", \"hospital\", \"first_attendance\"], and was",
        ),
        ("in_study = false", "in_study = true", "`stratum.741.in_study` is true, and was false when"),
        (
            "second_reviewer_percent = 10",
            "second_reviewer_percent = 20",
            "`review.second_reviewer_percent` is 20, and was 10 when",
        ),
        (
            "column = \"diaet\"",
            "column = \"rygestop\"",
            "`indicator.diet.column` is \"rygestop\", and was \"diaet\" when",
        ),
    ] {
        let study = SmallStudy::drawn();
        study.edit(from, to);
        for arguments in
            [&["draw", "--enlarge", "80"][..], &["analyse"], &["forms"], &["record", "study.toml"]]
        {
            let err = study.refused(arguments, 1);
            assert!(err.contains(told), "{from} {arguments:?}: {err}");
        }
        for command in ["check", "verify"] {
            assert_eq!(study.run(&[command]).code, Some(1), "{from} {command}");
        }
    }
}

#[test]
fn comments_titles_and_the_order_of_tables_may_change() {
    let study = SmallStudy::drawn();
    study.edit("[population]", "# adults\n[population]");
    study.edit("an invented register", "a register");
    study.edit("definition = \"Stopped smoking.\"", "definition = \"Has stopped smoking.\"");
    study.done(&["check"]);
    study.done(&["draw", "--enlarge", "80"]);
}
