//! Rules for the packages that users depend on: licences, sources, banned versions and duplicates. `deny.toml` has the
//! rules. cargo-deny checks them too (`.ci/run`). These tests need no network.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::print_stdout,
    clippy::panic,
    reason = "a test fails by panicking"
)]

use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn rules() -> toml::Table {
    fs::read_to_string(root().join("deny.toml")).unwrap().parse().unwrap()
}

/// The output of cargo. `None` if cargo needs a network that is missing.
fn cargo(arguments: &[&str]) -> Option<String> {
    for more in [&["--locked", "--offline"][..], &["--locked"]] {
        let output = Command::new(env!("CARGO")).args(arguments).args(more).current_dir(root()).output().unwrap();
        if output.status.success() {
            return Some(String::from_utf8(output.stdout).unwrap());
        }
    }
    println!("SKIPPED: cargo {} needs packages that are not available", arguments.join(" "));
    None
}

/// `quick-xml:<0.42` as a name and a bound, `getrandom@0.2` as a name and a prefix of the version.
fn named(rule: &toml::Value) -> (String, String) {
    assert!(rule["reason"].as_str().is_some_and(|reason| !reason.is_empty()), "{rule}: no reason");
    let name = rule["crate"].as_str().unwrap();
    let (name, version) = name.split_once(['@', ':']).unwrap();
    (name.to_owned(), version.to_owned())
}

#[test]
fn licences_are_allowed() {
    let Some(text) = cargo(&["metadata", "--format-version", "1", "--all-features"]) else { return };
    let metadata: Value = serde_json::from_str(&text).unwrap();
    let nodes = metadata["resolve"]["nodes"].as_array().unwrap();
    let nodes: BTreeMap<&str, &Value> = nodes.iter().map(|node| (node["id"].as_str().unwrap(), node)).collect();
    let mut open: Vec<&str> =
        metadata["workspace_members"].as_array().unwrap().iter().map(|id| id.as_str().unwrap()).collect();
    let mut used = BTreeSet::new();
    while let Some(id) = open.pop() {
        if !used.insert(id) {
            continue;
        }
        let shipped =
            |dependency: &&Value| dependency["dep_kinds"].as_array().unwrap().iter().any(|kind| kind["kind"] != "dev");
        let dependencies = nodes[id]["deps"].as_array().unwrap().iter().filter(shipped);
        open.extend(dependencies.map(|dependency| dependency["pkg"].as_str().unwrap()));
    }
    let rules = rules();
    let allowed: BTreeSet<&str> =
        rules["licenses"]["allow"].as_array().unwrap().iter().map(|licence| licence.as_str().unwrap()).collect();
    let packages = metadata["packages"].as_array().unwrap().iter();
    let packages = packages.filter(|package| used.contains(package["id"].as_str().unwrap()));
    let mut count = 0;
    for package in packages.filter(|package| !package["source"].is_null()) {
        let licence = package["license"].as_str().unwrap_or_default();
        assert!(is_allowed(licence, &allowed), "{}: {licence:?} is not in deny.toml", package["name"]);
        count += 1;
    }
    assert!(count > 100, "{count} packages");
}

/// Returns true if these licences satisfy an SPDX expression.
fn is_allowed(expression: &str, allowed: &BTreeSet<&str>) -> bool {
    let expression = expression.trim();
    // An older form of OR.
    let expression = expression.replace('/', " OR ");
    for (word, all) in [(" OR ", false), (" AND ", true)] {
        let parts = outside_of_brackets(&expression, word);
        if parts.len() > 1 {
            let mut parts = parts.into_iter();
            return if all {
                parts.all(|part| is_allowed(part, allowed))
            } else {
                parts.any(|part| is_allowed(part, allowed))
            };
        }
    }
    match expression.strip_prefix('(').and_then(|inner| inner.strip_suffix(')')) {
        Some(inner) => is_allowed(inner, allowed),
        None => allowed.contains(expression.as_str()),
    }
}

fn outside_of_brackets<'e>(expression: &'e str, word: &str) -> Vec<&'e str> {
    let (mut parts, mut depth, mut start) = (Vec::new(), 0_i32, 0);
    for (at, letter) in expression.char_indices() {
        match letter {
            '(' => depth += 1,
            ')' => depth -= 1,
            ' ' if depth == 0 && expression[at..].starts_with(word) => {
                parts.push(&expression[start..at]);
                start = at + word.len();
            }
            _ => {}
        }
    }
    parts.push(&expression[start..]);
    parts
}

