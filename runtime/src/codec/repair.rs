//! JSON strings that no Rust string can hold: escapes of half a surrogate pair, and bytes that are not UTF-8. Each such
//! character is read as U+FFFD, and its place and the character are reported, without the string, which may be a secret. Knows JSON's syntax; must not know types.

use super::DecodeError;
use super::recovery::Recovery;

/// JSON whose strings are valid Unicode.
pub(super) struct Repaired {
    pub(super) text: String,
    /// The places of replaced characters, with the first of each string.
    pub(super) replaced: Vec<DecodeError>,
}

/// The position in an array or object that is being read.
enum Level {
    Object { key: String, is_key: bool },
    Array(usize),
}

/// Replaces invalid characters in strings; `None` if there are none.
pub(super) fn repair(bytes: &[u8]) -> Option<Repaired> {
    let (mut all, mut replaced, mut levels) = (Vec::with_capacity(bytes.len()), Vec::new(), Vec::new());
    let (mut rest, mut found) = (bytes, false);
    while let Some((byte, behind)) = rest.split_first() {
        all.push(*byte);
        rest = behind;
        match byte {
            b'{' => levels.push(Level::Object { key: String::new(), is_key: true }),
            b'[' => levels.push(Level::Array(0)),
            b'}' | b']' => drop(levels.pop()),
            b',' => match levels.last_mut() {
                Some(Level::Object { is_key, .. }) => *is_key = true,
                Some(Level::Array(index)) => *index += 1,
                None => {}
            },
            b':' => {
                if let Some(Level::Object { is_key, .. }) = levels.last_mut() {
                    *is_key = false;
                }
            }
            b'"' => {
                let (string, behind) = behind.split_at(length(behind));
                rest = behind;
                let (repaired, odd) = repaired(string);
                if let Some(Level::Object { key, is_key: true }) = levels.last_mut() {
                    key.clone_from(&repaired);
                }
                if let Some(odd) = odd {
                    found = true;
                    if replaced.len() < Recovery::MAX_MISFITS {
                        replaced.push(place(DecodeError::new("a string of Unicode characters", odd), &levels));
                    }
                }
                all.extend_from_slice(repaired.as_bytes());
                if let Some((quote, behind)) = rest.split_first() {
                    all.push(*quote);
                    rest = behind;
                }
            }
            _ => {}
        }
    }
    // Bytes outside strings that are not UTF-8 are not JSON, and the decoder reports them.
    found.then(|| Repaired { text: String::from_utf8_lossy(&all).into_owned(), replaced })
}

/// Returns the number of bytes before the closing quote.
fn length(bytes: &[u8]) -> usize {
    let mut escaped = false;
    let end = bytes.iter().position(|byte| match byte {
        _ if escaped => {
            escaped = false;
            false
        }
        b'\\' => {
            escaped = true;
            false
        }
        byte => *byte == b'"',
    });
    end.unwrap_or(bytes.len())
}

/// Returns the repaired content of a string, and the first character that was replaced.
fn repaired(string: &[u8]) -> (String, Option<String>) {
    let text = String::from_utf8_lossy(string);
    let mut odd = invalid_bytes(string);
    let mut repaired = String::with_capacity(text.len());
    let mut rest = text.as_ref();
    while let Some(at) = rest.find('\\') {
        let (before, escape) = rest.split_at(at);
        repaired.push_str(before);
        let (length, lone) = match surrogate(escape) {
            None => (escape.chars().take(2).map(char::len_utf8).sum(), false),
            Some(0xD800..=0xDBFF) if escape.get(6..).and_then(surrogate).is_some_and(|next| next >= 0xDC00) => {
                (12, false)
            }
            Some(_) => (6, true),
        };
        if lone {
            odd.get_or_insert_with(|| format!("the escape `{}`", escape.get(..length).unwrap_or_default()));
        }
        repaired.push_str(if lone { "\\ufffd" } else { escape.get(..length).unwrap_or(escape) });
        rest = escape.get(length..).unwrap_or_default();
    }
    repaired.push_str(rest);
    (repaired, odd)
}

/// Returns the half of a surrogate pair that the escape at the start of a string encodes.
fn surrogate(escape: &str) -> Option<u16> {
    let digits = escape.strip_prefix("\\u")?.get(..4)?;
    let unit =
        digits.bytes().all(|digit| digit.is_ascii_hexdigit()).then(|| u16::from_str_radix(digits, 16).ok())??;
    (0xD800..=0xDFFF).contains(&unit).then_some(unit)
}

/// Describes the first bytes of a string that are not UTF-8.
fn invalid_bytes(string: &[u8]) -> Option<String> {
    let invalid = string.utf8_chunks().map(|chunk| chunk.invalid()).find(|invalid| !invalid.is_empty())?;
    Some(invalid.iter().fold("the bytes ".to_owned(), |text, byte| text + &format!("\\x{byte:02X}")))
}

fn place(error: DecodeError, levels: &[Level]) -> DecodeError {
    levels.iter().rev().fold(error, |error, level| match level {
        Level::Object { key, .. } => error.in_key(key),
        Level::Array(index) => error.in_index(*index),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn replaces_what_no_string_can_hold_and_says_where() {
        assert!(repair(br#"{"a":["\ud83d\ude00","\\ud800"]}"#).is_none());
        let odd = repair(b"{\"a\":[1,\"x\\ud800y\"],\"b\":{\"c\":\"caf\xE9\"},\"\\udc00\":1}").unwrap();
        assert_eq!(odd.text, "{\"a\":[1,\"x\\ufffdy\"],\"b\":{\"c\":\"caf\u{fffd}\"},\"\\ufffd\":1}");
        let shown: Vec<String> = odd.replaced.iter().map(ToString::to_string).collect();
        assert_eq!(shown.first().unwrap(), "a[1]: expected a string of Unicode characters, found the escape `\\ud800`");
        assert_eq!(shown.get(1).unwrap(), "b.c: expected a string of Unicode characters, found the bytes \\xE9");
        assert_eq!(shown.len(), 3);
    }

    #[test]
    fn ends_where_strings_do_not() {
        for text in ["\"\\ud800", "\"\\ud8", "\"\\", "\"\\ud800\\u", "[\"\\ud800\\udbff\"]"] {
            let repaired = repair(text.as_bytes());
            assert_eq!(repaired.is_some(), text.contains("ud800"), "{text}");
        }
    }
}
