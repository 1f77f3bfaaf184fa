//! The settings in the pages are settings.

use super::root;
use clientsmith::Config;
use std::fs;

/// Pages whose TOML is something else, with the reason.
const OTHERS: [(&str, &str); 3] = [
    ("diagnostics.md", "examples with faults, which `explain` tests"),
    ("lock.md", "a lock"),
    ("publishing.md", "a part of a `Cargo.toml`"),
];

#[test]
fn settings_of_the_pages_are_accepted() {
    let mut count = 0;
    for entry in fs::read_dir(root().join("docs")).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap();
        if !name.ends_with(".md") || OTHERS.iter().any(|(other, _)| *other == name) {
            continue;
        }
        let text = fs::read_to_string(&path).unwrap();
        for block in text.split("```toml\n").skip(1) {
            // Each part of a project with several APIs is settings of one. The hash of an address is shortened.
            let block = block.split("```").next().unwrap().replace("5f0c…", &"5f0c".repeat(16));
            for part in block.split("[[api]]") {
                let result = Config::parse(part);
                assert!(result.is_ok(), "{name}: {}\n{part}", result.unwrap_err());
                count += 1;
            }
        }
    }
    assert!(count > 10, "{count}");
}
