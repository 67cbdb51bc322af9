//! How far can a clinical register be trusted?

pub mod digest;
pub mod error;
pub mod io;
pub mod register;
pub mod stats;
