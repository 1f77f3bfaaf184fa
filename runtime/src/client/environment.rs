//! What a client takes from the environment: credentials and server variables.

use super::{ClientBuilder, ConfigError, SchemeKind};
use crate::auth::{self, Need};

impl ClientBuilder {
    /// Takes what the environment has: secrets and server variables by the names that the document gives. What was
    /// set on the builder stays. User and password of basic authentication stand together, as `user:password`.
    ///
    /// # Errors
    /// When no alternative of the API's security can be met: names what is missing.
    pub fn from_env(mut self) -> Result<Self, ConfigError> {
        let read = |name: &str| std::env::var(name).ok().filter(|value| !value.is_empty());
        for variable in self.api.variables {
            let set = self.variables.iter().any(|(known, _)| *known == variable.name);
            if let Some(value) = variable.env.filter(|_| !set).and_then(read) {
                self = self.variable(variable.name, value);
            }
        }
        for scheme in self.api.schemes {
            let set = self.credentials.iter().any(|(known, _)| *known == scheme.name);
            if let Some(source) = (!set).then(|| auth::environment(scheme, read)).flatten() {
                self = self.credential_from(scheme.name, source);
            }
        }
        let has = |name: &str| self.credentials.iter().any(|(known, _)| *known == name);
        // Nobody's secret: the transport must prove who calls.
        let elsewhere = |name: &str| {
            let scheme = self.api.schemes.iter().find(|scheme| scheme.name == name);
            scheme.is_some_and(|scheme| scheme.kind == SchemeKind::Other)
        };
        let there = |need: &Need| has(need.scheme) || elsewhere(need.scheme);
        let met = self.api.security.is_empty() || self.api.security.iter().any(|needed| needed.iter().all(there));
        if met {
            return Ok(self);
        }
        let env = |need: &Need| {
            let scheme = self.api.schemes.iter().find(|scheme| scheme.name == need.scheme);
            scheme.and_then(|scheme| scheme.env).unwrap_or(need.scheme).to_owned()
        };
        let alternatives: Vec<String> = self
            .api
            .security
            .iter()
            .map(|needed| needed.iter().filter(|need| !there(need)).map(env).collect::<Vec<_>>().join(" and "))
            .collect();
        Err(ConfigError::new(format!("not in the environment: {}", alternatives.join(", or "))))
    }
}
