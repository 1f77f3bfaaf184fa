//! The streams of values that a call of a generated crate returns, whatever its operation.

/// Defines the methods that send a call with a blocking transport and return a stream. The features of the runtime decide,
/// not those of the crate that uses the macro.
#[doc(hidden)]
#[cfg(feature = "blocking")]
#[macro_export]
macro_rules! blocking_stream_calls {
    () => {
        /// Sends the call on this thread and returns the server-sent events of a success as they arrive.
        ///
        /// # Errors
        /// Returns an error when the call fails before the body starts, or when the response is not
        /// `text/event-stream`.
        pub fn events_blocking<D: $crate::Decode + 'static>(
            self,
        ) -> Result<$crate::events::BlockingEvents<D, O::Error>, $crate::Error<O::Error>> {
            self.into_call().events_blocking()
        }

        /// Sends the call on this thread and returns the JSON value of each line of a success as it arrives.
        ///
        /// # Errors
        /// Returns an error when the call fails before the body starts.
        pub fn json_lines_blocking<D: $crate::Decode>(
            self,
        ) -> Result<$crate::events::BlockingJsonStream<D, O::Error>, $crate::Error<O::Error>> {
            self.into_call().json_lines_blocking()
        }

        /// Sends the call on this thread and returns each value of an `application/json-seq` success as it arrives.
        ///
        /// # Errors
        /// Returns an error when the call fails before the body starts.
        pub fn json_seq_blocking<D: $crate::Decode>(
            self,
        ) -> Result<$crate::events::BlockingJsonStream<D, O::Error>, $crate::Error<O::Error>> {
            self.into_call().json_seq_blocking()
        }
    };
}

/// Defines nothing: there is no blocking transport.
#[doc(hidden)]
#[cfg(not(feature = "blocking"))]
#[macro_export]
macro_rules! blocking_stream_calls {
    () => {};
}

pub use blocking_stream_calls;

/// Defines the methods of the type `Call<O>` of a generated crate that return a stream of values.
#[doc(hidden)]
#[macro_export]
macro_rules! stream_calls {
    () => {
        impl<O: $crate::Operation> Call<O> {
            /// Sends the call and returns the server-sent events of a success as they arrive.
            ///
            /// # Errors
            /// Returns an error when the call fails before the body starts, or when the response is not
            /// `text/event-stream`.
            pub fn events<D: $crate::Decode + 'static>(
                self,
            ) -> impl std::future::Future<Output = Result<$crate::Events<D, O::Error>, $crate::Error<O::Error>>> {
                self.into_call().events()
            }

            /// Sends the call and returns the JSON value of each line of a success as it arrives.
            ///
            /// # Errors
            /// Returns an error when the call fails before the body starts.
            pub fn json_lines<D: $crate::Decode>(
                self,
            ) -> impl std::future::Future<Output = Result<$crate::JsonStream<D, O::Error>, $crate::Error<O::Error>>>
            {
                self.into_call().json_lines()
            }

            /// Sends the call and returns each value of an `application/json-seq` success as it arrives.
            ///
            /// # Errors
            /// Returns an error when the call fails before the body starts.
            pub fn json_seq<D: $crate::Decode>(
                self,
            ) -> impl std::future::Future<Output = Result<$crate::JsonStream<D, O::Error>, $crate::Error<O::Error>>>
            {
                self.into_call().json_seq()
            }

            $crate::macros::blocking_stream_calls!();
        }
    };
}
