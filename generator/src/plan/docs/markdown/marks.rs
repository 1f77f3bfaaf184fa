//! Marked words: strong, emphasised, linked, raised, lowered. Knows the rules of marks (CommonMark, sections 6.2 and
//! 6.3); does not know blocks.

use super::escape::{self, text};

/// Puts signs around the words from `start` on, unless Markdown would show the signs. A line break closes the marks and
/// opens them again.
pub(super) fn enclose(prose: &mut String, start: usize, sign: &str) {
    let inner = prose.split_off(start.min(prose.len()));
    for (index, line) in inner.split('\n').enumerate() {
        if index > 0 {
            prose.push('\n');
        }
        let words = line.trim();
        let (lead, _) = line.split_at(line.len() - line.trim_start().len());
        let (_, tail) = line.split_at(line.trim_end().len().max(lead.len()));
        prose.push_str(lead);
        let joined = prose.ends_with(char::is_alphanumeric);
        let opens = !joined || words.starts_with(char::is_alphanumeric);
        if words.is_empty() || !opens {
            prose.push_str(words);
        } else {
            let sign = if joined && sign == "_" { "*" } else { sign };
            prose.extend([sign, words, sign]);
        }
        prose.push_str(tail);
    }
}

/// Separates a closing sign from the words after it, if Markdown would show the sign.
pub(super) fn separate(prose: &mut String, words: &str) {
    if !words.starts_with(char::is_alphanumeric) {
        return;
    }
    let bare = prose.trim_end_matches(['*', '_']);
    let signs = prose.len() - bare.len();
    let ends = bare.ends_with(|c: char| c.is_alphanumeric());
    if signs > 0 && !bare.ends_with('\\') && !bare.ends_with(char::is_whitespace) && (!ends || prose.ends_with('_')) {
        prose.push(' ');
    }
}

/// A link. Only targets on the web stay; rustdoc would take others for Rust items.
pub(super) fn link(label: &str, target: &str, links: bool) -> String {
    let label = label.replace('\n', " ");
    match web(target) {
        Some(target) if escape::plain(label.trim()) == target || label.trim().is_empty() => format!("<{target}>"),
        Some(target) => {
            let (before, words) = label.split_at(label.len() - label.trim_start().len());
            let after = &words.get(words.trim_end().len()..).unwrap_or_default();
            format!("{before}[{}]({target}){after}", words.trim())
        }
        // An address as the text of a link to another target is a link of its own.
        None if label.contains("://") => text(&escape::plain(&label), links),
        None => label,
    }
}

/// An address on the web, with Markdown's signs percent-encoded.
fn web(target: &str) -> Option<String> {
    let target = target.trim();
    let (scheme, host) = target.split_once("://")?;
    let known = scheme.eq_ignore_ascii_case("https") || scheme.eq_ignore_ascii_case("http");
    if !known || !host.starts_with(|c: char| c.is_ascii_alphanumeric()) {
        return None;
    }
    let mut address = String::with_capacity(target.len());
    for byte in target.bytes() {
        if byte.is_ascii_graphic() && !b"<>()[]\\`\"|".contains(&byte) {
            address.push(char::from(byte));
        } else {
            address.push_str(&format!("%{byte:02X}"));
        }
    }
    Some(address)
}

/// Raised characters of the Unicode standard, by the plain ones.
const RAISED: [(char, char); 16] = [
    ('0', '⁰'),
    ('1', '¹'),
    ('2', '²'),
    ('3', '³'),
    ('4', '⁴'),
    ('5', '⁵'),
    ('6', '⁶'),
    ('7', '⁷'),
    ('8', '⁸'),
    ('9', '⁹'),
    ('+', '⁺'),
    ('-', '⁻'),
    ('(', '⁽'),
    (')', '⁾'),
    ('n', 'ⁿ'),
    ('i', 'ⁱ'),
];

/// Lowered characters.
const LOWERED: [(char, char); 14] = [
    ('0', '₀'),
    ('1', '₁'),
    ('2', '₂'),
    ('3', '₃'),
    ('4', '₄'),
    ('5', '₅'),
    ('6', '₆'),
    ('7', '₇'),
    ('8', '₈'),
    ('9', '₉'),
    ('+', '₊'),
    ('-', '₋'),
    ('(', '₍'),
    (')', '₎'),
];

/// Raises or lowers the words from `start` on: Markdown has no sign for either, Unicode has characters for numbers.
pub(super) fn shift(prose: &mut String, start: usize, raised: bool) {
    let inner = prose.split_off(start.min(prose.len()));
    let words = inner.trim();
    let table = if raised { &RAISED[..] } else { &LOWERED[..] };
    let shifted = words.chars().map(|c| table.iter().find(|(plain, _)| *plain == c).map(|(_, shifted)| *shifted));
    if let Some(shifted) = shifted.collect::<Option<String>>() {
        prose.push_str(&shifted);
    } else if words.eq_ignore_ascii_case("tm") && raised {
        prose.push('™');
    } else if !words.starts_with(char::is_alphanumeric) || prose.ends_with(char::is_whitespace) && !raised {
        prose.push_str(&inner);
    } else {
        prose.push_str(if raised { "^" } else { "\\_" });
        let one = words.chars().all(char::is_alphanumeric) && !words.contains(' ');
        prose.push_str(&if one { words.to_owned() } else { format!("({words})") });
    }
}
