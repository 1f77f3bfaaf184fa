//! Sends a call over [`crate::pipeline`] and handles its response.

use super::{
    AnyCall, DocumentedErrors, Draft, Opened, OperationSpec, ResponseReader, StreamOpener, StreamSpec,
    StreamedResponse, Success, UNDOCUMENTED,
};
use crate::body::{compressed, is_blank};
use crate::client::LargeBodies;
use crate::codec::DecodeError;
use crate::error::{Error, ErrorKind, UntypedError, message_of};
use crate::pipeline::{self, PipelineResponse};
use crate::request::RedirectPolicy;
use crate::response::{RawResponse, Response};
use crate::secrets::redactor::{Cause, Redactor};
use crate::secrets::{Secret, SentSecrets};
use crate::transport::{Body, BoxFuture, SendMode};
use http::{Method, StatusCode};
use std::borrow::Cow;
use std::future::IntoFuture;
use std::sync::Arc;

impl<T, E> AnyCall<T, E> {
    /// Sends the call and decodes the response.
    ///
    /// # Errors
    /// Returns an [`Error`] when the call cannot be built or sent, when the status is an error, or when the response
    /// cannot be decoded.
    pub async fn send(self) -> Result<Response<T>, Error<E>> {
        let (draft, response_context) = self.into_draft();
        response_context.into_result(pipeline::run(draft).await)
    }

    /// Sends the call, follows redirects, and returns the response as raw bytes, whatever its status.
    ///
    /// # Errors
    /// Returns an [`Error`] when the call cannot be built or sent, when the whole response does not arrive, or when the
    /// client does not follow a redirect. It has the response if its head arrived.
    pub async fn send_raw(self) -> Result<RawResponse, Error<E>> {
        let result = pipeline::run(self.draft).await;
        result.map(|response| response.raw).map_err(|error| error.into_error(None))
    }

    /// Sends the call and returns the body of a success unread, whatever its media type, so that it may exceed the
    /// memory. Read it with [`Body::chunk`], or as a stream.
    ///
    /// # Errors
    /// Returns an [`Error`] when the call fails before the body starts.
    pub async fn send_stream(self) -> Result<Response<Body>, Error<E>> {
        self.streamed(StreamSpec::bytes()).send().await
    }

    /// Sends the call and blocks this thread until the response is there, without an async runtime.
    ///
    /// # Errors
    /// Returns an [`Error`] when the call cannot be built or sent, when the status is an error, or when the response
    /// cannot be decoded.
    #[cfg(feature = "blocking")]
    pub fn send_blocking(self) -> Result<Response<T>, Error<E>> {
        let (draft, response_context) = self.into_draft();
        let response_context = ResponseContext { mode: SendMode::Blocking, ..response_context };
        response_context.into_result(pipeline::run_blocking(draft))
    }

    /// Sends the call on this thread, follows redirects, and returns the response as raw bytes, whatever its status.
    ///
    /// # Errors
    /// Returns an [`Error`] when the call cannot be built or sent, when the whole response does not arrive, or when the
    /// client does not follow a redirect. It has the response if its head arrived.
    #[cfg(feature = "blocking")]
    pub fn send_raw_blocking(self) -> Result<RawResponse, Error<E>> {
        let result = pipeline::run_blocking(self.draft);
        result.map(|response| response.raw).map_err(|error| error.into_error(None))
    }

    /// Sends the call on this thread and returns the body of a success unread. Read it with [`Body::into_reader`].
    ///
    /// # Errors
    /// Returns an [`Error`] when the call fails before the body starts.
    #[cfg(feature = "blocking")]
    pub fn send_stream_blocking(self) -> Result<Response<Body>, Error<E>> {
        self.streamed(StreamSpec::bytes()).send_blocking()
    }

