//! Our numbers against those of R, scipy and statsmodels, on random inputs of the same moment.
//!
//! `HKM_PEERS_SEED` makes other inputs. R needs the package survey; Python needs `requirements.txt`, in the environment
//! `target/peers` or in the one whose Python `HKM_PEERS_PYTHON` names.
#![cfg(unix)]

mod comparison;
mod designs;
mod draw_snippets;
mod export;
mod inputs;
mod tables;

use std::path::Path;
use std::process::Command;

use comparison::Comparison;
use inputs::Inputs;

use crate::robustness::tools::has;

/// The inputs of this run, and the folder with the peer's answers; what failed and what was answered is printed.
#[expect(clippy::print_stderr, reason = "a failure must be repeatable: the seed and the versions")]
fn asked(program: &str, script: &str) -> (Inputs, tempfile::TempDir) {
    let seed = std::env::var("HKM_PEERS_SEED").unwrap_or_else(|_| "random inputs for the peers".to_owned());
    let (inputs, folder) = (Inputs::of(&seed), tempfile::tempdir().unwrap());
    inputs.write(folder.path());
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/peers").join(script);
    let output = Command::new(program).arg(script).arg(folder.path()).env("TZ", "UTC").output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    eprintln!("HKM_PEERS_SEED=\"{seed}\", {}", String::from_utf8_lossy(&output.stdout).trim());
    (inputs, folder)
}

fn python() -> String {
    let own = || Path::new(env!("CARGO_MANIFEST_DIR")).join("target/peers/bin/python").display().to_string();
    std::env::var("HKM_PEERS_PYTHON").unwrap_or_else(|_| own())
}

#[test]
fn r_agrees_on_random_inputs() {
    if !has("Rscript", &["-e", "library(survey)"]) {
        return;
    }
    let (inputs, answers) = asked("Rscript", "peers.R");
    let mut comparison = Comparison::default();
    tables::compare_limits(&inputs, answers.path(), "r_proportions", &mut comparison);
    tables::compare_tests(&inputs, answers.path(), "r_tables", &mut comparison);
    tables::compare_groups(&inputs, answers.path(), &mut comparison);
    designs::compare(&inputs, answers.path(), &mut comparison);
    comparison.finish();
}

#[test]
fn python_agrees_on_random_inputs() {
    let python = python();
    if !has(&python, &["-c", "import scipy, statsmodels"]) {
        return;
    }
    let (inputs, answers) = asked(&python, "peers.py");
    let mut comparison = Comparison::default();
    tables::compare_limits(&inputs, answers.path(), "py_proportions", &mut comparison);
    tables::compare_tests(&inputs, answers.path(), "py_tables", &mut comparison);
    tables::compare_agreements(&inputs, answers.path(), &mut comparison);
    comparison.finish();
}
