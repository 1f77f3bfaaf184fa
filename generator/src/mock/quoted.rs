//! Header values with quoted strings (RFC 9110, section 5.6.4).

/// The parts of a header between separators outside quotes.
pub(super) fn split<'t>(text: &'t str, separators: &str) -> Vec<&'t str> {
    let (mut is_quoted, mut is_escaped) = (false, false);
    let is_end = |sign: char| {
        if is_escaped {
            is_escaped = false;
            return false;
        }
        match sign {
            '"' => is_quoted = !is_quoted,
            '\\' => is_escaped = is_quoted,
            _ => {}
        }
        !is_quoted && separators.contains(sign)
    };
    text.split(is_end).collect()
}

/// A value without its quotes.
pub(super) fn unquoted(value: &str) -> String {
    let value = value.trim();
    let Some(inner) = value.strip_prefix('"').and_then(|value| value.strip_suffix('"')) else {
        return value.to_owned();
    };
    let (mut text, mut signs) = (String::new(), inner.chars());
    while let Some(sign) = signs.next() {
        text.push(if sign == '\\' { signs.next().unwrap_or(sign) } else { sign });
    }
    text
}

/// A value in quotes.
pub(super) fn quoted(value: &str) -> String {
    format!("\"{}\"", value.replace('\\', "\\\\").replace('"', "\\\""))
}

#[cfg(test)]
mod tests {
    use super::{quoted, split, unquoted};

    #[test]
    fn separators_in_quotes_are_text() {
        assert_eq!(split(r#"a, b="c,;\"d";e"#, ",;"), ["a", r#" b="c,;\"d""#, "e"]);
        assert_eq!(split("a\\,\"b,", ","), ["a\\", "\"b,"]);
        assert_eq!(split("", ","), [""]);
    }

    #[test]
    fn quotes_are_removed() {
        for (value, text) in [(" a ", "a"), (r#""a\"b\\""#, r#"a"b\"#), ("\"", "\""), ("\"a", "\"a")] {
            assert_eq!(unquoted(value), text);
            assert_eq!(unquoted(&quoted(text)), text);
        }
    }
}
