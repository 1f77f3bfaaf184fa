//! The time limits of the parts of a call, with their defaults.

use super::ClientBuilder;
#[cfg(any(feature = "blocking", all(feature = "hyper", not(all(target_family = "wasm", target_os = "unknown")))))]
use crate::transport::TransportError;
use std::time::Duration;

/// The time limits of the parts of a call.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Timeouts {
    pub(super) call: Duration,
    attempt: Option<Duration>,
    stream_idle: Option<Duration>,
    #[allow(dead_code, reason = "for the transports that come with the client, of which a target may have none")]
    connect: Duration,
    #[allow(dead_code, reason = "for the transports that come with the client, of which a target may have none")]
    pool_idle: Option<Duration>,
}

impl Timeouts {
    /// Creates the defaults.
    pub(super) const fn new() -> Self {
        Self {
            call: Duration::from_secs(60),
            attempt: None,
            stream_idle: None,
            connect: Duration::from_secs(10),
            pool_idle: None,
        }
    }

    pub(super) fn attempt(&self) -> Duration {
        self.attempt.unwrap_or(Duration::from_secs(30))
    }

    /// Returns the limit of the silence within a stream. A language model may pause for minutes between two events, so
    /// it is longer than that of an attempt.
    pub(super) fn stream_idle(&self) -> Duration {
        self.stream_idle.or(self.attempt).unwrap_or(Duration::from_secs(300))
    }

    /// Creates the default async transport.
    #[cfg(all(feature = "hyper", not(all(target_family = "wasm", target_os = "unknown"))))]
    pub(super) fn hyper(&self) -> Result<crate::transport::hyper::Hyper, TransportError> {
        let builder = crate::transport::hyper::Hyper::builder().connect_timeout(self.connect);
        self.pool_idle.into_iter().fold(builder, |builder, idle| builder.pool_idle_timeout(idle)).build()
    }

    /// Creates the default blocking transport.
    #[cfg(feature = "blocking")]
    pub(super) fn ureq(&self) -> Result<crate::transport::ureq::Ureq, TransportError> {
        let builder = crate::transport::ureq::Ureq::builder().connect_timeout(self.connect);
        self.pool_idle.into_iter().fold(builder, |builder, idle| builder.pool_idle_timeout(idle)).build()
    }
}

impl ClientBuilder {
    /// Sets the time limit of a call with all its retries and pauses; 60 s by default. Of a streamed response, only the
    /// head counts.
    ///
    /// A call that takes longer ends with an error of the kind [`crate::ErrorKind::Timeout`].
    #[must_use]
    pub const fn timeout(mut self, timeout: Duration) -> Self {
        self.timeouts.call = timeout;
        self
    }

    /// Sets the time limit of one attempt, from the connection to the last byte of the response; 30 s by default. For
    /// slow operations, such as those of language models, set a larger value here, with
    /// [`crate::AnyCall::attempt_timeout`], or with the generator's setting `timeouts`. The call's `timeout` also limits
    /// each attempt.
    #[must_use]
    pub const fn attempt_timeout(mut self, timeout: Duration) -> Self {
        self.timeouts.attempt = Some(timeout);
        self
    }

    /// Sets the maximum silence of a streamed response between two chunks; by default the `attempt_timeout` if that is
    /// set, otherwise 5 minutes.
    #[must_use]
    pub const fn idle_timeout(mut self, timeout: Duration) -> Self {
        self.timeouts.stream_idle = Some(timeout);
        self
    }

    /// Sets the time limit of a connection, for the default transports; 10 s by default. A call that could not connect
    /// was not sent, and is retried whatever its method.
    #[must_use]
    pub const fn connect_timeout(mut self, timeout: Duration) -> Self {
        self.timeouts.connect = timeout;
        self
    }

    /// Sets how long an unused connection stays open for the next call, for the default transports; 90 s (async) and 15
    /// s (blocking) by default. Set it below the time after which the server closes unused connections, so that a call
    /// does not use a connection that is just being closed. Zero opens a new connection for each call.
    #[must_use]
    pub const fn pool_idle_timeout(mut self, timeout: Duration) -> Self {
        self.timeouts.pool_idle = Some(timeout);
        self
    }
}
