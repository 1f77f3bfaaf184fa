//! Values that are one of several types: read once into a tree, told apart, then decoded.

use crate::codec::tree::{Tree, Trials};
use crate::codec::{Decode, DecodeError, Source};
use serde_json::Value;
use std::cmp::Reverse;

/// A value that was read but not yet understood.
#[derive(Debug, Clone)]
pub struct Buffered<'s>(Kept<'s>);

#[derive(Debug, Clone)]
enum Kept<'s> {
    /// Read here.
    Own(Value, Trials),
    /// Read by a union around this one.
    Outer(Tree<'s>),
}

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
            Self::Integer(number) => crate::codec::reading::integer(value) == Some(i128::from(number)),
        }
    }
}

/// The member that a path leads to.
fn member<'v>(value: &'v Value, path: &[&str]) -> Option<&'v Value> {
    path.iter().try_fold(value, |value, key| value.get(key))
}

/// A member that may fit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Attempt {
    /// Its index.
    pub member: usize,
    /// It must know every part of the value.
    whole: bool,
}

impl<'s> Buffered<'s> {
    /// Reads a value, whatever it is.
    ///
    /// # Errors
    /// When there is none.
    pub fn read(source: &'s mut dyn Source) -> Result<Self, DecodeError> {
        if source.tree().is_some() {
            let tree = source.tree().ok_or_else(|| DecodeError::new("a value", "nothing"));
            return tree.map(|tree| match tree.json() {
                Some(json) => Self(Kept::Own(json, Trials::default())),
                None => Self(Kept::Outer(tree)),
            });
        }
        source.any().map(|value| Self(Kept::Own(value, Trials::default())))
    }

    const fn tree(&self) -> Tree<'_> {
        match &self.0 {
            Kept::Own(value, trials) => Tree::new(value, trials),
            Kept::Outer(tree) => *tree,
        }
    }

    /// The member that it is, where its source says so: in XML, by the name of its element.
    #[must_use]
    pub fn alternative(&self) -> Option<usize> {
        self.tree().alternative().map(|(member, _)| member)
    }

    /// The text of the property that tells members apart.
    #[must_use]
    pub fn tag(&self, name: &str) -> Option<&str> {
        self.tree().value().get(name)?.as_str()
    }

    /// Decodes as the member that the tag names, or its source.
    ///
    /// # Errors
    /// When the value is not of that type: names the member.
    pub fn decode<T: Decode>(&self, member: &str) -> Result<T, DecodeError> {
        let tree = self.tree();
        let (_, mut own) = tree.alternative().unwrap_or((0, tree));
        T::decode(&mut own).map_err(|error| error.as_member(member))
    }

    /// Decodes if it fits.
    #[must_use]
    pub fn attempt<T: Decode + 'static>(&self, attempt: Attempt) -> Option<T> {
        self.tree().attempt(attempt.whole)
    }

    /// Decodes as the member that takes what no tag names; else it is the value itself.
    ///
    /// # Errors
    /// When a union around this one looks for a member that knows all of it.
    pub fn rest<T: Decode, U>(
        self,
        member: impl FnOnce(T) -> U,
        unknown: impl FnOnce(Value) -> U,
    ) -> Result<U, DecodeError> {
        match T::decode(&mut self.tree()) {
            Ok(value) => Ok(member(value)),
            Err(_) => self.unknown().map(unknown),
        }
    }

    /// Decodes as the member that the tag names; what that refuses is still a value of its base.
    ///
    /// # Errors
    /// When a union around this one looks for a member that knows all of it.
    pub fn heir<T: Decode, B: Decode, U>(
        self,
        heir: impl FnOnce(T) -> U,
        base: impl FnOnce(B) -> U,
        unknown: impl FnOnce(Value) -> U,
    ) -> Result<U, DecodeError> {
        match T::decode(&mut self.tree()) {
            Ok(value) => Ok(heir(value)),
            Err(_) => self.rest(base, unknown),
        }
    }

    /// The value itself, as one that no member fits.
    ///
    /// # Errors
    /// When a union around this one looks for a member that knows all of it.
    pub fn unknown(self) -> Result<Value, DecodeError> {
        if self.tree().is_whole() {
            return Err(DecodeError::new("a known member", "another value"));
        }
        Ok(self.into_json())
    }

    /// The value itself.
    #[must_use]
    pub fn into_json(self) -> Value {
        match self.0 {
            Kept::Own(value, _) => value,
            Kept::Outer(tree) => tree.kept(),
        }
    }

    /// The members that may fit, the likeliest first: most constants, most required keys, most known keys, then the order
    /// of the document. Each is tried first as one that knows all of the value, then as one that passes over some
    /// of it or keeps it as unknown.
    pub fn rank(&self, members: &[Candidate]) -> impl Iterator<Item = Attempt> + use<> {
        let tree = self.tree();
        let value = tree.value();
        let mut fitting: Vec<_> = members
            .iter()
            .enumerate()
            .filter(|(_, member)| member.fits(tree))
            .map(|(index, member)| {
                let has = |key: &&&str| value.get(**key).is_some();
                let constants = member.constants.iter().filter(|(path, _)| self::member(value, path).is_some()).count();
                let known = member.properties.iter().filter(has).count();
                (Reverse((constants, member.required.len(), known)), index)
            })
            .collect();
        fitting.sort();
        let members: Vec<usize> = fitting.into_iter().map(|(_, member)| member).collect();
        let last = if self.tree().is_whole() { Vec::new() } else { members.clone() };
        let whole = members.into_iter().map(|member| Attempt { member, whole: true });
        whole.chain(last.into_iter().map(|member| Attempt { member, whole: false }))
    }
}

impl Candidate {
    fn fits(&self, mut tree: Tree<'_>) -> bool {
        let (value, texts) = (tree.value(), tree.is_texts());
        let kind = match self.kind {
            JsonKind::Null => value.is_null(),
            JsonKind::Bool => value.is_boolean() || (texts && tree.bool().is_ok()),
            JsonKind::Integer if texts => tree.integer().is_ok(),
            JsonKind::Integer => value.as_f64().is_some_and(|number| number.fract() == 0.0),
            JsonKind::Number => value.is_number() || (texts && tree.number().is_ok()),
            JsonKind::Text => value.is_string(),
            JsonKind::List => value.is_array() || texts,
            JsonKind::Object => value.is_object(),
            JsonKind::Any => true,
        };
        kind && self.required.iter().all(|key| value.get(key).is_some())
            && self.constants.iter().all(|(path, only)| member(value, path).is_none_or(|found| only.is(found, texts)))
    }
}
