//! A call as a value: the caller builds it, inspects it, changes it and sends it.

#[cfg(not(unused = "headers"))]
pub mod headers;
mod operation;
mod sending;
mod stream_spec;
mod streaming;

#[cfg(not(unused = "file"))]
use crate::body::file::File;
#[cfg(not(unused = "multipart"))]
use crate::body::multipart::Multipart;
use crate::client::Client;
use crate::codec::param::Encoding;
use crate::codec::path;
use crate::codec::{DecodeError, Encode};
use crate::request::{Draft, OperationSpec};
#[cfg(not(unused = "streams"))]
use crate::request::{StreamFlag, StreamFlagLocation};
use crate::response::{RawResponse, ResponseReader};
use crate::secrets::{Secret, is_secret_name};
use crate::transport::Body;
use http::Method;
pub use operation::{IntoCall, Operation, Responses, StreamOf, Streamed};
pub(crate) use sending::ResponseContext;
use serde_json::Value;
use std::fmt;
use std::ops::RangeInclusive;
pub use stream_spec::StreamSpec;
pub(crate) use streaming::{Opened, StreamOpener, StreamedResponse};

/// The id of calls to operations that the description does not define.
const UNDOCUMENTED: &str = "undocumented";

/// A call that is not sent yet, of any operation, with the types of its value `T` and of its error body `E`. The `Call` at
/// the root of a generated crate wraps it for one operation. Send it with [`AnyCall::send`] or `.await`.
#[must_use = "a call does nothing until it is sent"]
pub struct AnyCall<T, E> {
    pub(crate) draft: Box<Draft>,
    success: Success<T, E>,
    failure: ResponseReader<E>,
}

/// The documented errors of an operation, and the function that decodes their bodies.
struct DocumentedErrors<E> {
    read: ResponseReader<E>,
    /// The statuses of the documented error; every status if there are neither statuses nor ranges.
    statuses: &'static [u16],
    ranges: &'static [RangeInclusive<u16>],
}

impl<E> Clone for DocumentedErrors<E> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<E> Copy for DocumentedErrors<E> {}

impl<E> DocumentedErrors<E> {
    /// Decodes the documented error. A status that the description does not define has none.
    fn read(&self, response: &RawResponse) -> Result<E, DecodeError> {
        let status = response.status.as_u16();
        let is_every = self.statuses.is_empty() && self.ranges.is_empty();
        if is_every || self.statuses.contains(&status) || self.ranges.iter().any(|range| range.contains(&status)) {
            return (self.read)(response);
        }
        Err(DecodeError::undocumented(status))
    }
}

/// The handling of the body of a success.
enum Success<T, E> {
    /// The body is read whole.
    Whole(ResponseReader<T>),
    /// The body is returned unread.
    Streamed(StreamOpener<T, E>),
}

impl<T, E> Clone for Success<T, E> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T, E> Copy for Success<T, E> {}

impl<T, E> AnyCall<T, E> {
    /// Creates a call from a request and the handling of its responses. For generated code.
    pub fn new(mut draft: Box<Draft>, responses: Responses<T, E>) -> Self {
        let Responses { success, failure, accept, .. } = responses;
        if let Success::Streamed(_) = success {
            draft.set_accept(accept);
            #[cfg(not(unused = "streams"))]
            draft.set_stream_flag(responses.stream_flag);
        }
        Self { draft, success, failure }
    }

    crate::macros::call_options!();
    crate::macros::credential_options!();
}

impl Client {
    /// Starts a call of an operation, with the functions that decode a success and an error.
    #[doc(hidden)]
    pub fn call<T, E>(
        &self,
        operation: &OperationSpec,
        success: ResponseReader<T>,
        failure: ResponseReader<E>,
    ) -> AnyCall<T, E> {
        AnyCall::new(self.draft(operation), Responses::new(success, failure))
    }

