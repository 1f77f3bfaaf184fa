//! The response of a call.

mod limits;
mod parameter;
mod request_id;
#[cfg(feature = "drift")]
mod watched;

use crate::codec::context::Decoding;
#[cfg(feature = "drift")]
use crate::codec::drift::Watch;
use crate::codec::json::{read, without_mark};
use crate::codec::misfits::MisfitPolicy;
use crate::codec::tree::{Tree, TrialResults};
use crate::codec::{self, Decode, DecodeError};
use bytes::Bytes;
use futures_core::Stream;
use http::{HeaderMap, StatusCode};
pub(crate) use limits::ClientLimits;
pub use limits::XmlLimits;
pub(crate) use parameter::parameter;
pub(crate) use request_id::request_id;
use serde_json::Value;
use std::borrow::Cow;
use std::fmt;
use std::ops::{Deref, DerefMut};
use std::pin::Pin;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::task::{Context, Poll};

/// A function that decodes a response.
#[doc(hidden)]
pub type ResponseReader<T> = fn(&RawResponse) -> Result<T, DecodeError>;

/// A response as status, headers and bytes. `Debug` shows only the names of the headers and the length of the body,
/// because both may contain secrets.
#[derive(Clone)]
pub struct RawResponse {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
    /// The client's limits for decoding the body.
    pub(crate) limits: Arc<ClientLimits>,
    policy: MisfitPolicy,
    /// The misfits that did not fail the response and are not reported yet.
    misfits: OnceLock<Arc<Mutex<Vec<DecodeError>>>>,
    #[cfg(feature = "drift")]
    watch: Option<Arc<Watch>>,
}

impl fmt::Debug for RawResponse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = f.debug_struct("RawResponse");
        shown.field("status", &self.status).field("headers", &HeaderNames(&self.headers));
        shown.field("body", &format_args!("{} bytes", self.body.len())).finish()
    }
}

/// Shows the names of headers, because the values may be secrets, such as `Set-Cookie`.
struct HeaderNames<'h>(&'h HeaderMap);

impl fmt::Debug for HeaderNames<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.0.keys().map(http::HeaderName::as_str)).finish()
    }
}

impl RawResponse {
    /// Creates a response whose body is decoded within the limits and by the policy of its client.
    pub(crate) fn new(
        status: StatusCode,
        headers: HeaderMap,
        body: Bytes,
        limits: Arc<ClientLimits>,
        policy: MisfitPolicy,
    ) -> Self {
        Self {
            status,
            headers,
            body,
            limits,
            policy,
            misfits: OnceLock::new(),
            #[cfg(feature = "drift")]
            watch: None,
        }
    }

    /// Replaces the body.
    pub(crate) fn with_body(&self, body: Bytes) -> Self {
        Self {
            headers: self.headers.clone(),
            limits: self.limits.clone(),
            policy: self.policy.clone(),
            misfits: OnceLock::new(),
            #[cfg(feature = "drift")]
            watch: self.watch.clone(),
            body,
            ..*self
        }
    }

    /// Decodes JSON of this response: its body, or a part of it.
    ///
    /// # Errors
    /// Returns a [`DecodeError`] when the JSON is not of this type, or is beyond the client's limits.
    pub(crate) fn decode<T: Decode>(&self, json: &[u8]) -> Result<T, DecodeError> {
        // UTF-8 is the default of JSON. Some servers name another charset in the header.
        let json = match std::str::from_utf8(json) {
            Err(_) if self.is_latin() => Cow::Owned(latin_text(json).into_bytes()),
            _ => Cow::Borrowed(json),
        };
        #[cfg(feature = "drift")]
        self.compare::<T>(&json);
        let (value, misfits) = read(&json, self.decoding())?;
        if !misfits.is_empty() {
            self.misfits.get_or_init(Arc::default).lock().unwrap_or_else(PoisonError::into_inner).extend(misfits);
        }
        Ok(value)
    }

    /// Returns `true` when the response declares its text as Latin-1.
    fn is_latin(&self) -> bool {
        self.media_parameter("charset").as_deref().is_some_and(is_latin)
    }

