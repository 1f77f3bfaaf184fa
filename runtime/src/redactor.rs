//! Text without the secrets of a call, whichever way a server or a library spells them. Everything that may hold foreign
//! text and is shown (`Display`, `Debug`, sources of errors) goes through it.

mod view;

use crate::secret::Secret;
use base64::Engine;
use base64::engine::general_purpose::{STANDARD_NO_PAD, URL_SAFE_NO_PAD};
use std::borrow::Cow;
use std::fmt;
use std::ops::Range;
use view::View;

/// What stands in a secret's place.
const REDACTED: &str = "[redacted]";
/// A shorter secret is found only where it stands alone: it could be any part of a word.
const ANYWHERE: usize = 4;
/// The shortest part of a secret, of which the rest was cut off, that is looked for.
const PART: usize = 3;
/// A shorter part of Base64 could be any part of a word.
const ENCODED_PART: usize = 8;

/// Replaces secrets in text.
#[derive(Clone, Default)]
pub(crate) struct Redactor(Vec<Needle>);

/// A spelling of a secret.
#[derive(Clone, PartialEq, Eq)]
struct Needle {
    text: String,
    /// Whether it is found only where no letter or digit is beside it.
    alone: bool,
    /// Whether it is Base64: what is beside it then belongs to it.
    encoded: bool,
}

impl fmt::Debug for Redactor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(REDACTED)
    }
}

impl Redactor {
    /// Creates one that knows every spelling of these secrets: as they are, percent-encoded, escaped as in JSON, in HTML and by
    /// `Debug`, in either alphabet of Base64, also as a part of more. A secret of `user:password` in Base64, or behind the name of
    /// its scheme (`Bearer …`), is also known by its parts.
    pub(crate) fn new<'s>(secrets: impl IntoIterator<Item = &'s Secret>) -> Self {
        let mut all = Self::default();
        secrets.into_iter().for_each(|secret| all.add(secret.expose()));
        // The longest first: what is inside of another one must not be what is found alone.
        all.0.sort_by_key(|needle| std::cmp::Reverse(needle.text.len()));
        all.0.dedup();
        all
    }

    fn add(&mut self, secret: &str) {
        self.spell(secret);
        let decoded = STANDARD_NO_PAD.decode(secret.trim_end_matches('=')).ok();
        let pair = decoded.and_then(|bytes| String::from_utf8(bytes).ok());
        if let Some((user, password)) = pair.as_deref().and_then(|pair| pair.split_once(':')) {
            self.spell(pair.as_deref().unwrap_or_default());
            self.spell(user);
            self.spell(password);
        }
        if let Some((_, credential)) = secret.split_once(' ').filter(|(scheme, _)| is_word(scheme)) {
            self.spell(credential);
        }
    }

    fn spell(&mut self, secret: &str) {
        let alone = secret.chars().count() < ANYWHERE;
        let mut add = |text: String, encoded: bool| {
            if !text.is_empty() {
                self.0.push(Needle { text, alone, encoded });
            }
        };
        add(secret.to_owned(), false);
        // Lines of a log have no other spaces than single ones.
        let words: Vec<&str> = secret.split_whitespace().collect();
        if words.len() > 1 {
            add(words.join(" "), false);
        }
        for engine in [STANDARD_NO_PAD, URL_SAFE_NO_PAD] {
            add(engine.encode(secret), true);
            // Inside of more, the letters at both ends depend on what is beside it.
            for before in 0..3_usize {
                let more = [vec![0; before], secret.as_bytes().to_vec()].concat();
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

    /// Whether there is no secret to be found.
    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The text without the secrets.
    pub(crate) fn redact<'t>(&self, text: &'t str) -> Cow<'t, str> {
        if self.is_empty() || text.is_empty() {
            return text.into();
        }
        let mut found: Vec<Range<usize>> = Vec::new();
        for view in View::all(text) {
            for needle in &self.0 {
                let whole = view.find(needle.text.as_bytes());
                let whole = whole.filter(|place| !needle.alone || stands_alone(text, place));
                found.extend(whole.map(|place| if needle.encoded { widened(text, place) } else { place }));
                if !needle.alone {
                    found.extend(view.find_cut(needle.text.as_bytes(), PART));
                }
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

    /// What `Debug` shows of a value, without the secrets.
    pub(crate) fn debug(&self, value: &dyn fmt::Debug, f: &fmt::Formatter<'_>) -> String {
        let text = if f.alternate() { format!("{value:#?}") } else { format!("{value:?}") };
        self.redact(&text).into_owned()
    }

    /// The cause of an error, or the same words where it shows a secret.
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

/// What an error and its causes say.
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

fn is_word(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphabetic())
}

fn stands_alone(text: &str, place: &Range<usize>) -> bool {
    let before = text.get(..place.start).and_then(|before| before.chars().next_back());
    let after = text.get(place.end..).and_then(|after| after.chars().next());
    [before, after].into_iter().flatten().all(|beside| !beside.is_alphanumeric())
}

/// The whole of the Base64 that a part stands in, also where that is percent-encoded.
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
