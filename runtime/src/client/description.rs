//! What the generated crate knows of its API: the address, and the security schemes.

use crate::auth::SecurityRequirement;

/// Facts about an API that the printed crate hands over.
#[derive(Debug)]
#[non_exhaustive]
pub struct Api {
    /// What the client calls itself, `name/version`.
    pub user_agent: &'static str,
    /// Template of the first server; may be empty.
    pub server: &'static str,
    /// Variables of the template.
    pub variables: &'static [ServerVariable],
    /// Every security scheme.
    pub schemes: &'static [SecurityScheme],
    /// What a request beyond the description is sent with, the first alternative that is there: the description's own requirements,
    /// then those of its operations, as schemes that are needed together.
    pub security: &'static [&'static [SecurityRequirement]],
}

/// A variable of the server's address.
#[derive(Debug)]
#[non_exhaustive]
pub struct ServerVariable {
    /// In the template.
    pub name: &'static str,
    /// When none is given.
    pub default: &'static str,
    /// Environment variable that may hold it.
    pub env: Option<&'static str>,
}

/// A way to prove who calls.
#[derive(Debug)]
#[non_exhaustive]
pub struct SecurityScheme {
    /// As in the document.
    pub name: &'static str,
    /// Where the secret goes.
    pub kind: SchemeKind,
    /// Environment variable that may hold the secret.
    pub env: Option<&'static str>,
}

impl Api {
    /// Starts with what the client calls itself and the template of the first server, which may be empty.
    #[must_use]
    pub const fn new(user_agent: &'static str, server: &'static str) -> Self {
        Self { user_agent, server, variables: &[], schemes: &[], security: &[] }
    }

    /// Sets the variables of the server's template.
    #[must_use]
    pub const fn variables(mut self, variables: &'static [ServerVariable]) -> Self {
        self.variables = variables;
        self
    }

    /// Sets every security scheme.
    #[must_use]
    pub const fn schemes(mut self, schemes: &'static [SecurityScheme]) -> Self {
        self.schemes = schemes;
        self
    }

    /// Sets what a request beyond the description is sent with.
    #[must_use]
    pub const fn security(mut self, alternatives: &'static [&'static [SecurityRequirement]]) -> Self {
        self.security = alternatives;
        self
    }
}

impl ServerVariable {
    /// Starts with the name in the template and the default.
    #[must_use]
    pub const fn new(name: &'static str, default: &'static str) -> Self {
        Self { name, default, env: None }
    }

    /// Names the environment variable that may hold the value.
    #[must_use]
    pub const fn env(mut self, name: &'static str) -> Self {
        self.env = Some(name);
        self
    }
}

impl SecurityScheme {
    /// Starts with the name in the description and the place of the secret.
    #[must_use]
    pub const fn new(name: &'static str, kind: SchemeKind) -> Self {
        Self { name, kind, env: None }
    }

    /// Names the environment variable that may hold the secret.
    #[must_use]
    pub const fn env(mut self, name: &'static str) -> Self {
        self.env = Some(name);
        self
    }
}

/// Where a secret goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum SchemeKind {
    /// In a header, as it is.
    Header(&'static str),
    /// In the query.
    Query(&'static str),
    /// In a cookie.
    Cookie(&'static str),
    /// `Authorization: Basic`.
    Basic,
    /// `Authorization: Bearer`.
    Bearer,
    /// `Authorization: Bearer`, with a token from a token server.
    #[non_exhaustive]
    OAuth {
        /// Token address of the client credentials flow; may be relative.
        client_credentials: Option<&'static str>,
        /// Where a refresh token gives another access token; may be relative.
        refresh: Option<&'static str>,
        /// Where the server says what it has (RFC 8414), or the server itself; may be relative.
        metadata: Option<&'static str>,
    },
    /// `Authorization: Bearer`, with a token from the token server of an OpenID provider.
    #[non_exhaustive]
    OpenId {
        /// Where the provider says what it has, or the provider itself; may be relative.
        provider: &'static str,
    },
    /// Nowhere: the transport must do it.
    Other,
}

impl SchemeKind {
    /// Makes the kind of a token from a token server, of which no address is known.
    #[must_use]
    pub const fn oauth() -> Self {
        Self::OAuth { client_credentials: None, refresh: None, metadata: None }
    }

    /// Makes the kind of a token from an OpenID provider, whose address may be relative.
    #[must_use]
    pub const fn open_id(provider: &'static str) -> Self {
        Self::OpenId { provider }
    }

    /// Sets the token address of the client credentials flow; nothing for a kind without token server.
    #[must_use]
    pub const fn client_credentials(self, address: &'static str) -> Self {
        match self {
            Self::OAuth { refresh, metadata, .. } => {
                Self::OAuth { client_credentials: Some(address), refresh, metadata }
            }
            other => other,
        }
    }

    /// Sets the address where a refresh token gives another access token; nothing for a kind without token server.
    #[must_use]
    pub const fn refresh(self, address: &'static str) -> Self {
        match self {
            Self::OAuth { client_credentials, metadata, .. } => {
                Self::OAuth { client_credentials, refresh: Some(address), metadata }
            }
            other => other,
        }
    }

    /// Sets the address of the token server's metadata (RFC 8414); nothing for a kind without token server.
    #[must_use]
    pub const fn metadata(self, address: &'static str) -> Self {
        match self {
            Self::OAuth { client_credentials, refresh, .. } => {
                Self::OAuth { client_credentials, refresh, metadata: Some(address) }
            }
            other => other,
        }
    }

    /// Whether its secret is a token.
    pub(crate) const fn takes_tokens(self) -> bool {
        matches!(self, Self::Bearer | Self::OAuth { .. } | Self::OpenId { .. })
    }
}
