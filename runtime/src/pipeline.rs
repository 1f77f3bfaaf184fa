//! From a draft to an answer: attempts until one is final. Knows nothing of types.

mod attempt;
pub(crate) mod request;

use crate::auth::Session;
use crate::call::Draft;
use crate::error::{ErrorKind, Fault};
use crate::response::RawResponse;
use crate::retry;
use crate::transport::{Body, Transport};
#[cfg(feature = "tracing")]
use http::Uri;
use std::time::Instant;

/// What came back, and the body by itself where it is a stream.
pub(crate) struct Answer {
    pub(crate) raw: RawResponse,
    pub(crate) stream: Option<Body>,
}

/// Sends a draft over the client's transport.
pub(crate) async fn run(mut draft: Draft) -> Result<Answer, Box<Fault>> {
    let Some(transport) = draft.client.0.transport.clone() else {
        let help = "there is no HTTP stack: switch the feature `reqwest` on, or give the client a transport";
        return Err(draft.fault(ErrorKind::Transport, help));
    };
    attempts(&mut draft, &*transport).await
}

/// Sends a draft over the blocking transport.
#[cfg(feature = "blocking")]
pub(crate) fn run_blocking(mut draft: Draft) -> Result<Answer, Box<Fault>> {
    let transport = std::sync::Arc::clone(&draft.client.0.blocking);
    crate::blocking::wait(attempts(&mut draft, &*transport))
}

#[cfg(feature = "tracing")]
async fn attempts(draft: &mut Draft, transport: &dyn Transport) -> Result<Answer, Box<Fault>> {
    let address: Option<Uri> = draft.client.0.address(draft.operation.server).parse().ok();
    // The template, and never the path or the query: these may hold anything.
    let (method, template) = (draft.method.as_str(), draft.operation.path);
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
    let answer = done.as_ref().map_or_else(|fault| fault.response.as_ref(), |answer| Some(&answer.raw));
    let answer = answer.map(|raw| raw.status);
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
async fn attempts(draft: &mut Draft, transport: &dyn Transport) -> Result<Answer, Box<Fault>> {
    repeat(draft, transport).await.0
}

/// Attempts until one is final, and how many repetitions there were.
async fn repeat(draft: &mut Draft, transport: &dyn Transport) -> (Result<Answer, Box<Fault>>, u32) {
    let start = Instant::now();
    let once = draft.body.is_once();
    let repeatable = draft.repeatable && !once;
    let mut repetition = 0;
    let mut session = Session::default();
    loop {
        let left = draft.timeout.saturating_sub(start.elapsed());
        if left.is_zero() {
            let late = draft.fault(ErrorKind::Timeout, format!("no answer within {:?}", draft.timeout));
            return (Err(late), repetition);
        }
        let done = match session.ready(draft, transport, left).await {
            Ok(given) => {
                let left = draft.timeout.saturating_sub(start.elapsed());
                attempt::follow(draft, transport, left, given).await
            }
            Err(fault) => Err(fault),
        };
        // A request that was refused was not carried out, whatever its method.
        if !once && done.as_ref().is_ok_and(|answer| session.renews(draft, answer.raw.status)) {
            continue;
        }
        let pause = match &done {
            Ok(Answer { raw, .. }) if retry::is_passing(raw.status) => {
                Some(retry::pause(repetition.saturating_add(1), Some((raw.status, &raw.headers))))
            }
            Err(fault) if fault.passing => Some(retry::pause(repetition.saturating_add(1), None)),
            Ok(_) | Err(_) => None,
        };
        match pause {
            // The server may ask for more time than there is in a clock.
            Some(pause)
                if repeatable
                    && repetition < draft.retries
                    && start.elapsed().saturating_add(pause) < draft.timeout =>
            {
                transport.sleep(pause).await;
                repetition += 1;
            }
            Some(_) | None => return (done, repetition),
        }
    }
}
