//! The keywords that make null a value of a schema, and the members of unions beside null, for the rules of `lint` and the meaning in
//! `lower`.

use super::Document;
use crate::syntax::node::{Kind, NodeId};
use std::collections::BTreeSet;

/// The keyword of OpenAPI 3.0, and its extension for 2.0.
const KEYWORDS: [&str; 2] = ["nullable", "x-nullable"];

/// Keywords that do not restrict values.
const ANNOTATIONS: [&str; 12] = [
    "title",
    "description",
    "example",
    "examples",
    "default",
    "deprecated",
    "readOnly",
    "writeOnly",
    "nullable",
    "externalDocs",
    "xml",
    "$comment",
];

/// Keywords that decide the type of a schema.
const STRUCTURAL: [&str; 10] =
    ["$ref", "type", "properties", "items", "enum", "oneOf", "anyOf", "allOf", "const", "format"];

/// Returns true for a keyword that does not restrict values.
pub(crate) fn is_annotation(keyword: &str) -> bool {
    ANNOTATIONS.contains(&keyword) || keyword.starts_with("x-")
}

impl Document {
    /// Returns true if a schema has such a keyword with the value true.
    #[must_use]
    pub(crate) fn is_nullable(&self, schema: NodeId) -> bool {
        KEYWORDS.iter().any(|keyword| self.tree.bool_at(schema, keyword) == Some(true))
    }

    /// Returns true if a schema has a keyword that restricts values.
    #[must_use]
    pub(crate) fn is_restricting(&self, schema: NodeId) -> bool {
        self.tree.map(schema).iter().any(|entry| !is_annotation(&entry.key))
    }

    /// Returns true if a schema has no keyword that decides a type.
    #[must_use]
    pub(crate) fn decides_no_type(&self, schema: NodeId) -> bool {
        STRUCTURAL.iter().all(|key| self.tree.value_at(schema, key).is_none())
    }

    /// Returns true if a schema allows only `null`.
    #[must_use]
    pub(crate) fn is_null(&self, schema: NodeId) -> bool {
        let tree = &self.tree;
        let null = |id: NodeId| tree.get(id).kind == Kind::Null;
        // OpenAPI before 3.1 has no other form of it.
        if self.is_nullable(schema) && !self.is_restricting(schema) {
            return true;
        }
        let kind = tree.value_at(schema, "type");
        tree.text_at(schema, "type") == Some("null")
            || kind.is_some_and(|id| null(id) || matches!(tree.list(id), [one] if tree.text(*one) == Some("null")))
            || tree.value_at(schema, "const").is_some_and(null)
            || tree.value_at(schema, "enum").is_some_and(|id| matches!(tree.list(id), [one] if null(*one)))
    }

    /// The members of a union without `null` and duplicates. Pointers count these, so that `null` among them moves no place.
    pub(crate) fn distinct_members<'m>(&self, members: &'m [NodeId]) -> impl Iterator<Item = NodeId> + use<'_, 'm> {
        let mut known = BTreeSet::new();
        let new = move |member: &NodeId| known.insert(self.target(*member).unwrap_or(*member));
        members.iter().copied().filter(|member| !self.is_null(*member)).filter(new)
    }
}
