//! A mock server: a transport that responds from rules and records requests, so that a program is tested without a
//! socket. It serves async and blocking calls, and never waits.

mod operation_name;
mod path;
mod reply;
mod request;

use crate::transport::maybe_send::{BoxFuture, MaybeSend, MaybeSync};
use crate::transport::{AttemptLimits, BasePath, Body, CallInfo, Transport, TransportError, TransportErrorKind};
use bytes::Bytes;
use http::Method;
pub use operation_name::OperationName;
pub use reply::{Fault, Reply};
pub use request::RecordedRequest;
use std::future::ready;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// A mock server in memory. Clones share their state: pass one to the client, and use another one to inspect it.
///
/// A rule is for an operation, which the generated crate has as a type: `server.on(api::pets::GetPet)`. A string with the
/// `operationId` names it too:
///
/// ```
/// use clientsmith_runtime::testing::{Fault, Reply, MockServer};
///
/// let server = MockServer::new();
/// // The first response of an operation, then the next. The last one is repeated.
/// server.on("GetPet").reply(Fault::Reset).reply(Reply::json(200, &"Rex".to_owned()));
/// // The pages of a list.
/// server
///     .on("ListPets")
///     .reply(Reply::text(200, "application/json", r#"{"pets": ["Rex"], "next": "2"}"#))
///     .reply(Reply::text(200, "application/json", r#"{"pets": ["Kit"]}"#));
/// ```
#[derive(Clone, Default)]
pub struct MockServer(Arc<Mutex<State>>);

#[derive(Default)]
struct State {
    rules: Vec<RuleState>,
    requests: Vec<RecordedRequest>,
    pauses: Vec<Duration>,
}

/// The conditions and responses of a rule.
struct RuleState {
    matches: Vec<Box<dyn Matching>>,
    replies: Vec<Arc<dyn Responder>>,
    returned: usize,
}

/// A function that selects the requests of a rule.
pub trait Matching: Fn(&RecordedRequest) -> bool + MaybeSend + MaybeSync {}
impl<F: Fn(&RecordedRequest) -> bool + MaybeSend + MaybeSync> Matching for F {}

/// The responses of a rule.
pub trait Responder: Fn(&RecordedRequest) -> Reply + MaybeSend + MaybeSync {}
impl<F: Fn(&RecordedRequest) -> Reply + MaybeSend + MaybeSync> Responder for F {}

impl MockServer {
    /// Creates a server without rules. A request that no rule matches fails with an error that names it.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a rule for an operation: its type in the module `api` of the generated crate, or its `operationId`. Of
    /// several rules that match a request, the first is used.
    #[must_use = "a rule needs a reply"]
    pub fn on(&self, operation: impl OperationName) -> Rule<'_> {
        self.rule(Box::new(operation.into_matching()))
    }

    /// Adds a rule for a method and a path: the template of the description, or a whole path as it is sent, with or
    /// without the path of the base URL. A `{parameter}` matches within one segment.
    #[must_use = "a rule needs a reply"]
    pub fn on_request(&self, method: Method, path: impl Into<String>) -> Rule<'_> {
        let path = path.into();
        self.rule(Box::new(move |request: &RecordedRequest| {
            request.method == method && (request.template == path || path::matches(&path, request))
        }))
    }

    /// Adds a rule for every request that no earlier rule matches.
    #[must_use = "a rule needs a reply"]
    pub fn on_any(&self) -> Rule<'_> {
        self.rule(Box::new(|_: &RecordedRequest| true))
    }

    fn rule(&self, matching: Box<dyn Matching>) -> Rule<'_> {
        let mut state = self.state();
        state.rules.push(RuleState { matches: vec![matching], replies: Vec::new(), returned: 0 });
        Rule { server: self, index: state.rules.len() - 1 }
    }

    /// Returns the recorded requests in order.
    #[must_use]
    pub fn requests(&self) -> Vec<RecordedRequest> {
        self.state().requests.clone()
    }

    /// Returns the recorded requests of one operation in order.
    #[must_use]
    pub fn requests_of(&self, operation: impl OperationName) -> Vec<RecordedRequest> {
        let matches = operation.into_matching();
        self.state().requests.iter().filter(|request| matches(request)).cloned().collect()
    }

    /// Returns the waits that the client would have made, in order: before retries, and for rate limits.
    #[must_use]
    pub fn pauses(&self) -> Vec<Duration> {
        self.state().pauses.clone()
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Returns the next response of the first rule that matches the request.
    fn respond(&self, recorded: RecordedRequest) -> Result<Reply, TransportError> {
        let mut state = self.state();
        let rule = state.rules.iter_mut().find(|rule| rule.matches.iter().all(|matches| matches(&recorded)));
        let described = || format!("{} ({} {})", recorded.operation, recorded.method, recorded.uri.path());
        let responder = match rule {
            None => Err(format!("no rule matches {}", described())),
            Some(rule) => {
                let next = rule.replies.get(rule.returned).or(rule.replies.last()).cloned();
                rule.returned += 1;
                next.ok_or_else(|| format!("the rule for {} has no reply", described()))
            }
        };
        state.requests.push(recorded.clone());
        // The lock is released first, because a rule may use the server itself.
        drop(state);
        let responder = responder.map_err(|message| TransportError::new(TransportErrorKind::Other, message))?;
        Ok(responder(&recorded))
    }

    async fn exchange(
        &self,
        request: http::Request<Body>,
        limits: AttemptLimits,
    ) -> Result<http::Response<Body>, TransportError> {
        let (head, body) = request.into_parts();
        let body = body.collect(usize::MAX).await?;
        let info = head.extensions.get::<CallInfo>();
        let recorded = RecordedRequest {
            operation: info.map_or("", |info| info.operation),
            template: info.map_or("", |info| info.template),
            retry: info.map_or(0, |info| info.retry),
            base_path: head.extensions.get().map_or_else(String::new, |BasePath(path)| path.clone()),
            method: head.method,
            uri: head.uri,
            headers: head.headers,
            body,
        };
        self.respond(recorded)?.play(limits)
    }
}

impl Transport for MockServer {
    fn send(
        &self,
        request: http::Request<Body>,
        limits: AttemptLimits,
    ) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        Box::pin(self.exchange(request, limits))
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'_, ()> {
        self.state().pauses.push(duration);
        Box::pin(ready(()))
    }
}

/// A rule of a [`MockServer`] under construction.
pub struct Rule<'s> {
    server: &'s MockServer,
    index: usize,
}

impl Rule<'_> {
    fn change(self, change: impl FnOnce(&mut RuleState)) -> Self {
        if let Some(rule) = self.server.state().rules.get_mut(self.index) {
            change(rule);
        }
        self
    }

    /// Restricts the rule to requests for which the function returns `true`.
    #[must_use = "a rule needs a reply"]
    pub fn when(self, matching: impl Matching + 'static) -> Self {
        self.change(|rule| rule.matches.push(Box::new(matching)))
    }

    /// Adds a response. Several are returned in order, and the last one is repeated.
    pub fn reply(self, reply: impl Into<Reply>) -> Self {
        let reply = reply.into();
        self.respond(move |_: &RecordedRequest| reply.clone())
    }

    /// Adds a function that computes a response from its request.
    pub fn respond(self, responder: impl Responder + 'static) -> Self {
        self.change(|rule| rule.replies.push(Arc::new(responder)))
    }
}

/// Converts bytes to a response that is read whole.
impl From<Bytes> for Reply {
    fn from(body: Bytes) -> Self {
        Self::new(200).body(body)
    }
}
