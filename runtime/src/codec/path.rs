//! Path templates (RFC 3986).

#![doc(hidden)]

use crate::codec::EncodeError;
use crate::uri::percent_decoded;
pub use crate::uri::{encode, encode_lightly, encode_segment};

/// Checks a value of a path. It is sent with encoded slashes, which some servers decode before they resolve `..`. So no part
/// between its slashes may be `.` or `..`. With `reserved`, percent-encoded characters of the value are sent as they are, and
/// servers decode them too.
///
/// # Errors
/// Returns an error when a part between slashes is `.` or `..`.
pub fn check_value(name: &str, reserved: bool, text: &str) -> Result<(), EncodeError> {
    let decoded = reserved.then(|| percent_decoded(text));
    let text = decoded.as_deref().unwrap_or(text);
    if text.contains(['/', '\\']) && text.split(['/', '\\']).any(is_dots) {
        return Err(EncodeError::new(format!(
            "{text:?} cannot be sent as the path parameter {name}: it leads to another path"
        )));
    }
    Ok(())
}

/// Returns `true` when a segment leads to another path: URLs are normalized on the way, and `%2e` is read as a dot.
fn is_dots(segment: &str) -> bool {
    segment.len() <= "%2e%2e".len() && matches!(segment.to_ascii_lowercase().replace("%2e", ".").as_str(), "." | "..")
}

/// Replaces `{name}` in a template by an encoded value.
///
/// # Errors
/// Returns an error when the segment would be empty, `.` or `..`, and so lead to another path.
pub fn fill(template: &str, name: &str, value: &str) -> Result<String, EncodeError> {
    let mut filled = String::with_capacity(template.len() + value.len());
    filled.push_str(template);
    let mut from = 0;
    while let Some(place) = place(&filled, name, from) {
        filled.replace_range(place..place + name.len() + "{}".len(), value);
        from = place + value.len();
        let start = filled.get(..place).and_then(|before| before.rfind('/')).map_or(0, |slash| slash + 1);
        // A template can have a query behind its path.
        let end =
            filled.get(from..).and_then(|after| after.find(['/', '?', '#'])).map_or(filled.len(), |end| from + end);
        let segment = filled.get(start..end).unwrap_or_default();
        if segment.is_empty() || is_dots(segment) {
            let reason = if segment.is_empty() { "it is empty" } else { "it leads to another path" };
            return Err(EncodeError::new(format!("{segment:?} cannot be sent as the path parameter {name}: {reason}")));
        }
    }
    Ok(filled)
}

/// Returns the position of `{name}` after an offset.
fn place(text: &str, name: &str, from: usize) -> Option<usize> {
    let is_it = |at: &usize| {
        let after = text.get(at + 1..).and_then(|after| after.strip_prefix(name));
        after.is_some_and(|after| after.starts_with('}'))
    };
    text.get(from..)?.match_indices('{').map(|(at, _)| from + at).find(is_it)
}

/// Checks a path that does not come from a template: it must stay on the server, and not lead to another path.
///
/// # Errors
/// Returns an error when the path does not start with `/` (it would continue the host name), has a segment `.` or `..`,
/// or contains `#`, `\`, `{` or `}`, also in its query.
pub fn check(path: &str) -> Result<(), EncodeError> {
    let path_only = path.split('?').next().unwrap_or_default();
    // URLs are normalized on the way: `\` is read as `/`.
    if !path.starts_with('/') {
        return Err(EncodeError::new(format!("the path {path:?} does not start with `/`")));
    }
    if path.contains(['#', '\\', '{', '}']) {
        return Err(EncodeError::new(format!("the path {path:?} contains `#`, `\\`, `{{` or `}}`")));
    }
    if path_only.split('/').any(is_dots) {
        return Err(EncodeError::new(format!("the path {path:?} leads to another path")));
    }
    Ok(())
}
