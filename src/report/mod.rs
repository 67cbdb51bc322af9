//! Stage 8: what is shown, as values that may be published: tables whose cells are final. Drawing them is for `io`.

mod number;
mod table;

pub use number::{count, decimal, p_value, percent};
pub use table::{Align, Column, Table};
