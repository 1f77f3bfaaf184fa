//! Credentials: which ones a call needs, where they come from, where they go. Kept out of sight.

mod alarm;
mod discovery;
mod errand;
mod flight;
mod given;
mod grant;
mod in_flight;
mod oauth;
mod session;
mod source;
mod tokens;

use crate::client::Scheme;
use crate::secret::Secret;
use base64::Engine;
pub(crate) use given::Given;
use http::HeaderMap;
use http::header::{COOKIE, HeaderName, HeaderValue};
pub use oauth::{ClientAuthentication, IssuedToken, OAuth};
pub(crate) use session::{Session, offhand};
pub use source::{CredentialRequest, CredentialSource};
pub(crate) use source::{Provider, environment};

/// A security scheme that an operation needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Need {
    /// Name of the scheme.
    pub scheme: &'static str,
    /// What the credential must be good for.
    pub scopes: &'static [&'static str],
}

impl Need {
    /// For printed facts, where it is shorter.
    #[must_use]
    pub const fn new(scheme: &'static str, scopes: &'static [&'static str]) -> Self {
        Self { scheme, scopes }
    }
}

/// A scheme with what gives its secret.
#[derive(Debug)]
pub(crate) struct Credential {
    pub(crate) scheme: &'static Scheme,
    pub(crate) provider: Provider,
}

/// `user:password` in Base64 (RFC 7617).
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

/// One `Cookie` field holds them all (RFC 6265, section 5.4).
pub(crate) fn add_cookie(headers: &mut HeaderMap, name: &str, value: &str) {
    let before = headers.get(COOKIE).and_then(|cookies| cookies.to_str().ok());
    let all = before.map_or_else(|| format!("{name}={value}"), |before| format!("{before}; {name}={value}"));
    put(headers, COOKIE, &all);
}
