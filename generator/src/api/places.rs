//! Places of the description that a setting is for. Plain data.

use serde::Deserialize;

/// All places of a kind, none, or those that are named.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(untagged)]
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
