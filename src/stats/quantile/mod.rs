//! Quantiles of the normal, Student's t and the beta distribution.
//!
//! The interval methods stand or fall with these. Each takes the probability of the *lower* tail, small as it
//! is, and never one minus it, so that no digit of the tail is lost. Probabilities or parameters outside the
//! domain give `None`; no input makes a function panic, loop or return NaN.

mod beta;
mod normal;
mod normal_probability;
mod student_t;
mod student_t_probability;

pub(crate) use beta::{LogitBeta, beta_at, beta_near, stirling_series};
pub use beta::{beta, beta_distribution};
pub use normal::normal;
pub(crate) use normal::standard_normal;
pub use normal_probability::normal_probability;
pub use student_t::student_t;
pub use student_t_probability::student_t_two_sided;
