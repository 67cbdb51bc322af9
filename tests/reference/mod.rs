//! Our numbers against numbers from elsewhere. One named tolerance for each kind.

mod agreement;
mod allocation;
mod comparisons;
mod contrasts;
mod epir;
mod explained;
mod intervals;
mod kappa_bootstrap;
mod paired_differences;
mod post_stratified;
mod prevalence;
mod quantiles;
mod score;
mod shrinkage;
mod weighted;
mod weighted_kappa;
