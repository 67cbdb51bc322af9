//! forms, record, status, replace and adjudicate: the commands of the review.

use std::path::Path;

use serde_json::{Value, json};

use super::args::{
    AdjudicateArguments, Arguments, Format, FormsArguments, RecordArguments, ReplaceArguments,
    StatusArguments,
};
use super::audit_log;
use super::forms_out::{other_formats, outdated};
use super::messages::findings_as_json;
use super::output::Output;
use super::recorded::{changes, earlier_forms, record_lines, settled_again, settled_line, unsettled_line};
use super::session::{study, with_session};
use crate::draw::StudyId;
use crate::error::{Error, Finding, Result};
use crate::protocol::{Language, Role};
use crate::report::{Table, counted};
use crate::review::{ChartStatus, Difference, Messages, Reading};
use crate::study::{
    self, AdjudicationOutcome, FormFormat, RecordOptions, RecordReport, StatusReport, Waiting,
};

/// `hkm forms`.
pub(super) fn forms(arguments: &Arguments, forms: &FormsArguments) -> Result<Output> {
    let study = study(arguments)?;
    let language = forms.language.map(Into::into);
    let report = with_session(|session| match forms.again {
        true => study::rewrite_forms(&study, language, session),
        false => study::write_forms(&study, language, format(forms.csv, forms.redcap), session),
    })?;
    let mut table = Table::new("Forms written", &["file in forms/", ">courses"]);
    report.written.iter().for_each(|(file, courses)| table.row([file.clone(), courses.to_string()]));
    let nothing = match forms.again {
        true => "Nothing to write: every form that went out is in forms/. A form that is moved out of it is written once more, with the codebook as it is now.".to_owned(),
        false => format!(
            "Nothing to write: all {} courses stand on a form already. A form that was lost is written with --again.",
            report.courses_out
        ),
    };
    let others = other_formats(&report, format(forms.csv, forms.redcap)).filter(|_| !forms.again);
    let secret =
        if study.protocol.layout.key.contains(&Role::Cpr) { "CPR numbers" } else { "the record keys" };
    let told = format!(
        "The look-up lists hold {secret}: send them by a secure way, apart from the review forms. {}",
        match format(forms.csv, forms.redcap) {
            FormFormat::Csv => "The guide beside them has the definitions.",
            FormFormat::Workbook => "Each review form has its instructions and definitions within it.",
            FormFormat::RedCap =>
                "In REDCap: make the groups that the records name, upload redcap-dictionary.csv, then import the records; an export, raw or with labels, goes to `hkm record`.",
        }
    );
    Ok(Output {
        closing: std::iter::once(if report.written.is_empty() { nothing } else { told })
            .chain(others)
            .chain(outdated(&report.outdated))
            .collect(),
        tables: if report.written.is_empty() { Vec::new() } else { vec![table] },
        json: json!({
            "written": report.written.iter().map(|(file, courses)| json!({"file": file, "courses": courses})).collect::<Vec<_>>(),
            "courses_out": report.courses_out,
            "outdated": report.outdated,
        }),
        ..Output::default()
    })
}

fn format(csv: bool, redcap: bool) -> FormFormat {
    match (csv, redcap) {
        (_, true) => FormFormat::RedCap,
        (true, false) => FormFormat::Csv,
        (false, false) => FormFormat::Workbook,
    }
}

/// `hkm record`.
pub(super) fn record(arguments: &Arguments, record: &RecordArguments) -> Result<Output> {
    let language = record.language.map_or(Language::En, Into::into);
    recorded(arguments, record, language).map_err(|error| retold(error, language))
}

/// What is found before any form is known, such as a missing file, in the language of the rest.
fn retold(error: Error, language: Language) -> Error {
    error.retold(|finding| Messages { language, form: language }.of_file(finding))
}

fn recorded(arguments: &Arguments, record: &RecordArguments, language: Language) -> Result<Output> {
    let study = study(arguments)?;
    let options = RecordOptions {
        reading: record.second.then_some(Reading::Second),
        accept_incomplete: record.accept_incomplete,
        accept_older_codebook: record.accept_older_codebook,
        language,
    };
    let report = with_session(|session| study::record(&study, &record.files, options, session))?;
    let mut tables = Vec::new();
    if !report.changed.is_empty() {
        tables.push(changes(&report.changed, &study.protocol, language));
    }
    Ok(Output {
        lines: record_lines(&report, &study.protocol, language),
        tables,
        json: record_json(&report),
        findings: report.findings,
        ..Output::default()
    })
}

fn record_json(report: &RecordReport) -> Value {
    json!({
        "new": report.new,
        "unchanged": report.unchanged,
        "superseded": report.superseded,
        "changed": changed_json(&report.changed),
        "not_reviewed": report.not_reviewed,
        "waiting": waiting_json(&report.waiting),
        "findings": findings_as_json(&report.findings),
    })
}

fn waiting_json(waiting: &[Waiting]) -> Value {
    waiting.iter().map(|one| json!({"study_id": one.study_id.to_string(), "lacks": one.lacks})).collect()
}

