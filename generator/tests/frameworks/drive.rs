//! The shared code of the programs: async and blocking calls, checks that may fail, and the list of called operations.

use crate::runtime::client::hook::{CallInfo, Hook};
use crate::runtime::serde::{Serialize, de::DeserializeOwned};
use crate::runtime::transport::{BoxFuture, TransportError};
use crate::runtime::{Body, Decode, Error, IntoCall, RawResponse, Response};
use futures_core::Stream;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::fmt::Debug;
use std::future::poll_fn;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::Pin;
use std::sync::{Arc, LazyLock, Mutex};

/// The kind of a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SendMode {
    Async,
    Blocking,
}

/// The runtime of all checks, since connections belong to the runtime that opened them.
static RUNTIME: LazyLock<tokio::runtime::Runtime> =
    LazyLock::new(|| tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap());

impl SendMode {
    /// Sends a call.
    pub fn try_send<C: IntoCall<Success: Send, Error: Send>>(
        self,
        call: C,
    ) -> Result<Response<C::Success>, Error<C::Error>> {
        let call = call.into_call();
        match self {
            Self::Async => RUNTIME.block_on(call.send()),
            Self::Blocking => call.send_blocking(),
        }
    }

    /// Sends a call, and fails the check if the call fails.
    pub fn send<C: IntoCall<Success: Send, Error: Debug + Send + Sync + 'static>>(self, call: C) -> C::Success {
        self.try_send(call).unwrap_or_else(|error| panic!("{error}")).into_inner()
    }

    /// Sends a call, and expects an error.
    pub fn fail<C>(self, call: C) -> Error<C::Error>
    where
        C: IntoCall<Success: Send + Debug, Error: Debug + Send + Sync + 'static>,
    {
        self.try_send(call).map(Response::into_inner).unwrap_err()
    }

    /// Sends a call, and ignores the result.
    pub fn raw<C: IntoCall<Success: Send, Error: Debug + Send + Sync + 'static>>(self, call: C) -> RawResponse {
        let call = call.into_call();
        let raw = match self {
            Self::Async => RUNTIME.block_on(call.send_raw()),
            Self::Blocking => call.send_raw_blocking(),
        };
        raw.unwrap_or_else(|error| panic!("{error}"))
    }

    /// Sends a call, and collects the items of the stream. Fails the check if the call or an item fails.
    pub fn collect<S, T, E>(self, call: impl IntoCall<Success = S, Error = E>) -> Vec<T>
    where
        S: Stream<Item = Result<T, Error<E>>> + IntoIterator<Item = Result<T, Error<E>>> + Unpin + Send,
        E: Debug + Send + Sync + 'static,
    {
        let call = call.into_call();
        let items: Result<Vec<T>, _> = match self {
            Self::Async => RUNTIME.block_on(async { collect_items(call.send().await?.into_inner()).await }),
            Self::Blocking => call.send_blocking().and_then(|stream| stream.into_inner().into_iter().collect()),
        };
        items.unwrap_or_else(|error: Error<E>| panic!("{error}"))
    }

    /// Sends a call, and collects the JSON values of the lines.
    pub fn lines<D: Decode + Send>(
        self,
        call: impl IntoCall<Success: Send, Error: Debug + Send + Sync + 'static>,
    ) -> Vec<D> {
        let call = call.into_call();
        let lines = match self {
            Self::Async => RUNTIME.block_on(async { collect_items(call.json_lines::<D>().await?).await }),
            Self::Blocking => call.json_lines_blocking::<D>().and_then(|lines| lines.collect()),
        };
        lines.unwrap_or_else(|error| panic!("{error}"))
    }

    /// Sends a call twice. The response and the encoded value must equal the expected JSON.
    pub fn echo<C>(self, expected: Value, call: impl Fn() -> C)
    where
        C: IntoCall<Success: Serialize + Send, Error: Debug + Send + Sync + 'static>,
    {
        let raw = self.raw(call());
        let sent: Value = serde_json::from_slice(raw.raw_body()).unwrap();
        assert_eq!((raw.status().as_u16(), &sent), (200, &expected), "the response of the server");
        assert_eq!(encoded(&self.send(call())), expected, "the decoded response, encoded");
    }
}

/// Collects a stream on the runtime of all checks.
pub fn collect_stream<T, E>(stream: impl Stream<Item = Result<T, E>> + Unpin) -> Result<Vec<T>, E> {
    RUNTIME.block_on(collect_items(stream))
}

async fn collect_items<T, E>(mut stream: impl Stream<Item = Result<T, E>> + Unpin) -> Result<Vec<T>, E> {
    let mut items = Vec::new();
    while let Some(item) = poll_fn(|context| Pin::new(&mut stream).poll_next(context)).await {
        items.push(item?);
    }
    Ok(items)
}

/// Decodes JSON into a type.
pub fn v<T: DeserializeOwned>(value: &Value) -> T {
    serde_json::from_str(&value.to_string()).unwrap_or_else(|error| panic!("{value}: {error}"))
}

/// Encodes a value as JSON.
pub fn encoded(value: &impl Serialize) -> Value {
    serde_json::from_str(&serde_json::to_string(value).unwrap()).unwrap()
}

/// Records the ids of called operations.
#[derive(Clone, Default)]
pub struct CalledOperations(Arc<Mutex<BTreeSet<&'static str>>>);

impl Hook for CalledOperations {
    fn after<'h>(
        &'h self,
        info: &'h CallInfo,
        _: &'h mut http::Response<Body>,
    ) -> BoxFuture<'h, Result<(), TransportError>> {
        self.0.lock().unwrap().insert(info.operation);
        Box::pin(async { Ok(()) })
    }
}

/// Runs the checks, prints a line for each result, and finally prints the called operations.
pub fn run(called: &CalledOperations, checks: &[(&str, &dyn Fn(SendMode))]) {
    std::panic::set_hook(Box::new(|_| {}));
    for (name, check) in checks {
        for way in [SendMode::Async, SendMode::Blocking] {
            let failed = catch_unwind(AssertUnwindSafe(|| check(way))).err().map(|panic| {
                let text = panic.downcast_ref::<String>().cloned();
                text.or_else(|| panic.downcast_ref::<&str>().map(|text| (*text).to_owned())).unwrap_or_default()
            });
            println!("{}", json!({ "check": name, "way": format!("{way:?}"), "failed": failed }));
        }
    }
    println!("{}", json!({ "called": *called.0.lock().unwrap() }));
}
