//! What a table of parts or of agreement must say to stand alone: weights, correction, level and kind of interval.

use super::two_by_two::{interval_title, weighted_title};
use super::{Style, Table};
use crate::protocol::{Grouping, Protocol};

/// Below the tables of accuracy by a grouping.
pub(super) fn counts_note(style: Style) -> &'static str {
    style.says([
        "TP, FP, FN, TN: antal forløb, uvægtet; n: forløb i tabellen.",
        "TP, FP, FN, TN: numbers of courses, unweighted; n: courses in the table.",
    ])
}

/// How the parts of a study are weighted, and what kind of interval they have.
pub(super) fn weighting_note(protocol: &Protocol, grouping: Grouping) -> String {
    let style = Style::from(protocol.report);
    let (analysis, level) = (&protocol.analysis, style.written(&protocol.analysis.level));
    let method = weighted_title(analysis.weighted_interval, style);
    let (strata, correction) = (style.of(&protocol.strata.name), correction(protocol));
    let weights = match grouping {
        Grouping::Stratum => style.says([
            "Inden for ét stratum har alle forløb samme vægt",
            "Within a stratum all courses have the same weight",
        ]),
        _ => style.says(["Første linje: vægtet efter designet", "First line: weighted by the design"]),
    };
    style.says([
        format!(
            "{weights}, stratificeret efter {strata}, {correction}; i parentes {level} {method}-intervaller."
        ),
        format!(
            "{weights}, stratified by {strata}, {correction}; in parentheses {level} {method} intervals."
        ),
    ])
}

/// Below the tables of differences.
pub(super) fn difference_note(protocol: &Protocol) -> String {
    let style = Style::from(protocol.report);
    let (level, correction) = (style.written(&protocol.analysis.level), correction(protocol));
    style.says([
        format!("Gruppe minus første gruppe; vægtet efter designet, lineariseret med de to gruppers kovarians, {correction}; {level} interval og test med t."),
        format!("Group less the first group; weighted by the design, linearised with the covariance of the two, {correction}; {level} interval and test with t."),
    ])
}

/// Below the table of agreement.
pub(super) fn agreement_notes(protocol: &Protocol) -> [String; 2] {
    let style = Style::from(protocol.report);
    let level = style.written(&protocol.analysis.level);
    let method = interval_title(protocol.analysis.interval, style);
    [
        style.says([
            "Fire kategorier: ja, nej, ikke relevant og ikke dokumenteret. PABAK og AC1 afhænger af antallet; kolonnerne mærket ja/nej er \
             over forløb, som begge svarede ja eller nej til (to kategorier)."
                .to_owned(),
            "Four categories: yes, no, not relevant and not documented. PABAK and AC1 depend on their number; the columns marked yes/no \
             are over the courses that both answered yes or no (two categories)."
                .to_owned(),
        ]),
        style.says([
            format!("{level} intervaller: enighed og PABAK {method}; kappa og AC1 Wald med standardfejl for store stikprøver."),
            format!("{level} intervals: agreement and PABAK {method}; kappa and AC1 Wald with the large-sample standard error."),
        ]),
    ]
}

/// Below the table of weighted agreement.
pub(super) fn weighted_agreement_note(protocol: &Protocol) -> String {
    let style = Style::from(protocol.report);
    let (level, correction) = (style.written(&protocol.analysis.level), correction(protocol));
    let method = weighted_title(protocol.analysis.weighted_interval, style);
    style.says([
        format!("Hvert forløb, der er læst to gange, står for dem i sit stratum: vægte ramme / læst to gange, {correction}. {level} intervaller: enighed {method}; kappa og AC1 Wald med t. Fire kategorier."),
        format!("Each course that was read twice stands for those of its stratum: weights frame / read twice, {correction}. {level} intervals: agreement {method}; kappa and AC1 Wald with t. Four categories."),
    ])
}

fn correction(protocol: &Protocol) -> &'static str {
    let style = Style::from(protocol.report);
    style.says(match protocol.analysis.finite_population_correction {
        true => ["med endelighedskorrektion", "with the finite population correction"],
        false => ["uden endelighedskorrektion", "without the finite population correction"],
    })
}

/// One row in the place of the rows of an indicator of which all parts are hidden: a page of signs would say no more.
pub(super) fn all_hidden_row(indicator: &str, words: usize, table: &Table, style: Style) -> Vec<String> {
    let mut row = super::result_tables::hidden_row(indicator, table);
    row[1..=words].fill(style.says(["alle", "all"]).to_owned());
    row
}
