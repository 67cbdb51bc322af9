//! `--bootstrap`: limits by resampling, for the commands without a study.

use clap::builder::PossibleValue;
use clap::{Args, ValueEnum};
use serde_json::{Map, Value};

use super::choices::refused;
use super::session::with_session;
use super::tidy::with_keys;
use crate::error::{Error, Result};
use crate::report::{
    BootstrapShown, Style, Table, bootstrap_cells, bootstrap_json, bootstrap_notes, bootstrap_options_json,
    bootstrap_table,
};
use crate::stats::{
    BOOTSTRAPPED, BootstrapOptions, BootstrapScheme, BootstrapWarning, ConfidenceLevel, Estimand,
    ReviewedSample, ReviewedSampleError,
};
use crate::study::Progress;

/// Whether, and how.
#[derive(Debug, Args)]
pub(super) struct BootstrapChoice {
    /// Standard errors and limits (percentile and BCa) from B resamples of the records, 100 to 1000000, such as 9999.
    #[arg(long, value_name = "B", value_parser = read_replicates)]
    bootstrap: Option<usize>,
    /// The text that all random numbers of the bootstrap follow from.
    #[arg(long, value_name = "TEXT", default_value = BootstrapOptions::USUAL_SEED, requires = "bootstrap", value_parser = read_seed)]
    seed: String,
    /// How the records are resampled.
    #[arg(long, value_enum, value_name = "METHOD", default_value_t, requires = "bootstrap")]
    bootstrap_method: BootstrapScheme,
}

impl BootstrapChoice {
    /// Whether it was asked for.
    pub(super) fn is_asked_for(&self) -> bool {
        self.bootstrap.is_some()
    }

    /// How it is to be made; `None` if nobody asked. A sample without a frame has no correction.
    pub(super) fn options(&self, finite_population_correction: bool) -> Option<BootstrapOptions> {
        Some(BootstrapOptions {
            replicates: self.bootstrap?,
            finite_population_correction,
            scheme: self.bootstrap_method,
            ..BootstrapOptions::new(self.seed.as_str())
        })
    }
}

pub(super) fn read_replicates(text: &str) -> Result<usize, String> {
    let typed = text.parse::<u64>().unwrap_or_default();
    BootstrapOptions::checked_replicates(typed).map_err(|expected| format!("expected {expected}"))
}

pub(super) fn read_seed(text: &str) -> Result<String, &'static str> {
    if text.trim().is_empty() { Err("expected a text") } else { Ok(text.trim().to_owned()) }
}

impl ValueEnum for BootstrapScheme {
    fn value_variants<'a>() -> &'a [Self] {
        &[BootstrapScheme::RaoWu, BootstrapScheme::Naive]
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(match self {
            BootstrapScheme::RaoWu => {
                PossibleValue::new(self.name()).alias("rao-wu").help("n − 1 of n records, rescaled")
            }
            BootstrapScheme::Naive => PossibleValue::new(self.name()).help("n of n records: too short"),
        })
    }
}

/// What came of it for each indicator of a sample.
pub(super) struct Bootstrapped {
    options: BootstrapOptions,
    warnings: Vec<BootstrapWarning>,
    strata: Vec<String>,
    /// All measures of each indicator.
    indicators: Vec<Vec<BootstrapShown>>,
}

impl Bootstrapped {
    /// Resamples, with progress on stderr if it takes long. `strata` are the names of the strata.
    pub(super) fn of(
        sample: &ReviewedSample,
        options: &BootstrapOptions,
        level: ConfidenceLevel,
        strata: Vec<String>,
    ) -> Result<Self> {
        with_session(|session| {
            let of = options.replicates as u64;
            let tell = |done| (session.progress)(Progress::Replicates { done, of });
            let replicates = sample.bootstrap_with_progress(options, &tell);
            let estimates = |indicator| {
                let estimands = BOOTSTRAPPED.map(|measure| Estimand::of(measure, indicator));
                replicates.estimates(&estimands, level).into_iter().map(BootstrapShown::from).collect()
            };
            let indicators = (0..sample.indicators()).map(estimates).collect();
            Ok(Bootstrapped { options: options.clone(), warnings: replicates.warnings(), strata, indicators })
        })
    }

    /// The measures of an indicator.
    pub(super) fn measures(&self, indicator: usize) -> &[BootstrapShown] {
        self.indicators.get(indicator).map_or(&[], Vec::as_slice)
    }

    /// Adds `bootstrap`, a list of measures, and `bootstrap_options`.
    pub(super) fn add_json(&self, indicator: usize, object: &mut Map<String, Value>) {
        let seed = &self.options.seed;
        let list = self.measures(indicator).iter().map(|one| bootstrap_json(one, seed)).collect();
        object.insert("bootstrap".to_owned(), list);
        let options = bootstrap_options_json(&self.options, &self.warnings);
        object.insert("bootstrap_options".to_owned(), options);
    }

    /// The notes for a table of these measures.
    pub(super) fn add_notes<'s>(
        &self,
        table: &mut Table,
        shown: impl Iterator<Item = &'s BootstrapShown> + Clone,
    ) {
        let notes = bootstrap_notes(&self.options, &self.warnings, &self.strata, shown, Style::ENGLISH);
        notes.into_iter().for_each(|note| table.note(note));
    }

    /// All measures of one indicator.
    pub(super) fn table(&self, indicator: usize, level: ConfidenceLevel) -> Table {
        let mut table = bootstrap_table("Bootstrap".to_owned(), &[], level, Style::ENGLISH);
        self.measures(indicator).iter().for_each(|one| table.row(bootstrap_cells(one, Style::ENGLISH)));
        self.add_notes(&mut table, self.measures(indicator).iter());
        table
    }
}

/// One row for each interval of the list `bootstrap`.
pub(super) fn bootstrap_rows(object: &Map<String, Value>) -> Vec<Map<String, Value>> {
    let measures = object.get("bootstrap").and_then(Value::as_array).into_iter().flatten();
    let rows = |measure: &Value| -> Vec<Map<String, Value>> {
        let shared = ["measure", "estimate", "se", "replicates", "undefined"];
        let shared = shared.map(|key| (key, measure[key].clone()));
        let intervals = measure["intervals"].as_array().into_iter().flatten();
        intervals.map(|interval| with_keys(&shared, interval)).collect()
    };
    measures.flat_map(rows).collect()
}

/// Charts that cannot be resampled.
pub(super) fn not_resampled(fault: &ReviewedSampleError) -> Error {
    refused("bootstrap_sample", fault.to_string())
}
