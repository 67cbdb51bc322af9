//! The results for programs.

use serde_json::{Value, json};

use super::comparison_rows::add_comparisons;
use super::descriptive::is_descriptive;
use super::json::{decimals_json, object, shown_weighted_json};
use super::raw_items::raw_item_json;
use super::sensitivity_json::{eligibility_json, sensitivity_json};
use super::study_bootstrap::study_bootstrap_json;
use super::{
    AgreementResults, Baseline, BaselinePart, Beside, Characteristic, GroupResults, IndicatorResults,
    Results, ReviewFlow, coefficient_json, estimate_json, mcnemar_json, table_json, weighted_agreement_json,
};
use crate::accuracy::{Agreement, Assessed};
use crate::protocol::{Bilingual, Protocol, RegisterStatus};
use crate::stats::{PostStrata, Reason, WeightedAgreement};

/// Everything, with stable keys; `docs/file-formats.md` describes them.
pub fn results_json(results: &Results, protocol: &Protocol) -> Value {
    let head = &results.head;
    let analysis = &protocol.analysis;
    let mut object = json!({
        "title": protocol.title.en,
        "register": head.register_name,
        "status": head.status(),
        "open": english(&head.open),
        "looks": head.looks,
        "post_hoc": english(&head.post_hoc),
        "data_digest": head.data_digest,
        "software": concat!("hkm ", env!("CARGO_PKG_VERSION")),
        "settings": {
            "level": analysis.level.as_f64(),
            "interval": analysis.interval.name(),
            "weighted_interval": analysis.weighted_interval.name(),
            "finite_population_correction": analysis.finite_population_correction,
            "post_stratify": analysis.post_stratify.map_or("none", PostStrata::name),
            "item_weights": analysis.item_weights,
            "weighted_agreement": analysis.weighted_agreement,
            "min_cell": protocol.disclosure.min_cell,
            "min_cell_overall": protocol.disclosure.min_cell_overall,
            "weighted_figures": protocol.disclosure.weighted_figures.name(),
            "by": analysis.by.iter().map(|by| by.name()).collect::<Vec<_>>(),
            "bootstrap": analysis.bootstrap.as_ref().map(|one| one.replicates),
        },
        "baseline": results.baseline.iter().flat_map(baseline).collect::<Vec<_>>(),
        "flow": counts(results.flow.iter().map(|(step, courses)| (step.as_str(), *courses))),
        "indicators": results.indicators.iter().map(|one| indicator(one, results, protocol)).collect::<Vec<_>>(),
        "agreement": results.agreement.iter().map(agreement).collect::<Vec<_>>(),
    });
    if !results.raw_items.is_empty() {
        object["raw_items"] = results.raw_items.iter().map(raw_item_json).collect();
    }
    if let Some(bootstrap) = &results.bootstrap {
        object["bootstrap"] = study_bootstrap_json(bootstrap);
    }
    object
}

/// A row for each value: `frame`, `drawn` and `read`, `null` where hidden.
fn baseline(one: &Baseline) -> Vec<Value> {
    let (characteristic, indicator) = match &one.characteristic {
        Characteristic::Stratum => ("stratum", None),
        Characteristic::Age => ("age", None),
        Characteristic::Sex => ("sex", None),
        Characteristic::Year => ("year", None),
        Characteristic::Register(id) => ("register", Some(id)),
    };
    let row = |part: &BaselinePart| {
        let mut row = object(json!({"characteristic": characteristic, "value": part.value,
            "frame": part.frame, "drawn": part.drawn, "read": part.read}));
        indicator.into_iter().for_each(|id| drop(row.insert("indicator".to_owned(), id.as_str().into())));
        if [part.frame, part.drawn, part.read].contains(&None) {
            row.insert("reason".to_owned(), Reason::Suppressed.name().into());
        }
        row.into()
    };
    one.parts.iter().map(row).collect()
}

fn indicator(indicator: &IndicatorResults, results: &Results, protocol: &Protocol) -> Value {
    if let Some(reason) = &indicator.not_assessable {
        return json!({"indicator": indicator.id, "name": indicator.name, "assessable": false,
                      "reason": "not_assessable", "explanation": reason});
    }
    let groups: Vec<Value> = indicator.groups.iter().map(|one| group(one, results, protocol)).collect();
    let mut object = object(
        json!({"indicator": indicator.id, "name": indicator.name, "assessable": true, "groups": groups}),
    );
    add_comparisons(&mut object, indicator);
    if indicator.groups.first().is_some_and(|whole| whole.assessed.is_some()) {
        object.insert("sensitivity_analyses".to_owned(), sensitivity_json(&indicator.sensitivity, protocol));
        object.insert("eligibility".to_owned(), eligibility_json(indicator.eligibility.as_ref()));
    }
    object.into()
}

