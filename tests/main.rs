//! Every integration test, in one binary.
#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

mod demo;
mod messages;
mod oracle;
mod properties;
mod published;
mod reading;
mod reference;
mod review_forms;
mod robustness;
mod small_study;
mod tidy;
mod workflow;
