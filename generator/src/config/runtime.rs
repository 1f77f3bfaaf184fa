//! The option `runtime`: bundled with the generated crate, or a dependency of it.

use super::error::{InvalidValue, unknown_key};
use indexmap::IndexMap;
use serde::Deserialize;

/// The form of the runtime in the generated crate.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(try_from = "RuntimeSetting")]
pub(crate) enum Runtime {
    /// The sources of the runtime are part of the crate.
    #[default]
    Bundled,
    /// The runtime is a dependency. At least one of the fields is set.
    Dependency {
        /// Directory, relative to the generated crate.
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
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;

    #[test]
    fn reads_a_runtime_table() {
        let config = Config::parse("[runtime]\npath = '../runtime'\nversion = '0.1.0'").unwrap();
        let (path, version) = (Some("../runtime".to_owned()), Some("0.1.0".to_owned()));
        assert_eq!(config.runtime, Runtime::Dependency { path, version });
    }
}
