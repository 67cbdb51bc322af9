//! The integration tests, as one binary.

mod oracle;
mod properties;
mod published;
mod reference;
