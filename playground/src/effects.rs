//! The difference between two crates of one description: the files that differ, and the lines of one file.

use clientsmith::output::FILE_LIST;
use indexmap::IndexMap;
use serde_json::{Value, json};
use similar::TextDiff;
use std::collections::BTreeMap;

/// The files of a crate by path.
pub(crate) type CrateFiles = IndexMap<String, String>;

/// The files that differ, each with the numbers of lines that only one of the two has. The list of files differs with any other
/// file, so it is not among them.
pub(crate) fn changed_files(old: &CrateFiles, new: &CrateFiles) -> Value {
    let removed = old.keys().filter(|path| !new.contains_key(*path));
    let paths = new.keys().chain(removed).filter(|path| *path != FILE_LIST && old.get(*path) != new.get(*path));
    let entry = |path: &String| {
        let text = |files: &CrateFiles| files.get(path).cloned().unwrap_or_default();
        let (added, removed) = counts(&text(old), &text(new));
        json!({ "path": path, "added": added, "removed": removed, "new": !old.contains_key(path) })
    };
    paths.map(entry).collect()
}

/// The numbers of lines that only the new and only the old text have. A line that moves counts for neither, so this needs no
/// comparison of sequences, which takes seconds for thousands of files.
fn counts(old: &str, new: &str) -> (u64, u64) {
    let mut lines: BTreeMap<&str, i64> = BTreeMap::new();
    new.lines().for_each(|line| *lines.entry(line).or_default() += 1);
    old.lines().for_each(|line| *lines.entry(line).or_default() -= 1);
    let sum = |sign: i64| lines.values().map(|count| count * sign).filter(|count| *count > 0).sum::<i64>();
    (sum(1).unsigned_abs(), sum(-1).unsigned_abs())
}

/// The difference of two texts in the unified format, without its head.
pub(crate) fn line_changes(old: &str, new: &str) -> String {
    TextDiff::from_lines(old, new).unified_diff().context_radius(3).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_lines_of_one_side() {
        assert_eq!(counts("a\nb\nb\n", "b\na\nc\nd\n"), (2, 1));
        assert_eq!(line_changes("a\nb\n", "a\nc\n"), "@@ -1,2 +1,2 @@\n a\n-b\n+c\n");
    }
}
