//! Redirects: sends the request of an attempt, and follows the redirects on the same origin, or to another one if the
//! caller allows it.

use super::{PipelineResponse, exchange, http_request};
use crate::auth::ResolvedCredential;
use crate::error::{ErrorKind, UntypedError};
use crate::request::{Draft, Payload, RedirectPolicy};
use crate::response::RawResponse;
use crate::secrets::Secret;
use crate::transport::{Body, CallContext, CallInfo};
use crate::uri::{origin, percent_decoded, same_origin, target};
use http::header::{ACCEPT, ACCEPT_ENCODING, CONTENT_TYPE, RANGE, USER_AGENT};
use http::{Method, Request, StatusCode, Uri};
use std::sync::Arc;

const MOST_REDIRECTS: u32 = 5;

/// Shortest part of an address on another origin that is a secret, in bytes. A shorter one could be any word.
const SECRET: usize = 8;

/// A redirect.
struct Moved {
    to: Uri,
    /// True if the redirected request has no body.
    bare: bool,
    /// True if it leads to another origin, or comes from there.
    elsewhere: bool,
    response: RawResponse,
}

/// Sends a request and follows redirects.
pub(super) async fn follow(
    draft: &mut Draft,
    context: &CallContext<'_>,
    info: &CallInfo,
    credentials: &[Arc<ResolvedCredential>],
) -> Result<PipelineResponse, Box<UntypedError>> {
    let once = draft.body.is_once();
    // Only the call's timeout bounds a streamed request body.
    let limit = if once { context.left() } else { draft.attempt_timeout };
    // The last redirect. Nothing else of a request is stored during an attempt.
    let mut moved: Option<Box<Moved>> = None;
    for _ in 0..=MOST_REDIRECTS {
        let request = request(draft, credentials, info, moved.as_deref())?;
        let elsewhere = moved.as_ref().is_some_and(|moved| moved.elsewhere);
        // Hooks add signatures and credentials.
        let hooks = if elsewhere { &[][..] } else { &draft.client.0.hooks };
        let sending = exchange::start(draft, context, info, request, (limit, hooks));
        let response = exchange::receive(draft, context, sending).await;
        let response = match moved.as_ref().filter(|moved| moved.elsewhere) {
            Some(moved) => marked(response, &moved.to)?,
            None => response?,
        };
        let status = response.raw.status;
        let returned = draft.redirect_policy == RedirectPolicy::Return;
        if returned || !matches!(status.as_u16(), 301 | 302 | 303 | 307 | 308) {
            return Ok(response);
        }
        let own = http_request::address(draft, credentials)?;
        let at = moved.as_ref().map_or(&own, |moved| &moved.to);
        let Some(to) = target(at, &response.raw.headers) else {
            return Ok(response);
        };
        let bare = status == StatusCode::SEE_OTHER || moved.as_ref().is_some_and(|moved| moved.bare);
        let elsewhere = elsewhere || !same_origin(&own, &to);
        let next = Moved { to, bare, elsewhere, response: response.raw };
        if let Some(refusal) = refusal(draft, at, &next, once) {
            let message = format!("the server points to {}, {refusal}", origin(&next.to));
            return Err(draft.error(ErrorKind::Redirect, message).with_response(next.response));
        }
        moved = Some(Box::new(next));
    }
    let mut error = draft.error(ErrorKind::Redirect, format!("more than {MOST_REDIRECTS} redirects"));
    error.response = moved.map(|moved| moved.response);
    Err(error)
}

