//! Every integration test, in one binary.
#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

mod coverage_page;
mod demo;
mod demo_command;
mod disclosure;
mod documents;
mod draw_is_frozen;
mod messages;
mod oracle;
mod page;
mod peers;
mod properties;
mod published;
mod reading;
mod reference;
mod review_forms;
mod robustness;
mod small_study;
mod standalone;
mod tidy;
mod workbooks;
mod workflow;
