//! One attempt: sending, and redirects that stay on the same origin.

use super::{Answer, Course, request};
use crate::auth::Given;
use crate::call::Draft;
use crate::error::{ErrorKind, Fault};
use crate::hook::{CallInfo, Hook};
use crate::response::RawResponse;
use crate::transport::{Body, Limits, Transport, TransportError, TransportErrorKind};
use bytes::Bytes;
use http::header::LOCATION;
use http::{HeaderMap, Method, Request, Response, Uri};
use std::sync::Arc;

const MOST_REDIRECTS: u32 = 5;
const LATE: &str = "the call's time was up before a hook was done";

/// One attempt, with the redirects that stay on the same origin.
pub(super) async fn follow(
    draft: &mut Draft,
    course: &Course<'_>,
    info: &CallInfo,
    given: &[Arc<Given>],
) -> Result<Answer, Box<Fault>> {
    // A stream takes the time that it takes; only the call's own time ends it.
    let longest = if draft.body.is_once() { course.left() } else { draft.client.0.attempt_timeout };
    let mut request = request::of(draft, given)?;
    let origin = request.uri().clone();
    for _ in 0..=MOST_REDIRECTS {
        let timeout = longest.min(course.left());
        let limits = Limits { timeout, streamed: draft.streamed, idle: draft.idle };
        request.extensions_mut().insert(*info);
        let at = request.uri().clone();
        let hooks = &draft.client.0.hooks;
        let exchange = exchange(hooks, course.transport, info, request, limits);
        // A transport keeps its limits itself; what else a program waits for may have none.
        let sent = if hooks.is_empty() { Some(exchange.await) } else { course.within(exchange).await };
        let sent = sent.unwrap_or_else(|| Err(TransportError::new(TransportErrorKind::Timeout, LATE)));
        let sent = sent.map_err(|error| undelivered(draft, error))?;
        let (head, body) = sent.into_parts();
        if draft.streamed && head.status.is_success() {
            let raw = RawResponse { status: head.status, headers: head.headers, body: Bytes::new() };
            return Ok(Answer { raw, stream: Some(body) });
        }
        let body = body.collect(draft.client.0.max_response_bytes).await.map_err(|error| undelivered(draft, error))?;
        let raw = RawResponse { status: head.status, headers: head.headers, body };
        let safe = matches!(draft.method, Method::GET | Method::HEAD);
        let moved = !draft.redirects && matches!(raw.status.as_u16(), 301 | 302 | 303 | 307 | 308);
        let Some(target) = moved.then(|| target(&at, &raw.headers)).flatten() else {
            return Ok(Answer { raw, stream: None });
        };
        if !safe || !same_origin(&origin, &target) {
            let mut fault = draft
                .fault(ErrorKind::Redirect, format!("the server points to {}, which is not followed", shown(&target)));
            fault.response = Some(raw);
            return Err(fault);
        }
        // Neither GET nor HEAD has a body worth sending again.
        request = request::of(draft, given)?.map(|_| Body::empty());
        *request.uri_mut() = target;
    }
    Err(draft.fault(ErrorKind::Redirect, format!("more than {MOST_REDIRECTS} redirects")))
}

/// One request, with what the program wants to happen around it.
async fn exchange(
    hooks: &[Arc<dyn Hook>],
    transport: &dyn Transport,
    info: &CallInfo,
    mut request: Request<Body>,
    limits: Limits,
) -> Result<Response<Body>, TransportError> {
    let mut asked = 0;
    let mut done = Ok(None);
    for hook in hooks {
        asked += 1;
        done = hook.before(&mut request).await;
        if !matches!(done, Ok(None)) {
            break;
        }
    }
    let mut done = match done {
        Ok(Some(own)) => Ok(own),
        Ok(None) => transport.send(request, limits).await,
        Err(refused) => Err(refused),
    };
    for hook in hooks.iter().take(asked).rev() {
        done = match done {
            Ok(mut response) => hook.after(info, &mut response).await.map(|()| response),
            Err(error) => {
                hook.failed(info, &error).await;
                Err(error)
            }
        };
    }
    done
}

/// Scheme and host only: the query of a redirect may hold anything.
pub(crate) fn shown(uri: &Uri) -> String {
    format!("{}://{}", uri.scheme_str().unwrap_or_default(), uri.authority().map_or("", |authority| authority.as_str()))
}

pub(crate) fn same_origin(one: &Uri, other: &Uri) -> bool {
    one.scheme() == other.scheme() && one.authority() == other.authority()
}

/// The same address over TLS, where the request was and the server, behind a proxy that does it, does not know.
pub(crate) fn secured(at: &Uri, target: Uri) -> Uri {
    let plain = target.scheme_str() == Some("http") && matches!(target.port_u16(), None | Some(80));
    let here =
        at.scheme_str() == Some("https") && matches!(at.port_u16(), None | Some(443)) && at.host() == target.host();
    let mut parts = target.clone().into_parts();
    parts.scheme = at.scheme().cloned();
    parts.authority = at.authority().cloned();
    if plain && here { Uri::from_parts(parts).unwrap_or(target) } else { target }
}

/// Where a redirect leads.
fn target(at: &Uri, headers: &HeaderMap) -> Option<Uri> {
    reference(at, headers.get(LOCATION)?.to_str().ok()?)
}

/// The address that a server means; relative ones start from the request's own address.
pub(crate) fn reference(at: &Uri, location: &str) -> Option<Uri> {
    let location = location.split('#').next().unwrap_or_default();
    let absolute =
        location.split_once("://").is_some_and(|(scheme, _)| scheme.bytes().all(|c| c.is_ascii_alphabetic()));
    let uri = if absolute {
        location.to_owned()
    } else if location.starts_with("//") {
        format!("{}:{location}", at.scheme_str()?)
    } else if location.starts_with('/') {
        format!("{}{location}", shown(at))
    } else if location.is_empty() || location.starts_with('?') {
        format!("{}{}{location}", shown(at), at.path())
    } else {
        let folder = at.path().rsplit_once('/').map_or("", |(folder, _)| folder);
        format!("{}{folder}/{location}", shown(at))
    };
    uri.parse().ok()
}

fn undelivered(draft: &Draft, error: TransportError) -> Box<Fault> {
    let kind = match error.kind {
        TransportErrorKind::Timeout => ErrorKind::Timeout,
        TransportErrorKind::Connect
        | TransportErrorKind::Tls
        | TransportErrorKind::Broken
        | TransportErrorKind::TooLarge
        | TransportErrorKind::Body
        | TransportErrorKind::Other => ErrorKind::Transport,
    };
    let mut fault = draft.fault(kind, error.message);
    fault.transport = Some(error.kind);
    fault.source = error.source;
    fault
}
