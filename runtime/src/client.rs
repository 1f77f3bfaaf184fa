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
mod timeouts;

use crate::auth::Credential;
#[cfg(not(unused = "oauth"))]
use crate::auth::TokenClient;
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
    /// True if the caller set the server URL. It then applies to operations with a server of their own too.
    pub(crate) base_is_from_caller: bool,
    /// The values of server variables that the caller set.
    pub(crate) variables: Vec<(&'static str, String)>,
    pub(crate) credentials: Vec<Credential>,
    pub(crate) headers: HeaderMap,
    /// The headers of operations that are set once on the client.
    pub(crate) client_headers: &'static [ClientHeader],
    pub(crate) client_header_values: HeaderMap,
    /// True if a call without a credential is sent.
    pub(crate) anonymous: bool,
    /// True if cookie parameters are sent without encoding.
    pub(crate) raw_cookies: bool,
    /// The path of the description's server, if the caller's URL has another one.
    pub(crate) lost_path: Option<Arc<str>>,
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
    /// Returns the server URL of an operation.
    pub(crate) fn address(&self, own: Option<&str>) -> Cow<'_, str> {
        match own.filter(|own| !own.is_empty() && !self.base_is_from_caller) {
            Some(own) => self.resolve(own).into(),
            None => self.base.as_str().into(),
        }
    }

    /// Returns a URL of the description as an absolute URL, relative to that of the API.
    pub(crate) fn resolve(&self, address: &str) -> String {
        let own = self.fill(address);
        if own.contains("://") {
            return own;
        }
        // A relative URL starts at the root of the server, or at the URL of the API.
        let root = match self.base.find("://").and_then(|at| Some(at + 3 + self.base.get(at + 3..)?.find('/')?)) {
            Some(end) if own.starts_with('/') => self.base.get(..end).unwrap_or(&self.base),
            Some(_) | None => &self.base,
        };
        format!("{root}/{}", own.trim_start_matches('/'))
    }

    fn fill(&self, template: &str) -> String {
        let given = |name: &str| self.variables.iter().find(|(known, _)| *known == name);
        self.api.variables.iter().fold(template.to_owned(), |address, variable| {
            let value = given(variable.name).map_or(variable.default, |(_, value)| value.as_str());
            address.replace(&format!("{{{}}}", variable.name), value)
        })
    }
}

#[cfg(not(unused = "oauth"))]
impl TokenClient for Shared {
    fn user_agent(&self) -> Option<&HeaderValue> {
        self.headers.get(USER_AGENT)
    }

    fn attempt_timeout(&self) -> Duration {
        self.attempt_timeout
    }

    fn retries(&self) -> u32 {
        self.retries
    }

    fn resolve(&self, address: &str) -> String {
        self.resolve(address)
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<_> = self.0.credentials.iter().map(|credential| credential.scheme.name).collect();
        f.debug_struct("Client").field("base", &self.0.base).field("credentials", &names).finish_non_exhaustive()
    }
}
