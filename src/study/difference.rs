//! What differs between two JSON values, key by key, in words as short as a note below a table needs them.

use serde_json::Value;

/// How many changes a line names.
const NAMED: usize = 5;
/// How many characters of a value are shown.
const MOST: usize = 60;
/// How many of them stand before the first difference of two long values.
const BEFORE: usize = 10;

/// One key whose value differs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Change {
    /// The key with its tables: `indicator.diet.column`.
    pub(super) path: String,
    /// What stood there, in words.
    pub(super) old: String,
    /// What stands there now.
    pub(super) new: String,
}

/// All keys below `path` whose values differ; lists are values.
pub(super) fn changes(old: &Value, new: &Value, path: &str) -> Vec<Change> {
    match (old, new) {
        (Value::Object(old), Value::Object(new)) => {
            let added = new.keys().filter(|key| !old.contains_key(*key));
            let of = |key: &String| {
                let value = |of: &serde_json::Map<String, Value>| of.get(key).cloned().unwrap_or_default();
                changes(&value(old), &value(new), &joined(path, key))
            };
            old.keys().chain(added).flat_map(of).collect()
        }
        _ if old == new => Vec::new(),
        _ => {
            let [old, new] = shortened([&words(old), &words(new)]);
            vec![Change { path: path.to_owned(), old, new }]
        }
    }
}

/// All changes in one line: `diet.column "diaet" → "kost"; …`.
#[cfg(test)]
pub(super) fn listed(changes: &[Change]) -> String {
    let told = changes.iter().map(|one| format!("{} {} → {}", one.path, one.old, one.new));
    told.collect::<Vec<_>>().join("; ")
}

/// The first few changes in a line, each in these words.
pub(super) fn in_one_line(changes: &[Change], words: impl Fn(&Change) -> String) -> String {
    let more = changes.len().saturating_sub(NAMED);
    let rest = (more > 0).then(|| format!("and {more} more"));
    changes.iter().take(NAMED).map(words).chain(rest).collect::<Vec<_>>().join("; ")
}

fn joined(path: &str, key: &str) -> String {
    if path.is_empty() { key.to_owned() } else { format!("{path}.{key}") }
}

/// A value as study.toml would write it; `none` where there is none.
fn words(value: &Value) -> String {
    match value {
        Value::Null => "none".to_owned(),
        Value::Array(items) => format!("[{}]", items.iter().map(words).collect::<Vec<_>>().join(", ")),
        Value::Object(keys) => {
            let set = keys.iter().filter(|(_, value)| !value.is_null());
            let keys: Vec<String> = set.map(|(key, value)| format!("{key} = {}", words(value))).collect();
            format!("{{ {} }}", keys.join(", "))
        }
        other => other.to_string(),
    }
}

/// Two values of which at least one is long: both from shortly before the first difference on.
pub(super) fn shortened(texts: [&str; 2]) -> [String; 2] {
    let [old, new] = texts.map(|text| text.chars().collect::<Vec<char>>());
    let same = old.iter().zip(&new).take_while(|(old, new)| old == new).count();
    let long = old.len().max(new.len()) > MOST;
    let from = if long && same > BEFORE { same - BEFORE } else { 0 };
    [old, new].map(|text| cut(&text, from))
}

fn cut(text: &[char], from: usize) -> String {
    let end = text.len().min(from + MOST);
    let (before, after) = (if from > 0 { "…" } else { "" }, if end < text.len() { "…" } else { "" });
    format!("{before}{}{after}", text[from.min(end)..end].iter().collect::<String>())
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn told(old: Value, new: Value) -> String {
        listed(&changes(&old, &new, ""))
    }

    #[test]
    fn each_key_is_named_with_both_values() {
        let old = json!({"total": 60, "stratum": {"615": {"sample": null}}, "key": ["cpr"], "same": 1});
        let new = json!({"total": 61, "stratum": {"615": {"sample": 7}}, "key": ["cpr", "id"], "same": 1});
        assert_eq!(
            told(old, new),
            r#"total 60 → 61; stratum.615.sample none → 7; key ["cpr"] → ["cpr", "id"]"#
        );
    }

    #[test]
    fn keys_that_came_and_went_are_named() {
        let (old, new) = (json!({"a": {"x": "1", "y": null}}), json!({"b": 2}));
        assert_eq!(told(old, new), r#"a { x = "1" } → none; b none → 2"#);
    }

    #[test]
    fn equal_values_are_no_change() {
        assert_eq!(changes(&json!({"a": [1, 2]}), &json!({"a": [1, 2]}), ""), []);
    }

    #[test]
    fn long_values_begin_shortly_before_their_difference() {
        let text = |end: &str| Value::from(format!("{}{end}", "a long definition ".repeat(5)));
        let told = told(json!({"d": text("before the end of the course")}), json!({"d": text("ever")}));
        assert_eq!(told, r#"d …efinition before the end of the course" → …efinition ever""#);
    }

    #[test]
    fn a_note_lists_every_change_and_a_message_counts_those_after_the_fifth() {
        let of = |value: u64| Value::Object((0..7).map(|key| (key.to_string(), value.into())).collect());
        assert!(told(of(1), of(2)).ends_with("; 4 1 → 2; 5 1 → 2; 6 1 → 2"));
        let message = in_one_line(&changes(&of(1), &of(2), ""), |one| one.path.clone());
        assert_eq!(message, "0; 1; 2; 3; 4; and 2 more");
    }
}
