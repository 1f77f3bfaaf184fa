//! The cargo workspace around a directory, and its list of members. Knows `Cargo.toml`.

use serde::Deserialize;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use toml::{Spanned, Table};

/// A workspace.
pub(crate) struct Workspace {
    /// Path of its `Cargo.toml`.
    pub(crate) manifest: PathBuf,
    text: String,
}

/// The place of a package in a workspace.
pub(crate) enum Membership {
    /// It is a member already.
    Member,
    /// The workspace excludes it.
    Excluded,
    /// It becomes a member by this text of the manifest.
    Added(String),
    /// It is not a member, and the manifest cannot be extended.
    Missing,
}

#[derive(Deserialize, Default)]
struct Manifest {
    workspace: Option<Lists>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Lists {
    members: Option<Spanned<Vec<String>>>,
    exclude: Vec<String>,
}

/// The warning about a crate inside of a workspace that does not have it as a member, so that cargo refuses to compile it.
pub(crate) fn missing_member(package: &Path) -> Option<String> {
    let package = fs::canonicalize(package).ok()?;
    let workspace = Workspace::around(package.parent()?)?;
    if matches!(workspace.membership(&package), Membership::Member | Membership::Excluded) || is_accepted(&package) {
        return None;
    }
    let path = workspace.path_of(&package)?;
    Some(format!(
        "warning: {path} is inside of the workspace of {}, which does not have it: cargo will not compile it\n\
         help: add \"{path}\" to `members` there, or to `exclude`",
        workspace.manifest.display()
    ))
}

/// Returns true if cargo accepts a package. A path dependency of a member is a member too, without being listed.
fn is_accepted(package: &Path) -> bool {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.args(["metadata", "--no-deps", "--offline", "--format-version", "1", "--manifest-path"]);
    let run = command.arg(package.join("Cargo.toml")).stdin(Stdio::null()).output();
    run.map_or(true, |output| !String::from_utf8_lossy(&output.stderr).contains("believes it's in a workspace"))
}

impl Workspace {
    /// Returns the nearest workspace of a directory or one above it. The path is absolute.
    pub(crate) fn around(folder: &Path) -> Option<Self> {
        folder.ancestors().find_map(|above| {
            let manifest = above.join("Cargo.toml");
            let text = fs::read_to_string(&manifest).ok()?;
            let table: Table = toml::from_str(&text).ok()?;
            table.contains_key("workspace").then_some(Self { manifest, text })
        })
    }

    /// Returns the path of a directory from the workspace, with slashes.
    pub(crate) fn path_of(&self, package: &Path) -> Option<String> {
        let inside = package.strip_prefix(self.manifest.parent()?).ok()?;
        Some(inside.iter().map(|part| part.to_string_lossy()).collect::<Vec<_>>().join("/"))
    }

    /// Returns the place of a package in the workspace.
    pub(crate) fn membership(&self, package: &Path) -> Membership {
        let Some(path) = self.path_of(package) else { return Membership::Missing };
        let lists =
            toml::from_str::<Manifest>(&self.text).ok().and_then(|manifest| manifest.workspace).unwrap_or_default();
        if lists.members.iter().flat_map(Spanned::get_ref).any(|member| matches(member, &path)) {
            return Membership::Member;
        }
        // Cargo compares the beginnings of paths here.
        if lists.exclude.iter().any(|excluded| Path::new(&path).starts_with(excluded.trim_end_matches('/'))) {
            return Membership::Excluded;
        }
        let entry = toml::Value::String(path).to_string();
        let added = match lists.members {
            Some(members) => self.with_entry(members.span().start, members.get_ref().is_empty(), &entry),
            None => self.with_members(&entry),
        };
        added.filter(|text| toml::from_str::<Table>(text).is_ok()).map_or(Membership::Missing, Membership::Added)
    }

    /// The text with an entry at the beginning of the array that starts here.
    fn with_entry(&self, start: usize, is_empty: bool, entry: &str) -> Option<String> {
        let (before, rest) = self.text.split_at_checked(start)?;
        let rest = rest.strip_prefix('[')?;
        if is_empty {
            return Some(format!("{before}[{entry}{rest}"));
        }
        let indent = rest.get(..rest.len() - rest.trim_start().len())?;
        let between = if indent.contains('\n') { indent } else { " " };
        let rest = rest.trim_start();
        Some(format!("{before}[{}{entry},{between}{rest}", if indent == " " { "" } else { indent }))
    }

