//! The option `derives`: traits that types derive in addition to the usual ones.

use super::error::InvalidValue;
use crate::pattern::nearest;
use indexmap::IndexMap;
use serde::{Deserialize, Deserializer, de::Error};

/// A trait that a type may derive.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Derive {
    /// `Copy`
    Copy,
    /// `Eq`
    Eq,
    /// `Hash`
    Hash,
    /// `Default`
    Default,
}

/// The additional traits, for all types and by component or type.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Derives {
    /// Traits of all types that can derive them.
    pub all: Vec<Derive>,
    /// Traits of single types and of the types in them.
    pub single: IndexMap<String, Vec<Derive>>,
}

impl Derive {
    /// All traits, in the order in which they are generated.
    pub(crate) const ALL: [Self; 4] = [Self::Copy, Self::Eq, Self::Hash, Self::Default];

    /// The name in Rust and in the settings.
    #[must_use]
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Copy => "Copy",
            Self::Eq => "Eq",
            Self::Hash => "Hash",
            Self::Default => "Default",
        }
    }

    fn parse(word: &str) -> Result<Self, InvalidValue> {
        Self::ALL.into_iter().find(|known| known.name() == word).ok_or_else(|| {
            let names = Self::ALL.map(Self::name);
            let help = match nearest(word, &names) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("expected one of {}", names.join(", ")),
            };
            InvalidValue::new(format!("`{word}` cannot be derived; {help}"))
        })
    }
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Setting {
    All(Vec<String>),
    Single(IndexMap<String, Vec<String>>),
}

/// Reads a list for all types, or a table of lists in which `*` means all types.
pub(super) fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Derives, D::Error> {
    let parsed = |place: &str, words: Vec<String>| {
        let words: Result<Vec<Derive>, InvalidValue> = words.iter().map(|word| Derive::parse(word)).collect();
        words.map_err(|wrong| D::Error::custom(format!("`{place}`: {wrong}")))
    };
    match Setting::deserialize(deserializer)? {
        Setting::All(words) => Ok(Derives { all: parsed("derives", words)?, single: IndexMap::new() }),
        Setting::Single(mut table) => {
            let all = parsed("derives.*", table.shift_remove("*").unwrap_or_default())?;
            let one =
                |(name, words): (String, Vec<String>)| Ok((name.clone(), parsed(&format!("derives.{name}"), words)?));
            Ok(Derives { all, single: table.into_iter().map(one).collect::<Result<_, D::Error>>()? })
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;

    #[test]
    fn reads_valid_and_rejects_invalid_values() {
        let all = Config::parse("derives = ['Eq', 'Hash']").unwrap().derives;
        assert_eq!(all.all, [Derive::Eq, Derive::Hash]);
        let single = Config::parse("derives = { '*' = ['Eq'], Pet = ['Copy'] }").unwrap().derives;
        assert_eq!((&single.all[..], &single.single["Pet"][..]), (&[Derive::Eq][..], &[Derive::Copy][..]));
        for (text, words) in [
            ("derives = ['Haash']", "`derives`: `Haash` cannot be derived; did you mean `Hash`?"),
            ("derives = { Pet = ['Serialize'] }", "`derives.Pet`: `Serialize` cannot be derived; expected one of Copy"),
        ] {
            let error = Config::parse(text).unwrap_err().to_string();
            assert!(error.contains(words), "{error}");
        }
    }
}
