//! Short hashes of generated files, which tell edits from files as they were generated. They do not change when a tool
//! formats a file or a checkout changes line ends.

use std::fmt;

/// The FNV-1a hash of 64 bits.
const OFFSET: u64 = 0xcbf2_9ce4_8422_2325;
const PRIME: u64 = 0x0000_0100_0000_01b3;
/// Signs that rustfmt adds and removes.
const FORMATTED: &[u8] = b",;{}";
/// The beginnings of statements that rustfmt sorts.
const SORTED: [&str; 2] = ["use ", "mod "];

/// The hash of a file without its layout. It finds accidents, and is not for security. Another way to compute it needs another
/// length, so that files with the hashes of an older version do not look edited.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Fingerprint(u64);

impl Fingerprint {
    /// The fingerprint of a file with this path.
    pub(super) fn of(path: &str, text: &str) -> Self {
        let is_rust = path.ends_with(".rs");
        let mut hash = OFFSET;
        if !is_rust {
            text.bytes().filter(|byte| !byte.is_ascii_whitespace()).for_each(|byte| hash = mix(hash, byte));
            return Self(hash);
        }
        let (mut sorted, mut is_sorted) = (0u64, false);
        for line in text.lines() {
            is_sorted = is_sorted || begins_sorted(line);
            if is_sorted {
                sorted = words(line).fold(sorted, |sum, word| sum.wrapping_add(word.bytes().fold(OFFSET, mix)));
                is_sorted = !line.contains(';');
            } else {
                let bytes = line.bytes().filter(|byte| !byte.is_ascii_whitespace() && !FORMATTED.contains(byte));
                bytes.for_each(|byte| hash = mix(hash, byte));
            }
        }
        Self(hash.wrapping_mul(PRIME) ^ sorted)
    }

    /// Reads the form of `Display`.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let is_hash = text.len() == 16 && text.bytes().all(|byte| byte.is_ascii_hexdigit());
        is_hash.then(|| u64::from_str_radix(text, 16).ok().map(Self)).flatten()
    }
}

impl fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:016x}", self.0)
    }
}

const fn mix(hash: u64, byte: u8) -> u64 {
    (hash ^ byte as u64).wrapping_mul(PRIME)
}

/// Returns true for the first line of a `use` or `mod`, also with `pub` and `pub(crate)`.
fn begins_sorted(line: &str) -> bool {
    let line = line.trim_start();
    let private = line.strip_prefix("pub").map_or(line, |rest| {
        let rest = rest.strip_prefix('(').and_then(|rest| rest.split_once(')')).map_or(rest, |(_, rest)| rest);
        rest.trim_start()
    });
    SORTED.iter().any(|word| private.starts_with(word))
}

fn words(line: &str) -> impl Iterator<Item = &str> {
    line.split(|c: char| !c.is_alphanumeric() && c != '_').filter(|word| !word.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    const RUST: &str = "use b::{d, c};\nuse a;\npub(crate) mod x;\n\nfn f(a: u8, b: u8) -> u8 {\n    a - b\n}\n";

    #[test]
    fn layout_is_no_edit() {
        let same = "use a;\r\nuse b::{\r\n    c,\r\n    d,\r\n};\r\npub(crate) mod x;\r\n\
                    fn f(\r\n    a: u8,\r\n    b: u8,\r\n) -> u8 { { a - b } }";
        assert_eq!(Fingerprint::of("a.rs", RUST), Fingerprint::of("a.rs", same));
        assert_eq!(Fingerprint::of("a.json", "{\"a\": 1}\n"), Fingerprint::of("a.json", "{\r\n  \"a\": 1\r\n}"));
    }

    #[test]
    fn content_is_an_edit() {
        let own = Fingerprint::of("a.rs", RUST);
        for (from, to) in [
            ("a - b", "b - a"),
            ("use a;", ""),
            ("use a;", "use e;"),
            ("mod x;", "mod x { }"),
            ("\n\n", "\n// mine\n"),
            ("-> u8", ""),
        ] {
            assert!(RUST.contains(from));
            assert_ne!(Fingerprint::of("a.rs", &RUST.replacen(from, to, 1)), own, "{from} {to}");
        }
        assert_ne!(Fingerprint::of("a.toml", "a = 1"), Fingerprint::of("a.toml", "a = 2"));
    }

    #[test]
    fn reads_its_own_form_only() {
        let own = Fingerprint::of("a.rs", RUST);
        assert_eq!(Fingerprint::parse(&own.to_string()), Some(own));
        for text in ["", "0", "+000000000000000", "000000000000000g"] {
            assert_eq!(Fingerprint::parse(text), None);
        }
    }
}
