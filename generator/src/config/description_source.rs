//! The option `source`: the address of the description, and the hash of the content that was downloaded.

use super::error::{InvalidValue, unknown_key};
use serde::{Deserialize, Deserializer, de::Error};
use toml::{Table, Value};

const KEYS: [&str; 2] = ["url", "sha256"];

/// The address of a description, and the content that it had.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DescriptionSource {
    url: String,
    sha256: String,
}

impl DescriptionSource {
    /// Creates a source from an `https` address without a user and a password, and the SHA-256 hash of the content in
    /// 64 lower-case hexadecimal digits.
    ///
    /// # Errors
    /// Returns the reason when one of them has another form.
    pub fn new(url: &str, sha256: &str) -> Result<Self, InvalidSource> {
        let source = Self { url: url.to_owned(), sha256: sha256.to_owned() };
        source.check()?;
        Ok(source)
    }

    /// Checks the URL and the hash.
    pub(super) fn check(&self) -> Result<(), InvalidSource> {
        let (url, sha256) = (self.url.as_str(), self.sha256.as_str());
        let (scheme, rest) = url.split_once("://").unwrap_or_default();
        let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
        if !scheme.eq_ignore_ascii_case("https") || host.is_empty() {
            return Err(InvalidSource("`url` must begin with https://"));
        }
        if host.contains('@') {
            return Err(InvalidSource("`url` must not have a user or a password, since the settings are checked in"));
        }
        if url.chars().any(|c| c.is_whitespace() || c.is_control()) {
            return Err(InvalidSource("`url` must not have spaces"));
        }
        if sha256.len() != 64 || !sha256.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b)) {
            return Err(InvalidSource("`sha256` must have 64 lower-case hexadecimal digits"));
        }
        Ok(())
    }

    /// Returns the address.
    #[must_use]
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Returns the SHA-256 hash of the content, in lower-case hexadecimal digits.
    #[must_use]
    pub fn sha256(&self) -> &str {
        &self.sha256
    }
}

/// The reason why an address or a hash cannot be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InvalidSource(&'static str);

impl std::fmt::Display for InvalidSource {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.0)
    }
}

impl std::error::Error for InvalidSource {}

pub(super) fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<DescriptionSource>, D::Error> {
    let table = Table::deserialize(deserializer)?;
    source(&table).map(Some).map_err(|wrong| D::Error::custom(format!("`source`: {wrong}")))
}

fn source(table: &Table) -> Result<DescriptionSource, InvalidValue> {
    if let Some(key) = table.keys().find(|key| !KEYS.contains(&key.as_str())) {
        return Err(unknown_key(key, &KEYS));
    }
    let text = |key: &str| {
        let text = table.get(key).and_then(Value::as_str);
        text.ok_or_else(|| InvalidValue::new(format!("`{key}` must be a string")))
    };
    Ok(DescriptionSource { url: text("url")?.to_owned(), sha256: text("sha256")?.to_owned() })
}

#[cfg(test)]
mod tests {
    use crate::config::Config;

    #[test]
    fn reads_addresses_with_hashes() {
        let hash = "0123456789abcdef".repeat(4);
        let source =
            |url: &str, sha256: &str| Config::parse(&format!("source = {{ url = '{url}', sha256 = '{sha256}' }}"));
        let config = source("https://example.com/api.yaml?v=1", &hash).unwrap();
        let read = config.source().unwrap();
        assert_eq!((read.url(), read.sha256()), ("https://example.com/api.yaml?v=1", hash.as_str()));
        for (url, sha256, words) in [
            ("http://example.com/", hash.as_str(), "must begin with https://"),
            ("https:///api.yaml", &hash, "must begin with https://"),
            ("https://me:pw@example.com/", &hash, "must not have a user or a password"),
            ("https://example.com/a b", &hash, "must not have spaces"),
            ("https://example.com/", "abc", "64 lower-case hexadecimal digits"),
            ("https://example.com/", &hash.to_uppercase(), "64 lower-case hexadecimal digits"),
        ] {
            let error = source(url, sha256).unwrap_err().to_string();
            assert!(error.contains(words) && !error.contains("me:pw"), "{error}");
        }
        for (text, words) in [
            ("'https://example.com/'", "invalid type"),
            ("{ url = 'https://example.com/' }", "`sha256` must be a string"),
            ("{ uri = 'https://example.com/' }", "did you mean `url`?"),
            ("'https://me:pw@example.com/'", "https://*****@example.com/"),
            ("{ url = 'https://me:pw@example.com/' }", "`sha256` must be a string"),
            ("{ uri = 'https://me:pw@example.com/' }", "did you mean `url`?"),
            ("{ url = 'https://me:pw@example.com/', sha256 }", "https://*****@example.com/"),
        ] {
            let error = Config::parse(&format!("source = {text}")).unwrap_err().to_string();
            assert!(error.contains(words) && !error.contains("pw"), "{error}");
        }
        for text in [
            "source = { url = 'https://example.com/?token=pw' }",
            "source = { url = 'me:pw@example.com/' }",
            "source = { url = 'https://me:pw@example.com/",
            "build_dependency = { git = 'https://me:pw@example.com/', tga = 'x' }",
            "[[api]]\nsource = 'https://me:pw@example.com/'",
        ] {
            let error = Config::parse(text).unwrap_err().to_string();
            assert!(!error.contains("pw") && error.contains("example.com/"), "{error}");
        }
        let error = Config::parse("spec = 'https://me:pw@example.com/'").unwrap_err().to_string();
        assert!(error.contains("https://*****@example.com/` is an address"), "{error}");
    }
}
