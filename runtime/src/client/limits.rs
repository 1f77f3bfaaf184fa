//! The limits of what a client accepts from servers: their setters.

use super::ClientBuilder;
use crate::response::XmlLimits;
use std::time::Duration;

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
    /// list, each item counts separately, and a page may have at most `max_decoded_bytes` / 48 items.
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
