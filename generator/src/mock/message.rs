//! Requests and responses as data.

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

    /// The name of each pair of the query, decoded, and its value as sent.
    pub(super) fn pairs(&self) -> Vec<(String, String)> {
        pairs(self.query())
    }

    /// The values of a header, joined as RFC 9110 joins them.
    pub(super) fn header(&self, name: &str) -> Option<String> {
        let values = self.headers.iter().filter(|(known, _)| known.eq_ignore_ascii_case(name));
        let values: Vec<&str> = values.map(|(_, value)| value.as_str()).collect();
        (!values.is_empty()).then(|| values.join(", "))
    }

    /// The value of a cookie.
    pub(super) fn cookies(&self, name: &str) -> Vec<String> {
        let lines = self.headers.iter().filter(|(known, _)| known.eq_ignore_ascii_case("cookie"));
        let pairs = lines.flat_map(|(_, line)| line.split(';')).filter_map(|pair| pair.trim().split_once('='));
        pairs.filter(|(known, _)| *known == name).map(|(_, value)| value.to_owned()).collect()
    }
}

/// The name of each pair of a form, decoded, and its value as sent.
pub(super) fn pairs(form: &str) -> Vec<(String, String)> {
    let pairs = form.split('&').filter(|pair| !pair.is_empty());
    let split = pairs.map(|pair| pair.split_once('=').unwrap_or((pair, "")));
    split.map(|(name, value)| (decoded(&name.replace('+', " ")), value.to_owned())).collect()
}

/// A text without percent-encoding. Bytes that are not UTF-8 become replacement characters.
pub(super) fn decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let hex = after.get(..2).filter(|hex| *first == b'%' && hex.iter().all(u8::is_ascii_hexdigit));
        let byte = hex.and_then(|hex| u8::from_str_radix(std::str::from_utf8(hex).ok()?, 16).ok());
        bytes.push(byte.unwrap_or(*first));
        rest = if byte.is_some() { after.get(2..).unwrap_or_default() } else { after };
    }
    String::from_utf8_lossy(&bytes).into_owned()
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
        assert_eq!(pairs("a+b=1&&c"), [("a b".to_owned(), "1".to_owned()), ("c".to_owned(), String::new())]);
    }
}