    /// Creates a call of an operation that the description does not define. Nothing is sent yet. The path starts with
    /// `/`, is percent-encoded, has no templates, and may end with a query; `query` and `json` of the call set
    /// parameters and a body. The request has the credentials of the first security requirement for which the
    /// client has them all: those of the description come first, then those of its operations.
    pub fn request(&self, method: Method, path: impl Into<String>) -> AnyCall<Value, Value> {
        let operation = OperationSpec::new(UNDOCUMENTED, "", "").accept("application/json, */*;q=0.5");
        let operation = operation.security(self.0.api.security);
        AnyCall::undocumented(self, operation, method, path.into())
    }
}

impl AnyCall<Value, Value> {
    fn undocumented(client: &Client, operation: OperationSpec, method: Method, path: String) -> Self {
        let checked = path::check(&path);
        let mut draft = Box::new(Draft::new(client, operation, method, path));
        draft.headers.clone_from(&client.0.header_parameter_values);
        let query = crate::uri::query_pairs(&draft.path);
        let secrets = query.filter(|(name, _)| is_secret_name(name)).map(|(_, value)| Secret::from(value));
        draft.secrets = secrets.collect();
        draft.change(|_| checked);
        Self::new(draft, Responses::new(crate::body::any, crate::body::any))
    }
}

/// The steps of a request, for calls that no description defines.
macro_rules! steps {
    ($($(#[$about:meta])* $name:ident($($argument:ident: $ty:ty),*);)*) => {
        impl<T, E> AnyCall<T, E> {
            $(
                $(#[$about])*
                pub fn $name(mut self, $($argument: $ty),*) -> Self {
                    self.draft.$name($($argument),*);
                    self
                }
            )*
        }
    };
}

steps! {
    /// Fills in a path parameter.
    path(name: &str, value: &dyn Encode);
    /// Fills in a path parameter with an encoding other than [`Encoding::SIMPLE`].
    path_as(name: &str, encoding: Encoding, value: &dyn Encode);
    /// Adds a query parameter; an absent value sends nothing.
    query(name: &str, value: &dyn Encode);
    /// Adds a query parameter with an encoding other than [`Encoding::FORM`]; an absent value sends nothing.
    query_as(name: &str, encoding: Encoding, value: &dyn Encode);
    /// Sets a header parameter; an absent value sends nothing.
    header_parameter(name: &str, value: &dyn Encode);
    /// Sets a header parameter with a line for each item of its list; an absent value sends nothing.
    header_lines(name: &str, encoding: Encoding, value: &dyn Encode);
    /// Sends the client's value of a header that is set once on the client.
    client_header(name: &'static str);
    /// Sends the client's value of a header that is set once on the client. The call fails if there is none.
    required_client_header(name: &'static str);
    /// Adds a cookie; an absent value sends nothing.
    cookie(name: &str, value: &dyn Encode);
    /// Adds a cookie with an encoding other than [`Encoding::FORM`]; an absent value sends nothing.
    cookie_as(name: &str, encoding: Encoding, value: &dyn Encode);
    /// Sets a JSON body.
    json(body: &dyn Encode);
    /// Sets a JSON body under another media type.
    json_as(media: &str, body: &dyn Encode);
    /// Sets a form body (`application/x-www-form-urlencoded`).
    form(body: &dyn Encode);
    /// Sets a form body; the table has the fields of another encoding than the usual one.
    form_as(styles: &[(&str, Encoding)], body: &dyn Encode);
    /// Sets a text body.
    text(media: &str, body: impl Into<String>);
    /// Sets any body: bytes, or a stream of them.
    bytes(media: &str, body: impl Into<Body>);
    /// Sets any body with its own media type, or this one.
    #[cfg(not(unused = "file"))]
    file(media: &str, body: impl Into<File>);
    /// Sets a multipart body.
    #[cfg(not(unused = "multipart"))]
    multipart(body: impl Into<Multipart>);
}

impl<T, E> fmt::Debug for AnyCall<T, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.draft.fmt(f)
    }
}
