//! JSON bytes to models and back, and the bridge to serde that `model!` uses.

pub(super) mod scan;
mod sink;
pub(super) mod source;
pub(super) mod text;
pub(super) mod watch;

use super::context::{Context, Decoding};
use super::recovery::Recovery;
use super::repair::{Repaired, repair};
use super::serde_sink::Serde;
use super::serde_source::{Reader, from_serde};
use super::tree::{Tree, TrialResults};
use super::{Decode, DecodeError, DecodeErrorKind, Encode, EncodeError, Source};
use crate::secrets::collect_named;
use serde::de::Error;
use serde::{Deserializer, Serialize, Serializer};
use serde_json::Value;
use sink::JsonSink;
use source::JsonSource;

/// The byte order mark that some programs write before UTF-8. RFC 8259, section 8.1, allows to ignore it.
const BYTE_ORDER_MARK: &[u8] = b"\xEF\xBB\xBF";

/// Reads one value from JSON. Ignores a byte order mark before it, and allows nothing after it. Replaces characters
/// that no Rust string can hold (half a surrogate pair, bytes that are not UTF-8) by U+FFFD; [`read_json_slice`]
/// returns their places.
///
/// # Errors
/// Returns a [`DecodeError`] when the bytes are not JSON or not of this type, when the value takes more than 256 MiB of
/// memory, or when it nests deeper than 512 levels. One error names up to 16 places.
pub fn from_json_slice<T: Decode>(bytes: &[u8]) -> Result<T, DecodeError> {
    read_json_slice(bytes).map(|(value, _)| value)
}

/// Reads one value from JSON like [`from_json_slice`], and returns the places of replaced characters.
///
/// # Errors
/// Returns the errors of [`from_json_slice`].
pub fn read_json_slice<T: Decode>(bytes: &[u8]) -> Result<(T, Vec<DecodeError>), DecodeError> {
    read(bytes, Decoding::new())
}

/// Reads a value, and returns its misfits.
pub(crate) fn read<T: Decode>(bytes: &[u8], how: Decoding) -> Result<(T, Vec<DecodeError>), DecodeError> {
    let mut value = None;
    let misfits = decode(bytes, how, &mut |source| {
        value = Some(T::decode(source)?);
        Ok(())
    })?;
    value.map(|value| (value, misfits)).ok_or_else(|| DecodeError::new("a value", "nothing"))
}

/// Reads one value as [`from_json_slice`] does in its first pass, without the description of an error. For tests that
/// compare the passes.
#[doc(hidden)]
#[must_use]
pub fn from_json_once<T: Decode>(text: &str) -> Option<T> {
    let mut value = None;
    let build = &mut |source: &mut dyn Source| {
        value = Some(T::decode(source)?);
        Ok(())
    };
    once(text, Decoding::new(), build).ok().and(value)
}

/// Returns the bytes without a leading byte order mark.
pub(crate) fn without_mark(bytes: &[u8]) -> &[u8] {
    bytes.strip_prefix(BYTE_ORDER_MARK).unwrap_or(bytes)
}

/// Reads any JSON, or null if the bytes are not JSON.
pub(crate) fn any_json(bytes: &[u8]) -> Value {
    from_json_slice(bytes).unwrap_or_default()
}

/// A function that builds a value from a source.
type Build<'a> = dyn FnMut(&mut dyn Source) -> Result<(), DecodeError> + 'a;

fn decode(bytes: &[u8], how: Decoding, build: &mut Build<'_>) -> Result<Vec<DecodeError>, DecodeError> {
    let bytes = without_mark(bytes);
    let done = match std::str::from_utf8(bytes) {
        Ok(text) => strictly(text, how, build),
        Err(error) => Err(DecodeError::new("UTF-8", format!("other bytes at offset {}", error.valid_up_to()))),
    };
    match done {
        Ok(()) => Ok(Vec::new()),
        Err(error) => recover(bytes, how, build, error),
    }
}

/// Reads a value, and fails at the first place that is not of its type.
fn strictly(text: &str, how: Decoding, build: &mut Build<'_>) -> Result<(), DecodeError> {
    match once(text, how, build) {
        Err(error) if error.kind() == DecodeErrorKind::Unexpected => by_serde(text, how, build),
        done => done,
    }
}

/// Reads a value in one pass. Its errors say only that the text was refused.
fn once(text: &str, how: Decoding, build: &mut Build<'_>) -> Result<(), DecodeError> {
    let context = Context::new(how);
    let mut source = JsonSource::new(text, &context);
    build(&mut source)?;
    source.end()
}

/// Reads a value that does not match once more, with serde, to get an error that describes the place.
#[cold]
fn by_serde(text: &str, how: Decoding, build: &mut Build<'_>) -> Result<(), DecodeError> {
    let mut deserializer = serde_json::Deserializer::from_str(text);
    // The context counts levels.
    deserializer.disable_recursion_limit();
    build(&mut Reader::within(&mut deserializer, &Context::new(how)))?;
    deserializer.end().map_err(|error| from_serde(&error))
}

