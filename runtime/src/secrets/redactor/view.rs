//! A text without its escapes, with the origin of each byte.

use std::collections::{BTreeSet, VecDeque};
use std::hash::{BuildHasher, RandomState};
use std::ops::Range;

/// A text without its escapes.
pub(super) struct View {
    bytes: Vec<u8>,
    /// Start and end of each byte in the text, which has less than 4 GiB.
    places: Vec<(u32, u32)>,
    /// Bytes before which a shortened text ends, in ascending order.
    cuts: Vec<usize>,
}

/// Reads the escape at the start of a text: the character and the number of bytes of its spelling.
type Unescape = fn(&[u8]) -> Option<(Read, usize)>;

/// The kinds of escapes, with their first bytes.
const KINDS: [(&[u8], Unescape); 4] = [(b"%", percent), (b"+", form), (b"&", html), (b"\\", backslash)];
/// The largest number of nested escapes that are decoded.
const MAX_NESTING: usize = 3;
/// The largest number of views of one text.
const MAX_VIEWS: usize = 24;

enum Read {
    Byte(u8),
    Char(char),
}

impl View {
    /// Passes the views of a text for all combinations of escapes, nested ones included. Few exist at a time, because a
    /// view is larger than its text.
    pub(super) fn each(text: &str, mut see: impl FnMut(&Self)) {
        let hashes = RandomState::new();
        let plain = Self::plain(text);
        let mut known = BTreeSet::from([hashes.hash_one(&plain.bytes)]);
        see(&plain);
        let mut paths: VecDeque<Vec<Unescape>> = VecDeque::from([Vec::new()]);
        while let Some(path) = paths.pop_front() {
            let mut view: Option<Self> = None;
            for unescape in &path {
                view = Some(view.as_ref().unwrap_or(&plain).read(*unescape));
            }
            let view = view.as_ref().unwrap_or(&plain);
            for (marks, unescape) in KINDS {
                if known.len() >= MAX_VIEWS || !view.bytes.iter().any(|byte| marks.contains(byte)) {
                    continue;
                }
                let read = view.read(unescape);
                if known.insert(hashes.hash_one(&read.bytes)) {
                    see(&read);
                    if path.len() + 1 < MAX_NESTING {
                        paths.push_back(path.iter().copied().chain([unescape]).collect());
                    }
                }
            }
        }
    }

    /// The bytes without escapes.
    pub(super) fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// The bytes before which a shortened text ends, in ascending order.
    pub(super) fn cuts(&self) -> &[usize] {
        &self.cuts
    }

    fn plain(text: &str) -> Self {
        let bytes = text.as_bytes().to_vec();
        let places = (0..bytes.len()).map(|at| (narrow(at), narrow(at + 1))).collect();
        let cuts = text.match_indices('…').map(|(at, _)| at).collect();
        Self { bytes, places, cuts }
    }

    fn read(&self, unescape: Unescape) -> Self {
        let mut read = Self { bytes: Vec::new(), places: Vec::new(), cuts: Vec::new() };
        let mut at = 0;
        while let Some(byte) = self.bytes.get(at) {
            if self.cuts.binary_search(&at).is_ok() {
                read.cuts.push(read.bytes.len());
            }
            let rest = self.bytes.get(at..).unwrap_or_default();
            let (found, length) = unescape(rest).unwrap_or((Read::Byte(*byte), 1));
            let start = self.places.get(at).map_or(0, |(start, _)| *start);
            let end = self.places.get(at + length - 1).map_or(start, |(_, end)| *end);
            let mut push = |byte: u8| {
                read.bytes.push(byte);
                read.places.push((start, end));
            };
            match found {
                Read::Byte(byte) => push(byte),
                Read::Char(c) => c.encode_utf8(&mut [0; 4]).bytes().for_each(push),
            }
            at += length;
        }
        read
    }

