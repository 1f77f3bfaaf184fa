//! Why a value could not be read or written. Knows paths; must not know types.
//!
//! One error may name several places: `data.id: expected a string, found null; data.size: expected a whole number, found
//! string "x"; and 3 more`.

use super::recovery::Recovery;
use crate::pipeline::redactor::Redactor;
use std::borrow::Cow;
use std::fmt;

const DOCUMENTED: &str = "a documented status";

/// Why a value could not be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DecodeError(Box<Place>);

#[derive(Debug, Clone, PartialEq, Eq)]
struct Place {
    /// Innermost step first.
    steps: Vec<Step>,
    expected: String,
    found: String,
    kind: DecodeErrorKind,
    /// What was found may be a secret.
    secret: bool,
    /// What else is not of its type, and how much more there is that is not named.
    others: Vec<DecodeError>,
    more: usize,
}

/// What kind of reason it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum DecodeErrorKind {
    /// The value is not of its type, or is no JSON at all.
    Unexpected,
    /// The decoded value would take more memory than the client allows (`max_decoded_bytes`).
    TooLarge,
    /// Arrays and objects hold each other more often than the client allows (`max_json_depth`).
    TooDeep,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Step {
    Key(String),
    Index(usize),
}

impl DecodeError {
    /// At the value itself; outer values add their steps on the way out.
    #[must_use]
    pub fn new(expected: impl Into<String>, found: impl Into<String>) -> Self {
        let found = shortened(found.into());
        Self(Box::new(Place {
            steps: Vec::new(),
            expected: expected.into(),
            found,
            kind: DecodeErrorKind::Unexpected,
            secret: false,
            others: Vec::new(),
            more: 0,
        }))
    }

    /// The decoded value takes more memory than there may be.
    pub(crate) fn too_large(most: usize) -> Self {
        let expected = format!("at most {most} bytes of decoded values (the client's `max_decoded_bytes`)");
        Self::new(expected, "more").of_kind(DecodeErrorKind::TooLarge)
    }

    /// Arrays and objects hold each other too often.
    pub(crate) fn too_deep(expected: String) -> Self {
        Self::new(expected, "more").of_kind(DecodeErrorKind::TooDeep)
    }

    fn of_kind(mut self, kind: DecodeErrorKind) -> Self {
        self.0.kind = kind;
        self
    }

    /// The same without what was found, which may be a secret.
    #[must_use]
    pub(crate) fn without_value(mut self) -> Self {
        "another value".clone_into(&mut self.0.found);
        self.0.secret = true;
        self
    }

    /// Whether what was found may be a secret.
    pub(crate) fn is_secret(&self) -> bool {
        self.0.secret || self.0.others.iter().any(Self::is_secret)
    }

    /// What kind of reason it is.
    #[must_use]
    pub fn kind(&self) -> DecodeErrorKind {
        self.0.kind
    }

    /// Each place that is not of its type, this one first; 16 at most.
    pub fn each(&self) -> impl Iterator<Item = &Self> {
        std::iter::once(self).chain(&self.0.others)
    }

    /// How many places more are not of their types than [`each`](Self::each) gives.
    #[must_use]
    pub fn more(&self) -> usize {
        self.0.more
    }

    /// Each place as an error of its own.
    pub(crate) fn into_each(mut self) -> impl Iterator<Item = Self> {
        let others = std::mem::take(&mut self.0.others);
        self.0.more = 0;
        std::iter::once(self).chain(others)
    }

    /// Names what another error names too.
    pub(crate) fn join(&mut self, other: Self) {
        self.0.more += other.more();
        for other in other.into_each() {
            if self.0.others.len() + 1 < Recovery::MOST { self.0.others.push(other) } else { self.0.more += 1 }
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

    /// Says that more places are not of their types.
    pub(crate) fn and_more(mut self, more: usize) -> Self {
        self.0.more += more;
        self
    }

    /// The same without the secrets of a call.
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

    /// A required member is not there.
    #[must_use]
    pub fn missing(name: &str) -> Self {
        Self::new("a value", "nothing").in_key(name)
    }

    /// A status that the document does not name.
    #[must_use]
    pub fn undocumented(status: impl fmt::Display) -> Self {
        Self::new(DOCUMENTED, format!("status {status}"))
    }

    /// Whether the whole value is of another type than expected.
    pub(crate) fn is_of_type(&self) -> bool {
        self.0.steps.is_empty() && self.0.expected != DOCUMENTED
    }

    /// Adds what a reader can do about it.
    #[must_use]
    pub(crate) fn with_help(mut self, help: impl fmt::Display) -> Self {
        self.0.found = format!("{} ({help})", self.0.found);
        self
    }

    /// The same, seen from the object that holds it.
    #[must_use]
    pub fn in_key(mut self, name: &str) -> Self {
        self.push_key(name);
        self
    }

    /// The same, seen from the array that holds it.
    #[must_use]
    pub fn in_index(mut self, index: usize) -> Self {
        self.push_index(index);
        self
    }

    /// The same, said of one member of a union.
    #[must_use]
    pub fn as_member(mut self, member: &str) -> Self {
        self.0.expected = format!("{} (as {member})", self.0.expected);
        self
    }

    /// Where: `data.attributes.domain`, `[52].author`; empty at the top.
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

    /// What should be there.
    #[must_use]
    pub fn expected(&self) -> &str {
        &self.0.expected
    }

    /// What is there.
    #[must_use]
    pub fn found(&self) -> &str {
        &self.0.found
    }
}

/// An error is a line in a log: it shows the start of a long value.
fn shortened(mut text: String) -> String {
    const MOST: usize = 120;
    if let Some((end, _)) = text.char_indices().nth(MOST) {
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

/// Why a value could not be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EncodeError(String);

impl EncodeError {
    /// With a reason.
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
