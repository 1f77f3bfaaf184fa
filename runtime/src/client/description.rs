//! The facts of a generated crate about its API, such as the server URL.

use crate::auth::{SecurityRequirement, SecurityScheme};

/// The facts about an API. For generated code.
#[doc(hidden)]
#[derive(Debug)]
#[non_exhaustive]
pub struct Api {
    /// The value of `User-Agent`, as `name/version`.
    pub user_agent: &'static str,
    /// The template of the first server's URL; may be empty.
    pub server: &'static str,
    /// The variables of the template.
    pub variables: &'static [ServerVariable],
    /// The security schemes.
    pub schemes: &'static [SecurityScheme],
    /// The security requirements of a request that the description does not define: those of the description, then those of
    /// its operations. The request has the credentials of the first one for which the client has them all.
    pub security: &'static [&'static [SecurityRequirement]],
}

/// A variable of the server URL.
#[doc(hidden)]
#[derive(Debug)]
#[non_exhaustive]
pub struct ServerVariable {
    /// The name in the template.
    pub name: &'static str,
    /// The value, unless the caller sets another one.
    pub default: &'static str,
    /// The environment variable that may hold the value.
    pub env: Option<&'static str>,
}

impl Api {
    /// Creates the facts from the value of `User-Agent` and the template of the first server's URL, which may be empty.
    #[must_use]
    pub const fn new(user_agent: &'static str, server: &'static str) -> Self {
        Self { user_agent, server, variables: &[], schemes: &[], security: &[] }
    }

    /// Sets the variables of the server URL.
    #[must_use]
    pub const fn variables(mut self, variables: &'static [ServerVariable]) -> Self {
        self.variables = variables;
        self
    }

    /// Sets the security schemes.
    #[must_use]
    pub const fn schemes(mut self, schemes: &'static [SecurityScheme]) -> Self {
        self.schemes = schemes;
        self
    }

    /// Sets the security requirements of requests that the description does not define.
    #[must_use]
    pub const fn security(mut self, alternatives: &'static [&'static [SecurityRequirement]]) -> Self {
        self.security = alternatives;
        self
    }
}

impl ServerVariable {
    /// Creates a variable from its name in the template and its default.
    #[must_use]
    pub const fn new(name: &'static str, default: &'static str) -> Self {
        Self { name, default, env: None }
    }

    /// Sets the environment variable that may hold the value.
    #[must_use]
    pub const fn env(mut self, name: &'static str) -> Self {
        self.env = Some(name);
        self
    }
}
