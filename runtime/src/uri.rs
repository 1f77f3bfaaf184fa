//! Percent-encoding (RFC 3986), and addresses of redirects and next pages with their origins.

use http::header::{HeaderValue, LOCATION};
use http::{HeaderMap, Uri};
use percent_encoding::{AsciiSet, CONTROLS, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};
use std::borrow::Cow;

/// Every character except the unreserved ones of RFC 3986, section 2.3.
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');
/// The characters that even `allowReserved` escapes, because they would end the query or change its meaning as a form.
const ALWAYS: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'<')
    .add(b'>')
    .add(b'#')
    .add(b'%')
    .add(b'&')
    .add(b'+')
    .add(b'\\')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}');

/// The characters that a segment of a path does not allow: all except `pchar` (RFC 3986, section 3.3).
const NO_SEGMENT: &AsciiSet = &RESERVED
    .remove(b'!')
    .remove(b'$')
    .remove(b'&')
    .remove(b'\'')
    .remove(b'(')
    .remove(b')')
    .remove(b'*')
    .remove(b'+')
    .remove(b',')
    .remove(b';')
    .remove(b'=')
    .remove(b':')
    .remove(b'@');

/// Encodes all characters except unreserved ones, once.
#[must_use]
pub fn encode(text: &str) -> String {
    utf8_percent_encode(text, RESERVED).to_string()
}

/// Encodes only the characters that a query does not allow (`allowReserved`). Percent-encoded characters stay (RFC
/// 6570, section 3.2.3).
#[must_use]
pub fn encode_lightly(text: &str) -> String {
    beside_triplets(text, ALWAYS)
}

/// Encodes only the characters that a segment of a path does not allow (`allowReserved`). Percent-encoded characters
/// stay.
#[must_use]
pub fn encode_segment(text: &str) -> String {
    beside_triplets(text, NO_SEGMENT)
}

/// Returns a text with its percent-encoded characters decoded.
pub(crate) fn percent_decoded(text: &str) -> String {
    percent_decode_str(text).decode_utf8_lossy().into_owned()
}

/// Returns the decoded names and values of the query of a path.
pub(crate) fn query_pairs(path: &str) -> impl Iterator<Item = (String, String)> {
    let query = path.split_once('?').map_or("", |(_, query)| query);
    let decoded = |text: &str| percent_decoded(&text.replace('+', " "));
    let pairs = query.split(['&', '#']).filter_map(|pair| pair.split_once('='));
    pairs.map(|(name, value)| (decoded(name), decoded(value))).collect::<Vec<_>>().into_iter()
}

/// Encodes everything except a percent sign with two hexadecimal digits.
fn beside_triplets(text: &str, set: &'static AsciiSet) -> String {
    let mut encoded = String::with_capacity(text.len());
    let mut pieces = text.split('%');
    encoded.extend(pieces.next().map(|piece| utf8_percent_encode(piece, set)).into_iter().flatten());
    for piece in pieces {
        let triplet = piece.get(..2).is_some_and(|digits| digits.bytes().all(|digit| digit.is_ascii_hexdigit()));
        encoded.push_str(if triplet { "%" } else { "%25" });
        encoded.extend(utf8_percent_encode(piece, set));
    }
    encoded
}

/// Returns a URL without the parts that may contain a secret.
pub(crate) fn for_display(base: &str) -> &str {
    if base.contains('@') { "[redacted]" } else { base.split(['?', '#']).next().unwrap_or_default() }
}

/// The scheme, host and port of an address, for messages: user, path and query can contain secrets.
pub(crate) fn origin(uri: &Uri) -> String {
    let authority = uri.authority().map_or("", |authority| authority.as_str());
    let host = authority.rsplit_once('@').map_or(authority, |(_, host)| host);
    format!("{}://{host}", uri.scheme_str().unwrap_or_default())
}

/// The scheme and authority of an address.
pub(crate) fn root(uri: &Uri) -> String {
    format!("{}://{}", uri.scheme_str().unwrap_or_default(), uri.authority().map_or("", |authority| authority.as_str()))
}

/// Returns true if two addresses have the same origin (RFC 6454, section 4). An address with user information has
/// another origin.
pub(crate) fn same_origin(one: &Uri, other: &Uri) -> bool {
    let host = |uri: &Uri| uri.host().map(str::to_ascii_lowercase);
    let named = other.authority().is_none_or(|authority| authority.as_str().contains('@'));
    !named && one.scheme() == other.scheme() && host(one) == host(other) && port(one) == port(other)
}

/// The port, or else the default port of the scheme.
pub(crate) fn port(address: &Uri) -> Option<u16> {
    address.port_u16().or(match address.scheme_str() {
        Some("https") => Some(443),
        Some("http") => Some(80),
        Some(_) | None => None,
    })
}

/// The target of a redirect.
pub(crate) fn redirect_target(at: &Uri, headers: &HeaderMap) -> Option<Uri> {
    resolve(at, &header_text(headers.get(LOCATION)?))
}

