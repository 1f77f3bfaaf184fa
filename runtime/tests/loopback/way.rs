//! Async and blocking calls, so that one test covers both.

use clientsmith_runtime::{Body, Error, IntoCall, RawResponse, Response};

/// The kind of a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum SendMode {
    /// An async call on a runtime.
    Async,
    /// A blocking call on the thread of the test.
    Blocking,
}

impl SendMode {
    /// Sends a call.
    #[allow(dead_code, reason = "some tests use only streams")]
    pub(crate) fn send<C: IntoCall<Success: Send, Error: Send>>(
        self,
        call: C,
    ) -> Result<Response<C::Success>, Error<C::Error>> {
        let call = call.into_call();
        match self {
            Self::Async => runtime().block_on(call.send()),
            Self::Blocking => call.send_blocking(),
        }
    }

    /// Sends a call and returns the response of any status.
    #[allow(dead_code, reason = "not every test uses raw responses")]
    pub(crate) fn raw<C: IntoCall<Success: Send, Error: Send>>(self, call: C) -> Result<RawResponse, Error<C::Error>> {
        let call = call.into_call();
        match self {
            Self::Async => runtime().block_on(call.send_raw()),
            Self::Blocking => call.send_raw_blocking(),
        }
    }

    /// Sends a call and returns its body as a stream.
    #[allow(dead_code, reason = "not every test uses streams")]
    pub(crate) fn stream<C: IntoCall<Success: Send, Error: Send>>(
        self,
        call: C,
    ) -> Result<Response<Body>, Error<C::Error>> {
        let call = call.into_call();
        match self {
            Self::Async => runtime().block_on(call.send_stream()),
            Self::Blocking => call.send_stream_blocking(),
        }
    }

    /// Waits for a future.
    #[allow(dead_code, reason = "not every test uses streams")]
    pub(crate) fn wait<T>(self, future: impl Future<Output = T>) -> T {
        runtime().block_on(future)
    }
}

/// The runtime of all tests, because a connection belongs to the runtime that made it.
fn runtime() -> &'static tokio::runtime::Runtime {
    static RUNTIME: std::sync::LazyLock<tokio::runtime::Runtime> =
        std::sync::LazyLock::new(|| tokio::runtime::Runtime::new().unwrap());
    &RUNTIME
}

/// Defines an async and a blocking test.
macro_rules! both {
    ($name:ident, |$way:ident| $body:block) => {
        mod $name {
            use super::*;
            use crate::way::SendMode;

            fn check($way: SendMode) $body

            #[test]
            fn async_call() {
                check(SendMode::Async);
            }

            #[test]
            fn blocking_call() {
                check(SendMode::Blocking);
            }
        }
    };
}

pub(crate) use both;
