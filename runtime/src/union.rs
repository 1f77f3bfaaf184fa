//! Values that are one of several types: read once into a tree, told apart, then decoded.

use crate::codec::json::from_value;
use crate::codec::{Decode, DecodeError, Source};
use serde_json::Value;
use std::cmp::Reverse;

/// A value that was read but not yet understood.
#[derive(Debug, Clone)]
pub struct Buffered(Value);

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
    /// Keys that must have a certain text.
    pub constants: &'static [(&'static str, &'static str)],
}

impl Buffered {
    /// Reads a value, whatever it is.
    ///
    /// # Errors
    /// When there is none.
    pub fn read(source: &mut dyn Source) -> Result<Self, DecodeError> {
        source.any().map(Self)
    }

    /// The text of the property that tells members apart.
    #[must_use]
    pub fn tag(&self, name: &str) -> Option<&str> {
        self.0.get(name)?.as_str()
    }

    /// Decodes as the member that the tag names.
    ///
    /// # Errors
    /// When the value is not of that type: names the member.
    pub fn decode<T: Decode>(&self, member: &str) -> Result<T, DecodeError> {
        from_value(&self.0).map_err(|error| error.as_member(member))
    }

    /// Decodes if it fits.
    #[must_use]
    pub fn attempt<T: Decode>(&self) -> Option<T> {
        from_value(&self.0).ok()
    }

    /// The value itself.
    #[must_use]
    pub fn into_json(self) -> Value {
        self.0
    }

    /// Indexes of the members that may fit, the likeliest first: most constants, most required keys, most known keys,
    /// then the order of the document.
    #[must_use]
    pub fn rank(&self, members: &[Candidate]) -> Vec<usize> {
        let mut fitting: Vec<_> = members
            .iter()
            .enumerate()
            .filter(|(_, member)| member.fits(&self.0))
            .map(|(index, member)| {
                let has = |key: &&&str| self.0.get(**key).is_some();
                let known = member.properties.iter().filter(has).count();
                (Reverse((member.constants.len(), member.required.len(), known)), index)
            })
            .collect();
        fitting.sort();
        fitting.into_iter().map(|(_, index)| index).collect()
    }
}

impl Candidate {
    fn fits(&self, value: &Value) -> bool {
        let kind = match self.kind {
            JsonKind::Null => value.is_null(),
            JsonKind::Bool => value.is_boolean(),
            JsonKind::Integer => value.as_f64().is_some_and(|number| number.fract() == 0.0),
            JsonKind::Number => value.is_number(),
            JsonKind::Text => value.is_string(),
            JsonKind::List => value.is_array(),
            JsonKind::Object => value.is_object(),
            JsonKind::Any => true,
        };
        kind && self.required.iter().all(|key| value.get(key).is_some())
            && self.constants.iter().all(|(key, text)| value.get(key).is_none_or(|found| found == text))
    }
}
