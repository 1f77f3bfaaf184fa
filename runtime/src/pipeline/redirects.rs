//! The exchanges of one attempt: sends the request of a draft, and follows redirects on the same origin.

use super::{PipelineResponse, http_request};
use crate::auth::ResolvedCredential;
use crate::client::hook::Hook;
use crate::error::{ErrorKind, UntypedError};
use crate::request::Draft;
use crate::response::RawResponse;
use crate::transport::{Body, CallContext, CallInfo, Limits, Transport, TransportError, TransportErrorKind, coding};
use crate::uri::{same_origin, shown, target};
use bytes::Bytes;
use http::header::CONTENT_TYPE;
use http::response::Parts;
use http::{Method, Request, Response, StatusCode, Uri};
use std::sync::Arc;

const MOST_REDIRECTS: u32 = 5;
const UNFINISHED: &str = "the call's timeout passed before the whole response arrived";
const LATE: &str = "the call's timeout passed before a hook was done";

/// A redirect.
struct Moved {
    to: Uri,
    /// True if the redirected request has no body.
    bare: bool,
    response: RawResponse,
}

/// Sends a request and follows redirects on the same origin.
pub(super) async fn follow(
    draft: &mut Draft,
    context: &CallContext<'_>,
    info: &CallInfo,
    credentials: &[Arc<ResolvedCredential>],
) -> Result<PipelineResponse, Box<UntypedError>> {
    let once = draft.body.is_once();
    // Only the call's timeout bounds a streamed request body.
    let longest = if once { context.left() } else { draft.attempt_timeout };
    // The last redirect. Nothing else of a request is stored during an attempt.
    let mut moved: Option<Box<Moved>> = None;
    for _ in 0..=MOST_REDIRECTS {
        let timeout = longest.min(context.left());
        let limits = Limits { timeout, streamed: draft.streamed, idle: draft.idle };
        // Boxed, so that the future of a call is small.
        let sending = if draft.client.0.hooks.is_empty() {
            context.transport.send(request(draft, credentials, info, moved.as_deref())?, limits)
        } else {
            let request = request(draft, credentials, info, moved.as_deref())?;
            Box::pin(hooked(&draft.client.0.hooks, context, info, request, limits))
        };
        let response = sending.await.map_err(|error| undelivered(draft, error))?;
        let (head, body) = decoded(response).into_parts();
        if draft.streamed && head.status.is_success() {
            let raw = received(draft, head, Bytes::new());
            #[cfg(feature = "drift")]
            let raw = raw.unwatched();
            return Ok(PipelineResponse { raw, stream: Some(body), credentials: Vec::new() });
        }
        let most = draft.client.0.limits.response_bytes;
        // Boxed, since few calls need it: the future of other calls stays small.
        let body = if draft.streamed { Box::pin(in_time(body, most, context)).await } else { body.collect(most).await };
        let (body, broken) = body.map_or_else(|error| (Bytes::new(), Some(error)), |body| (body, None));
        let raw = received(draft, head, body);
        if let Some(error) = broken {
            return Err(with_response(undelivered(draft, error), raw));
        }
        let whole = |raw: RawResponse| PipelineResponse { raw, stream: None, credentials: Vec::new() };
        if draft.returns_redirects || !matches!(raw.status.as_u16(), 301 | 302 | 303 | 307 | 308) {
            return Ok(whole(raw));
        }
        let own = http_request::address(draft, credentials)?;
        let Some(target) = target(moved.as_ref().map_or(&own, |moved| &moved.to), &raw.headers) else {
            return Ok(whole(raw));
        };
        let safe = matches!(draft.method, Method::GET | Method::HEAD);
        if !safe || !same_origin(&own, &target) {
            let message = format!("the server points to {}, which is not followed", shown(&target));
            return Err(with_response(draft.fault(ErrorKind::Redirect, message), raw));
        }
        let bare = raw.status == StatusCode::SEE_OTHER || moved.is_some_and(|moved| moved.bare);
        if once && !bare {
            let message = format!("the server points to {}, and the body can be sent once only", shown(&target));
            return Err(with_response(draft.fault(ErrorKind::Redirect, message), raw));
        }
        moved = Some(Box::new(Moved { to: target, bare, response: raw }));
    }
    let mut fault = draft.fault(ErrorKind::Redirect, format!("more than {MOST_REDIRECTS} redirects"));
    fault.response = moved.map(|moved| moved.response);
    Err(fault)
}

