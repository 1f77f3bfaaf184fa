//! Splits any text into words that Rust identifiers may hold. Knows letters; must not know what is named.

use heck::{ToSnakeCase, ToUpperCamelCase};

/// `UpperCamelCase`; empty when nothing is left.
pub(super) fn camel(text: &str) -> String {
    spell(text).to_upper_camel_case()
}

/// `snake_case`; empty when nothing is left.
pub(super) fn snake(text: &str) -> String {
    spell(text).to_snake_case()
}

/// Spells signs that carry meaning and everything outside ASCII with letters.
fn spell(text: &str) -> String {
    let has_words = text.chars().any(char::is_alphanumeric);
    let mut spelled = String::with_capacity(text.len());
    for (at, sign) in text.chars().enumerate() {
        match sign {
            '+' | '-' if at == 0 => spelled.push_str(if sign == '+' { "plus" } else { "minus " }),
            c if c.is_ascii_alphanumeric() => spelled.push(c),
            c if c.is_ascii() => match named(c) {
                Some(name) if !has_words => {
                    spelled.push_str(name);
                    spelled.push(' ');
                }
                _ => spelled.push(' '),
            },
            c => fold(c, &mut spelled),
        }
        if at == 0 && sign == '-' {
            // "minus 1" is `Minus1` in camel case and `minus_1` in snake case; one word reads better in both.
            spelled.truncate(spelled.trim_end().len());
            if text.chars().nth(1).is_some_and(char::is_alphabetic) {
                spelled.push(' ');
            }
        }
        if at == 0 && sign == '+' && text.chars().nth(1).is_some_and(char::is_alphabetic) {
            spelled.push(' ');
        }
    }
    spelled
}

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
        _ => return None,
    })
}

fn fold(letter: char, spelled: &mut String) {
    let plain = match letter {
        'à'..='å' | 'À'..='Å' => "a",
        'æ' | 'Æ' => "ae",
        'ç' | 'Ç' => "c",
        'è'..='ë' | 'È'..='Ë' => "e",
        'ì'..='ï' | 'Ì'..='Ï' => "i",
        'ñ' | 'Ñ' => "n",
        'ò'..='ö' | 'Ò'..='Ö' | 'ø' | 'Ø' => "o",
        'œ' | 'Œ' => "oe",
        'ß' => "ss",
        'ù'..='ü' | 'Ù'..='Ü' => "u",
        'ý' | 'ÿ' | 'Ý' => "y",
        c if c.is_alphanumeric() => {
            spelled.push_str(&format!(" u{:x} ", u32::from(c)));
            return;
        }
        _ => " ",
    };
    spelled.push_str(plain);
}
