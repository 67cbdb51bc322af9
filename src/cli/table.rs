//! `hkm table`: the two-by-two table in full.

use clap::Args;
use serde_json::{Map, Value, json};

use super::bootstrap::{BootstrapChoice, Bootstrapped, bootstrap_rows, not_resampled};
use super::choices::{IntervalChoice, check_total, read_count, refused};
use super::interval::DISCOURAGED;
use super::output::Output;
use super::tidy::{tidy, with_keys};
use crate::error::Result;
use crate::report::{
    Style, Table, cells_table, count, estimate_header, estimate_json, estimate_text, explain_json,
    explain_lines, explained_bootstrap, explained_estimates, imperfect_reference_json,
    imperfect_reference_table, mcnemar_json, measure_header, methods_notes, p_value, reason_text,
    share_label, table_json,
};
use crate::stats::{
    AssumedReference, ConfidenceLevel, Estimate, Explanation, ImperfectReference, IntervalMethod, McNemar,
    Measure, ReviewedSample, TwoByTwo, imperfect_reference, mcnemar,
};

#[derive(Debug, Args)]
pub(super) struct TableArguments {
    /// Register yes, record yes.
    #[arg(value_name = "TP", value_parser = read_count, allow_negative_numbers = true)]
    tp: u64,
    /// Register yes, record no.
    #[arg(value_name = "FP", value_parser = read_count, allow_negative_numbers = true)]
    fp: u64,
    /// Register no, record yes.
    #[arg(value_name = "FN", value_parser = read_count, allow_negative_numbers = true)]
    fn_: u64,
    /// Register no, record no.
    #[arg(value_name = "TN", value_parser = read_count, allow_negative_numbers = true)]
    tn: u64,
    #[command(flatten)]
    choice: IntervalChoice,
    /// Every method that applies: nine for the proportions and F1, score and log for the ratios, and the number needed to diagnose.
    #[arg(long)]
    all: bool,
    /// The formula and the paper of each measure and method that is shown.
    #[arg(long)]
    explain: bool,
    /// What if the record finds only this share of those who truly have it: from 0 to 1.
    #[arg(long, value_name = "SE", requires = "reference_specificity")]
    reference_sensitivity: Option<f64>,
    /// What if the record leaves out only this share of those who truly do not have it: from 0 to 1.
    #[arg(long, value_name = "SP", requires = "reference_sensitivity")]
    reference_specificity: Option<f64>,
    #[command(flatten)]
    bootstrap: BootstrapChoice,
}

/// The measures whose interval can be made by every method, in two tables.
const BY_METHOD: [[Measure; 4]; 2] = [
    [Measure::Sensitivity, Measure::Specificity, Measure::Ppv, Measure::Npv],
    [Measure::PrevalenceReference, Measure::PrevalenceRegister, Measure::Accuracy, Measure::F1],
];

/// `hkm table`.
pub(super) fn table(arguments: &TableArguments) -> Result<Output> {
    let table = TwoByTwo { tp: arguments.tp, fp: arguments.fp, fn_: arguments.fn_, tn: arguments.tn };
    check_total(&table.cells())?;
    let IntervalChoice { method, level } = arguments.choice;
    let mut json = table_object(table, method, level);
    let mut tables = vec![cells_table(table), measures(table, method, level)];
    if arguments.all {
        let mut intervals = every_method_json(table, level);
        intervals.extend(others(table, level).iter().map(estimate_json));
        json.insert("intervals".to_owned(), intervals.into());
        tables.extend(BY_METHOD.map(|measures| every_method(table, &measures, level)));
        tables.push(others_table(table, level));
    }
    if let Some(analysis) = arguments.imperfect_reference(table)? {
        json.insert("imperfect_reference".to_owned(), imperfect_reference_json(&analysis));
        tables.push(imperfect_reference_table(&analysis));
    }
    if let Some(bootstrapped) = arguments.bootstrapped(table)? {
        bootstrapped.add_json(0, &mut json);
        tables.push(bootstrapped.table(0, level));
    }
    let mut explained = Vec::new();
    if arguments.explain {
        explained = arguments.explained(table);
        json.insert("explain".to_owned(), explain_json(&explained));
    }
    let json = Value::from(json);
    Ok(Output {
        tables,
        closing: if arguments.explain { explain_lines(&explained) } else { Vec::new() },
        tidy: Some(as_tidy(&json)),
        json,
        findings: arguments.choice.warnings(),
        ..Output::default()
    })
}