    /// Builds the request without sending it, secrets included.
    ///
    /// # Errors
    /// Returns an error when an argument cannot be sent, and when the description requires a credential that the client
    /// does not have before it sends the call.
    pub fn into_request(mut self) -> Result<http::Request<Body>, Error<E>> {
        let credentials =
            pipeline::credentials::without_waiting(&self.draft).map_err(|error| error.into_error(None))?;
        pipeline::http_request::build(&mut self.draft, &credentials).map_err(|error| error.into_error(None))
    }

    /// Returns the request, and the facts that its response needs.
    pub(crate) fn into_draft(self) -> (Box<Draft>, ResponseContext<T, E>) {
        let Self { mut draft, success, failure } = self;
        let OperationSpec { error_statuses: statuses, error_ranges: ranges, .. } = draft.operation;
        let failure = DocumentedErrors { read: failure, statuses, ranges };
        let has_value = draft.operation.returns_redirects || draft.operation.id == UNDOCUMENTED;
        let is_body = matches!(&success, Success::Streamed(opener) if opener.is_body);
        if draft.redirect_policy == RedirectPolicy::Return && !has_value && !is_body {
            draft.redirect_policy = RedirectPolicy::Fail;
        }
        let mut call = None;
        if let Success::Streamed(opener) = &success {
            draft.streamed = true;
            if opener.reconnects && draft.repeatable {
                // A new connection belongs to the same call.
                draft.put_key();
                call = draft.try_clone();
            }
        }
        let returns_redirects = draft.redirect_policy == RedirectPolicy::Return || draft.operation.returns_redirects;
        let (method, template) = draft.method_and_path();
        let (mode, id) = (SendMode::Async, draft.operation.id);
        let large = draft.client.0.large_bodies.clone();
        let has_own_server = draft.operation.server.is_some() || draft.operation.path.is_empty();
        let missing_base_path = draft.client.0.missing_base_path.clone().filter(|_| !has_own_server);
        let error_context =
            ErrorContext { secrets: draft.secrets(), sent_secrets: draft.sent_secrets.clone(), missing_base_path };
        let needed = !error_context.secrets.is_empty()
            || error_context.sent_secrets.is_some()
            || error_context.missing_base_path.is_some();
        let error_context = needed.then(|| Box::new(error_context));
        (
            draft,
            ResponseContext {
                returns_redirects,
                id,
                large,
                method,
                template,
                success,
                failure,
                call,
                mode,
                error_context,
            },
        )
    }
}

/// The facts of a call that its response needs.
pub(crate) struct ResponseContext<T, E> {
    returns_redirects: bool,
    /// The operation's id.
    id: &'static str,
    method: Method,
    template: Cow<'static, str>,
    success: Success<T, E>,
    failure: DocumentedErrors<E>,
    /// The call, if its response is a stream that may be requested once more.
    call: Option<Box<Draft>>,
    mode: SendMode,
    /// The function that runs the decoding of large bodies.
    large: Option<LargeBodies>,
    /// Boxed, since few calls have one.
    error_context: Option<Box<ErrorContext>>,
}

/// The facts that only the errors of a call need. Few calls have any.
#[derive(Clone, Default)]
struct ErrorContext {
    /// The secrets that must not be shown.
    secrets: Vec<Secret>,
    /// Those of a body that is written while it is sent.
    sent_secrets: Option<SentSecrets>,
    /// The path of the description's server URL, if the path of the caller's URL does not end with it.
    missing_base_path: Option<Arc<str>>,
}

impl<T, E> ResponseContext<T, E> {
    /// Copies the facts for another response.
    pub(crate) fn duplicate(&self) -> Self {
        Self {
            returns_redirects: self.returns_redirects,
            id: self.id,
            method: self.method.clone(),
            template: self.template.clone(),
            success: self.success,
            failure: self.failure,
            call: None,
            mode: self.mode,
            error_context: self.error_context.clone(),
            large: self.large.clone(),
        }
    }

    /// Replaces the success by `()`, for a response whose body the caller reads.
    pub(crate) fn without_value(self) -> ResponseContext<(), E> {
        self.with(Success::Whole(crate::body::empty as ResponseReader<()>))
    }

