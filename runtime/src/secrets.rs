//! Strings that must not be shown, and their removal from other text.

pub(crate) mod redactor;

use serde_json::Value;
use std::cell::RefCell;
use std::collections::VecDeque;
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

/// A string that `Debug` does not show.
#[derive(Clone, PartialEq, Eq, Hash, Default)]
pub struct Secret(String);

impl Secret {
    /// Returns the string.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// Adds the string to a running collection.
    pub(crate) fn collect(&self) {
        WRITTEN.with_borrow_mut(|written| written.iter_mut().for_each(|written| written.push(self.clone())));
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

/// Adds the strings of free JSON to a running collection where the names around them mark a secret. `name` is the name
/// of the value itself, or empty.
pub(crate) fn collect_named(name: &str, value: &Value) {
    WRITTEN.with_borrow_mut(|written| {
        if let Some(written) = written {
            strings(value, is_secret_member(name), written);
        }
    });
}

/// Adds the strings of a field to a running collection if its name marks a secret. `value` is called only then. The
/// parts of free JSON with such names are collected when it is written.
pub(crate) fn collect_field(name: &str, value: impl FnOnce() -> Option<Value>) {
    if WRITTEN.with_borrow(Option::is_some) && is_secret_member(name) {
        // Bundled copies compile in edition 2021, which has no `let` in a chain.
        if let Some(value) = value() {
            collect_named(name, &value);
        }
    }
}

fn strings(value: &Value, secret: bool, found: &mut Vec<Secret>) {
    match value {
        Value::String(text) if secret && !text.is_empty() => found.push(Secret::from(text.as_str())),
        Value::Array(items) => items.iter().for_each(|item| strings(item, secret, found)),
        Value::Object(members) => {
            members.iter().for_each(|(name, value)| strings(value, secret || is_secret_member(name), found));
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// The number of secrets of a streamed body that are remembered. The server most likely repeats one of the last.
const MAX_SENT_SECRETS: usize = 4096;

/// The secrets of a body that is written while it is sent. Clones share them.
#[derive(Clone, Default)]
pub(crate) struct SentSecrets(Arc<Mutex<VecDeque<Secret>>>);

impl SentSecrets {
    /// Runs some work, and remembers the secrets that it wrote.
    pub(crate) fn written_by<R>(&self, work: impl FnOnce() -> R) -> R {
        let (output, secrets) = written_by(work);
        if !secrets.is_empty() {
            let mut sent = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            sent.extend(secrets);
            let surplus = sent.len().saturating_sub(MAX_SENT_SECRETS);
            sent.drain(..surplus);
        }
        output
    }

    /// Returns the secrets that were written so far.
    pub(crate) fn all(&self) -> Vec<Secret> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).iter().cloned().collect()
    }
}

/// Returns `true` when the name of a member, a path or query parameter or a cookie marks a secret, in any case and with
/// any separators. Matches fewer names than [`is_secret_name`]: `key` is also the name of labels.
pub(crate) fn is_secret_member(name: &str) -> bool {
    // Each call asks this about its parameters. Thus the name is not copied, and few words are compared.
    let mut letters = name.bytes().filter(u8::is_ascii_alphanumeric).map(|letter| letter.to_ascii_lowercase());
    if letters.clone().nth(3).is_none() && SHORT_NAMES.iter().any(|short| letters.clone().eq(short.bytes())) {
        return true;
    }
    while let Some(letter) = letters.next() {
        // The rest of the words that begin with this letter.
        let rests: &[&str] = match letter {
            b'a' => &["pikey", "ccesskey", "uthorization"],
            b'c' => &["redential"],
            b'j' => &["wt"],
            b'p' => &["assword", "asswd", "assphrase", "asscode", "wd", "rivatekey"],
            b's' => &["ecret", "ession", "ignature"],
            b't' => &["oken"],
            _ => continue,
        };
        if rests.iter().any(|rest| letters.clone().take(rest.len()).eq(rest.bytes())) {
            return true;
        }
    }
    false
}

/// Short names that are usual for secrets only: a signed address, a session, a number to log in.
const SHORT_NAMES: [&str; 4] = ["sig", "sid", "pin", "otp"];

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
    (secret || SHORT_NAMES.contains(&name.as_str())) && !name.contains("idempotency")
}

#[cfg(test)]
mod tests {
    use super::is_secret_member;

    #[test]
    fn names_of_secrets_in_any_case_and_with_any_separators() {
        for name in [
            "password",
            "user_password",
            "newPassword",
            "PASS-PHRASE",
            "p.w.d",
            "client_secret",
            "accessToken",
            "api key",
            "x-api-key",
            "AccessKeyId",
            "privatekey",
            "Authorization",
            "credentials",
            "idJWT",
            "session_id",
            "ppassword",
            "tokto ken",
            "sig",
            "SID",
            "p-i-n",
            "otp",
        ] {
            assert!(is_secret_member(name), "{name}");
        }
    }

    #[test]
    fn names_of_other_values() {
        for name in [
            "",
            "-",
            "key",
            "pass",
            "passport",
            "integration_config_id",
            "tok",
            "toke",
            "secre",
            "apike",
            "design",
            "pins",
            "opt",
            "spin",
            "ключ",
            "aut",
            "signed",
            "sess",
        ] {
            assert!(!is_secret_member(name), "{name}");
        }
    }
}
