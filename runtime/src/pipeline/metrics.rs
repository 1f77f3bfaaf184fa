//! Metrics of attempts and calls.

use super::{PipelineResponse, raw_of};
use crate::client::metrics::{CALL_DURATION, CALL_RESENDS, Measurement, REQUEST_DURATION};
use crate::error::{ErrorKind, UntypedError};
use crate::request::Draft;
use crate::transport::clock::Instant;
use http::Uri;
use std::borrow::Cow;

type Attributes<'m> = Vec<(&'static str, Cow<'m, str>)>;

/// Records an attempt.
pub(super) fn attempt(draft: &Draft, start: Instant, done: &Result<PipelineResponse, Box<UntypedError>>) {
    record(draft, REQUEST_DURATION, "s", start.elapsed().as_secs_f64(), done);
}

/// Records a call.
pub(super) fn call(draft: &Draft, start: Instant, done: &Result<PipelineResponse, Box<UntypedError>>, resends: u32) {
    record(draft, CALL_DURATION, "s", start.elapsed().as_secs_f64(), done);
    if resends > 0 {
        record(draft, CALL_RESENDS, "{resend}", f64::from(resends), done);
    }
}

fn record(
    draft: &Draft,
    name: &'static str,
    unit: &'static str,
    value: f64,
    done: &Result<PipelineResponse, Box<UntypedError>>,
) {
    let Some(meter) = &draft.client.0.meter else { return };
    let attributes = attributes(draft, done);
    meter.record(&Measurement { name, unit, value, attributes: &attributes });
}

fn attributes<'m>(draft: &'m Draft, done: &Result<PipelineResponse, Box<UntypedError>>) -> Attributes<'m> {
    let address = draft.base_url().ok().and_then(|url| url.parse::<Uri>().ok());
    let mut all: Attributes<'m> = vec![("http.request.method", draft.method.as_str().into())];
    if !draft.operation.path.is_empty() {
        all.push(("url.template", draft.operation.path.into()));
    }
    if let Some(host) = address.as_ref().and_then(Uri::host) {
        all.push(("server.address", host.to_owned().into()));
    }
    if let Some(port) = address.as_ref().and_then(crate::uri::port) {
        all.push(("server.port", port.to_string().into()));
    }
    let status = raw_of(done).map(|raw| raw.status);
    if let Some(status) = status {
        all.push(("http.response.status_code", status.as_str().to_owned().into()));
    }
    let error = match (done, status) {
        (Ok(_), Some(status)) if status.as_u16() >= 400 => Some(status.as_str().to_owned().into()),
        (Err(error), _) => Some(error_type(error)),
        (Ok(_), _) => None,
    };
    all.extend(error.map(|error| ("error.type", error)));
    all
}

fn error_type(error: &UntypedError) -> Cow<'static, str> {
    match error.transport {
        Some(kind) => format!("{kind:?}").to_lowercase().into(),
        None => match error.kind {
            ErrorKind::Timeout => "timeout".into(),
            kind => format!("{kind:?}").to_lowercase().into(),
        },
    }
}
