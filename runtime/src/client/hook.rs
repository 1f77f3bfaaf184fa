//! Hooks around every request, for example for signatures, caches and counters. Knows requests and responses; must not
//! know types.

#[cfg(feature = "gzip")]
mod compression;
mod trace_context;

pub use crate::transport::CallInfo;
use crate::transport::maybe_send::{BoxFuture, MaybeSend, MaybeSync};
use crate::transport::{Body, TransportError};
#[cfg(feature = "gzip")]
pub use compression::CompressRequests;
use http::{Request, Response};
pub use trace_context::{SendTraceContext, TraceContext};

/// A hook around every request that is sent, including retries and redirects, except those of
/// `follow_redirects_anywhere` to another origin.
///
/// The hooks of a client are an ordered list: `before` runs from the first to the last, `after` and `failed` from the
/// last to the first. A method that a hook does not override does nothing. The request contains the credentials of the
/// call, so a hook must be trusted.
///
/// A blocking call waits for the future of a hook on its own thread, without an async runtime. The time of hooks counts
/// as time of the call: a hook that is not done at the call's `timeout` is cancelled.
///
/// ```
/// use clientsmith_runtime::client::hook::{CallInfo, Hook};
/// use clientsmith_runtime::transport::{Body, BoxFuture, TransportError};
///
/// /// Marks retries.
/// struct Mark;
///
/// impl Hook for Mark {
///     fn before<'h>(
///         &'h self,
///         request: &'h mut http::Request<Body>,
///     ) -> BoxFuture<'h, Result<Option<http::Response<Body>>, TransportError>> {
///         let is_retry = request.extensions().get::<CallInfo>().is_some_and(|info| info.retry > 0);
///         if is_retry {
///             request.headers_mut().insert("x-retry", http::HeaderValue::from_static("yes"));
///         }
///         Box::pin(async { Ok(None) })
///     }
/// }
/// ```
pub trait Hook: MaybeSend + MaybeSync {
    /// Runs before a request is sent. It may change the request, return a response instead of the server's, or refuse
    /// the request with an error.
    fn before<'h>(
        &'h self,
        request: &'h mut Request<Body>,
    ) -> BoxFuture<'h, Result<Option<Response<Body>>, TransportError>> {
        let _ = request;
        Box::pin(async { Ok(None) })
    }

    /// Runs after a response of any status. It may change the response, or refuse it with an error. The body is not
    /// read yet.
    fn after<'h>(
        &'h self,
        info: &'h CallInfo,
        response: &'h mut Response<Body>,
    ) -> BoxFuture<'h, Result<(), TransportError>> {
        let _ = (info, response);
        Box::pin(async { Ok(()) })
    }

    /// Runs after a failure without a response, or after a refusal by a hook.
    fn failed<'h>(&'h self, info: &'h CallInfo, error: &'h TransportError) -> BoxFuture<'h, ()> {
        let _ = (info, error);
        Box::pin(async {})
    }
}