    /// Returns the place of these bytes in the text if they follow here. `cased` is true if upper and lower case
    /// differ.
    pub(super) fn at(&self, at: usize, needle: &[u8], cased: bool) -> Option<Range<usize>> {
        let found = self.bytes.get(at..at.checked_add(needle.len())?)?;
        let same = if cased { found == needle } else { found.eq_ignore_ascii_case(needle) };
        same.then(|| self.place(at, at + needle.len()))?
    }

    /// Returns the place of these bytes in the text.
    pub(super) fn place(&self, from: usize, to: usize) -> Option<Range<usize>> {
        let ((start, _), (_, end)) = (self.places.get(from)?, self.places.get(to.checked_sub(1)?)?);
        Some(usize::try_from(*start).ok()?..usize::try_from(*end).ok()?)
    }
}

fn narrow(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

fn hex(digits: &[u8]) -> Option<u32> {
    let text = std::str::from_utf8(digits).ok().filter(|text| text.bytes().all(|byte| byte.is_ascii_hexdigit()))?;
    u32::from_str_radix(text, 16).ok()
}

/// Percent-encoding (RFC 3986, section 2.1).
fn percent(text: &[u8]) -> Option<(Read, usize)> {
    let [b'%', digits @ ..] = text else { return None };
    let byte = u8::try_from(hex(digits.get(..2)?)?).ok()?;
    Some((Read::Byte(byte), 3))
}

/// Percent-encoding of forms, where a plus sign is a space.
fn form(text: &[u8]) -> Option<(Read, usize)> {
    if text.first() == Some(&b'+') { Some((Read::Byte(b' '), 1)) } else { percent(text) }
}

/// Escapes of JSON and of Rust's `Debug`.
fn backslash(text: &[u8]) -> Option<(Read, usize)> {
    let [b'\\', kind, rest @ ..] = text else { return None };
    let plain = |byte: u8| Some((Read::Byte(byte), 2));
    match kind {
        b'n' => plain(b'\n'),
        b'r' => plain(b'\r'),
        b't' => plain(b'\t'),
        b'b' => plain(8),
        b'f' => plain(12),
        b'0' => plain(0),
        b'x' => Some((Read::Byte(u8::try_from(hex(rest.get(..2)?)?).ok()?), 4)),
        b'u' if rest.first() == Some(&b'{') => {
            let end = rest.iter().take(8).position(|byte| *byte == b'}')?;
            Some((Read::Char(char::from_u32(hex(rest.get(1..end)?)?)?), end + 3))
        }
        b'u' => {
            let unit = |at: usize| u16::try_from(hex(rest.get(at..at + 4)?)?).ok();
            let first = unit(0)?;
            if let Some(c) = char::from_u32(u32::from(first)) {
                return Some((Read::Char(c), 6));
            }
            let second = rest.get(4..6).filter(|start| start == b"\\u").and_then(|_| unit(6))?;
            let c = char::decode_utf16([first, second]).next()?.ok()?;
            Some((Read::Char(c), 12))
        }
        b'"' | b'\\' | b'/' | b'\'' => plain(*kind),
        _ => None,
    }
}

fn html(text: &[u8]) -> Option<(Read, usize)> {
    character_reference(text).map(|(c, length)| (Read::Char(c), length))
}

/// The character reference at the start of a text (HTML, section 13.5) and its length in bytes.
pub(crate) fn character_reference(text: &[u8]) -> Option<(char, usize)> {
    let [b'&', rest @ ..] = text else { return None };
    let end = rest.iter().take(10).position(|byte| *byte == b';')?;
    let name = std::str::from_utf8(rest.get(..end)?).ok()?;
    let number = |digits: &str| match digits.strip_prefix(['x', 'X']) {
        Some(digits) => hex(digits.as_bytes()),
        None => digits.parse().ok(),
    };
    let c = match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        "nbsp" => ' ',
        name => char::from_u32(number(name.strip_prefix('#')?)?)?,
    };
    Some((c, end + 2))
}
