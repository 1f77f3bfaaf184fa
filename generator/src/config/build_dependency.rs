//! The option `build_dependency`: the entry of `clientsmith` among the build dependencies of the generated crate.

use super::error::{InvalidValue, unknown_key};
use serde::{Deserialize, Deserializer, de::Error};
use toml::Value;

pub(super) const KEYS: [&str; 8] = ["version", "path", "git", "branch", "tag", "rev", "registry", "package"];

pub(super) fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    let value = Value::deserialize(deserializer)?;
    entry(&value).map(Some).map_err(|wrong| D::Error::custom(format!("`build_dependency`: {wrong}")))
}

/// Reads the entry, and returns it as TOML.
fn entry(value: &Value) -> Result<String, InvalidValue> {
    let place = "`version`, `path` or `git`";
    match value {
        Value::String(version) if version.starts_with(|c: char| c.is_ascii_digit() || "^=~".contains(c)) => {}
        Value::Table(table) => {
            if let Some(key) = table.keys().find(|key| !KEYS.contains(&key.as_str())) {
                return Err(unknown_key(key, &KEYS));
            }
            if !["version", "path", "git"].iter().any(|key| table.contains_key(*key)) {
                return Err(InvalidValue::new(format!("the table needs {place}")));
            }
            if let Some((key, _)) = table.iter().find(|(_, value)| !value.is_str()) {
                return Err(InvalidValue::new(format!("`{key}` must be a string")));
            }
        }
        _ => return Err(InvalidValue::new(format!("expected a version of clientsmith, or a table with {place}"))),
    }
    Ok(value.to_string())
}

#[cfg(test)]
mod tests {
    use crate::config::Config;

    #[test]
    fn reads_versions_and_tables() {
        for (text, entry) in [
            ("'0.1'", "\"0.1\""),
            ("{path = '../generator'}", "{ path = \"../generator\" }"),
            ("{git = 'https://example.com/x', rev = 'abc'}", "{ git = \"https://example.com/x\", rev = \"abc\" }"),
        ] {
            let config = Config::parse(&format!("build_dependency = {text}")).unwrap();
            assert_eq!(config.build_dependency.as_deref(), Some(entry));
        }
        for (text, words) in [
            ("'vendored'", "expected a version of clientsmith, or a table"),
            ("true", "expected a version"),
            ("{pth = '..'}", "did you mean `path`?"),
            ("{rev = 'abc'}", "the table needs `version`, `path` or `git`"),
            ("{path = 1}", "`path` must be a string"),
        ] {
            let error = Config::parse(&format!("build_dependency = {text}")).unwrap_err().to_string();
            assert!(error.contains(words), "{error}");
        }
    }
}
