//! The functions that decode the bodies of responses, one for each kind of media type, and the modules of single kinds.
//! Generated code refers to them by pointers, so that a call has no copy of their code.

#![doc(hidden)]

#[cfg(not(unused = "file"))]
pub mod file;
#[cfg(not(unused = "form"))]
pub mod form;
#[cfg(not(unused = "streams"))]
pub mod item_stream;
#[cfg(not(unused = "multipart"))]
pub mod multipart;
#[cfg(not(unused = "streams"))]
pub mod sent_data;
#[cfg(feature = "xml")]
pub mod xml;

#[cfg(not(unused = "multipart"))]
use crate::body::multipart::Part;
use crate::codec::tree::{Tree, TrialResults};
use crate::codec::{Decode, DecodeError, DecodeErrorKind, string};
use crate::response::{RawResponse, ResponseReader, is_json, is_latin, latin_text};
use bytes::Bytes;
use serde_json::Value;

/// Decodes a body that the description defines as JSON. A string is decoded from JSON or from plain text, by the
/// response's `Content-Type` (RFC 9110, section 8.3): see [`text`].
///
/// # Errors
/// Returns a [`DecodeError`] when the body is empty, or is not of this type.
pub fn json<T: Decode>(response: &RawResponse) -> Result<T, DecodeError> {
    read(response, Expected::Json)
}

/// Decodes JSON. An empty body, one of white space and `null` become `None`.
///
/// # Errors
/// Returns a [`DecodeError`] when the body is not of this type.
pub fn json_or_empty<T: Decode>(response: &RawResponse) -> Result<Option<T>, DecodeError> {
    if is_blank(response) { Ok(None) } else { json(response).map(Some) }
}

/// Decodes the body of a success. A success with a status whose body has another type than the result of the call is an
/// error.
///
/// # Errors
/// Returns a [`DecodeError`] when the status has another type, or the body is not of this type.
pub fn except<T>(response: &RawResponse, has_another_type: bool, read: ResponseReader<T>) -> Result<T, DecodeError> {
    if has_another_type { Err(DecodeError::of_another_type(response.status.as_u16())) } else { read(response) }
}

/// Returns a media type without its parameters, in lower case.
pub(crate) fn essence(media: &str) -> String {
    media.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
}

/// Returns true if the body is empty, white space or `null`.
pub(crate) fn is_blank(response: &RawResponse) -> bool {
    matches!(response.body.trim_ascii(), b"" | b"null")
}

/// Decodes a body that the description defines as text. A JSON string in a response of a JSON media type is decoded as
/// JSON. Every other body is plain text: UTF-8, or Latin-1 if its media type says so.
///
/// # Errors
/// Returns a [`DecodeError`] when the body is not UTF-8.
pub fn text(response: &RawResponse) -> Result<String, DecodeError> {
    read(response, Expected::Text)
}

/// The description of a body that may be a string.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Expected {
    Json,
    Text,
}

/// An interpretation of a body's bytes.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Reading {
    Json,
    /// A string without encoding.
    String,
}

/// Returns the interpretations of the bytes in the order in which they are tried: by the response's own media type
/// first, then by the description.
fn readings(response: &RawResponse, expected: Expected) -> [Option<Reading>; 2] {
    use Reading::{Json, String};
    let media = response.media_type().map(str::to_ascii_lowercase);
    match (media.as_deref(), expected) {
        (Some(media), Expected::Json) if is_json(media) => [Some(Json), None],
        (Some(media), Expected::Text) if is_json(media) => [Some(Json), Some(String)],
        (_, Expected::Text) => [Some(String), None],
        // Numbers, objects and arrays are JSON even in a plain-text body. A string in quotes keeps its quotes.
        (Some(media), Expected::Json) if is_text(media) && response.body.trim_ascii().starts_with(b"\"") => {
            [Some(String), Some(Json)]
        }
        (_, Expected::Json) => [Some(Json), Some(String)],
    }
}

fn read<T: Decode>(response: &RawResponse, expected: Expected) -> Result<T, DecodeError> {
    let mut value = None;
    try_readings(response, expected, &mut |reading| {
        value = Some(match reading {
            Reading::Json => response.decode(&response.body)?,
            Reading::String => as_it_is(response)?,
        });
        Ok(())
    })?;
    value.ok_or_else(|| DecodeError::new("a body", "none"))
}

