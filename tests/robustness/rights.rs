//! A study in a folder that may only be read.

use std::fs;
use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _};
use std::path::{Path, PathBuf};
use std::process::Command;

use super::stored_rows::stored_rows;
use super::tools::has;
use crate::small_study::{Ran, SmallStudy};

/// The user nobody, to whom rights apply even where the tests run as root.
const NOBODY: &str = "65534";

fn set_mode(path: &Path, mode: u32) {
    fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
}

/// Gives everybody the right to read all, and nobody the right to write.
fn protect(folder: &Path) {
    for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
        match entry.path() {
            path if path.is_dir() => protect(&path),
            path => set_mode(&path, 0o444),
        }
    }
    set_mode(folder, 0o555);
}

fn unprotect(folder: &Path) {
    set_mode(folder, 0o755);
    for path in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).filter(|path| path.is_dir())
    {
        unprotect(&path);
    }
}

/// A study that may only be read, and a program that everybody may run.
struct Protected {
    study: SmallStudy,
    program: PathBuf,
    _elsewhere: tempfile::TempDir,
    is_root: bool,
}

impl Protected {
    /// `None`, said aloud, when the rights cannot be tried out.
    fn new(study: SmallStudy) -> Option<Self> {
        let is_root = fs::metadata(study.folder()).unwrap().uid() == 0;
        if is_root && !has("setpriv", &["--reuid", NOBODY, "--regid", NOBODY, "--clear-groups", "true"]) {
            return None;
        }
        let elsewhere = tempfile::tempdir().unwrap();
        set_mode(elsewhere.path(), 0o755);
        let program = elsewhere.path().join("hkm");
        fs::copy(assert_cmd::cargo::cargo_bin!("hkm"), &program).unwrap();
        set_mode(&program, 0o755);
        protect(study.folder());
        Some(Protected { study, program, _elsewhere: elsewhere, is_root })
    }

    fn run(&self, arguments: &[&str]) -> Ran {
        let mut command = match self.is_root {
            true => Command::new("setpriv"),
            false => Command::new(&self.program),
        };
        if self.is_root {
            command.args(["--reuid", NOBODY, "--regid", NOBODY, "--clear-groups"]).arg(&self.program);
        }
        command.args(arguments).current_dir(self.study.folder()).output().unwrap().into()
    }
}

impl Drop for Protected {
    fn drop(&mut self) {
        unprotect(self.study.folder());
    }
}

#[test]
fn what_only_looks_works_where_nothing_may_be_written() {
    let study = SmallStudy::reviewed();
    study.done(&["analyse"]);
    let Some(protected) = Protected::new(study) else { return };
    for command in ["check", "cohort", "status", "verify"] {
        let ran = protected.run(&[command]);
        assert_eq!(ran.code, Some(0), "{command}: {}{}", ran.out, ran.err);
    }
}

#[test]
fn what_writes_is_refused_and_changes_nothing() {
    let study = SmallStudy::with_forms();
    let file = study.returned("751-Aarhus-review.xlsx", |form| form.without_chart(0, "Ikke fundet"));
    study.done(&["record", &file]);
    let other = study.returned("727-Odder-review.xlsx", |_| {});
    let before = stored_rows(&study);
    let Some(protected) = Protected::new(study) else { return };
    for arguments in [
        &["draw", "--enlarge", "100"][..],
        &["forms"],
        &["record", &other],
        &["replace", "--all"],
        &["adjudicate"],
        &["analyse"],
        &["new", "other"],
    ] {
        let ran = protected.run(arguments);
        if arguments == ["forms"] || arguments == ["adjudicate"] {
            // All forms are out, and nobody disagrees: there is nothing to write.
            assert!([Some(0), Some(2)].contains(&ran.code), "{arguments:?}: {}", ran.err);
            continue;
        }
        assert_eq!((ran.code, ran.out.as_str()), (Some(2), ""), "{arguments:?}: {}", ran.err);
        assert!(
            ran.err.contains("rights") || ran.err.contains("right to write"),
            "{arguments:?}: {}",
            ran.err
        );
    }
    unprotect(protected.study.folder());
    assert!(stored_rows(&protected.study) == before);
    assert!(protected.study.files("results").is_empty());
}

#[test]
fn a_draw_in_a_folder_that_may_only_be_read_is_refused() {
    let Some(protected) = Protected::new(SmallStudy::new()) else { return };
    let ran = protected.run(&["draw"]);
    assert_eq!((ran.code, ran.out.as_str()), (Some(2), ""), "{}", ran.err);
    assert!(ran.err.contains("check the rights of the study folder"), "{}", ran.err);
    assert!(!protected.study.path("study.sqlite").exists() && !protected.study.path("key.sqlite").exists());
}

#[test]
fn a_key_of_another_user_is_told() {
    let study = SmallStudy::drawn();
    let Some(protected) = Protected::new(study) else { return };
    set_mode(&protected.study.path("key.sqlite"), 0o000);
    let ran = protected.run(&["verify"]);
    assert_eq!(ran.code, Some(2));
    assert!(ran.err.contains("key.sqlite"), "{}", ran.err);
}
