//! The store when things go wrong: killed commands, a full disk, no rights, two at once.
#![cfg(unix)]

mod full_disk;
mod killed;
mod rights;
mod stored_rows;
pub(crate) mod tools;
mod two_writers;
