//! The option `pagination`: a pagination rule for each operation, or `false` for none.

use super::error::{InvalidValue, unknown_key};
use crate::api::PagingRule;
use indexmap::IndexMap;
use serde::{Deserialize, Deserializer, de::Error};
use toml::Value;

pub(super) const KEYS: [&str; 12] =
    ["cursor", "offset", "page", "first", "next", "last_item", "link", "results", "total", "pages", "more", "last"];

/// Reads the table.
pub(super) fn read<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<IndexMap<String, Option<PagingRule>>, D::Error> {
    let table = IndexMap::<String, Value>::deserialize(deserializer)?;
    let one = |(operation, value)| {
        let rule = rule(&value).map_err(|wrong| D::Error::custom(format!("`pagination.{operation}`: {wrong}")))?;
        Ok((operation, rule))
    };
    table.into_iter().map(one).collect()
}

/// Reads the rule of one operation. `None`: the operation has no pagination.
fn rule(value: &Value) -> Result<Option<PagingRule>, InvalidValue> {
    let table = match value {
        Value::Boolean(false) => return Ok(None),
        Value::Table(table) => table,
        _ => return Err(InvalidValue::new("expected a table, or `false` for an operation without pages")),
    };
    if let Some(key) = table.keys().find(|key| !KEYS.contains(&key.as_str())) {
        return Err(unknown_key(key, &KEYS));
    }
    let text = |key: &str| match table.get(key) {
        None => Ok(None),
        Some(Value::String(text)) => Ok(Some(text.clone())),
        Some(_) => Err(InvalidValue::new(format!("`{key}` must be a string"))),
    };
    let flag = |key: &str| match table.get(key) {
        None => Ok(false),
        Some(Value::Boolean(flag)) => Ok(*flag),
        Some(_) => Err(InvalidValue::new(format!("`{key}` must be true or false"))),
    };
    let first = match table.get("first") {
        None => None,
        Some(value) => {
            let number = value.as_integer().and_then(|number| u64::try_from(number).ok());
            Some(number.ok_or_else(|| InvalidValue::new("`first` must be a whole number from 0 on"))?)
        }
    };
    Ok(Some(PagingRule {
        cursor: text("cursor")?,
        offset: text("offset")?,
        page: text("page")?,
        first,
        next: text("next")?,
        last_item: flag("last_item")?,
        link: flag("link")?,
        results: text("results")?,
        total: text("total")?,
        pages: text("pages")?,
        more: text("more")?,
        last: text("last")?,
    }))
}

#[cfg(test)]
mod tests {
    use crate::config::Config;

    #[test]
    fn reads_valid_and_rejects_invalid_values() {
        let config = Config::parse("[pagination]\na = false\nb = { cursor = 'c', next = 'd.e' }").unwrap();
        assert!(config.pagination["a"].is_none());
        assert_eq!(config.pagination["b"].as_ref().unwrap().next.as_deref(), Some("d.e"));
        for (text, words) in [
            ("a = true", "`pagination.a`: expected a table, or `false`"),
            ("a = { cursr = 'c' }", "did you mean `cursor`?"),
            ("a = { cursor = 1 }", "`cursor` must be a string"),
            ("a = { first = -1 }", "`first` must be a whole number"),
            ("a = { link = 'x' }", "`link` must be true or false"),
        ] {
            let error = Config::parse(&format!("[pagination]\n{text}")).unwrap_err().to_string();
            assert!(error.contains(words), "{error}");
        }
    }
}
