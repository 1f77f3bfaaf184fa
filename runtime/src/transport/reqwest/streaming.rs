//! Conversion between our bodies and hyper's frames, with the idle timeout between two chunks.

use super::explain;
use crate::transport::{Body, TransportError, TransportErrorKind};
use bytes::Bytes;
use futures_core::Stream;
use http_body::{Body as HttpBody, Frame, SizeHint};
use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;
use tokio::time::{Instant, Sleep, sleep};

/// Converts a request body for reqwest.
pub(super) fn outgoing(body: Body) -> reqwest::Body {
    match body.as_bytes() {
        Some(bytes) => bytes.clone().into(),
        None => reqwest::Body::wrap(Outgoing(body)),
    }
}

struct Outgoing(Body);

impl HttpBody for Outgoing {
    type Data = Bytes;
    type Error = TransportError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, TransportError>>> {
        Pin::new(&mut self.0).poll_next(context).map(|next| next.map(|chunk| chunk.map(Frame::data)))
    }

    fn size_hint(&self) -> SizeHint {
        self.0.length().map_or_else(SizeHint::default, SizeHint::with_exact)
    }
}

/// Converts a response body from reqwest.
pub(super) fn incoming(body: reqwest::Body, idle: Option<Duration>) -> Body {
    let length = body.size_hint().exact();
    let silence = idle.map(|idle| Silence { alarm: Box::pin(sleep(idle)), idle, waiting: true });
    Body::chunks(Incoming { body, silence }, length)
}

struct Incoming {
    body: reqwest::Body,
    silence: Option<Silence>,
}

/// The idle timeout. It runs only while the caller waits for a chunk.
struct Silence {
    alarm: Pin<Box<Sleep>>,
    idle: Duration,
    waiting: bool,
}

impl Stream for Incoming {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        loop {
            let Poll::Ready(next) = Pin::new(&mut self.body).poll_frame(context) else { break };
            match next {
                None => return Poll::Ready(None),
                Some(Err(error)) => return Poll::Ready(Some(Err(explain(error)))),
                Some(Ok(frame)) => {
                    // Trailers are skipped.
                    if let Ok(chunk) = frame.into_data() {
                        if let Some(silence) = &mut self.silence {
                            silence.waiting = false;
                        }
                        return Poll::Ready(Some(Ok(chunk)));
                    }
                }
            }
        }
        let Some(Silence { alarm, idle, waiting }) = &mut self.silence else { return Poll::Pending };
        if !std::mem::replace(waiting, true) {
            // A time beyond the clock's range means no timeout.
            let Some(at) = Instant::now().checked_add(*idle) else { return Poll::Pending };
            alarm.as_mut().reset(at);
        }
        ready!(alarm.as_mut().poll(context));
        let message = format!("nothing came for {idle:?}");
        Poll::Ready(Some(Err(TransportError::new(TransportErrorKind::Timeout, message))))
    }
}
