//! Changes of the codebook in the words of people: what a table's note and an article say of them.

mod values;

use serde_json::{Map, Value};

use super::difference::shortened;
use crate::protocol::{Bilingual, Item, Language, ReportRules};
use values::Words;

/// What an entry of the codebook has, by its key, in Danish and English.
const NAMES: [(&str, [&str; 2]); 26] = [
    ("name", ["navn", "name"]),
    ("definition", ["definition", "definition"]),
    ("register_id", ["nummer i registeret", "number in the register"]),
    ("not_assessable", ["hvorfor journalen ikke kan afgøre den", "why the record cannot tell"]),
    ("column", ["kolonne i registeret", "column of the register"]),
    ("register.yes", ["registerværdier for ja", "register values for yes"]),
    ("register.no", ["registerværdier for nej", "register values for no"]),
    ("register.not_relevant", ["registerværdier for ikke relevant", "register values for not relevant"]),
    ("register.missing", ["registerværdier for mangler", "register values for missing"]),
    ("from", ["gælder fra", "in force from"]),
    ("until", ["gælder til", "in force until"]),
    ("sampled", ["forløb i rammen", "courses in the frame"]),
    ("not_documented", ["hvad journalen ikke nævner", "what the record does not tell"]),
    ("register_missing", ["hvad registeret mangler", "what the register lacks"]),
    (
        "register_not_relevant",
        ["hvad registeret kalder ikke relevant", "what the register calls not relevant"],
    ),
    ("derived.relevant_if", ["relevant, hvis", "relevant if"]),
    ("derived.yes_if", ["ja, hvis", "yes if"]),
    (
        "derived.not_documented",
        ["rådata, som journalen ikke nævner", "raw items that the record does not tell"],
    ),
    ("derived.not_relevant", ["rådata, som ikke er relevante", "raw items that are not relevant"]),
    ("derived.also_ask", ["spørges der også om svaret selv", "the answer itself is asked for too"]),
    ("kind", ["svar", "answers"]),
    ("required", ["svar er påkrævet", "an answer is required"]),
    ("ask_if", ["der spørges, hvis", "asked if"]),
    ("must", ["krav til svaret", "what the answer must meet"]),
    ("register_column", ["kolonne i registeret", "column of the register"]),
    ("derived", ["udledning af rådata", "derivation from raw items"]),
];

/// What became of an entry, in Danish and English.
const KINDS: [[&str; 2]; 2] = [["indikatoren", "the indicator"], ["råoplysningen", "the raw item"]];

/// All changes between two stored codebooks in one line; nothing where only the order differs.
pub(super) fn in_words([then, now]: [&str; 2], items: &[Item], report: ReportRules) -> Option<Bilingual> {
    let [then, now] = [then, now].map(codebook);
    let told = |language| {
        let words = Words { items, language, report };
        let kinds = then.iter().zip(&now).zip(KINDS);
        let lines: Vec<String> =
            kinds.flat_map(|((then, now), kind)| of_kind(then, now, kind, words)).collect();
        lines.join("; ")
    };
    let (da, en) = (told(Language::Da), told(Language::En));
    (!en.is_empty()).then_some(Bilingual { da, en })
}

/// The indicators and the raw items of a stored codebook, each under its id. Without raw items it is a list.
fn codebook(text: &str) -> [Map<String, Value>; 2] {
    let stored: Value = serde_json::from_str(text).unwrap_or_default();
    let lists = match stored.is_array() {
        true => [stored, Value::Null],
        false => [stored["indicator"].clone(), stored["item"].clone()],
    };
    let named = |one: &Value| Some((one["id"].as_str()?.to_owned(), one.clone()));
    lists.map(|list| list.as_array().into_iter().flatten().filter_map(named).collect())
}

fn of_kind(
    then: &Map<String, Value>,
    now: &Map<String, Value>,
    kind: [&str; 2],
    words: Words<'_>,
) -> Vec<String> {
    let known = now.keys().chain(then.keys().filter(|id| !now.contains_key(*id)));
    let of = |id: &String| {
        let entry = now.get(id).or(then.get(id));
        let name = entry.map(|entry| words.text(&entry["name"])).unwrap_or_default();
        let title = format!("{} {}", words.of(kind), words.quoted(&name));
        match (then.get(id), now.get(id)) {
            (Some(then), Some(now)) => of_entry(then, now, &title, words),
            (None, _) => vec![format!("{title} {}", words.of(["er ny", "is new"]))],
            (_, None) => vec![format!("{title} {}", words.of(["er udgået", "was taken out"]))],
        }
    };
    known.flat_map(of).collect()
}

fn of_entry(then: &Value, now: &Value, title: &str, words: Words<'_>) -> Vec<String> {
    let [then, now] = [then, now].map(keys);
    let known = then.keys().chain(now.keys().filter(|key| !then.contains_key(*key)));
    let changed = |key: &String| {
        let [old, new] = [&then, &now].map(|keys| keys.get(key).cloned().unwrap_or_default());
        (old != new).then(|| format!("{title}, {}", of_key(key, &old, &new, words)))
    };
    known.filter_map(changed).collect()
}

/// The keys of an entry, those of its tables with a point.
fn keys(entry: &Value) -> Map<String, Value> {
    let mut keys = Map::new();
    for (key, value) in entry.as_object().into_iter().flatten() {
        match (key.as_str(), value) {
            ("id", _) => {}
            ("missing", Value::Object(rules)) => keys.extend(rules.clone()),
            ("register" | "derived", Value::Object(inner)) => {
                keys.extend(inner.iter().map(|(inner, value)| (format!("{key}.{inner}"), value.clone())));
            }
            _ => drop(keys.insert(key.clone(), value.clone())),
        }
    }
    keys
}

/// `definition: before “…”, now “…”`; a text that is the same in this language is told in the other one.
fn of_key(key: &str, old: &Value, new: &Value, words: Words<'_>) -> String {
    let found = NAMES.iter().find(|(known, _)| *known == key);
    let name = found.map_or_else(|| key.replace(['_', '.'], " "), |(_, names)| words.of(*names).to_owned());
    let is_other = [old, new].iter().all(|text| text.is_object()) && words.text(old) == words.text(new);
    let (words_of_text, in_other) = match is_other && words.other().text(old) != words.other().text(new) {
        true => (words.other(), words.of([" (på engelsk)", " (in Danish)"])),
        false => (words, ""),
    };
    let told = [old, new].map(|value| words_of_text.value(key, value, words));
    let [before, now] = words.of([["før", "nu"], ["before", "now"]]);
    match shortened([&told[0], &told[1]]) {
        _ if told[0] == told[1] => format!("{name}: {}", words.of(["ændret", "changed"])),
        [old, new] => format!("{name}{in_other}: {before} {old}, {now} {new}"),
    }
}

#[cfg(test)]
mod tests;
