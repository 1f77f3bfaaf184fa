//! The error of a failed call: one type for every operation, with all known facts.

mod markup;
mod server_message;

use crate::codec::{Decode, DecodeError};
use crate::response::{RawResponse, request_id};
use crate::retry::is_rate_limited;
use crate::secrets::Secret;
use crate::secrets::redactor::{Cause, Redactor};
use crate::transport::TransportErrorKind;
use bytes::Bytes;
use http::{HeaderMap, Method, StatusCode};
use std::borrow::Cow;
use std::fmt;
use std::time::Duration;

/// The error of a failed call. `E` is the operation's documented error.
///
/// ```
/// use clientsmith_runtime::{Error, Json};
///
/// /// The error of an operation without a documented error. Others have a type of the crate in place of `Json`.
/// fn explain<T>(result: Result<T, Error<Json>>) -> String {
///     match result {
///         Ok(_) => "done".to_owned(),
///         Err(error) if error.is_not_found() => "not found".to_owned(),
///         Err(error) => match error.api() {
///             Some(body) => format!("refused: {body:?}"),
///             None => error.to_string(),
///         },
///     }
/// }
/// ```
pub struct Error<E>(Box<Report<E>>);

/// The kind of an [`Error`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The server returned an error status.
    Api,
    /// The call succeeded, but the body does not match the description.
    Decode,
    /// There is no response, or only a part of it: connection, TLS, reset, incomplete body, body too large.
    Transport,
    /// The whole response did not arrive in time.
    Timeout,
    /// The server redirects to a URL that the client must not follow.
    Redirect,
    /// An argument cannot be sent. No request was sent.
    Build,
    /// The client has no credentials for the operation (no request was sent), could not obtain a token, or could not
    /// replace a token that the server refused (401). A 401 of a call without such a token is [`Api`](Self::Api).
    Auth,
    /// The server repeated a page or sent too many empty pages, or the next page is on another origin.
    Paging,
}

struct Report<E> {
    untyped: UntypedError,
    api: Option<Result<E, DecodeError>>,
    redactor: Redactor,
}

/// The error of a call before the types of its operation are known.
#[derive(Debug)]
pub(crate) struct UntypedError {
    pub(crate) kind: ErrorKind,
    pub(crate) method: Method,
    pub(crate) template: Cow<'static, str>,
    pub(crate) message: String,
    pub(crate) response: Option<RawResponse>,
    pub(crate) source: Option<Cause>,
    /// The error of the transport, if the transport failed.
    pub(crate) transport: Option<TransportErrorKind>,
    /// The secrets that must not be shown.
    pub(crate) secrets: Vec<Secret>,
    /// True if a redirect led to another origin, and the response is from there.
    pub(crate) is_cross_origin: bool,
}

impl UntypedError {
    /// Adds the response.
    pub(crate) fn with_response(mut self: Box<Self>, raw: RawResponse) -> Box<Self> {
        self.response = Some(raw);
        self
    }

    /// Creates the error without secrets. All errors that a caller receives are created here.
    pub(crate) fn into_error<E>(mut self, api: Option<Result<E, DecodeError>>) -> Error<E> {
        let redactor = Redactor::new(&self.secrets);
        self.secrets.clear();
        if !redactor.is_empty() {
            self.message = redactor.redact(&self.message).into_owned();
            // The path template is from the description, so it has no secrets.
            if let Cow::Owned(path) = &self.template {
                self.template = redactor.redact(path).into_owned().into();
            }
            self.source = self.source.map(|source| redactor.cause(source));
        }
        let api = api.map(|api| api.map_err(|error| error.redacted(&redactor)));
        Error(Box::new(Report { untyped: self, api, redactor }))
    }
}

impl<E> Error<E> {
    /// Returns the kind of the error.
    #[must_use]
    pub fn kind(&self) -> ErrorKind {
        self.0.untyped.kind
    }

