//! Credentials: security schemes, the sources of their secrets, and the place of a secret in the request.

#[cfg(not(unused = "oauth"))]
mod discovery;
#[cfg(not(unused = "oauth"))]
mod grant;
#[cfg(not(unused = "oauth"))]
mod in_flight;
#[cfg(not(unused = "oauth"))]
mod oauth;
mod resolved_credential;
mod scheme;
#[cfg(not(unused = "oauth"))]
mod shared_deadline;
#[cfg(not(unused = "oauth"))]
mod single_flight;
mod source;
#[cfg(not(unused = "oauth"))]
mod token_request;
#[cfg(not(unused = "oauth"))]
mod tokens;

use crate::secrets::Secret;
use base64::Engine;
use http::HeaderMap;
use http::header::{COOKIE, HeaderName, HeaderValue};
#[cfg(not(unused = "oauth"))]
pub use oauth::{ClientAuthentication, IssuedToken, OAuth};
pub(crate) use resolved_credential::ResolvedCredential;
pub use scheme::{SchemeKind, SecurityRequirement, SecurityScheme};
pub use source::{CredentialRequest, CredentialSource};
pub(crate) use source::{PreparedSource, environment};
use std::fmt;
#[cfg(not(unused = "oauth"))]
pub(crate) use token_request::TokenClient;

/// A security scheme with the source of its secret.
#[derive(Debug)]
pub(crate) struct Credential {
    pub(crate) scheme: &'static SecurityScheme,
    pub(crate) source: PreparedSource,
}

/// The reason why a credential cannot be sent or obtained, without its secrets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct CredentialError(String);

impl CredentialError {
    pub(crate) fn new(reason: impl Into<String>) -> Self {
        Self(reason.into())
    }
}

impl fmt::Display for CredentialError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for CredentialError {}

/// The reason why a credential cannot be obtained.
#[derive(Debug, Clone)]
pub(crate) struct Unobtainable {
    pub(crate) message: String,
    /// True if the time limit was exceeded. Another request may have more time.
    pub(crate) late: bool,
    /// True if the token server rejected the request and would reject it again.
    pub(crate) rejected: bool,
}

impl From<CredentialError> for Unobtainable {
    fn from(error: CredentialError) -> Self {
        Self::from(error.to_string())
    }
}

impl From<String> for Unobtainable {
    fn from(message: String) -> Self {
        Self { message, late: false, rejected: false }
    }
}

/// Returns `user:password` in Base64 (RFC 7617).
pub(crate) fn basic(user: &str, password: &str) -> Secret {
    in_base64(&format!("{user}:{password}"))
}

fn in_base64(text: &str) -> Secret {
    Secret::from(base64::engine::general_purpose::STANDARD.encode(text))
}

fn put(headers: &mut HeaderMap, name: HeaderName, text: &str) {
    if let Ok(mut value) = HeaderValue::from_str(text) {
        value.set_sensitive(true);
        headers.insert(name, value);
    }
}

/// Adds the cookies of a `Cookie` header value to those of the request, in one header (RFC 6265, section 5.4). A new
/// cookie replaces one of the same name.
pub(crate) fn join_cookies(headers: &mut HeaderMap, more: &HeaderValue) {
    fn pairs(field: &[u8]) -> impl Iterator<Item = &[u8]> {
        field.split(|byte| *byte == b';').map(<[u8]>::trim_ascii).filter(|pair| !pair.is_empty())
    }
    fn name(pair: &[u8]) -> &[u8] {
        pair.split(|byte| *byte == b'=').next().unwrap_or_default()
    }
    let before: Vec<HeaderValue> = headers.get_all(COOKIE).iter().cloned().collect();
    let replaced = |pair: &&[u8]| pairs(more.as_bytes()).any(|other| name(other) == name(pair));
    let stored = before.iter().flat_map(|field| pairs(field.as_bytes())).filter(|pair| !replaced(pair));
    let all = stored.chain(pairs(more.as_bytes())).collect::<Vec<_>>().join(&b"; "[..]);
    if let Ok(mut value) = HeaderValue::from_bytes(&all) {
        value.set_sensitive(true);
        headers.insert(COOKIE, value);
    }
}

/// Adds cookies by name and value, as [`join_cookies`] does.
pub(crate) fn add_cookies(headers: &mut HeaderMap, cookies: &[(String, String)]) {
    let text = cookies.iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join("; ");
    if let Ok(value) = HeaderValue::try_from(text) {
        join_cookies(headers, &value);
    }
}
