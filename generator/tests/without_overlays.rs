//! Overlays in a build without the cargo feature `overlays`: `cargo test -p clientsmith --no-default-features --test without_overlays`.
#![cfg(not(feature = "overlays"))]
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use clientsmith::files::Memory;
use clientsmith::{Config, generate};
use std::path::{Path, PathBuf};

#[test]
fn an_overlay_is_an_error_that_names_the_feature() {
    let description = "openapi: 3.1.0\ninfo: {title: Pets, version: '1'}\npaths: {}\n";
    let files = Memory(vec![(PathBuf::from("api.yaml"), description.as_bytes().to_vec())]);
    let mut config = Config::default();
    assert!(generate(Path::new("api.yaml"), &files, &config).output.is_some());
    config.add_overlay("overlay.yaml");
    let generated = generate(Path::new("api.yaml"), &files, &config);
    assert!(generated.output.is_none());
    let found = generated.diagnostics.list.iter().find(|found| found.code.as_str() == "E0901").unwrap();
    assert!(found.message.contains("not compiled"), "{}", found.message);
    assert!(found.help.as_deref().unwrap().contains("cargo feature `overlays`"), "{:?}", found.help);
}
