//! The bounds on what a client takes from servers, each with its default.

use super::ClientBuilder;
use crate::codec::context::Decoding;
use std::time::Duration;

/// The bounds on what a client takes from servers.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Limits {
    /// The largest response body, in bytes.
    pub(crate) response_bytes: usize,
    /// The most memory that a decoded response takes, in bytes; as much as the largest body asks for, when not set.
    decoded_bytes: Option<usize>,
    /// The most arrays and objects inside each other in JSON.
    json_depth: usize,
    /// What XML bodies may hold.
    #[allow(dead_code, reason = "a generated crate without XML bodies does not read it")]
    pub(crate) xml: XmlLimits,
    /// The most pages in a row without items.
    pub(crate) empty_pages: usize,
    /// The longest wait before a call that a rate limit header is believed to ask for.
    pub(crate) pacing_wait: Duration,
}

impl Limits {
    /// Creates the default bounds.
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

    /// How responses are decoded.
    pub(crate) fn decoding(&self, lenient: bool) -> Decoding {
        // A small bound on bodies is not meant for what they stand for.
        let usual = || self.response_bytes.saturating_mul(4).max(Decoding::BYTES);
        Decoding { bytes: self.decoded_bytes.unwrap_or_else(usual), depth: self.json_depth, lenient }
    }
}

/// The bounds on XML bodies of responses. A body that goes beyond one of them is an error of the kind
/// [`crate::ErrorKind::Decode`] that names the bound. Entities are not among them: those of XML itself are read, and those
/// that a body declares are refused, so that nothing can expand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct XmlLimits {
    /// Elements inside each other; 128 unless set. Larger values count as 128.
    pub depth: usize,
    /// Attributes of one element, declarations of namespaces included; 256 unless set.
    pub attributes: usize,
    /// Elements and attributes of one body together; 1,000,000 unless set.
    pub nodes: usize,
}

impl XmlLimits {
    /// Creates the default bounds.
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
    /// Sets how large a response body may be, in bytes; 64 MiB unless set. A larger one is an error of the kind
    /// [`crate::ErrorKind::Transport`].
    #[must_use]
    pub const fn max_response_bytes(mut self, bytes: usize) -> Self {
        self.limits.response_bytes = bytes;
        self
    }

    /// Sets how much memory the value of a response may take, in bytes; 256 MiB unless set, or four times
    /// [`max_response_bytes`](Self::max_response_bytes) where that is more. Short JSON can stand for large values: `{}` for a struct of hundreds of bytes. What counts is the
    /// size of the types: items of lists, entries of maps, boxes, and free JSON. More is an error of the kind
    /// [`crate::ErrorKind::Decode`], whose source is a [`crate::DecodeError`] of the kind
    /// [`TooLarge`](crate::DecodeErrorKind::TooLarge). Of a stream or a paginated list, each item counts by itself,
    /// and a page holds as many items as fit at 48 bytes each.
    #[must_use]
    pub const fn max_decoded_bytes(mut self, bytes: usize) -> Self {
        self.limits.decoded_bytes = Some(bytes);
        self
    }

    /// Sets how many arrays and objects may stand inside each other in JSON; 512 unless set. More is an error of the kind
    /// [`crate::ErrorKind::Decode`], whose source is a [`crate::DecodeError`] of the kind
    /// [`TooDeep`](crate::DecodeErrorKind::TooDeep). So is what would take more than 1 MiB of the thread's stack (512 KiB on
    /// Windows and in browsers), whatever the number of levels: where calls run on threads with stacks of less than 2 MiB, fewer
    /// levels are safe.
    #[must_use]
    pub const fn max_json_depth(mut self, levels: usize) -> Self {
        self.limits.json_depth = levels;
        self
    }

    /// Sets the bounds on XML bodies of responses.
    #[must_use]
    pub const fn xml_limits(mut self, limits: XmlLimits) -> Self {
        self.limits.xml = limits;
        self
    }

    /// Sets how many pages of a list in a row may give no items; 100 unless set. One more, with a way to yet another page, is
    /// an error of the kind [`crate::ErrorKind::Paging`]: the list may have no end. Each walk can set its own.
    #[must_use]
    pub const fn max_empty_pages(mut self, pages: usize) -> Self {
        self.limits.empty_pages = pages;
        self
    }

    /// Sets how long a call waits at most because of one rate limit header, where [`ClientBuilder::pace`] is on; 60 s
    /// unless set. After that, a call goes to the server as a probe, whatever the header said: a reset that is misread
    /// or wrong cannot stop all later calls.
    #[must_use]
    pub const fn max_pacing_wait(mut self, wait: Duration) -> Self {
        self.limits.pacing_wait = wait;
        self
    }
}
