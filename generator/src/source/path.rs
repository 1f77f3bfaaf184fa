//! Normal forms of paths, and addresses in their place. The disk is not read.

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

/// A text with asterisks in place of the users, passwords and queries of the URLs in it.
pub(crate) fn without_secrets(text: &str) -> String {
    let is_around = |c: char| c.is_whitespace() || matches!(c, '"' | '\'' | '`' | '<' | '>');
    text.split_inclusive(is_around).map(without_secrets_of_word).collect()
}

/// A word with asterisks in place of the user, password and query of a URL. A user without a scheme has a password.
fn without_secrets_of_word(word: &str) -> String {
    let hidden = |text: &str| text.chars().map(|_| '*').collect::<String>();
    let (scheme, rest) = word.split_at(word.find("://").map_or(0, |at| at.saturating_add(3)));
    let (rest, query) = rest.split_at(rest.find('?').filter(|_| !scheme.is_empty()).unwrap_or(rest.len()));
    let (authority, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
    let (user, host) = authority.split_at(authority.rfind('@').unwrap_or_default());
    let user = if scheme.is_empty() && !user.contains(':') { user.to_owned() } else { hidden(user) };
    let (query, end) = query.split_at(query.trim_end_matches(|c: char| !c.is_alphanumeric()).len());
    let query = query.strip_prefix('?').map_or_else(String::new, |query| format!("?{}", hidden(query)));
    format!("{scheme}{user}{host}{path}{query}{end}")
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
    fn texts_have_no_secrets_of_urls() {
        for (text, shown) in [
            ("url = 'https://me:pw@x.org/a'", "url = 'https://*****@x.org/a'"),
            ("{url = https://pw@x.org?key=1}", "{url = https://**@x.org?*****}"),
            ("\"ssh://a:b@x\", 'HTTP://c@d'", "\"ssh://***@x\", 'HTTP://*@d'"),
            ("'me:pw@x.org/a'", "'*****@x.org/a'"),
        ] {
            assert_eq!(without_secrets(text), shown);
        }
        let text = "git@x.org:a/b.git <me@x.org> https://x.org/@scope/a? what?";
        assert_eq!(without_secrets(text), text);
    }

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
