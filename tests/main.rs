//! Every integration test, in one binary.
#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

mod demo;
mod demo_command;
mod draw_is_frozen;
mod oracle;
mod properties;
mod published;
mod reading;
mod reference;
mod standalone;
mod tidy;
