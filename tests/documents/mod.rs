//! The tables of `results/` as documents: what stands in them, and that Word's, Excel's and LaTeX's kin open and print them.

mod bytes;
mod printed;
mod published;
mod word;

use std::path::Path;
use std::process::Command;

use crate::robustness::tools::has;
use crate::small_study::{PROTOCOL, SmallStudy};

/// A reviewed study of 120 charts with two groupings, its results in this language.
fn study(language: &str) -> SmallStudy {
    let protocol = PROTOCOL
        .replace("total = 60", "total = 120")
        .replace("by = []", r#"by = ["stratum", "sex"]"#)
        .replace("[disclosure]", &format!("[report]\nlanguage = \"{language}\"\n\n[disclosure]"));
    let study = SmallStudy::reviewed_with(&protocol, 400);
    study.done(&["analyse"]);
    study
}

/// Python with python-docx and openpyxl: the environment that the peers' tests have.
fn python() -> Option<String> {
    let own = || Path::new(env!("CARGO_MANIFEST_DIR")).join("target/peers/bin/python").display().to_string();
    let python = std::env::var("HKM_PEERS_PYTHON").unwrap_or_else(|_| own());
    has(&python, &["-c", "import docx, openpyxl"]).then_some(python)
}

/// What a program prints; it must end well.
fn output(command: &mut Command) -> String {
    let output = command.output().unwrap();
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.status.success(), "{command:?}: {text}{}", String::from_utf8_lossy(&output.stderr));
    text
}
