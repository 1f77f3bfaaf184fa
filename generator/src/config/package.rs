//! The rules of settings that become fields of `Cargo.toml`.

use super::{Config, ConfigError, package_name};

/// The oldest Rust that compiles generated crates: that of the runtime, whose packages have one `rust-version`.
pub(super) const OLDEST_RUST: &str = env!("CARGO_PKG_RUST_VERSION");

/// Checks the settings of the package.
pub(super) fn check(config: &Config) -> Result<(), ConfigError> {
    if let Some(name) = &config.name {
        check_name(name)?;
    }
    if let Some(feature) = &config.preview_feature {
        check_feature(feature)?;
    }
    let texts = [("license", &config.license), ("repository", &config.repository)];
    let empty = texts.iter().find(|(_, text)| text.as_deref().is_some_and(|text| text.trim().is_empty()));
    if let Some((option, _)) = empty {
        return Err(ConfigError::value(format!("`{option}` is empty: remove it, or give it a value")));
    }
    check_rust_version(&config.rust_version)
}

pub(super) fn check_name(name: &str) -> Result<(), ConfigError> {
    match package_name::refusal(name) {
        None => Ok(()),
        Some(reason) => Err(ConfigError::value(format!("`{name}` is not a package name: {reason}"))),
    }
}

fn check_feature(name: &str) -> Result<(), ConfigError> {
    let signs = name.chars().all(|c| c.is_ascii_alphanumeric() || "-_+.".contains(c));
    if signs && name.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '_') {
        return Ok(());
    }
    let message = format!(
        "`preview_feature` is `{name}`, which is not a name of a cargo feature: use letters, digits, `-` and `_`, with a letter first"
    );
    Err(ConfigError::value(message))
}

/// Checks that generated crates compile with a version of Rust.
fn check_rust_version(version: &str) -> Result<(), ConfigError> {
    let numbers =
        |version: &str| -> Option<Vec<u32>> { version.split('.').map(|number| number.parse().ok()).collect() };
    let message = match numbers(version) {
        Some(parts) if (2..=3).contains(&parts.len()) && parts.first() == Some(&1) => {
            if Some(parts) >= numbers(OLDEST_RUST) {
                return Ok(());
            }
            format!("`rust_version` is `{version}`, but generated crates need Rust {OLDEST_RUST} or newer")
        }
        Some(_) | None => {
            format!("`rust_version` is `{version}`, which is not a version of Rust: write it as `{OLDEST_RUST}`")
        }
    };
    Err(ConfigError::value(message))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rejects_invalid_package_name() {
        assert!(Config::parse("name = '1x'").is_err());
        assert!(Config::default().set_name("a/b").is_err());
        let error = Config::parse("name = 'test'").unwrap_err().to_string();
        assert!(error.contains("`test` is not a package name: the registry reserves it for Rust itself"), "{error}");
    }

    #[test]
    fn rejects_invalid_feature_name() {
        assert!(Config::parse("preview_feature = 'beta-calls'").is_ok());
        for name in ["", "a b", "-x"] {
            let error = Config::parse(&format!("preview_feature = '{name}'")).unwrap_err().to_string();
            assert!(error.contains("not a name of a cargo feature"), "{error}");
        }
    }

    #[test]
    fn rejects_empty_texts_and_old_rust() {
        for version in ["1.88", "1.90.1"] {
            assert!(Config::parse(&format!("rust_version = '{version}'")).is_ok());
        }
        for (settings, message) in [
            ("rust_version = '1.85'", "need Rust 1.88 or newer"),
            ("rust_version = '1'", "not a version of Rust"),
            ("rust_version = 'stable'", "not a version of Rust"),
            ("rust_version = '2.0'", "not a version of Rust"),
            ("license = ' '", "`license` is empty"),
            ("repository = ''", "`repository` is empty"),
        ] {
            let error = Config::parse(settings).unwrap_err().to_string();
            assert!(error.contains(message), "{settings}: {error}");
        }
    }
}
