//! Rules for values beyond their types: bounds, patterns, and keywords that are not judged.

use super::schema::{Pointers, add_change};
use super::traversal::{Mode, Traversal};
use crate::api::{Schema, Shape};
use crate::diagnostic::Diagnostics;
use crate::diff::change::WireVerdict::{Risk, Safe};
use crate::diff::rules::Rule;
use crate::diff::side::Side;
use crate::syntax::node::NodeId;
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
/// Most levels of `allOf` whose keywords count.
const DEEPEST: usize = 8;

/// Compares bounds, patterns and keywords that are not judged.
pub(super) fn compare(traversal: &mut Traversal<'_>, mode: Mode, old: &Schema, new: &Schema, pointers: Pointers<'_>) {
    let (old_keywords, new_keywords) = (keywords(traversal.old, old), keywords(traversal.new, new));
    // The width of integers is judged with their types.
    let is_integer = |schema: &Schema| matches!(schema.shape, Shape::Scalar(crate::api::Scalar::Integer { .. }));
    let widths = is_integer(old) && is_integer(new);
    let names = UPPER.iter().chain(LOWER).chain(OTHER).chain(UNJUDGED);
    for name in names.filter(|name| !(widths && matches!(**name, "minimum" | "maximum"))) {
        let (old_value, new_value) = (old_keywords.get(name), new_keywords.get(name));
        if old_value == new_value {
            continue;
        }
        let shown = |value: Option<&Value>| value.map_or_else(|| "none".to_owned(), Value::to_string);
        let (rule, verdict) = if UNJUDGED.contains(name) {
            (Rule::NotJudged, Risk)
        } else if is_tighter(name, old_value, new_value) && mode.is_request() {
            (Rule::BoundsChanged, Risk)
        } else {
            (Rule::BoundsChanged, Safe)
        };
        let message = format!("`{name}` changed");
        add_change(
            traversal,
            mode,
            pointers,
            (rule, verdict),
            message,
            (format!("{name} {}", shown(old_value)), shown(new_value)),
        );
    }
}

/// Compares two schemas that have no type.
pub(super) fn unjudged(traversal: &mut Traversal<'_>, mode: Mode, old: &Schema, new: &Schema, pointers: Pointers<'_>) {
    let json = |side: &Side, schema: &Schema| side.document.tree.to_json(side.node(&schema.origin.pointer)?);
    if json(traversal.old, old) != json(traversal.new, new) {
        let message = "the schema has no type, and changed".to_owned();
        add_change(
            traversal,
            mode,
            pointers,
            (Rule::NotJudged, Risk),
            message,
            ("a schema".into(), "another schema".into()),
        );
    }
}

fn is_tighter(name: &str, old: Option<&Value>, new: Option<&Value>) -> bool {
    let number = |value: &Value| value.as_f64();
    let Some(new) = new else { return false };
    match old {
        _ if *new == Value::Bool(false) => false,
        None => true,
        Some(old) => match (number(old), number(new)) {
            (Some(old), Some(new)) if UPPER.contains(&name) => new < old,
            (Some(old), Some(new)) if LOWER.contains(&name) => new > old,
            _ => true,
        },
    }
}

/// The keywords of a schema and of what it takes in by `allOf`.
fn keywords(side: &Side, schema: &Schema) -> BTreeMap<&'static str, Value> {
    let mut found = BTreeMap::new();
    if let Some(node) = side.node(&schema.origin.pointer) {
        collect(side, node, &schema.origin.pointer, DEEPEST, &mut found);
    }
    found
}

/// Adds the keywords of a schema and of its subschemas.
fn collect(side: &Side, node: NodeId, pointer: &str, depth: usize, found: &mut BTreeMap<&'static str, Value>) {
    let Some(left) = depth.checked_sub(1) else { return };
    let tree = &side.document.tree;
    for name in UPPER.iter().chain(LOWER).chain(OTHER).chain(UNJUDGED) {
        if let Some(value) = tree.entry(node, name).and_then(|value| tree.to_json(value)) {
            found.entry(name).or_insert(value);
        }
    }
    for (index, subschema) in
        tree.entry(node, "allOf").map(|list| tree.list(list).to_vec()).into_iter().flatten().enumerate()
    {
        let below = format!("{pointer}/allOf/{index}");
        if let Some(target) = side.document.follow(subschema, &below, &mut Diagnostics::default()) {
            collect(side, target.node, &target.pointer, left, found);
        }
    }
}
