//! Stage 3: who is in the frame and who is not, and why.
//!
//! A [`Scanner`] reads the register row by row and decides for each whether it is a course of the frame or a counted
//! exclusion; what it finds odd or wrong on the way it gathers for `hkm check`. A [`Frame`] counts what it lets
//! through, and a [`RepeatFinder`] finds keys that occur twice, which only the whole register can show.

mod characteristics;
mod columns;
mod eligibility;
mod flow;
mod frame;
mod held_items;
mod repeats;
mod scanner;
mod tally;

pub use characteristics::Characteristics;
pub use columns::Columns;
pub use eligibility::Exclusion;
pub use flow::Flow;
pub use frame::{Frame, IndicatorValues, ValueCount};
pub use repeats::{RepeatFinder, RepeatedKeys};
pub use scanner::{FrameCourse, Outcome, Scanner};

/// What was found in parts of a register cannot be put together: what is told would depend on the order of the rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OrderMatters;
