//! The type of a generated crate's calls: one for all operations, which the crate defines so that it can add its setters.

/// The options of a call, whatever its operation: methods of a type whose field `draft` is a [`crate::Draft`].
#[macro_export]
macro_rules! call_options {
    () => {
        /// Sets how long this call may take with all its retries; 60 s unless the client has another time.
        pub fn timeout(mut self, timeout: std::time::Duration) -> Self {
            self.draft.timeout(timeout);
            self
        }

        /// Sets how long one attempt of this call may take, from the connection to the last byte of the response; of a
        /// streamed response, to its head. Unless set, it is the client's `attempt_timeout` (30 s), or what the generator's
        /// setting `timeouts` says of the operation. The call's own `timeout` holds besides.
        pub fn attempt_timeout(mut self, timeout: std::time::Duration) -> Self {
            self.draft.attempt_timeout(timeout);
            self
        }

        /// Sets how long a streamed response may be silent before the next chunk; for ever, when `None`. Unless set, it is the
        /// client's `stream_idle_timeout` (5 minutes).
        pub fn idle_timeout(mut self, timeout: Option<std::time::Duration>) -> Self {
            self.draft.idle_timeout(timeout);
            self
        }

        /// Sets how often this call is retried when it is safe to; as often as the client says (2) unless set.
        pub fn retries(mut self, retries: u32) -> Self {
            self.draft.retries(retries);
            self
        }

        /// Takes a redirect (3XX) as the response, which is then not followed.
        pub fn redirects(mut self) -> Self {
            self.draft.redirects();
            self
        }

        /// Sends this call without credentials, also where the client has some and the description asks for them: a login, or
        /// a server of one's own that wants none. A header that the caller gives (`header`) is sent.
        pub fn without_credentials(mut self) -> Self {
            self.draft.without_credentials();
            self
        }

        /// Sets whether cookie parameters of this call are sent as they are given, where the description's style would
        /// percent-encode them; as the client does unless set. A value that a cookie cannot hold (RFC 6265, section 4.1.1) is
        /// then an error.
        pub fn raw_cookies(mut self, raw: bool) -> Self {
            self.draft.raw_cookies(raw);
            self
        }

        /// Adds a header. The first line of a name stands in place of what the description or the client has under this name;
        /// a further one is sent beside it, as one more line of a list (RFC 9110, section 5.3). A header that holds one value
        /// only, such as `Authorization` or `Content-Type`, has the last one. `Cookie` joins the cookies that are sent
        /// besides, and replaces those of its names.
        pub fn header(mut self, name: &str, value: &str) -> Self {
            self.draft.header(name, value);
            self
        }

        /// Adds a query parameter that the description does not define.
        pub fn query_extra(mut self, name: &str, value: &str) -> Self {
            self.draft.query_extra(name, value);
            self
        }

        /// Sets the key by which the server recognizes retries, in the header that the description or the settings name, or
        /// `Idempotency-Key`: the call is then safe to retry, whatever its method.
        pub fn idempotency_key(mut self, key: &str) -> Self {
            self.draft.idempotency_key(key);
            self
        }

        /// Sets whether sending this call twice is the same as sending it once; the method decides unless set.
        pub fn repeatable(mut self, repeatable: bool) -> Self {
            self.draft.repeatable(repeatable);
            self
        }

        /// Adds a field to the JSON body, or replaces it. Set the body first. Where the body is no JSON object, sending the
        /// call ends with an error of the kind `Build`.
        pub fn body_extra(mut self, name: &str, value: $crate::Json) -> Self {
            self.draft.body_extra(name, &value);
            self
        }
    };
}

/// The methods that send a call on this thread, with a blocking transport. The runtime's features decide, not those of the
/// crate that the macro stands in.
#[cfg(feature = "blocking")]
#[macro_export]
macro_rules! blocking_calls {
    () => {
        /// Sends the call and waits on this thread, without an async runtime.
        ///
        /// # Errors
        /// Everything that can go wrong; see `Error`.
        pub fn send_blocking(self) -> Result<$crate::Response<O::Success>, $crate::Error<O::Error>> {
            self.into_call().send_blocking()
        }

        /// Sends the call on this thread and gives whatever came back, error statuses too.
        ///
        /// # Errors
        /// Every error that leaves no response: a connection that fails, a timeout, missing credentials.
        pub fn send_raw_blocking(self) -> Result<$crate::RawResponse, $crate::Error<O::Error>> {
            self.into_call().send_raw_blocking()
        }

        /// Sends the call on this thread and gives the body of a success as it comes: read it with `into_reader`.
        ///
        /// # Errors
        /// Everything that can go wrong until the body starts.
        pub fn send_stream_blocking(self) -> Result<$crate::Response<$crate::Body>, $crate::Error<O::Error>> {
            self.into_call().send_stream_blocking()
        }

        /// As `events`, on this thread.
        ///
        /// # Errors
        /// Everything that can go wrong until the body starts.
        pub fn events_blocking<D: $crate::Decode + 'static>(
            self,
        ) -> Result<$crate::events::BlockingEvents<D, O::Error>, $crate::Error<O::Error>> {
            self.into_call().events_blocking()
        }

        /// As `json_lines`, on this thread.
        ///
        /// # Errors
        /// Everything that can go wrong until the body starts.
        pub fn json_lines_blocking<D: $crate::Decode>(
            self,
        ) -> Result<$crate::events::BlockingJsonStream<D, O::Error>, $crate::Error<O::Error>> {
            self.into_call().json_lines_blocking()
        }

        /// As `json_seq`, on this thread.
        ///
        /// # Errors
        /// Everything that can go wrong until the body starts.
        pub fn json_seq_blocking<D: $crate::Decode>(
            self,
        ) -> Result<$crate::events::BlockingJsonStream<D, O::Error>, $crate::Error<O::Error>> {
            self.into_call().json_seq_blocking()
        }
    };
}

