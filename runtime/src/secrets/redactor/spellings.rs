//! The spellings of a secret that servers and libraries use.

use super::{MIN_ANYWHERE_BYTES, Needle, Redactor};
use crate::uri::encode;
use base64::Engine;
use base64::engine::general_purpose::{STANDARD_NO_PAD, URL_SAFE_NO_PAD};
use std::collections::BTreeSet;

/// The shortest parameter of a credential that is searched for, in bytes. A shorter one could be any word.
const MIN_VALUE_BYTES: usize = 8;
/// The shortest part of Base64 that is searched for, in bytes. A shorter one could be part of any word.
const MIN_ENCODED_BYTES: usize = 8;

impl Redactor {
    /// Adds the spellings of a secret and of its parts.
    pub(super) fn add(&mut self, secret: &str) {
        self.spell(secret);
        self.add_pair(secret);
        let Some((_, credential)) = secret.split_once(' ').filter(|(scheme, _)| is_scheme(scheme)) else { return };
        self.spell(credential);
        self.add_pair(credential);
        // A signature, or a token behind its name (RFC 9110, section 11.4).
        let parameters = credential.split([',', ' ', ';']).filter_map(|part| part.split_once('='));
        let values = parameters.map(|(_, value)| value.trim_matches(['"', '=']));
        values.filter(|value| value.len() >= MIN_VALUE_BYTES).for_each(|value| self.spell(value));
    }

    /// Adds the user and the password of basic authentication.
    fn add_pair(&mut self, secret: &str) {
        let decoded = STANDARD_NO_PAD.decode(secret.trim_end_matches('=')).ok();
        let pair = decoded.and_then(|bytes| String::from_utf8(bytes).ok());
        if let Some((user, password)) = pair.as_deref().and_then(|pair| pair.split_once(':')) {
            self.spell(pair.as_deref().unwrap_or_default());
            self.spell(user);
            self.spell(password);
        }
    }

    fn spell(&mut self, secret: &str) {
        let alone = secret.chars().count() < MIN_ANYWHERE_BYTES;
        let mut add = |text: String, encoded: bool| {
            if !text.is_empty() {
                self.needles.push(Needle { text, alone, encoded });
            }
        };
        add(secret.to_owned(), false);
        // Log lines have single spaces.
        let words: Vec<&str> = secret.split_whitespace().collect();
        if words.len() > 1 {
            add(words.join(" "), false);
        }
        if !alone {
            add(secret.bytes().map(|byte| format!("{byte:02x}")).collect(), false);
        }
        // Base64 can contain it inside JSON or an address.
        let escaped = serde_json::to_string(secret).unwrap_or_default();
        let escaped = escaped.trim_matches('"').to_owned();
        let inside: BTreeSet<String> = [secret.to_owned(), escaped, encode(secret)].into();
        let spelled = inside.iter().flat_map(|inside| [(STANDARD_NO_PAD, inside), (URL_SAFE_NO_PAD, inside)]);
        for (engine, inside) in spelled {
            add(engine.encode(inside), true);
            // Inside a longer text the Base64 characters at both ends depend on the adjacent bytes.
            for before in 0..3_usize {
                let more = [vec![0; before], inside.as_bytes().to_vec()].concat();
                let encoded = engine.encode(&more);
                let first = (before * 8).div_ceil(6);
                let last = (more.len() * 8) / 6;
                let part = encoded.get(first..last.min(encoded.len())).unwrap_or_default();
                if part.len() >= MIN_ENCODED_BYTES {
                    add(part.to_owned(), true);
                }
            }
        }
    }
}

/// Returns true if a text can be the name of an authentication scheme, such as `AWS4-HMAC-SHA256`.
fn is_scheme(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_alphabetic())
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte))
}
