//! The error of a credential that cannot be sent or obtained.

use std::fmt;

/// The reason why a credential cannot be sent or obtained, without its secrets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct CredentialError(String);

impl CredentialError {
    pub(super) fn new(reason: impl Into<String>) -> Self {
        Self(reason.into())
    }
}

impl fmt::Display for CredentialError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for CredentialError {}
