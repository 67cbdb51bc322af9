//! What must hold for any counts. `HKM_PROPERTY_CASES` sets how many are tried.

mod draw;
mod intervals;
mod quantiles;
mod tables;
mod weighted;

use proptest::test_runner::Config;

/// The number of cases, 512 unless the environment says otherwise.
pub(crate) fn cases() -> Config {
    let asked = std::env::var("HKM_PROPERTY_CASES").ok().and_then(|text| text.parse().ok());
    Config { failure_persistence: None, ..Config::with_cases(asked.unwrap_or(512)) }
}
