//! A call as a value: put together, looked at, changed, then sent.

mod options;

use crate::client::Client;
use crate::codec::json::{to_json_vec, to_value};
use crate::codec::{DecodeError, Encode};
use crate::error::{Error, ErrorKind, Fault, message_of};
use crate::multipart::Multipart;
use crate::param::{self, Style};
use crate::response::{RawResponse, Response};
use crate::{auth, path, pipeline};
use bytes::Bytes;
use http::header::{CONTENT_TYPE, HeaderName, HeaderValue};
use http::{HeaderMap, Method};
use std::fmt;
use std::future::IntoFuture;
use std::time::Duration;

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
    /// Alternatives of scheme names that are needed together.
    pub security: &'static [&'static [&'static str]],
    /// Address of its own.
    pub server: Option<&'static str>,
}

/// How a response becomes a value.
pub type Read<T> = fn(&RawResponse) -> Result<T, DecodeError>;

/// A call that is not sent yet. Send it with [`Call::send`] or `.await`.
#[must_use = "a call does nothing until it is sent"]
pub struct Call<T, E> {
    pub(crate) draft: Box<Draft>,
    success: Read<T>,
    failure: Read<E>,
}

/// A request before its address and credentials are known.
pub(crate) struct Draft {
    pub(crate) client: Client,
    pub(crate) operation: Operation,
    pub(crate) path: String,
    pub(crate) query: Vec<(String, String)>,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Body,
    pub(crate) mistake: Option<String>,
    pub(crate) timeout: Duration,
    pub(crate) retries: u32,
    pub(crate) repeatable: bool,
}

/// A request body.
pub(crate) enum Body {
    None,
    Json(Bytes),
    Other(Bytes),
}

impl<T, E> Call<T, E> {
    /// Starts a call.
    pub fn new(client: &Client, operation: &Operation, success: Read<T>, failure: Read<E>) -> Self {
        let path = operation.path.to_owned();
        Self { draft: Box::new(Draft::new(client, operation.clone(), path)), success, failure }
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
            draft.body = Body::Json(bytes.into());
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
            draft.body = Body::Other(text.into());
            draft.put_header(CONTENT_TYPE.as_str(), "application/x-www-form-urlencoded")
        })
    }

    /// A text body.
    pub fn text(self, media: &str, body: impl Into<String>) -> Self {
        self.bytes(media, body.into())
    }

    /// Any body.
    pub fn bytes(self, media: &str, body: impl Into<Bytes>) -> Self {
        self.with(|draft| {
            draft.body = Body::Other(body.into());
            draft.put_header(CONTENT_TYPE.as_str(), media)
        })
    }

    /// A body in parts.
    pub fn multipart(self, body: &Multipart) -> Self {
        let (media, bytes) = body.encode();
        self.bytes(&media, bytes)
    }

    /// Sends the call.
    ///
    /// # Errors
    /// Everything that can go wrong; see [`Error`].
    pub async fn send(self) -> Result<Response<T>, Error<E>> {
        let (method, template) = self.draft.names();
        match pipeline::run(*self.draft).await {
            Ok(raw) => conclude(raw, method, template, self.success, self.failure),
            Err(fault) => Err(fault.into_error(None)),
        }
    }

    /// Sends the call and gives whatever came back, error statuses too.
    ///
    /// # Errors
    /// When there is no answer.
    pub async fn send_raw(self) -> Result<RawResponse, Error<E>> {
        pipeline::run(*self.draft).await.map_err(|fault| fault.into_error(None))
    }

    /// Sends the call and waits on this thread, without an async runtime.
    ///
    /// # Errors
    /// Everything that can go wrong; see [`Error`].
    #[cfg(feature = "blocking")]
    pub fn send_blocking(self) -> Result<Response<T>, Error<E>> {
        let (method, template) = self.draft.names();
        match pipeline::run_blocking(*self.draft) {
            Ok(raw) => conclude(raw, method, template, self.success, self.failure),
            Err(fault) => Err(fault.into_error(None)),
        }
    }

    /// The request as it would be sent, secrets included.
    ///
    /// # Errors
    /// When an argument or the credentials do not allow it.
    pub fn into_request(self) -> Result<http::Request<Bytes>, Error<E>> {
        pipeline::request_of(&self.draft).map_err(|fault| fault.into_error(None))
    }
}

