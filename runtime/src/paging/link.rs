//! The header `Link` (RFC 8288).

use crate::uri::header_text;
use http::HeaderMap;
use http::header::LINK;

/// Returns the target of the first link with the relation `next`.
pub(super) fn next(headers: &HeaderMap) -> Option<String> {
    target(headers, &["next"])
}

/// Returns `true` for a link to the previous page without one to the next, and where the first page is the last.
pub(super) fn is_last(headers: &HeaderMap) -> bool {
    let is_only = || target(headers, &["first"]).is_some_and(|first| target(headers, &["last"]) == Some(first));
    next(headers).is_none() && (target(headers, &["prev", "previous"]).is_some() || is_only())
}

/// Returns `true` for links without one to the next page.
pub(super) fn is_without_next(headers: &HeaderMap) -> bool {
    headers.contains_key(LINK) && next(headers).is_none()
}

/// Returns the target of the first link with one of these relations.
fn target(headers: &HeaderMap, relations: &[&str]) -> Option<String> {
    headers.get_all(LINK).iter().find_map(|field| target_in(&header_text(field), relations))
}

fn target_in(mut field: &str, relations: &[&str]) -> Option<String> {
    while let Some((_, rest)) = field.split_once('<') {
        let (target, rest) = rest.split_once('>')?;
        let end = end(rest);
        let (parameters, rest) = rest.split_at_checked(end)?;
        if has_relation(parameters, relations) {
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

/// Returns `true` when the first `rel` has one of these relations. Further ones are ignored. A link with an `anchor` is one
/// of another resource (RFC 8288, section 3.2).
fn has_relation(parameters: &str, relations: &[&str]) -> bool {
    let parameters = values(parameters);
    let of =
        |name: &str| parameters.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| *value);
    let is_one = |found: &str| relations.iter().any(|relation| found.eq_ignore_ascii_case(relation));
    of("anchor").is_none_or(str::is_empty) && of("rel").is_some_and(|value| value.split_whitespace().any(is_one))
}

/// Returns the parameters that have a value, without its quotes.
fn values(mut parameters: &str) -> Vec<(&str, &str)> {
    let mut values = Vec::new();
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
        values.push((name.trim(), value.trim()));
        parameters = rest;
    }
    values
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
            ("</orders/9?page=2>; rel=next; anchor=\"/orders/9\", <b>; rel=next", Some("b")),
            ("<a>; anchor=\"\"; rel=next", Some("a")),
            ("", None),
        ] {
            assert_eq!(target_in(field, &["next"]).as_deref(), wanted, "{field}");
        }
    }

    #[test]
    fn last_page_has_a_link_to_the_previous_one_but_none_to_the_next() {
        for (fields, wanted) in [
            (&["<a>; rel=prev, <b>; rel=\"first\""][..], true),
            (&["<a>; rel=first", "<b>; rel=next"], false),
            (&["<a>; rel=last"], false),
            (&["<a>; rel=first, <b>; rel=last"], false),
            (&["<a>; rel=first", "<a>; rel=last"], true),
            (&["<a>; rel=\"first last\", <b>; rel=next"], false),
            (&["<style.css>; rel=preload"], false),
            (&[], false),
        ] {
            let fields = fields.iter().map(|field| (LINK, field.parse().unwrap()));
            assert_eq!(is_last(&fields.collect()), wanted);
        }
    }
}
