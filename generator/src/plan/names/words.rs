//! Splits any text into words for Rust identifiers. Knows letters; does not know the named things.

use heck::{ToSnakeCase, ToUpperCamelCase};
use std::borrow::Cow;

/// Longest identifier, in bytes: modules and pages of documentation are files, whose names have at most 255 bytes.
const LONGEST: usize = 180;

/// `UpperCamelCase`; empty when nothing is left.
pub(super) fn camel(text: &str) -> String {
    cut(spell(text).to_upper_camel_case(), |c| c.is_ascii_uppercase())
}

/// `snake_case`; empty when nothing is left.
pub(super) fn snake(text: &str) -> String {
    cut(spell(text).to_snake_case(), |c| c == '_')
}

/// Cuts a text after the last word that fits. The text is ASCII.
fn cut(mut words: String, starts: impl Fn(char) -> bool) -> String {
    if words.len() > LONGEST {
        let next = |at: usize| words.get(at..).is_some_and(|rest| rest.starts_with(&starts));
        let end = (1..=LONGEST).rev().find(|at| next(*at)).unwrap_or(LONGEST);
        words.truncate(end);
    }
    words
}

/// Words with capitals inside that are one word each.
const MIXED: [(&str, &str); 3] = [("OAuth", "Oauth"), ("IPv4", "Ipv4"), ("IPv6", "Ipv6")];

/// Capitals of the longest usual acronym before an `s` and another word.
const LONG_RUN: usize = 3;

/// Replaces the capitals inside such words: `OAuth2` does not have the words `o` and `auth2`.
fn joined(text: &str) -> Cow<'_, str> {
    let mut joined = Cow::Borrowed(text);
    for (mixed, usual) in MIXED {
        if joined.contains(mixed) {
            let mut parts = joined.split(mixed);
            let mut whole = parts.next().unwrap_or_default().to_owned();
            for part in parts {
                // `FOOAuth` is `foo` and `auth`.
                let inside = whole.ends_with(|c: char| c.is_ascii_uppercase());
                whole.push_str(if inside { mixed } else { usual });
                whole.push_str(part);
            }
            joined = Cow::Owned(whole);
        }
    }
    match joined.strip_prefix("oAuth") {
        Some(rest) => Cow::Owned(format!("oauth{rest}")),
        None => joined,
    }
}

/// Replaces the capitals of plural acronyms: `IPs` does not have the words `i` and `ps`.
///
/// Before a capital, a long run ends with a word of its own: `TLSIsOn` is `tls`, `is`, `on`, and `APIsCount` is `apis`, `count`.
fn plurals(text: &str) -> Cow<'_, str> {
    let mut replaced = Cow::Borrowed(text);
    let mut start = None;
    for (at, letter) in text.char_indices() {
        if letter.is_ascii_uppercase() {
            start = start.or(Some(at));
            continue;
        }
        let Some(run) = start.take().and_then(|start| text.get(start..at)) else { continue };
        let next = text.get(at.saturating_add(1)..).and_then(|rest| rest.chars().next());
        let is_word = run.len() > LONG_RUN && run.ends_with(['A', 'I']) && next.is_some_and(char::is_uppercase);
        if letter == 's' && run.len() > 1 && !is_word && next.is_none_or(|next| !next.is_lowercase()) {
            let tail = at.saturating_sub(run.len()).saturating_add(1)..at;
            if let Some(tail) = replaced.to_mut().get_mut(tail) {
                tail.make_ascii_lowercase();
            }
        }
    }
    replaced
}

/// Replaces meaningful signs and everything outside ASCII by letters.
fn spell(text: &str) -> String {
    let text = &*joined(text);
    let text = &*plurals(text);
    let has_words = text.chars().any(char::is_alphanumeric);
    let mut spelled = String::with_capacity(text.len());
    for (at, sign) in text.chars().enumerate() {
        match sign {
            // "minus 1" is `Minus1` in camel case and `minus_1` in snake case; one word reads better in both. So a space is only before
            // a letter.
            '+' | '-' if at == 0 => {
                spelled.push_str(if sign == '+' { "plus" } else { "minus" });
                if text.chars().nth(1).is_some_and(char::is_alphabetic) {
                    spelled.push(' ');
                }
            }
            c if c.is_ascii_alphanumeric() => spelled.push(c),
            c if c.is_ascii() => match named(c) {
                Some(name) if !has_words => {
                    spelled.push_str(name);
                    spelled.push(' ');
                }
                _ => spelled.push(' '),
            },
            c => fold(c, has_words, &mut spelled),
        }
    }
    spelled
}

