//! The integration tests, as one binary.

mod oracle;
mod reading;
mod reference;
mod standalone;
