//! Agreement of two reviewers, or of register and record labelled so.
//!
//! Of n records both reviewers gave an answer in one of k categories; pᵢⱼ is the share with answer i from the first and
//! j from the second.
//!
//! ```text
//! raw agreement   p₀ = Σᵢ pᵢᵢ                              events of trials, exact limits
//! PABAK           (k p₀ − 1) / (k − 1)                     its limits from those of p₀; 2 p₀ − 1 for yes and no
//! positive        2a / (2a + b + c) = 2j / (1 + j)         j = a / (a + b + c), exact limits carried over
//! negative        the same with d for a
//! κ, AC1          (p₀ − pₑ) / (1 − pₑ)                     Wald, cut at −1 and 1 (`chance_corrected`)
//! ```
//!
//! Reference: Byrt T, Bishop J, Carlin JB. Bias, prevalence and kappa. Journal of Clinical Epidemiology 1993; 46:
//! 423–429. <https://doi.org/10.1016/0895-4356(93)90018-V>

mod chance_corrected;
mod table;

pub use chance_corrected::Coefficient;
pub use table::{AgreementTable, AgreementTableError};
