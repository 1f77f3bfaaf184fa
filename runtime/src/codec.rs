//! The traits by which models are read and written: a model reads itself from a [`Source`] and writes itself to a
//! [`Sink`]. Knows JSON's data model; must not know HTTP.

#![doc(hidden)]

pub mod context;
mod digits;
#[cfg(feature = "drift")]
pub mod drift;
pub mod error;
pub mod extra;
pub(crate) mod free;
pub mod json;
mod members;
pub(crate) mod misfits;
pub mod number;
pub mod param;
pub mod path;
pub mod plain;
pub mod record;
pub mod recovery;
mod repair;
#[cfg(not(unused = "row"))]
pub mod row;
mod scalars;
pub mod serde_sink;
pub mod serde_source;
pub mod slot;
pub(crate) mod string;
pub mod tree;
#[cfg(not(unused = "union"))]
pub mod union;
pub mod variant_mark;

pub use context::Context;
pub use error::{DecodeError, DecodeErrorKind, EncodeError};
pub(crate) use members::Members;

/// A source of one value. The methods that read consume the value, except those of a tree.
pub trait Source {
    /// Reads an object: calls `each` with every key and the source of its value, which `each` must consume.
    ///
    /// # Errors
    /// Returns a [`DecodeError`] when there is no object, or `each` fails.
    fn record(&mut self, name: &'static str, each: &mut EachField<'_>) -> Result<(), DecodeError>;
    /// Reads an object: each member into the field of its name, or as an extra field.
    ///
    /// # Errors
    /// Returns a [`DecodeError`] when there is no object, or a field is not of its type.
    fn fields(&mut self, name: &'static str, fields: &mut record::FieldReader<'_>) -> Result<(), DecodeError> {
        self.record(name, &mut |name, source| fields.take(name, source))
    }
    /// Reads an array: calls `each` with the source of every item.
    ///
    /// # Errors
    /// Returns a [`DecodeError`] when there is no array, or `each` fails.
    fn list(&mut self, each: &mut EachItem<'_>) -> Result<(), DecodeError>;
    /// Reads `null` as `false`, and anything else with `some`.
    ///
    /// # Errors
    /// Returns a [`DecodeError`] when `some` fails.
    fn option(&mut self, some: &mut EachItem<'_>) -> Result<bool, DecodeError>;
    /// Consumes `null` and returns `true`, or returns `false` for any other value. Sources that cannot look ahead return
    /// `None`.
    ///
    /// # Errors
    /// Returns a [`DecodeError`] when there is no value.
    fn null(&mut self) -> Result<Option<bool>, DecodeError> {
        Ok(None)
    }
    /// Reads a string.
    ///
    /// # Errors
    /// Returns a [`DecodeError`] when there is no string.
    fn text(&mut self) -> Result<String, DecodeError>;
    /// Calls `text` with a string, without a copy of it, or `other` with any other value as JSON.
    ///
    /// # Errors
    /// Returns a [`DecodeError`] when there is no value.
    fn text_or(
        &mut self,
        text: &mut dyn FnMut(&str),
        other: &mut dyn FnMut(serde_json::Value),
    ) -> Result<(), DecodeError>;
    /// Reads `true` or `false`.
    ///
    /// # Errors
    /// Returns a [`DecodeError`] when there is neither.
    fn bool(&mut self) -> Result<bool, DecodeError>;
    /// Reads a whole number; `3.0` is one.
    ///
    /// # Errors
    /// Returns a [`DecodeError`] when there is none.
    fn integer(&mut self) -> Result<i128, DecodeError>;
    /// Reads a number.
    ///
    /// # Errors
    /// Returns a [`DecodeError`] when there is none.
    fn number(&mut self) -> Result<f64, DecodeError>;
    /// Reads the digits of a number of any size.
    ///
    /// # Errors
    /// Returns a [`DecodeError`] when there is no number.
    fn digits(&mut self) -> Result<String, DecodeError>;
    /// Reads any value.
    ///
    /// # Errors
    /// Returns a [`DecodeError`] when there is no value.
    fn any(&mut self) -> Result<serde_json::Value, DecodeError>;
    /// Skips one value.
    ///
    /// # Errors
    /// Returns a [`DecodeError`] when there is no value.
    fn skip(&mut self) -> Result<(), DecodeError>;
    /// Returns a value that a union decodes when it knows the variant. The value may be read only then.
    ///
    /// # Errors
    /// Returns a [`DecodeError`] when there is no value.
    #[cfg(not(unused = "union"))]
    fn buffer(&mut self) -> Result<union::Stored<'_>, DecodeError> {
        union::Stored::own(self)
    }
    /// Returns `true` when unknown fields and values are errors: a type may skip nothing and store nothing as unknown. The
    /// variants of a union are first tried in this way.
    fn rejects_unknown(&self) -> bool {
        false
    }
    /// Returns the value as a tree, if it was read into one before. Does not consume it.
    fn tree(&self) -> Option<tree::Tree<'_>> {
        None
    }
    /// Returns `true` when a union around the value looked for a tag and found none.
    fn is_untagged(&self) -> bool {
        false
    }
    /// Returns the likely number of further items of the list that is read, after `count` of them, if the source can
    /// estimate it.
    fn more_items(&self, _count: usize) -> Option<usize> {
        None
    }
    /// Returns the limits within which the value is read, if there are any.
    fn context(&self) -> Option<&Context> {
        None
    }
    /// Returns the recovery from values that are not of their type, if reading continues after one.
    fn recovery(&self) -> Option<&recovery::Recovery> {
        None
    }
}

