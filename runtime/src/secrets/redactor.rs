//! Removes the secrets of a call from text, in every spelling of servers and libraries. All foreign text that is shown
//! (`Display`, `Debug`, sources of errors) goes through it.

mod cause;
mod spellings;
mod view;

use crate::secrets::Secret;
pub(crate) use cause::Cause;
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::{self, Write};
use std::ops::Range;
use view::View;
pub(crate) use view::character_reference;

/// The replacement of a secret.
const REDACTED: &str = "[redacted]";
/// A secret with fewer bytes is found only as a whole word.
const MIN_ANYWHERE_BYTES: usize = 4;
/// The shortest part of a cut secret that is searched for, in bytes.
const MIN_PART_BYTES: usize = 3;
/// The sign of a text that was cut off.
const CUT: char = '…';
/// The longest text that is shown, in bytes.
const MAX_SHOWN_BYTES: usize = 256 << 10;
/// The bytes of the largest spelling of one byte: three nested escapes of JSON (`\\\\u0026`) or percent-encodings.
const MAX_ESCAPE_BYTES: usize = 12;

/// Replaces secrets in text.
#[derive(Clone, Default)]
pub(crate) struct Redactor {
    needles: Vec<Needle>,
    /// The needles by their first bytes in lower case, since a body can contain thousands of secrets.
    starts: BTreeMap<[u8; MIN_ANYWHERE_BYTES], Vec<usize>>,
    /// Shorter needles.
    short: Vec<usize>,
    /// The first three bytes of each longer needle. A text that was cut off can end with only these bytes of a secret.
    parts: BTreeSet<[u8; MIN_PART_BYTES]>,
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
        let longer = all.needles.iter().filter(|needle| !needle.alone && needle.text.len() > MIN_PART_BYTES);
        all.parts = longer.filter_map(|needle| needle.text.as_bytes().first_chunk().copied()).collect();
        for (index, needle) in all.needles.iter().enumerate() {
            match start(needle.text.as_bytes()) {
                Some(start) => all.starts.entry(start).or_default().push(index),
                None => all.short.push(index),
            }
        }
        all
    }

    /// Returns true if there are no secrets.
    pub(crate) fn is_empty(&self) -> bool {
        self.needles.is_empty()
    }

    /// Replaces the secrets in a text. A text of more than 256 KiB is cut there.
    pub(crate) fn redact<'t>(&self, text: &'t str) -> Cow<'t, str> {
        if self.is_empty() || text.is_empty() {
            return text.into();
        }
        // A secret at the cut is found whole, because the search goes on behind it.
        let is_long = text.len() > MAX_SHOWN_BYTES;
        let (shown, searched) = (up_to(text, MAX_SHOWN_BYTES), up_to(text, self.reach()));
        let mut found: Vec<Range<usize>> = Vec::new();
        View::each(searched, |view| self.find(searched, view, &mut found));
        found.retain(|place| place.start < shown.len());
        if found.is_empty() && !is_long {
            return text.into();
        }
        found.sort_by_key(|place| (place.start, place.end));
        let (mut redacted, mut from) = (String::with_capacity(shown.len()), 0);
        for place in found {
            if place.start >= from {
                redacted.push_str(shown.get(from..place.start).unwrap_or_default());
                redacted.push_str(REDACTED);
            }
            from = from.max(place.end);
        }
        redacted.push_str(shown.get(from..).unwrap_or_default());
        if is_long {
            redacted.push(CUT);
        }
        redacted.into()
    }

    /// The number of bytes of a text that is searched: all that is shown, and the largest spelling of a secret behind it.
    fn reach(&self) -> usize {
        let longest = self.needles.iter().map(|needle| needle.text.len()).max().unwrap_or_default();
        MAX_SHOWN_BYTES.saturating_add(longest.saturating_mul(MAX_ESCAPE_BYTES))
    }

    /// Finds the secrets in a view of a text, also those that are cut off.
    fn find(&self, text: &str, view: &View, found: &mut Vec<Range<usize>>) {
        let bytes = view.bytes();
        let mut cuts = view.cuts().iter().peekable();
        let mut wide = 0..0;
        for at in 0..bytes.len() {
            let left = bytes.get(at..).unwrap_or_default();
            let start = start(left);
            let longer = start.and_then(|start| self.starts.get(&start)).into_iter().flatten();
            while cuts.next_if(|cut| **cut <= at).is_some() {}
            let before_cut = cuts.peek().map(|cut| **cut - at);
            if before_cut == Some(MIN_PART_BYTES) && left.first_chunk().is_some_and(|part| self.parts.contains(part)) {
                found.extend(view.place(at, at + MIN_PART_BYTES));
            }
            for index in longer.chain(&self.short) {
                let Some(needle) = self.needles.get(*index) else { continue };
                let place = view.at(at, needle.text.as_bytes(), needle.encoded);
                let place = place.filter(|place| !needle.alone || stands_alone(text, place));
                match place {
                    Some(place) if needle.encoded => {
                        if !(wide.start <= place.start && place.end <= wide.end) {
                            wide = widened(text, place);
                            found.push(wide.clone());
                        }
                    }
                    Some(place) => found.push(place),
                    None => {
                        let length = before_cut.filter(|length| (MIN_PART_BYTES..needle.text.len()).contains(length));
                        let length = length.filter(|length| {
                            !needle.alone && left.get(..*length) == needle.text.as_bytes().get(..*length)
                        });
                        found.extend(length.and_then(|length| view.place(at, at + length)));
                    }
                }
            }
        }
    }

    /// Writes the `Debug` text of a value without the secrets, at most 256 KiB of it.
    pub(crate) fn debug(&self, value: &dyn fmt::Debug, f: &fmt::Formatter<'_>) -> String {
        let mut text = Shortened { text: String::new(), max_bytes: self.reach() };
        let written = if f.alternate() { write!(text, "{value:#?}") } else { write!(text, "{value:?}") };
        let Shortened { text, .. } = text;
        // Without secrets, no more than is shown was written, and nothing marks the cut.
        let cut = (self.is_empty() && written.is_err()).then_some(CUT);
        self.redact(&text).chars().chain(cut).collect()
    }
}

