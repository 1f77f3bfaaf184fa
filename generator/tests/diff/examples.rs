//! The examples of docs/diff.md: for each rule the difference of two descriptions and what `diff` reports of it.

use super::{case, expect, folder};
use clientsmith::diff::Rule;
use similar::TextDiff;
use std::fmt::Write;
use std::fs;
use std::path::Path;

/// The mark before the examples. They end the page.
const START: &str =
    "<!-- The rest of this page is written by `UPDATE_EXPECT=1 cargo test -p clientsmith --test diff`. -->\n";

/// Rules that no change has today.
const UNUSED: &[&str] = &["D106"];

#[test]
fn page_has_an_example_of_each_rule() {
    let mut text = String::new();
    for rule in Rule::ALL {
        let (code, title) = (rule.code(), rule.title());
        let folder = folder().join(format!("rule_{}", code.to_lowercase()));
        assert_eq!(folder.is_dir(), !UNUSED.contains(&code), "{code}");
        if folder.is_dir() {
            text.push_str(&example(&folder, code, title));
        }
    }
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/diff.md");
    let before = fs::read_to_string(&page).unwrap();
    let (head, _) = before.split_once(START).unwrap();
    expect(&page, &format!("{head}{START}\n{}\n", text.trim_end()));
}

fn example(folder: &Path, code: &str, title: &str) -> String {
    let reported = case(folder);
    let lines: Vec<&str> = reported.lines().filter(|line| line.contains(&format!("[{code}]: "))).collect();
    assert!(!lines.is_empty(), "{code}: {reported}");
    let pairs = [("old.yaml", "new.yaml"), ("old.toml", "clientsmith.toml")];
    let (old, new) = if folder.join("old.toml").exists() { pairs[1] } else { pairs[0] };
    let read = |name: &str| fs::read_to_string(folder.join(name)).unwrap();
    let (before, now) = (read(old), read(new));
    let texts = TextDiff::from_lines(&before, &now);
    let difference = texts.unified_diff().context_radius(2).to_string();
    let difference: String =
        difference.lines().filter(|line| !line.starts_with("@@")).fold(String::new(), |all, line| all + line + "\n");
    let mut text = format!("### {code}: {title}\n\n```diff\n{difference}```\n\n```text\n");
    for line in lines {
        writeln!(text, "{line}").unwrap();
    }
    text + "```\n\n"
}
