//! The JSON Schema of the settings accepts and refuses what the parser does.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use clientsmith::{Project, SETTINGS_SCHEMA};
use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};

fn schema() -> jsonschema::Validator {
    jsonschema::validator_for(&serde_json::from_str(SETTINGS_SCHEMA).unwrap()).unwrap()
}

/// Compares schema and parser. Returns whether both accept the settings.
fn accepted(schema: &jsonschema::Validator, settings: &str, name: &str) -> bool {
    let value: Value = toml::from_str(settings).unwrap_or_else(|error| panic!("{name}: {error}"));
    let refused = schema.validate(&value).map_err(|error| format!("{} at {}", error, error.instance_path())).err();
    let parsed = Project::parse(settings).map(|_| ()).map_err(|error| error.to_string()).err();
    assert_eq!(refused.is_none(), parsed.is_none(), "{name}: schema {refused:?}, parser {parsed:?}");
    refused.is_none()
}

#[test]
fn accepts_the_settings_of_all_cases() {
    let schema = schema();
    let mut folders = vec![PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/cases"))];
    let mut count = 0;
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.ends_with("clientsmith.toml") {
                count += 1;
                assert!(accepted(&schema, &fs::read_to_string(&path).unwrap(), &path.display().to_string()));
            }
        }
    }
    assert!(count > 20, "{count}");
    let own = Path::new(env!("CARGO_MANIFEST_DIR")).join("../spec/clientsmith.toml");
    assert!(accepted(&schema, &fs::read_to_string(own).unwrap(), "spec/clientsmith.toml"));
}

#[test]
fn agrees_with_the_parser_about_values() {
    let schema = schema();
    for right in [
        "",
        "source = { url = 'https://example.com/a.yaml', sha256 = '0000000000000000000000000000000000000000000000000000000000000000' }",
        "runtime = '0.1'",
        "runtime = 'path:../runtime'",
        "runtime = { path = '../runtime', version = '0.1' }",
        "build_dependency = '0.1'",
        "build_dependency = { git = 'https://example.com/x', rev = 'abc' }",
        "[rename]\n'#/components/schemas/X' = 'Y'",
        "[pagination]\na = false\nb = { cursor = 'c', next = 'd.e', first = 0, link = true }",
        "[streams]\na = { end = false, switch = 's' }",
        "[timeouts]\na = '10m'\nb = { attempt = '500ms', call = '2 s' }",
        "[include]\ndeprecated = false\npaths = ['/a/**']\n[prune]\nkeep = ['Pet']\nunused = true",
        "send_read_only = true\nheader_lines = ['X-Ids']\nclient_headers = false",
        "[formats]\ndouble = 'number'\nuuid = { type = 'uuid::Uuid', dependency = { version = '1' } }",
        "[types]\n'Pet.tag' = ['float', 'string']\nLoose = 'any'",
        "derives = ['Eq', 'Hash']",
        "derives = { '*' = ['Eq'], Pet = ['Copy'] }",
        "rust_version = '1.90'\nlicense = 'MIT'\nauthors = ['a']\nedition = '2021'",
        "[[api]]\nspec = 'a.yaml'\nout = 'a'\nname = 'a'\n[[api]]\nspec = 'b.yaml'\nout = 'b'\nname = 'b'\nstrict = true",
    ] {
        assert!(accepted(&schema, right, right), "{right}");
    }
    for wrong in [
        "nmae = 'x'",
        "name = 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa'",
        "name = '1x'",
        "name = 3",
        "keywords = 'a'",
        "license = ' '",
        "rust_version = '1.85'",
        "edition = '2018'",
        "runtime = 'vendored'",
        "runtime = {}",
        "runtime = { pth = 'x' }",
        "build_dependency = { rev = 'abc' }",
        "build_dependency = true",
        "source = { url = 'ftp://example.com', sha256 = '00' }",
        "unknown_fields = 'kepe'",
        "[pagination]\na = true",
        "[pagination]\na = { cursr = 'c' }",
        "[pagination]\na = { first = -1 }",
        "[streams]\na = { end = 1 }",
        "[streams]\na = { switch = '' }",
        "[timeouts]\na = '10'",
        "[timeouts]\na = {}",
        "[include]\ntag = ['a']",
        "[prune]\nunusd = true",
        "idempotency_header = 'a b'",
        "preview_feature = '-x'",
        "[formats]\ndate-time = 'strin'",
        "[formats]\nuuid = { typ = 'uuid::Uuid' }",
        "[types]\n'Pet.tag' = []",
        "[types]\n'Pet.tag' = 1",
        "derives = ['Haash']",
        "strict = 'yes'",
        "[[api]]\nspec = 'a.yaml'\nout = 'a'\nnmae = 'a'",
    ] {
        assert!(!accepted(&schema, wrong, wrong), "{wrong}");
    }
}
