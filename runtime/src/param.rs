//! How values are spelled in paths, queries, headers and cookies (OpenAPI 3.1, "Style Values"). Knows the styles'
//! tables; must not know requests.

use crate::path::{encode, encode_lightly};
use serde_json::Value;

/// How a value is spelled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// `a,b`
    Simple,
    /// `.a.b`
    Label,
    /// `;x=a;x=b`
    Matrix,
    /// `x=a&x=b`
    Form,
    /// `x=a%20b`
    SpaceDelimited,
    /// `x=a|b`
    PipeDelimited,
    /// `x[k]=v`
    DeepObject,
    /// A tab between items.
    TabDelimited,
    /// The value as JSON text.
    Json,
}

/// The text of a plain value; JSON for what has none.
#[must_use]
pub fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Null => String::new(),
        Value::Bool(_) | Value::Number(_) | Value::Array(_) | Value::Object(_) => value.to_string(),
    }
}

/// Items of a list, keys and values of an object one after the other, or the one value.
fn flat(value: &Value) -> Vec<String> {
    match value {
        Value::Array(items) => items.iter().map(plain).collect(),
        Value::Object(members) => members.iter().flat_map(|(key, value)| [key.clone(), plain(value)]).collect(),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => vec![plain(value)],
    }
}

fn joined(value: &Value, between: &str, escape: fn(&str) -> String) -> String {
    flat(value).iter().map(|item| escape(item)).collect::<Vec<_>>().join(between)
}

/// `k=v` of an object, joined.
fn assigned(value: &Value, between: &str, escape: fn(&str) -> String) -> Option<String> {
    let members = value.as_object()?.iter();
    let pairs = members.map(|(key, value)| format!("{}={}", escape(key), escape(&plain(value))));
    Some(pairs.collect::<Vec<_>>().join(between))
}

/// Spells a path parameter, encoded.
#[must_use]
pub fn in_path(name: &str, style: Style, explode: bool, value: &Value) -> String {
    let between = |separator| match (explode, assigned(value, separator, encode)) {
        (true, Some(pairs)) => pairs,
        (true, None) => joined(value, separator, encode),
        (false, _) => joined(value, ",", encode),
    };
    match style {
        Style::Label => format!(".{}", between(".")),
        Style::Matrix => match (explode, value) {
            (true, Value::Object(_)) => format!(";{}", between(";")),
            (true, Value::Array(items)) => items.iter().map(|item| matrix(name, &encode(&plain(item)))).collect(),
            _ => matrix(name, &joined(value, ",", encode)),
        },
        Style::Json => encode(&value.to_string()),
        Style::Simple
        | Style::Form
        | Style::SpaceDelimited
        | Style::PipeDelimited
        | Style::DeepObject
        | Style::TabDelimited => between(","),
    }
}

/// `;name=value`, and `;name` of nothing (RFC 6570, section 3.2.7).
fn matrix(name: &str, text: &str) -> String {
    if text.is_empty() { format!(";{}", encode(name)) } else { format!(";{}={text}", encode(name)) }
}

/// Spells a query parameter as pairs, encoded.
#[must_use]
pub fn in_query(name: &str, style: Style, explode: bool, reserved: bool, value: &Value) -> Vec<(String, String)> {
    let escape: fn(&str) -> String = if reserved { encode_lightly } else { encode };
    let one = |text: String| vec![(encode(name), text)];
    match (style, value) {
        (Style::Json, _) => one(escape(&value.to_string())),
        (Style::DeepObject, Value::Object(_) | Value::Array(_)) => {
            let mut pairs = Vec::new();
            deep(name, value, escape, &mut pairs);
            pairs
        }
        (_, Value::Array(items)) if explode => items.iter().map(|item| (encode(name), escape(&plain(item)))).collect(),
        (_, Value::Object(members)) if explode => {
            members.iter().map(|(key, value)| (encode(key), escape(&plain(value)))).collect()
        }
        (Style::SpaceDelimited, _) => one(joined(value, "%20", escape)),
        (Style::PipeDelimited, _) => one(joined(value, "%7C", escape)),
        (Style::TabDelimited, _) => one(joined(value, "%09", escape)),
        (Style::Simple | Style::Label | Style::Matrix | Style::Form | Style::DeepObject, _) => {
            one(joined(value, ",", escape))
        }
    }
}

/// `name[key]=value`; what OpenAPI leaves open nests: `name[a][b]`, and lists repeat `name[key]`.
fn deep(name: &str, value: &Value, escape: fn(&str) -> String, pairs: &mut Vec<(String, String)>) {
    match value {
        Value::Object(members) => {
            for (key, value) in members {
                deep(&format!("{name}[{key}]"), value, escape, pairs);
            }
        }
        Value::Array(items) => {
            for item in items {
                deep(name, item, escape, pairs);
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {
            pairs.push((encode(name), escape(&plain(value))));
        }
    }
}

/// Spells a header field or a cookie, not encoded.
#[must_use]
pub fn in_header(explode: bool, style: Style, value: &Value) -> String {
    let as_is = |text: &str| text.to_owned();
    match (style, explode, assigned(value, ",", as_is)) {
        (Style::Json, _, _) => value.to_string(),
        (_, true, Some(pairs)) => pairs,
        _ => joined(value, ",", as_is),
    }
}
