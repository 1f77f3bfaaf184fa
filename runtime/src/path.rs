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
