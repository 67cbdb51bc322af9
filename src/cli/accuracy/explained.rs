//! Formulas and papers of what is shown of a file.

use super::Shown;
use super::people::weighted;
use crate::accuracy::ChartResult;
use crate::cli::output::Output;
use crate::report::{
    explain_json, explain_lines, explained_bootstrap, explained_estimates, explained_weighted,
};
use crate::stats::Explanation;

/// The output with everything that it shows explained.
pub(super) fn added(mut output: Output, results: &[ChartResult], shown: &Shown<'_>) -> Output {
    let estimates: Vec<_> = results
        .iter()
        .flat_map(|result| result.counts.table.estimates(shown.choice.method, shown.choice.level))
        .collect();
    let by_design: Vec<_> =
        results.iter().filter_map(|result| weighted(result, shown.post_stratify, shown)).flatten().collect();
    let mut explained: Vec<Explanation> = Vec::new();
    let design = (!by_design.is_empty()).then_some(RATIO);
    let calibrated = shown.post_stratify.map(|_| POST_STRATIFIED);
    let resampled = shown.resampled.as_ref().map(|_| explained_bootstrap());
    explained.extend(explained_estimates(&estimates));
    explained.extend(design.into_iter().chain(calibrated).chain(explained_weighted(&by_design)));
    explained.extend(resampled.into_iter().flatten());
    output.closing.extend(explain_lines(&explained));
    output.json["explain"] = explain_json(&explained);
    output
}

const RATIO: Explanation = Explanation {
    name: "weighted",
    title: "Weighted estimate",
    formula: "R = Σ w x / Σ w d, w = population / reviewed charts of the stratum; V by linearisation in each stratum",
    edges: "A stratum without a reviewed chart is not covered; df = 0 leaves no interval unless everything is known.",
    reference: "Särndal, Swensson & Wretman, Model assisted survey sampling 1992, section 5.6",
    section: "4.1",
};

const POST_STRATIFIED: Explanation = Explanation {
    name: "post_stratified",
    title: "Post-stratified weights",
    formula: "w g, g = N_p / Σ w n_p for each register value p; V of the residuals g (z − z̄_p)",
    edges: "A register value of the frame without a reviewed chart leaves the weights as they are.",
    reference: "Särndal, Swensson & Wretman, Model assisted survey sampling 1992, sections 6.6 and 7.6",
    section: "4.11",
};
