//! The limits of what a client accepts from servers, with their defaults.

use super::ClientBuilder;
use crate::codec::context::Decoding;
use std::time::Duration;

/// The limits of what a client accepts from servers.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Limits {
    /// The maximum size of a response body, in bytes.
    pub(crate) response_bytes: usize,
    /// The maximum memory of a decoded response, in bytes; by default it depends on the maximum size of a body.
    decoded_bytes: Option<usize>,
    /// The maximum nesting of arrays and objects in JSON.
    json_depth: usize,
    /// The limits of XML bodies.
    #[allow(dead_code, reason = "a generated crate without XML bodies does not read it")]
    pub(crate) xml: XmlLimits,
    /// The maximum number of consecutive pages without items.
    pub(crate) empty_pages: usize,
    /// The maximum delay of a call because of a rate limit header.
    pub(crate) pacing_wait: Duration,
}

impl Limits {
    /// Creates the default limits.
    pub(super) const fn new() -> Self {
        Self {
            response_bytes: 64 << 20,
            decoded_bytes: None,
            json_depth: Decoding::DEPTH,
            xml: XmlLimits::new(),
            empty_pages: 100,
            pacing_wait: Duration::from_secs(60),
        }
    }

    /// Returns the limits and settings of decoding.
    pub(crate) fn decoding(&self, lenient: bool) -> Decoding {
        // A small limit of bodies is not meant as a limit of their values.
        let usual = || self.response_bytes.saturating_mul(4).max(Decoding::BYTES);
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

impl ClientBuilder {
    /// Sets the maximum size of a response body, in bytes; 64 MiB by default. A larger one is an error of the kind
    /// [`crate::ErrorKind::Transport`].
    #[must_use]
    pub const fn max_response_bytes(mut self, bytes: usize) -> Self {
        self.limits.response_bytes = bytes;
        self
    }

    /// Sets the maximum memory of a decoded response, in bytes. The default is 256 MiB, or four times
    /// [`max_response_bytes`](Self::max_response_bytes) if that is more. Short JSON can become large values, such as
    /// `{}` for a struct of hundreds of bytes. The sizes of the types count: items of lists, entries of maps, boxes,
    /// and free JSON. Exceeding the limit is an error of the kind [`crate::ErrorKind::Decode`], whose source is a
    /// [`crate::DecodeError`] of the kind [`TooLarge`](crate::DecodeErrorKind::TooLarge). In a stream or a paginated
    /// list, each item counts separately, and a page has as many items as fit at 48 bytes each.
    #[must_use]
    pub const fn max_decoded_bytes(mut self, bytes: usize) -> Self {
        self.limits.decoded_bytes = Some(bytes);
        self
    }

    /// Sets the maximum nesting of arrays and objects in JSON; 512 by default. Exceeding it is an error of the kind
    /// [`crate::ErrorKind::Decode`], whose source is a [`crate::DecodeError`] of the kind
    /// [`TooDeep`](crate::DecodeErrorKind::TooDeep). JSON that would take more than 1 MiB of the thread's stack (512
    /// KiB on Windows and in browsers) is the same error, whatever the nesting. For calls on threads with stacks of
    /// less than 2 MiB, set a smaller value.
    #[must_use]
    pub const fn max_json_depth(mut self, levels: usize) -> Self {
        self.limits.json_depth = levels;
        self
    }

    /// Sets the limits of XML bodies of responses.
    #[must_use]
    pub const fn xml_limits(mut self, limits: XmlLimits) -> Self {
        self.limits.xml = limits;
        self
    }

    /// Sets the maximum number of consecutive pages without items; 100 by default. If another page follows, the list
    /// may have no end, and the call ends with an error of the kind [`crate::ErrorKind::Paging`]. Each paginator can set
    /// its own limit.
    #[must_use]
    pub const fn max_empty_pages(mut self, pages: usize) -> Self {
        self.limits.empty_pages = pages;
        self
    }

    /// Sets the maximum delay of a call because of one rate limit header, if [`ClientBuilder::pace`] is on; 60 s by
    /// default. After the delay, a call is sent as a probe whatever the header contained, so a wrong or misread reset
    /// time cannot stop all later calls.
    #[must_use]
    pub const fn max_pacing_wait(mut self, wait: Duration) -> Self {
        self.limits.pacing_wait = wait;
        self
    }
}
