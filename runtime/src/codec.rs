//! How every model meets bytes: it reads itself from a [`Source`] and writes itself to a [`Sink`]. Knows JSON's data
//! model; must not know HTTP.

pub mod alternative;
pub mod context;
mod digits;
pub mod error;
pub(crate) mod free;
pub mod json;
mod members;
pub(crate) mod misfits;
pub mod plain;
pub mod record;
pub mod recovery;
mod repair;
pub mod row;
mod scalars;
pub mod serde_sink;
pub mod serde_source;
pub mod slot;
pub(crate) mod string;
pub mod tree;
pub mod union;

pub use context::Context;
pub use error::{DecodeError, DecodeErrorKind, EncodeError};
pub(crate) use members::Members;

/// Something to read one value from. Each method uses the value up.
pub trait Source {
    /// Reads an object: calls `each` with every key, and the source of its value, which `each` must use.
    ///
    /// # Errors
    /// When there is no object, or `each` fails.
    fn record(&mut self, name: &'static str, each: &mut EachField<'_>) -> Result<(), DecodeError>;
    /// Reads an array: calls `each` with the source of every item.
    ///
    /// # Errors
    /// When there is no array, or `each` fails.
    fn list(&mut self, each: &mut EachItem<'_>) -> Result<(), DecodeError>;
    /// Reads `null` as `false`, and anything else with `some`.
    ///
    /// # Errors
    /// When `some` fails.
    fn option(&mut self, some: &mut EachItem<'_>) -> Result<bool, DecodeError>;
    /// Reads a text.
    ///
    /// # Errors
    /// When there is no text.
    fn text(&mut self) -> Result<String, DecodeError>;
    /// Looks at a text without keeping it, or at another value as JSON.
    ///
    /// # Errors
    /// When there is no value.
    fn text_or(
        &mut self,
        text: &mut dyn FnMut(&str),
        other: &mut dyn FnMut(serde_json::Value),
    ) -> Result<(), DecodeError>;
    /// Reads `true` or `false`.
    ///
    /// # Errors
    /// When there is neither.
    fn bool(&mut self) -> Result<bool, DecodeError>;
    /// Reads a whole number; `3.0` is one.
    ///
    /// # Errors
    /// When there is none.
    fn integer(&mut self) -> Result<i128, DecodeError>;
    /// Reads a number.
    ///
    /// # Errors
    /// When there is none.
    fn number(&mut self) -> Result<f64, DecodeError>;
    /// Reads the digits of a number of any size.
    ///
    /// # Errors
    /// When there is no number.
    fn digits(&mut self) -> Result<String, DecodeError>;
    /// Reads whatever there is.
    ///
    /// # Errors
    /// When there is no value.
    fn any(&mut self) -> Result<serde_json::Value, DecodeError>;
    /// Passes over whatever there is.
    ///
    /// # Errors
    /// When there is no value.
    fn skip(&mut self) -> Result<(), DecodeError>;
    /// Whether a type must know every part of the value: nothing may be passed over, nothing kept as unknown. That is how
    /// members of a union are tried first.
    fn is_whole(&self) -> bool {
        false
    }
    /// The value as a tree, when it was read into one before. Does not use it up.
    fn tree(&self) -> Option<tree::Tree<'_>> {
        None
    }
    /// The bounds within which the value is read, where there are any.
    fn context(&self) -> Option<&Context> {
        None
    }
    /// What becomes of values that are not of their type, where reading goes on after one.
    fn recovery(&self) -> Option<&recovery::Recovery> {
        None
    }
}

/// What is called with each member of an object.
pub type EachField<'a> = dyn FnMut(&str, &mut dyn Source) -> Result<(), DecodeError> + 'a;
/// What is called with each item of an array.
pub type EachItem<'a> = dyn FnMut(&mut dyn Source) -> Result<(), DecodeError> + 'a;

/// A type that reads itself.
pub trait Decode: Sized {
    /// Reads one value.
    ///
    /// # Errors
    /// When the value is not of this type: where, what was expected, what was found.
    fn decode(source: &mut dyn Source) -> Result<Self, DecodeError>;
}

/// Something to write one value to.
pub trait Sink {
    /// Says which member of a union the next value is, for a format that names it; JSON does not.
    fn alternative(&mut self, _member: usize) {}
    /// Whether what is written is sent by a caller: properties that only servers send are left out of it.
    fn is_request(&self) -> bool {
        false
    }
    /// Writes an object; `each` is given the members' sink.
    ///
    /// # Errors
    /// When a member cannot be written.
    fn record(&mut self, each: &mut dyn FnMut(&mut dyn Fields) -> Result<(), EncodeError>) -> Result<(), EncodeError>;
    /// Writes an array.
    ///
    /// # Errors
    /// When an item cannot be written.
    fn list(&mut self, items: &mut dyn Iterator<Item = &dyn Encode>) -> Result<(), EncodeError>;
    /// Writes a text.
    ///
    /// # Errors
    /// When it cannot be written.
    fn text(&mut self, value: &str) -> Result<(), EncodeError>;
    /// Writes `true` or `false`.
    ///
    /// # Errors
    /// When it cannot be written.
    fn bool(&mut self, value: bool) -> Result<(), EncodeError>;
    /// Writes a whole number.
    ///
    /// # Errors
    /// When it cannot be written.
    fn integer(&mut self, value: i128) -> Result<(), EncodeError>;
    /// Writes a number.
    ///
    /// # Errors
    /// When it cannot be written.
    fn number(&mut self, value: f64) -> Result<(), EncodeError>;
    /// Writes a number of any size, which these are the digits of.
    ///
    /// # Errors
    /// When it cannot be written.
    fn digits(&mut self, text: &str) -> Result<(), EncodeError>;
    /// Writes `null`.
    ///
    /// # Errors
    /// When it cannot be written.
    fn null(&mut self) -> Result<(), EncodeError>;
    /// Writes any JSON.
    ///
    /// # Errors
    /// When it cannot be written.
    fn any(&mut self, value: &serde_json::Value) -> Result<(), EncodeError>;
}

/// Members of an object that is being written.
pub trait Fields {
    /// Writes a member.
    ///
    /// # Errors
    /// When it cannot be written.
    fn required(&mut self, name: &str, value: &dyn Encode) -> Result<(), EncodeError>;

