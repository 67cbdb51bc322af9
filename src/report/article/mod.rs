//! The words of a paper: a methods section and a results section with references, from settings and shown numbers.
//!
//! Nothing is said that [`Results`] does not show. The facts are the protocol's; the phrases are ours, for the authors to edit
//! in their manuscript.

mod analysis;
mod beside;
mod bibliography;
mod citations;
mod drawing;
mod findings;
mod hidden;
mod population;
mod prose;
mod raw_items;
mod review;

use super::{Provenance, Results, Style};
use crate::protocol::{Language, Protocol, ReportRules};

pub(super) use citations::{RECORD, STARD};
pub(super) use prose::{Prose, list, number_word};

/// What stands above the words in their file, in Danish and in English.
pub const COPY_FROM_HERE: [&str; 2] = [
    "Kopiér herfra til manuskriptet, og ret teksten dér: denne fil skrives på ny, hver gang data analyseres.",
    "Copy from here into the manuscript, and edit the text there: this file is written anew whenever the data are analysed.",
];

/// What a paper says of a study.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Article {
    /// The language it is in.
    pub language: Language,
    /// Paragraphs, each with its heading: population and sample, review, analysis.
    pub methods: Vec<(String, String)>,
    /// Paragraphs: who was reviewed, how accurate the register is, how far the reviewers agree.
    pub results: Vec<String>,
    /// The papers that the text cites, in the order of their numbers, from 1.
    pub references: Vec<String>,
}

/// The words of a study in a language; the report's own is written with its decimal sign, the other as is usual there.
pub fn article(
    results: &Results,
    protocol: &Protocol,
    provenance: &Provenance,
    language: Language,
) -> Article {
    let own = protocol.report;
    let rules = if own.language == language { own } else { ReportRules::of(language) };
    let style = Style::from(ReportRules { decimals: own.decimals, ..rules });
    let mut prose = Prose::new(results, protocol, provenance, style);
    let methods = vec![
        (prose.says(["Population og stikprøve", "Population and sample"]), prose.sampling()),
        (
            prose.says(["Journalgennemgang og referencestandard", "Record review and reference standard"]),
            prose.reviewing(),
        ),
        (prose.says(["Statistisk analyse", "Statistical analysis"]), prose.analysing()),
    ];
    let results = prose.findings();
    let references =
        prose.cited().into_iter().map(|short| bibliography::whole_reference(short, style)).collect();
    Article { language, methods, results, references }
}
