//! Credentials: which ones a call needs, where they come from, where they go. Kept out of sight.

mod flight;
mod grant;
mod oauth;
mod session;
mod source;
mod tokens;

use crate::client::{Scheme, SchemeKind};
use crate::path::encode;
use crate::secret::Secret;
use base64::Engine;
use http::HeaderMap;
use http::header::{AUTHORIZATION, COOKIE, HeaderName, HeaderValue};
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

/// A secret on its way into a request.
#[derive(Debug, Clone)]
pub(crate) struct Given {
    pub(crate) scheme: &'static Scheme,
    pub(crate) value: Secret,
}

/// `user:password` in Base64 (RFC 7617).
pub(crate) fn basic(user: &str, password: &str) -> Secret {
    in_base64(&format!("{user}:{password}"))
}

fn in_base64(text: &str) -> Secret {
    Secret::from(base64::engine::general_purpose::STANDARD.encode(text))
}

impl Given {
    /// Says what is wrong with the value, without showing it.
    pub(crate) fn check(&self) -> Result<(), String> {
        let text = self.value.expose();
        match self.scheme.kind {
            SchemeKind::Header(header) if HeaderName::from_bytes(header.as_bytes()).is_err() => {
                return Err(format!("the credential {} cannot be sent: {header:?} is no header", self.scheme.name));
            }
            _ => {}
        }
        if text.is_empty() {
            return Err(format!("the credential {} is empty", self.scheme.name));
        }
        if text.bytes().any(|byte| !(0x20..0x7f).contains(&byte)) {
            let name = self.scheme.name;
            return Err(format!("the credential {name} holds a character that cannot be sent, such as a line break"));
        }
        Ok(())
    }

    /// Puts the secret where the scheme says.
    pub(crate) fn apply(&self, headers: &mut HeaderMap, query: &mut Vec<(String, String)>) {
        let text = self.value.expose();
        match self.scheme.kind {
            SchemeKind::Header(name) => {
                if let Ok(name) = HeaderName::from_bytes(name.as_bytes()) {
                    put(headers, name, text);
                }
            }
            SchemeKind::Query(name) => query.push((encode(name), encode(text))),
            SchemeKind::Cookie(name) => add_cookie(headers, name, &encode(text)),
            SchemeKind::Basic => put(headers, AUTHORIZATION, &format!("Basic {text}")),
            SchemeKind::Bearer | SchemeKind::OAuth { .. } => put(headers, AUTHORIZATION, &format!("Bearer {text}")),
            SchemeKind::Other => {}
        }
    }
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
