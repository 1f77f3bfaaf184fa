//! A comparison as JSON. docs/diff.md defines the fields.

use super::Release;
use crate::diff::Comparison;
use crate::diff::change::{Change, Direction, Location, RustVerdict, WireVerdict};
use crate::diff::rules::Rule;
use serde_json::{Value, json};

/// The comparison as one JSON object.
#[must_use]
pub fn json(comparison: &Comparison, release: &Release) -> String {
    let changes: Vec<Value> = comparison.changes.iter().map(|one| change(one, release)).collect();
    let object = json!({
        "diff_version": 1,
        "rust": comparison.rust().as_str(),
        "wire": comparison.wire().as_str(),
        "next_version": release.next(comparison.rust()),
        "operations": comparison.operations,
        "types": comparison.types,
        "changes": changes,
    });
    serde_json::to_string_pretty(&object).unwrap_or_default() + "\n"
}

/// A change as JSON.
fn change(change: &Change, release: &Release) -> Value {
    let id = change.id();
    json!({
        "approved": release.approved.contains(&id),
        "id": id,
        "code": change.rule.code(),
        "cause": change.settings_rule.map(Rule::code),
        "rust": change.rust.map(RustVerdict::as_str),
        "wire": change.wire.map(WireVerdict::as_str),
        "silent": change.silent,
        "item": change.item,
        "message": change.message,
        "before": change.old_value,
        "after": change.new_value,
        "direction": change.direction.map(Direction::as_str),
        "old": change.old_location.as_ref().map(location),
        "new": change.new_location.as_ref().map(location),
        "effects": change.effects,
        "help": change.help,
    })
}

fn location(location: &Location) -> Value {
    json!({ "file": location.shown_file(), "line": location.line, "column": location.column, "pointer": location.pointer })
}
