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

/// The title of a table or a figure, which is taken out of its page: it says itself that it is not final.
pub fn standing_title(title: &str, results: &Results, style: Style) -> String {
    match results.head.is_final {
        true => title.to_owned(),
        false => format!("{title} ({})", style.says(["FORELØBIG", "INTERIM"])),
    }
}

/// The line of every page, which begins with `INTERIM RESULTS` or `FINAL RESULTS`; it says as well whether the weights are calibrated.
pub fn page_line(results: &Results, protocol: &Protocol) -> String {
    let (head, style) = (&results.head, Style::from(protocol.report));
    let calibrated =
        protocol.analysis.post_stratify.map(|by| format!(" {}", post_stratified_text(by, style)));
    format!(
        "{} {}. {} {} {SOFTWARE}. Data {}.{}",
        status_text(results, style).to_uppercase(),
        style.says(["RESULTATER", "RESULTS"]),
        sentence(&head.title),
        sentence(&head.register_name),
        head.short_digest(),
        calibrated.unwrap_or_default()
    )
}

/// A name as a sentence of its own: with a full stop, unless it ends in a sign that ends one.
fn sentence(name: &str) -> String {
    let ends = name.trim_end().ends_with(['.', '?', '!', '…']);
    if ends { name.trim_end().to_owned() } else { format!("{name}.") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_that_ends_a_sentence_gets_no_second_stop() {
        let names = ["DiaReg", "Can it be trusted?", "It can!", "Reg. Inc.", "…"].map(sentence);
        assert_eq!(names, ["DiaReg.", "Can it be trusted?", "It can!", "Reg. Inc.", "…"]);
    }
}
