//! The quotations of README.md: code of the checked-in crate, and figures of docs/benchmarks.md.

use super::{blocks, root};
use std::fs;

#[test]
fn excerpt_of_the_readme_is_in_the_generated_crate() {
    let readme = fs::read_to_string(root().join("README.md")).unwrap();
    let blocks = blocks(&readme);
    let (file, excerpt) = blocks.first().unwrap().text.split_once('\n').unwrap();
    let file = file.strip_prefix("// From ").unwrap();
    assert!(file.starts_with("generated/src/"), "{file}");
    let source = fs::read_to_string(root().join(file)).unwrap();
    // A line `// …` stands for any lines.
    let mut rest = source.as_str();
    let mut parts = 0;
    for part in excerpt.split("// …").map(str::trim).filter(|part| !part.is_empty()) {
        let start = rest.find(part).unwrap_or_else(|| panic!("{file} does not have this text here:\n{part}"));
        rest = rest.get(start + part.len()..).unwrap();
        parts += 1;
    }
    assert!(parts > 0, "the excerpt is empty");
}

/// The rows of a table of a page, from its head on, as trimmed cells.
fn table(page: &str, head: &str) -> Vec<Vec<String>> {
    let text = fs::read_to_string(root().join(page)).unwrap();
    let rows = text.split(head).nth(1).unwrap_or_else(|| panic!("{page} has no table with {head}")).lines().skip(2);
    let rows = rows.take_while(|row| row.starts_with('|'));
    rows.map(|row| row.trim_matches('|').split('|').map(|cell| cell.trim().to_owned()).collect()).collect()
}

/// The words of a cell before the first comma or colon: CPU seconds, or the reason.
fn first(cell: &str) -> &str {
    cell.split([',', ':']).next().unwrap()
}

#[test]
fn figures_of_the_readme_are_those_of_the_benchmarks() {
    let readme =
        table("README.md", "| | clientsmith | ploidy 0.15 | oas3-gen 0.29 | openapi-to-rust 0.23 | progenitor 0.15 |");
    let generated = table(
        "docs/benchmarks.md",
        "| description | clientsmith | oas3-gen 0.29 | ploidy 0.15 | openapi-to-rust 0.23 | progenitor 0.15 |",
    );
    let checked = table("docs/benchmarks.md", "| description | clientsmith | oas3-gen | ploidy | openapi-to-rust |");
    assert_eq!(readme.len(), 6);
    for (rows, name) in readme.chunks(2).zip(["GitHub", "Stripe", "Kubernetes"]) {
        for (own, theirs) in rows.iter().zip([&generated, &checked]) {
            let theirs = theirs.iter().find(|row| row.first().is_some_and(|first| first == name)).unwrap();
            // The columns of the README, in its order.
            for (own, column) in own.iter().skip(1).zip([1, 3, 2, 4, 5]) {
                let figure = theirs.get(column).map_or("", |cell| first(cell));
                assert_eq!(first(own), figure, "{name}, column {column}");
            }
        }
    }
}
