//! The same study, the same bytes: in one process, and in another.

use std::collections::BTreeMap;
use std::fs;

use hjertekommidt::store::Actor;
use hjertekommidt::study::{AnalyseOptions, Session, Study, analyse};
use jiff::civil::date;

use super::study;
use crate::small_study::SmallStudy;

/// Writes the results anew within this process.
fn written_here(study: &SmallStudy, at: &str) -> BTreeMap<String, Vec<u8>> {
    fs::remove_dir_all(study.path("results")).unwrap();
    let actor = Actor { at: at.to_owned(), who: "somebody".to_owned() };
    let session = Session { actor, today: date(2031, 5, 2), progress: &|_| {} };
    analyse(&Study::open(study.folder()).unwrap(), &AnalyseOptions::default(), &session).unwrap();
    study.bytes("results")
}

#[test]
fn a_process_writes_the_same_bytes_twice_and_so_does_another() {
    let study = study("en");
    let elsewhere = study.bytes("results");
    let twice = ["2031-05-02T12:00:00Z", "2032-06-03T13:01:01Z"].map(|at| written_here(&study, at));
    for (name, bytes) in &elsewhere {
        assert!(twice[0][name] == *bytes && twice[1][name] == *bytes, "{name}");
    }
    assert_eq!(twice[0].len(), elsewhere.len());
    for name in ["tables.docx", "tables.md", "tables.tex", "tables.xlsx"] {
        assert!(elsewhere.contains_key(name), "{name}");
    }
}

#[test]
fn verify_tells_a_document_that_was_opened_and_saved() {
    let study = study("en");
    study.done(&["verify"]);
    for name in ["tables.docx", "tables.xlsx"] {
        let mut bytes = fs::read(study.path(&format!("results/{name}"))).unwrap();
        bytes.push(b' ');
        fs::write(study.path(&format!("results/{name}")), bytes).unwrap();
    }
    let verified = study.run(&["verify"]);
    assert_eq!(verified.code, Some(1));
    let refused = study.refused(&["analyse"], 1);
    for name in ["tables.docx", "tables.xlsx"] {
        assert!(verified.out.contains(&format!("results/{name}: differs")), "{}", verified.out);
        assert!(refused.contains(&format!("`{name}` was edited")), "{refused}");
    }
    study.done(&["analyse", "--replace"]);
    study.done(&["verify"]);
}
