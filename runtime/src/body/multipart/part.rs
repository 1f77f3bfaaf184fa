//! A received part: its headers and content.

use super::parser::{MAX_PARTS, Parser, Wrong};
use crate::body::form;
use crate::body::{self, essence};
use crate::codec::json::from_json_slice;
use crate::codec::tree::{Tree, TrialResults};
use crate::codec::{Decode, DecodeError};
use crate::response::{RawResponse, Response, is_json, parameter};
use bytes::Bytes;
use http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use http::{HeaderMap, HeaderName};
use percent_encoding::percent_decode_str;
use serde_json::{Map, Value};

/// A part of a multipart response, or of a request body that is a stream of parts.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Part<T = Bytes> {
    /// The name of the form field, otherwise the `Content-ID` without angle brackets.
    pub name: Option<String>,
    /// The name of the file.
    pub file_name: Option<String>,
    /// The media type, with parameters.
    pub media: Option<String>,
    /// All headers.
    pub headers: HeaderMap,
    /// The content.
    pub body: T,
}

impl Part {
    pub(super) fn received(headers: HeaderMap, body: Bytes) -> Self {
        let text = |name: &HeaderName| headers.get(name).map(|value| String::from_utf8_lossy(value.as_bytes()));
        let disposition = text(&CONTENT_DISPOSITION);
        let value = |name: &str| parameter(disposition.as_deref()?, name);
        let id = || Some(text(&HeaderName::from_static("content-id"))?.trim().trim_matches(['<', '>']).to_owned());
        Self {
            name: value("name").map(|name| unquoted(&name)).or_else(id),
            file_name: value("filename*")
                .and_then(|name| extended(&name))
                .or_else(|| Some(unquoted(&value("filename")?))),
            media: text(&CONTENT_TYPE).map(|media| media.trim().to_owned()),
            headers,
            body,
        }
    }

    /// Decodes the content as text: UTF-8, or Latin-1 if the part says so.
    ///
    /// # Errors
    /// Returns a [`DecodeError`] when the content is not UTF-8.
    pub fn text(&self) -> Result<String, DecodeError> {
        let charset = self.media.as_deref().and_then(|media| parameter(media, "charset"));
        body::text_in(charset.as_deref(), &self.body)
    }

    /// Decodes the content as JSON, within the default limits of memory and nesting.
    ///
    /// # Errors
    /// Returns a [`DecodeError`] when the content is not of this type.
    pub fn json<T: Decode>(&self) -> Result<T, DecodeError> {
        from_json_slice(&self.body)
    }

    /// Returns the parts of a nested multipart part.
    ///
    /// # Errors
    /// Returns a [`DecodeError`] when the content is not multipart.
    pub fn parts(&self) -> Result<Vec<Self>, DecodeError> {
        parts(&self.headers, &self.body)
    }

    /// Decodes the content as a value: JSON if the part says so, otherwise plain text that the type may convert.
    pub(crate) fn value<T: Decode>(&self) -> Result<T, DecodeError> {
        self.tree().and_then(|value| T::decode(&mut Tree::of_strings(&value, &TrialResults::default())))
    }

    /// Decodes the content as a value, within the limits of a response.
    fn value_within<T: Decode>(&self, response: &RawResponse) -> Result<T, DecodeError> {
        self.tree_within(response).and_then(|value| response.decode_texts(&value))
    }

    fn tree(&self) -> Result<Value, DecodeError> {
        if self.is_json() { self.json() } else { self.text().map(Value::String) }
    }

    fn tree_within(&self, response: &RawResponse) -> Result<Value, DecodeError> {
        if self.is_json() { response.decode_tree(&self.body) } else { self.text().map(Value::String) }
    }

    fn is_json(&self) -> bool {
        is_json(&self.media.as_deref().map(essence).unwrap_or_default())
    }
}

impl<T> Part<T> {
    /// Creates a part to send. By default it has the media type of the description.
    #[must_use]
    pub fn new(body: T) -> Self {
        Self { name: None, file_name: None, media: None, headers: HeaderMap::new(), body }
    }

    /// Sets the `Content-ID`.
    #[must_use]
    pub fn named(mut self, name: impl Into<String>) -> Self {
        self.name = Some(name.into());
        self
    }

    /// Sets the media type.
    #[must_use]
    pub fn with_media(mut self, media: impl Into<String>) -> Self {
        self.media = Some(media.into());
        self
    }

    /// Sets further headers.
    #[must_use]
    pub fn with_headers(mut self, headers: HeaderMap) -> Self {
        self.headers = headers;
        self
    }

    /// Replaces the content.
    pub(crate) fn with<U>(self, body: U) -> Part<U> {
        Part { name: self.name, file_name: self.file_name, media: self.media, headers: self.headers, body }
    }
}

/// The content of a part in a stream of parts: a value, or bytes.
pub trait PartBody: Sized {
    /// Decodes the content of a part.
    ///
    /// # Errors
    /// Returns a [`DecodeError`] when the content is not of this type.
    fn read(part: &Part) -> Result<Self, DecodeError>;

    /// Decodes the content of a part of a response, within the limits of its client.
    #[doc(hidden)]
    fn read_within(part: &Part, response: &RawResponse) -> Result<Self, DecodeError> {
        let _ = response;
        Self::read(part)
    }
}

