//! The encoding of values in paths, queries, headers and cookies (OpenAPI 3.2, "Style Values", which builds on RFC
//! 6570).
//! Knows the styles' tables; must not know requests.

#![doc(hidden)]

mod cookies;

use crate::codec::{EncodeError, path};
use crate::uri::{encode, encode_lightly, encode_segment};
pub use cookies::in_cookie;
use http::HeaderValue;
use serde_json::Value;
use std::borrow::Cow;

/// The style of a parameter.
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
    /// `x=a; x=b`, unencoded.
    Cookie,
    /// The value as JSON text.
    Json,
}

impl Style {
    /// Returns the separator of the items of a list that is not exploded.
    fn delimiter(self, escape: Escape) -> Cow<'static, str> {
        match self {
            Self::SpaceDelimited => escape(" ").into(),
            Self::PipeDelimited => escape("|").into(),
            Self::TabDelimited => escape("\t").into(),
            Self::Simple | Self::Label | Self::Matrix | Self::Form | Self::DeepObject | Self::Cookie | Self::Json => {
                ",".into()
            }
        }
    }
}

/// The encoding of a parameter or a field of a form: its style with options (OpenAPI 3.2, "Parameter Object" and
/// "Encoding Object").
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Encoding {
    /// The style.
    pub style: Style,
    /// Writes each item of a list, and each field of an object, as a separate pair.
    pub explode: bool,
    /// Sends reserved characters unencoded where the place allows them.
    pub reserved: bool,
}

impl Encoding {
    /// `a,b`; the default of paths and headers.
    pub const SIMPLE: Self = Self::new(Style::Simple);
    /// `.a.b`
    pub const LABEL: Self = Self::new(Style::Label);
    /// `;x=a,b`
    pub const MATRIX: Self = Self::new(Style::Matrix);
    /// `x=a&x=b`; the default of queries, cookies and forms.
    pub const FORM: Self = Self::new(Style::Form);
    /// `x=a%20b`
    pub const SPACE_DELIMITED: Self = Self::new(Style::SpaceDelimited);
    /// `x=a|b`
    pub const PIPE_DELIMITED: Self = Self::new(Style::PipeDelimited);
    /// `x[k]=v`
    pub const DEEP_OBJECT: Self = Self::new(Style::DeepObject);
    /// A tab between items.
    pub const TAB_DELIMITED: Self = Self::new(Style::TabDelimited);
    /// `x=a; x=b`, unencoded.
    pub const COOKIE: Self = Self::new(Style::Cookie);
    /// The value as JSON text.
    pub const JSON: Self = Self::new(Style::Json);

    /// Creates an encoding from a style with the standard's default of `explode`: true for `form` and `cookie`, false
    /// for others.
    #[must_use]
    pub const fn new(style: Style) -> Self {
        Self { style, explode: matches!(style, Style::Form | Style::Cookie), reserved: false }
    }

    /// Writes each item of a list, and each field of an object, as a separate pair (`explode: true`).
    #[must_use]
    pub const fn exploded(mut self) -> Self {
        self.explode = true;
        self
    }

    /// Joins the items of a list, and the fields of an object (`explode: false`).
    #[must_use]
    pub const fn joined(mut self) -> Self {
        self.explode = false;
        self
    }

    /// Sends reserved characters unencoded (`allowReserved: true`).
    #[must_use]
    pub const fn with_reserved(mut self) -> Self {
        self.reserved = true;
        self
    }
}

/// Returns a plain value as text, and an object or list as JSON.
#[must_use]
pub fn plain(value: &Value) -> String {
    spelled(value).into_owned()
}

/// Returns the text of a value, borrowed if it is a string.
fn spelled(value: &Value) -> Cow<'_, str> {
    match value {
        Value::String(text) => text.into(),
        Value::Null => "".into(),
        Value::Number(number) => digits(number).into(),
        Value::Bool(_) | Value::Array(_) | Value::Object(_) => value.to_string().into(),
    }
}

/// Returns the digits of a number. A whole number has no `.0`: descriptions made from JavaScript use `number` for every
/// number, and their servers read identifiers such as `/items/3` by their digits.
fn digits(number: &serde_json::Number) -> String {
    let mut digits = number.to_string();
    if digits.ends_with(".0") {
        digits.truncate(digits.len() - 2);
    }
    digits
}

