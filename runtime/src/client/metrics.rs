//! Metrics of calls, by the names of OpenTelemetry. A trait, and no library: whatever a program counts with, an
//! implementation forwards to it in a few lines, and nobody compiles what another program counts with.

use crate::transport::maybe_send::{MaybeSend, MaybeSync};
use std::borrow::Cow;

/// One request, in seconds: `error.type` is its status from 400 on, or what failed.
pub const REQUEST_DURATION: &str = "http.client.request.duration";
/// A call with its repetitions and pauses, in seconds.
pub const CALL_DURATION: &str = "http.client.call.duration";
/// How often a call was repeated; only of calls that were.
pub const CALL_RESENDS: &str = "http.client.call.resends";

/// Takes what a client measures.
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
    /// Called for every measurement, on the thread of the call: it must not wait.
    fn record(&self, measurement: &Measurement<'_>);
}

/// A value of a metric.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub struct Measurement<'m> {
    /// Name of the metric.
    pub name: &'static str,
    /// `s` for a histogram of durations, `{resend}` for a counter.
    pub unit: &'static str,
    /// How much.
    pub value: f64,
    /// Attributes of OpenTelemetry's HTTP client metrics, none of which holds a secret: the method, `url.template`,
    /// `server.address`, `server.port`, `http.response.status_code`, `error.type`.
    pub attributes: &'m [(&'static str, Cow<'m, str>)],
}
