//! The reasons why settings cannot be used.

use crate::diagnostic::Code;
use crate::pattern::nearest;
use std::fmt;
use std::path::PathBuf;

/// Settings that cannot be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConfigError {
    kind: ConfigErrorKind,
    file: Option<PathBuf>,
    message: String,
}

/// The kinds of [`ConfigError`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum ConfigErrorKind {
    /// The settings file cannot be read.
    Unreadable,
    /// The settings file is not UTF-8.
    NotUtf8,
    /// The settings are not TOML.
    Syntax,
    /// There is no such option.
    UnknownOption,
    /// The option does not allow this value.
    InvalidValue,
}

impl ConfigError {
    pub(super) fn new(kind: ConfigErrorKind, message: impl Into<String>) -> Self {
        Self { kind, file: None, message: without_users(&message.into()) }
    }

    pub(super) fn value(message: impl Into<String>) -> Self {
        Self::new(ConfigErrorKind::InvalidValue, message)
    }

    pub(crate) fn in_file(mut self, file: impl Into<PathBuf>) -> Self {
        self.file = Some(file.into());
        self
    }

    /// Adds the table of the settings that the error is about.
    pub(super) fn in_table(mut self, table: &str) -> Self {
        self.message.insert_str(0, &format!("{table}: "));
        self
    }

    /// The kind of the error.
    #[must_use]
    pub const fn kind(&self) -> ConfigErrorKind {
        self.kind
    }

    /// The code of the error in diagnostics.
    #[must_use]
    pub const fn code(&self) -> Code {
        Code::SettingInvalid
    }
}

impl fmt::Display for ConfigError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(file) = &self.file {
            write!(f, "{}: ", file.display())?;
        }
        write!(f, "{} [{}]", self.message, self.code().as_str())
    }
}

impl std::error::Error for ConfigError {}

/// The reason why an option does not allow a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct InvalidValue {
    reason: String,
}

impl InvalidValue {
    pub(super) fn new(reason: impl Into<String>) -> Self {
        Self { reason: reason.into() }
    }
}

impl fmt::Display for InvalidValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.reason)
    }
}

impl std::error::Error for InvalidValue {}

/// A message without the users and passwords of its addresses. Errors of TOML quote the whole line.
fn without_users(message: &str) -> String {
    let mut shown = String::with_capacity(message.len());
    let mut rest = message;
    while let Some((before, after)) = rest.split_once("://") {
        shown.extend([before, "://"]);
        let end = after.find(|c: char| c.is_whitespace() || "/?#'\"`".contains(c)).unwrap_or(after.len());
        let user = after.get(..end).and_then(|host| host.rfind('@')).unwrap_or_default();
        // As many signs, because another line marks the position of the error.
        shown.extend(after.chars().take(after.get(..user).map_or(0, |user| user.chars().count())).map(|_| '*'));
        rest = after.get(user..).unwrap_or_default();
    }
    shown + rest
}

/// An error about a key of an option's table that the option does not have.
pub(super) fn unknown_key(key: &str, known: &[&str]) -> InvalidValue {
    InvalidValue::new(unknown(key, known))
}

/// An error about an option that does not exist.
pub(super) fn unknown_option(key: &str, known: &[&str]) -> ConfigError {
    ConfigError::new(ConfigErrorKind::UnknownOption, unknown(key, known))
}

fn unknown(key: &str, known: &[&str]) -> String {
    match nearest(key, known) {
        Some(name) => format!("there is no option `{key}`; did you mean `{name}`?"),
        None => format!("there is no option `{key}`; the options are {}", known.join(", ")),
    }
}
