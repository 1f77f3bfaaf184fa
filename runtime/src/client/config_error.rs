//! The error of a client that cannot be built.

use crate::auth::CredentialError;
use crate::transport::TransportError;
use std::fmt;

/// The reason why a client cannot be built.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConfigError(pub(super) String);

impl ConfigError {
    pub(in crate::client) fn new(message: impl Into<String>) -> Self {
        Self(message.into())
    }
}

impl fmt::Display for ConfigError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for ConfigError {}

impl From<CredentialError> for ConfigError {
    fn from(error: CredentialError) -> Self {
        Self::new(error.to_string())
    }
}

impl From<TransportError> for ConfigError {
    fn from(error: TransportError) -> Self {
        Self::new(error.to_string())
    }
}
