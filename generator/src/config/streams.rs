//! The option `streams`: the flag that requests a stream and the text that ends it, for each operation.

use super::error::{InvalidValue, unknown_key};
use crate::api::{RuleValue, StreamRule};
use indexmap::IndexMap;
use serde::{Deserialize, Deserializer, de::Error};
use toml::Value;

const KEYS: [&str; 2] = ["end", "switch"];

/// Reads the table.
pub(super) fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<IndexMap<String, StreamRule>, D::Error> {
    let table = IndexMap::<String, Value>::deserialize(deserializer)?;
    let one = |(operation, value)| {
        let rule = rule(&value).map_err(|wrong| D::Error::custom(format!("`streams.{operation}`: {wrong}")))?;
        Ok((operation, rule))
    };
    table.into_iter().map(one).collect()
}

/// Reads the rule of one operation.
fn rule(value: &Value) -> Result<StreamRule, InvalidValue> {
    let Value::Table(table) = value else {
        return Err(InvalidValue::new(format!("expected a table of {}", KEYS.join(", "))));
    };
    if let Some(key) = table.keys().find(|key| !KEYS.contains(&key.as_str())) {
        return Err(unknown_key(key, &KEYS));
    }
    let text = |key: &str| match table.get(key) {
        None => Ok(RuleValue::Default),
        Some(Value::Boolean(false)) => Ok(RuleValue::Off),
        Some(Value::String(text)) if !text.is_empty() => Ok(RuleValue::Text(text.clone())),
        Some(_) => Err(InvalidValue::new(format!("`{key}` must be a string, or `false` for none"))),
    };
    Ok(StreamRule { end: text("end")?, stream_flag: text("switch")? })
}

#[cfg(test)]
mod tests {
    use super::RuleValue;
    use crate::config::Config;

    #[test]
    fn reads_valid_and_rejects_invalid_values() {
        let config = Config::parse("[streams]\na = { end = 'bye' }\nb = { end = false, switch = 's' }").unwrap();
        assert_eq!(config.streams["a"].end, RuleValue::Text("bye".to_owned()));
        assert_eq!(config.streams["a"].stream_flag, RuleValue::Default);
        assert_eq!(config.streams["b"].end, RuleValue::Off);
        for (text, words) in [
            ("a = true", "`streams.a`: expected a table of end, switch"),
            ("a = { ned = 'c' }", "did you mean `end`?"),
            ("a = { end = 1 }", "`end` must be a string, or `false`"),
            ("a = { switch = '' }", "`switch` must be a string, or `false`"),
        ] {
            let error = Config::parse(&format!("[streams]\n{text}")).unwrap_err().to_string();
            assert!(error.contains(words), "{error}");
        }
    }
}
