//! The integration tests, as one binary.

#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

mod oracle;
mod properties;
mod published;
mod reference;
