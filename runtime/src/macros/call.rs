//! What a printed call with a name of its own forwards to its [`crate::Call`].

/// `send_blocking` of a named call, where there is a blocking transport. The runtime's features decide, not those of
/// the crate that the macro stands in.
#[cfg(feature = "blocking")]
#[macro_export]
macro_rules! blocking_call {
    ($success:ty, $failure:ty) => {
        /// Sends it and waits on this thread, without an async runtime.
        ///
        /// # Errors
        /// Everything that can go wrong with a call.
        pub fn send_blocking(self) -> Result<$crate::Response<$success>, $crate::Error<$failure>> {
            self.call.send_blocking()
        }

        /// Sends it on this thread and gives whatever came back, error statuses too.
        ///
        /// # Errors
        /// When there is no answer.
        pub fn send_raw_blocking(self) -> Result<$crate::RawResponse, $crate::Error<$failure>> {
            self.call.send_raw_blocking()
        }

        /// Sends it on this thread and gives the body of a success as it comes: read it with `into_reader`.
        ///
        /// # Errors
        /// Everything that can go wrong until the body starts.
        pub fn send_stream_blocking(self) -> Result<$crate::Response<$crate::Body>, $crate::Error<$failure>> {
            self.call.send_stream_blocking()
        }

        /// As `events`, on this thread.
        ///
        /// # Errors
        /// Everything that can go wrong until the body starts.
        pub fn events_blocking<D: $crate::Decode + 'static>(
            self,
        ) -> Result<$crate::events::BlockingEvents<D, $failure>, $crate::Error<$failure>> {
            self.call.events_blocking()
        }

        /// As `json_lines`, on this thread.
        ///
        /// # Errors
        /// Everything that can go wrong until the body starts.
        pub fn json_lines_blocking<D: $crate::Decode>(
            self,
        ) -> Result<$crate::events::BlockingJsonStream<D, $failure>, $crate::Error<$failure>> {
            self.call.json_lines_blocking()
        }
    };
}

/// Nothing: there is no blocking transport.
#[cfg(not(feature = "blocking"))]
#[macro_export]
macro_rules! blocking_call {
    ($success:ty, $failure:ty) => {};
}

pub use blocking_call;

/// What a named call forwards to its [`crate::Call`].
#[macro_export]
macro_rules! named_call {
    ($name:ident, $success:ty, $failure:ty) => {
        impl $name {
            /// The call without its name, for its other options.
            pub fn into_call(self) -> $crate::Call<$success, $failure> {
                self.call
            }

            /// Sends it.
            ///
            /// # Errors
            /// Everything that can go wrong with a call.
            pub async fn send(self) -> Result<$crate::Response<$success>, $crate::Error<$failure>> {
                self.call.send().await
            }

            /// Sends it and gives whatever came back, error statuses too.
            ///
            /// # Errors
            /// When there is no answer.
            pub async fn send_raw(self) -> Result<$crate::RawResponse, $crate::Error<$failure>> {
                self.call.send_raw().await
            }

            /// Sends it and gives the body of a success as it comes: it may be larger than the memory.
            ///
            /// # Errors
            /// Everything that can go wrong until the body starts.
            pub async fn send_stream(self) -> Result<$crate::Response<$crate::Body>, $crate::Error<$failure>> {
                self.call.send_stream().await
            }

            /// Sends it and gives the server-sent events of a success as they come.
            ///
            /// # Errors
            /// Everything that can go wrong until the body starts.
            pub async fn events<D: $crate::Decode + 'static>(
                self,
            ) -> Result<$crate::Events<D, $failure>, $crate::Error<$failure>> {
                self.call.events().await
            }

            /// Sends it and gives the JSON value of each line of a success as it comes.
            ///
            /// # Errors
            /// Everything that can go wrong until the body starts.
            pub async fn json_lines<D: $crate::Decode>(
                self,
            ) -> Result<$crate::JsonStream<D, $failure>, $crate::Error<$failure>> {
                self.call.json_lines().await
            }

            $crate::macros::blocking_call!($success, $failure);

            /// How long this call may take with all its repetitions.
            pub fn timeout(mut self, timeout: std::time::Duration) -> Self {
                self.call = self.call.timeout(timeout);
                self
            }

            /// Sets how long one attempt of this call may take; 30 s unless set.
            pub fn attempt_timeout(mut self, timeout: std::time::Duration) -> Self {
                self.call = self.call.attempt_timeout(timeout);
                self
            }

            /// How often this call is repeated when it is safe to.
            pub fn retries(mut self, retries: u32) -> Self {
                self.call = self.call.retries(retries);
                self
            }

            /// A header. The first line of a name stands in place of what the description or the client has under this
            /// name; a further one is sent beside it.
            pub fn header(mut self, name: &str, value: &str) -> Self {
                self.call = self.call.header(name, value);
                self
            }

            /// Sends this call without credentials, also where the client has some and the description asks for them.
            pub fn without_credentials(mut self) -> Self {
                self.call = self.call.without_credentials();
                self
            }

            /// Sets whether cookie parameters of this call are sent as they are given, where the description's style would
            /// percent-encode them.
            pub fn raw_cookies(mut self, raw: bool) -> Self {
                self.call = self.call.raw_cookies(raw);
                self
            }

            /// A key by which the server knows a repetition: the call is then safe to repeat, whatever its method.
            pub fn idempotency_key(mut self, key: &str) -> Self {
                self.call = self.call.idempotency_key(key);
                self
            }
        }

        impl std::future::IntoFuture for $name {
            type Output = Result<$crate::Response<$success>, $crate::Error<$failure>>;
            type IntoFuture = $crate::transport::BoxFuture<'static, Self::Output>;

            fn into_future(self) -> Self::IntoFuture {
                self.call.into_future()
            }
        }
    };
}

