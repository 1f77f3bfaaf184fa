//! The options that a generated builder forwards to its [`crate::ClientBuilder`].

/// Defines the options of every generated builder, whatever its API.
#[doc(hidden)]
#[macro_export]
macro_rules! client_builder {
    ($name:ident) => {
        impl $name {
            /// Sets the base URL. Unless set, it is the server of the description. Another URL than that also replaces the
            /// servers of single operations.
            #[must_use]
            pub fn base_url(mut self, base: impl Into<String>) -> Self {
                self.core = self.core.base_url(base);
                self
            }

            /// Sets the time limit of a call with all its retries; 60 s unless set.
            #[must_use]
            pub fn timeout(mut self, timeout: std::time::Duration) -> Self {
                self.core = self.core.timeout(timeout);
                self
            }

            /// Sets the time limit of one attempt; 30 s unless set. Long operations need more.
            #[must_use]
            pub fn attempt_timeout(mut self, timeout: std::time::Duration) -> Self {
                self.core = self.core.attempt_timeout(timeout);
                self
            }

            /// Sets how long a streamed response may be silent between two chunks. Unless set, it is `attempt_timeout`
            /// where that is set, else 5 minutes.
            #[must_use]
            pub fn idle_timeout(mut self, timeout: std::time::Duration) -> Self {
                self.core = self.core.idle_timeout(timeout);
                self
            }

            /// Sets how long an idle connection stays open for the next call; 90 s (async) and 15 s (blocking) unless
            /// set. It applies to the transports that come with the client.
            #[must_use]
            pub fn pool_idle_timeout(mut self, timeout: std::time::Duration) -> Self {
                self.core = self.core.pool_idle_timeout(timeout);
                self
            }

            /// Sets the time limit for connecting; 10 s unless set. It applies to the transports that come with the
            /// client.
            #[must_use]
            pub fn connect_timeout(mut self, timeout: std::time::Duration) -> Self {
                self.core = self.core.connect_timeout(timeout);
                self
            }

            /// Sets the number of retries of a call that is safe to retry; 2 unless set. 0 disables retries.
            #[must_use]
            pub fn max_retries(mut self, retries: u32) -> Self {
                self.core = self.core.max_retries(retries);
                self
            }

            /// Sets the number of retries that all calls of the client may use up together; 50 unless set. After that, failed
            /// attempts are not retried. Ten successful calls give one retry back.
            #[must_use]
            pub fn retry_budget(mut self, retries: u32) -> Self {
                self.core = self.core.retry_budget(retries);
                self
            }

            /// Sets the rule that decides which attempts are retried, and after how long.
            #[must_use]
            pub fn retry_policy(mut self, policy: impl $crate::retry::RetryPolicy + 'static) -> Self {
                self.core = self.core.retry_policy(policy);
                self
            }

            /// Enables pacing: the client slows down when the server reports that a rate limit is nearly used up. It
            /// counts each operation by itself, and those together for which the server sends the same
            /// `X-RateLimit-Resource`.
            #[must_use]
            pub fn pace(mut self, paced: bool) -> Self {
                self.core = self.core.pace(paced);
                self
            }

            /// Sets the longest wait of a call for one rate limit header, where `pace` is on; 60 s unless set. After
            /// that time, the client sends a call as a probe, whatever the header contained.
            #[must_use]
            pub fn max_pacing_wait(mut self, wait: std::time::Duration) -> Self {
                self.core = self.core.max_pacing_wait(wait);
                self
            }

            /// Sets how many pages of a list in a row may be empty; 100 unless set. One more that links to yet another
            /// page is an error of the kind `Paging`. Each paginator can have its own limit.
            #[must_use]
            pub fn max_empty_pages(mut self, pages: usize) -> Self {
                self.core = self.core.max_empty_pages(pages);
                self
            }

            /// Sets the limits of XML response bodies. A body beyond one of them is an error of the kind `Decode` that
            /// names the limit.
            #[must_use]
            pub fn xml_limits(mut self, limits: $crate::XmlLimits) -> Self {
                self.core = self.core.xml_limits(limits);
                self
            }

            /// Adds a hook, which runs around every request. The first one added runs first.
            #[must_use]
            pub fn hook(mut self, hook: impl $crate::client::hook::Hook + 'static) -> Self {
                self.core = self.core.hook(hook);
                self
            }

            /// Sets the size limit of a response body in bytes; 64 MiB unless set.
            #[must_use]
            pub fn max_response_bytes(mut self, bytes: usize) -> Self {
                self.core = self.core.max_response_bytes(bytes);
                self
            }

            /// Sets the memory limit of a decoded response in bytes; 256 MiB unless set, or four times the size limit
            /// of the body where that is more. More is an error of the kind `Decode`, whose source is a `DecodeError`
            /// of the kind `TooLarge`.
            #[must_use]
            pub fn max_decoded_bytes(mut self, bytes: usize) -> Self {
                self.core = self.core.max_decoded_bytes(bytes);
                self
            }

            /// Sets the limit of nested arrays and objects in JSON; 512 levels unless set. More is an error of the kind
            /// `Decode`, whose source is a `DecodeError` of the kind `TooDeep`.
            #[must_use]
            pub fn max_json_depth(mut self, levels: usize) -> Self {
                self.core = self.core.max_json_depth(levels);
                self
            }

            /// Sets whether a value that is not of its field's type is stored in `extra` instead of failing the whole
            /// response; `false` unless set. The nearest field around it that may be absent is then `None`, and
            /// `Response::misfits` names the places.
            #[must_use]
            pub fn lenient(mut self, lenient: bool) -> Self {
                self.core = self.core.lenient(lenient);
                self
            }

            /// Sets a function that the client calls with every value that differs from the description and does not
            /// fail its response. It runs on the thread of the call and must not block.
            #[must_use]
            pub fn on_misfit(
                mut self,
                report: impl Fn(&$crate::DecodeError)
                + $crate::transport::maybe_send::MaybeSend
                + $crate::transport::maybe_send::MaybeSync
                + 'static,
            ) -> Self {
                self.core = self.core.on_misfit(report);
                self
            }

            /// Sets the function that runs the decoding of response bodies of at least `min_bytes` bytes in async
            /// calls, such as `|decode| tokio::task::block_in_place(decode)`. Unless set, the thread that polls
            /// the call decodes.
            #[must_use]
            pub fn decode_large_bodies(
                mut self,
                min_bytes: usize,
                run: impl Fn(&mut dyn FnMut()) + Send + Sync + 'static,
            ) -> Self {
                self.core = self.core.decode_large_bodies(min_bytes, run);
                self
            }

            /// Sets the `User-Agent` header.
            #[must_use]
            pub fn user_agent(mut self, name: impl Into<String>) -> Self {
                self.core = self.core.user_agent(name);
                self
            }

            /// Adds a header to every call: a version, a tenant, or a parameter of all operations. A header of the call
            /// replaces one of the same name, except `Cookie`, whose cookies are joined. `Accept` replaces that of the
            /// operations, but not that of streams (`text/event-stream`); `Content-Type` does not replace that of a
            /// body. No error, log or `Debug` shows the value of `Authorization` or of another header whose name marks a
            /// secret (`x-api-key`), and no redirect takes a header to another origin.
            #[must_use]
            pub fn header(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
                self.core = self.core.header(name, value);
                self
            }

            /// Sets whether cookie parameters are sent unencoded where the style of the description would
            /// percent-encode them; `false` unless set. A value that is not allowed in a cookie is then an error.
            #[must_use]
            pub fn raw_cookies(mut self, raw: bool) -> Self {
                self.core = self.core.raw_cookies(raw);
                self
            }

            /// Sets the transport: the HTTP stack that sends the requests, also those of blocking calls unless
            /// `blocking_transport` sets theirs. With `Hyper` or `Reqwest`, blocking calls need a tokio runtime too.
            #[must_use]
            pub fn transport(mut self, transport: impl $crate::Transport + 'static) -> Self {
                self.core = self.core.transport(transport);
                self
            }

            $crate::macros::blocking_builder!();
            $crate::macros::metrics_builder!();
            $crate::macros::drift_builder!();
        }
    };
}

