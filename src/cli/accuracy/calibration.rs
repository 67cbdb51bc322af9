//! Weights calibrated to what the register says of the whole frame.

use clap::Args;

use super::Shown;
use super::names::{name, name_header};
use super::people::{HEADLINE, text_of, weighted};
use crate::accuracy::ChartResult;
use crate::cli::choices::refused;
use crate::error::Result;
use crate::report::{Style, Table, measure_header};
use crate::stats::{Measure, PostStrata};

/// Whether, and by which columns.
#[derive(Debug, Args)]
pub(super) struct CalibrationChoice {
    /// Calibrate the weights to the register's values in the frame (post-stratification); decide it before looking at the charts.
    #[arg(long, value_enum, value_name = "BY", requires_all = ["stratum", "population_yes"])]
    pub(super) post_stratify: Option<PostStrata>,
    /// The column that says how many records of the stratum's frame the register calls yes; one for every --register.
    #[arg(long, value_name = "COLUMN", requires_all = ["stratum", "post_stratify"])]
    population_yes: Vec<String>,
}

impl CalibrationChoice {
    /// The columns, one for each indicator or none.
    pub(super) fn columns(&self, indicators: usize) -> Result<&[String]> {
        let given = self.population_yes.len();
        if given == 0 || given == indicators {
            return Ok(&self.population_yes);
        }
        let what = format!(
            "there are {indicators} --register and {given} --population-yes, expected one of each for every indicator"
        );
        Err(refused("columns_unpaired", what))
    }
}

/// The headline measures by the calibrated weights and by those of the design alone.
pub(super) fn table(results: &[ChartResult], shown: &Shown<'_>) -> Option<Table> {
    shown.post_stratify?;
    let level = shown.choice.level;
    let headers = HEADLINE.map(|measure| measure_header(measure, Style::ENGLISH));
    let names = [name_header(results), "weights"];
    let headers: Vec<&str> = names.into_iter().chain(headers.iter().map(String::as_str)).collect();
    let title = format!("Post-stratified beside the design's weights alone, {level} CI");
    let mut table = Table::new(title, &headers);
    for result in results {
        let both = [("post-stratified", shown.post_stratify), ("design alone", None)];
        for (place, (how, by)) in both.into_iter().enumerate() {
            let estimates = weighted(result, by, shown).unwrap_or_default();
            let cells = HEADLINE.map(|measure: Measure| text_of(&estimates, measure));
            let first = if place == 0 { name(result, results) } else { String::new() };
            table.row([first, how.to_owned()].into_iter().chain(cells));
        }
    }
    Some(table)
}
