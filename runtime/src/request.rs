//! A request before its URL and credentials are known, which generated code fills in: the operation, and the steps that
//! set parameters, body and options. [`crate::pipeline`] makes HTTP requests of it.

mod bodies;
mod draft;
mod options;
mod parameters;
mod payload;
mod redirect_policy;
#[cfg(not(unused = "streams"))]
mod stream_flag;

use crate::auth::SecurityRequirement;
pub use draft::Draft;
pub(crate) use payload::Payload;
#[cfg(not(unused = "paging"))]
pub(crate) use payload::with_member;
pub(crate) use redirect_policy::RedirectPolicy;
use std::ops::RangeInclusive;
use std::time::Duration;
#[cfg(not(unused = "streams"))]
pub use stream_flag::{StreamFlag, StreamFlagLocation};

/// The facts about an operation's requests, for generated code: `OperationSpec::new("listPets", "GET", "/pets")`.
#[doc(hidden)]
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub struct OperationSpec {
    /// The `operationId`, or the method and the path.
    pub id: &'static str,
    /// The HTTP method; any token.
    pub method: &'static str,
    /// The path template.
    pub path: &'static str,
    /// The value of `Accept`; `application/json` unless set.
    pub accept: &'static str,
    /// The alternative sets of security schemes; none unless set.
    pub security: &'static [&'static [SecurityRequirement]],
    /// The operation's own server URL, if it has one.
    pub server: Option<&'static str>,
    /// The defaults of the variables of its server URL that differ from those of the client.
    pub server_defaults: &'static [(&'static str, &'static str)],
    /// True if a redirect is returned as the response instead of being followed.
    pub returns_redirects: bool,
    /// The header by which the server recognizes retries. Unless the caller sets a key, the client generates one for
    /// each call.
    pub idempotency_header: Option<&'static str>,
    /// The minimum of the time limit of an attempt, and of the silence within a stream; zero unless set.
    pub attempt_timeout: Duration,
    /// The minimum of the time limit of a call; zero unless set.
    pub timeout: Duration,
    /// The statuses of the error type; every status if there are neither statuses nor ranges.
    pub error_statuses: &'static [u16],
    /// The ranges of statuses of the error type.
    pub error_ranges: &'static [RangeInclusive<u16>],
}

impl OperationSpec {
    /// Creates the facts from the operation's id, method and path template.
    #[must_use]
    pub const fn new(id: &'static str, method: &'static str, path: &'static str) -> Self {
        Self {
            id,
            method,
            path,
            accept: "application/json",
            security: &[],
            server: None,
            server_defaults: &[],
            returns_redirects: false,
            idempotency_header: None,
            attempt_timeout: Duration::ZERO,
            timeout: Duration::ZERO,
            error_statuses: &[],
            error_ranges: &[],
        }
    }

    /// Sets the value of `Accept`.
    #[must_use]
    pub const fn accept(mut self, media: &'static str) -> Self {
        self.accept = media;
        self
    }

    /// Sets the alternative sets of security schemes.
    #[must_use]
    pub const fn security(mut self, alternatives: &'static [&'static [SecurityRequirement]]) -> Self {
        self.security = alternatives;
        self
    }

    /// Sets the operation's own server URL.
    #[must_use]
    pub const fn server(mut self, address: &'static str) -> Self {
        self.server = Some(address);
        self
    }

    /// Sets the defaults of the variables of the own server URL that differ from those of the client.
    #[must_use]
    pub const fn server_defaults(mut self, defaults: &'static [(&'static str, &'static str)]) -> Self {
        self.server_defaults = defaults;
        self
    }

    /// Makes the call return a redirect (3XX) as its response instead of following it.
    #[must_use]
    pub const fn return_redirects(mut self) -> Self {
        self.returns_redirects = true;
        self
    }

    /// Sets the header by which the server recognizes retries.
    #[must_use]
    pub const fn idempotency_header(mut self, name: &'static str) -> Self {
        self.idempotency_header = Some(name);
        self
    }

    /// Sets the minimum of the time limit of an attempt, and of the silence within a stream, in milliseconds.
    #[must_use]
    pub const fn attempt_millis(mut self, millis: u64) -> Self {
        self.attempt_timeout = Duration::from_millis(millis);
        self
    }

    /// Sets the minimum of the time limit of a call with all its attempts, in milliseconds.
    #[must_use]
    pub const fn call_millis(mut self, millis: u64) -> Self {
        self.timeout = Duration::from_millis(millis);
        self
    }

    /// Sets the statuses of the error type.
    #[must_use]
    pub const fn error_statuses(mut self, statuses: &'static [u16]) -> Self {
        self.error_statuses = statuses;
        self
    }

    /// Sets the ranges of statuses of the error type.
    #[must_use]
    pub const fn error_ranges(mut self, ranges: &'static [RangeInclusive<u16>]) -> Self {
        self.error_ranges = ranges;
        self
    }
}
