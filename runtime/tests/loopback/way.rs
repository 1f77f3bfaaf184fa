//! The two ways to send a call, so that one test holds for both.

use clientsmith_runtime::{Body, Error, IntoCall, RawResponse, Response};

/// How a call is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum SendMode {
    /// On a runtime.
    Async,
    /// On the test's own thread, without one.
    Blocking,
}

impl SendMode {
    /// Sends it.
    #[allow(dead_code, reason = "some suites look at streams alone")]
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

    /// Sends it and takes whatever comes.
    #[allow(dead_code, reason = "not every suite looks at raw answers")]
    pub(crate) fn raw<C: IntoCall<Success: Send, Error: Send>>(self, call: C) -> Result<RawResponse, Error<C::Error>> {
        let call = call.into_call();
        match self {
            Self::Async => runtime().block_on(call.send_raw()),
            Self::Blocking => call.send_raw_blocking(),
        }
    }

    /// Sends it and takes the body as it comes.
    #[allow(dead_code, reason = "not every suite looks at streams")]
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

    /// Waits for something that only an async call has.
    #[allow(dead_code, reason = "not every suite looks at streams")]
    pub(crate) fn wait<T>(self, future: impl Future<Output = T>) -> T {
        runtime().block_on(future)
    }
}

/// One for all tests: connections belong to the runtime that they were made on.
fn runtime() -> &'static tokio::runtime::Runtime {
    static RUNTIME: std::sync::LazyLock<tokio::runtime::Runtime> =
        std::sync::LazyLock::new(|| tokio::runtime::Runtime::new().unwrap());
    &RUNTIME
}

/// A test for each way.
macro_rules! both {
    ($name:ident, |$way:ident| $body:block) => {
        mod $name {
            use super::*;
            use crate::way::SendMode;

            fn check($way: SendMode) $body

            #[test]
            fn on_a_runtime() {
                check(SendMode::Async);
            }

            #[test]
            fn blocking() {
                check(SendMode::Blocking);
            }
        }
    };
}

pub(crate) use both;
