//! What a program wants to happen around every request: signing, caching, counting. Knows requests and answers; must not
//! know types.

#[cfg(feature = "gzip")]
mod compression;

use crate::transport::maybe_send::{BoxFuture, MaybeSend, MaybeSync};
use crate::transport::{Body, TransportError};
#[cfg(feature = "gzip")]
pub use compression::CompressRequests;
use http::{Request, Response};

/// Something that happens around every request that is sent, so around repetitions and redirects too.
///
/// A client's hooks are an ordered list: `before` is asked from the first to the last, `after` and `failed` from the
/// last to the first. What a hook does not override does nothing. The request holds the credentials of the call: a hook
/// is trusted with them.
///
/// A blocking call waits for a hook's future on its own thread, where there is no async runtime. Hooks take of the call's time:
/// what is not done at its `timeout` is given up.
///
/// ```
/// use clientsmith_runtime::client::hook::{CallInfo, Hook};
/// use clientsmith_runtime::transport::{Body, BoxFuture, TransportError};
///
/// /// Marks repetitions.
/// struct Mark;
///
/// impl Hook for Mark {
///     fn before<'h>(
///         &'h self,
///         request: &'h mut http::Request<Body>,
///     ) -> BoxFuture<'h, Result<Option<http::Response<Body>>, TransportError>> {
///         let again = request.extensions().get::<CallInfo>().is_some_and(|info| info.repetition > 0);
///         if again {
///             request.headers_mut().insert("x-again", http::HeaderValue::from_static("yes"));
///         }
///         Box::pin(async { Ok(None) })
///     }
/// }
/// ```
pub trait Hook: MaybeSend + MaybeSync {
    /// Before a request is sent: may change it, answer in the server's place, or refuse.
    fn before<'h>(
        &'h self,
        request: &'h mut Request<Body>,
    ) -> BoxFuture<'h, Result<Option<Response<Body>>, TransportError>> {
        let _ = request;
        Box::pin(async { Ok(None) })
    }

    /// After an answer came, whatever its status: may change it, or refuse it. Its body is not read yet.
    fn after<'h>(
        &'h self,
        info: &'h CallInfo,
        response: &'h mut Response<Body>,
    ) -> BoxFuture<'h, Result<(), TransportError>> {
        let _ = (info, response);
        Box::pin(async { Ok(()) })
    }

    /// After no answer came, or a hook refused.
    fn failed<'h>(&'h self, info: &'h CallInfo, error: &'h TransportError) -> BoxFuture<'h, ()> {
        let _ = (info, error);
        Box::pin(async {})
    }
}

/// Which call a request belongs to. It is in the extensions of every request, for hooks and transports.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct CallInfo {
    /// `operationId`, or the method and path of an operation without one.
    pub operation: &'static str,
    /// Path template; empty for an endpoint that the document lacks.
    pub template: &'static str,
    /// Whether doing it twice is the same as doing it once.
    pub idempotent: bool,
    /// Which repetition of the call this is; 0 for the first attempt.
    pub repetition: u32,
}
