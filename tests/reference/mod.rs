//! Our numbers against numbers from elsewhere. One named tolerance for each kind.

mod intervals;
mod quantiles;
