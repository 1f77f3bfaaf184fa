//! Rules for the sources of this project.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::print_stdout,
    clippy::panic,
    reason = "a test fails by panicking"
)]

use std::fs;
use std::path::{Path, PathBuf};

const BANNED: [&str; 6] = ["util.rs", "utils.rs", "common.rs", "helpers.rs", "misc.rs", "types.rs"];

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            found.push(path);
        }
    }
}

fn hand_written() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut found = Vec::new();
    for folder in ["generator/src", "cli/src", "runtime/src"] {
        sources(&root.join(folder), &mut found);
    }
    assert!(found.len() > 30);
    found
}

#[test]
fn files_are_small_and_documented() {
    for path in hand_written() {
        let text = fs::read_to_string(&path).unwrap();
        let name = path.file_name().unwrap().to_str().unwrap();
        assert!(!BANNED.contains(&name) && name != "mod.rs", "{}: a generic name", path.display());
        assert!(text.lines().count() <= 400, "{}: over 400 lines", path.display());
        assert!(text.starts_with("//!"), "{}: no module documentation", path.display());
    }
}

#[test]
fn stages_use_only_lower_layers() {
    let banned = [
        ("generator/src/api", vec!["crate::lower", "crate::plan", "crate::emit", "crate::source"]),
        ("generator/src/emit", vec!["crate::api", "crate::lower", "crate::config", "crate::source", "crate::spec"]),
        ("generator/src/plan", vec!["crate::lower", "crate::source", "crate::spec", "crate::resolve", "crate::emit"]),
        ("generator/src/lower", vec!["crate::plan", "crate::emit", "crate::config", "crate::output"]),
        ("generator/src/source", vec!["crate::spec", "crate::api", "crate::lower", "crate::plan"]),
    ];
    for path in hand_written() {
        let text = fs::read_to_string(&path).unwrap();
        let shown = path.display().to_string();
        for (folder, words) in &banned {
            let is_room = shown.contains(&format!("{folder}/")) || shown.contains(&format!("{folder}.rs"));
            for word in words {
                assert!(!is_room || !text.contains(&format!("use {word}")), "{shown} uses {word}");
            }
        }
    }
}

/// Findings about the command line and the machine, which no description can cause, with the files of their tests.
const ELSEWHERE: [(&str, &str); 6] = [
    ("E0101", "tests/broken.rs"),
    ("E0102", "tests/broken.rs"),
    ("E0103", "tests/broken.rs"),
    ("E0601", "../cli/tests/ending.rs"),
    ("E0701", "../cli/tests/command.rs"),
    ("E0702", "../cli/tests/output.rs"),
];

#[test]
fn each_code_has_a_case() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut diagnostics = String::new();
    let mut open = vec![root.join("tests/cases")];
    while let Some(next) = open.pop() {
        for entry in fs::read_dir(next).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
            } else if path.ends_with("diagnostics.txt") {
                diagnostics.push_str(&fs::read_to_string(&path).unwrap());
            }
        }
    }
    for code in clientsmith::diagnostic::Code::all().map(clientsmith::diagnostic::Code::as_str) {
        let shown = match ELSEWHERE.iter().find(|(known, _)| *known == code) {
            Some((_, test)) => fs::read_to_string(root.join(test)).unwrap().contains(code),
            None => diagnostics.contains(&format!("[{code}]")),
        };
        assert!(shown, "{code} has no case that shows it");
    }
}

/// Each row of `docs/resilience.md` names a test.
#[test]
fn resilience_rows_name_tests() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let text = fs::read_to_string(root.join("docs/resilience.md")).unwrap();
    let rows: Vec<&str> = text.lines().filter(|line| line.starts_with("| ") && !line.starts_with("| fault")).collect();
    assert!(rows.len() > 15);
    for row in rows {
        let shown = row.rsplit('|').nth(1).unwrap();
        let (mut tests, mut source) = (0, String::new());
        for word in shown.split('`').skip(1).step_by(2) {
            if word.ends_with(".rs") {
                source = fs::read_to_string(root.join(word)).unwrap_or_else(|error| panic!("{word}: {error}"));
            } else if !source.is_empty() && word.chars().all(|letter| letter == '_' || letter.is_ascii_lowercase()) {
                let defined = [format!("fn {word}("), format!("fn {word}<"), format!("both!({word},")];
                assert!(defined.iter().any(|defined| source.contains(defined)), "{word}");
                tests += 1;
            }
        }
        assert!(tests > 0, "no test in the row {row}");
    }
}