/// Tries one interpretation after the other. The error is that of the description's interpretation.
fn try_readings(
    response: &RawResponse,
    expected: Expected,
    decode: &mut dyn FnMut(Reading) -> Result<(), DecodeError>,
) -> Result<(), DecodeError> {
    let empty = response.body.is_empty();
    // An empty body is not a JSON string.
    let unsent = empty && expected == Expected::Json && response.media_type().is_none_or(|media| !is_text(media));
    let mut wrong = None;
    for reading in readings(response, expected).into_iter().flatten() {
        let done = match reading {
            Reading::Json if empty => continue,
            Reading::String if unsent => continue,
            Reading::Json | Reading::String => decode(reading),
        };
        match done {
            Ok(()) => return Ok(()),
            Err(_) if empty && expected == Expected::Json => {}
            Err(error) if (reading == Reading::Json) == (expected == Expected::Json) => wrong = Some(error),
            Err(_) => {}
        }
    }
    Err(wrong.unwrap_or_else(|| DecodeError::new("a JSON body", "an empty one")))
}

fn is_text(media: &str) -> bool {
    media.get(..5).is_some_and(|start| start.eq_ignore_ascii_case("text/"))
}

/// Decodes the body as a plain string, for a type that may be a string.
fn as_it_is<T: Decode>(response: &RawResponse) -> Result<T, DecodeError> {
    let text = Value::String(text_in(response.media_parameter("charset").as_deref(), &response.body)?);
    T::decode(&mut string::Plain(Tree::new(&text, &TrialResults::default())))
}

/// Returns the error of a body in a compression that this client does not support, if that is the reason why it cannot
/// be decoded.
pub(crate) fn compressed(response: &RawResponse) -> Option<DecodeError> {
    let named = response.headers.get(http::header::CONTENT_ENCODING).and_then(|value| value.to_str().ok());
    let named = named.map(|names| names.trim().to_ascii_lowercase()).filter(|name| !matches!(&**name, "" | "identity"));
    // A browser decompresses the body and keeps the header, so only a body that is not text counts.
    let named = named.filter(|_| std::str::from_utf8(&response.body).is_err());
    let found = match &response.body[..] {
        [0x1f, 0x8b, ..] => Some("gzip".to_owned()),
        [0x28, 0xb5, 0x2f, 0xfd, ..] => Some("zstd".to_owned()),
        _ => None,
    };
    let encoding = named.or(found)?;
    let help = match encoding.as_str() {
        "gzip" | "x-gzip" if !cfg!(feature = "gzip") => "; the cargo feature `gzip` decodes it",
        "br" if !cfg!(feature = "brotli") => "; the cargo feature `brotli` decodes it",
        _ => "",
    };
    Some(DecodeError::new("a body that is not compressed", format!("one in the content encoding `{encoding}`{help}")))
}

pub(crate) fn text_in(charset: Option<&str>, bytes: &[u8]) -> Result<String, DecodeError> {
    if charset.is_some_and(is_latin) {
        return Ok(latin_text(bytes));
    }
    let text = std::str::from_utf8(bytes);
    text.map(str::to_owned).map_err(|error| DecodeError::new("UTF-8 text", error.to_string()))
}

/// Decodes a form.
///
/// # Errors
/// Returns a [`DecodeError`] when the body is not of this type.
#[cfg(not(unused = "form"))]
pub fn form<T: Decode>(response: &RawResponse) -> Result<T, DecodeError> {
    form::read(response, &[])
}

/// Returns the parts of a multipart body without decoding them.
///
/// # Errors
/// Returns a [`DecodeError`] when the body is not multipart.
#[cfg(not(unused = "multipart"))]
pub fn parts(response: &RawResponse) -> Result<Vec<Part>, DecodeError> {
    response.parts()
}

/// Decodes each part of a multipart body.
///
/// # Errors
/// Returns a [`DecodeError`] when the body is not multipart, or a part is not of this type.
#[cfg(not(unused = "multipart"))]
pub fn values<T: Decode>(response: &RawResponse) -> Result<Vec<T>, DecodeError> {
    let parts = response.parts()?.into_iter().enumerate();
    parts.map(|(index, part)| part.value().map_err(|error| error.in_index(index))).collect()
}

/// Returns the bytes of the body.
///
/// # Errors
/// Returns no error.
pub fn bytes(response: &RawResponse) -> Result<Bytes, DecodeError> {
    Ok(response.body.clone())
}

/// Ignores the body.
///
/// # Errors
/// Returns no error.
pub fn empty(_response: &RawResponse) -> Result<(), DecodeError> {
    Ok(())
}

/// Decodes any JSON, or plain text if the body is not JSON. An empty body is null.
///
/// # Errors
/// Returns a [`DecodeError`] when the body is not UTF-8, or exceeds the client's limits.
pub fn any(response: &RawResponse) -> Result<Value, DecodeError> {
    if response.body.is_empty() {
        return Ok(Value::Null);
    }
    response.decode(&response.body).or_else(|error| match error.kind() {
        DecodeErrorKind::Unexpected => text(response).map(Value::String),
        _ => Err(error),
    })
}
