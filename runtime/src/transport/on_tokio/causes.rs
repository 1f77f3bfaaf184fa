//! Errors of HTTP libraries with the causes that they hide.

use crate::transport::{TransportError, TransportErrorKind};
use std::error::Error;
use std::io;

/// Returns an error with the causes of `error` after a message. `kind` is for an error that is neither of TLS nor of the
/// caller's own body.
pub(crate) fn explained(
    error: impl Error + Send + Sync + 'static,
    kind: TransportErrorKind,
    mut message: String,
) -> TransportError {
    if let Some(body) = body_error(&error) {
        return TransportError { kind: body.kind, message: body.message.clone(), source: Some(Box::new(error)) };
    }
    let kind = if is_tls(&error, kind) { TransportErrorKind::Tls } else { kind };
    let mut cause = error.source();
    while let Some(inner) = cause {
        if !message.is_empty() {
            message.push_str(": ");
        }
        message.push_str(&inner.to_string());
        cause = inner.source();
    }
    TransportError { kind, message, source: Some(Box::new(error)) }
}

/// Returns the error of the caller's own body, if it is the cause.
fn body_error<'e>(error: &'e (dyn Error + 'static)) -> Option<&'e TransportError> {
    let mut next = Some(error);
    while let Some(error) = next {
        if let Some(body) = error.downcast_ref::<TransportError>() {
            return Some(body);
        }
        next = error.source();
    }
    None
}

/// Returns true for an error of TLS. An I/O error has its cause in `get_ref()`, not in `source()`.
fn is_tls(error: &(dyn Error + 'static), kind: TransportErrorKind) -> bool {
    let mut next = Some(error);
    while let Some(error) = next {
        let io = error.downcast_ref::<io::Error>();
        // While a connection is made, only TLS reads data, whatever library it is.
        let is_invalid_tls_data =
            kind == TransportErrorKind::Connect && io.is_some_and(|io| io.kind() == io::ErrorKind::InvalidData);
        if is_invalid_tls_data || is_of_rustls(error) || is_of_the_system(error) {
            return true;
        }
        let hidden = io.and_then(io::Error::get_ref);
        next = hidden.map(|hidden| hidden as &(dyn Error + 'static)).or_else(|| error.source());
    }
    false
}

#[cfg(feature = "hyper")]
fn is_of_rustls(error: &(dyn Error + 'static)) -> bool {
    error.is::<rustls::Error>()
}

#[cfg(not(feature = "hyper"))]
const fn is_of_rustls(_: &(dyn Error + 'static)) -> bool {
    false
}

#[cfg(feature = "native-tls")]
fn is_of_the_system(error: &(dyn Error + 'static)) -> bool {
    error.is::<native_tls::Error>()
}

#[cfg(not(feature = "native-tls"))]
const fn is_of_the_system(_: &(dyn Error + 'static)) -> bool {
    false
}
