//! From a draft to an answer: address, credentials, attempts, redirects. Knows nothing of types.

use crate::call::{Body, Draft};
use crate::error::{ErrorKind, Fault};
use crate::response::RawResponse;
use crate::retry;
use crate::transport::{Limits, Transport, TransportError, TransportErrorKind};
use bytes::Bytes;
use http::header::{ACCEPT, LOCATION};
use http::{HeaderMap, HeaderValue, Method, Request, Uri};
use std::time::{Duration, Instant};

const MOST_REDIRECTS: u32 = 5;

/// Sends a draft over the client's transport.
pub(crate) async fn run(draft: Draft) -> Result<RawResponse, Box<Fault>> {
    let Some(transport) = draft.client.0.transport.clone() else {
        let help = "there is no HTTP stack: switch the feature `reqwest` on, or give the client a transport";
        return Err(draft.fault(ErrorKind::Transport, help));
    };
    attempts(&draft, &*transport).await
}

/// Sends a draft over the blocking transport, whose futures are ready when they are made.
#[cfg(feature = "blocking")]
pub(crate) fn run_blocking(draft: Draft) -> Result<RawResponse, Box<Fault>> {
    let transport = std::sync::Arc::clone(&draft.client.0.blocking);
    let mut future = std::pin::pin!(attempts(&draft, &*transport));
    let mut context = std::task::Context::from_waker(std::task::Waker::noop());
    match future.as_mut().poll(&mut context) {
        std::task::Poll::Ready(done) => done,
        std::task::Poll::Pending => {
            Err(draft.fault(ErrorKind::Transport, "the transport cannot be used for blocking calls"))
        }
    }
}

#[cfg(feature = "tracing")]
async fn attempts(draft: &Draft, transport: &dyn Transport) -> Result<RawResponse, Box<Fault>> {
    let address: Option<Uri> = draft.client.0.address(draft.operation.server).parse().ok();
    // The template, and never the path or the query: these may hold anything.
    let (method, template) = (draft.operation.method.as_str(), draft.operation.path);
    let span = tracing::info_span!(
        "call",
        otel.name = format!("{method} {template}").trim_end(),
        otel.kind = "client",
        operation = draft.operation.id,
        http.request.method = method,
        url.template = (!template.is_empty()).then_some(template),
        server.address = address.as_ref().and_then(Uri::host),
        server.port = address.as_ref().and_then(port),
        http.response.status_code = tracing::field::Empty,
        http.request.resend_count = tracing::field::Empty,
        error.type = tracing::field::Empty,
    );
    let (done, resent) = tracing::Instrument::instrument(repeat(draft, transport), span.clone()).await;
    span.record("http.request.resend_count", resent);
    let answer = done.as_ref().map_or_else(|fault| fault.response.as_ref(), Some).map(|raw| raw.status);
    if let Some(status) = answer {
        span.record("http.response.status_code", status.as_u16());
    }
    match (&done, answer) {
        (Err(fault), _) => span.record("error.type", format!("{:?}", fault.kind)),
        (Ok(_), Some(status)) if !status.is_success() => span.record("error.type", status.as_str()),
        (Ok(_), _) => &span,
    };
    done
}

#[cfg(feature = "tracing")]
fn port(address: &Uri) -> Option<u16> {
    address.port_u16().or(match address.scheme_str() {
        Some("https") => Some(443),
        Some("http") => Some(80),
        Some(_) | None => None,
    })
}

#[cfg(not(feature = "tracing"))]
async fn attempts(draft: &Draft, transport: &dyn Transport) -> Result<RawResponse, Box<Fault>> {
    repeat(draft, transport).await.0
}

/// Attempts until one is final, and how many repetitions there were.
async fn repeat(draft: &Draft, transport: &dyn Transport) -> (Result<RawResponse, Box<Fault>>, u32) {
    let start = Instant::now();
    let mut attempt = 0;
    loop {
        let left = draft.timeout.saturating_sub(start.elapsed());
        if left.is_zero() {
            let late = draft.fault(ErrorKind::Timeout, format!("no answer within {:?}", draft.timeout));
            return (Err(late), attempt);
        }
        let done = follow(draft, transport, left).await;
        let pause = match &done {
            Ok(raw) if retry::is_passing(raw.status) => {
                Some(retry::pause(attempt.saturating_add(1), Some((raw.status, &raw.headers))))
            }
            Err(fault) if fault.passing => Some(retry::pause(attempt.saturating_add(1), None)),
            Ok(_) | Err(_) => None,
        };
        match pause {
            // The server may ask for more time than there is in a clock.
            Some(pause)
                if draft.repeatable
                    && attempt < draft.retries
                    && start.elapsed().saturating_add(pause) < draft.timeout =>
            {
                transport.sleep(pause).await;
                attempt += 1;
            }
            Some(_) | None => return (done, attempt),
        }
    }
}

