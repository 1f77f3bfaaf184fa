//! The builder of clients. It reports every error before the first call.

use super::client_headers::{ClientHeader, HeaderParameterValue};
use super::decoding::LargeBodies;
use super::server_url::{self, VariableValues};
use super::timeouts::Timeouts;
use super::{Api, Client, ConfigError, Shared};
use crate::auth::{self, Credential, CredentialSource};
use crate::client::hook::Hook;
use crate::codec::misfits::MisfitPolicy;
use crate::codec::param::header_value;
use crate::response::ClientLimits;
use crate::retry::{Backoff, Budget, Pacing, RetryPolicy};
use crate::secrets::{Secret, is_secret_name};
use crate::transport::Transport;
use crate::uri::{for_display, same_origin};
use http::header::{COOKIE, HeaderMap, HeaderName, USER_AGENT};
use std::fmt;
use std::sync::Arc;

/// Builds a client. The `ClientBuilder` at the root of a generated crate wraps it, and is the one that programs use.
#[derive(Clone)]
pub struct ClientBuilder {
    pub(super) api: &'static Api,
    pub(super) base: Option<String>,
    pub(super) variables: Vec<(&'static str, String)>,
    pub(super) credentials: Vec<(&'static str, CredentialSource)>,
    added_headers: Vec<(String, String)>,
    pub(super) header_parameters: &'static [ClientHeader],
    pub(super) header_parameter_values: Vec<HeaderParameterValue>,
    pub(super) anonymous: bool,
    pub(super) raw_cookies: bool,
    user_agent: Option<String>,
    pub(super) timeouts: Timeouts,
    retries: u32,
    pub(super) limits: ClientLimits,
    pub(super) large_bodies: Option<LargeBodies>,
    pub(super) misfits: MisfitPolicy,
    hooks: Vec<Arc<dyn Hook>>,
    policy: Option<Arc<dyn RetryPolicy>>,
    budget: u32,
    paced: bool,
    #[cfg(feature = "metrics")]
    meter: Option<Arc<dyn crate::client::metrics::Meter>>,
    transport: Option<Arc<dyn Transport>>,
    #[cfg(feature = "blocking")]
    blocking: Option<Arc<dyn Transport>>,
}

impl fmt::Debug for ClientBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ClientBuilder")
            .field("base", &self.base.as_deref().map(for_display))
            .field("credentials", &self.credentials)
            .finish_non_exhaustive()
    }
}

impl ClientBuilder {
    /// Creates a builder with the defaults: 60 s for a call with its retries, 30 s for an attempt, 2 retries of a call
    /// and 50 of all calls, 64 MiB for a response body.
    #[doc(hidden)]
    #[must_use]
    pub const fn new(api: &'static Api) -> Self {
        Self {
            api,
            base: None,
            variables: Vec::new(),
            credentials: Vec::new(),
            added_headers: Vec::new(),
            header_parameters: &[],
            header_parameter_values: Vec::new(),
            anonymous: false,
            raw_cookies: false,
            user_agent: None,
            timeouts: Timeouts::new(),
            retries: 2,
            limits: ClientLimits::new(),
            large_bodies: None,
            misfits: MisfitPolicy::new(),
            hooks: Vec::new(),
            policy: None,
            budget: 50,
            paced: false,
            #[cfg(feature = "metrics")]
            meter: None,
            transport: None,
            #[cfg(feature = "blocking")]
            blocking: None,
        }
    }

    /// Sets another server URL than the description's, including its path: `https://proxy.example/api/v3` where the
    /// description's server is `https://example.com/api/v3`. If the path is missing, the error of a status 404 says so.
    #[must_use]
    pub fn base_url(mut self, base: impl Into<String>) -> Self {
        self.base = Some(base.into());
        self
    }

    /// Sets a variable of the server URL.
    #[must_use]
    pub fn variable(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.variables.retain(|(known, _)| *known != name);
        self.variables.push((name, value.into()));
        self
    }

    /// Sets the secret of a security scheme.
    #[must_use]
    pub fn credential(self, scheme: &'static str, value: impl Into<String>) -> Self {
        self.credential_from(scheme, Secret::from(value.into()))
    }

    /// Sets the user and the password of a security scheme.
    #[must_use]
    pub fn credential_basic(self, scheme: &'static str, user: &str, password: &str) -> Self {
        self.credential_from(scheme, auth::basic(user, password))
    }

    /// Sets the source of a security scheme's secret: a callback, or a token server.
    #[must_use]
    pub fn credential_from(mut self, scheme: &'static str, source: impl Into<CredentialSource>) -> Self {
        self.credentials.retain(|(known, _)| *known != scheme);
        self.credentials.push((scheme, source.into()));
        self
    }

