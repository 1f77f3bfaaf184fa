//! JSON bytes in and out, and the bridge to serde that `model!` prints.

use super::context::{Context, Decoding};
use super::recovery::Recovery;
use super::repair::{Repaired, repair};
use super::serde_sink::Serde;
use super::serde_source::{Reader, said};
use super::tree::{Tree, Trials};
use super::{Decode, DecodeError, DecodeErrorKind, Encode, EncodeError, Source};
use serde::de::Error;
use serde::{Deserializer, Serialize, Serializer};
use serde_json::Value;

/// What some programs write before UTF-8. RFC 8259, section 8.1, allows to pass over it.
const BYTE_ORDER_MARK: &[u8] = b"\xEF\xBB\xBF";

/// Reads one value from JSON; nothing may follow it. A byte order mark before it is passed over. A character that no string
/// can hold (half a surrogate pair, bytes that are not UTF-8) is read as U+FFFD; [`read_json_slice`] says where.
///
/// # Errors
/// When the bytes are not JSON, or not of this type: one error names up to 16 places that are not. When the value takes more than
/// 256 MiB of memory, or nests more than 512 levels deep.
pub fn from_json_slice<T: Decode>(bytes: &[u8]) -> Result<T, DecodeError> {
    read_json_slice(bytes).map(|(value, _)| value)
}

/// Reads one value from JSON, as [`from_json_slice`] does, and names the places that hold something else than what came.
///
/// # Errors
/// As for [`from_json_slice`].
pub fn read_json_slice<T: Decode>(bytes: &[u8]) -> Result<(T, Vec<DecodeError>), DecodeError> {
    read(bytes, Decoding::new())
}

/// Reads a value, and gives the misfits that did not fail it.
pub(crate) fn read<T: Decode>(bytes: &[u8], how: Decoding) -> Result<(T, Vec<DecodeError>), DecodeError> {
    let mut value = None;
    let misfits = decode(bytes, how, &mut |source| {
        value = Some(T::decode(source)?);
        Ok(())
    })?;
    value.map(|value| (value, misfits)).ok_or_else(|| DecodeError::new("a value", "nothing"))
}

/// JSON without the byte order mark before it.
pub(crate) fn without_mark(bytes: &[u8]) -> &[u8] {
    bytes.strip_prefix(BYTE_ORDER_MARK).unwrap_or(bytes)
}

/// Reads JSON of any shape, as far as it can be read; null where it cannot.
pub(crate) fn any_json(bytes: &[u8]) -> Value {
    from_json_slice(bytes).unwrap_or_default()
}

/// What takes a value from a source.
type Build<'a> = dyn FnMut(&mut dyn Source) -> Result<(), DecodeError> + 'a;

fn decode(bytes: &[u8], how: Decoding, build: &mut Build<'_>) -> Result<Vec<DecodeError>, DecodeError> {
    let bytes = without_mark(bytes);
    let done = match std::str::from_utf8(bytes) {
        Ok(text) => strictly(text, how, build),
        Err(error) => Err(DecodeError::new("UTF-8", format!("other bytes at offset {}", error.valid_up_to()))),
    };
    match done {
        Ok(()) => Ok(Vec::new()),
        Err(error) => again(bytes, how, build, error),
    }
}

/// Reads a value in which everything is as it should be.
fn strictly(text: &str, how: Decoding, build: &mut Build<'_>) -> Result<(), DecodeError> {
    let mut deserializer = serde_json::Deserializer::from_str(text);
    // The context counts levels.
    deserializer.disable_recursion_limit();
    build(&mut Reader::within(&mut deserializer, &Context::new(how)))?;
    deserializer.end().map_err(|error| said(&error))
}

/// Reads a value in which something is not as it should be, which costs more than reading others: what no string can hold is
/// replaced, and all that is not of its type is found.
#[cold]
fn again(
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
    let (done, found, more) = on(&value, Context::recovering(how), build);
    match done {
        Ok(()) if how.lenient => misfits.extend(found),
        Ok(()) => return Err(error),
        Err(mut all) => {
            let recovered = how.lenient.then(|| on(&value, Context::recovering_items(how), build));
            if let Some((Ok(()), found, _)) = recovered {
                misfits.extend(found);
                return Ok(misfits);
            }
            found.into_iter().for_each(|misfit| all.join(misfit));
            // Of one alone, the first reading says it best.
            let alone = all.each().count() == 1 && all.path() == error.path();
            return Err(if alone { error } else { all.and_more(more) });
        }
    }
    Ok(misfits)
}

/// Reads on behind misfits, and gives those that were left out of their fields.
fn on(value: &Value, context: Context, build: &mut Build<'_>) -> (Result<(), DecodeError>, Vec<DecodeError>, usize) {
    let done = build(&mut Tree::new(value, &Trials::default()).within(Some(&context)));
    let (found, more) = context.recovery.map(Recovery::into_found).unwrap_or_default();
    (done, found, more)
}

/// Reads a model from JSON that is already a tree.
///
/// # Errors
/// When it is not this type.
pub fn from_value<T: Decode>(value: &Value) -> Result<T, DecodeError> {
    T::decode(&mut Tree::new(value, &Trials::default()))
}

/// Writes a model as JSON.
///
/// # Errors
/// When it holds a number that JSON does not have.
pub fn to_json_vec(value: &dyn Encode) -> Result<Vec<u8>, EncodeError> {
    serde_json::to_vec(&Serde::whole(value)).map_err(|error| EncodeError::new(error.to_string()))
}

/// Writes what a caller sends of a model as JSON: without the properties that only servers send (`readOnly`).
///
/// # Errors
/// When it holds a number that JSON does not have.
pub fn to_request_vec(value: &dyn Encode) -> Result<Vec<u8>, EncodeError> {
    serde_json::to_vec(&Serde::request(value)).map_err(|error| EncodeError::new(error.to_string()))
}

/// Writes a model as a JSON tree.
///
/// # Errors
/// When it holds a number that JSON does not have.
pub fn to_value(value: &dyn Encode) -> Result<Value, EncodeError> {
    serde_json::to_value(Serde::whole(value)).map_err(|error| EncodeError::new(error.to_string()))
}

/// Writes what a caller sends of a model as a JSON tree: without the properties that only servers send (`readOnly`).
///
/// # Errors
/// When it holds a number that JSON does not have.
pub fn to_request_value(value: &dyn Encode) -> Result<Value, EncodeError> {
    serde_json::to_value(Serde::request(value)).map_err(|error| EncodeError::new(error.to_string()))
}

/// What `model!` calls for `serde::Deserialize`.
///
/// # Errors
/// The format's own, with the path in the text.
pub fn deserialize<'de, T: Decode, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    T::decode(&mut Reader::new(deserializer)).map_err(D::Error::custom)
}

/// What `model!` calls for `serde::Serialize`.
///
/// # Errors
/// The format's own.
pub fn serialize<S: Serializer>(value: &dyn Encode, serializer: S) -> Result<S::Ok, S::Error> {
    Serde::whole(value).serialize(serializer)
}
