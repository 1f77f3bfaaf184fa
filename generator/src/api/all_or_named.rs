//! The places of the description to which a setting applies. Plain data.

use serde::de::{Deserialize, Deserializer, Error, SeqAccess, Visitor};
use std::fmt;

/// All places of a kind, none, or the named ones.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum AllOrNamed {
    /// All places, or none.
    All(bool),
    /// The named places.
    Named(Vec<String>),
}

impl Default for AllOrNamed {
    fn default() -> Self {
        Self::All(false)
    }
}

impl AllOrNamed {
    /// Returns true if the setting applies to a place. The predicate compares a name with the place.
    pub(crate) fn has(&self, is_its: impl FnMut(&String) -> bool) -> bool {
        match self {
            Self::All(all) => *all,
            Self::Named(names) => names.iter().any(is_its),
        }
    }

    /// The names of the setting.
    #[must_use]
    pub(crate) fn listed(&self) -> &[String] {
        match self {
            Self::All(_) => &[],
            Self::Named(names) => names,
        }
    }
}

impl<'de> Deserialize<'de> for AllOrNamed {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct AllOrNamedVisitor;

        impl<'de> Visitor<'de> for AllOrNamedVisitor {
            type Value = AllOrNamed;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("true, false, or a list of names")
            }

            fn visit_bool<E: Error>(self, all: bool) -> Result<AllOrNamed, E> {
                Ok(AllOrNamed::All(all))
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<AllOrNamed, A::Error> {
                let mut names = Vec::new();
                while let Some(name) = list.next_element()? {
                    names.push(name);
                }
                Ok(AllOrNamed::Named(names))
            }
        }

        deserializer.deserialize_any(AllOrNamedVisitor)
    }
}

#[cfg(test)]
mod tests {
    use crate::Config;

    #[test]
    fn reports_allowed_values_of_places() {
        for fits in ["true", "false", "['Pet.id']", "[]"] {
            assert!(Config::parse(&format!("send_read_only = {fits}")).is_ok(), "{fits}");
        }
        let error = Config::parse("send_read_only = 'Pet.id'").unwrap_err().to_string();
        assert!(error.contains("true, false, or a list of names"), "{error}");
    }
}
