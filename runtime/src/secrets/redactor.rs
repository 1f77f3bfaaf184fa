//! Removes the secrets of a call from text, in every spelling of servers and libraries. All foreign text that is shown
//! (`Display`, `Debug`, sources of errors) goes through it.

mod view;

use crate::secrets::Secret;
use crate::uri::encode;
use base64::Engine;
use base64::engine::general_purpose::{STANDARD_NO_PAD, URL_SAFE_NO_PAD};
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::ops::Range;
use view::View;
pub(crate) use view::character_reference;

/// Replacement of a secret.
const REDACTED: &str = "[redacted]";
/// A secret with fewer bytes is found only as a whole word.
const ANYWHERE: usize = 4;
/// Shortest part of a cut secret that is searched for, in bytes.
const PART: usize = 3;
/// Shortest parameter of a credential that is searched for, in bytes. A shorter one could be any word.
const VALUE: usize = 8;
/// Shortest part of Base64 that is searched for, in bytes. A shorter one could be part of any word.
const ENCODED_PART: usize = 8;

/// Replaces secrets in text.
#[derive(Clone, Default)]
pub(crate) struct Redactor {
    needles: Vec<Needle>,
    /// The needles by their first bytes in lower case, since a body can contain thousands of secrets.
    starts: BTreeMap<[u8; ANYWHERE], Vec<usize>>,
    /// Shorter needles.
    short: Vec<usize>,
}

/// A spelling of a secret.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Needle {
    text: String,
    /// True if it is found only without a letter or digit beside it.
    alone: bool,
    /// True for Base64: adjacent Base64 characters then belong to it.
    encoded: bool,
}

impl fmt::Debug for Redactor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(REDACTED)
    }
}

impl Redactor {
    /// Creates a redactor for every spelling of these secrets: as they are, percent-encoded, escaped as in JSON, HTML
    /// and `Debug`, up to three of these nested, in either alphabet of Base64, also as a part of a longer text, and in
    /// hexadecimal. A secret of `user:password` in Base64, or behind the name of its scheme (`Bearer …`), is also known
    /// by its parts.
    pub(crate) fn new<'s>(secrets: impl IntoIterator<Item = &'s Secret>) -> Self {
        let mut all = Self::default();
        secrets.into_iter().for_each(|secret| all.add(secret.expose()));
        all.needles.sort();
        all.needles.dedup();
        for (index, needle) in all.needles.iter().enumerate() {
            match start(needle.text.as_bytes()) {
                Some(start) => all.starts.entry(start).or_default().push(index),
                None => all.short.push(index),
            }
        }
        all
    }

    fn add(&mut self, secret: &str) {
        self.spell(secret);
        self.add_pair(secret);
        let Some((_, credential)) = secret.split_once(' ').filter(|(scheme, _)| is_scheme(scheme)) else { return };
        self.spell(credential);
        self.add_pair(credential);
        // A signature, or a token behind its name (RFC 9110, section 11.4).
        let parameters = credential.split([',', ' ', ';']).filter_map(|part| part.split_once('='));
        let values = parameters.map(|(_, value)| value.trim_matches(['"', '=']));
        values.filter(|value| value.len() >= VALUE).for_each(|value| self.spell(value));
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
        let alone = secret.chars().count() < ANYWHERE;
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
                if part.len() >= ENCODED_PART {
                    add(part.to_owned(), true);
                }
            }
        }
    }

    /// Returns true if there are no secrets.
    pub(crate) fn is_empty(&self) -> bool {
        self.needles.is_empty()
    }

    /// Replaces the secrets in a text.
    pub(crate) fn redact<'t>(&self, text: &'t str) -> Cow<'t, str> {
        if self.is_empty() || text.is_empty() {
            return text.into();
        }
        let mut found: Vec<Range<usize>> = Vec::new();
        for view in View::all(text) {
            for at in 0..view.bytes().len() {
                let start = view.bytes().get(at..).and_then(start);
                let longer = start.and_then(|start| self.starts.get(&start)).into_iter().flatten();
                for index in longer.chain(&self.short) {
                    let Some(needle) = self.needles.get(*index) else { continue };
                    let place = view.at(at, needle.text.as_bytes(), needle.encoded);
                    let place = place.filter(|place| !needle.alone || stands_alone(text, place));
                    found.extend(place.map(|place| if needle.encoded { widened(text, place) } else { place }));
                }
            }
            for needle in self.needles.iter().filter(|needle| view.is_cut() && !needle.alone) {
                found.extend(view.find_cut(needle.text.as_bytes(), PART));
            }
        }
        if found.is_empty() {
            return text.into();
        }
        found.sort_by_key(|place| (place.start, place.end));
        let (mut shown, mut from) = (String::with_capacity(text.len()), 0);
        for place in found {
            if place.start >= from {
                shown.push_str(text.get(from..place.start).unwrap_or_default());
                shown.push_str(REDACTED);
            }
            from = from.max(place.end);
        }
        shown.push_str(text.get(from..).unwrap_or_default());
        shown.into()
    }

    /// Writes the `Debug` text of a value without the secrets.
    pub(crate) fn debug(&self, value: &dyn fmt::Debug, f: &fmt::Formatter<'_>) -> String {
        let text = if f.alternate() { format!("{value:#?}") } else { format!("{value:?}") };
        self.redact(&text).into_owned()
    }

    /// Returns the cause of an error, or its redacted text if it shows a secret.
    pub(crate) fn cause(&self, cause: Cause) -> Cause {
        let mut shown = false;
        let mut next: Option<&(dyn std::error::Error + 'static)> = Some(&*cause);
        while let Some(error) = next {
            let text = format!("{error}\n{error:?}");
            shown |= self.redact(&text) != text;
            next = error.source();
        }
        if shown { Box::new(Words::of(&*cause, self)) } else { cause }
    }
}

