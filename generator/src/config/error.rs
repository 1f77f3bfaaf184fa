//! The reasons why settings cannot be used.

use crate::diagnostic::Code;
use crate::pattern::nearest;
use crate::source::path::without_secrets;
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
        // Errors of TOML quote lines of the settings.
        Self { kind, file: None, message: without_secrets(&message.into()) }
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
