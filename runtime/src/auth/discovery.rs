//! The URL of a provider's token endpoint, from the provider's metadata (OpenID Connect Discovery 1.0, section 4; RFC
//! 8414, section 3). The metadata are requested once, when the first token is needed. The request contains no secret.

use super::in_flight::InFlight;
use super::single_flight::{Freshness, SingleFlight};
use super::token_request::TokenRequest;
use super::{CredentialError, Unobtainable};
use crate::codec::json::any_json;
use crate::transport::{Body, SendMode};
use crate::uri::root;
use bytes::Bytes;
use http::{Method, Response, Uri};
use serde_json::Value;
use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

/// The server that issues tokens.
pub(super) enum TokenServer {
    /// The URL of the token endpoint.
    At(String),
    /// A provider whose metadata contain the URL of the token endpoint.
    Discovered(Box<MetadataProvider>),
}

/// A provider of OpenID or OAuth 2.0, whose metadata contain the URL of its token endpoint.
pub(super) struct MetadataProvider {
    standard: Standard,
    /// The URL of its metadata, or of the provider.
    address: &'static str,
    /// The token endpoint for async calls and for blocking calls. A waiter on a thread cannot poll the future of an
    /// async transport, and an async waiter cannot poll a blocking one.
    found: [SingleFlight<String>; 2],
}

/// The standard of the metadata.
#[derive(Clone, Copy)]
enum Standard {
    OpenId,
    OAuth,
}

impl TokenServer {
    /// Creates the token server of an OpenID provider.
    pub(super) fn of_openid(address: &'static str) -> Self {
        Self::Discovered(Box::new(MetadataProvider::new(Standard::OpenId, address)))
    }

    /// Creates the token server of an OAuth 2.0 authorization server.
    pub(super) fn of_oauth(address: &'static str) -> Self {
        Self::Discovered(Box::new(MetadataProvider::new(Standard::OAuth, address)))
    }

    /// Returns the URL of the first request: that of the token endpoint, or that of the provider.
    pub(super) fn initial_url(&self) -> &str {
        match self {
            Self::At(address) => address,
            Self::Discovered(provider) => provider.address,
        }
    }

    /// Returns the URL of the token endpoint. `url` is the absolute form of [`TokenServer::initial_url`].
    pub(super) async fn address(&self, url: &str, request: &TokenRequest) -> Result<String, Unobtainable> {
        match self {
            Self::At(_) => Ok(url.to_owned()),
            Self::Discovered(provider) => provider.token_endpoint(url, request).await,
        }
    }
}

impl MetadataProvider {
    const fn new(standard: Standard, address: &'static str) -> Self {
        // A rejection is remembered with the token for which the metadata were requested.
        Self { standard, address, found: [SingleFlight::new(Duration::ZERO), SingleFlight::new(Duration::ZERO)] }
    }

    async fn token_endpoint(&self, url: &str, request: &TokenRequest) -> Result<String, Unobtainable> {
        let [found, on_threads] = &self.found;
        let found = match request.mode {
            SendMode::Async => found,
            #[cfg(feature = "blocking")]
            SendMode::Blocking => on_threads,
        };
        #[cfg(not(feature = "blocking"))]
        let _ = on_threads;
        let start = |_: Option<&String>| {
            let (standard, url, request) = (self.standard, url.to_owned(), request.for_metadata());
            let (mode, deadline) = (request.mode, Arc::clone(&request.deadline));
            InFlight::new(mode, deadline, Box::pin(async move { standard.discover(&url, &request).await }))
        };
        found.get(request.waiter(), |address, _| Freshness::Use(address.clone()), start).await
    }
}

impl Standard {
    async fn discover(self, address: &str, request: &TokenRequest) -> Result<String, Unobtainable> {
        let found = self.metadata(address, request).await;
        // Some descriptions contain the URL of the provider instead.
        let usual = match &found {
            Err(failure) if !failure.late && !address.contains("/.well-known/") => self.usual(address),
            _ => None,
        };
        let found = match (found, usual) {
            (Err(failure), Some(usual)) => self.metadata(&usual, request).await.map_err(|_| failure),
            (found, _) => found,
        };
        // The token server rejected nothing, so the next call requests the metadata once more.
        found.map_err(|failure| Unobtainable { rejected: false, ..failure })
    }

    const fn name(self) -> &'static str {
        match self {
            Self::OpenId => "OpenID",
            Self::OAuth => "OAuth",
        }
    }

    /// Returns the standard URL of a provider's metadata.
    fn usual(self, provider: &str) -> Option<String> {
        match self {
            Self::OpenId => Some(format!("{}/.well-known/openid-configuration", provider.trim_end_matches('/'))),
            // The path of a tenant comes after the well-known part (RFC 8414, section 3.1).
            Self::OAuth => {
                let uri = provider.parse::<Uri>().ok()?;
                let tenant = uri.path().trim_end_matches('/');
                Some(format!("{}/.well-known/oauth-authorization-server{tenant}", root(&uri)))
            }
        }
    }

    async fn metadata(self, address: &str, request: &TokenRequest) -> Result<String, Unobtainable> {
        if !is_private(address) {
            let message = format!("the {} metadata at {address} would be requested without TLS", self.name());
            return Err(message.into());
        }
        let build = || request.http_request(Method::GET, address, Body::empty());
        request.fetch(true, build, |response| self.read(address, response)).await
    }

    /// Reads the metadata. The `issuer` is not compared with the URL, because nothing uses it, and providers with many
    /// tenants report another one.
    fn read(self, address: &str, response: &Response<Bytes>) -> Result<String, CredentialError> {
        let (name, status) = (self.name(), response.status());
        if !status.is_success() {
            return Err(CredentialError::new(format!("there is no {name} metadata at {address}: status {status}")));
        }
        let json = any_json(response.body());
        let Some(server) = json.get("token_endpoint").and_then(Value::as_str) else {
            return Err(CredentialError::new(format!("the {name} metadata at {address} has no `token_endpoint`")));
        };
        if !is_private(server) {
            return Err(CredentialError::new(format!(
                "the {name} metadata at {address} has a `token_endpoint` without TLS"
            )));
        }
        Ok(server.to_owned())
    }
}

/// Returns true for a URL with TLS, or one on this machine.
fn is_private(address: &str) -> bool {
    let Ok(uri) = address.parse::<Uri>() else { return false };
    let host = uri.host().unwrap_or_default().trim_matches(['[', ']']);
    let here = host.eq_ignore_ascii_case("localhost") || host.parse::<IpAddr>().is_ok_and(|host| host.is_loopback());
    match uri.scheme_str() {
        Some("https") => !host.is_empty(),
        Some("http") => here,
        Some(_) | None => false,
    }
}
