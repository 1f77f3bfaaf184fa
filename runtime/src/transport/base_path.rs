//! The path of the base URL of a request, which a mock server removes before it compares paths.

use http::Uri;

/// The path of the base URL of a request, without a slash at its end. Each request of a call has it in its extensions.
#[derive(Clone)]
pub(crate) struct BasePath(pub(crate) String);

impl BasePath {
    /// Returns the path of a base URL; empty for a URL that is not valid.
    pub(crate) fn of(base_url: &str) -> Self {
        let uri = base_url.parse::<Uri>();
        Self(uri.map_or_else(|_| String::new(), |uri| uri.path().trim_end_matches('/').to_owned()))
    }
}