    /// Decodes any JSON to a tree.
    ///
    /// # Errors
    /// Returns a [`DecodeError`] when the bytes are not JSON, or are beyond the client's limits.
    pub(crate) fn decode_tree(&self, json: &[u8]) -> Result<Value, DecodeError> {
        read(json, self.decoding()).map(|(value, _)| value)
    }

    /// Decodes a value from a tree of strings.
    ///
    /// # Errors
    /// Returns a [`DecodeError`] when the value is not of this type, or is beyond the client's limits.
    pub(crate) fn decode_texts<T: Decode>(&self, value: &Value) -> Result<T, DecodeError> {
        let context = codec::Context::new(self.decoding());
        T::decode(&mut Tree::of_strings(value, &TrialResults::default()).within(Some(&context)))
    }

    /// Returns the body of JSON in UTF-8 without a byte order mark. Invalid bytes become invalid escapes, so that a
    /// decoded value reports a misfit for them.
    pub(crate) fn text_body(&self) -> Bytes {
        let body = without_mark(&self.body);
        match std::str::from_utf8(body) {
            Ok(_) => self.body.slice_ref(body),
            Err(_) if self.is_latin() => latin_text(body).into(),
            Err(_) => {
                let odd = |bytes: &[u8]| if bytes.is_empty() { "" } else { "\\udc80" };
                let text: String = body.utf8_chunks().flat_map(|chunk| [chunk.valid(), odd(chunk.invalid())]).collect();
                text.into()
            }
        }
    }

    fn decoding(&self) -> Decoding {
        self.limits.decoding(self.policy.lenient)
    }

    /// Takes the misfits since the last call, and reports them to the client's function. `hide` removes the secrets
    /// of each.
    pub(crate) fn report_misfits(&self, hide: impl Fn(DecodeError) -> DecodeError) -> Vec<DecodeError> {
        let misfits =
            self.misfits.get().map(|found| std::mem::take(&mut *found.lock().unwrap_or_else(PoisonError::into_inner)));
        let misfits: Vec<DecodeError> = misfits.into_iter().flatten().map(hide).collect();
        self.policy.report(&misfits);
        misfits
    }

    /// Returns `true` when there are unreported misfits.
    pub(crate) fn has_misfits(&self) -> bool {
        self.misfits.get().is_some_and(|found| !found.lock().unwrap_or_else(PoisonError::into_inner).is_empty())
    }

    /// Returns the status.
    #[must_use]
    pub const fn status(&self) -> StatusCode {
        self.status
    }

    /// Returns the headers.
    #[must_use]
    pub const fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// Returns the body as bytes.
    #[must_use]
    pub const fn raw_body(&self) -> &Bytes {
        &self.body
    }

    /// Decodes the body, which must be JSON, as a type of the crate or [`Json`](crate::Json). For a type of your own, pass
    /// [`raw_body`](Self::raw_body) to `serde_json::from_slice`.
    ///
    /// # Errors
    /// Returns a [`DecodeError`] when the body is not of this type, or is beyond the client's limits.
    pub fn body_as<T: Decode>(&self) -> Result<T, DecodeError> {
        self.decode(&self.body)
    }

    /// Returns the media type without its parameters.
    #[must_use]
    pub fn media_type(&self) -> Option<&str> {
        self.content_type()?.split(';').next().map(str::trim)
    }

    /// Returns the media type with its parameters.
    pub(crate) fn content_type(&self) -> Option<&str> {
        self.headers.get(http::header::CONTENT_TYPE)?.to_str().ok()
    }

    /// Returns `true` when the media type is this one or of this range (`image/*`), whatever its case and parameters
    /// (RFC 9110, section 8.3.1).
    #[must_use]
    pub fn is_media(&self, name: &str) -> bool {
        let Some(media) = self.media_type() else { return false };
        match name.strip_suffix('*') {
            Some("*/") => true,
            Some(range) => media.get(..range.len()).is_some_and(|start| start.eq_ignore_ascii_case(range)),
            None => media.eq_ignore_ascii_case(name),
        }
    }

    /// Returns a parameter of the media type, such as `charset`.
    pub(crate) fn media_parameter(&self, name: &str) -> Option<String> {
        parameter(self.content_type()?, name)
    }
}

