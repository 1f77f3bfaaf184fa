//! A part that was received: its headers, and what it holds.

use super::parser::{MOST, Parser, Wrong};
use crate::body;
use crate::body::form;
use crate::call::response::{RawResponse, Response, is_json, parameter};
use crate::client::Limits;
use crate::codec::json::from_json_slice;
use crate::codec::tree::{Tree, Trials};
use crate::codec::{Decode, DecodeError};
use bytes::Bytes;
use http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use http::{HeaderMap, HeaderName};
use percent_encoding::percent_decode_str;
use serde_json::{Map, Value};

/// A part of an answer in parts, or of a body that is a stream of parts.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Part<T = Bytes> {
    /// What it is called: its name in a form, else its `Content-ID` without the angle brackets.
    pub name: Option<String>,
    /// The name of the file that it is.
    pub file_name: Option<String>,
    /// Its media type, with parameters.
    pub media: Option<String>,
    /// Its headers, these among them.
    pub headers: HeaderMap,
    /// What it holds, as it came.
    pub body: T,
}

impl Part {
    pub(super) fn received(headers: HeaderMap, body: Bytes) -> Self {
        let text = |name: &HeaderName| headers.get(name).map(|value| String::from_utf8_lossy(value.as_bytes()));
        let disposition = text(&CONTENT_DISPOSITION);
        let said = |name: &str| parameter(disposition.as_deref()?, name);
        let id = || Some(text(&HeaderName::from_static("content-id"))?.trim().trim_matches(['<', '>']).to_owned());
        Self {
            name: said("name").map(|name| unquoted(&name)).or_else(id),
            file_name: said("filename*")
                .and_then(|name| extended(&name))
                .or_else(|| Some(unquoted(&said("filename")?))),
            media: text(&CONTENT_TYPE).map(|media| media.trim().to_owned()),
            headers,
            body,
        }
    }

    /// As text: UTF-8, or Latin-1 where the part says so.
    ///
    /// # Errors
    /// Returns a [`DecodeError`] when it is not UTF-8.
    pub fn text(&self) -> Result<String, DecodeError> {
        let charset = self.media.as_deref().and_then(|media| parameter(media, "charset"));
        body::text_in(charset.as_deref(), &self.body)
    }

    /// As JSON.
    ///
    /// # Errors
    /// Returns a [`DecodeError`] when it is not of this type.
    pub fn json<T: Decode>(&self) -> Result<T, DecodeError> {
        from_json_slice(&self.body)
    }

    /// Its own parts, where it is one in parts.
    ///
    /// # Errors
    /// Returns a [`DecodeError`] when it is not.
    pub fn parts(&self) -> Result<Vec<Self>, DecodeError> {
        parts(&self.headers, &self.body)
    }

    /// As a value: JSON where the part says so, else a text that the type may understand otherwise.
    pub(crate) fn value<T: Decode>(&self) -> Result<T, DecodeError> {
        self.tree().and_then(|value| T::decode(&mut Tree::texts(&value, &Trials::default())))
    }

    fn tree(&self) -> Result<Value, DecodeError> {
        let essence = self.media.as_deref().and_then(|media| media.split(';').next()).unwrap_or_default();
        if is_json(&essence.trim().to_ascii_lowercase()) { self.json() } else { self.text().map(Value::String) }
    }
}

impl<T> Part<T> {
    /// A part to be sent that holds this, of the media type that the description says.
    #[must_use]
    pub fn new(body: T) -> Self {
        Self { name: None, file_name: None, media: None, headers: HeaderMap::new(), body }
    }

    /// What it is called: its `Content-ID`.
    #[must_use]
    pub fn named(mut self, name: impl Into<String>) -> Self {
        self.name = Some(name.into());
        self
    }

    /// Of which kind it is.
    #[must_use]
    pub fn with_media(mut self, media: impl Into<String>) -> Self {
        self.media = Some(media.into());
        self
    }

    /// What else its head says.
    #[must_use]
    pub fn with_headers(mut self, headers: HeaderMap) -> Self {
        self.headers = headers;
        self
    }

    /// The same part, holding something else.
    pub(crate) fn with<U>(self, body: U) -> Part<U> {
        Part { name: self.name, file_name: self.file_name, media: self.media, headers: self.headers, body }
    }
}

/// What a part of a stream of parts may hold: a value, or its bytes as they came.
pub trait PartBody: Sized {
    /// What the part holds.
    ///
    /// # Errors
    /// Returns a [`DecodeError`] when it is not of this type.
    fn read(part: &Part) -> Result<Self, DecodeError>;
}

