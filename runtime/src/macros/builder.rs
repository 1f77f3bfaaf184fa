//! What a printed builder forwards to its [`crate::ClientBuilder`].

/// The options that every printed builder has, whatever its API.
#[macro_export]
macro_rules! client_builder {
    ($name:ident) => {
        impl $name {
            /// Another address than the document's.
            #[must_use]
            pub fn base_url(mut self, base: impl Into<String>) -> Self {
                self.core = self.core.base_url(base);
                self
            }

            /// How long a call may take with all its repetitions; 60 s unless set.
            #[must_use]
            pub fn timeout(mut self, timeout: std::time::Duration) -> Self {
                self.core = self.core.timeout(timeout);
                self
            }

            /// How long one attempt may take; 30 s unless set. Long operations need more.
            #[must_use]
            pub fn attempt_timeout(mut self, timeout: std::time::Duration) -> Self {
                self.core = self.core.attempt_timeout(timeout);
                self
            }

            /// Sets how long a streamed response may be silent between two chunks; unless set, as long as an attempt
            /// where that is set, else 5 minutes.
            #[must_use]
            pub fn stream_idle_timeout(mut self, timeout: std::time::Duration) -> Self {
                self.core = self.core.stream_idle_timeout(timeout);
                self
            }

            /// Sets how long a connection without a call is kept for the next one, for the transports that come with the
            /// client; 90 s (async) and 15 s (blocking) unless set.
            #[must_use]
            pub fn pool_idle_timeout(mut self, timeout: std::time::Duration) -> Self {
                self.core = self.core.pool_idle_timeout(timeout);
                self
            }

            /// How long it may take to connect, for the transports that come with the client; 10 s unless set.
            #[must_use]
            pub fn connect_timeout(mut self, timeout: std::time::Duration) -> Self {
                self.core = self.core.connect_timeout(timeout);
                self
            }

            /// How often a call that is safe to repeat is repeated; 2 unless set.
            #[must_use]
            pub fn max_retries(mut self, retries: u32) -> Self {
                self.core = self.core.max_retries(retries);
                self
            }

            /// How many repetitions all calls may make together before one is refused; ten calls that succeed allow one
            /// more. 50 unless set.
            #[must_use]
            pub fn retry_budget(mut self, repetitions: u32) -> Self {
                self.core = self.core.retry_budget(repetitions);
                self
            }

            /// Another rule for which attempts are repeated, and after how long.
            #[must_use]
            pub fn retry_policy(mut self, policy: impl $crate::pipeline::retry::RetryPolicy + 'static) -> Self {
                self.core = self.core.retry_policy(policy);
                self
            }

            /// Goes slower when the server says that a rate limit is nearly used up, rather than running into it.
            #[must_use]
            pub fn pace(mut self, paced: bool) -> Self {
                self.core = self.core.pace(paced);
                self
            }

            /// Sets how long a call waits at most because of one rate limit header, where `pace` is on; 60 s unless set. After
            /// that, a call goes to the server as a probe, whatever the header said.
            #[must_use]
            pub fn max_pacing_wait(mut self, wait: std::time::Duration) -> Self {
                self.core = self.core.max_pacing_wait(wait);
                self
            }

            /// Sets how many pages of a list in a row may give no items; 100 unless set. One more, with a way to yet another
            /// page, is an error of the kind `Paging`. Each walk can set its own.
            #[must_use]
            pub fn max_empty_pages(mut self, pages: usize) -> Self {
                self.core = self.core.max_empty_pages(pages);
                self
            }

            /// Sets the bounds on XML bodies of responses. A body that goes beyond one of them is an error of the kind `Decode`
            /// that names the bound.
            #[must_use]
            pub fn xml_limits(mut self, limits: $crate::XmlLimits) -> Self {
                self.core = self.core.xml_limits(limits);
                self
            }

            /// Adds to what happens around every request; the first comes first.
            #[must_use]
            pub fn hook(mut self, hook: impl $crate::client::hook::Hook + 'static) -> Self {
                self.core = self.core.hook(hook);
                self
            }

            /// How large a response may be, in bytes; 64 MiB unless set.
            #[must_use]
            pub fn max_response_bytes(mut self, bytes: usize) -> Self {
                self.core = self.core.max_response_bytes(bytes);
                self
            }

            /// Sets how much memory the value of a response may take, in bytes; 256 MiB unless set, or four times
            /// the largest body where that is more. More is an error of the kind `Decode`, whose source is a `DecodeError` of the kind `TooLarge`.
            #[must_use]
            pub fn max_decoded_bytes(mut self, bytes: usize) -> Self {
                self.core = self.core.max_decoded_bytes(bytes);
                self
            }

            /// Sets how many arrays and objects may stand inside each other in JSON; 512 unless set. More is an error of the
            /// kind `Decode`, whose source is a `DecodeError` of the kind `TooDeep`.
            #[must_use]
            pub fn max_json_depth(mut self, levels: usize) -> Self {
                self.core = self.core.max_json_depth(levels);
                self
            }

            /// Sets whether a value of another type than its field's is kept aside, in `extra`, instead of failing the whole
            /// response. The nearest field around it that may be absent is `None`; `Response::misfits` names the places.
            #[must_use]
            pub fn lenient(mut self, lenient: bool) -> Self {
                self.core = self.core.lenient(lenient);
                self
            }

            /// Sets what is called with every value that is not what the description promises and does not fail its response,
            /// on the thread of the call: it must not wait.
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

            /// Sets what runs the decoding of async calls' response bodies of at least so many bytes, such as
            /// `|decode| tokio::task::block_in_place(decode)`; the thread that polls the call unless set.
            #[must_use]
            pub fn decode_large_bodies(
                mut self,
                least: usize,
                run: impl Fn(&mut dyn FnMut()) + Send + Sync + 'static,
            ) -> Self {
                self.core = self.core.decode_large_bodies(least, run);
                self
            }

            /// What the client calls itself.
            #[must_use]
            pub fn user_agent(mut self, name: impl Into<String>) -> Self {
                self.core = self.core.user_agent(name);
                self
            }

            /// A header of every call: a version, a tenant, or a parameter that every operation describes. A call's own header of
            /// that name replaces it, but for `Cookie`, which joins.
            #[must_use]
            pub fn header(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
                self.core = self.core.header(name, value);
                self
            }

            /// Sets whether an operation is sent without credentials when the client has none for it, where it would end with an
            /// error of the kind `Auth`; false unless set. For servers that ask for less than their description.
            #[must_use]
            pub fn allow_anonymous(mut self, allow: bool) -> Self {
                self.core = self.core.allow_anonymous(allow);
                self
            }

            /// Sets whether cookie parameters are sent as they are given, where the description's style would percent-encode
            /// them; false unless set. A value that a cookie cannot hold is then an error.
            #[must_use]
            pub fn raw_cookies(mut self, raw: bool) -> Self {
                self.core = self.core.raw_cookies(raw);
                self
            }

            /// Another HTTP stack.
            #[must_use]
            pub fn transport(mut self, transport: impl $crate::Transport + 'static) -> Self {
                self.core = self.core.transport(transport);
                self
            }

            $crate::macros::blocking_builder!();
            $crate::macros::metrics_builder!();
        }
    };
}

/// The options of blocking calls, where there is a blocking transport.
#[cfg(feature = "blocking")]
#[macro_export]
macro_rules! blocking_builder {
    () => {
        /// Another HTTP stack for blocking calls alone.
        #[must_use]
        pub fn blocking_transport(mut self, transport: impl $crate::Transport + 'static) -> Self {
            self.core = self.core.blocking_transport(transport);
            self
        }
    };
}

/// Nothing: there is no blocking transport.
#[cfg(not(feature = "blocking"))]
#[macro_export]
macro_rules! blocking_builder {
    () => {};
}

pub use blocking_builder;

/// The option of metrics, where they are.
#[cfg(feature = "metrics")]
#[macro_export]
macro_rules! metrics_builder {
    () => {
        /// Takes what the client measures.
        #[must_use]
        pub fn meter(mut self, meter: impl $crate::client::metrics::Meter + 'static) -> Self {
            self.core = self.core.meter(meter);
            self
        }
    };
}

/// Nothing: there are no metrics.
#[cfg(not(feature = "metrics"))]
#[macro_export]
macro_rules! metrics_builder {
    () => {};
}

pub use metrics_builder;
