//! Answers that are streams of values: server-sent events, JSON in lines, sequences of JSON texts.

mod blocking;
mod data;
mod event_writer;
mod lines;
mod multipart;
mod parts;
mod sse;
mod stream_spec;

#[cfg(feature = "blocking")]
pub use blocking::{BlockingEvents, BlockingJsonStream, BlockingPartStream};
pub use data::{EventData, SentData};
pub use event_writer::EventBody;
pub use lines::JsonStream;
pub use multipart::PartStream;
pub use stream_spec::{StreamFlag, StreamFlagPlace, StreamSpec};

use crate::call::response::Response;
use crate::call::{Call, Carrier, Draft, Flow, Opened};
use crate::codec::{Decode, DecodeError};
use crate::error::{Error, ErrorKind, Fault};
use crate::pipeline::retry::Backoff;
use crate::pipeline::{self, PipelineResponse};
use crate::transport::maybe_send::BoxFuture;
use crate::transport::{TransportError, TransportErrorKind};
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
/// The largest value in bytes, unless set.
const LIMIT: usize = 1 << 20;

/// A server-sent event, that came or is to be sent.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Event<T> {
    /// What kind of event it is; `message` unless the server says so.
    pub event: String,
    /// The last identifier that the server gave, with this event or before.
    pub id: Option<String>,
    /// How long to wait before a new connection, as the server said last, with this event or before.
    pub retry: Option<Duration>,
    /// What it says.
    pub data: T,
}

/// Server-sent events as they come: with [`Events::next`], or as a stream. Dropping it ends the call.
///
/// Data is JSON, and for `String` the text as it is. An event that is not what it should be, or is too large, is an
/// error, and what comes next is the event after it. A connection that breaks is an error and the end, unless
/// [`Events::reconnect`] is asked for.
#[must_use = "a stream gives nothing until it is asked"]
pub struct Events<T, E> {
    flow: Flow<E>,
    reader: Reader,
    marker: Option<String>,
    /// The call once more, where it may be repeated.
    again: Option<Box<Draft>>,
    reconnects: u32,
    /// New connections since the last event.
    tried: u32,
    flight: Option<BoxFuture<'static, Result<PipelineResponse, Box<Fault>>>>,
    done: bool,
    data: PhantomData<fn() -> T>,
}

impl<T, E> Call<T, E> {
    /// Sends the call and gives the server-sent events of a success as they come.
    ///
    /// A server that is silent for longer than the call's `idle_timeout` breaks the connection.
    ///
    /// # Errors
    /// Everything that can go wrong until the body starts; an answer that is no `text/event-stream`.
    pub async fn events<D: Decode + 'static>(self) -> Result<Events<D, E>, Error<E>> {
        self.streamed(StreamSpec::events(MEDIA)).send().await.map(Response::into_inner)
    }

    /// As [`Call::events`], on this thread.
    ///
    /// # Errors
    /// Everything that can go wrong until the body starts; an answer that is no `text/event-stream`.
    #[cfg(feature = "blocking")]
    pub fn events_blocking<D: Decode + 'static>(self) -> Result<BlockingEvents<D, E>, Error<E>> {
        self.streamed(StreamSpec::events(MEDIA))
            .send_blocking()
            .map(|response| BlockingEvents::new(response.into_inner()))
    }
}

impl<T: EventData, E> Events<T, E> {
    fn of(opened: Opened<E>) -> Result<Self, Error<E>> {
        let Opened { flow, end, again } = opened;
        checked(&flow)?;
        Ok(Self {
            flow,
            reader: Reader::new(LIMIT),
            marker: end.map(str::to_owned),
            again,
            reconnects: 0,
            tried: 0,
            flight: None,
            done: false,
            data: PhantomData,
        })
    }

    /// The next event; none at the end. When its future is dropped, nothing is lost.
    ///
    /// # Errors
    /// An event that is not what it should be or is too large; a connection that breaks.
    pub async fn next(&mut self) -> Option<Result<Event<T>, Error<E>>> {
        poll_fn(|context| self.poll(context)).await
    }

    /// The data by which the server says that nothing follows, such as `[DONE]`. It is not given.
    pub fn until(mut self, marker: impl Into<String>) -> Self {
        self.marker = Some(marker.into());
        self
    }

    /// Sets the largest event, in bytes of its data with the line breaks between its lines; 1 MiB unless set. No line is longer
    /// than that and its field name.
    pub const fn limit(mut self, bytes: usize) -> Self {
        self.reader.limit(bytes);
        self
    }

    /// Connects again, up to so many times one after the other without an event, when the connection ends or breaks: after
    /// the time that the server asks for, else a growing one, and with the last identifier in `Last-Event-ID`. A 204 or a
    /// marker is the end, and a server that asks for more time than the call's `timeout` an error. It holds for calls that are
    /// safe to repeat only.
    pub const fn reconnect(mut self, times: u32) -> Self {
        self.reconnects = times;
        self
    }

