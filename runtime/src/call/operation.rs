//! Operations as types: their facts, and the decoding of their responses.

use super::{AnyCall, StreamSpec, Success};
use crate::request::OperationSpec;
#[cfg(not(unused = "streams"))]
use crate::request::StreamFlag;
use crate::response::ResponseReader;
use std::marker::PhantomData;

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
    fn into_call(self) -> AnyCall<Self::Success, Self::Error>;
}

impl<T, E> IntoCall for AnyCall<T, E> {
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

/// The functions that decode the responses of an operation: a success and an error.
#[doc(hidden)]
pub struct Responses<T, E> {
    pub(super) success: Success<T, E>,
    pub(super) failure: ResponseReader<E>,
    /// The media types in the `Accept` header of a stream.
    pub(super) accept: Option<&'static str>,
    /// The property that is true in the request of a stream.
    #[cfg(not(unused = "streams"))]
    pub(super) stream_flag: Option<StreamFlag>,
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
            stream_flag: None,
        }
    }

    /// Creates the handling of a success that is returned unread, from the function that decodes an error.
    #[must_use]
    pub const fn stream(success: StreamSpec<T, E>, failure: ResponseReader<E>) -> Self {
        Self {
            success: Success::Streamed(success.opener),
            failure,
            accept: success.accept,
            #[cfg(not(unused = "streams"))]
            stream_flag: success.stream_flag,
        }
    }
}

impl<T, E> Clone for Responses<T, E> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T, E> Copy for Responses<T, E> {}