impl<T: Decode> PartBody for T {
    fn read(part: &Part) -> Result<Self, DecodeError> {
        part.value()
    }

    fn read_within(part: &Part, response: &RawResponse) -> Result<Self, DecodeError> {
        part.value_within(response)
    }
}

impl PartBody for Bytes {
    fn read(part: &Part) -> Result<Self, DecodeError> {
        Ok(part.body.clone())
    }
}

/// Removes the escapes of browsers from a name (HTML, "multipart/form-data encoding algorithm").
fn unquoted(text: &str) -> String {
    text.replace("%22", "\"").replace("%0D", "\r").replace("%0A", "\n")
}

/// Decodes a value such as `UTF-8''a%20b` (RFC 8187).
fn extended(text: &str) -> Option<String> {
    let (charset, rest) = text.split_once('\'')?;
    let (_language, name) = rest.split_once('\'')?;
    let utf8 = charset.eq_ignore_ascii_case("utf-8").then(|| percent_decode_str(name).decode_utf8().ok())?;
    utf8.map(|name| name.into_owned())
}

impl RawResponse {
    /// Returns the parts of a multipart body (`multipart/…`) in their order.
    ///
    /// # Errors
    /// Returns a [`DecodeError`] when the body is not multipart, or is incomplete.
    pub fn parts(&self) -> Result<Vec<Part>, DecodeError> {
        parts(&self.headers, &self.body)
    }
}

impl Response<Bytes> {
    /// Returns the parts of a multipart body (`multipart/…`) in their order.
    ///
    /// # Errors
    /// Returns a [`DecodeError`] when the body is not multipart, or is incomplete.
    pub fn parts(&self) -> Result<Vec<Part>, DecodeError> {
        parts(&self.headers, &self.value)
    }
}

fn parts(headers: &HeaderMap, body: &Bytes) -> Result<Vec<Part>, DecodeError> {
    let mut parser = Parser::new(headers, body.len())?;
    parser.feed(body);
    parser.end();
    let mut parts = Vec::new();
    while let Some(part) = parser.next() {
        match part {
            Ok(_) if parts.len() >= MAX_PARTS => {
                return Err(DecodeError::new(format!("at most {MAX_PARTS} parts"), "more"));
            }
            Ok(part) => parts.push(part),
            Err(Wrong::Other(error)) => return Err(error.in_index(parts.len())),
            // No part is larger than the body.
            Err(Wrong::TooLarge) => {
                return Err(DecodeError::new("a smaller part", "a larger one").in_index(parts.len()));
            }
        }
    }
    Ok(parts)
}

/// The parts of a response that the description names. For generated code.
#[derive(Debug)]
pub struct Named<'r>(Vec<Part>, pub(crate) &'r RawResponse);

impl<'r> Named<'r> {
    /// Reads all parts. If no part has a name, they receive these names in order.
    ///
    /// # Errors
    /// Returns a [`DecodeError`] when the body is not multipart, or is incomplete.
    pub fn read(response: &'r RawResponse, names: &[&str]) -> Result<Self, DecodeError> {
        let mut parts = response.parts()?;
        if parts.iter().all(|part| part.name.is_none()) {
            let unnamed = parts.iter_mut().zip(names);
            unnamed.for_each(|(part, name)| part.name = Some((*name).to_owned()));
        }
        Ok(Self(parts, response))
    }

    /// Takes a required value.
    ///
    /// # Errors
    /// Returns a [`DecodeError`] when it is missing, or is not of this type.
    pub fn required<T: Decode>(&mut self, name: &str) -> Result<T, DecodeError> {
        self.optional(name)?.ok_or_else(|| DecodeError::missing(name))
    }

    /// Takes a value, which may consist of several parts.
    ///
    /// # Errors
    /// Returns a [`DecodeError`] when it is not of this type.
    pub fn optional<T: Decode>(&mut self, name: &str) -> Result<Option<T>, DecodeError> {
        let mut found = Map::new();
        for part in self.files(name) {
            form::add(&mut found, name, part.tree_within(self.1).map_err(|error| error.in_key(name))?);
        }
        let value = found.get(name).map(|value| self.1.decode_texts(value));
        value.transpose().map_err(|error| error.in_key(name))
    }

    /// Takes a required part without decoding it.
    ///
    /// # Errors
    /// Returns a [`DecodeError`] when it is missing.
    pub fn required_file(&mut self, name: &str) -> Result<Part, DecodeError> {
        self.file(name).ok_or_else(|| DecodeError::missing(name))
    }

    /// Takes a part without decoding it.
    pub fn file(&mut self, name: &str) -> Option<Part> {
        let place = self.0.iter().position(|part| part.name.as_deref() == Some(name))?;
        Some(self.0.remove(place))
    }

    /// Takes all parts of a name without decoding them.
    pub fn files(&mut self, name: &str) -> Vec<Part> {
        let (found, rest) =
            std::mem::take(&mut self.0).into_iter().partition(|part| part.name.as_deref() == Some(name));
        self.0 = rest;
        found
    }

    /// Returns the other parts.
    #[must_use]
    pub fn rest(self) -> Vec<Part> {
        self.0
    }
}
