//! The limits of a schema: its bounds, patterns and keywords that are not judged, with those of `allOf` and of references.

use crate::diff::side::Side;
use crate::syntax::node::{NodeId, Tree};
use serde_json::Value;
use std::collections::BTreeMap;

/// Keywords of which a lower value is tighter.
const UPPER: &[&str] = &["maximum", "exclusiveMaximum", "maxLength", "maxItems", "maxProperties"];
/// Keywords of which a higher value is tighter.
const LOWER: &[&str] = &["minimum", "exclusiveMinimum", "minLength", "minItems", "minProperties"];
/// Keywords of which any new value is tighter.
const OTHER: &[&str] = &["pattern", "multipleOf", "uniqueItems"];
/// Keywords whose effect is not judged.
const UNJUDGED: &[&str] = &[
    "not",
    "if",
    "then",
    "else",
    "dependentRequired",
    "dependentSchemas",
    "dependencies",
    "contains",
    "minContains",
    "maxContains",
    "propertyNames",
    "unevaluatedProperties",
    "unevaluatedItems",
    "patternProperties",
    "contentEncoding",
    "contentMediaType",
    "contentSchema",
];

/// The limits of a schema by their subjects. `minimum` and `exclusiveMinimum` have the same one.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Limits(BTreeMap<&'static str, Limit>);

/// The tightest bound of a schema, or all values of another keyword.
#[derive(Debug)]
pub(super) struct Limit {
    pub(super) keyword: &'static str,
    values: Vec<Value>,
    /// Of two bounds, the larger one is tighter.
    tightness: Option<Tightness>,
}

#[derive(Debug, Clone, Copy, PartialEq, PartialOrd)]
struct Tightness {
    limit: f64,
    is_exclusive: bool,
}

impl PartialEq for Limit {
    fn eq(&self, other: &Self) -> bool {
        match (self.tightness, other.tightness) {
            (Some(one), Some(other)) => one == other,
            _ => self.values == other.values,
        }
    }
}

impl Limits {
    /// Adds the limits of a schema at a pointer, and of its parts.
    pub(super) fn add(&mut self, side: &Side, pointer: &str, is_integer: bool) {
        let Some(node) = side.node(pointer) else { return };
        for part in side.document.with_parts(vec![node]) {
            self.add_node(&side.document.tree, part, is_integer);
        }
    }

    fn add_node(&mut self, tree: &Tree, node: NodeId, is_integer: bool) {
        for keyword in UPPER.iter().chain(LOWER).chain(OTHER).chain(UNJUDGED) {
            let Some(value) = tree.value_at(node, keyword).and_then(|value| tree.to_json(value)) else { continue };
            // OpenAPI 3.0: a flag beside `minimum` or `maximum`.
            let flagged = |flag: &str| tree.bool_at(node, flag) == Some(true);
            let (keyword, subject) = match *keyword {
                "minimum" if flagged("exclusiveMinimum") => ("exclusiveMinimum", "minimum"),
                "maximum" if flagged("exclusiveMaximum") => ("exclusiveMaximum", "maximum"),
                "exclusiveMinimum" => ("exclusiveMinimum", "minimum"),
                "exclusiveMaximum" => ("exclusiveMaximum", "maximum"),
                other => (other, other),
            };
            let tightness = value.as_f64().and_then(|limit| Tightness::new(keyword, limit, is_integer));
            let is_bound = UPPER.contains(&keyword) || LOWER.contains(&keyword);
            if is_bound && tightness.is_none() || value == Value::Bool(false) {
                continue;
            }
            self.add_limit(subject, Limit { keyword, values: vec![value], tightness });
        }
    }

    fn add_limit(&mut self, subject: &'static str, new: Limit) {
        match self.0.get_mut(subject) {
            Some(known) if known.tightness.is_some() => {
                if new.tightness > known.tightness {
                    *known = new;
                }
            }
            Some(known) => {
                let is_new = |value: &Value| !known.values.contains(value);
                let added: Vec<Value> = new.values.into_iter().filter(is_new).collect();
                known.values.extend(added);
            }
            None => {
                self.0.insert(subject, new);
            }
        }
    }

    /// Each subject of two schemas, with its limits.
    pub(super) fn pairs<'l>(
        &'l self,
        new: &'l Self,
    ) -> impl Iterator<Item = (&'static str, Option<&'l Limit>, Option<&'l Limit>)> {
        let added = new.0.keys().filter(|subject| !self.0.contains_key(*subject));
        self.0.keys().chain(added).map(|subject| (*subject, self.get(subject), new.get(subject)))
    }

    pub(super) fn get(&self, subject: &str) -> Option<&Limit> {
        self.0.get(subject)
    }
}

impl Tightness {
    /// The tightness of a bound. Bounds of integers are inclusive: more than 0 is at least 1.
    fn new(keyword: &str, limit: f64, is_integer: bool) -> Option<Self> {
        let is_exclusive = keyword.starts_with("exclusive");
        let sign = match keyword {
            keyword if LOWER.contains(&keyword) => 1.0,
            keyword if UPPER.contains(&keyword) => -1.0,
            _ => return None,
        };
        let limit = limit * sign;
        Some(match (is_integer, is_exclusive) {
            (false, _) => Self { limit, is_exclusive },
            (true, false) => Self { limit: limit.ceil(), is_exclusive: false },
            (true, true) => Self { limit: limit.floor() + 1.0, is_exclusive: false },
        })
    }
}

impl Limit {
    pub(super) fn is_judged(&self) -> bool {
        !UNJUDGED.contains(&self.keyword)
    }

    /// Returns true if this limit forbids values that the old one allows.
    pub(super) fn is_tighter_than(&self, old: &Self) -> bool {
        match (old.tightness, self.tightness) {
            (Some(old), Some(new)) => new > old,
            _ => self.values.iter().any(|value| !old.values.contains(value)),
        }
    }

    pub(super) fn shown(&self) -> String {
        self.values.iter().map(Value::to_string).collect::<Vec<_>>().join(", ")
    }
}
