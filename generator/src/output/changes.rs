//! The files of a crate that differ from the generated ones, and their differences as text.

use super::file_list;
use similar::{ChangeTag, TextDiff};
use std::collections::BTreeMap;
use std::time::Duration;

/// Longest time for a comparison. Very different files are compared roughly.
const LONGEST_COMPARISON: Duration = Duration::from_secs(1);

/// The files that differ, or that were written.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Changes {
    pub(super) files: Vec<Change>,
}

/// A file that differs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct FileChange<'c> {
    /// The path in the crate, with `/` between folders.
    pub path: &'c str,
    /// The number of lines only in the new file.
    pub added: usize,
    /// The number of lines only in the old file.
    pub removed: usize,
    /// True if there was no such file.
    pub is_new: bool,
    /// True if the file was edited after it was generated.
    pub is_edited: bool,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Change {
    pub(super) path: String,
    pub(super) old: Option<String>,
    pub(super) new: Option<String>,
    pub(super) is_edited: bool,
}

impl Changes {
    /// Returns true if no file differs.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.files.is_empty()
    }

    /// The number of files that differ.
    #[must_use]
    pub fn len(&self) -> usize {
        self.files.len()
    }

    /// Each file that differs, by its path in the crate.
    pub fn files(&self) -> impl Iterator<Item = FileChange<'_>> {
        self.files.iter().map(|change| {
            let (added, removed) = change.counts();
            FileChange { path: &change.path, added, removed, is_new: change.old.is_none(), is_edited: change.is_edited }
        })
    }

    /// One line for each file: `src/models.rs: +12 -3`. A new crate has one line for each folder: `src/: 12 files, 340 lines`.
    /// The list of generated files changes with any other one, so it has a line only if it differs alone.
    #[must_use]
    pub fn lines(&self) -> Vec<String> {
        let is_new_crate = self.files().any(|file| file.path == "Cargo.toml" && file.is_new);
        if !is_new_crate {
            let is_shown = |file: &FileChange<'_>| file.path != file_list::NAME || self.len() == 1;
            return self.files().filter(is_shown).map(|file| file.line()).collect();
        }
        let mut folders: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
        for file in self.files() {
            let folder = file.path.rfind('/').and_then(|end| file.path.get(..=end)).unwrap_or("./");
            let (files, lines) = folders.entry(folder).or_default();
            *files += 1;
            *lines += file.added;
        }
        let counted = |count, one: &str| if count == 1 { format!("1 {one}") } else { format!("{count} {one}s") };
        let line =
            |(folder, (files, lines))| format!("{folder}: {}, {}", counted(files, "file"), counted(lines, "line"));
        folders.into_iter().map(line).collect()
    }

    /// The texts of a file before and after, if it differs.
    pub(crate) fn of(&self, path: &str) -> Option<(&str, &str)> {
        self.files.iter().find(|change| change.path == path).map(Change::sides)
    }

    /// The differences in the unified format.
    #[must_use]
    pub fn diff(&self) -> String {
        self.files.iter().map(Change::diff).collect()
    }
}

impl FileChange<'_> {
    fn line(&self) -> String {
        let edited = if self.is_edited { " (edited)" } else { "" };
        format!("{}: +{} -{}{edited}", self.path, self.added, self.removed)
    }
}

impl Change {
    fn sides(&self) -> (&str, &str) {
        (self.old.as_deref().unwrap_or_default(), self.new.as_deref().unwrap_or_default())
    }

    /// The numbers of lines only in the new and only in the old file.
    fn counts(&self) -> (usize, usize) {
        let (old, new) = self.sides();
        if old.is_empty() || new.is_empty() {
            return (new.lines().count(), old.lines().count());
        }
        let compared = line_diff(old, new);
        let count_of = |tag| compared.iter_all_changes().filter(|change| change.tag() == tag).count();
        (count_of(ChangeTag::Insert), count_of(ChangeTag::Delete))
    }

    /// The difference of a file in the unified format, as `patch` reads it.
    fn diff(&self) -> String {
        let (old, new) = self.sides();
        let name = |side: &str, there: bool| {
            if there { format!("{side}/{}", self.path) } else { "/dev/null".to_owned() }
        };
        let (before, after) = (name("a", self.old.is_some()), name("b", self.new.is_some()));
        line_diff(old, new).unified_diff().context_radius(3).header(&before, &after).to_string()
    }
}

fn line_diff<'t>(old: &'t str, new: &'t str) -> TextDiff<'t, 't, str> {
    TextDiff::configure().timeout(LONGEST_COMPARISON).diff_lines(old, new)
}
