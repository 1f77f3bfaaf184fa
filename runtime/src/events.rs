//! Responses that are streams of values: server-sent events, JSON lines, sequences of JSON texts.

mod blocking;
mod data;
mod event_writer;
mod lines;
#[cfg(not(unused = "multipart"))]
mod multipart;
mod parts;
mod sse;

pub use crate::body::sent_data::SentData;
pub use crate::call::StreamSpec;
#[cfg(feature = "blocking")]
#[cfg(not(unused = "multipart"))]
pub use blocking::BlockingPartStream;
#[cfg(feature = "blocking")]
pub use blocking::{BlockingEvents, BlockingJsonStream};
pub use data::{EventData, EventText};
pub use event_writer::EventBody;
pub use lines::JsonStream;
#[cfg(not(unused = "multipart"))]
pub use multipart::PartStream;

use crate::call::{AnyCall, Opened, StreamedResponse};
use crate::codec::{Decode, DecodeError};
use crate::error::{Error, ErrorKind, UntypedError};
use crate::pipeline::{self, PipelineResponse};
use crate::request::Draft;
use crate::response::Response;
use crate::retry::Backoff;
use crate::transport::maybe_send::BoxFuture;
use crate::transport::{SendMode, TransportError, TransportErrorKind};
use futures_core::Stream;
use http::{HeaderMap, HeaderValue, StatusCode};
use parts::TooLarge;
use sse::{Raw, Reader};
use std::fmt;
use std::future::poll_fn;
use std::marker::PhantomData;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

const MEDIA: &str = "text/event-stream";
/// The default limit of a value in bytes.
const DEFAULT_MAX_BYTES: usize = 1 << 20;

/// A server-sent event that was received or is to be sent.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Event<T> {
    /// The name of the event: of a received one `message` unless the server sets it; of one to send empty unless the caller
    /// sets it.
    pub event: String,
    /// The last identifier, from this event or an earlier one.
    pub id: Option<String>,
    /// The last wait before a new connection that the server requested, with this event or an earlier one.
    pub retry: Option<Duration>,
    /// The data of the event.
    pub data: T,
}

/// A stream of server-sent events: use [`Events::next`], or the stream. Dropping it ends the call.
///
/// Data is decoded from JSON, or is the plain string for `String`. An event that does not match its type, or is too
/// large, is an error, and the next event follows it. A connection that fails is an error and the end, unless
/// [`Events::reconnect`] is set.
#[must_use = "a stream yields nothing until it is polled"]
pub struct Events<T, E> {
    response: StreamedResponse<E>,
    reader: Reader,
    marker: Option<String>,
    /// The call, if it is safe to retry.
    call: Option<Box<Draft>>,
    reconnects: u32,
    /// The number of new connections since the last event.
    tried: u32,
    flight: Option<BoxFuture<'static, Result<PipelineResponse, Box<UntypedError>>>>,
    done: bool,
    data: PhantomData<fn() -> T>,
}

impl<T, E> AnyCall<T, E> {
    /// Sends the call and returns the server-sent events of a success as they arrive.
    ///
    /// The client closes the connection if the server is silent for longer than the call's `idle_timeout`.
    ///
    /// # Errors
    /// Returns an error when the call fails before the body starts, or when the response is not `text/event-stream`.
    pub async fn events<D: Decode + 'static>(self) -> Result<Events<D, E>, Error<E>> {
        self.streamed(StreamSpec::events(MEDIA)).send().await.map(Response::into_inner)
    }

    /// Sends the call on this thread and returns the server-sent events of a success as they arrive.
    ///
    /// # Errors
    /// Returns an error when the call fails before the body starts, or when the response is not `text/event-stream`.
    #[cfg(feature = "blocking")]
    pub fn events_blocking<D: Decode + 'static>(self) -> Result<BlockingEvents<D, E>, Error<E>> {
        self.streamed(StreamSpec::events(MEDIA))
            .send_blocking()
            .map(|response| BlockingEvents::new(response.into_inner()))
    }
}

impl<D: EventData, E> StreamSpec<Events<D, E>, E> {
    /// Creates the handling that returns the server-sent events of responses of this media type.
    #[must_use]
    pub const fn events(accept: &'static str) -> Self {
        let mut spec = Self::of(Events::of).with_accept(accept);
        spec.opener.reconnects = true;
        spec
    }
}

