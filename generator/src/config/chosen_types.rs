//! The option `types`: the type of a single place of the description.

use crate::api::{ChosenType, Scalar};
use indexmap::IndexMap;
use serde::{Deserialize, Deserializer, de::Error};
use toml::Value;

/// The names of scalars: those of `formats`, and the types of JSON.
const WORDS: [&str; 16] = [
    "any",
    "string",
    "integer",
    "int32",
    "int64",
    "uint32",
    "uint64",
    "boolean",
    "date-time",
    "date",
    "time",
    "duration",
    "base64",
    "secret",
    "float",
    "number",
];

/// The names of types, besides those of components.
pub(crate) fn words() -> &'static [&'static str] {
    &WORDS
}

/// Reads the table.
pub(super) fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<IndexMap<String, ChosenType>, D::Error> {
    let table = IndexMap::<String, Value>::deserialize(deserializer)?;
    let entry = |(place, value)| {
        let chosen_type = read_type(&value).ok_or_else(|| {
            let expected = "expected a type, the name of a component, a pointer, or a list of these";
            D::Error::custom(format!("`types.{place}`: {expected}"))
        })?;
        Ok((place, chosen_type))
    };
    table.into_iter().map(entry).collect()
}

/// Reads the type of one place.
fn read_type(value: &Value) -> Option<ChosenType> {
    match value {
        Value::String(word) => Some(of_word(word)),
        Value::Array(words) => {
            let members: Option<Vec<_>> = words.iter().map(|word| word.as_str().map(of_word)).collect();
            let mut members = members?;
            if members.len() > 1 { Some(ChosenType::Union(members)) } else { members.pop() }
        }
        _ => None,
    }
}

/// The type of a word: a scalar, or else a component or pointer.
fn of_word(word: &str) -> ChosenType {
    let text = |format: &str| Scalar::String(Some(format.to_owned()));
    let integer =
        |format: Option<&str>| Scalar::Integer { format: format.map(str::to_owned), minimum: None, maximum: None };
    ChosenType::Scalar(match word {
        "any" => return ChosenType::Any,
        "string" => Scalar::String(None),
        "date-time" | "date" | "time" | "duration" => text(word),
        "base64" => text("byte"),
        "secret" => text("password"),
        "integer" => integer(None),
        "int32" | "int64" | "uint32" | "uint64" => integer(Some(word)),
        "boolean" => Scalar::Bool,
        "float" => Scalar::Float(None),
        "number" => Scalar::Decimal(None),
        name => return ChosenType::Schema(name.to_owned()),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;

    #[test]
    fn reads_words_names_and_lists() {
        let read = |value: &str| {
            Config::parse(&format!("[types]\n'Pet.tag' = {value}"))
                .map(|config| config.types.into_iter().next().unwrap().1)
        };
        assert_eq!(read("'any'").unwrap(), ChosenType::Any);
        assert_eq!(read("'number'").unwrap(), ChosenType::Scalar(Scalar::Decimal(None)));
        assert_eq!(read("'Tag'").unwrap(), ChosenType::Schema("Tag".to_owned()));
        let ChosenType::Union(members) = read("['float', 'string']").unwrap() else { panic!("a union") };
        assert_eq!(members.len(), 2);
        for wrong in ["1", "[]", "['any', 1]", "{type = 'any'}"] {
            assert!(
                read(wrong).unwrap_err().to_string().contains("`types.Pet.tag`: expected a type, the name"),
                "{wrong}"
            );
        }
        for word in words() {
            assert!(!matches!(of_word(word), ChosenType::Schema(_)), "{word}");
        }
    }
}
