//! The bootstrap of a file: its indicators and groups are resampled together.

use serde_json::{Map, Value};

use super::names::{name, name_header};
use super::people::HEADLINE;
use super::{AccuracyArguments, Shown};
use crate::accuracy::{ChartResult, ChartTally};
use crate::cli::bootstrap::{Bootstrapped, not_resampled};
use crate::cli::choices::Switch;
use crate::error::Result;
use crate::report::{Style, Table, bootstrap_cells, bootstrap_table};

/// The samples, resampled.
pub(super) struct Resampled {
    samples: Vec<Bootstrapped>,
    /// Of each result: its sample, and the indicator in it.
    of_result: Vec<(usize, usize)>,
}

impl Resampled {
    /// `None` if nobody asked for it.
    pub(super) fn of(tally: &ChartTally, arguments: &AccuracyArguments) -> Result<Option<Self>> {
        // Without strata the frame is unknown, and there is nothing to correct for.
        let correction = arguments.stratum.is_some() && arguments.fpc == Switch::On;
        let (Some(options), Some(found)) = (arguments.bootstrap.options(correction), tally.samples()) else {
            return Ok(None);
        };
        let found = found.map_err(|fault| not_resampled(&fault))?;
        let made = |sample| Bootstrapped::of(sample, &options, arguments.choice.level, found.strata.clone());
        let samples = found.samples.iter().map(made).collect::<Result<_>>()?;
        Ok(Some(Resampled { samples, of_result: found.of_result }))
    }

    pub(super) fn add_json(&self, result: usize, object: &mut Map<String, Value>) {
        if let Some((sample, indicator)) = self.place(result) {
            sample.add_json(indicator, object);
        }
    }

    fn place(&self, result: usize) -> Option<(&Bootstrapped, usize)> {
        let (sample, indicator) = *self.of_result.get(result)?;
        Some((self.samples.get(sample)?, indicator))
    }
}

/// All measures of one result, or the headline measures of several.
pub(super) fn table(results: &[ChartResult], shown: &Shown<'_>) -> Option<Table> {
    let resampled = shown.resampled.as_ref()?;
    let level = shown.choice.level;
    let mut table = match results {
        [_] => resampled.place(0).map(|(sample, indicator)| sample.table(indicator, level))?,
        several => several_table(several, resampled, shown),
    };
    if resampled.samples.len() > 1 {
        table.note("The indicators were not reviewed in the same charts, so each is resampled by itself.");
    }
    if shown.post_stratify.is_some() {
        table.note("By the design's weights alone, not post-stratified.");
    }
    Some(table)
}

fn several_table(results: &[ChartResult], resampled: &Resampled, shown: &Shown<'_>) -> Table {
    let mut table =
        bootstrap_table("Bootstrap".to_owned(), &[name_header(results)], shown.choice.level, Style::ENGLISH);
    for (place, result) in results.iter().enumerate() {
        let Some((sample, indicator)) = resampled.place(place) else { continue };
        let is_headline =
            |one: &&crate::report::BootstrapShown| HEADLINE.contains(&one.estimate.estimand.measure);
        let measures = sample.measures(indicator).iter().filter(is_headline);
        for (place, one) in measures.clone().enumerate() {
            let first = if place == 0 { name(result, results) } else { String::new() };
            table.row(std::iter::once(first).chain(bootstrap_cells(one, Style::ENGLISH)));
        }
        sample.add_notes(&mut table, measures);
    }
    table
}
