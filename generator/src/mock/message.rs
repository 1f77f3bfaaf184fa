//! Requests and responses as data.

use crate::api::reason_phrase;
use crate::syntax::pointer::percent_decoded_bytes;

/// A request.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Request {
    /// HTTP method.
    pub method: String,
    /// Path and query, as in the request line.
    pub target: String,
    /// Headers in their order.
    pub headers: Vec<(String, String)>,
    /// Body; empty without one.
    pub body: Vec<u8>,
}

/// A response.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Response {
    /// Status code.
    pub status: u16,
    /// Headers in their order, without `Content-Length`.
    pub headers: Vec<(String, String)>,
    /// Body; empty without one.
    pub body: Vec<u8>,
}

impl Response {
    /// The reason phrase of the status, which clients ignore. Empty for a status without one.
    #[must_use]
    pub const fn reason(&self) -> &'static str {
        reason_phrase(self.status)
    }
}

impl Request {
    /// The path as sent, without query and fragment.
    #[must_use]
    pub fn path(&self) -> &str {
        self.target.split(['?', '#']).next().unwrap_or_default()
    }

    /// The query as sent.
    pub(super) fn query(&self) -> &str {
        let without_fragment = self.target.split('#').next().unwrap_or_default();
        without_fragment.split_once('?').map_or("", |(_, query)| query)
    }

    /// The pairs of the query.
    pub(super) fn pairs(&self) -> Vec<RawPair<'_>> {
        pairs(self.query())
    }

    /// The values of a header, joined as RFC 9110 joins them.
    pub(super) fn header(&self, name: &str) -> Option<String> {
        let values = self.headers.iter().filter(|(known, _)| known.eq_ignore_ascii_case(name));
        let values: Vec<&str> = values.map(|(_, value)| value.as_str()).collect();
        (!values.is_empty()).then(|| values.join(", "))
    }

    /// The names and values of the cookies, as sent.
    pub(super) fn cookie_pairs(&self) -> Vec<(&str, &str)> {
        let lines = self.headers.iter().filter(|(known, _)| known.eq_ignore_ascii_case("cookie"));
        lines.flat_map(|(_, line)| line.split(';')).filter_map(|pair| pair.trim().split_once('=')).collect()
    }

    /// The values of the cookies of a name, as sent.
    pub(super) fn cookies(&self, name: &str) -> Vec<String> {
        let named = self.cookie_pairs().into_iter().filter(|(known, _)| *known == name);
        named.map(|(_, value)| value.to_owned()).collect()
    }
}

/// A pair of a query or form, as sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct RawPair<'t> {
    pub name: &'t str,
    pub value: &'t str,
}

impl RawPair<'_> {
    /// The name without its encoding.
    pub(super) fn plain_name(&self) -> String {
        decoded_field(self.name)
    }

    /// The value without its encoding.
    pub(super) fn plain_value(&self) -> String {
        decoded_field(self.value)
    }
}

/// The pairs of a query or form.
pub(super) fn pairs(form: &str) -> Vec<RawPair<'_>> {
    let pairs = form.split('&').filter(|pair| !pair.is_empty());
    let split = pairs.map(|pair| pair.split_once('=').unwrap_or((pair, "")));
    split.map(|(name, value)| RawPair { name, value }).collect()
}

/// A name or value of a form without its encoding, in which `+` is a space.
pub(super) fn decoded_field(text: &str) -> String {
    decoded(&text.replace('+', " "))
}

/// A text without percent-encoding. Bytes that are not UTF-8 become replacement characters.
pub(super) fn decoded(text: &str) -> String {
    String::from_utf8_lossy(&percent_decoded_bytes(text)).into_owned()
}

#[cfg(test)]
mod tests {
    use super::{decoded, pairs};

    #[test]
    fn decodes_what_is_encoded() {
        for (text, plain) in
            [("a%20b", "a b"), ("%", "%"), ("%4", "%4"), ("%+1", "%+1"), ("%c3%a4", "ä"), ("%ff", "\u{fffd}")]
        {
            assert_eq!(decoded(text), plain);
        }
        let plain = |form| pairs(form).iter().map(|pair| (pair.plain_name(), pair.plain_value())).collect::<Vec<_>>();
        let pair = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        assert_eq!(plain("a+b=1&&c&d%26=%3d+"), [pair("a b", "1"), pair("c", ""), pair("d&", "= ")]);
    }
}
