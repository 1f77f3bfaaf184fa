//! What is known of the variants of a union before they are tried, and what speaks for one of them.

use crate::codec::tree::Tree;
use crate::codec::{Encode, EncodeError, Sink, Source};
use serde_json::Value;

/// JSON's types, as far as they tell members of a union apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
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
    /// A string of a format that has a type of its own: it is tried before other strings.
    Format,
    /// A string of a list: it is tried before formats.
    Listed,
    /// An array.
    List,
    /// An object.
    Object,
    /// Anything.
    Any,
}

/// What is known of a member before it is tried.
#[derive(Debug, Clone, Copy)]
pub struct Candidate {
    /// Its JSON type.
    pub kind: JsonKind,
    /// Keys that it must have.
    pub required: &'static [&'static str],
    /// Keys that it knows.
    pub properties: &'static [&'static str],
    /// Paths to members that must have a certain value, if they are there.
    pub constants: &'static [(&'static [&'static str], Constant)],
}

/// The only value that a member may have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Constant {
    /// A text.
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
    fn is(self, value: &Value, texts: bool) -> bool {
        match (self, value) {
            (Self::Bool(flag), Value::String(text)) if texts => text.parse() == Ok(flag),
            (Self::Integer(number), Value::String(text)) if texts => text.parse() == Ok(number),
            (constant, value) => constant.equals(value),
        }
    }

    fn equals(self, value: &Value) -> bool {
        match self {
            Self::Text(text) => value.as_str() == Some(text),
            Self::Bool(flag) => value.as_bool() == Some(flag),
            Self::Integer(number) => crate::codec::serde_source::integer(value) == Some(i128::from(number)),
        }
    }
}

/// The member that a path leads to.
fn member<'v>(value: &'v Value, path: &[&str]) -> Option<&'v Value> {
    path.iter().try_fold(value, |value, key| value.get(key))
}

impl Candidate {
    pub(super) fn fits(&self, mut tree: Tree<'_>) -> bool {
        let (value, texts) = (tree.value(), tree.is_texts());
        let kind = match self.kind {
            JsonKind::Null => value.is_null(),
            JsonKind::Bool => value.is_boolean() || (texts && tree.bool().is_ok()),
            JsonKind::Integer if texts => tree.integer().is_ok(),
            JsonKind::Integer => value.as_f64().is_some_and(|number| number.fract() == 0.0),
            JsonKind::Number => value.is_number() || (texts && tree.number().is_ok()),
            JsonKind::Text | JsonKind::Format | JsonKind::Listed => value.is_string(),
            JsonKind::List => value.is_array() || texts,
            JsonKind::Object => value.is_object(),
            JsonKind::Any => true,
        };
        kind && self.required.iter().all(|key| value.get(key).is_some())
            && self.constants.iter().all(|(path, only)| member(value, path).is_none_or(|found| only.is(found, texts)))
    }

    /// What makes it likelier than others, the more the likelier: constants, required keys, known keys.
    pub(super) fn score(&self, value: &Value) -> (usize, usize, usize) {
        let constants = self.constants.iter().filter(|(path, _)| member(value, path).is_some()).count();
        let known = self.properties.iter().filter(|key| value.get(**key).is_some()).count();
        (constants, self.required.len(), known)
    }

    /// Where it stands among the types that a string or a number may be: the less values a type has, the sooner it is tried.
    /// Any number is written with every digit that an integer has, but a float is not read with them.
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
