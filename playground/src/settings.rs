//! Settings as text: the options in it, and a change of one option that leaves everything else as it was written.

use serde_json::{Map, Value, json};
use std::fmt;
use std::ops::Range;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// The reason why an option cannot be set in a text.
#[derive(Debug)]
pub(crate) enum NotSet {
    /// The text is not TOML.
    Syntax(toml::de::Error),
    /// The option is a table with a header of its own.
    Table(String),
    /// The new value is not TOML.
    Value(toml::de::Error),
}

impl fmt::Display for NotSet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Syntax(error) => write!(f, "{error}"),
            Self::Table(option) => write!(f, "`{option}` is a table: change it in the text of the settings"),
            Self::Value(error) => write!(f, "{}", error.message()),
        }
    }
}

impl std::error::Error for NotSet {}

/// The options with their values as text, and true for a table with a header of its own. Empty for a text that is not TOML.
pub(crate) fn options(text: &str) -> Value {
    let Ok(table) = DeTable::parse(text) else { return json!({}) };
    let options = table.get_ref().iter().map(|(key, value)| {
        let (written, is_table) = match inline(text, key, value) {
            Some(span) => (text.get(span).unwrap_or_default().to_owned(), false),
            None => (String::new(), true),
        };
        (key.get_ref().to_string(), json!({ "value": written, "is_table": is_table }))
    });
    Value::Object(options.collect::<Map<_, _>>())
}

/// The text with another value of an option, or without the option.
pub(crate) fn with_option(text: &str, option: &str, value: Option<&str>) -> Result<String, NotSet> {
    if let Some(value) = value {
        DeValue::parse(value).map_err(NotSet::Value)?;
    }
    let table = DeTable::parse(text).map_err(NotSet::Syntax)?;
    let found = table.get_ref().iter().find(|(key, _)| key.get_ref() == option);
    let Some((key, old)) = found else {
        return Ok(value.map_or_else(|| text.to_owned(), |value| inserted(text, table.get_ref(), option, value)));
    };
    match (inline(text, key, old), value) {
        (Some(span), Some(value)) => Ok(replaced(text, span, value)),
        (Some(span), None) => Ok(replaced(text, lines(text, key.span().start..span.end), "")),
        (None, None) => Ok(without_tables(text, option)),
        (None, Some(_)) => Err(NotSet::Table(option.to_owned())),
    }
}

/// The place of a value after `key = `. `None` for a table with a header, and for a key with dots.
fn inline(text: &str, key: &Spanned<impl AsRef<str>>, value: &Spanned<DeValue<'_>>) -> Option<Range<usize>> {
    let between = text.get(key.span().end..value.span().start)?;
    (between.trim() == "=").then(|| value.span())
}

/// A new option stands below the last one that is outside of tables, or in the first line.
fn inserted(text: &str, table: &DeTable<'_>, option: &str, value: &str) -> String {
    let ends = table.iter().filter_map(|(key, old)| Some(lines(text, inline(text, key, old)?).end));
    let (before, after) = text.split_at(ends.max().unwrap_or_default());
    let start = if before.is_empty() || before.ends_with('\n') { "" } else { "\n" };
    let gap = if before.is_empty() && !after.is_empty() { "\n" } else { "" };
    format!("{before}{start}{option} = {value}\n{gap}{after}")
}

fn replaced(text: &str, span: Range<usize>, value: &str) -> String {
    let (before, after) = (text.get(..span.start).unwrap_or_default(), text.get(span.end..).unwrap_or_default());
    format!("{before}{value}{after}")
}

/// The whole lines of a span.
fn lines(text: &str, span: Range<usize>) -> Range<usize> {
    let start = text.get(..span.start).and_then(|before| before.rfind('\n')).map_or(0, |at| at + 1);
    let end = text.get(span.end..).and_then(|after| after.find('\n')).map_or(text.len(), |at| span.end + at + 1);
    start..end
}

/// The text without the tables of an option: from a header with its name to the next other header.
fn without_tables(text: &str, option: &str) -> String {
    let (mut rest, mut is_out) = (String::new(), false);
    for line in text.split_inclusive('\n') {
        let trimmed = line.trim_start();
        if let Some(name) = trimmed.strip_prefix('[') {
            let name = name.trim_start_matches(['[', ' ', '"', '\'']);
            let name = name.split([']', '.', ' ', '"', '\'']).next().unwrap_or_default();
            is_out = name == option;
        }
        let is_dotted = trimmed.strip_prefix(option).is_some_and(|after| after.trim_start().starts_with('.'));
        if !is_out && !is_dotted {
            rest.push_str(line);
        }
    }
    rest
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set(text: &str, option: &str, value: Option<&str>) -> String {
        with_option(text, option, value).unwrap()
    }

    #[test]
    fn changes_one_option_and_no_comment() {
        let text = "# Ours\nname = 'pets' # short\nrelax = [\n  'A.b',\n]\n\n[rename]\nx = 'y'\n";
        assert_eq!(set(text, "name", Some("\"cats\"")), text.replace("'pets'", "\"cats\""));
        assert_eq!(set(text, "relax", None), text.replace("relax = [\n  'A.b',\n]\n", ""));
        assert_eq!(set(text, "groups", Some("'none'")), text.replace("]\n\n[", "]\ngroups = 'none'\n\n["));
        assert_eq!(set(text, "rename", None), text.replace("[rename]\nx = 'y'\n", ""));
        assert_eq!(set(text, "groups", None), text);
        assert!(matches!(with_option(text, "rename", Some("{}")), Err(NotSet::Table(_))));
        assert!(matches!(with_option(text, "name", Some("'")), Err(NotSet::Value(_))));
        assert!(matches!(with_option("name = ", "name", None), Err(NotSet::Syntax(_))));
    }

    #[test]
    fn adds_the_first_option() {
        assert_eq!(set("", "strict", Some("true")), "strict = true\n");
        assert_eq!(set("name = 'x'", "strict", Some("true")), "name = 'x'\nstrict = true\n");
        assert_eq!(set("[rename]\n", "strict", Some("true")), "strict = true\n\n[rename]\n");
    }

    #[test]
    fn lists_options_with_their_values() {
        let found = options("strict = true\nenv.a = 'B'\n[rename]\nx = 'y'\n");
        let table = json!({ "value": "", "is_table": true });
        let expected = json!({ "env": table, "rename": table, "strict": { "value": "true", "is_table": false } });
        assert_eq!(found, expected);
        assert_eq!(options("strict ="), json!({}));
    }
}
