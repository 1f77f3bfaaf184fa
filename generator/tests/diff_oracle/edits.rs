//! Edits that kinds of mutations share. `None`: nothing changes.

use serde_json::{Map, Value, json};

/// An object of a description.
pub(crate) type Part = Map<String, Value>;

pub(crate) fn set(part: &mut Part, key: &str, value: Value) -> Option<()> {
    if part.get(key) == Some(&value) {
        return None;
    }
    part.insert(key.to_owned(), value);
    Some(())
}

pub(crate) fn unset(part: &mut Part, key: &str) -> Option<()> {
    part.shift_remove(key).map(drop)
}

pub(crate) fn text<'p>(part: &'p Part, key: &str) -> Option<&'p str> {
    part.get(key).and_then(Value::as_str)
}

/// Returns true if a member is a string.
pub(crate) fn is(part: &Part, key: &str, wanted: &str) -> bool {
    text(part, key) == Some(wanted)
}

/// The list of a member, which may be new.
pub(crate) fn list<'p>(part: &'p mut Part, key: &str) -> Option<&'p mut Vec<Value>> {
    part.entry(key).or_insert_with(|| json!([])).as_array_mut()
}