impl TableArguments {
    /// Everything that is shown.
    fn explained(&self, table: TwoByTwo) -> Vec<Explanation> {
        let IntervalChoice { method, level } = self.choice;
        let mut estimates = table.estimates(method, level);
        if self.all {
            let every = IntervalMethod::ALL.map(|method| table.estimate(Measure::Sensitivity, method, level));
            estimates.extend(every);
            estimates.extend(others(table, level));
        }
        let resampled = self.bootstrap.is_asked_for().then(explained_bootstrap);
        explained_estimates(&estimates).into_iter().chain(resampled.into_iter().flatten()).collect()
    }

    /// The table's records resampled, if that was asked for; their frame is unknown.
    fn bootstrapped(&self, table: TwoByTwo) -> Result<Option<Bootstrapped>> {
        let Some(options) = self.bootstrap.options(false) else { return Ok(None) };
        let sample = ReviewedSample::of_table(table, 0).map_err(|fault| not_resampled(&fault))?;
        Bootstrapped::of(&sample, &options, self.choice.level, Vec::new()).map(Some)
    }

    /// The analysis of a record that is sometimes wrong, if it was asked for.
    fn imperfect_reference(&self, table: TwoByTwo) -> Result<Option<ImperfectReference>> {
        let (Some(se), Some(sp)) = (self.reference_sensitivity, self.reference_specificity) else {
            return Ok(None);
        };
        let assumed = AssumedReference::new(se, sp);
        let assumed = assumed.map_err(|error| refused("no_proportion", error.to_string()))?;
        Ok(Some(imperfect_reference(table, assumed)))
    }
}

/// The cells, the level, the fourteen measures and McNemar's test.
pub(super) fn table_object(
    table: TwoByTwo,
    method: IntervalMethod,
    level: ConfidenceLevel,
) -> Map<String, Value> {
    let mut object = table_json(table, level);
    let estimates = table.estimates(method, level);
    object.insert("measures".to_owned(), estimates.iter().map(estimate_json).collect());
    object.insert("mcnemar".to_owned(), mcnemar_json(mcnemar(table)));
    object
}

fn measures(table: TwoByTwo, method: IntervalMethod, level: ConfidenceLevel) -> Table {
    let header = estimate_header("estimate", level, Style::ENGLISH);
    let mut measures = Table::new("Measures", &["", ">x of n", &header]);
    for estimate in table.estimates(method, level) {
        measures.row([
            share_label(estimate.measure, Style::ENGLISH),
            x_of_n(&estimate),
            estimate_text(&estimate, Style::ENGLISH),
        ]);
    }
    measures.note(mcnemar_note(table));
    methods_notes(method).into_iter().for_each(|note| measures.note(note));
    measures
}

/// The counts behind a proportion.
pub(super) fn x_of_n(estimate: &Estimate) -> String {
    let counts = estimate.events_of_trials;
    counts.map_or(String::new(), |counts| format!("{} of {}", count(counts.events()), count(counts.trials())))
}

/// The test as a sentence.
pub(super) fn mcnemar_note(table: TwoByTwo) -> String {
    let McNemar { fp, fn_, p_value: p } = mcnemar(table);
    let p = match p.map(p_value) {
        Ok(p) if p.starts_with('<') => p,
        Ok(p) => format!("= {p}"),
        Err(reason) => reason_text(reason, Style::ENGLISH).to_owned(),
    };
    format!("FP {} against FN {}: exact McNemar p {p}.", count(fp), count(fn_))
}

