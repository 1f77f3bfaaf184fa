//! Redirects: sends the request of an attempt, and follows the redirects on the same origin.

use super::{PipelineResponse, exchange, http_request};
use crate::auth::ResolvedCredential;
use crate::error::{ErrorKind, UntypedError};
use crate::request::{Draft, RedirectPolicy};
use crate::response::RawResponse;
use crate::transport::{Body, CallContext, CallInfo};
use crate::uri::{same_origin, shown, target};
use http::header::CONTENT_TYPE;
use http::{Method, Request, StatusCode, Uri};
use std::sync::Arc;

const MOST_REDIRECTS: u32 = 5;

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
    let limit = if once { context.left() } else { draft.attempt_timeout };
    // The last redirect. Nothing else of a request is stored during an attempt.
    let mut moved: Option<Box<Moved>> = None;
    for _ in 0..=MOST_REDIRECTS {
        let request = request(draft, credentials, info, moved.as_deref())?;
        let sending = exchange::start(draft, context, info, request, limit);
        let response = exchange::receive(draft, context, sending).await?;
        let status = response.raw.status;
        let returned = draft.redirect_policy == RedirectPolicy::Return;
        if returned || !matches!(status.as_u16(), 301 | 302 | 303 | 307 | 308) {
            return Ok(response);
        }
        let own = http_request::address(draft, credentials)?;
        let Some(target) = target(moved.as_ref().map_or(&own, |moved| &moved.to), &response.raw.headers) else {
            return Ok(response);
        };
        let bare = status == StatusCode::SEE_OTHER || moved.is_some_and(|moved| moved.bare);
        let refusal = if draft.redirect_policy == RedirectPolicy::Refuse {
            Some("and `return_redirects` is for `send_raw` and `send_stream`: a redirect has no value of this type")
        } else if !allows(status, &draft.method) || !same_origin(&own, &target) {
            Some("which is not followed")
        } else {
            (once && !bare).then_some("and the body can be sent once only")
        };
        if let Some(refusal) = refusal {
            let message = format!("the server points to {}, {refusal}", shown(&target));
            return Err(draft.error(ErrorKind::Redirect, message).with_response(response.raw));
        }
        moved = Some(Box::new(Moved { to: target, bare, response: response.raw }));
    }
    let mut error = draft.error(ErrorKind::Redirect, format!("more than {MOST_REDIRECTS} redirects"));
    error.response = moved.map(|moved| moved.response);
    Err(error)
}

/// Returns true if a method may be redirected. 307 and 308 keep the method and the body (RFC 9110, sections 15.4.8 and
/// 15.4.9); after the others, browsers send a GET in place of a POST.
const fn allows(status: StatusCode, method: &Method) -> bool {
    matches!(status, StatusCode::TEMPORARY_REDIRECT | StatusCode::PERMANENT_REDIRECT)
        || matches!(*method, Method::GET | Method::HEAD)
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
    #[cfg(feature = "test-util")]
    request.extensions_mut().insert(crate::transport::BasePath::of(&draft.base_url().unwrap_or_default()));
    Ok(request)
}
