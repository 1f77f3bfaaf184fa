//! One exchange with the server: sends a request through the hooks, and reads its response.

use super::PipelineResponse;
use crate::client::hook::Hook;
use crate::error::{ErrorKind, UntypedError};
use crate::request::Draft;
use crate::response::RawResponse;
use crate::transport::maybe_send::BoxFuture;
use crate::transport::{AttemptLimits, Body, CallContext, CallInfo, TransportError, TransportErrorKind, coding};
use bytes::Bytes;
use http::response::Parts;
use http::{Method, Request, Response, StatusCode};
use std::sync::Arc;
use std::time::Duration;

const UNFINISHED: &str = "the call's timeout passed before the whole response arrived";
const LATE: &str = "the call's timeout passed before a hook was done";

/// Starts an exchange with a time limit and hooks. The future is boxed, so that the future of a call is small.
pub(super) fn start<'e>(
    draft: &'e Draft,
    context: &'e CallContext<'_>,
    info: &'e CallInfo,
    request: Request<Body>,
    limit: Duration,
    hooks: &'e [Arc<dyn Hook>],
) -> BoxFuture<'e, Result<Response<Body>, TransportError>> {
    let limits = AttemptLimits { timeout: limit, streamed: draft.streamed, idle: draft.idle };
    if hooks.is_empty() {
        context.send(request, limits)
    } else {
        Box::pin(hooked(hooks, context, info, request, limits))
    }
}

/// Receives the response of an exchange: the head, with the body read whole, or unread if it is a stream.
pub(super) async fn receive(
    draft: &Draft,
    context: &CallContext<'_>,
    sending: BoxFuture<'_, Result<Response<Body>, TransportError>>,
) -> Result<PipelineResponse, Box<UntypedError>> {
    let response = sending.await.map_err(|error| transport_failure(draft, error))?;
    // A response of a hook is decoded here; one of the transport already was, for the hooks.
    let (head, body) = decoded(response, &draft.method).into_parts();
    if draft.streamed && head.status.is_success() {
        let raw = received(draft, head, Bytes::new());
        #[cfg(feature = "drift")]
        let raw = raw.unwatched();
        return Ok(PipelineResponse { raw, stream: Some(body), credentials: Vec::new(), cross_origin_secrets: None });
    }
    let max_bytes = draft.client.0.limits.response_bytes;
    // The transport sets no time limit for a response that could have been a stream, nor for a body of a hook.
    let is_unlimited = draft.streamed || !draft.client.0.hooks.is_empty();
    // Boxed, since few calls need it: the future of other calls stays small.
    let body =
        if is_unlimited { Box::pin(in_time(body, max_bytes, context)).await } else { body.collect(max_bytes).await };
    let (body, broken) = body.map_or_else(|error| (Bytes::new(), Some(error)), |body| (body, None));
    let raw = received(draft, head, body);
    match broken {
        Some(error) => Err(transport_failure(draft, error).with_response(raw)),
        None => Ok(PipelineResponse { raw, stream: None, credentials: Vec::new(), cross_origin_secrets: None }),
    }
}

/// Creates the response that the client decodes within its limits.
fn received(draft: &Draft, head: Parts, body: Bytes) -> RawResponse {
    let shared = &draft.client.0;
    let raw = RawResponse::new(head.status, head.headers, body, Arc::clone(&shared.limits), shared.misfits.clone());
    #[cfg(feature = "drift")]
    let raw = raw.watched(&draft.method, draft.operation.path);
    raw
}

/// Reads the whole body of a response within the timeout of the call.
async fn in_time(body: Body, max_bytes: usize, context: &CallContext<'_>) -> Result<Bytes, TransportError> {
    let read = context.within(body.with_deadline(context.deadline()).collect(max_bytes)).await;
    read.unwrap_or_else(|| Err(TransportError::new(TransportErrorKind::Timeout, UNFINISHED)))
}

/// Applies the timeout to hooks.
async fn hooked(
    hooks: &[Arc<dyn Hook>],
    context: &CallContext<'_>,
    info: &CallInfo,
    request: Request<Body>,
    limits: AttemptLimits,
) -> Result<Response<Body>, TransportError> {
    let late = || Err(TransportError::new(TransportErrorKind::Timeout, LATE));
    context.within(with_hooks(hooks, context, info, request, limits)).await.unwrap_or_else(late)
}

/// Sends one request with its hooks.
async fn with_hooks(
    hooks: &[Arc<dyn Hook>],
    context: &CallContext<'_>,
    info: &CallInfo,
    mut request: Request<Body>,
    limits: AttemptLimits,
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
        Ok(Some(response)) => Ok(response),
        Ok(None) => {
            let method = request.method().clone();
            context.send(request, limits).await.map(|response| decoded(response, &method))
        }
        Err(error) => Err(error),
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
fn decoded(response: Response<Body>, method: &Method) -> Response<Body> {
    // These headers of a HEAD request or of a 304 are those of a GET (RFC 9110, sections 9.3.2 and 15.4.5).
    if *method == Method::HEAD || response.status() == StatusCode::NOT_MODIFIED {
        return response;
    }
    let (mut head, body) = response.into_parts();
    let body = coding::decoded(&mut head.headers, body);
    Response::from_parts(head, body)
}

/// Creates the error of a call whose transport failed.
fn transport_failure(draft: &Draft, error: TransportError) -> Box<UntypedError> {
    let kind = match error.kind {
        TransportErrorKind::Timeout => ErrorKind::Timeout,
        TransportErrorKind::Connect
        | TransportErrorKind::Tls
        | TransportErrorKind::Broken
        | TransportErrorKind::TooLarge
        | TransportErrorKind::Body
        | TransportErrorKind::Other => ErrorKind::Transport,
    };
    let mut untyped = draft.error(kind, error.message);
    untyped.transport = Some(error.kind);
    untyped.source = error.source;
    untyped
}
