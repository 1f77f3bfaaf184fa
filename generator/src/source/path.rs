//! Normal forms of paths. The disk is not read.

use std::path::{Component, Path, PathBuf};

/// A path without `.` and, as far as the path has a parent, without `..`.
pub(crate) fn normal(path: &Path) -> PathBuf {
    let mut plain = PathBuf::new();
    for part in path.components() {
        match part {
            Component::ParentDir => match plain.components().next_back() {
                Some(Component::Normal(_)) => drop(plain.pop()),
                Some(Component::RootDir | Component::Prefix(_)) => {}
                Some(Component::ParentDir | Component::CurDir) | None => plain.push(".."),
            },
            Component::CurDir => {}
            Component::Prefix(_) | Component::RootDir | Component::Normal(_) => plain.push(part),
        }
    }
    plain
}

/// Returns true for a path inside a folder. Both are [`normal`].
pub(crate) fn is_inside(path: &Path, folder: &Path) -> bool {
    let up = |path: &Path| path.components().take_while(|part| *part == Component::ParentDir).count();
    let above = up(folder);
    if path.is_relative() && folder.is_relative() && folder.components().count() == above {
        // A folder above the current one holds every path that does not lead further up.
        return up(path) <= above;
    }
    path.is_relative() == folder.is_relative() && path.strip_prefix(folder).is_ok_and(|rest| !rest.starts_with(".."))
}

/// Returns true for an address of the web in place of a path.
pub(crate) fn is_address(path: &str) -> bool {
    let scheme = path.split_once("://").map(|(scheme, _)| scheme);
    scheme.is_some_and(|scheme| ["http", "https"].iter().any(|known| scheme.eq_ignore_ascii_case(known)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn detects_paths_inside_a_directory() {
        for (path, folder) in [
            ("a", ""),
            ("a/b", "a"),
            ("../a", ".."),
            ("a", ".."),
            ("../a", "../.."),
            ("../a/b", "../a"),
            ("/a/b", "/a"),
        ] {
            assert!(is_inside(Path::new(path), Path::new(folder)), "{path} {folder}");
        }
        for (path, folder) in [
            ("../a", ""),
            ("b", "a"),
            ("../../a", ".."),
            ("../b", "../a"),
            ("/a", ""),
            ("/a", ".."),
            ("a", "/"),
            ("/ab", "/a"),
        ] {
            assert!(!is_inside(Path::new(path), Path::new(folder)), "{path} {folder}");
        }
    }
}
