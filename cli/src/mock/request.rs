//! The head of a request (RFC 9112, sections 2 to 6).

use clientsmith::mock::Request;
use httparse::Status;

/// Maximum number of headers of a request.
const MAX_HEADERS: usize = 128;

/// A request that is not HTTP/1.1, with the reason.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Malformed(pub(super) String);

/// The end of a body.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Framing {
    /// A number of bytes.
    Length(usize),
    /// Chunks.
    Chunked,
}

/// The head of a request.
#[derive(Debug)]
pub(super) struct Head {
    /// The request without its body.
    pub(super) request: Request,
    /// The length of the head in bytes.
    pub(super) head_bytes: usize,
    pub(super) framing: Framing,
    pub(super) expects_continue: bool,
    /// The client closes the connection after it.
    pub(super) is_last: bool,
}

impl Head {
    /// Parses a head. `None` if there are too few bytes.
    pub(super) fn parse(bytes: &[u8]) -> Result<Option<Self>, Malformed> {
        let mut headers = [httparse::EMPTY_HEADER; MAX_HEADERS];
        let mut parsed = httparse::Request::new(&mut headers);
        let head_bytes = match parsed.parse(bytes) {
            Ok(Status::Complete(head_bytes)) => head_bytes,
            Ok(Status::Partial) => return Ok(None),
            Err(error) => return Err(Malformed(format!("the request is not HTTP/1.1: {error}"))),
        };
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        let headers = parsed.headers.iter().map(|header| (header.name.to_owned(), text(header.value)));
        let request = Request {
            method: parsed.method.unwrap_or_default().to_owned(),
            target: origin_form(parsed.path.unwrap_or_default()).to_owned(),
            headers: headers.collect(),
            body: Vec::new(),
        };
        let has = |name: &str, value: &str| {
            let mut values = request.headers.iter().filter(|(known, _)| known.eq_ignore_ascii_case(name));
            values.any(|(_, values)| values.split(',').any(|one| one.trim().eq_ignore_ascii_case(value)))
        };
        let is_old = parsed.version == Some(0);
        let (expects_continue, is_last) = (has("expect", "100-continue"), has("connection", "close") || is_old);
        let framing = framing(&request)?;
        Ok(Some(Self { framing, head_bytes, expects_continue, is_last, request }))
    }
}

/// The end of a body by its headers. A request with both headers could be split into two by a proxy, so it is refused.
fn framing(request: &Request) -> Result<Framing, Malformed> {
    let values = |name: &str| {
        let named = request.headers.iter().filter(|(known, _)| known.eq_ignore_ascii_case(name));
        named.map(|(_, value)| value.trim().to_owned()).collect::<Vec<_>>()
    };
    let malformed = |message: &str| Err(Malformed(message.to_owned()));
    match (values("transfer-encoding").as_slice(), values("content-length").as_slice()) {
        ([], []) => Ok(Framing::Length(0)),
        ([coding], []) if coding.eq_ignore_ascii_case("chunked") => Ok(Framing::Chunked),
        ([], [first, others @ ..]) if others.iter().all(|other| other == first) => {
            let is_number = !first.is_empty() && first.bytes().all(|byte| byte.is_ascii_digit());
            // A length that is too large for a number is too large for a body.
            if is_number {
                Ok(Framing::Length(first.parse().unwrap_or(usize::MAX)))
            } else {
                malformed("`Content-Length` is not a number")
            }
        }
        ([], _) => malformed("the request has two different lengths"),
        (_, []) => malformed("the only transfer coding of requests is `chunked`"),
        _ => malformed("the request has `Transfer-Encoding` and `Content-Length`"),
    }
}

/// The path and query of a target that is a whole address.
fn origin_form(target: &str) -> &str {
    match target.split_once("://") {
        Some((scheme, rest)) if scheme.bytes().all(|byte| byte.is_ascii_alphanumeric()) => {
            rest.find(['/', '?']).and_then(|start| rest.get(start..)).unwrap_or("/")
        }
        _ => target,
    }
}

#[cfg(test)]
mod tests {
    use super::{Framing, Head};

    #[test]
    fn heads_have_a_framing_or_are_refused() {
        let parse = |lines: &str| Head::parse(format!("POST http://a/b?c HTTP/1.1\r\n{lines}\r\n").as_bytes());
        let framing = |lines: &str| parse(lines).ok().flatten().map(|head| head.framing);
        assert_eq!(parse("Host: a\r\n").unwrap().unwrap().request.target, "/b?c");
        assert_eq!(framing("Host: a\r\n"), Some(Framing::Length(0)));
        assert_eq!(framing("Content-Length: 3\r\nContent-Length: 3\r\n"), Some(Framing::Length(3)));
        assert_eq!(framing("Content-Length: 99999999999999999999999\r\n"), Some(Framing::Length(usize::MAX)));
        assert_eq!(framing("Transfer-Encoding: Chunked\r\n"), Some(Framing::Chunked));
        for wrong in [
            "Content-Length: 3\r\nContent-Length: 4\r\n",
            "Content-Length: +3\r\n",
            "Content-Length:\r\n",
            "Transfer-Encoding: gzip\r\n",
            "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n",
            "Transfer-Encoding: chunked\r\nContent-Length: 3\r\n",
            "no header\r\n",
        ] {
            assert!(parse(wrong).is_err(), "{wrong}");
        }
        assert!(Head::parse(b"GET / HT").unwrap().is_none());
    }
}