    /// The text with a list of members below the head of the table.
    fn with_members(&self, entry: &str) -> Option<String> {
        let mut at = 0;
        for line in self.text.split_inclusive('\n') {
            at += line.len();
            if line.split('#').next().unwrap_or_default().trim() == "[workspace]" {
                let (before, rest) = self.text.split_at_checked(at)?;
                let end = if before.ends_with('\n') { "" } else { "\n" };
                return Some(format!("{before}{end}members = [{entry}]\n{rest}"));
            }
        }
        None
    }
}

/// Returns true if a member's pattern, in which `*` and `?` stand for parts of a name, matches a path.
fn matches(pattern: &str, path: &str) -> bool {
    let pattern = pattern.trim_start_matches("./").trim_end_matches('/');
    let (patterns, names): (Vec<&str>, Vec<&str>) = (pattern.split('/').collect(), path.split('/').collect());
    patterns.len() == names.len() && patterns.iter().zip(names).all(|(pattern, name)| matches_name(pattern, name))
}

fn matches_name(pattern: &str, name: &str) -> bool {
    let mut letters = pattern.chars();
    match letters.next() {
        None => name.is_empty(),
        Some('*') => {
            let rest = letters.as_str();
            name.char_indices()
                .map(|(at, _)| at)
                .chain([name.len()])
                .any(|at| name.get(at..).is_some_and(|name| matches_name(rest, name)))
        }
        Some(letter) => {
            let mut rest = name.chars();
            rest.next().is_some_and(|first| letter == '?' || letter == first)
                && matches_name(letters.as_str(), rest.as_str())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn workspace(text: &str) -> Workspace {
        Workspace { manifest: "/w/Cargo.toml".into(), text: text.to_owned() }
    }

    fn added(text: &str) -> Option<String> {
        match workspace(text).membership(Path::new("/w/a/pets")) {
            Membership::Added(text) => Some(text),
            Membership::Member | Membership::Excluded | Membership::Missing => None,
        }
    }

    #[test]
    fn adds_a_member_and_keeps_the_rest() {
        for (before, after) in [
            ("[workspace]\nmembers = []\n", "[workspace]\nmembers = [\"a/pets\"]\n"),
            ("[workspace]\nmembers = ['x'] # all\n", "[workspace]\nmembers = [\"a/pets\", 'x'] # all\n"),
            (
                "# mine\n[workspace]\nmembers = [\n    # first\n    \"x\",\n]\n",
                "# mine\n[workspace]\nmembers = [\n    \"a/pets\",\n    # first\n    \"x\",\n]\n",
            ),
            (
                "[package]\nname = 'x'\n\n[workspace]\nresolver = '3'\n",
                "[package]\nname = 'x'\n\n[workspace]\nmembers = [\"a/pets\"]\nresolver = '3'\n",
            ),
            ("[workspace]", "[workspace]\nmembers = [\"a/pets\"]\n"),
        ] {
            assert_eq!(added(before).as_deref(), Some(after));
        }
        assert!(matches!(workspace("workspace = {}").membership(Path::new("/w/p")), Membership::Missing));
    }

    #[test]
    fn knows_members_and_excluded_directories() {
        for members in ["a/pets", "a/*", "a/p*s", "./a/pets/", "*/pe?s"] {
            let text = format!("[workspace]\nmembers = ['{members}']");
            assert!(matches!(workspace(&text).membership(Path::new("/w/a/pets")), Membership::Member), "{members}");
        }
        for members in ["a", "*", "a/pet", "a/*/pets", "b/*"] {
            assert!(added(&format!("[workspace]\nmembers = ['{members}']")).is_some(), "{members}");
        }
        let excluded = workspace("[workspace]\nmembers = ['x']\nexclude = ['a']").membership(Path::new("/w/a/pets"));
        assert!(matches!(excluded, Membership::Excluded));
    }
}
