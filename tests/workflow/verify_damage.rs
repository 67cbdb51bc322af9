//! `hkm verify` of damaged files: each is one difference, and all other checks are made.

use std::fs;

use rusqlite::Connection;
use serde_json::Value;

use crate::small_study::SmallStudy;

fn exported() -> SmallStudy {
    let study = SmallStudy::reviewed();
    study.done(&["analyse"]);
    study.done(&["export"]);
    study
}

/// How many checks agree, and what differs.
fn verified(study: &SmallStudy) -> (usize, Vec<String>) {
    let told = study.run(&["verify", "--format", "json"]).json();
    let text = |one: &Value| one.as_str().unwrap().to_owned();
    let different = told["different"].as_array().unwrap().iter().map(text).collect();
    (told["equal"].as_array().unwrap().len(), different)
}

/// Changes a column of the first row of a table in its own pages, and leaves the indexes as they were.
fn change_behind_the_index(study: &SmallStudy, column: &str, value: &str) {
    let database = Connection::open(study.path("key.sqlite")).unwrap();
    database
        .execute_batch(
            "DROP TRIGGER key_no_update; PRAGMA writable_schema = ON;
             CREATE TABLE twin (study_id TEXT PRIMARY KEY, stratum TEXT NOT NULL, rank INTEGER NOT NULL,
                                record_key TEXT NOT NULL) STRICT, WITHOUT ROWID;
             UPDATE sqlite_schema SET rootpage = (SELECT rootpage FROM sqlite_schema WHERE name = 'key')
             WHERE name = 'twin';",
        )
        .unwrap();
    drop(database);
    let database = Connection::open(study.path("key.sqlite")).unwrap();
    let sql = format!(
        "PRAGMA writable_schema = ON;
         UPDATE twin SET {column} = {value} WHERE study_id = (SELECT min(study_id) FROM twin);
         DELETE FROM sqlite_schema WHERE name = 'twin';"
    );
    database.execute_batch(&sql).unwrap();
}

#[test]
fn a_row_of_the_key_is_compared_as_it_stands_in_the_table() {
    let study = exported();
    let (equal, _) = verified(&study);
    change_behind_the_index(&study, "stratum", "'100'");
    let (now, different) = verified(&study);
    assert!(
        different.iter().any(|what| what
            .starts_with("key.sqlite gives a study id another place than it has in the sample: HKM-")),
        "{different:?}"
    );
    assert!(different.iter().any(|what| what.starts_with("`key.sqlite` is damaged")), "{different:?}");
    assert_eq!((now, different.len()), (equal - 1, 2), "{different:?}");
    let err = study.run(&["verify"]).out;
    assert!(err.contains("--> key.sqlite") && err.contains("bring key.sqlite back from a backup"), "{err}");
}

/// What no query of `verify` reads still lies in the file: an index that another command will read.
#[test]
fn an_index_that_its_table_does_not_agree_with_is_damage() {
    let study = exported();
    let (equal, _) = verified(&study);
    let database = Connection::open(study.path("study.sqlite")).unwrap();
    database
        .execute_batch(
            "CREATE INDEX other ON import (file); PRAGMA writable_schema = ON;
             UPDATE sqlite_schema SET sql = 'CREATE INDEX other ON import (sha256)' WHERE name = 'other';",
        )
        .unwrap();
    drop(database);
    let (now, different) = verified(&study);
    assert!(now == equal && different.len() == 1, "{different:?}");
    assert!(different[0].starts_with("`study.sqlite` is damaged: SQLite reports: "), "{different:?}");
    assert!(study.run(&["verify"]).out.contains("help: bring the file back from a backup"));
}

#[test]
fn exchanged_record_keys_are_the_fault_of_the_key_and_not_of_the_extract() {
    let study = exported();
    let key = Connection::open(study.path("key.sqlite")).unwrap();
    key.execute_batch(
        "DROP TRIGGER key_no_update;
         CREATE TEMP TABLE two AS SELECT record_key, rank FROM key WHERE stratum = '727' AND rank <= 2;
         UPDATE key SET record_key = 'x' || rank WHERE stratum = '727' AND rank <= 2;
         UPDATE key SET record_key = (SELECT two.record_key FROM two WHERE two.rank = 3 - key.rank)
         WHERE stratum = '727' AND rank <= 2;",
    )
    .unwrap();
    drop(key);
    let ran = study.run(&["verify"]);
    assert!(
        ran.out.contains("key.sqlite gives a study id another course than the draw gave it: HKM-"),
        "{}",
        ran.out
    );
    assert!(ran.out.contains("bring key.sqlite back from a backup"), "{}", ran.out);
    assert!(!ran.out.contains("bring back the extract"), "{}", ran.out);
}

#[test]
fn an_unreadable_manifest_is_a_difference_among_the_others() {
    for folder in ["export", "results"] {
        for byte in [b'x', 0xff] {
            let study = exported();
            let (equal, _) = verified(&study);
            let path = study.path(&format!("{folder}/manifest.json"));
            let mut bytes = fs::read(&path).unwrap();
            bytes[0] = byte;
            fs::write(&path, bytes).unwrap();
            let files = study.files(folder).len();
            let (now, different) = verified(&study);
            assert_eq!(different, [format!("`{folder}/manifest.json` cannot be read")], "{byte}");
            assert_eq!(now, equal - files, "all but the {files} files of {folder}/");
        }
    }
}

#[test]
fn a_key_that_is_no_database_is_a_difference_among_the_others() {
    let study = exported();
    fs::write(study.path("key.sqlite"), "this is a text and no database at all, however long it may be made")
        .unwrap();
    let (equal, different) = verified(&study);
    assert_eq!(different, ["`key.sqlite` is not a study's database, or is damaged"]);
    assert!(equal > 10, "{equal}");
    fs::write(study.path("study.sqlite"), "this is a text and no database at all, however long it may be")
        .unwrap();
    let told = study.refused(&["verify"], 2);
    assert!(told.contains("study.sqlite"), "{told}");
}

/// A text of the trail that is no text: no more than one finding for it, with a remedy, and the other checks go on.
#[test]
fn a_value_of_another_type_in_the_database_has_a_remedy() {
    let study = exported();
    let database = Connection::open(study.path("study.sqlite")).unwrap();
    database
        .execute_batch(
            "DROP TRIGGER import_no_UPDATE; PRAGMA writable_schema = ON;
             UPDATE sqlite_schema SET sql = replace(sql, 'STRICT', '') WHERE name = 'import';",
        )
        .unwrap();
    drop(database);
    let database = Connection::open(study.path("study.sqlite")).unwrap();
    database.execute_batch("UPDATE import SET file = x'ff00'").unwrap();
    drop(database);
    let ran = study.run(&["verify"]);
    assert_eq!(ran.code, Some(1), "{}", ran.out);
    assert!(
        ran.out.contains("`study.sqlite` is damaged: SQLite reports: Invalid column type Blob"),
        "{}",
        ran.out
    );
    assert!(ran.out.contains("help: bring the file back from a backup"), "{}", ran.out);
    assert!(ran.out.contains("the draw repeated: the same"), "{}", ran.out);
}