    /// Returns the documented error. It is `None` when the server returned no error status, when the description does not
    /// document the status, and when the body does not match the description. For an operation without a documented error
    /// (`E` is `Json`), it is the body of any error status.
    #[must_use]
    pub fn api(&self) -> Option<&E> {
        self.0.api.as_ref()?.as_ref().ok()
    }

    /// Returns the documented error by value.
    ///
    /// # Errors
    /// Returns the error itself when [`api`](Self::api) is `None`.
    pub fn into_api(self) -> Result<E, Self> {
        let Report { untyped, api, redactor } = *self.0;
        match api {
            Some(Ok(api)) => Ok(api),
            api => Err(Self(Box::new(Report { untyped, api, redactor }))),
        }
    }

    /// Changes the type of the documented error. `error.map_api(drop)` is an `Error<()>`, the error type of a function that calls
    /// operations with different errors:
    ///
    /// ```
    /// # use clientsmith_runtime::{Error, Json};
    /// # struct NotFound;
    /// # fn first() -> Result<u8, Error<Json>> { unimplemented!() }
    /// # fn second() -> Result<u8, Error<NotFound>> { unimplemented!() }
    /// fn both() -> Result<u8, Error<()>> {
    ///     let first = first().map_err(|error| error.map_api(drop))?;
    ///     let second = second().map_err(|error| error.map_api(drop))?;
    ///     Ok(first + second)
    /// }
    /// ```
    #[must_use]
    pub fn map_api<U>(self, change: impl FnOnce(E) -> U) -> Error<U> {
        let Report { untyped, api, redactor } = *self.0;
        Error(Box::new(Report { untyped, api: api.map(|api| api.map(change)), redactor }))
    }

    /// Returns the reason why [`api`](Self::api) is `None` although the server returned an error status: the status is not
    /// documented, or the body does not match the description.
    #[must_use]
    pub fn api_decode_error(&self) -> Option<&DecodeError> {
        self.0.api.as_ref()?.as_ref().err()
    }

    /// Returns the status, if there was a response.
    #[must_use]
    pub fn status(&self) -> Option<StatusCode> {
        self.0.untyped.response.as_ref().map(RawResponse::status)
    }

    /// Returns the headers, if there was a response.
    #[must_use]
    pub fn headers(&self) -> Option<&HeaderMap> {
        self.0.untyped.response.as_ref().map(RawResponse::headers)
    }

    /// Returns the body, if there was a response.
    #[must_use]
    pub fn raw_body(&self) -> Option<&Bytes> {
        self.0.untyped.response.as_ref().map(RawResponse::raw_body)
    }

    /// Decodes the body, which must be JSON, as another type. It is for responses that the type of the call leaves out, and
    /// for those that the description lacks.
    ///
    /// # Errors
    /// Returns a [`DecodeError`] when there was no response, or its body is not of this type.
    pub fn body_as<T: Decode>(&self) -> Result<T, DecodeError> {
        let Some(response) = &self.0.untyped.response else { return Err(DecodeError::new("a response", "none")) };
        response.body_as().map_err(|error| error.redacted(&self.0.redactor))
    }

    /// Returns the wait that the server requests before a retry.
    #[must_use]
    pub fn retry_after(&self) -> Option<Duration> {
        let response = self.0.untyped.response.as_ref()?;
        crate::retry::retry_after(response.status, &response.headers)
    }

