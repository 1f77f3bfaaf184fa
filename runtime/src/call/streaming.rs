//! Responses whose body is returned unread: their streams, and errors after the head that still name the call.

use super::{AnyCall, Draft, ResponseContext, Responses, StreamSpec, Success};
use crate::codec::{Decode, DecodeError};
use crate::error::{Error, ErrorKind, UntypedError};
use crate::pipeline::PipelineResponse;
use crate::response::RawResponse;
use crate::secrets::Secret;
use crate::secrets::redactor::Redactor;
use crate::transport::{Body, SendMode, TransportError, TransportErrorKind};
use bytes::Bytes;
use futures_core::Stream;
use http::Method;
use std::borrow::Cow;
use std::pin::Pin;
use std::task::{Context, Poll};

/// The function that makes a stream from a response, and its options.
pub(crate) struct StreamOpener<T, E> {
    pub(crate) open: fn(Opened<E>) -> Result<T, Error<E>>,
    /// The value that marks the end of the stream.
    pub(crate) end: Option<&'static str>,
    /// True if the client sends the call once more when the connection ends.
    pub(crate) reconnects: bool,
    /// True if the stream is the body itself, whatever the response is.
    pub(crate) is_body: bool,
}

impl<T, E> Clone for StreamOpener<T, E> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T, E> Copy for StreamOpener<T, E> {}

/// A response of which only the head was read.
pub(crate) struct Opened<E> {
    pub(crate) response: StreamedResponse<E>,
    pub(crate) end: Option<&'static str>,
    /// The call, if it may be retried.
    pub(crate) call: Option<Box<Draft>>,
}

/// A response with an unread body.
pub(crate) struct StreamedResponse<E> {
    pub(crate) head: RawResponse,
    body: Body,
    response_context: ResponseContext<(), E>,
}

impl<T, E> AnyCall<T, E> {
    /// Converts this call to one whose success is this stream.
    pub fn streamed<U>(self, stream: StreamSpec<U, E>) -> AnyCall<U, E> {
        AnyCall::new(self.draft, Responses::stream(stream, self.failure))
    }
}

impl<E> AnyCall<Bytes, E> {
    /// Converts this call to one whose success is its unread body, which need not fit in memory. Read it with
    /// [`Body::chunk`], as a stream, or with [`Body::into_reader`] after `send_blocking`.
    pub fn stream(self) -> AnyCall<Body, E> {
        self.streamed(StreamSpec::bytes())
    }
}

impl<E> StreamedResponse<E> {
    pub(super) const fn new(head: RawResponse, body: Body, response_context: ResponseContext<(), E>) -> Self {
        Self { head, body, response_context }
    }

    /// Converts the result of another request of this call to its response.
    pub(crate) fn reopened(&self, result: Result<PipelineResponse, Box<UntypedError>>) -> Result<Self, Error<E>> {
        let open = |opened: Opened<E>| Ok(opened.response);
        let opener = StreamOpener { open, end: None, reconnects: false, is_body: false };
        self.response_context
            .duplicate()
            .with(Success::Streamed(opener))
            .into_result(result)
            .map(|response| response.value)
    }

    pub(crate) fn poll(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Bytes, TransportError>>> {
        Pin::new(&mut self.body).poll_next(context)
    }

    /// Drops the body, which frees the connection.
    pub(crate) fn close(&mut self) {
        self.body = Body::empty();
    }

    /// Creates the error of a stream that ended early.
    pub(crate) fn interrupted(&self, error: TransportError) -> Error<E> {
        let late = error.kind == TransportErrorKind::Timeout;
        let kind = if late { ErrorKind::Timeout } else { ErrorKind::Transport };
        let untyped = self.response_context.duplicate().error(kind, error.message, error.source, self.head.clone());
        UntypedError { transport: Some(error.kind), ..untyped }.into_error(None)
    }

    /// Decodes a JSON value of the stream.
    ///
    /// # Errors
    /// Returns a [`DecodeError`] when the value is not of this type.
    pub(crate) fn decode<T: Decode>(&self, json: &[u8]) -> Result<T, DecodeError> {
        let value = self.head.decode(json)?;
        self.report_misfits();
        Ok(value)
    }

    /// Reports the misfits that did not fail a value of the stream.
    pub(crate) fn report_misfits(&self) {
        self.response_context.report_misfits(&self.head);
    }

    pub(crate) fn too_large(&self, what: &str, limit: usize) -> Error<E> {
        let message = format!("{what} is larger than {limit} bytes");
        self.interrupted(TransportError::new(TransportErrorKind::TooLarge, message))
    }

    /// Creates the error of an invalid part of the stream, with its text as the error's body.
    pub(crate) fn decode_error(&self, what: &str, error: DecodeError, text: Vec<u8>) -> Error<E> {
        self.response_context.value_decode_error(what, error, self.head.with_body(text.into()))
    }

    pub(crate) const fn mode(&self) -> SendMode {
        self.response_context.mode()
    }

    /// Checks that the body can be read without an async runtime. Otherwise the stream is done.
    ///
    /// # Errors
    /// Returns an error when the body arrives over an async transport, for which this thread cannot wait.
    #[cfg(feature = "blocking")]
    pub(crate) fn on_this_thread(&self, done: &mut bool) -> Result<(), Error<E>> {
        if *done || self.mode() == SendMode::Blocking {
            return Ok(());
        }
        *done = true;
        let message = "this stream comes over an async transport: read it with `next().await`, or send its call by \
                       `send_blocking`";
        let error =
            self.response_context.duplicate().error(ErrorKind::Build, message.to_owned(), None, self.head.clone());
        Err(error.into_error(None))
    }

    /// Returns the body. Its errors still name the call.
    pub(crate) fn into_body(self) -> Body {
        if self.body.as_bytes().is_some() {
            return self.body;
        }
        let length = self.body.length();
        let (method, template, secrets) = self.response_context.into_error_parts();
        Body::stream(BodyOfCall { body: self.body, head: self.head, method, template, secrets }, length)
    }
}

/// A body whose errors name its call and the request.
struct BodyOfCall {
    body: Body,
    head: RawResponse,
    method: Method,
    template: Cow<'static, str>,
    secrets: Vec<Secret>,
}

impl BodyOfCall {
    /// Adds the call to the message of an error.
    fn describe(&self, error: TransportError) -> TransportError {
        let TransportError { kind, message, source } = error;
        let error = UntypedError {
            kind: ErrorKind::Transport,
            method: self.method.clone(),
            template: self.template.clone(),
            message,
            response: Some(self.head.clone()),
            source: None,
            transport: Some(kind),
            secrets: self.secrets.clone(),
            is_cross_origin: false,
        };
        let source = source.map(|source| Redactor::new(&self.secrets).cause(source));
        TransportError { kind, message: error.into_error::<()>(None).to_string(), source }
    }
}

impl Stream for BodyOfCall {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let next = Pin::new(&mut self.body).poll_next(context);
        next.map(|next| next.map(|chunk| chunk.map_err(|error| self.describe(error))))
    }
}
