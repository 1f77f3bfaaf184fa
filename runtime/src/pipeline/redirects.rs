//! Redirects: sends the request of an attempt, and follows the redirects on the same origin, or to another one if the
//! caller allows it.

use super::{PipelineResponse, exchange, http_request};
use crate::auth::ResolvedCredential;
use crate::error::{ErrorKind, UntypedError};
use crate::request::{Draft, Payload, RedirectPolicy};
use crate::response::RawResponse;
use crate::secrets::Secret;
use crate::transport::{Body, CallContext, CallInfo};
use crate::uri::{origin, percent_decoded, redirect_target, same_origin};
use http::header::{ACCEPT, ACCEPT_ENCODING, CONTENT_TYPE, IF_RANGE, RANGE, USER_AGENT};
use http::{Method, Request, StatusCode, Uri};
use std::sync::Arc;

const MAX_REDIRECTS: u32 = 5;

const NO_VALUE: &str =
    "but a redirect has no value of this type: `return_redirects` is for `send_raw` and `send_stream`";

/// The shortest part of an address on another origin that counts as a secret, in bytes. A shorter one could be any word.
const MIN_SECRET_BYTES: usize = 8;

/// A redirect to follow.
struct Redirect {
    to: Uri,
    /// True if the redirected request has no body.
    bare: bool,
    /// True if it leads to another origin, or comes from there.
    is_cross_origin: bool,
    /// The secrets of this address and of those before it.
    secrets: Vec<Secret>,
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
    let mut last: Option<Box<Redirect>> = None;
    let mut followed = 0;
    loop {
        let request = request(draft, credentials, info, last.as_deref())?;
        let is_cross_origin = last.as_ref().is_some_and(|redirect| redirect.is_cross_origin);
        // Hooks add signatures and credentials.
        let hooks = if is_cross_origin { &[][..] } else { &draft.client.0.hooks };
        let sending = exchange::start(draft, context, info, request, limit, hooks);
        let response = exchange::receive(draft, context, sending).await;
        let response = match last.as_ref().filter(|redirect| redirect.is_cross_origin) {
            Some(redirect) => marked(response, &redirect.secrets)?,
            None => response?,
        };
        let status = response.raw.status;
        let fails = draft.redirect_policy == RedirectPolicy::Fail && status != StatusCode::NOT_MODIFIED;
        let returned = draft.redirect_policy == RedirectPolicy::Return || !status.is_redirection();
        if returned || !(fails || matches!(status.as_u16(), 301 | 302 | 303 | 307 | 308)) {
            return Ok(response);
        }
        let call_url = http_request::address(draft, credentials)?;
        let at = last.as_ref().map_or(&call_url, |redirect| &redirect.to);
        let to = match redirect_target(at, &response.raw.headers) {
            Some(to) => to,
            None if fails => {
                let message = format!("the server returned a redirect, {NO_VALUE}");
                return Err(draft.error(ErrorKind::Redirect, message).with_response(response.raw));
            }
            None => return Ok(response),
        };
        let (mut secrets, bare) =
            last.as_ref().map_or_else(Default::default, |redirect| (redirect.secrets.clone(), redirect.bare));
        let bare = bare || status == StatusCode::SEE_OTHER;
        let leads_away = is_cross_origin || !same_origin(&call_url, &to);
        if leads_away {
            secrets.extend(secrets_of(&to, &call_url));
        }
        let next = Redirect { to, bare, is_cross_origin: leads_away, secrets, response: response.raw };
        let reason = reason_not_to_follow(draft, at, &next, once);
        if reason.is_some() || followed == MAX_REDIRECTS {
            let message = match reason {
                Some(reason) => format!("the server redirects to {}, {reason}", origin(&next.to)),
                None => format!("more than {MAX_REDIRECTS} redirects"),
            };
            let mut error = draft.error(ErrorKind::Redirect, message).with_response(next.response);
            error.secrets.extend(next.secrets);
            error.is_cross_origin = is_cross_origin;
            return Err(error);
        }
        last = Some(Box::new(next));
        followed += 1;
    }
}