    /// Returns the server's identifier of the request, if it sent one: the value of `x-request-id`, `request-id`,
    /// `x-amzn-requestid` or `x-correlation-id`, else of another header whose name ends with `request-id`.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        self.headers().and_then(request_id)
    }

    /// Returns `true` when the whole response did not arrive in time.
    #[must_use]
    pub fn is_timeout(&self) -> bool {
        self.kind() == ErrorKind::Timeout
    }

    /// Returns `true` when the call succeeded and only its body could not be decoded.
    #[must_use]
    pub fn is_decode(&self) -> bool {
        self.kind() == ErrorKind::Decode
    }

    /// Returns `true` when there was no response, or only a part of it: no connection, no TLS, a reset, a body that is
    /// too large.
    #[must_use]
    pub fn is_transport(&self) -> bool {
        self.kind() == ErrorKind::Transport
    }

    /// Returns the error of the transport, if the transport failed: for every error of the kind
    /// [`Transport`](ErrorKind::Transport), and for one of the kind [`Timeout`](ErrorKind::Timeout) of an attempt.
    #[must_use]
    pub fn transport_kind(&self) -> Option<TransportErrorKind> {
        self.0.untyped.transport
    }

    /// Returns `true` when the server refused the call because of a rate limit: the status is 429, or 403 with `Retry-After`
    /// or with headers that report no calls left. The wait is [`retry_after`](Self::retry_after).
    #[must_use]
    pub fn is_rate_limited(&self) -> bool {
        self.status().zip(self.headers()).is_some_and(|(status, headers)| is_rate_limited(status, headers))
    }

    /// Returns `true` when the status is 404.
    #[must_use]
    pub fn is_not_found(&self) -> bool {
        self.status() == Some(StatusCode::NOT_FOUND)
    }

    /// Returns `true` when the status is 304: the server has no newer version than the one that the call names in
    /// `If-None-Match` or `If-Modified-Since` (RFC 9110, section 15.4.5).
    #[must_use]
    pub fn is_not_modified(&self) -> bool {
        self.status() == Some(StatusCode::NOT_MODIFIED)
    }
}

impl<E> fmt::Display for Error<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let error = &self.0.untyped;
        write!(f, "{} {}: ", error.method, error.template)?;
        if let Some(response) = &error.response {
            write!(f, "{}: ", response.status())?;
        }
        // A cause may have several lines, but a log entry has one.
        for (index, word) in error.message.split_whitespace().enumerate() {
            write!(f, "{}{word}", if index == 0 { "" } else { " " })?;
        }
        match self.request_id() {
            Some(id) => write!(f, " (request {})", self.0.redactor.redact(id)),
            None => Ok(()),
        }
    }
}

impl<E: fmt::Debug> fmt::Debug for Error<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let api = self.0.redactor.debug(&self.0.api, f);
        f.debug_struct("Error")
            .field("kind", &self.0.untyped.kind)
            .field("message", &self.to_string())
            .field("api", &format_args!("{api}"))
            .finish_non_exhaustive()
    }
}

impl<E: fmt::Debug> std::error::Error for Error<E> {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        let source = self.0.untyped.source.as_deref();
        source.map(|source| source as &(dyn std::error::Error + 'static))
    }
}

/// The length in bytes of the start of a text that is searched for a message.
const MAX_SEARCHED_BYTES: usize = 16 << 10;

/// Returns the server's message in one line, without the secrets of the request.
pub(crate) fn message_of(body: &Bytes, redactor: &Redactor) -> String {
    // Redact before shortening, because a part of a secret is not recognized.
    let line = shortened(&redactor.redact(&message_in(body)));
    if line.is_empty() { "no message".to_owned() } else { line }
}

/// Returns the server's message: a usual member of a JSON error, the text of a page, else the start of the body.
pub(crate) fn message_in(body: &Bytes) -> String {
    let start = || {
        let start = String::from_utf8_lossy(body.get(..MAX_SEARCHED_BYTES).unwrap_or(body)).into_owned();
        // The redactor recognizes the start of a secret only before `…`.
        if body.len() > MAX_SEARCHED_BYTES { start + "…" } else { start }
    };
    server_message::of(body).unwrap_or_else(|| {
        let start = start();
        markup::text(&start).unwrap_or(start)
    })
}

/// Returns one line of at most 500 characters.
pub(crate) fn shortened(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(500).collect()
}
