//! A request before its URL and credentials are known.

#[cfg(not(unused = "streams"))]
use super::StreamFlag;
use super::{OperationSpec, Payload, RedirectPolicy};
use crate::auth;
use crate::client::{Client, ConfigError};
use crate::codec::EncodeError;
use crate::codec::param::header_value;
use crate::error::{ErrorKind, UntypedError};
use crate::retry::new_key;
use crate::secrets::{Secret, SentSecrets, is_secret_name, written_by};
use crate::transport::CallInfo;
use http::header::{self, CONTENT_TYPE, COOKIE, HeaderName, HeaderValue};
use http::{HeaderMap, Method, Uri};
use std::borrow::Cow;
use std::fmt;
use std::time::Duration;

/// The headers that have a single value, not a list.
const SINGLE_VALUED: [HeaderName; 16] = [
    header::AUTHORIZATION,
    header::CONTENT_LENGTH,
    header::CONTENT_LOCATION,
    header::CONTENT_RANGE,
    CONTENT_TYPE,
    header::COOKIE,
    header::DATE,
    header::FROM,
    header::HOST,
    header::IF_MODIFIED_SINCE,
    header::IF_RANGE,
    header::IF_UNMODIFIED_SINCE,
    header::ORIGIN,
    header::PROXY_AUTHORIZATION,
    header::REFERER,
    header::USER_AGENT,
];

/// A request before its URL and credentials are known. Generated calls contain one; its steps are for generated code.
#[doc(hidden)]
pub struct Draft {
    pub(crate) client: Client,
    pub(crate) operation: OperationSpec,
    pub(crate) method: Method,
    /// The path with the values of its parameters, relative to the base URL.
    pub(crate) path: String,
    /// The server's URL for the request, which replaces the path and the query.
    pub(crate) target: Option<Uri>,
    pub(crate) query: Vec<(String, String)>,
    pub(crate) headers: HeaderMap,
    /// The media types in the `Accept` header of a stream, which take precedence over the client's own header.
    pub(crate) stream_accept: Option<&'static str>,
    /// The names of headers that the caller added.
    added: Vec<HeaderName>,
    /// The required headers for which the client has no value.
    missing: Vec<&'static str>,
    pub(crate) body: Payload,
    /// True if the caller set the media type of the body.
    pub(crate) has_media_type: bool,
    /// The first step that failed. The call returns it, and sends nothing.
    pub(crate) mistake: Option<EncodeError>,
    /// The time limit of the call.
    pub(crate) timeout: Duration,
    /// The time limit of one attempt.
    pub(crate) attempt_timeout: Duration,
    /// The longest time without a byte of a streamed response.
    pub(crate) idle: Option<Duration>,
    /// True if the body of a success is returned unread.
    pub(crate) streamed: bool,
    /// The property to set in the request of a stream.
    #[cfg(not(unused = "streams"))]
    pub(crate) stream_flag: Option<StreamFlag>,
    pub(crate) redirect_policy: RedirectPolicy,
    /// The largest number of retries.
    pub(crate) retries: u32,
    /// True if the server may receive the request more than once.
    pub(crate) repeatable: bool,
    /// The header of the idempotency key, if the operation has one.
    pub(crate) idempotency_header: Option<&'static str>,
    /// The cookie parameters, encoded and unencoded.
    pub(super) cookie_parameters: Vec<CookieParameter>,
    /// True if cookie parameters are sent unencoded; the setting of the client if the caller did not set it.
    pub(super) raw_cookies: Option<bool>,
    /// True if the call is sent without credentials.
    pub(crate) anonymous: bool,
    /// The secrets of the request, without the credentials.
    pub(crate) secrets: Vec<Secret>,
    /// The secrets of a body that is written while it is sent.
    pub(crate) sent_secrets: Option<SentSecrets>,
}

/// A cookie parameter.
#[derive(Clone)]
pub(super) struct CookieParameter {
    pub(super) encoded: Result<Pairs, EncodeError>,
    pub(super) raw: Result<Pairs, EncodeError>,
}

pub(crate) type Pairs = Vec<(String, String)>;

impl Client {
    /// Starts the request of an operation. For generated code.
    #[doc(hidden)]
    #[must_use]
    pub fn draft(&self, operation: &OperationSpec) -> Box<Draft> {
        Box::new(Draft::of(self, operation))
    }
}

impl Draft {
    /// Creates the request of a documented operation.
    fn of(client: &Client, operation: &OperationSpec) -> Self {
        let method = Method::from_bytes(operation.method.as_bytes());
        let mistake =
            method.is_err().then(|| EncodeError::new(format!("{:?} is not a valid HTTP method", operation.method)));
        let draft = Self::new(client, *operation, method.unwrap_or_default(), operation.path.to_owned());
        Self { mistake, ..draft }
    }