    /// The headers of the answer.
    #[must_use]
    pub const fn headers(&self) -> &HeaderMap {
        &self.flow.head.headers
    }

    /// Ends a stream that cannot be read without an async runtime.
    #[cfg(feature = "blocking")]
    fn on_this_thread(&mut self) -> Result<(), Error<E>> {
        let fit = if self.done { Ok(()) } else { self.flow.on_this_thread() };
        self.done |= fit.is_err();
        fit
    }

    fn poll(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Event<T>, Error<E>>>> {
        loop {
            if self.done {
                return Poll::Ready(None);
            }
            let broken = if let Some(flight) = &mut self.flight {
                let Poll::Ready(answer) = flight.as_mut().poll(context) else { return Poll::Pending };
                self.flight = None;
                match self.landed(answer) {
                    Ok(()) => continue,
                    Err(error) => Some(error),
                }
            } else if let Some(event) = self.ready() {
                return Poll::Ready(event);
            } else {
                match self.flow.poll(context) {
                    Poll::Pending => return Poll::Pending,
                    Poll::Ready(Some(Ok(chunk))) => {
                        self.reader.feed(chunk);
                        continue;
                    }
                    Poll::Ready(Some(Err(error))) => Some(self.flow.interrupted(error)),
                    Poll::Ready(None) => None,
                }
            };
            let over = match self.depart(broken.as_ref()) {
                Ok(true) => continue,
                Ok(false) => broken,
                Err(late) => broken.or(Some(late)),
            };
            self.done = true;
            return Poll::Ready(over.map(Err));
        }
    }

    /// The next event of what is there, or the end that the marker says.
    fn ready(&mut self) -> Option<Option<Result<Event<T>, Error<E>>>> {
        let Raw { kind, data } = match self.reader.next()? {
            Ok(event) => event,
            Err(TooLarge) => return Some(Some(Err(self.flow.too_large("an event", self.reader.most())))),
        };
        self.tried = 0;
        if self.marker.as_ref() == Some(&data) {
            self.done = true;
            self.flow.close();
            return Some(None);
        }
        let id = self.reader.last_id.clone();
        let event = match T::read(&kind, &data) {
            Ok(value) => Ok(Event { event: kind, id, retry: self.reader.retry, data: value }),
            Err(error) => Err(self.flow.undecodable(&format!("an event {kind:?}"), error, data.into_bytes())),
        };
        Some(Some(event))
    }

    /// Takes a new connection in.
    fn landed(&mut self, answer: Result<PipelineResponse, Box<Fault>>) -> Result<(), Error<E>> {
        let flow = self.flow.again(answer)?;
        checked(&flow)?;
        self.flow = flow;
        self.reader.restart();
        Ok(())
    }

    /// Starts a new connection, where one is due.
    fn depart(&mut self, broken: Option<&Error<E>>) -> Result<bool, Error<E>> {
        let passing = broken.is_none_or(|error| matches!(error.kind(), ErrorKind::Transport | ErrorKind::Timeout));
        let over = self.flow.head.status == StatusCode::NO_CONTENT;
        if !passing || over || self.tried >= self.reconnects {
            return Ok(false);
        }
        let Some(mut draft) = self.again.as_ref().and_then(|draft| draft.again()) else { return Ok(false) };
        let id = self.reader.last_id.as_ref().and_then(|id| HeaderValue::from_bytes(id.as_bytes()).ok());
        if let Some(id) = id {
            draft.headers.insert("last-event-id", id);
        }
        let pause = self.reader.retry.unwrap_or_else(|| Backoff::default().after(self.tried, None));
        if pause >= draft.timeout {
            let message =
                format!("the server asks to wait {pause:?} before a new connection: the call has {:?}", draft.timeout);
            return Err(self.flow.interrupted(TransportError::new(TransportErrorKind::Timeout, message)));
        }
        self.tried += 1;
        self.flow.close();
        self.flight = Some(self.flow.carrier().carry(draft, pause));
        Ok(true)
    }
}

impl Carrier {
    fn carry(self, draft: Box<Draft>, pause: Duration) -> BoxFuture<'static, Result<PipelineResponse, Box<Fault>>> {
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

/// An answer of another media type would be a stream without events.
fn checked<E>(flow: &Flow<E>) -> Result<(), Error<E>> {
    match flow.head.media_type() {
        Some(media) if !flow.head.is_media(MEDIA) => {
            Err(flow.undecodable("the answer", DecodeError::new(MEDIA, media), Vec::new()))
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
    /// As [`Events::until`].
    pub fn until(self, marker: impl Into<String>) -> Self {
        self.with(|events| events.until(marker))
    }

    /// As [`Events::limit`].
    pub fn limit(self, bytes: usize) -> Self {
        self.with(|events| events.limit(bytes))
    }

    /// As [`Events::reconnect`].
    pub fn reconnect(self, times: u32) -> Self {
        self.with(|events| events.reconnect(times))
    }
}

impl<T, E> fmt::Debug for Events<T, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Events").field("last_id", &self.reader.last_id).finish_non_exhaustive()
    }
}
