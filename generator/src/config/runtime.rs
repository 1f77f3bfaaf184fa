//! The option `runtime`: bundled with the generated crate, or a dependency of it.

use super::error::{InvalidValue, unknown_key};
use crate::source::path::normal;
use indexmap::IndexMap;
use serde::Deserialize;
use std::fs;
use std::path::{Component, Path, PathBuf};

/// The form of the runtime in the generated crate.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(try_from = "RuntimeSetting")]
pub(crate) enum Runtime {
    /// The sources of the runtime are part of the crate.
    #[default]
    Bundled,
    /// The runtime is a dependency. At least one of the fields is set.
    Dependency {
        /// Directory, relative to the settings file or the working directory, and after [`Runtime::move_path`] to the generated crate.
        path: Option<String>,
        /// Version requirement.
        version: Option<String>,
    },
}

#[derive(Deserialize)]
#[serde(untagged)]
enum RuntimeSetting {
    Word(String),
    Table(IndexMap<String, String>),
}

impl TryFrom<RuntimeSetting> for Runtime {
    type Error = InvalidValue;

    fn try_from(setting: RuntimeSetting) -> Result<Self, InvalidValue> {
        match setting {
            RuntimeSetting::Word(word) => Self::parse(&word),
            RuntimeSetting::Table(mut table) => {
                let (path, version) = (table.shift_remove("path"), table.shift_remove("version"));
                match table.first() {
                    Some((key, _)) => Err(unknown_key(key, &["path", "version"])),
                    None if path.is_none() && version.is_none() => {
                        Err(InvalidValue::new("`runtime` needs `path`, `version` or both"))
                    }
                    None => Ok(Self::Dependency { path, version }),
                }
            }
        }
    }
}

impl Runtime {
    /// Reads `bundled`, `path:FOLDER` or a version.
    pub(super) fn parse(text: &str) -> Result<Self, InvalidValue> {
        if text == "bundled" {
            return Ok(Self::Bundled);
        }
        if let Some(path) = text.strip_prefix("path:") {
            return Ok(Self::Dependency { path: Some(path.to_owned()), version: None });
        }
        if text.starts_with(|c: char| c.is_ascii_digit() || "^=~".contains(c)) {
            return Ok(Self::Dependency { path: None, version: Some(text.to_owned()) });
        }
        Err(InvalidValue::new(format!("expected `bundled`, `path:DIRECTORY` or a version, not `{text}`")))
    }

    /// Makes a path that is relative to one directory relative to another one. An absolute path stays.
    pub(super) fn move_path(&mut self, from: &Path, to: &Path) {
        let Self::Dependency { path: Some(path), .. } = self else { return };
        if Path::new(path).is_relative() {
            *path = relative(&whole(to), &whole(&from.join(&*path)));
        }
    }

    /// Fails when the path, which is relative to the generated crate, leads to no package.
    pub(super) fn check(&self, generated: &Path) -> Result<(), InvalidValue> {
        let Self::Dependency { path: Some(path), .. } = self else { return Ok(()) };
        let package = normal(&generated.join(path));
        if package.join("Cargo.toml").is_file() {
            return Ok(());
        }
        Err(InvalidValue::new(format!(
            "`runtime`: {} is not the directory of a package; in a settings file, the path is relative to the file",
            package.display()
        )))
    }
}

/// An absolute path, without links as far as it exists.
fn whole(path: &Path) -> PathBuf {
    let absolute = normal(&std::path::absolute(path).unwrap_or_else(|_| path.to_owned()));
    let known = absolute.ancestors().find_map(|above| Some((above, fs::canonicalize(above).ok()?)));
    let Some((above, real)) = known else { return absolute };
    let rest = absolute.strip_prefix(above).unwrap_or(Path::new(""));
    // An empty path would add a slash.
    if rest.as_os_str().is_empty() { real } else { real.join(rest) }
}

/// The path from one directory to another, with slashes. It is absolute if they share only the root.
fn relative(from: &Path, to: &Path) -> String {
    let is_name = |part: &Component<'_>| matches!(part, Component::Normal(_));
    let shared = from.components().zip(to.components()).take_while(|(one, other)| one == other).count();
    if !from.components().take(shared).any(|part| is_name(&part)) {
        return to.display().to_string();
    }
    let up = from.components().skip(shared).map(|_| "..".to_owned());
    let down = to.components().skip(shared).map(|part| part.as_os_str().to_string_lossy().into_owned());
    let parts: Vec<String> = up.chain(down).collect();
    if parts.is_empty() { ".".to_owned() } else { parts.join("/") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;

    #[test]
    fn path_is_relative_to_the_crate() {
        let moved = |path: &str, from: &str, to: &str| {
            let mut runtime = Runtime::Dependency { path: Some(path.to_owned()), version: None };
            runtime.move_path(Path::new(from), Path::new(to));
            let Runtime::Dependency { path: Some(path), .. } = runtime else { return String::new() };
            path
        };
        assert_eq!(moved("vendor/rt", "", "clients/pets"), "../../vendor/rt");
        assert_eq!(moved("../rt", "spec", "pets"), "../rt");
        assert_eq!(moved("../rt", "/nowhere/a/b", "/nowhere/a/b/c"), "../../rt");
        assert_eq!(moved("rt", "/nowhere-a", "/nowhere-b/pets"), "/nowhere-a/rt");
        assert_eq!(moved("/opt/rt", "spec", "pets"), "/opt/rt");
        assert_eq!(moved(".", "pets", "pets"), ".");
    }

    #[test]
    fn reads_a_runtime_table() {
        let config = Config::parse("[runtime]\npath = '../runtime'\nversion = '0.1.0'").unwrap();
        let (path, version) = (Some("../runtime".to_owned()), Some("0.1.0".to_owned()));
        assert_eq!(config.runtime, Runtime::Dependency { path, version });
    }
}