/// What a call of a list that comes in pages offers besides.
#[macro_export]
macro_rules! paged_call {
    ($name:ident, $success:ty, $failure:ty, $item:ty, $facts:ident) => {
        impl $name {
            /// The pages of the list one after the other, each asked for when it is wanted.
            pub fn pages(self) -> $crate::Pages<$success, $failure> {
                self.call.pages(&$facts)
            }

            /// The items of all pages one after the other; a page is asked for when its first item is wanted.
            pub fn items(self) -> $crate::Items<$item, $failure> {
                self.call.items(&$facts)
            }
        }
    };
}

/// What a call offers besides, of which a success may come as a stream: of events, JSON values or bytes.
#[macro_export]
macro_rules! streamed_call {
    (events $name:ident, $failure:ty, $data:ty, $facts:ident) => {
        impl $name {
            /// The same call, of which a success gives server-sent events as they come. Send it with `.await` or
            /// `send_blocking`.
            pub fn stream(self) -> $crate::Call<$crate::Events<$data, $failure>, $failure> {
                self.call.into_events(&$facts)
            }
        }
    };
    (lines $name:ident, $failure:ty, $value:ty, $facts:ident) => {
        impl $name {
            /// The same call, of which a success gives the JSON value of each line as it comes. Send it with `.await` or
            /// `send_blocking`.
            pub fn stream(self) -> $crate::Call<$crate::JsonStream<$value, $failure>, $failure> {
                self.call.into_json_lines(&$facts)
            }
        }
    };
    (texts $name:ident, $failure:ty, $value:ty, $facts:ident) => {
        impl $name {
            /// The same call, of which a success gives one JSON text after the other as they come. Send it with `.await` or
            /// `send_blocking`.
            pub fn stream(self) -> $crate::Call<$crate::JsonStream<$value, $failure>, $failure> {
                self.call.into_json_seq(&$facts)
            }
        }
    };
    (parts $name:ident, $failure:ty, $value:ty, $facts:ident) => {
        impl $name {
            /// The same call, of which a success gives its parts as they come. Send it with `.await` or `send_blocking`.
            pub fn stream(self) -> $crate::Call<$crate::PartStream<$value, $failure>, $failure> {
                self.call.into_parts(&$facts)
            }
        }
    };
    (bytes $name:ident, $failure:ty) => {
        impl $name {
            /// The same call, of which a success gives its body as it comes: it may be larger than the memory. Send it with
            /// `.await` or `send_blocking`.
            pub fn stream(self) -> $crate::Call<$crate::Body, $failure> {
                self.call.stream()
            }
        }
    };
}
