//! The parameters of a header, such as those of a media type.

/// Returns a parameter of a header, such as `charset` of a media type (RFC 9110, section 5.6.6).
pub(crate) fn parameter(header: &str, name: &str) -> Option<String> {
    let mut rest = header.split_once(';')?.1;
    loop {
        let end = rest.find(['=', ';'])?;
        let (key, after) = (rest.get(..end)?.trim(), rest.get(end..)?);
        let Some(value) = after.strip_prefix('=').map(str::trim_start) else {
            rest = after.get(1..)?;
            continue;
        };
        let (value, left) = match value.strip_prefix('"') {
            Some(quoted) => unquoted(quoted),
            None => {
                let (value, left) = value.split_once(';').unwrap_or((value, ""));
                (value.trim_end().to_owned(), left)
            }
        };
        if key.eq_ignore_ascii_case(name) {
            return Some(value);
        }
        rest = left;
    }
}

/// Returns the text before the closing quote, and the rest after the next semicolon. A backslash that escapes nothing
/// stays, because some programs send paths of files.
fn unquoted(quoted: &str) -> (String, &str) {
    let mut value = String::new();
    let mut letters = quoted.char_indices().peekable();
    while let Some((place, letter)) = letters.next() {
        match letter {
            '"' => {
                let after = quoted.get(place..).unwrap_or_default();
                return (value, after.split_once(';').map_or("", |(_, left)| left));
            }
            '\\' => match letters.next_if(|(_, next)| matches!(next, '"' | '\\')) {
                Some((_, escaped)) => value.push(escaped),
                None => value.push(letter),
            },
            _ => value.push(letter),
        }
    }
    (value, "")
}
