//! Errors of reading and writing values. Knows paths; must not know types.
//!
//! One error may name several places: `data.id: expected a string, found null; data.size: expected a whole number, found
//! string "x"; and 3 more`.

use super::recovery::Recovery;
use crate::secrets::redactor::Redactor;
use std::borrow::Cow;
use std::fmt;

const DOCUMENTED: &str = "a status with a documented body";
/// The expectation of a success with a status whose body has another type.
const OF_ITS_TYPE: &str = "a status whose body has the type of the call's result";

/// The reason why a value could not be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DecodeError(Box<Mismatch>);

#[derive(Debug, Clone, PartialEq, Eq)]
struct Mismatch {
    /// The steps of the path, innermost first.
    steps: Vec<Step>,
    expected: String,
    found: String,
    kind: DecodeErrorKind,
    /// The found value may be a secret.
    secret: bool,
    /// Further errors, and the number of those that are not listed.
    others: Vec<DecodeError>,
    more: usize,
}

/// The kind of a [`DecodeError`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum DecodeErrorKind {
    /// The value is not of its type, or is not JSON.
    Unexpected,
    /// The decoded value takes more memory than the client's `max_decoded_bytes`.
    TooLarge,
    /// Arrays and objects are nested deeper than the client's `max_json_depth`.
    TooDeep,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Step {
    Key(String),
    Index(usize),
}

impl DecodeError {
    /// Creates an error at the value itself. The values around it add their steps to the path.
    #[must_use]
    pub fn new(expected: impl Into<String>, found: impl Into<String>) -> Self {
        let found = shortened(found.into());
        Self(Box::new(Mismatch {
            steps: Vec::new(),
            expected: expected.into(),
            found,
            kind: DecodeErrorKind::Unexpected,
            secret: false,
            others: Vec::new(),
            more: 0,
        }))
    }

    /// Creates an error of a value that takes too much memory.
    pub(crate) fn too_large(max_bytes: usize) -> Self {
        let expected = format!("at most {max_bytes} bytes of decoded values (the client's `max_decoded_bytes`)");
        Self::new(expected, "more").of_kind(DecodeErrorKind::TooLarge)
    }

    /// Creates an error of values that are nested too deep.
    pub(crate) fn too_deep(expected: String) -> Self {
        Self::new(expected, "more").of_kind(DecodeErrorKind::TooDeep)
    }

    fn of_kind(mut self, kind: DecodeErrorKind) -> Self {
        self.0.kind = kind;
        self
    }

    /// Removes the found value, which may be a secret.
    #[must_use]
    pub(crate) fn without_value(mut self) -> Self {
        "another value".clone_into(&mut self.0.found);
        self.0.secret = true;
        self
    }

    /// Returns `true` when the found value may be a secret.
    pub(crate) fn is_secret(&self) -> bool {
        self.0.secret || self.0.others.iter().any(Self::is_secret)
    }

    /// Returns the kind of the error.
    #[must_use]
    pub fn kind(&self) -> DecodeErrorKind {
        self.0.kind
    }

    /// Returns an iterator over the places that are not of their type, this one first; at most 16.
    pub fn each(&self) -> impl Iterator<Item = &Self> {
        std::iter::once(self).chain(&self.0.others)
    }

    /// Returns the number of further places that [`each`](Self::each) does not list.
    #[must_use]
    pub fn more(&self) -> usize {
        self.0.more
    }

    /// Returns each place as a separate error.
    pub(crate) fn into_each(mut self) -> impl Iterator<Item = Self> {
        let others = std::mem::take(&mut self.0.others);
        self.0.more = 0;
        std::iter::once(self).chain(others)
    }

    /// Adds the places of another error.
    pub(crate) fn join(&mut self, other: Self) {
        self.0.more += other.more();
        for other in other.into_each() {
            if self.0.others.len() + 1 < Recovery::MAX_MISFITS { self.0.others.push(other) } else { self.0.more += 1 }
        }
    }

    pub(crate) fn push_key(&mut self, name: &str) {
        self.0.steps.push(Step::Key(name.to_owned()));
        self.0.others.iter_mut().for_each(|other| other.push_key(name));
    }

    pub(crate) fn push_index(&mut self, index: usize) {
        self.0.steps.push(Step::Index(index));
        self.0.others.iter_mut().for_each(|other| other.push_index(index));
    }

    /// Adds to the number of places that are not listed.
    pub(crate) fn and_more(mut self, more: usize) -> Self {
        self.0.more += more;
        self
    }

