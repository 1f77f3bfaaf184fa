//! Adds members to a JSON object, without a change to the text of the others.

use crate::codec::Members;

/// Returns the object with a member of this name and JSON text; `None` if it is not an object.
pub(crate) fn with(object: &[u8], name: &str, value: &str) -> Option<String> {
    let Members(members) = serde_json::from_slice(object).ok()?;
    let mut texts: Vec<(String, &str)> = members.into_iter().map(|(key, value)| (key, value.get())).collect();
    match texts.iter_mut().find(|(key, _)| key == name) {
        Some((_, known)) => *known = value,
        None => texts.push((name.to_owned(), value)),
    }
    let spelled = texts.iter().map(|(key, value)| Some(format!("{}:{value}", serde_json::to_string(key).ok()?)));
    Some(format!("{{{}}}", spelled.collect::<Option<Vec<_>>>()?.join(",")))
}
