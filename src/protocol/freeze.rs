//! What may no longer change once the sample is drawn.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::{Indicator, Item, Population, Protocol, Role, Sampled, Sampling, Strata};
use crate::digest;

/// The parsed sections that decide who can be drawn, and the seed with its source, by which readers judge the draw. It is
/// their meaning, not their text: a comment may be added, a key moved, and a codebook corrected, but not a rule that would
/// have drawn other courses.
#[derive(Debug, Clone, PartialEq)]
pub struct Frozen {
    sections: Vec<(&'static str, Value)>,
}

impl Frozen {
    /// The frozen sections of a protocol, each by its keys in `study.toml`.
    pub fn of(protocol: &Protocol) -> Self {
        let second_reviewer = protocol.review.second_reviewer.get();
        // In the order of their ids, so that a table of study.toml may be moved.
        let indicators: BTreeMap<&str, Value> =
            protocol.assessable().map(|one| (one.id.as_str(), indicator(one))).collect();
        let mut sections = vec![
            ("population", population(&protocol.population)),
            ("register", json!({"key": protocol.layout.key.iter().map(Role::name).collect::<Vec<_>>()})),
            ("stratum", strata(&protocol.strata)),
            ("indicator", json!(indicators)),
            ("sampling", sampling(&protocol.sampling)),
            ("review", json!({"second_reviewer_percent": second_reviewer})),
        ];
        // Their values are stored with the draw. Without any the sections are what they were before there could be one.
        let items: BTreeMap<&str, Value> =
            protocol.held_items().map(|(item, column)| (item.id.as_str(), held_item(item, column))).collect();
        sections.extend((!items.is_empty()).then(|| ("item", json!(items))));
        Frozen { sections }
    }

    /// Each frozen section with its name in `study.toml` and its keys.
    pub fn sections(&self) -> impl Iterator<Item = (&'static str, &Value)> {
        self.sections.iter().map(|(name, keys)| (*name, keys))
    }

    /// Each section with its canonical text.
    pub fn texts(&self) -> Vec<(&'static str, String)> {
        self.sections().map(|(name, keys)| (name, keys.to_string())).collect()
    }

    /// Each section with the digest of its canonical text.
    pub fn digests(&self) -> Vec<(&'static str, String)> {
        self.texts().into_iter().map(|(name, text)| (name, digest::of_text(&text))).collect()
    }
}

fn population(population: &Population) -> Value {
    json!({
        "age": population.age.map(|age| age.to_string()),
        "diagnoses": population.diagnoses,
        "from": population.from,
        "until": population.until,
    })
}

fn strata(strata: &Strata) -> Value {
    let known = strata.known.iter();
    let keys = known.map(|one| {
        let keys =
            json!({"name": one.name, "cluster": one.cluster, "in_study": one.in_study, "sample": one.sample});
        (one.code.clone(), keys)
    });
    Value::Object(keys.collect::<Map<_, _>>())
}

/// What was read of an indicator: its column, the period in which it was in force, and which courses the frame holds.
fn indicator(indicator: &Indicator) -> Value {
    let sampled = match indicator.sampled {
        Sampled::All => "all",
        Sampled::RegisterYes => "register_yes",
    };
    json!({
        "column": indicator.column,
        "from": indicator.from,
        "until": indicator.until,
        "sampled": sampled,
    })
}

fn held_item(item: &Item, column: &str) -> Value {
    json!({"kind": item.kind.name(), "register_column": column})
}

fn sampling(sampling: &Sampling) -> Value {
    json!({
        "total": sampling.total,
        "allocation": sampling.allocation.name(),
        "minimum": sampling.minimum,
        "reserve_percent": sampling.reserve.get(),
        "seed": sampling.seed.as_ref().map(ToString::to_string),
        "seed_source": sampling.seed_source,
    })
}