/// Returns the reason not to follow a redirect; `at` is the address of the redirected request, and `once` is true if its
/// body can be sent only once.
fn reason_not_to_follow(draft: &Draft, at: &Uri, next: &Redirect, once: bool) -> Option<&'static str> {
    let reads = matches!(draft.method, Method::GET | Method::HEAD);
    // 307 and 308 keep the method and the body (RFC 9110, sections 15.4.8 and 15.4.9). After the others, browsers send a
    // GET in place of a POST.
    let keeps = matches!(next.response.status, StatusCode::TEMPORARY_REDIRECT | StatusCode::PERMANENT_REDIRECT);
    match draft.redirect_policy {
        RedirectPolicy::Fail => Some(NO_VALUE),
        _ if !reads && (next.is_cross_origin || !keeps) => Some("which is not followed"),
        RedirectPolicy::FollowAnywhere if next.is_cross_origin => reason_not_to_follow_there(draft, at, next),
        _ if next.is_cross_origin => Some(reason_not_to_follow_there(draft, at, next).unwrap_or(
            "another origin, which is not followed: `follow_redirects_anywhere` follows it without credentials",
        )),
        _ => (once && !next.bare).then_some("and the body can be sent once only"),
    }
}

/// Returns the reason not to follow a redirect to another origin, even if the caller allows it.
fn reason_not_to_follow_there(draft: &Draft, at: &Uri, next: &Redirect) -> Option<&'static str> {
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

/// Marks the result of a request to another origin, with the secrets of the addresses that led there.
fn marked(
    result: Result<PipelineResponse, Box<UntypedError>>,
    secrets: &[Secret],
) -> Result<PipelineResponse, Box<UntypedError>> {
    match result {
        Ok(response) => Ok(PipelineResponse { cross_origin_secrets: Some(secrets.to_vec()), ..response }),
        Err(mut error) => {
            error.secrets.extend_from_slice(secrets);
            error.is_cross_origin = true;
            Err(error)
        }
    }
}

/// Returns the parts of an address on another origin that can be secrets: the address of a download is often signed. The
/// path of the call itself, which its errors show, is not one of them.
fn secrets_of(to: &Uri, call_url: &Uri) -> Vec<Secret> {
    let query = to.query().unwrap_or_default();
    let values = query.split('&').filter_map(|pair| Some(pair.split_once('=')?.1));
    let path = Some(to.path()).filter(|path| *path != call_url.path());
    let parts = path.into_iter().chain([query]).chain(values).filter(|part| part.len() >= MIN_SECRET_BYTES);
    parts.flat_map(|part| [Secret::from(part), Secret::from(percent_decoded(part))]).collect()
}

/// Creates the request of a draft, or the request that follows a redirect.
fn request(
    draft: &mut Draft,
    credentials: &[Arc<ResolvedCredential>],
    info: &CallInfo,
    redirect: Option<&Redirect>,
) -> Result<Request<Body>, Box<UntypedError>> {
    let mut request = match redirect {
        Some(redirect) if redirect.is_cross_origin => cross_origin_request(draft, credentials, &redirect.to)?,
        _ => http_request::build(draft, credentials)?,
    };
    if let Some(redirect) = redirect.filter(|redirect| !redirect.is_cross_origin) {
        *request.uri_mut() = http_request::with_credentials(&redirect.to, credentials);
        if redirect.bare {
            // After a 303 the client sends a GET or HEAD without its body (RFC 9110, section 15.4.4).
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
fn cross_origin_request(
    draft: &mut Draft,
    credentials: &[Arc<ResolvedCredential>],
    to: &Uri,
) -> Result<Request<Body>, Box<UntypedError>> {
    let original = http_request::build(draft, &[])?;
    let mut request = Request::new(Body::empty());
    *request.method_mut() = draft.method.clone();
    *request.uri_mut() = http_request::without_credentials(to, credentials);
    for name in [ACCEPT, ACCEPT_ENCODING, RANGE, IF_RANGE, USER_AGENT] {
        for value in original.headers().get_all(&name) {
            request.headers_mut().append(&name, value.clone());
        }
    }
    Ok(request)
}
