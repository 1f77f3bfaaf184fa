//! The limits of what a client accepts from servers, with their defaults.

use crate::codec::context::Decoding;
use std::time::Duration;

/// The limits of what a client accepts from servers.
#[derive(Debug, Clone, Copy)]
pub(crate) struct ClientLimits {
    /// The maximum size of a response body, in bytes.
    pub(crate) response_bytes: usize,
    /// The maximum memory of a decoded response, in bytes; by default it depends on the maximum size of a body.
    pub(crate) decoded_bytes: Option<usize>,
    /// The maximum nesting of arrays and objects in JSON.
    pub(crate) json_depth: usize,
    /// The limits of XML bodies.
    #[allow(dead_code, reason = "a generated crate without XML bodies does not read it")]
    pub(crate) xml: XmlLimits,
    /// The maximum number of consecutive pages without items.
    pub(crate) empty_pages: usize,
    /// The maximum delay of a call because of a rate limit header.
    pub(crate) pacing_wait: Duration,
}

impl ClientLimits {
    /// Creates the default limits.
    pub(crate) const fn new() -> Self {
        Self {
            response_bytes: 64 << 20,
            decoded_bytes: None,
            json_depth: Decoding::DEFAULT_DEPTH,
            xml: XmlLimits::new(),
            empty_pages: 100,
            pacing_wait: Duration::from_secs(60),
        }
    }

    /// Returns the limits and settings of decoding.
    pub(crate) fn decoding(&self, lenient: bool) -> Decoding {
        // A small limit of bodies is not meant as a limit of their values.
        let usual = || self.response_bytes.saturating_mul(4).max(Decoding::DEFAULT_BYTES);
        Decoding { bytes: self.decoded_bytes.unwrap_or_else(usual), depth: self.json_depth, lenient }
    }
}

/// The limits of XML bodies of responses. A body that exceeds one of them is an error of the kind
/// [`crate::ErrorKind::Decode`] that names the limit. There is no limit of entities: those of XML itself are read, and
/// those that a body declares are refused, so nothing can expand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct XmlLimits {
    /// The maximum nesting of elements; 128 by default. Larger values count as 128.
    pub depth: usize,
    /// The maximum number of attributes of one element, including namespace declarations; 256 by default.
    pub attributes: usize,
    /// The maximum number of elements and attributes of one body together; 1,000,000 by default.
    pub nodes: usize,
}

impl XmlLimits {
    /// Creates the default limits.
    #[must_use]
    pub const fn new() -> Self {
        Self { depth: 128, attributes: 256, nodes: 1_000_000 }
    }
}

impl Default for XmlLimits {
    fn default() -> Self {
        Self::new()
    }
}
