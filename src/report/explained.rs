//! Formulas and papers of whatever is shown, for those who ask.

use serde_json::{Value, json};

use crate::stats::{Estimate, Explanation, MCNEMAR, Measure, Method, SIGNS, WeightedEstimate};

/// `[{"name","title","formula","edges","reference","section"}]`
pub fn explain_json(explained: &[Explanation]) -> Value {
    let object = |one: &Explanation| {
        json!({
            "name": one.name,
            "title": one.title,
            "formula": one.formula,
            "edges": one.edges,
            "reference": one.reference,
            "section": one.section,
        })
    };
    explained.iter().map(object).collect()
}

/// A heading with the signs, and four lines for each: its name, its formula, its edges and its paper.
pub fn explain_lines(explained: &[Explanation]) -> Vec<String> {
    let lines = |one: &Explanation| {
        let Explanation { title, formula, edges, reference, section, .. } = one;
        let below = [formula, edges, reference].map(|text| format!("  {text}"));
        std::iter::once(format!("{title} ({section})")).chain(below)
    };
    let heading = ["Formulas, by their numbers in docs/methods.md", SIGNS, ""].map(str::to_owned);
    heading.into_iter().chain(explained.iter().flat_map(lines)).collect()
}

/// The measures of a table, McNemar's test and the methods of the intervals, each once.
pub fn explained_estimates(estimates: &[Estimate]) -> Vec<Explanation> {
    let measures = estimates.iter().map(|estimate| estimate.measure.explanation());
    let intervals = estimates.iter().filter_map(|estimate| estimate.interval.ok());
    each_once(measures.chain([MCNEMAR]).chain(intervals.map(|interval| interval.method().explanation())))
}

/// The methods of the weighted intervals, each once.
pub fn explained_weighted(estimates: &[(Measure, WeightedEstimate)]) -> Vec<Explanation> {
    let intervals = estimates.iter().filter_map(|(_, estimate)| estimate.interval.ok());
    each_once(intervals.map(|interval| interval.method().explanation()))
}

fn each_once(explained: impl Iterator<Item = Explanation>) -> Vec<Explanation> {
    let mut once: Vec<Explanation> = Vec::new();
    for one in explained {
        if !once.iter().any(|known| known.title == one.title && known.formula == one.formula) {
            once.push(one);
        }
    }
    once
}

/// A bootstrap's two intervals.
pub fn explained_bootstrap() -> [Explanation; 2] {
    [Method::BootstrapPercentile, Method::BootstrapBca].map(Method::explanation)
}
