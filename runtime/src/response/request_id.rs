//! The server's identifier of a request, in the headers of its response.

use http::HeaderMap;

pub(crate) fn request_id(headers: &HeaderMap) -> Option<&str> {
    let usual = ["x-request-id", "request-id", "x-amzn-requestid", "x-correlation-id"].iter();
    // Many servers put their own name before it. Some return the caller's identifier too.
    let is_of_server = |name: &str| name.ends_with("-request-id") && !name.ends_with("client-request-id");
    let others = headers.iter().filter(|(name, _)| is_of_server(name.as_str()));
    let found = usual.filter_map(|name| headers.get(*name)).chain(others.map(|(_, value)| value));
    found.filter_map(|value| value.to_str().ok()).next()
}

#[cfg(test)]
mod tests {
    use super::request_id;
    use http::{HeaderMap, HeaderName};

    #[test]
    fn usual_headers_come_before_those_with_a_name_of_the_server() {
        let found = |names: &[&'static str]| {
            let headers: HeaderMap =
                names.iter().map(|name| (HeaderName::from_static(name), name.parse().unwrap())).collect();
            request_id(&headers).map(str::to_owned)
        };
        assert_eq!(found(&["x-github-request-id"]).as_deref(), Some("x-github-request-id"));
        assert_eq!(found(&["x-ms-client-request-id", "x-amzn-requestid"]).as_deref(), Some("x-amzn-requestid"));
        assert_eq!(found(&["x-pets-request-id", "x-correlation-id", "request-id"]).as_deref(), Some("request-id"));
        assert_eq!(found(&["server", "x-request-ids", "x-ms-client-request-id"]), None);
    }
}
