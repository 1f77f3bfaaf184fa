//! The tables `include`, `exclude` and `prune`: their keys.

use super::error::{ConfigError, unknown_option};
use toml::{Table, Value};

const SELECTION: &[&str] = &["tags", "paths", "operations", "methods", "deprecated"];
const PRUNE: &[&str] = &["keep", "unused"];

/// Rejects keys that the tables do not have.
pub(super) fn check(settings: &Table) -> Result<(), ConfigError> {
    for (name, known) in [("include", SELECTION), ("exclude", SELECTION), ("prune", PRUNE)] {
        let Some(Value::Table(table)) = settings.get(name) else { continue };
        if let Some(key) = table.keys().find(|key| !known.contains(&key.as_str())) {
            return Err(unknown_option(key, known));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use crate::Config;

    #[test]
    fn reads_valid_and_rejects_invalid_tables() {
        let text = "exclude.tags = ['a']\n[include]\ndeprecated = false\npaths = ['/a/**']\n[prune]\nkeep = ['Pet']\nunused = true";
        let config = Config::parse(text).unwrap();
        assert_eq!((config.include.deprecated, &config.exclude.tags[..]), (Some(false), &["a".to_owned()][..]));
        assert!(config.prune.unused && config.prune.keep == ["Pet"]);
        for (text, words) in [
            ("[include]\ntag = ['a']", "there is no option `tag`; did you mean `tags`? [E0601]"),
            ("[exclude]\nkeep = ['a']", "there is no option `keep`"),
            ("[prune]\nunusd = true", "did you mean `unused`?"),
            ("[include]\ntags = 'a'", "expected a sequence"),
            ("[exclude]\ndeprecated = 'yes'", "expected a boolean"),
            ("include = ['a']", "invalid type"),
        ] {
            let error = Config::parse(text).unwrap_err().to_string();
            assert!(error.contains(words), "{text}: {error}");
        }
    }
}
