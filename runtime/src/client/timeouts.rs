//! How long the parts of a call may take, each with its default.

use super::ClientBuilder;
#[cfg(any(
    feature = "blocking",
    all(feature = "reqwest", not(all(target_family = "wasm", target_os = "unknown")))
))]
use crate::transport::TransportError;
use std::time::Duration;

/// How long the parts of a call may take.
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

    /// A model may think for minutes between two events: a stream has more time than an attempt.
    pub(super) fn stream_idle(&self) -> Duration {
        self.stream_idle.or(self.attempt).unwrap_or(Duration::from_secs(300))
    }

    /// The async transport that comes with the client.
    #[cfg(all(feature = "reqwest", not(all(target_family = "wasm", target_os = "unknown"))))]
    pub(super) fn reqwest(&self) -> Result<crate::transport::reqwest::Reqwest, TransportError> {
        let builder = crate::transport::reqwest::Reqwest::builder().connect_timeout(self.connect);
        self.pool_idle.into_iter().fold(builder, |builder, idle| builder.pool_idle_timeout(idle)).build()
    }

    /// The blocking transport that comes with the client.
    #[cfg(feature = "blocking")]
    pub(super) fn ureq(&self) -> Result<crate::transport::ureq::Ureq, TransportError> {
        let builder = crate::transport::ureq::Ureq::builder().connect_timeout(self.connect);
        self.pool_idle.into_iter().fold(builder, |builder, idle| builder.pool_idle_timeout(idle)).build()
    }
}

impl ClientBuilder {
    /// Sets how long a call may take with all its retries and pauses; 60 s unless set. A streamed response is bounded by it
    /// up to its head only.
    ///
    /// A call that takes longer ends with an error of the kind [`crate::ErrorKind::Timeout`].
    #[must_use]
    pub const fn timeout(mut self, timeout: Duration) -> Self {
        self.timeouts.call = timeout;
        self
    }

    /// Sets how long one attempt may take, from the connection to the last byte of the response; 30 s unless set. Operations
    /// that take longer, such as those of language models, need more: here, by [`crate::Call::attempt_timeout`], or by
    /// the generator's setting `timeouts`. An attempt never lasts longer than its call's `timeout`.
    #[must_use]
    pub const fn attempt_timeout(mut self, timeout: Duration) -> Self {
        self.timeouts.attempt = Some(timeout);
        self
    }

    /// Sets how long a streamed response may be silent between two chunks. Unless set, it is the `attempt_timeout` where that
    /// is set, else 5 minutes.
    #[must_use]
    pub const fn stream_idle_timeout(mut self, timeout: Duration) -> Self {
        self.timeouts.stream_idle = Some(timeout);
        self
    }

    /// Sets how long it may take to connect, for the transports that come with the client; 10 s unless set. A call that could
    /// not connect was not sent, and is retried whatever its method.
    #[must_use]
    pub const fn connect_timeout(mut self, timeout: Duration) -> Self {
        self.timeouts.connect = timeout;
        self
    }

    /// Sets how long a connection without a call is kept for the next one, for the transports that come with the client;
    /// 90 s (async) and 15 s (blocking) unless set. A value below the time after which the server closes such connections
    /// keeps a call from meeting a connection that closes at that moment; zero makes a new connection for each call.
    #[must_use]
    pub const fn pool_idle_timeout(mut self, timeout: Duration) -> Self {
        self.timeouts.pool_idle = Some(timeout);
        self
    }
}
