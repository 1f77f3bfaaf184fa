//! Settings of a client from the environment: credentials, server variables and headers.

use super::{ClientBuilder, ConfigError};
use crate::auth;
use crate::codec::param::Encoding;
use std::cell::RefCell;
use std::env::VarError;

impl ClientBuilder {
    /// Reads the environment: secrets, server variables, and headers that are set once on the client, by the names in
    /// the generated documentation. Values that were set on the builder remain. An empty variable counts as missing,
    /// and line breaks at the end of a value are removed. The secret of basic authentication is `user:password`.
    ///
    /// A missing variable is not an error here. Without a credential, a call that needs it ends with an error of the
    /// kind [`crate::ErrorKind::Auth`], which names the variables. Without a header that every operation requires,
    /// [`build`](Self::build) returns an error; without one that some operations require, their calls end with an error
    /// of the kind [`crate::ErrorKind::Build`]. A server variable has the default of the description.
    ///
    /// # Errors
    /// Returns an error when one of these variables is not valid Unicode.
    pub fn from_env(mut self) -> Result<Self, ConfigError> {
        let unreadable = RefCell::new(None);
        let read = |name: &str| match std::env::var(name) {
            // A shell's `$(cat file)` removes the line break at the end of a file; an env file and a mounted secret
            // have it.
            Ok(value) => Some(value.trim_end_matches(['\r', '\n']).to_owned()).filter(|value| !value.is_empty()),
            Err(VarError::NotPresent) => None,
            Err(VarError::NotUnicode(_)) => {
                unreadable.borrow_mut().get_or_insert_with(|| name.to_owned());
                None
            }
        };
        for variable in self.api.variables {
            let set = self.variables.iter().any(|(known, _)| *known == variable.name);
            if let Some(value) = variable.env.filter(|_| !set).and_then(read) {
                self = self.variable(variable.name, value);
            }
        }
        for header in self.header_parameters {
            let set = self.has_value(header.name);
            if let Some(value) = header.env.filter(|_| !set).and_then(read) {
                self = self.client_header(header.name, Encoding::SIMPLE, &value);
            }
        }
        for scheme in self.api.schemes {
            let set = self.credentials.iter().any(|(known, _)| *known == scheme.name);
            if let Some(source) = (!set).then(|| auth::environment(scheme, read)).flatten() {
                self = self.credential_from(scheme.name, source);
            }
        }
        match unreadable.into_inner() {
            Some(name) => Err(ConfigError::new(format!("the environment variable {name} is not Unicode"))),
            None => Ok(self),
        }
    }
}
