//! What a row of a Danish register holds, and how each of its values is read.
//!
//! Pure rules: text in, a value or the reason why not. Nothing here opens a file, and nothing allocates for
//! an ordinary value, because each rule runs once a row and a register may have 1e7 of them.
//! Every fault and every oddity turns itself into a [`Finding`](crate::error::Finding) when the caller has
//! gathered its rows; no message repeats a CPR number.

mod cells;
pub mod cpr;
pub mod date;
pub mod decimal;
pub mod diagnosis;
pub mod guess;
pub mod hospital;
mod memo;
mod row;
pub mod stratum_name;

pub use cells::Cells;
pub(crate) use memo::{Memo, Word};
pub use row::{Row, shown, shown_value};
pub(crate) use row::{in_rows, trimmed};
