//! Design-weighted and post-stratified estimates against R's survey.

use std::path::Path;

use hjertekommidt::stats::{
    Measure, PostStrata, PostStratifiedStratum, StratifiedTwoByTwo, WeightedEstimate, WeightedOptions,
    WeightedWarning, post_stratified,
};

use super::comparison::{Comparison, Tolerance};
use super::inputs::Inputs;
use crate::oracle::{Row, rows_in};

/// survey adds up records, we add up counts; a difference that should be 0 is some 1e-16 there.
const ESTIMATE: Tolerance = Tolerance { relative: 1e-13, absolute: 1e-15 };

/// The same; residuals that should be 0 leave some 1e-17 of a standard error.
const STANDARD_ERROR: Tolerance = Tolerance { relative: 1e-12, absolute: 1e-15 };

fn estimate(row: &Row, strata: &[PostStratifiedStratum]) -> WeightedEstimate {
    let finite_population_correction = row.text("fpc") == "on";
    let options = WeightedOptions { finite_population_correction, ..WeightedOptions::default() };
    let measure: Measure = row.text("measure").parse().unwrap();
    let by = match row.text("weights") {
        "frame" => PostStrata::Frame,
        "strata" => PostStrata::Strata,
        _ => {
            let tables = strata.iter().map(|one| one.stratum).collect();
            return StratifiedTwoByTwo::new(tables).unwrap().estimate(measure, &options).unwrap();
        }
    };
    post_stratified(strata, measure, by, &options).unwrap().unwrap()
}

pub(super) fn compare(inputs: &Inputs, answers: &Path, comparison: &mut Comparison) {
    for row in rows_in(answers, "r_designs") {
        let strata = &inputs.designs[row.count("design") as usize];
        let found = estimate(&row, strata);
        // A value that is known is counted without weights; statuses that nobody reviewed has stop survey.
        if found.complete || found.warnings.contains(&WeightedWarning::NotCalibrated) {
            continue;
        }
        let kind = format!("{}, correction {}", row.text("weights"), row.text("fpc"));
        let place = format!("design {}: {}", row.text("design"), row.text("measure"));
        let (value, se) = (format!("estimate, {kind}"), format!("standard error, {kind}"));
        comparison.close_if_any(&value, &place, found.estimate.ok(), row.number("estimate"), ESTIMATE);
        comparison.close_if_any(&se, &place, found.se.ok(), row.number("se"), STANDARD_ERROR);
    }
}
