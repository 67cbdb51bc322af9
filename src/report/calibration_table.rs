//! What the calibration of the weights changes, and what every page says of it.

use super::result_tables::{MAIN, whole};
use super::{Results, Table, measure_header, percent, weighted_text};
use crate::protocol::{Grouping, Protocol};
use crate::stats::{Measure, PostStrata, WeightedEstimate};

/// What every page says where the weighted figures are post-stratified.
pub fn post_stratified_text(by: PostStrata) -> &'static str {
    match by {
        PostStrata::Frame => {
            "Weighted figures are post-stratified by the register's value in the whole frame."
        }
        PostStrata::Strata => {
            "Weighted figures are post-stratified by the register's value, in each stratum where every value has five or more \
             reviewed charts, in the others together."
        }
    }
}

/// Why an interval may narrow less than its standard error.
const CAPPED: &str = "The effective size of Korn–Graubard and Wilson intervals is capped at what the records would give without \
    post-stratification, so that they narrow less than the standard error; logit intervals follow it.";

/// The sentence of a study, if there is one.
pub(super) fn calibration_note(protocol: &Protocol) -> Option<String> {
    protocol.analysis.post_stratify.map(|by| post_stratified_text(by).to_owned())
}

/// What is done with the parts of a grouping.
pub(super) fn parts_note(protocol: &Protocol, grouping: Grouping) -> Option<&'static str> {
    protocol.analysis.post_stratify?;
    Some(match grouping {
        Grouping::Stratum | Grouping::Cluster => {
            "Post-stratified by the register's value in the frame of the part, where every value has five or more reviewed charts; \
             otherwise by the design's weights alone."
        }
        Grouping::Sex | Grouping::Year => {
            "Post-stratified by the register's value, with the weights of the whole study."
        }
    })
}

/// The headline measures by the calibrated weights and by those of the design alone; without rows where nothing is calibrated.
pub(super) fn calibration_table(results: &Results, protocol: &Protocol) -> Table {
    let level = protocol.analysis.level;
    let headers = MAIN.map(measure_header);
    let headers: Vec<&str> = std::iter::once("indicator").chain(headers.iter().map(String::as_str)).collect();
    let title = format!("Post-stratified beside the design's weights alone, {level} CI and SE");
    let mut table = Table::new(title, &headers);
    for indicator in &results.indicators {
        let Some(assessed) = whole(indicator).filter(|assessed| assessed.is_calibrated()) else { continue };
        let calibrated =
            |measure| assessed.measures.iter().find(|one| one.measure == measure).map(|one| &one.weighted);
        let by_design =
            |measure| assessed.by_design.iter().find(|(of, _)| *of == measure).map(|(_, estimate)| estimate);
        table.row(std::iter::once(indicator.name.en.clone()).chain(texts(calibrated)));
        table.row(std::iter::once("  design alone".to_owned()).chain(texts(by_design)));
    }
    calibration_note(protocol).into_iter().for_each(|note| table.note(note));
    table.note(CAPPED);
    table.note("SE: standard error in percentage points. The post-stratified figures are the headline, as declared in study.toml.");
    table
}

fn texts<'e>(of: impl Fn(Measure) -> Option<&'e WeightedEstimate>) -> [String; 4] {
    MAIN.map(|measure| of(measure).map_or("not estimable".to_owned(), with_error))
}

/// `89.5 (85.1–93.0), SE 2.1`
fn with_error(estimate: &WeightedEstimate) -> String {
    let error = estimate.se.map_or(String::new(), |se| format!(", SE {}", percent(se, 1)));
    weighted_text(estimate) + &error
}
