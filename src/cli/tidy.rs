//! CSV for programs, one number a row, made of the same objects as the JSON.

use serde_json::{Map, Value};

/// A header and a row for each object; what an object does not have is an empty cell.
pub(super) fn tidy(columns: &[&str], objects: &[Map<String, Value>]) -> Vec<Vec<String>> {
    let header = columns.iter().map(|column| (*column).to_owned()).collect();
    let row = |object: &Map<String, Value>| columns.iter().map(|column| cell(object.get(*column))).collect();
    std::iter::once(header).chain(objects.iter().map(row)).collect()
}

fn cell(value: Option<&Value>) -> String {
    match value {
        None | Some(Value::Null) => String::new(),
        Some(Value::String(text)) => text.clone(),
        Some(value) => value.to_string(),
    }
}

/// Another object with further keys in front.
pub(super) fn with_keys(keys: &[(&str, Value)], object: &Value) -> Map<String, Value> {
    let front = keys.iter().map(|(key, value)| ((*key).to_owned(), value.clone()));
    let own = object.as_object().into_iter().flatten().map(|(key, value)| (key.clone(), value.clone()));
    front.chain(own).collect()
}
