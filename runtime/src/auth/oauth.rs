//! The settings of OAuth 2.0 credentials (RFC 6749).

use crate::secrets::Secret;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

/// The settings by which access tokens are obtained from a token server. The client obtains a token when the first call
/// needs one. It refreshes the token before its end: one call does so, and the others wait or use the old token. It
/// also refreshes the token once when the server refuses it.
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
    pub(super) issued: Option<Arc<Report>>,
}

type Report = dyn Fn(&IssuedToken) + Send + Sync;

#[derive(Clone)]
pub(super) enum Grant {
    ClientCredentials,
    RefreshToken(Secret),
}

/// The authentication of the program at the token server (RFC 6749, section 2.3.1).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum ClientAuthentication {
    /// The header `Authorization: Basic`, which every token server must support.
    #[default]
    Header,
    /// The members `client_id` and `client_secret` of the body, for servers that support nothing else.
    Body,
}

/// The tokens in a response of a token server.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct IssuedToken {
    /// The access token.
    pub access_token: Secret,
    /// The lifetime, if the server sent it.
    pub lifetime: Option<Duration>,
    /// The refresh token for the next request, if the server sent one. It replaces the one before.
    pub refresh_token: Option<Secret>,
}

impl OAuth {
    /// Creates the settings of the client credentials flow, for a program that acts for itself (RFC 6749, section 4.4).
    #[must_use]
    pub fn client_credentials(id: impl Into<String>, secret: impl Into<String>) -> Self {
        Self::new(Grant::ClientCredentials, id.into()).client_secret(secret)
    }

    /// Creates the settings of a refresh token, for a program that acts for a user who has authorized it (RFC 6749,
    /// section 6). `id` is the client id of the program.
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

    /// Sets the client secret of the program; none by default with a refresh token.
    #[must_use]
    pub fn client_secret(mut self, secret: impl Into<String>) -> Self {
        self.client_secret = Some(Secret::from(secret.into()));
        self
    }

    /// Sets the authentication of the program; [`ClientAuthentication::Header`] by default.
    #[must_use]
    pub const fn client_authentication(mut self, authentication: ClientAuthentication) -> Self {
        self.authentication = authentication;
        self
    }

    /// Sets the URL of the token endpoint; by default that of the description or of its OpenID provider. A relative URL
    /// starts at the URL of the API.
    #[must_use]
    pub fn token_url(mut self, url: impl Into<String>) -> Self {
        self.token_url = Some(url.into());
        self
    }

    /// Sets the scopes of every token. By default, a token of the client credentials flow is requested with the scopes
    /// of the operation that needs it and serves all operations that need no other scopes. A refresh token has its own
    /// scopes.
    #[must_use]
    pub fn scopes<S: Into<String>>(mut self, scopes: impl IntoIterator<Item = S>) -> Self {
        self.scopes = Some(scopes.into_iter().map(Into::into).collect());
        self
    }

    /// Adds a parameter to the token request, such as `audience`.
    #[must_use]
    pub fn parameter(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.parameters.push((name.into(), value.into()));
        self
    }

    /// Sets the time between the refresh of a token and its end; 60 s by default, and at most half of the token's
    /// lifetime.
    #[must_use]
    pub const fn margin(mut self, margin: Duration) -> Self {
        self.margin = margin;
        self
    }

    /// Sets the time limit of a token request with its retries; 60 s by default. It is separate from the limits of
    /// calls: a call waits for the request within the call's `timeout`, and the request continues when the call gives
    /// up, so that a refresh token which the server replaces is not lost. An attempt takes no longer than the client's
    /// `attempt_timeout`.
    #[must_use]
    pub const fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = timeout;
        self
    }

    /// Sets the minimum time between two refreshes that follow a refusal (status 401); 30 s by default, and zero for no
    /// minimum. Within this time, a call whose new token is refused as well ends with its status 401.
    #[must_use]
    pub const fn refresh_interval(mut self, interval: Duration) -> Self {
        self.refresh_interval = interval;
        self
    }

    /// Sets how long a refusal by the token server (for example status 400 or 401) applies to later calls; 5 s by
    /// default, and zero for not at all. Within this time, calls end with the same error without a request to the token
    /// server. Transient failures are not remembered: no connection, no response in time, and the statuses 408, 429 and
    /// 5xx.
    #[must_use]
    pub const fn refusal_memory(mut self, memory: Duration) -> Self {
        self.refusal_memory = memory;
        self
    }

    /// Allows another `token_type`, compared without case. Its tokens are sent like those of the type `Bearer`. By
    /// default, a token of another type than `Bearer` is refused (RFC 6749, section 7.1).
    #[must_use]
    pub fn token_type(mut self, name: impl Into<String>) -> Self {
        self.token_types.push(name.into());
        self
    }

    /// Returns true for the type of a token that can be sent. Apigee uses the name `BearerToken`.
    pub(super) fn takes(&self, kind: &str) -> bool {
        let known = ["Bearer", "BearerToken"].into_iter().chain(self.token_types.iter().map(String::as_str));
        known.into_iter().any(|known| known.eq_ignore_ascii_case(kind))
    }

    /// Sets a function that receives every new token, for example to store a refresh token that changes with each use.
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
