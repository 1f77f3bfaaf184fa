//! The call type of a generated crate. The crate defines it, so that it can add setters for each operation.

/// Defines the options of a call, whatever its operation: methods of a type whose field `draft` is a [`crate::Draft`].
#[doc(hidden)]
#[macro_export]
macro_rules! call_options {
    () => {
        /// Sets the time limit of this call with all its retries. Unless set, it is the client's `timeout` (60 s). An
        /// operation with a longer time of its own names it in its documentation.
        pub fn timeout(mut self, timeout: std::time::Duration) -> Self {
            self.draft.timeout(timeout);
            self
        }

        /// Sets the time limit of one attempt of this call, from the connection to the last byte of the response, or to
        /// the head of a streamed response. Unless set, it is the client's `attempt_timeout` (30 s). An operation with a
        /// longer time of its own names it in its documentation. The call's `timeout` applies as well.
        pub fn attempt_timeout(mut self, timeout: std::time::Duration) -> Self {
            self.draft.attempt_timeout(timeout);
            self
        }

        /// Sets how long a streamed response may be silent before the next chunk; `None` means no limit. Unless set, it
        /// is the client's `idle_timeout` (5 minutes), or the operation's own time for an attempt where that is longer.
        pub fn idle_timeout(mut self, timeout: Option<std::time::Duration>) -> Self {
            self.draft.idle_timeout(timeout);
            self
        }

        /// Sets the number of retries of this call when it is safe to retry. Unless set, it is the client's
        /// `max_retries` (2).
        pub fn max_retries(mut self, retries: u32) -> Self {
            self.draft.max_retries(retries);
            self
        }

        /// Makes this call return a redirect (3XX) as its response instead of following it, for `send_raw` and
        /// `send_stream`. With `send` it is an error of the kind `Redirect`, because a redirect has no value, unless the operation documents nothing
        /// but redirects. 304 is not a redirect: it is an error of the kind `Api`, except with `send_raw`.
        pub fn return_redirects(mut self) -> Self {
            self.draft.return_redirects();
            self
        }

        /// Makes this call follow redirects of a GET or HEAD to other origins too, such as from an API to the storage of its files. Unless
        /// set, they are errors of the kind `Redirect`.
        ///
        /// The request to another origin has no body, no credentials and no cookies. Its headers are `Accept`,
        /// `Accept-Encoding`, `Range`, `If-Range` and `User-Agent`, and hooks do not run for it. The client does not go from
        /// `https` to `http`. Timeouts and limits apply as to any request.
        pub fn follow_redirects_anywhere(mut self) -> Self {
            self.draft.follow_redirects_anywhere();
            self
        }

        /// Sets whether cookie parameters of this call are sent unencoded where the style of the description would
        /// percent-encode them. Unless set, it is the client's setting. A value that is not allowed in a cookie (RFC
        /// 6265, section 4.1.1) is then an error.
        pub fn raw_cookies(mut self, raw: bool) -> Self {
            self.draft.raw_cookies(raw);
            self
        }

        /// Adds a header. The first value replaces the header of this name that the description or the client sets.
        /// Each further value is sent as one more line (RFC 9110, section 5.3), except for headers with a single value
        /// such as `Authorization` and `Content-Type`, where the last value counts. `Cookie` is joined with the other
        /// cookies and replaces those of the same names.
        pub fn header(mut self, name: &str, value: &str) -> Self {
            self.draft.header(name, value);
            self
        }

        /// Adds a query parameter that the description does not define.
        pub fn query_extra(mut self, name: &str, value: &str) -> Self {
            self.draft.query_extra(name, value);
            self
        }

        /// Sets the key by which the server recognizes retries. The client sends it in the header that the description
        /// or the settings name, else in `Idempotency-Key`. The call is then safe to retry, whatever its method.
        pub fn idempotency_key(mut self, key: &str) -> Self {
            self.draft.idempotency_key(key);
            self
        }

        /// Sets whether the call is safe to retry. Unless set, a call is safe to retry when its method is idempotent or it
        /// has an idempotency key. A request that was not sent, or that a rate limit refused (429, or 403 with
        /// `Retry-After`), is always retried.
        pub fn repeatable(mut self, repeatable: bool) -> Self {
            self.draft.repeatable(repeatable);
            self
        }

        /// Adds a field to the JSON body, or replaces it. Set the body first. If the body is not a JSON object, sending
        /// the call fails with an error of the kind `Build`.
        pub fn body_extra(mut self, name: &str, value: $crate::Json) -> Self {
            self.draft.body_extra(name, &value);
            self
        }
    };
}

