//! A file of reviewed charts, one a row, that belongs to no study: register against record as its columns say.
//!
//! An empty reference cell is a chart that was not reviewed. A reference that is missing or not relevant was reviewed: it counts in
//! the n of its stratum and stands outside the table, and so does a reviewed chart without a value in the register.

mod columns;
mod counts;
mod frame_yes;
mod groups;
mod pairs;
mod records;
mod strata;
mod stratified_pairs;
mod tally;
mod unknown;
mod words;

pub use columns::{ChartColumns, NamedColumn, find_column};
pub use counts::ChartCounts;
pub use pairs::{AnswerPairs, PairedAnswers};
pub use records::ChartSamples;
pub(super) use records::cell_of;
pub use stratified_pairs::{StratifiedAnswers, StratifiedPairs};
pub use tally::{ChartDesign, ChartResult, ChartTally};
pub use words::{AmbiguousWordError, ChartWords};
