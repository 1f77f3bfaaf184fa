//! The header `Link` (RFC 8288).

use crate::uri::written;
use http::HeaderMap;
use http::header::LINK;

/// Returns the target of the first link with the relation `next`.
pub(super) fn next(headers: &HeaderMap) -> Option<String> {
    headers.get_all(LINK).iter().find_map(|field| next_in(&written(field)))
}

fn next_in(mut field: &str) -> Option<String> {
    while let Some((_, rest)) = field.split_once('<') {
        let (target, rest) = rest.split_once('>')?;
        let end = end(rest);
        let (parameters, rest) = rest.split_at_checked(end)?;
        if is_next(parameters) {
            return Some(target.trim().to_owned());
        }
        field = rest;
    }
    None
}

/// Returns the end of a link's parameters: a comma outside quotes.
fn end(text: &str) -> usize {
    let (mut quoted, mut escaped) = (false, false);
    for (at, c) in text.char_indices() {
        match c {
            _ if escaped => escaped = false,
            '\\' if quoted => escaped = true,
            '"' => quoted = !quoted,
            ',' if !quoted => return at,
            _ => {}
        }
    }
    text.len()
}

/// Returns `true` when the first `rel` has `next` among its relations. Further ones are ignored.
fn is_next(mut parameters: &str) -> bool {
    while let Some((_, rest)) = parameters.split_once(';') {
        let (name, rest) = rest.split_at(rest.find(['=', ';']).unwrap_or(rest.len()));
        // A name alone has no value.
        let Some(rest) = rest.strip_prefix('=') else {
            parameters = rest;
            continue;
        };
        let (value, rest) = match rest.trim_start().strip_prefix('"') {
            Some(quoted) => quoted.split_at(closing(quoted)),
            None => rest.split_at(rest.find(';').unwrap_or(rest.len())),
        };
        if name.trim().eq_ignore_ascii_case("rel") {
            return value.split_whitespace().any(|relation| relation.eq_ignore_ascii_case("next"));
        }
        parameters = rest;
    }
    false
}

/// Returns the end of a quoted string.
fn closing(text: &str) -> usize {
    let mut escaped = false;
    let ends = |c: char| {
        let ends = c == '"' && !escaped;
        escaped = c == '\\' && !escaped;
        ends
    };
    text.find(ends).unwrap_or(text.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_next_page() {
        for (field, wanted) in [
            (
                "<https://e.com/?page=2>; rel=\"next\", <https://e.com/?page=9>; rel=\"last\"",
                Some("https://e.com/?page=2"),
            ),
            ("<a?x=1,2>; rel=prev, </b?y=3>;title=\"a, \\\"b\\\" <c>; rel=next\";rel=next", Some("/b?y=3")),
            ("<a>; REL=\"first Next\"", Some("a")),
            ("<a>; rel=last; rel=next, <b>;rel=next", Some("b")),
            ("<a>; rel=\"last\"", None),
            ("<a; rel=next", None),
            ("<a>; title; rel = next", Some("a")),
            ("rel=next", None),
            ("", None),
        ] {
            assert_eq!(next_in(field).as_deref(), wanted, "{field}");
        }
    }
}