impl<T: EventData, E> Events<T, E> {
    fn of(opened: Opened<E>) -> Result<Self, Error<E>> {
        let Opened { response, end, call } = opened;
        checked(&response)?;
        Ok(Self {
            response,
            reader: Reader::new(DEFAULT_MAX_BYTES),
            marker: end.map(str::to_owned),
            call,
            reconnects: 0,
            tried: 0,
            flight: None,
            done: false,
            data: PhantomData,
        })
    }

    /// Returns the next event, or `None` at the end. Dropping the future loses no event.
    ///
    /// # Errors
    /// Returns an error when an event does not match its type or is too large, or when the connection fails.
    pub async fn next(&mut self) -> Option<Result<Event<T>, Error<E>>> {
        poll_fn(|context| self.poll(context)).await
    }

    /// Returns the next event, or `None` at the end, for loops with `?`. Dropping the future loses no event.
    ///
    /// # Errors
    /// Returns the errors of [`next`](Self::next).
    pub async fn try_next(&mut self) -> Result<Option<Event<T>>, Error<E>> {
        self.next().await.transpose()
    }

    /// Sets the data of the event that ends the stream, such as `[DONE]`. The stream does not return this event.
    pub fn until(mut self, marker: impl Into<String>) -> Self {
        self.marker = Some(marker.into());
        self
    }

    /// Sets the limit of an event in bytes of its data, with the line breaks between its lines; 1 MiB unless set. A
    /// line may be as long as the limit and its field name.
    pub const fn limit(mut self, bytes: usize) -> Self {
        self.reader.limit(bytes);
        self
    }

    /// Sets how many times in a row, without an event, the client connects again after the connection ends or fails; 0
    /// unless set. It waits for the time that the server requested, else for a growing time, and sends the last
    /// identifier in `Last-Event-ID`. A 204 or the end marker ends the stream. A wait that is not shorter than the
    /// call's `timeout` is an error. It applies only to calls that are safe to retry.
    pub const fn reconnect(mut self, times: u32) -> Self {
        self.reconnects = times;
        self
    }

    /// Returns the headers of the response.
    #[must_use]
    pub const fn headers(&self) -> &HeaderMap {
        &self.response.head.headers
    }

    /// Ends a stream that cannot be read without an async runtime.
    #[cfg(feature = "blocking")]
    fn on_this_thread(&mut self) -> Result<(), Error<E>> {
        self.response.on_this_thread(&mut self.done)
    }