#[test]
fn reads_spdx_expressions() {
    let allowed = BTreeSet::from(["MIT", "Unicode-3.0", "Apache-2.0 WITH LLVM-exception"]);
    for licence in
        ["MIT", "GPL-3.0 OR MIT", "GPL-3.0/MIT", "(GPL-3.0 OR MIT) AND Unicode-3.0", "Apache-2.0 WITH LLVM-exception"]
    {
        assert!(is_allowed(licence, &allowed), "{licence}");
    }
    for licence in ["", "GPL-3.0", "MIT AND GPL-3.0", "GPL-3.0 OR (MIT AND Apache-2.0)", "Apache-2.0"] {
        assert!(!is_allowed(licence, &allowed), "{licence}");
    }
}

#[test]
fn locked_packages_come_from_the_registry_and_are_not_banned() {
    let lock: toml::Table = fs::read_to_string(root().join("Cargo.lock")).unwrap().parse().unwrap();
    let rules = rules();
    let banned: Vec<(String, String)> = rules["bans"]["deny"].as_array().unwrap().iter().map(named).collect();
    let packages = lock["package"].as_array().unwrap();
    let mut sources = None;
    for package in packages {
        let (name, version) = (package["name"].as_str().unwrap(), package["version"].as_str().unwrap());
        if let Some(source) = package.get("source") {
            // One registry, and no repository.
            let source = source.as_str().unwrap();
            assert!(source.starts_with("registry+") && *sources.get_or_insert(source) == source, "{name}: {source}");
        }
        for (_, bound) in banned.iter().filter(|(banned, _)| banned == name) {
            let bound = bound.strip_prefix('<').unwrap();
            assert!(numbers(version) >= numbers(bound), "{name} {version} is below {bound}");
        }
    }
    // A rule about a package that is not used has no effect.
    for (name, _) in &banned {
        assert!(packages.iter().any(|package| package["name"].as_str() == Some(name)), "{name}");
    }
}

fn numbers(version: &str) -> Vec<u64> {
    version.split(['.', '-', '+']).map_while(|number| number.parse().ok()).collect()
}

/// The packages with several versions.
fn duplicates(arguments: &[&str]) -> Option<BTreeMap<String, BTreeSet<String>>> {
    let tree = ["tree", "--duplicates", "--edges", "normal", "--depth", "0", "--prefix", "none"];
    let text = cargo(&[&tree, arguments].concat())?;
    let mut found: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for line in text.lines() {
        let mut words = line.split(' ');
        if let (Some(name), Some(version)) = (words.next(), words.next().and_then(|word| word.strip_prefix('v'))) {
            found.entry(name.to_owned()).or_default().insert(version.to_owned());
        }
    }
    // One version compiled twice, for the program and for its macros, is not a duplicate.
    found.retain(|_, versions| versions.len() > 1);
    Some(found)
}

#[test]
fn generated_crate_has_no_duplicate_packages() {
    for arguments in [&["-p", "datadog-entity-context-sync"][..], &["-p", "clientsmith-runtime", "--features", "xml"]] {
        let Some(found) = duplicates(arguments) else { continue };
        assert!(found.is_empty(), "{arguments:?}: {found:?}");
    }
}

#[test]
fn duplicate_packages_have_a_reason() {
    let Some(found) = duplicates(&["-p", "clientsmith-runtime", "--all-features", "--target", "all"]) else { return };
    let rules = rules();
    let mut unused: BTreeSet<(String, String)> = rules["bans"]["skip"].as_array().unwrap().iter().map(named).collect();
    let known = unused.clone();
    for (name, versions) in found {
        let start = |version: &str, start: &str| version == start || version.starts_with(&format!("{start}."));
        let skipped = |version: &String| known.iter().find(|(known, from)| *known == name && start(version, from));
        let rest: Vec<&String> = versions.iter().filter(|version| skipped(version).is_none()).collect();
        assert!(rest.len() <= 1, "{name} has the versions {rest:?}, and deny.toml has no reason for them");
        for rule in versions.iter().filter_map(skipped) {
            unused.remove(rule);
        }
    }
    assert!(unused.is_empty(), "deny.toml has reasons for duplicates that do not exist: {unused:?}");
}
