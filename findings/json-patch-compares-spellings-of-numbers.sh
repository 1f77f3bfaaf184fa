#!/usr/bin/env bash
# json-patch (Rust): a `test` of 1 fails where the document says 1.0, and a diff between them is a change.
#
# Guess:     numbers are compared by value: "numbers: are considered equal if their values are numerically equal".
# Version:   crate json-patch 5.0.0 (with serde_json 1.0.154).
# Behaviour: serde_json's `Value` holds integers and floats apart and says that 1 and 1.0 differ, and so does `test`. A
#            server that writes 1.0 for a whole float refuses every patch that tests for 1. `diff` gives a `replace`.
# Source:    RFC 6902, section 4.6.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
cargo init -q --vcs none --name seen
cargo add -q json-patch@=5.0.0 serde_json@=1.0.154
cat >src/main.rs <<'RUST'
use serde_json::{from_value, json};

fn main() {
    let patch: json_patch::Patch = from_value(json!([{"op": "test", "path": "/a", "value": 1}])).unwrap();
    let result = json_patch::patch(&mut json!({"a": 1.0}), &patch).map_err(|error| error.to_string());
    let change = json_patch::diff(&json!({"a": 1}), &json!({"a": 1.0}));
    println!("{result:?} {}", serde_json::to_string(&change).unwrap());
    assert!(result.is_err_and(|error| error.contains("value did not match")), "the behaviour changed");
    assert_eq!(change.0.len(), 1, "the behaviour changed");
}
RUST
cargo run -q
