//! What lets others repeat the table: the reviewed courses row by row, with scripts for R and Stata that rebuild the estimates from them.
//!
//! Outside the promise about small cells: these rows are for the secured server. No CPR number, no record key, no comment, no
//! reviewer and no day is among them.

mod answers;
mod courses;
mod data_set;
mod held_items;
mod items;
mod names;
mod post_strata;
mod readme;
mod scripts;
mod strata;

pub use courses::IndicatorVariables;
pub use data_set::{Code, CodeList, DataSet, Datum, Variable, VariableKind, Why};
pub use readme::export_readme;
pub use scripts::{repeat_in_r, repeat_in_stata};

use std::collections::BTreeMap;

use crate::accuracy::{Columns, Evidence, Group, Tabulated, tabulate};
use crate::review::Reviews;
use crate::stats::StratumError;

/// The rows of a study for statistics programs.
#[derive(Debug, Clone, PartialEq)]
pub struct Export {
    /// One row for each course to be reviewed.
    pub courses: DataSet,
    /// One row for each stratum.
    pub strata: DataSet,
    /// The variables of each indicator that the review can tell.
    pub indicators: Vec<IndicatorVariables>,
}

/// Puts everything down that a table rests on.
///
/// # Errors
/// Counts that contradict each other.
pub fn export(evidence: Evidence<'_>, reviews: &Reviews) -> Result<Export, StratumError> {
    let columns = Columns::new(evidence);
    let tables: BTreeMap<String, Tabulated> = columns
        .assessable()
        .map(|column| Ok((column.indicator.id.clone(), tabulate(&columns, column, &Group::All)?)))
        .collect::<Result<_, StratumError>>()?;
    let writing = courses::Courses::new(evidence, reviews);
    let read = writing.read_by_stratum();
    let (courses, indicators) = writing.finish(&tables);
    let strata = strata::strata(evidence, &read, &tables, &indicators);
    Ok(Export { courses, strata, indicators })
}
