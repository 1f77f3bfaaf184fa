//! A comparison as SARIF 2.1.0.

use super::Release;
use crate::diff::Comparison;
use crate::diff::change::{Change, Location, RustVerdict, WireVerdict};
use crate::diff::rules::Rule;
use serde_json::{Value, json};

/// The comparison as a SARIF log with one run.
#[must_use]
pub fn sarif(comparison: &Comparison, release: &Release) -> String {
    let results: Vec<Value> = comparison.changes.iter().map(|change| result(change, release)).collect();
    let rules: Vec<Value> = Rule::ALL
        .iter()
        .map(|rule| json!({ "id": rule.code(), "shortDescription": { "text": rule.title() } }))
        .collect();
    let driver = json!({ "name": "clientsmith", "version": env!("CARGO_PKG_VERSION"), "rules": rules });
    let log = json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{ "tool": { "driver": driver }, "columnKind": "unicodeCodePoints", "results": results }],
    });
    serde_json::to_string_pretty(&log).unwrap_or_default() + "\n"
}

/// A change as a result of SARIF.
fn result(change: &Change, release: &Release) -> Value {
    let level = match (change.rust, change.wire) {
        (Some(RustVerdict::Major), _) | (_, Some(WireVerdict::Break)) => "error",
        (_, Some(WireVerdict::Risk)) => "warning",
        _ => "note",
    };
    let id = change.id();
    let mut result = json!({
        "ruleId": change.rule.code(),
        "level": level,
        "message": { "text": change.message },
        "partialFingerprints": { "clientsmith/v1": id },
        "properties": { "rust": change.rust.map(RustVerdict::as_str), "wire": change.wire.map(WireVerdict::as_str) },
    });
    if let Some(object) = result.as_object_mut() {
        if let Some(place) = change.new_location.as_ref().or(change.old_location.as_ref()) {
            object.insert("locations".to_owned(), json!([location(place)]));
        }
        if let (Some(_), Some(old)) = (&change.new_location, &change.old_location) {
            let mut related = location(old);
            if let Some(related) = related.as_object_mut() {
                related.insert("message".to_owned(), json!({ "text": "the old description" }));
            }
            object.insert("relatedLocations".to_owned(), json!([related]));
        }
        if release.approved.contains(&id) {
            object.insert("suppressions".to_owned(), json!([{ "kind": "external", "status": "accepted" }]));
        }
    }
    result
}

/// The relative URI reference of a file (RFC 3986, section 4.2). The revision is not part of it: it would be a scheme.
fn uri(file: &str) -> String {
    let mut uri = String::new();
    for byte in file.bytes() {
        match byte {
            b'\\' => uri.push('/'),
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => uri.push(char::from(byte)),
            _ => uri.push_str(&format!("%{byte:02X}")),
        }
    }
    uri
}

fn location(location: &Location) -> Value {
    json!({ "physicalLocation": {
        "artifactLocation": { "uri": uri(&location.file) },
        "region": { "startLine": location.line, "startColumn": location.column },
    } })
}
