//! The security schemes of the description, and the schemes that an operation requires.

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

/// A security scheme that an operation requires. For generated code.
#[doc(hidden)]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct SecurityRequirement {
    /// The name of the scheme in the description.
    pub scheme: &'static str,
    /// The scopes that the operation requires.
    pub scopes: &'static [&'static str],
}

impl SecurityRequirement {
    /// Creates a requirement from the name of the scheme and the required scopes.
    #[must_use]
    pub const fn new(scheme: &'static str, scopes: &'static [&'static str]) -> Self {
        Self { scheme, scopes }
    }
}