    /// Removes the secrets of a call.
    pub(crate) fn redacted(mut self, redactor: &Redactor) -> Self {
        let redact = |text: &mut String| {
            if let Cow::Owned(redacted) = redactor.redact(text) {
                *text = redacted;
            }
        };
        redact(&mut self.0.expected);
        redact(&mut self.0.found);
        let others = std::mem::take(&mut self.0.others);
        self.0.others = others.into_iter().map(|other| other.redacted(redactor)).collect();
        for step in &mut self.0.steps {
            if let Step::Key(key) = step {
                redact(key);
            }
        }
        self
    }

    /// Creates an error of a required field that is missing.
    #[must_use]
    pub fn missing(name: &str) -> Self {
        Self::new("a value", "nothing").in_key(name)
    }

    /// Creates an error of a status that the description does not define.
    #[must_use]
    pub fn undocumented(status: impl fmt::Display) -> Self {
        Self::new(DOCUMENTED, format!("status {status}"))
    }

    /// Creates an error of a status whose body has another type than the success of the call.
    #[must_use]
    pub(crate) fn of_another_type(status: impl fmt::Display) -> Self {
        Self::new(OF_ITS_TYPE, format!("status {status}")).with_help("`body_as` decodes its body")
    }

    /// Returns `true` when the error is about the whole value, not about a part of it or the status.
    pub(crate) fn is_whole_value(&self) -> bool {
        self.0.steps.is_empty() && ![DOCUMENTED, OF_ITS_TYPE].contains(&&*self.0.expected)
    }

    /// Adds advice for the reader.
    #[must_use]
    pub(crate) fn with_help(mut self, help: impl fmt::Display) -> Self {
        self.0.found = format!("{} ({help})", self.0.found);
        self
    }

    /// Adds the key of the object around the value to the path.
    #[must_use]
    pub fn in_key(mut self, name: &str) -> Self {
        self.push_key(name);
        self
    }

    /// Adds the index in the array around the value to the path.
    #[must_use]
    pub fn in_index(mut self, index: usize) -> Self {
        self.push_index(index);
        self
    }

    /// Adds the name of the union's variant that was tried.
    #[must_use]
    pub fn as_member(mut self, member: &str) -> Self {
        self.0.expected = format!("{} (as {member})", self.0.expected);
        self
    }

    /// Returns the steps of the path, innermost first: the name of a field, or `None` for an index.
    #[cfg(feature = "drift")]
    pub(crate) fn steps(&self) -> impl Iterator<Item = Option<&str>> {
        self.0.steps.iter().map(|step| match step {
            Step::Key(key) => Some(key.as_str()),
            Step::Index(_) => None,
        })
    }

    /// Returns the path of the value: `data.attributes.domain`, `[52].author`; empty at the top.
    #[must_use]
    pub fn path(&self) -> String {
        let mut path = String::new();
        for step in self.0.steps.iter().rev() {
            match step {
                Step::Key(key) if path.is_empty() => path.push_str(key),
                Step::Key(key) => {
                    path.push('.');
                    path.push_str(key);
                }
                Step::Index(index) => path.push_str(&format!("[{index}]")),
            }
        }
        path
    }

    /// Returns a description of the expected value.
    #[must_use]
    pub fn expected(&self) -> &str {
        &self.0.expected
    }

    /// Returns a description of the found value.
    #[must_use]
    pub fn found(&self) -> &str {
        &self.0.found
    }
}

/// Shortens a long value, because an error is one line of a log.
fn shortened(mut text: String) -> String {
    const MAX_CHARS: usize = 120;
    if let Some((end, _)) = text.char_indices().nth(MAX_CHARS) {
        text.truncate(end);
        text.push('…');
    }
    text
}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let path = self.path();
        let place = if path.is_empty() { "the body" } else { path.as_str() };
        write!(f, "{place}: expected {}, found {}", self.0.expected, self.0.found)?;
        self.0.others.iter().try_for_each(|other| write!(f, "; {other}"))?;
        match self.more() {
            0 => Ok(()),
            more => write!(f, "; and {more} more"),
        }
    }
}

impl std::error::Error for DecodeError {}

/// The reason why a value could not be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EncodeError(String);

impl EncodeError {
    /// Creates an error with a reason.
    #[must_use]
    pub fn new(reason: impl Into<String>) -> Self {
        Self(reason.into())
    }
}

impl fmt::Display for EncodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for EncodeError {}
