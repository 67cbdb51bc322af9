//! Stage 7: register against record: each reviewed course finds its cell, and the cells become measures.

mod agreement;
mod ambiguity;
mod assess;
mod calibrated;
mod charts;
mod columns;
mod eligibility;
mod incomplete;
mod other_readings;
mod placement;
mod raw_items;
mod resampled;
mod suppression;
mod tabulate;
mod weighted_agreement;

pub use agreement::{Agreement, Summary, agreements};
pub use ambiguity::{HiddenTables, SeenFigure};
pub use assess::{Assessed, IndicatorResult, Measured, RefusedMeasure, assess};
pub use calibrated::CalibratedStrata;
pub use charts::{
    AmbiguousWordError, AnswerPairs, ChartColumns, ChartCounts, ChartDesign, ChartResult, ChartSamples,
    ChartTally, ChartWords, NamedColumn, PairedAnswers, StratifiedAnswers, StratifiedPairs, find_column,
};
pub use columns::{Column, Columns};
pub use eligibility::{Eligibility, eligibility};
pub use incomplete::incomplete_strata;
pub use other_readings::OtherReading;
pub use placement::{Outside, Placement, counted_as, place};
pub use raw_items::{BANDS, CourseCount, Held, RawItem, Standing, raw_items, standing};
pub use resampled::reviewed_sample;
pub use suppression::{HiddenCounts, Protection, Suppression, hide_small_counts, is_small};
pub use tabulate::{Counts, FoundCount, Group, Tabulated, tabulate};
pub use weighted_agreement::WeightedSummaries;

use std::collections::BTreeMap;

use crate::draw::Sample;
use crate::protocol::Protocol;
use crate::review::ReferenceStandard;

/// Everything that the analysis knows: the sample with the register's values, what the charts say, and the frame's counts.
#[derive(Debug, Clone, Copy)]
pub struct Evidence<'e> {
    /// The protocol.
    pub protocol: &'e Protocol,
    /// The sample.
    pub sample: &'e Sample,
    /// The reference standard.
    pub reference: &'e ReferenceStandard,
    /// Courses of the frame by stratum, indicator and raw value of the register.
    pub frame_values: &'e BTreeMap<(String, String, String), u64>,
}