/// Nothing: there is no blocking transport.
#[cfg(not(feature = "blocking"))]
#[macro_export]
macro_rules! blocking_calls {
    () => {};
}

pub use blocking_calls;
pub(crate) use call_options;

/// The type `Call<O>` of a generated crate.
#[macro_export]
macro_rules! calls {
    () => {
        /// A call of the operation `O` that is not sent yet: send it with `send`, `.await` or `send_blocking`.
        ///
        /// Every operation has a type in the module `api` that names its calls, with the optional parameters of the operation
        /// as methods; these options and ways to send are the same for all.
        #[must_use = "a call does nothing until it is sent"]
        pub struct Call<O> {
            pub(crate) draft: Box<$crate::Draft>,
            operation: std::marker::PhantomData<fn() -> O>,
        }

        impl<O: $crate::Operation> Call<O> {
            #[allow(dead_code, reason = "a description may have no operations")]
            pub(crate) fn new(client: &$crate::Client) -> Self {
                Self { draft: client.draft(O::SPEC), operation: std::marker::PhantomData }
            }

            /// Makes a call that is named by its results instead of its operation, so that calls of several operations
            /// have one type.
            pub fn into_call(self) -> $crate::Call<O::Success, O::Error> {
                $crate::Call::new(self.draft, O::RESPONSES)
            }

            /// Makes the request as it would be sent, secrets included.
            ///
            /// # Errors
            /// An argument that cannot be sent (kind `Build`), and missing credentials (kind `Auth`), such as a token that the
            /// client obtains only when it sends the call.
            pub fn into_request(self) -> Result<$crate::http::Request<$crate::Body>, $crate::Error<O::Error>> {
                self.into_call().into_request()
            }

            /// Sends the call.
            ///
            /// # Errors
            /// Everything that can go wrong; see `Error`.
            pub fn send(
                self,
            ) -> impl std::future::Future<Output = Result<$crate::Response<O::Success>, $crate::Error<O::Error>>> {
                self.into_call().send()
            }

            /// Sends the call and gives whatever came back, error statuses too.
            ///
            /// # Errors
            /// Every error that leaves no response: a connection that fails, a timeout, missing credentials.
            pub fn send_raw(
                self,
            ) -> impl std::future::Future<Output = Result<$crate::RawResponse, $crate::Error<O::Error>>> {
                self.into_call().send_raw()
            }

            /// Sends the call and gives the body of a success as it comes, whatever the description says about it: it may be
            /// larger than the memory. Read it with `Body::chunk`, or as a stream.
            ///
            /// # Errors
            /// Everything that can go wrong until the body starts.
            pub fn send_stream(
                self,
            ) -> impl std::future::Future<Output = Result<$crate::Response<$crate::Body>, $crate::Error<O::Error>>>
            {
                self.into_call().send_stream()
            }

            /// Sends the call and gives the server-sent events of a success as they come.
            ///
            /// # Errors
            /// Everything that can go wrong until the body starts; a response that is no `text/event-stream`.
            pub fn events<D: $crate::Decode + 'static>(
                self,
            ) -> impl std::future::Future<Output = Result<$crate::Events<D, O::Error>, $crate::Error<O::Error>>> {
                self.into_call().events()
            }

            /// Sends the call and gives the JSON value of each line of a success as it comes.
            ///
            /// # Errors
            /// Everything that can go wrong until the body starts.
            pub fn json_lines<D: $crate::Decode>(
                self,
            ) -> impl std::future::Future<Output = Result<$crate::JsonStream<D, O::Error>, $crate::Error<O::Error>>>
            {
                self.into_call().json_lines()
            }

            /// Sends the call and gives each JSON text of a success that is a sequence of them (`application/json-seq`) as it
            /// comes.
            ///
            /// # Errors
            /// Everything that can go wrong until the body starts.
            pub fn json_seq<D: $crate::Decode>(
                self,
            ) -> impl std::future::Future<Output = Result<$crate::JsonStream<D, O::Error>, $crate::Error<O::Error>>>
            {
                self.into_call().json_seq()
            }

            $crate::macros::blocking_calls!();
            $crate::call_options!();
        }

        impl<O: $crate::Paged> Call<O> {
            /// Gives the pages of the list one after the other, each asked for when it is wanted.
            pub fn pages(self) -> $crate::Pages<O::Success, O::Error> {
                self.into_call().pages(O::PAGES)
            }

            /// Gives the items of all pages one after the other; a page is asked for when its first item is wanted.
            pub fn items(self) -> $crate::Items<O::Item, O::Error> {
                self.into_call().items(O::PAGES)
            }
        }

        impl<O: $crate::Streamed> Call<O> {
            /// Makes the same call, of which a success comes as a stream. Set the parameters first, and send it with `send`,
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

            fn into_call(self) -> $crate::Call<O::Success, O::Error> {
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
