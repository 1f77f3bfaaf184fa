//! A server that is not there: a transport that answers from rules and writes down what was asked, so that a program is
//! tested without a socket. Async and blocking calls take it alike, and nothing in it waits.

mod reply;
mod request;

use crate::client::hook::CallInfo;
use crate::transport::maybe_send::{BoxFuture, MaybeSend, MaybeSync};
use crate::transport::{Body, Limits, Transport, TransportError, TransportErrorKind};
use bytes::Bytes;
use http::Method;
pub use reply::{Fault, Reply};
pub use request::RecordedRequest;
use std::future::ready;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// A server in the program's own memory. Clones are the same server: give one to the client, and keep one to look at.
///
/// ```
/// use clientsmith_runtime::testing::{Fault, Reply, MockServer};
///
/// let server = MockServer::new();
/// // The first answer of an operation, then the next; the last one stays.
/// server.on("GetPet").reply(Fault::Reset).reply(Reply::json(200, &"Rex".to_owned()));
/// ```
#[derive(Clone, Default)]
pub struct MockServer(Arc<Mutex<State>>);

#[derive(Default)]
struct State {
    rules: Vec<Entry>,
    requests: Vec<RecordedRequest>,
    pauses: Vec<Duration>,
}

struct Entry {
    matches: Vec<Box<dyn Matching>>,
    replies: Vec<Arc<dyn Responder>>,
    given: usize,
}

/// Whether a rule is for a request.
pub trait Matching: Fn(&RecordedRequest) -> bool + MaybeSend + MaybeSync {}
impl<F: Fn(&RecordedRequest) -> bool + MaybeSend + MaybeSync> Matching for F {}

/// What a rule answers.
pub trait Responder: Fn(&RecordedRequest) -> Reply + MaybeSend + MaybeSync {}
impl<F: Fn(&RecordedRequest) -> Reply + MaybeSend + MaybeSync> Responder for F {}

impl MockServer {
    /// Without a rule: every request fails, and says so.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// A rule for an operation, by its `operationId`, or its method and path where it has none (`GET /pets/{id}`).
    pub fn on(&self, operation: impl Into<String>) -> Rule<'_> {
        let operation = operation.into();
        self.rule(Box::new(move |request: &RecordedRequest| request.operation == operation))
    }

    /// A rule for a method and a path: the document's template, or a path as it is sent.
    pub fn on_request(&self, method: Method, path: impl Into<String>) -> Rule<'_> {
        let path = path.into();
        self.rule(Box::new(move |request: &RecordedRequest| {
            request.method == method && (request.template == path || request.uri.path().ends_with(&path))
        }))
    }

    /// A rule for everything that no rule before it is for.
    pub fn on_any(&self) -> Rule<'_> {
        self.rule(Box::new(|_: &RecordedRequest| true))
    }

    fn rule(&self, matching: Box<dyn Matching>) -> Rule<'_> {
        let mut state = self.state();
        state.rules.push(Entry { matches: vec![matching], replies: Vec::new(), given: 0 });
        Rule { server: self, index: state.rules.len() - 1 }
    }

    /// What was asked, in order.
    #[must_use]
    pub fn requests(&self) -> Vec<RecordedRequest> {
        self.state().requests.clone()
    }

    /// What was asked of one operation, in order.
    #[must_use]
    pub fn requests_of(&self, operation: &str) -> Vec<RecordedRequest> {
        self.state().requests.iter().filter(|request| request.operation == operation).cloned().collect()
    }

    /// How long the client would have waited, pause by pause: before repetitions, and for its turn.
    #[must_use]
    pub fn pauses(&self) -> Vec<Duration> {
        self.state().pauses.clone()
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The first rule that is for the request gives its next answer.
    fn answer(&self, recorded: RecordedRequest) -> Result<Reply, TransportError> {
        let mut state = self.state();
        let rule = state.rules.iter_mut().find(|rule| rule.matches.iter().all(|matches| matches(&recorded)));
        let answering = rule.and_then(|rule| {
            let next = rule.replies.get(rule.given).or(rule.replies.last()).cloned();
            rule.given += 1;
            next
        });
        let described = format!("{} ({} {})", recorded.operation, recorded.method, recorded.uri.path());
        state.requests.push(recorded.clone());
        // A rule may look at the server itself.
        drop(state);
        let missing = || TransportError::new(TransportErrorKind::Other, format!("no rule answers {described}"));
        answering.map(|answering| answering(&recorded)).ok_or_else(missing)
    }

    async fn exchange(
        &self,
        request: http::Request<Body>,
        limits: Limits,
    ) -> Result<http::Response<Body>, TransportError> {
        let (head, body) = request.into_parts();
        let body = body.collect(usize::MAX).await?;
        let info = head.extensions.get::<CallInfo>();
        let recorded = RecordedRequest {
            operation: info.map_or("", |info| info.operation),
            template: info.map_or("", |info| info.template),
            repetition: info.map_or(0, |info| info.repetition),
            method: head.method,
            uri: head.uri,
            headers: head.headers,
            body,
        };
        self.answer(recorded)?.play(limits)
    }
}

impl Transport for MockServer {
    fn send(
        &self,
        request: http::Request<Body>,
        limits: Limits,
    ) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        Box::pin(self.exchange(request, limits))
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'_, ()> {
        self.state().pauses.push(duration);
        Box::pin(ready(()))
    }
}

/// A rule that is being written.
pub struct Rule<'s> {
    server: &'s MockServer,
    index: usize,
}

impl Rule<'_> {
    fn change(self, change: impl FnOnce(&mut Entry)) -> Self {
        if let Some(entry) = self.server.state().rules.get_mut(self.index) {
            change(entry);
        }
        self
    }

    /// Only for requests for which this holds.
    pub fn when(self, matching: impl Matching + 'static) -> Self {
        self.change(|entry| entry.matches.push(Box::new(matching)))
    }

    /// Answers so. Several answers are given one after the other, and the last one again and again.
    pub fn reply(self, reply: impl Into<Reply>) -> Self {
        let reply = reply.into();
        self.answer(move |_: &RecordedRequest| reply.clone())
    }

    /// Answers by what was asked.
    pub fn answer(self, answering: impl Responder + 'static) -> Self {
        self.change(|entry| entry.replies.push(Arc::new(answering)))
    }
}

/// An answer from bytes, for what takes them whole.
impl From<Bytes> for Reply {
    fn from(body: Bytes) -> Self {
        Self::new(200).body(body)
    }
}