/// Creates the response that the client decodes within its limits.
fn received(draft: &Draft, head: Parts, body: Bytes) -> RawResponse {
    let shared = &draft.client.0;
    let raw = RawResponse::new(head.status, head.headers, body, Arc::clone(&shared.limits), shared.misfits.clone());
    #[cfg(feature = "drift")]
    let raw = raw.watched(&draft.method, draft.operation.path);
    raw
}

/// Reads the whole body of a response within the timeout. The transport sets none, because the response could have been
/// a stream.
async fn in_time(body: Body, most: usize, context: &CallContext<'_>) -> Result<Bytes, TransportError> {
    let come = context.within(body.until(context.end()).collect(most)).await;
    come.unwrap_or_else(|| Err(TransportError::new(TransportErrorKind::Timeout, UNFINISHED)))
}

/// Adds the response to an error.
fn with_response(mut fault: Box<UntypedError>, raw: RawResponse) -> Box<UntypedError> {
    fault.response = Some(raw);
    fault
}

/// The request of a draft, or the request that a redirect asks for.
fn request(
    draft: &mut Draft,
    credentials: &[Arc<ResolvedCredential>],
    info: &CallInfo,
    moved: Option<&Moved>,
) -> Result<Request<Body>, Box<UntypedError>> {
    let mut request = http_request::build(draft, credentials)?;
    if let Some(moved) = moved {
        *request.uri_mut() = http_request::moved(&moved.to, credentials);
        if moved.bare {
            // A 303 redirect is followed by a GET without the body (RFC 9110, section 15.4.4).
            *request.body_mut() = Body::empty();
            request.headers_mut().remove(CONTENT_TYPE);
        }
    }
    request.extensions_mut().insert(*info);
    Ok(request)
}

/// Applies the timeout to hooks. The transport has it as a limit.
async fn hooked(
    hooks: &[Arc<dyn Hook>],
    context: &CallContext<'_>,
    info: &CallInfo,
    request: Request<Body>,
    limits: Limits,
) -> Result<Response<Body>, TransportError> {
    let late = || Err(TransportError::new(TransportErrorKind::Timeout, LATE));
    context.within(exchange(hooks, &**context.transport, info, request, limits)).await.unwrap_or_else(late)
}

/// Sends one request with its hooks.
async fn exchange(
    hooks: &[Arc<dyn Hook>],
    transport: &dyn Transport,
    info: &CallInfo,
    mut request: Request<Body>,
    limits: Limits,
) -> Result<Response<Body>, TransportError> {
    let mut called = 0;
    let mut done = Ok(None);
    for hook in hooks {
        called += 1;
        done = hook.before(&mut request).await;
        if !matches!(done, Ok(None)) {
            break;
        }
    }
    let mut done = match done {
        Ok(Some(own)) => Ok(own),
        Ok(None) => transport.send(request, limits).await.map(decoded),
        Err(refused) => Err(refused),
    };
    for hook in hooks.iter().take(called).rev() {
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

/// Decodes the content codings of a response.
fn decoded(response: Response<Body>) -> Response<Body> {
    let (mut head, body) = response.into_parts();
    let body = coding::decoded(&mut head.headers, body);
    Response::from_parts(head, body)
}

fn undelivered(draft: &Draft, error: TransportError) -> Box<UntypedError> {
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