fn group(group: &GroupResults, results: &Results, protocol: &Protocol) -> Value {
    let mut place = serde_json::Map::new();
    place.insert("grouping".to_owned(), group.group.grouping().into());
    place.insert("group".to_owned(), group.group.value().into());
    match &group.assessed {
        None => drop(place.insert("reason".to_owned(), "suppressed".into())),
        Some(assessed) => {
            if is_descriptive(group, protocol) {
                place.insert("descriptive".to_owned(), true.into());
            }
            place.extend(of_assessed(assessed, protocol));
            if let Some(beside) = &group.beside {
                place.extend(beside_table(assessed, beside, &results.review));
            }
        }
    }
    place.into()
}

fn of_assessed(assessed: &Assessed, protocol: &Protocol) -> serde_json::Map<String, Value> {
    let mut object = table_json(assessed.table, protocol.analysis.level);
    let weighted: Vec<Value> =
        assessed.measures.iter().map(|one| shown_weighted_json(one.measure, &one.weighted)).collect();
    let refused = assessed
        .refused
        .iter()
        .map(|one| json!({"measure": one.measure.name(), "estimate": null, "reason": one.reason.name()}));
    let mut add = |key: &str, value: Value| object.insert(key.to_owned(), value);
    add("measures", assessed.measures.iter().map(|one| estimate_json(&one.plain)).collect());
    add("weighted", weighted.into());
    add("refused", refused.collect());
    add("mcnemar", mcnemar_json(assessed.mcnemar));
    object
}

/// Files for programs are in English whatever the report's language.
fn english(texts: &[Bilingual]) -> Vec<&str> {
    texts.iter().map(|text| text.en.as_str()).collect()
}

/// What stands beside the table of the whole study.
fn beside_table(assessed: &Assessed, beside: &Beside, review: &ReviewFlow) -> serde_json::Map<String, Value> {
    let unadjusted = assessed.unadjusted.iter().map(|(measure, one)| shown_weighted_json(*measure, one));
    let charts = [
        ("in_use", Some(review.in_use)),
        ("replaced", Some(review.replaced)),
        ("read", Some(review.read)),
        ("pending", Some(review.pending)),
    ];
    let not_read = review.not_read.iter().map(|(status, courses)| (status.name(), *courses));
    let outside = beside.outside.iter().map(|(reason, courses)| (reason.name(), *courses));
    let found = beside.found.iter().map(|(register, charts)| found(*register, *charts));
    let beside = [
        ("unadjusted", unadjusted.collect()),
        ("counts", counts(charts.into_iter().chain(not_read).chain(outside))),
        ("found", found.collect()),
    ];
    let by_design = assessed.by_design.iter().map(|(measure, one)| shown_weighted_json(*measure, one));
    let by_design = assessed.is_calibrated().then(|| ("design_weighted", by_design.collect()));
    by_design.into_iter().chain(beside).map(|(key, value): (&str, Value)| (key.to_owned(), value)).collect()
}

/// Counts by their names; a hidden one is `null`, and the reason stands behind them.
fn counts<'n>(named: impl Iterator<Item = (&'n str, Option<u64>)>) -> Value {
    let mut object: serde_json::Map<String, Value> =
        named.map(|(name, courses)| (name.to_owned(), courses.into())).collect();
    if object.values().any(Value::is_null) {
        object.insert("reason".to_owned(), Reason::Suppressed.name().into());
    }
    object.into()
}

fn found(register: RegisterStatus, charts: Option<[u64; 2]>) -> Value {
    match charts {
        Some([found, not_found]) => {
            json!({"register": register.name(), "found": found, "not_found": not_found})
        }
        None => json!({"register": register.name(), "found": null, "not_found": null,
                       "reason": Reason::Suppressed.name()}),
    }
}

fn agreement(one: &AgreementResults) -> Value {
    match &one.agreement {
        Some(agreement) => agreement_json(agreement),
        None => json!({
            "indicator": one.indicator,
            "both_read": null,
            "found_by_one": null,
            "yes_no_cells": null,
            "all_answers": null,
            "yes_no": null,
            "reason": Reason::Suppressed.name(),
        }),
    }
}

fn agreement_json(one: &Agreement) -> Value {
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
    let mut row = json!({
        "indicator": one.indicator,
        "both_read": one.both_read,
        "found_by_one": one.found_by_one,
        "yes_no_cells": one.cells,
        "all_answers": summary(&one.all_answers),
        "yes_no": summary(&one.yes_no),
    });
    if let Some(weighted) = &one.weighted {
        row["all_answers"]["design_weighted"] = weighted_agreement(&weighted.all_answers);
        row["yes_no"]["design_weighted"] = weighted_agreement(&weighted.yes_no);
    }
    row
}

/// The weighted coefficients, which are rounded together.
fn weighted_agreement(one: &WeightedAgreement) -> Value {
    let mut rows = weighted_agreement_json(one);
    let all = rows.as_array_mut().into_iter().flatten();
    all.for_each(|row| row["rounded"] = decimals_json(one.raw.coarse));
    rows
}