    /// Writes a member unless it is absent.
    ///
    /// # Errors
    /// When it cannot be written.
    fn optional(&mut self, name: &str, value: &dyn Encode) -> Result<(), EncodeError> {
        if value.is_absent() { Ok(()) } else { self.required(name, value) }
    }

    /// Writes the members that the type does not name.
    ///
    /// # Errors
    /// When one cannot be written.
    fn extra(&mut self, extra: &dyn EncodeExtra) -> Result<(), EncodeError> {
        extra.each(&mut |name, value| self.required(name, value))
    }
}

/// What is called with each member that a type does not name.
pub type EachExtra<'a> = dyn FnMut(&str, &dyn Encode) -> Result<(), EncodeError> + 'a;

/// Members that a type does not name.
pub trait EncodeExtra {
    /// Calls `each` with every one.
    ///
    /// # Errors
    /// When `each` fails.
    fn each(&self, each: &mut EachExtra<'_>) -> Result<(), EncodeError>;

    /// Whether the object was read as a variant of a union although it had no tag: it is written without one again.
    fn is_untagged(&self) -> bool {
        false
    }
}

/// There are none.
impl EncodeExtra for () {
    fn each(&self, _each: &mut EachExtra<'_>) -> Result<(), EncodeError> {
        Ok(())
    }
}

/// A type that writes itself.
pub trait Encode {
    /// Writes one value.
    ///
    /// # Errors
    /// When it cannot be written (a number that JSON does not have).
    fn encode(&self, sink: &mut dyn Sink) -> Result<(), EncodeError>;

    /// Whether an optional member is left out.
    fn is_absent(&self) -> bool {
        false
    }
}

/// Passes over a member that nobody wants.
///
/// # Errors
/// When there is no value, or when nothing may be passed over.
pub fn ignore(source: &mut dyn Source) -> Result<(), DecodeError> {
    if source.is_whole() {
        return Err(DecodeError::new("no such member", "one"));
    }
    source.skip()
}
