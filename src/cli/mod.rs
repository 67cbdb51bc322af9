//! The command line: what was typed → what it means → the work → what is printed.
//!
//! Data go to stdout, everything else to stderr. Exit codes: 0 done (notes and warnings included), 1 errors in the data, 2 could not
//! run. A closed pipe is 0.

mod accuracy;
mod args;
mod audit_log;
mod bilingual;
mod bootstrap;
mod chart_file;
mod choices;
mod demo;
mod export;
mod forms_out;
mod interval;
mod kappa;
mod messages;
mod output;
mod prevalence;
mod progress;
mod quoted;
mod recorded;
mod register_commands;
mod review_commands;
mod session;
mod study_commands;
mod table;
mod tidy;

use std::process::ExitCode;

use clap::Parser;

use crate::error::{ErrorKind, Result};
use args::{Arguments, Command};
use output::Output;

/// Runs the command that was typed.
pub fn run() -> ExitCode {
    let arguments = Arguments::parse();
    match work(&arguments) {
        Ok(output) => {
            if !output.prints_findings(arguments.format) {
                messages::tell(&output.findings);
            }
            output.print(arguments.format, if output.has_errors() { 1 } else { 0 })
        }
        Err(error) => {
            messages::tell_error(&error, arguments.format);
            ExitCode::from(match error.kind() {
                ErrorKind::Data => 1,
                ErrorKind::CannotRun => 2,
            })
        }
    }
}

fn work(arguments: &Arguments) -> Result<Output> {
    match &arguments.command {
        Command::Demo(demo) => demo::demo(demo),
        Command::New(new) => study_commands::new(new),
        Command::Check => register_commands::check(arguments),
        Command::Cohort => register_commands::cohort(arguments),
        Command::Draw(draw) => register_commands::draw(arguments, draw),
        Command::Forms(forms) => review_commands::forms(arguments, forms),
        Command::Record(record) => review_commands::record(arguments, record),
        Command::Status(status) => review_commands::status(arguments, status),
        Command::Replace(replace) => review_commands::replace(arguments, replace),
        Command::Adjudicate(adjudicate) => review_commands::adjudicate(arguments, adjudicate),
        Command::Interval(arguments) => interval::interval(arguments),
        Command::Table(arguments) => table::table(arguments),
        Command::Accuracy(arguments) => accuracy::accuracy(arguments),
        Command::Kappa(arguments) => kappa::kappa(arguments),
        Command::Analyse(analyse) => study_commands::analyse(arguments, analyse),
        Command::Export(export) => export::export(arguments, export),
        Command::Verify => study_commands::verify(arguments),
    }
}
