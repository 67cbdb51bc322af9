//! The bootstrap of a study: one resampling of all reviewed courses, with what small cells hide taken out.

use super::coarse::{Digits, TENTHS_LEFT, coarsen_bootstrap};
use super::json::decimals_json;
use super::result_tables::INDICATOR;
use super::results::Results;
use super::{
    BootstrapShown, Style, Table, bootstrap_cells, bootstrap_json, bootstrap_notes, bootstrap_options_json,
    bootstrap_table,
};
use serde_json::{Value, json};

use crate::accuracy::{Assessed, Column, Columns, Evidence, reviewed_sample};
use crate::protocol::{DeclaredBootstrap, Protocol, WeightedFigures};
use crate::stats::{
    BOOTSTRAPPED, BootstrapEstimate, BootstrapOptions, BootstrapWarning, Estimand, Measure, Reason,
    Replicates, ReviewedSampleError, StratumError,
};

/// The bootstrap of a study.
#[derive(Debug, Clone, PartialEq)]
pub struct BootstrapResults {
    /// How it was made.
    pub options: BootstrapOptions,
    /// What a reader must know.
    pub warnings: Vec<BootstrapWarning>,
    /// The id of each assessable indicator with its estimates; `None` when they are hidden.
    pub indicators: Vec<(String, Option<Vec<BootstrapShown>>)>,
}

/// What keeps a bootstrap from being made: counts that contradict each other.
#[derive(Debug)]
pub struct BootstrapFault(String);

impl std::fmt::Display for BootstrapFault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl From<StratumError> for BootstrapFault {
    fn from(error: StratumError) -> Self {
        BootstrapFault(error.to_string())
    }
}

impl From<ReviewedSampleError> for BootstrapFault {
    fn from(error: ReviewedSampleError) -> Self {
        BootstrapFault(error.to_string())
    }
}

/// The bootstrap that the protocol declares, for the tables of the whole study in `results`. `tell` hears how many replicates
/// are done.
///
/// # Errors
/// Counts that contradict each other.
pub fn bootstrap_results(
    evidence: Evidence<'_>,
    results: &Results,
    tell: &dyn Fn(u64),
) -> Result<Option<BootstrapResults>, BootstrapFault> {
    let analysis = &evidence.protocol.analysis;
    let Some(DeclaredBootstrap { replicates, seed }) = &analysis.bootstrap else { return Ok(None) };
    let options = BootstrapOptions {
        replicates: *replicates,
        finite_population_correction: analysis.finite_population_correction,
        ..BootstrapOptions::new(seed)
    };
    let columns = Columns::new(evidence);
    let sample = reviewed_sample(&columns)?;
    let replicates = sample.bootstrap_with_progress(&options, tell);
    let of = |(place, column): (usize, &Column<'_>)| {
        let shown = of_indicator(&columns, results, column, (place, &replicates))?;
        Ok((column.indicator.id.clone(), shown))
    };
    let indicators = columns.assessable().enumerate().map(of).collect::<Result<_, BootstrapFault>>()?;
    Ok(Some(BootstrapResults { warnings: replicates.warnings(), options, indicators }))
}

/// Nothing of a table that is hidden, and as coarse as its weighted figures where a stratum has a small cell.
fn of_indicator(
    columns: &Columns<'_>,
    results: &Results,
    column: &Column<'_>,
    (place, replicates): (usize, &Replicates<'_>),
) -> Result<Option<Vec<BootstrapShown>>, BootstrapFault> {
    let found = results.indicators.iter().find(|one| one.id == column.indicator.id);
    let whole = found.and_then(|one| one.groups.first()).and_then(|group| group.assessed.as_deref());
    let (Some(found), Some(whole)) = (found, whole) else { return Ok(None) };
    let is_fine = found.digits.weighted == Digits::All;
    // Its limits follow from the tables of the strata with every digit of the seed: only the true ones give them.
    if !is_fine && columns.evidence.protocol.disclosure.weighted_figures == WeightedFigures::Protected {
        return Ok(None);
    }
    let estimands: Vec<Estimand> =
        measures_of(whole).into_iter().map(|measure| Estimand::of(measure, place)).collect();
    let estimates = replicates.estimates(&estimands, columns.evidence.protocol.analysis.level);
    let shown = |one: BootstrapEstimate| if is_fine { one.into() } else { coarsen_bootstrap(one) };
    Ok(Some(estimates.into_iter().map(shown).collect()))
}

/// What the design can estimate: of a frame of register-positives the PPV alone.
fn measures_of(whole: &Assessed) -> Vec<Measure> {
    match whole.refused.is_empty() {
        true => BOOTSTRAPPED.to_vec(),
        false => whole.measures.iter().map(|one| one.measure).collect(),
    }
}

/// For programs.
pub(super) fn study_bootstrap_json(bootstrap: &BootstrapResults) -> Value {
    let indicator = |(id, estimates): &(String, Option<Vec<BootstrapShown>>)| match estimates {
        None => json!({"indicator": id, "measures": null, "reason": Reason::Suppressed.name()}),
        Some(estimates) => {
            let seed = &bootstrap.options.seed;
            let measure = |one: &BootstrapShown| {
                let mut row = bootstrap_json(one, seed);
                row["rounded"] = decimals_json(one.coarse.then_some(TENTHS_LEFT));
                row
            };
            let measures: Vec<Value> = estimates.iter().map(measure).collect();
            json!({"indicator": id, "measures": measures})
        }
    };
    let mut object = bootstrap_options_json(&bootstrap.options, &bootstrap.warnings);
    object["indicators"] = bootstrap.indicators.iter().map(indicator).collect();
    object
}

/// For people; without rows where there is no bootstrap, or all of it is hidden.
pub(super) fn study_bootstrap_table(results: &Results, protocol: &Protocol) -> Table {
    let (level, style) = (protocol.analysis.level, Style::from(protocol.report));
    let title = style.says([
        "Bootstrap ved siden af intervallerne i tabellerne ovenfor",
        "Bootstrap beside the intervals of the tables above",
    ]);
    let mut table =
        bootstrap_table(title.to_owned(), &[style.says(INDICATOR)], level, style).named("bootstrap");
    let Some(bootstrap) = &results.bootstrap else { return table };
    let shown = bootstrap.indicators.iter().filter_map(|(id, estimates)| Some((id, estimates.as_ref()?)));
    for (id, estimates) in shown.clone() {
        let name = protocol.indicator(id).map_or("", |indicator| style.of(&indicator.name));
        for (place, one) in estimates.iter().enumerate() {
            let first = if place == 0 { name } else { "" }.to_owned();
            table.row(std::iter::once(first).chain(bootstrap_cells(one, style)));
        }
    }
    let strata: Vec<String> = protocol.strata.in_study().map(|stratum| stratum.label()).collect();
    let all = shown.flat_map(|(_, estimates)| estimates);
    let notes = bootstrap_notes(&bootstrap.options, &bootstrap.warnings, &strata, all, style);
    notes.into_iter().for_each(|note| table.note(note));
    if protocol.analysis.post_stratify.is_some() {
        table.note(style.says([
            "Alene med designets vægte, ikke poststratificeret.",
            "By the design's weights alone, not post-stratified.",
        ]));
    }
    table
}
