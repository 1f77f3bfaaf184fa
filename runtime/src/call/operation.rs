//! Operations as types: their facts, and the decoding of their responses.

#[cfg(not(unused = "streams"))]
use super::StreamFlag;
use super::{Call, ResponseReader, StreamSpec, Success};
use crate::auth::SecurityRequirement;
use std::marker::PhantomData;
use std::time::Duration;

/// An operation of the description. The generated crate has a type for each, as in `Call<ListPets>`.
pub trait Operation: 'static {
    /// The value of a success.
    type Success: 'static;
    /// The value of an error.
    type Error: 'static;
    /// The facts about its requests.
    #[doc(hidden)]
    const SPEC: &'static OperationSpec;
    /// The handling of its responses.
    #[doc(hidden)]
    const RESPONSES: Responses<Self::Success, Self::Error>;
}

/// The calls of all generated crates, for code that works with any of them: `fn send(call: impl IntoCall)`.
pub trait IntoCall {
    /// The value of a success.
    type Success;
    /// The value of an error.
    type Error;

    /// Converts the call to a type that depends on its results instead of its operation.
    fn into_call(self) -> Call<Self::Success, Self::Error>;
}

impl<T, E> IntoCall for Call<T, E> {
    type Success = T;
    type Error = E;

    fn into_call(self) -> Self {
        self
    }
}

/// An operation whose success may be a stream.
pub trait Streamed: Operation {
    /// The stream.
    type Stream: 'static;
    /// The request for the stream, and its format.
    #[doc(hidden)]
    const STREAM: StreamSpec<Self::Stream, Self::Error>;
}

/// An operation whose success is a stream. `stream()` converts the calls of `O` to it.
#[derive(Debug)]
pub struct StreamOf<O>(PhantomData<fn() -> O>);

impl<O: Streamed> Operation for StreamOf<O> {
    type Success = O::Stream;
    type Error = O::Error;
    const SPEC: &'static OperationSpec = O::SPEC;
    const RESPONSES: Responses<O::Stream, O::Error> = Responses::stream(O::STREAM, O::RESPONSES.failure);
}

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
    /// Returns a redirect as its response, instead of following it.
    pub redirects: bool,
    /// The header by which the server recognizes retries. Unless the caller sets a key, the client generates one for
    /// each call.
    pub idempotency_header: Option<&'static str>,
    /// The minimum of the time limit of an attempt, and of the silence within a stream; zero unless set.
    pub attempt_timeout: Duration,
    /// The minimum of the time limit of a call; zero unless set.
    pub timeout: Duration,
    /// The statuses of the error type as inclusive ranges; every status if empty.
    pub error_statuses: &'static [(u16, u16)],
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
            redirects: false,
            idempotency_header: None,
            attempt_timeout: Duration::ZERO,
            timeout: Duration::ZERO,
            error_statuses: &[],
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

    /// Returns a redirect (3XX) as the response.
    #[must_use]
    pub const fn redirects(mut self) -> Self {
        self.redirects = true;
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
    pub const fn attempt_millis(mut self, least: u64) -> Self {
        self.attempt_timeout = Duration::from_millis(least);
        self
    }

    /// Sets the minimum of the time limit of a call with all its attempts, in milliseconds.
    #[must_use]
    pub const fn call_millis(mut self, least: u64) -> Self {
        self.timeout = Duration::from_millis(least);
        self
    }

    /// Sets the statuses of the error type as inclusive ranges.
    #[must_use]
    pub const fn error_statuses(mut self, statuses: &'static [(u16, u16)]) -> Self {
        self.error_statuses = statuses;
        self
    }
}

/// The functions that decode the responses of an operation: a success and an error.
#[doc(hidden)]
pub struct Responses<T, E> {
    pub(super) success: Success<T, E>,
    pub(super) failure: ResponseReader<E>,
    /// The media types in the `Accept` header of a stream.
    pub(super) accept: Option<&'static str>,
    /// The property that is true in the request of a stream.
    #[cfg(not(unused = "streams"))]
    pub(super) switch: Option<StreamFlag>,
}

impl<T, E> Responses<T, E> {
    /// Creates the handling of a success that is read whole, from the functions that decode a success and an error.
    #[must_use]
    pub const fn new(success: ResponseReader<T>, failure: ResponseReader<E>) -> Self {
        Self {
            success: Success::Whole(success),
            failure,
            accept: None,
            #[cfg(not(unused = "streams"))]
            switch: None,
        }
    }

    /// Creates the handling of a success that is returned unread, from the function that decodes an error.
    #[must_use]
    pub const fn stream(success: StreamSpec<T, E>, failure: ResponseReader<E>) -> Self {
        Self {
            success: Success::Streamed(success.opening),
            failure,
            accept: success.accept,
            #[cfg(not(unused = "streams"))]
            switch: success.switch,
        }
    }
}

impl<T, E> Clone for Responses<T, E> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T, E> Copy for Responses<T, E> {}
