//! A JSON object as its members, each as its text, so that adding one changes nothing of the others.

use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;
use std::fmt;

/// The members in their order.
struct Members<'b>(Vec<(String, &'b RawValue)>);

/// The object with a member of this name, whose value is this JSON text; none where it is no object.
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

impl<'de> Deserialize<'de> for Members<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Reader;

        impl<'de> Visitor<'de> for Reader {
            type Value = Members<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut members = Vec::new();
                while let Some(member) = map.next_entry()? {
                    members.push(member);
                }
                Ok(Members(members))
            }
        }

        deserializer.deserialize_map(Reader)
    }
}
