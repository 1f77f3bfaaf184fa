//! A request to a token server, or for the metadata of one. It uses the transport of the call and has its own time
//! limit.

use super::in_flight::Waiter;
use super::shared_deadline::SharedDeadline;
use super::{CredentialError, Unobtainable};
use crate::retry::{Backoff, is_transient};
use crate::transport::clock::Instant;
use crate::transport::maybe_send::MaybeSync;
use crate::transport::{AttemptLimits, Body, CallContext, SendMode, Transport, TransportError, TransportErrorKind};
use crate::uri::for_display;
use bytes::Bytes;
use http::header::{ACCEPT, USER_AGENT};
use http::{HeaderValue, Method, Request, Response};
use std::sync::Arc;
use std::time::Duration;

/// The maximum size of a response.
const MAX_RESPONSE_BYTES: usize = 1 << 20;

/// The settings of a client that apply to its token requests.
pub(crate) trait TokenClient: MaybeSync {
    /// Returns the value of `User-Agent`.
    fn user_agent(&self) -> Option<&HeaderValue>;
    /// Returns the time limit of an attempt.
    fn attempt_timeout(&self) -> Duration;
    /// Returns the number of retries.
    fn retries(&self) -> u32;
    /// Returns a URL of the description as an absolute URL, relative to that of the API.
    ///
    /// # Errors
    /// Returns an error if the URL has no valid host, or a server variable without a value or with one that is not allowed
    /// there.
    fn resolve(&self, address: &str) -> Result<String, CredentialError>;
}

/// Sends the requests for one token, also for metadata. It has no part of the call that needs the token, nor of the client,
/// because both may end before the request.
pub(crate) struct TokenRequest {
    transport: Arc<dyn Transport>,
    pub(super) mode: SendMode,
    pub(super) deadline: Arc<SharedDeadline>,
    agent: Option<HeaderValue>,
    attempt_timeout: Duration,
    retries: u32,
    start: Instant,
    timeout: Duration,
}

impl TokenRequest {
    /// Creates a sender whose time starts now.
    pub(super) fn new(client: &dyn TokenClient, context: &CallContext<'_>, timeout: Duration) -> Self {
        Self {
            transport: Arc::clone(context.transport),
            mode: context.mode,
            deadline: Arc::default(),
            agent: client.user_agent().cloned(),
            attempt_timeout: client.attempt_timeout(),
            retries: client.retries(),
            start: Instant::now(),
            timeout,
        }
    }

    /// Creates a sender with the same time limit, for metadata that several token requests share.
    pub(super) fn for_metadata(&self) -> Self {
        Self { transport: Arc::clone(&self.transport), deadline: Arc::default(), agent: self.agent.clone(), ..*self }
    }

    /// Returns the waiter for such metadata.
    pub(super) fn waiter(&self) -> Waiter<'_> {
        Waiter::Future(&self.deadline)
    }

    pub(super) const fn start(&self) -> Instant {
        self.start
    }

    fn left(&self) -> Duration {
        self.timeout.saturating_sub(self.start.elapsed())
    }

    /// Creates an HTTP request with only a `User-Agent`, an `Accept` header, and the given parts.
    pub(super) fn http_request(
        &self,
        method: Method,
        address: &str,
        body: Body,
    ) -> Result<Request<Body>, CredentialError> {
        let mut request = Request::new(body);
        *request.method_mut() = method;
        *request.uri_mut() = address
            .parse()
            .map_err(|_| CredentialError::new(format!("{:?} is not a valid URL", for_display(address))))?;
        let headers = request.headers_mut();
        headers.extend(self.agent.clone().map(|agent| (USER_AGENT, agent)));
        headers.insert(ACCEPT, HeaderValue::from_static("application/json"));
        Ok(request)
    }

    /// Sends a request with retries, and returns its response as `read` converts it. `repeats` allows a retry of a
    /// request that may have arrived.
    pub(super) async fn fetch<T>(
        &self,
        repeats: bool,
        request: impl Fn() -> Result<Request<Body>, CredentialError>,
        read: impl Fn(&Response<Bytes>) -> Result<T, CredentialError>,
    ) -> Result<T, Unobtainable> {
        let mut attempt = 0;
        loop {
            let left = self.left();
            if left.is_zero() {
                let message = "the token server did not respond in time".to_owned();
                return Err(Unobtainable { message, late: true, rejected: false });
            }
            let time = self.attempt_timeout.min(left);
            let done = self.deadline.within(time, self.exchange(request()?, time)).await;
            let late = || TransportError::new(TransportErrorKind::Timeout, format!("no response within {time:?}"));
            let (pause, failure) = match done.unwrap_or_else(|| Err(late())) {
                Ok(response) => match read(&response) {
                    Ok(found) => return Ok(found),
                    // Whatever the status, a value for one use may be used up.
                    Err(error) if is_transient(response.status()) => {
                        let response = Some((response.status(), response.headers()));
                        (repeats.then(|| Backoff::default().after(attempt, response)), Unobtainable::from(error))
                    }
                    Err(error) => (None, Unobtainable { message: error.to_string(), late: false, rejected: true }),
                },
                Err(error) => {
                    let is_repeatable = match error.kind {
                        TransportErrorKind::Connect => true,
                        TransportErrorKind::Broken | TransportErrorKind::Timeout => repeats,
                        _ => false,
                    };
                    let message = format!("the token server cannot be reached: {}", error.message);
                    (is_repeatable.then(|| Backoff::default().after(attempt, None)), Unobtainable::from(message))
                }
            };
            let pause = pause.filter(|pause| attempt < self.retries && *pause < self.left());
            let Some(pause) = pause else { return Err(failure) };
            self.deadline.pause(pause).await;
            attempt += 1;
        }
    }

    async fn exchange(&self, request: Request<Body>, time: Duration) -> Result<Response<Bytes>, TransportError> {
        let limits = match self.mode {
            // The shared deadline has the time limit: a limit of the transport would also count the time in which nothing polls
            // the response.
            SendMode::Async => AttemptLimits { timeout: time, streamed: true, idle: None },
            #[cfg(feature = "blocking")]
            SendMode::Blocking => AttemptLimits::whole(time),
        };
        let (head, body) = self.transport.send(request, limits).await?.into_parts();
        Ok(Response::from_parts(head, body.collect(MAX_RESPONSE_BYTES).await?))
    }
}
