//! Cookie parameters.

use super::{Parts, Style, as_is, each, in_query, is_token, plain};
use crate::codec::EncodeError;
use serde_json::Value;

/// Writes a cookie as pairs: encoded, or checked if the style encodes nothing.
///
/// # Errors
/// Returns an error when a character is not allowed in a cookie (RFC 6265, section 4.1.1), except a comma between items.
pub fn in_cookie(
    name: &str,
    style: Style,
    explode: bool,
    reserved: bool,
    value: &Value,
) -> Result<Vec<(String, String)>, EncodeError> {
    let (is_plain, parts) = (style == Style::Cookie, Parts::of(value));
    let pairs = if is_plain {
        match (&parts, explode) {
            (Parts::None, _) => Vec::new(),
            (Parts::List(items), true) => items.iter().map(|item| (name.to_owned(), plain(item))).collect(),
            (Parts::Object(members), true) => {
                let pairs = members.iter().flat_map(|(key, value)| each(key, value));
                pairs.map(|(key, value)| (key.to_owned(), plain(value))).collect()
            }
            _ => vec![(name.to_owned(), parts.joined(",", as_is))],
        }
    } else {
        let pairs = in_query(name, style, explode, reserved, value).into_iter();
        // A reserved character that would end the cookie is encoded.
        pairs.map(|(name, value)| (name, value.replace(';', "%3B"))).collect()
    };
    // Unencoded, a comma separates items. The other styles encode those of the items.
    let is_joined = !explode && matches!(parts, Parts::List(_) | Parts::Object(_));
    let has_comma = match is_joined {
        true => parts.texts().iter().any(|text| text.contains(',')),
        false => pairs.iter().any(|(_, value)| value.contains(',')),
    };
    let fits = |byte: u8| byte.is_ascii_graphic() && !matches!(byte, b'"' | b';' | b'\\');
    // Quotation marks may stand around a whole value.
    let inner = |value: &str| Some(value.strip_prefix('"')?.strip_suffix('"')?.to_owned());
    let fit = |value: &str| inner(value).as_deref().unwrap_or(value).bytes().all(fits);
    let is_sent = |(name, value): &(String, String)| fit(value) && is_token(name);
    if (is_plain && has_comma) || !pairs.iter().all(is_sent) {
        return Err(EncodeError::new(format!("the cookie {name} cannot contain this value: encode it first")));
    }
    Ok(pairs)
}
