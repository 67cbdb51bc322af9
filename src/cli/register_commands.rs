//! check, cohort and draw: the commands that read the register.

use jiff::civil::Date;
use serde_json::{Value, json};

use super::args::{Arguments, DrawArguments};
use super::messages::findings_as_json;
use super::output::Output;
use super::session::{study, with_session};
use crate::cohort::{Exclusion, Flow, Frame};
use crate::error::{Finding, Result, Severity};
use crate::protocol::{Protocol, RegisterStatus};
use crate::report::{Table, count, counted, decimal, percent};
use crate::study::{self, DrawReport};

/// `hkm check`.
pub(super) fn check(arguments: &Arguments) -> Result<Output> {
    let study = study(arguments)?;
    let report = with_session(|session| study::check(&study, session))?;
    let many = |severity| report.findings.iter().filter(|finding| finding.severity == severity).count();
    let [errors, warnings, notes] = [Severity::Error, Severity::Warning, Severity::Note].map(many);
    let file = &study.protocol.layout.file;
    Ok(Output {
        lines: [
            Some(format!("{file}: {}", report.layout)),
            Some(format!(
                "{} rows read, {} in the frame",
                count(report.flow.rows),
                count(report.flow.frame())
            )),
            report.first_attendance.map(attendances),
            Some(format!(
                "{}, {}, {}",
                counted(errors as u64, "error"),
                counted(warnings as u64, "warning"),
                counted(notes as u64, "note")
            )),
        ]
        .into_iter()
        .flatten()
        .collect(),
        json: json!({
            "file": file,
            "layout": report.layout,
            "flow": flow_json(&report.flow),
            "first_attendance": attendances_json(report.first_attendance),
            "errors": errors,
            "warnings": warnings,
            "notes": notes,
            "findings": findings_as_json(&report.findings),
        }),
        tidy: Some(findings_tidy(&report.findings)),
        findings: report.findings,
        findings_asked_for: true,
        ..Output::default()
    })
}

fn findings_tidy(findings: &[Finding]) -> Vec<Vec<String>> {
    let header = ["severity", "code", "what", "file", "rows", "column", "line", "key", "reason", "remedy"];
    let row = |finding: &Finding| {
        let place = &finding.place;
        vec![
            finding.severity.word().to_owned(),
            finding.code.to_owned(),
            finding.what.clone(),
            place.file.clone().unwrap_or_default(),
            place.rows.to_string(),
            place.column.clone().unwrap_or_default(),
            place.line.map(|line| line.to_string()).unwrap_or_default(),
            place.key.clone().unwrap_or_default(),
            finding.why.clone().unwrap_or_default(),
            finding.remedy.clone().unwrap_or_default(),
        ]
    };
    std::iter::once(header.map(str::to_owned).to_vec()).chain(findings.iter().map(row)).collect()
}

/// `hkm cohort`.
pub(super) fn cohort(arguments: &Arguments) -> Result<Output> {
    let study = study(arguments)?;
    let report = with_session(|session| study::cohort(&study, session))?;
    let protocol = &study.protocol;
    let tables = vec![
        flow_table(&report.flow, report.frame.first_attendance, protocol),
        strata_table(&report.frame, protocol),
        values_table(&report.frame, protocol),
    ];
    let errors = report.findings.iter().filter(|finding| finding.severity == Severity::Error).count();
    let hint = format!(
        "{} in the register or the value maps: `hkm check` lists them",
        counted(errors as u64, "error")
    );
    Ok(Output {
        tables,
        closing: if errors > 0 { vec![hint] } else { Vec::new() },
        tidy: Some(cohort_tidy(&report.flow, &report.frame, protocol)),
        json: json!({
            "flow": flow_json(&report.flow),
            "first_attendance": attendances_json(report.frame.first_attendance),
            "strata": strata_json(&report.frame, protocol),
            "indicators": values_json(&report.frame, protocol),
        }),
        ..Output::default()
    })
}

/// The span of the first attendances, so that an odd one is seen.
fn attendances((from, until): (Date, Date)) -> String {
    format!("first attendances in the frame: {from} to {until}")
}

fn attendances_json(span: Option<(Date, Date)>) -> Value {
    span.map(|(from, until)| json!({"from": from.to_string(), "until": until.to_string()})).into()
}

fn flow_table(flow: &Flow, first_attendance: Option<(Date, Date)>, protocol: &Protocol) -> Table {
    let mut table = Table::new("From the register to the frame", &["", ">courses"]);
    table.row(["rows read".to_owned(), count(flow.rows)]);
    for reason in Exclusion::ALL {
        table.row([format!("  − {}", reason.describe(&protocol.strata)), count(flow.excluded(reason))]);
    }
    table.row(["in the frame".to_owned(), count(flow.frame())]);
    if let Some(span) = first_attendance {
        table.note(attendances(span).replacen('f', "F", 1) + ".");
    }
    table
}

fn strata_table(frame: &Frame, protocol: &Protocol) -> Table {
    let name = protocol.strata.name.en.as_str();
    let mut table = Table::new(format!("The frame by {name}"), &[name, ">courses", ">%"]);
    for (stratum, &courses) in protocol.strata.in_study().zip(&frame.strata) {
        table.row([stratum.label(), count(courses), share(courses, frame.total())]);
    }
    table.row(["all".to_owned(), count(frame.total()), share(frame.total(), frame.total())]);
    table
}

fn share(part: u64, whole: u64) -> String {
    if whole == 0 { String::new() } else { percent(part as f64 / whole as f64, 1) }
}

