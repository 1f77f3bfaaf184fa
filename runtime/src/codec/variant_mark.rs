//! Marks of union variants in a tree of JSON, where the source names them: the value is stored under a key that no text
//! format can contain.

use serde_json::{Map, Value};

/// The character before the index of a variant. XML cannot contain it.
const MARK: char = '\u{0}';

/// Marks a value with the index of its variant.
#[must_use]
pub fn mark(variant: usize, value: Value) -> Value {
    Value::Object(Map::from_iter([(format!("{MARK}{variant}"), value)]))
}

/// Returns the index of the marked variant and the value.
#[must_use]
pub fn marked(value: &Value) -> Option<(usize, &Value)> {
    let members = value.as_object().filter(|members| members.len() == 1)?;
    let (key, value) = members.iter().next()?;
    Some((key.strip_prefix(MARK)?.parse().ok()?, value))
}

/// Returns the value without any marks inside it.
#[must_use]
pub fn without(value: &Value) -> Value {
    match (marked(value), value) {
        (Some((_, value)), _) => without(value),
        (None, Value::Object(members)) => {
            Value::Object(members.iter().map(|(key, value)| (key.clone(), without(value))).collect())
        }
        (None, Value::Array(items)) => Value::Array(items.iter().map(without).collect()),
        (None, plain) => plain.clone(),
    }
}
