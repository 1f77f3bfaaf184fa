//! The facts of a generated crate about its API: the server URL and the security schemes.

use crate::auth::SecurityRequirement;

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
    /// The alternatives of credentials for a request that the description does not define: the description's own
    /// requirements, then those of its operations. The first complete alternative is used; all its schemes are sent.
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

/// A security scheme of the description.
#[doc(hidden)]
#[derive(Debug)]
#[non_exhaustive]
pub struct SecurityScheme {
    /// The name in the description.
    pub name: &'static str,
    /// The place of the secret.
    pub kind: SchemeKind,
    /// The environment variable that may hold the secret.
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

    /// Sets the alternatives of credentials for requests that the description does not define.
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

impl SecurityScheme {
    /// Creates a scheme from its name in the description and the place of the secret.
    #[must_use]
    pub const fn new(name: &'static str, kind: SchemeKind) -> Self {
        Self { name, kind, env: None }
    }

    /// Sets the environment variable that may hold the secret.
    #[must_use]
    pub const fn env(mut self, name: &'static str) -> Self {
        self.env = Some(name);
        self
    }
}

/// The place of a secret in the request.
#[doc(hidden)]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum SchemeKind {
    /// A header, with the secret as its value.
    Header(&'static str),
    /// A query parameter.
    Query(&'static str),
    /// A cookie.
    Cookie(&'static str),
    /// `Authorization: Basic`.
    Basic,
    /// `Authorization: Bearer`.
    Bearer,
    /// `Authorization: Bearer`, with a token from a token server.
    #[non_exhaustive]
    OAuth {
        /// The token URL of the client credentials flow; may be relative.
        client_credentials: Option<&'static str>,
        /// The URL that refreshes tokens; may be relative.
        refresh: Option<&'static str>,
        /// The URL of the authorization server's metadata (RFC 8414), or of the server itself; may be relative.
        metadata: Option<&'static str>,
    },
    /// `Authorization: Bearer`, with a token from the token server of an OpenID provider.
    #[non_exhaustive]
    OpenId {
        /// The URL of the provider's metadata, or of the provider itself; may be relative.
        provider: &'static str,
    },
    /// No place: the transport must authenticate.
    Other,
}

impl SchemeKind {
    /// Creates the kind of a token from a token server without a known URL.
    #[must_use]
    pub const fn oauth() -> Self {
        Self::OAuth { client_credentials: None, refresh: None, metadata: None }
    }

    /// Creates the kind of a token from an OpenID provider, whose URL may be relative.
    #[must_use]
    pub const fn open_id(provider: &'static str) -> Self {
        Self::OpenId { provider }
    }

    /// Sets the token URL of the client credentials flow. Has no effect on a kind without a token server.
    #[must_use]
    pub const fn client_credentials(self, address: &'static str) -> Self {
        match self {
            Self::OAuth { refresh, metadata, .. } => {
                Self::OAuth { client_credentials: Some(address), refresh, metadata }
            }
            other => other,
        }
    }

    /// Sets the URL that refreshes tokens. Has no effect on a kind without a token server.
    #[must_use]
    pub const fn refresh(self, address: &'static str) -> Self {
        match self {
            Self::OAuth { client_credentials, metadata, .. } => {
                Self::OAuth { client_credentials, refresh: Some(address), metadata }
            }
            other => other,
        }
    }

    /// Sets the URL of the token server's metadata (RFC 8414). Has no effect on a kind without a token server.
    #[must_use]
    pub const fn metadata(self, address: &'static str) -> Self {
        match self {
            Self::OAuth { client_credentials, refresh, .. } => {
                Self::OAuth { client_credentials, refresh, metadata: Some(address) }
            }
            other => other,
        }
    }

    /// Returns true if the secret is a token.
    pub(crate) const fn takes_tokens(self) -> bool {
        matches!(self, Self::Bearer | Self::OAuth { .. } | Self::OpenId { .. })
    }
}
