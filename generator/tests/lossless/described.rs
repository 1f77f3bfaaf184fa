//! A description as JSON, read from any format, and its schemas.

use clientsmith::files::Disk;
use clientsmith::syntax_tree::{self, Kind, NodeId, Tree};
use serde_json::{Map, Value};
use std::path::Path;

/// The whole description.
pub(crate) fn read(path: &Path) -> Value {
    let (tree, entry) = syntax_tree::read(path, &Disk).unwrap();
    json(&tree, entry)
}

fn json(tree: &Tree, id: NodeId) -> Value {
    match &tree.get(id).kind {
        Kind::Null => Value::Null,
        Kind::Bool(value) => Value::Bool(*value),
        Kind::String(text) => Value::String(text.clone()),
        Kind::Number(text) => serde_json::from_str(text).unwrap_or_else(|_| Value::String(text.clone())),
        Kind::List(items) => items.iter().map(|item| json(tree, *item)).collect(),
        Kind::Map(entries) => {
            let members = entries.iter().map(|entry| (entry.key.clone(), json(tree, entry.value)));
            Value::Object(members.collect::<Map<_, _>>())
        }
    }
}

/// The target of a pointer such as `#/components/schemas/Pet`.
pub(crate) fn at<'d>(description: &'d Value, pointer: &str) -> Option<&'d Value> {
    let pointer = pointer.strip_prefix('#')?;
    description.pointer(pointer).or_else(|| description.pointer(&unquoted(pointer)))
}

/// Decodes the percent-encoding of a reference such as `#/definitions/Map%5Bstring%5D`.
fn unquoted(pointer: &str) -> String {
    let bytes = pointer.as_bytes();
    let (mut plain, mut index) = (Vec::new(), 0);
    while let Some(byte) = bytes.get(index) {
        let hex = pointer.get(index + 1..index + 3).and_then(|hex| u8::from_str_radix(hex, 16).ok());
        match hex.filter(|_| *byte == b'%') {
            Some(quoted) => {
                plain.push(quoted);
                index += 3;
            }
            None => {
                plain.push(*byte);
                index += 1;
            }
        }
    }
    String::from_utf8_lossy(&plain).into_owned()
}

/// Unescapes a step of a pointer.
pub(crate) fn step(key: &str) -> String {
    key.replace('~', "~0").replace('/', "~1")
}
