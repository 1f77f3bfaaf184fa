//! Sends a draft for [`crate::call`]: attempts until one is final. Does not know the types of operations.

// A call passes these layers. Each calls the next one:
//
// 1. `run` and `run_blocking` choose the transport and start the time of the call.
// 2. `observed_call` observes the call, as a span and in metrics, and gives the result the credentials that it must not
//    show.
// 3. `attempts` repeats attempts: it waits for the rate limit, retries, and renews refused credentials once.
// 4. `attempt` obtains the credentials of an attempt (`credentials`), and measures it.
// 5. `redirects::follow` builds the request (`http_request`), and follows redirects.
// 6. `exchange` sends one request through the hooks to the transport, and reads the body of its response.

pub(crate) mod credentials;
mod exchange;
pub(crate) mod http_request;
#[cfg(feature = "metrics")]
mod metrics;
mod redirects;

use crate::auth::ResolvedCredential;
use crate::error::{ErrorKind, UntypedError};
use crate::request::Draft;
use crate::response::RawResponse;
use crate::retry::{Attempt, Outcome, PacedAttempt, is_safe_refusal, limit_of};
use crate::secrets::Secret;
use crate::transport::clock::Instant;
use crate::transport::{Body, CallContext, CallInfo, SendMode, TransportErrorKind};
use credentials::CallCredentials;
#[cfg(feature = "tracing")]
use http::Uri;
use std::sync::Arc;
use std::time::Duration;

/// The response, with its body apart if it is a stream.
pub(crate) struct PipelineResponse {
    pub(crate) raw: RawResponse,
    pub(crate) stream: Option<Body>,
    /// The credentials of the call, also those that the server refused. [`observed_call`] adds them.
    pub(crate) credentials: Vec<Arc<ResolvedCredential>>,
    /// The secrets in the URLs that led to another origin, which has neither credentials nor limits; `None` without one.
    pub(crate) cross_origin_secrets: Option<Vec<Secret>>,
}

/// Sends a draft over the client's transport.
pub(crate) async fn run(mut draft: Box<Draft>) -> Result<PipelineResponse, Box<UntypedError>> {
    let Some(transport) = draft.client.0.transport.clone() else {
        let help = "the client has no transport: enable the cargo feature `hyper`, or set `ClientBuilder::transport`";
        return Err(draft.error(ErrorKind::Transport, help));
    };
    let context = CallContext::new(&transport, SendMode::Async, draft.timeout);
    observed_call(&mut draft, &context).await
}

/// Sends a draft over the blocking transport.
#[cfg(feature = "blocking")]
pub(crate) fn run_blocking(mut draft: Box<Draft>) -> Result<PipelineResponse, Box<UntypedError>> {
    let transport = Arc::clone(&draft.client.0.blocking);
    let context = CallContext::new(&transport, SendMode::Blocking, draft.timeout);
    crate::transport::blocking::wait(context.deadline(), observed_call(&mut draft, &context))
}

/// Makes a call, and observes it.
async fn observed_call(draft: &mut Draft, context: &CallContext<'_>) -> Result<PipelineResponse, Box<UntypedError>> {
    let mut credentials = CallCredentials::default();
    #[cfg(feature = "metrics")]
    let start = Instant::now();
    #[cfg(feature = "tracing")]
    let span = span_of(draft);
    let made = attempts(draft, context, &mut credentials);
    #[cfg(feature = "tracing")]
    let made = tracing::Instrument::instrument(made, span.clone());
    #[allow(unused_variables, reason = "only observers count retries")]
    let (mut done, retries) = made.await;
    #[cfg(feature = "metrics")]
    metrics::call(draft, start, &done, retries);
    #[cfg(feature = "tracing")]
    record(&span, &done, retries);
    // The result has the credentials, so that it can redact them.
    match &mut done {
        Ok(response) => response.credentials = credentials.into_used(),
        Err(error) => error.secrets.extend(credentials.into_used().iter().map(|credential| credential.value.clone())),
    }
    done
}

/// Creates the span of a call.
#[cfg(feature = "tracing")]
fn span_of(draft: &Draft) -> tracing::Span {
    // The path template, not the path or the query, which can contain secrets.
    let (method, template) = (draft.method.as_str(), draft.operation.path);
    let span = tracing::info_span!(
        "call",
        otel.name = format!("{method} {template}").trim_end(),
        otel.kind = "client",
        operation = draft.operation.id,
        http.request.method = method,
        url.template = (!template.is_empty()).then_some(template),
        server.address = tracing::field::Empty,
        server.port = tracing::field::Empty,
        http.response.status_code = tracing::field::Empty,
        http.request.resend_count = tracing::field::Empty,
        error.type = tracing::field::Empty,
    );
    if !span.is_disabled() {
        let address: Option<Uri> = draft.base_url().ok().and_then(|url| url.parse().ok());
        span.record("server.address", address.as_ref().and_then(Uri::host));
        span.record("server.port", address.as_ref().and_then(crate::uri::port));
    }
    span
}

/// Records the result of a call in its span.
#[cfg(feature = "tracing")]
fn record(span: &tracing::Span, done: &Result<PipelineResponse, Box<UntypedError>>, retries: u32) {
    span.record("http.request.resend_count", retries);
    let status = raw_of(done).map(|raw| raw.status);
    if let Some(status) = status {
        span.record("http.response.status_code", status.as_u16());
    }
    match (done, status) {
        (Err(error), _) => span.record("error.type", format!("{:?}", error.kind)),
        (Ok(_), Some(status)) if !status.is_success() => span.record("error.type", status.as_str()),
        (Ok(_), _) => span,
    };
}

