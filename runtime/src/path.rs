//! Path templates and percent-encoding (RFC 3986).

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// Everything but the unreserved characters of RFC 3986, section 2.3.
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');
/// What even `allowReserved` escapes.
const ALWAYS: &AsciiSet = &percent_encoding::CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'<')
    .add(b'>')
    .add(b'#')
    .add(b'%')
    .add(b'&')
    .add(b'+')
    .add(b'\\')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}');

/// Encodes everything but unreserved characters, once.
#[must_use]
pub fn encode(text: &str) -> String {
    utf8_percent_encode(text, RESERVED).to_string()
}

/// Encodes only what cannot stand in a query at all (`allowReserved`).
#[must_use]
pub fn encode_lightly(text: &str) -> String {
    utf8_percent_encode(text, ALWAYS).to_string()
}

/// Fills `{name}` in a template with a value that is encoded already.
///
/// # Errors
/// When the filled segment would be empty, `.` or `..`, and so mean another place.
pub fn fill(template: &str, name: &str, value: &str) -> Result<String, String> {
    let hole = format!("{{{name}}}");
    let filled = template.replace(&hole, value);
    let before = template.split('/').filter(|segment| segment.contains(&hole));
    for segment in before {
        let segment = segment.replace(&hole, value);
        if matches!(segment.as_str(), "" | "." | "..") {
            return Err(format!("{segment:?} cannot be sent as the path parameter {name}: it would leave its place"));
        }
    }
    Ok(filled)
}

/// Checks a path that was not made from a template: it must stay on the server, and at the place that it shows.
///
/// # Errors
/// When it does not start with `/` (it would run on from the host's name), holds a fragment, or a segment `.` or `..`.
pub fn check(path: &str) -> Result<(), String> {
    let place = path.split('?').next().unwrap_or_default();
    // Addresses are tidied up on the way: `\` is read as `/`, and `%2e` as a dot.
    let dots = |segment: &str| matches!(segment.to_ascii_lowercase().replace("%2e", ".").as_str(), "." | "..");
    if !path.starts_with('/') {
        return Err(format!("the path {path:?} does not start with `/`"));
    }
    if path.contains(['#', '\\', '{', '}']) || place.split('/').any(dots) {
        return Err(format!("the path {path:?} does not stay in its place"));
    }
    Ok(())
}