/// A function that is called with each member of an object.
pub type EachField<'a> = dyn FnMut(&str, &mut dyn Source) -> Result<(), DecodeError> + 'a;
/// A function that is called with each item of an array.
pub type EachItem<'a> = dyn FnMut(&mut dyn Source) -> Result<(), DecodeError> + 'a;

/// A type that can be read.
pub trait Decode: Sized {
    /// Reads one value.
    ///
    /// # Errors
    /// Returns a [`DecodeError`] with the place, the expected and the found value when the value is not of this type.
    fn decode(source: &mut dyn Source) -> Result<Self, DecodeError>;

    /// Returns the value of an absent field, if the type has one.
    #[must_use]
    fn absent() -> Option<Self> {
        None
    }
}

/// A sink for one value.
pub trait Sink {
    /// Announces the variant of a union that the next value has, for formats that name it. JSON does not.
    fn variant(&mut self, _index: usize) {}
    /// Returns `true` when a client sends the output: it leaves out the properties that only servers send.
    fn is_request(&self) -> bool {
        false
    }
    /// Writes an object. `each` receives the sink of its fields.
    ///
    /// # Errors
    /// Returns an [`EncodeError`] when a member cannot be written.
    fn record(&mut self, each: &mut dyn FnMut(&mut dyn Fields) -> Result<(), EncodeError>) -> Result<(), EncodeError>;
    /// Writes an object of a type.
    ///
    /// # Errors
    /// Returns an [`EncodeError`] when a field cannot be written.
    fn object(&mut self, object: &record::Object<'_>) -> Result<(), EncodeError> {
        self.record(&mut |fields| object.write(fields))
    }
    /// Writes an array.
    ///
    /// # Errors
    /// Returns an [`EncodeError`] when an item cannot be written.
    fn list(&mut self, items: &mut dyn Iterator<Item = &dyn Encode>) -> Result<(), EncodeError>;
    /// Writes a string.
    ///
    /// # Errors
    /// Returns an [`EncodeError`] when it cannot be written.
    fn text(&mut self, value: &str) -> Result<(), EncodeError>;
    /// Writes `true` or `false`.
    ///
    /// # Errors
    /// Returns an [`EncodeError`] when it cannot be written.
    fn bool(&mut self, value: bool) -> Result<(), EncodeError>;
    /// Writes a whole number.
    ///
    /// # Errors
    /// Returns an [`EncodeError`] when it cannot be written.
    fn integer(&mut self, value: i128) -> Result<(), EncodeError>;
    /// Writes a number.
    ///
    /// # Errors
    /// Returns an [`EncodeError`] when it cannot be written.
    fn number(&mut self, value: f64) -> Result<(), EncodeError>;
    /// Writes a number of any size from its digits.
    ///
    /// # Errors
    /// Returns an [`EncodeError`] when it cannot be written.
    fn digits(&mut self, text: &str) -> Result<(), EncodeError>;
    /// Writes `null`.
    ///
    /// # Errors
    /// Returns an [`EncodeError`] when it cannot be written.
    fn null(&mut self) -> Result<(), EncodeError>;
    /// Writes any JSON.
    ///
    /// # Errors
    /// Returns an [`EncodeError`] when it cannot be written.
    fn any(&mut self, value: &serde_json::Value) -> Result<(), EncodeError>;
}

/// The fields of an object that is being written.
pub trait Fields {
    /// Writes a field.
    ///
    /// # Errors
    /// Returns an [`EncodeError`] when it cannot be written.
    fn required(&mut self, name: &str, value: &dyn Encode) -> Result<(), EncodeError>;

    /// Writes the fields that the type does not define.
    ///
    /// # Errors
    /// Returns an [`EncodeError`] when one cannot be written.
    fn extra(&mut self, extra: &dyn EncodeExtra) -> Result<(), EncodeError> {
        extra.each(&mut |name, value| self.required(name, value))
    }
}

/// A function that is called with each field that a type does not define.
pub type EachExtra<'a> = dyn FnMut(&str, &dyn Encode) -> Result<(), EncodeError> + 'a;

/// The fields that a type does not define.
pub trait EncodeExtra {
    /// Calls `each` with every field.
    ///
    /// # Errors
    /// Returns an [`EncodeError`] when `each` fails.
    fn each(&self, each: &mut EachExtra<'_>) -> Result<(), EncodeError>;

    /// Returns `true` when the object was read as a variant of a union without its tag. It is then written without one.
    fn is_untagged(&self) -> bool {
        false
    }
}

/// No fields.
impl EncodeExtra for () {
    fn each(&self, _each: &mut EachExtra<'_>) -> Result<(), EncodeError> {
        Ok(())
    }
}

/// A type that can be written.
pub trait Encode {
    /// Writes one value.
    ///
    /// # Errors
    /// Returns an [`EncodeError`] when it cannot be written (a number that JSON does not have).
    fn encode(&self, sink: &mut dyn Sink) -> Result<(), EncodeError>;

    /// Returns `true` when an optional field is left out.
    fn is_absent(&self) -> bool {
        false
    }
}

/// Skips a member that the type does not define.
///
/// # Errors
/// Returns a [`DecodeError`] when there is no value, or when unknown fields are errors.
pub fn ignore(source: &mut dyn Source) -> Result<(), DecodeError> {
    if source.rejects_unknown() {
        return Err(DecodeError::new("no undocumented member", "one"));
    }
    source.skip()
}
