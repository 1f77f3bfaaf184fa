//! What a response's body is read as. Each is a function, so that a call carries a pointer to it and not its code.

pub mod form;
pub mod item_stream;
pub mod multipart;
#[cfg(feature = "xml")]
pub mod xml;

use crate::body::multipart::Part;
use crate::call::response::{RawResponse, is_json, is_latin, latin_text};
use crate::codec::tree::{Tree, Trials};
use crate::codec::{Decode, DecodeError, DecodeErrorKind, string};
use bytes::Bytes;
use serde_json::Value;

/// Reads what the description calls JSON. A string is JSON or the text as it is, by the response's `Content-Type` (RFC 9110,
/// section 8.3): see [`text`].
///
/// # Errors
/// The body is empty, or is not of this type.
pub fn json<T: Decode>(response: &RawResponse) -> Result<T, DecodeError> {
    read(response, Described::Json)
}

/// Reads JSON where an empty body or `null` is expected too, which are `None`.
///
/// # Errors
/// The body is something else than this type.
pub fn json_or_empty<T: Decode>(response: &RawResponse) -> Result<Option<T>, DecodeError> {
    if is_blank(response) { Ok(None) } else { json(response).map(Some) }
}

/// Whether the body is empty or `null`.
pub(crate) fn is_blank(response: &RawResponse) -> bool {
    matches!(response.body.trim_ascii(), b"" | b"null")
}

/// Reads what the description calls text. A response of a JSON media type that holds a JSON string is that string; every
/// other body is the text as it is: UTF-8, or Latin-1 where its media type says so.
///
/// # Errors
/// The body is not UTF-8.
pub fn text(response: &RawResponse) -> Result<String, DecodeError> {
    read(response, Described::Text)
}

/// What the description says of a body that may be a string.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Described {
    Json,
    Text,
}

/// What the bytes of a body may be.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Reading {
    Json,
    /// A string, as it is.
    String,
}

/// Decides what the bytes are, and what else they may be where the type does not fit: the response's own media type is
/// asked first, then the description.
fn readings(response: &RawResponse, described: Described) -> [Option<Reading>; 2] {
    use Reading::{Json, String};
    let media = response.media_type().map(str::to_ascii_lowercase);
    match (media.as_deref(), described) {
        (Some(media), Described::Json) if is_json(media) => [Some(Json), None],
        (Some(media), Described::Text) if is_json(media) => [Some(Json), Some(String)],
        (_, Described::Text) => [Some(String), None],
        // Numbers, objects and lists that are sent as text still are what they are; a text in quotes keeps them.
        (Some(media), Described::Json) if is_text(media) && response.body.trim_ascii().starts_with(b"\"") => {
            [Some(String), Some(Json)]
        }
        (_, Described::Json) => [Some(Json), Some(String)],
    }
}

fn read<T: Decode>(response: &RawResponse, described: Described) -> Result<T, DecodeError> {
    let mut value = None;
    attempts(response, described, &mut |reading| {
        value = Some(match reading {
            Reading::Json => response.decode(&response.body)?,
            Reading::String => as_it_is(response)?,
        });
        Ok(())
    })?;
    value.ok_or_else(|| DecodeError::new("a body", "none"))
}

/// Tries one reading after the other. The error is that of what the description says.
fn attempts(
    response: &RawResponse,
    described: Described,
    attempt: &mut dyn FnMut(Reading) -> Result<(), DecodeError>,
) -> Result<(), DecodeError> {
    let empty = response.body.is_empty();
    // Nothing at all is no string that was sent as JSON.
    let unsent = empty && described == Described::Json && response.media_type().is_none_or(|media| !is_text(media));
    let mut wrong = None;
    for reading in readings(response, described).into_iter().flatten() {
        let done = match reading {
            Reading::Json if empty => continue,
            Reading::String if unsent => continue,
            Reading::Json | Reading::String => attempt(reading),
        };
        match done {
            Ok(()) => return Ok(()),
            Err(_) if empty && described == Described::Json => {}
            Err(error) if (reading == Reading::Json) == (described == Described::Json) => wrong = Some(error),
            Err(_) => {}
        }
    }
    Err(wrong.unwrap_or_else(|| DecodeError::new("a JSON body", "an empty one")))
}

fn is_text(media: &str) -> bool {
    media.get(..5).is_some_and(|start| start.eq_ignore_ascii_case("text/"))
}

/// A type that may be a string, read from the text as it is.
fn as_it_is<T: Decode>(response: &RawResponse) -> Result<T, DecodeError> {
    let text = Value::String(text_in(response.media_parameter("charset").as_deref(), &response.body)?);
    T::decode(&mut string::Plain(Tree::new(&text, &Trials::default())))
}

/// The error of a body that is compressed in a way that this client does not undo, when that is why it cannot be read.
pub(crate) fn compressed(response: &RawResponse) -> Option<DecodeError> {
    let named = response.headers.get(http::header::CONTENT_ENCODING).and_then(|value| value.to_str().ok());
    let named = named.map(|names| names.trim().to_ascii_lowercase()).filter(|name| !matches!(&**name, "" | "identity"));
    // A browser undoes it and leaves the header: only what is no text counts.
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

/// A form.
///
/// # Errors
/// Returns a [`DecodeError`] when it is not this type.
pub fn form<T: Decode>(response: &RawResponse) -> Result<T, DecodeError> {
    form::read(response, &[])
}

/// The parts of a body in parts, as they came.
///
/// # Errors
/// Returns a [`DecodeError`] when it is not in parts.
pub fn parts(response: &RawResponse) -> Result<Vec<Part>, DecodeError> {
    response.parts()
}

/// The parts of a body in parts, each as a value.
///
/// # Errors
/// Returns a [`DecodeError`] when it is not in parts, or one is not this type.
pub fn values<T: Decode>(response: &RawResponse) -> Result<Vec<T>, DecodeError> {
    let parts = response.parts()?.into_iter().enumerate();
    parts.map(|(index, part)| part.value().map_err(|error| error.in_index(index))).collect()
}

/// The bytes as they are.
///
/// # Errors
/// None.
pub fn bytes(response: &RawResponse) -> Result<Bytes, DecodeError> {
    Ok(response.body.clone())
}

/// Nothing; a body that came all the same is passed over.
///
/// # Errors
/// None.
pub fn empty(_response: &RawResponse) -> Result<(), DecodeError> {
    Ok(())
}

/// JSON of any kind, or the text when it is none; null when there is no body.
///
/// # Errors
/// Returns a [`DecodeError`] when it is not even UTF-8, or goes beyond the client's bounds.
pub fn any(response: &RawResponse) -> Result<Value, DecodeError> {
    if response.body.is_empty() {
        return Ok(Value::Null);
    }
    response.decode(&response.body).or_else(|error| match error.kind() {
        DecodeErrorKind::Unexpected => text(response).map(Value::String),
        _ => Err(error),
    })
}
