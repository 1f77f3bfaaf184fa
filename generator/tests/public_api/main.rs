//! The public API of each library crate is in its `api.txt`, so that a review shows every change of it.
//!
//! `UPDATE_EXPECT=1 cargo test -p clientsmith --test public_api` writes the files.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod expanded;
mod listing;
mod literals;
mod sources;
mod spelling;

use std::fs;
use std::path::Path;

fn matches_its_snapshot(package: &str, library: &str, hidden: bool) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(package);
    let now = listing::listing(&sources::Library::read(&folder.join("src/lib.rs"), library), hidden);
    let file = folder.join("api.txt");
    if std::env::var_os("UPDATE_EXPECT").is_some() {
        fs::write(&file, now).unwrap();
        return;
    }
    let before = fs::read_to_string(&file).unwrap_or_default();
    let texts = similar::TextDiff::from_lines(&before, &now);
    let difference = texts.unified_diff().context_radius(2).header(&format!("{package}/api.txt"), "now").to_string();
    assert!(before == now, "{difference}\nUPDATE_EXPECT=1 writes the file");
}

#[test]
fn generator_matches_its_snapshot() {
    matches_its_snapshot("generator", "clientsmith", false);
}

/// Crates that were generated before use the hidden items.
#[test]
fn runtime_matches_its_snapshot() {
    matches_its_snapshot("runtime", "clientsmith_runtime", true);
}

#[test]
fn generated_crate_matches_its_snapshot() {
    matches_its_snapshot("generated", "datadog_entity_context_sync", false);
}

/// A literal in generated code would break with a new field. Values are built by functions.
#[test]
fn literals_outside_build_no_type_of_the_runtime() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../runtime/src/lib.rs");
    let found = literals::open_literals(&sources::Library::read(&root, "clientsmith_runtime"));
    assert!(found.is_empty(), "{found:?} need `#[non_exhaustive]` and functions that build them");
}
