//! The option `formats`: the type of values by their format.

use super::nearest;
use indexmap::IndexMap;
use serde::{Deserialize, Deserializer, de::Error};

/// A type that a format may have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FormatType {
    /// A plain text.
    Text,
    /// A point in time.
    DateTime,
    /// A day.
    Date,
    /// A time of day.
    Time,
    /// How long something takes.
    Duration,
    /// Bytes in Base64.
    Base64,
    /// A text that is not shown.
    Secret,
    /// A float.
    Float,
    /// A number with all its digits.
    Number,
}

const WORDS: [(&str, FormatType); 9] = [
    ("string", FormatType::Text),
    ("date-time", FormatType::DateTime),
    ("date", FormatType::Date),
    ("time", FormatType::Time),
    ("duration", FormatType::Duration),
    ("base64", FormatType::Base64),
    ("secret", FormatType::Secret),
    ("float", FormatType::Float),
    ("number", FormatType::Number),
];

impl FormatType {
    /// Whether it is a type of numbers; the others are of texts.
    #[must_use]
    pub const fn is_numeric(self) -> bool {
        matches!(self, Self::Float | Self::Number)
    }
}

/// Reads the whole table.
pub(super) fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<IndexMap<String, FormatType>, D::Error> {
    let table = IndexMap::<String, String>::deserialize(deserializer)?;
    let one = |(format, word): (String, String)| match WORDS.iter().find(|(known, _)| *known == word) {
        Some((_, ty)) => Ok((format, *ty)),
        None => {
            let words: Vec<&str> = WORDS.iter().map(|(word, _)| *word).collect();
            let hint = match nearest(&word, &words) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("it is one of {}", words.join(", ")),
            };
            Err(D::Error::custom(format!("`formats.{format}`: `{word}` is no type; {hint}")))
        }
    };
    table.into_iter().map(one).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;

    #[test]
    fn reads_and_refuses() {
        let config = Config::parse("[formats]\ndate-time = 'string'\ndouble = 'number'").unwrap();
        assert_eq!(config.formats["date-time"], FormatType::Text);
        assert_eq!(config.formats["double"], FormatType::Number);
        for (text, words) in [
            ("date-time = 'strin'", "`formats.date-time`: `strin` is no type; did you mean `string`?"),
            ("uuid = 'something'", "it is one of string, date-time"),
        ] {
            let error = Config::parse(&format!("[formats]\n{text}")).unwrap_err().to_string();
            assert!(error.contains(words), "{error}");
        }
    }
}