/// A text of which no more than a number of bytes is written.
struct Shortened {
    text: String,
    max_bytes: usize,
}

impl fmt::Write for Shortened {
    fn write_str(&mut self, more: &str) -> fmt::Result {
        let left = self.max_bytes.saturating_sub(self.text.len());
        self.text.push_str(up_to(more, left));
        if more.len() > left { Err(fmt::Error) } else { Ok(()) }
    }
}

/// Returns the start of a text, of at most this many bytes.
fn up_to(text: &str, max_bytes: usize) -> &str {
    let end = (0..=max_bytes.min(text.len())).rev().find(|end| text.is_char_boundary(*end)).unwrap_or_default();
    text.get(..end).unwrap_or_default()
}

/// The first bytes of a text in lower case; `None` for a shorter text.
fn start(text: &[u8]) -> Option<[u8; MIN_ANYWHERE_BYTES]> {
    let mut start: [u8; MIN_ANYWHERE_BYTES] = *text.first_chunk()?;
    start.make_ascii_lowercase();
    Some(start)
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
    use crate::uri::encode;
    use base64::Engine;
    use base64::engine::general_purpose::{STANDARD_NO_PAD, URL_SAFE_NO_PAD};

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
    fn a_long_text_is_cut_and_has_no_secret_at_the_cut() {
        let secret = "my/s3cret+key%and\"more";
        for spelled in [secret.to_owned(), encode(&encode(&encode(secret))), STANDARD_NO_PAD.encode(secret)] {
            for before in [1, spelled.len() / 2, spelled.len(), spelled.len() + 9] {
                let start = " x".repeat(MAX_SHOWN_BYTES / 2).split_off(before);
                let shown = redacted(secret, &format!("{start}{spelled}{}", " y".repeat(99)));
                let (_, end) = shown.split_at(MAX_SHOWN_BYTES - before - 1);
                assert_eq!(end.contains(" y"), before > spelled.len(), "{before} {spelled}: {end}");
                assert!(
                    end.contains("[redacted]") && end.len() < 32 && end.ends_with('…'),
                    "{before} {spelled}: {end}"
                );
            }
        }
    }

    #[test]
    fn debug_is_bounded() {
        struct Shown(Redactor, Vec<String>);
        impl fmt::Debug for Shown {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0.debug(&self.1, f))
            }
        }
        for secrets in [Vec::new(), vec![Secret::from("s3cret-value")]] {
            let has_secrets = !secrets.is_empty();
            let all = vec!["an s3cret-value % of \\ + & text".to_owned(); 20_000];
            let shown = format!("{:?}", Shown(Redactor::new(&secrets), all));
            assert!(shown.len() <= MAX_SHOWN_BYTES + 16 && shown.ends_with('…'), "{}", shown.len());
            assert_ne!(shown.contains("s3cret-value"), has_secrets);
        }
    }

    /// Work that grows faster than the text would take minutes here.
    #[test]
    fn long_texts_are_redacted() {
        let secrets: Vec<Secret> = (0..64).map(|number| Secret::from("k".repeat(1000) + &number.to_string())).collect();
        let redactor = Redactor::new(&secrets);
        let encoded = STANDARD_NO_PAD.encode("kkkkkkkk".repeat(200)) + "0";
        for text in ["…".repeat(80_000), encoded.repeat(9), "s3cret %+&\\ ".repeat(5_000)] {
            assert!(redactor.redact(&text) == text);
        }
        assert!(redactor.redact(&"kkkk…".repeat(9_000)) == "[redacted]…".repeat(9_000));
        let secret = Redactor::new([&Secret::from("s3cret")]);
        let shown = secret.redact(&STANDARD_NO_PAD.encode("s3cret").repeat(30_000)).into_owned();
        assert_eq!(shown, "[redacted]");
    }

    #[test]
    fn overlapping_secrets_are_one() {
        let secrets = [Secret::from("abcdef"), Secret::from("defghi"), Secret::from("abcd")];
        assert_eq!(Redactor::new(&secrets).redact("<abcdefghi>"), "<[redacted]>");
        assert_eq!(Redactor::new(&[]).redact("<abcdefghi>"), "<abcdefghi>");
    }
}
