//! Findings on stderr, or as JSON on stdout where a program asked for it.

use std::io::{IsTerminal, Write};

use serde_json::{Value, json};

use super::args::Format;
use crate::error::{Error, Finding, Severity};

/// Prints findings, one after the other.
pub(super) fn tell(findings: &[Finding]) {
    let mut stderr = std::io::stderr().lock();
    let colour = std::io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none();
    for finding in findings {
        // Nobody is left to tell if stderr is gone.
        let _ = writeln!(stderr, "{}\n", coloured(finding, colour));
    }
}

/// Prints an error; as JSON too when a program reads stdout.
pub(super) fn tell_error(error: &Error, format: Format) {
    tell(error.findings());
    if format == Format::Json {
        let findings = json!({ "findings": findings_as_json(error.findings()) });
        let _ = writeln!(std::io::stdout().lock(), "{findings:#}");
    }
}

fn coloured(finding: &Finding, colour: bool) -> String {
    let text = finding.to_string();
    let word = finding.severity.word();
    let code = match finding.severity {
        Severity::Error => "1;31",
        Severity::Warning => "1;33",
        Severity::Note => "1;36",
    };
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
        "line": finding.place.line,
        "key": finding.place.key,
        "reason": finding.why,
        "remedy": finding.remedy,
    })
}
