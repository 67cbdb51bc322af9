//! demo: the whole way in seconds, and where to look.

use std::path::{Path, PathBuf};

use serde_json::json;

use super::args::DemoArguments;
use super::output::Output;
use super::quoted::typed;
use crate::demo::{self, Tour};
use crate::error::Result;
use crate::report::{Table, result_tables, results_json, tidy_rows};

/// `hkm demo`.
pub(super) fn demo(arguments: &DemoArguments) -> Result<Output> {
    let folder = arguments.folder.clone().unwrap_or_else(|| PathBuf::from("demo-study"));
    let tour = demo::tour(&folder)?;
    let table = result_tables(&tour.results, &tour.protocol).into_iter().next();
    Ok(Output {
        lines: steps(&tour),
        tables: table.into_iter().collect::<Vec<Table>>(),
        closing: where_to_look(&tour, &folder),
        tidy: Some(tidy_rows(&tour.results, &tour.protocol)),
        json: json!({
            "folder": folder.display().to_string(),
            "steps": tour.steps.iter().map(|step| json!({"command": step.command, "outcome": step.outcome})).collect::<Vec<_>>(),
            "intervals": tour.covered.1,
            "intervals_that_hold_the_truth": tour.covered.0,
            "results": results_json(&tour.results, &tour.protocol),
        }),
        ..Output::default()
    })
}

fn steps(tour: &Tour) -> Vec<String> {
    let head = "Everything here is invented: the register, the patients, the charts. Each line is a command of a real study.";
    let step = |step: &demo::Step| format!("  $ {:<42}  {}", step.command, step.outcome);
    let steps = tour.steps.iter().map(step);
    [head.to_owned(), String::new()].into_iter().chain(steps).collect()
}

fn where_to_look(tour: &Tour, folder: &Path) -> Vec<String> {
    let (held, all) = tour.covered;
    let (typed, folder) = (typed(folder), folder.display());
    vec![
        format!(
            "The truth is known here: {held} of the {all} weighted intervals hold the value over the whole frame (truth.csv)."
        ),
        String::new(),
        format!(
            "Look first at {folder}/results/report.html, then at {folder}/study.toml and {folder}/ABOUT.md."
        ),
        format!("The same by municipality: hkm analyse --study {typed} --by stratum"),
        "Your own study begins with: hkm new my-study --register extract.csv".to_owned(),
    ]
}
