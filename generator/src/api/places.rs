//! Places of the description that a setting is for. Plain data.

use serde::de::{Deserialize, Deserializer, Error, SeqAccess, Visitor};
use std::fmt;

/// All places of a kind, none, or those that are named.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Places {
    /// All of them, or none.
    All(bool),
    /// These.
    Named(Vec<String>),
}

impl Default for Places {
    fn default() -> Self {
        Self::All(false)
    }
}

impl Places {
    /// Whether a place is one, given what says whether a name is its name.
    pub fn has(&self, is_its: impl FnMut(&String) -> bool) -> bool {
        match self {
            Self::All(all) => *all,
            Self::Named(names) => names.iter().any(is_its),
        }
    }

    /// The names that are given.
    #[must_use]
    pub fn listed(&self) -> &[String] {
        match self {
            Self::All(_) => &[],
            Self::Named(names) => names,
        }
    }
}

impl<'de> Deserialize<'de> for Places {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Given;

        impl<'de> Visitor<'de> for Given {
            type Value = Places;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("true, false, or a list of names")
            }

            fn visit_bool<E: Error>(self, all: bool) -> Result<Places, E> {
                Ok(Places::All(all))
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Places, A::Error> {
                let mut names = Vec::new();
                while let Some(name) = list.next_element()? {
                    names.push(name);
                }
                Ok(Places::Named(names))
            }
        }

        deserializer.deserialize_any(Given)
    }
}

#[cfg(test)]
mod tests {
    use crate::Config;

    #[test]
    fn says_what_a_setting_of_places_may_be() {
        for fits in ["true", "false", "['Pet.id']", "[]"] {
            assert!(Config::parse(&format!("send_read_only = {fits}")).is_ok(), "{fits}");
        }
        let error = Config::parse("send_read_only = 'Pet.id'").unwrap_err().to_string();
        assert!(error.contains("true, false, or a list of names"), "{error}");
    }
}