/// One attempt, with the redirects that stay on the same origin.
async fn follow(draft: &Draft, transport: &dyn Transport, left: Duration) -> Result<RawResponse, Box<Fault>> {
    let start = Instant::now();
    let mut request = request_of(draft)?;
    let origin = request.uri().clone();
    for _ in 0..=MOST_REDIRECTS {
        let timeout = draft.client.0.attempt_timeout.min(left.saturating_sub(start.elapsed()));
        let limits = Limits { timeout, max_bytes: draft.client.0.max_response_bytes };
        let headers = request.headers().clone();
        let at = request.uri().clone();
        let sent = transport.send(request, limits).await.map_err(|error| undelivered(draft, error))?;
        let (head, body) = sent.into_parts();
        let raw = RawResponse { status: head.status, headers: head.headers, body };
        let safe = matches!(draft.operation.method, Method::GET | Method::HEAD);
        let moved = matches!(raw.status.as_u16(), 301 | 302 | 303 | 307 | 308);
        let Some(target) = moved.then(|| target(&at, &raw.headers)).flatten() else {
            return Ok(raw);
        };
        if !safe || !same_origin(&origin, &target) {
            let mut fault = draft
                .fault(ErrorKind::Redirect, format!("the server points to {}, which is not followed", shown(&target)));
            fault.response = Some(raw);
            return Err(fault);
        }
        request = Request::new(Bytes::new());
        *request.method_mut() = draft.operation.method.clone();
        *request.headers_mut() = headers;
        *request.uri_mut() = target;
    }
    Err(draft.fault(ErrorKind::Redirect, format!("more than {MOST_REDIRECTS} redirects")))
}

/// Scheme and host only: the query of a redirect may hold anything.
fn shown(uri: &Uri) -> String {
    format!("{}://{}", uri.scheme_str().unwrap_or_default(), uri.authority().map_or("", |authority| authority.as_str()))
}

fn same_origin(one: &Uri, other: &Uri) -> bool {
    one.scheme() == other.scheme() && one.authority() == other.authority()
}

/// Where a redirect leads; relative ones start from the request's own address.
fn target(at: &Uri, headers: &HeaderMap) -> Option<Uri> {
    let location = headers.get(LOCATION)?.to_str().ok()?;
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
        | TransportErrorKind::Other => ErrorKind::Transport,
    };
    let mut fault = draft.fault(kind, error.message);
    fault.passing = matches!(error.kind, TransportErrorKind::Connect | TransportErrorKind::Broken);
    fault.transport = Some(error.kind);
    fault.source = error.source;
    fault
}

/// The request that a draft stands for.
pub(crate) fn request_of(draft: &Draft) -> Result<Request<Bytes>, Box<Fault>> {
    if let Some(mistake) = &draft.mistake {
        return Err(draft.fault(ErrorKind::Build, mistake.clone()));
    }
    let shared = &draft.client.0;
    let mut headers = shared.headers.clone();
    match HeaderValue::from_str(draft.operation.accept) {
        Ok(accept) if !accept.is_empty() => headers.insert(ACCEPT, accept),
        Ok(_) | Err(_) => None,
    };
    headers.extend(draft.headers.clone());
    let mut query = draft.query.clone();
    authorize(draft, &mut headers, &mut query)?;
    let base = shared.address(draft.operation.server);
    let mut uri = format!("{}{}", base.trim_end_matches('/'), draft.path);
    if uri.contains('{') {
        return Err(draft.fault(ErrorKind::Build, format!("{uri} has a place that nothing was given for")));
    }
    for (index, (name, value)) in query.iter().enumerate() {
        let joint = if index == 0 && !uri.contains('?') { '?' } else { '&' };
        uri.push_str(&format!("{joint}{name}={value}"));
    }
    let uri: Uri = uri.parse().map_err(|_| draft.fault(ErrorKind::Build, "the path and query make no address"))?;
    let body = match &draft.body {
        Body::None => Bytes::new(),
        Body::Json(bytes) | Body::Other(bytes) => bytes.clone(),
    };
    let mut request = Request::new(body);
    *request.method_mut() = draft.operation.method.clone();
    *request.uri_mut() = uri;
    *request.headers_mut() = headers;
    Ok(request)
}

/// Applies the first alternative whose credentials are all there. "Nothing" comes last, wherever the document has it:
/// who gives a credential wants it sent.
fn authorize(draft: &Draft, headers: &mut HeaderMap, query: &mut Vec<(String, String)>) -> Result<(), Box<Fault>> {
    let alternatives = draft.operation.security;
    let known = &draft.client.0.credentials;
    let find = |name: &str| known.iter().find(|credential| credential.scheme.name == name);
    let other = |name: &str| {
        let scheme = draft.client.0.api.schemes.iter().find(|scheme| scheme.name == name);
        scheme.is_some_and(|scheme| scheme.kind == crate::client::SchemeKind::Other)
    };
    let met = |needed: &&&[&str]| needed.iter().all(|name| find(name).is_some() || other(name));
    let nothing = alternatives.is_empty() || alternatives.iter().any(|needed| needed.is_empty());
    let Some(needed) = alternatives.iter().filter(|needed| !needed.is_empty()).find(met) else {
        if nothing {
            return Ok(());
        }
        let all: Vec<_> = alternatives.iter().map(|needed| needed.join(" and ")).collect();
        return Err(draft.fault(ErrorKind::Auth, format!("no credentials: the operation needs {}", all.join(", or "))));
    };
    for credential in needed.iter().filter_map(|name| find(name)) {
        credential.apply(headers, query);
    }
    Ok(())
}
