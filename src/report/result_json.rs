//! The results for programs.

use serde_json::{Value, json};

use super::{
    GroupResults, IndicatorResults, Results, coefficient_json, estimate_json, table_json, weighted_json,
};
use crate::accuracy::{Agreement, Assessed, Group, Outside};
use crate::protocol::Protocol;
use crate::review::ChartStatus;

/// Everything, with stable keys; `docs/file-formats.md` describes them.
pub fn results_json(results: &Results, protocol: &Protocol) -> Value {
    let head = &results.head;
    let analysis = &protocol.analysis;
    let flow: serde_json::Map<String, Value> =
        results.flow.iter().map(|(step, courses)| (step.clone(), Value::from(*courses))).collect();
    json!({
        "title": head.title,
        "register": head.register_name,
        "status": head.status(),
        "open": head.open,
        "looks": head.looks,
        "post_hoc": head.post_hoc,
        "data_digest": head.data_digest,
        "software": concat!("hkm ", env!("CARGO_PKG_VERSION")),
        "settings": {
            "level": analysis.level.as_f64(),
            "interval": analysis.interval.name(),
            "weighted_interval": analysis.weighted_interval.name(),
            "finite_population_correction": analysis.finite_population_correction,
            "min_cell": protocol.disclosure.min_cell,
            "min_cell_overall": protocol.disclosure.min_cell_overall,
        },
        "flow": flow,
        "indicators": results.indicators.iter().map(|one| indicator(one, protocol)).collect::<Vec<_>>(),
        "agreement": results.agreement.iter().map(agreement).collect::<Vec<_>>(),
    })
}

fn indicator(indicator: &IndicatorResults, protocol: &Protocol) -> Value {
    if let Some(reason) = &indicator.not_assessable {
        return json!({"indicator": indicator.id, "name": indicator.name, "assessable": false,
                      "reason": "not_assessable", "explanation": reason});
    }
    let groups: Vec<Value> = indicator.groups.iter().map(|one| group(one, protocol)).collect();
    json!({"indicator": indicator.id, "name": indicator.name, "assessable": true, "groups": groups})
}

fn group(group: &GroupResults, protocol: &Protocol) -> Value {
    let mut place = serde_json::Map::new();
    place.insert("grouping".to_owned(), group.group.grouping().into());
    place.insert("group".to_owned(), group.group.value().into());
    match &group.assessed {
        None => drop(place.insert("reason".to_owned(), "suppressed".into())),
        Some(assessed) => {
            place.extend(of_assessed(assessed, protocol));
            // Counts beside the table of a part would be small cells of their own.
            if group.group == Group::All {
                place.extend(beside_table(assessed));
            }
        }
    }
    place.into()
}

fn of_assessed(assessed: &Assessed, protocol: &Protocol) -> serde_json::Map<String, Value> {
    let mut object = table_json(assessed.table, protocol.analysis.level);
    let weighted: Vec<Value> =
        assessed.measures.iter().map(|one| weighted_json(one.measure, &one.weighted)).collect();
    let refused = assessed
        .refused
        .iter()
        .map(|one| json!({"measure": one.measure.name(), "estimate": null, "reason": one.reason.name()}));
    let mut add = |key: &str, value: Value| object.insert(key.to_owned(), value);
    add("measures", assessed.measures.iter().map(|one| estimate_json(&one.plain)).collect());
    add("weighted", weighted.into());
    add("refused", refused.collect());
    add(
        "mcnemar",
        json!({"fp": assessed.mcnemar.fp, "fn": assessed.mcnemar.fn_, "p_value": assessed.mcnemar.p_value}),
    );
    object
}

/// What stands beside the table of the whole study.
fn beside_table(assessed: &Assessed) -> serde_json::Map<String, Value> {
    let unadjusted = assessed.unadjusted.iter().map(|(measure, one)| weighted_json(*measure, one));
    let found = assessed.tabulated.found.iter();
    let found = found
        .map(|one| json!({"register": one.register.name(), "found": one.found, "not_found": one.not_found}));
    let beside =
        [("unadjusted", unadjusted.collect()), ("counts", counts(assessed)), ("found", found.collect())];
    beside.map(|(key, value): (&str, Value)| (key.to_owned(), value)).into_iter().collect()
}

fn counts(assessed: &Assessed) -> Value {
    let counts = &assessed.tabulated.counts;
    let mut object = serde_json::Map::new();
    object.insert("in_use".to_owned(), counts.in_use.into());
    object.insert("read".to_owned(), counts.read.into());
    object.insert("pending".to_owned(), counts.pending.into());
    for status in ChartStatus::ALL.into_iter().filter(|status| *status != ChartStatus::Found) {
        object.insert(
            status.name().to_owned(),
            counts.not_read.get(&status).copied().unwrap_or_default().into(),
        );
    }
    for outside in Outside::ALL {
        object.insert(
            outside.name().to_owned(),
            counts.outside.get(&outside).copied().unwrap_or_default().into(),
        );
    }
    object.into()
}

fn agreement(one: &Agreement) -> Value {
    let summary = |of: &crate::accuracy::Summary| {
        json!({
            "n": of.records,
            "same": of.raw.events(),
            "coefficients": [
                coefficient_json("kappa", &of.kappa),
                coefficient_json("pabak", &of.pabak),
                coefficient_json("ac1", &of.ac1),
            ],
        })
    };
    json!({
        "indicator": one.indicator,
        "both_read": one.both_read,
        "found_by_one": one.found_by_one,
        "yes_no_cells": one.cells,
        "all_answers": summary(&one.all_answers),
        "yes_no": summary(&one.yes_no),
    })
}