fn every_method(table: TwoByTwo, measures: &[Measure], level: ConfidenceLevel) -> Table {
    let headers: Vec<String> =
        measures.iter().copied().map(|measure| measure_header(measure, Style::ENGLISH)).collect();
    let headers: Vec<&str> = std::iter::once("method").chain(headers.iter().map(String::as_str)).collect();
    let mut every = Table::new(format!("By every method, {level} CI"), &headers);
    for method in IntervalMethod::ALL {
        let text =
            |measure: &Measure| estimate_text(&table.estimate(*measure, method, level), Style::ENGLISH);
        every.row(std::iter::once(method.title().to_owned()).chain(measures.iter().map(text)));
    }
    every.note(DISCOURAGED);
    every
}

/// The ratios by score and by the log method, and what has one method.
fn others(table: TwoByTwo, level: ConfidenceLevel) -> Vec<Estimate> {
    let estimate = |measure| table.estimate(measure, IntervalMethod::default(), level);
    let by_log = |measure| Estimate { interval: table.log_interval(measure, level), ..estimate(measure) };
    let ratios = [Measure::LrPositive, Measure::LrNegative, Measure::DiagnosticOddsRatio];
    let others =
        [Measure::PrevalenceDifference, Measure::Youden, Measure::Kappa, Measure::NumberNeededToDiagnose];
    let ratios = ratios.into_iter().flat_map(|measure| [estimate(measure), by_log(measure)]);
    ratios.chain(others.map(estimate)).collect()
}

fn others_table(table: TwoByTwo, level: ConfidenceLevel) -> Table {
    let header = estimate_header("estimate", level, Style::ENGLISH);
    let mut others_table = Table::new("By other methods", &["", "method", &header]);
    for estimate in others(table, level) {
        let method = estimate.interval.map_or("", |interval| interval.method().title());
        others_table.row([
            &share_label(estimate.measure, Style::ENGLISH),
            method,
            &estimate_text(&estimate, Style::ENGLISH),
        ]);
    }
    others_table
}

fn every_method_json(table: TwoByTwo, level: ConfidenceLevel) -> Vec<Value> {
    let by_method = |measure: Measure| {
        IntervalMethod::ALL.map(|method| {
            let made = estimate_json(&table.estimate(measure, method, level));
            let mut object = with_keys(&[], &made);
            ["x", "n", "estimate"].iter().for_each(|key| drop(object.shift_remove(*key)));
            if object["method"].is_null() {
                object.insert("method".to_owned(), method.name().into());
            }
            Value::from(object)
        })
    };
    BY_METHOD.concat().into_iter().flat_map(by_method).collect()
}

/// The test's row in a long table.
pub(super) fn mcnemar_row(shared: &[(&str, Value)], test: &Value) -> Map<String, Value> {
    let own = json!({"measure": "mcnemar", "estimate": test["p_value"], "reason": test["reason"]});
    with_keys(shared, &own)
}

fn as_tidy(json: &Value) -> Vec<Vec<String>> {
    let level = [("level", json["level"].clone())];
    let listed = |key: &str| json[key].as_array().cloned().unwrap_or_default();
    let mut rows: Vec<_> = listed("measures").iter().map(|measure| with_keys(&level, measure)).collect();
    rows.extend(listed("intervals").iter().map(|interval| with_keys(&level, interval)));
    rows.extend(
        json["imperfect_reference"]["measures"]
            .as_array()
            .into_iter()
            .flatten()
            .map(|one| with_keys(&[], one)),
    );
    rows.push(mcnemar_row(&[], &json["mcnemar"]));
    let resampled = json.as_object().map(bootstrap_rows).unwrap_or_default();
    let mut columns = vec!["measure", "x", "n", "estimate", "level", "method", "lower", "upper", "reason"];
    if !resampled.is_empty() {
        columns.extend(["se", "replicates", "undefined"]);
    }
    rows.extend(resampled.into_iter().map(|row| with_keys(&level, &row.into())));
    tidy(&columns, &rows)
}
