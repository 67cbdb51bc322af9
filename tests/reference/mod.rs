//! Our numbers against numbers from elsewhere. One named tolerance for each kind.

mod agreement;
mod allocation;
mod epir;
mod intervals;
mod post_stratified;
mod quantiles;
mod score;
mod weighted;
