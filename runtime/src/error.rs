//! Why a call failed: one type for every operation, with everything that is known.

mod markup;
mod server_message;

use crate::call::response::{RawResponse, request_id};
use crate::codec::DecodeError;
use crate::pipeline::redactor::{Cause, Redactor};
use crate::transport::TransportErrorKind;
use crate::values::secret::Secret;
use bytes::Bytes;
use http::{HeaderMap, Method, StatusCode};
use std::borrow::Cow;
use std::fmt;
use std::time::Duration;

/// Why a call failed. `E` is the operation's documented error.
pub struct Error<E>(Box<Report<E>>);

/// What kind of failure it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The server answered with an error status.
    Api,
    /// The call succeeded, but the body is not what the document promises.
    Decode,
    /// No answer, or not all of it: connection, TLS, reset, half a body, too large a body.
    Transport,
    /// No answer in time, or not all of it.
    Timeout,
    /// The server points to another place that must not be followed.
    Redirect,
    /// An argument cannot be sent; nothing was.
    Build,
    /// No credentials for this operation, and nothing was sent; or the server refused them (status 401) and no others could be
    /// got.
    Auth,
    /// The list has no end, or its next page is on another origin.
    Paging,
}

struct Report<E> {
    fault: Fault,
    api: Option<Result<E, DecodeError>>,
    redactor: Redactor,
}

/// A failure before anybody knows the operation's types.
#[derive(Debug)]
pub(crate) struct Fault {
    pub(crate) kind: ErrorKind,
    pub(crate) method: Method,
    pub(crate) template: Cow<'static, str>,
    pub(crate) message: String,
    pub(crate) response: Option<RawResponse>,
    pub(crate) source: Option<Cause>,
    /// What the transport says, when it is the transport that failed.
    pub(crate) transport: Option<TransportErrorKind>,
    /// What must not be shown.
    pub(crate) secrets: Vec<Secret>,
}

impl Fault {
    /// The error, which shows no secret: everything that a caller gets to see is made here.
    pub(crate) fn into_error<E>(mut self, api: Option<Result<E, DecodeError>>) -> Error<E> {
        let redactor = Redactor::new(&self.secrets);
        self.secrets.clear();
        if !redactor.is_empty() {
            self.message = redactor.redact(&self.message).into_owned();
            // The template of an operation is the description's.
            if let Cow::Owned(path) = &self.template {
                self.template = redactor.redact(path).into_owned().into();
            }
            self.source = self.source.map(|source| redactor.cause(source));
        }
        let api = api.map(|api| api.map_err(|error| error.redacted(&redactor)));
        Error(Box::new(Report { fault: self, api, redactor }))
    }
}

impl<E> Error<E> {
    /// What kind of failure it is.
    #[must_use]
    pub fn kind(&self) -> ErrorKind {
        self.0.fault.kind
    }

    /// The documented error, when the server sent one.
    #[must_use]
    pub fn api(&self) -> Option<&E> {
        self.0.api.as_ref()?.as_ref().ok()
    }

    /// Why the error's body is not what the document promises, when it is not.
    #[must_use]
    pub fn api_decode_error(&self) -> Option<&DecodeError> {
        self.0.api.as_ref()?.as_ref().err()
    }

    /// The status, when there was an answer.
    #[must_use]
    pub fn status(&self) -> Option<StatusCode> {
        self.0.fault.response.as_ref().map(RawResponse::status)
    }

    /// The headers, when there was an answer.
    #[must_use]
    pub fn headers(&self) -> Option<&HeaderMap> {
        self.0.fault.response.as_ref().map(RawResponse::headers)
    }

    /// The body, when there was an answer.
    #[must_use]
    pub fn raw_body(&self) -> Option<&Bytes> {
        self.0.fault.response.as_ref().map(RawResponse::body)
    }

    /// How long the server asks to wait.
    #[must_use]
    pub fn retry_after(&self) -> Option<Duration> {
        let response = self.0.fault.response.as_ref()?;
        crate::pipeline::retry::retry_after(response.status, &response.headers)
    }

    /// What the server calls this request, when it says so.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        self.headers().and_then(request_id)
    }

    /// Whether there was no answer in time.
    #[must_use]
    pub fn is_timeout(&self) -> bool {
        self.kind() == ErrorKind::Timeout
    }

    /// Whether the call succeeded and only its body could not be read.
    #[must_use]
    pub fn is_decode(&self) -> bool {
        self.kind() == ErrorKind::Decode
    }

    /// Whether there was no answer at all: no connection, no TLS, a reset.
    #[must_use]
    pub fn is_transport(&self) -> bool {
        self.kind() == ErrorKind::Transport
    }

    /// What failed on the way, when there was no answer: the connection, TLS, the size of the body.
    #[must_use]
    pub fn transport_kind(&self) -> Option<TransportErrorKind> {
        self.0.fault.transport
    }

    /// Whether the status is 429.
    #[must_use]
    pub fn is_rate_limited(&self) -> bool {
        self.status() == Some(StatusCode::TOO_MANY_REQUESTS)
    }

    /// Whether the status is 404.
    #[must_use]
    pub fn is_not_found(&self) -> bool {
        self.status() == Some(StatusCode::NOT_FOUND)
    }
}

impl<E> fmt::Display for Error<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let fault = &self.0.fault;
        write!(f, "{} {}: ", fault.method, fault.template)?;
        if let Some(response) = &fault.response {
            write!(f, "{}: ", response.status())?;
        }
        // Causes may come in several lines; a log entry is one.
        for (index, word) in fault.message.split_whitespace().enumerate() {
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
            .field("kind", &self.0.fault.kind)
            .field("message", &self.to_string())
            .field("api", &format_args!("{api}"))
            .finish_non_exhaustive()
    }
}

impl<E: fmt::Debug> std::error::Error for Error<E> {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        let source = self.0.fault.source.as_deref();
        source.map(|source| source as &(dyn std::error::Error + 'static))
    }
}

/// How much of a text without a known member is looked at, in bytes.
const LOOKED_AT: usize = 16 << 10;

/// The server's own words in one line, without the secrets that were sent, should the server repeat them.
pub(crate) fn message_of(body: &Bytes, redactor: &Redactor) -> String {
    // Before it is shortened: a part of a secret is not known as one.
    let line = shortened(&redactor.redact(&said_in(body)));
    if line.is_empty() { "no message".to_owned() } else { line }
}

/// The server's own words: the usual members of a JSON error, the text of a page, else the start of the body.
pub(crate) fn said_in(body: &Bytes) -> String {
    let start = || {
        let start = String::from_utf8_lossy(body.get(..LOOKED_AT).unwrap_or(body)).into_owned();
        // A secret that was cut off is found before this sign.
        if body.len() > LOOKED_AT { start + "…" } else { start }
    };
    server_message::of(body).unwrap_or_else(|| {
        let start = start();
        markup::text(&start).unwrap_or(start)
    })
}

/// One line of at most 500 characters.
pub(crate) fn shortened(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(500).collect()
}