/// A text with its signs spelled as words; none where it has no sign.
pub(super) fn signs_in_words(text: &str) -> Option<String> {
    let mut spelled = String::with_capacity(text.len());
    let mut found = false;
    for sign in text.chars() {
        let name = match sign {
            '-' => Some("dash"),
            ' ' => Some("space"),
            sign => named(sign),
        };
        match name {
            Some(name) => {
                found = true;
                spelled.push(' ');
                spelled.push_str(name);
                spelled.push(' ');
            }
            None => spelled.push(sign),
        }
    }
    found.then_some(spelled)
}

/// The word for the case of a text: of all of its letters, or else of the first one.
pub(super) fn case(text: &str) -> &'static str {
    let mut letters = text.chars().filter(|c| c.is_alphabetic());
    match letters.next() {
        Some(first) if first.is_uppercase() => {
            let mut rest = letters.peekable();
            let whole = rest.peek().is_some() && rest.all(char::is_uppercase);
            if whole { "upper" } else { "capital" }
        }
        Some(_) => "lower",
        None => "value",
    }
}

/// The word for a sign.
fn named(sign: char) -> Option<&'static str> {
    Some(match sign {
        '+' => "plus",
        '-' => "minus",
        '<' => "less",
        '>' => "greater",
        '=' => "equal",
        '!' => "not",
        '*' => "star",
        '/' => "slash",
        '\\' => "backslash",
        '%' => "percent",
        '&' => "and",
        '|' => "or",
        '.' => "dot",
        ',' => "comma",
        ':' => "colon",
        ';' => "semicolon",
        '_' => "underscore",
        '#' => "hash",
        '@' => "at",
        '$' => "dollar",
        '~' => "tilde",
        '^' => "caret",
        '?' => "question",
        '"' => "quote",
        '\'' => "apostrophe",
        '`' => "backtick",
        '(' => "open parenthesis",
        ')' => "close parenthesis",
        '[' => "open bracket",
        ']' => "close bracket",
        '{' => "open brace",
        '}' => "close brace",
        _ => return None,
    })
}

/// Replaces a character outside ASCII: a letter by the one without accent, else by its number; a sign by its number if
/// the text has no words.
fn fold(letter: char, has_words: bool, spelled: &mut String) {
    let plain = match letter {
        'à'..='å' | 'À'..='Å' | 'Ā'..='ą' => "a",
        'æ' | 'Æ' => "ae",
        'ç' | 'Ç' | 'Ć'..='č' => "c",
        'ð' | 'Ð' | 'Ď'..='đ' => "d",
        'è'..='ë' | 'È'..='Ë' | 'Ē'..='ě' => "e",
        'Ĝ'..='ģ' => "g",
        'Ĥ'..='ħ' => "h",
        'ì'..='ï' | 'Ì'..='Ï' | 'Ĩ'..='ı' => "i",
        'Ĵ' | 'ĵ' => "j",
        'Ķ'..='ĸ' => "k",
        'Ĺ'..='ł' => "l",
        'ñ' | 'Ñ' | 'Ń'..='ň' => "n",
        'ò'..='ö' | 'Ò'..='Ö' | 'ø' | 'Ø' | 'Ō'..='ő' => "o",
        'œ' | 'Œ' => "oe",
        'Ŕ'..='ř' => "r",
        'ß' => "ss",
        'Ś'..='š' | 'Ș' | 'ș' => "s",
        'Ţ'..='ŧ' | 'Ț' | 'ț' => "t",
        'ù'..='ü' | 'Ù'..='Ü' | 'Ũ'..='ų' => "u",
        'Ŵ' | 'ŵ' => "w",
        'ý' | 'ÿ' | 'Ý' | 'Ŷ'..='Ÿ' => "y",
        'Ź'..='ž' => "z",
        // Accents after their letter.
        '\u{300}'..='\u{36f}' => "",
        c if c.is_alphanumeric() || !(has_words || c.is_whitespace() || c.is_control()) => {
            spelled.push_str(&format!(" u{:x} ", u32::from(c)));
            return;
        }
        _ => " ",
    };
    spelled.push_str(plain);
}
