//! The example of every code shows that code, and its fix removes it.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use clientsmith::diagnostic::Code;
use clientsmith::files::Memory;
use clientsmith::{Config, generate};
use std::path::{Path, PathBuf};

/// The text after this line is generated.
const MARK: &str = "<!-- generated from the catalogue -->";

/// The code block under a heading with its language.
fn fenced<'a>(page: &'a str, heading: &str) -> (&'a str, &'a str) {
    let (_, below) =
        page.split_once(&format!("\n{heading}\n\n```")).unwrap_or_else(|| panic!("no `{heading}`:\n{page}"));
    let (language, text) = below.split_once('\n').unwrap();
    (language, text.split_once("\n```").unwrap().0)
}

/// Adds the required lines of a description to an example.
fn whole(example: &str) -> String {
    let mut text = String::new();
    if !example.contains("openapi:") && !example.starts_with('#') {
        text.push_str("openapi: 3.1.0\ninfo: {title: Pets, version: '1'}\n");
    }
    text.push_str(example);
    text.push('\n');
    if !example.contains("paths:") && !example.starts_with('#') {
        text.push_str("paths: {}\n");
    }
    text
}

/// The codes for a description of pets with an overlay.
fn codes_with_overlay(overlay: &str) -> Vec<Code> {
    let files = [("api.yaml", whole("")), ("overlay.yaml", overlay.to_owned())];
    let files = Memory(files.map(|(path, text)| (PathBuf::from(path), text.into_bytes())).into());
    let mut config = Config::default();
    config.add_overlay("overlay.yaml");
    let generated = generate(Path::new("api.yaml"), &files, &config);
    generated.diagnostics.list.iter().map(|found| found.code).collect()
}

fn codes(text: &str) -> Vec<Code> {
    let files = Memory(vec![(PathBuf::from("api.yaml"), text.as_bytes().to_vec())]);
    let generated = generate(Path::new("api.yaml"), &files, &Config::default());
    generated.diagnostics.list.iter().map(|found| found.code).collect()
}

#[test]
fn examples_show_their_code_and_fixes_show_none() {
    let mut tried = 0;
    for code in Code::all() {
        let page = code.explanation();
        let ((language, wrong), (_, right)) = (fenced(page, "Wrong:"), fenced(page, "Right:"));
        let codes: fn(&str) -> Vec<Code> = match language {
            "yaml" => |text| codes(&whole(text)),
            "yaml overlay" => codes_with_overlay,
            _ => continue,
        };
        tried += 1;
        let found = codes(wrong);
        assert!(found.contains(&code), "{}: {wrong}\nhas {found:?}", code.as_str());
        let mut found = codes(right);
        if code != Code::NoOperations {
            // The examples of other codes have only what they are about.
            found.retain(|found| *found != Code::NoOperations);
        }
        assert!(found.is_empty(), "{}: {right}\nhas {found:?}", code.as_str());
    }
    assert!(tried > 20);
}

/// `docs/diagnostics.md` ends with the generated catalogue. `UPDATE_EXPECT=1` writes it.
#[test]
fn list_of_codes_is_current() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/diagnostics.md");
    let written = std::fs::read_to_string(&path).unwrap();
    let (head, _) = written.split_once(MARK).unwrap();
    let mut list = format!("{head}{MARK}\n");
    for code in Code::all() {
        let (help, page) = (code.help().unwrap_or_default(), code.explanation());
        list.push_str(&format!("\n## {}: {}\n\n{page}\nHelp: {help}.\n", code.as_str(), code.title()));
    }
    if std::env::var_os("UPDATE_EXPECT").is_some() {
        std::fs::write(&path, &list).unwrap();
        return;
    }
    assert!(written == list, "docs/diagnostics.md is out of step; UPDATE_EXPECT=1 writes it");
}