    fn poll(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Event<T>, Error<E>>>> {
        loop {
            if self.done {
                return Poll::Ready(None);
            }
            let broken = if let Some(flight) = &mut self.flight {
                let Poll::Ready(result) = flight.as_mut().poll(context) else { return Poll::Pending };
                self.flight = None;
                match self.replace_connection(result) {
                    Ok(()) => continue,
                    Err(error) => Some(error),
                }
            } else if let Some(event) = self.ready() {
                return Poll::Ready(event);
            } else {
                match self.response.poll(context) {
                    Poll::Pending => return Poll::Pending,
                    Poll::Ready(Some(Ok(chunk))) => {
                        self.reader.feed(chunk);
                        continue;
                    }
                    Poll::Ready(Some(Err(error))) => Some(self.response.interrupted(error)),
                    Poll::Ready(None) => None,
                }
            };
            let over = match self.try_reconnect(broken.as_ref()) {
                Ok(true) => continue,
                Ok(false) => broken,
                Err(late) => broken.or(Some(late)),
            };
            self.done = true;
            return Poll::Ready(over.map(Err));
        }
    }

    /// Returns the next buffered event, or the end if the event is the end marker.
    fn ready(&mut self) -> Option<Option<Result<Event<T>, Error<E>>>> {
        let Raw { kind, data } = match self.reader.next()? {
            Ok(event) => event,
            Err(TooLarge) => return Some(Some(Err(self.response.too_large("an event", self.reader.max_bytes())))),
        };
        self.tried = 0;
        if self.marker.as_ref() == Some(&data) {
            self.done = true;
            self.response.close();
            return Some(None);
        }
        let id = self.reader.last_id.clone();
        let value = T::read(&kind, &EventText::new(&data, &self.response.head));
        self.response.report_misfits();
        let event = match value {
            Ok(value) => Ok(Event { event: kind, id, retry: self.reader.retry, data: value }),
            Err(error) => Err(self.response.decode_error(&format!("an event {kind:?}"), error, data.into_bytes())),
        };
        Some(Some(event))
    }

    /// Continues with a new connection.
    fn replace_connection(&mut self, result: Result<PipelineResponse, Box<UntypedError>>) -> Result<(), Error<E>> {
        let response = self.response.reopened(result)?;
        checked(&response)?;
        self.response = response;
        self.reader.restart();
        Ok(())
    }

    /// Opens a new connection, if one is due.
    fn try_reconnect(&mut self, broken: Option<&Error<E>>) -> Result<bool, Error<E>> {
        let passing = broken.is_none_or(|error| matches!(error.kind(), ErrorKind::Transport | ErrorKind::Timeout));
        let over = self.response.head.status == StatusCode::NO_CONTENT;
        if !passing || over || self.tried >= self.reconnects {
            return Ok(false);
        }
        let Some(mut draft) = self.call.as_ref().and_then(|draft| draft.try_clone()) else { return Ok(false) };
        let id = self.reader.last_id.as_ref().and_then(|id| HeaderValue::from_bytes(id.as_bytes()).ok());
        if let Some(id) = id {
            draft.headers.insert("last-event-id", id);
        }
        let requested = self.reader.retry;
        let pause = requested.unwrap_or_else(|| Backoff::default().after(self.tried, None));
        if pause >= draft.timeout {
            let reason = if requested.is_some() {
                "the server requires a wait of"
            } else {
                "a new connection would follow after"
            };
            let message = format!("{reason} {pause:?}, and the call has a timeout of {:?}", draft.timeout);
            return Err(self.response.interrupted(TransportError::new(TransportErrorKind::Timeout, message)));
        }
        self.tried += 1;
        self.response.close();
        self.flight = Some(self.response.mode().send_after(draft, pause));
        Ok(true)
    }
}

impl SendMode {
    /// Sends a draft after a pause.
    fn send_after(
        self,
        draft: Box<Draft>,
        pause: Duration,
    ) -> BoxFuture<'static, Result<PipelineResponse, Box<UntypedError>>> {
        match self {
            Self::Async => Box::pin(async move {
                if let Some(transport) = draft.client.0.transport.clone() {
                    transport.sleep(pause).await;
                }
                pipeline::run(draft).await
            }),
            #[cfg(feature = "blocking")]
            Self::Blocking => Box::pin(async move {
                let transport = std::sync::Arc::clone(&draft.client.0.blocking);
                transport.sleep(pause).await;
                pipeline::run_blocking(draft)
            }),
        }
    }
}

/// Refuses a response of another media type, which would be a stream without events.
fn checked<E>(response: &StreamedResponse<E>) -> Result<(), Error<E>> {
    match response.head.media_type() {
        Some(media) if !response.head.is_media(MEDIA) => {
            Err(response.decode_error("the response", DecodeError::new(MEDIA, media), Vec::new()))
        }
        Some(_) | None => Ok(()),
    }
}

impl<T: EventData, E> Stream for Events<T, E> {
    type Item = Result<Event<T>, Error<E>>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.poll(context)
    }
}

impl<T: EventData, E> Response<Events<T, E>> {
    /// Sets the end marker, like [`Events::until`].
    pub fn until(self, marker: impl Into<String>) -> Self {
        self.with(|events| events.until(marker))
    }

    /// Sets the limit of an event, like [`Events::limit`].
    pub fn limit(self, bytes: usize) -> Self {
        self.with(|events| events.limit(bytes))
    }

    /// Sets the number of new connections, like [`Events::reconnect`].
    pub fn reconnect(self, times: u32) -> Self {
        self.with(|events| events.reconnect(times))
    }
}

impl<T, E> fmt::Debug for Events<T, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Events").field("last_id", &self.reader.last_id).finish_non_exhaustive()
    }
}
