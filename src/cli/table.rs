//! `hkm table`: the two-by-two table in full.

use clap::Args;
use serde_json::{Map, Value, json};

use super::choices::{IntervalChoice, check_total, read_count};
use super::output::Output;
use super::tidy::{tidy, with_keys};
use crate::error::Result;
use crate::report::{
    Table, cells_table, count, estimate_header, estimate_json, estimate_text, measure_header, methods_notes,
    p_value, share_label, table_json,
};
use crate::stats::{ConfidenceLevel, Estimate, IntervalMethod, McNemar, Measure, TwoByTwo, mcnemar};

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
    /// Every method for the intervals of the proportions and of F1.
    #[arg(long)]
    all: bool,
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
        json.insert("intervals".to_owned(), every_method_json(table, level));
        tables.extend(BY_METHOD.map(|measures| every_method(table, &measures, level)));
    }
    let json = Value::from(json);
    Ok(Output {
        tables,
        tidy: Some(as_tidy(&json)),
        json,
        findings: arguments.choice.warnings(),
        ..Output::default()
    })
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
    let McNemar { fp, fn_, p_value } = mcnemar(table);
    object.insert("mcnemar".to_owned(), json!({"fp": fp, "fn": fn_, "p_value": p_value}));
    object
}

fn measures(table: TwoByTwo, method: IntervalMethod, level: ConfidenceLevel) -> Table {
    let header = estimate_header("estimate", level);
    let mut measures = Table::new("Measures", &["", ">x of n", &header]);
    for estimate in table.estimates(method, level) {
        measures.row([share_label(estimate.measure), x_of_n(&estimate), estimate_text(&estimate)]);
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
    let p = p_value(p);
    let p = if p.starts_with('<') { p } else { format!("= {p}") };
    format!("FP {} against FN {}: exact McNemar p {p}.", count(fp), count(fn_))
}

fn every_method(table: TwoByTwo, measures: &[Measure], level: ConfidenceLevel) -> Table {
    let headers: Vec<String> = measures.iter().copied().map(measure_header).collect();
    let headers: Vec<&str> = std::iter::once("method").chain(headers.iter().map(String::as_str)).collect();
    let mut every = Table::new(format!("By every method, {level} CI"), &headers);
    for method in IntervalMethod::ALL {
        let text = |measure: &Measure| estimate_text(&table.estimate(*measure, method, level));
        every.row(std::iter::once(method.title().to_owned()).chain(measures.iter().map(text)));
    }
    every
}

fn every_method_json(table: TwoByTwo, level: ConfidenceLevel) -> Value {
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

fn as_tidy(json: &Value) -> Vec<Vec<String>> {
    let level = [("level", json["level"].clone())];
    let listed = |key: &str| json[key].as_array().cloned().unwrap_or_default();
    let mut rows: Vec<_> = listed("measures").iter().map(|measure| with_keys(&level, measure)).collect();
    rows.extend(listed("intervals").iter().map(|interval| with_keys(&level, interval)));
    rows.push(with_keys(&[("measure", "mcnemar".into())], &json!({"estimate": json["mcnemar"]["p_value"]})));
    tidy(&["measure", "x", "n", "estimate", "level", "method", "lower", "upper", "reason"], &rows)
}
