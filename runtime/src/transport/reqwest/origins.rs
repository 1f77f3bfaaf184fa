//! Conversion of addresses for reqwest. A client calls one server again and again: the server's part of the address is
//! parsed once, since that is most of the work.

use crate::transport::{TransportError, TransportErrorKind};
use http::Uri;
use reqwest::Url;
use std::sync::OnceLock;

/// The first called server.
#[derive(Debug, Clone)]
pub(super) struct Origins(OnceLock<Url>);

impl Origins {
    pub(super) const fn new() -> Self {
        Self(OnceLock::new())
    }

    pub(super) fn address(&self, uri: &Uri) -> Result<Url, TransportError> {
        match self.0.get().filter(|known| is_of(uri, known)) {
            Some(known) => Ok(at(known, uri)),
            None => {
                let url = Url::parse(&uri.to_string())
                    .map_err(|error| TransportError::new(TransportErrorKind::Other, error.to_string()))?;
                // User information can be a secret and is not stored.
                if url.has_authority() && url.username().is_empty() && url.password().is_none() {
                    let _known = self.0.set(at(&url, &Uri::from_static("/")));
                }
                Ok(url)
            }
        }
    }
}

/// Returns true if an address has the scheme, host and port of a server, in the same spelling.
fn is_of(uri: &Uri, known: &Url) -> bool {
    uri.scheme_str() == Some(known.scheme()) && uri.authority().is_some_and(|own| own.as_str() == known.authority())
}

/// Returns the server's address with the path and query of another one.
fn at(known: &Url, uri: &Uri) -> Url {
    let mut url = known.clone();
    url.set_path(uri.path());
    url.set_query(uri.query());
    url
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_what_it_would_be_read_as_alone() {
        let origins = Origins::new();
        let servers = [
            "http://127.0.0.1:8080",
            "http://127.0.0.1:80",
            "https://api.example.com",
            "https://API.example.com:443",
            "http://[::1]:8080",
            "https://user:secret@api.example.com",
        ];
        let tails = [
            "",
            "/",
            "/a",
            "/a/",
            "//a//b",
            "/a/../b",
            "/a/./b/.",
            "/a/..",
            "/%2e%2E/b",
            "/a%2Fb%zz",
            "/?",
            "/a?",
            "/a?b=c&d",
            "/?a=%20+&'\"<>",
            "/a;v=1,2/b@c:d/~e!$()*",
            "/a'b\"c",
            "/a?b?c/../d",
            "?q",
            "/a\\b",
            "/a|b^c`d{e}",
            "/ü?ü",
        ];
        let mut tried = 0;
        for server in servers {
            for tail in tails {
                let Ok(uri) = format!("{server}{tail}").parse::<Uri>() else { continue };
                tried += 1;
                let alone = Url::parse(&uri.to_string()).unwrap();
                for _ in 0..2 {
                    assert_eq!(origins.address(&uri).unwrap(), alone, "{uri}");
                    assert_eq!(Origins::new().address(&uri).unwrap(), alone, "{uri}");
                }
                let own = Origins(OnceLock::from(at(&alone, &Uri::from_static("/"))));
                assert_eq!(own.address(&uri).unwrap(), alone, "{uri}");
            }
        }
        assert!(tried > 80, "{tried} of these are addresses");
    }
}