/// The parts of a value. Nulls are omitted, and a list or object without values is absent itself (RFC 6570, section
/// 2.3).
enum Parts<'v> {
    None,
    One(&'v Value),
    List(Vec<&'v Value>),
    Object(Vec<(&'v str, &'v Value)>),
}

impl<'v> Parts<'v> {
    fn of(value: &'v Value) -> Self {
        match value {
            Value::Null => Self::None,
            Value::Array(items) => {
                let items: Vec<_> = items.iter().filter(|item| !item.is_null()).collect();
                if items.is_empty() { Self::None } else { Self::List(items) }
            }
            Value::Object(members) => {
                let members = members.iter().filter(|(_, value)| !value.is_null());
                let members: Vec<_> = members.map(|(key, value)| (key.as_str(), value)).collect();
                if members.is_empty() { Self::None } else { Self::Object(members) }
            }
            Value::Bool(_) | Value::Number(_) | Value::String(_) => Self::One(value),
        }
    }

    /// Returns every text, keys included.
    fn texts(&self) -> Vec<Cow<'v, str>> {
        match self {
            Self::None => Vec::new(),
            Self::One(value) => vec![spelled(value)],
            Self::List(items) => items.iter().map(|item| spelled(item)).collect(),
            Self::Object(members) => {
                members.iter().flat_map(|(key, value)| [Cow::from(*key), spelled(value)]).collect()
            }
        }
    }

    /// Joins the encoded texts: `k,v` of objects.
    fn joined(&self, separator: &str, escape: Escape) -> String {
        if let Self::One(value) = self {
            return escape(&spelled(value));
        }
        self.texts().iter().map(|text| escape(text)).collect::<Vec<_>>().join(separator)
    }

    /// Joins `k=v` of objects. Other values are joined as without `explode`.
    fn exploded(&self, separator: &str, escape: Escape) -> String {
        let Self::Object(members) = self else { return self.joined(separator, escape) };
        let pairs = members.iter().map(|(key, value)| format!("{}={}", escape(key), escape(&spelled(value))));
        pairs.collect::<Vec<_>>().join(separator)
    }
}

type Escape = fn(&str) -> String;

fn as_is(text: &str) -> String {
    text.to_owned()
}

/// Encodes a path parameter. With `reserved`, characters that a segment allows stay unencoded.
///
/// # Errors
/// Returns an error when there is no value, or one that leads to another path once a server decodes it.
pub fn in_path(name: &str, style: Style, explode: bool, reserved: bool, value: &Value) -> Result<String, EncodeError> {
    let escape: Escape = if reserved { encode_segment } else { encode };
    let parts = Parts::of(value);
    if matches!(parts, Parts::None) {
        return Err(EncodeError::new(format!("the path parameter {name} has no value")));
    }
    if style == Style::Json {
        let text = value.to_string();
        path::check_value(name, reserved, &text)?;
        return Ok(escape(&text));
    }
    for text in parts.texts() {
        path::check_value(name, reserved, &text)?;
    }
    Ok(match (style, explode) {
        (Style::Label, true) => format!(".{}", parts.exploded(".", escape)),
        (Style::Label, false) => format!(".{}", parts.joined(",", escape)),
        (Style::Matrix, true) => match &parts {
            Parts::Object(members) => {
                members.iter().map(|(key, value)| matrix(&escape(key), &escape(&spelled(value)))).collect()
            }
            Parts::List(items) => items.iter().map(|item| matrix(&encode(name), &escape(&spelled(item)))).collect(),
            Parts::None | Parts::One(_) => matrix(&encode(name), &parts.joined(",", escape)),
        },
        (Style::Matrix, false) => matrix(&encode(name), &parts.joined(",", escape)),
        (_, true) => parts.exploded(",", escape),
        (_, false) => parts.joined(&style.delimiter(encode), escape),
    })
}

/// Writes `;name=value`, and `;name` for an empty value (RFC 6570, section 3.2.7). Both are encoded.
fn matrix(name: &str, text: &str) -> String {
    if text.is_empty() { format!(";{name}") } else { format!(";{name}={text}") }
}

/// Encodes a query parameter as pairs.
#[must_use]
pub fn in_query(name: &str, style: Style, explode: bool, reserved: bool, value: &Value) -> Vec<(String, String)> {
    pairs(name, style, explode, encode, if reserved { encode_lightly } else { encode }, value)
}

/// Writes a field of a multipart form as pairs, without percent-encoding.
#[must_use]
pub fn in_parts(name: &str, style: Style, explode: bool, value: &Value) -> Vec<(String, String)> {
    pairs(name, style, explode, as_is, as_is, value)
}

