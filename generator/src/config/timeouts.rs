//! The option `timeouts`: timeouts of single operations, by operation id.

use super::error::{InvalidValue, unknown_key};
use indexmap::IndexMap;
use serde::{Deserialize, Deserializer, de::Error};
use std::time::Duration;
use toml::Value;

/// The timeouts of an operation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct OperationTimeouts {
    /// Timeout of one attempt. For a stream, the time to the head of the response and the longest silence within it.
    pub attempt: Duration,
    /// Timeout of the whole call, with all retries and pauses.
    pub call: Duration,
}

const KEYS: [&str; 2] = ["attempt", "call"];
const UNITS: [(&str, u64); 4] = [("ms", 1), ("s", 1000), ("m", 60_000), ("h", 3_600_000)];
/// The default timeout of a call is twice that of an attempt, as in the client.
const CALL_FACTOR: u32 = 2;

/// Reads the table.
pub(super) fn read<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<IndexMap<String, OperationTimeouts>, D::Error> {
    let table = IndexMap::<String, Value>::deserialize(deserializer)?;
    let one = |(operation, value)| {
        let times = times(&value).map_err(|wrong| D::Error::custom(format!("`timeouts.{operation}`: {wrong}")))?;
        Ok((operation, times))
    };
    table.into_iter().map(one).collect()
}

/// Reads the timeouts of one operation.
fn times(value: &Value) -> Result<OperationTimeouts, InvalidValue> {
    let table = match value {
        Value::String(text) => {
            let attempt = duration(text)?;
            return Ok(OperationTimeouts { attempt, call: attempt.saturating_mul(CALL_FACTOR) });
        }
        Value::Table(table) => table,
        _ => {
            let expected = format!("expected a time such as \"10m\", or a table of {}", KEYS.join(", "));
            return Err(InvalidValue::new(expected));
        }
    };
    if let Some(key) = table.keys().find(|key| !KEYS.contains(&key.as_str())) {
        return Err(unknown_key(key, &KEYS));
    }
    let time = |key: &str| match table.get(key) {
        None => Ok(None),
        Some(Value::String(text)) => duration(text).map(Some),
        Some(_) => Err(InvalidValue::new(format!("`{key}` must be a time such as \"10m\""))),
    };
    match (time("attempt")?, time("call")?) {
        (Some(attempt), Some(call)) if call < attempt => Err(InvalidValue::new("`call` is shorter than `attempt`")),
        (Some(attempt), call) => {
            Ok(OperationTimeouts { attempt, call: call.unwrap_or(attempt.saturating_mul(CALL_FACTOR)) })
        }
        (None, Some(call)) => Ok(OperationTimeouts { attempt: call, call }),
        (None, None) => Err(InvalidValue::new(format!("expected one of {}", KEYS.join(", ")))),
    }
}

/// `500ms`, `30s`, `10m` or `1h`.
fn duration(text: &str) -> Result<Duration, InvalidValue> {
    let expected = "expected a whole number above 0 with `ms`, `s`, `m` or `h`";
    let wrong = || InvalidValue::new(format!("`{text}` is not a time: {expected}"));
    let digits = text.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let unit = text.get(digits.len()..).unwrap_or_default();
    let (_, factor) = UNITS.iter().find(|(name, _)| *name == unit).ok_or_else(wrong)?;
    let count: u64 = digits.trim_end().parse().map_err(|_| wrong())?;
    let millis = count.checked_mul(*factor).filter(|millis| *millis > 0).ok_or_else(wrong)?;
    Ok(Duration::from_millis(millis))
}

#[cfg(test)]
mod tests {
    use crate::config::Config;
    use std::time::Duration;

    #[test]
    fn reads_durations_with_units() {
        let text = "[timeouts]\na = '10m'\nb = { attempt = '500ms', call = '2 s' }\nc = { call = '1h' }";
        let config = Config::parse(text).unwrap();
        let times = |name: &str| (config.timeouts[name].attempt, config.timeouts[name].call);
        assert_eq!(times("a"), (Duration::from_secs(600), Duration::from_secs(1200)));
        assert_eq!(times("b"), (Duration::from_millis(500), Duration::from_secs(2)));
        assert_eq!(times("c"), (Duration::from_secs(3600), Duration::from_secs(3600)));
    }

    #[test]
    fn rejects_invalid_durations() {
        for (value, words) in [
            ("10", "`timeouts.a`: expected a time such as"),
            ("'10'", "`10` is not a time"),
            ("'0s'", "`0s` is not a time"),
            ("'-5s'", "`-5s` is not a time"),
            ("'10 days'", "is not a time"),
            ("'99999999999999999999h'", "is not a time"),
            ("{ atempt = '1s' }", "did you mean `attempt`?"),
            ("{}", "expected one of attempt, call"),
            ("{ attempt = '2s', call = '1s' }", "`call` is shorter than `attempt`"),
        ] {
            let error = Config::parse(&format!("[timeouts]\na = {value}")).unwrap_err().to_string();
            assert!(error.contains(words), "{value}: {error}");
        }
    }
}