/// The text of a header. Some servers send addresses in UTF-8 without percent-encoding.
pub(crate) fn header_text(value: &HeaderValue) -> Cow<'_, str> {
    String::from_utf8_lossy(value.as_bytes())
}

/// Characters that must be percent-encoded: a space and those that RFC 3986, section 2, does not allow. Browsers encode
/// them too.
const UNFIT: &AsciiSet =
    &CONTROLS.add(b' ').add(b'"').add(b'<').add(b'>').add(b'^').add(b'`').add(b'{').add(b'|').add(b'}');

/// Percent-encodes the characters of a path and query that RFC 3986 does not allow, such as those of a path that the
/// caller wrote. Servers refuse them or read them in different ways.
pub(crate) fn encoded(uri: Uri) -> Uri {
    let fits = |byte: u8| byte.is_ascii() && !matches!(byte, b'"' | b'<' | b'>' | b'^' | b'`' | b'{' | b'|' | b'}');
    if uri.path_and_query().is_none_or(|path| path.as_str().bytes().all(fits)) {
        return uri;
    }
    utf8_percent_encode(&uri.to_string(), UNFIT).to_string().parse().unwrap_or(uri)
}

/// Returns true for an absolute URL with an authority (RFC 3986, section 3.1).
pub(crate) fn has_scheme(url: &str) -> bool {
    let is_scheme = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'.');
    url.split_once("://").is_some_and(|(scheme, _)| !scheme.is_empty() && scheme.bytes().all(is_scheme))
}

/// Resolves an address of a server against the request's own address. A character that RFC 3986 does not allow is
/// percent-encoded; an address with a control character is invalid.
pub(crate) fn resolve(at: &Uri, location: &str) -> Option<Uri> {
    let location = location.trim_matches([' ', '\t']).split('#').next().unwrap_or_default();
    if location.chars().any(char::is_control) {
        return None;
    }
    let location = utf8_percent_encode(location, UNFIT).to_string();
    let location = location.as_str();
    let uri = if has_scheme(location) {
        location.to_owned()
    } else if location.starts_with("//") {
        format!("{}:{location}", at.scheme_str()?)
    } else if location.starts_with('/') {
        format!("{}{location}", root(at))
    } else if location.is_empty() || location.starts_with('?') {
        format!("{}{}{location}", root(at), at.path())
    } else {
        let folder = at.path().rsplit_once('/').map_or("", |(folder, _)| folder);
        format!("{}{folder}/{location}", root(at))
    };
    uri.parse().ok().map(settled)
}

/// Removes dot segments (RFC 3986, section 5.2.4).
fn settled(uri: Uri) -> Uri {
    if !uri.path().contains("/.") {
        return uri;
    }
    let mut segments = Vec::new();
    let mut given = uri.path().split('/').skip(1).peekable();
    while let Some(segment) = given.next() {
        match segment {
            "." => {}
            ".." => drop(segments.pop()),
            _ => segments.push(segment),
        }
        if matches!(segment, "." | "..") && given.peek().is_none() {
            segments.push("");
        }
    }
    let query = uri.query().map_or_else(String::new, |query| format!("?{query}"));
    let text = format!("{}/{}{query}", root(&uri), segments.join("/"));
    text.parse().unwrap_or(uri)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_may_hold_what_has_no_place_in_it() {
        let at = "http://a.test/v1/pets?x".parse().unwrap();
        let resolved = |text: &str| resolve(&at, text).map(|uri| uri.to_string());
        for (text, expected) in [
            ("/hüte?q=ä b#c", Some("http://a.test/h%C3%BCte?q=%C3%A4%20b")),
            (" ?after={x}|y%20z ", Some("http://a.test/v1/pets?after=%7Bx%7D%7Cy%20z")),
            ("http://a.test/ü", Some("http://a.test/%C3%BC")),
            ("/x\r\ny", None),
        ] {
            assert_eq!(resolved(text).as_deref(), expected, "{text}");
        }
    }

    #[test]
    fn an_origin_is_scheme_host_and_port() {
        let same = |one: &str, other: &str| same_origin(&one.parse().unwrap(), &other.parse().unwrap());
        for (one, other) in [
            ("https://a.test/x", "https://a.test/y?z"),
            ("https://a.test", "https://A.test:443/y"),
            ("https://a.test:443", "https://a.test"),
            ("http://a.test", "http://a.test:80"),
            ("http://[::1]:8080", "http://[::1]:8080"),
        ] {
            assert!(same(one, other), "{one} {other}");
        }
        for (one, other) in [
            ("https://a.test", "http://a.test"),
            ("https://a.test", "http://a.test:443"),
            ("https://a.test", "https://a.test:80"),
            ("https://a.test", "https://a.test:8443"),
            ("https://a.test", "https://b.test"),
            ("https://a.test", "https://a.test.b.test"),
            ("https://a.test", "https://a.test@b.test"),
            ("https://a.test", "https://me@a.test"),
            ("https://a.test", "/relative"),
        ] {
            assert!(!same(one, other), "{one} {other}");
        }
    }
}
