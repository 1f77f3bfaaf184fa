//! URLs of next pages, compared with the URL of the operation.

use http::Uri;
use percent_encoding::percent_decode_str;

/// Returns `true` when two URLs have the same path, whatever the encoding of its segments, with or without a final slash.
pub(super) fn same_path(one: &Uri, other: &Uri) -> bool {
    let segments = |uri: &Uri| -> Vec<Vec<u8>> {
        uri.path().trim_end_matches('/').split('/').map(|segment| percent_decode_str(segment).collect()).collect()
    };
    segments(one) == segments(other)
}

/// Changes a URL to `https` where the request used it. A server behind a proxy may not know that.
pub(super) fn secured(at: &Uri, target: Uri) -> Uri {
    let plain = target.scheme_str() == Some("http") && matches!(target.port_u16(), None | Some(80));
    let here =
        at.scheme_str() == Some("https") && matches!(at.port_u16(), None | Some(443)) && at.host() == target.host();
    let mut parts = target.clone().into_parts();
    parts.scheme = at.scheme().cloned();
    parts.authority = at.authority().cloned();
    if plain && here { Uri::from_parts(parts).unwrap_or(target) } else { target }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_its_segments() {
        let same = |one: &str, other: &str| same_path(&one.parse().unwrap(), &other.parse().unwrap());
        for other in ["/v1/a%20b", "/v1/a%20b/", "/v1/%61%20b?x=/y"] {
            assert!(same("http://a.test/v1/a%20b", other), "{other}");
        }
        for other in ["/v1", "/", "/v1/a%20b/c", "/v1%2Fa%20b", "/v1/a%20b/%2e%2e/c", "/V1/a%20b"] {
            assert!(!same("http://a.test/v1/a%20b", other), "{other}");
        }
    }
}
