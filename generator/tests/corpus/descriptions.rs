//! The real descriptions of the shared corpus beside a checkout, and their selection for a run.

use std::fs;
use std::path::{Path, PathBuf};

/// The descriptions that every run compiles: five different kinds.
pub(crate) const COMPILED: [&str; 5] = [
    "openapi-3.0/datadog-v1.yaml",
    "openapi-3.0/datadog-v2-2024-01.yaml",
    "openapi-3.0/oxide-nexus.json",
    "openapi-3.1/mistral.yaml",
    "swagger-2.0/docker-engine.yaml",
];

/// The directory of the corpus. Prints a message if it is missing.
pub(crate) fn corpus() -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/corpus");
    if folder.join("manifest.tsv").is_file() {
        return Some(folder);
    }
    println!("SKIPPED: the shared corpus is not beside this checkout");
    None
}

/// Path and number of operations of each complete description.
pub(crate) fn descriptions(corpus: &Path) -> Vec<(String, usize)> {
    let manifest = fs::read_to_string(corpus.join("manifest.tsv")).unwrap();
    let rows = manifest.lines().skip(1).map(|line| line.split('\t').collect::<Vec<_>>());
    rows.filter(|row| !row[0].starts_with("edge/"))
        .map(|row| (row[0].to_owned(), row[2].parse().unwrap_or(0)))
        .collect()
}

/// Returns true if a variable selects a description: `all`, or parts of names separated by commas.
pub(crate) fn is_selected(variable: &str, description: &str) -> bool {
    let value = std::env::var(variable).unwrap_or_default();
    value == "all" || value.split(',').any(|part| !part.is_empty() && description.contains(part))
}

/// The name of a description's crate.
pub(crate) fn package(description: &str) -> String {
    format!("c-{}", description.replace(|c: char| !c.is_ascii_alphanumeric(), "-").to_lowercase())
}
