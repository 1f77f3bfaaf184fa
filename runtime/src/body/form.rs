//! Responses that are forms (`application/x-www-form-urlencoded`). Their pairs become members of a tree of strings.

use crate::codec::param::{Encoding, Style};
use crate::codec::{Decode, DecodeError};
use crate::response::RawResponse;
use percent_encoding::percent_decode;
use serde_json::map::Entry;
use serde_json::{Map, Value};
use std::borrow::Cow;

/// The maximum depth of keys such as `a[b][c]`.
const MAX_DEPTH: usize = 16;

/// Decodes a form. `styles` has the members with a style of their own.
///
/// # Errors
/// Returns a [`DecodeError`] when the body is not UTF-8, or is not of this type.
pub fn read<T: Decode>(response: &RawResponse, styles: &[(&str, Encoding)]) -> Result<T, DecodeError> {
    let value = tree(response.raw_body(), styles)?;
    response.decode_texts(&value)
}

fn tree(body: &[u8], styles: &[(&str, Encoding)]) -> Result<Value, DecodeError> {
    let mut members = Map::new();
    for pair in body.split(|byte| *byte == b'&').filter(|pair| !pair.is_empty()) {
        let (key, value) = pair.split_at(pair.iter().position(|byte| *byte == b'=').unwrap_or(pair.len()));
        let (key, encoded) = (decoded(key)?, value.get(1..).unwrap_or_default());
        let styled = |name: &str| styles.iter().find(|(member, _)| *member == name).map(|known| known.1);
        let deep = key
            .split_once('[')
            .and_then(|(name, _)| styled(name))
            .filter(|encoding| encoding.style == Style::DeepObject);
        match (deep, styled(&key)) {
            (Some(_), _) => nest(&mut members, &key, Value::String(decoded(encoded)?)),
            (None, Some(encoding)) => add(&mut members, &key, spelled(encoded, encoding.style, encoding.explode)?),
            (None, None) => add(&mut members, &key, Value::String(decoded(encoded)?)),
        }
    }
    Ok(Value::Object(members))
}

/// Decodes percent-encoding, and a plus as a space, as browsers do.
fn decoded(text: &[u8]) -> Result<String, DecodeError> {
    let spaced: Cow<'_, [u8]> = if text.contains(&b'+') {
        text.iter().map(|byte| if *byte == b'+' { b' ' } else { *byte }).collect::<Vec<_>>().into()
    } else {
        text.into()
    };
    let text = percent_decode(&spaced).decode_utf8();
    text.map(Cow::into_owned).map_err(|error| DecodeError::new("a form in UTF-8", error.to_string()))
}

/// Decodes the encoded string of a style.
fn spelled(encoded: &[u8], style: Style, explode: bool) -> Result<Value, DecodeError> {
    let text = decoded(encoded)?;
    let separator = match style {
        Style::Json => return Ok(serde_json::from_str(&text).unwrap_or(Value::String(text))),
        Style::SpaceDelimited => ' ',
        Style::PipeDelimited => '|',
        Style::TabDelimited => '\t',
        Style::Simple | Style::Label | Style::Matrix | Style::Form | Style::DeepObject | Style::Cookie => {
            // An encoded comma belongs to an item (RFC 6570, section 3.2.1), but some servers encode all of them.
            if !explode && encoded.contains(&b',') {
                let items = encoded.split(|byte| *byte == b',').map(|item| decoded(item).map(Value::String));
                return items.collect::<Result<_, _>>().map(Value::Array);
            }
            ','
        }
    };
    if explode || !text.contains(separator) {
        return Ok(Value::String(text));
    }
    Ok(Value::Array(text.split(separator).map(|item| Value::String(item.to_owned())).collect()))
}

/// Adds a value. Several values of one name become a list.
pub(crate) fn add(members: &mut Map<String, Value>, name: &str, value: Value) {
    match members.entry(name) {
        Entry::Vacant(place) => drop(place.insert(value)),
        Entry::Occupied(place) => match place.into_mut() {
            Value::Array(items) => items.push(value),
            first => *first = Value::Array(vec![first.take(), value]),
        },
    }
}

/// Adds the value of `name[key][key]`. The key `name[]` is an item of a list.
fn nest(members: &mut Map<String, Value>, key: &str, value: Value) {
    let mut path = key.split('[').map(|step| step.trim_end_matches(']'));
    let (mut place, mut name) = (members, path.next().unwrap_or_default());
    for (depth, step) in path.enumerate() {
        if step.is_empty() || depth >= MAX_DEPTH {
            break;
        }
        let inner = place.entry(name).or_insert_with(|| Value::Object(Map::new()));
        if !inner.is_object() {
            *inner = Value::Object(Map::new());
        }
        let Value::Object(found) = inner else { return };
        (place, name) = (found, step);
    }
    add(place, name, value);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_encoded_comma_beside_others_belongs_to_an_item() {
        let styles = [("tags", Encoding::FORM.joined()), ("pipes", Encoding::PIPE_DELIMITED)];
        for (body, expected) in [
            ("tags=a%2Cb,c", r#"{"tags":["a,b","c"]}"#),
            ("tags=a%2Cb", r#"{"tags":["a","b"]}"#),
            ("tags=a,,b", r#"{"tags":["a","","b"]}"#),
            ("pipes=a%7Cb|c", r#"{"pipes":["a","b","c"]}"#),
            ("other=a,b", r#"{"other":"a,b"}"#),
        ] {
            assert_eq!(tree(body.as_bytes(), &styles).unwrap().to_string(), expected, "{body}");
        }
    }
}
