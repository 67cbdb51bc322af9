//! Findings on stderr, or as JSON on stdout where a program asked for it.

use std::collections::BTreeMap;
use std::io::Write;

use serde_json::{Value, json};

use super::args::Format;
use crate::error::{Error, Finding, Severity, Tongue};
use crate::io::wrapped;

/// How many findings of one kind are printed before they are counted.
const PRINTED: usize = 20;

/// Prints findings on stderr, one after the other; of many of one kind the first.
pub(super) fn tell(findings: &[Finding]) {
    let mut stderr = std::io::stderr().lock();
    let width = terminal_size::terminal_size_of(std::io::stderr()).map(|(width, _)| width.0);
    let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
    for finding in findings {
        let seen = seen.entry(finding.code).or_default();
        *seen += 1;
        if *seen <= PRINTED {
            // Nobody is left to tell if stderr is gone.
            let _ = writeln!(stderr, "{}\n", shown(finding, width));
        }
    }
    let more: usize = seen.values().map(|seen| seen.saturating_sub(PRINTED)).sum();
    if more > 0 {
        let more = match tongue(findings) {
            Tongue::Danish => format!("og {more} flere af samme slags; --format json viser dem alle"),
            Tongue::English => format!("and {more} more of the same kinds; --format json has all of them"),
        };
        let _ = writeln!(stderr, "{more}\n");
    }
}

/// Prints an error; as JSON too when a program reads stdout.
pub(super) fn tell_error(error: &Error, format: Format) {
    tell(error.findings());
    let errors = error.findings().iter().filter(|finding| finding.severity == Severity::Error).count();
    if errors > 1 {
        let closing = match tongue(error.findings()) {
            Tongue::Danish => format!("{errors} fejl; intet er gemt"),
            Tongue::English => format!("{errors} errors; nothing was done"),
        };
        let _ = writeln!(std::io::stderr().lock(), "{closing}\n");
    }
    if format == Format::Json {
        let findings = json!({ "findings": findings_as_json(error.findings()) });
        let _ = writeln!(std::io::stdout().lock(), "{findings:#}");
    }
}

/// The language for what is said of several findings: that of any which is not English.
fn tongue(findings: &[Finding]) -> Tongue {
    findings
        .iter()
        .map(|finding| finding.tongue)
        .find(|tongue| *tongue != Tongue::English)
        .unwrap_or_default()
}

/// A finding as it is read: on a terminal broken between words, its first word in colour.
pub(super) fn shown(finding: &Finding, width: Option<u16>) -> String {
    let lines: Vec<String> = finding.to_string().lines().map(|line| wrapped(line, width, "")).collect();
    let text = lines.join("\n");
    let word = finding.severity.in_tongue(finding.tongue);
    let code = match finding.severity {
        Severity::Error => "1;31",
        Severity::Warning => "1;33",
        Severity::Note => "1;36",
    };
    let colour = width.is_some() && std::env::var_os("NO_COLOR").is_none();
    match text.strip_prefix(word) {
        Some(rest) if colour => format!("\x1b[{code}m{word}\x1b[0m{rest}"),
        _ => text,
    }
}

/// Findings for programs: file, rows, column, reason, remedy.
pub(super) fn findings_as_json(findings: &[Finding]) -> Value {
    findings.iter().map(as_json).collect()
}

fn as_json(finding: &Finding) -> Value {
    json!({
        "severity": finding.severity.word(),
        "code": finding.code,
        "what": finding.what,
        "file": finding.place.file,
        "sheet": finding.place.sheet,
        "rows": finding.place.rows.first(),
        "rows_total": finding.place.rows.total(),
        "column": finding.place.column,
        "cells": finding.place.cells(),
        "line": finding.place.line,
        "key": finding.place.key,
        "reason": finding.why,
        "remedy": finding.remedy,
    })
}
