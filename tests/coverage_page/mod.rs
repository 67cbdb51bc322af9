//! `docs/coverage.md`: the computation behind it, and that the page says what the files say.

mod exact;
mod files;
mod page;
#[path = "../../examples/coverage/plain.rs"]
mod plain;
