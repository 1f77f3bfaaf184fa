//! A call as a value: put together, looked at, changed, then sent.

mod bodies;
mod draft;
pub(crate) mod members;
mod opening;
mod options;
mod parameters;
mod sending;

use crate::auth::Need;
use crate::client::Client;
use crate::codec::json::to_request_value;
use crate::codec::{DecodeError, Encode};
use crate::path;
use crate::response::RawResponse;
use crate::secret::written_by;
pub(crate) use draft::{Draft, Payload};
use http::Method;
pub(crate) use opening::{Carrier, Flow, Opened, Opening};
pub(crate) use sending::Ending;
use std::fmt;

/// Facts about an operation that the printed crate hands over.
#[derive(Debug, Clone)]
pub struct Operation {
    /// `operationId`.
    pub id: &'static str,
    /// HTTP method; any token.
    pub method: &'static str,
    /// Path template.
    pub path: &'static str,
    /// Media types that are understood.
    pub accept: &'static str,
    /// Alternatives of schemes that are needed together.
    pub security: &'static [&'static [Need]],
    /// Address of its own.
    pub server: Option<&'static str>,
}

/// How a response becomes a value.
pub type Read<T> = fn(&RawResponse) -> Result<T, DecodeError>;

/// A call that is not sent yet. Send it with [`Call::send`] or `.await`.
#[must_use = "a call does nothing until it is sent"]
pub struct Call<T, E> {
    pub(crate) draft: Box<Draft>,
    success: Success<T, E>,
    failure: Failure<E>,
}

/// What becomes of the body of an error.
struct Failure<E> {
    read: Read<E>,
    /// The statuses that it is documented for, as first and last ones; every status where there are none.
    statuses: &'static [(u16, u16)],
}

impl<E> Clone for Failure<E> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<E> Copy for Failure<E> {}

impl<E> Failure<E> {
    const fn new(read: Read<E>) -> Self {
        Self { read, statuses: &[] }
    }

    /// The documented error. A status that the description lacks is no case of another one.
    fn read(&self, response: &RawResponse) -> Result<E, DecodeError> {
        let status = response.status.as_u16();
        let known = |(first, last): &(u16, u16)| (*first..=*last).contains(&status);
        if self.statuses.is_empty() || self.statuses.iter().any(known) {
            return (self.read)(response);
        }
        Err(DecodeError::undocumented(status))
    }
}

/// What becomes of the body of a success.
enum Success<T, E> {
    /// It is read whole.
    Whole(Read<T>),
    /// It is handed on as it comes.
    Streamed(Opening<T, E>),
}

impl<T, E> Clone for Success<T, E> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T, E> Copy for Success<T, E> {}

impl<T, E> Call<T, E> {
    pub(crate) fn new(client: &Client, operation: &Operation, success: Read<T>, failure: Read<E>) -> Self {
        let draft = Box::new(Draft::of(client, operation));
        Self { draft, success: Success::Whole(success), failure: Failure::new(failure) }
    }

    /// Names the statuses that the type of errors is documented for, as first and last ones. For generated code.
    pub const fn error_statuses(mut self, statuses: &'static [(u16, u16)]) -> Self {
        self.failure.statuses = statuses;
        self
    }

    pub(crate) fn with(mut self, change: impl FnOnce(&mut Draft) -> Result<(), String>) -> Self {
        let (done, secrets) = written_by(|| change(&mut self.draft));
        self.draft.secrets.extend(secrets);
        if let Err(mistake) = done {
            self.draft.mistake.get_or_insert(mistake);
        }
        self
    }
}

impl Call<serde_json::Value, serde_json::Value> {
    pub(crate) fn undocumented(client: &Client, operation: Operation, method: Method, path: String) -> Self {
        let checked = path::check(&path);
        let mut draft = Box::new(Draft::new(client, operation, method, path));
        draft.headers.clone_from(&client.0.described_headers);
        let call = Self { draft, success: Success::Whole(crate::body::any), failure: Failure::new(crate::body::any) };
        call.with(|_| checked)
    }
}

pub(crate) fn json_of(name: &str, value: &dyn Encode) -> Result<serde_json::Value, String> {
    to_request_value(value).map_err(|error| format!("{name} cannot be written: {error}"))
}

impl<T, E> fmt::Debug for Call<T, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (method, template) = self.draft.names();
        f.debug_struct("Call").field("method", &method).field("path", &template).finish_non_exhaustive()
    }
}
