//! Where the token server of a provider is, by the provider's metadata (OpenID Connect Discovery 1.0, section 4; RFC 8414,
//! section 3). Asked once, when the first token is needed, and never shown a secret.

use super::credential_error::CredentialError;
use super::in_flight::InFlight;
use super::single_flight::{Failure, Freshness, SingleFlight};
use super::token_request::TokenRequest;
use crate::call::Carrier;
use crate::codec::json::any_json;
use crate::pipeline::address::shown;
use crate::transport::Body;
use bytes::Bytes;
use http::{Method, Response, Uri};
use serde_json::Value;
use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

/// Where tokens come from.
pub(super) enum TokenServer {
    /// Its address.
    At(String),
    /// A provider that says it.
    Discovered(Box<Provider>),
}

/// A provider of tokens.
pub(super) struct Provider {
    standard: Standard,
    /// The address of its metadata, or its own.
    address: &'static str,
    /// Whoever waits on a thread cannot look at what an async transport does, nor the other way round.
    found: [SingleFlight<String>; 2],
}

/// Whose metadata they are.
#[derive(Clone, Copy)]
enum Standard {
    OpenId,
    OAuth,
}

impl TokenServer {
    /// That of an OpenID provider.
    pub(super) fn of_openid(address: &'static str) -> Self {
        Self::Discovered(Box::new(Provider::new(Standard::OpenId, address)))
    }

    /// That of an OAuth 2 server.
    pub(super) fn of_oauth(address: &'static str) -> Self {
        Self::Discovered(Box::new(Provider::new(Standard::OAuth, address)))
    }

    /// The address that is known before anybody is asked: its own, or that of its provider.
    pub(super) fn known(&self) -> &str {
        match self {
            Self::At(address) => address,
            Self::Discovered(provider) => provider.address,
        }
    }

    /// Its address, where the one that is known is this one in full.
    pub(super) async fn address(&self, known: &str, request: &TokenRequest) -> Result<String, Failure> {
        match self {
            Self::At(_) => Ok(known.to_owned()),
            Self::Discovered(provider) => provider.token_endpoint(known, request).await,
        }
    }
}

impl Provider {
    const fn new(standard: Standard, address: &'static str) -> Self {
        // A refusal is remembered with the token that it was wanted for.
        Self { standard, address, found: [SingleFlight::new(Duration::ZERO), SingleFlight::new(Duration::ZERO)] }
    }

    async fn token_endpoint(&self, known: &str, request: &TokenRequest) -> Result<String, Failure> {
        let [found, on_threads] = &self.found;
        let found = match request.carrier {
            Carrier::Async => found,
            #[cfg(feature = "blocking")]
            Carrier::Blocking => on_threads,
        };
        #[cfg(not(feature = "blocking"))]
        let _ = on_threads;
        let start = |_: Option<&String>| {
            let (standard, known, request) = (self.standard, known.to_owned(), request.part());
            let (carrier, alarm) = (request.carrier, Arc::clone(&request.alarm));
            InFlight::new(carrier, alarm, Box::pin(async move { standard.discover(&known, &request).await }))
        };
        found.get(request.waiter(), |address, _| Freshness::Use(address.clone()), start).await
    }
}

impl Standard {
    async fn discover(self, address: &str, request: &TokenRequest) -> Result<String, Failure> {
        let found = self.metadata(address, request).await;
        // Some documents name the provider itself.
        let usual = match &found {
            Err(failure) if !failure.late && !address.contains("/.well-known/") => self.usual(address),
            _ => None,
        };
        let found = match (found, usual) {
            (Err(failure), Some(usual)) => self.metadata(&usual, request).await.map_err(|_| failure),
            (found, _) => found,
        };
        // No token was refused: the next call asks again.
        found.map_err(|failure| Failure { refused: false, ..failure })
    }

    const fn name(self) -> &'static str {
        match self {
            Self::OpenId => "OpenID",
            Self::OAuth => "OAuth",
        }
    }

    /// Where a provider of this address has its metadata.
    fn usual(self, provider: &str) -> Option<String> {
        match self {
            Self::OpenId => Some(format!("{}/.well-known/openid-configuration", provider.trim_end_matches('/'))),
            // What tells tenants apart stands behind (RFC 8414, section 3.1).
            Self::OAuth => {
                let uri = provider.parse::<Uri>().ok()?;
                let tenant = uri.path().trim_end_matches('/');
                Some(format!("{}/.well-known/oauth-authorization-server{tenant}", shown(&uri)))
            }
        }
    }

    async fn metadata(self, address: &str, request: &TokenRequest) -> Result<String, Failure> {
        if !is_private(address) {
            let message = format!("the {} metadata at {address} would come without TLS", self.name());
            return Err(message.into());
        }
        let build = || request.request(Method::GET, address, Body::empty());
        request.fetch(true, build, |response| self.read(address, response)).await
    }

    /// The `issuer` is not compared with the address: it is used for nothing, and providers with many tenants say another one.
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

/// Whether nobody else hears what is said there: it has TLS, or is on this machine.
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