    /// Replaces the handling of a success.
    pub(super) fn with<U>(self, success: Success<U, E>) -> ResponseContext<U, E> {
        ResponseContext {
            returns_redirects: self.returns_redirects,
            id: self.id,
            method: self.method,
            template: self.template,
            success,
            failure: self.failure,
            call: self.call,
            mode: self.mode,
            error_context: self.error_context,
            large: self.large,
        }
    }

    /// Adds secrets that must not be shown.
    fn hide(&mut self, secrets: impl Iterator<Item = Secret>) {
        let mut secrets = secrets.peekable();
        if secrets.peek().is_some() {
            self.error_context.get_or_insert_default().secrets.extend(secrets);
        }
    }

    /// Returns the redactor of the secrets.
    fn redactor(&self) -> Redactor {
        let sent =
            self.error_context.iter().filter_map(|context| context.sent_secrets.as_ref()).flat_map(SentSecrets::all);
        let sent: Vec<Secret> = sent.collect();
        Redactor::new(self.error_context.iter().flat_map(|context| &context.secrets).chain(&sent))
    }

    pub(super) const fn mode(&self) -> SendMode {
        self.mode
    }

    /// Returns the parts that an error shows or hides: the method, the path template and the secrets.
    pub(super) fn into_error_parts(self) -> (Method, Cow<'static, str>, Vec<Secret>) {
        let error_context = self.error_context.map(|context| *context).unwrap_or_default();
        let mut secrets = error_context.secrets;
        secrets.extend(error_context.sent_secrets.iter().flat_map(SentSecrets::all));
        (self.method, self.template, secrets)
    }

    /// Creates the error of a part of a response that does not match the description.
    pub(crate) fn decode_error(&self, error: DecodeError, raw: RawResponse) -> Error<E> {
        self.value_decode_error("the response", error, raw)
    }

    /// Creates the error of a value in a stream that does not match the description.
    pub(crate) fn value_decode_error(&self, what: &str, error: DecodeError, raw: RawResponse) -> Error<E> {
        let error = error.redacted(&self.redactor());
        let message = format!("{what} does not match the description: {error}");
        self.duplicate().error(ErrorKind::Decode, message, Some(error.into()), raw).into_error(None)
    }

    /// Reports the misfits that did not fail the response.
    pub(crate) fn report_misfits(&self, raw: &RawResponse) -> Vec<DecodeError> {
        if !raw.has_misfits() {
            return Vec::new();
        }
        let redactor = self.redactor();
        raw.report_misfits(|misfit| misfit.redacted(&redactor))
    }

    /// Converts the result of the pipeline to the result of the call: decodes a success, or creates the error of a
    /// failure.
    pub(crate) fn into_result(
        mut self,
        result: Result<PipelineResponse, Box<UntypedError>>,
    ) -> Result<Response<T>, Error<E>> {
        let PipelineResponse { raw, stream, credentials, cross_origin_secrets } =
            result.map_err(|error| error.into_error(None))?;
        let secrets = credentials.iter().map(|credential| credential.value.clone());
        let secrets = secrets.chain(cross_origin_secrets.into_iter().flatten());
        // 304 is not a redirect: it has neither a location nor a value (RFC 9110, section 15.4.5).
        let is_redirect = raw.status.is_redirection() && raw.status != StatusCode::NOT_MODIFIED;
        let succeeded = raw.status.is_success() || (self.returns_redirects && is_redirect);
        if !succeeded {
            self.hide(secrets);
            return Err(self.into_api_error(raw));
        }
        let read = match self.success {
            Success::Whole(read) => read,
            Success::Streamed(opener) => {
                self.hide(secrets);
                return self.into_stream(opener, raw, stream);
            }
        };
        let large = self.large.as_ref().filter(|_| matches!(self.mode, SendMode::Async));
        let value = match large.filter(|large| raw.body.len() >= large.min_bytes) {
            Some(large) => large.run(|| read(&raw)),
            None => read(&raw),
        };
        match value {
            Ok(value) => {
                if !raw.has_misfits() {
                    return Ok(Response::new(raw, value, Vec::new()));
                }
                self.hide(secrets);
                let misfits = self.report_misfits(&raw);
                Ok(Response::new(raw, value, misfits))
            }
            Err(error) => {
                self.hide(secrets);
                Err(self.success_decode_error(error, raw))
            }
        }
    }

