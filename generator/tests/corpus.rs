//! Real documents from the shared corpus beside a checkout: every operation is there, and the printed crates compile
//! without a warning. Says so when the corpus is not there.
//!
//! `CLIENTSMITH_CORPUS=all` generates every document; `CLIENTSMITH_CORPUS_CHECK=all` compiles them all too.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::print_stdout,
    clippy::panic,
    reason = "a test fails by panicking"
)]

use clientsmith::output::write::{Mode, write};
use clientsmith::source::files::Disk;
use clientsmith::{Config, generate};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Compiled on every run: five shapes of document.
const COMPILED: [&str; 5] = [
    "openapi-3.0/datadog-v1.yaml",
    "openapi-3.0/datadog-v2-2024-01.yaml",
    "openapi-3.0/oxide-nexus.json",
    "openapi-3.1/mistral.yaml",
    "swagger-2.0/docker-engine.yaml",
];

fn corpus() -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/corpus");
    if folder.join("manifest.tsv").is_file() {
        return Some(folder);
    }
    println!("the shared corpus is not beside this checkout: nothing tried");
    None
}

/// Path and number of operations of each whole document.
fn documents(corpus: &Path) -> Vec<(String, usize)> {
    let manifest = fs::read_to_string(corpus.join("manifest.tsv")).unwrap();
    let rows = manifest.lines().skip(1).map(|line| line.split('\t').collect::<Vec<_>>());
    rows.filter(|row| !row[0].starts_with("edge/"))
        .map(|row| (row[0].to_owned(), row[2].parse().unwrap_or(0)))
        .collect()
}

fn all(variable: &str) -> bool {
    std::env::var(variable).is_ok_and(|value| value == "all")
}

/// One line of `corpus.expect`: what a document gives. Every operation that the manifest counts is printed or left out
/// with a reason; there are more where paths are references, which the manifest does not follow.
fn figures(corpus: &Path, document: &str, operations: usize) -> String {
    let generated = generate(&corpus.join(document), &Disk, &Config::default());
    let errors = clientsmith::report::short(&generated.diagnostics.list, &generated.sources);
    let Some(output) = generated.output else { panic!("{document}: {errors}") };
    let surface: serde_json::Value = serde_json::from_str(&output.files["surface.json"]).unwrap();
    let count = |key: &str| surface[key].as_array().unwrap().len();
    let untyped = surface["untyped"].as_array().unwrap();
    assert!(count("operations") + count("skipped") >= operations, "{document}: {operations} operations");
    let fallback = untyped.iter().filter(|place| place["fallback"] == true).count();
    format!(
        "{document} operations={} types={} skipped={} untyped={} fallback={fallback}",
        count("operations"),
        count("types"),
        count("skipped"),
        untyped.len() - fallback,
    )
}

/// The figures of every document are written down, so that a change of them is seen in review.
/// `CLIENTSMITH_CORPUS=all UPDATE_EXPECT=1` writes them anew.
#[test]
fn every_document_gives_what_the_ledger_says() {
    let Some(corpus) = corpus() else { return };
    let ledger = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus.expect");
    let expected = fs::read_to_string(&ledger).unwrap_or_default();
    let everything = all("CLIENTSMITH_CORPUS");
    let small = |document: &str| fs::metadata(corpus.join(document)).is_ok_and(|file| file.len() < 100_000);
    let mut documents = documents(&corpus);
    documents.retain(|(document, _)| everything || small(document) || COMPILED.contains(&document.as_str()));
    let found: Vec<String> =
        documents.iter().map(|(document, operations)| figures(&corpus, document, *operations)).collect();
    assert!(found.len() > 20);
    if everything && std::env::var_os("UPDATE_EXPECT").is_some() {
        fs::write(&ledger, found.join("\n") + "\n").unwrap();
        return;
    }
    let known: Vec<&str> = expected.lines().collect();
    let new: Vec<&String> = found.iter().filter(|line| !known.contains(&line.as_str())).collect();
    assert!(new.is_empty(), "not in the ledger: {new:#?}");
}

#[test]
fn printed_crates_compile_without_a_warning() {
    let Some(corpus) = corpus() else { return };
    let workspace = Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/corpus");
    let runtime = Path::new(env!("CARGO_MANIFEST_DIR")).join("../runtime").canonicalize().unwrap();
    let mut members = Vec::new();
    for (document, _) in documents(&corpus) {
        if !all("CLIENTSMITH_CORPUS_CHECK") && !COMPILED.contains(&document.as_str()) {
            continue;
        }
        let name = format!("c-{}", document.replace(|c: char| !c.is_ascii_alphanumeric(), "-").to_lowercase());
        let mut config = Config::default();
        config.set_name(&name).unwrap();
        config.set_runtime(&format!("path:{}", runtime.display())).unwrap();
        let generated = generate(&corpus.join(&document), &Disk, &config);
        let Some(output) = generated.output else { panic!("{document} was not printed") };
        write(&output, &workspace.join(&name), Mode::Write { force: true }).unwrap();
        members.push(format!("{name:?}"));
    }
    let manifest = format!("[workspace]\nresolver = \"3\"\nmembers = [{}]\n", members.join(", "));
    fs::write(workspace.join("Cargo.toml"), manifest).unwrap();
    let mut check = Command::new(env!("CARGO"));
    check.args(["check", "--workspace", "--all-targets"]).current_dir(&workspace);
    check.env("CARGO_TARGET_DIR", workspace.join("target")).env("RUSTFLAGS", "-D warnings");
    let done = check.output().unwrap();
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
}
