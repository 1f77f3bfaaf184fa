//! Which member of a union a value is, kept in a tree of JSON where what it came from says so: a value stands under a key
//! that no format of texts can have.

use serde_json::{Map, Value};

/// Before the member's number. XML has no such character.
const MARK: char = '\u{0}';

/// The value as this member of its union.
#[must_use]
pub fn note(member: usize, value: Value) -> Value {
    Value::Object(Map::from_iter([(format!("{MARK}{member}"), value)]))
}

/// The member that a value is, and the value itself.
#[must_use]
pub fn noted(value: &Value) -> Option<(usize, &Value)> {
    let members = value.as_object().filter(|members| members.len() == 1)?;
    let (key, value) = members.iter().next()?;
    Some((key.strip_prefix(MARK)?.parse().ok()?, value))
}

/// The value without what is noted anywhere in it.
#[must_use]
pub fn without(value: &Value) -> Value {
    match (noted(value), value) {
        (Some((_, value)), _) => without(value),
        (None, Value::Object(members)) => {
            Value::Object(members.iter().map(|(key, value)| (key.clone(), without(value))).collect())
        }
        (None, Value::Array(items)) => Value::Array(items.iter().map(without).collect()),
        (None, plain) => plain.clone(),
    }
}
