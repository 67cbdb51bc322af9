//! new, analyse and verify: the commands at both ends of a study.

use serde_json::json;

use super::args::{AnalyseArguments, Arguments, NewArguments, PresetArgument};
use super::output::Output;
use super::quoted::typed;
use super::session::{study, with_session};
use crate::error::{Error, Finding, Result};
use crate::protocol::preset::Preset;
use crate::protocol::{Grouping, Protocol, Role};
use crate::report::{Results, Style, Table, counted, result_tables, results_json, status_text, tidy_rows};
use crate::study::{self, AnalyseOptions, NewReport};

/// `hkm new`.
pub(super) fn new(new: &NewArguments) -> Result<Output> {
    let preset = match new.preset {
        PresetArgument::Hjertekommidt => Preset::Hjertekommidt,
        PresetArgument::Blank => Preset::Blank,
    };
    let report = study::create(&new.folder, preset, new.register.as_deref())?;
    let path = new.folder.join(study::PROTOCOL_FILE);
    let mut lines = vec![format!("{} written: every key is explained in it.", path.display())];
    if !report.open.is_empty() {
        lines.push("The register shows nothing that fits these; fill them in yourself:".to_owned());
        lines.extend(report.open.iter().map(|key| format!("  {key}")));
    }
    let first = match new.register {
        Some(_) => "read study.toml and correct it",
        None => "put the register's extract into the folder, edit study.toml",
    };
    let next = format!("Next: {first}, and run `hkm check --study {}`.", typed(&new.folder));
    Ok(Output {
        tables: if report.proposed.is_empty() { Vec::new() } else { vec![proposals(&report)] },
        lines,
        closing: vec![next],
        json: json!({
            "protocol": path.display().to_string(),
            "proposed": report.proposed.iter().map(|(key, value, sure)| json!({"key": key, "value": value, "sure": sure})).collect::<Vec<_>>(),
            "open": report.open,
            "strata": report.strata,
            "notes": report.notes,
        }),
        ..Output::default()
    })
}

fn proposals(report: &NewReport) -> Table {
    let mut table = Table::new("Read off the register, to be checked", &["key", "value", ""]);
    for (key, value, sure) in &report.proposed {
        table.row([key.as_str(), value, if *sure { "" } else { "a guess" }]);
    }
    report.notes.iter().for_each(|note| table.note(note));
    table
}

/// `hkm analyse`.
pub(super) fn analyse(arguments: &Arguments, analyse: &AnalyseArguments) -> Result<Output> {
    let study = study(arguments)?;
    let screen = for_screen(&study.protocol, analyse)?;
    let options = AnalyseOptions { is_final: analyse.is_final, replace: analyse.replace };
    let outcome = with_session(|session| study::analyse(&study, &options, session))?;
    let mut closing = vec![format!("Written to results/: {}", outcome.listed())];
    closing.extend(looks(&outcome.results));
    let results = match screen == study.protocol {
        true => outcome.results,
        false => with_session(|session| study::analyse_for_screen(&study, &screen, session))?,
    };
    if screen != study.protocol {
        closing.push(
            "Options of the command line change what is shown here; results/ follow study.toml. Publish one of the two: together they may give hidden counts away.".to_owned(),
        );
    }
    Ok(Output {
        lines: vec![heading(&results, &screen)],
        tables: result_tables(&results, &screen),
        closing,
        tidy: Some(tidy_rows(&results, &screen)),
        json: results_json(&results, &screen),
        findings: outcome.findings,
        ..Output::default()
    })
}

/// Looks before completion are part of the results: whoever looks should know that they count.
fn looks(results: &Results) -> Option<String> {
    let head = &results.head;
    let looks = counted(head.looks, "state");
    (!head.is_final && head.looks > 0).then(|| {
        format!("The data were looked at in {looks} before completion so far; the results will say so.")
    })
}

/// What stands above the tables, in their language.
fn heading(results: &Results, screen: &Protocol) -> String {
    let (head, style) = (&results.head, Style::from(screen.report));
    let status = status_text(results, style).to_uppercase();
    format!(
        "{}\n{status} {}. Data {}.",
        head.title,
        style.says(["resultater", "results"]),
        head.short_digest()
    )
}

/// The protocol with what was asked for on the command line.
fn for_screen(protocol: &Protocol, analyse: &AnalyseArguments) -> Result<Protocol> {
    let mut screen = protocol.clone();
    let analysis = &mut screen.analysis;
    if let Some(level) = &analyse.level {
        analysis.level = level.parse().map_err(|fault| refused("--level", &fault))?;
    }
    if let Some(method) = &analyse.method {
        analysis.interval = method.parse().map_err(|fault| refused("--method", &fault))?;
    }
    if let Some(method) = &analyse.weighted_method {
        analysis.weighted_interval = method.parse().map_err(|fault| refused("--weighted-method", &fault))?;
    }
    for word in &analyse.by {
        let grouping = Grouping::named(word).ok_or_else(|| {
            let known = Grouping::ALL.map(Grouping::name).join(", ");
            refused("--by", &format!("there is no grouping `{word}`, expected one of {known}"))
        })?;
        if let Some(lacking) = lacking(protocol, grouping) {
            return Err(refused("--by", &lacking));
        }
        if !analysis.by.contains(&grouping) {
            analysis.by.push(grouping);
        }
    }
    Ok(screen)
}

/// What the study lacks for a grouping, in words.
fn lacking(protocol: &Protocol, grouping: Grouping) -> Option<String> {
    let has = |role| protocol.layout.column(&role).is_some();
    let there = match grouping {
        Grouping::Stratum => true,
        Grouping::Cluster => protocol.strata.in_study().any(|stratum| stratum.cluster.is_some()),
        Grouping::Age => has(Role::Age) || has(Role::BirthDate) || has(Role::Cpr),
        Grouping::Sex => has(Role::Cpr) || has(Role::Sex),
        Grouping::Year => has(Role::FirstAttendance),
    };
    (!there).then(|| format!("the study has no {} to split by", grouping.name()))
}

fn refused(option: &str, fault: &impl ToString) -> Error {
    Error::cannot_run(Finding::error("option", format!("{option}: {}", fault.to_string())))
}

/// `hkm verify`.
pub(super) fn verify(arguments: &Arguments) -> Result<Output> {
    let study = study(arguments)?;
    let report = with_session(|session| study::verify(&study, session))?;
    let listed =
        |mark: &str, lines: &[String]| lines.iter().map(|line| format!("{mark} {line}")).collect::<Vec<_>>();
    let mut lines = listed("equal      ", &report.equal);
    lines.extend(listed("not checked", &report.unchecked));
    let different = match report.different.len() {
        0 => "Nothing differs.".to_owned(),
        number => format!("{} above.", counted(number as u64, "difference")),
    };
    let whats: Vec<&str> = report.different.iter().map(|one| one.what.as_str()).collect();
    Ok(Output {
        lines,
        closing: vec![different],
        json: json!({"equal": report.equal, "different": whats, "unchecked": report.unchecked}),
        findings: report.different,
        findings_asked_for: true,
        ..Output::default()
    })
}
