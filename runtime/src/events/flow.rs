//! The answer that a stream of values is read from, and the errors that name its call.

use crate::call::{Call, Draft, Ending};
use crate::codec::DecodeError;
use crate::error::{Error, Fault};
use crate::pipeline::Answer;
use crate::response::RawResponse;
use crate::transport::{Body, TransportError, TransportErrorKind};
use bytes::Bytes;
use futures_core::Stream;
use std::pin::Pin;
use std::task::{Context, Poll};

/// The head of an answer, and its body as it comes.
pub(super) struct Flow<E> {
    pub(super) head: RawResponse,
    body: Body,
    ending: Ending<Body, E>,
}

/// A call that asks for this media type and reads the answer as it comes.
pub(super) fn asking<T, E>(call: Call<T, E>, accept: &'static str) -> (Draft, Ending<Body, E>) {
    let (mut draft, ending) = call.into_stream().parts();
    draft.operation.accept = accept;
    // A connection that is made again is the same call.
    draft.put_key();
    (draft, ending)
}

impl<E> Flow<E> {
    pub(super) fn of(answer: Result<Answer, Box<Fault>>, ending: Ending<Body, E>) -> Result<Self, Error<E>> {
        let answer = ending.again().conclude(answer)?;
        let head = RawResponse { status: answer.status, headers: answer.headers, body: Bytes::new() };
        Ok(Self { head, body: answer.value, ending })
    }

    /// The answer to the same call once more.
    pub(super) fn again(&self, answer: Result<Answer, Box<Fault>>) -> Result<Self, Error<E>> {
        Self::of(answer, self.ending.again())
    }

    pub(super) fn poll(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Bytes, TransportError>>> {
        Pin::new(&mut self.body).poll_next(context)
    }

    /// Nothing more is wanted: the connection is let go.
    pub(super) fn close(&mut self) {
        self.body = Body::empty();
    }

    pub(super) fn interrupted(&self, error: TransportError) -> Error<E> {
        self.ending.interrupted(error, self.head.clone())
    }

    pub(super) fn too_large(&self, what: &str, limit: usize) -> Error<E> {
        let message = format!("{what} is larger than {limit} bytes");
        self.interrupted(TransportError::new(TransportErrorKind::TooLarge, message))
    }

    /// A part of the stream is not what it should be; its text is the error's body.
    pub(super) fn undecodable(&self, what: &str, error: DecodeError, text: Vec<u8>) -> Error<E> {
        self.ending.misread(what, error, RawResponse { body: text.into(), ..self.head.clone() })
    }
}
