//! How far can a clinical register be trusted?

pub mod digest;
pub mod draw;
pub mod error;
pub mod plan;
pub mod protocol;
pub mod random;
pub mod stats;
