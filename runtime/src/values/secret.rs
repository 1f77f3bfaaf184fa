//! Strings that must not be shown.

use crate::codec::{Decode, DecodeError, Encode, EncodeError, Sink, Source};
use std::cell::RefCell;
use std::fmt;

/// A string that `Debug` does not show.
#[derive(Clone, PartialEq, Eq, Hash, Default)]
pub struct Secret(String);

impl Secret {
    /// Returns the string.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[redacted]")
    }
}

impl From<String> for Secret {
    fn from(text: String) -> Self {
        Self(text)
    }
}

impl From<&str> for Secret {
    fn from(text: &str) -> Self {
        Self(text.to_owned())
    }
}

impl Decode for Secret {
    fn decode(source: &mut dyn Source) -> Result<Self, DecodeError> {
        source.text().map(Self).map_err(DecodeError::without_value)
    }
}

impl Encode for Secret {
    fn encode(&self, sink: &mut dyn Sink) -> Result<(), EncodeError> {
        WRITTEN.with_borrow_mut(|written| written.iter_mut().for_each(|written| written.push(self.clone())));
        sink.text(&self.0)
    }
}

thread_local! {
    /// The secrets that were written since a collection began. A value is written on one thread, through sinks that
    /// need not know of secrets.
    static WRITTEN: RefCell<Option<Vec<Secret>>> = const { RefCell::new(None) };
}

/// Ends a collection, even if writing a value panics.
struct Collection {
    before: Option<Vec<Secret>>,
}

impl Drop for Collection {
    fn drop(&mut self) {
        WRITTEN.set(self.before.take());
    }
}

/// Runs some work, and returns its output and the secrets that it wrote.
pub(crate) fn written_by<R>(work: impl FnOnce() -> R) -> (R, Vec<Secret>) {
    let mut collection = Collection { before: WRITTEN.replace(Some(Vec::new())) };
    let output = work();
    let found = WRITTEN.take().unwrap_or_default();
    // A collection around this one needs them as well.
    collection.before.iter_mut().for_each(|before| before.extend(found.iter().cloned()));
    (output, found)
}

/// Returns `true` when the name of a header, cookie or parameter suggests a credential.
pub(crate) fn is_secret_name(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    let words = [
        "auth",
        "token",
        "secret",
        "passw",
        "passphrase",
        "pwd",
        "cookie",
        "session",
        "credential",
        "signature",
        "jwt",
    ];
    let secret = name.ends_with("key") || name.ends_with("pass") || words.iter().any(|word| name.contains(word));
    secret && !name.contains("idempotency")
}

crate::model!(Secret);
