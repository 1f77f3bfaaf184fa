//! The client: what all calls of one API share, such as addresses, credentials, limits and the transport.

mod builder;
mod client_headers;
mod config_error;
mod decoding;
mod description;
mod environment;
pub mod hook;
mod limits;
#[cfg(feature = "metrics")]
pub mod metrics;
mod server_url;
mod timeouts;

use crate::auth::Credential;
#[cfg(not(unused = "oauth"))]
use crate::auth::{CredentialError, TokenClient};
use crate::client::hook::Hook;
use crate::codec::misfits::MisfitPolicy;
use crate::response::ClientLimits;
use crate::retry::{Budget, Pacing, RetryPolicy};
use crate::transport::Transport;
pub use builder::ClientBuilder;
pub use client_headers::ClientHeader;
pub use config_error::ConfigError;
pub(crate) use decoding::LargeBodies;
pub use description::{Api, ServerVariable};
use http::HeaderMap;
#[cfg(not(unused = "oauth"))]
use http::header::{HeaderValue, USER_AGENT};
use server_url::VariableValues;
use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

/// The shared state of all calls of one API. Clones share it, with one connection pool. The `Client` at the root of a
/// generated crate wraps it, and is the one that programs use.
#[derive(Clone)]
pub struct Client(pub(crate) Arc<Shared>);

pub(crate) struct Shared {
    pub(crate) api: &'static Api,
    pub(crate) base: String,
    /// True if the caller set another server URL than the description's. It then applies to operations with a server of their own
    /// too.
    pub(crate) replaces_servers: bool,
    /// The values of server variables that the caller set.
    pub(crate) variables: Vec<(&'static str, String)>,
    pub(crate) credentials: Vec<Credential>,
    /// The headers of every call.
    pub(crate) added_headers: HeaderMap,
    /// The header parameters of operations that are set once on the client.
    pub(crate) header_parameters: &'static [ClientHeader],
    pub(crate) header_parameter_values: HeaderMap,
    /// True if a call without a credential is sent.
    pub(crate) anonymous: bool,
    /// True if cookie parameters are sent without encoding.
    pub(crate) raw_cookies: bool,
    /// The path of the description's server URL, if the path of the caller's URL does not end with it.
    pub(crate) missing_base_path: Option<Arc<str>>,
    pub(crate) timeout: Duration,
    pub(crate) attempt_timeout: Duration,
    /// The longest silence within a streamed response.
    pub(crate) stream_idle: Duration,
    pub(crate) retries: u32,
    pub(crate) limits: Arc<ClientLimits>,
    pub(crate) large_bodies: Option<LargeBodies>,
    pub(crate) misfits: MisfitPolicy,
    pub(crate) hooks: Vec<Arc<dyn Hook>>,
    pub(crate) policy: Arc<dyn RetryPolicy>,
    pub(crate) budget: Budget,
    pub(crate) pacing: Option<Pacing>,
    #[cfg(feature = "metrics")]
    pub(crate) meter: Option<Arc<dyn crate::client::metrics::Meter>>,
    pub(crate) transport: Option<Arc<dyn Transport>>,
    #[cfg(feature = "blocking")]
    pub(crate) blocking: Arc<dyn Transport>,
}

impl Shared {
    /// Returns the server URL of an operation. `of_operation` is the template of its own server, and `defaults` are those
    /// of its variables.
    pub(crate) fn address(
        &self,
        of_operation: Option<&str>,
        defaults: &[(&str, &str)],
    ) -> Result<Cow<'_, str>, ConfigError> {
        let Some(template) = of_operation.filter(|url| !url.is_empty() && !self.replaces_servers) else {
            return Ok(self.base.as_str().into());
        };
        let url = self.resolve(template, defaults)?;
        server_url::check(&url)?;
        Ok(url.into())
    }

    /// Returns a URL of the description as an absolute URL, relative to that of the API.
    fn resolve(&self, template: &str, defaults: &[(&str, &str)]) -> Result<String, ConfigError> {
        let values = VariableValues { known: self.api.variables, set: &self.variables };
        server_url::absolute(&self.base, values.fill(template, defaults)?)
    }
}

#[cfg(not(unused = "oauth"))]
impl TokenClient for Shared {
    fn user_agent(&self) -> Option<&HeaderValue> {
        self.added_headers.get(USER_AGENT)
    }

    fn attempt_timeout(&self) -> Duration {
        self.attempt_timeout
    }

    fn retries(&self) -> u32 {
        self.retries
    }

    fn resolve(&self, address: &str) -> Result<String, CredentialError> {
        let url = self.resolve(address, &[]).map_err(|error| CredentialError::new(error.to_string()))?;
        // Unlike the URL of a server, that of a token endpoint can have a query (RFC 6749, section 3.2).
        let invalid = || {
            CredentialError::new(format!("{:?} is not a valid URL of a token server", crate::uri::for_display(&url)))
        };
        if url.parse().is_ok_and(|uri| server_url::has_whole_host(&uri)) { Ok(url) } else { Err(invalid()) }
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<_> = self.0.credentials.iter().map(|credential| credential.scheme.name).collect();
        f.debug_struct("Client").field("base", &self.0.base).field("credentials", &names).finish_non_exhaustive()
    }
}
