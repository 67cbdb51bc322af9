//! The sensitivity analyses for programs.

use serde_json::{Map, Value, json};

use super::json::{decimals_json, number, object, shown_weighted_json};
use super::{SensitivityAnalyses, imperfect_reference_json, table_json};
use crate::accuracy::{Assessed, Eligibility, OtherReading};
use crate::protocol::{Protocol, RegisterStatus};
use crate::review::Answer;
use crate::stats::{Measure, Reason};

/// `{"readings":[…],"unknown","worst_and_best":[{"measure","lower","upper"}],"imperfect_reference":{…}}`.
pub(super) fn sensitivity_json(analyses: &SensitivityAnalyses, protocol: &Protocol) -> Value {
    let readings =
        analyses.readings.iter().map(|(reading, table)| of_reading(*reading, table.as_deref(), protocol));
    let bounds = |(measure, bounds): &(Measure, Result<[f64; 2], Reason>)| {
        let mut row = of_bounds(*measure, *bounds);
        row["rounded"] = decimals_json(analyses.coarse.filter(|_| bounds.is_ok()));
        row
    };
    let bounds = analyses.worst_and_best.iter().map(bounds);
    let mut row = object(json!({
        "readings": readings.collect::<Vec<_>>(),
        "unknown": analyses.unknown,
        "worst_and_best": bounds.collect::<Vec<_>>(),
    }));
    if analyses.unknown.is_none() {
        row.insert("reason".to_owned(), Reason::Suppressed.name().into());
    }
    if let Some(imperfect) = &analyses.imperfect {
        row.insert("imperfect_reference".to_owned(), imperfect_reference_json(imperfect));
    }
    row.into()
}

/// A rule that is read the other way, with the table and the weighted measures that follow.
fn of_reading(reading: OtherReading, assessed: Option<&Assessed>, protocol: &Protocol) -> Value {
    let mut row = object(json!({ "other_reading_of": reading.name() }));
    match assessed {
        None => drop(row.insert("reason".to_owned(), Reason::Suppressed.name().into())),
        Some(assessed) => {
            row.extend(table_json(assessed.table, protocol.analysis.level));
            let weighted =
                assessed.measures.iter().map(|one| shown_weighted_json(one.measure, &one.weighted));
            row.insert("weighted".to_owned(), weighted.collect());
        }
    }
    row.into()
}

fn of_bounds(measure: Measure, bounds: Result<[f64; 2], Reason>) -> Value {
    let mut row = object(json!({
        "measure": measure.name(),
        "lower": number(bounds.map(|bounds| bounds[0])),
        "upper": number(bounds.map(|bounds| bounds[1])),
    }));
    if let Err(reason) = bounds {
        row.insert("reason".to_owned(), reason.name().into());
    }
    row.into()
}

/// `{"yes":{"yes","no","not_relevant","not_documented"},"no":…}`: the register's value, then the record's; `null` with its reason.
pub(super) fn eligibility_json(counted: Option<&Eligibility>) -> Value {
    let Some(counted) = counted else { return json!({"reason": Reason::Suppressed.name(), "cells": null}) };
    let row = |cells: &[u64; Answer::ALL.len()]| -> Value {
        let named =
            Answer::ALL.iter().zip(cells).map(|(answer, count)| (answer.name().to_owned(), (*count).into()));
        Value::Object(named.collect::<Map<_, _>>())
    };
    let rows = RegisterStatus::ALL.iter().zip(&counted.cells);
    let rows: Map<_, _> = rows.map(|(status, cells)| (status.name().to_owned(), row(cells))).collect();
    json!({ "cells": rows })
}