impl<T: Decode> PartBody for T {
    fn read(part: &Part) -> Result<Self, DecodeError> {
        part.value()
    }
}

impl PartBody for Bytes {
    fn read(part: &Part) -> Result<Self, DecodeError> {
        Ok(part.body.clone())
    }
}

/// As browsers write names (HTML, "multipart/form-data encoding algorithm").
fn unquoted(text: &str) -> String {
    text.replace("%22", "\"").replace("%0D", "\r").replace("%0A", "\n")
}

/// `UTF-8''a%20b` (RFC 8187).
fn extended(text: &str) -> Option<String> {
    let (charset, rest) = text.split_once('\'')?;
    let (_language, name) = rest.split_once('\'')?;
    let utf8 = charset.eq_ignore_ascii_case("utf-8").then(|| percent_decode_str(name).decode_utf8().ok())?;
    utf8.map(|name| name.into_owned())
}

impl RawResponse {
    /// The parts of a body in parts (`multipart/…`), in their order.
    ///
    /// # Errors
    /// Returns a [`DecodeError`] when it is not in parts, or is cut off.
    pub fn parts(&self) -> Result<Vec<Part>, DecodeError> {
        parts(&self.headers, &self.body)
    }
}

impl Response<Bytes> {
    /// The parts of a body in parts (`multipart/…`), in their order.
    ///
    /// # Errors
    /// Returns a [`DecodeError`] when it is not in parts, or is cut off.
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
            Ok(_) if parts.len() >= MOST => {
                return Err(DecodeError::new(format!("at most {MOST} parts"), "more"));
            }
            Ok(part) => parts.push(part),
            Err(Wrong::Other(error)) => return Err(error.in_index(parts.len())),
            // None is larger than the body.
            Err(Wrong::TooLarge) => {
                return Err(DecodeError::new("a smaller part", "a larger one").in_index(parts.len()));
            }
        }
    }
    Ok(parts)
}

/// The parts of an answer that the document names, while they are taken out. For printed types.
#[derive(Debug)]
pub struct Named(
    Vec<Part>,
    #[allow(dead_code, reason = "a generated crate without XML bodies does not read it")] pub(crate) Limits,
);

impl Named {
    /// Reads them all. Where no part has a name, they are called like this, in order.
    ///
    /// # Errors
    /// Returns a [`DecodeError`] when the answer is not in parts, or is cut off.
    pub fn read(response: &RawResponse, names: &[&str]) -> Result<Self, DecodeError> {
        let mut parts = response.parts()?;
        if parts.iter().all(|part| part.name.is_none()) {
            let unnamed = parts.iter_mut().zip(names);
            unnamed.for_each(|(part, name)| part.name = Some((*name).to_owned()));
        }
        Ok(Self(parts, *response.limits))
    }

    /// A value that must be there.
    ///
    /// # Errors
    /// Returns a [`DecodeError`] when it is not, or is something else.
    pub fn required<T: Decode>(&mut self, name: &str) -> Result<T, DecodeError> {
        self.optional(name)?.ok_or_else(|| DecodeError::missing(name))
    }

    /// A value, of one part or of several.
    ///
    /// # Errors
    /// Returns a [`DecodeError`] when it is something else.
    pub fn optional<T: Decode>(&mut self, name: &str) -> Result<Option<T>, DecodeError> {
        let mut found = Map::new();
        for part in self.files(name) {
            form::add(&mut found, name, part.tree().map_err(|error| error.in_key(name))?);
        }
        let value = found.get(name).map(|value| T::decode(&mut Tree::texts(value, &Trials::default())));
        value.transpose().map_err(|error| error.in_key(name))
    }

    /// A part that must be there, as it came.
    ///
    /// # Errors
    /// Returns a [`DecodeError`] when it is not.
    pub fn required_file(&mut self, name: &str) -> Result<Part, DecodeError> {
        self.file(name).ok_or_else(|| DecodeError::missing(name))
    }

    /// A part as it came.
    pub fn file(&mut self, name: &str) -> Option<Part> {
        let place = self.0.iter().position(|part| part.name.as_deref() == Some(name))?;
        Some(self.0.remove(place))
    }

    /// All parts of a name, as they came.
    pub fn files(&mut self, name: &str) -> Vec<Part> {
        let (found, rest) =
            std::mem::take(&mut self.0).into_iter().partition(|part| part.name.as_deref() == Some(name));
        self.0 = rest;
        found
    }

    /// The parts that are left.
    #[must_use]
    pub fn rest(self) -> Vec<Part> {
        self.0
    }
}
