//! Credentials: kept out of sight, applied in one place.

use crate::client::{Scheme, SchemeKind};
use crate::path::encode;
use crate::secret::Secret;
use base64::Engine;
use http::HeaderMap;
use http::header::{AUTHORIZATION, COOKIE, HeaderName, HeaderValue};

/// A secret with the scheme that it is for.
#[derive(Debug, Clone)]
pub(crate) struct Credential {
    pub(crate) scheme: &'static Scheme,
    pub(crate) value: Secret,
}

/// `user:password` in Base64 (RFC 7617).
pub(crate) fn basic(user: &str, password: &str) -> Secret {
    Secret::from(base64::engine::general_purpose::STANDARD.encode(format!("{user}:{password}")))
}

impl Credential {
    /// Says what is wrong with the value, without showing it.
    pub(crate) fn check(&self) -> Result<(), String> {
        let text = self.value.expose();
        if let SchemeKind::Header(header) = self.scheme.kind
            && HeaderName::from_bytes(header.as_bytes()).is_err()
        {
            return Err(format!("the credential {} cannot be sent: {header:?} is no header", self.scheme.name));
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
            SchemeKind::Bearer => put(headers, AUTHORIZATION, &format!("Bearer {text}")),
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