/// Makes attempts until one is final, and returns the number of retries.
async fn attempts(
    draft: &mut Draft,
    context: &CallContext<'_>,
    credentials: &mut CallCredentials,
) -> (Result<PipelineResponse, Box<UntypedError>>, u32) {
    // The first attempt consumes a body that can be sent only once.
    let once = draft.body.is_once();
    let retries = if once { 0 } else { draft.retries };
    draft.put_key();
    let mut retry = 0;
    let mut unauthorized = None;
    loop {
        let probe = match pace(draft, context).await {
            Ok(probe) => probe,
            Err(late) => return (Err(late), retry),
        };
        let info = draft.info(retry);
        if context.left().is_zero() {
            let late = draft.error(ErrorKind::Timeout, format!("no response within {:?}", draft.timeout));
            return (Err(late), retry);
        }
        let done = attempt(draft, context, &info, credentials, &mut unauthorized).await;
        learn_limit(draft, &info, &done, probe);
        // A refused request was not processed, so every method can be retried.
        let mut starts_renewal = |response: &PipelineResponse| {
            !once && response.cross_origin_secrets.is_none() && credentials.start_renewal(draft, response.raw.status)
        };
        let done = match done {
            Ok(response) if starts_renewal(&response) => {
                unauthorized = Some(Box::new(response.raw));
                continue;
            }
            done => done,
        };
        let Some(pause) = pause_before_retry(draft, context, &info, &done, retries - retry) else {
            return (done, retry);
        };
        drop(done);
        context.transport.sleep(pause).await;
        retry += 1;
    }
}

/// Records the rate limit that the server announces in its response.
fn learn_limit(draft: &Draft, info: &CallInfo, done: &Result<PipelineResponse, Box<UntypedError>>, probe: bool) {
    let (Some(pacing), Some(raw)) = (&draft.client.0.pacing, raw_of(done)) else { return };
    if done.as_ref().map_or_else(|error| error.is_cross_origin, |response| response.cross_origin_secrets.is_some()) {
        return;
    }
    if let Some(limit) = limit_of(&raw.headers) {
        let resource = raw.headers.get("x-ratelimit-resource").and_then(|name| name.to_str().ok());
        let paced = PacedAttempt { probe, limit_reached: matches!(raw.status.as_u16(), 403 | 429 | 503), resource };
        pacing.learn(info.operation, limit, Instant::now(), paced);
    }
}

/// Returns the pause before the next attempt, or `None` if the last attempt is final. Spends the budget of retries, and refills
/// it after a success.
fn pause_before_retry(
    draft: &Draft,
    context: &CallContext<'_>,
    info: &CallInfo,
    done: &Result<PipelineResponse, Box<UntypedError>>,
    retries_left: u32,
) -> Option<Duration> {
    let shared = &draft.client.0;
    let outcome = match done {
        Ok(PipelineResponse { raw, .. }) if raw.status.is_success() => {
            shared.budget.give();
            return None;
        }
        Ok(PipelineResponse { raw, .. }) => Outcome::Response(raw.status, &raw.headers),
        Err(error) => Outcome::Failure(error.transport?),
    };
    // The server did not process the request.
    let is_unprocessed = match outcome {
        Outcome::Response(status, headers) => is_safe_refusal(status, headers),
        Outcome::Failure(kind) => kind == TransportErrorKind::Connect,
    };
    let is_safe = (draft.repeatable || is_unprocessed) && retries_left > 0;
    let pause = is_safe.then(|| shared.policy.pause(&Attempt { info, outcome })).flatten();
    pause.filter(|pause| context.allows(*pause)).filter(|_| shared.budget.take())
}

/// Makes one attempt with its credentials. If no new credentials can be obtained, the error has the response to
/// the last ones.
async fn attempt(
    draft: &mut Draft,
    context: &CallContext<'_>,
    info: &CallInfo,
    credentials: &mut CallCredentials,
    unauthorized: &mut Option<Box<RawResponse>>,
) -> Result<PipelineResponse, Box<UntypedError>> {
    let credentials = credentials.for_attempt(draft, context).await.map_err(|mut error| {
        error.response = unauthorized.take().map(|raw| *raw);
        error
    })?;
    #[cfg(feature = "metrics")]
    let began = Instant::now();
    let done = redirects::follow(draft, context, info, credentials).await;
    #[cfg(feature = "metrics")]
    metrics::attempt(draft, began, &done);
    done
}

/// Waits for the call's turn if the client paces calls. Returns true for a probe.
async fn pace(draft: &Draft, context: &CallContext<'_>) -> Result<bool, Box<UntypedError>> {
    let Some(pacing) = &draft.client.0.pacing else { return Ok(false) };
    let Some(turn) = pacing.turn(draft.operation.id, Instant::now(), |wait| context.allows(wait)) else {
        let message = format!("the rate limit allows no further call within the timeout of {:?}", draft.timeout);
        return Err(draft.error(ErrorKind::Timeout, message));
    };
    if !turn.wait.is_zero() {
        context.transport.sleep(turn.wait).await;
    }
    Ok(turn.probe)
}

/// The response of an attempt or a call, also that of its error.
fn raw_of(done: &Result<PipelineResponse, Box<UntypedError>>) -> Option<&RawResponse> {
    done.as_ref().map_or_else(|error| error.response.as_ref(), |response| Some(&response.raw))
}
