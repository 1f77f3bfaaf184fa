//! Options whose value is one of a few words.

use serde::Deserialize;

/// The treatment of members that the description does not define.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum UnknownFields {
    /// Decoding stores them, and encoding writes them again.
    #[default]
    Keep,
    /// Decoding drops them.
    Ignore,
}

/// The rule that puts operations into groups.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Groups {
    /// By the first tag. Operations without a tag are one group.
    #[default]
    Tag,
    /// By the first tag, otherwise by the first segment of the path that is not a parameter, a version or `api`.
    Path,
    /// No groups: operations are methods of the client itself.
    None,
}

/// The length of the names of methods.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum OperationNames {
    /// The operation's id without the words of its group at its start, and without the path and method at its end.
    #[default]
    Short,
    /// The operation's whole id.
    Full,
}

/// A Rust edition.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
pub(crate) enum Edition {
    /// Edition 2021.
    #[serde(rename = "2021")]
    Old,
    /// Edition 2024.
    #[default]
    #[serde(rename = "2024")]
    New,
}

impl Edition {
    /// The value in `Cargo.toml`.
    #[must_use]
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::Old => "2021",
            Self::New => "2024",
        }
    }
}

/// The use of cargo features for groups of operations.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum TagFeatures {
    /// For large APIs with many tags.
    #[default]
    Auto,
    /// For every API with at least two groups.
    Always,
    /// Never.
    Never,
}
