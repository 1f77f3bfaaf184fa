//! Where the token server of an OpenID provider is (OpenID Connect Discovery 1.0, section 4). Asked once, when the first
//! token is needed, and never shown a secret.

use super::errand::Errand;
use super::flight::{Failure, Flight, Look};
use crate::transport::Body;
use bytes::Bytes;
use http::{Method, Response, Uri};
use serde_json::Value;
use std::net::IpAddr;

/// Where every provider says what it has.
const WELL_KNOWN: &str = "/.well-known/openid-configuration";

/// Where tokens come from.
pub(super) enum TokenServer {
    /// Its address.
    At(String),
    /// The address of the provider's metadata, or of the provider.
    Discovered(&'static str, Flight<String>),
}

impl TokenServer {
    /// Its address.
    pub(super) async fn address(&self, errand: &Errand<'_>) -> Result<String, Failure> {
        match self {
            Self::At(address) => Ok(address.clone()),
            Self::Discovered(provider, flight) => {
                let known = |address: &String| Look::Use(address.clone());
                flight.get(known, || discover(provider, errand)).await
            }
        }
    }
}

async fn discover(provider: &str, errand: &Errand<'_>) -> Result<String, Failure> {
    let provider = errand.shared.resolve(provider);
    let found = metadata(&provider, errand).await;
    // Some documents name the provider itself.
    match found {
        Err(failure) if !failure.late && !provider.contains("/.well-known/") => {
            metadata(&format!("{}{WELL_KNOWN}", provider.trim_end_matches('/')), errand).await.map_err(|_| failure)
        }
        found => found,
    }
}

async fn metadata(address: &str, errand: &Errand<'_>) -> Result<String, Failure> {
    if !is_private(address) {
        let message = format!("the OpenID metadata at {address} would come without TLS");
        return Err(message.into());
    }
    let request = || errand.request(Method::GET, address, Body::empty());
    errand.fetch(true, request, |response| read(address, response)).await
}

fn read(address: &str, response: &Response<Bytes>) -> Result<String, String> {
    let status = response.status();
    if !status.is_success() {
        return Err(format!("there is no OpenID metadata at {address}: status {status}"));
    }
    let json: Value = serde_json::from_slice(response.body()).unwrap_or_default();
    let Some(server) = json.get("token_endpoint").and_then(Value::as_str) else {
        return Err(format!("the OpenID metadata at {address} has no `token_endpoint`"));
    };
    if !is_private(server) {
        return Err(format!("the OpenID metadata at {address} has a `token_endpoint` without TLS"));
    }
    Ok(server.to_owned())
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