pub(crate) type Cause = Box<dyn std::error::Error + Send + Sync>;

/// The messages of an error and its sources.
#[derive(Debug)]
struct Words {
    text: String,
    source: Option<Box<Words>>,
}

impl Words {
    fn of(error: &(dyn std::error::Error + 'static), redactor: &Redactor) -> Self {
        let source = error.source().map(|source| Box::new(Self::of(source, redactor)));
        Self { text: redactor.redact(&error.to_string()).into_owned(), source }
    }
}

impl fmt::Display for Words {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl std::error::Error for Words {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.source.as_deref().map(|source| source as &(dyn std::error::Error + 'static))
    }
}

/// The first bytes of a text in lower case; `None` for a shorter text.
fn start(text: &[u8]) -> Option<[u8; ANYWHERE]> {
    let mut start: [u8; ANYWHERE] = *text.first_chunk()?;
    start.make_ascii_lowercase();
    Some(start)
}

/// Returns true if a text can be the name of an authentication scheme, such as `AWS4-HMAC-SHA256`.
fn is_scheme(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_alphabetic())
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte))
}

fn stands_alone(text: &str, place: &Range<usize>) -> bool {
    let before = text.get(..place.start).and_then(|before| before.chars().next_back());
    let after = text.get(place.end..).and_then(|after| after.chars().next());
    [before, after].into_iter().flatten().all(|beside| !beside.is_alphanumeric())
}

/// Extends a part of Base64 to its whole, also if it is percent-encoded.
fn widened(text: &str, place: Range<usize>) -> Range<usize> {
    let belongs = |byte: &u8| byte.is_ascii_alphanumeric() || b"+/-_=%".contains(byte);
    let bytes = text.as_bytes();
    let before = bytes.get(..place.start).unwrap_or_default().iter().rev().take_while(|byte| belongs(byte)).count();
    let after = bytes.get(place.end..).unwrap_or_default().iter().take_while(|byte| belongs(byte)).count();
    place.start - before..place.end + after
}

#[cfg(test)]
mod tests {
    use super::*;

    fn redacted(secret: &str, text: &str) -> String {
        Redactor::new([&Secret::from(secret)]).redact(text).into_owned()
    }

    #[test]
    fn finds_every_spelling() {
        let secret = "pä ss/w\"o\\rd+1&";
        for spelled in [
            secret.to_owned(),
            "p%C3%A4%20ss%2Fw%22o%5Crd%2B1%26".to_owned(),
            "p%c3%a4+ss%2fw%22o%5crd%2b1%26".to_owned(),
            "pä%20ss/w%22o%5Crd%2B1%26".to_owned(),
            serde_json::to_string(secret).unwrap(),
            r#"p\u00e4 ss\/w\"o\\rd+1\u0026"#.to_owned(),
            format!("{secret:?}"),
            format!("{:?}", format!("{secret:?}")),
            "pä ss/w&quot;o\\rd+1&amp;".to_owned(),
            "p&#228; ss/w&#x22;o\\rd+1&#38;".to_owned(),
            STANDARD_NO_PAD.encode(secret),
            URL_SAFE_NO_PAD.encode(secret),
            STANDARD_NO_PAD.encode(format!("user:{secret}")),
            STANDARD_NO_PAD.encode(format!("{{\"password\":\"{secret}\"}}")).split_at(17).1.to_owned(),
        ] {
            let text = format!("you sent {spelled} here");
            let shown = redacted(secret, &text);
            assert!(shown.contains("[redacted]"), "{spelled}: {shown}");
            let left = shown.replace("[redacted]", "").replace("you sent", "").replace("here", "");
            assert!(left.trim().len() <= 16, "{spelled}: {shown}");
        }
    }

