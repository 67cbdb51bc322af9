//! The commands that need no study, as a user calls them: what is printed where, and with which exit code.

mod accuracy;
mod bootstrap;
mod comparisons;
mod explain;
mod interval;
mod kappa;
mod messages;
mod post_stratify;
mod table;

use std::fs;
use std::path::Path;

use assert_cmd::Command;
use serde_json::Value;
use tempfile::TempDir;

/// What a call printed.
pub(crate) struct Printed {
    pub(crate) stdout: String,
    pub(crate) stderr: String,
    pub(crate) code: i32,
}

/// Calls `hkm` in a folder. The words of a call are separated by single spaces, a space within a word is written `~`.
pub(crate) fn call_in(folder: &Path, words: &str) -> Printed {
    let words = words.split(' ').map(|word| word.replace('~', " "));
    let mut command = Command::cargo_bin("hkm").unwrap();
    let output = command.current_dir(folder).env_remove("COLUMNS").args(words).output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    let code = output.status.code().unwrap();
    Printed { stdout: text(output.stdout), stderr: text(output.stderr), code }
}

/// Calls `hkm` where no file is needed.
pub(crate) fn call(words: &str) -> Printed {
    call_in(Path::new(env!("CARGO_MANIFEST_DIR")), words)
}

/// The result of a call that must be done.
pub(crate) fn done(printed: Printed) -> String {
    assert_eq!((printed.code, printed.stderr.as_str()), (0, ""), "{}", printed.stdout);
    printed.stdout
}

/// The JSON of a call that must be done.
pub(crate) fn json(printed: Printed) -> Value {
    serde_json::from_str(&done(printed)).unwrap()
}

/// A folder with one file in it.
pub(crate) fn folder(name: &str, bytes: impl AsRef<[u8]>) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join(name), bytes).unwrap();
    folder
}

/// The keys of an object in their order.
pub(crate) fn keys(value: &Value) -> Vec<&str> {
    value.as_object().unwrap().keys().map(String::as_str).collect()
}

/// A number that must be there.
pub(crate) fn number(value: &Value) -> f64 {
    value.as_f64().unwrap_or_else(|| panic!("{value} is no number"))
}
