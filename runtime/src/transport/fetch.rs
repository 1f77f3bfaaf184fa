//! The transport of browsers: `fetch`. The only file that names JavaScript.

use super::{AttemptLimits, Body, BoxFuture, Transport, TransportError, TransportErrorKind};
use bytes::Bytes;
use futures_core::Stream;
use gloo_timers::future::TimeoutFuture;
use http::{HeaderName, HeaderValue};
use js_sys::{Function, Promise, Reflect, Uint8Array};
use std::future::{Future, poll_fn};
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    AbortController, Headers, ReadableStreamDefaultReader, Request, RequestInit, RequestRedirect, Response,
    ResponseType,
};

/// The largest request body, in bytes. It is in memory, because a browser sends no streams.
const MAX_BODY_BYTES: usize = 1 << 30;

/// The browser's `fetch`. A request body that is a stream is read before the request is sent. A redirect is an error: a
/// browser does not show its target, and would send the credentials there.
#[derive(Debug, Clone, Copy, Default)]
pub struct Fetch;

impl Transport for Fetch {
    fn send(
        &self,
        request: http::Request<Body>,
        limits: AttemptLimits,
    ) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        Box::pin(exchange(request, limits))
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'_, ()> {
        Box::pin(timeout_future(duration))
    }

    fn spawn(&self, work: BoxFuture<'static, ()>) -> Option<BoxFuture<'static, ()>> {
        wasm_bindgen_futures::spawn_local(work);
        None
    }
}

/// Aborts the request when it is dropped.
struct Abort(AbortController);

impl Drop for Abort {
    fn drop(&mut self) {
        self.0.abort();
    }
}

async fn exchange(request: http::Request<Body>, limits: AttemptLimits) -> Result<http::Response<Body>, TransportError> {
    let abort = Abort(AbortController::new().map_err(|error| explain(&error))?);
    let (head, body) = request.into_parts();
    let body = body.collect(MAX_BODY_BYTES).await?;
    let request = outgoing(&head, &body, &abort).map_err(|error| explain(&error))?;
    let fetch = Reflect::get(&js_sys::global(), &"fetch".into()).and_then(JsCast::dyn_into::<Function>);
    let promise = fetch.and_then(|fetch| fetch.call1(&JsValue::UNDEFINED, &request));
    let promise: Promise = promise.and_then(JsCast::dyn_into).map_err(|error| explain(&error))?;
    let mut timer = Box::pin(timeout_future(limits.timeout));
    let response = response_head(JsFuture::from(promise), &mut timer, limits.timeout).await?;
    let response: Response = response.dyn_into().map_err(|error| explain(&error))?;
    if response.type_() == ResponseType::Opaqueredirect {
        let message = "the server redirects to another address, which is not followed";
        return Err(TransportError::new(TransportErrorKind::Other, message));
    }
    let mut whole = http::Response::new(Body::empty());
    *whole.status_mut() = http::StatusCode::from_u16(response.status())
        .map_err(|error| TransportError::new(TransportErrorKind::Broken, error.to_string()))?;
    for entry in response.headers().entries() {
        let pair = js_sys::Array::from(&entry.map_err(|error| explain(&error))?);
        let (Some(name), Some(value)) = (pair.get(0).as_string(), pair.get(1).as_string()) else { continue };
        if let (Ok(name), Ok(value)) = (HeaderName::from_bytes(name.as_bytes()), HeaderValue::from_str(&value)) {
            whole.headers_mut().append(name, value);
        }
    }
    if let Some(stream) = response.body() {
        let reader: ReadableStreamDefaultReader =
            stream.get_reader().dyn_into().map_err(|error| explain(&error.into()))?;
        let (timer, idle) = match (limits.streamed, limits.idle) {
            (false, _) => (Some(timer), None),
            (true, idle) => (idle.map(|idle| Box::pin(timeout_future(idle))), idle),
        };
        *whole.body_mut() = Body::stream(Incoming { reader, next: None, timer, idle, _abort: abort }, None);
    }
    Ok(whole)
}

fn outgoing(head: &http::request::Parts, body: &Bytes, abort: &Abort) -> Result<Request, JsValue> {
    let headers = Headers::new()?;
    for (name, value) in &head.headers {
        headers.append(name.as_str(), &String::from_utf8_lossy(value.as_bytes()))?;
    }
    let init = RequestInit::new();
    init.set_method(head.method.as_str());
    init.set_headers(&headers);
    init.set_redirect(RequestRedirect::Manual);
    init.set_signal(Some(&abort.0.signal()));
    if !body.is_empty() {
        init.set_body(&Uint8Array::from(body.as_ref()));
    }
    Request::new_with_str_and_init(&head.uri.to_string(), &init)
}

/// A response body as chunks.
struct Incoming {
    reader: ReadableStreamDefaultReader,
    next: Option<JsFuture>,
    timer: Option<Pin<Box<TimeoutFuture>>>,
    idle: Option<Duration>,
    _abort: Abort,
}

impl Stream for Incoming {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let this = &mut *self;
        let next = this.next.get_or_insert_with(|| JsFuture::from(this.reader.read()));
        if let Poll::Ready(read) = Pin::new(next).poll(context) {
            this.next = None;
            if this.idle.is_some() {
                // The time that the caller takes for a chunk does not count.
                this.timer = None;
            }
            return Poll::Ready(chunk(read).transpose());
        }
        if let (None, Some(idle)) = (&this.timer, this.idle) {
            this.timer = Some(Box::pin(timeout_future(idle)));
        }
        match this.timer.as_mut().map(|timer| timer.as_mut().poll(context)) {
            Some(Poll::Ready(())) => Poll::Ready(Some(Err(late(&match this.idle {
                Some(idle) => format!("no data arrived for {idle:?}"),
                None => "the timeout passed before the whole body arrived".to_owned(),
            })))),
            Some(Poll::Pending) | None => Poll::Pending,
        }
    }
}

/// Converts the result of `read()`: `{ done, value }`.
fn chunk(read: Result<JsValue, JsValue>) -> Result<Option<Bytes>, TransportError> {
    let read = read.map_err(|error| explain(&error))?;
    let member = |name: &str| Reflect::get(&read, &name.into()).map_err(|error| explain(&error));
    if member("done")?.is_truthy() {
        return Ok(None);
    }
    Ok(Some(Uint8Array::new(&member("value")?).to_vec().into()))
}

/// Waits for the head of a response.
async fn response_head(
    mut response: JsFuture,
    timer: &mut Pin<Box<TimeoutFuture>>,
    timeout: Duration,
) -> Result<JsValue, TransportError> {
    poll_fn(|context| {
        if let Poll::Ready(response) = Pin::new(&mut response).poll(context) {
            return Poll::Ready(response.map_err(|error| explain(&error)));
        }
        timer.as_mut().poll(context).map(|()| Err(late(&format!("no response within {timeout:?}"))))
    })
    .await
}

fn timeout_future(duration: Duration) -> TimeoutFuture {
    // Browsers have timers of 31 bits.
    let max = i32::MAX.unsigned_abs();
    TimeoutFuture::new(u32::try_from(duration.as_millis()).unwrap_or(max).min(max))
}

fn late(message: &str) -> TransportError {
    TransportError::new(TransportErrorKind::Timeout, message)
}

/// A browser gives only the name of an error and its message.
fn explain(error: &JsValue) -> TransportError {
    let message = error.dyn_ref::<js_sys::Error>().map(|error| String::from(error.message()));
    let message = message.or_else(|| error.as_string()).unwrap_or_else(|| "the browser refused".to_owned());
    TransportError::new(TransportErrorKind::Broken, message)
}
