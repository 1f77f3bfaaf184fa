//! The file `.clientsmith` of a generated crate: the generated files with their fingerprints. It tells generated files from
//! other ones, and files as they were generated from edited ones.

use super::fingerprint::Fingerprint;
use indexmap::IndexMap;
use std::collections::{BTreeMap, BTreeSet};

/// The name of the list of generated files in a crate.
pub const NAME: &str = ".clientsmith";

/// The files that earlier runs generated.
#[derive(Debug, Default)]
pub(super) struct FileList {
    /// Paths with fingerprints. Several: git merged two lists. None: an older version wrote the list.
    files: BTreeMap<String, BTreeSet<Fingerprint>>,
}

impl FileList {
    /// Reads a list: one path in a line, with its fingerprint. Lines of other forms name no file that exists.
    pub(super) fn parse(text: &str) -> Self {
        let mut files: BTreeMap<String, BTreeSet<Fingerprint>> = BTreeMap::new();
        for line in text.lines() {
            let both = line.rsplit_once(' ').and_then(|(path, hash)| Some((path, Fingerprint::parse(hash)?)));
            let (path, hash) = both.map_or((line, None), |(path, hash)| (path, Some(hash)));
            files.entry(path.to_owned()).or_default().extend(hash);
        }
        Self { files }
    }

    /// The text of the list of these files.
    pub(super) fn text(files: &IndexMap<String, String>) -> String {
        files.iter().map(|(path, text)| format!("{path} {}\n", Fingerprint::of(path, text))).collect()
    }

    pub(super) fn paths(&self) -> impl Iterator<Item = &str> {
        self.files.keys().map(String::as_str)
    }

    /// Removes a file that belongs to the user now.
    pub(super) fn forget(&mut self, path: &str) {
        self.files.remove(path);
    }

    pub(super) fn contains(&self, path: &str) -> bool {
        self.files.contains_key(path)
    }

    /// Returns true if a file has another content, apart from its layout, than it was generated with and than it has next.
    /// After a merge of two lists the content may be a merge too, so it is not an edit.
    pub(super) fn is_edited(&self, path: &str, text: &str, next: Option<&str>) -> bool {
        let mut hashes = self.files.get(path).into_iter().flatten();
        let (Some(written), None) = (hashes.next(), hashes.next()) else { return false };
        let found = Fingerprint::of(path, text);
        found != *written && next.is_none_or(|next| found != Fingerprint::of(path, next))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_edited_files() {
        let generated = |text: &str| IndexMap::from([("src/lib.rs".to_owned(), text.to_owned())]);
        let one = FileList::text(&generated("mod a;\n"));
        let list = FileList::parse(&one);
        assert_eq!(list.paths().collect::<Vec<_>>(), ["src/lib.rs"]);
        assert!(!list.is_edited("src/lib.rs", "mod a;\r\n", None) && list.is_edited("src/lib.rs", "mod b;\n", None));
        assert!(!list.is_edited("src/lib.rs", "mod b;\n", Some("mod b;\n\n")), "it will have this content");
        assert!(!list.is_edited("src/other.rs", "mod b;\n", None));
        // A merge with both lists, and a list of an older version.
        let other = FileList::text(&generated("mod c;\n"));
        for text in [format!("<<<<<<< one\n{one}=======\n{other}>>>>>>> other\n"), "src/lib.rs\n".to_owned()] {
            let list = FileList::parse(&text);
            assert!(list.contains("src/lib.rs") && !list.is_edited("src/lib.rs", "mod b;\n", None), "{text}");
        }
    }
}