/// Defines the option of a generated builder about credentials, for an API with security schemes.
#[doc(hidden)]
#[macro_export]
macro_rules! credential_builder {
    ($name:ident) => {
        impl $name {
            /// Sets whether the client sends an operation without credentials when it has none for it, instead of an
            /// error of the kind `Auth`; `false` unless set. It serves servers that require less than their
            /// description.
            #[must_use]
            pub fn allow_anonymous(mut self, allow: bool) -> Self {
                self.core = self.core.allow_anonymous(allow);
                self
            }
        }
    };
}

/// Defines the options of blocking calls, where there is a blocking transport.
#[cfg(feature = "blocking")]
#[doc(hidden)]
#[macro_export]
macro_rules! blocking_builder {
    () => {
        /// Sets the transport of blocking calls. Unless set, it is the one that `transport` sets, else ureq.
        #[must_use]
        pub fn blocking_transport(mut self, transport: impl $crate::Transport + 'static) -> Self {
            self.core = self.core.blocking_transport(transport);
            self
        }
    };
}

/// Defines nothing: there is no blocking transport.
#[cfg(not(feature = "blocking"))]
#[doc(hidden)]
#[macro_export]
macro_rules! blocking_builder {
    () => {};
}

pub use blocking_builder;

/// Defines the option of metrics, where the feature is on.
#[cfg(feature = "metrics")]
#[doc(hidden)]
#[macro_export]
macro_rules! metrics_builder {
    () => {
        /// Sets the receiver of the client's metrics.
        #[must_use]
        pub fn meter(mut self, meter: impl $crate::client::metrics::Meter + 'static) -> Self {
            self.core = self.core.meter(meter);
            self
        }
    };
}

/// Defines nothing: the feature of metrics is off.
#[cfg(not(feature = "metrics"))]
#[doc(hidden)]
#[macro_export]
macro_rules! metrics_builder {
    () => {};
}

pub use metrics_builder;

/// Defines the option of drift, where the feature is on.
#[cfg(feature = "drift")]
#[doc(hidden)]
#[macro_export]
macro_rules! drift_builder {
    () => {
        /// Sets the `Drift` that counts what responses have and the description lacks: unknown fields, unlisted enum values and
        /// values that cannot be decoded. Each JSON body is then decoded twice.
        #[must_use]
        pub fn drift(mut self, drift: $crate::Drift) -> Self {
            self.core = self.core.drift(drift);
            self
        }
    };
}

/// Defines nothing: the feature of drift is off.
#[cfg(not(feature = "drift"))]
#[doc(hidden)]
#[macro_export]
macro_rules! drift_builder {
    () => {};
}

pub use drift_builder;
