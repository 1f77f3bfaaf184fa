//! Requests that a server refused without reading them, over HTTP/2. Such a request is sent again, whatever its method
//! (RFC 9113, section 8.7).

use super::Client;
use crate::transport::on_tokio::Outgoing;
use hyper_util::client::legacy;

#[cfg(not(feature = "http2"))]
pub(super) fn send(client: Client, request: http::Request<Outgoing>) -> legacy::ResponseFuture {
    client.request(request)
}

/// Sends a request, and again on another connection while the server refuses it.
#[cfg(feature = "http2")]
pub(super) async fn send(
    client: Client,
    mut request: http::Request<Outgoing>,
) -> Result<http::Response<hyper::body::Incoming>, legacy::Error> {
    for _ in 0..MAX_RESENDS {
        let Some(duplicate) = copy(&request) else { break };
        match client.request(request).await {
            Err(error) if is_unprocessed(&error) => request = duplicate,
            done => return done,
        }
    }
    client.request(request).await
}

/// The largest number of copies that are sent.
#[cfg(feature = "http2")]
const MAX_RESENDS: u32 = 2;

/// Returns a copy of a request that can be sent over HTTP/2 and has no stream.
#[cfg(feature = "http2")]
fn copy(request: &http::Request<Outgoing>) -> Option<http::Request<Outgoing>> {
    let body = request.body().0.try_clone().filter(|_| request.uri().scheme() == Some(&http::uri::Scheme::HTTPS))?;
    let mut copy = http::Request::new(Outgoing(body));
    *copy.method_mut() = request.method().clone();
    *copy.uri_mut() = request.uri().clone();
    *copy.headers_mut() = request.headers().clone();
    Some(copy)
}

/// Returns true if the server did not process the request: it refused the stream, or shut the connection down.
#[cfg(feature = "http2")]
fn is_unprocessed(error: &legacy::Error) -> bool {
    let mut next = std::error::Error::source(error);
    while let Some(error) = next {
        if let Some(error) = error.downcast_ref::<h2::Error>() {
            let refused = error.is_reset() && error.reason() == Some(h2::Reason::REFUSED_STREAM);
            let closing = error.is_go_away() && error.reason() == Some(h2::Reason::NO_ERROR);
            return error.is_remote() && (refused || closing);
        }
        next = error.source();
    }
    false
}
