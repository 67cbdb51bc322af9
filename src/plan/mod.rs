//! Stage 4: how many courses each stratum gives to the sample.

mod allocation;

pub use allocation::{AllocationError, Bounds, allocate};