    /// Adds a header to every call: a version, a tenant, or a parameter of every operation. A call's own header of that
    /// name replaces it, except `Cookie`, which is joined. `Accept` replaces that of the operations, but not that of
    /// streams; `Content-Type` does not replace that of a body. No error, log or `Debug` shows the value of `Authorization`
    /// or of another header whose name marks a secret, and no redirect takes a header to another origin.
    #[must_use]
    pub fn header(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.added_headers.push((name.into(), value.into()));
        self
    }

    /// Sets the value of `User-Agent`.
    #[must_use]
    pub fn user_agent(mut self, name: impl Into<String>) -> Self {
        self.user_agent = Some(name.into());
        self
    }

    /// Sets the maximum number of retries of a call; 2 by default. Only requests that are safe to send twice are
    /// retried, and those that the server did not process: no connection, 429, 403 with `Retry-After`.
    #[must_use]
    pub const fn max_retries(mut self, retries: u32) -> Self {
        self.retries = retries;
        self
    }

    /// Sets the number of retries that all calls of the client may make together; 50 by default. Ten calls that succeed
    /// allow one more. The budget protects a server in trouble from a flood of retries.
    #[must_use]
    pub const fn retry_budget(mut self, retries: u32) -> Self {
        self.budget = retries;
        self
    }

    /// Sets the rule that decides which attempts are retried, and after how long;
    /// [`Backoff`](crate::retry::Backoff) by default.
    #[must_use]
    pub fn retry_policy(mut self, policy: impl RetryPolicy + 'static) -> Self {
        self.policy = Some(Arc::new(policy));
        self
    }

    /// Sets whether calls are delayed when the server reports that a rate limit is nearly exhausted, so that it is not
    /// exceeded. A limit is that of one operation, or of all operations for which the server sends the same
    /// `X-RateLimit-Resource`.
    #[must_use]
    pub const fn pace(mut self, paced: bool) -> Self {
        self.paced = paced;
        self
    }

    /// Sets the receiver of the client's metrics.
    #[cfg(feature = "metrics")]
    #[must_use]
    pub fn meter(mut self, meter: impl crate::client::metrics::Meter + 'static) -> Self {
        self.meter = Some(Arc::new(meter));
        self
    }

    /// Adds a hook around every request, after the hooks that were added before.
    #[must_use]
    pub fn hook(mut self, hook: impl Hook + 'static) -> Self {
        self.hooks.push(Arc::new(hook));
        self
    }

    /// Sets another HTTP implementation for blocking calls only.
    #[cfg(feature = "blocking")]
    #[must_use]
    pub fn blocking_transport(mut self, transport: impl Transport + 'static) -> Self {
        self.blocking = Some(Arc::new(transport));
        self
    }

    /// Sets another HTTP implementation, also for blocking calls unless `blocking_transport` sets theirs. With `Hyper` or
    /// `Reqwest`, blocking calls need a tokio runtime too.
    #[must_use]
    pub fn transport(mut self, transport: impl Transport + 'static) -> Self {
        self.transport = Some(Arc::new(transport));
        self
    }

    /// Builds the client.
    ///
    /// # Errors
    /// Returns an error when a value cannot be sent, or the server URL is missing or invalid.
    pub fn build(self) -> Result<Client, ConfigError> {
        let base = self.address()?;
        let (added_headers, header_parameter_values) = (self.built_headers()?, self.built_header_parameters()?);
        let (missing_base_path, replaces_servers) = (self.missing_base_path(&base), self.replaces_servers(&base));
        let mut credentials = Vec::new();
        for (name, source) in &self.credentials {
            let Some(scheme) = self.api.schemes.iter().find(|scheme| scheme.name == *name) else {
                return Err(ConfigError::new(format!("the API has no security scheme {name}")));
            };
            let source = source.prepare(scheme)?;
            credentials.push(Credential { scheme, source });
        }
        Ok(Client(Arc::new(Shared {
            api: self.api,
            base,
            replaces_servers,
            variables: self.variables,
            credentials,
            added_headers,
            header_parameters: self.header_parameters,
            header_parameter_values,
            anonymous: self.anonymous,
            raw_cookies: self.raw_cookies,
            missing_base_path,
            timeout: self.timeouts.call,
            attempt_timeout: self.timeouts.attempt(),
            stream_idle: self.timeouts.stream_idle(),
            retries: self.retries,
            limits: Arc::new(self.limits),
            large_bodies: self.large_bodies,
            misfits: self.misfits,
            hooks: self.hooks,
            policy: self.policy.unwrap_or_else(|| Arc::new(Backoff::default())),
            budget: Budget::new(self.budget),
            #[cfg(feature = "metrics")]
            meter: self.meter,
            pacing: self.paced.then_some(Pacing::new(self.limits.pacing_wait)),
            #[cfg(feature = "blocking")]
            blocking: match self.blocking.or_else(|| self.transport.clone()) {
                Some(transport) => transport,
                None => Arc::new(self.timeouts.ureq()?),
            },
            transport: match self.transport {
                Some(transport) => Some(transport),
                None => default_transport(&self.timeouts)?,
            },
        })))
    }

