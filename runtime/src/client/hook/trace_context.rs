//! A hook that sends the trace context of the program (W3C Trace Context, level 1).

use super::{CallInfo, Hook};
use crate::client::ConfigError;
use crate::transport::maybe_send::{BoxFuture, MaybeSend, MaybeSync};
use crate::transport::{Body, TransportError};
use crate::uri::same_origin;
use http::header::{HeaderName, HeaderValue};
use http::{Request, Response, Uri};
use std::fmt;
use std::future::ready;

/// The header with the ids (section 3.2).
const TRACEPARENT: HeaderName = HeaderName::from_static("traceparent");
/// The header with data of tracing systems (section 3.3).
const TRACESTATE: HeaderName = HeaderName::from_static("tracestate");

/// The longest `tracestate`, in bytes. Systems need not pass on longer ones.
const MAX_STATE_BYTES: usize = 512;

/// A trace that a request belongs to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TraceContext {
    trace_id: u128,
    parent_id: Option<u64>,
    sampled: bool,
    state: Option<String>,
}

impl TraceContext {
    /// Creates the context of a trace. A trace id of 0 is not valid, and is not sent.
    #[must_use]
    pub const fn new(trace_id: u128) -> Self {
        Self { trace_id, parent_id: None, sampled: false, state: None }
    }

    /// Reads a `traceparent` that the program received: version, trace id, parent id and flags. Returns `None` if it is not
    /// valid. The parent id is not part of the result, because a request has its own.
    #[must_use]
    pub fn parse(traceparent: &str) -> Option<Self> {
        let mut parts = traceparent.split('-');
        let mut hex = |length: usize| {
            let part = parts.next().filter(|part| part.len() == length)?;
            let is_hex = part.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
            u128::from_str_radix(part, 16).ok().filter(|_| is_hex)
        };
        let (version, trace_id, parent_id, flags) = (hex(2)?, hex(32)?, hex(16)?, hex(2)?);
        // A later version may have more parts; version 255 is forbidden.
        let is_version = version < 255 && (version > 0 || parts.next().is_none());
        (is_version && trace_id > 0 && parent_id > 0).then_some(Self { sampled: flags & 1 == 1, ..Self::new(trace_id) })
    }

    /// Sets the id of the request's own span. By default each attempt has a new random id. 0 is not valid.
    #[must_use]
    pub const fn parent_id(mut self, parent_id: u64) -> Self {
        self.parent_id = Some(parent_id);
        self
    }

    /// Sets the flag that the caller may have recorded the trace. The default is `false`.
    #[must_use]
    pub const fn sampled(mut self, sampled: bool) -> Self {
        self.sampled = sampled;
        self
    }

    /// Sets `tracestate`: a list of `key=value`. One that is longer than 512 bytes, or not printable ASCII, is not sent.
    #[must_use]
    pub fn state(mut self, state: impl Into<String>) -> Self {
        self.state = Some(state.into());
        self
    }

    /// Returns the value of `traceparent`, with a new parent id if the program sets none.
    fn traceparent(&self) -> Option<HeaderValue> {
        let parent_id = self.parent_id.unwrap_or_else(|| fastrand::u64(1..));
        let is_valid = self.trace_id > 0 && parent_id > 0;
        let text = format!("00-{:032x}-{parent_id:016x}-{:02x}", self.trace_id, u8::from(self.sampled));
        HeaderValue::try_from(text).ok().filter(|_| is_valid)
    }

    fn tracestate(&self) -> Option<HeaderValue> {
        let state = self.state.as_deref().filter(|state| !state.is_empty() && state.len() <= MAX_STATE_BYTES)?;
        let is_printable = state.bytes().all(|byte| matches!(byte, b' '..=b'~'));
        HeaderValue::try_from(state).ok().filter(|_| is_printable)
    }
}

/// A hook that sends `traceparent`, and `tracestate` if there is one, with each request to the named origins.
///
/// The source is called for each attempt. It returns the context of the current trace, or `None` to send nothing. Each
/// attempt has its own parent id. A request that has a `traceparent` already is not changed.
///
/// ```
/// use clientsmith_runtime::client::hook::{SendTraceContext, TraceContext};
///
/// # fn current() -> Option<u128> { None }
/// let hook = SendTraceContext::new(["https://api.example.com"], |_| current().map(TraceContext::new))?;
/// # Ok::<(), clientsmith_runtime::client::ConfigError>(())
/// ```
pub struct SendTraceContext<S> {
    origins: Vec<Uri>,
    source: S,
}

impl<S: Fn(&CallInfo) -> Option<TraceContext>> SendTraceContext<S> {
    /// Creates the hook for these origins, such as `https://api.example.com`. Requests to other origins get no header.
    ///
    /// # Errors
    /// Returns a [`ConfigError`] if an origin is not an address with a scheme and a host.
    pub fn new<'o>(origins: impl IntoIterator<Item = &'o str>, source: S) -> Result<Self, ConfigError> {
        let origin = |text: &'o str| {
            let uri = text.parse::<Uri>().ok().filter(|uri| uri.scheme().is_some() && uri.host().is_some());
            uri.ok_or_else(|| ConfigError::new("an origin of a trace context needs a scheme and a host"))
        };
        let origins = origins.into_iter().map(origin).collect::<Result<_, _>>()?;
        Ok(Self { origins, source })
    }
}

impl<S> fmt::Debug for SendTraceContext<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SendTraceContext").field("origins", &self.origins).finish_non_exhaustive()
    }
}

impl<S: Fn(&CallInfo) -> Option<TraceContext> + MaybeSend + MaybeSync> Hook for SendTraceContext<S> {
    fn before<'h>(
        &'h self,
        request: &'h mut Request<Body>,
    ) -> BoxFuture<'h, Result<Option<Response<Body>>, TransportError>> {
        let is_allowed = self.origins.iter().any(|origin| same_origin(origin, request.uri()));
        let is_new = !request.headers().contains_key(TRACEPARENT);
        let info = request.extensions().get::<CallInfo>().filter(|_| is_allowed && is_new);
        let context = info.and_then(|info| (self.source)(info));
        if let Some((state, parent)) = context.and_then(|context| Some((context.tracestate(), context.traceparent()?)))
        {
            request.headers_mut().insert(TRACEPARENT, parent);
            if let Some(state) = state {
                request.headers_mut().insert(TRACESTATE, state);
            }
        }
        Box::pin(ready(Ok(None)))
    }
}
