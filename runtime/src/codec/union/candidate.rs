//! Facts about the variants of a union before they are tried, and the order in which they are tried.

use crate::codec::tree::Tree;
use crate::codec::{Encode, EncodeError, Sink, Source};
use serde_json::Value;

/// The types of JSON, as far as they distinguish variants.
#[doc(hidden)]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum JsonKind {
    /// `null`
    Null,
    /// `true` or `false`
    Bool,
    /// A whole number.
    Integer,
    /// Any number.
    Number,
    /// A string.
    Text,
    /// A string of a format with its own type. It is tried before other strings.
    Format,
    /// A listed string. It is tried before formats.
    Listed,
    /// An array.
    List,
    /// An object.
    Object,
    /// Any value.
    Any,
}

/// The facts about a variant before it is tried.
#[doc(hidden)]
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub struct Candidate {
    /// The JSON type of the variant.
    pub kind: JsonKind,
    /// The required keys.
    pub required: &'static [&'static str],
    /// The defined keys.
    pub properties: &'static [&'static str],
    /// The paths of properties that must have a certain value if they are present.
    pub constants: &'static [(&'static [&'static str], Constant)],
}

/// The only allowed value of a property.
#[doc(hidden)]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Constant {
    /// A string.
    Text(&'static str),
    /// `true` or `false`.
    Bool(bool),
    /// A whole number.
    Integer(i64),
}

impl From<&'static str> for Constant {
    fn from(text: &'static str) -> Self {
        Self::Text(text)
    }
}

impl From<bool> for Constant {
    fn from(flag: bool) -> Self {
        Self::Bool(flag)
    }
}

impl From<i64> for Constant {
    fn from(number: i64) -> Self {
        Self::Integer(number)
    }
}

impl Encode for Constant {
    fn encode(&self, sink: &mut dyn Sink) -> Result<(), EncodeError> {
        match *self {
            Self::Text(text) => sink.text(text),
            Self::Bool(flag) => sink.bool(flag),
            Self::Integer(number) => sink.integer(i128::from(number)),
        }
    }
}

impl Constant {
    fn is(self, value: &Value, of_strings: bool) -> bool {
        match (self, value) {
            (Self::Bool(flag), Value::String(text)) if of_strings => text.parse() == Ok(flag),
            (Self::Integer(number), Value::String(text)) if of_strings => text.parse() == Ok(number),
            (constant, value) => constant.equals(value),
        }
    }

    pub(super) fn equals(self, value: &Value) -> bool {
        match self {
            Self::Text(text) => value.as_str() == Some(text),
            Self::Bool(flag) => value.as_bool() == Some(flag),
            Self::Integer(number) => crate::codec::serde_source::integer(value) == Some(i128::from(number)),
        }
    }
}

/// Returns the value at a path.
pub(super) fn value_at<'v>(value: &'v Value, path: &[&str]) -> Option<&'v Value> {
    path.iter().try_fold(value, |value, key| value.get(key))
}

impl Candidate {
    /// Creates the facts about a variant of a JSON type, without keys and constants.
    #[must_use]
    pub const fn new(kind: JsonKind) -> Self {
        Self { kind, required: &[], properties: &[], constants: &[] }
    }

    /// Sets the required keys.
    #[must_use]
    pub const fn required(mut self, keys: &'static [&'static str]) -> Self {
        self.required = keys;
        self
    }

    /// Sets the defined keys.
    #[must_use]
    pub const fn properties(mut self, keys: &'static [&'static str]) -> Self {
        self.properties = keys;
        self
    }

    /// Sets the paths of properties that must have a certain value if they are present.
    #[must_use]
    pub const fn constants(mut self, constants: &'static [(&'static [&'static str], Constant)]) -> Self {
        self.constants = constants;
        self
    }

    /// Returns `true` when an object may match.
    pub(super) const fn may_be_object(&self) -> bool {
        matches!(self.kind, JsonKind::Object | JsonKind::Any)
    }

    /// Returns `true` when the description has a property of this name.
    pub(super) fn defines(&self, key: &str) -> bool {
        self.properties.contains(&key) || self.required.contains(&key)
    }

    pub(super) fn fits(&self, mut tree: Tree<'_>) -> bool {
        let (value, of_strings) = (tree.value(), tree.is_tree_of_strings());
        let kind = match self.kind {
            JsonKind::Null => value.is_null(),
            JsonKind::Bool => value.is_boolean() || (of_strings && tree.bool().is_ok()),
            JsonKind::Integer if of_strings => tree.integer().is_ok(),
            JsonKind::Integer => value.as_f64().is_some_and(|number| number.fract() == 0.0),
            JsonKind::Number => value.is_number() || (of_strings && tree.number().is_ok()),
            JsonKind::Text | JsonKind::Format | JsonKind::Listed => value.is_string(),
            JsonKind::List => value.is_array() || of_strings,
            JsonKind::Object => value.is_object(),
            JsonKind::Any => true,
        };
        kind && self.required.iter().all(|key| value.get(key).is_some())
            && self
                .constants
                .iter()
                .all(|(path, only)| value_at(value, path).is_none_or(|found| only.is(found, of_strings)))
    }

    /// Returns the likelihood of the variant: constants, required keys, known keys.
    pub(super) fn score(&self, value: &Value) -> (usize, usize, usize) {
        let constants = self.constants.iter().filter(|(path, _)| value_at(value, path).is_some()).count();
        let known = self.properties.iter().filter(|key| value.get(**key).is_some()).count();
        (constants, self.required.len(), known)
    }

    /// Returns the position of a variant among types of strings and numbers: the fewer values a type has, the earlier it is
    /// tried. An integer's digits fit any number, but a float is not an integer.
    pub(super) fn width(&self, mut tree: Tree<'_>) -> u8 {
        let is_whole = |tree: &mut Tree<'_>| match tree.value() {
            Value::Number(number) => !number.to_string().contains(['.', 'e', 'E']),
            _ => tree.integer().is_ok(),
        };
        match self.kind {
            JsonKind::Listed => 0,
            JsonKind::Format => 1,
            JsonKind::Integer if is_whole(&mut tree) => 1,
            _ => 2,
        }
    }
}
