//! The bounds on what a client takes from servers, each with its default.

use super::ClientBuilder;

/// The bounds on what a client takes from servers.
#[derive(Debug, Clone)]
pub(crate) struct Limits {
    /// The largest response body, in bytes.
    pub(crate) response_bytes: usize,
}

impl Limits {
    /// Creates the default bounds.
    pub(super) const fn new() -> Self {
        Self { response_bytes: 64 << 20 }
    }
}

impl ClientBuilder {
    /// Sets how large a response body may be, in bytes; 64 MiB unless set. A larger one is an error of the kind
    /// [`crate::ErrorKind::Transport`].
    #[must_use]
    pub const fn max_response_bytes(mut self, bytes: usize) -> Self {
        self.limits.response_bytes = bytes;
        self
    }
}