fn changed_json(changed: &[Difference]) -> Value {
    changed.iter().map(|one| json!({"study_id": one.study_id.to_string(), "cell": one.cell})).collect()
}

/// `hkm status`.
pub(super) fn status(arguments: &Arguments, status: &StatusArguments) -> Result<Output> {
    let study = study(arguments)?;
    let report = study::status(&study)?;
    if status.log {
        let language = status.language.map_or(Language::En, Into::into);
        return Ok(audit_log::output(&report.log, &report.corrections, &study.protocol, language));
    }
    Ok(Output {
        tables: vec![progress(&report, &study.protocol.strata.name.en, arguments.format), reviewers(&report)],
        closing: open_points(&report)
            .into_iter()
            .chain(last_import(&report))
            .chain(behind(&report))
            .collect(),
        json: status_json(&report),
        ..Output::default()
    })
}

fn progress(report: &StatusReport, stratum: &str, format: Format) -> Table {
    // Bars are for eyes; programs have the numbers.
    let drawn = if format == Format::Text { "" } else { ">per cent" };
    let bar = |done, of| if format == Format::Text { bar(done, of) } else { whole_percent(done, of) };
    let headers =
        [stratum, ">reviewed", ">of", drawn, ">found", ">second", ">of", ">reserve left", "last import"];
    let mut table = Table::new("How far the review has come", &headers);
    for one in &report.strata {
        let numbers = [one.found, one.second_done, one.second, one.reserve].map(|number| number.to_string());
        let [found, second_done, second, reserve] = numbers;
        let bar = bar(one.reviewed, one.in_use);
        table.row([
            one.label.clone(),
            one.reviewed.to_string(),
            one.in_use.to_string(),
            bar,
            found,
            second_done,
            second,
            reserve,
            one.last_import.as_deref().map(day).unwrap_or_default().to_owned(),
        ]);
    }
    let sum = |of: fn(&study::StratumStatus) -> u64| report.strata.iter().map(of).sum::<u64>();
    let (reviewed, in_use) = (sum(|one| one.reviewed), sum(|one| one.in_use));
    table.row([
        "all".to_owned(),
        reviewed.to_string(),
        in_use.to_string(),
        bar(reviewed, in_use),
        sum(|one| one.found).to_string(),
        sum(|one| one.second_done).to_string(),
        sum(|one| one.second).to_string(),
        sum(|one| one.reserve).to_string(),
        report.last_import.as_ref().map(|(_, at)| day(at)).unwrap_or_default().to_owned(),
    ]);
    table
}

/// The day of a moment.
fn day(at: &str) -> &str {
    at.get(..10).unwrap_or(at)
}

fn whole_percent(done: u64, of: u64) -> String {
    (done * 100).checked_div(of).map(|percent| percent.to_string()).unwrap_or_default()
}

/// Ten places, full ones for what is done.
fn bar(done: u64, of: u64) -> String {
    let full = (done * 10).checked_div(of).unwrap_or(0) as usize;
    "█".repeat(full) + &"░".repeat(10 - full)
}

fn reviewers(report: &StatusReport) -> Table {
    let mut table = Table::new("Who reviewed", &["reviewer", ">first readings", ">second readings"]);
    for (reviewer, (first, second)) in &report.reviewers {
        table.row([reviewer.clone(), first.to_string(), second.to_string()]);
    }
    table
}

fn open_points(report: &StatusReport) -> Vec<String> {
    let mut lines = Vec::new();
    let mut add = |ids: &[StudyId], what: &str| {
        if !ids.is_empty() {
            lines.push(format!("{} {what}: {}", ids.len(), some(ids)));
        }
    };
    add(&report.pending, "not reviewed yet");
    add(&report.pending_second, "without their second reading");
    add(&report.replaceable, "without a chart and not replaced (`hkm replace --all`)");
    if !report.unsettled.is_empty() {
        lines.push(format!(
            "{} to settle (`hkm adjudicate`)",
            counted(report.unsettled.len() as u64, "disagreement")
        ));
    }
    if lines.is_empty() { vec!["Everything is reviewed and settled.".to_owned()] } else { lines }
}

/// The last file that came in.
fn last_import(report: &StatusReport) -> Option<String> {
    let (file, at) = report.last_import.as_ref()?;
    Some(format!("The last file that came in: {file}, {} UTC.", at.trim_end_matches('Z').replace('T', " ")))
}

/// Results that the data have left behind.
fn behind(report: &StatusReport) -> Option<String> {
    report
        .results
        .filter(|results| results.is_behind() || results.is_ahead())
        .map(|results| format!("{results}."))
}

fn some(ids: &[StudyId]) -> String {
    let named: Vec<String> = ids.iter().take(8).map(StudyId::to_string).collect();
    let more = ids.len().saturating_sub(8);
    if more == 0 { named.join(", ") } else { format!("{} and {more} more", named.join(", ")) }
}

