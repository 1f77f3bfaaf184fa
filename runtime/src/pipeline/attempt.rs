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
    // Where a redirect leads; nothing else of a request is kept while it is on its way.
    let mut moved = None;
    for _ in 0..=MOST_REDIRECTS {
        let timeout = longest.min(course.left());
        let limits = Limits { timeout, streamed: draft.streamed, idle: draft.idle };
        // Boxed, so that what a call holds while it is on its way is small.
        let sending = if draft.client.0.hooks.is_empty() {
            course.transport.send(request(draft, given, info, moved.as_ref())?, limits)
        } else {
            let request = request(draft, given, info, moved.as_ref())?;
            Box::pin(hooked(&draft.client.0.hooks, course, info, request, limits))
        };
        let (head, body) = sending.await.map_err(|error| undelivered(draft, error))?.into_parts();
        if draft.streamed && head.status.is_success() {
            let raw = RawResponse { status: head.status, headers: head.headers, body: Bytes::new() };
            return Ok(Answer { raw, stream: Some(body) });
        }
        let body = body.collect(draft.client.0.max_response_bytes).await.map_err(|error| undelivered(draft, error))?;
        let raw = RawResponse { status: head.status, headers: head.headers, body };
        if draft.redirects || !matches!(raw.status.as_u16(), 301 | 302 | 303 | 307 | 308) {
            return Ok(Answer { raw, stream: None });
        }
        let own = request::address(draft, given)?;
        let Some(target) = target(moved.as_ref().unwrap_or(&own), &raw.headers) else {
            return Ok(Answer { raw, stream: None });
        };
        let safe = matches!(draft.method, Method::GET | Method::HEAD);
        if !safe || !same_origin(&own, &target) {
            let mut fault = draft
                .fault(ErrorKind::Redirect, format!("the server points to {}, which is not followed", shown(&target)));
            fault.response = Some(raw);
            return Err(fault);
        }
        moved = Some(target);
    }
    Err(draft.fault(ErrorKind::Redirect, format!("more than {MOST_REDIRECTS} redirects")))
}

/// The request of a draft, or the same where a redirect leads.
fn request(
    draft: &mut Draft,
    given: &[Arc<Given>],
    info: &CallInfo,
    moved: Option<&Uri>,
) -> Result<Request<Body>, Box<Fault>> {
    let mut request = request::of(draft, given)?;
    if let Some(target) = moved {
        *request.uri_mut() = target.clone();
        // Neither GET nor HEAD has a body worth sending again.
        *request.body_mut() = Body::empty();
    }
    request.extensions_mut().insert(*info);
    Ok(request)
}

/// A transport keeps its limits itself; what else a program waits for may have none.
async fn hooked(
    hooks: &[Arc<dyn Hook>],
    course: &Course<'_>,
    info: &CallInfo,
    request: Request<Body>,
    limits: Limits,
) -> Result<Response<Body>, TransportError> {
    let late = || Err(TransportError::new(TransportErrorKind::Timeout, LATE));
    course.within(exchange(hooks, course.transport, info, request, limits)).await.unwrap_or_else(late)
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
