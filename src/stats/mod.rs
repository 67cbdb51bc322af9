//! Arithmetic that knows nothing of charts or registers.

mod confidence_interval;
mod fraction;
mod interval;
mod level;
mod method;
mod proportion;
pub mod quantile;
mod reason;

pub use confidence_interval::ConfidenceInterval;
pub use fraction::Fraction;
pub use interval::Limits;
pub use level::{ConfidenceLevel, ConfidenceLevelError};
pub use method::{IntervalMethod, Method, UnknownMethodError, WeightedMethod};
pub use proportion::{Proportion, ProportionError};
pub use reason::Reason;