fn status_json(report: &StatusReport) -> Value {
    let ids = |ids: &[StudyId]| ids.iter().map(StudyId::to_string).collect::<Vec<_>>();
    let stratum = |one: &study::StratumStatus| {
        json!({"stratum": one.label, "in_use": one.in_use, "reviewed": one.reviewed, "found": one.found,
               "second": one.second, "second_done": one.second_done, "reserve": one.reserve, "last_import": one.last_import})
    };
    let reviewer = |(name, (first, second)): (&String, &(u64, u64))| json!({"reviewer": name, "first": first, "second": second});
    let unsettled = report
        .unsettled
        .iter()
        .map(|one| json!({"study_id": one.study_id.to_string(), "subject": one.subject.name()}));
    json!({
        "strata": report.strata.iter().map(stratum).collect::<Vec<_>>(),
        "reviewers": report.reviewers.iter().map(reviewer).collect::<Vec<_>>(),
        "last_import": report.last_import.as_ref().map(|(file, at)| json!({"file": file, "at": at})),
        "pending": ids(&report.pending),
        "pending_second": ids(&report.pending_second),
        "replaceable": ids(&report.replaceable),
        "unsettled": unsettled.collect::<Vec<_>>(),
        "results": report.results.map(|one| json!({"audit": one.audit, "changes_since": one.changes_since})),
    })
}

/// `hkm replace`.
pub(super) fn replace(arguments: &Arguments, replace: &ReplaceArguments) -> Result<Output> {
    let study = study(arguments)?;
    let courses = study_ids(&replace.courses)?;
    let report =
        with_session(|session| study::replace(&study, &courses, replace.reason.as_deref(), session))?;
    let mut table = Table::new("Replaced", &["study id", "replaced by", "reason"]);
    for one in &report.replaced {
        // What the chart's reader found, or the reason that was typed.
        let status = ChartStatus::ALL.into_iter().find(|status| status.name() == one.reason);
        let reason = status.map_or(one.reason.clone(), |status| status.word(Language::En).to_lowercase());
        table.row([one.study_id.to_string(), one.replaced_by.to_string(), reason]);
    }
    let next = "Next: `hkm forms` writes the forms of the courses that take their place.";
    let nothing = "Nothing to replace.";
    let none = report.replaced.is_empty();
    Ok(Output {
        tables: if none { Vec::new() } else { vec![table] },
        closing: vec![if none { nothing } else { next }.to_owned()],
        json: json!({
            "replaced": report.replaced.iter().map(|one| json!({
                "study_id": one.study_id.to_string(), "replaced_by": one.replaced_by.to_string(), "reason": one.reason,
            })).collect::<Vec<_>>(),
            "findings": findings_as_json(&report.findings),
        }),
        findings: report.findings,
        ..Output::default()
    })
}

fn study_ids(typed: &[String]) -> Result<Vec<StudyId>> {
    let read = |text: &String| {
        StudyId::read(text).ok_or_else(|| {
            let what = format!("`{text}` is not a study id such as `HKM-0417D`");
            Error::cannot_run(Finding::error("not_a_study_id", what).remedy("take the id from the form"))
        })
    };
    typed.iter().map(read).collect()
}

/// `hkm adjudicate`.
pub(super) fn adjudicate(arguments: &Arguments, adjudicate: &AdjudicateArguments) -> Result<Output> {
    let told = adjudicate.language.map_or(Language::En, Into::into);
    let outcome = match &adjudicate.file {
        None => disagreements_out(arguments, adjudicate, told),
        Some(file) => settled_in(arguments, file, told),
    };
    outcome.map_err(|error| retold(error, told))
}

fn disagreements_out(
    arguments: &Arguments,
    adjudicate: &AdjudicateArguments,
    told: Language,
) -> Result<Output> {
    let study = study(arguments)?;
    let (language, format) = (adjudicate.language.map(Into::into), format(adjudicate.csv, false));
    let outcome = with_session(|session| study::adjudicate_out(&study, language, format, session))?;
    Ok(Output {
        lines: vec![unsettled_line(&outcome, told)],
        closing: earlier_forms(&outcome, told).into_iter().collect(),
        json: adjudicate_json(&outcome),
        ..Output::default()
    })
}

fn settled_in(arguments: &Arguments, file: &Path, language: Language) -> Result<Output> {
    let study = study(arguments)?;
    let outcome = with_session(|session| study::adjudicate_return(&study, file, language, session))?;
    let is_changed = !outcome.changed.is_empty();
    Ok(Output {
        lines: vec![settled_line(&outcome, language)],
        tables: is_changed
            .then(|| settled_again(&outcome.changed, &study.protocol, language))
            .into_iter()
            .collect(),
        json: adjudicate_json(&outcome),
        findings: outcome.findings,
        ..Output::default()
    })
}

fn adjudicate_json(outcome: &AdjudicationOutcome) -> Value {
    json!({"written": outcome.written, "settled": outcome.settled, "changed": changed_json(&outcome.changed), "unsettled": outcome.unsettled})
}
