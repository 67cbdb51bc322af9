//! What stands on every page of results: study, register, status, software and the digest of the data.

use super::{Results, Style, post_stratified_text};
use crate::protocol::Protocol;

/// What made the results.
pub const SOFTWARE: &str = concat!("hkm ", env!("CARGO_PKG_VERSION"));

/// `final` or `interim`, as pages say it.
pub fn status_text(results: &Results, style: Style) -> &'static str {
    style.says(match results.head.is_final {
        true => ["endelige", "final"],
        false => ["foreløbige", "interim"],
    })
}

/// The line of every page; it says as well whether the weights are calibrated.
pub fn page_line(results: &Results, protocol: &Protocol) -> String {
    let (head, style) = (&results.head, Style::from(protocol.report));
    let calibrated =
        protocol.analysis.post_stratify.map(|by| format!(" {}", post_stratified_text(by, style)));
    format!(
        "{}. {}. {}: {}. {SOFTWARE}. Data {}.{}",
        head.title,
        head.register_name,
        style.says(["Resultater", "Results"]),
        status_text(results, style),
        head.short_digest(),
        calibrated.unwrap_or_default()
    )
}