    #[test]
    fn finds_spellings_in_spellings() {
        let secret = "k/9+a\"q&<z-2secret";
        let percent = |text: &str| -> String {
            let spell = |byte: u8| {
                if byte.is_ascii_alphanumeric() { char::from(byte).into() } else { format!("%{byte:02X}") }
            };
            text.bytes().map(spell).collect()
        };
        let json = |text: &str| serde_json::to_string(text).unwrap().trim_matches('"').to_owned();
        let html = |text: &str| text.replace('&', "&amp;").replace('"', "&quot;").replace('<', "&lt;");
        for spelled in [
            percent(&percent(secret)),
            percent(&percent(&percent(secret))),
            percent(&json(secret)),
            percent(&html(secret)),
            html(&html(secret)),
            html(&percent(secret)),
            html(&json(secret)),
            html(secret).replace('&', "\\u0026"),
            json(&json(&json(secret))),
            STANDARD_NO_PAD.encode(format!("{{\"key\":\"{}\"}}", json(secret))),
            STANDARD_NO_PAD.encode(format!("?key={}", crate::uri::encode(secret))),
            secret.bytes().map(|byte| format!("{byte:02X}")).collect(),
            secret.to_uppercase(),
        ] {
            let shown = redacted(secret, &format!("you sent <{spelled}> here"));
            assert!(shown.contains("[redacted]") && !shown.contains("2secret"), "{spelled}: {shown}");
            assert!(!shown.contains(&spelled), "{shown}");
        }
    }

    #[test]
    fn knows_the_parts_of_an_authorization() {
        let basic = format!("Basic {}", STANDARD_NO_PAD.encode("admin:hunter2x"));
        for (secret, text) in [
            (basic.as_str(), "hunter2x"),
            ("AWS4-HMAC-SHA256 Credential=AK/1, Signature=deadbeef99", "deadbeef99"),
            ("Token token=\"s3cretvalue\", realm=\"x\"", "s3cretvalue"),
        ] {
            assert_eq!(redacted(secret, &format!("bad {text} given")), "bad [redacted] given");
        }
        assert_eq!(redacted("my dear=friend", "friend"), "friend", "short values are any word");
    }

    #[test]
    fn finds_each_of_thousands_of_secrets() {
        let secrets: Vec<Secret> = (0..3000).map(|number| Secret::from(format!("s3cret-{number:06}-x"))).collect();
        let text = "the field s3cret-002999-x is wrong ".repeat(400);
        assert!(!Redactor::new(&secrets).redact(&text).contains("002999"));
    }

    #[test]
    fn knows_the_parts_of_a_pair_and_of_a_scheme() {
        let pair = base64::engine::general_purpose::STANDARD.encode("admin:hunter2");
        for text in ["admin", "hunter2", "admin:hunter2", &pair, "admin%3Ahunter2"] {
            assert_eq!(redacted(&pair, &format!("<{text}>")).replace("[redacted]", ""), "<>", "{text}");
        }
        assert_eq!(redacted("token ghp_12345678", "bad ghp_12345678"), "bad [redacted]");
    }

    #[test]
    fn a_short_secret_is_found_where_it_stands_alone() {
        assert_eq!(redacted("no", "note: no, \"no\" nor no1"), "note: [redacted], \"[redacted]\" nor no1");
        assert_eq!(redacted("n", "no"), "no");
        assert_eq!(redacted("", "no"), "no");
        assert_eq!(redacted("abcd", "xabcdx"), "x[redacted]x");
    }

    #[test]
    fn finds_a_secret_that_was_cut_off() {
        assert_eq!(redacted("my-s3cret-key", "string \"say my-s3cr…"), "string \"say [redacted]…");
        assert_eq!(redacted("my-s3cret-key", "my-s3cr"), "my-s3cr", "nothing was cut off");
    }

    #[test]
    fn overlapping_secrets_are_one() {
        let secrets = [Secret::from("abcdef"), Secret::from("defghi"), Secret::from("abcd")];
        assert_eq!(Redactor::new(&secrets).redact("<abcdefghi>"), "<[redacted]>");
        assert_eq!(Redactor::new(&[]).redact("<abcdefghi>"), "<abcdefghi>");
    }
}