/// Defines the methods that send a call with a blocking transport. The features of the runtime decide, not those of the
/// crate that uses the macro.
#[cfg(feature = "blocking")]
#[doc(hidden)]
#[macro_export]
macro_rules! blocking_calls {
    () => {
        /// Sends the call and blocks this thread until the response is there, without an async runtime.
        ///
        /// # Errors
        /// Returns an error when the call cannot be built or sent, when the status is an error, or when the response
        /// cannot be decoded; see `Error`.
        pub fn send_blocking(self) -> Result<$crate::Response<O::Success>, $crate::Error<O::Error>> {
            self.into_call().send_blocking()
        }

        /// Sends the call on this thread, follows redirects, and returns the response as raw bytes, whatever its status.
        ///
        /// # Errors
        /// Returns an error when the call cannot be built or sent, when the whole response does not arrive, or when the
        /// client does not follow a redirect; see `Error`. It has the response if its head arrived.
        pub fn send_raw_blocking(self) -> Result<$crate::RawResponse, $crate::Error<O::Error>> {
            self.into_call().send_raw_blocking()
        }

        /// Sends the call on this thread and returns the body of a success unread. Read it with `into_reader`.
        ///
        /// # Errors
        /// Returns an error when the call fails before the body starts.
        pub fn send_stream_blocking(self) -> Result<$crate::Response<$crate::Body>, $crate::Error<O::Error>> {
            self.into_call().send_stream_blocking()
        }
    };
}

/// Defines the option of a call about its credentials, for a type as in [`call_options`].
#[doc(hidden)]
#[macro_export]
macro_rules! credential_options {
    () => {
        /// Sends this call without credentials, even if the client has some and the description requires them. A header
        /// that the caller sets with `header` is still sent.
        pub fn without_credentials(mut self) -> Self {
            self.draft.without_credentials();
            self
        }
    };
}

/// Defines nothing: there is no blocking transport.
#[cfg(not(feature = "blocking"))]
#[doc(hidden)]
#[macro_export]
macro_rules! blocking_calls {
    () => {};
}

pub use blocking_calls;
pub(crate) use {call_options, credential_options};

/// Defines the methods of the type `Call<O>` of a generated crate, which has a `draft` and an `operation`.
#[doc(hidden)]
#[macro_export]
macro_rules! calls {
    () => {
        impl<O: $crate::Operation> Call<O> {
            #[allow(dead_code, reason = "a description may have no operations")]
            pub(crate) fn new(client: &$crate::Client) -> Self {
                Self { draft: client.draft(O::SPEC), operation: std::marker::PhantomData }
            }

            /// Converts the call to a type that depends on its results instead of its operation, so that calls of
            /// several operations can have one type.
            pub fn into_call(self) -> $crate::AnyCall<O::Success, O::Error> {
                $crate::AnyCall::new(self.draft, O::RESPONSES)
            }

            /// Builds the request without sending it, secrets included.
            ///
            /// # Errors
            /// Returns an error of the kind `Build` when an argument cannot be sent, and one of the kind `Auth` when the
            /// description requires a credential that the client does not have before it sends the call.
            pub fn into_request(self) -> Result<$crate::http::Request<$crate::Body>, $crate::Error<O::Error>> {
                self.into_call().into_request()
            }

            /// Sends the call and decodes the response.
            ///
            /// # Errors
            /// Returns an error when the call cannot be built or sent, when the status is an error, or when the
            /// response cannot be decoded; see `Error`.
            pub fn send(
                self,
            ) -> impl std::future::Future<Output = Result<$crate::Response<O::Success>, $crate::Error<O::Error>>> {
                self.into_call().send()
            }

            /// Sends the call, follows redirects, and returns the response as raw bytes, whatever its status.
            ///
            /// # Errors
            /// Returns an error when the call cannot be built or sent, when the whole response does not arrive, or when the
            /// client does not follow a redirect; see `Error`. It has the response if its head arrived.
            pub fn send_raw(
                self,
            ) -> impl std::future::Future<Output = Result<$crate::RawResponse, $crate::Error<O::Error>>> {
                self.into_call().send_raw()
            }

            /// Sends the call and returns the body of a success unread, whatever its media type, so that the body need
            /// not fit in memory. Read it with `Body::chunk`, or as a stream.
            ///
            /// # Errors
            /// Returns an error when the call fails before the body starts.
            pub fn send_stream(
                self,
            ) -> impl std::future::Future<Output = Result<$crate::Response<$crate::Body>, $crate::Error<O::Error>>>
            {
                self.into_call().send_stream()
            }

            $crate::macros::blocking_calls!();
            $crate::call_options!();
        }

        impl<O: $crate::Streamed> Call<O> {
            /// Converts this call to one whose success is a stream. Set the parameters first, then send it with `send`,
            /// `.await` or `send_blocking`.
            pub fn stream(self) -> Call<$crate::StreamOf<O>> {
                Call { draft: self.draft, operation: std::marker::PhantomData }
            }
        }

        impl<O: $crate::Operation> std::future::IntoFuture for Call<O> {
            type Output = Result<$crate::Response<O::Success>, $crate::Error<O::Error>>;
            type IntoFuture = $crate::transport::BoxFuture<'static, Self::Output>;

            fn into_future(self) -> Self::IntoFuture {
                self.into_call().into_future()
            }
        }

        impl<O: $crate::Operation> $crate::IntoCall for Call<O> {
            type Success = O::Success;
            type Error = O::Error;

            fn into_call(self) -> $crate::AnyCall<O::Success, O::Error> {
                Self::into_call(self)
            }
        }

        impl<O> std::fmt::Debug for Call<O> {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.draft.fmt(f)
            }
        }
    };
}

/// Defines the option of the type `Call<O>` about credentials, for an API with security schemes.
#[doc(hidden)]
#[macro_export]
macro_rules! credential_calls {
    () => {
        impl<O: $crate::Operation> Call<O> {
            $crate::credential_options!();
        }
    };
}
