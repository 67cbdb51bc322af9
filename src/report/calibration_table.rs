//! What the calibration of the weights changes, and what every page says of it.

use super::result_tables::{INDICATOR, MAIN, whole};
use super::two_by_two::CI;
use super::wording::NOT_ESTIMABLE;
use super::{Results, Style, Table, measure_header, weighted_text};
use crate::protocol::{Grouping, Protocol};
use crate::stats::{Measure, PostStrata, WeightedEstimate};

/// What every page says where the weighted figures are post-stratified.
pub fn post_stratified_text(by: PostStrata, style: Style) -> &'static str {
    style.says(match by {
        PostStrata::Frame => [
            "Vægtede tal er poststratificeret efter registrets værdi i hele rammen.",
            "Weighted figures are post-stratified by the register's value in the whole frame.",
        ],
        PostStrata::Strata => [
            "Vægtede tal er poststratificeret efter registrets værdi, i hvert stratum hvor hver værdi har mindst fem gennemgåede \
             journaler, i de øvrige samlet.",
            "Weighted figures are post-stratified by the register's value, in each stratum where every value has five or more \
             reviewed charts, in the others together.",
        ],
    })
}

/// Why an interval may narrow less than its standard error.
const CAPPED: [&str; 2] = [
    "Den effektive størrelse i Korn–Graubard- og Wilson-intervaller er højst den, som journalerne ville give uden \
     poststratificering, så intervallerne bliver mindre snævre end standardfejlen; logit-intervaller følger den.",
    "The effective size of Korn–Graubard and Wilson intervals is capped at what the records would give without \
     post-stratification, so that they narrow less than the standard error; logit intervals follow it.",
];

/// The sentence of a study, if there is one.
pub(super) fn calibration_note(protocol: &Protocol) -> Option<String> {
    let style = protocol.report.into();
    protocol.analysis.post_stratify.map(|by| post_stratified_text(by, style).to_owned())
}

/// What is done with the parts of a grouping.
pub(super) fn parts_note(protocol: &Protocol, grouping: Grouping) -> Option<&'static str> {
    protocol.analysis.post_stratify?;
    Some(Style::from(protocol.report).says(match grouping {
        Grouping::Stratum | Grouping::Cluster => [
            "Poststratificeret efter registrets værdi i delens ramme, hvor hver værdi har mindst fem gennemgåede journaler; \
             ellers alene med designets vægte.",
            "Post-stratified by the register's value in the frame of the part, where every value has five or more reviewed charts; \
             otherwise by the design's weights alone.",
        ],
        Grouping::Age | Grouping::Sex | Grouping::Year => [
            "Poststratificeret efter registrets værdi med vægtene for hele studiet.",
            "Post-stratified by the register's value, with the weights of the whole study.",
        ],
    }))
}

/// The headline measures by the calibrated weights and by those of the design alone; without rows where nothing is calibrated.
pub(super) fn calibration_table(results: &Results, protocol: &Protocol) -> Table {
    let style = Style::from(protocol.report);
    let level = style.written(&protocol.analysis.level);
    let headers = MAIN.map(|measure| measure_header(measure, style));
    let headers: Vec<&str> =
        std::iter::once(style.says(INDICATOR)).chain(headers.iter().map(String::as_str)).collect();
    let title = style.says([
        format!("Poststratificeret ved siden af designets vægte alene, {level} {} og SE", CI[0]),
        format!("Post-stratified beside the design's weights alone, {level} {} and SE", CI[1]),
    ]);
    let mut table = Table::new(title, &headers).named("post-stratified");
    for indicator in &results.indicators {
        let Some(assessed) = whole(indicator).filter(|assessed| assessed.is_calibrated()) else { continue };
        let calibrated =
            |measure| assessed.measures.iter().find(|one| one.measure == measure).map(|one| &one.weighted);
        let by_design =
            |measure| assessed.by_design.iter().find(|(of, _)| *of == measure).map(|(_, estimate)| estimate);
        table.row(std::iter::once(style.of(&indicator.name).to_owned()).chain(texts(calibrated, style)));
        table.row(
            std::iter::once(style.says(["  design alene", "  design alone"]).to_owned())
                .chain(texts(by_design, style)),
        );
    }
    calibration_note(protocol).into_iter().for_each(|note| table.note(note));
    table.note(style.says(CAPPED));
    table.note(style.says([
        "SE: standardfejl i procentpoint. De poststratificerede tal er hovedtallene, som erklæret i study.toml.",
        "SE: standard error in percentage points. The post-stratified figures are the headline, as declared in study.toml.",
    ]));
    table
}

fn texts<'e>(of: impl Fn(Measure) -> Option<&'e WeightedEstimate>, style: Style) -> [String; 4] {
    let none = style.says(NOT_ESTIMABLE);
    MAIN.map(|measure| of(measure).map_or_else(|| none.to_owned(), |one| with_error(one, style)))
}

/// `89.5 (85.1–93.0), SE 2.1`
fn with_error(estimate: &WeightedEstimate, style: Style) -> String {
    let error = estimate
        .se
        .map_or(String::new(), |se| format!(", SE {}", style.no_finer(estimate.coarse).percent(se)));
    weighted_text(estimate, style) + &error
}
