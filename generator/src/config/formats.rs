//! The option `formats`: the type of values by their format.

use super::error::{InvalidValue, unknown_key};
use crate::pattern::nearest;
use indexmap::IndexMap;
use serde::{Deserialize, Deserializer, de::Error};
use toml::Value;

/// The type of a format.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum FormatType {
    /// A string.
    String,
    /// A point in time.
    DateTime,
    /// A date.
    Date,
    /// A time of day.
    Time,
    /// A duration.
    Duration,
    /// Bytes in Base64.
    Base64,
    /// A secret string.
    Secret,
    /// A float.
    Float,
    /// A number without loss of digits. Its word in the settings is `number`.
    Decimal,
    /// A type of a crate that converts from and to strings (`FromStr`, `Display`).
    Of(Foreign),
}

/// A type of another crate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Foreign {
    /// Path of the type. The first segment is the crate.
    pub path: String,
    /// The crate's entry in `Cargo.toml`. `None` for crates of the standard distribution.
    pub dependency: Option<String>,
}

/// Crates of the standard distribution.
const STANDARD: [&str; 3] = ["alloc", "core", "std"];

const WORDS: [(&str, FormatType); 9] = [
    ("string", FormatType::String),
    ("date-time", FormatType::DateTime),
    ("date", FormatType::Date),
    ("time", FormatType::Time),
    ("duration", FormatType::Duration),
    ("base64", FormatType::Base64),
    ("secret", FormatType::Secret),
    ("float", FormatType::Float),
    ("number", FormatType::Decimal),
];

/// The names of the types, besides those of other crates.
pub(super) fn words() -> [&'static str; 9] {
    WORDS.map(|(word, _)| word)
}

impl FormatType {
    /// Returns true for types of numbers. The others are types of strings.
    #[must_use]
    pub(crate) const fn is_numeric(&self) -> bool {
        matches!(self, Self::Float | Self::Decimal)
    }
}

/// Reads the table.
pub(super) fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<IndexMap<String, FormatType>, D::Error> {
    let table = IndexMap::<String, Value>::deserialize(deserializer)?;
    let entry = |(format, value)| {
        let format_type =
            read_format_type(&value).map_err(|wrong| D::Error::custom(format!("`formats.{format}`: {wrong}")))?;
        Ok((format, format_type))
    };
    table.into_iter().map(entry).collect()
}

/// Reads the type of one format.
fn read_format_type(value: &Value) -> Result<FormatType, InvalidValue> {
    let word = match value {
        Value::String(word) => word,
        Value::Table(table) => return foreign(table).map(FormatType::Of),
        _ => return Err(InvalidValue::new("expected a type, or a table with `type` and `dependency`")),
    };
    if let Some((_, ty)) = WORDS.iter().find(|(known, _)| known == word) {
        return Ok(ty.clone());
    }
    let help = match nearest(word, &words()) {
        Some(near) => format!("did you mean `{near}`?"),
        None if word.contains("::") => format!("a type of a crate is `{{ type = \"{word}\", dependency = … }}`"),
        None => format!("expected one of {}", words().join(", ")),
    };
    Err(InvalidValue::new(format!("`{word}` is not a type; {help}")))
}

/// `{ type = "uuid::Uuid", dependency = "1" }`
fn foreign(table: &toml::Table) -> Result<Foreign, InvalidValue> {
    const KEYS: [&str; 2] = ["type", "dependency"];
    if let Some(key) = table.keys().find(|key| !KEYS.contains(&key.as_str())) {
        return Err(unknown_key(key, &KEYS));
    }
    let Some(Value::String(path)) = table.get("type") else {
        return Err(InvalidValue::new("`type` must be the path of a type, such as `uuid::Uuid`"));
    };
    let segments: Vec<&str> = path.split("::").collect();
    // The name must be an identifier and no keyword.
    let names = segments.iter().all(|segment| syn::parse_str::<syn::Ident>(segment).is_ok_and(|name| name == *segment));
    let (&[first, _, ..], true) = (segments.as_slice(), names) else {
        return Err(InvalidValue::new(format!(
            "`{path}` is not the path of a type that begins with its crate, such as `uuid::Uuid`"
        )));
    };
    let dependency = match table.get("dependency") {
        Some(_) if STANDARD.contains(&first) => {
            return Err(InvalidValue::new(format!("`{first}` needs no `dependency`")));
        }
        None if STANDARD.contains(&first) => None,
        None => return Err(InvalidValue::new(format!("missing `dependency`, such as the version of `{first}`"))),
        Some(value @ (Value::String(_) | Value::Table(_))) => Some(value.to_string()),
        Some(_) => return Err(InvalidValue::new("`dependency` must be a version or a table, as in `Cargo.toml`")),
    };
    Ok(Foreign { path: path.clone(), dependency })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;

    #[test]
    fn reads_valid_and_rejects_invalid_values() {
        let config = Config::parse("[formats]\ndate-time = 'string'\ndouble = 'number'").unwrap();
        assert_eq!(config.formats["date-time"], FormatType::String);
        assert_eq!(config.formats["double"], FormatType::Decimal);
        let config =
            Config::parse("[formats]\nuuid = {type = 'uuid::Uuid', dependency = {version = '1', features = ['v4']}}");
        let FormatType::Of(foreign) = &config.unwrap().formats["uuid"] else { panic!("of a crate") };
        assert_eq!(foreign.path, "uuid::Uuid");
        assert_eq!(foreign.dependency.as_deref(), Some("{ features = [\"v4\"], version = \"1\" }"));
        for (text, words) in [
            ("date-time = 'strin'", "`formats.date-time`: `strin` is not a type; did you mean `string`?"),
            ("uuid = 'something'", "expected one of string, date-time"),
            ("uuid = 'uuid::Uuid'", "a type of a crate is `{ type = \"uuid::Uuid\", dependency = … }`"),
            ("uuid = 1", "`formats.uuid`: expected a type, or a table"),
            ("uuid = {typ = 'uuid::Uuid'}", "did you mean `type`?"),
            ("uuid = {type = 'uuid::Uuid'}", "missing `dependency`, such as the version of `uuid`"),
            ("uuid = {type = 'Uuid', dependency = '1'}", "`Uuid` is not the path"),
            ("uuid = {type = 'crate::Uuid', dependency = '1'}", "`crate::Uuid` is not the path"),
            ("uuid = {type = 'uuid::Uuid<A>', dependency = '1'}", "is not the path"),
            ("uuid = {type = 'std::net::IpAddr', dependency = '1'}", "`std` needs no"),
            ("uuid = {type = 'uuid::Uuid', dependency = 1}", "a version or a table"),
        ] {
            let error = Config::parse(&format!("[formats]\n{text}")).unwrap_err().to_string();
            assert!(error.contains(words), "{error}");
        }
    }
}