/// Reads a value that does not match, at a higher cost: replaces characters that no string can hold, and finds all
/// places that are not of their type.
#[cold]
fn recover(
    bytes: &[u8],
    how: Decoding,
    build: &mut Build<'_>,
    error: DecodeError,
) -> Result<Vec<DecodeError>, DecodeError> {
    if error.kind() != DecodeErrorKind::Unexpected {
        return Err(error);
    }
    let (text, mut misfits, error) = match repair(bytes) {
        Some(Repaired { text, replaced }) => match strictly(&text, how, build) {
            Ok(()) => return Ok(replaced),
            Err(error) => (text, replaced, error),
        },
        None => match std::str::from_utf8(bytes) {
            Ok(text) => (text.to_owned(), Vec::new(), error),
            Err(_) => return Err(error),
        },
    };
    let mut value = Value::Null;
    let free = &mut |source: &mut dyn Source| {
        value = source.any()?;
        Ok(())
    };
    if strictly(&text, how, free).is_err() {
        return Err(error);
    }
    drop(text);
    let (done, found, more) = decode_past_misfits(&value, Context::recovering(how), build);
    match done {
        Ok(()) if how.lenient => misfits.extend(found),
        Ok(()) => return Err(error),
        Err(mut all) => {
            let recovered = how.lenient.then(|| decode_past_misfits(&value, Context::recovering_items(how), build));
            if let Some((Ok(()), found, _)) = recovered {
                misfits.extend(found);
                return Ok(misfits);
            }
            found.into_iter().for_each(|misfit| all.join(misfit));
            // For a single place, the error of the first reading is more exact.
            let alone = all.each().count() == 1 && all.path() == error.path();
            return Err(if alone { error } else { all.and_more(more) });
        }
    }
    Ok(misfits)
}

/// Decodes a value past its misfits, and returns those that were left out of their fields.
fn decode_past_misfits(
    value: &Value,
    context: Context,
    build: &mut Build<'_>,
) -> (Result<(), DecodeError>, Vec<DecodeError>, usize) {
    let done = build(&mut Tree::new(value, &TrialResults::default()).within(Some(&context)));
    let (found, more) = context.recovery.map(Recovery::into_found).unwrap_or_default();
    (done, found, more)
}

/// Returns what a type lacks of a body, and the places where the body cannot be decoded.
#[cfg(feature = "drift")]
pub(crate) fn unlisted<T: Decode>(bytes: &[u8], how: Decoding) -> super::drift::Differences {
    let mut value = Value::Null;
    let parsed = decode(bytes, how, &mut |source| {
        value = source.any()?;
        Ok(())
    });
    let context = Context::watching(how);
    let done = match parsed {
        Ok(_) => T::decode(&mut Tree::new(&value, &TrialResults::default()).within(Some(&context))).map(drop),
        Err(error) => Err(error),
    };
    let mut seen = context.recovery.map(Recovery::into_seen).unwrap_or_default();
    done.err().iter().for_each(|error| seen.fail(error));
    seen
}

/// Reads a model from a tree of JSON.
///
/// # Errors
/// Returns a [`DecodeError`] when it is not this type.
pub fn from_value<T: Decode>(value: &Value) -> Result<T, DecodeError> {
    T::decode(&mut Tree::new(value, &TrialResults::default()))
}

/// Writes a model as JSON.
///
/// # Errors
/// Returns an [`EncodeError`] when it holds a number that JSON does not have.
pub fn to_json_vec(value: &dyn Encode) -> Result<Vec<u8>, EncodeError> {
    JsonSink::write(value, false)
}

/// Writes a model as JSON of a request, without the properties that only servers send (`readOnly`).
///
/// # Errors
/// Returns an [`EncodeError`] when it holds a number that JSON does not have.
pub fn to_request_vec(value: &dyn Encode) -> Result<Vec<u8>, EncodeError> {
    JsonSink::write(value, true)
}

/// Writes a model as a JSON tree.
///
/// # Errors
/// Returns an [`EncodeError`] when it holds a number that JSON does not have.
pub fn to_value(value: &dyn Encode) -> Result<Value, EncodeError> {
    serde_json::to_value(Serde::all_fields(value)).map_err(|error| EncodeError::new(error.to_string()))
}

/// Writes a model as a JSON tree of a request, without the properties that only servers send (`readOnly`).
///
/// # Errors
/// Returns an [`EncodeError`] when it holds a number that JSON does not have.
pub fn to_request_value(value: &dyn Encode) -> Result<Value, EncodeError> {
    serde_json::to_value(Serde::request(value)).map_err(|error| EncodeError::new(error.to_string()))
}

/// Encodes an argument of a request with this name as JSON, and adds its secrets to a running collection.
///
/// # Errors
/// Returns an [`EncodeError`] when it contains a number that JSON does not have.
pub(crate) fn json_of(name: &str, value: &dyn Encode) -> Result<Value, EncodeError> {
    let json = to_request_value(value);
    let json = json.map_err(|error| EncodeError::new(format!("{name} cannot be written: {error}")))?;
    collect_named(name, &json);
    Ok(json)
}

/// Implements `serde::Deserialize` for `model!`.
///
/// # Errors
/// Returns an error of the format, with the path in its text.
pub fn deserialize<'de, T: Decode, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    T::decode(&mut Reader::new(deserializer)).map_err(D::Error::custom)
}

/// Implements `serde::Serialize` for `model!`.
///
/// # Errors
/// Returns an error of the format.
pub fn serialize<S: Serializer>(value: &dyn Encode, serializer: S) -> Result<S::Ok, S::Error> {
    Serde::all_fields(value).serialize(serializer)
}