impl Call<serde_json::Value, serde_json::Value> {
    pub(crate) fn undocumented(client: &Client, operation: Operation, path: String) -> Self {
        let checked = path::check(&path);
        let draft = Box::new(Draft::new(client, operation, path));
        let call = Self { draft, success: crate::body::any, failure: crate::body::any };
        call.with(|_| checked)
    }
}

fn json_of(name: &str, value: &dyn Encode) -> Result<serde_json::Value, String> {
    to_value(value).map_err(|error| format!("{name} cannot be written: {error}"))
}

fn conclude<T, E>(
    raw: RawResponse,
    method: String,
    template: String,
    success: Read<T>,
    failure: Read<E>,
) -> Result<Response<T>, Error<E>> {
    let fault = |kind, message, source, raw| {
        let response = Some(raw);
        Fault { kind, method, template, message, response, source, transport: None, passing: false }
    };
    if !raw.status.is_success() {
        let api = failure(&raw);
        return Err(fault(ErrorKind::Api, message_of(&raw.body), None, raw).into_error(Some(api)));
    }
    match success(&raw) {
        Ok(value) => Ok(Response { status: raw.status, headers: raw.headers, value }),
        Err(error) => {
            let message = format!("the answer is not what the document promises: {error}");
            Err(fault(ErrorKind::Decode, message, Some(error.into()), raw).into_error(None))
        }
    }
}

impl Draft {
    fn new(client: &Client, operation: Operation, path: String) -> Self {
        let shared = &client.0;
        Self {
            path,
            query: Vec::new(),
            headers: HeaderMap::new(),
            body: Body::None,
            mistake: None,
            timeout: shared.timeout,
            retries: shared.retries,
            repeatable: crate::retry::is_idempotent(&operation.method),
            client: client.clone(),
            operation,
        }
    }

    fn names(&self) -> (String, String) {
        let path = if self.operation.path.is_empty() { &self.path } else { self.operation.path };
        // A query may hold anything.
        let path = path.split('?').next().unwrap_or_default();
        (self.operation.method.to_string(), path.to_owned())
    }

    pub(crate) fn fault(&self, kind: ErrorKind, message: impl Into<String>) -> Box<Fault> {
        let (method, template) = self.names();
        Box::new(Fault {
            kind,
            method,
            template,
            message: message.into(),
            response: None,
            source: None,
            transport: None,
            passing: false,
        })
    }

    fn add_query(
        &mut self,
        name: &str,
        style: Style,
        explode: bool,
        reserved: bool,
        value: &dyn Encode,
    ) -> Result<(), String> {
        if !value.is_absent() {
            self.query.extend(param::in_query(name, style, explode, reserved, &json_of(name, value)?));
        }
        Ok(())
    }

    fn put_header(&mut self, name: &str, value: &str) -> Result<(), String> {
        let (Ok(key), Ok(value)) = (HeaderName::from_bytes(name.as_bytes()), HeaderValue::from_str(value)) else {
            return Err(format!("the value of the header {name} cannot be sent"));
        };
        self.headers.insert(key, value);
        Ok(())
    }
}

impl<T, E> fmt::Debug for Call<T, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (method, template) = self.draft.names();
        f.debug_struct("Call").field("method", &method).field("path", &template).finish_non_exhaustive()
    }
}

impl<T: 'static, E: 'static> IntoFuture for Call<T, E> {
    type Output = Result<Response<T>, Error<E>>;
    type IntoFuture = crate::transport::BoxFuture<'static, Self::Output>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(self.send())
    }
}