fn values_table(frame: &Frame, protocol: &Protocol) -> Table {
    let headers = ["indicator", ">yes", ">no", ">not relevant", ">missing", ">not mapped", ">not in force"];
    let mut table = Table::new("The frame by the register's value", &headers);
    for values in &frame.indicators {
        let by_status = values.by_status();
        let mut cells = vec![indicator_name(protocol, &values.indicator)];
        cells.extend(RegisterStatus::ALL.map(|status| count(by_status[&status])));
        cells.push(count(unmapped(values)));
        cells.push(count(values.not_in_force.iter().sum()));
        table.row(cells);
    }
    for indicator in protocol.indicators.iter().filter(|indicator| !indicator.is_assessable()) {
        table.note(format!("{} is not assessable by this method.", indicator.name.en));
    }
    table
}

fn unmapped(values: &crate::cohort::IndicatorValues) -> u64 {
    let unknown = values.values.iter().filter(|value| value.status.is_none());
    unknown.map(|value| value.courses.iter().sum::<u64>()).sum()
}

fn indicator_name(protocol: &Protocol, id: &str) -> String {
    protocol.indicator(id).map_or_else(|| id.to_owned(), |indicator| indicator.name.en.clone())
}

fn flow_json(flow: &Flow) -> Value {
    flow.steps()
        .into_iter()
        .map(|(step, courses)| (step, Value::from(courses)))
        .collect::<serde_json::Map<_, _>>()
        .into()
}

fn strata_json(frame: &Frame, protocol: &Protocol) -> Value {
    let strata = protocol.strata.in_study().zip(&frame.strata);
    strata
        .map(|(stratum, courses)| json!({"code": stratum.code, "name": stratum.name, "courses": courses}))
        .collect()
}

fn values_json(frame: &Frame, protocol: &Protocol) -> Value {
    let strata: Vec<&str> = protocol.strata.in_study().map(|stratum| stratum.code.as_str()).collect();
    let value = |value: &crate::cohort::ValueCount| {
        let by_stratum: serde_json::Map<String, Value> = strata
            .iter()
            .zip(&value.courses)
            .map(|(code, courses)| ((*code).to_owned(), Value::from(*courses)))
            .collect();
        json!({"value": value.value, "status": value.status.map(RegisterStatus::name),
               "courses": value.courses.iter().sum::<u64>(), "by_stratum": by_stratum})
    };
    let indicator = |values: &crate::cohort::IndicatorValues| {
        json!({"indicator": values.indicator, "not_in_force": values.not_in_force.iter().sum::<u64>(),
               "values": values.values.iter().map(value).collect::<Vec<_>>()})
    };
    frame.indicators.iter().map(indicator).collect()
}

fn cohort_tidy(flow: &Flow, frame: &Frame, protocol: &Protocol) -> Vec<Vec<String>> {
    let row = |cells: [&str; 5]| cells.map(str::to_owned).to_vec();
    let mut rows = vec![row(["table", "stratum", "indicator", "value", "courses"])];
    for (step, courses) in flow.steps() {
        rows.push(row(["flow", "", "", &step, &courses.to_string()]));
    }
    for (stratum, courses) in protocol.strata.in_study().zip(&frame.strata) {
        rows.push(row(["stratum", &stratum.code, "", "", &courses.to_string()]));
    }
    for indicator in &frame.indicators {
        for value in &indicator.values {
            for (stratum, courses) in protocol.strata.in_study().zip(&value.courses) {
                rows.push(row([
                    "value",
                    &stratum.code,
                    &indicator.indicator,
                    &value.value,
                    &courses.to_string(),
                ]));
            }
        }
    }
    rows
}

/// `hkm draw`.
pub(super) fn draw(arguments: &Arguments, draw: &DrawArguments) -> Result<Output> {
    let study = study(arguments)?;
    let report = with_session(|session| match draw.enlarge {
        Some(total) => study::enlarge(&study, total, session),
        None => study::draw(&study, draw.accept_exclusions, session),
    })?;
    let enlarged = draw.enlarge.is_some();
    let next = "The sample is frozen. Next: `hkm forms` writes the look-up lists and the review forms.";
    let rights = if cfg!(unix) {
        ""
    } else {
        "\nkey.sqlite holds CPR numbers: see that the rights of the study folder keep others out."
    };
    Ok(Output {
        tables: vec![draw_table(&report, &study.protocol, enlarged)],
        closing: vec![format!("{next}{rights}")],
        json: draw_json(&report),
        findings: report.findings,
        ..Output::default()
    })
}

fn draw_table(report: &DrawReport, protocol: &Protocol, enlarged: bool) -> Table {
    let title = if enlarged { "The enlarged sample" } else { "The sample" };
    let name = protocol.strata.name.en.as_str();
    let mut table = Table::new(title, &[name, ">N", ">drawn", ">reserve", ">inclusion probability"]);
    for stratum in &report.strata {
        let probability = stratum.inclusion_probability.map(|p| decimal(p, 4)).unwrap_or_default();
        table.row([
            stratum.label.clone(),
            count(stratum.frame),
            count(stratum.drawn),
            count(stratum.reserve),
            probability,
        ]);
    }
    let sum = |of: fn(&study::StratumDraw) -> u64| count(report.strata.iter().map(of).sum());
    table.row([
        "all".to_owned(),
        sum(|one| one.frame),
        sum(|one| one.drawn),
        sum(|one| one.reserve),
        String::new(),
    ]);
    table
}

fn draw_json(report: &DrawReport) -> Value {
    let stratum = |one: &study::StratumDraw| {
        json!({"stratum": one.label, "frame": one.frame, "drawn": one.drawn, "reserve": one.reserve,
               "inclusion_probability": one.inclusion_probability})
    };
    json!({"strata": report.strata.iter().map(stratum).collect::<Vec<_>>(),
           "findings": findings_as_json(&report.findings)})
}