/// Returns `true` when a media type is JSON: `application/json`, `text/json`, `+json`. It must be in lower case and
/// without parameters.
pub(crate) fn is_json(media: &str) -> bool {
    media.ends_with("/json") || media.ends_with("+json")
}

/// Returns `true` when a charset is Latin-1.
pub(crate) fn is_latin(charset: &str) -> bool {
    ["iso-8859-1", "latin1"].iter().any(|name| name.eq_ignore_ascii_case(charset))
}

/// Decodes bytes of Latin-1.
pub(crate) fn latin_text(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| char::from(*byte)).collect()
}

/// The value of a successful call, with its status and headers. It dereferences to the value. `Debug` shows only the
/// names of the headers, because the values may be secrets.
#[derive(Clone)]
pub struct Response<T> {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    /// The body as bytes.
    pub(crate) body: Bytes,
    pub(crate) value: T,
    misfits: Box<[DecodeError]>,
    /// The client's limits for decoding the body.
    limits: Arc<ClientLimits>,
}

impl<T: fmt::Debug> fmt::Debug for Response<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = f.debug_struct("Response");
        shown
            .field("status", &self.status)
            .field("headers", &HeaderNames(&self.headers))
            .field("value", &self.value)
            .finish()
    }
}

impl<T> Response<T> {
    /// Creates a response from a value.
    pub(crate) fn new(raw: RawResponse, value: T, misfits: Vec<DecodeError>) -> Self {
        Self {
            status: raw.status,
            headers: raw.headers,
            body: raw.body,
            value,
            misfits: misfits.into(),
            limits: raw.limits,
        }
    }

    /// Returns the places of the body that differ from the description and did not fail the response, each with its
    /// path; at most 16. They are values that [`ClientBuilder::lenient`](crate::ClientBuilder::lenient) stored in
    /// `extra`, and strings with invalid characters, which are U+FFFD in the value.
    #[must_use]
    pub fn misfits(&self) -> &[DecodeError] {
        &self.misfits
    }

    /// Returns the status.
    #[must_use]
    pub const fn status(&self) -> StatusCode {
        self.status
    }

    /// Returns the headers.
    #[must_use]
    pub const fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// Returns the body as bytes, whatever the type of the value, even if the description has no body for this response
    /// and the value is `()`. Empty for streams.
    #[must_use]
    pub const fn raw_body(&self) -> &Bytes {
        &self.body
    }

    /// Decodes the body, which must be JSON, as another type. It is for responses whose body the type of the call leaves
    /// out.
    ///
    /// # Errors
    /// Returns a [`DecodeError`] when the body is not of this type, or is beyond the client's limits.
    pub fn body_as<D: Decode>(&self) -> Result<D, DecodeError> {
        let (limits, policy) = (Arc::clone(&self.limits), MisfitPolicy::new());
        RawResponse::new(self.status, self.headers.clone(), Bytes::new(), limits, policy).decode(&self.body)
    }

    /// Returns the value and drops the rest.
    #[must_use]
    pub fn into_inner(self) -> T {
        self.value
    }

    /// Returns the server's identifier of the request, if it sent one: the value of `x-request-id`, `request-id`,
    /// `x-amzn-requestid` or `x-correlation-id`, else of another header whose name ends with `request-id`.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        request_id(&self.headers)
    }

    /// Replaces the value.
    pub(crate) fn with(self, change: impl FnOnce(T) -> T) -> Self {
        Self { value: change(self.value), ..self }
    }
}

/// Polls the stream that is the value.
impl<T: Stream + Unpin> Stream for Response<T> {
    type Item = T::Item;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        Pin::new(&mut self.value).poll_next(context)
    }
}

/// Iterates over the value.
impl<T: IntoIterator> IntoIterator for Response<T> {
    type Item = T::Item;
    type IntoIter = T::IntoIter;

    fn into_iter(self) -> Self::IntoIter {
        self.value.into_iter()
    }
}

impl<T> Deref for Response<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}

impl<T> DerefMut for Response<T> {
    fn deref_mut(&mut self) -> &mut T {
        &mut self.value
    }
}
