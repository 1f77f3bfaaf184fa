//! `diff`: cases with their expected output, and the mutations of the shared corpus with their verdicts.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::print_stdout,
    reason = "a test fails by panicking"
)]

#[path = "diff/examples.rs"]
mod examples;
#[path = "diff/mutation.rs"]
mod mutation;

use clientsmith::Config;
use clientsmith::diff::Rule;
use clientsmith::diff::render::{Release, json, short};
use clientsmith::diff::{self, Comparison, Side};
use clientsmith::files::{Disk, Files, Memory};
use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/diff")
}

fn read(entry: &Path, files: &dyn Files, config: &Config) -> Side {
    let read = diff::read(entry, files, config);
    read.map_err(|unread| clientsmith::diagnostic::render::short(&unread.diagnostics.list, &unread.sources)).unwrap()
}

fn compare(
    (old, old_files): (&Path, &dyn Files),
    (new, new_files): (&Path, &dyn Files),
    config: &Config,
) -> Comparison {
    diff::compare(&read(old, old_files, config), &read(new, new_files, config))
}

fn read_text(text: String) -> Side {
    let path = Path::new("api.yaml");
    read(path, &Memory(vec![(path.into(), text.into_bytes())]), &Config::default())
}

/// Compares a text with a file, or writes it.
fn expect(path: &Path, text: &str) {
    if std::env::var_os("UPDATE_EXPECT").is_some() {
        fs::write(path, text).unwrap();
    }
    let expected = fs::read_to_string(path).unwrap_or_default();
    assert_eq!(text, expected, "{}", path.display());
}

/// The output of a case. Its old crate may have settings of its own.
fn case(folder: &Path) -> String {
    let read_file = |name: &str| fs::read(folder.join(name)).unwrap();
    let files = Memory(vec![("old.yaml".into(), read_file("old.yaml")), ("new.yaml".into(), read_file("new.yaml"))]);
    let settings = |name: &str| {
        let text = fs::read_to_string(folder.join(name)).ok()?;
        Some(Config::parse(&text).unwrap())
    };
    let config = settings("clientsmith.toml").unwrap_or_default();
    let side = |name: &str, config: &Config| read(Path::new(name), &files, config);
    let (old, new) = (side("old.yaml", &config), side("new.yaml", &config));
    let mut comparison = diff::compare(&old, &new);
    if let Some(before) = settings("old.toml") {
        comparison = diff::with_settings(comparison, diff::compare_settings(&side("old.yaml", &before), &old), &new);
    }
    short(&comparison, &Release::default())
}

#[test]
fn cases_have_their_expected_output() {
    let mut folders: Vec<PathBuf> = fs::read_dir(folder()).unwrap().map(|entry| entry.unwrap().path()).collect();
    folders.retain(|path| path.is_dir());
    assert!(!folders.is_empty());
    folders.sort();
    for folder in folders {
        expect(&folder.join("expected.txt"), &case(&folder));
    }
}

/// Columns count characters, also far in a line with characters of several bytes.
#[test]
fn columns_of_a_long_line_count_characters() {
    for length in [10, 2_000, 4_095, 4_096, 9_000] {
        let title = "é".repeat(length);
        let text = |note: &str| {
            format!(
                r#"{{"openapi":"3.1.0","info":{{"title":"{title}","version":"1"}},"paths":{{}},"components":{{"schemas":{{"A":{{"properties":{{{note}"id":{{"type":"string"}}}}}}}}}}}}"#
            )
        };
        let new = text(r#""note":{"type":"string"},"#);
        let comparison = diff::compare(&read_text(text("")), &read_text(new.clone()));
        let change = comparison.changes.iter().find(|change| change.rule == Rule::Added).unwrap();
        let place = change.new_location.as_ref().unwrap();
        let (before, _) = new.split_once(r#"{"type":"string"},"id""#).unwrap();
        assert_eq!((place.line, place.column), (1, before.chars().count() + 1));
    }
}

#[test]
fn a_description_equals_itself() {
    let spec = Path::new(env!("CARGO_MANIFEST_DIR")).join("../spec");
    let description = fs::read_dir(spec).unwrap().map(|entry| entry.unwrap().path());
    let description = description.filter(|path| path.extension().is_some_and(|end| end == "yaml" || end == "json"));
    for path in description {
        let comparison = compare((&path, &Disk), (&path, &Disk), &Config::default());
        assert!(comparison.changes.is_empty(), "{}", short(&comparison, &Release::default()));
        assert!(comparison.operations > 0 && comparison.types > 0);
        assert!(short(&comparison, &Release::default()).starts_with("0 changes in "));
    }
}

/// Every mutation of the shared corpus beside a checkout has the verdict of `diff/mutations.expect`, which was reviewed row by
/// row.
#[test]
fn mutations_have_their_verdicts() {
    let shared = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/cases");
    let Ok(table) = fs::read_to_string(shared.join("diff-mutations.tsv")) else {
        println!("SKIPPED: the shared corpus is not beside this checkout");
        return;
    };
    let mut ledger = String::new();
    // Many rows have the same description before the mutation.
    let mut bases: BTreeMap<String, Side> = BTreeMap::new();
    for row in table.lines().skip(1) {
        let cells: Vec<&str> = row.split('\t').collect();
        let (id, base, about, script) = (cells[0], cells[1], cells[2], cells[3]);
        let text = fs::read_to_string(shared.join("diff-bases").join(base)).unwrap();
        let (old, new) = mutation::apply(&text, script);
        let old = &*bases.entry(old).or_insert_with_key(|old| read_text(old.clone()));
        let comparison = diff::compare(old, &read_text(new));
        let mut codes: Vec<String> =
            comparison.changes.iter().map(|change| format!("{} {}", change.rule.code(), change.verdict())).collect();
        codes.sort();
        codes.dedup();
        let (rust, wire) = (comparison.rust().as_str(), comparison.wire().as_str());
        let silent = if comparison.changes.iter().any(|change| change.silent) { " silent" } else { "" };
        writeln!(ledger, "{id}\t{rust}{silent}\t{wire}\t{about}\t{}", codes.join(", ")).unwrap();
        assert!(json(&comparison, &Release::default()).contains("\"diff_version\": 1"), "{id}");
    }
    expect(&folder().join("mutations.expect"), &ledger);
}

#[test]
fn streams_are_shown_by_their_types() {
    let folder = folder().join("streams_of_other_values");
    let (old, new) = (folder.join("old.yaml"), folder.join("new.yaml"));
    let comparison = compare((&old, &Disk), (&new, &Disk), &Config::default());
    let text = json(&comparison, &Release::default());
    assert!(text.contains("JsonStream<i64>") && text.contains("JsonStream<bool>"), "{text}");
}