    pub(crate) fn new(client: &Client, operation: OperationSpec, method: Method, path: String) -> Self {
        let shared = &client.0;
        let min_timeout = operation.attempt_timeout;
        Self {
            path,
            target: None,
            query: Vec::new(),
            headers: HeaderMap::new(),
            stream_accept: None,
            added: Vec::new(),
            missing: Vec::new(),
            body: Payload::None,
            has_media_type: false,
            mistake: None,
            // The client's limits apply if they are longer.
            timeout: shared.timeout.max(operation.timeout),
            attempt_timeout: shared.attempt_timeout.max(min_timeout),
            idle: Some(shared.stream_idle.max(min_timeout)),
            streamed: false,
            #[cfg(not(unused = "streams"))]
            stream_flag: None,
            redirect_policy: if operation.returns_redirects { RedirectPolicy::Return } else { RedirectPolicy::Follow },
            retries: shared.retries,
            repeatable: operation.idempotency_header.is_some() || crate::retry::is_idempotent(&method),
            idempotency_header: operation.idempotency_header,
            cookie_parameters: Vec::new(),
            raw_cookies: None,
            anonymous: false,
            secrets: Vec::new(),
            sent_secrets: None,
            client: client.clone(),
            operation,
            method,
        }
    }

    /// Returns the base URL of the operation.
    pub(crate) fn base_url(&self) -> Result<Cow<'_, str>, ConfigError> {
        self.client.0.address(self.operation.server, self.operation.server_defaults)
    }

    /// Returns the facts of the call for hooks and transports.
    pub(crate) fn info(&self, retry: u32) -> CallInfo {
        let (operation, template) = (self.operation.id, self.operation.path);
        CallInfo { operation, template, idempotent: self.repeatable, retry }
    }

    /// Sets the idempotency key that all attempts share.
    pub(crate) fn put_key(&mut self) {
        let Some(name) = self.idempotency_header.filter(|name| !self.headers.contains_key(*name)) else { return };
        if let Err(mistake) = self.put_header(name, &new_key()) {
            self.mistake.get_or_insert(mistake);
        }
    }

    /// Copies the request, unless its body is a stream.
    pub(crate) fn try_clone(&self) -> Option<Box<Self>> {
        let body = match &self.body {
            Payload::None => Payload::None,
            Payload::Json(bytes) => Payload::Json(bytes.clone()),
            Payload::Form(bytes) => Payload::Form(bytes.clone()),
            #[cfg(not(unused = "multipart"))]
            Payload::Parts(parts) => Payload::Parts(Box::new(parts.try_clone()?)),
            Payload::Other(body) => Payload::Other(body.try_clone()?),
        };
        Some(Box::new(Self {
            client: self.client.clone(),
            operation: self.operation,
            method: self.method.clone(),
            attempt_timeout: self.attempt_timeout,
            redirect_policy: self.redirect_policy,
            idempotency_header: self.idempotency_header,
            cookie_parameters: self.cookie_parameters.clone(),
            raw_cookies: self.raw_cookies,
            anonymous: self.anonymous,
            secrets: self.secrets.clone(),
            sent_secrets: self.sent_secrets.clone(),
            path: self.path.clone(),
            target: self.target.clone(),
            query: self.query.clone(),
            headers: self.headers.clone(),
            stream_accept: self.stream_accept,
            added: self.added.clone(),
            missing: self.missing.clone(),
            body,
            has_media_type: self.has_media_type,
            mistake: self.mistake.clone(),
            timeout: self.timeout,
            idle: self.idle,
            streamed: self.streamed,
            #[cfg(not(unused = "streams"))]
            stream_flag: self.stream_flag,
            retries: self.retries,
            repeatable: self.repeatable,
        }))
    }

    /// Applies a step that may fail, and records the secrets that it writes.
    pub(crate) fn change(&mut self, change: impl FnOnce(&mut Self) -> Result<(), EncodeError>) {
        let (done, secrets) = written_by(|| change(self));
        self.secrets.extend(secrets);
        if let Err(mistake) = done {
            self.mistake.get_or_insert(mistake);
        }
    }

    /// Sets the media types of a streamed response.
    pub(crate) fn set_accept(&mut self, accept: Option<&'static str>) {
        self.stream_accept = accept.or(self.stream_accept);
    }

    /// Sets the property that requests a stream.
    #[cfg(not(unused = "streams"))]
    pub(crate) const fn set_stream_flag(&mut self, stream_flag: Option<StreamFlag>) {
        // The body may not be set yet.
        self.stream_flag = stream_flag;
    }

    /// Returns the method and the path template, which errors show.
    pub(crate) fn method_and_path(&self) -> (Method, Cow<'static, str>) {
        // A query may contain secrets.
        fn bare(path: &str) -> &str {
            path.split('?').next().unwrap_or_default()
        }
        let template = self.operation.path;
        let path = if template.is_empty() { bare(&self.path).to_owned().into() } else { bare(template).into() };
        (self.method.clone(), path)
    }

    /// Creates the error of this call.
    pub(crate) fn error(&self, kind: ErrorKind, message: impl Into<String>) -> Box<UntypedError> {
        let (method, template) = self.method_and_path();
        Box::new(UntypedError {
            kind,
            method,
            template,
            message: message.into(),
            response: None,
            source: None,
            transport: None,
            secrets: self.secrets(),
            is_cross_origin: false,
        })
    }

    /// Returns the secrets of the request, without the credentials.
    pub(crate) fn secrets(&self) -> Vec<Secret> {
        let headers =
            self.client.0.added_headers.values().chain(self.headers.values()).filter(|value| value.is_sensitive());
        let headers = headers.filter_map(|value| std::str::from_utf8(value.as_bytes()).ok());
        let cookies = self.client.0.added_headers.get_all(COOKIE).iter().chain(self.headers.get_all(COOKIE));
        let cookies = cookies
            .filter_map(|cookie| std::str::from_utf8(cookie.as_bytes()).ok())
            .flat_map(|cookie| cookie.split(';'));
        let cookies = cookies.filter_map(|pair| pair.split_once('=')).map(|(_, value)| value.trim());
        let sent = self.sent_secrets.iter().flat_map(SentSecrets::all);
        self.secrets.iter().cloned().chain(headers.chain(cookies).map(Secret::from)).chain(sent).collect()
    }

    /// Returns the cookies of the cookie parameters.
    pub(crate) fn cookies(&self) -> Result<Vec<&Pairs>, EncodeError> {
        let raw = self.raw_cookies.unwrap_or(self.client.0.raw_cookies);
        let pairs =
            self.cookie_parameters.iter().map(|parameter| if raw { &parameter.raw } else { &parameter.encoded });
        pairs.map(|pairs| pairs.as_ref().map_err(Clone::clone)).collect()
    }

    /// Replaces a header, and adds to the cookies of a `Cookie` header.
    pub(super) fn put_header(&mut self, name: &str, value: &str) -> Result<(), EncodeError> {
        let (key, value) = header_field(name, value)?;
        self.has_media_type |= key == CONTENT_TYPE;
        if key == COOKIE {
            auth::join_cookies(&mut self.headers, &value);
        } else {
            self.headers.insert(key, value);
        }
        Ok(())
    }

    /// Replaces all lines of a header.
    pub(super) fn put_header_lines(&mut self, name: &str, lines: &[String]) -> Result<(), EncodeError> {
        for (index, line) in lines.iter().enumerate() {
            let (key, value) = header_field(name, line)?;
            if index == 0 {
                self.headers.insert(key, value);
            } else {
                self.headers.append(key, value);
            }
        }
        Ok(())
    }

    /// Sets the client's value of one of its headers, and records a required one without a value.
    pub(super) fn put_client_header(&mut self, name: &'static str, required: bool) {
        let shared = &self.client.0;
        let mut values = shared.header_parameter_values.get_all(name).iter().cloned().peekable();
        if values.peek().is_none() && required && !shared.added_headers.contains_key(name) {
            self.missing.push(name);
        }
        if let Ok(key) = HeaderName::from_bytes(name.as_bytes()) {
            for value in values {
                self.headers.append(&key, value);
            }
        }
    }

    /// Returns the error of a required header that neither the client nor the call sets.
    pub(crate) fn missing_header(&self) -> Option<String> {
        let name = self.missing.iter().find(|name| !self.headers.contains_key(**name))?;
        let header = self.client.0.header_parameters.iter().find(|header| header.name.eq_ignore_ascii_case(name));
        Some(header.map_or_else(
            || format!("the header {name} is not set, and the operation requires it"),
            |header| header.missing_message("the operation requires it"),
        ))
    }

    /// Adds a line to those that the caller added before, or replaces other lines.
    pub(super) fn add_header(&mut self, name: &str, value: &str) -> Result<(), EncodeError> {
        let (key, line) = header_field(name, value)?;
        if key == COOKIE {
            return self.put_header(name, value);
        }
        if self.added.contains(&key) && !SINGLE_VALUED.contains(&key) {
            self.headers.append(key, line);
            return Ok(());
        }
        self.added.push(key);
        self.put_header(name, value)
    }
}

/// Shows the call without possible secrets.
impl fmt::Debug for Draft {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (method, template) = self.method_and_path();
        f.debug_struct("Call").field("method", &method).field("path", &template).finish_non_exhaustive()
    }
}

/// Returns a header as a valid name and value. A value that may be secret is marked as sensitive.
fn header_field(name: &str, value: &str) -> Result<(HeaderName, HeaderValue), EncodeError> {
    match (HeaderName::from_bytes(name.as_bytes()), header_value(value)) {
        (Ok(name), Some(mut value)) => {
            value.set_sensitive(is_secret_name(name.as_str()));
            Ok((name, value))
        }
        (Ok(name), None) => Err(EncodeError::new(format!(
            "the value of the header {name} cannot be sent: it has a line break, another control character or a character \
             beyond ASCII"
        ))),
        (Err(_), _) => Err(EncodeError::new(format!("{name:?} is not a valid header name"))),
    }
}