    /// Creates the error of a response with an error status: with its decoded body, and the server's message.
    fn into_api_error(self, raw: RawResponse) -> Error<E> {
        let compressed = compressed(&raw);
        let api = self.failure.read(&raw).map_err(|error| compressed.clone().unwrap_or(error));
        let message = || message_of(&raw.body, &self.redactor());
        let mut message = compressed.map_or_else(message, |error| error.to_string());
        self.report_misfits(&raw);
        let missing = self.error_context.as_ref().and_then(|context| context.missing_base_path.as_ref());
        if let Some(path) = missing.filter(|_| raw.status == StatusCode::NOT_FOUND && is_of_no_route(&raw, &message)) {
            message.push_str(&format!(" (`base_url` leaves out the path `{path}` of the description's server)"));
        }
        self.error(ErrorKind::Api, message, None, raw).into_error(Some(api))
    }

    /// Creates the stream of a success whose body is returned unread.
    fn into_stream(
        mut self,
        opener: StreamOpener<T, E>,
        raw: RawResponse,
        body: Option<Body>,
    ) -> Result<Response<T>, Error<E>> {
        let StreamOpener { open, end, .. } = opener;
        let head = raw.clone();
        let call = self.call.take();
        // A redirect that counts as a success has no stream: the pipeline streams only bodies of 2XX.
        let body = body.unwrap_or_else(|| raw.body.clone().into());
        let response = StreamedResponse::new(raw, body, self.without_value());
        let value = open(Opened { response, end, call })?;
        Ok(Response::new(head, value, Vec::new()))
    }

    /// Creates the error of a success whose body cannot be decoded, with advice.
    fn success_decode_error(&self, error: DecodeError, raw: RawResponse) -> Error<E> {
        if let Some(compressed) = compressed(&raw) {
            return self.decode_error(compressed, raw);
        }
        // Only JSON may be optional.
        let xml = raw.media_type().is_some_and(|media| media.to_ascii_lowercase().ends_with("xml"));
        let error = if is_blank(&raw) && !xml && self.id != UNDOCUMENTED && error.is_whole_value() {
            error.with_help(format_args!("the generator's setting `optional = [{:?}]` reads it as `None`", self.id))
        } else {
            error
        };
        self.decode_error(error, raw)
    }

    /// Creates the error of this call, with its response.
    pub(super) fn error(
        self,
        kind: ErrorKind,
        message: String,
        source: Option<Cause>,
        raw: RawResponse,
    ) -> UntypedError {
        let (method, template, secrets) = self.into_error_parts();
        let response = Some(raw);
        UntypedError {
            kind,
            method,
            template,
            message,
            response,
            source,
            transport: None,
            secrets,
            is_cross_origin: false,
        }
    }
}

/// Returns `true` when the message of a status 404 may mean the URL, and not a resource of the API.
fn is_of_no_route(raw: &RawResponse, message: &str) -> bool {
    let words = message.to_ascii_lowercase();
    let usual =
        ["not found", "not_found", "notfound", "no message", "cannot ", "route", "path", "url", "endpoint", "page"];
    !raw.media_type().is_some_and(|media| media.ends_with("json"))
        || message.starts_with(['{', '['])
        || usual.iter().any(|usual| words.contains(usual))
}

impl<T: 'static, E: 'static> IntoFuture for AnyCall<T, E> {
    type Output = Result<Response<T>, Error<E>>;
    type IntoFuture = BoxFuture<'static, Self::Output>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(self.send())
    }
}
