//! A request to a server that gives tokens, or says which one does: sent over the call's own transport, within its time.

use super::flight::Failure;
use crate::client::Shared;
use crate::pipeline::Course;
use crate::retry::{Backoff, is_passing};
use crate::transport::{Body, Limits, TransportError, TransportErrorKind};
use bytes::Bytes;
use http::header::{ACCEPT, USER_AGENT};
use http::{HeaderValue, Method, Request, Response};

/// No answer is larger.
const MOST_BYTES: usize = 1 << 20;

/// What a token is wanted with.
pub(crate) struct Errand<'a> {
    pub(crate) shared: &'a Shared,
    pub(crate) course: &'a Course<'a>,
    pub(crate) retries: u32,
}

impl Errand<'_> {
    /// A request that holds nothing but who asks, and what is asked for. A relative address starts from the API's own.
    pub(super) fn request(&self, method: Method, address: &str, body: Body) -> Result<Request<Body>, String> {
        let mut request = Request::new(body);
        *request.method_mut() = method;
        *request.uri_mut() = self.shared.resolve(address).parse().map_err(|_| format!("{address:?} is no address"))?;
        let headers = request.headers_mut();
        if let Some(agent) = self.shared.headers.get(USER_AGENT) {
            headers.insert(USER_AGENT, agent.clone());
        }
        headers.insert(ACCEPT, HeaderValue::from_static("application/json"));
        Ok(request)
    }

    /// What an answer is read as, asked for again where that may help. `repeats` says whether a request may be sent twice
    /// that may have arrived.
    pub(super) async fn fetch<T>(
        &self,
        repeats: bool,
        request: impl Fn() -> Result<Request<Body>, String>,
        read: impl Fn(&Response<Bytes>) -> Result<T, String>,
    ) -> Result<T, Failure> {
        let mut attempt = 0;
        loop {
            let left = self.course.left();
            if left.is_zero() {
                return Err(Failure { message: "the token server gave no answer in time".to_owned(), late: true });
            }
            let limits = Limits::whole(self.shared.attempt_timeout.min(left));
            let (pause, message, late) = match self.exchange(request()?, limits).await {
                Ok(response) => match read(&response) {
                    Ok(found) => return Ok(found),
                    Err(error) if is_passing(response.status()) => {
                        let answer = Some((response.status(), response.headers()));
                        (Some(Backoff::default().after(attempt, answer)), error, false)
                    }
                    Err(error) => (None, error, false),
                },
                Err(error) => {
                    let again = match error.kind {
                        TransportErrorKind::Connect => true,
                        TransportErrorKind::Broken => repeats,
                        _ => false,
                    };
                    let message = format!("the token server cannot be reached: {}", error.message);
                    let late = error.kind == TransportErrorKind::Timeout && left < self.shared.attempt_timeout;
                    (again.then(|| Backoff::default().after(attempt, None)), message, late)
                }
            };
            let pause = pause.filter(|pause| attempt < self.retries && self.course.allows(*pause));
            let Some(pause) = pause else { return Err(Failure { message, late }) };
            self.course.transport.sleep(pause).await;
            attempt += 1;
        }
    }

    async fn exchange(&self, request: Request<Body>, limits: Limits) -> Result<Response<Bytes>, TransportError> {
        let (head, body) = self.course.transport.send(request, limits).await?.into_parts();
        Ok(Response::from_parts(head, body.collect(MOST_BYTES).await?))
    }
}
