//! `hkm demo`: the README's first command.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Output;

use assert_cmd::Command;

fn demo(folder: &Path, options: &[&str]) -> Output {
    Command::cargo_bin("hkm").unwrap().arg("demo").arg(folder).args(options).output().unwrap()
}

/// All files with their bytes.
fn files(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut found = BTreeMap::new();
    for entry in fs::read_dir(folder).unwrap().flatten() {
        match entry.path() {
            path if path.is_dir() => found.extend(files(&path)),
            path => drop(found.insert(path.clone(), fs::read(path).unwrap())),
        }
    }
    found
}

#[test]
fn the_demo_goes_the_whole_way_and_has_the_same_bytes_every_time() {
    let folder = tempfile::tempdir().unwrap();
    let study = folder.path().join("demo-study");
    let first = demo(&study, &[]);
    assert!(first.status.success(), "{}", String::from_utf8_lossy(&first.stderr));
    let written = files(&study);
    let again = demo(&study, &[]);
    assert!(again.status.success());
    assert!(files(&study) == written, "an unchanged demo is replaced by the same bytes");
    assert_eq!(first.stdout, again.stdout);
    let text = String::from_utf8(first.stdout).unwrap();
    insta::assert_snapshot!(text.replace(&study.display().to_string(), "demo-study"));
}

#[test]
fn a_demo_that_somebody_has_touched_is_not_replaced() {
    let folder = tempfile::tempdir().unwrap();
    let study = folder.path().join("demo-study");
    assert!(demo(&study, &[]).status.success());
    fs::write(study.join("returned/my-notes.txt"), "mine").unwrap();
    let refused = demo(&study, &[]);
    assert_eq!(refused.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&refused.stderr).contains("is not an unchanged demo"));
    assert_eq!(fs::read(study.join("returned/my-notes.txt")).unwrap(), b"mine");
}

#[test]
fn any_other_folder_is_refused_and_left_as_it_is() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("thesis.txt"), "years of work").unwrap();
    assert_eq!(demo(folder.path(), &[]).status.code(), Some(2));
    assert_eq!(files(folder.path()).len(), 1);
}

#[test]
fn an_empty_folder_is_taken() {
    let folder = tempfile::tempdir().unwrap();
    assert!(demo(folder.path(), &["--format", "json"]).status.success());
    assert!(folder.path().join("results/manifest.json").is_file());
}

#[test]
fn nearly_all_intervals_hold_the_truth() {
    let folder = tempfile::tempdir().unwrap();
    let output = demo(&folder.path().join("demo"), &["--format", "json"]);
    let json: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let (held, all) =
        (json["intervals_that_hold_the_truth"].as_u64().unwrap(), json["intervals"].as_u64().unwrap());
    // 24 intervals at 95 %: fewer than 20 would happen once in 170 demos.
    assert!(all == 24 && held >= 20, "{held} of {all}");
}