fn pairs(
    name: &str,
    style: Style,
    explode: bool,
    escape_key: Escape,
    escape: Escape,
    value: &Value,
) -> Vec<(String, String)> {
    let (one, parts) = (|text: String| vec![(escape_key(name), text)], Parts::of(value));
    match (style, &parts) {
        (Style::Json, _) => one(escape(&value.to_string())),
        (_, Parts::None) => Vec::new(),
        (Style::DeepObject, _) => {
            let mut pairs = Vec::new();
            deep(name, value, &mut |name, value| pairs.push((escape_key(name), escape(&spelled(value)))));
            pairs
        }
        (_, Parts::List(items)) if explode => {
            items.iter().map(|item| (escape_key(name), escape(&spelled(item)))).collect()
        }
        (_, Parts::Object(members)) if explode => {
            let pairs = members.iter().flat_map(|(name, value)| each(name, value));
            pairs.map(|(name, value)| (escape_key(name), escape(&spelled(value)))).collect()
        }
        _ => one(parts.joined(&style.delimiter(escape_key), escape)),
    }
}

/// Writes a field of an object as pairs, one for each item of a list. OpenAPI does not define this case; servers read
/// objects of parameters in this form (Spring's `Pageable`).
fn each<'v>(name: &'v str, value: &'v Value) -> Vec<(&'v str, &'v Value)> {
    match Parts::of(value) {
        Parts::None => Vec::new(),
        Parts::List(items) => items.into_iter().map(|item| (name, item)).collect(),
        Parts::One(_) | Parts::Object(_) => vec![(name, value)],
    }
}

/// Writes `name[key]=value`. Beyond OpenAPI's definition it follows most servers: `name[a][b]=value`, `name[]=value`
/// for each plain item of a list, and `name[0][key]=value` for other items.
fn deep(name: &str, value: &Value, each: &mut dyn FnMut(&str, &Value)) {
    match Parts::of(value) {
        Parts::None => {}
        Parts::One(value) => each(name, value),
        Parts::Object(members) => {
            for (key, value) in members {
                deep(&format!("{name}[{key}]"), value, each);
            }
        }
        Parts::List(items) => {
            let nested = items.iter().any(|item| item.is_array() || item.is_object());
            for (index, item) in items.into_iter().enumerate() {
                let place = if nested { index.to_string() } else { String::new() };
                deep(&format!("{name}[{place}]"), item, each);
            }
        }
    }
}

/// Writes a header value unencoded; `None` when there is no value.
#[must_use]
pub fn in_header(style: Style, explode: bool, value: &Value) -> Option<String> {
    let parts = Parts::of(value);
    match (style, explode) {
        (Style::Json, _) => Some(ascii(&value.to_string())),
        _ if matches!(parts, Parts::None) => None,
        (_, true) => Some(parts.exploded(",", as_is)),
        (_, false) => Some(parts.joined(&style.delimiter(as_is), as_is)),
    }
}

/// Writes the lines of a header unencoded, one for each item of a list.
#[must_use]
pub fn in_header_lines(style: Style, explode: bool, value: &Value) -> Vec<String> {
    match (style, Parts::of(value)) {
        (Style::Json, _) | (_, Parts::None | Parts::One(_) | Parts::Object(_)) => {
            in_header(style, explode, value).into_iter().collect()
        }
        (_, Parts::List(items)) => items.into_iter().map(plain).collect(),
    }
}

/// Writes JSON in the characters that a header allows.
fn ascii(json: &str) -> String {
    let mut units = [0; 2];
    let mut text = String::with_capacity(json.len());
    for c in json.chars() {
        if c.is_ascii() {
            text.push(c);
        } else {
            text.extend(c.encode_utf16(&mut units).iter().map(|unit| format!("\\u{unit:04x}")));
        }
    }
    text
}

/// Returns true for a token (RFC 9110, section 5.6.2).
pub(crate) fn is_token(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte))
}

/// Encodes a value as a form (`application/x-www-form-urlencoded`): the fields of the table with their encodings,
/// others with the default.
#[must_use]
pub fn as_form(value: &Value, styles: &[(&str, Encoding)]) -> Vec<(String, String)> {
    let Value::Object(members) = value else { return Vec::new() };
    let pairs = members.iter().flat_map(|(name, value)| {
        // "Complex types are stringified" unless the description defines an encoding.
        let default = if value.is_object() { Encoding::JSON } else { Encoding::FORM };
        let known = styles.iter().find(|(member, _)| member == name).map_or(default, |known| known.1);
        in_query(name, known.style, known.explode, known.reserved, value)
    });
    pairs.collect()
}

/// Returns the value of a header. `None` if it has a control character, or one beyond ASCII, which servers read in different
/// encodings (RFC 9110, section 5.5) and [`HeaderValue::from_str`] accepts.
pub(crate) fn header_value(text: &str) -> Option<HeaderValue> {
    text.is_ascii().then(|| HeaderValue::from_str(text).ok()).flatten()
}
