//! How access tokens are got (RFC 6749): data that callers set.

use crate::values::secret::Secret;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

/// How access tokens are got from a token server. They are got when the first call needs one, renewed ahead of their
/// end by one call while the others wait or use the old one, and once more when the server refuses one.
#[derive(Clone)]
pub struct OAuth {
    pub(super) grant: Grant,
    pub(super) client_id: String,
    pub(super) client_secret: Option<Secret>,
    pub(super) authentication: ClientAuthentication,
    pub(super) token_url: Option<String>,
    pub(super) scopes: Option<Vec<String>>,
    pub(super) parameters: Vec<(String, String)>,
    pub(super) token_types: Vec<String>,
    pub(super) margin: Duration,
    pub(super) timeout: Duration,
    pub(super) refresh_interval: Duration,
    pub(super) refusal_memory: Duration,
    pub(super) issued: Option<Arc<Told>>,
}

type Told = dyn Fn(&IssuedToken) + Send + Sync;

#[derive(Clone)]
pub(super) enum Grant {
    ClientCredentials,
    RefreshToken(Secret),
}

/// How the program proves itself to the token server (RFC 6749, section 2.3.1).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum ClientAuthentication {
    /// `Authorization: Basic`, which every server must know.
    #[default]
    Header,
    /// `client_id` and `client_secret` in the body, for servers that know nothing else.
    Body,
}

/// What a token server gave.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct IssuedToken {
    /// The access token.
    pub access_token: Secret,
    /// How long it is good, where the server says so.
    pub lifetime: Option<Duration>,
    /// The refresh token for the next time, where the server gave one. It takes the place of the one before.
    pub refresh_token: Option<Secret>,
}

impl OAuth {
    /// For a program that acts for itself (RFC 6749, section 4.4).
    #[must_use]
    pub fn client_credentials(id: impl Into<String>, secret: impl Into<String>) -> Self {
        Self::new(Grant::ClientCredentials, id.into()).client_secret(secret)
    }

    /// For a program that acts for a person who has agreed to it before (RFC 6749, section 6).
    #[must_use]
    pub fn refresh_token(id: impl Into<String>, token: impl Into<String>) -> Self {
        Self::new(Grant::RefreshToken(Secret::from(token.into())), id.into())
    }

    const fn new(grant: Grant, client_id: String) -> Self {
        Self {
            grant,
            client_id,
            client_secret: None,
            authentication: ClientAuthentication::Header,
            token_url: None,
            scopes: None,
            parameters: Vec::new(),
            token_types: Vec::new(),
            margin: Duration::from_secs(60),
            timeout: Duration::from_secs(60),
            refresh_interval: Duration::from_secs(30),
            refusal_memory: Duration::from_secs(5),
            issued: None,
        }
    }

    /// The secret of the program.
    #[must_use]
    pub fn client_secret(mut self, secret: impl Into<String>) -> Self {
        self.client_secret = Some(Secret::from(secret.into()));
        self
    }

    /// How the program proves itself; [`ClientAuthentication::Header`] unless set.
    #[must_use]
    pub const fn client_authentication(mut self, authentication: ClientAuthentication) -> Self {
        self.authentication = authentication;
        self
    }

    /// Another token server than the document's, or than that of its OpenID provider. A relative address starts from the API's own.
    #[must_use]
    pub fn token_url(mut self, url: impl Into<String>) -> Self {
        self.token_url = Some(url.into());
        self
    }

    /// The scopes of every token. Unless set, a token of client credentials is asked for with the scopes of the
    /// operation that needs it, and kept for all that need no more; a refresh token keeps the scopes that it has.
    #[must_use]
    pub fn scopes<S: Into<String>>(mut self, scopes: impl IntoIterator<Item = S>) -> Self {
        self.scopes = Some(scopes.into_iter().map(Into::into).collect());
        self
    }

    /// A parameter that the token server wants besides, such as `audience`.
    #[must_use]
    pub fn parameter(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.parameters.push((name.into(), value.into()));
        self
    }

    /// How long before its end a token is renewed; 60 s unless set, and never more than half of its lifetime.
    #[must_use]
    pub const fn margin(mut self, margin: Duration) -> Self {
        self.margin = margin;
        self
    }

    /// Sets how long a token request may take with its retries; 60 s unless set. That is a time of its own: a call waits for the
    /// request within the call's `timeout`, and the request goes on when the call gives up, so that a refresh token which the
    /// server replaces is not lost. An attempt takes no longer than the client's `attempt_timeout`.
    #[must_use]
    pub const fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = timeout;
        self
    }

    /// Sets the least time between two refreshes that follow a refusal (status 401); 30 s unless set, and zero for none. Within
    /// it, a call whose new token is refused as well ends with its status 401.
    #[must_use]
    pub const fn refresh_interval(mut self, interval: Duration) -> Self {
        self.refresh_interval = interval;
        self
    }

    /// Sets how long a refusal by the token server (status 400 or 401, say) holds for the calls that come after it; 5 s unless
    /// set, and zero for not at all. They end with the same error, and the server is not asked again meanwhile. Failures
    /// that may pass are not remembered: no connection, no response in time, and the statuses 408, 429 and 5xx.
    #[must_use]
    pub const fn refusal_memory(mut self, memory: Duration) -> Self {
        self.refusal_memory = memory;
        self
    }

    /// Allows one more `token_type`, compared without case, whose tokens are sent as `Bearer` ones are. Unless allowed, a token of
    /// another type than `Bearer` is refused (RFC 6749, section 7.1).
    #[must_use]
    pub fn token_type(mut self, name: impl Into<String>) -> Self {
        self.token_types.push(name.into());
        self
    }

    /// Whether a token of this type can be sent. `BearerToken` is what Apigee calls it.
    pub(super) fn takes(&self, kind: &str) -> bool {
        let known = ["Bearer", "BearerToken"].into_iter().chain(self.token_types.iter().map(String::as_str));
        known.into_iter().any(|known| known.eq_ignore_ascii_case(kind))
    }

    /// Is told of every new token: the place to keep a refresh token that changes with each use.
    #[must_use]
    pub fn on_token(mut self, report: impl Fn(&IssuedToken) + Send + Sync + 'static) -> Self {
        self.issued = Some(Arc::new(report));
        self
    }
}

impl fmt::Debug for OAuth {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let grant = match self.grant {
            Grant::ClientCredentials => "client credentials",
            Grant::RefreshToken(_) => "refresh token",
        };
        f.debug_struct("OAuth").field("grant", &grant).field("client_id", &self.client_id).finish_non_exhaustive()
    }
}
