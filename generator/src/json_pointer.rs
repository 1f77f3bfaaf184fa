//! JSON pointers (RFC 6901) as texts.

use std::borrow::Cow;

/// Escapes one step.
#[must_use]
pub(crate) fn escape(step: &str) -> String {
    if step.contains(['~', '/']) { step.replace('~', "~0").replace('/', "~1") } else { step.to_owned() }
}

/// Removes the escapes of one step.
#[must_use]
pub(crate) fn unescape(step: &str) -> String {
    if step.contains('~') { step.replace("~1", "/").replace("~0", "~") } else { step.to_owned() }
}

/// The steps of a pointer such as `/components/schemas/a~1b`, with percent-encoding decoded.
#[must_use]
pub(crate) fn steps(pointer: &str) -> Vec<String> {
    let decoded = if pointer.contains('%') { Cow::Owned(percent_decode(pointer)) } else { Cow::Borrowed(pointer) };
    let steps = decoded.split('/').skip(1);
    steps.map(unescape).collect()
}

/// A text without percent-encoding, or the text itself if it is not UTF-8 then.
#[must_use]
pub(crate) fn percent_decode(text: &str) -> String {
    String::from_utf8(percent_decoded_bytes(text)).unwrap_or_else(|_| text.to_owned())
}

/// The bytes of a text without percent-encoding. A percent sign without two hexadecimal digits stays.
#[must_use]
pub(crate) fn percent_decoded_bytes(text: &str) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let hex = after.get(..2).filter(|hex| *first == b'%' && hex.iter().all(u8::is_ascii_hexdigit));
        let byte = hex.and_then(|hex| u8::from_str_radix(std::str::from_utf8(hex).ok()?, 16).ok());
        bytes.push(byte.unwrap_or(*first));
        rest = if byte.is_some() { after.get(2..).unwrap_or_default() } else { after };
    }
    bytes
}