    fn address(&self) -> Result<String, ConfigError> {
        let base = self.filled(self.base.as_deref().unwrap_or(self.api.server))?;
        let base = base.trim_end_matches('/').to_owned();
        server_url::check(&base)?;
        Ok(base)
    }

    fn filled(&self, template: &str) -> Result<String, ConfigError> {
        VariableValues { known: self.api.variables, set: &self.variables }.fill(template, &[])
    }

    /// Returns true if a header of this name is added to every call.
    pub(super) fn adds_header(&self, name: &str) -> bool {
        self.added_headers.iter().any(|(known, _)| known.eq_ignore_ascii_case(name))
    }

    fn built_headers(&self) -> Result<HeaderMap, ConfigError> {
        let mut headers = HeaderMap::new();
        let agent = self.user_agent.as_deref().unwrap_or(self.api.user_agent);
        let user_agent = (USER_AGENT.as_str(), agent);
        let added = self.added_headers.iter().map(|(name, value)| (name.as_str(), value.as_str()));
        for (name, value) in std::iter::once(user_agent).chain(added) {
            let (Ok(key), Some(mut value)) = (HeaderName::from_bytes(name.as_bytes()), header_value(value)) else {
                return Err(ConfigError::new(format!("the header {name:?} cannot be sent")));
            };
            value.set_sensitive(is_secret_name(key.as_str()));
            if key == COOKIE {
                auth::join_cookies(&mut headers, &value);
            } else {
                headers.insert(key, value);
            }
        }
        Ok(headers)
    }
}

/// The settings of every call: missing credentials, cookies, the path of the server.
impl ClientBuilder {
    /// Sets whether an operation is sent without credentials when the client has none for it, instead of ending with an
    /// error of the kind [`crate::ErrorKind::Auth`]; false by default. For servers that require less than their
    /// description. A call can set it for itself (`without_credentials`).
    #[must_use]
    pub const fn allow_anonymous(mut self, allow: bool) -> Self {
        self.anonymous = allow;
        self
    }

    /// Sets whether cookie parameters are sent as given, without the percent-encoding of their style; false by default.
    /// A value that a cookie cannot contain (RFC 6265, section 4.1.1) is then an error. A call can set it for itself.
    #[must_use]
    pub const fn raw_cookies(mut self, raw: bool) -> Self {
        self.raw_cookies = raw;
        self
    }

    /// Returns true if the caller's URL replaces the servers of operations: it is another one than the description's server.
    pub(super) fn replaces_servers(&self, base: &str) -> bool {
        let described = || self.filled(self.api.server).ok()?.parse::<http::Uri>().ok();
        let [Some(caller_url), Some(described)] = [base.parse::<http::Uri>().ok(), described()] else {
            return self.base.is_some();
        };
        let path = |uri: &http::Uri| uri.path().trim_end_matches('/').to_owned();
        self.base.is_some() && !(same_origin(&caller_url, &described) && path(&caller_url) == path(&described))
    }

    /// Returns the path of the description's server URL, if the path of the caller's URL does not end with it.
    pub(super) fn missing_base_path(&self, base: &str) -> Option<Arc<str>> {
        let described = self.filled(self.api.server).ok()?;
        let path =
            |address: &str| address.parse::<http::Uri>().map(|uri| uri.path().trim_end_matches('/').to_owned()).ok();
        let described_path = path(&described).filter(|path| !path.is_empty())?;
        let is_missing = self.base.is_some() && !path(base)?.ends_with(&described_path);
        is_missing.then(|| described_path.into())
    }
}

#[cfg(all(target_family = "wasm", target_os = "unknown"))]
#[expect(clippy::unnecessary_wraps, reason = "the same shape as with other transports")]
fn default_transport(_: &Timeouts) -> Result<Option<Arc<dyn Transport>>, ConfigError> {
    Ok(Some(Arc::new(crate::transport::fetch::Fetch)))
}

#[cfg(all(feature = "hyper", not(all(target_family = "wasm", target_os = "unknown"))))]
fn default_transport(timeouts: &Timeouts) -> Result<Option<Arc<dyn Transport>>, ConfigError> {
    Ok(Some(Arc::new(timeouts.hyper()?)))
}

#[cfg(not(any(feature = "hyper", all(target_family = "wasm", target_os = "unknown"))))]
#[expect(clippy::unnecessary_wraps, reason = "the same shape as with a transport")]
const fn default_transport(_: &Timeouts) -> Result<Option<Arc<dyn Transport>>, ConfigError> {
    Ok(None)
}
