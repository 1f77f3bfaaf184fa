//! A secret for requests. It is checked and encoded once, and used by every request of a call.

use super::{CredentialError, SchemeKind, SecurityScheme, in_base64, join_cookies};
use crate::codec::param::is_token;
use crate::secrets::Secret;
use crate::uri::encode;
use http::HeaderMap;
use http::header::{AUTHORIZATION, HeaderName, HeaderValue};
use std::fmt;

/// A secret in the form in which requests contain it.
pub(crate) struct ResolvedCredential {
    pub(crate) scheme: &'static SecurityScheme,
    pub(crate) value: Secret,
    encoded: EncodedSecret,
}

/// The part of a request that has the secret, encoded.
enum EncodedSecret {
    Header(HeaderName, HeaderValue),
    Query(String, String),
    Cookie(HeaderValue),
    Nowhere,
}

impl fmt::Debug for ResolvedCredential {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ResolvedCredential").field("scheme", &self.scheme.name).finish_non_exhaustive()
    }
}

impl ResolvedCredential {
    /// Checks and encodes a secret. The error does not contain it.
    pub(crate) fn new(scheme: &'static SecurityScheme, value: Secret) -> Result<Self, CredentialError> {
        let plain = scheme.kind == SchemeKind::Basic && value.expose().contains(':');
        let value = if plain { in_base64(value.expose()) } else { value };
        let (name, text) = (scheme.name, value.expose());
        let field = match scheme.kind {
            SchemeKind::Header(header) => match HeaderName::from_bytes(header.as_bytes()) {
                Ok(field) => Some(field),
                Err(_) => {
                    return Err(CredentialError::new(format!(
                        "the credential {name} cannot be sent: {header:?} is not a valid header name"
                    )));
                }
            },
            kind if kind == SchemeKind::Basic || kind.takes_tokens() => Some(AUTHORIZATION),
            _ => None,
        };
        if text.is_empty() {
            return Err(CredentialError::new(format!("the credential {name} is empty")));
        }
        if let SchemeKind::Cookie(cookie) = scheme.kind {
            return Ok(Self { scheme, encoded: EncodedSecret::Cookie(in_cookie(name, cookie, text)?), value });
        }
        let unfit = || {
            CredentialError::new(format!(
                "the credential {name} contains a character that cannot be sent, such as a line break"
            ))
        };
        if text.bytes().any(|byte| !(0x20..0x7f).contains(&byte)) {
            return Err(unfit());
        }
        let encoded = match (field, scheme.kind) {
            (Some(field), kind) => {
                let mut value = match kind {
                    SchemeKind::Basic => HeaderValue::try_from(format!("Basic {text}")),
                    kind if kind.takes_tokens() => HeaderValue::try_from(format!("Bearer {text}")),
                    _ => HeaderValue::from_str(text),
                }
                .map_err(|_| unfit())?;
                value.set_sensitive(true);
                EncodedSecret::Header(field, value)
            }
            (None, SchemeKind::Query(name)) => EncodedSecret::Query(encode(name), encode(text)),
            (None, _) => EncodedSecret::Nowhere,
        };
        Ok(Self { scheme, value, encoded })
    }

    /// Adds the secret to the headers, unless it belongs into the query.
    pub(crate) fn apply(&self, headers: &mut HeaderMap) {
        match &self.encoded {
            EncodedSecret::Header(name, value) => {
                headers.insert(name.clone(), value.clone());
            }
            EncodedSecret::Cookie(pair) => join_cookies(headers, pair),
            EncodedSecret::Query(..) | EncodedSecret::Nowhere => {}
        }
    }

    /// Returns the encoded query parameter, if the secret is one.
    pub(crate) fn in_query(&self) -> Option<(&str, &str)> {
        match &self.encoded {
            EncodedSecret::Query(name, value) => Some((name, value)),
            EncodedSecret::Header(..) | EncodedSecret::Cookie(..) | EncodedSecret::Nowhere => None,
        }
    }
}

/// Returns a cookie without encoding: an API key has no style that would encode it, and a session cookie is the
/// server's own value.
fn in_cookie(scheme: &str, cookie: &str, text: &str) -> Result<HeaderValue, CredentialError> {
    if !is_token(cookie) {
        return Err(CredentialError::new(format!(
            "the credential {scheme} cannot be sent: {cookie:?} is not a valid cookie name"
        )));
    }
    // RFC 6265, section 4.1.1; quotes may stand around the whole value.
    let inner = text.strip_prefix('"').and_then(|text| text.strip_suffix('"')).unwrap_or(text);
    if !inner.bytes().all(|byte| byte.is_ascii_graphic() && !matches!(byte, b'"' | b',' | b';' | b'\\')) {
        return Err(CredentialError::new(format!(
            "the credential {scheme} contains a character that a cookie cannot contain (RFC 6265, section 4.1.1), such as a space, a \
             comma, a semicolon, a quotation mark, a backslash or a line break"
        )));
    }
    let pair = HeaderValue::try_from(format!("{cookie}={text}"));
    pair.map_err(|_| CredentialError::new(format!("the credential {scheme} cannot be sent as a cookie")))
}
