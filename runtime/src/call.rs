//! A call as a value: put together, looked at, changed, then sent.

mod draft;
mod options;
mod sending;

use crate::auth::Need;
use crate::client::Client;
use crate::codec::json::{to_json_vec, to_value};
use crate::codec::{DecodeError, Encode};
use crate::multipart::Multipart;
use crate::param::{self, Style};
use crate::response::RawResponse;
use crate::transport::Body;
use crate::{auth, path};
pub(crate) use draft::{Draft, Payload};
use http::Method;
use http::header::CONTENT_TYPE;
use std::fmt;

/// Facts about an operation that the printed crate hands over.
#[derive(Debug, Clone)]
pub struct Operation {
    /// `operationId`.
    pub id: &'static str,
    /// HTTP method.
    pub method: Method,
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
    success: Success<T>,
    failure: Read<E>,
}

/// What becomes of the body of a success.
enum Success<T> {
    /// It is read whole.
    Whole(Read<T>),
    /// It is handed on as it comes.
    Streamed(fn(Body) -> T),
}

impl<T, E> Call<T, E> {
    /// Starts a call.
    pub fn new(client: &Client, operation: &Operation, success: Read<T>, failure: Read<E>) -> Self {
        let path = operation.path.to_owned();
        let draft = Box::new(Draft::new(client, operation.clone(), path));
        Self { draft, success: Success::Whole(success), failure }
    }

    fn with(mut self, change: impl FnOnce(&mut Draft) -> Result<(), String>) -> Self {
        if let Err(mistake) = change(&mut self.draft) {
            self.draft.mistake.get_or_insert(mistake);
        }
        self
    }

    /// A path parameter.
    pub fn path(self, name: &str, style: Style, explode: bool, value: &dyn Encode) -> Self {
        self.with(|draft| {
            let text = param::in_path(name, style, explode, &json_of(name, value)?);
            draft.path = path::fill(&draft.path, name, &text)?;
            Ok(())
        })
    }

    /// A query parameter; an absent value sends nothing.
    pub fn query(self, name: &str, style: Style, explode: bool, value: &dyn Encode) -> Self {
        self.with(|draft| draft.add_query(name, style, explode, false, value))
    }

    /// A query parameter whose reserved characters are sent as they are.
    pub fn query_reserved(self, name: &str, style: Style, explode: bool, value: &dyn Encode) -> Self {
        self.with(|draft| draft.add_query(name, style, explode, true, value))
    }

    /// A header parameter; an absent value sends nothing.
    pub fn header_parameter(self, name: &str, style: Style, explode: bool, value: &dyn Encode) -> Self {
        self.with(|draft| {
            if value.is_absent() {
                return Ok(());
            }
            draft.put_header(name, &param::in_header(explode, style, &json_of(name, value)?))
        })
    }

    /// A cookie; an absent value sends nothing.
    pub fn cookie(self, name: &str, style: Style, explode: bool, value: &dyn Encode) -> Self {
        self.with(|draft| {
            if !value.is_absent() {
                let text = param::in_header(explode, style, &json_of(name, value)?);
                auth::add_cookie(&mut draft.headers, name, &path::encode(&text));
            }
            Ok(())
        })
    }

    /// A JSON body.
    pub fn json(self, body: &dyn Encode) -> Self {
        self.json_as("application/json", body)
    }

    /// A JSON body under another media type.
    pub fn json_as(self, media: &str, body: &dyn Encode) -> Self {
        self.with(|draft| {
            let bytes = to_json_vec(body).map_err(|error| format!("the body cannot be written: {error}"))?;
            draft.body = Payload::Json(bytes.into());
            draft.put_header(CONTENT_TYPE.as_str(), media)
        })
    }

    /// A form body (`application/x-www-form-urlencoded`).
    pub fn form(self, body: &dyn Encode) -> Self {
        self.with(|draft| {
            let value = json_of("the body", body)?;
            let members = value.as_object().ok_or("a form body must be an object")?;
            let pairs = members.iter().flat_map(|(name, value)| {
                let style = if value.is_object() { Style::DeepObject } else { Style::Form };
                param::in_query(name, style, true, false, value)
            });
            let text = pairs.map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join("&");
            draft.body = Payload::Other(text.into());
            draft.put_header(CONTENT_TYPE.as_str(), "application/x-www-form-urlencoded")
        })
    }

    /// A text body.
    pub fn text(self, media: &str, body: impl Into<String>) -> Self {
        self.bytes(media, body.into())
    }

    /// Any body: bytes, or a stream of them.
    pub fn bytes(self, media: &str, body: impl Into<Body>) -> Self {
        self.with(|draft| {
            draft.body = Payload::Other(body.into());
            draft.put_header(CONTENT_TYPE.as_str(), media)
        })
    }

    /// A body in parts.
    pub fn multipart(self, body: &Multipart) -> Self {
        let (media, bytes) = body.encode();
        self.bytes(&media, bytes)
    }
}

impl<E> Call<Body, E> {
    /// Starts a call whose success is a stream of bytes.
    pub fn streamed(client: &Client, operation: &Operation, failure: Read<E>) -> Self {
        let path = operation.path.to_owned();
        let draft = Box::new(Draft::new(client, operation.clone(), path));
        Self { draft, success: Success::Streamed(|body| body), failure }
    }
}

impl Call<serde_json::Value, serde_json::Value> {
    pub(crate) fn undocumented(client: &Client, operation: Operation, path: String) -> Self {
        let checked = path::check(&path);
        let draft = Box::new(Draft::new(client, operation, path));
        let call = Self { draft, success: Success::Whole(crate::body::any), failure: crate::body::any };
        call.with(|_| checked)
    }
}

fn json_of(name: &str, value: &dyn Encode) -> Result<serde_json::Value, String> {
    to_value(value).map_err(|error| format!("{name} cannot be written: {error}"))
}

impl<T, E> fmt::Debug for Call<T, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (method, template) = self.draft.names();
        f.debug_struct("Call").field("method", &method).field("path", &template).finish_non_exhaustive()
    }
}
