//! Metrics of calls, with the names of OpenTelemetry. This is a trait and not a library, so that a program can use any
//! metrics library and compiles no other.

use crate::transport::maybe_send::{MaybeSend, MaybeSync};
use std::borrow::Cow;

/// The duration of one request, in seconds. Its `error.type` is the status from 400 on, or the kind of the failure.
pub const REQUEST_DURATION: &str = "http.client.request.duration";
/// The duration of a call with its retries and pauses, in seconds.
pub const CALL_DURATION: &str = "http.client.call.duration";
/// The number of retries of a call; only recorded for calls with retries.
pub const CALL_RESENDS: &str = "http.client.call.resends";

/// A receiver of a client's metrics.
///
/// ```
/// use clientsmith_runtime::client::metrics::{Measurement, Meter};
///
/// struct Lines;
///
/// impl Meter for Lines {
///     fn record(&self, measurement: &Measurement<'_>) {
///         println!("{} {} {:?}", measurement.name, measurement.value, measurement.attributes);
///     }
/// }
/// ```
pub trait Meter: MaybeSend + MaybeSync {
    /// Receives a measurement. It runs on the thread of the call and must not block.
    fn record(&self, measurement: &Measurement<'_>);
}

/// A value of a metric.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub struct Measurement<'m> {
    /// The name of the metric.
    pub name: &'static str,
    /// The unit: `s` for a histogram of durations, `{resend}` for a counter.
    pub unit: &'static str,
    /// The value in the unit.
    pub value: f64,
    /// The attributes of OpenTelemetry's HTTP client metrics: the method, `url.template`, `server.address`,
    /// `server.port`, `http.response.status_code` and `error.type`. None contains a secret.
    pub attributes: &'m [(&'static str, Cow<'m, str>)],
}
