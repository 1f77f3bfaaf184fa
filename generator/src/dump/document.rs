//! The dump of the files in YAML: shows the types of scalars and the targets of aliases. Knows the value tree. Must not
//! know OpenAPI.

use crate::resolve::Document;
use crate::source::node::{Kind, NodeId, Tree};
use serde::ser::{Error, SerializeMap, SerializeSeq};
use serde::{Serialize, Serializer};
use std::cell::Cell;

/// Most values of a file in a dump. An alias is one node and written at every use, so nested aliases could fill any
/// disk.
const MOST: usize = 1_000_000;
/// Deepest level of a dump. Aliases may nest deeper than the input.
const DEEPEST: usize = 1_000;

/// Writes the description for other tools: a number that YAML would write with other digits is written as its value. `None`
/// if YAML aliases make it too large.
#[must_use]
pub fn description(document: &Document) -> Option<String> {
    let left = Cell::new(MOST);
    serde_yaml::to_string(&Shown { tree: &document.tree, node: document.entry, depth: 0, left: &left, exact: false })
        .ok()
}

/// Writes every file: its path as a comment, then its value.
#[must_use]
pub fn document(document: &Document) -> String {
    let file = |(path, root): (&std::path::Path, NodeId)| {
        let left = Cell::new(MOST);
        let shown =
            serde_yaml::to_string(&Shown { tree: &document.tree, node: root, depth: 0, left: &left, exact: true });
        format!("# {}\n---\n{}", path.display(), shown.unwrap_or_else(|error| format!("# {error}\n")))
    };
    document.files().map(file).collect()
}

struct Shown<'t> {
    tree: &'t Tree,
    node: NodeId,
    depth: usize,
    left: &'t Cell<usize>,
    /// Writes every digit of a number.
    exact: bool,
}

impl Shown<'_> {
    fn at(&self, node: NodeId) -> Shown<'_> {
        Shown { tree: self.tree, node, depth: self.depth + 1, left: self.left, exact: self.exact }
    }
}

impl Serialize for Shown<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Some(left) = self.left.get().checked_sub(1) else {
            return Err(S::Error::custom(format!("more than {MOST} values, aliases counted at every use")));
        };
        self.left.set(left);
        if self.depth > DEEPEST {
            return Err(S::Error::custom(format!("more than {DEEPEST} levels, those behind aliases counted")));
        }
        match &self.tree.get(self.node).kind {
            Kind::Null => serializer.serialize_unit(),
            Kind::Bool(value) => serializer.serialize_bool(*value),
            Kind::Number(text) if self.exact => number(text, serializer),
            Kind::Number(text) => match serde_json::from_str::<serde_json::Number>(text) {
                Ok(value) => value.serialize(serializer),
                Err(_) => serializer.serialize_str(text),
            },
            Kind::Text(text) => serializer.serialize_str(text),
            Kind::List(items) => {
                let mut list = serializer.serialize_seq(Some(items.len()))?;
                for item in items {
                    list.serialize_element(&self.at(*item))?;
                }
                list.end()
            }
            Kind::Map(entries) => {
                let mut map = serializer.serialize_map(Some(entries.len()))?;
                for entry in entries {
                    map.serialize_entry(&entry.key, &self.at(entry.value))?;
                }
                map.end()
            }
        }
    }
}

/// Writes a number such as `1.10`, whose digits YAML would change, as its text behind a tag.
fn number<S: Serializer>(text: &str, serializer: S) -> Result<S::Ok, S::Error> {
    match (text.parse::<i64>(), text.parse::<f64>()) {
        (Ok(whole), _) if whole.to_string() == text => serializer.serialize_i64(whole),
        (_, Ok(real)) if format!("{real:?}") == text => serializer.serialize_f64(real),
        _ => serializer.serialize_newtype_variant("Number", 0, "number", text),
    }
}
