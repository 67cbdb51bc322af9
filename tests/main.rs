//! The integration tests, as one binary.

mod demo;
mod oracle;
mod reading;
mod reference;