/// Returns the reason not to follow a redirect; `at` is the address of the redirected request, and `once` is true if its
/// body can be sent only once.
fn refusal(draft: &Draft, at: &Uri, next: &Moved, once: bool) -> Option<&'static str> {
    let reads = matches!(draft.method, Method::GET | Method::HEAD);
    // 307 and 308 keep the method and the body (RFC 9110, sections 15.4.8 and 15.4.9). After the others, browsers send a
    // GET in place of a POST.
    let keeps = matches!(next.response.status, StatusCode::TEMPORARY_REDIRECT | StatusCode::PERMANENT_REDIRECT);
    match draft.redirect_policy {
        RedirectPolicy::Refuse => {
            Some("and `return_redirects` is for `send_raw` and `send_stream`: a redirect has no value of this type")
        }
        _ if !reads && (next.elsewhere || !keeps) => Some("which is not followed"),
        RedirectPolicy::FollowAnywhere if next.elsewhere => refusal_elsewhere(draft, at, next),
        _ if next.elsewhere => {
            Some("another origin, which is not followed: `follow_redirects_anywhere` follows it without credentials")
        }
        _ => (once && !next.bare).then_some("and the body can be sent once only"),
    }
}

/// Returns the reason not to follow a redirect to another origin, although the caller allows it.
fn refusal_elsewhere(draft: &Draft, at: &Uri, next: &Moved) -> Option<&'static str> {
    let has_user = next.to.authority().is_none_or(|authority| authority.as_str().contains('@'));
    match (at.scheme_str(), next.to.scheme_str()) {
        (Some("https"), Some("http")) => Some("without TLS, which is not followed"),
        (_, Some("http" | "https")) if !has_user => {
            let has_body = !next.bare && !matches!(draft.body, Payload::None);
            has_body.then_some("another origin, and the body is not sent there")
        }
        _ => Some("which is not followed"),
    }
}

/// Marks the result of a request to another origin, with the parts of its address that can be secrets: the address of a
/// download is often signed.
fn marked(
    result: Result<PipelineResponse, Box<UntypedError>>,
    to: &Uri,
) -> Result<PipelineResponse, Box<UntypedError>> {
    let query = to.query().unwrap_or_default();
    let values = query.split('&').filter_map(|pair| Some(pair.split_once('=')?.1));
    let parts = [to.path(), query].into_iter().chain(values).filter(|part| part.len() >= SECRET);
    let secrets = parts.flat_map(|part| [Secret::from(part), Secret::from(percent_decoded(part))]).collect();
    match result {
        Ok(response) => Ok(PipelineResponse { elsewhere: Some(secrets), ..response }),
        Err(mut error) => {
            error.secrets.extend(secrets);
            Err(error)
        }
    }
}

/// The request of a draft, or the request that a redirect asks for.
fn request(
    draft: &mut Draft,
    credentials: &[Arc<ResolvedCredential>],
    info: &CallInfo,
    moved: Option<&Moved>,
) -> Result<Request<Body>, Box<UntypedError>> {
    let mut request = match moved {
        Some(moved) if moved.elsewhere => request_elsewhere(draft, credentials, &moved.to)?,
        _ => http_request::build(draft, credentials)?,
    };
    if let Some(moved) = moved.filter(|moved| !moved.elsewhere) {
        *request.uri_mut() = http_request::moved(&moved.to, credentials);
        if moved.bare {
            // A 303 redirect is followed by a GET without the body (RFC 9110, section 15.4.4).
            *request.body_mut() = Body::empty();
            request.headers_mut().remove(CONTENT_TYPE);
        }
    }
    request.extensions_mut().insert(*info);
    #[cfg(feature = "test-util")]
    request.extensions_mut().insert(crate::transport::BasePath::of(&draft.base_url().unwrap_or_default()));
    Ok(request)
}

/// Creates the request of a redirect to another origin. It has nothing of the call but the method and the headers about
/// the response.
fn request_elsewhere(
    draft: &mut Draft,
    credentials: &[Arc<ResolvedCredential>],
    to: &Uri,
) -> Result<Request<Body>, Box<UntypedError>> {
    let own = http_request::build(draft, &[])?;
    let mut request = Request::new(Body::empty());
    *request.method_mut() = draft.method.clone();
    *request.uri_mut() = http_request::without_credentials(to, credentials);
    for name in [ACCEPT, ACCEPT_ENCODING, RANGE, USER_AGENT] {
        for value in own.headers().get_all(&name) {
            request.headers_mut().append(&name, value.clone());
        }
    }
    Ok(request)
}
